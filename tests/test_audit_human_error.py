"""What people's disagreement leaves open gets into the intervals."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from audit_simulation import check, corpus
from audit_study import BOOK, judged
from commonthread.audit.estimate import Checked, draw_counts
from commonthread.audit.human_error import possible_truths
from commonthread.audit.readings import Readings, gather_readings

CODES = [code.id for code in BOOK.codes]


def readings(applied: list[int], of: list[int], decided: list[bool | None]) -> Readings:
    """Make the readings of one code; None where a segment was not settled."""
    return Readings(
        np.array(of),
        np.array([applied]),
        np.array([each is not None for each in decided]),
        np.array([[bool(each) for each in decided]]),
    )


def shares(one: Readings) -> np.ndarray:
    """Give how often each segment has the code, over many possible truths."""
    truths = possible_truths(one, 4000, np.random.default_rng(1))
    return np.mean(truths, axis=0)[0]


def test_where_all_agree_there_is_one_truth() -> None:
    truths = possible_truths(
        readings([2, 0, 1], [2, 2, 1], [None] * 3), 9, np.random.default_rng(1)
    )
    assert len(truths) == 1
    assert truths[0].tolist() == [[True, False, True]]


def test_where_two_differ_either_may_be_right_and_all_of_them_together() -> None:
    one = readings([1] * 20, [2] * 20, [None] * 20)
    truths = possible_truths(one, 2000, np.random.default_rng(1))
    counts = np.array([truth.sum() for truth in truths])
    assert counts.mean() == pytest.approx(10, abs=0.5)
    low, high = np.quantile(counts, (0.05, 0.95))
    assert low <= 2
    assert high >= 18


def test_what_was_settled_is_so_and_teaches_about_the_rest() -> None:
    settled = readings([1] * 12, [2] * 12, [True] * 10 + [None, None])
    found = shares(settled)
    assert (found[:10] == 1).all()
    assert found[10] == pytest.approx(11 / 12, abs=0.03)


def test_most_of_several_readers_are_likelier_to_be_right() -> None:
    found = shares(readings([2, 1], [3, 3], [None, None]))
    assert found[0] > 0.55
    assert found[1] < 0.45


def test_a_single_reading_is_as_doubtful_as_pairs_were() -> None:
    # Of ten pairs with the code by anybody, five differ; ten pairs without.
    found = shares(readings([2] * 5 + [1] * 5 + [0] * 10 + [1, 0], [2] * 20 + [1, 1], [None] * 22))
    # Another reader would differ from a third of those who gave it; they are right half the time.
    assert found[20] == pytest.approx(1 - 1 / 3 / 2, abs=0.05)
    assert found[21] == pytest.approx(0.2 / 2, abs=0.05)


def test_intervals_of_two_erring_readers_hold_the_truth_that_one_misses() -> None:
    rng = np.random.default_rng(2)
    held: dict[int, list[np.ndarray]] = {1: [], 2: []}
    for seed in range(60):
        made = corpus(rng)
        checked = check(made.groups["cell"], made.truth, 200, rng)
        truth = checked.truths[0]
        each = [
            np.where(truth, rng.random(truth.shape) < 0.8, rng.random(truth.shape) < 0.015)
            for _ in range(2)
        ]
        for number in held:
            applied = np.sum(each[:number], axis=0)
            read = Readings(
                np.full(200, number), applied, np.zeros(200, bool), np.zeros_like(truth)
            )
            possible = possible_truths(read, 10, rng)
            domain = made.groups["all"]
            counts = draw_counts(
                made.machine, domain, 1, Checked(checked.rows, checked.weights, possible), 400, seed
            )
            low, high = np.quantile(counts[..., 0], (0.025, 0.975), axis=0)
            true = made.truth.sum(axis=1)
            held[number].append((low <= true) & (true <= high))
    assert np.mean(held[2]) >= 0.92
    assert np.mean(held[1]) < np.mean(held[2])


def gathered(*tables: pd.DataFrame) -> Readings:
    return gather_readings(pd.concat(tables, ignore_index=True), ["s1", "s2", "s3"], BOOK)


def test_readings_count_codes_and_all_codes_above_them() -> None:
    made = gathered(judged({"s1": ["a1", "x"], "s2": []}), judged({"s1": ["a2"]}, "ben"))
    assert made.readings.tolist() == [2, 1, 0]
    assert made.judged.tolist() == [True, True, False]
    by_code = dict(zip(CODES, made.applied.tolist(), strict=True))
    assert by_code["A"] == [2, 0, 0]
    assert by_code["a1"] == by_code["a2"] == by_code["x"] == [1, 0, 0]
    # They agree about the theme, and differ about the code.
    differ = dict(zip(CODES, made.differ[:, 0].tolist(), strict=True))
    assert (differ["A"], differ["a1"], differ["B"]) == (False, True, False)


def test_what_was_settled_is_taken_and_what_was_left_open_is_not() -> None:
    made = gathered(
        judged({"s1": ["a1"], "s2": ["a1"]}),
        judged({"s1": [], "s2": []}, "ben"),
        judged({"s1": ["b1"]}, outcome="decided"),
        judged({"s2": []}, outcome="open"),
    )
    assert made.settled.tolist() == [True, False, False]
    assert made.decided[CODES.index("B")].tolist() == [True, False, False]
    assert made.decided[CODES.index("a1")].tolist() == [False, False, False]


def test_who_contradicts_himself_is_two_readings() -> None:
    made = gathered(judged({"s1": ["a1"]}), judged({"s1": ["b1"]}))
    assert made.readings.tolist() == [2, 0, 0]
    assert made.differ[CODES.index("a1")].tolist() == [True, False, False]


def test_two_stretches_that_are_one_segment_now_are_one_reading() -> None:
    two = judged({"s1": ["a1"], "old": ["b1"]})
    two["segment_ids"] = json.dumps(["s1"])
    made = gathered(two)
    assert made.readings.tolist() == [1, 0, 0]
    assert made.applied[CODES.index("a1")].tolist() == [1, 0, 0]
    assert made.applied[CODES.index("b1")].tolist() == [1, 0, 0]


def test_what_does_not_count_is_no_reading() -> None:
    made = gathered(judged({"s1": ["a1"]}).assign(status="replaced"), judged({"s1": []}))
    assert made.readings.tolist() == [1, 0, 0]
    assert not made.applied.any()
