"""Finds identifiers in numbers that are said in words."""

from __future__ import annotations

from collections.abc import Iterator

from commonthread.identifiers.checks import is_card_number, is_nhs_number
from commonthread.identifiers.kinds import Identifier, IdentifierKind, identifier
from commonthread.identifiers.phones import is_phone
from commonthread.identifiers.spoken import Spoken, spoken_numbers

_FEWEST, _MOST = 9, 19


def find_spoken(data: bytes, country: str) -> Iterator[Identifier]:
    """Find NHS, telephone and card numbers that are said in words, in lower-case text."""
    for number in spoken_numbers(data):
        if len(number.digits) >= _FEWEST:
            yield from _identifiers(number, country)


def _identifiers(number: Spoken, country: str) -> Iterator[Identifier]:
    """Find identifiers that begin and end with a word, the longest from each word on."""
    tokens = number.tokens
    first = 0
    while first < len(tokens):
        found = _longest_from(tokens, first, country)
        if found:
            last, kind = found
            yield identifier((tokens[first][0], tokens[last][1]), kind)
            first = last
        first += 1


def _longest_from(
    tokens: tuple[tuple[int, int, str], ...], first: int, country: str
) -> tuple[int, IdentifierKind] | None:
    said = ""
    found = None
    for last in range(first, len(tokens)):
        said += tokens[last][2]
        if len(said) > _MOST:
            break
        # "Double" and "forty" belong to what follows.
        if not tokens[last][2] or len(said) < _FEWEST:
            continue
        kind = _kind(said, country)
        if kind:
            found = last, kind
    return found


def _kind(said: str, country: str) -> IdentifierKind | None:
    if country == "GB" and is_nhs_number(said):
        return "NHS number"
    if said.startswith("0") and is_phone(said, country):
        return "phone number"
    if is_card_number(said):
        return "card number"
    return None
