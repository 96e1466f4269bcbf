"""Reads speaker labels as they stand in files: a person, a label such as "Speaker 1", or nobody."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from commonthread.folding import plain_spelling, plain_typography, spelling, tokens, word_set

Kind = Literal["person", "generic", "nobody"]

TITLES = word_set(
    """
    dr prof professor mr mrs ms miss mx sir dame rev revd reverend doctor hon madam
    """
)
_AFTER_NAMES = word_set("jr sr ii iii iv phd md mbe obe cbe msc bsc rn frcp esq")

# One word, or words, that say what a speaker does and not who the speaker is.
_ROLES = word_set(
    """
    speaker participant interviewer interviewee interview facilitator cofacilitator moderator host
    cohost chair chairperson chairman chairwoman presenter panelist panellist respondent
    researcher practitioner contributor patient carer caregiver nurse doctor clinician student
    teacher audience member person voice voiceover narrator announcer interpreter translator
    reporter journalist editor photographer visitor curator staff tech technician operator
    question questioner answer questions answers q a qa q1 i r p s m f man woman male female lady
    gentleman boy girl child user guest client observer note notetaker notes scribe organiser
    organizer coordinator host team table group room public lay expert witness judge clerk co new
    first second third fourth other another unnamed anonymous attendee delegate volunteer
    commissioner
    comment comments department office committee council
    """
)
_ALSO_SURNAMES = word_set("child guest judge clerk man first second third new other co")
_NUMBER_WORDS = word_set("one two three four five six seven eight nine ten")
_SMALL_WORDS = word_set("the a an of from in at for and with")
_NOBODY = word_set(
    """
    unknown unidentified inaudible unclear indistinct undefined none na various several multiple
    many all both everyone everybody crosstalk together overlapping audience chorus crowd
    simultaneous
    """
)
_NOBODY_TOO = word_set(
    """
    speaker speakers voice voices person people participant participants member members male
    female man woman men women talking speech at once of the
    """
)
_BOT = re.compile(
    r"\bnote ?taker\b|\botter\.? ?ai\b|\bfireflies\b|\bread\.? ?ai\b|\bmeeting notes\b|"
    r"\bnotes by\b|\bfathom\b|\btl;?dv\b|\bai companion\b|\bmeetgeek\b|\bsembly\b|\bavoma\b|"
    r"\bsupernormal\b|\bassistant\b|\b(?:zoom|recording|meeting|transcription) ?bot\b|"
    r"\bcopilot\b|^(?:zoom|gemini|recorder|recording|live captions?|captions?)$"
)
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>)")
_SCREEN = re.compile(
    r"^(.+?)(?:'s|s'|')\s+(?:presentation|screen(?:[ -]?share)?|shared screen|i ?phone|i ?pad|"
    r"mac ?book(?: \w+)?|laptop|computer|phone|galaxy(?: \w+)?|pc)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^(?:[a-z]{1,2}|fac|int|mod|par|pat|ppi|ptp|pub|res|spk)[ _-]?\d{1,3}[a-z]?$|^\d+$"
)
_LONGEST_NAME = 6
_AFFILIATION = re.compile(r"\s*[|/@\u2022\u00b7]\s*|\s+(?:[-\u2013\u2014:])\s+|,\s+")


@dataclass(frozen=True)
class Label:
    """A speaker label.

    ``name`` is the label without what does not belong to a name; ``variants`` are the forms in
    which a participants list may hold it, most exact first; ``is_name`` tells whether it can be
    searched for in what people say.
    """

    kind: Kind
    name: str
    variants: tuple[str, ...]
    is_name: bool


def read_label(label: str) -> Label:
    """Read a speaker label as it stands in a file."""
    whole = " ".join(plain_typography(label).split())
    name = clean_name(whole)
    variants = tuple(dict.fromkeys(v for v in (whole, name, *_shorter(name)) if v))
    kind = _kind(whole, name)
    return Label(kind, name, variants, kind == "person" and _can_be_a_name(name))


def clean_name(label: str) -> str:
    """Take titles, brackets, "'s Presentation" and stray punctuation off a label."""
    name = " ".join(plain_typography(label).split())
    without = _BRACKETS.sub("", name).strip()
    if plain_spelling(without):
        name = without
    elif name[:1] in "([<":
        name = name.strip("()[]<> ")
    name = re.sub(r"[\s*:;,.\-_]+$", "", name) or name
    screen = _SCREEN.match(name)
    if screen:
        name = screen[1]
    words = name.split()
    while len(words) > 1 and _is_title(words[0]) and len(plain_spelling("".join(words[1:]))) > 1:
        words = words[1:]
    return " ".join(words)


def name_without_affiliation(name: str) -> str:
    """Give the person's part of a name such as "Name | Organisation"."""
    parts = [part.strip() for part in _AFFILIATION.split(name) if plain_spelling(part)]
    if len(parts) == 2 and "," in name and all(len(part.split()) == 1 for part in parts):
        return f"{parts[1]} {parts[0]}"
    named = [part for part in parts if not _is_generic(tokens(part))]
    return (named or parts or [name])[0]


