"""The words of a whole study as one row of numbers, and where each stands in its source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from itertools import groupby
from unicodedata import category

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.anchors.words import WordReader, mask
from commonthread.folding import fold, fold_all

Numbers = NDArray[np.int64]


class StudyText:
    """The words of a study in order: ``numbers[place]`` is the number of a word, 0 if it has none.

    A stretch of words is a half-open range of places. ``sources`` are the ids of the sources in
    order, ``bounds[i]`` is the place of the first word of the i-th, and the last of ``bounds`` is
    the number of all words.
    """

    def __init__(
        self, turns: pd.DataFrame, reader: WordReader, numbering: Mapping[str, int]
    ) -> None:
        """Take the table turns (source_id, turn, start, text) and the numbers of known words."""
        ordered = turns.sort_values(["source_id", "turn"], kind="stable")
        self._reader = reader
        self._texts: list[str] = ordered["text"].tolist()
        self._starts: list[int] = ordered["start"].tolist()
        self._words: dict[int, list[str]] = {}
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self.sources: list[str] = []
        parts: list[Numbers] = [np.zeros(0, dtype=np.int64)]
        counts: list[int] = [0]
        sizes: list[int] = [0]
        first_turns = [0]
        known: dict[str, int] = {}
        for source_id, rows in groupby(enumerate(ordered["source_id"]), key=lambda row: row[1]):
            own = [row for row, _ in rows]
            words: list[str] = []
            for folded in fold_all(self._texts[own[0] : own[-1] + 1]):
                found = reader.raw_words(folded)
                counts.append(len(found))
                words += found
            for word in set(words) - known.keys():
                known[word] = numbering.get(mask(word), 0)
            parts.append(np.fromiter(map(known.__getitem__, words), np.int64, len(words)))
            sizes.append(len(words))
            first_turns.append(own[-1] + 1)
            self.sources.append(source_id)
        self.numbers = np.concatenate(parts)
        self.bounds = np.cumsum(sizes)
        self._first = np.cumsum(counts)
        self._first_turns = first_turns

    def source(self, place: int) -> int:
        """Give which source the word at a place stands in, as an index of ``sources``."""
        return int(np.searchsorted(self.bounds, place, side="right")) - 1

    def words(self, low: int, high: int) -> list[str]:
        """Give the words of a stretch, pseudonyms masked."""
        made: list[str] = []
        for turn, first, last in self._turns(low, high):
            if turn not in self._words:
                self._words[turn] = self._reader.words(self._texts[turn])
            made += self._words[turn][first:last]
        return made

    def characters(self, low: int, high: int) -> tuple[int, int]:
        """Give where a stretch of at least one word stands in its source: half-open offsets.

        Punctuation right beside the words belongs to it.
        """
        first, last = self._turn(low), self._turn(high - 1)
        start = _with_opening(self._texts[first], self._word(first, low)[0])
        end = self._word(last, high - 1)[1]
        while _closes(self._texts[last][end : end + 1]):
            end += 1
        return self._starts[first] + start, self._starts[last] + end

    def text(self, low: int, high: int) -> str:
        """Give the text of a stretch of at least one word, turns joined by line feeds."""
        start, end = self.characters(low, high)
        first, last = self._turn(low), self._turn(high - 1)
        text = "\n".join(self._texts[first : last + 1])
        return text[start - self._starts[first] : end - self._starts[first]]

    def place(self, source: int, offset: int) -> int:
        """Give the place of the first word of a source that starts at or after an offset."""
        first, last = self._first_turns[source], self._first_turns[source + 1]
        turn = bisect_left(self._starts, offset + 1, first, last) - 1
        if turn < first:
            return int(self.bounds[source])
        starts = [start for start, _ in self._word_spans(turn)]
        return int(self._first[turn]) + bisect_left(starts, offset - self._starts[turn])

    def _turn(self, place: int) -> int:
        return int(np.searchsorted(self._first, place, side="right")) - 1

    def _turns(self, low: int, high: int) -> list[tuple[int, int, int]]:
        """Give the turns that a stretch reaches over, with the range of words in each."""
        if low >= high:
            return []
        turns = range(self._turn(low), self._turn(high - 1) + 1)
        return [(t, max(0, low - self._first[t]), high - int(self._first[t])) for t in turns]

    def _word(self, turn: int, place: int) -> tuple[int, int]:
        return self._word_spans(turn)[place - int(self._first[turn])]

    def _word_spans(self, turn: int) -> list[tuple[int, int]]:
        if turn not in self._spans:
            self._spans[turn] = self._reader.spans(fold(self._texts[turn]))
        return self._spans[turn]


def _with_opening(text: str, start: int) -> int:
    """Give where the punctuation before a word begins that belongs to it."""
    opening = start
    while opening and not (text[opening - 1].isspace() or text[opening - 1].isalnum()):
        opening -= 1
    if opening == 0 or text[opening - 1].isspace():
        return opening
    while text[start - 1] in "\"'" or category(text[start - 1]) in ("Ps", "Pi"):
        start -= 1
    return start


def _closes(sign: str) -> bool:
    """Tell whether a sign is punctuation that does not open anything; not so for no sign."""
    return (
        bool(sign) and not (sign.isalnum() or sign.isspace()) and category(sign) not in ("Ps", "Pi")
    )
