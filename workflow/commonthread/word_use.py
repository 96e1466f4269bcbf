"""Tells names that are also ordinary words from those that are not."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib import resources
from typing import Literal

from commonthread.folding import word_set

Use = Literal["name", "both", "word"]
"""How a word is used: as a name only, as a name about as often as otherwise, or seldom as a name."""

# How often words are written in lower case, with a capital, and in capitals: natural logarithms
# of probabilities that come with spacy-lookups-data, most frequent first.
_PACKAGE, _FILE = "spacy_lookups_data", "data/en_lexeme_prob.json.gz"
_BYTES = 2_500_000
_ENTRY = re.compile(r'"([A-Za-z]{2,14})":(-\d+\.\d+)')
_RARE = -16.0
# Chosen by looking at some 120 words that are names as well.
_COMMON, _VERY_COMMON = -10.0, -9.0
_SELDOM_IN_LOWER_CASE = -14.0
_MORE_OFTEN_CAPITAL = 1.0
_LESS_OFTEN_CAPITAL = -1.4
_COMMON_IN_CAPITALS = -13.5
_MUCH = 2.0
_KNOWN = -15.0
_KNOWN_NAME, _MUCH_MORE, _SELDOM_IN_TALK = -15.95, 1.5, -13.0

# For when the figures are not there.
_ALSO_NAMES = word_set(
    """
    angel art ash bell bill bishop bridge brook brown carol chance chuck cook crystal dale dawn
    dean drew eve faith field flora frank gene ginger grace grant gray green hall harper hill hope
    hunter iris ivy jack joy king lane lee long mark may max miles miller norm olive park pat
    pearl penny pierce poppy price ray rich rob robin rose ruby rusty sage sandy short sky stone
    sue summer wade wells west white will wood woods young
    """
)


@cache
def _figures() -> dict[str, float]:
    try:
        file = resources.files(_PACKAGE).joinpath(_FILE)
        with file.open("rb") as packed, gzip.GzipFile(fileobj=packed) as unpacked:
            text = unpacked.read(_BYTES).decode("utf-8", "ignore")
    except (ModuleNotFoundError, OSError):
        return {}
    return {found[1]: float(found[2]) for found in _ENTRY.finditer(text)}


def word_use(word: str) -> Use:
    """Say how English uses a word, from how often it is written with and without a capital.

    A word that is hardly ever written in lower case, or at least e times more often with a
    capital, is a name.
    """
    low = word.lower()
    figures = _figures()
    if not figures:
        return "word" if low in _ALSO_NAMES else "name"
    in_lower_case = figures.get(low, _RARE)
    if in_lower_case < _SELDOM_IN_LOWER_CASE:
        return "name"
    with_capital = figures.get(low.capitalize(), _RARE)
    if in_lower_case > _COMMON and max(in_lower_case, with_capital) > _VERY_COMMON:
        # Such as interjections, which mostly begin a sentence.
        return "word"
    difference = with_capital - in_lower_case
    if difference >= _MORE_OFTEN_CAPITAL:
        return "name"
    return "both" if difference >= _LESS_OFTEN_CAPITAL else "word"


def more_common_in_capitals(word: str) -> bool:
    """Tell whether English writes this word rather in capitals, or does not know it at all."""
    figures = _figures()
    return figures.get(word.upper(), _RARE) >= figures.get(word.capitalize(), _RARE)


def common_in_capitals(word: str) -> bool:
    """Tell whether English writes this word in capitals for something else, as in "AI" or "TED"."""
    figures = _figures()
    in_capitals = figures.get(word.upper(), _RARE)
    with_capital = figures.get(word.capitalize(), _RARE)
    return in_capitals > _COMMON_IN_CAPITALS and in_capitals > with_capital - _MUCH


def is_known(word: str) -> bool:
    """Tell whether English knows this word, with a capital or without."""
    figures = _figures()
    return max(figures.get(word.lower(), _RARE), figures.get(word.capitalize(), _RARE)) > _KNOWN


def is_known_as_a_word(word: str) -> bool:
    """Tell whether English writes this word in lower case, and not much more often otherwise."""
    figures = _figures()
    in_lower_case = figures.get(word.lower(), _RARE)
    return in_lower_case > _RARE and (
        figures.get(word.capitalize(), _RARE) - in_lower_case < _MORE_OFTEN_CAPITAL
    )


def is_common_abbreviation(word: str) -> bool:
    """Tell whether everybody knows this word in capitals, as "UK" or "TV"."""
    return _figures().get(word.upper(), _RARE) > _COMMON_IN_CAPITALS


def names_in_small_letters() -> frozenset[str]:
    """Give the words, in lower case, that English writes with a capital much more often."""
    figures = _figures()
    return frozenset(
        word.lower()
        for word, with_capital in figures.items()
        if word[1:].islower()
        and word[0].isupper()
        and len(word) > 2
        and with_capital > _KNOWN_NAME
        and figures.get(word.lower(), _RARE) < min(with_capital - _MUCH_MORE, _SELDOM_IN_TALK)
    )


def is_very_common(word: str) -> bool:
    """Tell whether this is one of the few hundred words that English uses most, in lower case."""
    return _figures().get(word.lower(), _RARE) > _VERY_COMMON
