"""What the classifier learns from: segments that people judged, and what they decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from commonthread.coded import Counts, Mask
from commonthread.codings import NO_CODE, RANKS

_PEOPLE = ("adjudication", "person")


@dataclass(frozen=True)
class Lessons:
    """Segments that people judged.

    ``row`` has the row of each in the table of segments, in the order of their sources and ids,
    so that nothing that is learned depends on the order of the table. ``source`` numbers their
    sources. ``has[segment, code]`` says whether people gave the code, or one below it.
    ``drawn[segment]`` says that the segment did not come to people because somebody took it to have
    some code.
    """

    row: Counts
    source: Counts
    codes: tuple[str, ...]
    has: Mask
    drawn: Mask

    @property
    def sources(self) -> int:
        """How many sources the segments stand in."""
        return len(np.unique(self.source))


def lessons_of(
    segments: pd.DataFrame,
    people: pd.DataFrame,
    above: Mapping[str, Sequence[str]],
    *,
    kept_apart: Collection[str] = (),
    chosen: Collection[str] = (),
) -> Lessons:
    """Gather what people decided.

    Goes in: the tables segments and codings, of which only those of people and of what they settled
    together count; for every code the codes above it; the ids of segments that nothing may be
    learned from (those of an audit); and of those that somebody may have chosen for their codes.
    What was settled together stands for a segment where there is anything, else what any of the
    people who judged it gave. A segment to which no code fits is a lesson too.
    """
    own = people[people["coder_kind"].isin(_PEOPLE) & ~people["segment_id"].isin(set(kept_apart))]
    rank = own["coder_kind"].map(RANKS)
    own = own[rank == rank.groupby(own["segment_id"]).transform("min")]
    table = segments.reset_index(drop=True).sort_values(["source_id", "segment_id"])
    table = table[table["segment_id"].isin(set(own["segment_id"]))]
    codes = tuple(above)
    has = np.zeros((len(table), len(codes)), dtype=bool)
    given = own[(own["code_id"] != NO_CODE) & own["segment_id"].isin(set(table["segment_id"]))]
    at = pd.Index(table["segment_id"]).get_indexer(pd.Index(given["segment_id"]))
    number = {code: column for column, code in enumerate(codes)}
    for row, code in zip(at.tolist(), given["code_id"], strict=True):
        for each in (code, *above.get(code, ())):
            if each in number:
                has[row, number[each]] = True
    return Lessons(
        row=table.index.to_numpy(dtype=np.int64),
        source=pd.factorize(table["source_id"], sort=True)[0].astype(np.int64),
        codes=codes,
        has=has,
        drawn=~table["segment_id"].isin(set(chosen)).to_numpy(dtype=bool),
    )
