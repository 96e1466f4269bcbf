"""Which words and short phrases stand in which segments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

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

    @cached_property
    def _by_word(self) -> tuple[Counts, Counts]:
        """The segments in the order of their words, and where each word begins."""
        starts = np.searchsorted(np.sort(self.word), np.arange(len(self.words) + 1))
        return self.segment[np.argsort(self.word, kind="stable")], starts

    def segments_with(self, word: int) -> Counts:
        """Give the rows of the segments that a word, by its number, stands in, in order."""
        segments, starts = self._by_word
        return segments[starts[word] : starts[word + 1]]


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
    between words is not taken apart. Common words (see ``is_common``) do not count alone, and a
    phrase has at least two words that are not common. Forms that ``lemmas`` brings to one lemma count
    as one word, which goes by its most frequent form. What stands in fewer than ``fewest`` texts is
    left out. Words come in the order of their length and then of the alphabet.
    """
    tokens: list[str] = []
    ends: list[int] = []
    for text in texts:
        tokens += _SIGNS.sub(f" {_BREAK} ", fold(text).lower()).split()
        tokens.append(_BREAK)
        ends.append(len(tokens))
    form, forms = pd.factorize(np.array(tokens, dtype=object))
    often = np.bincount(form, minlength=len(forms))
    flat, shown = _without_forms(form, forms.tolist(), often, lemmas or {})
    telling = np.array([not is_common(word, common) for word in shown], dtype=bool)
    segment = np.searchsorted(np.array(ends, dtype=np.int64), np.arange(len(form)), side="right")
    return _Phrases(flat, segment, shown, telling).found(fewest)


def is_common(word: str, common: Collection[str]) -> bool:
    """Tell whether a word tells nothing: it is of ``common``, a single letter, or has no letter.

    A contraction is common where both of its parts are, as "do" and "n't", or "it" and "'s".
    """
    if word in common or not any(sign.isalpha() for sign in word):
        return True
    if len(word) == 1 and word.isascii():
        return True
    cuts = (word.find("'"), word.find("n't"))
    return any(cut > 0 and word[:cut] in common and word[cut:] in common for cut in cuts)


def _without_forms(
    form: Counts, forms: Sequence[str], often: Counts, lemmas: Mapping[str, str]
) -> tuple[Counts, list[str]]:
    """Number words by their lemma, 0 for a break; give each number's most frequent form."""
    numbers: dict[str, int] = {_BREAK: 0}
    number = [numbers.setdefault(lemmas.get(each, each), len(numbers)) for each in forms]
    shown = [""] * len(numbers)
    # Of equals, the first in the alphabet.
    for each in sorted(range(len(forms)), key=lambda each: (-often[each], forms[each])):
        shown[number[each]] = shown[number[each]] or forms[each]
    return np.array(number, dtype=np.int64)[form], shown


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
        pair = np.sort(self.segment[: len(key)][here] * size + key[here])
        pair = pair[np.diff(pair, prepend=-1) > 0]
        segment, word = pair // size, pair % size
        often = np.bincount(word, minlength=len(words)) >= fewest
        # A common word beside a telling one says no more than that one alone.
        kept = often & (self.telling[words].sum(axis=1) >= min(words.shape[1], 2))
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
