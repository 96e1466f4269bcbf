"""Small random studies of one codebook or another, to attack what is told of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from types import SimpleNamespace

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.coded import CodedSegments, code_segments
from commonthread.cooccurrence import cooccurrence
from commonthread.frequencies import coverage, frequencies, role_emphasis
from commonthread.tables import as_table
from small_study import node

# Codes, each with the ones under it; "x" and "y" are aspects. In each there is a way of working
# numbers out that the others do not have.
TREES: tuple[dict[str, tuple[str, ...]], ...] = (
    {"A": ("a1", "a2"), "B": ("b1",), "x": ()},
    {"A": ("a1", "a2"), "B": ("b1", "b2"), "x": ()},
    {"A": ("a1", "a2", "a3"), "B": (), "x": ()},
    {"A": (), "B": (), "C": (), "x": ()},
    {"A": ("f",), "f": ("a1", "a2"), "B": ("b1",), "x": ()},
    {"A": ("f", "g"), "f": ("a1", "a2"), "g": ("a3",), "B": ()},
    {"A": ("a1",), "B": ("b1",), "C": ("c1",), "x": ()},
    {"A": ("a1", "a2", "a3", "a4")},
    {"A": (), "B": (), "x": (), "y": ()},
)


@dataclass(frozen=True)
class RandomStudy:
    """A study: what it is coded with, its segments, and its findings as far as codes are counted."""

    codebook: Codebook
    coded: CodedSegments
    workshops: pd.DataFrame
    findings: SimpleNamespace


def codebook(tree: dict[str, tuple[str, ...]]) -> Codebook:
    """Give a codebook with these codes."""
    parent = {each: over for over, below in tree.items() for each in below}
    codes = []
    for name in dict.fromkeys(each for over, below in tree.items() for each in (over, *below)):
        top = name
        while top in parent:
            top = parent[top]
        codes.append(node(name, name, parent.get(name), None if top in "xy" else top))
    order = sorted(
        codes, key=lambda code: (code.theme is None, code.theme or "", _depth(code.id, parent))
    )
    return Codebook("", "", "en", "", {}, tuple(order))


def _depth(name: str, parent: dict[str, str]) -> int:
    return 1 + _depth(parent[name], parent) if name in parent else 0


def random_study(seed: int) -> RandomStudy:
    """Give a study; the same seed gives the same one."""
    rng = random.Random(seed)
    book = codebook(rng.choice(TREES))
    inner = [code.id for code in book.codes if not book.children(code.id)]
    workshops = [f"w{number}" for number in range(rng.choice((1, 2, 3)))]
    roles = ("r0", "r1", "r2")[: rng.choice((1, 2, 3))]
    people = [(f"P{number}", rng.choice(roles)) for number in range(rng.choice((5, 12, 20)))]
    often = {each: rng.choice((0.03, 0.1, 0.25, 0.5)) for each in inner}
    alike = rng.random() < 0.4
    segments, codings = [], []
    for number in range(rng.choice((30, 60, 120, 250))):
        notes = rng.random() < 0.15
        unknown = rng.random() < 0.08
        who = None if notes or unknown else rng.choice(people)[0]
        place = rng.choice(workshops)
        name = f"s{number:04d}"
        segments.append(
            {
                **{"segment_id": name, "source_id": place, "workshop_id": place, "turn": number},
                **{"participant_id": who, "kind": "notes" if notes else "talk", "words": 2},
                **{"start": 10 * number, "end": 10 * number + 9},
            }
        )
        likely = 2 * rng.random() if alike else 1
        codings += [
            {
                **{
                    "segment_id": name,
                    "code_id": each,
                    "coder_id": "d",
                    "coder_kind": "dictionary",
                },
                **{"confidence": None, "evidence": "", "date": "", "memo": ""},
            }
            for each in inner
            if rng.random() < often[each] * likely
        ]
    places = as_table(
        [{"workshop_id": each, "workshop": each, "date": ""} for each in workshops], "workshops"
    )
    made = code_segments(
        as_table(segments, "segments"),
        as_table(codings, "codings"),
        as_table(
            [
                {"participant_id": who, "role": role, "consent": "none", "listed": True}
                for who, role in people
            ],
            "participants",
        ),
        places,
        book,
    )
    return RandomStudy(book, made, places, findings(made))


def findings(coded: CodedSegments) -> SimpleNamespace:
    """Give the findings of coded segments; nobody's turns are counted."""
    counted = frequencies(coded)
    nothing: dict[str, pd.DataFrame] = {
        name: as_table({}, name) for name in ("participation", "follows")
    }
    return SimpleNamespace(
        frequencies=counted,
        coverage=coverage(coded),
        cooccurrence=cooccurrence(coded),
        role_emphasis=role_emphasis(counted),
        **nothing,
    )
