"""Judgements of codes counted by pattern, for each code and transcript.

Of a code that was applied or not, a unit's pattern is all that a coefficient asks for: how many
judged it and how many of them applied the code, or between two sides which of them did. There are
few patterns, so they are counted once; resampling transcripts then only adds up counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonthread.reliability.comparisons import Comparison
from commonthread.reliability.judged import Judged, Mask
from commonthread.reliability.ratings import Counts, Floats

# Between two sides: what the first and the second did, as (did not, did) apply the code.
_FOUR = np.array([[0, 2], [1, 1], [1, 1], [2, 0]], dtype=float)


@dataclass(frozen=True)
class Shared:
    """The segments that a comparison rests on: at least two coders judged them, in a comparison of
    two sides at least one of each.

    ``units`` are their numbers; ``place`` is the number of the transcript of each, from 0 to below
    ``places``, counting only transcripts that have such segments.
    """

    units: Counts
    place: Counts
    places: int


def shared(judged: Judged, comparison: Comparison) -> Shared:
    """Find the segments that a comparison rests on."""
    ones = judged.judged[list(comparison.ones)].sum(axis=0)
    if comparison.others:
        enough = (ones > 0) & judged.judged[list(comparison.others)].any(axis=0)
    else:
        enough = ones > 1
    units = np.flatnonzero(enough)
    sources, place = np.unique(judged.source[units], return_inverse=True)
    return Shared(units, place, len(sources))


@dataclass(frozen=True)
class Tally:
    """Units counted by row (code), transcript and pattern.

    ``counts[row, place, pattern]`` units; ``patterns[pattern]`` says how many coders did not and
    did apply the code. Where two sides are compared, the four patterns are both, first only, second
    only and neither; a side of several coders counts by their share, so that counts need not be
    whole. ``with_code`` and ``without_code`` say for each row how many units have a coder who
    applied the code, and one who did not.
    """

    patterns: Floats
    counts: Floats
    with_code: Counts
    without_code: Counts


def tally(judged: Judged, has: Mask, comparison: Comparison, on: Shared) -> Tally:
    """Count a comparison.

    Goes in: ``has[coder, code, segment]``, whether the coder applied the code.
    """
    if comparison.others:
        return _between(judged, has, comparison, on)
    return _among(judged, has, comparison, on)


def _how_many(of: Mask, coders: tuple[int, ...], on: Shared) -> Counts:
    """Count the coders for whom ``of[coder, segment]`` holds."""
    count = np.zeros(len(on.units), dtype=np.int64)
    for coder in coders:
        count += of[coder][on.units]
    return count


def _among(judged: Judged, has: Mask, comparison: Comparison, on: Shared) -> Tally:
    rows, coders = has.shape[1], comparison.ones
    # The patterns of m coders stand after those of fewer: none of them applied it, one did, ...
    sizes = [m for m in range(2, len(coders) + 1) for _ in range(m + 1)]
    times = [k for m in range(2, len(coders) + 1) for k in range(m + 1)]
    patterns = np.array([(m - k, k) for m, k in zip(sizes, times, strict=True)], dtype=float)
    m = _how_many(judged.judged, coders, on)
    begins = (m + 1) * m // 2 - 3
    counts = np.zeros((rows, on.places * len(patterns)))
    with_code, without_code = np.zeros((2, rows), dtype=np.int64)
    for row in range(rows):
        k = _how_many(has[:, row], coders, on)
        cell = on.place * len(patterns) + begins + k
        counts[row] = np.bincount(cell, minlength=counts.shape[1])
        with_code[row], without_code[row] = np.count_nonzero(k), np.count_nonzero(k < m)
    return Tally(patterns, counts.reshape(rows, on.places, len(patterns)), with_code, without_code)


def _between(judged: Judged, has: Mask, comparison: Comparison, on: Shared) -> Tally:
    rows = has.shape[1]
    counts = np.zeros((rows, on.places, 4))
    with_code, without_code = np.zeros((2, rows), dtype=np.int64)
    sides = [
        (coders, _how_many(judged.judged, coders, on))
        for coders in (comparison.ones, comparison.others)
    ]
    for row in range(rows):
        one, other = (_how_many(has[:, row], coders, on) / size for coders, size in sides)
        cells = (one * other, one * (1 - other), (1 - one) * other, (1 - one) * (1 - other))
        for cell, weights in enumerate(cells):
            counts[row, :, cell] = np.bincount(on.place, weights=weights, minlength=on.places)
        with_code[row] = np.count_nonzero(one + other)
        without_code[row] = np.count_nonzero(one * other < 1)
    return Tally(_FOUR, counts, with_code, without_code)


def pooled(counted: Tally, rows: Mask) -> Tally:
    """Add up the rows of some codes that were applied at all: their decisions, as one row.

    Codes that nobody applied are left out: each would add agreement that nobody doubts.
    ``with_code`` and ``without_code`` are then decisions: a segment and a code each.
    """
    used = rows & (counted.with_code > 0)
    return Tally(
        patterns=counted.patterns,
        counts=counted.counts[used].sum(axis=0, keepdims=True),
        with_code=counted.with_code[used].sum(keepdims=True),
        without_code=counted.without_code[used].sum(keepdims=True),
    )


def stacked(*tallies: Tally) -> Tally:
    """Put the rows of tallies of one comparison below each other."""
    return Tally(
        patterns=tallies[0].patterns,
        counts=np.concatenate([one.counts for one in tallies]),
        with_code=np.concatenate([one.with_code for one in tallies]),
        without_code=np.concatenate([one.without_code for one in tallies]),
    )
