"""An attack on public tables: what can be worked out from all of them together.

A study is made of kinds of segments: which codes a segment has, in which workshop, from which role.
How many of each kind there are, nobody knows; every number that is told is a sum of them. So the
least and the most that any other sum can be is a linear programme. The attacker knows how the
codebook is built, and that people and machines code with its innermost codes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from commonthread.codebook import Codebook
from commonthread.coded import CodedSegments

Kinds = NDArray[np.bool_]

# More than there is of anything.
_MANY = 100_000


@dataclass(frozen=True)
class Sum:
    """A number that somebody may want to know: what it counts, which kinds it is the sum of, and
    all that lack what these lack."""

    name: str
    kinds: Kinds
    lacking: tuple[Kinds, ...] = ()


class Attack:
    """What is told of a study, as sums of kinds of segments (or of people)."""

    def __init__(
        self, codebook: Codebook, workshops: tuple[str, ...], roles: tuple[str, ...]
    ) -> None:
        self.codebook = codebook
        inner = [code.id for code in codebook.codes if not codebook.children(code.id)]
        # Talk of people whom nobody knows, and notes, have no role.
        places = list(product(workshops, (*roles, "unknown", "notes")))
        sets = list(product((False, True), repeat=len(inner)))
        self.workshop = np.array([place[0] for place in places for _ in sets])
        self.role = np.array([place[1] for place in places for _ in sets])
        own = {
            name: np.array([each[at] for _ in places for each in sets])
            for at, name in enumerate(inner)
        }
        self.has: dict[str, Kinds] = {}
        for code in reversed(codebook.codes):
            under = [self.has[each.id] for each in codebook.children(code.id)]
            self.has[code.id] = np.logical_or.reduce(under) if under else own[code.id]
        self.any = np.logical_or.reduce([self.has[theme.id] for theme in codebook.themes])
        self.all = np.ones(len(self.workshop), dtype=bool)
        self._equal: list[tuple[Kinds, float]] = []
        self._most: list[tuple[NDArray[np.float64], float]] = []
        self._possible: list[NDArray[np.float64]] = []

    def tell(self, kinds: Kinds, number: float) -> None:
        """Take note of a number that is told; of one that is missing, nothing."""
        if not pd.isna(number):
            self._equal.append((kinds, float(number)))

    def bound(self, kinds: Kinds, least: float, most: float | None = None) -> None:
        """Take note of what a number is at least, and at most."""
        self._most.append((-kinds.astype(float), -float(least)))
        if most is not None:
            self._most.append((kinds.astype(float), float(most)))

    def known(self, wanted: Kinds, number: int) -> bool:
        """Say whether a sum can be worked out: whether it can be nothing but what it is."""
        # What was found to be possible before often shows that it can.
        if any(abs(self._value(each, wanted) - number) >= 1 - 1e-6 for each in self._possible):
            return False
        return not any(
            abs(self._value(self._extreme(sign * wanted.astype(float)), wanted) - number)
            >= 1 - 1e-6
            for sign in (1, -1)
        )

    def _value(self, possible: NDArray[np.float64], wanted: Kinds) -> float:
        return float(possible[wanted].sum())

    def _extreme(self, aim: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give how many of each kind there can be so that a sum is least."""
        solved = linprog(
            aim,
            A_eq=_rows([kinds.astype(float) for kinds, _ in self._equal]),
            b_eq=[number for _, number in self._equal] or None,
            A_ub=_rows([kinds for kinds, _ in self._most]),
            b_ub=[number for _, number in self._most] or None,
            bounds=(0, _MANY),
        )
        assert solved.status == 0, solved.message
        self._possible.append(np.asarray(solved.x, dtype=float))
        return self._possible[-1]

    def read(self, tables: Mapping[str, pd.DataFrame], threshold: int) -> None:
        """Take note of all counts of segments that the public tables tell, by their names."""
        talk = self.role != "notes"
        for row in tables["frequencies"].to_dict("records"):
            kinds = self.has[row["code_id"]]
            self.tell(kinds, row["segments"])
            self.tell(self.all, row["of_segments"])
            self.tell(kinds & talk, row["talk_segments"])
            self.tell(kinds & ~talk, row["note_segments"])
            self.bound(kinds, row["segments_at_least"])
            if "segments" in row["small"].split("; "):
                self.bound(kinds, 1, threshold - 1)
        for row in tables["frequencies_by_group"].to_dict("records"):
            here = self._place(row)
            self.tell(self.has[row["code_id"]] & here, row["segments"])
            self.tell(here, row["of_segments"])
        for row in tables["coverage"].to_dict("records"):
            here = self._place(row)
            self.tell(here, row["segments"])
            self.tell(here & ~self.any, row["not_coded"])
        for row in tables["cooccurrence"].to_dict("records"):
            first, second = self.has[row["code_a"]], self.has[row["code_b"]]
            self.tell(first, row["segments_a"])
            self.tell(second, row["segments_b"])
            self.tell(first & second, row["segments_both"])
        known = talk & (self.role != "unknown")
        for row in tables["role_emphasis"].to_dict("records"):
            others = known & (self.role != row["role"])
            self.tell(others & self.has[row["code_id"]], row["other_segments"])
            self.tell(others, row["other_of_segments"])
        self._once()

    def _place(self, row: Mapping[str, object]) -> Kinds:
        """Give what stands in the group of a row."""
        if row["group"] == "all":
            return self.all
        column = self.workshop if row["group"] == "workshop" else self.role
        return np.asarray(column == row[str(row["group"])])

    def read_people(self, tables: Mapping[str, pd.DataFrame], threshold: int) -> None:
        """Take note of all counts of people by code; the kinds are then kinds of people."""
        for row in tables["frequencies"].to_dict("records"):
            kinds, small = self.has[row["code_id"]], row["small"].split("; ")
            self.tell(kinds, row["people"])
            self.tell(self.all, row["of_people"])
            self.bound(kinds, row["people_at_least"])
            if "people" in small:
                self.bound(kinds, 1, threshold - 1)
            if "of_people" in small:
                self.bound(self.all, 1, threshold - 1)
        self._once()

    def _once(self) -> None:
        """Keep each number that is told once."""
        told = {kinds.tobytes(): (kinds, number) for kinds, number in self._equal}
        self._equal = list(told.values())
        bounds = {(limit.tobytes(), number): (limit, number) for limit, number in self._most}
        self._most = list(bounds.values())

    def count(self, coded: CodedSegments, *, people: bool = False) -> NDArray[np.int64]:
        """Give how many segments of each kind there are in truth; or how many people, by all that
        they said, wherever they said it."""
        inner = [code.id for code in self.codebook.codes if not self.codebook.children(code.id)]
        codes = np.array([self.has[each] for each in inner]).T
        places = zip(self.workshop, self.role, codes.tolist(), strict=True)
        kinds = {(workshop, role, *own): at for at, (workshop, role, own) in enumerate(places)}
        found = np.zeros(len(self.workshop), dtype=np.int64)
        where = coded.places
        has = coded.has[[coded.row(each) for each in inner]]
        if people:
            for person in np.unique(where.person[where.person >= 0]):
                own = has[:, where.person == person].any(axis=1).tolist()
                found[kinds[(self.workshop[0], self.role[0], *own)]] += 1
            return found
        for segment, own in enumerate(has.T.tolist()):
            role = int(where.role[segment])
            known = where.roles[role] if role >= 0 else "unknown"
            place = where.workshop_ids[int(where.workshop[segment])]
            found[kinds[(place, known if where.talk[segment] else "notes", *own)]] += 1
        return found

    def of_interest(self, *, people: bool = False) -> Iterator[Sum]:
        """Give what may not be known where it is small, in the whole study.

        Each is something that segments (or people) have, and maybe something that they have not.
        """
        if not people:
            yield Sum("not coded", ~self.any)
        above = {
            code.id: tuple(each.id for each in self.codebook.ancestors(code.id))
            for code in self.codebook.codes
        }
        for name, kinds in self.has.items():
            yield Sum(name, kinds)
            over = {each: self.has[each] for each in above[name]}
            if self.codebook.code(name).dimension != "aspect" and not people:
                over["any theme"] = self.any
            for each, larger in over.items():
                yield Sum(f"{each} but not {name}", larger & ~kinds, (~kinds,))
                for other, both in self.has.items():
                    if other not in (name, each, *above[name], *above.get(each, ())):
                        out = larger & ~kinds
                        yield Sum(f"{each} and {other}, not {name}", out & both, (~kinds,))
                        yield Sum(
                            f"{each}, not {other} or {name}",
                            out & ~both,
                            (~kinds, ~both, ~kinds & ~both),
                        )
        for one, other in combinations(self.has, 2):
            if one not in above[other] and other not in above[one]:
                first, second = self.has[one], self.has[other]
                yield Sum(f"{one} and {other}", first & second)
                yield Sum(f"{one} but not {other}", first & ~second, (~second,))
                yield Sum(f"{other} but not {one}", second & ~first, (~first,))
        themed = [code.id for code in self.codebook.codes if code.dimension != "aspect"]
        for three in combinations(themed, 3):
            yield Sum(" and ".join(three), np.logical_and.reduce([self.has[e] for e in three]))

    def by_group(self) -> Iterator[Sum]:
        """Give what may not be known where it is small, by workshop and role, and of talk."""
        workshops, roles = dict.fromkeys(self.workshop), dict.fromkeys(self.role)
        places = {
            **{name: self.workshop == name for name in workshops},
            **{name: self.role == name for name in roles if name not in ("unknown", "notes")},
        }
        for place, here in places.items():
            yield Sum(f"not coded in {place}", here & ~self.any)
        texts = {"talk": self.role != "notes", "notes": self.role == "notes"}
        for (place, here), (name, kinds) in product({**places, **texts}.items(), self.has.items()):
            yield Sum(f"{name} in {place}", kinds & here)
            over = {each.id: self.has[each.id] for each in self.codebook.ancestors(name)}
            if self.codebook.code(name).dimension != "aspect" and place in places:
                over["any theme"] = self.any
            for each, larger in over.items():
                out = ~kinds & here
                yield Sum(f"{each} but not {name} in {place}", larger & out, (out,))


def _rows(rows: list[NDArray[np.float64]]) -> csr_array | None:
    return csr_array(np.array(rows)) if rows else None


def given_away(
    attack: Attack, sums: Iterable[Sum], truth: NDArray[np.int64], threshold: int
) -> list[str]:
    """Give the small numbers that can be worked out, in words.

    Passed over are those that say no more than how many have *not* something.
    """
    coded = int(truth[attack.any].sum())
    one_theme = any(truth[attack.has[each.id]].sum() == coded for each in attack.codebook.themes)
    found = []
    for each in sums:
        number = int(truth[each.kinds].sum())
        lacking = [int(truth[kinds].sum()) for kinds in each.lacking]
        if number in lacking or (one_theme and each.name.startswith("not coded")):
            continue
        if 0 < number < threshold and attack.known(each.kinds, number):
            found.append(f"{each.name} = {number}")
    return found
