"""The table of agreement: who agrees with whom, on what, how far, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from commonthread.reliability import measures
from commonthread.reliability.bootstrap import draws, intervals
from commonthread.reliability.coefficients import Coefficient
from commonthread.reliability.comparisons import Comparison, comparisons
from commonthread.reliability.judged import CodedApart, CodeTree, Judged
from commonthread.reliability.patterns import Shared, Tally, pooled, shared, stacked, tally
from commonthread.reliability.ratings import Floats
from commonthread.tables import as_table

NOBODY = "None of them applied it here, so agreement cannot be told from chance."
NO_CODES = "None of them applied any of these codes here, so there is nothing to compare."
EVERYBODY = "All of them applied it throughout, so agreement cannot be told from chance."

# These compare with nothing that chance would give.
_PLAIN = ("percent_agreement", "precision", "recall")
_FOUR = ("both", "first_only", "second_only", "neither")


def agreement(apart: CodedApart, *, resamples: int = 1000, seed: int = 1) -> pd.DataFrame:
    """Compare coders on every code and on all codes together: the table ``agreement``.

    A comparison rests on the segments that at least two of its coders judged (one of each side, if
    it has two), coded or not. Each side is a coder or a group: then a segment counts once, by the
    mean over each two coders of the two sides (Vanbelle and Albert 2009, Agreement between two
    independent groups of raters). A person over time is the first judgement against the latest of
    the same segments. A code counts as applied where it or a code below it was. "All codes" and
    "all aspects" pool the decisions on all codes that any of the coders applied, each as it was
    applied itself, and compare the sets of codes. Where nobody applied a code, or everybody
    throughout, there is a percent agreement but no coefficient. Intervals are of 95 %, from
    ``resamples`` draws of whole transcripts; the same ``seed`` gives the same ones.
    """
    pairs = [(apart.last, comparison) for comparison in comparisons(apart)]
    for person, judged in apart.twice.items():
        pairs.append((judged, Comparison("one person over time", person, None, (0,), (1,))))
    parts = [
        _compared(apart.tree, judged, comparison, resamples, seed) for judged, comparison in pairs
    ]
    return as_table(pd.concat(parts) if parts else {}, "agreement")


def _compared(
    tree: CodeTree, judged: Judged, comparison: Comparison, resamples: int, seed: int
) -> pd.DataFrame:
    """Give the rows of one comparison: by code, then by coefficient."""
    on = shared(judged, comparison)
    times = draws(on.places, resamples, seed)
    groups = {"all codes": tree.about, "all aspects": ~tree.about}
    groups = {name: codes for name, codes in groups.items() if codes.any()}
    itself = tally(judged, judged.applied, comparison, on)
    counted = stacked(
        tally(judged, judged.has, comparison, on),
        *(pooled(itself, codes) for codes in groups.values()),
    )
    rows = _rows(tree, tuple(groups), counted, judged, comparison, on)

    found = measures.of_codes(counted.patterns, counted.counts.sum(axis=1), comparison)
    drawn = np.tensordot(times, counted.counts, axes=(1, 1))
    again = measures.of_codes(counted.patterns, drawn, comparison)
    parts = [
        _figures(rows, name, _plainly(name, point, counted, on), again[name].value, on.places)
        for name, point in found.items()
    ]
    for row, codes in enumerate(groups.values(), start=len(tree.codes)):
        own = rows.iloc[[row]].assign(**dict.fromkeys(_FOUR, np.nan))
        of_sets = measures.of_sets(judged, codes, comparison, on, times)
        parts += [
            _figures(own, name, point, resampled.value[:, None], on.places)
            for name, (point, resampled) in of_sets.items()
        ]
    return pd.concat(parts).sort_index(kind="stable")


def _rows(
    tree: CodeTree,
    groups: tuple[str, ...],
    counted: Tally,
    judged: Judged,
    comparison: Comparison,
    on: Shared,
) -> pd.DataFrame:
    """Give all columns but the figures: a row for each code and group of codes."""
    codes = len(tree.codes)
    cells = np.full((codes + len(groups), len(_FOUR)), np.nan)
    if comparison.others:
        cells = counted.counts.sum(axis=1)
    took_part = judged.judged[list(comparison.coders)][:, on.units].any(axis=1)
    alone = comparison.kind == "one person over time"
    return pd.DataFrame(
        {
            "comparison": comparison.kind,
            "first": comparison.first,
            "second": comparison.second,
            "level": [*(tree.level(code) for code in tree.codes), *groups],
            "code_id": [*tree.codes, *(None for _ in groups)],
            "segments": len(on.units),
            "transcripts": on.places,
            "coders": 1 if alone else np.count_nonzero(took_part),
            "with_code": counted.with_code,
            **{name: cells[:, place] for place, name in enumerate(_FOUR)},
        }
    )


def _plainly(name: str, point: Coefficient, counted: Tally, on: Shared) -> Coefficient:
    """Give no value where nobody applied the code or everybody did, and say so."""
    reason = point.reason.copy()
    if len(on.units):
        nobody, everybody = counted.with_code == 0, counted.without_code == 0
        if name not in _PLAIN:
            reason[nobody] = NOBODY
            reason[everybody] = EVERYBODY
        # No code that anybody applied was there to be pooled.
        reason[nobody & everybody] = NO_CODES
    return replace(point, value=np.where(reason == "", point.value, np.nan), reason=reason)


def _figures(
    rows: pd.DataFrame, name: str, point: Coefficient, resampled: Floats, places: int
) -> pd.DataFrame:
    """Add a coefficient with its interval to rows."""
    spread = intervals(resampled, places)
    there = point.reason == ""
    return rows.assign(
        coefficient=name,
        value=point.value,
        low=np.where(there, spread.low, np.nan),
        high=np.where(there, spread.high, np.nan),
        reason=point.reason,
        interval_note=np.where(there, spread.note, ""),
    )
