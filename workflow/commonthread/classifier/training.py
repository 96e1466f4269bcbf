"""One logistic regression a code, and the scores it gives to sources that it did not learn from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonthread.coded import Counts, Mask

# Weak regularisation; positives and negatives weigh the same in all ("balanced").
_COST = 5.0
_TOLERANCE = 1e-2
_MOST_ROUNDS = 1000
# The solver takes segments in a random order, which has to be the same on each run.
_SEED = 0
FOLDS = 5

Floats = NDArray[np.float64]


def train(features: Any, has: Mask) -> tuple[Floats, Floats]:
    """Learn codes: weights (codes x features) and a constant for each code.

    Goes in: segments x features (sparse), segments x codes. Each code needs a segment with and one
    without it. Same inputs in the same order, same weights to the last bit: the solver (dual
    coordinate descent, Hsieh et al. 2008) works on one core and with a fixed seed.
    """
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((has.shape[1], features.shape[1]))
    constants = np.zeros(has.shape[1])
    for code in range(has.shape[1]):
        model = LogisticRegression(
            C=_COST,
            class_weight="balanced",
            solver="liblinear",
            dual=True,
            tol=_TOLERANCE,
            max_iter=_MOST_ROUNDS,
            random_state=_SEED,
        )
        model.fit(features, has[:, code])
        weights[code] = model.coef_[0]
        constants[code] = model.intercept_[0]
    return weights, constants


def scores(features: Any, weights: Floats, constants: Floats) -> Floats:
    """Give segments x codes: above 0 where a code is likelier than not, as it was trained."""
    return np.asarray(features @ weights.T + constants)


def folds(source: Counts) -> Counts:
    """Put whole sources into up to five groups of about the same number of segments.

    Goes in: the number of each segment's source. The largest source is put first, each into the
    group that has the fewest segments so far; there are no more groups than sources.
    """
    names, sizes = np.unique(source, return_counts=True)
    filled = np.zeros(min(FOLDS, max(len(names), 1)), dtype=np.int64)
    group_of = np.zeros(len(names), dtype=np.int64)
    for place in np.argsort(-sizes, kind="stable").tolist():
        group = int(np.argmin(filled))
        group_of[place] = group
        filled[group] += sizes[place]
    return group_of[np.searchsorted(names, source)]


def out_of_fold(features: Any, has: Mask, group: Counts) -> Floats:
    """Score each segment by what was learned from the other groups of sources.

    Goes in: segments x features, segments x codes, the group of each segment. Each code has to be
    in, and be missing from, some segment outside each group.
    """
    found = np.zeros(has.shape)
    for number in np.unique(group).tolist():
        out = group == number
        weights, constants = train(features[~out], has[~out])
        found[out] = scores(features[out], weights, constants)
    return found
