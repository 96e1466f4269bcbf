"""Ratings of units by any number of coders into categories, with or without missing ones."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MISSING = -1


@dataclass(frozen=True)
class Ratings:
    """Ratings counted by pattern: how many coders gave a unit each category, whoever they were.

    ``patterns[p, c]`` says how many coders gave category ``categories[c]`` to a unit of pattern
    ``p``; ``units[..., p]`` how many units are of that pattern. ``units`` may have any leading
    axes, such as codes or resamples: a coefficient comes out with these axes. Coders could choose
    from ``categories``, whether they used all of them or not.
    """

    categories: tuple[Hashable, ...]
    patterns: Floats
    units: Floats

    @property
    def sizes(self) -> Floats:
        """How many coders rated a unit of each pattern."""
        return self.patterns.sum(axis=1)


def number_ratings(
    rows: Sequence[Sequence[Any]], categories: Sequence[Hashable] | None = None
) -> tuple[Counts, tuple[Hashable, ...]]:
    """Number the categories of ratings.

    Goes in: for each unit its ratings, a coder each (None or NaN where a coder did not rate it),
    and the categories that coders could choose from, in order; without them, those that occur
    stand for them, numbers in ascending order and all else as they first occur. Comes out: units x
    coders of category numbers, -1 where missing, and the categories.
    Raises ValueError for a rating that is not among the categories.
    """
    frame = pd.DataFrame(list(rows), dtype=object)
    found, values = pd.factorize(frame.to_numpy(dtype=object).ravel())
    if categories is None:
        numbers = all(isinstance(value, Real) for value in values)
        categories = sorted(values) if numbers else list(values)
    at = {category: number for number, category in enumerate(categories)}
    unknown = [value for value in values if value not in at]
    if unknown:
        raise ValueError(f"These ratings are not among the categories: {unknown}.")
    number = np.array([*(at[value] for value in values), MISSING], dtype=np.int64)
    return number[found].reshape(frame.shape), tuple(categories)


def count_ratings(numbers: Counts, categories: Sequence[Hashable]) -> Ratings:
    """Count numbered ratings (as ``number_ratings`` gives them); each unit is its own pattern."""
    patterns = np.zeros((len(numbers), len(categories)))
    for category in range(len(categories)):
        patterns[:, category] = (numbers == category).sum(axis=1)
    return Ratings(tuple(categories), patterns, np.ones(len(patterns)))


def ratings_of(
    rows: Sequence[Sequence[Any]], categories: Sequence[Hashable] | None = None
) -> Ratings:
    """Count the ratings of units x coders; goes in and raises what ``number_ratings`` does."""
    return count_ratings(*number_ratings(rows, categories))


def ratings_of_table(table: ArrayLike) -> Ratings:
    """Count the ratings that a table of two coders shows.

    Goes in: ``table[..., a, b]``, the number of units that the first coder gave category ``a`` and
    the second ``b``. Comes out: a pattern for each cell, row by row.
    """
    cells = np.asarray(table, dtype=float)
    q = cells.shape[-1]
    one = np.eye(q)
    patterns = (one[:, None, :] + one[None, :, :]).reshape(q * q, q)
    return Ratings(tuple(range(q)), patterns, cells.reshape(*cells.shape[:-2], q * q))
