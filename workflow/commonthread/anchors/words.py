"""Takes texts apart into words that can be compared: folded, and with every pseudonym alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from commonthread.folding import UNSPACED, Folded, fold, token_pattern
from commonthread.names import SOMEBODY

NAME = "\ue000"
"""Stands for a pseudonym, whoever it is."""

_EMOJI = "[\u2600-\u27bf\U0001f300-\U0001faff]"
_NUMBER = re.compile(r"\s+\d+$")
# Who has no role gets this one, so that it may stand in what was coded and nowhere today.
_ALWAYS = "Participant 1"


class WordReader:
    """Finds the words of a text.

    Case, accents, typography and punctuation make no difference. A number is a word, and so is
    each sign of a script without spaces, and each emoji. A pseudonym, which is a role and a number or "[name]", is
    one word and like any other pseudonym.
    """

    def __init__(self, pseudonyms: Iterable[str]) -> None:
        """Take all pseudonyms that may stand in a text; of each only the role counts."""
        roles = {_NUMBER.sub("", fold(each).text).strip() for each in (_ALWAYS, *pseudonyms)}
        # Longest first: a role may begin with another one.
        names = [
            r"\s+".join(map(re.escape, role.split())) + r"\s+\d+"
            for role in sorted(roles - {""}, key=lambda role: (-len(role), role))
        ]
        masked = "|".join([*names, re.escape(SOMEBODY)])
        one_sign = UNSPACED.pattern.removesuffix("+")
        self._pattern = re.compile(f"{masked}|{one_sign}|{_EMOJI}|{token_pattern().pattern}")
        # The same for text of ASCII alone, three times as fast.
        self._ascii = re.compile(rf"{masked}|[a-z]+|\d+")

    def words(self, text: str) -> list[str]:
        """Give the words of a text."""
        return [mask(word) for word in self.raw_words(fold(text))]

    def raw_words(self, folded: Folded) -> list[str]:
        """Give the words of a folded text, with pseudonyms as they stand; ``mask`` masks them."""
        pattern = self._ascii if folded.text.isascii() else self._pattern
        return pattern.findall(folded.text)

    def spans(self, folded: Folded) -> list[tuple[int, int]]:
        """Give where each word stands in the text that was folded: half-open offsets."""
        pattern = self._ascii if folded.text.isascii() else self._pattern
        return [folded.span(*found.span()) for found in pattern.finditer(folded.text)]


def mask(word: str) -> str:
    """Give the word, or the sign that stands for every pseudonym."""
    if word.isalnum():
        return word
    return NAME if word == SOMEBODY or len(word.split()) > 1 else word
