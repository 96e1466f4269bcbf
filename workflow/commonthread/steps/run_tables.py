"""Reads the tables of a run from which it is worked out what another codebook would do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.refining.comparison import RunTables
from commonthread.steps.study_tables import read_all
from commonthread.tables import read_table


def read_run_tables(files: Mapping[str, Any]) -> RunTables:
    """Read the tables that ``RunTables`` takes, with the codings of all coders, undecided.

    ``files`` gives the paths by the name of the table: lists of them for segments, turns,
    replacements and codings, those of the dictionary; ``people_codings`` are those of people.
    """
    return RunTables(
        segments=read_all(files["segments"], "segments"),
        turns=read_all(files["turns"], "turns"),
        replacements=read_all(files["replacements"], "replacements"),
        codings=read_all([*files["codings"], files["people_codings"]], "codings"),
        participants=read_table(Path(files["participants"]), "participants"),
        workshops=read_table(Path(files["workshops"]), "workshops"),
    )
