"""Finds words with capitals that ordinary words would not have there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from commonthread.folding import tokens, word_set
from commonthread.name_context import PERSON_DOES, is_month, starts_sentence
from commonthread.speakers import TITLES
from commonthread.unlisted.candidate import Candidate
from commonthread.word_use import (
    is_common_abbreviation,
    is_known,
    is_known_as_a_word,
    is_very_common,
    word_use,
)

_LAST_WITH_CASE = 0x2000
_CONTRACTED = re.compile(r"['\u2019](?:s|re|ve|ll|d|m|t)$", re.IGNORECASE)
_S = re.compile(r"['\u2019][sS]?$")
_HYPHENS = re.compile(r"[-'\u2019\u2010\u2011]")
_NEXT_WORD = re.compile(r"[ \t]{1,3}([a-z]+)")
_DAYS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
    fridays saturdays sundays january february march april may june july august september october
    november december jan feb mar apr jun jul aug sept sep oct nov dec christmas easter
    """
)
_NEVER = word_set(
    """
    i ok okay mhm mm mmm hm hmm uh uhm um umm erm er ah oh eh ooh yeah yep nope hi hello hey dr mr
    mrs ms miss prof sir madam q a covid am pm no ps nb eg ie nhs dob iban hello thanks thank
    nobody somebody everybody
    """
)
_MONTHS_THAT_ARE_NAMES = word_set("april may june august")
_MOST_WORDS = 6
# Paper sizes, rooms, doses.
_NO_NAME = re.compile(r"[A-Z]\d{1,2}")

AtStart = Literal["word", "perhaps", "name"]
"""What the first word of a sentence is, as far as can be told from the word alone."""


class _Word(NamedTuple):
    start: int
    end: int
    written: str


@cache
def _word_pattern() -> str:
    """Give the pattern of a word that begins with a capital, with what is joined to it."""
    capitals = "".join(
        chr(code)
        for code in range(ord("A"), _LAST_WITH_CASE)
        if unicodedata.category(chr(code)) in ("Lu", "Lt")
    )
    rest = r"[\w\u0300-\u036f]*"
    # What stands before is looked at last: it is quicker to look for a capital first.
    return rf"[{capitals}](?<![\w'\u2019].){rest}(?:[-'\u2019\u2010\u2011][^\W\d_]{rest})*"


@cache
def _words() -> re.Pattern[str]:
    return re.compile(_word_pattern())


@cache
def _runs() -> re.Pattern[str]:
    """Give the pattern of words with capitals that follow one another, with particles between."""
    word = _word_pattern()
    joint = (
        r"(?:(?:(?<=\b[A-Z])\.|(?<=\b[SMD][trs])\.)?[ \t]{1,2}"
        r"(?:(?:de|de la|del|van|van der|von|der|bin|al|of|of the|y|da|dos)[ \t])?"
        r"|(?<=\b[A-Z])\.|[ \t]&[ \t])"
    )
    return re.compile(rf"{word}(?:{joint}{word}){{0,{_MOST_WORDS - 1}}}")


def find_capitals(text: str) -> Iterator[Candidate]:
    """Find words, and words in a row, with capitals in mid-sentence, or that are known as names."""
    for match in _runs().finditer(text):
        written = match[0]
        if is_ordinary(written):
            if _is_name_of_month(text, *match.span()):
                yield Candidate(match.start(), match.end(), "capitals")
            continue
        words: list[_Word] = []
        for place, one in _single_words(text, match):
            ending = _CONTRACTED.search(one) or _S.search(one)
            words.append(_Word(place, place + (ending.start() if ending else len(one)), one))
            if ending:
                yield from _listed(text, words)
                words = []
        yield from _listed(text, words)


def _single_words(text: str, run: re.Match[str]) -> list[tuple[int, str]]:
    """Give each word with a capital of a run, and where it starts."""
    if run[0].replace("-", "").isalpha():
        return [(run.start(), run[0])]
    return [(word.start(), word[0]) for word in _words().finditer(text, *run.span())]


def _listed(text: str, words: list[_Word]) -> Iterator[Candidate]:
    """Give what is left of words in a row without those that say nothing about anybody."""
    while words and _may_go(text, words):
        words = words[1:]
    while words and (words[-1].written.lower() in _NEVER or _NO_NAME.fullmatch(words[-1].written)):
        words = words[:-1]
    if words:
        start, end = words[0].start, words[-1].end
        yield Candidate(start, end, "initials" if _are_initials(text[start:end]) else "capitals")


def _may_go(text: str, words: list[_Word]) -> bool:
    """Tell whether the first of words with capitals is an ordinary word there."""
    first = words[0]
    low = first.written.lower()
    if low in _NEVER or low in TITLES:
        return True
    at_start = starts_sentence(text, first.start)
    if is_ordinary(first.written):
        alone = len(words) == 1 or at_start or low in _DAYS
        return alone and not _is_name_of_month(text, first.start, first.end)
    if not at_start:
        return False
    if len(words) > 1 and len(first.written) == 1:
        return False
    how = at_start_of_sentence(first.written)
    if how == "perhaps":
        following = _NEXT_WORD.match(text, first.end)
        runs_on = len(words) > 1 and not is_ordinary(words[1].written)
        return not (runs_on or (following is not None and following[1] in PERSON_DOES))
    return how == "word"


def _is_name_of_month(text: str, start: int, end: int) -> bool:
    """Tell whether a word such as April is not the month."""
    return (
        text[start:end].lower() in _MONTHS_THAT_ARE_NAMES
        and not starts_sentence(text, start)
        and not is_month(text, start, end, strictly=False)
    )


@lru_cache(maxsize=50_000)
def is_ordinary(written: str) -> bool:
    """Tell whether a word says nothing about anybody, even with a capital in mid-sentence."""
    plain = tokens(_CONTRACTED.sub("", written))
    if not plain:
        return True
    low = plain[0]
    if len(plain) > 1:
        return all(is_very_common(word) for word in plain) and " " not in written
    return (
        low in _NEVER
        or low in _DAYS
        or low in TITLES
        or is_very_common(low)
        or written.lower().replace("\u2019", "'").endswith("n't")
        or (written.isupper() and is_common_abbreviation(low))
    )


@lru_cache(maxsize=50_000)
def at_start_of_sentence(written: str) -> AtStart:
    """Tell what a word is that may have its capital because a sentence starts with it."""
    pieces = ["".join(tokens(piece)) for piece in _HYPHENS.split(_CONTRACTED.sub("", written))]
    if len(pieces) > 1 and any(is_known_as_a_word(piece) for piece in pieces):
        return "word"
    low = "".join(pieces)
    if written.isupper() and len(written) > 1:
        # All of it may be in capitals.
        return "word" if is_known(low) else "name"
    use = word_use(low)
    if use == "name":
        return "word" if is_known_as_a_word(low) else "name"
    return "perhaps" if use == "both" else "word"


def _are_initials(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return len(letters) <= 3 and all(c.isupper() for c in letters)
