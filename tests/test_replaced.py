"""Decisions that were taken back, or that came back twice."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.replaced import mark_replaced, when


def decisions(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "coder_id": "coder-a",
        "purpose": "coding",
        "source_id": "s1",
        "start": 0,
        "end": 10,
        "codes": '["x"]',
        "date": "",
        "file": "f.json",
        "place": "row 1",
        "status": "counts",
        "reason": "",
    }
    return pd.DataFrame(
        [usual | {"judgement_id": f"j{number}"} | row for number, row in enumerate(rows)]
    )


def statuses(*rows: dict[str, Any]) -> list[str]:
    return mark_replaced(decisions(*rows))[0]["status"].tolist()


def test_the_later_decision_has_its_way_whatever_the_order_of_files() -> None:
    early, late = {"date": "2025-01-02"}, {"date": "2025-01-03T09:00:00"}
    assert statuses(early, late) == ["replaced", "counts"]
    assert statuses(late, early) == ["counts", "replaced"]


def test_zones_are_heeded() -> None:
    here, there = {"date": "2025-01-02T10:00:00+00:00"}, {"date": "2025-01-02T10:30:00+01:00"}
    assert statuses(here, there) == ["counts", "replaced"]


def test_what_comes_back_twice_counts_once() -> None:
    same = {"judgement_id": "same", "date": "2025-01-02"}
    assert statuses(same, same) == ["counts", "repeated"]


@pytest.mark.parametrize(
    "other",
    [
        {"coder_id": "coder-b"},
        {"source_id": "s2"},
        {"purpose": "adjudication"},
        {"start": 6, "end": 20},
    ],
)
def test_others_and_other_words_are_left_alone(other: dict[str, Any]) -> None:
    assert statuses({"date": "2025-01-02"}, {"date": "2025-01-03"} | other) == ["counts", "counts"]


def test_a_decision_on_longer_words_replaces_those_on_their_parts() -> None:
    parts = [
        {"start": 0, "end": 10, "date": "2025-01-02"},
        {"start": 10, "end": 20, "date": "2025-01-02"},
    ]
    whole = {"start": 0, "end": 20, "date": "2025-01-03"}
    assert statuses(*parts, whole) == ["replaced", "replaced", "counts"]


def test_without_dates_both_count_and_it_is_said() -> None:
    frame, said = mark_replaced(decisions({"file": "a.xlsx"}, {"file": "b.xlsx", "codes": "[]"}))
    assert frame["status"].tolist() == ["counts", "counts"]
    assert said == [
        'Of decisions of "coder-a" that differ it is not known which is the later one, so both '
        "count: a.xlsx, b.xlsx."
    ]


@given(st.permutations(list(range(6))))
def test_the_last_of_many_counts(order: list[int]) -> None:
    rows = [{"date": f"2025-01-0{day + 1}", "judgement_id": f"j{day}"} for day in order]
    frame, _ = mark_replaced(decisions(*rows))
    assert frame.loc[frame["status"] == "counts", "date"].tolist() == ["2025-01-06"]


def test_a_text_that_is_no_date_is_earlier_than_any() -> None:
    assert when("soon") < when("1900-01-01")
