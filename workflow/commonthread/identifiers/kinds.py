"""The kinds of structured identifiers, and the words that stand in their place."""

from __future__ import annotations

from typing import Literal, NamedTuple

IdentifierKind = Literal[
    "web address",
    "e-mail address",
    "user name",
    "IP address",
    "date of birth",
    "NHS number",
    "national number",
    "National Insurance number",
    "phone number",
    "postcode",
    "street address",
    "coordinates",
    "car registration",
    "card number",
    "bank details",
    "reference number",
    "passport number",
    "driving licence number",
]

STANDS_FOR: dict[IdentifierKind, str] = {
    "web address": "[web address]",
    "e-mail address": "[e-mail address]",
    "user name": "[user name]",
    "IP address": "[IP address]",
    "date of birth": "[date of birth]",
    "NHS number": "[NHS number]",
    "national number": "[national number]",
    "National Insurance number": "[National Insurance number]",
    "phone number": "[phone number]",
    "postcode": "[postcode]",
    "street address": "[address]",
    "coordinates": "[coordinates]",
    "car registration": "[car registration]",
    "card number": "[card number]",
    "bank details": "[bank details]",
    "reference number": "[reference number]",
    "passport number": "[passport number]",
    "driving licence number": "[driving licence number]",
}
"""The words that stand for each kind."""


class Identifier(NamedTuple):
    """An identifier in a text: where, half open in code points, its kind, what stands for it."""

    start: int
    end: int
    kind: IdentifierKind
    words: str


def identifier(place: tuple[int, int], kind: IdentifierKind) -> Identifier:
    """Give an identifier with the words that stand for its kind."""
    return Identifier(*place, kind, STANDS_FOR[kind])
