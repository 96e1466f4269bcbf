"""How many segments of the study each judged segment stands for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from commonthread.coded import Mask

_ROUNDS = 100

Floats = NDArray[np.float64]


def standing_for(has: Mask, drawn: Mask) -> Floats:
    """Give each judged segment a weight, 1 in the mean.

    Where people also judged segments that were chosen because they may have some code, these codes
    look too frequent. The weights give each code the share that it has among the segments that were
    drawn ((with it + 1/2) / (all + 1), as a rare code may happen to be in none), by raking over the
    codes (Deming and Stephan 1940). With no segment drawn, or none chosen, all weigh the same.

    Goes in: segments x codes; which segments were drawn.
    """
    weight = np.ones(len(has))
    if drawn.all() or not drawn.any():
        return weight
    share = (has[drawn].sum(axis=0) + 0.5) / (drawn.sum() + 1)
    codes = np.flatnonzero(has.any(axis=0) & ~has.all(axis=0)).tolist()
    for _ in range(_ROUNDS):
        for code in codes:
            own = has[:, code]
            now = weight[own].sum() / weight.sum()
            weight[own] *= share[code] / now * (1 - now) / (1 - share[code])
        weight /= weight.mean()
    return weight
