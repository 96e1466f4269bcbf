"""Whether what the classifier would apply by itself may be believed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonthread.coded import Mask

CONFIDENCE = 0.95

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Certificate:
    """How many codings would have been applied to judged segments, and how many were right.

    ``precision`` is their share, weighted as the segments are; ``at_least`` is what it is at least,
    with a confidence of 95 %. Both are missing (NaN) where none would have been applied.
    """

    applied: int
    right: int
    precision: float
    at_least: float


def certify(right: Mask, weight: Floats) -> Certificate:
    """Certify codings that would have been applied to segments that were not learned from.

    Goes in: for each such coding whether people gave it too, and how much its segment weighs. With
    equal weights the lower limit is the exact binomial one (Clopper and Pearson 1934): the test that
    precision is at most this is passed just at 5 %. With unequal weights it is the same for as many
    codings as they are worth, (sum of weights)^2 / sum of weights^2 (Korn and Graubard 1998).
    """
    if not len(right):
        return Certificate(0, 0, float("nan"), float("nan"))
    precision = float(np.average(right, weights=weight))
    worth = float(weight.sum() ** 2 / (weight**2).sum())
    return Certificate(
        applied=len(right),
        right=int(right.sum()),
        precision=precision,
        at_least=lower_limit(precision * worth, worth),
    )


def lower_limit(right: float, applied: float) -> float:
    """Give the exact lower limit of a share of which ``right`` of ``applied`` were seen.

    With a confidence of 95 %, on one side (Clopper and Pearson 1934).
    """
    from scipy.special import betaincinv

    if right <= 0:
        return 0.0
    return float(betaincinv(right, applied - right + 1, 1 - CONFIDENCE))
