"""Decides from what stands around it whether a word that could be a name is one."""

from __future__ import annotations

import re
import unicodedata

from commonthread.folding import word_set
from commonthread.speakers import TITLES

_MONTHS = word_set("april may june august")
_BEFORE_MONTHS = word_set("in since until till last next this early late mid around")
_PERHAPS_BEFORE_MONTHS = word_set("on by from to before after during through is also")
_OTHER_MONTH = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)
_NEAR = 18
_OFFICES = word_set(
    """
    minister president premier mayor councillor commissioner secretary director ambassador senator
    chairman chairwoman chairperson chair legislator lawmaker captain officer nurse sister brother
    auntie aunt uncle and but so hi hello hey thanks dear
    """
)
_ARTICLES = word_set("the a an")
_GREETINGS = word_set(
    """
    hi hello hey thanks thank dear cheers bye goodbye welcome sorry morning afternoon
    """
)
# What follows a verb or a noun, and hardly ever a name.
_AFTER_WORDS = word_set(
    """
    my your his her its our their the a an this that these those it them him me us any some each
    every all of out up down off
    """
)
# What people do, and what is said of them.
PERSON_DOES = word_set(
    """
    said says asked asks told tells thinks thought mentioned mentions suggested suggests explained
    explains agreed agrees talked talks spoke speaks raised wanted wants knew knows brought came
    went made gave took wrote pointed added noted argued felt feels loves hates joined left who
    sent sends told rang brings gives takes goes comes gets does drives lives sits keeps writes
    reads thinks hopes tries drove lived sat kept heard hears saw sees got had has says sorted
    helped tried worked ran paid drew showed met chaired invited offered promised phoned emailed
    """
)
_PERSON_IS = word_set(
    """
    is was has had will would can could might should does did isn't wasn't hasn't won't can't
    doesn't didn't
    """
)
_THEY_ARE = word_set("are were have do don't aren't weren't haven't")
_LETTERS = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"[ \t\n]{1,3}([^\W\d_]+(?:['\u2019][a-z]+)?)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \t\n]{1,3}$")
_TITLE_BEFORE = re.compile(r"\b([^\W\d_]+)(?:\.[ \t]{0,2}|[ \t]{1,2})$")
_ALWAYS_TITLES = word_set("dr mr mrs ms prof")
_ABBREVIATED = word_set("dr mr mrs ms prof rev revd hon mx")
_BEFORE_START = " \t\"'([{\u2018\u201c\u00ab*_\u00a0\u2013\u2014"
_OPENING = ('"', "'", "\u2018", "\u201c", "\u00ab")
_SENTENCE_ENDS = ".!?:;\n\u2026\u3002"
_LOOK_BACK = 32
# The full stop of an initial ends no sentence.
_INITIAL = re.compile(r"(?:^|[^\w])[A-Z]\.$")
# Who is introduced may be written small, even if the name is a word.
_INTRODUCED = re.compile(r"(?:\bname is|\bname's|\bnamed|\bcalled) $")
_SAYS_WHO = re.compile(r"(?:\b[Ii]['\u2019]m|\b[Ii] am|\b[Ii]t['\u2019]s|\b[Tt]his is) $")
_THERE = re.compile(r" (?:here|speaking)\b")
_LAST_INITIAL = re.compile(r" [A-Z](?:\.|-[A-Z]\b)")


def title_before(text: str, start: int) -> int:
    """Give where a title right before ``start``, such as "Mrs ", begins; ``start`` if none."""
    found = _TITLE_BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
    if found is None:
        return start
    low = found[1].lower()
    if "." in found[0] and low not in _ABBREVIATED:
        return start
    if low in _ALWAYS_TITLES or (low in TITLES and found[1][0].isupper()):
        return start - len(found[0])
    return start


