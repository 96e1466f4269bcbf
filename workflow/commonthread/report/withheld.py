"""Numbers that an edition does not show."""

from __future__ import annotations


class Withheld(int):
    """A count that is not shown. What it was is gone: nothing written with it can give it away.

    It may stand wherever a count does: it is written in words, sorts and counts as 0 (``int`` of
    it is 0, for charts), and yet is true, since something may have been there. ``below`` is the threshold that the count is known
    to be below; 0 where even that is not to be told.
    """

    below: int

    def __new__(cls, below: int = 0) -> Withheld:
        """Make one of a number that is below a threshold, or of which nothing is told."""
        made = super().__new__(cls, 0)
        made.below = below
        return made

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return f"fewer than {self.below}" if self.below else "not shown"

    def __format__(self, form: str) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"Withheld({self.below})"


def shown(*values: float | None) -> bool:
    """Say whether all of these are numbers that are shown."""
    return not any(isinstance(value, Withheld) for value in values)
