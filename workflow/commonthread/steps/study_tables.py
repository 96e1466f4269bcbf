"""The tables of a whole study, as the steps after coding take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.codebook import Codebook, load_codebook
from commonthread.codings import decide
from commonthread.tables import read_table
from commonthread.withdrawal import Withdrawn


@dataclass(frozen=True)
class StudyTables:
    """The tables with these names, of all batches; of ``codings`` those that were decided."""

    sources: pd.DataFrame
    turns: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame
    participants: pd.DataFrame
    workshops: pd.DataFrame
    codebook: Codebook


def read_study_tables(files: Mapping[str, Any]) -> StudyTables:
    """Read all tables of a study, each in the order of its batches, and its codebook.

    ``files`` gives the paths by the name of the table: lists of them for sources, turns, segments
    and codings, those of the dictionary; ``people_codings`` are those of people. Further names are
    passed over. Raises ``InputProblems`` for a codebook that cannot
    be used.
    """
    return StudyTables(
        sources=read_all(files["sources"], "sources"),
        turns=read_all(files["turns"], "turns"),
        segments=read_all(files["segments"], "segments"),
        codings=decide(read_all([*files["codings"], files["people_codings"]], "codings")),
        participants=read_table(Path(files["participants"]), "participants"),
        workshops=read_table(Path(files["workshops"]), "workshops"),
        codebook=load_codebook(Path(files["codebook"])),
    )


def read_all(files: Sequence[str], table: str) -> pd.DataFrame:
    """Read a table of all batches as one, in the order of the batches."""
    return pd.concat([read_table(Path(file), table) for file in files], ignore_index=True)


def read_withdrawn(files: Sequence[Sequence[str]]) -> Withdrawn:
    """Read what was withdrawn: the files of all batches with whole turns, and with whole segments."""
    turns, segments = files
    return Withdrawn(read_all(turns, "turns"), read_all(segments, "whole_segments"))
