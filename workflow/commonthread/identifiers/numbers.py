"""Finds numbers that are given to people and to what they own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement

from commonthread.identifiers.checks import (
    is_card_number,
    is_chi_number,
    is_iban,
    is_nhs_number,
    national_number,
)
from commonthread.identifiers.kinds import Identifier, IdentifierKind, identifier
from commonthread.identifiers.patterns import (
    digits,
    groups,
    matches,
    stands_alone,
    words_after,
    words_before,
)

_TEN = r"\d{3}[ \-.]{0,2}\d{3}[ \-.]{0,2}\d{4}"
_TEN_IN_ANY_GROUPS = r"\d(?:[ \-]?\d){9}"
_SAID_NHS = r"\b(?:n\.? ?h\.? ?s\.?|chi|health)\b.{0,12}\b(?:number|no|num|nr|#)\b"
_PREFIX = r"(?:\+\d{1,3} ?|\(0\) ?|\b00\d{1,3} )$"
_CARD = r"\d(?:[ \-]?\d){12,18}"
_IBAN = r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?\b"
_SORT_CODE = r"\b\d{2}[ \-]\d{2}[ \-]\d{2}\b|\b\d{6}\b"
_SORT_AND_ACCOUNT = (
    r"\b\d{2}[ \-]?\d{2}[ \-]?\d{2}[ ,/;:]{1,3}"
    r"(?:(?:and )?(?:account|acc|a/c)[a-z ]{0,12}[:# ]{1,2})?\d{8}\b"
)
_ACCOUNT = r"\b\d{8}\b|\b\d{4} \d{4}\b"
_SAID_SORT_CODE = r"\bsort ?-?codes?\b"
_SAID_ACCOUNT = r"\b(?:account|acc|acct|a/c)\b"
_INSURANCE = r"\b[a-z]{2}[ \-]?\d{2}[ \-]?\d{2}[ \-]?\d{2}[ \-]?[a-d]\b"
_INSURANCE_WITHOUT_END = r"\b[a-z]{2}[ \-]?\d{2}[ \-]?\d{2}[ \-]?\d{2}\b"
_SAID_INSURANCE = r"\b(?:national insurance|n\.?i\.?|nino)\b"
_LICENCE = r"\b[a-z9]{5}[ \-]?\d{6}[ \-]?[a-z9]{2}[ \-]?[a-z0-9]{3}(?: ?\d\d)?\b"
_PASSPORT = r"\b[a-z]{0,2}\d{7,9}\b"
_SAID_PASSPORT = r"\bpassports?\b"
_REFERENCE = (
    r"\b(?:hospital|patients?|study|participant|case|reference|record|records|unit|clinic|chart|"
    r"medical record|client|member|membership|staff|payroll|employee|student|policy|claim|ref|mrn|"
    r"nhs|social services|crn|customer|trial|screening|recruitment|badge|pension|library card|"
    r"invoice|booking|crime|prison|police)"
    r"(?: (?:record|reference|file|card))?"
    r"(?:(?: (?:number|no|num|nr|id|code|ref|reference)\b\.?){1,2}|:| ?#)"
    r"(?:[,:#]| ?(?:which )?(?:is|was)|\')?[ :#]{0,3}"
    r"(?P<number>(?:[a-z]{1,5}[\-/ ]?)?\d[a-z0-9]*(?:[\-/ ]?\d[a-z0-9]*){0,6}(?:[\-/][a-z]\b)?)"
)
_RECORD = r"\b(?:mrn|crn)(?: is| was|:)? (?P<number>[a-z]{0,3}\d{4,12})\b"
_FEWEST_IN_REFERENCE = 4
_NATIONAL = (
    r"\b[a-z]{0,8}\d[a-z0-9]{0,20}(?:[ .\-/][a-z]{0,4}\d[a-z0-9]{0,14}){0,5}(?:[ \-][a-z]{1,2})?\b"
)
_GROUP = r"[a-z0-9]+"
_FEWEST_IN_NATIONAL = 5


def find_numbers(data: bytes, country: str) -> Iterator[Identifier]:
    """Find numbers of people and of what they own in lower-case text, the surest first."""
    yield from _checked(data, _IBAN, "bank details", lambda said: is_iban(_joined(said)))
    yield from _cards(data)
    if country == "GB":
        yield from _health_numbers(data)
        yield from _bank_details(data)
        yield from _said(data, _INSURANCE, "National Insurance number", None)
        yield from _said(data, _INSURANCE_WITHOUT_END, "National Insurance number", _SAID_INSURANCE)
        yield from _checked(data, _LICENCE, "driving licence number", _has_letters)
    else:
        yield from _national_numbers(data, country)
    yield from _said(data, _PASSPORT, "passport number", _SAID_PASSPORT)
    for pattern in (_REFERENCE, _RECORD):
        for match in matches(pattern, data):
            start, end = groups(match)["number"]
            if len(digits(data[start:end])) >= _FEWEST_IN_REFERENCE:
                yield identifier((start, end), "reference number")


def _joined(said: bytes) -> str:
    return "".join(chr(byte) for byte in said if chr(byte).isalnum())


def _has_letters(said: bytes) -> bool:
    return any(byte > ord("9") for byte in said[:5])


def _checked(
    data: bytes, pattern: str, kind: IdentifierKind, is_one: Callable[[bytes], bool]
) -> Iterator[Identifier]:
    for match in matches(pattern, data):
        if stands_alone(data, *match.span()) and is_one(match[0]):
            yield identifier(match.span(), kind)


def _said(
    data: bytes, pattern: str, kind: IdentifierKind, before: str | None
) -> Iterator[Identifier]:
    """Find what a pattern fits, where the words ``before`` stand near if any are given."""
    for match in matches(pattern, data):
        if before is None or words_before(data, match.start(), before):
            yield identifier(match.span(), kind)


def _cards(data: bytes) -> Iterator[Identifier]:
    for match in matches(_CARD, data):
        if stands_alone(data, *match.span()) and is_card_number(digits(match[0])):
            yield identifier(match.span(), "card number")


def _health_numbers(data: bytes) -> Iterator[Identifier]:
    for pattern in (_TEN, _TEN_IN_ANY_GROUPS):
        for match in matches(pattern, data):
            number = digits(match[0])
            if not stands_alone(data, *match.span()):
                continue
            said_so = words_before(data, match.start(), _SAID_NHS)
            # After the prefix of a telephone number, as in "+44 (0)", it is no number of its own.
            prefixed = words_before(data, match.start(), _PREFIX, 12)
            if said_so or (not prefixed and (is_nhs_number(number) or is_chi_number(number))):
                yield identifier(match.span(), "NHS number")


def _bank_details(data: bytes) -> Iterator[Identifier]:
    yield from _said(data, _SORT_AND_ACCOUNT, "bank details", None)
    for pattern, before in ((_SORT_CODE, _SAID_SORT_CODE), (_ACCOUNT, _SAID_ACCOUNT)):
        yield from _said(data, pattern, "bank details", before)
    for match in matches(_SORT_CODE, data):
        if words_after(data, match.end(), r"(?: is)?(?: the| my)? sort ?-?code"):
            yield identifier(match.span(), "bank details")


def _national_numbers(data: bytes, country: str) -> Iterator[Identifier]:
    module = national_number(country)
    if module is None:
        return
    for match in matches(_NATIONAL, data):
        parts = [group.span() for group in matches(_GROUP, match[0])]
        for first, last in combinations_with_replacement(range(len(parts)), 2):
            start, end = parts[first][0], parts[last][1]
            said = match[0][start:end]
            if len(digits(said)) >= _FEWEST_IN_NATIONAL and module.is_valid(said.decode().upper()):
                start += match.start()
                yield identifier((start, start + len(said)), "national number")
