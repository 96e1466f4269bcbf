"""Which cells of a table of counts to withhold, so that small ones cannot be got by subtraction."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import ArrayLike, NDArray

Cells = NDArray[np.int64]
Mask = NDArray[np.bool_]


def is_small(cells: ArrayLike, threshold: int) -> Mask:
    """Say which counts are below the threshold, nothing at all among them; of 1, none is."""
    return np.asarray(np.asarray(cells) < (threshold if threshold > 1 else 0))


def withheld(cells: ArrayLike, threshold: int, first: ArrayLike | None = None) -> Mask:
    """Say which cells of a table with totals to withhold.

    Goes in: the cells without totals, rows by columns, whole numbers of at least 0; and, in
    ``first``, cells to withhold for a reason that their numbers do not show (such as few people
    behind them), with or without a further row and column for totals. A list of cells with one
    total is a table of one row.

    Comes out: a mask with one more row and column, the totals of columns and of rows, with the
    total of all in the corner. Withheld are cells and totals below the threshold, and as many
    more, the smallest first and equal ones alike, that from what is shown

    - the withheld cells of a row or column never add up to less than the threshold (so that no
      small sum can be got by subtraction either), and
    - no withheld cell can be worked out from all rows and columns together, even though everybody
      knows that counts are at least 0: it could differ by the threshold, and more.

    Each round withholds more, until both hold; with everything withheld both do.
    """
    inner = np.atleast_2d(np.asarray(cells, dtype=np.int64))
    whole = _with_totals(inner)
    mask = is_small(whole, threshold)
    if first is not None:
        given = np.atleast_2d(np.asarray(first, dtype=bool))
        mask[: len(given), : given.shape[1]] |= given
    if len(inner) == 1:
        # The totals of a single row's columns are its cells again.
        while _widen_line(mask[0], whole[0], threshold):
            pass
        mask[1] = mask[0]
        return mask
    while _widen_lines(mask, whole, threshold) or _widen_table(mask, whole, threshold):
        pass
    return mask


def _with_totals(inner: Cells) -> Cells:
    wide = np.concatenate([inner, inner.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)])


def _widen_lines(mask: Mask, whole: Cells, threshold: int) -> bool:
    """Withhold more in each row and column that needs it; say whether any did."""
    lines = [(mask[row], whole[row]) for row in range(len(whole))]
    lines += [(mask[:, column], whole[:, column]) for column in range(whole.shape[1])]
    return any(_widen_line(line, values, threshold) for line, values in lines)


def _widen_line(mask: Mask, values: Cells, threshold: int) -> bool:
    """Withhold more in a line, whose last value is the total of the others, if it needs it."""
    cells, hidden = values[:-1], mask[:-1]
    if not mask.any():
        return False
    if mask[-1]:
        enough = bool(hidden.any())
    else:
        enough = hidden.sum() > 1 and not is_small(cells[hidden].sum(), threshold)
    if enough or mask.all():
        return False
    if hidden.all():
        mask[-1] = True
        return True
    hidden |= ~hidden & (cells == cells[~hidden].min())
    return True


def _widen_table(mask: Mask, whole: Cells, threshold: int) -> bool:
    """Withhold the smallest shown cells if some withheld one can still be worked out closely."""
    for row, column in np.argwhere(mask):
        if _play(mask, whole, int(row), int(column), threshold):
            continue
        shown = ~mask
        # A cell of the same row or column helps this one most.
        near = np.zeros_like(mask)
        near[row], near[:, column] = True, True
        choice = shown & near if (shown & near).any() else shown
        mask |= choice & (whole == whole[choice].min())
        return True
    return False


def _play(mask: Mask, whole: Cells, row: int, column: int, threshold: int) -> bool:
    """Say whether a withheld cell could differ by the threshold, for all that is shown.

    Changing a cell means changing others of its row and column in turn, around a ring of withheld
    cells; a total changes with its cells, a cell against the others. Cells do not go below 0. So
    the most by which a cell can grow, or shrink, is a flow through rows and columns.
    """
    grows = _flow(mask, whole, row, column, threshold, growing=True)
    if grows >= threshold:
        return True
    shrinks = _flow(mask, whole, row, column, threshold, growing=False)
    return grows + min(shrinks, int(whole[row, column])) >= threshold


def _flow(mask: Mask, whole: Cells, row: int, column: int, enough: int, *, growing: bool) -> int:
    """Give by how much a cell can grow (or shrink), up to ``enough``."""
    rows, columns = whole.shape
    room = np.zeros((rows + columns, rows + columns), dtype=np.int64)
    r, c = np.nonzero(mask)
    # Totals stand on the other side of the equation than cells; the total of all, on both.
    total = (r == rows - 1) != (c == columns - 1)
    start, end = np.where(total, rows + c, r), np.where(total, r, rows + c)
    room[start, end] = enough
    room[end, start] = np.minimum(whole[r, c], enough)
    own = int(np.flatnonzero((r == row) & (c == column))[0])
    first, last = int(start[own]), int(end[own])
    room[first, last] = room[last, first] = 0
    return _most(room, *((last, first) if growing else (first, last)), enough)


def _most(room: Cells, source: int, sink: int, enough: int) -> int:
    """Give the largest flow from source to sink, up to ``enough`` (Edmonds and Karp 1972)."""
    found = 0
    while found < enough:
        before = np.full(len(room), -1)
        before[source] = source
        queue = deque([source])
        while queue and before[sink] < 0:
            here = queue.popleft()
            for there in np.flatnonzero((room[here] > 0) & (before < 0)):
                before[there] = here
                queue.append(int(there))
        if before[sink] < 0:
            break
        path = [sink]
        while path[-1] != source:
            path.append(int(before[path[-1]]))
        steps = list(zip(path[1:], path, strict=False))
        part = min(int(room[step]) for step in steps)
        for start, end in steps:
            room[start, end] -= part
            room[end, start] += part
        found += part
    return found
