"""Which segments gain a code, lose one, or go from one code to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.refining.code_fates import CodeFates
from commonthread.tables import as_table

_KEY = ["segment_id", "code"]
# Stands before the id of a code that the later codebook does not have.
_GONE = "\x00"


def changed_segments(
    codings_before: pd.DataFrame,
    codings_after: pd.DataFrame,
    before: Codebook,
    after: Codebook,
    fates: CodeFates,
) -> pd.DataFrame:
    """List what is gained, lost and moved: the table ``changed_segments``.

    Goes in: segment_id and code_id of the decided codings under both codebooks, for the same
    segments. A code that was renamed is the same code. Moved is a segment from a code that it lost
    to a code of today that this one went into; else to a code that it gained in its place, theme
    for theme and aspect for aspect, in the order of the codebooks. What is left over is gained or
    lost. Rows are in the order in which segments first occur in ``codings_after``, then in
    ``codings_before``; within a segment moved comes first, then lost, then gained.
    """
    old = codings_before[["segment_id", "code_id"]].drop_duplicates()
    old = old.assign(code=[fates.kept.get(code, _GONE + code) for code in old["code_id"]])
    new = codings_after[["segment_id", "code_id"]].drop_duplicates()
    new = new.rename(columns={"code_id": "code"})
    lost = old[~_in(old, new)]
    gained = new[~_in(new, old)]
    touched = pd.concat([new["segment_id"], old["segment_id"]]).drop_duplicates()
    touched = touched[touched.isin(lost["segment_id"]) | touched.isin(gained["segment_id"])]
    lost_by = _by_segment(lost["segment_id"], lost["code_id"])
    gained_by = _by_segment(gained["segment_id"], gained["code"])
    some = new[new["segment_id"].isin(lost_by)]
    has_by = _by_segment(some["segment_id"], some["code"])
    pairing = _Pairing(before, after, fates)
    rows = [
        (segment, *row)
        for segment in touched.tolist()
        for row in pairing.rows(
            lost_by.get(segment, []), gained_by.get(segment, []), has_by.get(segment, [])
        )
    ]
    names = ["segment_id", "change", "code_before", "code_after"]
    return as_table(pd.DataFrame(rows, columns=names), "changed_segments")


def _in(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series[bool]:
    """Tell which rows of one frame have the segment and code of a row of the other."""
    pairs = pd.MultiIndex.from_frame(one[_KEY]).isin(pd.MultiIndex.from_frame(other[_KEY]))
    return pd.Series(pairs, index=one.index)


def _by_segment(segments: pd.Series[str], codes: pd.Series[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for segment, code in zip(segments.tolist(), codes.tolist(), strict=True):
        found.setdefault(segment, []).append(code)
    return found


class _Pairing:
    """Pairs the codes that a segment lost with those that it has now."""

    def __init__(self, before: Codebook, after: Codebook, fates: CodeFates) -> None:
        self._fates = fates
        self._old = {
            code.id: (n, code.dimension == "aspect") for n, code in enumerate(before.codes)
        }
        self._new = {code.id: (n, code.dimension == "aspect") for n, code in enumerate(after.codes)}

    def rows(
        self, lost: Sequence[str], gained: Sequence[str], has: Sequence[str]
    ) -> Iterator[tuple[str, str | None, str | None]]:
        """Give change, code before and code after of one segment."""
        left, came = sorted(lost, key=self._old.__getitem__), set(gained)
        for code in list(left):
            into = [target for target in self._fates.successors(code) if target in has]
            if into:
                left.remove(code)
                came -= set(into)
                yield from (("moved", code, target) for target in into)
        waiting = sorted(came, key=self._new.__getitem__)
        for code in list(left):
            aspect = self._old[code][1]
            target = next((each for each in waiting if self._new[each][1] == aspect), None)
            if target is not None:
                left.remove(code)
                waiting.remove(target)
                yield "moved", code, target
        yield from (("lost", code, None) for code in left)
        yield from (("gained", None, code) for code in waiting)
