"""The two editions of a report: what each shows of the people behind the numbers.

Sections read numbers from ``Facts``, which asks the edition here what to show, and so need not
know which edition they write for. What a whole section shows or leaves out are the flags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonthread.report.withheld import Withheld
from commonthread.small_cells import Mask, is_small, withheld


@dataclass(frozen=True)
class Edition:
    """What an edition shows.

    The team's edition is made for the people who hold the data. Counts of codes, small ones too,
    stay in it: a point that was made once may be the one that matters, and who may read the
    transcripts learns nothing new from its number. Its threshold applies where *people* are
    counted by characteristics (workshop and role, or role and code), for such tables are the ones
    that get copied into slides and papers.

    In the public edition every count of people or segments below the threshold is withheld, and
    so is what would give it away by subtraction. Nothing in it belongs to one person but quotes
    of those who agreed. That a number of people did *not* speak of something is not protected:
    not having said something tells nothing.
    """

    name: str
    threshold: int
    consents: frozenset[str] | None
    """What speakers must have agreed to so that they are quoted; None quotes everybody."""
    public: bool

    @property
    def people(self) -> bool:
        """Whether single people are shown, by pseudonym or by what only they did."""
        return not self.public

    @property
    def roles(self) -> bool:
        """Whether it is told how many roles raised a code: all of them include a role of one."""
        return not self.public

    @property
    def files(self) -> bool:
        """Whether files are named."""
        return not self.public

    @property
    def drafts(self) -> bool:
        """Whether what nobody has looked through yet is shown: draft tables, random samples."""
        return not self.public

    @property
    def explorer(self) -> bool:
        """Whether every segment can be looked up."""
        return not self.public

    def few(self, number: int) -> int:
        """Give a count of people or segments of the whole study, withheld if it is small.

        Nothing at all is no secret.
        """
        if self.public and number and is_small(number, self.threshold):
            return Withheld(self.threshold)
        return number

    def people_few(self, number: int) -> int:
        """Give a count of people of a role who raised a code, withheld in either edition if small."""
        return Withheld(self.threshold) if is_small(number, self.threshold) else number

    def part(self, number: int, whole: int) -> int:
        """Give a count that is a part of another that is shown, withheld if it or the rest is small.

        Nothing of it at all is small too, since that would tell of everybody.
        """
        if not self.public:
            return number
        if is_small(number, self.threshold):
            return Withheld(self.threshold)
        rest = whole - number
        return Withheld() if rest and is_small(rest, self.threshold) else number

    def fewest(self, number: int) -> int:
        """Give the least count that a list of examples may ask for."""
        return max(number, self.threshold) if self.public else number

    def named(self, people: int) -> bool:
        """Say whether a group of so many people stands in tables by group."""
        return not self.public or not is_small(people, self.threshold)

    def line(
        self, cells: Sequence[int], first: ArrayLike | None = None, unseen: int = 0
    ) -> list[int]:
        """Give counts of groups that add up to a total that is shown, some of them withheld.

        ``first`` says which to withhold in any case; ``unseen`` is what the total holds besides
        them, such as notes, and is shown nowhere. Nothing is withheld from the team.
        """
        if not self.public or not cells:
            return list(cells)
        reasons = np.zeros(len(cells), dtype=bool) if first is None else np.asarray(first, bool)
        if unseen:
            mask = withheld([*cells, unseen], self.threshold, [*reasons, True])[0]
        else:
            mask = withheld(cells, self.threshold, reasons)[0]
        return _masked(cells, mask)

    def people_of(self, cells: Sequence[int]) -> list[int]:
        """Give counts of people by a characteristic, some of them withheld, in either edition."""
        return _masked(cells, withheld(cells, self.threshold)[0]) if cells else []

    def table(self, cells: ArrayLike, people: ArrayLike) -> Mask:
        """Say which cells of a table with totals to withhold, for their number or few people.

        The mask has one more row and column than ``cells``, for totals. The team sees all cells.
        """
        if not self.public:
            return np.zeros(np.add(np.shape(cells), 1), dtype=bool)
        return withheld(cells, self.threshold, is_small(people, self.threshold))


def team(threshold: int = 5) -> Edition:
    """Give the edition for the people who hold the data."""
    return Edition("team", threshold, None, public=False)


def public(threshold: int = 10) -> Edition:
    """Give the edition that may go out, once a person has looked through it."""
    return Edition("public", threshold, frozenset({"verbatim", "verbatim with role"}), public=True)


def _masked(cells: Sequence[int], mask: Mask) -> list[int]:
    # Withheld for its own number or for another's: which of the two is not told.
    return [Withheld() if hidden else int(cell) for cell, hidden in zip(cells, mask, strict=False)]
