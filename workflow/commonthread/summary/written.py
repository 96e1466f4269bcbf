"""Reads a summary table that people wrote, from whichever of its files it is in."""

from __future__ import annotations

from pathlib import Path

from commonthread.ordinary_files import read_ordinary
from commonthread.problems import InputProblems, Problem, Refused
from commonthread.summary.edited_workbook import read_workbook
from commonthread.summary.folder import FOLDER, LARGEST_MB, people_files
from commonthread.summary.rows import SummaryTable
from commonthread.summary.yaml_file import read_yaml


def read_written(study: Path, draft: SummaryTable) -> tuple[SummaryTable, list[Problem]]:
    """Read a table that people wrote; the draft, with what is wrong, if there is none to read."""
    files = people_files(study, draft.table_id)
    if not files:
        return draft, []
    names = [f"{FOLDER}/{file.name}" for file in files]
    if len(files) > 1:
        return draft, [
            Problem(
                " and ".join(names),
                "People have written this table in more than one file.",
                "Keep the one that counts, and move the other out of the folder.",
            )
        ]
    read = read_workbook if files[0].suffix == ".xlsx" else read_yaml
    try:
        return read(read_ordinary(files[0], LARGEST_MB), draft, names[0]), []
    except InputProblems as found:
        return draft, list(found.problems)
    except Refused as refused:
        return draft, [Problem(names[0], refused.reason, refused.remedy)]
    except OSError as error:
        what = f"It cannot be opened ({error.strerror})."
        return draft, [Problem(names[0], what, "See that you may read it.")]
