"""Groups of texts that are alike, with names: what a codebook may lack a code for."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from commonthread.coded import Counts
from commonthread.refining.segment_words import is_common, word_list

MOST = 20
_DIMENSIONS = 50
_SEED = 0
# A word of a single text says nothing about what texts share, nor does a cluster of a few.
_FEWEST_TEXTS = 2
_FEWEST = 3
# As many texts as there must be for each cluster that k-means is asked for.
_TEXTS_A_CLUSTER = 5
# With a code taken out of a codebook, these gave it back as a cluster most often.
_KMEANS, _STARTS = 15, 10
_HDBSCAN, _DENSE, _REST = (8, 3), 4, 13
# HDBSCAN takes time with the square of the number of texts.
_MOST_FOR_HDBSCAN = 4_000
_WORDS_NAMED = 4
_STEM = 4
# How many times as often as elsewhere a word is said that is a cluster's own.
_OWN = 1.5

Vectors = NDArray[np.float64]


@dataclass(frozen=True)
class Clusters:
    """Texts in clusters, the most coherent one first.

    ``labels`` gives each text the number of its cluster from 0, -1 for none; ``nearness`` its cosine
    with the middle of its cluster, 0 for none. ``names`` are the words that set each cluster apart.
    ``coherence`` is the mean nearness of the texts of each cluster.
    """

    method: str
    labels: Counts = field(repr=False)
    nearness: Vectors = field(repr=False)
    names: tuple[str, ...]
    coherence: tuple[float, ...]


def cluster_texts(texts: Sequence[str], common: Collection[str] = ()) -> Clusters:
    """Group texts that are alike; the same texts always give the same clusters.

    The texts are weighted by their words (TF-IDF with 1 + ln tf; words of ``common`` do not count)
    and brought into 50 dimensions (latent semantic analysis). Several ways to cluster them are
    tried: k-means, dense groups by HDBSCAN (of up to 4,000 texts), and the four largest of these
    with k-means of the rest. The one is kept whose clusters are the most coherent: in which the
    mean cosine of a text with the middle of its cluster is highest; one in no cluster counts as 0.
    Texts of common words alone are a cluster of their own, which comes last and has no coherence.
    Clusters of fewer than three texts are dropped; at most 20 come out. Names are up to four words
    by class-based TF-IDF (Grootendorst 2022).
    """
    from threadpoolctl import threadpool_limits

    words = [word_list(text) for text in texts]
    telling = [[word for word in own if not is_common(word, common)] for own in words]
    # On several cores, sums come out in another order each time, and clusters with them.
    with threadpool_limits(limits=1):
        vectors = _vectors(telling)
        method, labels, nearness = _most_coherent(vectors)
    bare = [bool(every) and not own for every, own in zip(words, telling, strict=True)]
    if sum(bare) >= _FEWEST:
        labels[bare] = labels.max(initial=-1) + 1
    said = [own or every for every, own in zip(words, telling, strict=True)]
    return _described(method, labels, nearness, said)


def _most_coherent(vectors: Vectors) -> tuple[str, Counts, Vectors]:
    """Try several ways to cluster vectors that are not 0, and keep the most coherent one."""
    some = np.flatnonzero(np.linalg.norm(vectors, axis=1) > 0)
    kept: tuple[str, Counts, Vectors] = (
        "none",
        np.full(len(vectors), -1, dtype=np.int64),
        np.zeros(len(vectors)),
    )
    for method, found in _tries(vectors[some]):
        labels = np.full(len(vectors), -1, dtype=np.int64)
        labels[some] = _large_enough(found)
        nearness = _nearness(vectors, labels)
        if nearness.sum() > kept[2].sum():
            kept = (method, labels, nearness)
    return kept


def _vectors(words: Sequence[Sequence[str]]) -> Vectors:
    """Give each text, as its words, a vector of length 1 in up to 50 dimensions; 0 for none."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    weigh = TfidfVectorizer(analyzer=list, sublinear_tf=True, min_df=_FEWEST_TEXTS)
    try:
        weighted = weigh.fit_transform(words)
    except ValueError:  # Not one word stands in two texts.
        return np.zeros((len(words), 1))
    size = min(_DIMENSIONS, *(side - 1 for side in weighted.shape))
    if size < 1:
        return normalize(weighted.toarray())
    # Texts that are all the same have no variance, by which a figure that is not used is divided.
    with np.errstate(divide="ignore", invalid="ignore"):
        return normalize(TruncatedSVD(size, random_state=_SEED).fit_transform(weighted))


