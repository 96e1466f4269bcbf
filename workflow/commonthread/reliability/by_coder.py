"""Coefficients of agreement that ask which coder said what."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from commonthread.reliability.coefficients import (
    Coefficient,
    coefficient,
    corrected,
    percent_agreement,
    ratio,
)
from commonthread.reliability.ratings import Counts, Floats, count_ratings

FIRST_NEVER = "The first of the two never applied it."
SECOND_NEVER = "The second of the two never applied it."


def contingency(first: Counts, second: Counts, categories: int) -> Floats:
    """Count the units that two coders put into each two categories.

    Goes in: the category numbers of both, -1 where missing. Comes out: ``table[a, b]``, the units
    that the first gave ``a`` and the second ``b``; units that only one of them rated are left out.
    """
    both = (first >= 0) & (second >= 0)
    cell = first[both] * categories + second[both]
    counts = np.bincount(cell, minlength=categories**2)
    return counts.reshape(categories, categories).astype(float)


def cohen_kappa(table: ArrayLike) -> Coefficient:
    """Cohen's kappa (1960) of two coders from a table ``[..., first's, second's]`` of units.

    Undefined where both gave one and the same category to every unit.
    """
    cells = np.asarray(table, dtype=float)
    units = cells.sum(axis=(-1, -2))
    observed = ratio(np.trace(cells, axis1=-2, axis2=-1), units)
    shares = ratio(cells, units[..., None, None])
    expected = (shares.sum(axis=-1) * shares.sum(axis=-2)).sum(axis=-1)
    return corrected(observed, expected)


def conger_kappa(numbers: Counts, categories: int) -> Coefficient:
    """Conger's kappa (1980): Cohen's for any number of coders, in Gwet's form for missing ratings.

    Goes in: units x coders of category numbers, -1 where missing. Expected agreement is the mean
    over pairs of coders of what their own category shares give; a coder without any rating is left
    out. With two coders who rated all units it is Cohen's kappa.
    """
    numbers = numbers[:, (numbers >= 0).any(axis=0)]
    coders = numbers.shape[1]
    observed = percent_agreement(count_ratings(numbers, range(categories))).observed
    shares = coder_shares(numbers, categories)
    total = shares.sum(axis=0)
    by_chance = np.array((total**2 - (shares**2).sum(axis=0)).sum())
    return corrected(observed, ratio(by_chance, np.array(coders * (coders - 1), dtype=float)))


def coder_shares(numbers: Counts, categories: int) -> Floats:
    """Give coders x categories: the share of each category among what the coder rated."""
    counts = np.zeros((numbers.shape[1], categories))
    for category in range(categories):
        counts[:, category] = (numbers == category).sum(axis=0)
    return counts / counts.sum(axis=1, keepdims=True)


class FourFold(NamedTuple):
    """How often two coders applied a code: numbers of units, as arrays of one shape."""

    both: Floats
    first_only: Floats
    second_only: Floats
    neither: Floats


def share_first(cells: FourFold) -> Coefficient:
    """Share of units to which the first coder applied the code."""
    units = cells.both + cells.first_only + cells.second_only + cells.neither
    return _share(cells.both + cells.first_only, units, "There is nothing that both judged.")


def precision(cells: FourFold) -> Coefficient:
    """Share of what the second applied that the first applied too."""
    return _share(cells.both, cells.both + cells.second_only, SECOND_NEVER)


def recall(cells: FourFold) -> Coefficient:
    """Share of what the first applied that the second applied too."""
    return _share(cells.both, cells.both + cells.first_only, FIRST_NEVER)


def _share(part: Floats, whole: Floats, reason: str) -> Coefficient:
    value = ratio(part, whole)
    return coefficient(value, value, np.zeros_like(value), (np.isnan(value), reason))
