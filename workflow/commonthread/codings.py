"""Decides which codings count where several coders coded the same segment."""

from __future__ import annotations

import pandas as pd

from commonthread.tables import as_table, columns

# What a person applies to say that no code fits a segment.
NO_CODE = "no_code"

# Who is heard first.
RANKS = {"person": 0, "classifier": 1, "dictionary": 2}


def decide(codings: pd.DataFrame) -> pd.DataFrame:
    """Keep, for each segment, the codings of those who are heard first.

    Goes in: the table codings, of any number of coders. Comes out: the same columns, at most one
    row for each segment and code. Where a person judged a segment, only people's codings of it
    stand; elsewhere the classifier's, and else the dictionary's. Where several of one kind applied
    the same code, the row with the highest confidence stands, then the latest, then the first by
    the coder's id. A person's ``no_code`` keeps every machine's code off the segment and does not
    come out itself; beside another person's code it has no effect. Rows are in the order in which
    segments first occur, then of code ids. Raises ValueError for an unknown kind of coder.
    """
    unknown = sorted(set(codings["coder_kind"].dropna().unique()) - set(RANKS))
    if unknown or codings["coder_kind"].isna().any():
        told = ", ".join(unknown) or "none"
        raise ValueError(f"A coder is person, classifier or dictionary; found: {told}.")
    own = list(codings.columns)
    frame = codings.reset_index(drop=True)
    frame["_rank"] = frame["coder_kind"].map(RANKS).astype("int64")
    frame["_segment"] = pd.factorize(frame["segment_id"])[0]
    frame = frame[frame["_rank"] == frame.groupby("_segment")["_rank"].transform("min")]
    frame = frame.sort_values(
        ["_segment", "code_id", "confidence", "date", "coder_id"],
        ascending=[True, True, False, False, True],
        na_position="last",
        kind="stable",
    ).drop_duplicates(["_segment", "code_id"])
    decided = frame.loc[frame["code_id"] != NO_CODE, own]
    return as_table(decided, "codings") if set(columns("codings")) <= set(own) else decided
