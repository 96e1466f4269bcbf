"""Finds the words that people coded again in the texts of today, or says that it is not sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from commonthread.anchors.anchor import Anchor, make_anchors
from commonthread.anchors.covering import SegmentFinder
from commonthread.anchors.options import (
    LIKE_ENOUGH,
    AnchorWords,
    Option,
    find_options,
    fits,
    leads,
    number_words,
    words_of,
)
from commonthread.anchors.study_text import StudyText
from commonthread.anchors.whereabouts import in_new_order, where_sources_went
from commonthread.anchors.words import WordReader
from commonthread.tables import check_table

_CANDIDATES = 3
_WORTH_A_LOOK = 0.4

GONE = "Nothing like these words was found."
CHANGED = "What stands there now is not much like the words that were coded."
AROUND = "These words are there, but with other words around them."
REPEATED = (
    "The same words stand in several places, and the words around them do not tell them apart."
)
BESIDE = "The same words stood or stand right beside, and one of them may be gone."
ELSEWHERE = "The words stand in another file than the one that was coded."
NO_WORDS = "There are no words in it to look for."
TOO_LITTLE = "The words, with those around them, are too few to tell which they are."


@dataclass(frozen=True)
class Place:
    """A stretch of a source of today.

    ``start`` and ``end`` are half-open code points in its pseudonymised text, and ``text`` is what
    stands there. ``alike`` is how alike these words and those that were coded are, from 0 to 1,
    where 1 is the same but for case, punctuation and pseudonyms. ``segment_ids`` are the segments
    that the stretch covers: those of which at least half of the words lie in it, or in which at
    least half of its words lie.
    """

    source_id: str
    start: int
    end: int
    text: str
    alike: float
    segment_ids: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What became of an anchor.

    ``how`` is "same" if it is still the same segment, "exactly" if all its words stand there and no
    others, "nearly" if they were corrected; ``place`` is then where. It is "unsure" if there are
    ``candidates``, the likeliest first, none of which is certain, and "gone" if there are none;
    ``reason`` then says in a sentence why.
    """

    how: Literal["same", "exactly", "nearly", "unsure", "gone"]
    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    reason: str = ""


def find_again(
    anchors: Sequence[Anchor],
    turns: pd.DataFrame,
    segments: pd.DataFrame,
    pseudonyms: Iterable[str] = (),
) -> list[Found]:
    """Find the words of anchors again: what became of each, in their order.

    Goes in: anchors; the tables turns and segments of the whole study as it is today; and all
    pseudonyms that the study ever used, of which only the roles count (those that speak today and
    "Participant" are known). An anchor is better found together with the others of its source,
    since they tell whether a file was renamed or its notes were put into another order.

    An anchor is found where its words stand, corrected or not, between the words that stood around
    them. It is not found, but listed with what it might be, if another place or another reading of
    the same place is nearly as good; if too many of the words changed; or if the place is in
    another file, unless many codings of its file stand in that one.
    """
    check_table(turns, "turns", only=["source_id", "turn", "participant_id", "start", "text"])
    check_table(segments, "segments", only=["segment_id", "source_id", "turn", "start", "end"])
    reader = WordReader([*turns["participant_id"].dropna().unique(), *pseudonyms])
    today = _segments_of_today(anchors, turns, segments)
    unchanged: list[AnchorWords] = []
    changed: list[AnchorWords] = []
    found: dict[Anchor, Found] = {}
    for anchor in dict.fromkeys(anchors):
        own = words_of(anchor, reader)
        now = today.get(anchor.segment_id)
        if now is not None and own.says_as(words_of(now[0], reader)):
            found[anchor] = Found("same", now[1])
            unchanged.append(own)
        else:
            changed.append(own)
    if changed:
        numbering = number_words(changed)
        text = StudyText(turns, reader, numbering)
        options = dict(zip(changed, find_options(changed, text, numbering), strict=True))
        went = where_sources_went(unchanged, options, set(text.sources))
        moved = in_new_order(unchanged, options)
        bare = [each.bare() for each in changed if each.anchor.source_id in moved]
        options = {each: own for each, own in options.items() if each.anchor.source_id not in moved}
        options |= zip(bare, find_options(bare, text, numbering), strict=True)
        judge = _Judge(text, SegmentFinder(segments, text))
        for each, places in options.items():
            _, same = today.get(each.anchor.segment_id, (None, None))
            sources = went[each.anchor.source_id]
            found[each.anchor] = judge.decide(each, places, sources, same)
    return [found[anchor] for anchor in anchors]


def _segments_of_today(
    anchors: Sequence[Anchor], turns: pd.DataFrame, segments: pd.DataFrame
) -> dict[str, tuple[Anchor, Place]]:
    """Give, of the segments that anchors name, those of today: their anchors and places."""
    named = {anchor.segment_id for anchor in anchors}
    own = segments[segments["segment_id"].isin(named)]
    return {
        now.segment_id: (now, Place(now.source_id, start, end, now.words, 1.0, (now.segment_id,)))
        for now, start, end in zip(
            make_anchors(own, turns), own["start"].tolist(), own["end"].tolist(), strict=True
        )
    }


class _Judge:
    """Decides where anchors stand."""

    def __init__(self, text: StudyText, finder: SegmentFinder) -> None:
        self._text = text
        self._finder = finder

    def decide(
        self, anchor: AnchorWords, options: Sequence[Option], sources: Set[str], same: Place | None
    ) -> Found:
        """Decide for one anchor.

        ``options`` are the places at which it may stand, best first; ``sources`` those that may
        hold it; ``same`` is the segment of today that has the same id.
        """
        here = [option for option in options if option.source_id in sources]
        if here and leads(here[0], here[1:]):
            place = self._place(here[0])
            is_same = same is not None and same.segment_ids == place.segment_ids
            if fits(anchor, here[0], is_same):
                if self._text.words(here[0].low, here[0].high) != list(anchor.words):
                    return Found("nearly", place)
                return Found("same" if is_same else "exactly", place)
        worth = [each for each in options if each.alike >= _WORTH_A_LOOK or all(each.sides)]
        worth.sort(key=lambda each: -each.alike - sum(each.sides) / 4)
        if not worth and same is not None:
            return Found("unsure", None, (same,), TOO_LITTLE if anchor.words else NO_WORDS)
        if not worth:
            return Found("gone", reason=GONE if anchor.words else NO_WORDS)
        candidates = tuple(self._place(option) for option in worth[:_CANDIDATES])
        reason = _reason(anchor, worth[0], worth[0].source_id in sources)
        return Found("unsure", None, candidates, reason)

    def _place(self, option: Option) -> Place:
        low, high = option.low, option.high
        return Place(
            option.source_id,
            *self._text.characters(low, high),
            self._text.text(low, high),
            round(option.alike, 3),
            self._finder.covered(low, high),
        )


def _reason(anchor: AnchorWords, best: Option, here: bool) -> str:
    """Say why the likeliest place is not certain; ``here``: whether its source may hold the anchor."""
    if fits(anchor, best):
        return REPEATED if here else ELSEWHERE
    if best.alike < LIKE_ENOUGH:
        return CHANGED
    if not best.only:
        return BESIDE
    return AROUND if best.sides else TOO_LITTLE
