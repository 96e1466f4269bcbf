"""Finds names that are written small: by what stands before them, or because they are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from commonthread.folding import tokens, word_set
from commonthread.identifiers.patterns import as_bytes, matches
from commonthread.unlisted.candidate import Candidate
from commonthread.word_use import is_known_as_a_word, is_very_common, names_in_small_letters

_KIN = (
    r"(?:(?:grand)?(?:son|daughter|child|mother|father)|brother|sister|cousin|aunt|auntie|uncle"
    r"|niece|nephew|husband|wife|partner|friend|neighbour|mum|dad|nan|boss|colleague|carer)"
)
_INTRODUCED = (
    r"\b(?:name is|name's|name was|name:|names are|named|who's called|calls? (?:me|him|her)|called"
    rf"|known as|my (?:late |old |own |best |eldest |youngest )?{_KIN}|(?:his|her|their) {_KIN})"
    r" +(?:(?:dr|mr|mrs|ms|miss)\.? +)?"
)
_NAME_IS = re.compile(rb"name(?: is|'s| was|s are|:) +$")
_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]*(?:[-\u2010\u2011][^\W\d_][\w\u0300-\u036f]*)*")
_FURTHER = re.compile(r" ([^\W\d_][\w\u0300-\u036f]*)")
# The figures see names in days, months, and words whose apostrophe is missing.
_NOT_NAMES = word_set(
    """
    monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday
    saturdays sunday sundays january february march april may june july august september october
    november december christmas easter english internet god lol im ive didnt dont cant lets isnt
    wasnt doesnt wouldnt couldnt shouldnt havent hasnt hadnt arent werent thats hes shes whats
    theres youre theyre weve youve theyve
    """
)


@cache
def _names() -> str:
    names = sorted(names_in_small_letters() - _NOT_NAMES)
    return r"\b(?:" + "|".join(names) + r")\b"


def find_introduced(data: bytes, text: str) -> Iterator[Candidate]:
    """Find words that are said to be a name; ``data`` is the text in lower case, as bytes."""
    for match in matches(_INTRODUCED, data):
        word = _WORD.match(text, match.end())
        if word is None or not _may_be_name(word[0], match[0]):
            continue
        further = _FURTHER.match(text, word.end())
        name = further is not None and not _is_word(further[1])
        yield Candidate(
            word.start(), further.end() if further and name else word.end(), "introduced"
        )


def find_small(text: str) -> Iterator[Candidate]:
    """Find words without a capital that English writes with one."""
    for match in matches(_names(), as_bytes(text)):
        yield Candidate(match.start(), match.end(), "capitals")


def _may_be_name(word: str, before: bytes) -> bool:
    if len(word) < 2 or is_very_common("".join(tokens(word))):
        return False
    return _NAME_IS.search(before) is not None or not _is_word(word)


def _is_word(word: str) -> bool:
    return all(is_known_as_a_word(piece) or is_very_common(piece) for piece in tokens(word))
