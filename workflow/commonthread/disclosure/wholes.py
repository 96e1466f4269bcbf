"""Which counts of the whole study to withhold, where some contain others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from commonthread.disclosure.sets import Sets, covers, is_safe


@dataclass(frozen=True)
class Wholes:
    """Counts by id, and of which of them what is told.

    ``small`` are withheld since they are small, ``close`` since one that they contain lies too
    close. Of ``close`` ones it is told that they are at least ``least``: the largest shown count
    that they contain.
    """

    counts: Mapping[str, int]
    small: frozenset[str]
    close: frozenset[str]
    least: Mapping[str, int]

    def shown(self, *ids: str) -> bool:
        """Say whether all of these counts are shown."""
        return not any(each in self.small or each in self.close for each in ids)


def wholes(
    counts: Mapping[str, int],
    sets: Sets,
    threshold: int,
    *,
    small: Collection[str] = (),
    exact: Collection[str] = (),
) -> Wholes:
    """Withhold counts so that no small one is shown or is the difference of two shown ones.

    ``small`` are withheld in any case. ``exact`` are ids that contain nothing but what the ones
    directly under them have: where two make up a third, the three counts tell how much the two
    share, and a small one is known to be large if the others leave so much of the whole to it.
    Of two counts that lie too close the larger is withheld: that it is at least the smaller is
    known all the same, so that least is lost.
    """
    few = {each for each in sets.ids if each in small or not is_safe(counts[each], threshold)}
    close: dict[str, int] = {}
    # From the innermost outwards: whether one is shown depends on those within it.
    for code_id in reversed(sets.ids):
        if code_id in few:
            continue
        within = [each for each in sets.below(code_id) if each not in few and each not in close]
        tells = [counts[code_id] - counts[each] for each in within]
        tells += overlaps(code_id, counts, sets, exact, within)
        made = Wholes(counts, frozenset(few), frozenset(close), close)
        narrow = code_id in exact and 2 * _leaves(code_id, made, sets, exact, threshold) > threshold
        if narrow or not is_safe(tells, threshold).all():
            close[code_id] = max([threshold, *(counts[each] for each in within)])
    return Wholes(counts, frozenset(few), frozenset(close), close)


def _leaves(
    code_id: str, made: Wholes, sets: Sets, exact: Collection[str], threshold: int
) -> float:
    """Give how much of a count its parts leave to a small one among them, if the others are as
    large as they can be; 0 if none of them is small."""
    most, small = 0.0, False
    todo = [*sets.children[code_id]]
    while todo:
        each = todo.pop()
        if each in made.close:
            if each not in exact:
                return 0
            todo += sets.children[each]
        elif each in made.small:
            most, small = most + threshold - 1, True
        else:
            most += made.counts[each]
    return made.counts[code_id] - (most - (threshold - 1)) if small else 0


def overlaps(
    code_id: str,
    counts: Mapping[str, int],
    sets: Sets,
    exact: Collection[str],
    known: Collection[str],
) -> Iterator[int]:
    """Give how much two sets have in common that together are all of another one."""
    for cover in covers(code_id, counts, sets, exact, most=2):
        if len(cover) == 2 and set(cover) <= set(known):
            # Less than nothing shows that the two do not make up the third.
            yield max(counts[cover[0]] + counts[cover[1]] - counts[code_id], 0)
