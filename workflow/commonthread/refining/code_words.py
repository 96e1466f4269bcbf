"""Words and phrases that a code misses, or by which it is wrongly caught."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from commonthread.codebook import Code, Codebook
from commonthread.coded import Counts, Mask
from commonthread.refining.log_odds import log_odds, prior
from commonthread.refining.segment_words import SegmentWords, texts_without, words_of
from commonthread.refining.verdicts import MACHINE, Verdicts
from commonthread.tables import as_table

Kind = Literal["missed", "wrongly caught"]
Basis = Literal["people", "neighbours"]

MOST = 10
# An ordinary word may stand in thousands of segments without a code.
MOST_IDS = 200
# The normal 95th percentile, as only more use counts, and enough segments not to be one slip.
_TELLING = 1.645
_FEWEST = 2
# Of two words, one inside the other, that stand in nearly the same segments, one is shown.
_SAME = 0.8
# So many times as many words are looked at as are shown.
_LOOKED_AT = 10


@dataclass(frozen=True)
class WordSources:
    """The words of all segments: as they were said, and without what any term matched.

    The first are compared where people judged. Where a code is compared with its neighbours, its
    own terms would come out on top, so the second are taken there.
    """

    said: SegmentWords
    beside_terms: SegmentWords


def word_sources(
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    replacements: pd.DataFrame,
    codings: pd.DataFrame,
    common: Collection[str] = (),
    lemmas: Mapping[str, str] | None = None,
) -> WordSources:
    """Count the words of segments for ``code_words``, without replaced names.

    Goes in: the tables of these names, of ``codings`` those of all coders; and the common words and
    lemmas of the language (see ``words_of``).
    """
    names = replacements[["source_id", "start", "end"]]
    without = pd.concat([names, _matched(codings, segments)], ignore_index=True)
    return WordSources(
        words_of(texts_without(segments, turns, names), common, lemmas),
        words_of(texts_without(segments, turns, without), common, lemmas),
    )


def _matched(codings: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Give where terms matched: source_id, start and end."""
    own = codings[codings["coder_kind"] == MACHINE]
    sources = own["segment_id"].map(segments.set_index("segment_id")["source_id"])
    rows = [
        (source, one["start"], one["end"])
        for source, evidence in zip(sources.tolist(), own["evidence"].tolist(), strict=True)
        for one in json.loads(evidence or "[]")
    ]
    return pd.DataFrame(rows, columns=["source_id", "start", "end"])


@dataclass(frozen=True)
class _Comparison:
    """Two groups of segments that are compared, and those that a word found is shown in."""

    kind: Kind
    basis: Basis
    first: Mask
    second: Mask
    behind: Mask


def code_words(
    codebook: Codebook,
    machine: tuple[Mask, Mask],
    people: Verdicts,
    words: WordSources,
    segment_ids: Sequence[str],
    most: int = MOST,
) -> pd.DataFrame:
    """Find words and phrases that codes miss or are wrongly caught by: the table ``code_words``.

    Goes in: what the dictionary applied, itself and with codes below (codes x segments), what
    people decided, and the words of the same segments with their ids.

    Where people judged segments that have the code (theirs or the dictionary's), their codings are
    the measure. Missed: segments to which people applied the code and the dictionary did not,
    against those that neither gave it; of a code without terms, all that people gave it. Wrongly caught: segments that the dictionary gave it and
    people did not, against those that both did. Elsewhere the code is held against its neighbours,
    the codes that stand beside it (without any: against all other segments), by the words beside
    what terms matched. Missed are then words that go with the code and stand in segments without
    it; wrongly caught words that go with its neighbours and stand in segments with it.

    A word counts once a segment. Of each code and kind the up to ``most`` words of the highest z
    (Monroe, Colaresi and Quinn 2008) come out, if that is at least 1.645 and two segments are behind
    them, with the ids of up to 200 of these. These are ideas for a term or an exception to be looked at, not proof.
    """
    ids = np.array(segment_ids, dtype=object)
    rows: list[dict[str, Any]] = []
    backgrounds = {
        basis: own.count(np.ones(len(ids), dtype=bool))
        for basis, own in (("people", words.said), ("neighbours", words.beside_terms))
    }
    for number, code in enumerate(codebook.codes):
        for compared in _comparisons(number, code, codebook, machine, people):
            own = words.said if compared.basis == "people" else words.beside_terms
            found = _telling(compared, own, backgrounds[compared.basis], most)
            rows += [
                {
                    "code_id": code.id,
                    "kind": compared.kind,
                    "basis": compared.basis,
                    "rank": rank,
                    **word,
                    "segment_ids": " ".join(ids[word["segment_ids"][:MOST_IDS]]),
                }
                for rank, word in enumerate(found, start=1)
            ]
    return as_table(rows, "code_words")


