"""Measures the classifier on comments of patients that people coded.

    python tests/benchmark_classifier.py FILE

FILE is a CSV with the columns "feedback" (a comment) and "subcategory" (its code). Each of five
draws learns from four fifths of the comments, parted by a hash of their words, and is measured on
another fifth. No comment is in both: comments in the same words are one. The dictionary,
``comment_terms.yaml``, was written from the names of the codes before a comment was read. What was
learned is measured on the codes with 100 comments or more.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pandas as pd

from comment_dictionary import found_by
from commonthread.classifier.advice import SoFar, code_next
from commonthread.classifier.calibration import calibration_error, likeliest_cut
from commonthread.classifier.card import figures
from commonthread.classifier.features import Hits, no_hits, tokens
from commonthread.classifier.learnable import why_not
from commonthread.classifier.learning import Learned, foresee, learn
from commonthread.classifier.lessons import Lessons
from commonthread.classifier.verdicts import Rules, verdict

SEEDS = 5
SIZES = {8: 0.32, 16: 0.38, 32: 0.41, 64: 0.42, None: 0.46}
RULES = Rules(target=0.8, certain=0.7)
RANDOM = 200
MARKS = (200, 300, 400, 500, 600, 700)
TERMS = Path(__file__).with_name("comment_terms.yaml")


@dataclass(frozen=True)
class Comments:
    """Comments, the codes that people gave each, and what the dictionary found of each.

    ``measured`` are the columns of the codes with 100 comments or more, ``fifth`` says in which part
    a comment is; ``learn_from`` and ``unseen`` are rows.
    """

    texts: np.ndarray
    codes: tuple[str, ...]
    has: np.ndarray
    hits: Hits
    measured: np.ndarray
    fifth: np.ndarray
    learn_from: np.ndarray
    unseen: np.ndarray

    def parted(self, draw: int) -> Comments:
        """Part off the fifth that a draw is measured on."""
        out = self.fifth == draw
        return replace(self, learn_from=np.flatnonzero(~out), unseen=np.flatnonzero(out))


def main() -> None:
    """Print the figures beside what they should be."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    comments = read(Path(sys.argv[1]))
    print(
        f"{len(comments.texts):,} comments; {len(comments.measured)} of {len(comments.codes)} codes "
        "measured"
    )
    by_size(comments)
    by_number(comments)
    times(comments.parted(0))


def read(path: Path) -> Comments:
    """Read the comments; those in the same words are one, with all their codes."""
    table = pd.read_csv(path, dtype=str).dropna(subset=["feedback", "subcategory"])
    table["words"] = [re.sub(r"\W+", " ", text.lower()).strip() for text in table["feedback"]]
    table["subcategory"] = table["subcategory"].str.strip()
    same = table.groupby("words", sort=True)
    texts = same["feedback"].first().to_numpy(dtype=object)
    codes, hits = found_by(TERMS, texts.tolist())
    has = np.array([[code in own for code in codes] for own in same["subcategory"].agg(set)])
    fifth = [
        int(blake2b(words.encode(), digest_size=4).hexdigest(), 16) % 5 for words in same.groups
    ]
    counts = table["subcategory"].value_counts()
    return Comments(
        texts=texts,
        codes=codes,
        has=has,
        hits=hits,
        measured=np.array([n for n, code in enumerate(codes) if counts.get(code, 0) >= 100]),
        fifth=np.array(fifth),
        learn_from=np.arange(len(texts)),
        unseen=np.arange(len(texts)),
    )


def draw(comments: Comments, size: int | None, seed: int) -> Lessons:
    """Draw so many comments of each measured code (None for all), and others at random."""
    generator = np.random.default_rng(seed)
    pool = comments.learn_from
    own = [generator.permutation(pool[comments.has[pool, c]])[:size] for c in comments.measured]
    drawn = generator.permutation(pool)[:RANDOM]
    rows = np.unique(np.concatenate([*own, drawn]))
    return lessons(comments, rows, np.isin(rows, drawn))


