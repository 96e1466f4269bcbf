"""What every reader gives back: a source as turns of talk or as notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from commonthread.problems import Refused

Kind = Literal["transcript", "notes"]

_RANGES_NAMED = 8


@dataclass(frozen=True, slots=True)
class RawTurn:
    """One speaker's stretch of talk, or one note, as it stands in the file.

    ``speaker`` is the name as written (trimmed, without emphasis and colon), or None where nobody
    is named. ``start_s`` and ``end_s`` are seconds from the start of the recording (in a chat
    log with times of day, seconds from midnight), or None.
    """

    speaker: str | None
    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True)
class Reading:
    """A source that was read.

    ``kind`` is "transcript" if anybody is named as a speaker, else "notes" (each turn is then one
    note, and its speaker is None). ``format`` is the file format ("txt", "vtt", "docx", ...),
    ``layout`` the layout that was recognised in it, in words that a person understands.
    ``encoding`` is how text was stored, or an empty string for formats that say so themselves.
    ``warnings`` are whole sentences that name lines, and never quote what was said; ``notes`` are
    such sentences about what was left out as expected, such as a title or page numbers.
    """

    kind: Kind
    format: str
    layout: str
    encoding: str
    turns: list[RawTurn] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def kind_of(turns: Iterable[RawTurn]) -> Kind:
    """Give "transcript" if any of the turns names its speaker, else "notes"."""
    return "transcript" if any(turn.speaker is not None for turn in turns) else "notes"


def places(numbers: Iterable[int], unit: str = "line") -> str:
    """Name lines (or paragraphs, rows, ...) in words: "line 4", "lines 1 to 3, 7 and 9".

    After eight ranges the rest is only counted, so that a warning stays readable.
    """
    ordered = sorted(set(numbers))
    ranges: list[list[int]] = []
    for number in ordered:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    named = [f"{a}" if a == b else f"{a} to {b}" for a, b in ranges[:_RANGES_NAMED]]
    left = sum(b - a + 1 for a, b in ranges[_RANGES_NAMED:])
    if left:
        named.append(f"{left} more")
    words = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"{unit} {words}" if len(ordered) == 1 else f"{unit}s {words}"


def unbroken(where: list[int], most: int, unit: str = "line") -> Refused:
    """Give the refusal of a file with a line or turn that is longer than any that people speak."""
    return Refused(
        f"It has more than {most:,} letters without a break ({places(where, unit)}).",
        "Divide it into paragraphs or turns, or raise the limit (reading: limits: turn_letters in "
        "the settings).",
    )