def _tries(vectors: Vectors) -> Iterator[tuple[str, Counts]]:
    """Cluster vectors in several ways: what each is called, and the clusters."""
    yield "k-means", _means(vectors, _KMEANS)
    if _HDBSCAN[0] < len(vectors) <= _MOST_FOR_HDBSCAN:
        leaves = _leaves(vectors)
        yield "dense groups by HDBSCAN", _largest(leaves, MOST - 1)
        dense = _largest(leaves, _DENSE)
        rest = dense < 0
        dense[rest] = _means(vectors[rest], _REST) + dense.max(initial=-1) + 1
        yield "dense groups by HDBSCAN, and k-means of the rest", dense


def _means(vectors: Vectors, clusters: int) -> Counts:
    """Cluster vectors by k-means, in fewer clusters where there are few vectors."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    number = min(clusters, len(vectors) // _TEXTS_A_CLUSTER)
    if number < 2:
        return np.zeros(len(vectors), dtype=np.int64)
    means = KMeans(number, n_init=_STARTS, random_state=_SEED)
    with warnings.catch_warnings():
        # Where many texts are the same, there are fewer clusters than were asked for.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return means.fit_predict(vectors).astype(np.int64)


def _leaves(vectors: Vectors) -> Counts:
    """Find groups that lie closer together than what is around them; -1 for what is in none."""
    from sklearn.cluster import HDBSCAN

    size, neighbours = _HDBSCAN
    leaves = HDBSCAN(size, min_samples=neighbours, cluster_selection_method="leaf", copy=True)
    return leaves.fit_predict(vectors).astype(np.int64)


def _largest(labels: Counts, most: int) -> Counts:
    """Keep the ``most`` largest clusters, numbered from 0; -1 for what is in none of them."""
    numbers, sizes = np.unique(labels[labels >= 0], return_counts=True)
    kept = np.sort(numbers[np.argsort(-sizes, kind="stable")][:most])
    return np.where(np.isin(labels, kept), np.searchsorted(kept, labels), -1)


def _large_enough(labels: Counts) -> Counts:
    """Take the texts of clusters that are too small to say anything out of them."""
    sizes = np.bincount(labels[labels >= 0], minlength=labels.max(initial=-1) + 1)
    return np.where((labels >= 0) & (np.append(sizes, 0)[labels] >= _FEWEST), labels, -1)


def _nearness(vectors: Vectors, labels: Counts) -> Vectors:
    """Give the cosine of each vector with the mean of its cluster; 0 for those in none."""
    made = np.zeros(len(vectors))
    for number in np.unique(labels[labels >= 0]):
        own = labels == number
        middle = vectors[own].mean(axis=0)
        length = np.linalg.norm(middle)
        made[own] = vectors[own] @ (middle / length) if length else 0.0
    return made


def _described(
    method: str, labels: Counts, nearness: Vectors, words: Sequence[Sequence[str]]
) -> Clusters:
    """Number the clusters, the most coherent first, and name them."""
    numbers = np.unique(labels[labels >= 0])
    coherence = np.array([nearness[labels == number].mean() for number in numbers])
    # Rounded, so that the last bit of a sum never decides.
    order = np.argsort(-np.round(coherence, 9), kind="stable")
    place = np.full(labels.max(initial=-1) + 2, -1, dtype=np.int64)
    place[numbers[order]] = np.arange(len(order))
    labels = place[labels]
    coherence = np.where(coherence > 0, coherence, np.nan)[order]
    return Clusters(
        method, labels, nearness, _names(words, labels, len(order)), tuple(coherence.tolist())
    )


def _names(words: Sequence[Sequence[str]], labels: Counts, clusters: int) -> tuple[str, ...]:
    """Name clusters by class-based TF-IDF: tf in the cluster x ln(1 + words a cluster / tf in all).

    Words that a cluster has more of than all clusters together come before words that all have.
    """
    counts = [Counter[str]() for _ in range(clusters)]
    for own, label in zip(words, labels.tolist(), strict=True):
        if label >= 0:
            counts[label].update(own)
    every = sum(counts, Counter[str]())
    usual = every.total() / max(clusters, 1)
    names = []
    for count in counts:
        weight = {word: n * np.log(1 + usual / every[word]) for word, n in count.items()}
        much = _OWN * count.total() / max(every.total(), 1)
        apart = {word for word, n in count.items() if n > much * every[word]}
        chosen: list[str] = []
        for word in sorted(
            weight, key=lambda word: (word not in apart, -round(weight[word], 9), word)
        ):
            if all(word[:_STEM] != other[:_STEM] for other in chosen):
                chosen.append(word)
            if len(chosen) == _WORDS_NAMED:
                break
        names.append(", ".join(chosen))
    return tuple(names)
