"""Whether new codes still come up: saturation over workshops, sources or people.

After Guest, Namey and Chen 2020 (A simple method to assess and report thematic saturation in
qualitative research, PLOS ONE 15:e0232076). The first few units are the *base*; a *run* is a few
units in a row after it. New information is the number of codes that come up for the first time in
the run, over the number of different codes in the base. Runs begin at every unit after the base,
so they overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from math import factorial
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.coded import CodedSegments, Counts, Mask
from commonthread.summary.check import day_of
from commonthread.tables import as_table

Unit = Literal["workshop", "source", "person"]
_SEVERAL = {"workshop": "workshops", "source": "sources", "person": "people who spoke"}
THRESHOLDS = (0.05, 0.0)

# As many orders as are tried; of few units, every order.
_ORDERS = 1_000
_SEED = 1
_BAND = (2.5, 97.5)


@dataclass(frozen=True)
class Saturation:
    """New codes unit by unit, in one order.

    ``new`` is how many codes come up for the first time in each unit; ``base_codes`` how many in
    the first ``base`` units together. ``run_new[i]`` is how many come up for the first time in the
    ``run`` units from number ``base + i`` (from 0) on, and ``information[i]`` that over
    ``base_codes``; missing (NaN) where the base has no code. There are no runs where there are
    fewer units than a base and a run need.
    """

    base: int
    run: int
    new: Counts = field(repr=False)

    @property
    def base_codes(self) -> int:
        """How many different codes the base has."""
        return int(self.new[: self.base].sum())

    @property
    def run_new(self) -> Counts:
        """How many new codes each run brings."""
        return _runs(self.new[None], self.base, self.run)[0]

    @property
    def information(self) -> NDArray[np.float64]:
        """New information of each run."""
        return _information(self.new[None], self.base, self.run)[0]

    def reached(self, threshold: float) -> int | None:
        """Give after how many units a run brings new information of at most ``threshold``.

        The run itself comes on top of these units: 4 with a run of 2 is written "4+2". None if no
        run does.
        """
        below = np.flatnonzero(self.information <= threshold)
        return self.base + int(below[0]) if len(below) else None


def new_codes(has: Mask) -> Counts:
    """Count the codes that come up for the first time in each unit of ``has`` (units x codes)."""
    return _new_codes(has, np.arange(len(has))[None])[0]


def _new_codes(has: Mask, orders: Counts) -> Counts:
    """Count them for each order (orders x units): a row for each order."""
    said = has[:, has.any(axis=0)]
    size = len(has)
    first = np.stack([said[order].argmax(axis=0) for order in orders]) if size else orders
    cells = np.arange(len(orders))[:, None] * size + first
    return np.bincount(cells.ravel(), minlength=orders.size).reshape(orders.shape)


def _runs(new: Counts, base: int, run: int) -> Counts:
    """Add up the new codes of each run, for each row of orders x units."""
    number = max(new.shape[1] - base - run + 1, 0)
    added = [new[:, base + i : base + i + run].sum(axis=1) for i in range(number)]
    return np.stack(added, axis=1) if added else np.zeros((len(new), 0), dtype=np.int64)


def _information(new: Counts, base: int, run: int) -> NDArray[np.float64]:
    runs = _runs(new, base, run).astype(float)
    codes = new[:, :base].sum(axis=1, dtype=float)[:, None]
    return np.divide(runs, codes, out=np.full_like(runs, np.nan), where=codes > 0)


def saturation(
    coded: CodedSegments,
    workshops: pd.DataFrame,
    unit: Unit = "workshop",
    base: int = 4,
    run: int = 2,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ask whether new codes still come up: the tables ``saturation`` and ``saturation_reached``.

    Goes in: the coded segments, and the table ``workshops`` for their dates. Codes of themes count,
    as they were applied; aspects do not. Workshops go by date where all have one, else by their
    ids; sources by their ids within that; people by when they first spoke. The band holds 95 % of
    what other orders of the units would give: of every order where there are at most 720, else of
    1,000 drawn at random (always the same ones). Where there are too few units for a base and a
    run, the figures of runs are missing and ``reason`` says so.
    """
    ids, has = _units(coded, workshops, unit)
    own = Saturation(base, run, new_codes(has))
    orders = _orders(len(ids))
    new = _new_codes(has, orders)
    information = _information(new, base, run)
    steps = pd.DataFrame(
        {
            "unit": unit,
            "base": base,
            "run": run,
            "position": np.arange(1, len(ids) + 1),
            "unit_id": ids,
            "new_codes": own.new,
            "codes": own.new.cumsum(),
            **_band(new.cumsum(axis=1), "codes"),
            **_of_runs(own, information, len(ids)),
        }
    )
    reason = "" if len(own.information) else _too_few(len(ids), unit, base, run)
    if not reason and not own.base_codes:
        reason = f"No code comes up in the first {base} {_SEVERAL[unit]}."
    reached = {
        "unit": unit,
        "base": base,
        "run": run,
        "threshold": THRESHOLDS,
        "base_codes": own.base_codes,
        "reached_after": pd.array([own.reached(each) for each in THRESHOLDS], dtype="Int64"),
        "share_of_orders": [
            np.nan if reason else _share(information <= each) for each in THRESHOLDS
        ],
        "reason": reason,
    }
    return as_table(steps, "saturation"), as_table(pd.DataFrame(reached), "saturation_reached")


