"""What the classifier sees of a segment: its words, pieces of its words, and the dictionary's codes.

TF-IDF of words and pairs of neighbouring words, TF-IDF of pieces of two to five letters inside each
word, and the codes that the dictionary found, by the root of the number of their terms; each of the three brought to
length 1 in each segment. Words are counted as 1 + log(count) ("sublinear"); weights are
log((1 + n) / (1 + df)) + 1 for n segments of which df have the feature (Manning, Raghavan and Schütze
2008, section 6.2 and 6.4). In short comments people begin with what they mainly want to say; in talk
that was cut into segments they do not. So how much more counts what stands first is a part of the
vocabulary, and learned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.classifier.embeddings import Vectors
from commonthread.coded import Counts

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SHORTEST, _LONGEST = 2, 5
# Longer runs of letters are no words; without a limit one could have thousands of pieces.
_LONGEST_WORD = 40
# After so many code points a third is left of what counts for more at the beginning.
_REACH = 20.0

Floats = NDArray[np.float64]


def nearness(start: Counts) -> Floats:
    """Say how near the beginning of a text its code points are: 1 for the first, falling to 0."""
    return np.asarray(np.exp(-start / _REACH))


@dataclass(frozen=True)
class Hits:
    """What the dictionary found, texts x codes.

    ``terms`` says by how many different terms it found a code, and ``near`` the ``nearness`` of the
    first; both are 0 where it did not. It is taken apart as the two would be.
    """

    terms: Counts
    near: Floats

    def __getitem__(self, at: Any) -> Hits:
        """Give some of the texts, or of the codes."""
        return Hits(self.terms[at], self.near[at])


def no_hits(texts: int, codes: int) -> Hits:
    """Give what a dictionary finds that finds nothing."""
    return Hits(np.zeros((texts, codes), dtype=np.int64), np.zeros((texts, codes)))


@dataclass(frozen=True)
class Tokens:
    """The words of some texts, one after the other.

    ``text[i]`` is the number of the text that word i stands in, ``start[i]`` and ``end[i]`` are its
    half-open code points there, and ``word[i]`` is its number among ``words``.
    """

    texts: int
    text: Counts
    start: Counts
    end: Counts
    word: Counts
    words: tuple[str, ...]


def tokens(texts: Sequence[str]) -> Tokens:
    """Take texts apart into words, in small letters."""
    places: list[tuple[int, int, int]] = []
    found: list[str] = []
    for number, text in enumerate(texts):
        for match in _WORD.finditer(text):
            places.append((number, match.start(), match.end()))
            found.append(match[0])
    written, spellings = pd.factorize(np.array(found, dtype=object))
    plain, words = pd.factorize(np.array([_plain(word) for word in spellings], dtype=object))
    place = np.array(places, dtype=np.int64).reshape(-1, 3)
    return Tokens(
        texts=len(texts),
        text=place[:, 0],
        start=place[:, 1],
        end=place[:, 2],
        word=plain[written].astype(np.int64),
        words=tuple(words),
    )


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word.lower()).replace("’", "'")[:_LONGEST_WORD]


def pieces(word: str) -> list[str]:
    """Give the pieces of two to five signs of a word, with a space at both of its ends."""
    padded = f" {word} "
    return [
        padded[start : start + length]
        for length in range(_SHORTEST, min(_LONGEST, len(padded)) + 1)
        for start in range(len(padded) - length + 1)
    ]


@dataclass(frozen=True)
class Vocabulary:
    """The features, in order: words, pairs of words, pieces of words, codes of the dictionary.

    ``weight`` has the weight of each word, pair and piece; ``opening`` says how much more
    counts what a text begins with, 0 if all count the same.
    """

    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    pieces: tuple[str, ...]
    codes: tuple[str, ...]
    weight: Floats
    opening: float = 0.0

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """How many features there are of each kind."""
        return len(self.words), len(self.pairs), len(self.pieces), len(self.codes)


def make_vocabulary(found: Tokens, codes: Sequence[str]) -> Vocabulary:
    """Make the features of some texts. No label is used."""
    words = tuple(sorted(found.words))
    pairs = tuple(sorted({(found.words[a], found.words[b]) for a, b in _distinct_pairs(found)}))
    parts = tuple(sorted({piece for word in words for piece in pieces(word)}))
    without = Vocabulary(words, pairs, parts, tuple(codes), np.ones(0))
    values = _values(found, without)
    held = np.bincount(values.indices, minlength=values.shape[1])
    weight = np.log((1 + found.texts) / (1 + held)) + 1
    return Vocabulary(words, pairs, parts, tuple(codes), weight)


def make_features(
    found: Tokens, hits: Hits, vocabulary: Vocabulary, vectors: Vectors | None = None
) -> Any:
    """Give texts x features as a sparse matrix (CSR).

    ``hits`` are of the codes of the vocabulary. Words, pairs and pieces that the vocabulary does not have are passed over. The features of the vocabulary come
    first, then ``vectors``, texts x dimensions, if there are any.
    """
    from scipy import sparse

    values = _values(found, vocabulary)
    values.data *= vocabulary.weight[values.indices]
    words, pairs, _, _ = vocabulary.sizes
    blocks = [
        values[:, : words + pairs],
        values[:, words + pairs :],
        sparse.csr_matrix(np.sqrt(hits.terms) + vocabulary.opening * hits.near),
    ]
    if vectors is not None:
        blocks.append(sparse.csr_matrix(vectors.astype(np.float64)))
    made = sparse.hstack([_to_length_one(block) for block in blocks], format="csr")
    made.sort_indices()
    return made


def _to_length_one(block: Any) -> Any:
    from scipy import sparse

    length = np.sqrt(np.asarray(block.multiply(block).sum(axis=1)).ravel())
    return sparse.diags(1 / np.where(length > 0, length, 1.0)) @ block


def _values(found: Tokens, vocabulary: Vocabulary) -> Any:
    """Give what words, pairs and pieces count for in each text, before they are weighted.

    That is 1 + log(count), and what each place adds by being near the beginning. Sparse, without stored zeros.
    """
    from scipy import sparse

    words, pairs, *_ = vocabulary.sizes
    known = pd.Index(vocabulary.words).get_indexer(pd.Index(found.words, dtype=object))
    has = np.flatnonzero(known >= 0)
    as_word = _matrix(has, known[has], (len(found.words), words))
    spelled = spelling(found.words, vocabulary.pieces)
    place, pair = _known_pairs(found, vocabulary)

    def added_up(worth: Floats) -> Any:
        shape = (found.texts, len(found.words))
        in_text = _matrix(found.text, found.word, shape, worth)
        paired = _matrix(found.text[place], pair, (found.texts, pairs), worth[place])
        return sparse.hstack([in_text @ as_word, paired, in_text @ spelled], format="csr")

    counts = added_up(np.ones(len(found.text)))
    counts.data = 1 + np.log(counts.data)
    if vocabulary.opening:
        counts = (counts + added_up(vocabulary.opening * nearness(found.start))).tocsr()
    counts.sort_indices()
    return counts


def spelling(words: Sequence[str], known: Sequence[str]) -> Any:
    """Count pieces in words: a sparse matrix, words x known pieces."""
    at = {piece: number for number, piece in enumerate(known)}
    rows, columns = [], []
    for row, word in enumerate(words):
        for piece in pieces(word):
            if (column := at.get(piece)) is not None:
                rows.append(row)
                columns.append(column)
    return _matrix(np.array(rows), np.array(columns), (len(words), len(known)))


def neighbours(found: Tokens) -> Counts:
    """Give the places in ``found`` of words that have another after them in the same text."""
    return np.flatnonzero(found.text[:-1] == found.text[1:])


def _distinct_pairs(found: Tokens) -> list[tuple[int, int]]:
    first = neighbours(found)
    width = max(len(found.words), 1)
    key = np.unique(found.word[first] * width + found.word[first + 1])
    return list(zip((key // width).tolist(), (key % width).tolist(), strict=True))


def _known_pairs(found: Tokens, vocabulary: Vocabulary) -> tuple[Counts, Counts]:
    """Give every pair that the vocabulary has: the place of its first word, and its number."""
    at = {pair: number for number, pair in enumerate(vocabulary.pairs)}
    first = neighbours(found)
    width = max(len(found.words), 1)
    key, which = np.unique(found.word[first] * width + found.word[first + 1], return_inverse=True)
    number = np.array(
        [at.get((found.words[k // width], found.words[k % width]), -1) for k in key.tolist()],
        dtype=np.int64,
    )[which]
    return first[number >= 0], number[number >= 0]


def _matrix(
    rows: Counts, columns: Counts, shape: tuple[int, int], values: Floats | None = None
) -> Any:
    from scipy import sparse

    ones = np.ones(len(rows)) if values is None else values
    return sparse.csr_matrix((ones, (rows, columns)), shape=shape)
