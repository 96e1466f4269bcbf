"""Reads numbers that are said digit by digit, or in other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from commonthread.identifiers.patterns import compiled, matches

_DIGITS = {
    "oh": "0", "o": "0", "zero": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9",
}  # fmt: skip
_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6",
    "seventy": "7", "eighty": "8", "ninety": "9",
}  # fmt: skip
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_WORDS = "|".join(
    sorted([*_DIGITS, *_TEENS, *_TENS, *_TIMES, "hundred", "thousand"], key=len)[::-1]
)
_TOKEN = rf"(?:{_WORDS}|\d{{1,6}})"
RUN = rf"\b{_TOKEN}(?:[ ,.\-]{{1,3}}(?:(?:and|er|um|then) )?{_TOKEN}){{2,40}}\b"
"""Three number words or more in a row, some of them perhaps in figures."""
_PART = rf"\b{_TOKEN}\b"
_WORD = rf"\b(?:{_WORDS})\b"


class Spoken(NamedTuple):
    """A number that was said: where, half open, and its words, each with its place and its digits.

    Of "double seven" the first word has no digits, the second has two.
    """

    start: int
    end: int
    tokens: tuple[tuple[int, int, str], ...]

    @property
    def digits(self) -> str:
        """Give all digits in a row."""
        return "".join(token for _, _, token in self.tokens)


def spoken_numbers(data: bytes) -> Iterator[Spoken]:
    """Find numbers of several words in lower-case text, such as "oh double seven four"."""
    for match in matches(RUN, data):
        if compiled(_WORD).search(match[0]) is None:
            continue
        tokens = []
        times, tens = 1, ""
        for part in matches(_PART, match[0]):
            word = part[0].decode("ascii")
            place = (match.start() + part.start(), match.start() + part.end())
            if word in _TIMES:
                times = _TIMES[word]
                tokens.append((*place, ""))
                continue
            if word in _TENS:
                if tens:
                    tokens[-1] = (*tokens[-1][:2], tens + "0")
                tens = _TENS[word]
                tokens.append((*place, ""))
                continue
            said = _DIGITS.get(word) or _TEENS.get(word) or (word if word.isdigit() else "")
            if tens:
                # "Forty two" is 42, "forty twelve" 40 and 12.
                alone = word in _DIGITS and said != "0"
                said = tens + said if alone else f"{tens}0{said}"
                tens = ""
            tokens.append((*place, said * times))
            times = 1
        if tens:
            tokens[-1] = (*tokens[-1][:2], tens + "0")
        yield Spoken(match.start(), match.end(), tuple(tokens))
