"""What the tests of refining share: codes and codebooks made by hand, coded texts, and coders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from commonthread.codebook import Code, Codebook
from commonthread.dictionary import Coded, code_sources
from commonthread.settings import SegmentSettings, Settings
from commonthread.tables import as_table
from commonthread.terms import parse_term

TURNS_ARE_SEGMENTS = Settings(segments=SegmentSettings(unit="turns"))


def code(code_id: str, *terms: Any, under: str | None = None, **more: Any) -> Code:
    """Give a theme, or a code under one; ``more`` are fields of Code."""
    return Code(
        **{
            "id": code_id,
            "name": code_id.replace("_", " ").capitalize(),
            "definition": f"What {code_id} is",
            "plain": "In plain words",
            "use_when": "Use it so",
            "not_when": "Not so",
            "examples": ("One example.", "Another example."),
            "near_miss": "Nearly.",
            "principles": (),
            "questions": (),
            "terms": tuple(parse_term(term) for term in terms),
            "parent": under,
            "theme": under or code_id,
            "dimension": "code" if under else "theme",
            **more,
        }
    )


def aspect(code_id: str, *terms: Any) -> Code:
    return code(code_id, *terms, theme=None, dimension="aspect")


def book(*codes: Code, **more: Any) -> Codebook:
    about = {"title": "A codebook", "version": "1", "language": "en", "principles": {}}
    return Codebook(**{**about, "sha256": repr(codes) + repr(more), "codes": codes, **more})


def texts_as_turns(said: Sequence[str], source: str = "s") -> pd.DataFrame:
    """Make a turn of each text, all in one source, by nobody."""
    rows, start = [], 0
    for number, text in enumerate(said):
        rows.append(
            {
                "source_id": source,
                "turn": number,
                "participant_id": None,
                "start_s": None,
                "end_s": None,
                "start": start,
                "end": start + len(text),
                "text": text,
                "words": len(text.split()),
            }
        )
        start += len(text) + 1
    return as_table(rows, "turns")


NO_NAMES = pd.DataFrame({"source_id": pd.Series(dtype=str), "start": [], "end": []}).astype(
    {"start": int, "end": int}
)


def coded_texts(
    said: Sequence[str], codebook: Codebook, how: Settings = TURNS_ARE_SEGMENTS
) -> tuple[pd.DataFrame, Coded]:
    """Code texts with the dictionary, a segment each: the turns, and what coding makes."""
    turns = texts_as_turns(said)
    sources = pd.DataFrame({"source_id": ["s"], "workshop_id": ["w"], "kind": ["transcript"]})
    return turns, code_sources(turns, sources, NO_NAMES, codebook, how)


def by_people(segments: Sequence[str], applied: Mapping[str, Mapping[int, str]]) -> pd.DataFrame:
    """Give codings of people: for each coder the codes (parted by blanks) of segments by number."""
    rows = [
        {
            "segment_id": segments[number],
            "code_id": code_id,
            "coder_id": coder,
            "coder_kind": "adjudication" if coder == "adjudication" else "person",
            "confidence": None,
            "evidence": "",
            "date": "2026-01-01",
            "memo": "",
        }
        for coder, own in applied.items()
        for number, codes in own.items()
        for code_id in codes.split()
    ]
    return as_table(rows, "codings")
