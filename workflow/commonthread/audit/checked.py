"""Brings together a study's machine codes and what people said of its audit sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.audit.draw import judged_weights
from commonthread.audit.estimate import Checked
from commonthread.audit.human_error import possible_truths
from commonthread.audit.readings import Readings, gather_readings
from commonthread.audit.today import found_segments
from commonthread.coded import GROUPS, CodedSegments, Places

FEWEST = 20
"""With fewer checked segments no share is given."""
_TRUTHS = 10
_UNSEEN = 0.1
"""No share is given where more of the segments than this stand in strata that nobody checked."""


@dataclass(frozen=True)
class Audited:
    """A study as machines coded it, and the part of its audit sample that people judged.

    ``coded`` holds the machine's codes alone. ``readings`` are those of the judged segments, in the
    order of ``checked.rows``. ``drawn`` is how many segments of today were drawn, judged or not.
    """

    coded: CodedSegments
    checked: Checked
    readings: Readings
    drawn: int


@dataclass(frozen=True)
class Domains:
    """The groups of one kind, as ``GROUPS`` names it: which of them each segment is in, -1 for none."""

    kind: str
    of: NDArray[np.int64]
    number: int


def audited(coded: CodedSegments, audit_sample: pd.DataFrame, judgements: pd.DataFrame) -> Audited:
    """Bring together machine codes, and the tables audit_sample and judgements."""
    ids = coded.segments["segment_id"]
    sample = found_segments(audit_sample)
    rows = np.flatnonzero(ids.isin(sample.index).to_numpy())
    own = ids.iloc[rows].tolist()
    readings = gather_readings(judgements, own, coded.codebook)
    judged = readings.judged
    weights = judged_weights(sample.loc[own], judged.tolist())
    kept = readings.of(judged)
    return Audited(
        coded=coded,
        checked=Checked(
            rows=rows[judged],
            weights=weights[judged],
            truths=possible_truths(kept, _TRUTHS, np.random.default_rng(1)),
        ),
        readings=kept,
        drawn=len(rows),
    )


def all_domains(places: Places) -> tuple[Domains, ...]:
    """Give the groups of every kind, in the order of ``GROUPS``."""
    whole = np.zeros(len(places.workshop), dtype=np.int64)
    of = (whole, places.workshop, places.role, places.cell)
    return tuple(
        Domains(kind, own, size) for kind, own, size in zip(GROUPS, of, places.sizes, strict=True)
    )


def why_no_share(study: Audited, domains: Domains) -> list[str]:
    """Say of each group why no share can be given of it; empty where one can."""
    checked = len(study.checked.rows)
    if not checked:
        return ["No audit sample was checked."] * domains.number
    if checked < FEWEST:
        few = "Only 1 segment was" if checked == 1 else f"Only {checked} segments were"
        return [f"{few} checked; at least {FEWEST} are needed."] * domains.number
    places = study.coded.places
    # Cells, and in each workshop the segments of which nobody known is the speaker.
    stratum = np.where(places.cell >= 0, places.cell, places.sizes[3] + places.workshop)
    seen = np.isin(stratum, stratum[study.checked.rows])
    reasons = []
    for number in range(domains.number):
        own = domains.of == number
        of, unseen = int(own.sum()), int((own & ~seen).sum())
        if not own[study.checked.rows].any():
            reasons.append("None of its segments was checked.")
        elif unseen > _UNSEEN * of:
            reasons.append(
                f"Of its {of:,} segments, {unseen:,} are of a workshop and role of which none was "
                "checked."
            )
        else:
            reasons.append("")
    return reasons