def spells(name: str) -> tuple[str, str]:
    """Give what identifies a name, with accents and without; symbols count if it has no letter."""
    plain = plain_spelling(name)
    if plain:
        return spelling(name), plain
    symbols = "".join(c for c in unicodedata.normalize("NFKC", name) if not c.isspace())
    return symbols, symbols


def _shorter(name: str) -> list[str]:
    person = name_without_affiliation(name)
    return [person, clean_name(person)] if person != name else []


def _is_title(word: str) -> bool:
    return plain_spelling(word) in TITLES


def is_after_name(word: str) -> bool:
    """Tell whether a word in plain form stands after names: Jr, PhD."""
    return word in _AFTER_NAMES


def _is_generic(words: list[str]) -> bool:
    if not words:
        return False
    said = [w for w in words if not w.isdigit() and w not in _NUMBER_WORDS | _SMALL_WORDS]
    # "Speaker A", "Q", but not a nickname such as "g11tech".
    letter = len(said) < 2 or len(said[0]) > 1
    if all(letter if len(w) == 1 else _is_role(w) for w in said):
        return True
    # Numbered as diarisation and transcribers do it, with the kind of speaker before the number.
    return len(words) > 1 and words[-1].isdigit() and all(w in _ROLES for w in words[-2:-1])


def _is_role(word: str) -> bool:
    return word in _ROLES or word.removesuffix("s") in _ROLES


def names_a_role(words: list[str]) -> bool:
    """Tell whether words of a label say what its speakers do, as in "Hospital staff"."""
    return any(len(w) > 2 and w in _ROLES - _ALSO_SURNAMES for w in words)


def is_generic(name: str) -> bool:
    """Tell whether a name is a label such as "Speaker 1": another person in another source."""
    return _kind(name, clean_name(name)) == "generic"


def _kind(whole: str, name: str) -> Kind:
    if not any(c.isalnum() or unicodedata.category(c) == "So" for c in whole):
        return "nobody"
    low = whole.casefold()
    if _BOT.search(low):
        return "nobody"
    words = tokens(name)
    named = [w for w in words if not w.isdigit()]
    nobody = any(w in _NOBODY for w in named) and all(w in _NOBODY | _NOBODY_TOO for w in named)
    # "Audience member" is one person; "audience" is not.
    if nobody and named != ["audience", "member"]:
        return "nobody"
    if words and (_NUMBERED.match(name.casefold()) or _is_generic(words)):
        return "generic"
    return "person"


def _can_be_a_name(name: str) -> bool:
    words = [w for w in tokens(name) if not w.isdigit()]
    return bool(words) and len(words) <= _LONGEST_NAME
