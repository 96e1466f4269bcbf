"""Standard errors as published with worked examples (Gwet 2014), for units drawn one by one.

They take units for independent of each other. Segments of one transcript are not, so the tables of
findings resample transcripts instead. An error is missing (NaN) where its coefficient is undefined
or where there are fewer than two units.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from commonthread.reliability import by_coder, coefficients
from commonthread.reliability.coefficients import Coefficient, category_shares
from commonthread.reliability.ratings import Counts, Floats, Ratings, count_ratings


def percent_agreement(ratings: Ratings) -> float:
    """Give the standard error of the percent agreement."""
    return _linear(ratings, coefficients.percent_agreement(ratings), np.zeros(len(ratings.units)))


def brennan_prediger(ratings: Ratings) -> float:
    """Give the standard error of Brennan and Prediger's kappa."""
    found = coefficients.brennan_prediger(ratings)
    return _linear(ratings, found, np.full(len(ratings.units), float(found.expected)))


def fleiss_kappa(ratings: Ratings) -> float:
    """Give the standard error of Fleiss' kappa."""
    by_chance = _shares(ratings) @ category_shares(ratings)
    return _linear(ratings, coefficients.fleiss_kappa(ratings), by_chance)


def gwet_ac1(ratings: Ratings) -> float:
    """Give the standard error of Gwet's AC1."""
    others = max(len(ratings.categories) - 1, 1)
    by_chance = _shares(ratings) @ (1 - category_shares(ratings)) / others
    return _linear(ratings, coefficients.gwet_ac1(ratings), by_chance)


def conger_kappa(numbers: Counts, categories: int) -> float:
    """Give the standard error of Conger's kappa; of Cohen's where two coders rated all units.

    Goes in what ``by_coder.conger_kappa`` takes; each unit has a rating.
    """
    ratings = count_ratings(numbers, range(categories))
    units, coders = numbers.shape
    own = by_coder.coder_shares(numbers, categories)
    others = own.sum(axis=0) - own
    rated = (numbers >= 0).sum(axis=0)
    by_chance = np.zeros(units)
    for coder in range(coders):
        given = numbers[:, coder, None] == np.arange(categories)
        missing = (numbers[:, coder] >= 0) - rated[coder] / units
        part = (given - missing[:, None] * own[coder]) @ others[coder]
        by_chance += part * units / rated[coder] / (coders * (coders - 1))
    return _linear(ratings, by_coder.conger_kappa(numbers, categories), by_chance)


def krippendorff_alpha(ratings: Ratings) -> float:
    """Give the standard error of nominal alpha: of its form without the small-sample correction."""
    paired = ratings.sizes > 1
    ratings = replace(ratings, patterns=ratings.patterns[paired], units=ratings.units[paired])
    sizes, units = ratings.sizes, ratings.units
    if not len(units):
        return math.nan
    mean = (units @ sizes) / units.sum()
    uneven = (sizes - mean) / mean
    agreeing = _pairs_agreeing(ratings) * sizes / mean
    shares = units @ (ratings.patterns / mean) / units.sum()
    observed, expected = (units @ agreeing) / units.sum(), (shares**2).sum()
    if expected == 1:
        return math.nan
    # The small-sample correction of the observed agreement, as in the point estimate.
    values = units @ sizes
    corrected = observed * (1 - 1 / values) + 1 / values
    value = (observed - expected) / (1 - expected)
    influence = (agreeing - corrected * uneven - expected) / (1 - expected)
    by_chance = ratings.patterns @ shares / mean - expected * uneven
    influence -= 2 * (1 - value) * (by_chance - expected) / (1 - expected)
    return _spread(influence, units, value)


def _shares(ratings: Ratings) -> Floats:
    """Give the share of each category by pattern, 0 without a rating."""
    return ratings.patterns / np.maximum(ratings.sizes, 1)[:, None]


def _pairs_agreeing(ratings: Ratings) -> Floats:
    """Give the share of pairs of ratings that agree by pattern, 0 without a pair."""
    pairs = ratings.sizes * (ratings.sizes - 1)
    return (ratings.patterns * (ratings.patterns - 1)).sum(axis=1) / np.maximum(pairs, 1)


def _linear(ratings: Ratings, found: Coefficient, by_chance: Floats) -> float:
    """Linearise (observed - expected) / (1 - expected).

    ``by_chance`` is the part of each pattern in the expected agreement.
    """
    if found.reason.item():
        return math.nan
    expected, value = float(found.expected), float(found.value)
    rated, paired = ratings.sizes > 0, ratings.sizes > 1
    weight = ratings.units[rated].sum() / ratings.units[paired].sum()
    influence = weight * (_pairs_agreeing(ratings) - expected * paired) / (1 - expected)
    influence -= 2 * (1 - value) * (by_chance - expected) / (1 - expected)
    return _spread(influence[rated], ratings.units[rated], value)


def _spread(influence: Floats, units: Floats, value: float) -> float:
    """Give the standard error of a mean from the parts of units in it."""
    n = units.sum()
    if n < 2:
        return math.nan
    return math.sqrt((units * (influence - value) ** 2).sum() / (n * (n - 1)))
