"""Brings text and names into one plain form in which every spelling of a name looks alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

# Typographic characters, each replaced by one plain character, so that most text is then ASCII
# and its offsets stay as they are.
_PLAIN = {
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "`": "'",
    "\u00b4": "'",
    "\u2032": "'",
    "\uff07": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u2026": ".",
    "\u00a0": " ",
    "\u202f": " ",
}
# Letters with a stroke or joined letters, which Unicode does not take apart.
_STROKED = {
    "\u00f8": "o",
    "\u0142": "l",
    "\u0111": "d",
    "\u00f0": "d",
    "\u0127": "h",
    "\u0131": "i",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00fe": "th",
}
_ACCENTS = ((0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
# Invisible characters that may stand for a space between words, or inside a word.
INVISIBLE_SPACES = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e"

# Scripts that are written without spaces, or with endings joined to a name.
_NO_SPACES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3130, 0x318F),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def _in(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _class_of(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


UNSPACED = re.compile(f"[{_class_of(_NO_SPACES)}]+")
"""A stretch of a script without spaces between words."""


@cache
def _marks() -> str:
    """Give a character class of the marks that belong to a letter, such as Indic vowel signs."""
    ranges: list[list[int]] = []
    for code in range(0x370, 0x11800):
        if unicodedata.category(chr(code)) in ("Mn", "Mc"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


@cache
def token_pattern() -> re.Pattern[str]:
    """Give the pattern of one token: a run of letters with their marks, or a run of digits.

    A stretch of a script without spaces is a token of its own.
    """
    unspaced = _class_of(_NO_SPACES)
    return re.compile(
        rf"[a-z]+(?![^\W\d_{unspaced}]|[{_marks()}])|[{unspaced}]+"
        rf"|(?:(?![{unspaced}])[^\W\d_]|[{_marks()}])+|\d+"
    )


@cache
def fold_character(character: str) -> str:
    """Give the plain form of one character: no accent, no case, compatibility forms undone."""
    code = ord(character)
    if unicodedata.category(character) == "Cf" or _in(code, _SELECTORS):
        return ""
    made = []
    for part in unicodedata.normalize("NFKD", _PLAIN.get(character, character)):
        if not _in(ord(part), _ACCENTS):
            for low in part.casefold():
                made.append(_STROKED.get(low, low))
    return unicodedata.normalize("NFKD", "".join(made))


class Folded(NamedTuple):
    """A text in plain form. ``starts[i]`` is where its i-th character came from.

    ``starts`` has one more entry, the length of the original, and is None where every character
    stands at its old place.
    """

    text: str
    starts: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original of a stretch that is not empty, with trailing marks."""
        if self.starts is None:
            return start, end
        return self.starts[start], max(self.starts[end], self.starts[end - 1] + 1)


def plain_typography(text: str) -> str:
    """Replace typographic quotes, dashes and spaces one for one."""
    if text.isascii():
        return text.replace("`", "'")
    for typographic, plain in _PLAIN.items():
        if typographic in text:
            text = text.replace(typographic, plain)
    return text


def fold(text: str, invisible: str = "") -> Folded:
    """Bring a text into plain form; ``invisible`` replaces invisible spaces such as U+200B."""
    return _fold_plain(plain_typography(text), invisible)


def fold_all(texts: Sequence[str]) -> list[Folded]:
    """Bring texts into plain form, many at once."""
    plain = plain_typography("\n".join(texts))
    ends = list(accumulate(len(text) + 1 for text in texts))
    low = plain.lower() if plain.isascii() else None
    places = zip([0, *ends], ends, strict=False)
    if low is not None:
        return [Folded(low[start : end - 1], None) for start, end in places]
    return [_fold_plain(plain[start : end - 1]) for start, end in places]


def _fold_plain(text: str, invisible: str = "") -> Folded:
    if text.isascii():
        return Folded(text.lower(), None)
    made: list[str] = []
    starts: list[int] = []
    for place, character in enumerate(text):
        plain = fold_character(character)
        if not plain and invisible and character in INVISIBLE_SPACES:
            plain = invisible
        made.append(plain)
        starts.extend([place] * len(plain))
    starts.append(len(text))
    return Folded("".join(made), starts)


def word_set(words: str) -> frozenset[str]:
    """Give the set of the words in a text."""
    return frozenset(words.split())


def tokens(text: str) -> list[str]:
    """Give the words and numbers of a text in plain form."""
    return token_pattern().findall(fold(text).text)


@lru_cache(maxsize=50_000)
def plain_words(text: str) -> str:
    """Give the words of a text in plain form, so that case, accents, signs and spaces do not count."""
    return " ".join(tokens(text))


def spelling(text: str) -> str:
    """Give what identifies a name when accents count: letters and digits, without case."""
    plain = unicodedata.normalize("NFKC", plain_typography(text)).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return "".join(token_pattern().findall(unicodedata.normalize("NFC", plain)))


def plain_spelling(text: str) -> str:
    """Give what identifies a name when accents do not count either; empty without any letter."""
    return "".join(tokens(text))
