"""What one person decided about one segment, as it stands in a file that came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from commonthread.packs.pack import Purpose

# How a segment was settled: with these codes, not yet, or only by a change of the codebook.
Outcome = Literal["", "decided", "open", "codebook"]


@dataclass(frozen=True)
class Judgement:
    """One decision about one segment, nothing of it looked up or changed yet.

    ``where`` says where it stands in the file ("row 12"). ``coder`` is the name as written; empty
    where the file's holds. ``segment_id``, ``source_id``, ``words``, ``before``, ``after`` and
    ``start_s`` are what the segment was when it was coded, empty (None) where the file does not
    say. ``codes`` are ids or names of codes and aspects, as written. ``no_code`` says that no code
    fits. ``new_code`` is a suggestion for a code. ``date`` is in ISO 8601, with a time if there is
    one; empty if not known. ``outcome`` is empty but in adjudication.
    """

    where: str
    coder: str = ""
    segment_id: str = ""
    source_id: str = ""
    words: str = ""
    before: str = ""
    after: str = ""
    start_s: float | None = None
    codes: tuple[str, ...] = ()
    no_code: bool = False
    unsure: bool = False
    comment: str = ""
    new_code: str = ""
    date: str = ""
    outcome: Outcome = ""


@dataclass(frozen=True)
class Answer:
    """What a person wrote beside an item of a worklist."""

    item: str
    text: str


@dataclass(frozen=True)
class Returned:
    """A file that came back: what it says of itself, and its judgements in order.

    All but ``judgements`` may be empty. ``copy`` tells one copy of a pack in one browser from
    another, so that two people who code under one name are noticed. ``took_part`` has name and role
    of everybody who settled together. ``untouched`` counts segments that nobody has judged yet.
    ``answers`` are those of a worklist.
    ``problems`` are (where, what) of what could not be read; all else is there.
    """

    purpose: Purpose = "coding"
    study: str = ""
    pack_id: str = ""
    coder: str = ""
    role: str = ""
    codebook_version: str = ""
    codebook_sha256: str = ""
    copy: str = ""
    took_part: tuple[tuple[str, str], ...] = ()
    untouched: int = 0
    judgements: tuple[Judgement, ...] = ()
    answers: tuple[Answer, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
