"""A few coders of an invented study, written so that every figure can be checked on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from commonthread.reliability.judged import CodedApart, CodeTree, coded_apart

TREE = CodeTree(
    {
        "payment": (),
        "power": (),
        "decides": ("power",),
        "dominant": ("power",),
        "trust": (),
        "challenge": (),
        "practice": (),
    },
    ("challenge", "practice"),
)
ROLES = {"Ada": "Researcher", "Bo": "Researcher", "Cy": "Public contributor"}
# What each coder applied to segments 1 to 8, of which 1 to 4 stand in the first of two transcripts.
# None: the coder did not see the segment; "": they saw it and applied nothing.
MARKS: dict[str, Sequence[str | None]] = {
    "Ada": ["decides", "", "payment", "decides challenge", "", "", "dominant", ""],
    "Bo": ["decides", "", "payment", "payment", "", "dominant", "decides", None],
    "Cy": ["dominant", "", "", "decides challenge", None, "", "dominant", "payment"],
}


def frames(
    marks: Mapping[str, Sequence[str | None]], *, date: str | None = None, sources: int = 2
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the tables of judgements and codings; transcripts hold equally many segments."""
    judgements: list[dict[str, Any]] = []
    codings: list[dict[str, Any]] = []
    for coder, given in marks.items():
        for number, codes in enumerate(given):
            if codes is None:
                continue
            key = {"segment_id": f"s{number + 1}", "coder_id": coder, "date": date}
            source = number * sources // len(given)
            judgements.append({**key, "source_id": f"t{source + 1}"})
            codings += [{**key, "code_id": code} for code in codes.split()]
    return (
        pd.DataFrame(judgements, columns=["segment_id", "source_id", "coder_id", "date"]),
        pd.DataFrame(codings, columns=["segment_id", "coder_id", "code_id", "date"]),
    )


def coders(names: Sequence[str], roles: Mapping[str, str] = ROLES) -> pd.DataFrame:
    """List coders; "dictionary" and "classifier" are machines."""
    machines = {"dictionary", "classifier"}
    return pd.DataFrame(
        {
            "coder_id": list(names),
            "coder_kind": [name if name in machines else "person" for name in names],
            "role": [roles.get(name) for name in names],
        }
    )


def apart(
    marks: Mapping[str, Sequence[str | None]] = MARKS,
    *,
    tree: CodeTree = TREE,
    roles: Mapping[str, str] = ROLES,
    sources: int = 2,
) -> CodedApart:
    """Bring together what coders applied."""
    judgements, codings = frames(marks, sources=sources)
    return coded_apart(judgements, codings, coders(list(marks), roles), tree)


def random_marks(
    coders: int, segments: int, seed: int, *, missing: float = 0.2
) -> dict[str, list[str | None]]:
    """Give coders who often, but not always, apply the same codes."""
    generator = np.random.default_rng(seed)
    codes = np.array(TREE.codes)
    base = generator.random((segments, len(codes))) < 0.25
    made: dict[str, list[str | None]] = {}
    for coder in range(coders):
        own = base ^ (generator.random(base.shape) < 0.1)
        seen = generator.random(segments) >= missing
        made[f"coder {coder}"] = [
            " ".join(codes[row]) if there else None
            for row, there in zip(own, seen.tolist(), strict=True)
        ]
    return made
