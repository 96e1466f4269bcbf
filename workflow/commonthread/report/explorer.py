"""Every segment of a study for the page to search in: what may be chosen, and the packed data.

The data are columns of whole numbers (counts and places, each in as few bytes as its largest value
needs, the lowest byte first), the ids of the segments, and the words of all turns. In front of them
stand the length of a description in bytes (4 bytes) and the description in JSON: names, and for
each column its type, first byte behind the description, and length. Places in words count UTF-16
units, as JavaScript does. ``explorer_data.js`` reads this.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from commonthread.coded import CodedSegments, Counts, code_segments, natural
from commonthread.report.facts import Facts
from commonthread.report.packing import pack, utf16_length
from commonthread.report.quoting import CONSENT, patterns, read_evidence
from commonthread.standing import STANDINGS, standings

if TYPE_CHECKING:
    from commonthread.codebook import Code

NO_PATTERN_TERM = 0  # the number of a term that is a pattern, whose text stays in the codebook
NO_CONFIDENCE = 255
_ALIGNED = 4

_CODERS = {
    "dictionary": "The dictionary",
    "classifier": "The classifier",
    "person": "People, each alone",
    "adjudication": "People together, who settled it",
}


@dataclass(frozen=True)
class Option:
    """Something to choose: what stands for it in the address, and its name."""

    value: str
    name: str


@dataclass(frozen=True)
class Explorer:
    """What the section needs: how many segments there are, what may be chosen, and the data.

    ``codes`` are the codes of each theme under its name.
    """

    segments: int
    themes: tuple[Option, ...]
    codes: tuple[tuple[str, tuple[Option, ...]], ...]
    aspects: tuple[Option, ...]
    workshops: tuple[Option, ...]
    roles: tuple[Option, ...]
    people: tuple[Option, ...]
    coders: tuple[Option, ...]
    bases: tuple[Option, ...]
    files: tuple[Option, ...]
    notes: bool
    packed: bytes


def explorer(facts: Facts) -> Explorer:
    """Put together what the section needs."""
    inputs, book = facts.inputs, facts.codebook
    coded = code_segments(
        inputs.segments, inputs.codings, inputs.participants, inputs.workshops, book
    )
    places = coded.places
    read = inputs.sources[inputs.sources["status"] == "read"]
    files = sorted(
        zip(read["source_id"].tolist(), read["path"].tolist(), strict=True),
        key=lambda file: natural(file[1]),
    )
    spoke = set(np.unique(places.person[places.person >= 0]).tolist())
    kinds = set(coded.codings["coder_kind"].unique())
    return Explorer(
        segments=len(coded.segments),
        themes=_options(book.themes),
        codes=tuple(
            (theme.name, _options(code for code in _below(book.codes, theme)))
            for theme in book.themes
        ),
        aspects=_options(book.aspects),
        workshops=tuple(map(Option, places.workshop_ids, places.titles)),
        roles=tuple(
            Option(role, role)
            for number, role in enumerate(places.roles)
            if (places.role == number).any()
        ),
        people=tuple(
            Option(name, name) for number, name in enumerate(places.people) if number in spoke
        ),
        coders=tuple(Option(kind, name) for kind, name in _CODERS.items() if kind in kinds),
        bases=tuple(Option(basis, basis.capitalize()) for basis in STANDINGS)
        if inputs.people
        else (),
        files=tuple(Option(source_id, path) for source_id, path in files),
        notes=not places.talk.all(),
        packed=pack(_data(facts, coded, files)),
    )


def _options(codes: Iterable[Code]) -> tuple[Option, ...]:
    return tuple(Option(code.id, code.name) for code in codes)


def _below(codes: Iterable[Code], theme: Code) -> list[Code]:
    return [code for code in codes if code.theme == theme.id and code.id != theme.id]


def _data(facts: Facts, coded: CodedSegments, files: Sequence[tuple[str, str]]) -> bytes:
    places = coded.places
    names = {
        "codes": [
            [code.id, code.name, code.dimension, code.parent] for code in facts.codebook.codes
        ],
        "bases": list(STANDINGS),
        "workshops": [list(pair) for pair in zip(places.workshop_ids, places.titles, strict=True)],
        "roles": list(places.roles),
        "people": _people(facts, coded),
        "files": [list(file) for file in files],
    }
    turns, segments = _ordered(facts, coded, files)
    texts = turns["text"].tolist()
    wide = [utf16_length(text) != len(text) for text in texts]
    row = segments["row"].to_numpy(dtype=np.int64)
    turn = segments["at_turn"].to_numpy(dtype=np.int64)
    first = turns["start"].to_numpy(dtype=np.int64)[turn]
    start = segments["start"].to_numpy(dtype=np.int64) - first
    end = segments["end"].to_numpy(dtype=np.int64) - first
    lengths = np.array([utf16_length(text) for text in texts], dtype=np.int64)
    at, length = start.copy(), end - start
    for place in np.flatnonzero(np.array(wide, dtype=bool)[turn]).tolist():
        words = texts[turn[place]]
        at[place] = utf16_length(words[: start[place]])
        length[place] = utf16_length(words[start[place] : end[place]])
    seconds = turns["start_s"].to_numpy(dtype=float, na_value=np.nan)
    columns: dict[str, Any] = {
        "turnLength": lengths,
        "turnPerson": pd.Index(places.people).get_indexer(pd.Index(turns["participant_id"])) + 1,
        "turnSeconds": np.where(np.isnan(seconds), 0, np.nan_to_num(seconds) + 1),
        "turnFile": turns["at_file"],
        "turn": np.diff(turn, prepend=0),
        "at": at,
        "behind": lengths[turn] - at - length,
        "workshop": places.workshop[row],
        "role": places.role[row] + 1,
        "person": places.person[row] + 1,
        "notes": ~places.talk[row],
        "basis": _basis(facts, segments),
    }
    where = dict(zip(segments["segment_id"].tolist(), range(len(segments)), strict=True))
    said = [(texts[t], a, b, w) for t, a, b, w in _cut(turn, start, end, wide)]
    columns |= _codings(facts, coded, where, first + start, said, names)
    ids = "\n".join(segments["segment_id"].tolist())
    return _together(names, columns, {"ids": ids, "text": "\n".join(texts)})


def _basis(facts: Facts, segments: pd.DataFrame) -> Counts:
    """Give for each segment the number of what its codes rest on."""
    people = facts.inputs.people
    if people is None:
        return np.zeros(len(segments), dtype=np.int64)
    standing = standings(segments, people.judgements)
    return pd.Index(STANDINGS).get_indexer(pd.Index(standing))


def _cut(turn: Counts, start: Counts, end: Counts, wide: Sequence[bool]) -> Iterable[tuple]:
    whole = (turn.tolist(), start.tolist(), end.tolist())
    return ((t, a, b, wide[t]) for t, a, b in zip(*whole, strict=True))


def _people(facts: Facts, coded: CodedSegments) -> list[list[str]]:
    """Give everybody: pseudonym, role, and what they agreed to, in words."""
    frame = facts.inputs.participants
    consent = dict(zip(frame["participant_id"], frame["consent"], strict=True))
    places = coded.places
    return [
        [name, places.roles[role], CONSENT.get(str(consent.get(name)), "")]
        for name, role in zip(places.people, places.role_of_person.tolist(), strict=True)
    ]


def _ordered(
    facts: Facts, coded: CodedSegments, files: Sequence[tuple[str, str]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give turns and segments by file and place; with each segment its turn and former row."""
    order = pd.Index([source_id for source_id, _ in files])
    turns = facts.inputs.turns.assign(
        at_file=order.get_indexer(pd.Index(facts.inputs.turns["source_id"]))
    ).sort_values(["at_file", "turn"], ignore_index=True)
    key = pd.MultiIndex.from_frame(turns[["source_id", "turn"]])
    segments = coded.segments
    sought = pd.MultiIndex.from_frame(segments[["source_id", "turn"]])
    segments = segments.assign(
        at_turn=key.get_indexer(sought), row=np.arange(len(segments))
    ).sort_values(["at_turn", "start", "segment_id"], ignore_index=True)
    return turns, segments


