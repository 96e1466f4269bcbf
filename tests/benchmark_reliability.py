"""Measures figures of agreement: 30 codes, 100,000 segments in 100 transcripts, three coders.

    python tests/benchmark_reliability.py

All figures are of all three together and of each two. ``make benchmark`` prints them too.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from commonthread.reliability import measures
from commonthread.reliability.bootstrap import draws, intervals
from commonthread.reliability.comparisons import Comparison, comparisons
from commonthread.reliability.judged import CodedApart, CodeTree, coded_apart
from commonthread.reliability.patterns import Shared, Tally, shared, tally

CODES, SEGMENTS, TRANSCRIPTS = 30, 100_000, 100
CODERS = ("first", "second", "third")
# Every fifth code is a theme, and the four after it stand under it.
TREE = CodeTree(
    {f"code {n}": (f"code {n - n % 5}",) if n % 5 else () for n in range(CODES)}, aspects=()
)


def main() -> None:
    """Print the figures beside what they should be at most."""
    print(f"\nagreement on {CODES} codes, {SEGMENTS:,} segments, {len(CODERS)} coders")
    judgements, codings, coders = tables()
    timed("tables brought together", None, lambda: coded_apart(judgements, codings, coders, TREE))
    apart = coded_apart(judgements, codings, coders, TREE)
    compared = comparisons(apart)
    timed("all coefficients", 1.0, lambda: [counted(apart, one) for one in compared])
    tallies = [counted(apart, one) for one in compared]
    timed("1,000 resamples of them", 1.0, lambda: [resampled(*one) for one in tallies])
    on = shared(apart.last, compared[0])
    times = draws(on.places, 1000, seed=1)
    codes = TREE.about
    timed(
        "alphas of sets, all together, resampled",
        10.0,
        lambda: measures.of_sets(apart.last, codes, compared[0], on, times),
    )


def tables() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make coders who mostly apply the same codes, 1.3 to a segment."""
    generator = np.random.default_rng(1)
    share = generator.dirichlet(np.ones(CODES))[:, None] * 1.3
    fits = generator.random((CODES, SEGMENTS)) < share
    segments = np.array([f"segment {n:06d}" for n in range(SEGMENTS)])
    sources = np.array([f"source {n:03d}" for n in range(TRANSCRIPTS)])
    codes = np.array(TREE.codes)
    source = sources[np.arange(SEGMENTS) * TRANSCRIPTS // SEGMENTS]
    judgements, codings = [], []
    for coder in CODERS:
        applied = fits & (generator.random(fits.shape) < 0.85)
        applied |= generator.random(fits.shape) < 0.004
        code, segment = np.nonzero(applied)
        own = {"coder_id": coder, "date": "2024-01-01"}
        judgements.append(pd.DataFrame({"segment_id": segments, "source_id": source, **own}))
        codings.append(
            pd.DataFrame({"segment_id": segments[segment], "code_id": codes[code], **own})
        )
    coders = pd.DataFrame({"coder_id": CODERS, "coder_kind": "person", "role": ""})
    return pd.concat(judgements), pd.concat(codings), coders


def counted(apart: CodedApart, comparison: Comparison) -> tuple[Comparison, Shared, Tally]:
    """Count a comparison, and compute its coefficients."""
    on = shared(apart.last, comparison)
    found = tally(apart.last, apart.last.has, comparison, on)
    measures.of_codes(found.patterns, found.counts.sum(axis=1), comparison)
    return comparison, on, found


def resampled(comparison: Comparison, on: Shared, found: Tally) -> None:
    """Resample transcripts, and compute all coefficients with their intervals."""
    drawn = np.tensordot(draws(on.places, 1000, seed=1), found.counts, axes=(1, 1))
    for one in measures.of_codes(found.patterns, drawn, comparison).values():
        intervals(one.value, on.places)


def timed(what: str, limit: float | None, run: Callable[[], object]) -> None:
    """Print the seconds of the fastest of three runs."""
    runs = []
    for _ in range(3):
        begin = time.perf_counter()
        run()
        runs.append(time.perf_counter() - begin)
    bound = f"at most {limit:g}" if limit is not None else ""
    print(f"  {what:<50}{min(runs):>10.2f} s   {bound}")


if __name__ == "__main__":
    main()
