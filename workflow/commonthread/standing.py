"""What the codes of each segment rest on: people, alone or together, or a machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from commonthread.judged import ADJUDICATION, judged_segments
from commonthread.packs.pack import Opinion
from commonthread.tables import as_table

if TYPE_CHECKING:
    from commonthread.codebook import Codebook

SETTLED = "settled together"
AGREED = "coders agree"
DIFFER = "coders differ"
ONE = "one coder"
MACHINE = "machine"
STANDINGS = (SETTLED, AGREED, DIFFER, ONE, MACHINE)


def standings(segments: pd.DataFrame, judgements: pd.DataFrame) -> pd.Series[str]:
    """Say of each segment what its codes rest on, as one of STANDINGS, by segment id.

    Coders agree where two or more judged a segment and gave it the same codes and aspects. A segment
    that was left open, or for which the codebook must change, is not settled.
    """
    made = pd.Series(MACHINE, index=pd.Index(segments["segment_id"], name="segment_id"))
    found = {}
    for segment_id, rows in _latest(judgements).groupby("segment_id", sort=False):
        sets = {frozenset(codes) for codes in rows["codes"]}
        one = rows["coder_id"].nunique() < 2
        found[segment_id] = ONE if one else AGREED if len(sets) == 1 else DIFFER
    by_people = pd.Series(found, dtype="str")
    made.update(by_people[by_people.index.isin(made.index)])
    made[made.index.isin(_settled(judgements, ("decided",)))] = SETTLED
    return made


def coding_basis(segments: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """Count the segments of each workshop, and of all, by what their codes rest on.

    Comes out: the table ``coding_basis``; workshop_id is missing for all.
    """
    standing = standings(segments, judgements)
    workshops = segments.set_index("segment_id")["workshop_id"]
    counts = pd.crosstab(workshops, standing).reindex(columns=list(STANDINGS), fill_value=0)
    rows = [(None, counts.sum()), *counts.iterrows()]
    return as_table(
        [
            {"workshop_id": workshop, "basis": basis, "segments": int(own[basis])}
            for workshop, own in rows
            for basis in STANDINGS
        ],
        "coding_basis",
    )


def unsettled(
    judgements: pd.DataFrame, coders: pd.DataFrame, codebook: Codebook
) -> dict[str, list[Opinion]]:
    """Give the segments on which coders differ and that nobody settled, with what each coder said.

    A segment that was left open is among them; one for which the codebook must change is not.
    Coders stand in the order of the table ``coders``, codes in that of the codebook.
    """
    names = {row["coder_id"]: (row["coder"], row["role"]) for row in coders.to_dict("records")}
    order = {coder_id: place for place, coder_id in enumerate(names)}
    place = {code.id: number for number, code in enumerate(codebook.codes)}
    done = _settled(judgements, ("decided", "codebook"))
    found: dict[str, list[Opinion]] = {}
    for segment_id, rows in _latest(judgements).groupby("segment_id", sort=False):
        sets = {frozenset(codes) for codes in rows["codes"]}
        if len(sets) < 2 or segment_id in done:
            continue
        said = sorted(rows.to_dict("records"), key=lambda row: order.get(row["coder_id"], 0))
        found[str(segment_id)] = [
            Opinion(
                coder=names[row["coder_id"]][0],
                role=names[row["coder_id"]][1],
                codes=tuple(sorted(row["codes"], key=place.__getitem__)),
                no_code=not row["codes"],
                unsure=bool(row["unsure"]),
                comment=row["comment"],
                new_code=row["new_code"],
            )
            for row in said
        ]
    return found


def who_settled(judgements: pd.DataFrame) -> list[tuple[str, str]]:
    """Give name and role of everybody who took part in settling what counts now."""
    own = judgements[(judgements["purpose"] == ADJUDICATION) & (judgements["status"] == "counts")]
    took_part = (tuple(one) for text in own["took_part"] for one in json.loads(text))
    return list(dict.fromkeys(took_part))


def _latest(judgements: pd.DataFrame) -> pd.DataFrame:
    judged = judged_segments(judgements)
    return judged[judged["latest"].astype(bool)]


def _settled(judgements: pd.DataFrame, outcomes: Sequence[str]) -> set[str]:
    own = judgements[
        (judgements["purpose"] == ADJUDICATION)
        & (judgements["status"] == "counts")
        & judgements["outcome"].isin(outcomes)
    ]
    return {segment_id for text in own["segment_ids"] for segment_id in json.loads(text)}
