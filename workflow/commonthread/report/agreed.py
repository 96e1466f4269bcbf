"""Quotes for people outside the team: only with consent, and told apart from their speakers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from commonthread.coded import NO_ROLE
from commonthread.disclosure.talk import few_roles
from commonthread.report.blocks import Piece, Quote
from commonthread.report.facts import Facts
from commonthread.report.quoting import Quoter
from commonthread.report.wording import in_sentence

# Stands where somebody was named, who goes by a pseudonym in the team's edition.
SOMEBODY = "[name]"


def quoter(facts: Facts, segment_ids: Iterable[str]) -> Quoter:
    """Give what quotes segments in an edition: everything for the team, else what was agreed."""
    if facts.edition.consents is None:
        return Quoter(facts, segment_ids)
    return AgreedQuoter(facts, [id for id in segment_ids if id in facts.agreed])


class AgreedQuoter(Quoter):
    """Gives segments whose speakers agreed as quotes with nothing in them that links quotes, unless
    the edition does.

    There is no pseudonym, workshop, time or segment in them, and no reason for a coding. The role
    stands there where the speaker agreed to it and it is not one of few people.
    """

    def __init__(self, facts: Facts, segment_ids: Iterable[str]) -> None:
        super().__init__(facts, segment_ids)
        self._role = roles_agreed(facts)
        self._names = pseudonyms(facts)
        self._voices = voices(facts) if facts.edition.linked else {}

    def quote(self, segment_id: str, code_id: str | None = None) -> Quote:
        """Give a segment as a quote; raises ``KeyError`` for one whose speaker did not agree."""
        whole = super().quote(segment_id, code_id)
        role = self._role.get(whole.speaker)
        voice = self._voices.get(whole.speaker)
        speaker = f"Somebody of the role {in_sentence(role)}" if role else "Somebody who took part"
        return replace(
            whole,
            segment_id="",
            pieces=without_names(whole.pieces, self._names),
            speaker=f"{speaker} (voice {voice})" if voice else speaker,
            workshop="",
            time="",
            why="",
            may_quote="",
        )


def roles_agreed(facts: Facts) -> dict[str, str]:
    """Give the role of each speaker who agreed to be quoted with it, where it is not one of few."""
    people = facts.inputs.participants
    few = few_roles(facts.inputs.participation, facts.edition.threshold)
    return {
        person: role
        for person, role, consent in zip(
            people["participant_id"], people["role"], people["consent"], strict=True
        )
        if consent == "verbatim with role" and isinstance(role, str) and role not in (*few, NO_ROLE)
    }


def voices(facts: Facts) -> dict[str, int]:
    """Number the speakers who agreed to be quoted, from 1, in an order that tells nothing of them."""
    segments = facts.inputs.segments
    agreed = segments[segments["segment_id"].isin(facts.agreed)]["participant_id"].unique()
    mixed = sorted(agreed, key=lambda person: hashlib.sha256(str(person).encode()).digest())
    return {str(person): number for number, person in enumerate(mixed, start=1)}


def pseudonyms(facts: Facts) -> re.Pattern[str]:
    """Give what finds the pseudonyms of people in a text, in capitals and small letters alike."""
    people = facts.inputs.participants
    names = sorted((str(name) for name in people["participant_id"]), key=len, reverse=True)
    pattern = "|".join(re.escape(name) for name in names) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def without_names(pieces: Iterable[Piece], names: re.Pattern[str]) -> tuple[Piece, ...]:
    """Put "[name]" where a name stands in the pieces of a quote, also across pieces."""
    pieces = list(pieces)
    text = "".join(piece.text for piece in pieces)
    spans = [match.span() for match in names.finditer(text)]
    kept: list[Piece] = []
    start = 0
    for piece in pieces:
        at, end = start, start + len(piece.text)
        for first, last in spans:
            if last <= start or first >= end:
                continue
            kept.append(Piece(text[at : max(first, at)], piece.matched))
            if start <= first:
                kept.append(Piece(SOMEBODY, False))
            at = min(last, end)
        kept.append(Piece(text[at:end], piece.matched))
        start = end
    return tuple(piece for piece in kept if piece.text)
