"""Finds the segments of an audit sample again in a study as it is today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from commonthread.anchors import find_again
from commonthread.audit.sample import Drawn


@dataclass(frozen=True)
class SampleToday:
    """What became of a sample.

    ``segments`` gives for each segment of today that is in the sample what was drawn: where a
    drawn stretch is two segments now, both are. ``lost`` are those whose words are not there any
    more, or of which it is not certain where they are; ``maybe`` are the segments of today that may
    be such words.
    """

    segments: dict[str, Drawn]
    lost: tuple[tuple[Drawn, str], ...]
    maybe: frozenset[str]


def find_sample(
    sample: Sequence[Drawn],
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    pseudonyms: Iterable[str] = (),
) -> SampleToday:
    """Find a sample in the tables segments and turns of a whole study, as ``find_again`` does.

    ``pseudonyms`` are all that the study ever used.
    """
    found = find_again([drawn.anchor for drawn in sample], turns, segments, pseudonyms)
    today: dict[str, Drawn] = {}
    lost: list[tuple[Drawn, str]] = []
    maybe: set[str] = set()
    for drawn, one in zip(sample, found, strict=True):
        if one.place is not None and one.place.segment_ids:
            for segment_id in one.place.segment_ids:
                today.setdefault(segment_id, drawn)
        else:
            lost.append((drawn, one.reason or "Its words are in no segment of today."))
            maybe.update(each for place in one.candidates for each in place.segment_ids)
    return SampleToday(today, tuple(lost), frozenset(maybe - today.keys()))


def audit_segments(
    sample: Sequence[Drawn],
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    pseudonyms: Iterable[str] = (),
) -> frozenset[str]:
    """Give the ids of all segments of today that no machine may learn from.

    That is the sample, as ``read_sample`` gives it, and whatever may be a part of it. Tables and
    pseudonyms are those that ``find_sample`` takes.
    """
    today = find_sample(sample, segments, turns, pseudonyms)
    return frozenset(today.segments) | today.maybe
