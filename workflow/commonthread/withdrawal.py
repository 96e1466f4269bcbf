"""What people said who withdrew: it is left out, and known again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from commonthread.anchors.anchor import Anchor
from commonthread.anchors.finding import Found, Place, find_again
from commonthread.coded import Mask
from commonthread.folding import tokens
from commonthread.participants import WHOLLY
from commonthread.quotes import SegmentTexts
from commonthread.segments import cut_source
from commonthread.settings import SegmentSettings
from commonthread.tables import as_table, columns, empty_table

# Fewer words may be anybody's.
_FEWEST_WORDS = 4


def is_withdrawn(withdrawn: str, workshop_date: str) -> bool:
    """Tell whether what a person said in a workshop was withdrawn.

    ``withdrawn`` is "yes" (all of it), or the first day (ISO 8601) whose words are to go, or empty;
    ``workshop_date`` is when the workshop was. One without a date in ISO 8601 counts as later.
    """
    if not withdrawn or withdrawn == WHOLLY:
        return bool(withdrawn)
    try:
        held = datetime.fromisoformat(workshop_date.strip()).date()
    except ValueError:
        return True
    return held.isoformat() >= withdrawn


@dataclass(frozen=True)
class Split:
    """What stays of pseudonymised sources, and the whole of those in which something was withdrawn.

    ``turns`` and ``replacements`` are the tables of these names without what was withdrawn; offsets
    are those in the whole text. ``whole_turns`` (turns) and ``whole_segments`` are all of sources in
    which something was withdrawn, and are private.
    """

    turns: pd.DataFrame
    replacements: pd.DataFrame
    whole_turns: pd.DataFrame
    whole_segments: pd.DataFrame


def split_withdrawn(
    turns: pd.DataFrame,
    replacements: pd.DataFrame,
    withdrawn: Collection[tuple[str, int]],
    settings: SegmentSettings,
) -> Split:
    """Take out what was withdrawn.

    Goes in: the tables turns and replacements of whole sources, source and number of each turn that
    was withdrawn, and how segments are cut.
    """
    numbers = zip(turns["source_id"], turns["turn"], strict=True)
    gone = np.fromiter((number in withdrawn for number in numbers), dtype=bool, count=len(turns))
    touched = turns["source_id"].isin(turns.loc[gone, "source_id"])
    spans = list(zip(turns["source_id"], turns["start"], turns["end"], strict=True))
    ends = {
        (source, start): end for (source, start, end), out in zip(spans, gone, strict=True) if out
    }
    starts: dict[str, list[int]] = {}
    for source, start in sorted(ends):
        starts.setdefault(source, []).append(start)

    def is_out(source: str, start: int) -> bool:
        before = bisect_right(starts.get(source, []), start) - 1
        return before >= 0 and start < ends[source, starts[source][before]]

    out = [
        is_out(*place)
        for place in zip(replacements["source_id"], replacements["start"], strict=True)
    ]
    return Split(
        turns[~gone].reset_index(drop=True),
        replacements[~np.array(out, dtype=bool)].reset_index(drop=True),
        turns[touched].reset_index(drop=True),
        _whole_segments(turns[touched], replacements, gone[touched], settings),
    )


def _whole_segments(
    turns: pd.DataFrame, replacements: pd.DataFrame, gone: Mask, settings: SegmentSettings
) -> pd.DataFrame:
    out = set(zip(turns.loc[gone, "source_id"], turns.loc[gone, "turn"], strict=True))
    names = replacements.groupby("source_id")
    rows = []
    for source_id, own in turns.groupby("source_id", sort=False):
        places = names.get_group(source_id) if source_id in names.groups else replacements.head(0)
        cut = cut_source(
            str(source_id),
            zip(own["turn"].tolist(), own["start"].tolist(), own["text"].tolist(), strict=True),
            list(zip(places["start"].tolist(), places["end"].tolist(), strict=True)),
            settings,
        )
        rows += [
            (
                each.segment_id,
                source_id,
                each.turn,
                each.start,
                each.end,
                (source_id, each.turn) in out,
            )
            for each in cut
        ]
    return as_table(pd.DataFrame(rows, columns=list(columns("whole_segments"))), "whole_segments")


class Withdrawn:
    """What was withdrawn, to know it again."""

    def __init__(
        self, turns: pd.DataFrame | None = None, segments: pd.DataFrame | None = None
    ) -> None:
        """Take the private tables ``whole_turns`` and ``whole_segments``; none for nothing."""
        self._turns = empty_table("turns") if turns is None else turns
        self._segments = empty_table("whole_segments") if segments is None else segments
        gone = self._segments["withdrawn"].to_numpy(dtype=bool)
        self.segment_ids = frozenset(self._segments.loc[gone, "segment_id"])
        texts = SegmentTexts(self._segments[gone].reset_index(drop=True), self._turns)
        self._texts = [_plain(texts[row]) for row in range(int(gone.sum()))]

    def __bool__(self) -> bool:
        """Tell whether anything was withdrawn."""
        return bool(self.segment_ids)

    def has(self, segment_id: str, words: str) -> bool:
        """Tell whether a segment, by its id when it was coded or by its words, was withdrawn."""
        plain = _plain(words)
        return segment_id in self.segment_ids or (
            plain.count(" ") > _FEWEST_WORDS and any(plain in text for text in self._texts)
        )

    def stands_in(self, text: str) -> bool:
        """Tell whether any of the segments stands in a longer text, such as that of a file."""
        plain = _plain(text)
        return any(own in plain for own in self._texts if own.count(" ") > _FEWEST_WORDS)

    def find_again(
        self,
        anchors: Sequence[Anchor],
        turns: pd.DataFrame,
        segments: pd.DataFrame,
        pseudonyms: Iterable[str],
    ) -> list[Found | None]:
        """Find words again as ``anchors.find_again`` does, among what was withdrawn too.

        So nothing becomes unsure because words beside it were withdrawn. Goes in: as there. Comes
        out: what was found in the tables of today; None for what was withdrawn.
        """
        if not self:
            return list(find_again(anchors, turns, segments, pseudonyms))
        names = list(self._segments.columns.drop("withdrawn"))
        whole = self._turns["source_id"].unique()
        every_turn = pd.concat([turns[~turns["source_id"].isin(whole)], self._turns])
        others = segments[~segments["source_id"].isin(whole)]
        every_segment = pd.concat([others[names], self._segments[names]], ignore_index=True)
        today = {
            (source, start): segment_id
            for segment_id, source, start in zip(
                segments["segment_id"], segments["source_id"], segments["start"], strict=True
            )
        }
        ids = {
            segment_id: today.get((source, start), "")
            for segment_id, source, start in zip(
                every_segment["segment_id"],
                every_segment["source_id"],
                every_segment["start"],
                strict=True,
            )
        }
        found = find_again(anchors, every_turn.reset_index(drop=True), every_segment, pseudonyms)
        return [self._of_today(each, ids) for each in found]

    def _of_today(self, found: Found, ids: Mapping[str, str]) -> Found | None:
        first = found.place or next(iter(found.candidates), None)
        if first is not None and self._is_out(first):
            return None
        return replace(
            found,
            place=_with_ids(found.place, ids) if found.place else None,
            candidates=tuple(
                _with_ids(each, ids) for each in found.candidates if not self._is_out(each)
            ),
        )

    def _is_out(self, place: Place) -> bool:
        return any(each in self.segment_ids for each in place.segment_ids)


def _with_ids(place: Place, ids: Mapping[str, str]) -> Place:
    return replace(place, segment_ids=tuple(ids[each] for each in place.segment_ids))


def _plain(text: str) -> str:
    """Give the words of a text, each between spaces, so that words are only found whole."""
    return f" {' '.join(tokens(text))} "


def withdrawn_turns(raw_turns: pd.DataFrame, speakers: pd.DataFrame) -> set[tuple[str, int]]:
    """Give source and number of each turn that was withdrawn.

    Goes in: the tables raw_turns and found_speakers.
    """
    gone = speakers.loc[speakers["withdrawn"], ["source_id", "speaker"]]
    labels = set(zip(gone["source_id"], gone["speaker"], strict=True))
    rows = zip(raw_turns["source_id"], raw_turns["turn"], raw_turns["speaker"], strict=True)
    return {(source, turn) for source, turn, speaker in rows if (source, speaker) in labels}
