"""A small invented study, made by hand so that every count can be checked on paper.

``python tests/small_study.py`` writes the golden files anew; read the changes before keeping them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from commonthread.codebook import Code, Codebook
from commonthread.coded import CodedSegments, code_segments
from commonthread.findings import Findings, find, write_findings
from commonthread.tables import as_table

GOLDEN = Path(__file__).parent / "golden" / "findings"


def node(code_id: str, name: str, parent: str | None, theme: str | None) -> Code:
    return Code(
        id=code_id,
        name=name,
        definition="",
        plain=f"{name}, in plain words",
        use_when="",
        not_when="",
        examples=(),
        near_miss="",
        principles=(),
        questions=(),
        terms=(),
        parent=parent,
        theme=theme,
        dimension="aspect" if theme is None else "theme" if parent is None else "code",
    )


def codebook(*more: Code) -> Codebook:
    return Codebook(
        title="",
        version="",
        language="en",
        sha256="",
        principles={},
        codes=(
            *more,
            node("involvement", "Who is involved, and when", None, "involvement"),
            node("payment", "Payment", "involvement", "involvement"),
            node("power", "Power", None, "power"),
            node("power_hidden", "Hidden power", "power", "power"),
            node("decides", "Who decides", "power_hidden", "power"),
            node("dominant", "Dominant voices", "power_hidden", "power"),
            node("challenge", "Challenge", None, None),
            node("practice", "Practice", None, None),
            node("resource", "Resource", None, None),
            node("reflection", "Reflection", None, None),
        ),
    )


class Said(NamedTuple):
    """One turn that is one segment: where, who (None: not known), what, and its codes."""

    source: str
    who: str | None
    text: str
    codes: str = ""


LONG = (
    "We started late that day. The forms came in March. Then it turned out that nobody had asked"
    " the hospital for a room, so the first three meetings were in a cafe, which was loud. Somebody"
    " always decides before we come into the room, and we only get to nod. After that we had cake."
    " It was a good cake, too, and I will not hear a word against it."
)

TALK = (
    Said("s1", "Researcher 1", "Who decides about the budget? Not us.", "decides challenge"),
    Said("s1", "Public contributor 1", LONG, "decides challenge"),
    Said("s1", "Researcher 1", "We pay people for every single hour that they give to the study,"
         " reading at home included.", "payment practice"),
    Said("s1", "Researcher 1", "He talks over everybody, always.", "dominant challenge"),
    Said("s1", None, "Yes.", ""),
    Said("s1", "Facilitator 1", "Shall we move on?", "reflection"),
    Said("s2", "Researcher 1", "The chair decides in the corridor.", "decides challenge"),
    Said("s2", "Practitioner 1", "We wrote a list of who decides what, and it hangs in the kitchen"
         " where all of us see it.", "decides practice resource"),
    Said("s2", "Guest 1", "It is hidden from us somehow.", "power_hidden"),
    Said("s2", None, "Nobody told me that one has to wait half a year for the money to come.",
         "payment challenge"),
    Said("s3", None, "Payment: vouchers only", "payment challenge"),
    Said("s3", None, "Who decides??", "decides"),
    Said("s3", None, "Biscuits", ""),
)  # fmt: skip

# The long turn's coding rests on this word, to which its quote is cut.
_EVIDENCE = LONG.index("decides")


def study() -> dict[str, Any]:
    """Give the frames that ``find`` takes, by name."""
    turns, segments, codings = [], [], []
    kinds = {"s1": "transcript", "s2": "transcript", "s3": "notes"}
    places = {"s1": "workshop 2", "s2": "workshop 10", "s3": "workshop 10"}
    at: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for count, (source, who, text, codes) in enumerate(TALK):
        start, turn = at.get(source, 0), numbers.get(source, 0)
        at[source], numbers[source] = start + len(text) + 1, turn + 1
        stretch = {"start": start, "end": start + len(text), "words": len(text.split())}
        both = {"source_id": source, "turn": turn, "participant_id": who, **stretch}
        turns.append({**both, "start_s": None, "end_s": None, "text": text})
        kind = "notes" if kinds[source] == "notes" else "talk"
        segment_id = f"g{count:02d}"
        segments.append(
            {**both, "segment_id": segment_id, "workshop_id": places[source], "kind": kind}
        )
        for code in codes.split():
            first = start + _EVIDENCE
            evidence = f'[{{"term": "decide", "start": {first}, "end": {first + 7}}}]'
            codings.append(
                {
                    "segment_id": segment_id,
                    "code_id": code,
                    "coder_id": "dictionary",
                    "coder_kind": "dictionary",
                    "confidence": None,
                    "evidence": evidence if text == LONG and code == "decides" else "",
                    "date": "",
                    "memo": "",
                }
            )
    sources = [
        {"source_id": source, "workshop_id": places[source], "kind": kind}
        for source, kind in kinds.items()
    ]
    people = [
        ("Researcher 1", "Researcher"),
        ("Public contributor 1", "Public contributor"),
        ("Facilitator 1", "Facilitator"),
        ("Practitioner 1", "Practitioner"),
        ("Guest 1", None),
    ]
    return {
        "sources": pd.DataFrame(sources),
        "turns": as_table(turns, "turns"),
        "segments": as_table(segments, "segments"),
        "codings": as_table(codings, "codings"),
        "participants": as_table(
            [
                {
                    "participant_id": who,
                    "role": role,
                    "consent": "verbatim with role",
                    "listed": True,
                }
                for who, role in people
            ],
            "participants",
        ),
        "workshops": as_table(
            [
                {"workshop_id": "workshop 10", "workshop": "Second day", "date": ""},
                {"workshop_id": "workshop 2", "workshop": "First day", "date": ""},
                {"workshop_id": "workshop 11", "workshop": "", "date": ""},
            ],
            "workshops",
        ),
        "codebook": codebook(),
    }


def found() -> Findings:
    """Give the findings of the study."""
    return find(**study())


def coded(**changes: Any) -> CodedSegments:
    """Give the study's segments with their codes, with some frames changed."""
    frames = {**study(), **changes}
    names = ("segments", "codings", "participants", "workshops", "codebook")
    return code_segments(**{name: frames[name] for name in names})


def row(frame: pd.DataFrame, **wanted: object) -> dict[str, Any]:
    """Give the one row that has these values; None asks for a missing value."""
    for name, value in wanted.items():
        frame = frame[frame[name].isna() if value is None else frame[name] == value]
    assert len(frame) == 1, f"{len(frame)} rows have {wanted}"
    return {str(name): value for name, value in frame.iloc[0].to_dict().items()}


if __name__ == "__main__":
    write_findings(found(), GOLDEN)
    for made in GOLDEN.glob("*.parquet"):
        made.unlink()
    (GOLDEN / "data_dictionary.csv").unlink()
