"""Tests of which codes come together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from commonthread.cooccurrence import cooccurrence
from small_study import coded, row, study


def test_pairs_are_counted_with_the_codes_below() -> None:
    made = cooccurrence(coded())
    pair = row(made, code_a="power", code_b="challenge")
    assert pair["kind"] == "theme and aspect"
    assert (pair["segments_a"], pair["segments_b"], pair["segments_both"]) == (7, 6, 4)
    assert pair["of_segments"] == 13
    assert pair["jaccard"] == pytest.approx(4 / 9)
    # Pearson's correlation of the two columns of yes and no.
    a = np.array([1] * 7 + [0] * 6)
    b = np.array([1] * 4 + [0] * 3 + [1] * 2 + [0] * 4)
    assert pair["phi"] == pytest.approx(np.corrcoef(a, b)[0, 1])


def test_a_code_and_one_above_it_are_no_pair() -> None:
    made = cooccurrence(coded())
    pairs = set(zip(made["code_a"], made["code_b"], strict=True))
    assert ("power_hidden", "decides") not in pairs
    assert ("payment", "power_hidden") in pairs
    assert ("decides", "dominant") in pairs
    assert set(made["kind"]) == {"themes", "codes", "theme and aspect", "code and aspect"}
    assert not made.duplicated(["code_a", "code_b"]).any()


def test_what_is_undefined_is_missing() -> None:
    nobody = coded(codings=study()["codings"].head(0))
    assert cooccurrence(nobody)[["jaccard", "phi"]].isna().all().all()
    segments = study()["segments"].head(1)
    both = study()["codings"].head(2)
    made = row(
        cooccurrence(coded(segments=segments, codings=both)), code_a="decides", code_b="challenge"
    )
    # All segments have both: they overlap wholly, but a correlation needs some without.
    assert made["jaccard"] == 1.0
    assert np.isnan(made["phi"])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sets(st.sampled_from(["payment", "decides", "dominant", "challenge"])), max_size=13)
)
def test_counts_are_those_of_plain_counting(sets: list[set[str]]) -> None:
    segments, base = study()["segments"].head(len(sets)), study()["codings"].head(1)
    ids = segments["segment_id"].tolist()
    codings = pd.concat(
        [
            base.head(0),
            *(base.assign(segment_id=ids[n], code_id=c) for n, s in enumerate(sets) for c in s),
        ]
    )
    made = cooccurrence(coded(segments=segments, codings=codings))
    for pair in made[made["kind"] == "codes"].to_dict("records"):
        if "power_hidden" in (pair["code_a"], pair["code_b"]):
            continue
        a = sum(pair["code_a"] in s for s in sets)
        b = sum(pair["code_b"] in s for s in sets)
        both = sum({pair["code_a"], pair["code_b"]} <= s for s in sets)
        assert (pair["segments_a"], pair["segments_b"], pair["segments_both"]) == (a, b, both)
    assert made["jaccard"].dropna().between(0, 1).all()
    assert made["phi"].dropna().between(-1, 1).all()
    mixed = coded(segments=segments.iloc[::-1], codings=codings.iloc[::-1])
    assert_frame_equal(cooccurrence(mixed), made)
