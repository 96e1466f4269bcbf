"""The resources of the codebook and those that people named, by theme: facts for a map of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from commonthread.attribution import WithoutPseudonyms, consents, may_quote
from commonthread.coded import NO_ROLE, CodedSegments, Counts, Mask
from commonthread.quotes import QuoteChooser, shorten
from commonthread.tables import as_table, columns

if TYPE_CHECKING:
    from commonthread.codebook import Code

ASPECT = "resource"
# Quotes under a code, and of what stands under none, where things of all kinds come together.
_QUOTES, _QUOTES_WITHOUT = 3, 8
# More than elsewhere: what a thing is called often follows some words after "there's a card".
_QUOTE_WORDS = 55


class _Namer:
    """Writes what is known of each segment that names a resource."""

    def __init__(
        self,
        coded: CodedSegments,
        chooser: QuoteChooser,
        participants: pd.DataFrame,
        may: Callable[[str, str | None], bool],
    ) -> None:
        self._coded, self._chooser, self._may = coded, chooser, may
        self._ids = coded.segments["segment_id"].to_numpy(dtype=object)
        self._kinds = coded.segments["kind"].to_numpy(dtype=object)
        self._starts = coded.segments["start"].to_numpy()
        self._consents = consents(participants)
        places = coded.places
        roles = [places.roles[role] for role in places.role_of_person.tolist()]
        self._plain = WithoutPseudonyms(
            {
                name: "" if role == NO_ROLE else role
                for name, role in zip(places.people, roles, strict=True)
            }
        )
        # What a pattern matched is a speaker's words; these are the codebook's.
        own_terms = {
            term.label
            for code in coded.codes
            if code.id == ASPECT
            for term in code.terms
            if term.kind != "regex"
        }
        self._found: dict[str, list[tuple[str, int, int]]] = {}
        self._terms: dict[str, list[str]] = {}
        own = coded.codings[coded.codings["code_id"] == ASPECT]
        for segment_id, evidence in zip(own["segment_id"], own["evidence"], strict=True):
            if isinstance(evidence, str) and evidence:
                found = [
                    (each["term"], each["start"], each["end"]) for each in json.loads(evidence)
                ]
                self._found.setdefault(segment_id, []).extend(found)
                terms = [term for term, _, _ in found if term in own_terms]
                self._terms.setdefault(segment_id, []).extend(terms)

    def _consent(self, segment: int) -> str | None:
        person = int(self._coded.places.person[segment])
        return self._consents.get(self._coded.places.people[person]) if person >= 0 else None

    def may_quote(self, segment: int) -> bool:
        return self._may(str(self._kinds[segment]), self._consent(segment))

    def row(self, segment: int, *, quoted: bool) -> dict[str, Any]:
        """Give the columns that depend on the segment; its words only if it is quoted."""
        places, segment_id = self._coded.places, str(self._ids[segment])
        person, workshop = int(places.person[segment]), int(places.workshop[segment])
        role = places.roles[int(places.role[segment])] if person >= 0 else None
        words, quote = self._terms.get(segment_id, []), ""
        if self.may_quote(segment):
            text, start = self._chooser.texts[segment], int(self._starts[segment])
            spans = [(a - start, b - start) for _, a, b in self._found.get(segment_id, [])]
            words = [self._plain(text[a:b]) for a, b in sorted(spans)]
            if quoted:
                focus = min(spans) if spans else None
                quote = self._plain(shorten(text, focus, _QUOTE_WORDS))
        return {
            "origin": "people",
            "words": "; ".join(_once(words)),
            "quote": quote,
            "segment_id": segment_id,
            "kind": str(self._kinds[segment]),
            "workshop_id": places.workshop_ids[workshop],
            "workshop": places.titles[workshop],
            "participant_id": places.people[person] if person >= 0 else None,
            "role": role,
            "consent": self._consent(segment),
        }


def resources(
    coded: CodedSegments,
    chooser: QuoteChooser,
    participants: pd.DataFrame,
    may: Callable[[str, str | None], bool] = may_quote,
) -> pd.DataFrame:
    """Gather resources: the table ``resources``.

    Goes in: the coded segments, the chooser of quotes made from them, the table
    ``participants`` for what people agreed to, and what says by kind and consent whether a
    segment's words may be shown. A row is a resource that a code of the codebook
    lists, or a segment with the aspect "resource" and a code: a code with codes under it counts
    only the segments that none of them has. Segments with no code of a theme come last, with
    neither. The codes of a theme stand in the order of how widely a resource was named: by
    workshops, then people, then segments, then the order of the codebook; a code with neither
    resource nor segment has no row. Within a code the codebook's come first, then up to three
    segments (eight where there is no code) with their quotes as QuoteChooser chooses them among those that may be quoted (those
    that stand under a code before it only where there is no other), then all others.
    """
    namer = _Namer(coded, chooser, participants, may)
    rows: list[dict[str, Any]] = []
    used = np.array([], dtype=np.int64)
    last_theme, code_rank = "", 0
    for theme_id, code, named in _in_order(coded):
        code_rank = code_rank + 1 if theme_id == last_theme else 1
        last_theme = theme_id or ""
        own: list[dict[str, Any]] = [
            {"origin": "codebook", "name": each.name, "purpose": each.purpose}
            for each in (code.resources if code else ())
        ]
        allowed = np.array([s for s in named.tolist() if namer.may_quote(s)], dtype=np.int64)
        fresh = np.setdiff1d(allowed, used)
        most = _QUOTES if code else _QUOTES_WITHOUT
        chosen = chooser.choose(fresh if len(fresh) else allowed, most)
        used = np.union1d(used, np.array(chosen, dtype=np.int64))
        own += [namer.row(segment, quoted=True) for segment in chosen]
        own += [namer.row(s, quoted=False) for s in named.tolist() if s not in set(chosen)]
        for rank, row in enumerate(own, start=1):
            where = {"theme_id": theme_id, "code_id": code.id if code else None}
            rows.append({**where, "code_rank": code_rank, "rank": rank, **row})
    blank = dict.fromkeys(columns("resources"))
    return as_table([{**blank, **row} for row in rows], "resources")


def _in_order(coded: CodedSegments) -> Iterator[tuple[str | None, Code | None, Counts]]:
    """Give theme, code and segments of each part of the map, in its order."""
    places, aspect = coded.places, coded.row(ASPECT)
    none = np.zeros(len(coded.segments), dtype=bool)
    named: Mask = none if aspect is None else coded.has[aspect]
    anywhere = none
    for theme in coded.codebook.themes:
        found = []
        for row, code in enumerate(coded.codes):
            if code.theme != theme.id:
                continue
            below = [n for n, child in enumerate(coded.codes) if child.parent == code.id]
            own = np.flatnonzero(named & coded.has[row] & ~coded.has[below].any(axis=0))
            if len(own) or code.resources:
                people = np.unique(places.person[own])
                workshops = len(np.unique(places.workshop[own]))
                breadth = (-workshops, -int(np.count_nonzero(people >= 0)), -len(own))
                found.append((breadth, row, code, own))
            anywhere = anywhere | coded.has[row]
        for _, _, code, own in sorted(found, key=lambda each: each[:2]):
            yield theme.id, code, own
    without = np.flatnonzero(named & ~anywhere)
    if len(without):
        yield None, None, without


def _once(words: list[str]) -> list[str]:
    """Give each of the words once, whatever its capitals, in their order."""
    seen: dict[str, str] = {}
    for word in words:
        seen.setdefault(word.casefold(), word)
    return list(seen.values())
