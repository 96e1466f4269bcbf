"""Finds dates that tell when somebody was born."""

from __future__ import annotations

from collections.abc import Iterator

from commonthread.identifiers.date_words import MONTH, ONES, ORDINAL, TEENS, TENS
from commonthread.identifiers.kinds import Identifier, identifier
from commonthread.identifiers.patterns import compiled, groups, matches, stands_alone, words_before
from commonthread.identifiers.spoken import spoken_numbers

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<year>\d{4}|'?\d\d)"
_DAY = r"(?P<day>\d{1,2})(?: ?(?:st|nd|rd|th))?"
_IN_FIGURES = (
    rf"\b{_DAY}(?:[ \-/]?| of )(?:the )?(?P<month>{MONTH})[ \-/,]{{0,2}}{_YEAR}\b",
    rf"\b(?P<month>{MONTH}) {{1,2}}(?:the )?{_DAY}(?:,| in|,? of)? {{1,2}}{_YEAR}\b",
    rf"\b(?P<day>\d{{1,2}}) ?[/.\-] ?(?P<number>\d{{1,2}}) ?[/.\-] ?{_YEAR}\b",
    r"\b(?P<year>\d{4})[/.\-](?P<number>\d{1,2})[/.\-](?P<day>\d{1,2})\b",
)
_IN_WORDS = (
    rf"\b(?:the )?(?:{ORDINAL}|\d{{1,2}}(?:st|nd|rd|th)) (?:of )?{MONTH},? (?:in )?"
    rf"(?:nineteen|two thousand(?: and)?|twenty)(?:[ \-]hundred)?"
    rf"(?:[ \-](?:and )?(?:oh |o )?(?:{TEENS}|{TENS}|{ONES})){{0,2}}\b"
)
_SPOKEN_LATE = (
    r"(?:two thousand|twenty)(?:[ \-](?:and )?(?:one|ten|eleven|twelve|[a-z]+teen|twenty))"
)
_NO_YEAR = (
    rf"\b(?P<day>\d{{1,2}})(?: ?(?:st|nd|rd|th))? (?:of )?(?P<month>{MONTH})\b",
    rf"\b(?P<month>{MONTH}) (?:the )?{_DAY}\b",
    rf"\b(?:the )?{ORDINAL} (?:of )?{MONTH}\b",
    rf"\b{MONTH},? (?:in )?(?:19|20)\d\d\b",
)
_BORN = r"\b(?:born|births?|birthdays?|birthdate|dob|d o b)\b|\bd\.o\.b|\bb\. ?$"
_BORN_AFTER = (
    r"^[ ,;:().\-]{0,4}(?:is |was |as )?(?:my |his |her |their |your |the )?"
    r"(?:date of birth|dob|d\.o\.b|birthday|(?:when|where|i was|he was|she was) .{0,12}\bborn)\b"
)
_NEAR = 40
_BORN_BY = 2009
"""The last year in which somebody who took part is likely to have been born."""
_FIRST_YEAR = 1895


def find_dates_of_birth(data: bytes) -> Iterator[Identifier]:
    """Find dates of birth in lower-case text.

    That is any date that is said to be one, and any whole date with a year in which somebody who
    takes part could have been born. Dates of the years since are left if nothing says so.
    """
    for pattern in _IN_FIGURES:
        for match in matches(pattern, data):
            start, end = match.span()
            parts = {name: data[slice(*place)].decode() for name, place in groups(match).items()}
            if stands_alone(data, start, end) and _is_date(parts):
                yield from _date(data, start, end, _could_be_birth(parts["year"]))
    for match in matches(_IN_WORDS, data):
        early = compiled(_SPOKEN_LATE).search(match[0]) is None
        yield from _date(data, match.start(), match.end(), early)
    for number in spoken_numbers(data):
        yield from _date(data, number.start, number.end, False)
    for pattern in _NO_YEAR:
        for match in matches(pattern, data):
            yield from _date(data, match.start(), match.end(), False)


def _date(data: bytes, start: int, end: int, early: bool) -> Iterator[Identifier]:
    if words_before(data, start, _BORN, _NEAR) or compiled(_BORN_AFTER).search(
        data[end : end + _NEAR]
    ):
        yield identifier((start, end), "date of birth")
    elif early:
        yield Identifier(start, end, "date of birth", "[date]")


def _is_date(parts: dict[str, str]) -> bool:
    day, month = int(parts["day"]), parts.get("number")
    if month is None:
        return 1 <= day <= 31 and parts["month"][:3] in _MONTHS
    # Days may come first or second.
    low, high = sorted((day, int(month)))
    return 1 <= low <= 12 and high <= 31


def _could_be_birth(year: str) -> bool:
    if len(year) == 4:
        return _FIRST_YEAR <= int(year) <= _BORN_BY
    # Of this century: a day on which something was, or will be.
    return int(year.strip("'")) > 35
