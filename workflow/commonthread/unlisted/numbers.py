"""Finds numbers, days and ages that may tell who somebody is, and letters said one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commonthread.identifiers.date_words import MONTH, ONES, TEENS, TENS
from commonthread.identifiers.patterns import matches
from commonthread.identifiers.spoken import spoken_numbers
from commonthread.unlisted.candidate import Candidate, Why
from commonthread.word_use import is_common_abbreviation

_FIGURES = r"[a-z]{0,4}[\-/]?\d[\da-z]*(?:[ \-./]\d[\da-z]*){0,8}"
_YEARS = r"^(?:19|20)\d\d(?:s|[\-/](?:(?:19|20)?\d\d))?$"
_MONEY = ("\u00a3", "$", "\u20ac")
_AMOUNT = (
    r"^ ?(?:%|per ?cent|pounds?|quid|p\b|euros?|dollars?|million|billion|thousand|k\b|people|years?"
    r"|hours?|minutes?|words?|pages?|times)"
)
_FEWEST_DIGITS = 4
_DAY = (
    rf"\b(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b(?:,? \d{{4}})?"
    rf"|\b{MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
    r"|\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d\d)\b|\b\d{4}-\d{2}-\d{2}\b"
)
_YEARS_SAID = rf"(?:{TEENS}|{TENS}(?:[ \-]{ONES})?)"
_AGE = (
    rf"\b(?:aged|age of|at the age of)(?: about| around)? (?:\d{{1,3}}|{_YEARS_SAID})\b"
    rf"|\b(?:\d{{1,3}}|{_YEARS_SAID})[ \-]years?[ \-](?:old|of age)\b"
)
_LETTERS = r"\b[a-z](?:(?:[.\-]| ?- ?|, |\. | )[a-z]){2,24}\b"
_FEWEST_SPOKEN = 4
_SIGN = r"[a-z0-9._\-]*@[a-z0-9._\-]+"
# Abbreviations that are written with full stops.
_SAID = frozenset({"dob", "nhs", "asap", "pto", "rsvp", "aka", "usa", "uk"})
_ARTICLES = frozenset({"a", "i", "o"})


def find_numbers(data: bytes, text: str) -> Iterator[Candidate]:
    """Find what is to be listed, days and ages first.

    ``data`` is the text in lower case, a byte for each code point.
    """
    for pattern in (_DAY, _AGE):
        for match in matches(pattern, data):
            yield _candidate(match.span(), "date")
    for number in spoken_numbers(data):
        said = number.digits
        one_by_one = sum(len(token) == 1 for _, _, token in number.tokens)
        if len(said) >= _FEWEST_SPOKEN and one_by_one >= len(number.tokens) - 1 >= 2:
            yield _candidate((number.start, number.end), "number")
    for match in matches(_FIGURES, data):
        if _is_number_of_something(text, *match.span()):
            yield _candidate(match.span(), "number")
    for match in matches(_SIGN, data):
        yield _candidate(match.span(), "sign")


def find_spelled(data: bytes) -> Iterator[Candidate]:
    """Find letters that are said one by one, as in "j-o-a-n"; ``data`` as for ``find_numbers``."""
    for match in matches(_LETTERS, data):
        letters = [letter for letter in match[0].decode("ascii") if letter.isalpha()]
        words = sum(letter in _ARTICLES for letter in letters)
        joined = "".join(letters)
        if len(letters) - words > 1 and not (joined in _SAID or is_common_abbreviation(joined)):
            yield _candidate(match.span(), "spelled")


def _candidate(place: tuple[int, int], why: Why) -> Candidate:
    return Candidate(*place, why)


def _is_number_of_something(text: str, start: int, end: int) -> bool:
    """Tell whether figures are a number that was given, and no year, amount or time."""
    if (
        text[start - 1 : start].isalnum()
        or text[start - 1 : start] in _MONEY
        or text[end : end + 1].isalnum()
    ):
        return False
    said = text[start:end].lower()
    count = sum(c.isdigit() for c in said)
    letters = sum(c.isalpha() for c in said)
    if (
        letters
        and count + letters >= _FEWEST_DIGITS
        and count > 1
        and not said.endswith(("s", "th", "st", "nd", "rd", "pm", "am", "k", "m", "bn"))
    ):
        return True
    if count < _FEWEST_DIGITS or re.match(_YEARS, said):
        return False
    return re.match(_AMOUNT, text[end : end + 12]) is None and "." not in said
