"""A text to search for identifiers, in plain form and as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from commonthread.folding import Folded, fold
from commonthread.identifiers.patterns import as_bytes


@dataclass(frozen=True)
class Passage:
    """A text, and its plain form: lower case, plain signs, nothing invisible."""

    text: str
    folded: Folded

    @classmethod
    def of(cls, text: str) -> Passage:
        """Make a passage of a text."""
        return cls(text, fold(text))

    @cached_property
    def data(self) -> bytes:
        """The plain form in ASCII, a byte for each of its code points."""
        return as_bytes(self.folded.text)

    def said(self, start: int, end: int) -> str:
        """Give what was written where the plain form has a stretch."""
        start, end = self.folded.span(start, end)
        return self.text[start:end]
