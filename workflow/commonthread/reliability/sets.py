"""Krippendorff's alpha for sets of codes: what a coder applied to a unit, as one value.

The difference of two sets is 1 - Jaccard's index, or MASI: 1 - Jaccard's index times 1 where the
sets are equal, 2/3 where one holds the other, 1/3 where they overlap, 0 where they share nothing
(Passonneau 2006, Measuring agreement on set-valued items). Two empty sets do not differ; an empty
set and another one differ wholly.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.reliability.coefficients import Coefficient, alpha, ratio
from commonthread.reliability.ratings import MISSING, Counts, Floats

Mask = NDArray[np.bool_]
SetDifference = Literal["jaccard", "masi"]

# Numbers held at a time while sets are compared.
_AT_ONCE = 2_000_000


def number_rows(rows: Mask) -> tuple[Counts, Counts]:
    """Number rows of yes and no so that equal ones have the same number.

    Goes in: columns x rows. Comes out: the number of each row, and for each number the first row
    that has it. Numbers go by first occurrence.
    """
    number = np.zeros(rows.shape[1], dtype=np.int64)
    # A whole number holds 31 columns beside the number so far.
    for start in range(0, len(rows), 31):
        part = number << 31
        for place, column in enumerate(rows[start : start + 31]):
            part |= column.astype(np.int64) << place
        number = pd.factorize(part)[0].astype(np.int64)
    return number, np.unique(number, return_index=True)[1].astype(np.int64)


def difference(shared: Floats, own: Floats, other: Floats, kind: SetDifference) -> Floats:
    """Give the difference of two sets from 0 to 1.

    Goes in: how many codes they share, and how many each has; arrays that go together.
    """
    either = own + other - shared
    jaccard = shared / np.maximum(either, 1)
    if kind == "masi":
        holds = shared == np.minimum(own, other)
        jaccard *= np.where(shared == either, 1.0, np.where(holds, 2 / 3, 1 / 3))
    return np.where(either == 0, 0.0, 1 - jaccard)


@dataclass(frozen=True)
class SetRatings:
    """Sets that coders gave to units, and the pairs of them that are compared.

    ``sets`` holds the distinct sets: sets x codes. ``values`` are the sets that were given, as
    numbers of these, each with its weight and its unit. ``first`` and ``second`` are two values of
    one unit, with weight and unit; over a unit, the weights of pairs add up to those of values.
    ``place`` is the place of each unit (its transcript), from 0 to below ``places``.
    """

    sets: Mask
    values: Counts
    value_weight: Floats
    value_unit: Counts
    first: Counts
    second: Counts
    pair_weight: Floats
    pair_unit: Counts
    place: Counts
    places: int


def _pairs(pairs: Iterable[tuple[Counts, Counts]]) -> tuple[Counts, Counts, Counts]:
    """Give first value, second value and unit wherever both coders of a pair gave one."""
    first, second, unit = ([np.zeros(0, dtype=np.int64)] for _ in range(3))
    for one, other in pairs:
        both = np.flatnonzero((one >= 0) & (other >= 0))
        first.append(one[both])
        second.append(other[both])
        unit.append(both)
    return np.concatenate(first), np.concatenate(second), np.concatenate(unit)


def among(numbers: Counts, sets: Mask, place: Counts, places: int) -> SetRatings:
    """Compare each two coders of a unit, as Krippendorff's alpha does.

    Goes in: coders x units, the number of the set that the coder gave (-1 where missing); the
    distinct sets; the place of each unit, and how many places there are. Units with fewer than two
    values do not count.
    """
    size = (numbers >= 0).sum(axis=0)
    coder, unit = np.nonzero((numbers >= 0) & (size > 1))
    first, second, pair_unit = _pairs(combinations(numbers, 2))
    return SetRatings(
        sets=sets,
        values=numbers[coder, unit],
        value_weight=np.ones(len(unit)),
        value_unit=unit,
        first=first,
        second=second,
        # Each pair stands for both of its orders.
        pair_weight=2 / (size[pair_unit] - 1),
        pair_unit=pair_unit,
        place=place,
        places=places,
    )


def between(one: Counts, other: Counts, sets: Mask, place: Counts, places: int) -> SetRatings:
    """Compare each coder of one group with each of another; each unit counts once.

    Goes in: what ``among`` takes, with the coders of the two groups apart. Units that only one of
    the groups judged do not count.
    """
    numbers = np.concatenate([one, other])
    sizes = [(group >= 0).sum(axis=0) for group in (one, other)]
    both = (sizes[0] > 0) & (sizes[1] > 0)
    coder, unit = np.nonzero((numbers >= 0) & both)
    of_group = np.where(coder < len(one), sizes[0][unit], sizes[1][unit])
    first, second, pair_unit = _pairs(product(one, other))
    return SetRatings(
        sets=sets,
        values=numbers[coder, unit],
        value_weight=1 / of_group,
        value_unit=unit,
        first=first,
        second=second,
        pair_weight=2 / (sizes[0][pair_unit] * sizes[1][pair_unit]),
        pair_unit=pair_unit,
        place=place,
        places=places,
    )


def same_sets(ratings: SetRatings) -> tuple[Floats, Floats]:
    """Count by place the units whose coders gave the same set, and all units that are compared.

    Of a unit with several pairs of coders, the share of its pairs counts.
    """
    units = len(ratings.place)
    pairs = _sums(ratings.pair_unit, np.ones(len(ratings.first)), units)
    same = _sums(ratings.pair_unit, ratings.first == ratings.second, units)
    return (
        _sums(ratings.place, same / np.maximum(pairs, 1), ratings.places),
        _sums(ratings.place, pairs > 0, ratings.places),
    )


def _sums(index: Counts, weights: NDArray[Any], size: int) -> Floats:
    """Add up weights by index, from 0 to below the size."""
    return np.bincount(index, weights=weights, minlength=size).astype(np.float64)


@dataclass(frozen=True)
class SetDisagreement:
    """What set-valued alpha is made of, by place, so that places can be resampled.

    ``values`` is the weight of the values of each place, ``observed`` the sum of the differences of
    its pairs, ``expected[a, b]`` the sum of the differences of all values of place ``a`` with all
    of place ``b``.
    """

    values: Floats
    observed: Floats
    expected: Floats


def set_disagreement(ratings: SetRatings, kind: SetDifference) -> SetDisagreement:
    """Add up differences by place, for one kind of difference."""
    used, value = np.unique(ratings.values, return_inverse=True)
    words = _words(ratings.sets[used])
    sizes = ratings.sets[used].sum(axis=1)
    # What the formula gives, by size of one set, size of the other, and number of shared codes.
    span = int(sizes.max(initial=0)) + 1
    own, other, shared = np.indices((span, span, span)).astype(float)
    known = difference(shared, own, other, kind).ravel()
    rows, columns = sizes * span * span, sizes * span

    weight = np.zeros((ratings.places, len(used)))
    np.add.at(weight, (ratings.place[ratings.value_unit], value), ratings.value_weight)
    expected = np.zeros((ratings.places, ratings.places))
    step = max(1, _AT_ONCE // max(len(used), 1))
    for start in range(0, len(used), step):
        part, onward = slice(start, start + step), slice(start, None)
        shared = _shared(words[:, part, None], words[:, None, onward])
        apart = known[rows[part, None] + columns[onward] + shared]
        # Those further on stand for themselves and for the other order.
        apart[:, step:] *= 2
        expected += weight[:, part] @ (apart @ weight[:, onward].T)
    expected = (expected + expected.T) / 2

    first, second = np.searchsorted(used, ratings.first), np.searchsorted(used, ratings.second)
    shared = _shared(words[:, first], words[:, second])
    apart = known[rows[first] + columns[second] + shared] * ratings.pair_weight
    place = ratings.place[ratings.pair_unit]
    return SetDisagreement(
        values=weight.sum(axis=1),
        observed=_sums(place, apart, ratings.places),
        expected=expected,
    )


def _words(sets: Mask) -> NDArray[np.uint64]:
    """Write sets as bits: words of 64 codes x sets."""
    count, codes = sets.shape
    padded = np.zeros((count, -(-codes // 64) * 64), dtype=bool)
    padded[:, :codes] = sets
    return np.packbits(padded, axis=1).view(np.uint64).T


def _shared(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Count the codes that sets share, given as words of bits."""
    shared = np.zeros(np.broadcast_shapes(one.shape[1:], other.shape[1:]), dtype=np.int64)
    for a, b in zip(one, other, strict=True):
        shared += np.bitwise_count(a & b)
    return shared


