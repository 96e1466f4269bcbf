"""What people's disagreement leaves open: possible truths of a sample, to draw from.

Nobody knows who is right where coders differ, so this is not settled by a vote. With two readings
of a segment that differ in a code, the chance that it has the code is theta, the same for all
segments of a code and not known: theta ~ Beta(1 + s, 1 + d), where of the segments on which coders
differed and which the team then settled together, s had the code and d did not. So with nothing
settled, the truth may lie anywhere between "none of these" and "all of these", and an interval
reaches over that (a partly identified model with a prior on what is not identified: Gustafson 2005,
Statistical Science 20:111-140). With more than two readings, the odds are theta / (1 - theta) times
those of the readings.

Where only some segments were read twice, a single reading is as good as each of a pair was (double
sampling: Tenenbein 1970, Journal of the American Statistical Association 65:1350-1361). Of those
that gave the code, another reader would have differed in a share d1 ~ Beta(D / 2, B), of those that
did not in a share d0 ~ Beta(D / 2, N), where coders differed on D segments, gave the code both on B
and neither on N; the share is 0 where D is. Such a difference is open in the same way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from commonthread.audit.readings import Readings


def possible_truths(
    readings: Readings, number: int, generator: np.random.Generator
) -> list[NDArray[np.bool_]]:
    """Draw which codes segments have: ``number`` arrays of [code, segment].

    Goes in: readings of segments each of which somebody judged. Comes out a single array where
    people leave nothing open.
    """
    sure = np.where(readings.settled, readings.decided, readings.applied > 0)
    if not (readings.differ & ~readings.settled).any() and not _single_in_doubt(readings).any():
        return [sure]
    return [_possible(readings, sure, generator) for _ in range(number)]


def _possible(
    readings: Readings, sure: NDArray[np.bool_], generator: np.random.Generator
) -> NDArray[np.bool_]:
    differed = readings.differ & readings.settled
    theta = generator.beta(
        1 + (differed & readings.decided).sum(axis=1),
        1 + (differed & ~readings.decided).sum(axis=1),
    )[:, None]
    chance = sure.astype(float)
    # Where all agree it is as they say; where they differ, by theta and how many said so.
    said = theta * readings.applied
    chance = np.where(
        readings.differ,
        said / np.maximum(said + (1 - theta) * (readings.readings - readings.applied), 1e-12),
        chance,
    )
    twice = readings.readings > 1
    differ = readings.differ[:, twice].sum(axis=1)
    both = (readings.applied == readings.readings)[:, twice].sum(axis=1)
    neither = (readings.applied == 0)[:, twice].sum(axis=1)
    lost = _share(differ, both, generator)[:, None] * (1 - theta)
    gained = _share(differ, neither, generator)[:, None] * theta
    single = np.where(sure, 1 - lost, gained)
    chance = np.where(readings.readings == 1, single, chance)
    chance = np.where(readings.settled, readings.decided, chance)
    return generator.random(chance.shape) < chance


def _share(
    differ: NDArray[np.int64], alike: NDArray[np.int64], generator: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the share of single readings that another one would differ from."""
    drawn = generator.beta(np.maximum(differ, 1) / 2, np.maximum(alike, 0.5))
    return np.where(differ == 0, 0.0, drawn)


def _single_in_doubt(readings: Readings) -> NDArray[np.bool_]:
    """Say of each segment whether it was read once while others that were read twice differ."""
    once = (readings.readings == 1) & ~readings.settled
    return once & bool(readings.differ.any())
