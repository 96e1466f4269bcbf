"""An attack on the public tables of a whole study, however many codes and groups it has.

``attack`` knows every kind of segment that there can be, which is too many in a real codebook. Here
what nobody knows are the counts themselves: of each code, in all, by workshop, by role, of talk and of
notes. They add up, and a code has no more than the one above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array, lil_array

from commonthread.codebook import Codebook
from commonthread.disclosure.sets import ANY, EVERY

_MANY = 1_000_000
Count = tuple[str, str]


class CountAttack:
    """What the public tables tell of counts of segments by id and place."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], codebook: Codebook, threshold: int):
        coverage = tables["coverage"]
        self.workshops = coverage["workshop"].dropna().tolist()
        self.roles = coverage["role"].dropna().tolist()
        self.above: dict[str, tuple[str, ...]] = {EVERY: (), ANY: (EVERY,)}
        for code in codebook.codes:
            over = tuple(each.id for each in codebook.ancestors(code.id))
            self.above[code.id] = (*over, *([] if code.dimension == "aspect" else [ANY]), EVERY)
        places = ("all", "talk", "notes", "unknown", *self.workshops, *self.roles)
        counts = [(name, place) for name in self.above for place in places]
        self.at: dict[Count, int] = {count: number for number, count in enumerate(counts)}
        self.least, self.most = np.zeros(len(counts)), np.full(len(counts), float(_MANY))
        self._read(tables, threshold)
        self._sums = self._rows(
            [
                row
                for name in self.above
                for row in (
                    {(name, "all"): -1, **{(name, each): 1 for each in self.workshops}},
                    {(name, "all"): -1, (name, "talk"): 1, (name, "notes"): 1},
                    {
                        (name, "talk"): -1,
                        (name, "unknown"): 1,
                        **{(name, each): 1 for each in self.roles},
                    },
                )
            ]
        )
        self._within = self._rows(
            [
                {(name, place): 1, (over[0], place): -1}
                for name, over in self.above.items()
                if over
                for place in places
            ]
        )

    def _rows(self, rows: list[dict[Count, int]]) -> csr_array:
        made = lil_array((len(rows), len(self.at)))
        for number, row in enumerate(rows):
            for count, factor in row.items():
                made[number, self.at[count]] = factor
        return csr_array(made)

    def _tell(self, name: str, place: str, number: float) -> None:
        if not pd.isna(number):
            self.least[self.at[name, place]] = self.most[self.at[name, place]] = number

    def _read(self, tables: Mapping[str, pd.DataFrame], threshold: int) -> None:
        for row in tables["frequencies"].to_dict("records"):
            name, total = row["code_id"], self.at[row["code_id"], "all"]
            self.least[total] = row["segments_at_least"]
            if "segments" in row["small"].split("; "):
                self.most[total] = threshold - 1
            self._tell(name, "all", row["segments"])
            self._tell(name, "talk", row["talk_segments"])
            self._tell(name, "notes", row["note_segments"])
        for row in tables["frequencies_by_group"].to_dict("records"):
            self._tell(row["code_id"], row[row["group"]], row["segments"])
        for row in tables["coverage"].to_dict("records"):
            place = "all" if row["group"] == "all" else row[row["group"]]
            self._tell(EVERY, place, row["segments"])
            if not pd.isna(row["segments"]) and not pd.isna(row["not_coded"]):
                self._tell(ANY, place, row["segments"] - row["not_coded"])

    def width(self, *counts: Count) -> float:
        """Give how far apart the least and the most are that a count, or one minus another, can
        be."""
        aim = np.zeros(len(self.at))
        for count, sign in zip(counts, (1, -1), strict=False):
            aim[self.at[count]] = sign
        ends = []
        for sign in (1, -1):
            solved = linprog(
                sign * aim,
                A_eq=self._sums,
                b_eq=np.zeros(self._sums.shape[0]),
                A_ub=self._within,
                b_ub=np.zeros(self._within.shape[0]),
                bounds=np.column_stack([self.least, self.most]),
            )
            assert solved.status == 0, solved.message
            ends.append(sign * solved.fun)
        return float(ends[1] - ends[0])

    def small(self, threshold: int) -> Iterator[tuple[Count, ...]]:
        """Give counts that are told and small, and pairs of one above and one below that differ by
        a small number.

        What everything has and a code has not is none of these: not having said something.
        """
        told = {
            count: int(self.least[at])
            for count, at in self.at.items()
            if self.least[at] == self.most[at]
        }
        for (name, place), number in told.items():
            if name != EVERY and 0 < number < threshold:
                yield ((name, place),)
            for over in self.above[name]:
                apart = told.get((over, place), number) - number
                if 0 < apart < threshold and (over != EVERY or name == ANY):
                    yield (over, place), (name, place)
