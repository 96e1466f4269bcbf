"""Whether new codes still come up."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.coded import CodedSegments
from commonthread.refining.saturation import Saturation, new_codes, saturation
from commonthread.tables import check_table
from small_study import coded, row, study


def test_the_worked_example() -> None:
    """New codes in eight interviews; the arithmetic of Guest, Namey and Chen 2020."""
    own = Saturation(base=4, run=2, new=np.array([12, 5, 3, 2, 1, 0, 1, 0]))
    assert own.base_codes == 22
    assert own.run_new.tolist() == [1, 1, 1]
    assert own.information[0] == pytest.approx(0.045454545454545456, abs=1e-9)
    assert own.reached(0.05) == 4
    assert own.reached(0.0) is None


def test_runs_overlap_and_the_base_can_be_larger() -> None:
    own = Saturation(base=5, run=3, new=np.array([4, 2, 0, 1, 1, 2, 0, 0, 0, 1]))
    assert own.base_codes == 8
    assert own.run_new.tolist() == [2, 0, 1]
    assert own.information.tolist() == [0.25, 0.0, 0.125]
    assert own.reached(0.0) == own.reached(0.05) == 6


def test_a_base_without_codes_has_no_information() -> None:
    own = Saturation(base=2, run=1, new=np.array([0, 0, 3]))
    assert np.isnan(own.information).all()
    assert own.reached(0.05) is None


def test_too_few_units_have_no_runs() -> None:
    own = Saturation(base=4, run=2, new=np.array([3, 1]))
    assert len(own.run_new) == len(own.information) == 0
    assert own.reached(1.0) is None


@given(st.lists(st.sets(st.integers(0, 8)), max_size=8))
def test_new_codes_are_those_that_nobody_had_before(units: list[set[int]]) -> None:
    has = np.array([[code in unit for code in range(9)] for unit in units], dtype=bool)
    seen: set[int] = set()
    expected = []
    for unit in units:
        expected.append(len(unit - seen))
        seen |= unit
    assert new_codes(has.reshape(-1, 9)).tolist() == expected


def in_workshops(*codes: str, dates: tuple[str, ...] = ()) -> tuple[CodedSegments, pd.DataFrame]:
    """Give a study with a segment in each of several workshops, with these codes."""
    base = study()
    ids = [f"w{number}" for number in range(len(codes))]
    segments = pd.concat([base["segments"].head(1)] * len(codes), ignore_index=True).assign(
        segment_id=ids, workshop_id=ids, source_id=ids, participant_id="Researcher 1"
    )
    codings = [
        base["codings"].head(1).assign(segment_id=segment, code_id=code)
        for segment, own in zip(ids, codes, strict=True)
        for code in own.split()
    ]
    workshops = pd.DataFrame(
        {"workshop_id": ids, "workshop": ids, "date": dates or [""] * len(ids)}
    )
    return (
        coded(segments=segments, codings=pd.concat(codings), workshops=workshops),
        workshops,
    )


def steps(*codes: str, dates: tuple[str, ...] = (), **how: Any) -> pd.DataFrame:
    made = saturation(*in_workshops(*codes, dates=dates), **how)[0]
    return check_table(made, "saturation")


CODES = ("payment", "decides payment", "dominant", "", "power_hidden challenge", "decides")


def test_aspects_are_no_new_codes_and_a_code_counts_as_it_was_applied() -> None:
    made = steps(*CODES)
    assert made["new_codes"].tolist() == [1, 1, 1, 0, 1, 0]
    assert made["codes"].tolist() == [1, 2, 3, 3, 4, 4]
    last = row(made, position=6)
    assert (last["run_new"], last["new_information"]) == (1, pytest.approx(1 / 3))
    assert made["run_new"].isna().tolist() == [True] * 5 + [False]


def test_the_band_is_what_all_orders_give() -> None:
    made = steps(*CODES, base=3, run=2)
    sets = [set(own.replace("challenge", "").split()) for own in CODES]
    found = []
    for order in permutations(sets):
        base = set().union(*order[:3])
        found.append(len(set().union(*order[3:5]) - base) / len(base))
    low, high = np.percentile(found, [2.5, 97.5])
    first = row(made, position=5)
    assert first["new_information_low"] == pytest.approx(low)
    assert first["new_information_high"] == pytest.approx(high)


def test_reached_says_after_how_many_and_in_what_share_of_orders() -> None:
    same = in_workshops(*["payment"] * 4)
    made = check_table(saturation(*same, base=2, run=1)[1], "saturation_reached")
    assert made["reached_after"].tolist() == [2, 2]
    assert made["share_of_orders"].tolist() == [1.0, 1.0]
    assert (made["reason"] == "").all()


def test_where_it_cannot_be_told_the_reason_stands_there() -> None:
    made = saturation(*in_workshops("payment", "decides"))[1]
    assert made["reached_after"].isna().all()
    assert made["share_of_orders"].isna().all()
    assert set(made["reason"]) == {"Of workshops there are 2; a base of 4 and a run of 2 need 6."}
    bare = saturation(*in_workshops("challenge", "challenge", "decides"), base=2, run=1)[1]
    assert set(bare["reason"]) == {"No code comes up in the first 2 workshops."}


def test_workshops_go_by_date_where_all_have_one() -> None:
    dates = ("2026-03-01", "1 February 2026", "2026-01-05")
    assert steps("payment", "decides", "dominant", dates=dates)["unit_id"].tolist() == [
        "w2",
        "w1",
        "w0",
    ]
    some = ("2026-03-01", "", "2026-01-05")
    assert steps("payment", "decides", "dominant", dates=some)["unit_id"].tolist() == [
        "w0",
        "w1",
        "w2",
    ]


def test_sources_and_people_go_in_the_order_in_which_they_come_up() -> None:
    frames = study()
    by_source = saturation(coded(), frames["workshops"], "source", base=1, run=1)[0]
    assert by_source["unit_id"].tolist() == ["s1", "s2", "s3"]
    by_person = saturation(coded(), frames["workshops"], "person", base=2, run=1)[0]
    assert by_person["unit_id"].tolist() == [
        "Researcher 1",
        "Public contributor 1",
        "Facilitator 1",
        "Practitioner 1",
        "Guest 1",
    ]
    assert by_person["new_codes"].tolist() == [3, 0, 0, 0, 1]


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(len(CODES))))
def test_the_band_does_not_depend_on_the_order_that_happened(order: list[int]) -> None:
    made = steps(*(CODES[number] for number in order))
    fixed = steps(*CODES)
    names = ["codes_low", "codes_high", "new_information_low", "new_information_high"]
    pd.testing.assert_frame_equal(made[names], fixed[names])
