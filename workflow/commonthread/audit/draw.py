"""Draws the audit sample: at random within workshop and role, so that it can grow.

Each segment has a place in a random order that is made from its id and stays. In each stratum the
first of that order are drawn; a larger sample takes more of them, so what was drawn stays drawn. A
new segment or workshop has its own place in the order, and changes nobody else's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.anchors.anchor import make_anchors
from commonthread.audit.sample import Drawn
from commonthread.coded import NO_ROLE
from commonthread.tables import check_table

_STRATUM = ["workshop_id", "role"]


def strata(segments: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """Give segments with the stratum of each: the columns workshop_id and role.

    Goes in: the tables segments and participants. The role is empty for notes and for talk of
    which nobody knows the speaker.
    """
    check_table(participants, "participants", only=["participant_id", "role"])
    roles = dict(zip(participants["participant_id"], participants["role"], strict=True))
    role = [
        (roles.get(who) or NO_ROLE) if kind == "talk" and not pd.isna(who) else ""
        for who, kind in zip(segments["participant_id"], segments["kind"], strict=True)
    ]
    return segments.assign(role=pd.Series(role, index=segments.index, dtype="str"))


def share_out(sizes: Mapping[tuple[str, str], int], size: int) -> dict[tuple[str, str], int]:
    """Give how many to draw in each stratum of these sizes: in proportion, at least one in each.

    Their sum is ``size``, or more where there are more strata than that, or all segments.
    """
    whole = sum(sizes.values())
    exact = {stratum: size * own / whole for stratum, own in sizes.items() if own}
    given = {stratum: min(max(int(share), 1), sizes[stratum]) for stratum, share in exact.items()}
    left = min(size, whole) - sum(given.values())
    while left > 0:
        open_ones = [stratum for stratum in exact if given[stratum] < sizes[stratum]]
        # The first of equals, so that the same study is always shared out alike.
        most = max(open_ones, key=lambda stratum: exact[stratum] - given[stratum])
        given[most] += 1
        left -= 1
    return given


@dataclass(frozen=True)
class _Stratum:
    """A stratum: of its ``segments`` the first ``drawn`` are drawn."""

    workshop_id: str
    role: str
    segments: int
    drawn: int

    @property
    def probability(self) -> float:
        return round(self.drawn / self.segments, 6)


def draw_more(
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    participants: pd.DataFrame,
    before: Mapping[str, Drawn],
    size: int,
    date: str,
) -> list[Drawn]:
    """Draw a sample of about ``size``, and give the rows that are to be added to what was drawn.

    Goes in: the tables of a study; by segment of today, what of it was drawn before; and today's
    date. What was drawn stays in the sample, so it may come out larger.

    A segment is in the sample if its place in the order was early enough in any drawing since it was
    there, so its probability is the largest share of its stratum in any of these (a few hundredths
    more in small strata, since it may also be luckier in one than in the other). Where this drawing
    makes one likelier that was drawn before, it has a row with the new probability.
    """
    placed = strata(segments, participants)
    groups = {
        (str(workshop), str(role)): own["segment_id"].tolist()
        for (workshop, role), own in placed.groupby(_STRATUM)
    }
    given = share_out({stratum: len(ids) for stratum, ids in groups.items()}, size)
    chosen: dict[str, _Stratum] = {}
    for stratum, ids in groups.items():
        ids.sort(key=lambda segment_id: (_order(_drawn_id(segment_id, before)), segment_id))
        own = _Stratum(*stratum, len(ids), given[stratum])
        chosen |= dict.fromkeys(ids[: own.drawn], own)
    new = placed[placed["segment_id"].isin(chosen.keys() - before.keys())]
    rows = [
        Drawn(
            drawn_on=date,
            segment_id=anchor.segment_id,
            source_id=anchor.source_id,
            words=anchor.words,
            before=anchor.before,
            after=anchor.after,
            **_drawn_in(chosen[anchor.segment_id]),
        )
        for anchor in make_anchors(new, turns)
    ]
    return [*_likelier(chosen, before, date), *rows]


def _likelier(
    chosen: Mapping[str, _Stratum], before: Mapping[str, Drawn], date: str
) -> list[Drawn]:
    """Give new rows for what was drawn before and is likelier to be drawn now."""
    rows: dict[str, Drawn] = {}
    for segment_id, old in before.items():
        stratum = chosen.get(segment_id)
        if stratum is not None and stratum.probability > old.probability:
            rows[old.segment_id] = replace(old, drawn_on=date, **_drawn_in(stratum))
    return list(rows.values())


def _drawn_in(stratum: _Stratum) -> dict[str, Any]:
    """Give the fields of a drawn segment that its stratum says."""
    return {
        "workshop_id": stratum.workshop_id,
        "role": stratum.role,
        "stratum_segments": stratum.segments,
        "stratum_drawn": stratum.drawn,
        "probability": stratum.probability,
    }


def _drawn_id(segment_id: str, before: Mapping[str, Drawn]) -> str:
    """Give the id under which a segment was drawn: its place in the order stays with it."""
    return before[segment_id].segment_id if segment_id in before else segment_id


def _order(segment_id: str) -> bytes:
    # Not the order in which packs are drawn: who codes the first of that order teaches machines.
    return blake2b(f"audit\n{segment_id}".encode(), digest_size=8).digest()


def judged_weights(audit_sample: pd.DataFrame, judged: Sequence[bool]) -> NDArray[np.float64]:
    """Give for each row of the table audit_sample how many segments it stands for.

    That is one over its probability; where only some of a stratum were judged, these stand for
    the others too, which stand for 0.
    """
    frame = audit_sample[[*_STRATUM, "probability"]].assign(judged=np.asarray(judged, dtype=bool))
    share = frame.groupby(_STRATUM)["judged"].transform("mean").to_numpy(dtype=float)
    stands = frame["judged"].to_numpy() / frame["probability"].to_numpy()
    return np.divide(stands, share, out=np.zeros_like(stands), where=share > 0)
