"""Documents as lines or paragraphs: what layouts are recognised in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from commonthread.sources.reading import Kind, RawTurn

Unit = Literal["line", "paragraph"]

_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪▫■□●○☐☑✓–—·][ \t]+(?:\[[ xX]\][ \t]+)?|\[[ xX]\][ \t]+)(?=\S)")
_WIDEST_WRAP, _NARROWEST_WRAP = 120, 40
_BREAKS_NEEDED, _SHARE_NEEDED = 3, 0.85


class Line(NamedTuple):
    r"""One line or paragraph of a document.

    ``text`` may hold line breaks ("\n") where a paragraph has them; an empty text is a blank line.
    ``number`` counts from 1 and is what warnings name. ``bold_prefix`` is the text of the bold
    runs that the paragraph opens with, None where nothing is bold or the format cannot say.
    """

    text: str
    number: int
    bold_prefix: str | None = None


@dataclass(frozen=True)
class Recognised:
    """What was made of the lines: see ``Reading`` for the fields."""

    kind: Kind
    layout: str
    turns: list[RawTurn] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def lines_of(text: str) -> list[Line]:
    """Cut a text with LF line ends into numbered lines."""
    return [Line(line, number) for number, line in enumerate(text.split("\n"), start=1)]


def without_breaks(lines: Sequence[Line]) -> list[Line]:
    """Cut paragraphs that hold line breaks into one ``Line`` for each, all of the same number."""
    if not any("\n" in line.text for line in lines):
        return list(lines)
    parts: list[Line] = []
    for line in lines:
        first, *others = line.text.split("\n")
        bold = line.bold_prefix.split("\n")[0] if line.bold_prefix else None
        parts.append(Line(first, line.number, bold))
        parts.extend(Line(other, line.number) for other in others)
    return parts


def without_bullet(text: str) -> str:
    """Give the text without the sign of a list that it may open with."""
    match = _BULLET.match(text)
    return text[match.end() :] if match else text


def has_bullet(text: str) -> bool:
    """Tell whether a line opens with the sign of a list."""
    return _BULLET.match(text) is not None


class Wrapping:
    """Whether a file was broken into lines of a fixed width, and how to undo it."""

    def __init__(self, lines: Sequence[Line], unit: Unit) -> None:
        self._room = 0
        if unit != "line":
            return
        longest = max((len(line.text) for line in lines), default=0)
        if not _NARROWEST_WRAP <= longest <= _WIDEST_WRAP:
            return
        room = int(0.8 * longest)
        breaks = full = 0
        for line, after in pairwise(lines):
            if line.text.strip() and after.text[:1].strip() and not has_bullet(after.text):
                breaks += 1
                full += self._did_not_fit(line.text, after.text, room)
        if breaks >= _BREAKS_NEEDED and full >= _SHARE_NEEDED * breaks:
            self._room = room

    def goes_on(self, before: str, after: str) -> bool:
        """Tell whether the line ``after`` goes on with the paragraph of the line ``before``."""
        return bool(
            self._room
            and before.strip()
            and not has_bullet(after)
            and self._did_not_fit(before, after, self._room)
        )

    @staticmethod
    def _did_not_fit(before: str, after: str, room: int) -> bool:
        word = after.split(maxsplit=1)
        return bool(word) and len(before) + 1 + len(word[0]) > room