def set_alpha(parts: SetDisagreement, times: Floats) -> Coefficient:
    """Give set-valued alpha where each place counts so many times.

    Goes in: ``times[..., place]``, all 1 for the point estimate. ``observed`` and ``expected`` of
    what comes out are disagreement.
    """
    n = times @ parts.values
    apart = ((times @ parts.expected) * times).sum(axis=-1)
    return alpha(ratio(times @ parts.observed, n), ratio(apart, n * (n - 1)))


def alpha_of_sets(
    rows: Sequence[Sequence[Collection[Hashable] | None]], kind: SetDifference
) -> Coefficient:
    """Give set-valued alpha of units whose ratings are sets.

    Goes in: for each unit the sets that coders gave, a coder each, None where a coder did not rate
    it. Units with fewer than two ratings do not count.
    """
    codes = list(dict.fromkeys(code for row in rows for given in row for code in given or ()))
    coders = max((len(row) for row in rows), default=0)
    numbers = np.full((coders, len(rows)), MISSING, dtype=np.int64)
    known: dict[frozenset[Hashable], int] = {}
    for unit, row in enumerate(rows):
        for coder, given in enumerate(row):
            if given is not None:
                numbers[coder, unit] = known.setdefault(frozenset(given), len(known))
    sets = np.array([[code in given for code in codes] for given in known], dtype=bool)
    place = np.zeros(len(rows), dtype=np.int64)
    ratings = among(numbers, sets.reshape(len(known), len(codes)), place, 1)
    return set_alpha(set_disagreement(ratings, kind), np.ones(1))
