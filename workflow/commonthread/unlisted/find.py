"""Finds words that nobody listed and that may tell who somebody is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence

import pandas as pd

from commonthread.folding import fold_all, tokens
from commonthread.tables import as_table
from commonthread.unlisted.candidate import Candidate
from commonthread.unlisted.capitals import find_capitals
from commonthread.unlisted.numbers import find_numbers, find_spelled
from commonthread.unlisted.small_letters import find_small

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
    known = {entry_of(words) for words in harmless}
    places = _by_source(replacements)
    rows = []
    texts = turns["text"].tolist()
    columns = (turns[name].tolist() for name in ("source_id", "turn", "start"))
    for source, turn, offset, text, workshop, found in zip(
        *columns, texts, workshops.tolist(), candidates(texts), strict=True
    ):
        taken = _within(places.get(source, ([], [])), offset, offset + len(text))
        for start, end, why in _clear(text, found, taken):
            words = text[start:end]
            entry = entry_of(words)
            if entry and entry not in known:
                rows.append(
                    {
                        "source_id": source,
                        "workshop_id": workshop,
                        "turn": turn,
                        "start": start,
                        "end": end,
                        "words": words,
                        "entry": entry,
                        "why": why,
                        "before": text[max(0, start - _CONTEXT) : start],
                        "after": text[end : end + _CONTEXT],
                    }
                )
    return as_table(rows, "unlisted")


def entry_of(words: str) -> str:
    """Give the plain form under which occurrences are counted as one."""
    return " ".join(tokens(words))


def candidates(texts: Sequence[str]) -> Iterator[list[Candidate]]:
    """Give for each text all that may be listed, the surest first; they may overlap."""
    for text, folded in zip(texts, fold_all(texts), strict=True):
        found = []
        for each in (*find_spelled(folded), *find_numbers(folded), *find_small(text, folded)):
            start, end = folded.span(each.start, each.end)
            found.append(each._replace(start=start, end=end))
        yield [*found, *find_capitals(text)]


def _by_source(replacements: pd.DataFrame) -> dict[str, tuple[list[int], list[int]]]:
    """Give where replacements start and end in each source, in order."""
    places: dict[str, tuple[list[int], list[int]]] = {}
    columns = (replacements[name].tolist() for name in ("source_id", "start", "end"))
    for source, start, end in sorted(zip(*columns, strict=True)):
        starts, ends = places.setdefault(source, ([], []))
        starts.append(start)
        ends.append(end)
    return places


def _within(places: tuple[list[int], list[int]], start: int, end: int) -> list[tuple[int, int]]:
    """Give the replacements of a turn, as places in the turn."""
    starts, ends = places
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    return [
        (one - start, other - start)
        for one, other in zip(starts[first:last], ends[first:last], strict=True)
    ]


def _clear(text: str, found: Iterable[Candidate], taken: list[tuple[int, int]]) -> list[Candidate]:
    """Give what of candidates is neither taken nor part of one before it, by place."""
    taken = list(taken)
    kept = []
    for each in found:
        pieces = _without(each.start, each.end, taken)
        for start, end in pieces:
            words = text[start:end]
            start += len(words) - len(words.lstrip(_EDGES))
            end -= len(words) - len(words.rstrip(_EDGES))
            if start < end:
                kept.append(Candidate(start, end, each.why))
        taken += pieces
    return sorted(kept)


def _without(start: int, end: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give what is left of a stretch without others."""
    left = [(start, end)]
    for other_start, other_end in taken:
        left = [
            piece
            for one, two in left
            for piece in ((one, min(two, other_start)), (max(one, other_end), two))
            if piece[0] < piece[1]
        ]
    return left
