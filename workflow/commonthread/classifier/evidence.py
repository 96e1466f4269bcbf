"""The words that spoke most for a code in a segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonthread.classifier.features import Tokens, Vocabulary, pieces
from commonthread.coded import Counts

_MOST_WORDS = 5
# A word that weighs less than this share of the heaviest is no reason.
_WORTH_TELLING = 0.2

Floats = NDArray[np.float64]
Span = tuple[int, int]


@dataclass(frozen=True)
class Spoken:
    """A word of a segment that spoke for a code: half-open code points in its text, and weight."""

    start: int
    end: int
    weight: float


class Evidence:
    """Finds the words of segments that spoke for a code."""

    def __init__(self, found: Tokens, vocabulary: Vocabulary) -> None:
        """Take the words of the segments, and the features of the classifier."""
        self._found = found
        self._first = np.searchsorted(found.text, np.arange(found.texts + 1))
        words, pairs, parts, _ = vocabulary.sizes
        self._first_code = words + pairs + parts
        self._words = {word: at for at, word in enumerate(vocabulary.words)}
        self._pairs = {pair: words + at for at, pair in enumerate(vocabulary.pairs)}
        self._pieces = {piece: words + pairs + at for at, piece in enumerate(vocabulary.pieces)}

    def words(
        self,
        text: int,
        values: Mapping[int, float],
        weights: Floats,
        found: Mapping[int, Sequence[Span]],
    ) -> list[Spoken]:
        """Give up to five words of a text that spoke for a code, the heaviest first.

        Goes in: the number of the text, its features by their number, the weights of the code, and
        where in the text the dictionary found codes, by their number among its codes. What a pair
        or a piece of a word weighs is shared out over the words that it stands in, and what a code
        of the dictionary weighs over the words that it was found by.
        """
        low, high = int(self._first[text]), int(self._first[text + 1])
        own = [self._found.words[number] for number in self._found.word[low:high].tolist()]
        start, end = self._found.start[low:high], self._found.end[low:high]
        bears = self._of_features(own, values, weights)
        for code, spans in found.items():
            over = _overlapping(start, end, spans)
            if len(over):
                number = self._first_code + code
                bears[over] += weights[number] * values.get(number, 0.0) / len(over)
        return _heaviest(own, start, end, bears)

    def _of_features(
        self, own: Sequence[str], values: Mapping[int, float], weights: Floats
    ) -> Floats:
        """Share the weight of each feature out over the words that it stands in."""
        parts: dict[int, list[int]] = {}
        for place, word in enumerate(own):
            after = own[place + 1] if place + 1 < len(own) else None
            pair = self._pairs.get((word, after)) if after is not None else None
            for number in (self._words.get(word), *map(self._pieces.get, pieces(word))):
                if number is not None:
                    parts.setdefault(number, []).append(place)
            if pair is not None:
                parts.setdefault(pair, []).extend((place, place + 1))
        bears = np.zeros(len(own))
        for number, places in parts.items():
            np.add.at(bears, places, weights[number] * values.get(number, 0.0) / len(places))
        return bears


def _overlapping(start: Counts, end: Counts, spans: Sequence[Span]) -> Counts:
    over = np.zeros(len(start), dtype=bool)
    for low, high in spans:
        over |= (start < high) & (end > low)
    return np.flatnonzero(over)


def _heaviest(own: Sequence[str], start: Counts, end: Counts, bears: Floats) -> list[Spoken]:
    """Add up what the same word bears, and give the heaviest words where they first stand."""
    first: dict[str, int] = {}
    weight: dict[str, float] = {}
    for place, word in enumerate(own):
        first.setdefault(word, place)
        weight[word] = weight.get(word, 0.0) + float(bears[place])
    ranked = sorted(weight, key=lambda word: (-weight[word], first[word]))[:_MOST_WORDS]
    least = max(_WORTH_TELLING * max(weight.values(), default=0.0), 0.0)
    return [
        Spoken(int(start[first[word]]), int(end[first[word]]), weight[word])
        for word in ranked
        if weight[word] > 0 and weight[word] >= least
    ]
