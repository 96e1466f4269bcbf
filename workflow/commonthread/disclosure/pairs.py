"""Which counts of codes that come together to withhold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, product

import numpy as np

from commonthread.disclosure.sets import ANY, EVERY, Sets, covers, is_safe
from commonthread.disclosure.wholes import Wholes
from commonthread.small_cells import is_small

Pair = tuple[str, str]

# Of so many codes that are all of the one above them, pairs can tell what three have in common.
_MOST_PARTS = 4


class _Shown:
    """How many segments two codes share, as far as it is told.

    A code that has as much as one above it stands for the same segments, and so for that one.
    """

    def __init__(
        self, both: Mapping[Pair, int], whole: Wholes, sets: Sets, of_segments: int
    ) -> None:
        self._sets, self._whole, self._of_segments = sets, whole, of_segments
        self._outer: dict[str, str] = {}
        for each in sets.ids:
            # Those above stand before, so that theirs are known.
            over = sets.above[each][:1]
            same = over != (ANY,) and [*map(whole.counts.get, over)] == [whole.counts[each]]
            self._outer[each] = self._outer[over[0]] if same else each
        self._told = {self._outer[each] for each in sets.ids if whole.shown(each)}
        self.both = {
            self.pair(*pair): number for pair, number in both.items() if not self.nested(*pair)
        }
        self.pairs: set[Pair] = set()

    def pair(self, first: str, second: str) -> Pair:
        """Give the pair that stands for the segments with both codes."""
        one, other = sorted((self.outer(first), self.outer(second)))
        return one, other

    def nested(self, first: str, second: str) -> bool:
        """Say whether one of two codes has all that the other has, since it stands for one above."""
        one, other = self.pair(first, second)
        return one in self.up(other) or other in self.up(one)

    def outer(self, code_id: str) -> str:
        """Give the outermost code that stands for the same segments."""
        return self._outer.get(code_id, code_id)

    def up(self, code_id: str) -> tuple[str, ...]:
        """Give a code and all that contains it, the innermost first."""
        return (code_id, *self._sets.above.get(code_id, ()), *([EVERY] * (code_id != EVERY)))

    def count(self, first: str, second: str) -> int | None:
        """Give how many segments have both; None where that is not told."""
        first, second = self.outer(first), self.outer(second)
        if second in self.up(first):
            return self._one(first)
        if first in self.up(second):
            return self._one(second)
        pair = self.pair(first, second)
        return self.both[pair] if pair in self.pairs else None

    def _one(self, code_id: str) -> int | None:
        if code_id == EVERY:
            return self._of_segments
        return self._whole.counts[code_id] if code_id in self._told else None


def shown_pairs(
    both: Mapping[Pair, int],
    whole: Wholes,
    sets: Sets,
    of_segments: int,
    threshold: int,
    exact: Collection[str] = (),
) -> set[Pair]:
    """Say which counts of segments with two codes to show.

    Goes in: the counts by pair of ids; what is told of each code by itself; how many segments there
    are; ``exact`` as for ``wholes``. A count is shown if it is not small, if those of both its codes
    are shown, and if with what is shown of codes that contain these, it tells no small number.
    """
    shown = _Shown(both, whole, sets, of_segments)
    depth = {pair: sum(len(sets.above[each]) for each in pair) for pair in shown.both}
    ways = [
        (parent, cover)
        for parent in sets.ids
        for cover in covers(parent, whole.counts, sets, exact, _MOST_PARTS)
    ]
    # What two codes share would tell how much the one has that they make up.
    never = {
        shown.pair(*cover) for parent, cover in ways if len(cover) == 2 and not whole.shown(parent)
    }
    for level in sorted(set(depth.values())):
        for pair in sorted(each for each in shown.both if depth[each] == level):
            small = bool(is_small(shown.both[pair], threshold))
            if not small and whole.shown(*pair) and pair not in never:
                shown.pairs.add(pair)
                if not is_safe([*_tells(pair, shown)], threshold).all():
                    shown.pairs.remove(pair)
        for parent, cover in ways:
            if len(cover) == 2 and parent != ANY:
                _share(parent, cover, shown, sets, threshold)
    for parent, cover in ways:
        if len(cover) > 2 and whole.shown(parent):
            _make_up(parent, cover, shown, threshold)
    return {
        pair
        for pair in both
        if whole.shown(*pair)
        and not is_small(both[pair], threshold)
        and shown.count(*pair) is not None
        # One code that has all of another may be told only if what it has besides may.
        and (not shown.nested(*pair) or is_safe(_apart(pair, whole), threshold))
    }


def _apart(pair: Pair, whole: Wholes) -> int:
    return abs(whole.counts[pair[0]] - whole.counts[pair[1]])


def _tells(pair: Pair, shown: _Shown) -> Iterator[int]:
    """Give what a pair tells: how many have it, but not it with codes that contain its two."""
    first, second = pair
    own = shown.count(first, second)
    for over, beyond in product(shown.up(first), shown.up(second)):
        outer = shown.count(over, beyond)
        if own is None or outer is None or (over, beyond) in (pair, (EVERY, EVERY)):
            continue
        yield outer - own
        one, other = shown.count(over, second), shown.count(first, beyond)
        if one is not None and other is not None:
            yield outer - one - other + own


def _share(parent: str, cover: tuple[str, ...], shown: _Shown, sets: Sets, threshold: int) -> None:
    """Withhold the smaller of two pairs if they and a third tell what all of these share.

    Each is of a further code, and of one of two codes or of the one that these make up.
    """
    for other in sets.ids:
        if other == ANY or {parent, *cover} & set(shown.up(other)) or other in shown.up(parent):
            continue
        whole, *parts = (shown.count(each, other) for each in (parent, *cover))
        if whole is None or None in parts:
            continue
        numbers = [each for each in parts if each is not None]
        # What is less than nothing shows that the two do not make up the third.
        if not is_safe(max(sum(numbers) - whole, 0), threshold):
            shown.pairs -= {
                shown.pair(each, other)
                for each, number in zip(cover, numbers, strict=True)
                if number == min(numbers)
            }


def _make_up(parent: str, cover: tuple[str, ...], shown: _Shown, threshold: int) -> None:
    """Withhold pairs of codes that make up another one, if they tell what three of them share."""
    while True:
        names: list[tuple[str, ...]] = [*((each,) for each in cover), *combinations(cover, 2)]
        counts = {name: shown.count(name[0], name[-1]) for name in names}
        told = {name: number for name, number in counts.items() if number is not None}
        told[cover] = shown.count(parent, parent) or 0
        pairs: dict[Pair, int] = {
            name: told[name] for name in combinations(cover, 2) if shown.pair(*name) in shown.pairs
        }
        if not pairs or not _gives_away(cover, told, threshold):
            return
        shown.pairs -= {shown.pair(*name) for name in pairs if pairs[name] == min(pairs.values())}


def _gives_away(parts: Sequence[str], told: Mapping[tuple[str, ...], int], threshold: int) -> bool:
    """Say whether counts tell a small number of segments with some of the parts.

    ``told`` gives counts by what they count: of a single part, the segments that have it; of two,
    those that have both; of all, those that have any. A segment has one or more of the parts; what
    can be worked out are sums of counts that add up to a set of such kinds of segments.
    """
    kinds = [set(kind) for size in range(1, len(parts) + 1) for kind in combinations(parts, size)]
    counted = np.array(
        [[len(name) == len(parts) or kind >= set(name) for kind in kinds] for name in told],
        dtype=float,
    )
    # What lies in the span of the counts is left as it is by the projection onto it.
    inverse = np.linalg.pinv(counted)
    every = ((np.arange(1, 2 ** len(kinds))[:, None] >> np.arange(len(kinds))) & 1).astype(float)
    known = np.abs(every @ inverse @ counted - every).max(axis=1) < 1e-6
    worked_out = np.rint(every[known] @ inverse @ np.array([*told.values()], dtype=float))
    # What is less than nothing shows that the parts do not make up the whole.
    return bool((worked_out >= 0).all()) and not is_safe(worked_out, threshold).all()
