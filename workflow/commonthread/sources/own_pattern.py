"""Finds the speakers of a file by the expression that a study gives."""

from __future__ import annotations

from collections.abc import Sequence

from commonthread.sources.lines import Line
from commonthread.sources.openers import Mark, Opener, Style


def openers_by_pattern(lines: Sequence[Line], pattern: str) -> dict[int, Opener | Mark]:
    """Give the lines that the RE2 ``pattern`` matches from their start, by index.

    The groups "speaker" and "text", which the settings see to, hold the name and what is said.
    """
    import re2

    expression = re2.compile(pattern)
    found: dict[int, Opener | Mark] = {}
    for n, line in enumerate(lines):
        match = expression.match(line.text)
        if match and (match["speaker"] or "").strip():
            label = match["speaker"].strip().strip("*").strip()
            said = f"{match['text'] or ''}{line.text[match.end() :]}"
            found[n] = Opener(Style.COLON, label, said.strip())
    return found
