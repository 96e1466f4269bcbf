"""Recognises the layout of a document that is a list of lines or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from commonthread.settings import ReadingSettings
from commonthread.sources.reading import Kind, RawTurn

Unit = Literal["line", "paragraph"]


@dataclass(frozen=True, slots=True)
class Line:
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


_LABEL = re.compile(r"([^\s:][^:]{0,60}):(?:\s+|$)")


def turns_from_lines(
    lines: Sequence[Line], settings: ReadingSettings, unit: Unit = "line"
) -> Recognised:
    """Recognise how a document is laid out, and give its turns or notes.

    ``unit`` says what a ``Line`` is: a "line" of text, where blank lines part paragraphs, or a
    whole "paragraph". Warnings name lines or paragraphs by ``Line.number``.
    """
    turns: list[RawTurn] = []
    for line in lines:
        match = _LABEL.match(line.text)
        if match:
            turns.append(RawTurn(match[1].strip(), line.text[match.end() :].strip()))
        elif line.text.strip():
            turns.append(RawTurn(None, line.text.strip()))
    kind: Kind = "transcript" if any(turn.speaker for turn in turns) else "notes"
    return Recognised(kind, "Name: text" if kind == "transcript" else "notes", turns)
