"""What every reader gives back: a source as turns of talk or as notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["transcript", "notes"]


@dataclass(frozen=True, slots=True)
class RawTurn:
    """One speaker's stretch of talk, or one note, as it stands in the file.

    ``speaker`` is the name as written (trimmed, without emphasis and colon), or None where nobody
    is named. ``start_s`` and ``end_s`` are seconds from the start of the recording, or None.
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
    ``warnings`` are whole sentences that name lines, and never quote what was said.
    """

    kind: Kind
    format: str
    layout: str
    encoding: str
    turns: list[RawTurn] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
