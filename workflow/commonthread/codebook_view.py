"""The codebook as a team reads it: each code with what it means, and how it was used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonthread.codebook import Codebook


@dataclass(frozen=True)
class Excerpt:
    """A segment as an example: its words, who said it by pseudonym, and in which workshop."""

    segment_id: str
    words: str
    speaker: str
    workshop: str


@dataclass(frozen=True)
class CodeUse:
    """How often and how widely a code was used, how far coders agree on it, and examples.

    Counts go with the number that they are out of. ``agreement`` is Krippendorff's alpha between
    people; None where there is none, and then ``no_agreement`` says why.
    """

    segments: int
    of_segments: int
    people: int
    of_people: int
    workshops: int
    of_workshops: int
    roles: int
    of_roles: int
    agreement: float | None
    no_agreement: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True)
class CodebookView:
    """A codebook with the use of each code (by id), for a page, a document or a workbook."""

    study: str
    invented: bool
    codebook: Codebook
    use: Mapping[str, CodeUse]
