"""Every segment with its words and its codes, for people who open it in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from commonthread.quotes import SegmentTexts
from commonthread.tables import as_table

if TYPE_CHECKING:
    from commonthread.codebook import Codebook


def segment_list(
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    participants: pd.DataFrame,
    workshops: pd.DataFrame,
    codebook: Codebook,
) -> pd.DataFrame:
    """Give the table ``segment_list``: one row a segment, in the order of ``segments``.

    Goes in: the tables of these names; of ``codings`` those that were decided.
    """
    texts = SegmentTexts(segments, turns)
    titles = workshops.set_index("workshop_id")["workshop"]
    roles = participants.set_index("participant_id")["role"]
    starts = turns.set_index(["source_id", "turn"])["start_s"]
    aspects = {code.id for code in codebook.aspects}
    is_aspect = codings["code_id"].isin(aspects)
    place = pd.MultiIndex.from_frame(segments[["source_id", "turn"]])
    return as_table(
        {
            "segment_id": segments["segment_id"],
            "workshop": segments["workshop_id"].map(titles).fillna(segments["workshop_id"]),
            "role": segments["participant_id"].map(roles),
            "participant_id": segments["participant_id"],
            "kind": segments["kind"],
            "turn_starts": [clock(seconds) for seconds in starts.reindex(place)],
            "words": segments["words"],
            "codes": _joined(codings[~is_aspect], segments),
            "aspects": _joined(codings[is_aspect], segments),
            "text": [texts[row] for row in range(len(segments))],
            "source_id": segments["source_id"],
        },
        "segment_list",
    )


def clock(seconds: float | None) -> str:
    """Give seconds as hours, minutes and seconds (1:02:03); empty for a time that is not known."""
    if seconds is None or pd.isna(seconds):
        return ""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _joined(codings: pd.DataFrame, segments: pd.DataFrame) -> pd.Series:
    """Give the ids of the codes on each segment, with semicolons between them."""
    joined: dict[str, str] = {}
    for segment, code in zip(
        codings["segment_id"].tolist(), codings["code_id"].tolist(), strict=True
    ):
        joined[segment] = f"{joined[segment]}; {code}" if segment in joined else code
    return segments["segment_id"].map(joined).fillna("")