def lessons(comments: Comments, rows: np.ndarray, drawn: np.ndarray) -> Lessons:
    """Make lessons of comments; each is a source of its own."""
    return Lessons(rows, np.arange(len(rows)), comments.codes, comments.has[rows], drawn)


def found_there(comments: Comments, rows: np.ndarray, dictionary: bool) -> Hits:
    """Give what the dictionary found in some comments; nothing without it."""
    return comments.hits[rows] if dictionary else no_hits(len(rows), len(comments.codes))


def taught(comments: Comments, own: Lessons, *, dictionary: bool = True) -> Learned:
    """Learn the measured codes that can be learned."""
    why = why_not(own)
    can = [comments.codes[c] for c in comments.measured if not why[c]]
    hits = found_there(comments, own.row, dictionary)
    texts = comments.texts[own.row].tolist()
    return learn(own, can, texts, hits, comments.codes, RULES.target)


def said(comments: Comments, learned: Learned, *, dictionary: bool = True) -> np.ndarray:
    """Say of the unseen comments how likely each learned code is."""
    hits = found_there(comments, comments.unseen, dictionary)
    return foresee(learned.model, tokens(comments.texts[comments.unseen].tolist()), hits)


def macro_kappa(comments: Comments, learned: Learned | None, sure: np.ndarray | None) -> float:
    """Give the mean kappa over codes; where a code was not learned, the dictionary's counts."""
    found = []
    for column in comments.measured:
        code, has = comments.codes[column], comments.has[comments.unseen, column]
        if learned is not None and sure is not None and code in learned.model.codes:
            own = sure[:, learned.model.codes.index(code)]
            guess = own >= likeliest_cut(own)
        else:
            guess = comments.hits.terms[comments.unseen, column] > 0
        found.append(figures(guess, has)["kappa"])
    return float(np.mean(found))


def by_size(comments: Comments) -> None:
    """Measure with so many comments a code, and whether what is applied is right."""
    print(f"\nmacro kappa, mean of {SEEDS} draws; dictionary alone: ", end="")
    print(f"{macro_kappa(comments, None, None):.3f}")
    print(f"  {'comments a code':<18}{'classifier':>11}{'words alone':>13}   at least")
    for size, least in SIZES.items():
        both, words, applied = [], [], []
        for seed in range(SEEDS):
            parted = comments.parted(seed)
            own = draw(parted, size, seed)
            learned = taught(parted, own)
            sure = said(parted, learned)
            both.append(macro_kappa(parted, learned, sure))
            applied.append(silence(parted, learned, sure))
            alone = taught(parted, own, dictionary=False)
            words.append(macro_kappa(parted, alone, said(parted, alone, dictionary=False)))
        print(f"  {size or 'all':<18}{np.mean(both):>11.3f}{np.mean(words):>13.3f}   {least}")
        if size == 64:
            at_64 = pd.DataFrame(applied).sum()
    tell_silence(at_64)


def silence(comments: Comments, learned: Learned, sure: np.ndarray) -> dict[str, float]:
    """Count what would be applied to unseen comments, before and after each condition."""
    counted = dict.fromkeys(
        ("positives", "sure", "sure right", "certified", "certified right"), 0.0
    )
    counted |= dict.fromkeys(("applied", "applied right", "codes certified", "codes applied"), 0.0)
    true = []
    for column, code in enumerate(learned.model.codes):
        has = comments.has[comments.unseen, comments.codes.index(code)]
        over = sure[:, column] >= RULES.target
        guess = figures(sure[:, column] >= likeliest_cut(sure[:, column]), has)
        certificate = learned.certificates[column]
        certified = certificate.applied > 0 and certificate.at_least >= RULES.certain
        applied = verdict(certificate, guess["kappa"], RULES, int(over.sum())).standing == "applied"
        if applied and not certified:
            sys.exit(f"{code} fails its certificate and is applied.")
        for name, holds in (("sure", True), ("certified", certified), ("applied", applied)):
            counted[name] += over.sum() * holds
            counted[f"{name} right"] += (over & has).sum() * holds
        counted["positives"] += has.sum()
        counted["codes certified"] += certified
        counted["codes applied"] += applied
        true.append(has)
    error = calibration_error(sure.ravel(), np.stack(true, axis=1).ravel())
    return {**counted, "error": error}


