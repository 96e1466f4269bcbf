"""Finds spellings of names that may be one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from commonthread.folding import tokens
from commonthread.speakers import clean_name, is_generic, name_without_affiliation

_ALIKE = 86.0
"""Least similarity of two whole names, from 0 to 100 (Indel similarity of sorted words)."""
_AT_ONCE = 500
_INITIALS = 4


def likely_same(
    names: Sequence[str], workshops: Sequence[frozenset[str]], sources: Sequence[frozenset[str]]
) -> list[list[int]]:
    """Give for each name the others that may be the same person, in order.

    Whole names that are nearly alike, anywhere. A first name, last name or first name with an
    initial beside the full name, in one workshop, or anywhere if only one full name fits. Initials
    beside the full name in one source. Labels such as "Speaker 1" are like nothing.
    """
    words = [_words(name) for name in names]
    pairs = set(_alike(words))
    pairs |= set(_parts(words, workshops))
    pairs |= set(_initials(words, sources))
    same: list[set[int]] = [set() for _ in names]
    for one, other in pairs:
        same[one].add(other)
        same[other].add(one)
    return [sorted(others) for others in same]


def groups(same: Sequence[Iterable[int]]) -> list[list[int]]:
    """Put everything that is connected together: groups in order of their first member."""
    group: dict[int, list[int]] = {}
    for start in range(len(same)):
        if start in group:
            continue
        members = [start]
        group[start] = members
        for member in members:
            for other in same[member]:
                if other not in group:
                    group[other] = members
                    members.append(other)
    made = {id(members): members for members in group.values()}
    return [sorted(members) for members in made.values()]


def _words(name: str) -> list[str]:
    if is_generic(name):
        return []
    return tokens(clean_name(name_without_affiliation(clean_name(name))))


def _alike(words: Sequence[Sequence[str]]) -> Iterable[tuple[int, int]]:
    known = [i for i, own in enumerate(words) if len("".join(own)) > 3]
    texts = [" ".join(sorted(words[i])) for i in known]
    for start in range(0, len(texts), _AT_ONCE):
        scores = process.cdist(
            texts[start : start + _AT_ONCE], texts, scorer=fuzz.ratio, score_cutoff=_ALIKE
        )
        for row, column in zip(*scores.nonzero(), strict=True):
            one, other = int(row) + start, int(column)
            if one < other:
                yield known[one], known[other]


def _parts(
    words: Sequence[Sequence[str]], workshops: Sequence[frozenset[str]]
) -> Iterable[tuple[int, int]]:
    by_end: defaultdict[str, list[int]] = defaultdict(list)
    for i, own in enumerate(words):
        if len(own) > 1:
            for end in {own[0], own[-1]}:
                if len(end) > 1:
                    by_end[end].append(i)
    for i, own in enumerate(words):
        short = len(own) == 1 or (len(own) == 2 and len(own[-1]) == 1)
        if not short:
            continue
        full = [
            j
            for j in by_end.get(own[0], ())
            if j != i and (len(own) == 1 or words[j][-1].startswith(own[1]))
        ]
        near = [j for j in full if workshops[i] & workshops[j]]
        for j in near or (full if len(full) == 1 else ()):
            yield i, j


def _initials(
    words: Sequence[Sequence[str]], sources: Sequence[frozenset[str]]
) -> Iterable[tuple[int, int]]:
    full: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, own in enumerate(words):
        if len(own) > 1:
            for initials in {"".join(w[0] for w in own), own[0][0] + own[-1][0]}:
                for source in sources[i]:
                    full[source, initials].append(i)
    for i, own in enumerate(words):
        letters = "".join(own)
        if 1 < len(letters) <= _INITIALS and (len(own) == 1 or len(own) == len(letters)):
            for source in sources[i]:
                for j in full.get((source, letters), ()):
                    if j != i:
                        yield i, j
