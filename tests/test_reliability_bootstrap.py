"""Tests of intervals from resampling transcripts, with a simulation of how often they are right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from commonthread.reliability.bootstrap import (
    FEW,
    NO_SPREAD,
    ONE_TRANSCRIPT,
    SELDOM_DEFINED,
    draws,
    intervals,
    rough,
)
from commonthread.reliability.coefficients import krippendorff_alpha
from commonthread.reliability.ratings import Floats, Ratings

# Two coders and one code: how many of them did not and did apply it.
PATTERNS = np.array([[0, 2], [1, 1], [2, 0]], dtype=float)
SIMULATIONS = 500


def alpha(units: Floats) -> Floats:
    return krippendorff_alpha(Ratings((False, True), PATTERNS, units)).value


def chances(generator: np.random.Generator, *shape: int) -> Floats:
    """Give for transcripts how likely each pattern is there.

    Transcripts differ in how often the code fits (25 % on average) and in how often a coder errs
    (15 % on average), each coder apart from the other.
    """
    fits = generator.beta(1, 3, size=shape)
    errs = generator.beta(0.6, 3.4, size=shape)
    both = fits * (1 - errs) ** 2 + (1 - fits) * errs**2
    neither = fits * errs**2 + (1 - fits) * (1 - errs) ** 2
    return np.stack([both, 1 - both - neither, neither], axis=-1)


def coverage(transcripts: int, segments: int) -> tuple[float, float]:
    """Give how often 95 % intervals hold the true alpha: by transcripts, and by segments."""
    generator = np.random.default_rng(20)
    truth = alpha(chances(generator, 500_000).mean(axis=0) * 1e12)
    counts = generator.multinomial(
        segments // transcripts, chances(generator, SIMULATIONS, transcripts)
    ).astype(float)

    times = draws(transcripts, 400, seed=1)
    by_transcript = alpha(np.tensordot(times, counts, axes=(1, 1)))
    total = counts.sum(axis=1)
    drawn = generator.multinomial(segments, total / segments, size=(400, SIMULATIONS))
    by_segment = alpha(drawn.astype(float))

    def right(values: Floats, places: int) -> float:
        found = intervals(values, places)
        return float(np.mean((found.low <= truth) & (truth <= found.high)))

    return right(by_transcript, transcripts), right(by_segment, segments)


def test_resampling_transcripts_is_right_where_resampling_segments_is_not() -> None:
    transcripts, segments = coverage(transcripts=10, segments=400)
    assert transcripts >= 0.85
    assert segments < 0.7


def test_with_few_transcripts_intervals_are_too_narrow_as_they_say() -> None:
    few, _ = coverage(transcripts=4, segments=400)
    enough, _ = coverage(transcripts=2 * FEW, segments=400)
    assert few < 0.85
    assert enough > 0.9
    assert intervals(np.random.default_rng(1).random((100, 1)), 4).note[0] == rough(4)
    assert intervals(np.random.default_rng(1).random((100, 1)), FEW).note[0] == ""


def test_as_many_transcripts_are_drawn_as_there_are() -> None:
    drawn = draws(7, 3000, seed=4)
    assert drawn.shape == (3000, 7)
    assert (drawn.sum(axis=1) == 7).all()
    assert drawn.mean(axis=0) == pytest.approx(np.ones(7), abs=0.1)
    # How often a transcript is left out altogether: (6/7)^7.
    assert (drawn == 0).mean() == pytest.approx((6 / 7) ** 7, abs=0.02)
    np.testing.assert_array_equal(draws(7, 3000, seed=4), drawn)
    assert draws(1, 3000, seed=4).shape == (0, 1)
    assert draws(0, 3000, seed=4).shape == (0, 0)


def test_ends_are_percentiles_of_what_is_defined() -> None:
    values = np.random.default_rng(3).normal(size=(400, 2))
    values[:15, 1] = np.nan
    found = intervals(values, FEW)
    for place, column in enumerate((values[:, 0], values[15:, 1])):
        assert found.low[place] == pytest.approx(np.percentile(column, 2.5))
        assert found.high[place] == pytest.approx(np.percentile(column, 97.5))
    assert found.note.tolist() == ["", ""]
    narrower = intervals(values, FEW, level=0.5)
    assert narrower.low[0] == pytest.approx(np.percentile(values[:, 0], 25))


def test_no_interval_where_resampling_cannot_tell() -> None:
    varied = np.linspace(0, 1, 100)[:, None]
    seldom = varied.copy()
    seldom[:6] = np.nan
    same = np.full((100, 1), 0.1 + 0.2)
    never = np.full((100, 1), np.nan)
    cases: list[tuple[Any, int, str]] = [
        (varied, 1, ONE_TRANSCRIPT),
        (np.zeros((0, 1)), 1, ONE_TRANSCRIPT),
        (seldom, FEW, SELDOM_DEFINED),
        (never, FEW, SELDOM_DEFINED),
        (same, FEW, NO_SPREAD),
        (np.zeros((0, 1)), FEW, ""),
    ]
    for values, places, note in cases:
        found = intervals(values, places)
        assert np.isnan(found.low[0]) and np.isnan(found.high[0])
        assert found.note.tolist() == [note]
