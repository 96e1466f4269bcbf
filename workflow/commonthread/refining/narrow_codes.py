"""Codes that only one role uses, or that rest on one voice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from commonthread.coded import CodedSegments
from commonthread.tables import as_table

# Fewer segments of talk than this say nothing about who uses a code.
FEWEST = 3


def narrow_codes(coded: CodedSegments) -> pd.DataFrame:
    """List the codes that one role or one voice has to itself: the table ``narrow_codes``.

    A code counts with the codes below it, and only if it is on at least three segments of talk.
    ``finding`` is "one role" where all of these whose speaker is known come from one role, though
    others spoke, and "one voice" where more than half of them come from one known person, though
    others spoke. Who the person is does not come out. A code may be there for both.
    """
    places, ids = coded.places, coded.segments["segment_id"].to_numpy(dtype=object)
    person, known = places.person, places.seat >= 0
    several_roles = len(np.unique(places.role[known])) > 1
    several_people = len(np.unique(person[known])) > 1
    rows: list[dict[str, Any]] = []
    for code, has in zip(coded.codes, coded.has, strict=True):
        talk, own = np.flatnonzero(has & places.talk), np.flatnonzero(has & known)
        if len(talk) < FEWEST or not len(own):
            continue
        about = {"code_id": code.id, "name": code.name, "of_segments": len(talk)}
        roles = np.unique(places.role[own])
        if several_roles and len(roles) == 1:
            rows.append(about | _finding("one role", own, ids, places.roles[roles[0]]))
        by_person = np.bincount(person[own])
        most = own[person[own] == by_person.argmax()]
        if several_people and 2 * len(most) > len(talk):
            rows.append(about | _finding("one voice", most, ids))
    return as_table(rows, "narrow_codes")


def _finding(
    finding: str, segments: np.ndarray[Any, Any], ids: np.ndarray[Any, Any], role: str | None = None
) -> dict[str, Any]:
    return {
        "finding": finding,
        "role": role,
        "segments": len(segments),
        "segment_ids": " ".join(ids[segments]),
    }
