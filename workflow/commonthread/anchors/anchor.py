"""What is kept with a coding so that its words can be found again: the anchor of its segment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_AROUND_WORDS = 25
# In scripts without white space 25 words would be pages.
_AROUND_SIGNS = 250


@dataclass(frozen=True)
class Anchor:
    """Where a coding stood, told by the words that were coded and those around them.

    All texts are as the coder saw them, with pseudonyms: ``words`` is the segment's text; ``before``
    and ``after`` are up to 25 words of the source on each side, across turns, with single spaces.
    ``segment_id`` and ``source_id`` are empty, and ``start_s`` is None, where they are not known.
    ``start_s``, the second at which the turn began, helps people who look it up; nothing else.
    """

    segment_id: str
    source_id: str
    words: str
    before: str = ""
    after: str = ""
    start_s: float | None = None


def make_anchors(segments: pd.DataFrame, turns: pd.DataFrame) -> list[Anchor]:
    """Give the anchor of each segment, in the order of ``segments``.

    Goes in: the tables segments (segment_id, source_id, turn, start, end) and turns (source_id,
    turn, start, start_s, text; whole sources). Raises ValueError if a segment's turn is not there.
    """
    from commonthread.tables import check_table

    wanted = ["segment_id", "source_id", "turn", "start", "end"]
    check_table(segments, "segments", only=wanted)
    check_table(turns, "turns", only=["source_id", "turn", "start", "start_s", "text"])
    own = turns[turns["source_id"].isin(segments["source_id"].unique())]
    texts = _source_texts(own)
    seconds = own["start_s"].astype(object).where(own["start_s"].notna(), None)
    turn_began = dict(zip(zip(own["source_id"], own["turn"], strict=True), seconds, strict=True))
    anchors = []
    for row in zip(*(segments[column].tolist() for column in wanted), strict=True):
        segment_id, source_id, turn, start, end = row
        if (source_id, turn) not in turn_began:
            raise ValueError(f"Turn {turn} of the source {source_id} is missing.")
        text = texts[source_id]
        before = text[max(0, start - _AROUND_SIGNS) : start]
        after = text[end : end + _AROUND_SIGNS]
        anchors.append(
            Anchor(
                segment_id,
                source_id,
                text[start:end],
                " ".join(_whole_words(before[::-1], start > _AROUND_SIGNS))[::-1],
                " ".join(_whole_words(after, end + _AROUND_SIGNS < len(text))),
                turn_began[source_id, turn],
            )
        )
    return anchors


def _source_texts(turns: pd.DataFrame) -> dict[str, str]:
    """Give the text of each source: its turns, with line feeds between them."""
    ordered = turns.sort_values(["source_id", "turn"], kind="stable")
    return {
        str(source_id): "\n".join(texts)
        for source_id, texts in ordered.groupby("source_id", sort=False)["text"]
    }


def _whole_words(text: str, cut: bool) -> list[str]:
    """Give the first 25 words; if the text was cut off, not the one at its end, unless it is all."""
    words = text.split()
    return words[: -1 if cut and len(words) > 1 else None][:_AROUND_WORDS]
