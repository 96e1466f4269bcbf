"""Proposes where in a study an anchor may stand, by the triples of words that it shares with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from commonthread.anchors.study_text import Numbers, StudyText

_MOST = 5
"""How many places are proposed for an anchor."""
_COMMON = 60
"""A triple that stands in the study more often than this proposes nothing."""
_DRIFT = 60
"""So many words, and a quarter of the anchor's, may have been added or removed within it."""
_ROOM = 6
"""How many words beside an anchor are looked at."""


class Window(NamedTuple):
    """A stretch of the study in which an anchor may stand: half open, within one source."""

    low: int
    high: int


def propose(
    anchors: Sequence[Sequence[int]], own: Sequence[range], text: StudyText
) -> list[list[Window]]:
    """Propose windows for each anchor, the one that shares most of its own words with it first.

    Goes in: all words of each anchor as numbers (above 0), in the order in which they stood, and
    which of them are its own. An anchor of fewer than three words, or one that shares no rare
    triple with the study, gets none.
    """
    lengths = np.fromiter(map(len, anchors), np.int64, len(anchors))
    of_anchor = np.repeat(np.arange(len(anchors)), lengths)
    shift = np.arange(len(of_anchor)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    flat = np.fromiter((word for words in anchors for word in words), np.int64, len(of_anchor))
    width = int(flat.max(initial=0)) + 1
    keys = _triples(flat, of_anchor, width)
    wanted, key = np.unique(keys, return_inverse=True)
    sources = np.repeat(np.arange(len(text.sources)), np.diff(text.bounds))
    places_of_key = _places(_triples(text.numbers, sources, width), wanted)
    found: list[list[tuple[int, Numbers]]] = [[] for _ in anchors]
    for row in np.flatnonzero(keys >= 0).tolist():
        places = places_of_key[key[row]]
        if 0 < len(places) <= _COMMON:
            found[of_anchor[row]].append((int(shift[row]), places))
    windows = []
    for shared, words, mine in zip(found, anchors, own, strict=True):
        inside = [(at, places) for at, places in shared if mine.start <= at <= mine.stop - 3]
        proposed = [
            *_windows(inside, len(words), sources, text),
            *_windows(shared, len(words), sources, text),
        ]
        windows.append(list(dict.fromkeys(proposed)))
    return windows


def _triples(words: Numbers, group: Numbers, width: int) -> Numbers:
    """Give a number for each three words in a row; -1 across groups and for unknown words."""
    keys = np.full(len(words), -1, dtype=np.int64)
    if len(words) > 2:
        one, two, three = words[:-2], words[1:-1], words[2:]
        whole = (group[:-2] == group[2:]) & (one > 0) & (two > 0) & (three > 0)
        keys[:-2] = np.where(whole, (one * width + two) * width + three, -1)
    return keys


def _places(keys: Numbers, wanted: Numbers) -> list[Numbers]:
    """Give for each wanted key the places at which it stands."""
    found = np.searchsorted(wanted, keys)
    found[found == len(wanted)] = 0
    places = np.flatnonzero((wanted[found] == keys) & (keys >= 0)) if len(wanted) else found[:0]
    order = np.argsort(found[places], kind="stable")
    ends = np.cumsum(np.bincount(found[places], minlength=len(wanted)))
    return np.split(places[order], ends[:-1])


def _windows(
    shared: Sequence[tuple[int, Numbers]], length: int, sources: Numbers, text: StudyText
) -> list[Window]:
    """Give windows for an anchor of a length, where most of the shared triples agree first.

    ``shared`` says where in the anchor each triple stands, and its places in the study. A window
    goes on to those that agree nearly, since words may have been added or removed between.
    """
    if not shared:
        return []
    places = np.concatenate([each for _, each in shared])
    begin = places - np.repeat([at for at, _ in shared], [len(each) for _, each in shared])
    found = np.column_stack((sources[places], begin))
    (source, begin), count = (each.T for each in np.unique(found, axis=0, return_counts=True))
    windows: list[Window] = []
    while len(begin) and len(windows) < _MOST:
        best = int(np.argmax(count))
        drift = np.abs(begin - begin[best])
        near = (source == source[best]) & (drift <= _DRIFT + length // 4)
        low, high = text.bounds[source[best]], text.bounds[source[best] + 1]
        first, last = begin[near][0] - _ROOM, begin[near][-1] + length + _ROOM
        windows.append(Window(max(int(low), int(first)), min(int(high), int(last))))
        begin, count, source = begin[~near], count[~near], source[~near]
    return windows
