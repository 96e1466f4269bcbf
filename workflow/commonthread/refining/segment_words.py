"""Which words and short phrases stand in which segments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from commonthread.coded import Counts, Mask
from commonthread.language import fold
from commonthread.quotes import SegmentTexts

# Stands where a phrase cannot go on: a sign between words, a name, or a stretch that is left out.
_BREAK = "\x00"
_SIGNS = re.compile(r"[^\w\s'-]+|_+|(?<!\w)['-]+|['-]+(?!\w)|\x00+")
_LONGEST = 3


@dataclass(frozen=True)
class SegmentWords:
    """Words and phrases of up to three words, and the segments that they stand in.

    ``words`` are the texts, ``lengths`` how many words each has. ``segment[i]`` and ``word[i]`` are
    the numbers of a segment (its row) and of a word that stands in it at least once, in the order
    of segments.
    """

    words: tuple[str, ...]
    lengths: Counts
    segment: Counts = field(repr=False)
    word: Counts = field(repr=False)

    def count(self, segments: Mask) -> Counts:
        """Count for each word in how many of the segments it stands."""
        return np.bincount(self.word[segments[self.segment]], minlength=len(self.words))

    def segments_with(self, word: int) -> Counts:
        """Give the rows of the segments that a word, by its number, stands in."""
        return self.segment[self.word == word]


def texts_without(segments: pd.DataFrame, turns: pd.DataFrame, spans: pd.DataFrame) -> list[str]:
    """Give the words of segments without some stretches of them, such as replaced names.

    Goes in: the tables ``segments`` and ``turns``, and the stretches as source_id, start and end
    (half-open code points of the source's text). Where one stood, no phrase reaches across.
    """
    texts = SegmentTexts(segments, turns)
    by_source = {
        source: sorted(zip(rows["start"].tolist(), rows["end"].tolist(), strict=True))
        for source, rows in spans.groupby("source_id", sort=False)
    }
    longest = {source: max(b - a for a, b in own) for source, own in by_source.items()}
    made = []
    for row, (source, start, end) in enumerate(
        zip(
            segments["source_id"].tolist(),
            segments["start"].tolist(),
            segments["end"].tolist(),
            strict=True,
        )
    ):
        text = texts[row]
        own = by_source.get(source, [])
        first = bisect_left(own, (start - longest.get(source, 0), 0))
        for low, high in own[first : bisect_left(own, (end, 0))]:
            low, high = max(low - start, 0), min(high - start, len(text))
            if low < high:
                text = text[:low] + _BREAK * (high - low) + text[high:]
        made.append(text)
    return made


def word_list(text: str) -> list[str]:
    """Give the words of a text one after the other in small letters, without signs."""
    return _SIGNS.sub(" ", fold(text).lower()).split()


def words_of(
    texts: Iterable[str],
    common: Collection[str] = (),
    lemmas: Mapping[str, str] | None = None,
    fewest: int = 2,
) -> SegmentWords:
    """Find the words and phrases of texts.

    A word is a run of letters, digits, hyphens and apostrophes in small letters; a phrase is two or
    three of them with nothing but white space between, so text in a script without white space
    between words is not taken apart. Words of ``common`` (such as "the") do not count alone, nor do
    phrases of nothing else, nor what has no letter. Forms that ``lemmas`` brings to one lemma count
    as one word, which goes by its most frequent form. What stands in fewer than ``fewest`` texts is
    left out. Words come in the order of their length and then of the alphabet.
    """
    known = lemmas or {}
    numbers: dict[str, int] = {_BREAK: 0}
    form_of: dict[str, int] = {}
    forms: Counter[str] = Counter()
    segment: list[int] = []
    flat: list[int] = []
    for row, text in enumerate(texts):
        tokens = _SIGNS.sub(f" {_BREAK} ", fold(text).lower()).split()
        tokens.append(_BREAK)
        forms.update(tokens)
        for token in tokens:
            number = form_of.get(token)
            if number is None:
                number = numbers.setdefault(known.get(token, token), len(numbers))
                form_of[token] = number
            flat.append(number)
        segment += [row] * len(tokens)
    shown = _most_frequent(forms, form_of, len(numbers))
    telling = np.array(
        [word not in common and any(sign.isalpha() for sign in word) for word in shown], dtype=bool
    )
    return _Phrases(np.array(flat, np.int64), np.array(segment, np.int64), shown, telling).found(
        fewest
    )


def _most_frequent(forms: Counter[str], form_of: Mapping[str, int], size: int) -> list[str]:
    """Give for each number its most frequent form; of equals the first in the alphabet."""
    shown = [""] * size
    for form in sorted(forms, key=lambda form: (-forms[form], form)):
        if not shown[form_of[form]]:
            shown[form_of[form]] = form
    return shown


@dataclass(frozen=True)
class _Phrases:
    """Numbered words one after the other, with the segment of each, from which phrases are made."""

    flat: Counts
    segment: Counts
    shown: Sequence[str]
    telling: Mask

    def found(self, fewest: int) -> SegmentWords:
        parts: list[tuple[list[str], Counts, Counts]] = []
        key = np.zeros(len(self.flat), dtype=np.int64)
        words = np.zeros((1, 0), dtype=np.int64)
        for length in range(1, _LONGEST + 1):
            # A phrase is one that is a word shorter with the next word behind it.
            if length > 1:
                key = key[:-1]
            following = self.flat[length - 1 :]
            whole = (key >= 0) & (following > 0)
            pairs = np.where(whole, key * len(self.shown) + following, -1)
            present, number = np.unique(pairs, return_inverse=True)
            skip = int(len(present) > 0 and present[0] < 0)
            present, key = present[skip:], number - skip
            before, last = present // len(self.shown), present % len(self.shown)
            words = np.column_stack([words[before], last])
            parts.append(self._kept(key, words, fewest))
        return _joined(parts)

    def _kept(self, key: Counts, words: Counts, fewest: int) -> tuple[list[str], Counts, Counts]:
        """Give the phrases that count as texts, and the segment and number of each time."""
        here = key >= 0
        size = max(len(words), 1)
        pair = np.unique(self.segment[: len(key)][here] * size + key[here])
        segment, word = pair // size, pair % size
        often = np.bincount(word, minlength=len(words)) >= fewest
        kept = often & self.telling[words].any(axis=1)
        texts = [" ".join(self.shown[each] for each in row) for row in words[kept].tolist()]
        order = np.argsort(np.array(texts, dtype=object), kind="stable")
        place = np.full(len(words), -1, dtype=np.int64)
        place[np.flatnonzero(kept)[order]] = np.arange(len(texts))
        counts = kept[word]
        return [texts[each] for each in order], segment[counts], place[word[counts]]


def _joined(parts: Sequence[tuple[list[str], Counts, Counts]]) -> SegmentWords:
    """Number the phrases of all lengths one after the other."""
    words: list[str] = []
    lengths: list[int] = []
    segments: list[Counts] = []
    numbers: list[Counts] = []
    for length, (texts, segment, word) in enumerate(parts, start=1):
        segments.append(segment)
        numbers.append(word + len(words))
        words += texts
        lengths += [length] * len(texts)
    segment, word = np.concatenate(segments), np.concatenate(numbers)
    order = np.lexsort((word, segment))
    return SegmentWords(
        tuple(words), np.array(lengths, dtype=np.int64), segment[order], word[order]
    )
