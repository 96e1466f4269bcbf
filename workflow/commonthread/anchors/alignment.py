"""Aligns an anchor with a stretch of the study's text, word by word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq, Levenshtein, Opcodes

NEAR = 12
"""How many words of the context on each side count as near."""
_CLEAR = 5
"""Another reading of a text is worse beyond doubt if this many words fewer match."""
_NOWHERE = -2
"""Less than -1, so that nothing comes right after it."""
_LIKE = 0.6
"""Words that were exchanged for others count as alike from this similarity of their letters."""

Words = Sequence[int]


class Fit(NamedTuple):
    """How an anchor lies in a text.

    ``low`` and ``high`` are the half-open range of words that stand for the anchor's words.
    ``around`` counts the words of its context that stand there too, each in a row with another
    one; ``before`` and ``after`` count those among the nearest twelve on each side.
    """

    low: int
    high: int
    before: int
    after: int
    around: int


def align(whole: Words, own: range, text: Words) -> Fit | None:
    """Find the anchor's words in a text; None if nothing stands where they should be.

    Goes in: all words of the anchor as numbers, which of them are its own while the others stood
    around them; and the text, in which 0 is like no other word.
    """
    # With the fewest edits, of which an exchange is one; or with the most matches, which finds words
    # that are there with others around them. What explains more of the anchor counts.
    fits = [_fit(whole, own, text, edits) for edits in (Levenshtein.opcodes, Indel.opcodes)]
    return max(
        (fit for fit in fits if fit is not None),
        key=lambda fit: _reading(whole, own, text, range(fit.low, fit.high)),
        default=None,
    )


def _fit(whole: Words, own: range, text: Words, edits: Callable[..., Opcodes]) -> Fit | None:
    lies = [_NOWHERE] * (len(whole) + 1)
    for a, b, size in edits(whole, text).as_matching_blocks():
        lies[a : a + size] = range(b, b + size)
    _close_up(lies, whole, own, text)
    there = [a for a in own if lies[a] != _NOWHERE]
    stretch = _edges(there, lies, own, len(text)) if there else _slot(lies, whole, own, text)
    if stretch is None:
        return None
    in_row = [
        a
        for a, b in enumerate(lies[:-1])
        if b != _NOWHERE and (_follows(a, lies) or _follows(a + 1, lies))
    ]
    return Fit(
        *stretch,
        sum(own.start - NEAR <= a < own.start for a in in_row),
        sum(own.stop <= a < own.stop + NEAR for a in in_row),
        sum(a not in own for a in in_row),
    )


def _reading(whole: Words, own: range, text: Words, place: range) -> int:
    """Count the words of an anchor that match if its own stand at a place of the text."""
    parts = (
        (whole[: own.start], text[: place.start]),
        (whole[own.start : own.stop], text[place.start : place.stop]),
        (whole[own.stop :], text[place.stop :]),
    )
    return sum(LCSseq.similarity(was, now) for was, now in parts)


def is_only_reading(whole: Words, own: range, text: Words, place: range) -> bool:
    """Tell whether an anchor's words stand at a place, and no other reading is nearly as good.

    Goes in: what ``align`` takes, but more of the text on both sides, and the stretch of it that
    was found. Another reading is that these words of the text are some that stood around the
    anchor's, as where one of two equal answers was removed; or that the anchor's words are others
    of the text.
    """
    there = text[place.start : place.stop]
    matched = LCSseq.similarity(whole[own.start : own.stop], there)
    without_own = LCSseq.similarity([*whole[: own.start], *whole[own.stop :]], text)
    without_place = LCSseq.similarity(whole, [*text[: place.start], *text[place.stop :]])
    better = _reading(whole, own, text, place) - max(without_own, without_place)
    return better >= min(matched - matched // 4, _CLEAR)


def _close_up(lies: list[int], whole: Words, own: range, text: Words) -> None:
    """Move the matches of an anchor's own words as near to the longest row of them as can be.

    Of two equal words, an alignment with the fewest edits may as well take the farther one.
    """
    longest, row = range(own.start, own.start), own.start
    for a in own:
        row = row if a > row and _follows(a, lies) else a
        if lies[a] != _NOWHERE and a + 1 - row > len(longest):
            longest = range(row, a + 1)
    left = range(longest.start - 1, own.start - 1, -1)
    for a in (*left, *range(longest.stop, own.stop)):
        step = -1 if a in left else 1
        beside = lies[a - step] + step
        if 0 <= beside < len(text) and text[beside] == whole[a] and lies[a] != beside:
            if beside in lies:
                lies[lies.index(beside)] = _NOWHERE
            lies[a] = beside


def _follows(a: int, lies: list[int]) -> bool:
    """Tell whether a word comes right after the one before it in the text, too."""
    return lies[a] == lies[a - 1] + 1


def _edges(there: list[int], lies: list[int], own: range, end: int) -> tuple[int, int]:
    """Give the stretch of the words that match, with those at its edges that were exchanged."""
    low, high = lies[there[0]], lies[there[-1]] + 1
    matched = [(a, b) for a, b in enumerate(lies) if b != _NOWHERE]
    left = max((each for each in matched if each[0] < own.start), default=(-1, -1))
    right = min((each for each in matched if each[0] >= own.stop), default=(len(lies) - 1, end))
    # The words of the text up to the next match, less those that stand for what stood around.
    before = low - left[1] - 1 - (own.start - left[0] - 1)
    after = right[1] - high - (right[0] - own.stop)
    return (
        low - max(0, min(before, there[0] - own.start)),
        high + max(0, min(after, own.stop - 1 - there[-1])),
    )


def _slot(lies: list[int], whole: Words, own: range, text: Words) -> tuple[int, int] | None:
    """Give what stands where the anchor's words should, if none of them match.

    That is what stands between the two words right before and after them; or if these stand side
    by side, the same words right beside.
    """
    before, after = lies[own.start - 1] + 1, lies[own.stop]
    if 0 <= before < after <= before + len(own) + 2:
        return before, after
    for low in (before - len(own), after):
        if low >= 0 and list(text[low : low + len(own)]) == list(whole[own.start : own.stop]):
            return low, low + len(own)
    return None


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Give how alike two stretches of words are, from 0 to 1.

    It is the share of words that match, in order (2 * matches / words of both). Words that were
    exchanged for others count by the similarity of their letters if that is at least 0.6.
    """
    if not one and not other:
        return 1.0
    matched = 0.0
    done_one = done_other = 0
    for a, b, size in Levenshtein.opcodes(one, other).as_matching_blocks():
        was, now = one[done_one:a], other[done_other:b]
        if was and now:
            like = Indel.normalized_similarity("".join(was), "".join(now), score_cutoff=_LIKE)
            matched += like * (len(was) + len(now)) / 2
        matched += size
        done_one, done_other = a + size, b + size
    return 2 * matched / (len(one) + len(other))
