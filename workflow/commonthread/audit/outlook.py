"""What an audit sample of some size would buy: how wide the intervals of shares would be.

The model of ``posterior`` is given what such a sample may be expected to find: in each group, checked
segments in proportion, and among those that the machine gives a code, and those that it does not,
as many with the code as an audit found, or without one as ASSUMED says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.audit.checked import FEWEST, Audited, Domains, all_domains
from commonthread.audit.posterior import Numbers, Tallies, draw_unseen
from commonthread.audit.shares import ENDS, OF_CODE
from commonthread.tables import as_table

SIZES = (50, 100, 200, 400)
ASSUMED = 0.7
"""Without an audit: of the segments that have a code the machine finds this share, and of those that
it finds this share have it."""
_KINDS = ("all", "workshop", "role")
_DRAWS = 300


def audit_outlook(study: Audited, sizes: Sequence[int] = SIZES) -> pd.DataFrame:
    """Give the table audit_outlook: by size, kind of group and code, how wide intervals would be.

    Sizes that are all of the study's segments, or more, are left out: these need no sample.
    """
    found, missed = _rates(study)
    kinds = [domains for domains in all_domains(study.coded.places) if domains.kind in _KINDS]
    segments = len(study.coded.segments)
    rows = []
    for size in sizes:
        for domains in kinds if size < segments else ():
            half, share = _expected(study.coded.has, domains, size / segments, found, missed)
            rows += [
                {
                    "sample": size,
                    "group": domains.kind,
                    **{column: getattr(code, field) for column, field in OF_CODE.items()},
                    "expected_share": share[at],
                    "half_width": half[at],
                    "basis": "audit" if len(study.checked.rows) >= FEWEST else "assumed",
                }
                for at, code in enumerate(study.coded.codes)
            ]
    return as_table(rows, "audit_outlook")


@dataclass(frozen=True)
class Typical:
    """What is expected of a typical code: its share, and half the widths of its intervals.

    ``half_widths`` are indexed by size of the sample and kind of group.
    """

    share: float
    half_widths: pd.Series[float]


def typical_code(outlook: pd.DataFrame) -> Typical | None:
    """Give the middle of all codes that are expected at all; None where there is none.

    Goes in: the table audit_outlook. Codes that never come up have no width, and would make every
    size look good enough.
    """
    codes = outlook[(outlook["dimension"] == "code") & (outlook["expected_share"] > 0)]
    if codes.empty:
        return None
    return Typical(
        float(codes["expected_share"].median()),
        codes.groupby(["sample", "group"])["half_width"].median(),
    )


def in_points(half_width: float) -> str:
    """Write half a width (a share) in percentage points."""
    points = f"{100 * half_width:.1f}"
    return "less than 0.1" if points == "0.0" else points


def _rates(study: Audited) -> tuple[Numbers, Numbers]:
    """Give, of segments that the machine gives a code and of those that it does not, which share has
    it, by code."""
    has = study.coded.has
    if len(study.checked.rows) < FEWEST:
        with_code, without = has.sum(axis=1), (~has).sum(axis=1)
        missed = with_code * (1 - ASSUMED) / np.maximum(without, 1)
        return np.full(len(has), ASSUMED), np.minimum(missed, 0.5)
    said = has[:, study.checked.rows]
    truth = np.mean(study.checked.truths, axis=0)
    weights = study.checked.weights
    found, missed = (
        ((own * truth * weights).sum(axis=1) + 0.5 * weights.mean())
        / ((own * weights).sum(axis=1) + weights.mean())
        for own in (said, ~said)
    )
    return found, missed


def _expected(
    has: NDArray[np.bool_], domains: Domains, fraction: float, found: Numbers, missed: Numbers
) -> tuple[Numbers, Numbers]:
    """Give by code half the width of the interval, the mean over groups, and the share expected."""
    member = (domains.of[:, None] == np.arange(domains.number)).astype(float)
    of = member.sum(axis=0)
    with_code = has.astype(float) @ member
    generator = np.random.default_rng(1)
    counts = np.zeros((1, len(has), domains.number))
    for total, rate in ((with_code, found), (of - with_code, missed)):
        checked = total * fraction
        unseen = np.rint(total - checked).astype(np.int64)
        tallies = Tallies(checked * rate[:, None], checked, unseen)
        counts = counts + draw_unseen(tallies, _DRAWS, generator)
    low, high = np.quantile(counts, ENDS, axis=0)
    spoke = of > 0
    half = (high - low)[:, spoke] / of[spoke] / 2
    expected = with_code.sum(axis=1) * found + (of.sum() - with_code.sum(axis=1)) * missed
    return half.mean(axis=1), expected / max(of.sum(), 1)
