"""What the classifier sees of a segment: its words, pieces of its words, and the dictionary's codes.

TF-IDF of words and pairs of neighbouring words, TF-IDF of pieces of two to five letters inside each
word, and by how many different terms the dictionary found each code, as a square root; each of the
three brought to length 1 in each segment. Words are counted as 1 + log(count) ("sublinear"); weights are log((1 + n) / (1 + df)) + 1 for n
segments of which df have the feature (Manning, Raghavan and Schütze 2008, section 6.2 and 6.4).
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

from commonthread.coded import Counts

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SHORTEST, _LONGEST = 2, 5
# Longer runs of letters are no words; without a limit one could have thousands of pieces.
_LONGEST_WORD = 40

Floats = NDArray[np.float64]


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

    ``weight`` has the weight of each word, pair and piece.
    """

    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    pieces: tuple[str, ...]
    codes: tuple[str, ...]
    weight: Floats

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
    counts = _counts(found, without)
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    weight = np.log((1 + found.texts) / (1 + held)) + 1
    return Vocabulary(words, pairs, parts, tuple(codes), weight)


def make_features(found: Tokens, hits: Counts, vocabulary: Vocabulary) -> Any:
    """Give texts x features as a sparse matrix (CSR).

    ``hits[text, code]`` says by how many different terms the dictionary found the code. Words, pairs and pieces that
    the vocabulary does not have are passed over.
    """
    from scipy import sparse

    counts = _counts(found, vocabulary)
    counts.data = (1 + np.log(counts.data)) * vocabulary.weight[counts.indices]
    words, pairs, _, _ = vocabulary.sizes
    blocks = [
        counts[:, : words + pairs],
        counts[:, words + pairs :],
        sparse.csr_matrix(np.sqrt(hits.astype(np.float64))),
    ]
    made = sparse.hstack([_to_length_one(block) for block in blocks], format="csr")
    made.sort_indices()
    return made


def _to_length_one(block: Any) -> Any:
    from scipy import sparse

    length = np.sqrt(np.asarray(block.multiply(block).sum(axis=1)).ravel())
    return sparse.diags(1 / np.where(length > 0, length, 1.0)) @ block


def _counts(found: Tokens, vocabulary: Vocabulary) -> Any:
    """Count words, pairs and pieces in each text: a sparse matrix without stored zeros."""
    from scipy import sparse

    words, pairs, *_ = vocabulary.sizes
    in_text = _matrix(found.text, found.word, (found.texts, len(found.words)))
    known = pd.Index(vocabulary.words).get_indexer(pd.Index(found.words, dtype=object))
    has = np.flatnonzero(known >= 0)
    as_word = _matrix(has, known[has], (len(found.words), words))
    spelled = in_text @ spelling(found.words, vocabulary.pieces)
    text, pair = _known_pairs(found, vocabulary)
    paired = _matrix(text, pair, (found.texts, pairs))
    counts = sparse.hstack([in_text @ as_word, paired, spelled], format="csr")
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
    """Give text and number of every pair that the vocabulary has, as often as it occurs."""
    at = {pair: number for number, pair in enumerate(vocabulary.pairs)}
    first = neighbours(found)
    width = max(len(found.words), 1)
    key, which = np.unique(found.word[first] * width + found.word[first + 1], return_inverse=True)
    number = np.array(
        [at.get((found.words[k // width], found.words[k % width]), -1) for k in key.tolist()],
        dtype=np.int64,
    )[which]
    return found.text[first][number >= 0], number[number >= 0]


def _matrix(rows: Counts, columns: Counts, shape: tuple[int, int]) -> Any:
    from scipy import sparse

    ones = np.ones(len(rows))
    return sparse.csr_matrix((ones, (rows, columns)), shape=shape)
