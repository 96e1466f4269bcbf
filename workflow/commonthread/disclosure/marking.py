"""Tables in which some numbers are withheld."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from commonthread.coded import Mask

# Columns of tables with numbers withheld: which columns of a row are, and which of these are known
# to be small.
WITHHELD, SMALL = "withheld", "small"


def marked(
    frame: pd.DataFrame,
    hidden: Mapping[str, Mask | Sequence[bool]],
    small: Mapping[str, Mask | Sequence[bool]] | None = None,
) -> pd.DataFrame:
    """Take numbers out of a frame, and say where.

    Goes in: for each column, which rows are withheld; and of which of these it is told that they
    are above 0 and below the threshold. Comes out: the frame with these cells missing, and with two
    more columns, ``withheld`` and ``small``: the names of such columns with semicolons between.
    """
    made = frame.reset_index(drop=True).copy()
    for name, mask in hidden.items():
        if pd.api.types.is_integer_dtype(made[name]):
            made[name] = made[name].astype("Int64")
        made[name] = made[name].mask(np.asarray(mask, dtype=bool))
    made[WITHHELD] = _names(hidden, len(made))
    made[SMALL] = _names(small or {}, len(made))
    return made


def kept(frame: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    """Keep some columns of such a frame, and of ``withheld`` and ``small`` the names of these."""
    made = frame[[name for name in frame.columns if name in names]].copy()
    for column in {WITHHELD, SMALL} & set(made.columns):
        made[column] = [
            "; ".join(name for name in written.split("; ") if name in names)
            for written in made[column]
        ]
    return made[[name for name in names if name in made.columns]]


def _names(masks: Mapping[str, Mask | Sequence[bool]], size: int) -> list[str]:
    found: list[list[str]] = [[] for _ in range(size)]
    for name, mask in masks.items():
        for row in np.flatnonzero(np.asarray(mask, dtype=bool)):
            found[row].append(name)
    return ["; ".join(names) for names in found]