def tell_silence(at_64: pd.Series[float]) -> None:
    """Print what is applied with 64 comments a code."""
    print(f"\nwhere it is {RULES.target:.0%} sure, 64 comments a code, all codes and draws")
    for name in ("sure", "certified", "applied"):
        right = at_64[f"{name} right"]
        codes = "" if name == "sure" else f"   codes {at_64[f'codes {name}'] / SEEDS:.1f} a draw"
        print(
            f"  {name:<12}precision {right / max(at_64[name], 1):.3f}   "
            f"recall {right / at_64['positives']:.3f}{codes}"
        )
    print("  precision of what is certified: at least 0.78; no code that fails is applied")
    print(f"  expected calibration error {at_64['error'] / SEEDS:.4f}   at most 0.02")


def by_number(comments: Comments) -> None:
    """Measure what to code next beside random choice."""
    print(f"\nmacro kappa by comments coded, mean of {SEEDS} draws")
    print("  " + " " * 12 + "".join(f"{mark:>8}" for mark in MARKS))
    curves = {"at random": [], "as advised": []}
    for seed in range(SEEDS):
        parted = comments.parted(seed)
        order = np.random.default_rng(seed).permutation(parted.learn_from)
        curves["at random"].append([measured(parted, order[:mark]) for mark in MARKS])
        advised = advice(parted, order, max(MARKS))
        curves["as advised"].append([measured(parted, advised[:mark]) for mark in MARKS])
    for name, own in curves.items():
        print(f"  {name:<12}" + "".join(f"{kappa:>8.3f}" for kappa in np.mean(own, axis=0)))
    print("  with 500 as advised at least what 700 at random give")


def measured(comments: Comments, rows: np.ndarray) -> float:
    """Learn from some comments, and give macro kappa."""
    own = np.sort(rows)
    learned = taught(comments, lessons(comments, own, np.ones(len(own), dtype=bool)))
    return macro_kappa(comments, learned, said(comments, learned))


def advice(comments: Comments, order: np.ndarray, number: int) -> np.ndarray:
    """Code the first 50 at random, then 25 at a time as advised; as people would, code by code."""
    columns = comments.measured
    texts, has = comments.texts[order].tolist(), comments.has[order][:, columns]
    hits = comments.hits[order][:, columns]
    judged = np.zeros(len(order), dtype=bool)
    judged[:50] = True
    coded = list(range(50))
    codes = tuple(comments.codes[column] for column in columns)
    while len(coded) < number:
        study = SoFar(codes, texts, hits, has & judged[:, None], judged, ~judged)
        new = code_next(study, min(25, number - len(coded)))
        judged[new] = True
        coded += new.tolist()
    return order[coded]


def times(comments: Comments) -> None:
    """Time learning and coding: 21 codes, 1,200 comments; coding of 1,000."""
    frequent = np.argsort(-comments.has[comments.learn_from].sum(axis=0))[:21]
    rows = np.sort(np.random.default_rng(1).permutation(comments.learn_from)[:1200])
    own = lessons(comments, rows, np.ones(len(rows), dtype=bool))
    can = [comments.codes[c] for c in frequent]
    texts = comments.texts[rows].tolist()
    unseen = comments.unseen[:1000]
    more, hits = comments.texts[unseen].tolist(), comments.hits[unseen]

    def learning() -> Learned:
        return learn(own, can, texts, comments.hits[rows], comments.codes, RULES.target)

    learned = learning()
    print(f"\n{len(can)} codes, {len(rows):,} comments")
    timed("learning, with five-fold scores and calibration", 3.0, learning)
    timed("coding 1,000", 0.5, lambda: foresee(learned.model, tokens(more), hits))


def timed(what: str, limit: float, run: Callable[[], object]) -> None:
    """Print the seconds of the fastest of three runs."""
    runs = []
    for _ in range(3):
        begin = time.perf_counter()
        run()
        runs.append(time.perf_counter() - begin)
    print(f"  {what:<50}{min(runs):>8.2f} s   at most {limit:g}")


if __name__ == "__main__":
    main()
