"""Reads what packs are made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.packs.draw import Material
from commonthread.steps.study_tables import read_all
from commonthread.tables import read_table


def read_material(files: Mapping[str, Any]) -> Material:
    """Read the tables of all batches that ``Material`` takes, by their names."""
    return Material(
        segments=read_all(files["segments"], "segments"),
        turns=read_all(files["turns"], "turns"),
        sources=read_all(files["sources"], "sources"),
        workshops=read_table(Path(files["workshops"]), "workshops"),
        codings=read_all(files["codings"], "codings"),
    )
