"""Which statements are alike, and which were said close to each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonthread.coded import Counts, Mask
from commonthread.quotes import QuoteChooser

# Cosines of weighted words. Of pairs of statements with one code, 19 in 20 stay below 0.13.
ALIKE = 0.15
NEARLY_THE_SAME = 0.75
# A point of its own is more than one exchange.
_FEWEST = 3
# Statements that are compared with each other; further ones join the group that they are nearest to.
_MOST = 1_000
_WORDS_NAMED = 3
_FEWEST_WORDS = 2


@dataclass(frozen=True)
class Group:
    """Statements (rows of the segments) that make one point, and the words that set them apart."""

    segments: Counts
    words: tuple[str, ...] = ()


def alike(
    vectors: NDArray[np.float64], least: float = ALIKE, fewest: int = _FEWEST
) -> list[Counts]:
    """Group rows of unit length around the ones that most others are like.

    Goes in: a vector of length 1 (or 0) a row. The row with the most neighbours (cosine of at least
    ``least``) and these neighbours are the first group; of the rows that are left, again the one
    with the most; until none has ``fewest`` with itself. Comes out: the groups as sorted row
    numbers, the largest first. Every member is like the middle of its group, so that a group never
    is a chain whose ends have nothing in common. Of equals, the earlier row wins.
    """
    # Rounded, so that the last bit of a sum never decides.
    near = np.round(vectors @ vectors.T, 9) >= least
    neighbours = near.sum(axis=1)
    groups: list[Counts] = []
    while len(near) and neighbours.max() >= fewest:
        group = np.flatnonzero(near[int(neighbours.argmax())])
        groups.append(group)
        neighbours = neighbours - near[:, group].sum(axis=1)
        near[group, :] = near[:, group] = False
        neighbours[group] = 0
    return groups


def first_of_each_wording(segments: Counts, chooser: QuoteChooser) -> Counts:
    """Leave out statements in nearly the words of an earlier one (of the first 1,000)."""
    own = segments[:_MOST]
    vectors, _ = chooser.vectors(own)
    same = np.triu(np.round(vectors @ vectors.T, 9) >= NEARLY_THE_SAME, k=1)
    kept = np.ones(len(own), dtype=bool)
    for row in range(len(own)):
        if kept[row]:
            kept[same[row]] = False
    return own[kept]


def split_into_points(
    left: Counts, right: Counts, near: Mask, chooser: QuoteChooser
) -> list[Group]:
    """Split the statements with a code into points.

    Goes in: what stands in the first column of a table (challenges, say) and in any other
    (practices and resources), as sorted rows of the segments; and ``near[i, j]``, whether challenge
    i and practice j were said close by. Statements that are alike (see ``alike``), of which at
    least one is a challenge, and most of which have at least two telling words in common, are a
    point of their own. A practice that is in none of these joins the first one that has a challenge
    said close by it. All that is left is the code's general point, which comes first; it may be
    empty only if there is another.
    """
    either = np.union1d(left, right)
    compared = either if len(either) <= _MOST else np.sort(chooser.sample(either, _MOST))
    vectors, words = chooser.vectors(compared)
    named: list[tuple[Counts, tuple[str, ...]]] = []
    for rows in alike(vectors):
        telling = _words_apart(np.isin(np.arange(len(compared)), rows), vectors, words)
        if np.isin(compared[rows], left).any() and len(telling) >= _FEWEST_WORDS:
            named.append((compared[rows], telling))
    groups = [group for group, _ in named]
    if len(either) > _MOST:
        groups = _join_the_nearest(np.setdiff1d(either, compared), groups, chooser)
    taken = np.unique(np.concatenate(groups)) if groups else np.array([], dtype=np.int64)
    joined: list[Counts] = []
    for group in groups:
        close = near[np.isin(left, group)].any(axis=0)
        more = np.setdiff1d(right[close], taken)
        taken = np.union1d(taken, more)
        joined.append(np.union1d(group, more))
    rest = np.setdiff1d(either, taken)
    if not len(rest) and len(joined) == 1:
        return [Group(either)]
    apart = [Group(group, telling) for group, (_, telling) in zip(joined, named, strict=True)]
    return [*([Group(rest)] if len(rest) else []), *apart]


def _join_the_nearest(others: Counts, groups: list[Counts], chooser: QuoteChooser) -> list[Counts]:
    """Add each statement to the group whose mean it is nearest to, if it is near enough."""
    if not groups:
        return []
    joined = [[group] for group in groups]
    # One vocabulary for all, so batches carry the groups with them.
    middles = np.concatenate(groups)
    owner = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    for start in range(0, len(others), _MOST):
        batch = others[start : start + _MOST]
        vectors, _ = chooser.vectors(np.concatenate([middles, batch]))
        own = vectors[: len(middles)]
        means = np.stack([own[owner == number].mean(axis=0) for number in range(len(groups))])
        nearness = np.round(vectors[len(middles) :] @ means.T, 9)
        best = nearness.argmax(axis=1)
        fits = nearness[np.arange(len(batch)), best] >= ALIKE
        for number in range(len(groups)):
            joined[number].append(batch[fits & (best == number)])
    return [np.unique(np.concatenate(parts)) for parts in joined]


def _words_apart(
    inside: Mask, vectors: NDArray[np.float64], words: tuple[str, ...]
) -> tuple[str, ...]:
    """Give the words that most statements inside share and the others of the code have least.

    A word counts only if at least three statements have it.
    """
    shared = (vectors[inside] > 0).sum(axis=0)
    enough = max(3, int(inside.sum()) // 2 + 1)
    others = vectors[~inside].mean(axis=0) if (~inside).any() else 0.0
    weight = np.round(vectors[inside].mean(axis=0) - others, 9)
    chosen: list[str] = []
    for number in sorted(range(len(words)), key=lambda n: (-weight[n], words[n])):
        word = words[number]
        stems = Counter(other[:4] for other in chosen)
        fits = len(word) > 3 and word.isalpha() and not stems[word[:4]]
        if fits and shared[number] >= enough and weight[number] > 0:
            chosen.append(word)
        if len(chosen) == _WORDS_NAMED:
            break
    return tuple(chosen)
