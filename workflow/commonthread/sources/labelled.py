"""Builds turns from the lines of a document once it is known which lines open a turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from commonthread.sources.lines import Line, Recognised, Unit, Wrapping
from commonthread.sources.openers import Mark, Opener, heading, take_times
from commonthread.sources.reading import RawTurn, kind_of, places
from commonthread.sources.service_lines import is_note_taker, is_presentation, is_service_line

# More unlabelled words than this above the first speaker are talk, not a header.
_LONGEST_FRONT = 200
_FRONT_SHARE = 0.1
# A header holds few whole sentences, such as a service's remark on its transcript.
_LONGEST_EXPECTED = 60
_ENDS = (".", "?", "!")


class _Voice(Enum):
    PERSON = "person"
    NOTE_TAKER = "note-taking service"
    SCREEN = "shared screen"


def _voice(label: str) -> _Voice:
    if is_note_taker(label):
        return _Voice.NOTE_TAKER
    return _Voice.SCREEN if is_presentation(label) else _Voice.PERSON


class _Builder:
    """Collects the lines of one turn after the other."""

    def __init__(self, wrapping: Wrapping) -> None:
        self.turns: list[RawTurn] = []
        self.bots: list[int] = []
        self.screens: list[int] = []
        self.unsaid: list[int] = []
        self._wrapping = wrapping
        self._opening: Opener | None = None
        self._number = 0
        self._parts: list[str] = []
        self._before = ""
        self._voices: dict[str, _Voice] = {}

    def open(self, opening: Opener, number: int, start_s: float | None) -> None:
        self.close()
        self._opening = opening
        self._number = number
        if opening.start_s is None:
            opening.start_s = start_s
        if opening.text:
            self._parts.append(opening.text)

    def add(self, text: str, line: str, after_blank: bool) -> None:
        """Go on with the turn that is open."""
        if self._parts:
            goes_on = not after_blank and self._wrapping.goes_on(self._before, line)
            self._parts.append(" " if goes_on else "\n")
        self._parts.append(text)

    def is_silent(self) -> bool:
        """Tell whether the turn that is open has neither words nor a time yet."""
        return self._opening is not None and not self._parts and self._opening.start_s is None

    def begins_at(self, start_s: float | None) -> None:
        if self._opening is not None:
            self._opening.start_s = start_s

    def passed(self, line: str) -> None:
        self._before = line

    def close(self) -> None:
        opening = self._opening
        if opening is None:
            return
        text = self._parts[0] if len(self._parts) == 1 else "".join(self._parts)
        self._opening = None
        self._parts = []
        if not text:
            self.unsaid.append(self._number)
            return
        voice = self._voices.get(opening.label)
        if voice is None:
            voice = self._voices[opening.label] = _voice(opening.label)
        if voice is _Voice.NOTE_TAKER:
            self.bots.append(self._number)
            return
        if voice is _Voice.SCREEN:
            self.screens.append(self._number)
        speaker = opening.label if voice is _Voice.PERSON else None
        self.turns.append(RawTurn(speaker, text, opening.start_s, opening.end_s))


def turns_from_openers(
    lines: Sequence[Line],
    openings: Mapping[int, Opener | Mark],
    layout: str,
    wrapping: Wrapping,
    unit: Unit,
) -> Recognised:
    """Build the turns of a document.

    ``openings`` gives, by index into ``lines``, the openers that were accepted and the lines that
    hold a time. Lines without an opener go on with the turn before them. What stands above the
    first opener is a header, unless it is long: then it is talk of nobody named.
    """
    first = min(n for n, opening in openings.items() if isinstance(opening, Opener))
    builder = _Builder(wrapping)
    front, warnings, notes = _front(lines[:first], unit, sum(len(line.text) for line in lines))
    builder.turns.extend(front)
    headings: list[int] = []
    service: list[int] = []
    start = _time_above(openings, first)
    blank = False
    for n in range(first, len(lines)):
        line = lines[n]
        opening = openings.get(n)
        if isinstance(opening, Opener):
            builder.open(opening, line.number, start)
            builder.passed(line.text)
            start, blank = None, False
            continue
        text = line.text.strip()
        if not text:
            blank = True
            continue
        if opening is not None and (not opening.text or not opening.bare):
            text = opening.text
            if not text and builder.is_silent():
                builder.begins_at(opening.start_s)
                continue
            start = opening.start_s
            if not text:
                continue
        words = heading(text)
        if words is not None:
            time = take_times(f"[{words}]")
            if time[1] is not None and not time[0]:
                start = time[1]
            elif is_service_line(words):
                service.append(line.number)
            else:
                headings.append(line.number)
            continue
        if is_service_line(text):
            service.append(line.number)
            continue
        if text[0] == ":":
            text = text[1:].strip()
            if not text:
                continue
        builder.add(text, line.text, blank)
        builder.passed(line.text)
        start, blank = None, False
    builder.close()
    if builder.screens:
        warnings.append(
            f"What came from a shared screen ({places(builder.screens, unit)}) was read as said "
            "by nobody named."
        )
    notes.extend(_left_out(builder, headings, service, unit))
    return Recognised(kind_of(builder.turns), layout, builder.turns, warnings, notes)


def _time_above(openings: Mapping[int, Opener | Mark], first: int) -> float | None:
    above = [n for n, opening in openings.items() if n < first and isinstance(opening, Mark)]
    if not above:
        return None
    last = openings[max(above)]
    return last.start_s if not last.text else None


def _front(
    lines: Sequence[Line], unit: Unit, length: int
) -> tuple[list[RawTurn], list[str], list[str]]:
    """Give what stands above the first speaker as turns if it is talk, and a warning or note."""
    above = [line for line in lines if line.text.strip(" \t:")]
    if not above:
        return [], [], []
    where = places((line.number for line in above), unit)
    # A list of those present may be long too, but is not written in sentences.
    words = sum(len(t.split()) for line in above if (t := line.text.rstrip(" *_")).endswith(_ENDS))
    one = len({line.number for line in above}) == 1
    stand = f"{where[0].upper()}{where[1:]} {'stands' if one else 'stand'}"
    was = "was" if one else "were"
    if words > _LONGEST_FRONT and sum(len(line.text) for line in above) > _FRONT_SHARE * length:
        turns = [RawTurn(None, line.text.strip()) for line in above]
        said = f"{stand} above the first speaker, and {was} read as said by nobody named."
        return turns, [said], []
    said = f"{stand} above the first speaker and {was} left out of the talk."
    if words > _LONGEST_EXPECTED:
        return [], [f"{said} If somebody said that, put the name and a colon before it."], []
    return [], [], [said]


def _left_out(builder: _Builder, headings: list[int], service: list[int], unit: Unit) -> list[str]:
    """Say what below the first speaker was left out as expected."""
    notes = []
    if headings:
        notes.append(f"Headings ({places(headings, unit)}) were left out of the talk.")
    if service:
        notes.append(
            f"Remarks of the recording service ({places(service, unit)}) were left out of the talk."
        )
    if builder.bots:
        notes.append(
            f"What a note-taking service wrote ({places(builder.bots, unit)}) was left out: "
            "it is not a person."
        )
    if builder.unsaid:
        notes.append(f"A speaker is named but nothing is said ({places(builder.unsaid, unit)}).")
    return notes
