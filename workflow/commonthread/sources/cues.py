"""Finds the cues in a file of subtitles, and reports those that are damaged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from commonthread.sources.clock import seconds
from commonthread.sources.lines import Line, Unit
from commonthread.sources.reading import places

_TIME = r"-?(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9})?"
_TIMING = re.compile(rf"\s*({_TIME})[ \t]*-->[ \t]*({_TIME})(?:[ \t](.*))?")
_CUE_SETTINGS = re.compile(r"(?:\s*[A-Za-z][A-Za-z0-9]*:\S+)*\s*")
_BROKEN_TIMING = re.compile(r"[\s\d:.,;-]*-->[\s\d:.,;-]*|\s*-?\d\w*:\S+\s+-->\s+\S+\s*")
_CUE_ID = re.compile(r"\d+|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?:[/\w-]*)")
_NOTE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_NEGATIVE = "A cue has a time before the start ({}): its words were read without that time."
_BACKWARD = "A cue ends before it starts ({}): its words were read without the end."
_UNREADABLE = "The times of a cue cannot be read ({}): its words were read without times."
_TWICE = "A cue has a number that was used before ({}): it was read all the same."
_APART = "Words stand apart from their cue ({}): they were read as part of the cue above."
_ORDER = "Cues are not in order of time ({}): they were kept in the order of the file."
_LOST = "Words stand above the first cue ({}) and were left out."
_HEADER = "The header of the file ({}) was left out."
_COMMENT = "Comments and styles in the file ({}) were left out."
_TITLE = "Titles of cues ({}) were left out."
_EMPTY = "Cues without words ({}) were passed over."


@dataclass(slots=True, eq=False)
class Cue:
    """The words between one line of times and the next, and when they were said."""

    start: float | None
    end: float | None
    number: int
    lines: list[Line] = field(default_factory=list)


class Findings:
    """Lines that deserve a word, by what is wrong with them or why they are left out."""

    def __init__(self) -> None:
        self.wrong: dict[str, list[int]] = {}
        self.left_out: dict[str, list[int]] = {}

    def add(self, what: str, *numbers: int) -> None:
        """Note that lines have something wrong; ``what`` has a {} where they are named."""
        self.wrong.setdefault(what, []).extend(numbers)

    def leave(self, what: str, *numbers: int) -> None:
        """Note that lines are left out as expected; ``what`` has a {} where they are named."""
        self.left_out.setdefault(what, []).extend(numbers)

    def warnings(self, unit: Unit) -> list[str]:
        """Give a sentence for each thing that is wrong."""
        return [what.format(places(numbers, unit)) for what, numbers in self.wrong.items()]

    def notes(self, unit: Unit) -> list[str]:
        """Give a sentence for each kind of line that is left out as expected."""
        return [what.format(places(numbers, unit)) for what, numbers in self.left_out.items()]


def cues_in(lines: Sequence[Line], is_vtt: bool, findings: Findings) -> list[Cue]:
    """Give the cues that have words, in the order of the file; none if no line holds times.

    Damaged cues, and lines that belong to no cue, are told to ``findings``.
    """
    timings: dict[int, tuple[str, str] | None] = {}
    beside: dict[int, str] = {}
    for n, line in enumerate(lines):
        if "-->" in line.text:
            match = _TIMING.fullmatch(line.text)
            if match:
                timings[n] = (match[1], match[2])
                if match[3] and not _CUE_SETTINGS.fullmatch(match[3]):
                    beside[n] = match[3].strip()
            elif _BROKEN_TIMING.fullmatch(line.text):
                timings[n] = None
    cues: list[Cue] = []
    ids: set[str] = set()
    order = sorted(timings)
    bodies = [n + 1 for n in order]
    heads = [_head(lines, n, bodies[i - 1] if i else 0) for i, n in enumerate(order)]
    if order:
        _above(lines[: heads[0]], is_vtt, findings)
    for i, n in enumerate(order):
        cue = _timed(lines[n], timings[n], findings)
        written = lines[heads[i]].text.strip() if heads[i] < n else ""
        if written and not _CUE_ID.fullmatch(written):
            findings.leave(_TITLE, lines[heads[i]].number)
        if not is_vtt and written:
            if written in ids and written.isdigit():
                findings.add(_TWICE, lines[heads[i]].number)
            ids.add(written)
        before = cues[-1].start if cues else None
        if cue.start is not None and before is not None and cue.start < before:
            findings.add(_ORDER, cue.number)
        if n in beside:
            cue.lines.append(Line(beside[n], cue.number))
        upto = heads[i + 1] if i + 1 < len(order) else len(lines)
        _fill(cue, lines[n + 1 : upto], is_vtt, findings)
        if cue.lines:
            cues.append(cue)
        else:
            findings.leave(_EMPTY, cue.number)
    return cues


def _head(lines: Sequence[Line], timing: int, least: int) -> int:
    """Give the index of the line that names the cue, or of its times if none does."""
    n = timing - 1
    if n < least:
        return timing
    text = lines[n].text.strip()
    if text:
        parted = n == least or not lines[n - 1].text.strip()
        return n if _CUE_ID.fullmatch(text) or (parted and n > least) else timing
    # A number that a blank line parts from its times.
    above = n - 1
    if above >= least and lines[above].text.strip().isdigit():
        parted = above == least or not lines[above - 1].text.strip()
        return above if parted else timing
    return timing


def _above(lines: Sequence[Line], is_vtt: bool, findings: Findings) -> None:
    """Tell what stands above the first cue: in WebVTT a header up to a blank line, and comments."""
    header, comment, blank = is_vtt, False, False
    for line in lines:
        text = line.text.strip()
        if not text:
            header, comment, blank = False, False, True
        elif header:
            if text != "WEBVTT":
                findings.leave(_HEADER, line.number)
        elif comment or (is_vtt and blank and _NOTE.fullmatch(text)):
            comment = True
            findings.leave(_COMMENT, line.number)
        else:
            findings.add(_LOST, line.number)
            blank = False


def _timed(line: Line, times: tuple[str, str] | None, findings: Findings) -> Cue:
    if times is None:
        findings.add(_UNREADABLE, line.number)
        return Cue(None, None, line.number)
    start, end = _seconds(times[0]), _seconds(times[1])
    if "-" in (times[0][0], times[1][0]):
        findings.add(_NEGATIVE, line.number)
    elif start is None or end is None:
        findings.add(_UNREADABLE, line.number)
    elif end < start:
        findings.add(_BACKWARD, line.number)
        end = None
    return Cue(start, end, line.number)


def _seconds(written: str) -> float | None:
    return None if written.startswith("-") else seconds(written)


def _fill(cue: Cue, lines: Sequence[Line], is_vtt: bool, findings: Findings) -> None:
    """Give a cue its lines; words after a blank line are its own too, but are reported."""
    blank = comment = False
    for line in lines:
        text = line.text.strip()
        if not text:
            blank, comment = True, False
            continue
        if is_vtt and blank and (comment or _NOTE.fullmatch(text)):
            comment = True
            findings.leave(_COMMENT, line.number)
            continue
        if blank and cue.lines:
            findings.add(_APART, line.number)
        cue.lines.append(Line(text, line.number))
