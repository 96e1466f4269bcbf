"""Which counts by group to withhold, where the groups of each code add up to a total."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from commonthread.coded import Counts, Mask
from commonthread.disclosure.sets import Sets, is_safe
from commonthread.disclosure.wholes import Wholes
from commonthread.small_cells import is_small


@dataclass(frozen=True)
class Groups:
    """Counts of each code by workshop, or by role.

    ``cells`` gives for each id the counts in the groups, in the order of the groups, and ``first``
    which of them to withhold in any case. ``rest`` gives for each id what its total has besides
    the groups, such as talk of people whom nobody knows: numbers that nobody may work out.
    ``beside`` gives for some ids further cells that are told wherever theirs are; of ``never``
    ones, not all groups may be told.
    """

    cells: Mapping[str, Counts]
    first: Mapping[str, Mask]
    rest: Mapping[str, tuple[int, ...]]
    beside: Mapping[str, Counts] = field(default_factory=dict)
    never: Collection[str] = ()


def lines(
    groups: Groups, whole: Wholes, sets: Sets, threshold: int, exact: Collection[str] = ()
) -> dict[str, Mask]:
    """Say for each id which counts by group to withhold.

    Goes in: the counts; what is told of the totals; ``exact`` as for ``wholes``. Where the total is
    withheld, so are all groups; where it is nothing, none is. Otherwise withheld are small counts,
    nothing at all among them, and as many more, the smallest first and equal ones alike, that for
    the code by itself and for what each code above it has besides

    - no small number is shown or is the difference of two that are shown;
    - what is withheld adds up to no small number, and is not of a single group;
    - what is withheld of a code is withheld of all codes under it.
    """
    masks: dict[str, Mask] = {}
    depth = {each: len(sets.above[each]) for each in sets.ids}
    for level in sorted(set(depth.values())):
        own = [each for each in sets.ids if depth[each] == level]
        for code_id in own:
            masks[code_id] = _line(code_id, groups, masks, whole, sets, threshold)
        for parent in sorted({sets.above[each][0] for each in own if level} & {*exact}):
            _part(parent, groups, masks, whole, sets, threshold)
    return masks


def _line(
    code_id: str,
    groups: Groups,
    masks: Mapping[str, Mask],
    whole: Wholes,
    sets: Sets,
    threshold: int,
) -> Mask:
    cells = groups.cells[code_id]
    if not whole.shown(code_id):
        return np.ones(len(cells), dtype=bool)
    if not whole.counts[code_id]:
        return np.zeros(len(cells), dtype=bool)
    # Of one whose total is withheld nothing is told that could be compared.
    over = [each for each in sets.above[code_id] if whole.shown(each)]
    mask = is_small(cells, threshold) | groups.first[code_id]
    for each in over:
        apart = groups.cells[each] - cells
        mask |= masks[each] | (~masks[each] & ~is_safe(apart, threshold))
    rest = np.array(groups.rest[code_id], dtype=np.int64)
    besides = [rest, *(np.array(groups.rest[each], dtype=np.int64) - rest for each in over)]
    alone = all(is_safe(numbers, threshold).all() for numbers in besides)
    alone = alone and code_id not in groups.never
    parts = [cells, *(groups.cells[each] - cells for each in over)]
    if code_id in groups.beside and groups.beside[code_id].any():
        parts.append(groups.beside[code_id])
        mask |= is_small(parts[-1], threshold)
    while not mask.all() and not _holds(mask, parts, threshold, alone=alone):
        mask = mask | (cells == cells[~mask].min())
    return mask


def _holds(mask: Mask, parts: Sequence[Counts], threshold: int, *, alone: bool) -> bool:
    """Say whether what is withheld of a line is enough; ``alone`` if there may be nothing."""
    if not mask.any():
        return alone
    # Where all have as much as the code itself, there is nothing else to give away.
    sums = [part[mask].sum() for part in parts if part.any()]
    return bool(mask.sum() > 1 and not is_small(sums, threshold).any())


def _part(
    parent: str,
    groups: Groups,
    masks: dict[str, Mask],
    whole: Wholes,
    sets: Sets,
    threshold: int,
) -> None:
    """Withhold the smaller of two codes that are all of a third, if they tell what both have."""
    pair = [each for each in sets.children[parent] if whole.counts[each]]
    if len(pair) != 2 or not whole.shown(parent, *pair):
        return
    both = groups.cells[pair[0]] + groups.cells[pair[1]] - groups.cells[parent]
    some = masks[parent] | masks[pair[0]] | masks[pair[1]]
    if some.any() or not is_safe(both, threshold).all():
        least = min(whole.counts[each] for each in pair)
        for each in pair:
            if whole.counts[each] == least:
                masks[each] = np.ones_like(masks[each])
