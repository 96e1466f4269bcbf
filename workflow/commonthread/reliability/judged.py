"""What each coder judged, and what they applied: the units of all figures of agreement.

A unit is a segment that a coder judged, whether any code was applied to it or not. Leaving out the
segments without a code would leave out most of what coders agree on, and what chance gives.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.coded import NO_CODE, natural
from commonthread.reliability.ratings import Counts

Mask = NDArray[np.bool_]
Ids = NDArray[np.object_]


@dataclass(frozen=True)
class CodeTree:
    """The codes that coders could apply, in the codebook's order.

    ``ancestors`` maps every code (themes and aspects too) to the codes above it. ``aspects`` say
    what a segment is; all others what it is about.
    """

    ancestors: Mapping[str, Sequence[str]]
    aspects: Collection[str]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in order."""
        return tuple(self.ancestors)

    def level(self, code_id: str) -> str:
        """Give the kind of a code: theme, code or aspect."""
        if code_id in self.aspects:
            return "aspect"
        return "code" if self.ancestors[code_id] else "theme"

    @property
    def about(self) -> Mask:
        """For each code, whether it says what a segment is about: whether it is no aspect."""
        return np.array([code not in self.aspects for code in self.codes], dtype=bool)


@dataclass(frozen=True)
class Judged:
    """Who judged which segments, and what they applied.

    ``judged[coder, segment]`` says whether the coder judged the segment,
    ``applied[coder, code, segment]`` whether they applied the code itself, and ``has`` whether they
    applied it or a code below it. ``source`` is the number of each segment's source among
    ``sources``. All ids are in ascending order but the codes.
    """

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    segments: Ids
    sources: Ids
    source: Counts
    judged: Mask
    applied: Mask
    has: Mask


@dataclass(frozen=True)
class CodedApart:
    """What several coders decided apart from each other.

    ``last`` holds each coder's latest judgement of each segment that a person judged. ``twice``
    holds, for each person who judged segments more than once, these segments with the first and the
    latest judgement as two coders. ``kinds`` and ``roles`` go with the coders of ``last``; a role
    is empty where none is given.
    """

    tree: CodeTree
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    last: Judged
    twice: Mapping[str, Judged]

    @property
    def people(self) -> tuple[int, ...]:
        """The numbers of the coders who are persons."""
        return tuple(n for n, kind in enumerate(self.kinds) if kind == "person")

    @property
    def machines(self) -> tuple[int, ...]:
        """The numbers of the coders that are machines."""
        return tuple(n for n, kind in enumerate(self.kinds) if kind != "person")


@dataclass(frozen=True)
class _Marks:
    """Judgements and codings as numbers of their segments, coders, dates and codes.

    A judgement's ``key`` numbers its coder, segment and date, and goes up; a coding's ``of`` is the
    key of its judgement.
    """

    coders: tuple[str, ...]
    segments: Ids
    sources: Ids
    source: Counts
    dates: int
    key: Counts
    of: Counts
    code: Counts


def coded_apart(
    judgements: pd.DataFrame, codings: pd.DataFrame, coders: pd.DataFrame, tree: CodeTree
) -> CodedApart:
    """Bring together who judged what and what they applied.

    Goes in: ``judgements`` with a row for each segment that a coder judged, whether any code fits
    or not (segment_id, source_id, coder_id, date; dates as ISO 8601 texts, missing or empty where
    there is none); ``codings`` with a row for each code that was applied in one of these judgements
    (segment_id, coder_id, code_id, date; "no_code" is no code); ``coders`` with coder_id,
    coder_kind ("person", or a machine's kind) and role. The order of rows does not matter. Segments
    that no person judged are left out.
    Raises ValueError for a coding without its judgement, for a judgement that stands there twice,
    for a segment in two sources, for coders or codes that are not listed, and for a coder who is
    listed twice.
    """
    marks = _number(judgements, codings[codings["code_id"] != NO_CODE], tree.codes)
    if coders["coder_id"].duplicated().any():
        raise ValueError("Some coders are listed twice. Each stands in one row.")
    listed = coders.set_index("coder_id")
    unknown = [name for name in marks.coders if name not in listed.index]
    if unknown:
        raise ValueError("These coders are not in the list of coders: " + ", ".join(unknown) + ".")
    kinds = tuple(str(listed.at[name, "coder_kind"]) for name in marks.coders)
    roles = listed["role"].fillna("")
    first, last = _first_and_last(marks)
    people = np.array([kind == "person" for kind in kinds], dtype=bool)
    seen = np.flatnonzero((last[people] >= 0).any(axis=0))
    twice = {}
    for number in np.flatnonzero(people).tolist():
        again = np.flatnonzero(first[number] < last[number])
        if len(again):
            keys = np.stack([first[number], last[number]])
            twice[marks.coders[number]] = _judged(marks, tree, ("first", "latest"), keys, again)
    return CodedApart(
        tree=tree,
        kinds=kinds,
        roles=tuple(str(roles[name]) for name in marks.coders),
        last=_judged(marks, tree, marks.coders, last, seen),
        twice=twice,
    )


