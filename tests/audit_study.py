"""An invented study with a known truth, for the tests of the audit sample."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from commonthread.audit.sample import Drawn
from commonthread.codebook import Codebook
from commonthread.coded import CodedSegments, code_segments
from commonthread.tables import as_table
from random_study import codebook

TREE: dict[str, tuple[str, ...]] = {"A": ("a1", "a2"), "B": ("b1",), "x": ()}
BOOK = codebook(TREE)
_WORDS = [
    "time",
    "money",
    "trust",
    "chair",
    "form",
    "train",
    "tea",
    "letter",
    "room",
    "voice",
    "list",
    "key",
    "plan",
    "map",
    "vote",
]


@dataclass(frozen=True)
class AuditStudy:
    """Tables of a study, and by segment the codes that are true and those that a machine gave."""

    segments: pd.DataFrame
    turns: pd.DataFrame
    participants: pd.DataFrame
    workshops: pd.DataFrame
    truth: Mapping[str, tuple[str, ...]]
    machine: Mapping[str, tuple[str, ...]]

    def coded(self, book: Codebook = BOOK) -> CodedSegments:
        """Give the study with the machine's codes."""
        rows = [
            coding(segment_id, code) for segment_id, codes in self.machine.items() for code in codes
        ]
        return code_segments(
            self.segments, as_table(rows, "codings"), self.participants, self.workshops, book
        )

    def only(self, workshops: Iterable[str]) -> AuditStudy:
        """Give the study with some of its workshops."""
        kept = set(workshops)
        own = self.segments[self.segments["workshop_id"].isin(kept)].reset_index(drop=True)
        turns = self.turns[self.turns["source_id"].isin(own["source_id"])].reset_index(drop=True)
        return replace(self, segments=own, turns=turns)


def coding(segment_id: str, code: str, kind: str = "dictionary") -> dict[str, object]:
    """Give a row of the table codings."""
    return {
        **{"segment_id": segment_id, "code_id": code, "coder_id": kind, "coder_kind": kind},
        **{"confidence": None, "evidence": "", "date": "", "memo": ""},
    }


def study(segments: int = 400, workshops: int = 3, seed: int = 1) -> AuditStudy:
    """Make up a study: nine people of three roles, notes in each workshop, one talker unknown."""
    rng = random.Random(seed)
    people = {f"Person {number}": f"role {number % 3}" for number in range(9)}
    turns, cut, truth, machine = [], [], {}, {}
    places = [f"w{number}" for number in range(workshops)]
    at = dict.fromkeys((f"{place}{kind}" for place in places for kind in ("t", "n")), 0)
    turn = dict.fromkeys(at, 0)
    for number in range(segments):
        place = places[number % workshops]
        notes, unknown = number % 20 == 0, number % 33 == 1
        source = f"{place}n" if notes else f"{place}t"
        who = None if notes or unknown else rng.choice(list(people))
        # Numbers in words, so that no two texts are alike.
        text = " ".join([*rng.choices(_WORDS, k=9), f"n{number}", *rng.choices(_WORDS, k=9)])
        stretch = {"start": at[source], "end": at[source] + len(text), "words": 19}
        both = {"source_id": source, "turn": turn[source], "participant_id": who, **stretch}
        at[source] += len(text) + 1
        turn[source] += 1
        turns.append({**both, "start_s": None, "end_s": None, "text": text})
        name = f"s{number:05d}"
        kind = "notes" if notes else "talk"
        cut.append({**both, "segment_id": name, "workshop_id": place, "kind": kind})
        rates = {"a1": 0.2, "a2": 0.05, "b1": 0.1, "x": 0.4}
        truth[name] = tuple(code for code, rate in rates.items() if rng.random() < rate)
        machine[name] = tuple(
            code
            for code, rate in rates.items()
            if rng.random() < (0.7 if code in truth[name] else rate / 6)
        )
    return AuditStudy(
        as_table(cut, "segments"),
        as_table(turns, "turns"),
        as_table(
            [
                {"participant_id": who, "role": role, "consent": "none", "listed": True}
                for who, role in people.items()
            ],
            "participants",
        ),
        as_table(
            [{"workshop_id": each, "workshop": each, "date": ""} for each in places], "workshops"
        ),
        truth,
        machine,
    )


def by_segment(rows: Sequence[Drawn]) -> dict[str, Drawn]:
    """Give drawn rows by their segment, the last of each."""
    return {row.segment_id: row for row in rows}


def judged(
    codes: Mapping[str, Sequence[str]], coder: str = "ada", outcome: str = "", date: str = ""
) -> pd.DataFrame:
    """Give the table judgements of one coder who judged segments; settled together with an outcome."""
    rows = [
        {
            "judgement_id": f"{coder} {segment_id} {','.join(own)} {outcome} {date}",
            **dict.fromkeys(("file", "place", "pack_id", "codebook_version", "words", "how"), ""),
            **dict.fromkeys(("source_id", "comment", "new_code", "reason"), ""),
            "purpose": "adjudication" if outcome else "coding",
            "coder_id": "adjudication" if outcome else coder,
            "coded_segment_id": segment_id,
            "start": 0,
            "end": 1,
            "segment_ids": json.dumps([segment_id]),
            "candidates": "[]",
            "codes": json.dumps(list(own)),
            "written": "[]",
            "no_code": not own,
            "unsure": False,
            "outcome": outcome,
            "took_part": "[]",
            "date": date,
            "status": "counts",
        }
        for segment_id, own in codes.items()
    ]
    return as_table(rows, "judgements")
