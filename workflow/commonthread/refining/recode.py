"""Codes only what changed: the dictionary's codings under another codebook, from those before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from commonthread.codebook import Codebook
from commonthread.dictionary import CODER, coding_rows, coding_table
from commonthread.quotes import SegmentTexts
from commonthread.settings import Settings
from commonthread.tables import as_table, empty_table

if TYPE_CHECKING:
    from commonthread.terms import Term


def recode(
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    replacements: pd.DataFrame,
    codings: pd.DataFrame,
    before: Codebook,
    after: Codebook,
    settings: Settings,
) -> pd.DataFrame:
    """Give the codings that the dictionary makes of the same segments under another codebook.

    Goes in: the tables of these names as the run before made them, of ``codings`` the dictionary's
    rows, and the codebooks before and after; of ``settings`` the section language counts. Comes
    out: the table ``codings``, equal to that of a full run with ``after``: what a code applies
    depends on its own terms and on nothing else in the codebook, so a code that has the terms that
    some code had before takes over that one's codings, and only texts for the others are searched.
    Raises InputProblems for a language or model that cannot be loaded.
    """
    source = _same_terms(before, after)
    own = codings[codings["coder_kind"] == CODER]
    kept = [
        own[own["code_id"] == former].assign(code_id=code_id) for code_id, former in source.items()
    ]
    terms = {code: of for code, of in after.terms().items() if code not in source}
    if terms:
        made = _searched(segments, turns, replacements, terms, settings)
        kept.append(coding_table(list(made)))
    found = pd.concat(kept, ignore_index=True) if kept else empty_table("codings")
    return as_table(_in_order(found, segments, after), "codings")


def changed_terms(before: Codebook, after: Codebook) -> tuple[str, ...]:
    """Give the codes after, by id, whose terms no code had before."""
    source = _same_terms(before, after)
    return tuple(code_id for code_id in after.terms() if code_id not in source)


def _same_terms(before: Codebook, after: Codebook) -> dict[str, str]:
    """Give for each code after a code before that has the same terms: the same one if it can be."""
    by_terms: dict[tuple[Term, ...], str] = {}
    for code_id, terms in before.terms().items():
        by_terms.setdefault(terms, code_id)
    old = before.terms()
    return {
        code_id: code_id if old.get(code_id) == terms else by_terms[terms]
        for code_id, terms in after.terms().items()
        if terms in by_terms
    }


def _searched(
    segments: pd.DataFrame,
    turns: pd.DataFrame,
    replacements: pd.DataFrame,
    terms: dict[str, tuple[Term, ...]],
    settings: Settings,
) -> Iterator[tuple[str, str, str]]:
    """Search all segments for some terms: segment_id, code_id and evidence of each coding."""
    from commonthread.language import load_language
    from commonthread.matching import Matcher

    matcher = Matcher(terms, load_language(settings.language))
    texts = SegmentTexts(segments, turns)
    ids, starts = segments["segment_id"].tolist(), segments["start"].tolist()
    names: dict[str, list[tuple[int, int]]] = {}
    columns = (replacements[name].tolist() for name in ("source_id", "start", "end"))
    for source, start, end in zip(*columns, strict=True):
        names.setdefault(source, []).append((start, end))
    rows_of: dict[str, list[int]] = {}
    for row, source in enumerate(segments["source_id"].tolist()):
        rows_of.setdefault(source, []).append(row)
    for source, rows in rows_of.items():
        rows.sort(key=starts.__getitem__)
        said = [(starts[row], texts[row]) for row in rows]
        found = matcher.match(said, names.get(source, []))
        yield from coding_rows([ids[row] for row in rows], found)


def _in_order(codings: pd.DataFrame, segments: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Put codings into the order of their segments, and of the codebook within a segment."""
    segment = pd.Index(segments["segment_id"]).get_indexer(pd.Index(codings["segment_id"]))
    code = pd.Index([each.id for each in codebook.codes]).get_indexer(pd.Index(codings["code_id"]))
    return codings.iloc[np.lexsort((code, segment))]
