"""Looks up every place in a study at which an anchor may stand, and tells how it fits there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commonthread.anchors.alignment import NEAR, align, alike, is_only_reading
from commonthread.anchors.anchor import Anchor
from commonthread.anchors.proposals import Window, propose
from commonthread.anchors.study_text import StudyText
from commonthread.anchors.words import WordReader

LIKE_ENOUGH = 0.65
"""Words less alike than this are not the same, however much so are those around them."""
_LONG = 6
"""From this many words on, the words around on one side are enough."""
_SHORT = 3
"""From this many words on, words without any around them count if the id is the same, too."""
_LEAST = 6
"""Fewer words than this, with those around them, prove nothing."""
_ENOUGH_AROUND = 10
"""So many words around, on both sides together, tell a segment from others with the same words."""
_MARGIN = 4
"""By how many words the best place must be better than the next."""


@dataclass(frozen=True)
class AnchorWords:
    """An anchor with its words; pseudonyms are masked."""

    anchor: Anchor
    before: tuple[str, ...]
    words: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def whole(self) -> tuple[str, ...]:
        """All words in the order in which they stood."""
        return self.before + self.words + self.after

    @property
    def own(self) -> range:
        """Which of all words are its own."""
        return range(len(self.before), len(self.before) + len(self.words))

    def bare(self) -> AnchorWords:
        """Give it without the words around its own."""
        return AnchorWords(self.anchor, (), self.words, ())

    def says_as(self, other: AnchorWords) -> bool:
        """Tell whether another anchor has the same words, and the same ones around them.

        A medium may keep fewer words around than another: then those count that both have, if
        they are enough to tell.
        """
        if not self.words:
            # Signs without a word, such as a dash: nothing is folded away.
            return _signs(self.anchor) == _signs(other.anchor)
        if self.words != other.words:
            return False
        before = min(len(self.before), len(other.before))
        after = min(len(self.after), len(other.after))
        if before + after < _ENOUGH_AROUND:
            return (self.before, self.after) == (other.before, other.after)
        return (
            self.before[len(self.before) - before :] == other.before[len(other.before) - before :]
            and self.after[:after] == other.after[:after]
        )


def _signs(anchor: Anchor) -> tuple[list[str], ...]:
    return tuple(text.split() for text in (anchor.before, anchor.words, anchor.after))


def words_of(anchor: Anchor, reader: WordReader) -> AnchorWords:
    """Take an anchor's texts apart into words."""
    texts = (anchor.before, anchor.words, anchor.after)
    return AnchorWords(anchor, *(tuple(reader.words(text)) for text in texts))


@dataclass(frozen=True)
class Option:
    """A place at which an anchor may stand.

    ``low`` and ``high`` are a half-open range of the study's words, in ``source_id``. ``alike`` is
    how alike the words there and the anchor's are, from 0 to 1. ``sides`` tells, for each side on
    which the anchor has words around, whether at least half of the nearest twelve stand there.
    ``only`` is what ``is_only_reading`` tells. ``score`` counts all words of the anchor that stand
    there.
    """

    source_id: str
    low: int
    high: int
    alike: float
    sides: tuple[bool, ...]
    only: bool
    score: float


def number_words(anchors: Sequence[AnchorWords]) -> dict[str, int]:
    """Give each word of the anchors a number, from 1."""
    words = dict.fromkeys(word for anchor in anchors for word in anchor.whole)
    return {word: number for number, word in enumerate(words, 1)}


def find_options(
    anchors: Sequence[AnchorWords], text: StudyText, numbering: dict[str, int]
) -> list[tuple[Option, ...]]:
    """Give the options of each anchor, the one with the highest score first."""
    if not anchors:
        return []
    numbers = [[numbering[word] for word in anchor.whole] for anchor in anchors]
    windows = propose(numbers, [anchor.own for anchor in anchors], text)
    found = []
    for anchor, whole, near in zip(anchors, numbers, windows, strict=True):
        options = [_option(anchor, whole, window, text) for window in near if anchor.words]
        found.append(tuple(_apart(option for option in options if option is not None)))
    return found


def _apart(options: Iterable[Option]) -> list[Option]:
    """Put options in order, best first; of those that lie on each other keep the best."""
    kept: list[Option] = []
    for option in sorted(options, key=lambda option: (-option.score, option.high - option.low)):
        if all(option.high <= other.low or other.high <= option.low for other in kept):
            kept.append(option)
    return kept


def _option(
    anchor: AnchorWords, numbers: list[int], window: Window, text: StudyText
) -> Option | None:
    near = text.numbers[window.low : window.high].tolist()
    fit = align(numbers, anchor.own, near)
    if fit is None:
        return None
    low, high = window.low + fit.low, window.low + fit.high
    like = alike(anchor.words, text.words(low, high))
    sides = ((fit.before, anchor.before), (fit.after, anchor.after))
    return Option(
        text.sources[text.source(low)],
        low,
        high,
        like,
        tuple(2 * there >= min(NEAR, len(was)) for there, was in sides if was),
        is_only_reading(numbers, anchor.own, near, range(fit.low, fit.high)),
        like * len(anchor.words) + fit.around,
    )


def fits(anchor: AnchorWords, option: Option, same_id: bool = False) -> bool:
    """Tell whether an anchor's words stand at a place beyond reasonable doubt.

    The words are alike enough and nothing else explains them; what stands around them is the same
    on both sides, or on one side of at least six words. Where nothing is known of what stood around
    them, there are at least six words and exactly these; three if the segment's id is the same.
    """
    if option.alike < LIKE_ENOUGH or not option.only:
        return False
    if not option.sides:
        return option.alike == 1 and len(anchor.words) >= (_SHORT if same_id else _LONG)
    if option.score < _LEAST:
        return False
    return all(option.sides) or (len(anchor.words) >= _LONG and any(option.sides))


def leads(option: Option, others: Sequence[Option]) -> bool:
    """Tell whether a place is so much better than all others that none of them can be meant.

    It has four words more, of the anchor and those around; or where it has none of those around,
    it alone has exactly the anchor's words.
    """
    if not any(option.sides):
        return all(other.alike < 1 for other in others)
    return all(other.score <= option.score - _MARGIN for other in others)
