"""Finds where two people edited a file at once and a merge left both versions standing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commonthread.problems import Problem

# Begins, parts and ends what two people wrote in one place; the marks always begin a line.
_MARK = re.compile(r"^(<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)( |$)|^=======$")


def unfinished_merges(rows: Sequence[str], where: str) -> list[Problem]:
    """Give a problem for each such place among the lines ``rows`` of a file; ``where`` names it."""
    found: list[Problem] = []
    begun: int | None = None
    for number, row in enumerate(rows, 1):
        if not _MARK.match(row):
            continue
        if row.startswith("<<<<<<<"):
            begun = number
        elif begun is not None and row.startswith(">>>>>>>"):
            found.append(
                _conflict(where, begun, f"both versions stand here, down to line {number}")
            )
            begun = None
        elif begun is None:
            found.append(_conflict(where, number, "a mark of the merge is still here"))
    if begun is not None:
        found.append(_conflict(where, begun, "both versions stand here"))
    return found


def _conflict(where: str, line: int, what: str) -> Problem:
    return Problem(
        f"{where}, line {line}",
        f"Two people edited this at once: {what}.",
        "Keep the lines that are right, and delete those with <<<<<<<, ======= and >>>>>>>.",
    )
