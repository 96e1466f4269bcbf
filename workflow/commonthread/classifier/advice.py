"""What to code next: the segments from which the most is learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonthread.classifier.features import Hits, make_features, make_vocabulary, tokens
from commonthread.classifier.learnable import FEWEST
from commonthread.classifier.training import scores, train
from commonthread.coded import Counts, Mask

# From so many segments with it on, a code takes part in what the classifier is unsure of.
_SEEN = 2
# A code whose dictionary was wrong so often is not looked for by it any more.
_TRIED, _OF_USE = 20, 0.1
# How much less a segment tells that is like one that was chosen just before.
_ALIKE = 0.5

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SoFar:
    """How far the coding of a study is: for each segment, its words and what is known of it.

    ``hits`` are what the dictionary found, ``has[segment, code]`` says
    whether people gave it or one below it, ``judged[segment]`` whether they judged the segment, and
    ``free`` whether it may be chosen. Ties are broken by the order of the segments, which should
    therefore be random.
    """

    codes: tuple[str, ...]
    texts: Sequence[str]
    hits: Hits
    has: Mask
    judged: Mask
    free: Mask


def code_next(study: SoFar, number: int) -> Counts:
    """Choose up to ``number`` segments to code, by their rows, the most telling first.

    Up to half of them, at the start all, are segments in which the dictionary found a code that
    people gave to few segments so far: each time the code with the fewest, until each may be
    expected to have enough to learn from. Then come those that the classifier, trained on what
    people decided, is least sure of: the mean over codes of how near it is to even odds, with more
    weight on codes that people gave to few segments, and less on segments that are like one that
    was chosen already.
    """
    given = study.has[study.judged]
    seen = np.flatnonzero((given.sum(axis=0) >= _SEEN) & ~given.all(axis=0))
    chosen = _rarest_by_dictionary(study, -(-number // 2) if len(seen) else number)
    left = study.free.copy()
    left[chosen] = False
    if not len(seen):
        rest = np.flatnonzero(left)[: number - len(chosen)]
        return np.array([*chosen, *rest.tolist()], dtype=np.int64)
    found = tokens(study.texts)
    features = make_features(found, study.hits, make_vocabulary(found, study.codes))
    weights, constants = train(features[study.judged], given[:, seen])
    sure = 1 / (1 + np.exp(-scores(features, weights, constants)))
    unsure = ((1 - np.abs(2 * sure - 1)) / given[:, seen].sum(axis=0)).sum(axis=1)
    return _unlike(unsure, features, left, chosen, number)


def _rarest_by_dictionary(study: SoFar, number: int) -> list[int]:
    """Choose segments that the dictionary found the rarest codes in."""
    hits, given = study.hits.terms > 0, study.has & study.judged[:, None]
    tried = hits[study.judged].sum(axis=0)
    right = (given & hits).sum(axis=0)
    # Of the next segment in which it finds the code, how likely it is right (rule of succession).
    use = (right + 1) / (tried + 2)
    expected = given.sum(axis=0).astype(np.float64)
    offers = [
        np.flatnonzero(hits[:, code] & study.free).tolist()[::-1] for code in range(hits.shape[1])
    ]
    useless = (tried >= _TRIED) & (use < _OF_USE)
    taken: dict[int, None] = {}
    while len(taken) < number:
        rare = [
            code
            for code in range(len(offers))
            if expected[code] < FEWEST and offers[code] and not useless[code]
        ]
        if not rare:
            break
        code = min(rare, key=lambda code: (expected[code], code))
        row = offers[code].pop()
        if row not in taken:
            taken[row] = None
            expected[code] += use[code]
    return list(taken)


def _unlike(unsure: Floats, features: Any, left: Mask, chosen: list[int], number: int) -> Counts:
    """Choose where it is least sure, and pass over what is much like something chosen."""
    rows = list(chosen)
    length = np.sqrt(np.asarray(features.multiply(features).sum(axis=1)).ravel())
    length[length == 0] = 1
    like = np.zeros(len(unsure))
    while len(rows) < number and left.any():
        worth = np.where(left, unsure * (1 - _ALIKE * like), -1)
        row = int(np.argmax(worth))
        rows.append(row)
        left[row] = False
        near = np.asarray((features @ features[row].T).todense()).ravel() / length / length[row]
        like = np.maximum(like, near)
    return np.array(rows, dtype=np.int64)
