"""Tests of coefficients of agreement: published answers, what is undefined, what must not matter."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

import reliability_examples as examples
from commonthread.reliability import by_coder, coefficients, standard_errors
from commonthread.reliability.by_coder import (
    FourFold,
    cohen_kappa,
    conger_kappa,
    contingency,
    precision,
    recall,
    share_first,
)
from commonthread.reliability.coefficients import (
    NO_PAIR,
    ONE_CATEGORY,
    ONE_KNOWN,
    Coefficient,
    krippendorff_alpha,
)
from commonthread.reliability.ratings import (
    Counts,
    Ratings,
    count_ratings,
    number_ratings,
    ratings_of,
    ratings_of_table,
)

Measure = Callable[[examples.Rows], Coefficient]


@pytest.fixture(autouse=True)
def nothing_warns() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def by_name(name: str, rows: examples.Rows) -> tuple[Coefficient, float]:
    """Give a coefficient and its standard error."""
    numbers, categories = number_ratings(rows)
    if name == "conger_kappa":
        q = len(categories)
        return conger_kappa(numbers, q), standard_errors.conger_kappa(numbers, q)
    ratings = count_ratings(numbers, categories)
    return getattr(coefficients, name)(ratings), getattr(standard_errors, name)(ratings)


def of_table(name: str, table: examples.Table) -> Coefficient:
    if name == "cohen_kappa":
        return cohen_kappa(table)
    found: Coefficient = getattr(coefficients, name)(ratings_of_table(table))
    return found


def units_of(table: examples.Table) -> examples.Rows:
    """Write a table of two coders out as units."""
    return [
        [a, b] for a, row in enumerate(table) for b, units in enumerate(row) for _ in range(units)
    ]


@pytest.mark.parametrize("figure", examples.GWET, ids=lambda figure: figure.coefficient)
def test_gwets_examples(figure: examples.Figure) -> None:
    found, error = by_name(figure.coefficient, figure.rows)
    observed, expected = float(found.observed), float(found.expected)
    if figure.coefficient == "krippendorff_alpha":
        # From disagreement to Gwet's agreement, which holds the small-sample correction.
        values = sum(len(unit) for row in figure.rows if len(unit := given_ratings(row)) > 1)
        observed = (1 - observed) * (1 - 1 / values) + 1 / values
        expected = 1 - expected * (values - 1) / values
    assert found.value == pytest.approx(figure.value, abs=1e-6)
    assert observed == pytest.approx(figure.observed, abs=1e-6)
    assert expected == pytest.approx(figure.expected, abs=1e-6)
    assert error == pytest.approx(figure.error, abs=1e-6)


def given_ratings(row: list[Any]) -> list[Any]:
    return [rating for rating in row if rating is not None]


@pytest.mark.parametrize(("rows", "difference", "value", "exact"), examples.ALPHAS)
def test_published_alphas(
    rows: examples.Rows, difference: coefficients.Difference, value: float, exact: float
) -> None:
    assert krippendorff_alpha(ratings_of(rows), difference).value == pytest.approx(value, abs=exact)


def test_what_alphas_are_made_of() -> None:
    alpha = krippendorff_alpha(ratings_of(examples.FOUR_OBSERVERS))
    assert float(alpha.observed) == pytest.approx(0.2)
    assert float(alpha.expected) == pytest.approx(0.779, abs=6e-4)
    alpha = krippendorff_alpha(ratings_of(examples.KRIPPENDORFF_2004))
    assert float(alpha.observed) == pytest.approx(0.1667, abs=1e-4)
    assert float(alpha.expected) == pytest.approx(0.6268, abs=1e-4)
    percent = coefficients.percent_agreement(ratings_of(examples.KRIPPENDORFF_2004))
    assert percent.value == pytest.approx(0.833, abs=1e-3)
    percent = coefficients.percent_agreement(ratings_of(examples.KRIPPENDORFF_1980))
    assert percent.value == pytest.approx(0.6)


def test_fleiss_example_by_category_too() -> None:
    ratings = ratings_of(examples.FLEISS)
    kappa = coefficients.fleiss_kappa(ratings)
    assert kappa.value == pytest.approx(0.43, abs=1e-3)
    assert kappa.observed == pytest.approx(0.5556, abs=1e-3)
    assert kappa.expected == pytest.approx(0.2201, abs=1e-3)
    for place, value in enumerate((0.248, 0.248, 0.517, 0.47, 0.565)):
        own = ratings.patterns[:, place]
        alone = Ratings((True, False), np.stack([own, 6 - own], axis=1), ratings.units)
        assert coefficients.fleiss_kappa(alone).value == pytest.approx(value, abs=5e-3)


@pytest.mark.parametrize(("table", "name", "value", "observed", "expected"), examples.TABLES)
def test_published_tables_of_two_coders(
    table: examples.Table,
    name: str,
    value: float,
    observed: float | None,
    expected: float | None,
) -> None:
    found = of_table(name, table)
    exact = 1e-2 if table is examples.BRENNAN else 1e-3
    assert found.value == pytest.approx(value, abs=exact)
    assert observed is None or found.observed == pytest.approx(observed, abs=1e-3)
    assert expected is None or found.expected == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("name", examples.TABLE_ERRORS)
def test_published_standard_errors_of_a_table(name: str) -> None:
    _, error = by_name(name, units_of(examples.ABSTRACTORS))
    assert error == pytest.approx(examples.TABLE_ERRORS[name], abs=6e-4)


def test_precision_and_recall_of_a_second_coder() -> None:
    cells = FourFold(*np.array([3.0, 1.0, 2.0, 34.0]))
    assert share_first(cells).value == pytest.approx(0.1)
    assert precision(cells).value == pytest.approx(0.6)
    assert recall(cells).value == pytest.approx(0.75)


# What the units are of which a coefficient is undefined, and what it says then. "same": every coder
# gave every unit the one category; "pairless": no unit has two ratings.
SAME: examples.Rows = [[0, 0, 0]] * 20
PAIRLESS: examples.Rows = [[0, None], [None, 1], [1, None]]


def cohen(rows: examples.Rows) -> Coefficient:
    numbers, categories = number_ratings(rows)
    return cohen_kappa(contingency(numbers[:, 0], numbers[:, 1], len(categories)))


def conger(rows: examples.Rows) -> Coefficient:
    numbers, categories = number_ratings(rows)
    return conger_kappa(numbers, len(categories))


def of_counts(name: str) -> Measure:
    return lambda rows: getattr(coefficients, name)(ratings_of(rows))


MEASURES: dict[str, Measure] = {
    **{
        name: of_counts(name)
        for name in (
            "percent_agreement",
            "fleiss_kappa",
            "krippendorff_alpha",
            "gwet_ac1",
            "brennan_prediger",
        )
    },
    "cohen_kappa": cohen,
    "conger_kappa": conger,
}
# A value where one category only occurs, or the reason why there is none.
ON_ONE_CATEGORY: dict[str, float | str] = {
    "percent_agreement": 1.0,
    "fleiss_kappa": ONE_CATEGORY,
    "krippendorff_alpha": ONE_CATEGORY,
    # No agreement by chance is expected, however many categories there were to choose from.
    "gwet_ac1": 1.0,
    "brennan_prediger": ONE_KNOWN,
    "cohen_kappa": ONE_CATEGORY,
    "conger_kappa": ONE_CATEGORY,
}


@pytest.mark.parametrize("name", MEASURES)
def test_one_category_alone(name: str) -> None:
    found, wanted = MEASURES[name](SAME), ON_ONE_CATEGORY[name]
    if isinstance(wanted, str):
        assert np.isnan(found.value)
        assert found.reason.item() == wanted
    else:
        assert found.value == wanted
        assert found.reason.item() == ""


@pytest.mark.parametrize("rows", [PAIRLESS, [], [[None, None]], [[1], [2]]])
@pytest.mark.parametrize("name", [name for name in MEASURES if name != "cohen_kappa"])
def test_no_unit_with_two_ratings(name: str, rows: examples.Rows) -> None:
    found = MEASURES[name](rows)
    assert np.isnan(found.value)
    assert found.reason.item() == NO_PAIR


def test_no_unit_that_both_of_two_rated() -> None:
    found = cohen(PAIRLESS)
    assert np.isnan(found.value)
    assert found.reason.item() == NO_PAIR


def test_two_known_categories_of_which_one_occurs() -> None:
    known = ratings_of(SAME, categories=[0, 1])
    assert coefficients.brennan_prediger(known).value == 1.0
    assert coefficients.gwet_ac1(known).value == 1.0
    assert np.isnan(coefficients.fleiss_kappa(known).value)


def test_nothing_applied_has_no_precision_or_recall() -> None:
    first = FourFold(*np.array([0.0, 4.0, 0.0, 5.0]))
    assert precision(first).reason.item() == by_coder.SECOND_NEVER
    assert recall(first).value == 0.0
    second = FourFold(*np.array([0.0, 0.0, 4.0, 5.0]))
    assert recall(second).reason.item() == by_coder.FIRST_NEVER
    assert precision(second).value == 0.0
    nothing = FourFold(*np.zeros(4))
    assert np.isnan(share_first(nothing).value)
    assert share_first(nothing).reason.item()


def test_standard_errors_of_what_is_undefined() -> None:
    for rows in (SAME, PAIRLESS):
        for name in ("fleiss_kappa", "krippendorff_alpha", "conger_kappa", "brennan_prediger"):
            assert np.isnan(by_name(name, rows)[1])


def test_a_rating_that_is_no_category_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not among the categories: \[3\]"):
        ratings_of([[1, 3]], categories=[1, 2])


some_ratings = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([None, 0, 1, 2]), min_size=coders, max_size=coders),
        min_size=1,
        max_size=12,
    )
)


def assert_same(one: Coefficient, other: Coefficient) -> None:
    assert one.reason.item() == other.reason.item()
    np.testing.assert_allclose(one.value, other.value, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=60, deadline=None)
@given(rows=some_ratings, data=st.data())
def test_order_and_names_do_not_matter(name: str, rows: Any, data: st.DataObject) -> None:
    if name == "cohen_kappa":
        rows = [unit[:2] for unit in rows]
    found = MEASURES[name](rows)
    units = data.draw(st.permutations(rows))
    assert_same(MEASURES[name](units), found)
    coders = data.draw(st.permutations(range(len(rows[0]))))
    assert_same(MEASURES[name]([[unit[coder] for coder in coders] for unit in rows]), found)
    names = dict(zip([0, 1, 2], data.draw(st.permutations("xyz")), strict=True))
    renamed = [[None if r is None else names[r] for r in unit] for unit in rows]
    assert_same(MEASURES[name](renamed), found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_changing_sides_changes_precision_into_recall(numbers: list[int]) -> None:
    cells = FourFold(*np.array(numbers, dtype=float))
    turned = cells._replace(first_only=cells.second_only, second_only=cells.first_only)
    np.testing.assert_array_equal(precision(cells).value, recall(turned).value)


@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=60, deadline=None)
@given(rows=some_ratings)
def test_a_value_or_a_reason_and_never_above_one(name: str, rows: Any) -> None:
    found = MEASURES[name](rows)
    assert np.isnan(found.value) == bool(found.reason.item())
    assert np.isnan(found.value) or found.value <= 1 + 1e-12
    agree = all(len({*given_ratings(unit)}) < 2 for unit in rows)
    if agree and not np.isnan(found.value):
        assert found.value == pytest.approx(1)


@pytest.mark.parametrize("name", [name for name in MEASURES if "_kappa" not in name])
@settings(max_examples=40, deadline=None)
@given(rows=some_ratings, times=st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_counting_a_unit_twice_is_having_it_twice(name: str, rows: Any, times: list[int]) -> None:
    ratings = ratings_of(rows, categories=[0, 1, 2])
    often = times[: len(rows)]
    weighted = replace(ratings, units=np.array(often, dtype=float))
    written = [unit for unit, n in zip(rows, often, strict=True) for _ in range(n)]
    repeated = ratings_of(written, categories=[0, 1, 2])
    measure = getattr(coefficients, name)
    assert_same(measure(weighted), measure(repeated))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=6))
def test_many_tables_at_once_are_each_by_itself(tables: list[list[int]]) -> None:
    at_once = np.array(tables, dtype=float).reshape(-1, 2, 2)
    for measure in (
        cohen_kappa,
        *(lambda table, m=m: m(ratings_of_table(table)) for m in COUNTED),
    ):
        found = measure(at_once)
        for place, table in enumerate(at_once):
            alone = measure(table)
            np.testing.assert_allclose(found.value[place], alone.value, rtol=0, atol=1e-12)
            assert found.reason[place] == alone.reason.item()


COUNTED = (
    coefficients.percent_agreement,
    coefficients.fleiss_kappa,
    coefficients.krippendorff_alpha,
    coefficients.gwet_ac1,
    coefficients.brennan_prediger,
)


@settings(max_examples=40, deadline=None)
@given(some_ratings)
def test_congers_kappa_of_two_who_rated_all_is_cohens(rows: Any) -> None:
    two = [unit[:2] for unit in rows if None not in unit[:2]]
    assume(two)
    assert_same(conger(two), cohen(two))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_cohens_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    assume(len({rating for pair in pairs for rating in pair}) > 1)
    found = cohen([list(pair) for pair in pairs])
    assert found.value == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)), abs=1e-12)


def test_numbers_of_a_matrix() -> None:
    numbers, categories = number_ratings([[3, None], [1, float("nan")]])
    assert categories == (1, 3)
    assert numbers.tolist() == [[1, -1], [0, -1]]
    found: Counts = number_ratings([["b", "a"], ["a", None]])[0]
    assert found.tolist() == [[0, 1], [1, -1]]