def starts_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence starts at ``start``."""
    if text[max(0, start - 1) : start] in _OPENING:
        return True
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(_BEFORE_START)
    if not before:
        return start <= _LOOK_BACK
    return before[-1] in _SENTENCE_ENDS and _INITIAL.search(before) is None


def counts(
    rule: str, name: str, listed: bool, part: bool, capitals: bool, text: str, start: int, end: int
) -> bool:
    """Tell whether text[start:end], in which the form ``name`` was found, counts as the name.

    ``rule`` is one of ``name_forms.Rule``; ``capitals`` tells whether it also counts in capitals.
    """
    written = text[start:end]
    if rule == "exactly":
        return _as_written(written) == _as_written(name)
    if rule == "any case":
        return _counts_in_any_case(part, capitals, text, start, end)
    if rule == "listed word":
        return _counts_as_listed_word(capitals, text, start, end)
    if title_before(text, start) != start:
        return True
    if rule == "after title":
        return False
    words = _LETTERS.findall(_visible(written))
    if rule == "all capital":
        # A word that the name itself has in small letters, such as "van", may stay small.
        small = {w for w in _LETTERS.findall(_visible(name)) if w[0].islower()}
        return all(not w[0].islower() or w in small for w in words)
    if text[max(0, start - 1) : start] == "@":
        return True
    before = _WORD_BEFORE.search(text[max(0, start - _LOOK_BACK) : start])
    word_before = before[1].lower() if before else ""
    if not words or words[0][0].islower():
        return (rule == "capital" and word_before in _GREETINGS) or (
            listed and _is_introduced(text, start, end)
        )
    in_capitals = len(words[0]) > 1 and all(word.isupper() for word in words)
    if (in_capitals and not capitals) or word_before in _ARTICLES:
        return False
    if is_month(text, start, end, strictly=listed):
        return False
    if part and not listed and before and _goes_with(text, start, before[0]):
        return False
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].islower():
        return False
    return _counts_with_capital(
        rule, listed, part, text, end, in_capitals or starts_sentence(text, start)
    )


def _counts_as_listed_word(capitals: bool, text: str, start: int, end: int) -> bool:
    """Tell whether an ordinary word that is also a place or the like is meant as such."""
    words = _LETTERS.findall(_visible(text[start:end]))
    if not words or words[0][0].islower():
        return False
    in_capitals = len(words[0]) > 1 and words[0].isupper()
    if not starts_sentence(text, start) and (capitals or not in_capitals):
        return not is_month(text, start, end)
    found = _NEXT_WORD.match(text, end)
    if found is None:
        return True
    low = found[1].lower().replace("\u2019", "'")
    return low in _PERSON_IS or low in _THEY_ARE or low in PERSON_DOES


def _is_introduced(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start]
    if _INTRODUCED.search(before):
        return True
    return bool(_SAYS_WHO.search(before) and _THERE.match(text, end))


def _counts_in_any_case(part: bool, capitals: bool, text: str, start: int, end: int) -> bool:
    written = text[start:end]
    if not capitals and len(written) > 1 and written.isupper():
        return False
    if part and text[start - 1 : start] == "-" and written[0].islower():
        # The second half of somebody else's double name.
        return False
    return not is_month(text, start, end)


def _goes_with(text: str, start: int, before: str) -> bool:
    """Tell whether a name goes with the word before it, as in "City Hall"."""
    word = before.rstrip()
    return (
        word[0].isupper()
        and word.lower() not in _OFFICES
        and not starts_sentence(text, start - len(before))
    )


def _counts_with_capital(
    rule: str, listed: bool, part: bool, text: str, end: int, may_be_word: bool
) -> bool:
    found = _NEXT_WORD.match(text, end)
    after = found[1] if found else ""
    low = after.lower().replace("\u2019", "'")
    # "Long Lane": a name of something else.
    if listed and _LAST_INITIAL.match(text, end):
        return True
    in_other_name = after[:1].isupper() and not low.startswith(("i'", "i’")) and low != "i"
    if in_other_name and part and (rule == "strict" or not listed):
        return False
    if not may_be_word:
        return True
    if rule == "capital":
        return low not in _AFTER_WORDS
    if low in PERSON_DOES:
        return True
    if not listed:
        return False
    if low == "and":
        further = _NEXT_WORD.match(text, found.end()) if found else None
        return bool(further and further[1][0].isupper())
    return low in _PERSON_IS or not found


def is_month(text: str, start: int, end: int, strictly: bool = True) -> bool:
    """Tell whether a word is a month; not ``strictly`` means also where it might be a name."""
    if text[start:end].lower() not in _MONTHS:
        return False
    before, after = text[max(0, start - _LOOK_BACK) : start], text[end : end + _LOOK_BACK]
    if re.match(r"[ \t]{0,2}\d|[ \t](?:this|last|next) (?:year|time)", after):
        return True
    if re.search(r"\d(?:st|nd|rd|th)?(?: of)?[ \t]{0,2}$", before):
        return True
    if _OTHER_MONTH.search(before[-_NEAR:]) or _OTHER_MONTH.search(after[:_NEAR]):
        return True
    found = _WORD_BEFORE.search(before)
    word = found[1].lower() if found else ""
    if word == "of":
        return before.lower().rstrip().endswith(("end of", "middle of", "beginning of", "start of"))
    return word in _BEFORE_MONTHS or (not strictly and word in _PERHAPS_BEFORE_MONTHS)


def _visible(text: str) -> str:
    seen = (c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", "".join(seen))


def _as_written(text: str) -> str:
    return "".join(c for c in _visible(text) if c.isalnum())
