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


def run_files(results: Path) -> dict[str, Any]:
    """Give the files of a finished run that ``read_run_tables`` takes.

    ``results`` is the folder of its results. Raises FileNotFoundError if no run ended there.
    """
    steps = results / "steps"
    if not (steps / "finished.txt").is_file():
        raise FileNotFoundError(f"There are no results of a finished run in {results}.")
    return {
        **{
            name: sorted((steps / name).glob("*.parquet"))
            for name in ("segments", "turns", "replacements", "codings")
        },
        **{
            name: steps / f"{name}.parquet"
            for name in ("people_codings", "participants", "workshops")
        },
    }
