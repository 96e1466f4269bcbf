"""What public counts of segments and people tell by adding up and taking away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from commonthread.disclosure.sets import ANY, EVERY, Sets, sets_of
from commonthread.release.told import ALL, NOTES, TALK, Place, Told
from commonthread.release.unknowns import Sum, Unknowns

if TYPE_CHECKING:
    from commonthread.codebook import Codebook

_UNKNOWN: Place = ("unknown", "")


@dataclass(frozen=True)
class Wanted:
    """A number that nobody may work out where it is small: what it is, and which sum.

    ``lacking`` are such as how many have *not* something: where one of them is the same, the number
    tells no more than that, and nothing follows from not having said something.
    """

    name: str
    sums: Sum
    lacking: tuple[Sum, ...] = ()


@dataclass(frozen=True)
class WorkedOut:
    """A small number that can be worked out: what it is of, and the number."""

    name: str
    number: int


class SegmentNumbers:
    """What is told of how many segments have which codes, in all and by workshop and role.

    Somebody who knows the codebook knows that a code has no more segments than the one above it.
    ``ends`` are codes that nobody gives but at the ends of their branches, which somebody may guess:
    they have no segment that none of the codes right under them has.
    """

    def __init__(
        self,
        told: Sequence[Told],
        codebook: Codebook,
        workshops: Sequence[str],
        roles: Sequence[str],
        ends: Collection[str],
    ) -> None:
        self._sets = sets_of(codebook)
        # What has any theme has one of them.
        self._ends = {*ends, ANY}
        self._names = {code.id: code.name for code in codebook.codes} | {ANY: "any theme"}
        self.groups: tuple[Place, ...] = (
            *(("workshop", each) for each in workshops),
            *(("role", each) for each in roles),
        )
        self._places = (ALL, TALK, NOTES, _UNKNOWN, *self.groups)
        self._roles = roles
        self._pairs = _pairs(self._sets)
        ids = (EVERY, *self._sets.ids)
        self.unknowns = Unknowns(
            [
                *((code, place) for code in ids for place in self._places),
                *(("both", *pair) for pair in self._pairs),
            ]
        )
        self._add_up(ids, workshops)
        self._contain()
        self._together()
        for each in told:
            self._take(each)

    def _add_up(self, ids: Iterable[str], workshops: Sequence[str]) -> None:
        for code in ids:
            for whole, parts in (
                (ALL, [("workshop", each) for each in workshops]),
                (ALL, [TALK, NOTES]),
                (TALK, [_UNKNOWN, *(("role", each) for each in self._roles)]),
            ):
                sums = {(code, part): 1.0 for part in parts}
                self.unknowns.equal({**sums, (code, whole): -1.0})

    def _contain(self) -> None:
        for place in self._places:
            for code in self._sets.ids:
                over = self._over(code)[0]
                self.unknowns.below({(code, place): 1.0, (over, place): -1.0})
                children = self._sets.children[code]
                if children and code in self._ends:
                    sums = {(each, place): -1.0 for each in children}
                    self.unknowns.below({**sums, (code, place): 1.0})

    def _over(self, code: str) -> tuple[str, ...]:
        return (*self._sets.above[code], EVERY)

    def _together(self) -> None:
        for one, other in self._pairs:
            both = ("both", one, other)
            for each in (one, other):
                self.unknowns.below({both: 1.0, (each, ALL): -1.0})
            self.unknowns.below(
                {(one, ALL): 1.0, (other, ALL): 1.0, both: -1.0, (EVERY, ALL): -1.0}
            )
            for outer in self._outer(one, other):
                self.unknowns.below({both: 1.0, outer: -1.0})
        for code in self._sets.ids:
            parts = self._sets.children[code]
            pairs = {pair: self._both(*pair) for pair in combinations(parts, 2)}
            if len(parts) < 2 or code not in self._ends:
                continue
            whole = {(code, ALL): -1.0, **{(part, ALL): 1.0 for part in parts}}
            if len(parts) == 2:
                self.unknowns.equal({**whole, pairs[parts[0], parts[1]]: -1.0})
                continue
            # Inclusion and exclusion, cut off after pairs (Bonferroni 1936; Hunter 1976).
            self.unknowns.below({**whole, **dict.fromkeys(pairs.values(), -1.0)})
            for hub in parts:
                star = {name: 1.0 for pair, name in pairs.items() if hub in pair}
                self.unknowns.below({**{k: -v for k, v in whole.items()}, **star})

    def _outer(self, one: str, other: str) -> Iterator[tuple[str, ...]]:
        """Give the pairs that contain a pair: of one code and the one above the other."""
        for inner, kept in ((one, other), (other, one)):
            over = self._over(inner)[0]
            wider = self._both(over, kept)
            if wider in self.unknowns.at:
                yield wider

    def _both(self, one: str, other: str) -> tuple[str, str, str]:
        """Give the name of how many segments have both of two codes."""
        return (
            ("both", one, other)
            if ("both", one, other) in self.unknowns.at
            else ("both", other, one)
        )

    def _take(self, told: Told) -> None:
        kind, *of = told.what
        at: Any = None
        if kind == "segments":
            at = tuple(of)
        elif kind == "both":
            at = self._both(*of)
        elif kind == "uncoded":
            self._sum({(EVERY, of[0]): 1.0, (ANY, of[0]): -1.0}, told.least)
        elif kind == "others":
            code, role = of
            sums = {(code, ("role", each)): 1.0 for each in self._roles if each != role}
            self._sum(sums, told.least)
        if at in self.unknowns.at:
            self.unknowns.bound(at, told.least, told.most)

    def _sum(self, sums: Sum, number: float) -> None:
        """Take note of a sum, unless it is of what the codebook does not have."""
        if sums.keys() <= self.unknowns.at.keys():
            self.unknowns.equal(sums, number)

    def wanted(self) -> Iterator[Wanted]:
        """Give what nobody may work out where it is small."""
        for place in (ALL, TALK, NOTES, *self.groups):
            where = _where(place)
            yield Wanted(
                f"without a code of any theme{where}",
                _less((EVERY, place), (ANY, place)),
                # Where all that has a theme has this one, too.
                tuple(_less((EVERY, place), (theme, place)) for theme in self._sets.children[ANY]),
            )
            for code in self._sets.ids:
                name = self._names[code]
                if code == ANY:
                    # How many have any theme says only how many have none.
                    continue
                yield Wanted(f"with “{name}”{where}", {(code, place): 1.0})
                for over in self._sets.above[code]:
                    yield Wanted(
                        f"with “{self._names[over]}” but not “{name}”{where}",
                        _less((over, place), (code, place)),
                        (_less((EVERY, place), (code, place)),),
                    )
        for one, other in self._pairs:
            names = {each: f"“{self._names[each]}”" for each in (one, other)}
            both = ("both", one, other)
            yield Wanted(f"with both {names[one]} and {names[other]}", {both: 1.0})
            for each, without in ((one, other), (other, one)):
                yield Wanted(
                    f"with {names[each]} but not {names[without]}",
                    _less((each, ALL), both),
                    (_less((EVERY, ALL), (without, ALL)),),
                )
            for outer in self._outer(one, other):
                inner = one if one not in outer else other
                over, kept = (self._names[each] for each in outer[1:])
                yield Wanted(
                    f"with “{over}” and “{kept}” but not {names[inner]}",
                    _less(outer, both),
                    (_less((EVERY, ALL), (inner, ALL)),),
                )

    def resting_on(self, cells: Iterable[tuple[str, Place]]) -> Iterator[Wanted]:
        """Give counts of segments in a workshop or of a role, by code and place."""
        for code, place in cells:
            if (code, place) in self.unknowns.at:
                name = "" if code == EVERY else f"with “{self._names[code]}”"
                yield Wanted(f"{name}{_where(place)}".strip(), {(code, place): 1.0})


class PeopleNumbers:
    """What is told of how many people said something with which code, in all workshops."""

    def __init__(self, told: Sequence[Told], codebook: Codebook, ends: Collection[str]) -> None:
        self._sets = sets_of(codebook, any_theme=False)
        self._names = {code.id: code.name for code in codebook.codes}
        self.unknowns = Unknowns([EVERY, *self._sets.ids])
        for code in self._sets.ids:
            over = (*self._sets.above[code], EVERY)[0]
            self.unknowns.below({code: 1.0, over: -1.0})
            if code in ends and self._sets.children[code]:
                parts = dict.fromkeys(self._sets.children[code], -1.0)
                self.unknowns.below({**parts, code: 1.0})
        for each in told:
            if each.what[0] == "people" and each.what[1] in self.unknowns.at:
                self.unknowns.bound(each.what[1], each.least, each.most)

    def wanted(self) -> Iterator[Wanted]:
        """Give what nobody may work out where it is small."""
        for code in self._sets.ids:
            name = self._names[code]
            yield Wanted(f"with “{name}”", {code: 1.0})
            for over in self._sets.above[code]:
                yield Wanted(
                    f"with “{self._names[over]}” but not “{name}”",
                    _less(over, code),
                    (_less(EVERY, code),),
                )


def worked_out(unknowns: Unknowns, wanted: Iterable[Wanted], below: float) -> list[WorkedOut]:
    """Give the small numbers that can be worked out; raises Contradiction.

    Left out are those that say no more than how many have not something.
    """
    asked = list(wanted)
    found = unknowns.known([each.sums for each in asked], below)
    kept = []
    for at, number in found.items():
        others = (unknowns.range(each) for each in asked[at].lacking)
        if not any(high - low < 0.5 and round(low) == number for low, high in others):
            kept.append(WorkedOut(asked[at].name, number))
    return kept


def _pairs(sets: Sets) -> list[tuple[str, str]]:
    """Give the pairs of codes of which neither stands under the other."""
    return [
        (one, other)
        for one, other in combinations([each for each in sets.ids if each != ANY], 2)
        if one not in sets.above[other] and other not in sets.above[one]
    ]


def _less(whole: Any, part: Any) -> Sum:
    return {whole: 1.0, part: -1.0}


def _where(place: Place) -> str:
    kind, name = place
    return {
        "all": "",
        "talk": " in talk",
        "notes": " in notes",
        "workshop": f" in the workshop “{name}”",
        "role": f" said by the role “{name}”",
    }[kind]
