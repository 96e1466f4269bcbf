"""Who is compared with whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from commonthread.coded import NO_ROLE, natural
from commonthread.reliability.judged import CodedApart

Kind = Literal[
    "people together",
    "two people",
    "people of one role",
    "two roles",
    "one person over time",
    "machine and person",
    "machine and people",
]


@dataclass(frozen=True)
class Comparison:
    """Coders of one group among themselves (``others`` is empty), or with those of another group.

    ``first`` and ``second`` name the two sides by coder or role; missing where a side is all
    people, or where there is none. ``ones`` and ``others`` are numbers of coders.
    """

    kind: Kind
    first: str | None
    second: str | None
    ones: tuple[int, ...]
    others: tuple[int, ...]

    @property
    def coders(self) -> tuple[int, ...]:
        """All coders who take part."""
        return (*self.ones, *self.others)

    @property
    def of_machine(self) -> bool:
        """Whether a machine is measured against people."""
        return self.kind in ("machine and person", "machine and people")


def comparisons(apart: CodedApart) -> list[Comparison]:
    """Give the comparisons of different coders: people with each other, and machines with people.

    A machine is never among the people. People without a role are in no comparison of roles; where
    all people have one role, comparing them together says it all.
    """
    people, names = apart.people, apart.last.coders
    found: list[Comparison] = []
    if len(people) > 1:
        found.append(Comparison("people together", None, None, people, ()))
    for one, other in combinations(people, 2):
        found.append(Comparison("two people", names[one], names[other], (one,), (other,)))
    roles: dict[str, tuple[int, ...]] = {}
    for role in sorted({apart.roles[n] for n in people} - {"", NO_ROLE}, key=natural):
        roles[role] = tuple(n for n in people if apart.roles[n] == role)
        if 1 < len(roles[role]) < len(people):
            found.append(Comparison("people of one role", role, None, roles[role], ()))
    for first, second in combinations(roles, 2):
        found.append(Comparison("two roles", first, second, roles[first], roles[second]))
    for machine, person in product(apart.machines, people):
        found.append(
            Comparison("machine and person", names[person], names[machine], (person,), (machine,))
        )
    for machine in apart.machines if people else ():
        found.append(Comparison("machine and people", None, names[machine], people, (machine,)))
    return found
