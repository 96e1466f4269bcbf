"""Finds the segments of an audit sample again in a study as it is today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from commonthread.audit.sample import Drawn
from commonthread.tables import as_table
from commonthread.withdrawal import Withdrawn

FOUND = "found"
MAYBE = "maybe"
LOST = "lost"


def find_sample(
    sample: Sequence[Drawn],
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    pseudonyms: Iterable[str] = (),
    withdrawn: Withdrawn | None = None,
) -> pd.DataFrame:
    """Find a sample in the tables segments and turns of a whole study: the table ``audit_sample``.

    Its status is "found" for a segment of today that was drawn: where a drawn stretch is two
    segments now, both are. What is not there any more has a row "lost", and "maybe" for each segment
    that may be it. ``pseudonyms`` are all that the study ever used, and ``withdrawn`` is what people
    withdrew: a segment of theirs is lost.
    """
    anchors = [drawn.anchor for drawn in sample]
    found = (withdrawn or Withdrawn()).find_again(anchors, turns, segments, pseudonyms)
    rows: list[dict[str, Any]] = []
    for drawn, one in zip(sample, found, strict=True):
        if one is None:
            rows.append(_row(drawn, LOST, None, "Whoever said it withdrew."))
            continue
        if one.place is not None and one.place.segment_ids:
            rows += [_row(drawn, FOUND, segment_id, "") for segment_id in one.place.segment_ids]
            continue
        rows.append(_row(drawn, LOST, None, one.reason or "Its words are in no segment of today."))
        candidates = (each for place in one.candidates for each in place.segment_ids)
        rows += [_row(drawn, MAYBE, segment_id, one.reason) for segment_id in candidates]
    made = as_table(rows, "audit_sample")
    made["_place"] = made["status"].map({FOUND: 0, MAYBE: 1, LOST: 2})
    again = made.sort_values("_place", kind="stable").duplicated("segment_id")
    kept = made[~(again & made["segment_id"].notna())].drop(columns="_place")
    return kept.reset_index(drop=True)


def audit_segments(audit_sample: pd.DataFrame) -> frozenset[str]:
    """Give the ids of all segments of today that no machine may learn from.

    That is the sample, as the table ``audit_sample`` has it, and whatever may be a part of it.
    """
    return frozenset(audit_sample["segment_id"].dropna())


def found_segments(audit_sample: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of the table ``audit_sample`` that are segments of today, by their ids."""
    found = audit_sample[audit_sample["status"] == FOUND]
    return found.set_index("segment_id", drop=False)


def _row(drawn: Drawn, status: str, segment_id: str | None, reason: str) -> dict[str, Any]:
    return {
        "drawn_segment_id": drawn.segment_id,
        "segment_id": segment_id,
        "status": status,
        "drawn_on": drawn.drawn_on,
        "workshop_id": drawn.workshop_id,
        "role": drawn.role,
        "probability": drawn.probability,
        "reason": reason,
    }
