"""What one person said of words that nobody had listed, as it stands in a file that came back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from commonthread.folding import plain_words
from commonthread.listed_words import Kind
from commonthread.problems import suggest
from commonthread.returned.saved_json import Unusable

# What a person calls each kind, in the order in which they are offered.
MARKS: Mapping[Kind, str] = {
    "person": "Name",
    "place": "Place",
    "organisation": "Organisation",
    "other": "Other",
    "harmless": "Harmless",
}
MOST_LETTERS = 500

_MEANT: Mapping[str, Kind] = {
    **{kind: kind for kind in get_args(Kind)},
    **{mark.casefold(): kind for kind, mark in MARKS.items()},
    "organization": "organisation",
    "replace": "other",
    "replace with": "other",
}
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
# Signs that turn the direction of the words after them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Answer:
    """What a person said of words: what they are, and what to put in their place.

    ``replacement`` is empty where the person named none. ``where`` says where it stands in the
    study's folder. ``date`` is in ISO 8601; empty if not known.
    """

    words: str
    kind: Kind
    replacement: str
    where: str
    date: str

    @property
    def entry(self) -> str:
        """The words in plain form: answers about the same are about one thing."""
        return plain_words(self.words)


def one_line(text: str) -> str:
    """Give a text in one line, without what cannot be seen or turns the direction of words."""
    return " ".join(_CONTROLS.sub(" ", _TURNING.sub("", text)).split())


def answer(words: str, mark: str, replacement: str, where: str, date: str = "") -> Answer | None:
    """Make an answer of what a person wrote; None if they have not answered yet.

    ``mark`` is a kind or what a person calls it; without one, but with a replacement, the words are
    of another kind. Raises Unusable for what is not understood, or contradicts itself.
    """
    words, replacement = _line(words, "words"), _line(replacement, "replace with")
    written = " ".join(mark.split()).casefold()
    if not written and not replacement:
        return None
    kind = _MEANT.get(written or "other")
    if kind is None:
        near = suggest(written, map(str.casefold, MARKS.values())) if len(written) < 40 else ""
        raise Unusable(f"The mark is none of {', '.join(MARKS.values())}.{near}")
    plain = plain_words(words)
    if not plain:
        raise Unusable("It does not say which words it is about.")
    if kind == "harmless" and replacement:
        raise Unusable("The words are marked as harmless, and yet something is to replace them.")
    if f" {plain} " in f" {plain_words(replacement)} ":
        raise Unusable("What is to replace the words has the words in it.")
    return Answer(words, kind, replacement, where, date)


def _line(text: str, name: str) -> str:
    if len(text) > MOST_LETTERS:
        raise Unusable(f"Under {name} stand more than {MOST_LETTERS} characters.")
    return one_line(text)
