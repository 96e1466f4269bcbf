"""Measures how well clusters give back a code that is taken out of a codebook.

    python tests/benchmark_refining.py COMMENTS.csv

COMMENTS.csv has a row for each text that somebody coded, with the columns "text" and "code"
(--text and --code name others). Each code with 100 texts or more is hidden in turn: the codebook
lacks it, so its texts are not coded. It counts as found if one of at most 20 suggested clusters is
at least half that code and holds at least a tenth of it.

Where nothing else is uncoded, every cluster is wholly that code, and only its size can be wrong.
So other texts are left uncoded too: all those of codes with fewer than 100 texts, which a small
codebook would not have either; as many others, drawn at random, as the code has; a tenth of all
others. Beside what the library suggests stand three ways to cluster by themselves.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from commonthread.language import load_language
from commonthread.refining.clusters import MOST, cluster_texts
from commonthread.settings import LanguageSettings

FEWEST = 100
SEED = 1

Rows = NDArray[np.int64]
Labels = NDArray[np.int64]


def main() -> None:
    """Print for each setting and way how many codes are found, and the time for 1,000 texts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("comments", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--code", default="code")
    given = parser.parse_args()
    comments = pd.read_csv(given.comments).dropna(subset=[given.text, given.code])
    texts, codes = comments[given.text].tolist(), comments[given.code].to_numpy(dtype=object)
    common = load_language(LanguageSettings()).fixed
    ways: dict[str, Callable[[list[str]], Labels]] = {
        "suggested": lambda own: cluster_texts(own, common).labels,
        "k-means with 20 clusters": lambda own: KMeans(20, random_state=SEED).fit_predict(lsa(own)),
        "HDBSCAN, leaves": lambda own: dense(lsa(own), "leaf"),
        "HDBSCAN": lambda own: dense(lsa(own), "eom"),
    }
    hidden = pd.Series(codes).value_counts()
    hidden = hidden[hidden >= FEWEST].index.tolist()
    print(f"{len(texts):,} texts, {len(set(codes))} codes, {len(hidden)} of {FEWEST} or more\n")
    for way, cluster in ways.items():
        with threadpool_limits(limits=1):
            for setting, uncoded in settings(codes, hidden):
                tell(way, setting, uncoded, cluster, texts, codes, hidden)


def tell(
    way: str,
    setting: str,
    uncoded: list[Rows],
    cluster: Callable[[list[str]], Labels],
    texts: list[str],
    codes: NDArray[np.object_],
    hidden: list[str],
) -> None:
    """Hide each code in turn, cluster, and print one line."""
    begin = time.process_time()
    labels = [cluster([texts[row] for row in rows]) for rows in uncoded]
    seconds = time.process_time() - begin
    given_back = sum(
        found(own, codes[rows] == code)
        for own, rows, code in zip(labels, uncoded, hidden, strict=True)
    )
    number = sum(map(len, uncoded))
    print(
        f"{way:<26}{setting:<42}{given_back:3} of {len(hidden)}"
        f"{1000 * seconds / number:8.2f} s for 1,000 of {number // len(hidden):,}",
        flush=True,
    )


def settings(codes: NDArray[np.object_], hidden: list[str]) -> Iterator[tuple[str, list[Rows]]]:
    """Give what else is uncoded, and for each hidden code the rows of all that is."""
    every = np.arange(len(codes))
    own = [np.flatnonzero(codes == code) for code in hidden]
    others = [np.flatnonzero(codes != code) for code in hidden]
    rare = every[~np.isin(codes, hidden)]
    draw = np.random.default_rng(SEED)

    def with_drawn(numbers: list[int]) -> list[Rows]:
        drawn = [
            draw.choice(o, min(n, len(o)), False) for o, n in zip(others, numbers, strict=True)
        ]
        return [np.union1d(one, more) for one, more in zip(own, drawn, strict=True)]

    yield "and nothing else", own
    yield f"and codes of fewer than {FEWEST}", [np.union1d(one, rare) for one in own]
    yield "and as many others", with_drawn([len(one) for one in own])
    yield "and a tenth of all others", with_drawn([len(more) // 10 for more in others])


def found(labels: Labels, is_code: NDArray[np.bool_]) -> bool:
    """Tell whether one of the 20 largest clusters is half the code and holds a tenth of it."""
    numbers, sizes = np.unique(labels[labels >= 0], return_counts=True)
    largest = numbers[np.argsort(-sizes, kind="stable")][:MOST]
    shares = [(is_code[labels == n].mean(), is_code[labels == n].sum()) for n in largest]
    return any(share >= 0.5 and size >= 0.1 * is_code.sum() for share, size in shares)


def lsa(texts: list[str]) -> NDArray[np.float64]:
    """Give TF-IDF in 50 dimensions, each row of length 1."""
    weighted = TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english").fit_transform(
        texts
    )
    size = min(50, *(side - 1 for side in weighted.shape))
    return normalize(TruncatedSVD(size, random_state=SEED).fit_transform(weighted))


def dense(vectors: NDArray[np.float64], selection: str) -> Labels:
    """Cluster by HDBSCAN."""
    way = HDBSCAN(8, min_samples=3, cluster_selection_method=selection, copy=True)
    return way.fit_predict(vectors)


if __name__ == "__main__":
    main()
