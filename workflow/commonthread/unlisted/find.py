"""Finds words that nobody listed and that may tell who somebody is."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter

import pandas as pd

from commonthread.folding import plain_typography, plain_words
from commonthread.identifiers.patterns import as_bytes
from commonthread.tables import as_table
from commonthread.tables import columns as columns_of
from commonthread.unlisted.candidate import Candidate
from commonthread.unlisted.capitals import find_capitals
from commonthread.unlisted.numbers import find_numbers, find_spelled
from commonthread.unlisted.small_letters import find_introduced, find_small

_CONTEXT = 60
_EDGES = " \t\n.,;:!?'\"\u2019()-"


def find_unlisted(
    turns: pd.DataFrame,
    workshops: pd.Series,
    replacements: pd.DataFrame,
    harmless: Collection[str],
) -> pd.DataFrame:
    """Make the table unlisted.

    Goes in: the tables turns and replacements, the workshop of each turn, and the words that
    somebody called harmless. What was replaced is not looked at.
    """
    known = {plain_words(words) for words in harmless}
    places = _by_source(replacements)
    rows: list[tuple[object, ...]] = []
    columns = (turns[name].tolist() for name in ("source_id", "turn", "start", "text"))
    for source, own in groupby(zip(*columns, workshops.tolist(), strict=True), key=itemgetter(0)):
        _, numbers, offsets, texts, where = zip(*own, strict=True)
        starts = [0, *accumulate(len(text) + 1 for text in texts)]
        together = "\n".join(texts)
        taken = _moved(places.get(source, []), offsets, starts)
        for start, end, why in _clear(together, candidates(together), taken):
            entry = plain_words(together[start:end])
            if not entry or entry in known:
                continue
            at = bisect_right(starts, start) - 1
            first, text = starts[at], texts[at]
            before = text[max(0, start - first - _CONTEXT) : start - first]
            after = text[end - first : end - first + _CONTEXT]
            rows.append(
                (
                    source,
                    where[at],
                    numbers[at],
                    start - first,
                    end - first,
                    together[start:end],
                    entry,
                    why,
                    before,
                    after,
                )
            )
    return as_table(pd.DataFrame(rows, columns=list(columns_of("unlisted"))), "unlisted")


def candidates(text: str) -> Iterator[Candidate]:
    """Give all that may be listed of a text, the surest first; they may overlap."""
    data = as_bytes(plain_typography(text)).lower()
    yield from find_spelled(data)
    yield from find_numbers(data, text)
    yield from find_capitals(text)
    yield from find_introduced(data, text)
    yield from find_small(text)


def _by_source(replacements: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Give where replacements start and end in each source, in order."""
    places: dict[str, list[tuple[int, int]]] = {}
    columns = (replacements[name].tolist() for name in ("source_id", "start", "end"))
    for source, start, end in sorted(zip(*columns, strict=True)):
        places.setdefault(source, []).append((start, end))
    return places


def _moved(
    places: list[tuple[int, int]], offsets: Sequence[int], starts: Sequence[int]
) -> list[tuple[int, int]]:
    """Give where replacements stand in the turns that are left, joined.

    ``offsets`` and ``starts`` say where each turn begins in the whole source and among those left.
    """
    moved = []
    for start, end in places:
        at = bisect_right(offsets, start) - 1
        moved.append((start - offsets[at] + starts[at], end - offsets[at] + starts[at]))
    return moved


def _clear(text: str, found: Iterable[Candidate], taken: list[tuple[int, int]]) -> list[Candidate]:
    """Give what of candidates is neither taken nor part of one before it, by place."""
    taken = sorted(taken)
    kept = []
    for each in found:
        pieces = _without(each.start, each.end, taken)
        for start, end in pieces:
            insort(taken, (start, end))
            words = text[start:end]
            start += len(words) - len(words.lstrip(_EDGES))
            end -= len(words) - len(words.rstrip(_EDGES))
            if start < end:
                kept.append(Candidate(start, end, each.why))
    return sorted(kept)


def _without(start: int, end: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give what is left of a stretch without those taken, which are in order and do not overlap."""
    left = []
    at = max(0, bisect_right(taken, (start, end)) - 1)
    while at < len(taken) and taken[at][0] < end:
        if taken[at][1] > start:
            if taken[at][0] > start:
                left.append((start, taken[at][0]))
            start = taken[at][1]
        at += 1
    if start < end:
        left.append((start, end))
    return left
