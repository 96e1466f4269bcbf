"""Tests of agreement on sets of codes: published and plainly computed answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reliability_examples as examples
from commonthread.reliability.coefficients import NO_PAIR, ONE_CATEGORY, percent_agreement
from commonthread.reliability.ratings import ratings_of
from commonthread.reliability.sets import (
    SetDifference,
    alpha_of_sets,
    among,
    between,
    difference,
    number_rows,
    same_sets,
    set_alpha,
    set_disagreement,
)

KINDS: tuple[SetDifference, ...] = ("masi", "jaccard")

some_sets = st.lists(
    st.lists(st.none() | st.frozensets(st.sampled_from("abcd")), min_size=3, max_size=3),
    min_size=1,
    max_size=8,
)


def apart(one: Any, other: Any, kind: SetDifference) -> float:
    """Give the difference of two sets, straight from the definition."""
    if one == other:
        return 0.0
    jaccard = len(one & other) / len(one | other)
    if kind == "jaccard":
        return 1 - jaccard
    if not one & other:
        return 1.0
    return 1 - jaccard * (2 / 3 if one <= other or other <= one else 1 / 3)


def plain_alpha(rows: Sequence[Sequence[Any]], kind: SetDifference) -> float:
    """Give alpha by going through all pairs of values; NaN where no difference is expected."""
    units = [[value for value in row if value is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    n = len(values)
    observed = sum(
        apart(a, b, kind) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2)
    )
    expected = sum(apart(a, b, kind) for a, b in permutations(values, 2))
    return 1 - (observed / n) / (expected / (n * (n - 1))) if expected else float("nan")


def numbered(rows: Sequence[Sequence[Any]]) -> tuple[Any, Any]:
    """Give coders x units of numbers of sets, and the sets as sets x codes."""
    known = sorted({value for row in rows for value in row if value is not None}, key=sorted)
    numbers = [[-1 if value is None else known.index(value) for value in row] for row in rows]
    sets = np.array([[code in value for code in "abcd"] for value in known], dtype=bool)
    return np.array(numbers, dtype=np.int64).T, sets.reshape(len(known), 4)


@pytest.mark.parametrize(("one", "other", "jaccard", "masi"), examples.SET_PAIRS)
def test_differences_by_definition(one: str, other: str, jaccard: float, masi: float) -> None:
    for a, b in ((one, other), (other, one)):
        sizes = (np.array(float(n)) for n in (len({*a} & {*b}), len(a), len(b)))
        shared, own, others = sizes
        assert difference(shared, own, others, "jaccard") == pytest.approx(jaccard, abs=1e-12)
        assert difference(shared, own, others, "masi") == pytest.approx(masi, abs=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_a_worked_example(kind: SetDifference) -> None:
    found = alpha_of_sets(examples.SETS, kind)
    value, observed, expected = examples.SET_FIGURES[kind]
    assert found.value == pytest.approx(value, abs=1e-12)
    assert found.observed == pytest.approx(observed, abs=1e-12)
    assert found.expected == pytest.approx(expected, abs=1e-12)
    same = percent_agreement(ratings_of([[frozenset(s) for s in row] for row in examples.SETS]))
    assert same.value == pytest.approx(1 / 3)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=80, deadline=None)
@given(rows=some_sets, data=st.data())
def test_alpha_is_that_of_going_through_all_pairs(
    kind: SetDifference, rows: Any, data: st.DataObject
) -> None:
    found = alpha_of_sets(rows, kind)
    np.testing.assert_allclose(found.value, plain_alpha(rows, kind), rtol=0, atol=1e-12)
    assert np.isnan(found.value) == bool(found.reason.item())
    names = dict(zip("abcd", data.draw(st.permutations("wxyz")), strict=True))
    coders = data.draw(st.permutations(range(3)))
    turned = [[row[coder] for coder in coders] for row in data.draw(st.permutations(rows))]
    renamed = [[s if s is None else {names[code] for code in s} for s in row] for row in turned]
    other = alpha_of_sets(renamed, kind)
    np.testing.assert_allclose(other.value, found.value, rtol=0, atol=1e-12)


@pytest.mark.parametrize("at_once", [1, 20, 60])
def test_alpha_does_not_depend_on_how_many_sets_are_compared_at_once(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    generator = np.random.default_rng(at_once)
    rows = [
        [frozenset(code for code in "abcd" if generator.random() < 0.4) for _ in range(3)]
        for _ in range(15)
    ]
    monkeypatch.setattr("commonthread.reliability.sets._AT_ONCE", at_once)
    for kind in KINDS:
        assert alpha_of_sets(rows, kind).value == pytest.approx(plain_alpha(rows, kind), abs=1e-12)
        numbers, known = numbered(rows)
        parts = set_disagreement(among(numbers, known, np.arange(15) % 3, 3), kind)
        np.testing.assert_allclose(parts.expected, parts.expected.T)


def test_what_is_undefined_says_why() -> None:
    for kind in KINDS:
        assert alpha_of_sets([[{"a"}, {"a"}], [{"a"}, {"a"}]], kind).reason.item() == ONE_CATEGORY
        assert alpha_of_sets([[set(), set()]] * 3, kind).reason.item() == ONE_CATEGORY
        for rows in ([[{"a"}, None], [None, {"b"}]], [[None]], []):
            found = alpha_of_sets(rows, kind)
            assert found.reason.item() == NO_PAIR
            assert np.isnan(found.value)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(rows=some_sets, data=st.data())
def test_drawing_places_is_putting_their_units_together(
    kind: SetDifference, rows: Any, data: st.DataObject
) -> None:
    place = data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    times = data.draw(st.lists(st.integers(0, 3), min_size=3, max_size=3))
    numbers, known = numbered(rows)
    ratings = among(numbers, known, np.array(place), 3)
    found = set_alpha(set_disagreement(ratings, kind), np.array([times], dtype=float))
    drawn = [row for row, at in zip(rows, place, strict=True) for _ in range(times[at])]
    np.testing.assert_allclose(found.value[0], plain_alpha(drawn, kind), rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(rows=some_sets)
def test_two_sides_of_one_coder_each_are_two_coders(kind: SetDifference, rows: Any) -> None:
    numbers, sets = numbered([row[:2] for row in rows])
    place = np.zeros(len(rows), dtype=np.int64)
    once = np.ones(1)
    one = among(numbers, sets, place, 1)
    other = between(numbers[:1], numbers[1:], sets, place, 1)
    np.testing.assert_allclose(
        set_alpha(set_disagreement(other, kind), once).value,
        set_alpha(set_disagreement(one, kind), once).value,
        rtol=0,
        atol=1e-12,
    )
    assert np.array(same_sets(one)).tolist() == np.array(same_sets(other)).tolist()


def test_in_a_side_of_two_each_counts_half() -> None:
    a, b, ab = frozenset("a"), frozenset("b"), frozenset("ab")
    numbers, sets = numbered([[a, b, a], [ab, None, a], [a, a, None]])
    place = np.zeros(3, dtype=np.int64)
    ratings = between(numbers[:2], numbers[2:], sets, place, 1)
    same, units = same_sets(ratings)
    # Of the first unit one of two pairs is the same; the third was judged by one side only.
    assert (same.item(), units.item()) == (0.5, 2.0)
    parts = set_disagreement(ratings, "jaccard")
    assert parts.values.item() == 4.0
    # Both orders of: (0 + 1) / 2 of the first unit, 1/2 of the second.
    assert parts.observed.item() == pytest.approx(2 * (0.5 + 0.5))
    # Values: a 2.5 (half, one, one), b 0.5, ab 1.
    assert parts.expected.item() == pytest.approx(2 * (2.5 * 0.5 + 2.5 * 0.5 + 0.5 * 0.5))


@pytest.mark.parametrize("columns", [1, 31, 32, 70])
def test_equal_rows_have_one_number(columns: int) -> None:
    generator = np.random.default_rng(columns)
    rows = generator.random((columns, 200)) < 0.02
    number, example = number_rows(rows)
    wanted = {tuple(column): None for column in rows.T.tolist()}
    assert len(example) == len(wanted)
    np.testing.assert_array_equal(rows[:, example][:, number], rows)


def test_more_codes_than_fit_into_one_word() -> None:
    rows = [[{f"c{n}" for n in range(k, k + 70)} for k in (0, 5)], [{"c1"}, {"c1", "c80"}]]
    for kind in KINDS:
        assert alpha_of_sets(rows, kind).value == pytest.approx(plain_alpha(rows, kind))
