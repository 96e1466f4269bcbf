"""Codes that overlap, that stand inside one another, or that coders take for one another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from commonthread.coded import CodedSegments
from commonthread.cooccurrence import cooccurrence
from commonthread.frequencies import share
from commonthread.tables import as_table

# A code is nested where so large a share of its segments has the other one too.
NESTED = 0.8
# Below so many segments a share of them says little.
FEWEST = 5
# Codes that share a third of their segments.
OVERLAPPING = 1 / 3


def code_pairs(coded: CodedSegments, confusions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Compare each two codes that come together or are confused: the table ``code_pairs``.

    Goes in: the coded segments; and, if several people coded, the table ``confusions``. Two codes
    are compared of which neither stands under the other; a code has the segments of the codes below
    it.

    ``relation`` is "a within b" or "b within a" where at least 80 % of the segments of the one (at
    least five) have the other too; "same" where both hold; "overlap" where a third of the segments
    with either has both; else empty. Jaccard and phi are those of the table ``cooccurrence``. Pairs
    with the largest Jaccard come first.
    """
    pairs = cooccurrence(coded)
    pairs = pairs[pairs["kind"] == "codes"].reset_index(drop=True)
    confused = _confused(confusions)
    both = list(zip(pairs["code_a"], pairs["code_b"], strict=True))
    pairs["confused"] = [confused.get(frozenset(pair), 0) for pair in both]
    pairs = pairs[(pairs["segments_both"] > 0) | (pairs["confused"] > 0)]
    a, b, ab = (pairs[f"segments_{each}"].to_numpy() for each in ("a", "b", "both"))
    of_a, of_b = share(ab, a), share(ab, b)
    a_in_b = (np.nan_to_num(of_a) >= NESTED) & (a >= FEWEST)
    b_in_a = (np.nan_to_num(of_b) >= NESTED) & (b >= FEWEST)
    overlap = (np.nan_to_num(pairs["jaccard"].to_numpy()) >= OVERLAPPING) & (ab >= FEWEST)
    made = pairs.assign(
        share_of_a=of_a,
        share_of_b=of_b,
        relation=np.select(
            [a_in_b & b_in_a, a_in_b, b_in_a, overlap],
            ["same", "a within b", "b within a", "overlap"],
            "",
        ),
    )
    made["segment_ids"] = [
        _segments_with_both(coded, *pair)
        for pair in zip(made["code_a"], made["code_b"], strict=True)
    ]
    made = made.sort_values("jaccard", ascending=False, kind="stable", na_position="last")
    return as_table(made.drop(columns="kind"), "code_pairs")


def _confused(confusions: pd.DataFrame | None) -> dict[frozenset[str], int]:
    found: dict[frozenset[str], int] = {}
    if confusions is not None:
        for a, b, times in zip(
            confusions["code_a"], confusions["code_b"], confusions["times"], strict=True
        ):
            found[frozenset((a, b))] = found.get(frozenset((a, b)), 0) + int(times)
    return found


def _segments_with_both(coded: CodedSegments, code_a: str, code_b: str) -> str:
    a, b = coded.row(code_a), coded.row(code_b)
    if a is None or b is None:
        return ""
    return " ".join(
        coded.segments["segment_id"].to_numpy(dtype=object)[coded.has[a] & coded.has[b]]
    )
