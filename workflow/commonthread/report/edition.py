"""The two editions of a report: what each shows of the people behind the numbers.

Sections read numbers from ``Facts``, where those that an edition withholds are missing (see
``disclosure``), and so need not know which edition they write for. What a whole section shows or
leaves out are the flags here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commonthread.report.withheld import Withheld, shown
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
    so is what would give it away by subtraction, as ``disclosure`` decides for all that is public.
    Nothing in it belongs to one person but quotes of those who agreed.
    """

    name: str
    threshold: int
    consents: frozenset[str] | None
    """What speakers must have agreed to so that they are quoted; None quotes everybody."""
    public: bool
    linked: bool = False
    """Whether it is told which quotes are of one person, by a number that stands nowhere else."""

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

    def people_few(self, number: int) -> int:
        """Give a count of people of a role who raised a code, withheld in either edition if small."""
        return Withheld(self.threshold) if is_small(number, self.threshold) else number

    def about(self, number: int) -> int:
        """Give a count of people that stands in no table: in public, whether it is small."""
        if not self.public or not number:
            return number
        small = is_small(number, self.threshold)
        return Withheld(self.threshold) if small else Withheld(least=self.threshold)

    def fewest(self, number: int) -> int:
        """Give the least count that a list of examples may ask for."""
        return max(number, self.threshold) if self.public else number

    def segments_of(self, cells: Sequence[int]) -> list[int]:
        """Give counts of segments that add up to all of a study; some withheld from the public."""
        if not self.public or not cells:
            return list(cells)
        return _masked(cells, withheld(cells, self.threshold)[0])

    def people_of(self, cells: Sequence[int]) -> list[int]:
        """Give counts of people by a characteristic, some of them withheld, in either edition."""
        return _masked(cells, withheld(cells, self.threshold)[0]) if cells else []


def team(threshold: int = 5) -> Edition:
    """Give the edition for the people who hold the data."""
    return Edition("team", threshold, None, public=False)


def public(threshold: int = 10, *, linked: bool = False) -> Edition:
    """Give the edition that may go out, once a person has looked through it."""
    agreed = frozenset({"verbatim", "verbatim with role"})
    return Edition("public", threshold, agreed, public=True, linked=linked)


def _masked(cells: Sequence[int], mask: Mask) -> list[int]:
    # Withheld for its own number or for another's: which of the two is not told.
    return [
        Withheld() if hidden or not shown(cell) else int(cell)
        for cell, hidden in zip(cells, mask, strict=False)
    ]
