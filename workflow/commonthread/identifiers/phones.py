"""Finds telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commonthread.identifiers.kinds import Identifier, identifier
from commonthread.identifiers.patterns import digits, groups, matches, stands_alone, words_before

# Whatever has as many digits as a telephone number, in groups or not.
_RUN = r"(?:\+|\(\+?)?\d(?:[ \-./()]{0,3}\d){5,60}"
_SAID = (
    r"\b(?:phones?|telephone|tel|mobile|mob|landline|fax|ring|rang|call|called|text|texted|whatsapp"
    r"|dial)\b"
)
_BRITISH = (
    r"^(?:\+?\(?\+?44\)? ?(?:\(0\))?|0044 ?(?:\(0\))?|\(?0)[ \-.]?\(?(?P<rest>[1-9][\d \-.()]*)$"
)
_REST = (9, 10)
_DATE = r"^(?:\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{4}[./\-]\d{1,2}[./\-]\d{1,2})(?: .*)?$"
_GROUP = re.compile(r"[+(]{0,2}\d+")
# Fewer digits, without a prefix, may be any number.
_SURE = 9
_FEWEST, _MOST, _NEAR = 6, 15, 25
_MOST_GROUPS = 6


def find_phones(data: bytes, country: str) -> Iterator[Identifier]:
    """Find telephone numbers in lower-case text, as people of a country write them."""
    for match in matches(_RUN, data):
        start, end = match.span()
        said = match[0].decode("ascii")
        if said.startswith("(") and said.count("(") > said.count(")"):
            start, said = start + 1, said[1:]
        if not stands_alone(data, start, end) or next(matches(_DATE, match[0]), None):
            continue
        numbers = list(_numbers(said, country))
        if not numbers and _FEWEST <= len(digits(match[0])) <= _MOST:
            numbers = [(0, len(said))] if words_before(data, start, _SAID, _NEAR) else []
        for first, last in numbers:
            yield identifier((start + first, start + last), "phone number")


def _numbers(said: str, country: str) -> Iterator[tuple[int, int]]:
    """Give the telephone numbers in a run of digits, in which several may follow one another."""
    if is_phone(said, country):
        yield 0, len(said)
        return
    places = [match.span() for match in _GROUP.finditer(said)]
    counts = [len(said[start:end].lstrip("+(")) for start, end in places]
    first = 0
    while first < len(places):
        for last in range(min(len(places), first + _MOST_GROUPS) - 1, first - 1, -1):
            start, end = places[first][0], places[last][1]
            enough = _FEWEST < sum(counts[first : last + 1]) <= _MOST
            if enough and is_phone(said[start:end], country):
                yield start, end
                first = last
                break
        first += 1


def is_phone(said: str, country: str) -> bool:
    """Tell whether digits and signs are a telephone number of a country, or with its prefix."""
    import phonenumbers

    count = len(digits(said.encode("ascii")))
    if not _FEWEST < count <= _MOST:
        return False
    if country == "GB":
        british = next(matches(_BRITISH, said.encode("ascii")), None)
        if british is not None:
            start, end = groups(british)["rest"]
            return len(digits(said.encode("ascii")[start:end])) in _REST
    try:
        number = phonenumbers.parse(said, country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and (
        (count >= _SURE and country != "GB") or said.lstrip("(").startswith(("+", "0"))
    )
