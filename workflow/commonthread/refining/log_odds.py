"""How much more one group of segments uses a word than another: log-odds with a prior."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class LogOdds(NamedTuple):
    """Of each word: the difference of its log-odds in the two groups, and that in standard errors."""

    delta: NDArray[np.float64]
    z: NDArray[np.float64]


def prior(background: ArrayLike, strength: float) -> NDArray[np.float64]:
    """Share out ``strength`` imagined uses over words, in proportion to their use in all."""
    counts = np.asarray(background, dtype=float)
    return counts * (strength / counts.sum()) if counts.sum() else counts


def log_odds(first: ArrayLike, second: ArrayLike, alpha: ArrayLike) -> LogOdds:
    """Compare the words of two groups (Monroe, Colaresi and Quinn 2008, Fightin' Words).

    Goes in: for each word its count ``a`` in the first group, its count ``b`` in the second, and
    its part ``alpha`` (above 0) of an informative Dirichlet prior. With n_a, n_b and alpha_0, their
    sums, delta = log((a + alpha) / (n_a + alpha_0 - a - alpha))
    - log((b + alpha) / (n_b + alpha_0 - b - alpha)), of variance
    1 / (a + alpha) + 1 / (b + alpha); z is delta / its square root. Above 0 the first group uses
    the word more. Missing (NaN) where a group has no other word.
    """
    alpha = np.asarray(alpha, dtype=float)
    odds, variance = [], []
    for counts in (np.asarray(first, dtype=float), np.asarray(second, dtype=float)):
        own = counts + alpha
        others = own.sum() - own
        odds.append(np.log(np.divide(own, others, out=np.full_like(own, np.nan), where=others > 0)))
        variance.append(1 / own)
    delta = odds[0] - odds[1]
    return LogOdds(delta, delta / np.sqrt(variance[0] + variance[1]))
