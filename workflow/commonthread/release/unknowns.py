"""Numbers that somebody wants to know, and what is told of sums of them: which can be worked out.

What is told are linear equations and inequalities between whole numbers of at least 0. The least
and the most that a sum can be is a linear programme. A sum is *known* where these lie less than 1
apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Sum = Mapping[Any, float]
Values = NDArray[np.float64]

# More than there is of anything.
_MANY = 1_000_000_000.0
_CLOSE = 1e-6
# So many corners of what is possible are looked at before any sum is worked out by itself: most
# sums differ by more than 1 between two of them.
_CORNERS = 12


class Contradiction(Exception):
    """What is told cannot all be true."""


class Unknowns:
    """What is told of some unknown numbers, by name."""

    def __init__(self, names: Iterable[Hashable]) -> None:
        self.at = {name: number for number, name in enumerate(names)}
        self._least = np.zeros(len(self.at))
        self._most = np.full(len(self.at), _MANY)
        self._equal: list[tuple[Sum, float]] = []
        self._below: list[tuple[Sum, float]] = []
        self._system: dict[str, Any] | None = None

    def tell(self, name: Hashable, number: float) -> None:
        """Take note of a number."""
        self.bound(name, number, number)

    def bound(self, name: Hashable, least: float = 0.0, most: float = _MANY) -> None:
        """Take note of what a number is at least and at most."""
        at = self.at[name]
        self._least[at] = max(self._least[at], least)
        self._most[at] = min(self._most[at], most)
        self._system = None

    def equal(self, sums: Sum, number: float = 0.0) -> None:
        """Take note that a sum is a number; a sum gives by name how often each counts."""
        self._equal.append((sums, number))
        self._system = None

    def below(self, sums: Sum, number: float = 0.0) -> None:
        """Take note that a sum is at most a number."""
        self._below.append((sums, number))
        self._system = None

    def possible(self) -> bool:
        """Say whether all that is told can be true."""
        try:
            self._corner(np.zeros(len(self.at)))
        except Contradiction:
            return False
        return True

    def range(self, wanted: Sum) -> tuple[float, float]:
        """Give the least and the most that a sum can be; raises Contradiction."""
        aim = self._rows([wanted]).toarray()[0]
        low, high = (float(aim @ self._corner(sign * aim)) for sign in (1, -1))
        return low, high

    def known(self, wanted: Sequence[Sum], below: float) -> dict[int, int]:
        """Give the sums that can be worked out and are above 0 and below a number.

        Comes out: their places in ``wanted``, with what they are. Raises Contradiction.
        """
        if not wanted:
            return {}
        rows = self._rows(wanted)
        low, high = np.full(len(wanted), np.inf), np.full(len(wanted), -np.inf)
        harmless = np.zeros(len(wanted), dtype=bool)

        def see(corner: Values) -> None:
            nonlocal low, high, harmless
            values = rows @ corner
            low, high = np.minimum(low, values), np.maximum(high, values)
            # One that can be nothing, or large, is known only if it is that.
            harmless = harmless | (values <= _CLOSE) | (values >= below - _CLOSE)

        random = np.random.default_rng(1)
        for _ in range(_CORNERS):
            see(self._corner(random.standard_normal(len(self.at))))
        # A sum of nothing but numbers that are told is what it is.
        sure = abs(rows) @ (self._most - self._least) == 0
        for row in np.flatnonzero(~sure).tolist():
            aim = rows[[row]].toarray()[0]
            for sign in (1, -1):
                if not harmless[row] and high[row] - low[row] < 1 - _CLOSE:
                    see(self._corner(sign * aim))
        found = np.flatnonzero(~harmless & (high - low < 1 - _CLOSE))
        return {int(row): int(np.ceil(low[row] - _CLOSE)) for row in found}

    def _rows(self, sums: Sequence[Sum]) -> Any:
        from scipy.sparse import csr_array

        places = [
            (row, self.at[name], factor)
            for row, each in enumerate(sums)
            for name, factor in each.items()
        ]
        row, column, factor = zip(*places, strict=True) if places else ((), (), ())
        return csr_array((factor, (row, column)), shape=(len(sums), len(self.at)), dtype=float)

    def _corner(self, aim: Values) -> Values:
        """Give numbers for which all that is told is true and ``aim`` of them is least."""
        from scipy.optimize import linprog

        if (self._least > self._most).any():
            raise Contradiction
        if self._system is None:
            self._system = {"bounds": np.column_stack([self._least, self._most])}
            for kind, told in (("eq", self._equal), ("ub", self._below)):
                if told:
                    self._system[f"A_{kind}"] = self._rows([each for each, _ in told])
                    self._system[f"b_{kind}"] = [number for _, number in told]
        solved = linprog(aim, method="highs", **self._system)
        if solved.status != 0:
            raise Contradiction
        return np.asarray(solved.x, dtype=float)