def _number(judgements: pd.DataFrame, codings: pd.DataFrame, codes: Sequence[str]) -> _Marks:
    """Number judgements and codings, and check that they go together."""
    segment, segments = pd.factorize(judgements["segment_id"], sort=True)
    place, sources = pd.factorize(judgements["source_id"], sort=True)
    date, dates = pd.factorize(_dates(judgements), sort=True)
    coders = tuple(sorted(judgements["coder_id"].unique().tolist(), key=natural))
    coder = pd.Index(coders).get_indexer(pd.Index(judgements["coder_id"]))
    source = np.zeros(len(segments), dtype=np.int64)
    source[segment] = place
    if (source[segment] != place).any():
        raise ValueError("Some segments stand in two sources. A segment stands in one.")
    width = max(len(dates), 1)
    key = np.sort((coder * len(segments) + segment) * width + date)
    if (key[1:] == key[:-1]).any():
        raise ValueError("Some judgements stand there twice: same segment, coder and date.")

    parts = [
        pd.Index(known).get_indexer(pd.Index(column))
        for known, column in (
            (coders, codings["coder_id"]),
            (segments, codings["segment_id"]),
            (dates, _dates(codings)),
        )
    ]
    of = (parts[0] * len(segments) + parts[1]) * width + parts[2]
    unknown = np.any([part < 0 for part in parts], axis=0)
    alone = unknown | (np.append(key, -1)[np.searchsorted(key, of)] != of)
    if alone.any():
        raise ValueError(
            f"{alone.sum()} codings belong to no judgement of the same segment, coder and date."
        )
    code = pd.Index(codes).get_indexer(pd.Index(codings["code_id"]))
    if (code < 0).any():
        missing = sorted(codings["code_id"][code < 0].astype(str).unique())
        raise ValueError("The codings name codes that are not listed: " + ", ".join(missing) + ".")
    return _Marks(
        coders=coders,
        segments=np.asarray(segments, dtype=object),
        sources=np.asarray(sources, dtype=object),
        source=source,
        dates=width,
        key=key,
        of=of,
        code=code,
    )


def _dates(frame: pd.DataFrame) -> pd.Series[str]:
    return frame["date"].astype("str").fillna("")


def _first_and_last(marks: _Marks) -> tuple[Counts, Counts]:
    """Give coders x segments: the keys of the first and the latest judgement, -1 without one."""
    shape = (len(marks.coders), len(marks.segments))
    pair = marks.key // marks.dates
    first, last = np.full(shape, -1), np.full(shape, -1)
    # Keys go up, and where a place is written to more than once, what is written last stands.
    last.flat[pair] = marks.key
    first.flat[pair[::-1]] = marks.key[::-1]
    return first, last


def _judged(
    marks: _Marks,
    tree: CodeTree,
    coders: tuple[str, ...],
    keys: Counts,
    segments: Counts,
) -> Judged:
    """Pick the judgements ``keys[coder, segment]`` of some segments."""
    column = np.full(len(marks.segments), -1)
    column[segments] = np.arange(len(segments))
    segment = marks.of // marks.dates % max(len(marks.segments), 1)
    applied = np.zeros((len(coders), len(tree.codes), len(segments)), dtype=bool)
    for row, own in enumerate(keys):
        mine = (own[segment] == marks.of) & (column[segment] >= 0)
        applied[row, marks.code[mine], column[segment[mine]]] = True
    return Judged(
        coders=coders,
        codes=tree.codes,
        segments=marks.segments[segments],
        sources=marks.sources,
        source=marks.source[segments],
        judged=keys[:, segments] >= 0,
        applied=applied,
        has=_with_below(applied, tree),
    )


def _with_below(applied: Mask, tree: CodeTree) -> Mask:
    """Count a code as applied where it or a code below it was."""
    has = applied.copy()
    at = {code: number for number, code in enumerate(tree.codes)}
    for number, code in enumerate(tree.codes):
        for above in tree.ancestors[code]:
            has[:, at[above]] |= applied[:, number]
    return has