def _codings(
    facts: Facts,
    coded: CodedSegments,
    where: dict[str, int],
    starts: Counts,
    said: Sequence[tuple[str, int, int, bool]],
    names: dict[str, Any],
) -> dict[str, Any]:
    """Give the columns of the codings, by segment and in the codebook's order.

    ``where`` holds the place of each segment, ``starts`` its first code point, ``said`` the text of
    its turn, where in it the segment stands, and whether that has signs of two UTF-16 units.
    """
    numbers = {code.id: number for number, code in enumerate(coded.codes)}
    hidden = patterns(facts.codebook)
    terms: dict[str, int] = {}
    coders: dict[tuple[str, str], int] = {}
    frame = coded.codings
    sure = frame["confidence"].astype(float).mul(100).round().fillna(NO_CONFIDENCE)
    rows = sorted(
        zip(
            map(where.__getitem__, frame["segment_id"].tolist()),
            map(numbers.__getitem__, frame["code_id"].tolist()),
            zip(frame["coder_kind"].tolist(), frame["coder_id"].tolist(), strict=True),
            sure.tolist(),
            frame["evidence"].fillna("").tolist(),
            strict=True,
        )
    )
    items: list[tuple[int, int, int]] = []
    counts = []
    for segment, _, _, _, evidence in rows:
        found = read_evidence(evidence)
        counts.append(len(found))
        text, first, last, wide = said[segment]
        for term, begin, end in found:
            a = min(max(begin - int(starts[segment]), 0), last - first)
            b = min(max(end - int(starts[segment]), a), last - first)
            if wide:
                words = text[first:last]
                a, b = utf16_length(words[:a]), utf16_length(words[:b])
            number = NO_PATTERN_TERM
            if term not in hidden:
                number = terms.setdefault(term, len(terms) + 1)
            items.append((number, a, b - a))
    names["coders"] = coders
    numbered = [coders.setdefault(row[2], len(coders)) for row in rows]
    names["coders"] = [[kind, facts.coder_names(who)] for kind, who in coders]
    names["terms"] = list(terms)
    columns = np.array(items, dtype=np.int64).reshape(-1, 3)
    return {
        "codings": np.bincount([row[0] for row in rows], minlength=len(where)),
        "code": [row[1] for row in rows],
        "coder": numbered,
        "sure": [row[3] for row in rows],
        "evidence": counts,
        "term": columns[:, 0],
        "evidenceAt": columns[:, 1],
        "evidenceLength": columns[:, 2],
    }


def _together(names: dict[str, Any], columns: dict[str, Any], texts: dict[str, str]) -> bytes:
    parts: list[bytes] = []
    described: dict[str, Any] = {}
    at = 0
    for name, column in columns.items():
        values = np.asarray(column).astype(np.int64)
        largest = int(values.max(initial=0))
        bits = 8 if largest < 1 << 8 else 16 if largest < 1 << 16 else 32
        data = values.astype(f"<u{bits // 8}").tobytes()
        described[name] = [bits, at, len(values)]
        parts.append(data + bytes(-len(data) % _ALIGNED))
        at += len(parts[-1])
    for name, text in texts.items():
        data = text.encode("utf-8", "replace")
        described[name] = [0, at, len(data)]
        parts.append(data)
        at += len(data)
    head = json.dumps({**names, "columns": described}, separators=(",", ":")).encode("ascii")
    head += b" " * (-len(head) % _ALIGNED)
    return len(head).to_bytes(_ALIGNED, "little") + head + b"".join(parts)
