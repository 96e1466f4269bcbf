"""Corrected shares of every code in every group, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.audit.checked import Audited, Domains, all_domains, why_no_share
from commonthread.audit.estimate import DRAWS, draw_counts
from commonthread.audit.people_like_these import people_like_these
from commonthread.audit.posterior import Numbers
from commonthread.coded import GROUPS
from commonthread.frequencies import denominators, share
from commonthread.tables import as_table

_SEED = 20230711
NONE_HAS = "No segment that was checked has it."
ALL_HAVE = "Every segment that was checked has it."

_FEWEST_PEOPLE = 5
ENDS = (0.025, 0.975)
_LIKE_THESE = ("people_share", "people_low", "people_high")


OF_CODE = {"dimension": "dimension", "code_id": "id", "name": "name", "theme_id": "theme"}
"""What a table says of a code: its columns, and the fields of a code."""


@dataclass(frozen=True)
class DrawnCounts:
    """Draws of the corrected counts of one kind of group: ``counts[draw, code, group]``.

    ``of`` is how many segments each group has, ``reasons`` why no share of it can be given (empty
    where one can).
    """

    domains: Domains
    of: NDArray[np.int64]
    counts: Numbers
    reasons: list[str]


def draw_all(study: Audited) -> list[DrawnCounts]:
    """Draw the corrected counts of every kind of group, each kind by itself.

    Cells that are summed up give intervals for workshops and roles that are too narrow.
    """
    return [_draw(study, domains) for domains in all_domains(study.coded.places)]


def corrected_frequencies(study: Audited, drawn: Sequence[DrawnCounts]) -> pd.DataFrame:
    """Give the table corrected_frequencies: groups and codes in the order of ``frequencies``."""
    places, codes = study.coded.places, len(study.coded.codes)
    groups = pd.DataFrame(places.groups()).assign(denominator=denominators(places))
    named = groups.loc[groups.index.repeat(codes)].reset_index(drop=True)
    shares = pd.concat([_shares(study, each) for each in drawn], ignore_index=True)
    return as_table(pd.concat([named, shares], axis=1), "corrected_frequencies")


def bound_only(study: Audited) -> list[str]:
    """Say of each code why only a bound can be given of its shares; empty where it is not so.

    Where no checked segment has a code, or every one, its share may be anything near 0 or 1.
    """
    if not len(study.checked.rows):
        return [""] * len(study.coded.codes)
    some = np.any([truth.any(axis=1) for truth in study.checked.truths], axis=0)
    every = np.all([truth.all(axis=1) for truth in study.checked.truths], axis=0)
    return [
        NONE_HAS if not some[code] else ALL_HAVE if every[code] else ""
        for code in range(len(study.coded.codes))
    ]


def _draw(study: Audited, domains: Domains) -> DrawnCounts:
    reasons = why_no_share(study, domains)
    of = np.bincount(domains.of[domains.of >= 0], minlength=domains.number)
    counts = np.zeros((1, len(study.coded.codes), domains.number))
    if not all(reasons):
        seed = _SEED + GROUPS.index(domains.kind)
        counts = draw_counts(
            study.coded.has, domains.of, domains.number, study.checked, DRAWS, seed
        )
    return DrawnCounts(domains, of, counts, reasons)


def _shares(study: Audited, drawn: DrawnCounts) -> pd.DataFrame:
    """Give a row for each group and code: all columns but those that name the group."""
    domains, codes = drawn.domains, study.coded.codes
    member = domains.of[:, None] == np.arange(domains.number)
    on = member[study.checked.rows].astype(np.int64)
    machine = study.coded.has.astype(np.int64) @ member.astype(np.int64)
    differ = (study.readings.differ & ~study.readings.settled).astype(np.int64) @ on
    twice = ((study.readings.readings > 1) | study.readings.settled).astype(np.int64) @ on
    mean = drawn.counts.mean(axis=0)
    low, high = np.quantile(drawn.counts, ENDS, axis=0)
    like = _like_these(study, domains)

    def flat(values: NDArray[Any]) -> NDArray[Any]:
        """Put values of [code, group] into rows, the codes of the first group first."""
        return values.T.ravel()

    size = len(codes)
    frame = pd.DataFrame(
        {
            **{
                column: [getattr(code, name) for code in codes] * domains.number
                for column, name in OF_CODE.items()
            },
            "of_segments": drawn.of.repeat(size),
            "checked": on.sum(axis=0).repeat(size),
            "checked_twice": twice.repeat(size),
            "differ": flat(differ),
            "machine_segments": flat(machine),
            "machine_share": flat(share(machine, drawn.of)),
            "segments": flat(mean),
            "share": flat(share(mean, drawn.of)),
            "low": flat(share(low, drawn.of)),
            "high": flat(share(high, drawn.of)),
            "reason": np.repeat(np.array(drawn.reasons, dtype=object), size),
            **{name: flat(values) for name, values in like.items()},
        }
    )
    frame.loc[frame["reason"] != "", ["segments", "share", "low", "high"]] = np.nan
    only = pd.Series(bound_only(study) * domains.number, dtype="str").where(
        frame["reason"] == "", ""
    )
    frame.loc[only != "", ["segments", "share"]] = np.nan
    frame.loc[only == NONE_HAS, "low"] = np.nan
    frame.loc[only == ALL_HAVE, "high"] = np.nan
    return frame.assign(reason=frame["reason"].where(only == "", only))


def _like_these(study: Audited, domains: Domains) -> dict[str, NDArray[Any]]:
    """Give the columns about people like these, each of [code, group]."""
    shape = (len(study.coded.codes), domains.number)
    reasons = why_no_share(study, domains)
    like = people_like_these(
        study.coded.has, domains.of, domains.number, study.coded.places.person, study.checked
    )
    values = {"people_share": like.share, "people_low": like.low, "people_high": like.high}
    said = np.full(shape, "", dtype=object)
    for number, reason in enumerate(reasons):
        people = int(like.people[number])
        if not reason and people < _FEWEST_PEOPLE:
            reason = f"Fewer than {_FEWEST_PEOPLE} people spoke."
        said[:, number] = [reason or only for only in bound_only(study)]
    said[(said == "") & np.isnan(like.share)] = "The people who spoke do not differ in this."
    for name in _LIKE_THESE:
        values[name] = np.where(said == "", values[name], np.nan)
    return {
        "people": np.tile(like.people, (shape[0], 1)),
        **values,
        "people_reason": said,
    }
