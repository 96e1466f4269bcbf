"""Corrects machine counts by a random sample that people checked: draws of the corrected counts.

Strata are what the machine says of a segment (it has the code, or not); segments are
post-stratified by them within each domain. What was checked is counted as seen, the rest is drawn
as ``posterior`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonthread.audit.posterior import Numbers, Tallies, draw_unseen

Mask = NDArray[np.bool_]
Index = NDArray[np.int64]

DRAWS = 400


@dataclass(frozen=True)
class Checked:
    """The segments that were checked, among all of a study.

    ``rows`` are their numbers. ``weights`` say for each how many segments it stands for: one over
    the probability with which it was drawn. Each of ``truths`` is what people may have meant:
    ``truth[code, i]`` says whether the i-th has the code.
    """

    rows: Index
    weights: Numbers
    truths: Sequence[Mask]


def draw_counts(
    machine: Mask, domain: Index, domains: int, checked: Checked, draws: int, seed: int
) -> Numbers:
    """Draw how many segments of each domain have each code: an array of [draw, code, domain].

    Goes in: what the machine says, as ``machine[code, segment]``, and the domain of each segment,
    -1 for none. About ``draws`` draws are shared out evenly over the possible truths. The draws of a
    domain without any segment that was checked rest on the other domains alone; whether they may be
    shown is for the caller to decide.
    """
    generator = np.random.default_rng(seed)
    inside = domain[checked.rows] >= 0
    weights, own = checked.weights[inside], domain[checked.rows[inside]]
    said = machine[:, checked.rows[inside]]
    placed = domain >= 0
    of = np.bincount(domain[placed], minlength=domains).astype(float)
    found = _per_domain(machine[:, placed], domain[placed], domains)
    each = -(-draws // len(checked.truths))
    made = []
    for truth in checked.truths:
        has = truth[:, inside]
        counts = _per_domain(has, own, domains)[None]
        for stratum, total in ((said, found), (~said, of - found)):
            tallies = _tallies(stratum, has, weights, own, total)
            counts = counts + draw_unseen(tallies, each, generator)
        made.append(counts)
    return np.concatenate(made)


def _tallies(stratum: Mask, has: Mask, weights: Numbers, own: Index, total: Numbers) -> Tallies:
    """Count a stratum: ``stratum[code, i]`` says whether the i-th checked segment is in it.

    Each checked segment stands for itself and for weight - 1 unseen ones. Where these weights
    differ, the sample counts as one of the effective size (sum w)^2 / sum w^2 (Kish 1965, Survey
    Sampling), with the weighted share of positives.
    """
    domains = total.shape[1]
    stands_for = np.maximum(weights - 1, 0)
    checked = _per_domain(stratum, own, domains)
    sums = _per_domain(stratum * stands_for, own, domains)
    squares = _per_domain(stratum * stands_for**2, own, domains)
    positives = _per_domain(stratum * has * stands_for, own, domains)
    effective = np.divide(sums**2, squares, out=np.zeros_like(sums), where=squares > 0)
    share = np.divide(positives, sums, out=np.zeros_like(sums), where=sums > 0)
    unseen = np.rint(total - checked).astype(np.int64)
    return Tallies(effective * share, effective, unseen)


def _per_domain(values: NDArray[Any], domain: Index, domains: int) -> Numbers:
    """Add up the columns of ``values[code, segment]`` by domain."""
    member = domain[:, None] == np.arange(domains)
    return values.astype(float) @ member.astype(float)
