"""Intervals by resampling whole transcripts.

Segments of one transcript are alike: the same people speak of the same things, and coders agree on
them more or less. Resampling segments as if each were drawn by itself gives intervals that are far
too narrow. So whole transcripts are drawn, as many as there are, with replacement.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonthread.reliability.ratings import Floats

# With fewer transcripts than this, an interval is called rough.
FEW = 20
# An interval is given where at least this share of the resamples has a value.
DEFINED = 0.95

ONE_TRANSCRIPT = "All of it stands in one transcript, so nothing shows how much transcripts differ."
SELDOM_DEFINED = "It rests on too few of the transcripts: many of the resamples give no figure."
NO_SPREAD = "All transcripts give the same figure, so resampling them shows no spread."


def rough(places: int) -> str:
    """Say that an interval rests on few transcripts."""
    return f"Rough: it rests on {places} transcripts, and with so few it tends to be too narrow."


class Intervals(NamedTuple):
    """For each row an interval, missing (NaN) where there is none, and why or that it is rough."""

    low: Floats
    high: Floats
    note: NDArray[np.object_]


def draws(places: int, resamples: int, seed: int) -> Floats:
    """Draw transcripts with replacement: resamples x places, how often each was drawn.

    There are no resamples of a single transcript.
    """
    if places < 2:
        return np.zeros((0, places))
    generator = np.random.default_rng(seed)
    chances = np.full(places, 1 / places)
    return generator.multinomial(places, chances, size=resamples).astype(float)


def intervals(values: Floats, places: int, level: float = 0.95) -> Intervals:
    """Give percentile intervals of resampled values.

    Goes in: resamples x rows of values, missing (NaN) where a resample gives none, and the number
    of transcripts that were resampled. There is no interval of one transcript, nor where more than
    1 in 20 resamples gives no value, nor where all values are the same, nor without resamples.
    """
    rows = values.shape[1]
    low, high = np.full(rows, np.nan), np.full(rows, np.nan)
    note = np.full(rows, rough(places) if places < FEW else "", dtype=object)
    if places < 2:
        note[:] = ONE_TRANSCRIPT
        return Intervals(low, high, note)
    if not len(values):
        note[:] = ""
        return Intervals(low, high, note)
    ordered = np.sort(values, axis=0)
    defined = np.count_nonzero(~np.isnan(ordered), axis=0)
    seldom = defined < DEFINED * len(values)
    note[seldom] = SELDOM_DEFINED
    last = np.maximum(defined - 1, 0)
    column = np.arange(rows)
    same = ~seldom & (ordered[last, column] - ordered[0] < 1e-12)
    note[same] = NO_SPREAD
    given = ~seldom & ~same
    for ends, share in ((low, (1 - level) / 2), (high, (1 + level) / 2)):
        # Linear between the two values next to the share, among those that there are.
        at = share * last
        below = np.floor(at).astype(int)
        above = np.minimum(below + 1, last)
        start, end = ordered[below, column], ordered[above, column]
        ends[given] = (start + (at - below) * (end - start))[given]
    return Intervals(low, high, note)
