"""Tests of where people differ, and of which code was taken for which."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from coders_fixture import MARKS, TREE, apart, random_marks
from commonthread.reliability.differences import confusions, disagreements


def test_each_segment_and_code_on_which_people_differ() -> None:
    made = disagreements(apart())
    rows = list(made.itertuples(index=False, name=None))
    assert rows == [
        ("t1", "s1", "decides", "Ada; Bo", "Cy", 2, 3),
        ("t1", "s1", "dominant", "Cy", "Ada; Bo", 1, 3),
        ("t1", "s3", "payment", "Ada; Bo", "Cy", 2, 3),
        ("t1", "s4", "payment", "Bo", "Ada; Cy", 1, 3),
        ("t1", "s4", "decides", "Ada; Cy", "Bo", 2, 3),
        ("t1", "s4", "challenge", "Ada; Cy", "Bo", 2, 3),
        ("t2", "s6", "dominant", "Bo", "Ada; Cy", 1, 3),
        ("t2", "s7", "decides", "Bo", "Ada; Cy", 1, 3),
        ("t2", "s7", "dominant", "Ada; Cy", "Bo", 2, 3),
        # Bo did not see the last segment, so Bo does not differ.
        ("t2", "s8", "payment", "Cy", "Ada", 1, 2),
    ]


def test_which_code_was_taken_for_which() -> None:
    made = confusions(apart()).set_index(["code_a", "code_b"])
    # decides and dominant: segment 1 Ada and Cy, Bo and Cy; segment 7 Ada and Bo, Bo and Cy.
    taken = made.loc[("decides", "dominant")]
    assert (taken["times"], taken["people_pairs"], taken["level"]) == (4, 3, "code")
    # decides was given by one or both: segment 1 by three pairs, 4 by three, 7 by two.
    assert taken["either_a"] == 8
    # payment and decides: segment 4, Bo against Ada and against Cy.
    assert made.loc[("payment", "decides"), "times"] == 2
    assert list(made.index) == [("decides", "dominant"), ("payment", "decides")]


def test_machines_are_not_heard() -> None:
    machine = {**MARKS, "dictionary": ["trust practice"] * 8}
    assert_frame_equal(disagreements(apart(machine)), disagreements(apart()))
    assert_frame_equal(confusions(apart(machine)), confusions(apart()))


def test_nobody_differs_with_nobody() -> None:
    for marks in ({}, {"Ada": ["payment", ""]}, {"Ada": ["payment"], "Bo": ["payment"]}):
        assert disagreements(apart(marks)).empty
        assert confusions(apart(marks)).empty


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), coders=st.integers(2, 5))
def test_counts_are_those_of_going_through_all(seed: int, coders: int) -> None:
    marks = random_marks(coders, 15, seed)
    study = apart(marks, roles={})
    times: dict[tuple[str, str], int] = {}
    differ: dict[tuple[str, str], tuple[Any, Any]] = {}
    order = {code: number for number, code in enumerate(TREE.codes)}
    for number, unit in enumerate(zip(*marks.values(), strict=True)):
        saw = {n: set(c.split()) for n, c in zip(marks, unit, strict=True) if c is not None}
        for code in TREE.codes:
            did = [name for name in saw if code in saw[name]]
            did_not = [name for name in saw if code not in saw[name]]
            if did and did_not:
                differ[f"s{number + 1}", code] = ("; ".join(did), "; ".join(did_not))
        for one, other in combinations(saw.values(), 2):
            for first in one - other:
                for second in other - one:
                    if (first in TREE.aspects) == (second in TREE.aspects):
                        key = tuple(sorted((first, second), key=order.__getitem__))
                        times[key] = times.get(key, 0) + 1
    made = confusions(study)
    found = zip(made["code_a"], made["code_b"], made["times"], strict=True)
    assert {(a, b): n for a, b, n in found} == times
    listed = disagreements(study)
    keys = zip(listed["segment_id"], listed["code_id"], strict=True)
    who = zip(listed["applied_by"], listed["not_applied_by"], strict=True)
    assert dict(zip(keys, who, strict=True)) == differ
