"""Finds words with capitals that ordinary words would not have there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commonthread.folding import fold, tokens, word_set
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

# One word that begins with no small letter of English; its case is looked at later.
_WORD = re.compile(
    r"(?<![\w'\u2019])[^\W\d_a-z][\w\u0300-\u036f]*(?:[-'\u2019\u2010\u2011][^\W\d_][\w\u0300-\u036f]*)*"
)
_JOINT = re.compile(
    r"(?:(?<=[A-Z])\.)?[ \t]{1,2}(?:(?:de|de la|del|van|van der|von|der|bin|al|of|y|da|dos)[ \t])?"
    r"|(?<=[A-Z])\.|[ \t]&[ \t]"
)
_S = re.compile(r"['\u2019][sS]?$")
_CONTRACTED = re.compile(r"['\u2019](?:s|re|ve|ll|d|m|t)$", re.IGNORECASE)
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
    mrs ms miss prof sir madam q a covid am pm no ps nb eg ie
    """
)
_MONTHS_THAT_ARE_NAMES = word_set("april may june august")
_MOST_WORDS = 6
_NEXT_WORD = re.compile(r"[ \t]{1,3}([a-z]+)")


def find_capitals(text: str) -> Iterator[Candidate]:
    """Find words, and words in a row, with capitals in mid-sentence, or that are known as names."""
    done = 0
    for match in _WORD.finditer(text):
        if match.start() < done or not match[0][0].isupper():
            continue
        start, end, words = _run(text, match)
        done = end
        while words and _may_go(text, words[0]):
            words = words[1:]
        while words and _is_ordinary(words[-1][2]):
            words = words[:-1]
        if words:
            start, end = words[0][0], words[-1][1]
            yield Candidate(
                start, end, "initials" if _are_initials(text[start:end]) else "capitals"
            )


def _run(text: str, match: re.Match[str]) -> tuple[int, int, list[tuple[int, int, str]]]:
    """Give where words with capitals that follow one another begin and end, and each of them."""
    words = [_word(match)]
    while len(words) < _MOST_WORDS and not _ends_run(match[0]):
        joint = _JOINT.match(text, match.end())
        following = _WORD.match(text, joint.end()) if joint else None
        if following is None or not following[0][0].isupper():
            break
        match = following
        words.append(_word(match))
    return words[0][0], match.end(), words


def _word(match: re.Match[str]) -> tuple[int, int, str]:
    ending = _CONTRACTED.search(match[0]) or _S.search(match[0])
    end = match.start() + ending.start() if ending else match.end()
    return match.start(), end, match[0]


def _ends_run(word: str) -> bool:
    return _S.search(word) is not None


def _may_go(text: str, word: tuple[int, int, str]) -> bool:
    """Tell whether the first of words with capitals is an ordinary word there."""
    start, end, written = word
    if _is_ordinary(written) and not _is_name_of_month(text, start, end):
        return True
    if not starts_sentence(text, start):
        return False
    return not _is_name_at_start(text, written, end)


def _is_name_of_month(text: str, start: int, end: int) -> bool:
    """Tell whether a word such as April is not the month."""
    return (
        text[start:end].lower() in _MONTHS_THAT_ARE_NAMES
        and not starts_sentence(text, start)
        and not is_month(text, start, end, strictly=False)
    )


def _is_ordinary(written: str) -> bool:
    """Tell whether a word says nothing about anybody, even with a capital in mid-sentence."""
    plain = tokens(_CONTRACTED.sub("", written))
    if not plain:
        return True
    low = plain[0]
    if len(plain) > 1:
        return all(is_very_common(word) for word in plain)
    return (
        low in _NEVER
        or low in _DAYS
        or low in TITLES
        or is_very_common(low)
        or written.lower().replace("\u2019", "'").endswith("n't")
        or (written.isupper() and is_common_abbreviation(low))
    )


def _is_name_at_start(text: str, written: str, end: int) -> bool:
    """Tell whether the first word of a sentence is likely to be a name."""
    pieces = [
        fold(piece).text
        for piece in re.split(r"[-'\u2019\u2010\u2011]", _CONTRACTED.sub("", written))
    ]
    if len(pieces) > 1 and any(is_known_as_a_word(piece) for piece in pieces):
        return False
    low = "".join(pieces)
    if written.isupper() and len(written) > 1:
        # All of it may be in capitals.
        return not is_known(low)
    use = word_use(low)
    if use == "name":
        return not is_known_as_a_word(low)
    following = _NEXT_WORD.match(text, end)
    return use == "both" and following is not None and following[1] in PERSON_DOES


def _are_initials(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return len(letters) <= 3 and all(c.isupper() for c in letters)
