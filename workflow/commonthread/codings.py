"""Decides which codings count where several coders coded the same segment."""

from __future__ import annotations

import pandas as pd

from commonthread.tables import as_table, columns

# What a person applies to say that no code fits a segment.
NO_CODE = "no_code"

# Stands between the ids of several coders.
JOIN = "; "

# Who is heard first.
RANKS = {"adjudication": 0, "person": 1, "classifier": 2, "dictionary": 3}
MACHINES = ("classifier", "dictionary")


def decide(codings: pd.DataFrame) -> pd.DataFrame:
    """Keep, for each segment, the codings of those who are heard first.

    Goes in: the table codings, of any number of coders. Comes out: the same columns, at most one
    row for each segment and code. Where coders settled a segment together, only what they settled
    stands; else, where a person judged it, only people's codings of it, those of all who judged it
    together; elsewhere those of machines, of a code that both gave the classifier's: where it is not
    sure it says nothing, and that is no decision against a code. Where several of one kind
    applied the same code, the row with the highest confidence stands, then the latest, then the
    first by the coder's id. A person's ``no_code`` keeps every machine's code off the segment and
    does not come out itself; beside another person's code it has no effect. ``coder_id`` of a row
    that comes out has all coders of the kind who applied the code, parted by "; ". Rows are in the order
    in which segments first occur, then of code ids. Raises ValueError for an unknown kind of coder.
    """
    unknown = sorted(set(codings["coder_kind"].dropna().unique()) - set(RANKS))
    if unknown or codings["coder_kind"].isna().any():
        told = ", ".join(unknown) or "none"
        raise ValueError(f"A coder is one of {', '.join(RANKS)}; found: {told}.")
    own = list(codings.columns)
    frame = codings.reset_index(drop=True)
    frame["_rank"] = frame["coder_kind"].map(RANKS).astype("int64")
    frame["_segment"] = pd.factorize(frame["segment_id"])[0]
    first = frame.groupby("_segment")["_rank"].transform("min")
    machines = min(RANKS[kind] for kind in MACHINES)
    frame = frame[(frame["_rank"] == first) | (first >= machines)]
    frame = _with_all_coders(frame)
    frame = frame.sort_values(
        ["_segment", "code_id", "_rank", "confidence", "date", "coder_id"],
        ascending=[True, True, True, False, False, True],
        na_position="last",
        kind="stable",
    ).drop_duplicates(["_segment", "code_id"])
    decided = frame.loc[frame["code_id"] != NO_CODE, own]
    return as_table(decided, "codings") if set(columns("codings")) <= set(own) else decided


def _with_all_coders(frame: pd.DataFrame) -> pd.DataFrame:
    """Name beside each coding everybody who applied the same code to the same segment."""
    same = ["_segment", "code_id", "_rank"]
    shared = frame[frame.duplicated(same, keep=False)]
    if shared.empty:
        return frame
    joined = shared.groupby(same)["coder_id"].transform(lambda ids: JOIN.join(sorted(set(ids))))
    frame = frame.copy()
    frame.loc[joined.index, "coder_id"] = joined
    return frame
