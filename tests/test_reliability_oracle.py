"""Krippendorff's alpha against another implementation, on random ratings with missing ones."""

from __future__ import annotations

from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.reliability.coefficients import Difference, krippendorff_alpha
from commonthread.reliability.ratings import number_ratings, ratings_of


@st.composite
def ratings(draw: st.DrawFn) -> list[list[float]]:
    """Give units x coders of up to five categories, a varying share of them missing."""
    coders, units = draw(st.integers(2, 6)), draw(st.integers(1, 40))
    categories = draw(st.integers(1, 5))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    drawn = generator.integers(1, categories + 1, size=(units, coders)).astype(float)
    # Coders who often say the same, so that all strengths of agreement come up.
    same = generator.random((units, 1)) < draw(st.floats(0, 1))
    drawn = np.where(same, drawn[:, :1], drawn)
    drawn[generator.random((units, coders)) < draw(st.floats(0, 0.9))] = np.nan
    found: list[list[float]] = drawn.tolist()
    return found


@pytest.mark.parametrize("difference", ["nominal", "ordinal", "interval", "ratio"])
@settings(max_examples=150, deadline=None)
@given(rows=ratings())
def test_alpha_is_that_of_another_implementation(difference: Difference, rows: Any) -> None:
    found = krippendorff_alpha(ratings_of(rows), difference)
    numbers, _ = number_ratings(rows)
    paired = numbers[(numbers >= 0).sum(axis=1) > 1]
    if len(np.unique(paired[paired >= 0])) < 2:
        # The other one refuses or gives 1 where nothing can be told from chance.
        assert np.isnan(found.value)
        assert found.reason.item()
        return
    data = np.array(rows).T
    # Where a category is left without a partner, the other one needs all of them by name.
    domain = sorted({value for value in data.ravel().tolist() if value == value})
    other = krippendorff.alpha(data, value_domain=domain, level_of_measurement=difference)
    assert found.value == pytest.approx(other, abs=1e-9)