def _comparisons(
    number: int, code: Code, codebook: Codebook, machine: tuple[Mask, Mask], people: Verdicts
) -> Iterator[_Comparison]:
    directly, with_below = machine[0][number], machine[1][number]
    applied, left_off = people.applied[number], people.left_off[number]
    if (people.judged & (applied | with_below)).any():
        missed = people.directly[number] & ~with_below
        yield _Comparison("missed", "people", missed, left_off & ~with_below, missed)
        wrong = directly & left_off
        yield _Comparison("wrongly caught", "people", wrong, with_below & applied, wrong)
        return
    if not with_below.any():
        return
    beside = [
        place
        for place, other in enumerate(codebook.codes)
        if other.parent == code.parent and other.dimension == code.dimension and place != number
    ]
    others = machine[1][beside].any(axis=0) if beside else np.ones_like(with_below)
    others = others & ~with_below
    yield _Comparison("missed", "neighbours", with_below, others, ~with_below)
    yield _Comparison("wrongly caught", "neighbours", others, with_below, with_below)


def _telling(
    compared: _Comparison, words: SegmentWords, background: Counts, most: int
) -> Iterator[dict[str, Any]]:
    """Give the words that the first group uses more, the most telling first."""
    if not compared.first.any() or not compared.second.any():
        return
    first, second = words.count(compared.first), words.count(compared.second)
    behind = words.count(compared.behind)
    z = _z(first, second, background, words.lengths)
    likely = np.flatnonzero(
        (np.nan_to_num(z) >= _TELLING) & (behind >= _FEWEST) & (first >= _FEWEST)
    )
    # Rounded, so that the last bit of a sum never decides.
    order = likely[np.lexsort((likely, -np.round(z[likely], 9)))]
    order = order[: most * _LOOKED_AT]
    chosen = _shortest_of_same(order.tolist(), compared.first, words, most)
    for number in sorted(chosen, key=lambda number: (-round(float(z[number]), 9), number)):
        rows = words.segments_with(number)
        yield {
            "word": words.words[number],
            "z": float(z[number]),
            "first_with": int(first[number]),
            "of_first": int(compared.first.sum()),
            "second_with": int(second[number]),
            "of_second": int(compared.second.sum()),
            "segments": int(behind[number]),
            "segment_ids": rows[compared.behind[rows]],
        }


def _shortest_of_same(
    order: Sequence[int], first: Mask, words: SegmentWords, most: int
) -> list[int]:
    """Choose up to ``most`` words, the first ones, and one where several stand in one another.

    Of a word and a phrase with it that stand in nearly the same segments of the first group, the
    shortest one comes out.
    """
    chosen: list[int] = []
    stands: list[set[int]] = []
    for number in order:
        rows = words.segments_with(number)
        own = set(rows[first[rows]].tolist())
        alike = next(
            (
                place
                for place, other in enumerate(chosen)
                if _inside(words.words[number], words.words[other])
                and _overlap(own, stands[place]) >= _SAME
            ),
            None,
        )
        if alike is None and len(chosen) < most:
            chosen.append(number)
            stands.append(own)
        elif alike is not None and words.lengths[number] < words.lengths[chosen[alike]]:
            chosen[alike], stands[alike] = number, own
    return chosen


def _z(
    first: Counts, second: Counts, background: Counts, lengths: Counts
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Give z of each word, each length of phrases by itself.

    The prior weighs as much as the smaller group: with less, a word that a group never uses has
    hardly any z; with more, nothing has.
    """
    z = np.full(len(lengths), np.nan)
    for length in np.unique(lengths):
        own = lengths == length
        if not first[own].any() or not second[own].any():
            continue
        alpha = prior(background[own], min(first[own].sum(), second[own].sum()))
        z[own] = log_odds(first[own], second[own], alpha).z
    return z


def _inside(word: str, other: str) -> bool:
    """Tell whether one phrase stands in the other."""
    return f" {word} " in f" {other} " or f" {other} " in f" {word} "


def _overlap(one: set[int], other: set[int]) -> float:
    """Give the shared part of two sets, neither of them empty (Jaccard's index)."""
    return len(one & other) / len(one | other)
