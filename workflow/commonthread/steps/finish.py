"""Step: say what deserves a look, and end well only if every file was read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from commonthread.problems import InputProblems, Problem
from commonthread.steps.find import read_all
from commonthread.tables import replacing


def finish(sources_files: Sequence[str], notices: Sequence[str], finished_file: str) -> list[str]:
    """Give sentences about what deserves a look, and write a file that says that all is well.

    ``notices`` are what the study folder itself gave cause to say. Raises ``InputProblems`` with
    every file that was refused; everything else has been made by then.
    """
    sources = read_all(sources_files, "sources")
    refused = sources[sources["status"] == "refused"].sort_values("path")
    if len(refused) or any("has no files" in notice for notice in notices):
        problems = [
            Problem(path, reason, remedy)
            for path, reason, remedy in zip(
                refused["path"], refused["reason"], refused["remedy"], strict=True
            )
        ]
        raise InputProblems(
            [*problems, *(Problem("workshops", notice, "") for notice in notices)],
            heading=f"The results are there, but they leave out {len(refused):,} of "
            f"{len(sources):,} files:",
        )
    odd = int((sources["warnings"] != "[]").sum())
    said = [f"Look at: {notice}" for notice in notices]
    if odd:
        said.append(
            f"In {odd:,} of {len(sources):,} files something was odd; the report says what, under "
            '"How this was done".'
        )
    with replacing(Path(finished_file)) as temporary:
        temporary.write_text("Every file was read.\n", encoding="utf-8")
    return said
