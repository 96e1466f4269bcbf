"""How many segments of the study each judged segment stands for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from commonthread.coded import Mask

_ROUNDS = 100
_AS_IF = 10

Floats = NDArray[np.float64]


def standing_for(has: Mask, drawn: Mask) -> Floats:
    """Give each judged segment a weight, 1 in the mean.

    Where people also judged segments that were chosen because they may have some code, these codes
    look too frequent. The weights give each code the share that it has among the segments that were
    drawn, by raking over the codes (Deming and Stephan 1940). As few drawn ones tell little of a
    rare code, that share is taken as if ten more had been drawn, with the code as often as among all
    that were judged. With no segment drawn, or none chosen, all weigh the same.

    Goes in: segments x codes; which segments were drawn.
    """
    weight = np.ones(len(has))
    if drawn.all() or not drawn.any():
        return weight
    share = (has[drawn].sum(axis=0) + _AS_IF * has.mean(axis=0)) / (drawn.sum() + _AS_IF)
    codes = np.flatnonzero(has.any(axis=0) & ~has.all(axis=0)).tolist()
    for _ in range(_ROUNDS):
        for code in codes:
            own = has[:, code]
            now = weight[own].sum() / weight.sum()
            weight[own] *= share[code] / now * (1 - now) / (1 - share[code])
        weight /= weight.mean()
    return weight
