"""Says which segments a stretch of words covers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import pandas as pd

from commonthread.anchors.study_text import StudyText


class SegmentFinder:
    """Finds the segments that lie on a stretch of a study's words."""

    def __init__(self, segments: pd.DataFrame, text: StudyText) -> None:
        """Take the table segments (segment_id, source_id, start, end) and the study's text."""
        self._text = text
        ordered = segments.sort_values(["source_id", "start"], kind="stable")
        self._of_source = {
            str(source_id): tuple(own[column].tolist() for column in ("segment_id", "start", "end"))
            for source_id, own in ordered.groupby("source_id", sort=False)
        }

    def covered(self, low: int, high: int) -> tuple[str, ...]:
        """Give the ids of the segments that a stretch of words covers, in order.

        A segment is covered if at least half of its words lie in the stretch, or at least half of
        the stretch's words lie in it. There always is one, since segments cover all words: of two,
        one has half of the stretch, and of more those between lie in it.
        """
        source = self._text.source(low)
        ids, starts, ends = self._of_source.get(self._text.sources[source], ([], [], []))
        start, end = self._text.characters(low, high)
        covered = []
        for row in range(bisect_right(ends, start), bisect_left(starts, end)):
            first = self._text.place(source, starts[row])
            last = self._text.place(source, ends[row])
            both = min(high, last) - max(low, first)
            if both > 0 and (2 * both >= last - first or 2 * both >= high - low):
                covered.append(ids[row])
        return tuple(covered)
