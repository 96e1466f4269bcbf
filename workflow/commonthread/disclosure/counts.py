"""How often and how widely codes came up, as far as it may be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from commonthread.coded import Counts, Mask
from commonthread.disclosure.lines import Groups, lines
from commonthread.disclosure.pairs import Pair
from commonthread.disclosure.sets import ANY, EVERY, Sets, is_safe, sets_of
from commonthread.disclosure.wholes import Wholes, overlaps, wholes
from commonthread.small_cells import is_small

if TYPE_CHECKING:
    from commonthread.codebook import Codebook

# The groups that are told of, and the column that names each. No two characteristics are crossed.
GROUPS = {"workshop": "workshop_id", "role": "role"}


@dataclass(frozen=True)
class Told:
    """What is told of the counts of codes: in the whole study, and by workshop and role.

    ``split`` are the ids of which talk and notes are told apart; ``exact`` those that contain
    nothing but what the ones directly under them have. ``masks`` gives by kind of group and by id
    which groups are withheld, in the order of ``names``, which are those that have segments; under
    EVERY, of which it is withheld how many segments they have.
    """

    segments: Wholes
    people: Wholes
    split: frozenset[str]
    exact: frozenset[str]
    names: Mapping[str, tuple[str, ...]]
    masks: Mapping[str, Mapping[str, Mask]]

    def withheld(self) -> set[tuple[str, str, str]]:
        """Give kind of group, its name, and id of every count of segments that is withheld."""
        return {
            (group, name, code_id)
            for group, masks in self.masks.items()
            for code_id, mask in masks.items()
            for name, hidden in zip(self.names[group], mask, strict=True)
            if hidden
        }


class _Counted:
    """The numbers that are decided on, by id: from ``frequencies`` and ``coverage``."""

    def __init__(self, frequencies: pd.DataFrame, coverage: pd.DataFrame, sets: Sets) -> None:
        self._frequencies, self._coverage, self._sets = frequencies, coverage, sets
        every = coverage[coverage["group"] == "all"]
        self.of_segments = int(every["segments"].sum())
        self.not_coded = int(every["not_coded"].sum())

    def whole(self, name: str) -> dict[str, int]:
        """Give a count of the whole study; of any theme, only segments are known."""
        own = self._frequencies[self._frequencies["group"] == "all"]
        found = dict(zip(own["code_id"], own[name].astype(int), strict=True))
        return {
            **dict.fromkeys(self._sets.ids, 0),
            ANY: self.of_segments - self.not_coded if name == "segments" else 0,
            **found,
        }

    def groups(self, group: str) -> tuple[str, ...]:
        """Give the names of the groups of a kind that have segments, in their order."""
        return tuple(self._of(group)[GROUPS[group]].astype(str))

    def cells(self, group: str, name: str) -> dict[str, Counts]:
        """Give a count by id in the groups of a kind."""
        own = self._frequencies[self._frequencies["group"] == group]
        columns = list(self.groups(group))
        table = own.pivot(index="code_id", columns=GROUPS[group], values=name)
        table = table.reindex(index=list(self._sets.ids), columns=columns).fillna(0)
        values = table.to_numpy(dtype=np.int64)
        return dict(zip(self._sets.ids, values, strict=True))

    def of(self, group: str, name: str) -> Counts:
        """Give a count of ``coverage`` in the groups of a kind."""
        return self._of(group)[name].to_numpy(dtype=np.int64)

    def _of(self, group: str) -> pd.DataFrame:
        own = self._coverage[self._coverage["group"] == group]
        return own[own["segments"] > 0]


def told(
    frequencies: pd.DataFrame,
    coverage: pd.DataFrame,
    both: Mapping[Pair, int],
    codebook: Codebook,
    threshold: int,
) -> Told:
    """Decide what is told of the tables ``frequencies`` and ``coverage``.

    ``both`` gives how many segments have both of two codes.
    """
    sets = sets_of(codebook)
    counted = _Counted(frequencies, coverage, sets)
    segments = counted.whole("segments")
    exact = _exact(segments, both, sets)
    few = () if is_safe(counted.not_coded, threshold) else (ANY,)
    whole = wholes(segments, sets, threshold, small=few, exact=exact)
    people = wholes(
        counted.whole("people"), sets_of(codebook, any_theme=False), threshold, exact=exact
    )
    split = _split(counted, whole, sets, threshold, exact)
    by_group = whole
    themes = [segments[each] for each in sets.children[ANY] if segments[each]]
    if len(themes) < 3 or segments[ANY] in themes:
        # What has any theme would tell by group how much two have in common, or of one by itself.
        by_group = replace(whole, close=whole.close | {ANY})
    masks = {}
    for group in GROUPS:
        of_mask = _of(counted, group, threshold)
        cells = _groups(counted, group, of_mask, split, threshold)
        masks[group] = {**lines(cells, by_group, sets, threshold, exact), EVERY: of_mask}
    names = {group: counted.groups(group) for group in GROUPS}
    return Told(whole, people, frozenset(split), exact, names, masks)


def _exact(segments: Mapping[str, int], both: Mapping[Pair, int], sets: Sets) -> frozenset[str]:
    """Give the ids that may contain nothing but what the ones directly under them have.

    Of one or two ids it can be seen whether the one above them has more than they have; of more it
    is taken that it has not, unless it has more than they have one by one.
    """
    found = set()
    for code_id in sets.ids:
        parts = [each for each in sets.children[code_id] if segments[each]]
        shared = 0
        if len(parts) == 2:
            shared = both.get((parts[0], parts[1]), both.get((parts[1], parts[0]), 0))
        together = sum(segments[each] for each in parts) - shared
        if together == segments[code_id] or (len(parts) > 2 and together > segments[code_id]):
            found.add(code_id)
    return frozenset(found)


def _split(
    counted: _Counted, whole: Wholes, sets: Sets, threshold: int, exact: Collection[str]
) -> set[str]:
    """Give the ids of which it is told how many of the segments are talk, and how many notes."""
    parts = [counted.whole(name) for name in ("talk_segments", "note_segments")]
    shown: set[str] = set()
    for code_id in reversed(sets.ids):
        if code_id == ANY or not whole.shown(code_id):
            continue
        within = shown & set(sets.below(code_id))
        tells = [
            number
            for part in parts
            for number in (part[code_id], *(part[code_id] - part[each] for each in within))
        ]
        tells += [each for part in parts for each in overlaps(code_id, part, sets, exact, within)]
        if is_safe(tells, threshold).all():
            shown.add(code_id)
    return shown


def _of(counted: _Counted, group: str, threshold: int) -> Mask:
    """Say of which groups it is withheld how many segments they have."""
    cells = counted.of(group, "segments")
    few = is_small(_spoke(counted, group), threshold)
    first = few if group == "role" else np.zeros_like(few)
    rest = counted.of_segments - int(cells.sum())
    groups = Groups({EVERY: cells}, {EVERY: first}, {EVERY: (rest,)})
    alone = Sets((EVERY,), {EVERY: ()}, {EVERY: ()})
    every = wholes({EVERY: counted.of_segments}, alone, threshold)
    return lines(groups, every, alone, threshold)[EVERY]


def _spoke(counted: _Counted, group: str) -> Counts:
    """Give how many people spoke in each group."""
    return np.max([*counted.cells(group, "of_people").values()], axis=0)


def _groups(
    counted: _Counted, group: str, of_mask: Mask, split: set[str], threshold: int
) -> Groups:
    """Give the counts by group as the lines of each code, and what is withheld for few people."""
    cells, people = counted.cells(group, "segments"), counted.cells(group, "people")
    cells[ANY] = counted.of(group, "segments") - counted.of(group, "not_coded")
    segments, everybody = counted.whole("segments"), counted.whole("people")
    talk = counted.whole("talk_segments")
    few = is_small(_spoke(counted, group), threshold)
    first = {
        code_id: of_mask | few | is_small(people[code_id], threshold)
        | bool(is_small(everybody[code_id], threshold))
        for code_id in cells
    }  # fmt: skip
    first[ANY] = of_mask
    rest = {}
    for code_id, own in cells.items():
        inside = int(own.sum())
        # Where it is told how much is talk, what is left of the talk is told too.
        besides = talk[code_id] - inside if code_id in split and group == "role" else 0
        rest[code_id] = (segments[code_id] - inside, besides)
    # Known roles together would tell talk and notes apart.
    mixed = {each for each, (besides, _) in rest.items() if besides and each not in split}
    never = mixed - {ANY} if group == "role" and threshold > 1 else ()
    return Groups(cells, first, rest, {ANY: counted.of(group, "not_coded")}, never)
