"""Finds the speakers of a file by the expression that a study gives."""

from __future__ import annotations

from collections.abc import Sequence

from commonthread.problems import Refused
from commonthread.sources.lines import Line
from commonthread.sources.openers import Mark, Opener, Style

_REMEDY = (
    "Correct reading.speaker_pattern in the settings: it needs the groups (?P<speaker>...) and "
    "(?P<text>...)."
)


def openers_by_pattern(lines: Sequence[Line], pattern: str) -> dict[int, Opener | Mark]:
    """Give the lines that the RE2 ``pattern`` matches from their start, by index.

    The groups "speaker" and "text" hold the name and what is said. Raises ``Refused`` if the
    pattern is not valid or lacks a group.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        expression = re2.compile(pattern, options=options)
    except re2.error:
        raise Refused("The study's pattern for speakers is not a valid RE2 one.", _REMEDY) from None
    if not {"speaker", "text"} <= set(expression.groupindex):
        raise Refused("The study's pattern for speakers lacks a group.", _REMEDY)
    found: dict[int, Opener | Mark] = {}
    for n, line in enumerate(lines):
        match = expression.match(line.text)
        if match and (match["speaker"] or "").strip():
            label = match["speaker"].strip().strip("*").strip()
            said = f"{match['text'] or ''}{line.text[match.end() :]}"
            found[n] = Opener(Style.COLON, label, said.strip())
    return found
