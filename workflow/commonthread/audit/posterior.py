"""Draws shares of a whole from a sample of it, by a hierarchical beta-binomial model on a grid.

In each domain d (such as a workshop) and stratum, k of n segments that were checked have a code:
k ~ Binomial(n, p_d), p_d ~ Beta(mu kappa, (1 - mu) kappa). mu has Jeffreys' prior on a grid of
logits, log kappa a uniform one between the logarithms of 0.7 and 200. So domains in which few
segments were checked lean on the others, the more so the more alike these are (Gelman et al.,
Bayesian Data Analysis, 3rd ed., section 5.3). No chain of draws has to settle: mu and kappa are
integrated over the grid, and the draws are independent. A single domain has nothing to lean on:
there p itself has Jeffreys' prior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_LOGITS = np.linspace(-9.0, 9.0, 37)
_KAPPAS = np.geomspace(0.7, 200.0, 8)


@dataclass(frozen=True)
class Tallies:
    """What was checked of a stratum, by code and domain: arrays of [code, domain].

    ``positive`` of ``checked`` segments have the code; both may be fractions, where weights make a
    sample count as a smaller one. ``unseen`` is the number of segments of the stratum that nobody
    checked.
    """

    positive: Numbers
    checked: Numbers
    unseen: NDArray[np.int64]


def draw_unseen(tallies: Tallies, draws: int, generator: np.random.Generator) -> Numbers:
    """Draw how many of the unseen segments have the code: an array of [draw, code, domain].

    Domains of one draw belong together: they share the draw of mu and kappa.
    """
    codes, domains = tallies.checked.shape
    if domains == 1:
        before = after = np.full((draws, codes, 1), 0.5)
    else:
        means, spread = _grid()
        first, second = means * spread, (1 - means) * spread
        points = _systematic(_weights(tallies, first, second), draws, generator)[..., None]
        before, after = first[points], second[points]
    # [draw, code, 1] beside [code, domain].
    positive = tallies.positive + before
    negative = tallies.checked - tallies.positive + after
    return generator.binomial(tallies.unseen, generator.beta(positive, negative)).astype(float)


def _grid() -> tuple[Numbers, Numbers]:
    """Give mu and kappa of each point of the grid."""
    means, spread = np.meshgrid(1 / (1 + np.exp(-_LOGITS)), _KAPPAS, indexing="ij")
    return means.ravel(), spread.ravel()


def _weights(tallies: Tallies, positive: Numbers, negative: Numbers) -> Numbers:
    """Give the posterior weight of each point of the grid: an array of [code, point]."""
    from scipy.special import gammaln

    means = positive / (positive + negative)
    # Jeffreys' density of mu, times the width that a step of the logit has there.
    log = np.full((len(tallies.checked), len(means)), 0.5 * np.log(means * (1 - means)))
    own = gammaln(positive) + gammaln(negative) - gammaln(positive + negative)
    for domain in range(tallies.checked.shape[1]):
        has = tallies.positive[:, domain, None]
        of = tallies.checked[:, domain, None]
        log += gammaln(has + positive) + gammaln(of - has + negative)
        log -= gammaln(of + positive + negative) + own
    weights = np.exp(log - log.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def _systematic(weights: Numbers, draws: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Draw points of the grid: an array of [draw, code].

    One random start and even steps: with as many draws, less noise than drawing each by itself. The
    order is mixed, since the draws of two strata are added up.
    """
    bounds = weights.cumsum(axis=1)
    steps = (generator.random(len(weights))[:, None] + np.arange(draws)) / draws
    points = np.array(
        [np.searchsorted(bound, step) for bound, step in zip(bounds, steps, strict=True)]
    )
    points = np.minimum(points, weights.shape[1] - 1)
    return generator.permuted(points, axis=1).T
