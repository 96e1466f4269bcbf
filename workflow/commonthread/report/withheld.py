"""Numbers that an edition does not show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Withheld(int):
    """A count that is not shown. What it was is gone: nothing written with it can give it away.

    It may stand wherever a count does: it is written in words, sorts and counts as ``least``, the
    number that it is known to be at least (for charts too), and yet is true, since something may
    have been there. ``below`` is the threshold that the count is known to be below; 0 where even
    that is not to be told.
    """

    below: int

    def __new__(cls, below: int = 0, least: int = 0) -> Withheld:
        """Make one of a number that is below a threshold, or of which no more is told."""
        made = super().__new__(cls, 0 if below else least)
        made.below = below
        return made

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        if self.below:
            return f"fewer than {self.below}"
        return f"at least {int(self):,}" if int(self) else "not shown"

    def __format__(self, form: str) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"Withheld({self.below}, {int(self)})"


def told(row: Mapping[str, Any], name: str, threshold: int) -> int:
    """Give a count of a row of a table in which some numbers are withheld (see ``disclosure``)."""
    value = row[name]
    if value is not None:
        return int(value)
    if name in str(row.get("small") or "").split("; "):
        return Withheld(threshold)
    return Withheld(least=int(row.get(f"{name}_at_least") or 0))


def shown(*values: float | None) -> bool:
    """Say whether all of these are numbers that are shown."""
    return not any(isinstance(value, Withheld) for value in values)


def all_known(*values: object) -> bool:
    """Say whether none of these numbers may be larger than it looks: none, or only small ones, are
    withheld."""
    return all(value.below > 0 for value in values if isinstance(value, Withheld))
