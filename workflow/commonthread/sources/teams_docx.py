"""Recognises the Teams transcripts in which a span of time, a name and the text follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from commonthread.sources.clock import seconds
from commonthread.sources.lines import Line, Recognised, without_breaks
from commonthread.sources.reading import RawTurn, places
from commonthread.sources.service_lines import is_service_line
from commonthread.sources.speaker_labels import Shape, shape

LAYOUT = "Teams: times, name and text on lines of their own"

_CLOCK = r"\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,9})?"
_SPAN = re.compile(rf"({_CLOCK})\s*-->\s*({_CLOCK})")
_SHARE_NAMED = 0.8


def turns_from_teams(lines: Sequence[Line]) -> Recognised | None:
    """Give the turns of ``0:0:5.100 --> 0:0:8.250`` / name / text, or None if it is not that.

    Each may be a paragraph, or a line of one. It is that layout if after four spans in five a
    line follows that looks like a name, and text after it.
    """
    blocks: list[tuple[float | None, float | None, list[Line]]] = []
    above: list[int] = []
    service: list[int] = []
    for line in without_breaks(lines):
        text = line.text.strip()
        if not text:
            continue
        if match := _SPAN.fullmatch(text):
            blocks.append((seconds(match[1]), seconds(match[2]), []))
        elif is_service_line(text):
            service.append(line.number)
        elif blocks:
            blocks[-1][2].append(line._replace(text=text))
        else:
            above.append(line.number)
    names = Counter(said[0].text for _, _, said in blocks if len(said) > 1)
    names = Counter({name: count for name, count in names.items() if _is_name(name, count)})
    if not blocks or sum(names.values()) < _SHARE_NAMED * len(blocks):
        return None
    turns: list[RawTurn] = []
    silent: list[int] = []
    for start, end, said in blocks:
        named = bool(said) and said[0].text in names
        if len(said) == named:
            silent.extend(line.number for line in said)
            continue
        text = "\n".join(line.text for line in said[named:])
        turns.append(RawTurn(said[0].text if named else None, text, start, end))
    notes = []
    if above:
        where = places(above, "paragraph")
        notes.append(f"What stands above the first turn was left out of the talk: {where}.")
    if service:
        notes.append(
            f"Remarks of the recording service ({places(service, 'paragraph')}) were left out of "
            "the talk."
        )
    if silent:
        notes.append(f"A speaker is named but nothing is said ({places(silent, 'paragraph')}).")
    return Recognised("transcript", LAYOUT, turns, notes=notes)


def _is_name(text: str, count: int) -> bool:
    looks = shape(text)
    return ":" not in text and (looks >= Shape.ROLE or (looks == Shape.LOWER and count > 1))
