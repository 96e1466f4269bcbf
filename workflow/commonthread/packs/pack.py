"""What a pack holds: segments to code, or to settle, with all that a person needs for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from commonthread.codebook import Codebook
from commonthread.coders import Start

# What a pack asks of people.
Purpose = Literal["coding", "adjudication"]


@dataclass(frozen=True)
class PackSource:
    """A transcript or notes: id, title of the workshop, and a name to tell it from its others."""

    source_id: str
    workshop: str
    name: str


@dataclass(frozen=True)
class PackTurn:
    """One speaker's stretch of talk, or one note.

    ``source`` is its place in ``Pack.sources``, ``number`` its number there. ``speaker`` is the
    pseudonym, "Notes" for notes without one, and empty where nobody is known. ``start_s`` is in seconds from the beginning, None where
    the source has no times.
    """

    source: int
    number: int
    speaker: str
    start_s: float | None
    text: str


@dataclass(frozen=True)
class Opinion:
    """What one coder said of a segment: codes, or that none fits, and comments."""

    coder: str
    role: str
    codes: tuple[str, ...]
    no_code: bool
    unsure: bool
    comment: str
    new_code: str


@dataclass(frozen=True)
class PackSegment:
    """A segment to code.

    ``turn`` is its place in ``Pack.turns``; ``start`` and ``end`` are code points in that turn's
    text, half open. ``before`` and ``after`` are the words around it, by which it is found again in
    a corrected transcript. ``found`` are the codes that the dictionary gave it, empty in a blind
    pack. ``opinions`` are what coders said of it, where it is to be settled.
    """

    segment_id: str
    turn: int
    start: int
    end: int
    before: str
    after: str
    found: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True)
class Pack:
    """Segments in the order in which to read them, with their turns, for one coder or for a team.

    ``coder`` and ``role`` are empty where a team settles together. Of each segment's source, at
    least the turn before and after its own is among ``turns``, in order; ``whole`` says whether
    these are whole transcripts, to be read down.
    """

    pack_id: str
    purpose: Purpose
    study: str
    invented: bool
    coder: str
    role: str
    start: Start
    whole: bool
    codebook: Codebook
    sources: tuple[PackSource, ...]
    turns: tuple[PackTurn, ...]
    segments: tuple[PackSegment, ...]

    def words(self, segment: PackSegment) -> str:
        """Give the words of a segment."""
        return self.turns[segment.turn].text[segment.start : segment.end]
