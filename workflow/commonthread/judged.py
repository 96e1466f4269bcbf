"""What people's decisions say of each segment: as codings, and as who judged what and when."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

import pandas as pd

from commonthread.codings import NO_CODE
from commonthread.tables import as_table

# The coder, and the kind of coder, of what was settled together.
ADJUDICATION = "adjudication"


def people_codings(judgements: pd.DataFrame) -> pd.DataFrame:
    """Give the codings of people, and of what they settled together, as the table ``codings``.

    Only decisions that count; a "no_code" row where a coder said that no code fits, which may stand
    beside aspects.
    """
    rows = []
    counting = judgements[judgements["status"] == "counts"]
    for row in counting.to_dict("records"):
        settled = row["purpose"] == "adjudication"
        codes = [*json.loads(row["codes"]), *([NO_CODE] if row["no_code"] else [])]
        for segment_id in json.loads(row["segment_ids"]):
            rows += [
                {
                    "segment_id": segment_id,
                    "code_id": code,
                    "coder_id": row["coder_id"],
                    "coder_kind": ADJUDICATION if settled else "person",
                    "confidence": None,
                    "evidence": "",
                    "date": row["date"][:10],
                    "memo": row["comment"],
                }
                for code in codes
            ]
    frame = as_table(rows, "codings")
    return frame.drop_duplicates(["segment_id", "code_id", "coder_id"], ignore_index=True)


def judged_segments(judgements: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each segment that a coder judged, and for each time that they did.

    Comes out: segment_id, coder_id, source_id, date, codes (a tuple of ids, empty where no code
    fits), unsure, comment, new_code, and ``latest``: whether it is the decision that counts. What
    was settled together is not in it.
    """
    own = judgements[
        judgements["status"].isin(["counts", "replaced"]) & (judgements["purpose"] == "coding")
    ]
    rows = [
        {
            "segment_id": segment_id,
            "coder_id": row["coder_id"],
            "source_id": row["source_id"],
            "date": row["date"],
            "codes": tuple(json.loads(row["codes"])),
            "unsure": row["unsure"],
            "comment": row["comment"],
            "new_code": row["new_code"],
            "latest": row["status"] == "counts",
        }
        for row in own.to_dict("records")
        for segment_id in json.loads(row["segment_ids"])
    ]
    names = ("segment_id", "coder_id", "source_id", "date", "codes", "unsure", "comment")
    frame = pd.DataFrame(rows, columns=[*names, "new_code", "latest"])
    together: Any = {
        "codes": lambda codes: tuple(dict.fromkeys(chain.from_iterable(codes))),
        "unsure": "any",
        "comment": lambda texts: " ".join(text for text in texts if text),
        "new_code": lambda texts: "; ".join(text for text in texts if text),
        "latest": "any",
    }
    if frame.empty:
        return frame
    by = ["segment_id", "coder_id", "source_id", "date"]
    return frame.groupby(by, sort=False, dropna=False, as_index=False).agg(together)
