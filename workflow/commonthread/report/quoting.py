"""Segments in their speakers' words, with the words that a coding rests on marked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from commonthread.codings import JOIN
from commonthread.report.blocks import Piece, Quote
from commonthread.report.facts import Facts, records
from commonthread.report.wording import clock, percent, words_list

if TYPE_CHECKING:
    from commonthread.codebook import Codebook

CONSENT = {
    "verbatim with role": "agreed to be quoted, with their role",
    "verbatim": "agreed to be quoted, without their role",
    "paraphrase": "agreed to be paraphrased, not quoted",
}


class Quoter:
    """Gives segments as quotes. Only the segments that it is made for are looked up."""

    def __init__(self, facts: Facts, segment_ids: Iterable[str]) -> None:
        inputs = facts.inputs
        self._workshops = facts.workshop_names
        self._codebook = facts.codebook
        self._patterns = patterns(facts.codebook)
        self._coder_names = facts.coder_names
        wanted = set(segment_ids)
        segments = inputs.segments[inputs.segments["segment_id"].isin(wanted)]
        turns = inputs.turns[["source_id", "turn", "start", "start_s", "text"]].rename(
            columns={"start": "turn_start"}
        )
        joined = segments.merge(turns, on=["source_id", "turn"], how="left")
        self._segments = {row["segment_id"]: row for row in records(joined)}
        self._consent = dict(
            zip(
                inputs.participants["participant_id"],
                inputs.participants["consent"],
                strict=True,
            )
        )
        self._codings: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in records(inputs.codings[inputs.codings["segment_id"].isin(wanted)]):
            self._codings[row["segment_id"]].append(row)

    def only_here(self, segment_id: str, code_id: str) -> bool:
        """Say whether a segment has a code itself, and none of the codes under that one."""
        below = {code.id for code in self._codebook.descendants(code_id)}
        given = {coding["code_id"] for coding in self._codings[segment_id]}
        return code_id in given and not given & below

    def quote(self, segment_id: str, code_id: str | None = None) -> Quote:
        """Give a segment; with ``code_id``, what that code or the codes under it rest on.

        Raises ``KeyError`` if the segment is not one that this was made for.
        """
        row = self._segments[segment_id]
        at = row["start"] - row["turn_start"]
        text = row["text"][at : at + row["end"] - row["start"]]
        codings = []
        if code_id is not None:
            codes = {code_id, *(code.id for code in self._codebook.descendants(code_id))}
            codings = [coding for coding in self._codings[segment_id] if coding["code_id"] in codes]
        evidence = [item for coding in codings for item in read_evidence(coding["evidence"])]
        spans = [(start - row["start"], end - row["start"]) for _, start, end in evidence]
        matched = [
            (term, text[start - row["start"] : end - row["start"]])
            for coding in codings
            if coding["coder_kind"] != "classifier"
            for term, start, end in read_evidence(coding["evidence"])
        ]
        note = row["kind"] == "notes"
        return Quote(
            segment_id=segment_id,
            pieces=cut(text, spans),
            speaker=row["participant_id"] or ("Notes" if note else "Speaker not known"),
            workshop=str(self._workshops.get(row["workshop_id"], row["workshop_id"])),
            time="" if row["start_s"] is None else clock(row["start_s"]),
            why=self._why(codings, matched),
            may_quote=CONSENT.get(str(self._consent.get(row["participant_id"])), ""),
        )

    def _why(self, codings: Sequence[dict[str, Any]], matched: Sequence[tuple[str, str]]) -> str:
        """Say what codings rest on; ``matched`` are terms and the words that they matched."""
        reasons = []
        terms = [f"“{term}”" for term, _ in matched if term not in self._patterns]
        found = [f"“{words}”" for term, words in matched if term in self._patterns]
        if terms:
            reasons.append(f"matched {words_list(dict.fromkeys(terms))}")
        if found:
            reasons.append(
                f"matched {words_list(dict.fromkeys(found))} (a pattern of the codebook)"
            )
        kinds = {coding["coder_kind"] for coding in codings}
        if "adjudication" in kinds:
            reasons.append("settled together by people")
        elif "person" in kinds:
            ids = JOIN.join(c["coder_id"] for c in codings if c["coder_kind"] == "person")
            people = dict.fromkeys(ids.split(JOIN))
            reasons.append(f"coded by {self._coder_names(JOIN.join(people))}")
        for coding in codings:
            if coding["coder_kind"] == "classifier":
                sure = coding["confidence"]
                words = [f"“{term}”" for term, _, _ in read_evidence(coding["evidence"])]
                reasons.append(
                    "coded by the classifier"
                    + ("" if sure is None else f", {percent(sure, 1)} sure")
                    + (f", most of all for {words_list(dict.fromkeys(words))}" if words else "")
                )
        return "; ".join(reasons)


def patterns(codebook: Codebook) -> frozenset[str]:
    """Give the terms that are regular expressions, as evidence names them.

    They say nothing to most readers: what they matched, and that it was a pattern, says more.
    """
    return frozenset(
        term.label for code in codebook.codes for term in code.terms if term.kind == "regex"
    )


def read_evidence(written: str | None) -> list[tuple[str, int, int]]:
    """Read what a machine's coding rests on: (term or word, first code point, code point after)."""
    if not written:
        return []
    return [(item["term"], item["start"], item["end"]) for item in json.loads(written)]


def cut(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """Cut ``text`` at half-open spans (code points in it) into marked and unmarked pieces.

    Spans may overlap, touch or stick out; joined up, the pieces give ``text`` again.
    """
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        start, end = max(start, 0), min(end, len(text))
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    pieces = []
    at = 0
    for start, end in merged:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return tuple(piece for piece in pieces if piece.text)
