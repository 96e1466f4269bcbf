"""Finds names that are written small: by what stands before them, or because they are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from commonthread.folding import Folded, token_pattern, word_set
from commonthread.unlisted.candidate import Candidate
from commonthread.word_use import is_known_as_a_word, is_very_common, names_in_small_letters

_INTRODUCED = re.compile(
    r"\b(?:name is|name's|name was|names are|named|is called|was called|are called|calls? (?:me|him|her"
    r"|them)|called (?:me|him|her)|who's called|called|known as|surname is|first name is)"
    r"[ ,:]{1,3}(?:(?:dr|mr|mrs|ms|miss)\.? )?"
)
_NAME_IS = re.compile(r"name(?: is|'s| was|s are)[ ,:]{1,3}$")
_SAYS_WHO = re.compile(r"\b(?:i'm|i am|this is|it's|signed|from) ")
# In days and months the figures see names.
_NOT_NAMES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december christmas easter english internet im ive didnt
    dont cant isnt wasnt doesnt wouldnt couldnt thats hes shes whats ok god lol
    """
)


@cache
def _names() -> frozenset[str]:
    return names_in_small_letters() - _NOT_NAMES


def find_small(text: str, folded: Folded) -> Iterator[Candidate]:
    """Find names without a capital in a text; places are those in its lower-case form."""
    plain = folded.text
    for match in _INTRODUCED.finditer(plain):
        word = token_pattern().match(plain, match.end())
        if word is None or word[0].isdigit() or not _may_be_name(word[0], match[0]):
            continue
        end = word.end()
        further = token_pattern().match(plain, end + 1) if plain[end : end + 1] in " -" else None
        if further and not is_known_as_a_word(further[0]) and not further[0].isdigit():
            end = further.end()
        yield Candidate(word.start(), end, "introduced")
    if not _names().isdisjoint(plain.replace("'", " ").replace(",", " ").replace(".", " ").split()):
        for word in token_pattern().finditer(plain):
            if word[0] in _names():
                yield Candidate(word.start(), word.end(), "capitals")


def _may_be_name(word: str, before: str) -> bool:
    if is_very_common(word) or len(word) < 2:
        return False
    return _NAME_IS.search(before) is not None or not is_known_as_a_word(word)
