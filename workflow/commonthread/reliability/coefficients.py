"""Coefficients of agreement on single categories that do not ask which coder said what.

All of them allow missing ratings. Where a coefficient is undefined, its value is missing (NaN) and
its reason says why in plain words: nothing is ever called full agreement, or none, for want of data.
Sources: Fleiss 1971; Krippendorff 2019, Content Analysis, 4th edition; Gwet 2014, Handbook of
Inter-Rater Reliability, 4th edition; Brennan and Prediger 1981.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from commonthread.reliability.ratings import Floats, Ratings

NO_PAIR = "Nothing was judged by two of them, so there is nothing to compare."
ONE_CATEGORY = "All of them chose the same throughout, so agreement cannot be told from chance."
ONE_KNOWN = "Only one category occurs, and how many there were to choose from is not known."

Difference = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True)
class Coefficient:
    """A coefficient, as arrays of one shape (of no axes for a single one).

    ``value`` is missing (NaN) just where ``reason`` says why. ``observed`` and ``expected`` are
    what it is made of: agreement from 0 to 1 as observed and as expected by chance; for alphas
    disagreement.
    """

    value: Floats
    observed: Floats
    expected: Floats
    reason: NDArray[np.object_]


def ratio(part: Floats, whole: Floats) -> Floats:
    """Give part / whole, missing (NaN) where the whole is 0 or missing."""
    shape = np.broadcast(part, whole).shape
    return np.divide(part, whole, out=np.full(shape, np.nan), where=np.nan_to_num(whole) != 0)


def coefficient(
    value: Floats, observed: Floats, expected: Floats, *why: tuple[NDArray[np.bool_], str]
) -> Coefficient:
    """Put a coefficient together; the first of the conditions ``why`` that holds is its reason."""
    reason = np.full(value.shape, "", dtype=object)
    for condition, said in reversed(why):
        reason[condition] = said
    return Coefficient(np.where(reason == "", value, np.nan), observed, expected, reason)


def corrected(observed: Floats, expected: Floats, one: str = ONE_CATEGORY) -> Coefficient:
    """Correct agreement for chance: (observed - expected) / (1 - expected).

    Undefined with the reason ``one`` where chance alone gives full agreement.
    """
    value = ratio(observed - expected, 1 - expected)
    return coefficient(
        value, observed, expected, (np.isnan(observed), NO_PAIR), (expected == 1, one)
    )


def _mean_agreement(ratings: Ratings) -> Floats:
    """Give the mean over units with two ratings or more of the share of pairs that agree."""
    sizes = ratings.sizes
    agreeing = (ratings.patterns * (ratings.patterns - 1)).sum(axis=1)
    pairs = sizes * (sizes - 1)
    paired = np.where(pairs > 0, ratings.units, 0.0)
    return ratio(paired @ (agreeing / np.maximum(pairs, 1)), paired.sum(axis=-1))


def category_shares(ratings: Ratings) -> Floats:
    """Give the share of each category: the mean over units with a rating of the unit's shares."""
    sizes = ratings.sizes[:, None]
    shares = ratings.patterns / np.maximum(sizes, 1)
    rated = np.where(sizes[:, 0] > 0, ratings.units, 0.0)
    return ratio(rated @ shares, rated.sum(axis=-1)[..., None])


def percent_agreement(ratings: Ratings) -> Coefficient:
    """Share of pairs of ratings of a unit that agree, as a mean over units with two or more."""
    observed = _mean_agreement(ratings)
    none = np.zeros_like(observed)
    return coefficient(observed, observed, none, (np.isnan(observed), NO_PAIR))


def fleiss_kappa(ratings: Ratings) -> Coefficient:
    """Fleiss' kappa in Gwet's generalisation to missing ratings (Gwet 2014, chapter 2).

    Expected agreement is the sum of squared category shares; a unit with a single rating counts in
    these shares, but not in the observed agreement. With two coders it is Scott's pi. Of a single
    category (Fleiss 1971): take all other categories as one.
    """
    shares = category_shares(ratings)
    return corrected(_mean_agreement(ratings), (shares**2).sum(axis=-1))


def gwet_ac1(ratings: Ratings) -> Coefficient:
    """Gwet's AC1: expected agreement is sum of share (1 - share) / (categories - 1).

    Where a single category occurs, none is expected by chance however many there were to choose
    from, so AC1 is then the percent agreement.
    """
    shares = category_shares(ratings)
    others = max(len(ratings.categories) - 1, 1)
    return corrected(_mean_agreement(ratings), (shares * (1 - shares)).sum(axis=-1) / others)


def brennan_prediger(ratings: Ratings) -> Coefficient:
    """Brennan and Prediger's kappa: expected agreement is 1 / categories to choose from."""
    observed = _mean_agreement(ratings)
    chance = np.full_like(observed, 1 / max(len(ratings.categories), 1))
    return corrected(observed, chance, ONE_KNOWN)


def _squared_differences(ratings: Ratings, values: Floats, kind: Difference) -> Floats:
    """Give Krippendorff's squared difference for each two categories, given how often each is."""
    if kind == "nominal":
        return 1.0 - np.eye(len(ratings.categories))
    if kind == "ordinal":
        middle = np.cumsum(values, axis=-1) - values / 2
        return np.square(middle[..., :, None] - middle[..., None, :])
    number = np.array(ratings.categories, dtype=float)
    difference = number[:, None] - number[None, :]
    if kind == "ratio":
        difference = np.nan_to_num(ratio(difference, number[:, None] + number[None, :]))
    return np.square(difference)


def krippendorff_alpha(ratings: Ratings, difference: Difference = "nominal") -> Coefficient:
    """Krippendorff's alpha: 1 - observed / expected disagreement of values that have a partner.

    Categories are ordered for the ordinal difference, and numbers for those of intervals and
    ratios. A unit with a single rating does not count.
    """
    sizes = ratings.sizes
    q = len(ratings.categories)
    both = ratings.patterns[:, :, None] * ratings.patterns[:, None, :]
    both -= ratings.patterns[:, :, None] * np.eye(q)
    both /= np.maximum(sizes - 1, 1)[:, None, None]
    paired = np.where(sizes > 1, ratings.units, 0.0)
    coincidences = (paired @ both.reshape(len(both), q * q)).reshape(*paired.shape[:-1], q, q)
    values = paired @ ratings.patterns
    squared = _squared_differences(ratings, values, difference)
    n = values.sum(axis=-1)
    observed = ratio((coincidences * squared).sum(axis=(-1, -2)), n)
    apart = (values[..., :, None] * values[..., None, :] * squared).sum(axis=(-1, -2))
    return alpha(observed, ratio(apart, n * (n - 1)))


def alpha(observed: Floats, expected: Floats) -> Coefficient:
    """Give 1 - observed / expected disagreement; undefined where no difference is expected."""
    value = 1 - ratio(observed, expected)
    return coefficient(
        value, observed, expected, (np.isnan(observed), NO_PAIR), (expected == 0, ONE_CATEGORY)
    )
