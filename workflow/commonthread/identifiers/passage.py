"""Texts to search for identifiers, in plain form and as they were written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from commonthread.folding import fold_all
from commonthread.identifiers.patterns import as_bytes

# Longer than what is looked at around an identifier, so that nothing reaches into another text.
_JOINT = "\x1f" * 64


class Passage:
    """Texts joined to be searched at once, in plain form: lower case, plain signs.

    ``data`` has a byte for each code point of the plain form; places are those in it.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._folded = fold_all(texts)
        lengths = (len(folded.text) + len(_JOINT) for folded in self._folded)
        self._starts = [0, *accumulate(lengths)]
        self.data = as_bytes(_JOINT.join(folded.text for folded in self._folded))

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """Give where a stretch was written: the number of the text, and start and end in it."""
        index = bisect_right(self._starts, start) - 1
        first = self._starts[index]
        return index, *self._folded[index].span(start - first, end - first)

    def said(self, start: int, end: int) -> str:
        """Give what was written in a stretch."""
        index, start, end = self.place(start, end)
        return self._texts[index][start:end]
