"""Corrected counts hold the truth as often as they say, and are narrower than people alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from audit_simulation import (
    KINDS,
    Held,
    Interval,
    check_unevenly,
    corpus,
    corrected,
    like_these,
    measure,
    naive,
    runs,
)
from commonthread.audit.estimate import Checked, draw_counts
from commonthread.audit.people_like_these import people_like_these
from commonthread.audit.posterior import Tallies, draw_unseen

CORPORA = 60
Measured = dict[str, list[Held]]


@pytest.fixture(scope="module")
def measured() -> Callable[[Interval], Measured]:
    """Give what 60 made-up corpora with 200 checked segments show of an interval."""

    def take(interval: Interval) -> Measured:
        every = list(runs(200, CORPORA, interval))
        return {kind: [one[kind] for one in every] for kind in KINDS}

    return take


def coverage(held: list[Held]) -> float:
    return float(np.mean([one.held.mean() for one in held]))


def test_corrected_intervals_hold_the_truth(measured: Callable[[Interval], Measured]) -> None:
    """The bounds are those of 500 corpora, 92 to 98 %, with room for chance on 60."""
    found = measured(corrected)
    for kind in KINDS:
        assert 0.91 <= coverage(found[kind]) <= 0.99, kind
    widths = {
        kind: np.mean([one.width.mean() for one in found[kind]])
        / np.mean([one.jeffreys.mean() for one in found[kind]])
        for kind in KINDS
    }
    assert widths["all"] <= 0.75
    assert widths["cell"] <= 0.6


def test_counts_of_machines_alone_do_not_hold_it(measured: Callable[[Interval], Measured]) -> None:
    found = measured(naive)
    for kind in KINDS:
        assert coverage(found[kind]) < 0.91, kind
    assert coverage(found["all"]) < 0.5


def test_a_sample_that_grew_unevenly_holds_it_too() -> None:
    rng = np.random.default_rng(3)
    held: dict[str, list[Held]] = {kind: [] for kind in KINDS}
    for seed in range(CORPORA):
        made = corpus(rng)
        checked = check_unevenly(made, rng)
        for kind, own in made.groups.items():
            number = int(own.max()) + 1
            held[kind].append(
                measure(made.machine, made.truth, own, number, checked, corrected, seed)
            )
    for kind in KINDS:
        assert 0.91 <= coverage(held[kind]) <= 0.99, kind


def test_intervals_for_people_like_these_hold_the_rate_of_all_such_people() -> None:
    assert 0.89 <= like_these(200, 100) <= 0.98


def one_code(machine: list[bool], truth: list[bool], rows: list[int], weight: float) -> np.ndarray:
    """Give draws of the count of one code of which some segments were checked."""
    chosen = np.array(rows)
    checked = Checked(chosen, np.full(len(rows), weight), (np.array([truth])[:, chosen],))
    domain = np.zeros(len(machine), dtype=np.int64)
    return draw_counts(np.array([machine]), domain, 1, checked, 2000, 1)[:, 0, 0]


def test_where_all_was_checked_nothing_is_open() -> None:
    truth = [True, False, True, False, False]
    counts = one_code([False] * 5, truth, [0, 1, 2, 3, 4], 1.0)
    assert set(counts) == {2.0}


def test_one_domain_is_jeffreys_answer() -> None:
    """Of 100, 50 checked, of them 10 with the code; the machine says nothing."""
    truth = [number % 5 == 0 for number in range(100)]
    counts = one_code([False] * 100, truth, list(range(50)), 2.0)
    assert counts.min() >= 10
    assert counts.mean() == pytest.approx(10 + 50 * 10.5 / 51, rel=0.02)


def test_equal_weights_count_each_segment_and_unequal_ones_fewer() -> None:
    truth = [number % 5 == 0 for number in range(100)]
    machine = np.zeros((1, 100), dtype=bool)
    domain = np.zeros(100, dtype=np.int64)
    rows = np.arange(50)
    has = (np.array([truth])[:, rows],)
    even = draw_counts(machine, domain, 1, Checked(rows, np.full(50, 2.0), has), 4000, 1)
    # The same weights in sum, on a fifth of the segments: those that have the code.
    odd = np.where(np.array(truth)[:50], 4.0, 1.5)
    uneven = draw_counts(machine, domain, 1, Checked(rows, odd, has), 4000, 1)
    assert uneven.std() > even.std()
    assert uneven.mean() > 1.5 * even.mean()


def test_a_domain_leans_on_the_others_the_more_the_less_was_checked() -> None:
    positive = np.array([[1.0, 8.0, 10.0, 9.0]])
    checked = np.array([[2.0, 100.0, 100.0, 100.0]])
    unseen = np.full((1, 4), 1000)
    draws = draw_unseen(Tallies(positive, checked, unseen), 4000, np.random.default_rng(1))
    shares = draws.mean(axis=0)[0] / 1000
    assert 0.08 < shares[0] < 0.3
    assert shares[1] < shares[3] < shares[2]
    apart = draw_unseen(
        Tallies(positive[:, :1], checked[:, :1], unseen[:, :1]), 4000, np.random.default_rng(1)
    )
    assert apart.mean() / 1000 == pytest.approx(0.5, abs=0.03)


def test_domains_that_differ_do_not_lean_on_each_other() -> None:
    positive, checked = np.array([[0.0, 50.0, 100.0]]), np.full((1, 3), 100.0)
    draws = draw_unseen(
        Tallies(positive, checked, np.full((1, 3), 1000)), 2000, np.random.default_rng(1)
    )
    assert np.abs(draws.mean(axis=0)[0] / 1000 - [0.005, 0.5, 0.995]).max() < 0.02


def test_the_same_seed_gives_the_same_draws() -> None:
    truth = [number % 5 == 0 for number in range(100)]
    first, second = (one_code([False] * 100, truth, list(range(50)), 2.0) for _ in range(2))
    assert (first == second).all()


def test_one_person_alone_in_a_group_leaves_other_groups_as_they_are() -> None:
    rng = np.random.default_rng(1)
    machine = rng.random((1, 70)) < 0.3
    checked = Checked(np.arange(0, 70, 2), np.full(35, 2.0), (rng.random((1, 35)) < 0.3,))
    like = people_like_these(
        machine, np.repeat([0, 1], [10, 60]), 2, np.repeat(np.arange(7), 10), checked
    )
    assert like.people.tolist() == [1, 6]
    assert np.isnan(like.share).tolist() == [[True, False]]
    assert like.low[0, 1] < like.share[0, 1] < like.high[0, 1]


def test_nobody_is_said_to_be_like_one_person_or_like_people_of_whom_nothing_was_found() -> None:
    machine = np.zeros((1, 6), dtype=bool)
    checked = Checked(np.array([0, 3]), np.array([3.0, 3.0]), (np.array([[True, False]]),))
    person = np.array([0, 0, 0, 1, 1, -1])
    apart = people_like_these(machine, np.array([0, 0, 0, 1, 1, 1]), 2, person, checked)
    assert apart.people.tolist() == [1, 1]
    assert np.isnan([apart.share, apart.low, apart.high]).all()
    nothing = Checked(np.array([0, 3]), np.array([3.0, 3.0]), (np.zeros((1, 2), dtype=bool),))
    together = people_like_these(machine, np.zeros(6, dtype=np.int64), 1, person, nothing)
    assert together.people.tolist() == [2]
    assert np.isnan([together.share, together.low, together.high]).all()
