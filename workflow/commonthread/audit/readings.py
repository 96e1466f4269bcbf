"""Gathers what people said of the segments of an audit sample, reading by reading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.codebook import Codebook
from commonthread.judged import ADJUDICATION


@dataclass(frozen=True)
class Readings:
    """What people said of segments, by code and segment, in the order in which they were asked for.

    ``readings`` is how many times people judged each segment, each of them all codes; 0 where
    nobody did. ``applied[code, segment]`` is how many of these gave it the code or one below it.
    Where people settled a segment together, ``settled`` is true and ``decided[code, segment]`` says
    whether they gave it the code.
    """

    readings: NDArray[np.int64]
    applied: NDArray[np.int64]
    settled: NDArray[np.bool_]
    decided: NDArray[np.bool_]

    @property
    def judged(self) -> NDArray[np.bool_]:
        """Whether anybody judged each segment."""
        return (self.readings > 0) | self.settled

    @property
    def differ(self) -> NDArray[np.bool_]:
        """Whether readings of each code and segment differ."""
        return (self.applied > 0) & (self.applied < self.readings)

    def of(self, chosen: NDArray[np.bool_]) -> Readings:
        """Give the readings of some of the segments."""
        return Readings(
            self.readings[chosen],
            self.applied[:, chosen],
            self.settled[chosen],
            self.decided[:, chosen],
        )


def gather_readings(
    judgements: pd.DataFrame, segment_ids: Sequence[str], codebook: Codebook
) -> Readings:
    """Gather what people decided of segments: the table judgements, as far as decisions count.

    What one coder said of two stretches that are one segment today is one reading; what they said
    of the same stretch twice, without it being known which is the later, is two.
    """
    place = {segment_id: at for at, segment_id in enumerate(segment_ids)}
    number = {code.id: at for at, code in enumerate(codebook.codes)}
    above = {
        code.id: [number[code.id], *(number[each.id] for each in codebook.ancestors(code.id))]
        for code in codebook.codes
    }
    made = Readings(
        readings=np.zeros(len(place), dtype=np.int64),
        applied=np.zeros((len(number), len(place)), dtype=np.int64),
        settled=np.zeros(len(place), dtype=bool),
        decided=np.zeros((len(number), len(place)), dtype=bool),
    )
    for at, codes, settled in _each(judgements, place):
        rows = sorted({row for code in codes for row in above[code]})
        if settled:
            made.settled[at] = True
            made.decided[rows, at] = True
        else:
            made.readings[at] += 1
            made.applied[rows, at] += 1
    return made


def _each(
    judgements: pd.DataFrame, place: dict[str, int]
) -> list[tuple[int, frozenset[str], bool]]:
    """Give each reading: the place of its segment, its codes, and whether it was settled together."""
    counting = judgements[judgements["status"] == "counts"]
    apart: dict[tuple[int, str, bool], dict[str, list[frozenset[str]]]] = {}
    for row in counting.to_dict("records"):
        settled = row["purpose"] == ADJUDICATION
        if settled and row["outcome"] != "decided":
            continue
        codes = frozenset(json.loads(row["codes"]))
        for segment_id in json.loads(row["segment_ids"]):
            if segment_id in place:
                own = apart.setdefault((place[segment_id], row["coder_id"], settled), {})
                own.setdefault(row["coded_segment_id"], []).append(codes)
    made = []
    for (at, _, settled), stretches in apart.items():
        times = max(map(len, stretches.values()))
        for time in range(times):
            both = [said[min(time, len(said) - 1)] for said in stretches.values()]
            made.append((at, frozenset().union(*both), settled))
    return made
