"""What public numbers tell of who spoke, how much and after whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from commonthread.release.subtraction import Wanted
from commonthread.release.told import Told
from commonthread.release.unknowns import Unknowns

_UNKNOWN = "\x00unknown"
"""Stands for the role of people whom nobody knows, which no role can be called."""


class TalkNumbers:
    """What is told of how much was said by workshop and role: words, or turns."""

    def __init__(
        self, told: Sequence[Told], measure: str, workshops: Sequence[str], roles: Sequence[str]
    ) -> None:
        self._measure = measure
        everybody = (*roles, _UNKNOWN)
        self.unknowns = Unknowns(
            [(workshop, role) for workshop in ("", *workshops) for role in ("", *everybody)]
        )
        for workshop in ("", *workshops):
            self.unknowns.equal(
                {(workshop, ""): -1.0, **{(workshop, role): 1.0 for role in everybody}}
            )
        for role in ("", *everybody):
            self.unknowns.equal({("", role): -1.0, **{(each, role): 1.0 for each in workshops}})
        for each in told:
            if each.what[0] == measure and each.what[1:] in self.unknowns.at:
                self.unknowns.bound(each.what[1:], each.least, each.most)

    def wanted(self, few: Sequence[tuple[str, str]]) -> Iterator[Wanted]:
        """Give what was said in a workshop, by a role, or both, of ``few`` people."""
        for cell in few:
            if cell in self.unknowns.at:
                yield Wanted(f"{self._measure}{_where(*cell)}", {cell: 1.0})


class SpokeNumbers:
    """What is told of how many people spoke. Everybody has one role, and may be in many workshops."""

    def __init__(
        self, told: Sequence[Told], workshops: Sequence[str], roles: Sequence[str]
    ) -> None:
        everywhere = [
            ("", ""),
            *((each, "") for each in workshops),
            *(("", each) for each in roles),
        ]
        self.unknowns = Unknowns(everywhere)
        self.unknowns.equal({("", ""): -1.0, **{("", role): 1.0 for role in roles}})
        if workshops:
            own = {(each, ""): -1.0 for each in workshops}
            self.unknowns.below({**own, ("", ""): 1.0})
        for workshop in workshops:
            self.unknowns.below({(workshop, ""): 1.0, ("", ""): -1.0})
        for each in told:
            if each.what[0] == "spoke" and each.what[1:] in self.unknowns.at:
                self.unknowns.bound(each.what[1:], each.least, each.most)

    def wanted(self) -> Iterator[Wanted]:
        """Give how many people spoke in each workshop, and of each role."""
        for cell in self.unknowns.at:
            if isinstance(cell, tuple) and cell != ("", ""):
                yield Wanted(f"who spoke{_where(*cell)}", {cell: 1.0})


class FollowNumbers:
    """What is told of how often a turn of one role came right after one of another."""

    def __init__(self, told: Sequence[Told], roles: Sequence[str]) -> None:
        self.unknowns = Unknowns([(one, other) for one in roles for other in ("", *roles)])
        for role in roles:
            self.unknowns.equal({(role, ""): -1.0, **{(role, each): 1.0 for each in roles}})
        for each in told:
            if each.what[0] == "pairs" and each.what[1:] in self.unknowns.at:
                self.unknowns.bound(each.what[1:], each.least, each.most)

    def wanted(self, few: Sequence[str]) -> Iterator[Wanted]:
        """Give how often a role of ``few`` people spoke before or after any other."""
        for name in self.unknowns.at:
            one, other = _pair(name)
            if one in few or other in few:
                after = f" before the role “{other}”" if other else " before anybody else"
                yield Wanted(f"turns of the role “{one}”{after}", {name: 1.0})


def _pair(name: Any) -> tuple[str, str]:
    return name


def _where(workshop: str, role: str) -> str:
    by = f" by the role “{role}”" if role else ""
    return f"{by} in the workshop “{workshop}”" if workshop else by
