"""Which terms of the codebook match, and what people made of what they matched."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from commonthread.codebook import Codebook
from commonthread.refining.verdicts import MACHINE, Verdicts
from commonthread.tables import as_table

# So many segments must have been judged before "always" is said.
FEWEST_REJECTED = 3


def term_use(
    codebook: Codebook, codings: pd.DataFrame, people: Verdicts, segments: pd.DataFrame
) -> pd.DataFrame:
    """Count the segments of every term, and on how many people agreed: the table ``term_use``.

    Goes in: the codings of all coders, of which the dictionary's count, and what people decided
    about the same ``segments``. People agree where they gave the segment the code or a code below
    it. ``finding`` is "never matches", or "always rejected" where people judged at least three of a
    term's segments and agreed on none, or empty. Terms of a code that are shown alike count as one.
    A term that never matches may also be one in whose place a longer term of the same code always
    matched: taking it out changes nothing either way.
    """
    found = _segments_matched(codings)
    ids = segments["segment_id"].to_numpy(dtype=object)
    row_of = {segment: row for row, segment in enumerate(ids.tolist())}
    rows: list[dict[str, Any]] = []
    for number, code in enumerate(codebook.codes):
        for term in dict.fromkeys(term.label for term in code.terms):
            own = found.get((code.id, term), set())
            at = np.array(sorted(row_of[each] for each in own if each in row_of), dtype=np.int64)
            agreed = int(people.applied[number, at].sum())
            rejected = at[people.left_off[number, at]]
            rows.append(
                {
                    "code_id": code.id,
                    "term": term,
                    "segments": len(at),
                    "judged": int(people.judged[at].sum()),
                    "agreed": agreed,
                    "rejected": len(rejected),
                    "finding": _finding(len(at), agreed, len(rejected)),
                    "segment_ids": " ".join(ids[rejected]),
                }
            )
    return as_table(rows, "term_use")


def _finding(segments: int, agreed: int, rejected: int) -> str:
    if not segments:
        return "never matches"
    return "always rejected" if rejected >= FEWEST_REJECTED and not agreed else ""


def _segments_matched(codings: pd.DataFrame) -> dict[tuple[str, str], set[str]]:
    """Give the segments in which each term of each code matched."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    own = codings[codings["coder_kind"] == MACHINE]
    for segment, code, evidence in zip(
        own["segment_id"].tolist(), own["code_id"].tolist(), own["evidence"].tolist(), strict=True
    ):
        for one in json.loads(evidence or "[]"):
            found[code, one["term"]].add(segment)
    return found
