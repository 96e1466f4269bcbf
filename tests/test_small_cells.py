"""Tests of withholding: no small cell, and none that could be worked out, is given away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from commonthread.small_cells import is_small, withheld


def whole(cells: np.ndarray) -> np.ndarray:
    wide = np.concatenate([cells, cells.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)])


def bounds(cells: np.ndarray, mask: np.ndarray, row: int, column: int) -> tuple[float, float]:
    """Give what anybody can work out about one withheld value: the least and the most it can be."""
    values = whole(cells)
    rows, columns = values.shape
    equations = []
    for line in range(rows):
        equation = np.zeros((rows, columns))
        equation[line, :-1], equation[line, -1] = 1, -1
        equations.append(equation.ravel())
    for line in range(columns):
        equation = np.zeros((rows, columns))
        equation[:-1, line], equation[-1, line] = 1, -1
        equations.append(equation.ravel())
    hidden = mask.ravel()
    known = [
        (0, None) if away else (value, value)
        for away, value in zip(hidden, values.ravel(), strict=True)
    ]
    aim = np.zeros(values.size)
    aim[row * columns + column] = 1
    found = []
    for sign in (1, -1):
        solved = linprog(
            sign * aim, A_eq=np.array(equations), b_eq=np.zeros(len(equations)), bounds=known
        )
        found.append(sign * solved.fun if solved.status == 0 else sign * -np.inf)
    return found[0], found[1]


def test_two_small_cells_take_a_third_along() -> None:
    # 1 and 6 add up to 7, which would be a small sum; of 11 and 11 neither is preferred.
    assert withheld([1, 6, 11, 11], 10)[0].tolist() == [True, True, True, True, False]
    assert withheld([1, 6, 11, 12], 10)[0].tolist() == [True, True, True, False, False]
    assert withheld([4, 30, 40], 10)[0].tolist() == [True, True, False, False]
    assert not withheld([10, 30, 40], 10).any()
    assert withheld([2, 3], 10)[0].all()


def test_a_threshold_of_one_withholds_nothing() -> None:
    assert not withheld([[0, 1], [2, 0]], 1).any()
    assert is_small([0, 9, 10], 10).tolist() == [True, True, False]


def test_other_reasons_are_kept_to() -> None:
    mask = withheld([50, 60, 70], 10, first=[False, True, False])
    assert mask[0].tolist() == [True, True, False, False]


def test_a_small_cell_of_a_table_takes_a_ring_along() -> None:
    mask = withheld([[3, 40, 50], [60, 70, 80], [90, 91, 92]], 10)
    assert mask[0, 0]
    assert not mask[-1, -1]
    assert mask[:-1, :-1].sum() == 4


TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(
            st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9, 12, 30]), min_size=columns, max_size=columns
        ),
        min_size=1,
        max_size=4,
    )
)


@settings(max_examples=80, deadline=None)
@given(TABLES, st.sampled_from([2, 5, 10]))
def test_nothing_withheld_can_be_worked_out(table: list[list[int]], threshold: int) -> None:
    cells = np.array(table)
    mask = withheld(cells, threshold)
    values = whole(cells)
    assert not is_small(values[~mask], threshold).any()
    for row, column in np.argwhere(mask):
        least, most = bounds(cells, mask, row, column)
        assert most - least >= threshold - 1e-6, (least, values[row, column], most)
    # Nor is what a row or a column leaves over small.
    for line, hidden in [*zip(values, mask, strict=True), *zip(values.T, mask.T, strict=True)]:
        if hidden[:-1].any() and not hidden[-1]:
            shown = line[:-1][~hidden[:-1]].sum()
            assert line[-1] - shown >= threshold


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.sampled_from([5, 10]))
def test_the_order_of_cells_changes_nothing(cells: list[int], threshold: int) -> None:
    turned = withheld(cells[::-1], threshold)[0, :-1][::-1]
    assert (turned == withheld(cells, threshold)[0, :-1]).all()


@pytest.mark.parametrize("threshold", [5, 10])
def test_a_large_table_takes_little_time(threshold: int) -> None:
    cells = np.random.default_rng(4).poisson(9, (30, 8))
    assert withheld(cells, threshold).shape == (31, 9)