def _share(below: Mask) -> float:
    """Give the share of orders (rows) in which any run is below."""
    return float(below.any(axis=1).mean())


def _too_few(number: int, unit: Unit, base: int, run: int) -> str:
    return (
        f"Of {_SEVERAL[unit]} there {'is' if number == 1 else 'are'} {number}; a base of {base} and a run of {run} need"
        f" {base + run}."
    )


def _band(values: NDArray[Any], name: str) -> dict[str, NDArray[np.float64]]:
    """Give what 95 % of orders (rows) lie between, for each column."""
    low, high = np.percentile(values, _BAND, axis=0)
    return {f"{name}_low": low, f"{name}_high": high}


def _of_runs(
    own: Saturation, information: NDArray[np.float64], units: int
) -> dict[str, pd.Series[Any]]:
    """Give the figures of each run in the row of its last unit; missing in the others."""
    of_run: dict[str, NDArray[Any]] = {
        "run_new": own.run_new,
        "new_information": own.information,
        **_band(information, "new_information"),
    }
    rows = range(units - len(own.information), units)
    made = {name: pd.Series(values, rows) for name, values in of_run.items()}
    made["run_new"] = made["run_new"].astype("Int64")
    return {name: values.reindex(range(units)) for name, values in made.items()}


def _orders(units: int) -> Counts:
    if factorial(min(units, 10)) <= _ORDERS:
        return np.array(list(permutations(range(units))), dtype=np.int64).reshape(-1, units)
    draw = np.random.default_rng(_SEED)
    return np.stack([draw.permutation(units) for _ in range(_ORDERS)])


def _units(
    coded: CodedSegments, workshops: pd.DataFrame, unit: Unit
) -> tuple[NDArray[np.object_], Mask]:
    """Give the units in their order, and which codes each has (units x codes)."""
    places = coded.places
    rank = _workshop_ranks(places.workshop_ids, workshops)[places.workshop]
    order = np.lexsort((np.arange(len(rank)), rank))
    if unit == "workshop":
        of_segment, names = places.workshop, np.array(places.workshop_ids, dtype=object)
    elif unit == "source":
        of_segment, named = pd.factorize(coded.segments["source_id"])
        names = np.array(named, dtype=object)
    else:
        of_segment, names = places.person, np.array(places.people, dtype=object)
    order = order[of_segment[order] >= 0]
    # In the order in which they come up.
    number, present = pd.factorize(of_segment[order])
    codes = np.array([code.dimension != "aspect" for code in coded.codes], dtype=bool)
    has = np.zeros((len(present), int(codes.sum())), dtype=bool)
    code, segment = np.nonzero(coded.direct[codes][:, order])
    has[number[segment], code] = True
    return names[np.asarray(present, dtype=np.int64)], has


def _workshop_ranks(ids: Sequence[str], workshops: pd.DataFrame) -> Counts:
    """Give the place of each workshop in time, or in the order of ids if a date is missing."""
    dates = dict(zip(workshops["workshop_id"], workshops["date"], strict=True))
    days = [day_of(str(dates.get(workshop) or "")) for workshop in ids]
    place = list(range(len(ids)))
    known = [day for day in days if day is not None]
    if len(known) == len(days):
        place.sort(key=lambda number: (known[number], number))
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[place] = np.arange(len(ids))
    return ranks
