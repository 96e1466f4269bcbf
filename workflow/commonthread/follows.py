"""Who follows whom: how often a turn by one role comes right after a turn by another."""

from __future__ import annotations

from typing import Any

import pandas as pd

from commonthread.coded import NO_ROLE, natural
from commonthread.tables import as_table, check_table

_GROUP = ["workshop_id", "role"]
_COUNTED = ["group", *_GROUP, "next_role", "pairs", "expected"]


def follows(sources: pd.DataFrame, turns: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """Count which role speaks after which: the table ``follows``.

    A pair is two turns next to each other in a transcript, of two different people who are both
    known. A turn after one of the same person is no pair, since nobody took over; nor is a turn
    beside one whose speaker is not known. The denominator of a row is all pairs whose first turn
    is by its role.

    What turn shares alone would give: after a turn of a person in a source, each of the other
    people there comes next in proportion to the turns that they took in it.

    The order of rows changes nothing. Raises ValueError if a participant stands in two rows.
    """
    check_table(sources, "sources", only=["source_id", "workshop_id", "kind"])
    check_table(turns, "turns", only=["source_id", "turn", "participant_id"])
    check_table(participants, "participants", only=["participant_id", "role"])
    if participants["participant_id"].duplicated().any():
        raise ValueError("Participants must each stand in one row.")
    listed = participants["role"].fillna(NO_ROLE).replace("", NO_ROLE)
    role_of = dict(zip(participants["participant_id"], listed, strict=True))
    workshop_of = dict(zip(sources["source_id"], sources["workshop_id"], strict=True))

    talk = turns["source_id"].isin(sources["source_id"][sources["kind"] == "transcript"])
    said = turns[talk].sort_values(["source_id", "turn"])
    said = said[["source_id", "participant_id", "turn"]]
    said = said.astype(object).set_axis(["source_id", "person", "turn"], axis=1)
    said["role"] = [role_of.get(person, NO_ROLE) for person in said["person"]]
    said["workshop_id"] = said["source_id"].map(workshop_of)
    after = said.shift(-1)
    said["next_role"] = after["role"]
    taken = (
        said["person"].notna()
        & after["person"].notna()
        & (said["source_id"] == after["source_id"])
        & (said["person"] != after["person"])
        # Between two turns, one may have been withdrawn.
        & (said["turn"] + 1 == after["turn"])
    )
    pairs = said[taken].assign(pairs=1, expected=0.0)
    both = pd.concat([pairs, _expected(said[said["person"].notna()], pairs)])
    every = _counted(both.assign(group="all", workshop_id=None))
    return as_table(pd.concat([every, _counted(both.assign(group="workshop"))]), "follows")


def _expected(said: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Give what turn shares alone would give: a row for each person and role that may follow."""
    own = said.groupby(["source_id", "person", "role"], as_index=False).size()
    in_source = own.groupby("source_id")["size"].sum()
    theirs = own.groupby(["source_id", "role"], as_index=False)["size"].sum()
    theirs = theirs.set_axis(["source_id", "next_role", "theirs"], axis=1)
    starts = pairs.groupby(["source_id", "workshop_id", "person"], as_index=False)["pairs"].sum()
    each = starts.merge(own, on=["source_id", "person"]).merge(theirs, on="source_id")
    others = each["source_id"].map(in_source).astype("int64") - each["size"]
    left = each["theirs"] - each["size"].where(each["role"] == each["next_role"], 0)
    return each.assign(expected=each["pairs"] * left / others, pairs=0)


def _counted(both: pd.DataFrame) -> pd.DataFrame:
    """Add up pairs and expected pairs by group and roles, in natural order."""
    by = ["group", *_GROUP, "next_role"]
    sums = both[_COUNTED].groupby(by, dropna=False, as_index=False).sum()
    sums["of_pairs"] = sums.groupby(_GROUP, dropna=False)["pairs"].transform("sum")
    sums["share"] = sums["pairs"] / sums["of_pairs"]
    sums["expected_share"] = sums["expected"] / sums["of_pairs"]
    places = list(zip(sums["workshop_id"], sums["role"], sums["next_role"], strict=True))
    return sums.iloc[sorted(range(len(places)), key=lambda at: _place(*places[at]))]


def _place(workshop_id: object, *roles: str) -> list[Any]:
    """Give where a row stands: by workshop, then roles, "not given" last."""
    return [natural(str(workshop_id)), *((role == NO_ROLE, natural(role)) for role in roles)]
