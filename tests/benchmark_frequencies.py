"""Measures how often corrected frequencies hold the truth, how wide their intervals are, how fast.

    python tests/benchmark_frequencies.py [--corpora 500] [COMMENTS.csv] [--terms TERMS.yaml]

On made-up corpora (``audit_simulation``), of each of which 100, 200 or 400 segments are checked. With
COMMENTS.csv also on real text: a row for each text that somebody coded, with the columns "text" and
"code" (--text and --code name others; a text may stand in several rows, and counts once). The machine
there is the project's classifier, for each code that 100 texts or more have, out of fold: what it says
of a fifth of the texts it learned from the other four. Beside their words it sees what the dictionary
TERMS.yaml found in them (codes with their terms), if there is one. The texts are cut into five
pretended workshops, once as they come and once at random. All codes that people gave are the truth;
200 texts are checked, 100 times.

Milliseconds are those of a processor in one thread. Widths are told over those of people alone: of
Jeffreys' interval, and of the exact one of Clopper and Pearson.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from audit_simulation import (
    KINDS,
    SHARES,
    Checked,
    Held,
    Index,
    Interval,
    Mask,
    Numbers,
    check,
    corrected,
    like_these,
    measure,
    naive,
    runs,
)
from comment_dictionary import found_by
from commonthread.classifier.calibration import likeliest_cut
from commonthread.classifier.features import no_hits
from commonthread.classifier.learning import learn
from commonthread.classifier.lessons import Lessons

SIZES = (100, 200, 400)
SEED = 1
_WORKSHOPS, _TIMES, _SIZE, _FEWEST = 5, 100, 200, 100
# From where the classifier would apply a code; nothing is applied here.
_TARGET = 0.8


def main() -> None:
    """Print coverage, width beside that of people alone, and milliseconds a code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("comments", type=Path, nargs="?")
    parser.add_argument("--text", default="text")
    parser.add_argument("--code", default="code")
    parser.add_argument("--terms", type=Path)
    parser.add_argument("--corpora", type=int, default=500)
    given = parser.parse_args()
    with threadpool_limits(limits=1):
        simulated(given.corpora)
        print("for people like these, by role: intervals that hold the rate of all such people")
        for size in SIZES:
            print(f"  {size} checked   {like_these(size, given.corpora):6.1%}")
        if given.comments is not None:
            rows = pd.read_csv(given.comments)[[given.text, given.code]].dropna()
            real(rows.set_axis(["text", "code"], axis="columns"), given.terms)


def simulated(corpora: int) -> None:
    """Print what holds on made-up corpora."""
    print(f"\n{corpora} made-up corpora for each size; shares {SHARES}")
    for name, interval in (("corrected", corrected), ("naive", naive)):
        print(f"{name}: intervals that hold the truth; width over Jeffreys' and over the exact one")
        for size in SIZES:
            clock = Clock(interval)
            kinds = defaultdict(list)
            for one in runs(size, corpora, clock.interval):
                for kind in KINDS:
                    kinds[kind].append(one[kind])
            told = "   ".join(f"{kind} {line(kinds[kind])}" for kind in KINDS)
            each = 1000 * clock.seconds / corpora / len(SHARES)
            print(f"  {size} checked   {told}   {each:.1f} ms a code")
            if interval is corrected:
                for at, share in enumerate(SHARES):
                    by_code = "   ".join(f"{kind} {line(kinds[kind], at)}" for kind in KINDS)
                    print(f"    a share of {share:4.0%}   {by_code}")


class Clock:
    """Adds up the time that intervals take."""

    def __init__(self, interval: Interval) -> None:
        """Take what is to be timed."""
        self._interval = interval
        self.seconds = 0.0

    def interval(
        self, machine: Mask, domain: Index, domains: int, checked: Checked, seed: int
    ) -> tuple[Numbers, Numbers]:
        """Give what the interval gives."""
        begin = time.process_time()
        made = self._interval(machine, domain, domains, checked, seed)
        self.seconds += time.process_time() - begin
        return made


def line(measured: list[Held], code: int | None = None) -> str:
    """Say mean coverage and width of all codes, or of one."""
    chosen = slice(None) if code is None else slice(code, code + 1)
    held = np.mean([one.held[chosen].mean() for one in measured])
    width = np.mean([one.width[chosen].mean() for one in measured])
    jeffreys = np.mean([one.jeffreys[chosen].mean() for one in measured])
    exact = np.mean([one.exact[chosen].mean() for one in measured])
    return f"{held:6.1%} {width / jeffreys:4.2f} {width / exact:4.2f}"


def real(rows: pd.DataFrame, terms: Path | None) -> None:
    """Print what holds on real text."""
    texts = rows.groupby("text", sort=False)["code"].agg(set)
    counts = rows["code"].value_counts()
    codes = counts[counts >= _FEWEST].index.tolist()
    truth = np.array([[code in own for own in texts] for code in codes])
    rng = np.random.default_rng(SEED)
    machine = out_of_fold(texts.index.tolist(), codes, truth, terms)
    in_order = np.arange(truth.shape[1]) * _WORKSHOPS // truth.shape[1]
    cuts = {"as they come": in_order, "at random": rng.permutation(in_order)}
    print(
        f"\nreal text: {truth.shape[1]:,} texts, {len(codes)} codes, {_SIZE} checked {_TIMES} times"
    )
    for cut, domain in cuts.items():
        for name, interval in (("corrected", corrected), ("naive", naive)):
            kinds = defaultdict(list)
            for seed in range(_TIMES):
                checked = check(domain, truth, _SIZE, rng)
                for kind, of in (("all", np.zeros_like(domain)), ("workshop", domain)):
                    number = int(of.max()) + 1
                    held = measure(machine, truth, of, number, checked, interval, seed)
                    kinds[kind].append(held)
            told = "   ".join(f"{kind} {line(own)}" for kind, own in kinds.items())
            print(f"  workshops {cut}, {name}   {told}")


def out_of_fold(texts: list[str], codes: list[str], truth: Mask, terms: Path | None) -> Mask:
    """Guess which codes each text has, by what was learned from the other folds."""
    number = len(texts)
    dictionary, hits = found_by(terms, texts) if terms else ((), no_hits(number, 0))
    each = np.arange(number)
    lessons = Lessons(each, each, tuple(codes), truth.T, np.ones(number, dtype=bool))
    sure = learn(lessons, codes, texts, hits, dictionary, _TARGET).probability
    return np.stack([own >= likeliest_cut(own) for own in sure.T])


if __name__ == "__main__":
    main()
