"""Gives the forms in which a name can occur in what people say, and how each is to be searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from commonthread.folding import (
    UNSPACED,
    fold,
    plain_spelling,
    plain_typography,
    tokens,
    word_set,
)
from commonthread.speakers import (
    TITLES,
    clean_name,
    is_after_name,
    is_generic,
    name_without_affiliation,
    names_a_role,
)
from commonthread.word_use import Use, is_very_common, more_common_in_capitals, word_use

Rule = Literal[
    "any case", "capital", "strict", "all capital", "exactly", "after title", "listed word"
]
"""When a form counts as the name.

- any case: always;
- capital: with a capital, unless what stands around makes it a word;
- strict: with a capital in mid-sentence, at the start of a sentence only before what a person does;
- all capital: every word with a capital;
- exactly: only as written, letter for letter;
- after title: only after a title such as Mrs;
- listed word: an ordinary word that is listed as a place or the like: with a capital.
"""

_PARTICLES = word_set(
    """
    de la le les du des da do dos das di del della der den van von vom zu zur ter ten te y e i al
    el bin ibn ben abu bint af av of the and o mac mc st san santa
    """
)
# Surnames that are also places, peoples or languages, and are nearly always meant as such.
_PLACES = word_set(
    """
    africa african america american asia asian australia australian austria austrian belgium
    belgian brazil brazilian britain british canada canadian china chinese danish denmark dutch
    england english europe european finland finnish france french german germany greece greek
    holland hungary hungarian iceland india indian ireland irish israel israeli italian italy
    japan japanese korea korean london mexico mexican nigeria norway norwegian poland polish
    portugal portuguese roman russia russian scotland scottish scots singapore spain spanish
    sweden swedish swiss switzerland taiwan taiwanese thai turkey turkish ukraine wales welsh
    hong kong york zealand angeles francisco monday tuesday wednesday thursday friday saturday sunday
    """
)
_LONG_ENOUGH_IN_PART = 4
_INITIALS = 3


@dataclass(frozen=True)
class Form:
    """A form of a name: its text, whether it is only a part of the name, and when it counts."""

    text: str
    part: bool
    rule: Rule


def forms(
    name: str,
    also_known_as: tuple[str, ...] = (),
    listed: bool = True,
    use: Callable[[str], Use] = word_use,
) -> list[Form]:
    """Give all forms of a person's name to search for, each once.

    A listed name is searched with all its parts. Of a name that was only found as a label, what
    may be a word is searched more carefully, and nothing is that English uses as words only.
    ``use`` says how English uses a word.
    """
    found: dict[str, Form] = {}
    for written in (name, *also_known_as):
        if is_generic(written):
            continue
        for form in _forms_of(written, listed, use):
            kept = found.setdefault(form.text, form)
            if kept.part and not form.part:
                found[form.text] = form
    return list(found.values())


def word_forms(words: str, use: Callable[[str], Use] = word_use) -> list[Form]:
    """Give all forms of a place, an organisation or the like to search for, each once.

    One ordinary word counts with a capital only, and so do several that are all very common.
    """
    found: dict[str, Form] = {}
    for written in _other_spellings(words):
        plain = tokens(written)
        if len(plain) == 1:
            rule: Rule = "any case" if use(plain[0]) == "name" else "listed word"
        else:
            common = all(word in _PARTICLES or is_very_common(word) for word in plain)
            rule = "all capital" if common else "any case"
        found.setdefault(written, Form(written, False, rule))
    return list(found.values())


def _other_spellings(words: str) -> Iterator[str]:
    """Give words as listed, without "the", with "saint" for "st", "and" for "&", "s" for "'s"."""
    plain = plain_typography(words)
    started = re.sub(r"^the ", "", plain, flags=re.IGNORECASE)
    for text in dict.fromkeys((plain, started)):
        for joined in (text, re.sub(r" ?& ?", " and ", text), re.sub(r" and ", " & ", text)):
            for saint in (
                joined,
                re.sub(r"\bst\b\.?", "Saint", joined, flags=re.IGNORECASE),
                re.sub(r"\bsaint\b", "St", joined, flags=re.IGNORECASE),
            ):
                for spelling in (saint, re.sub(r"'s\b", "s", saint, flags=re.IGNORECASE)):
                    if tokens(spelling):
                        yield spelling


def _forms_of(written: str, listed: bool, use: Callable[[str], Use]) -> Iterator[Form]:
    whole = clean_name(written)
    person = clean_name(name_without_affiliation(whole))
    if person != whole and len(tokens(whole)) > len(tokens(person)):
        yield Form(whole, False, "all capital")
    for stretch in UNSPACED.findall(person):
        if len(stretch) > 1:
            yield Form(stretch, False, "any case")
    words = [w for w in re.split(r"[\s,;]+", UNSPACED.sub(" ", person)) if plain_spelling(w)]
    while len(words) > 1 and is_after_name(plain_spelling(words[-1])):
        words.pop()
    if not words:
        return
    if len(words) == 1:
        yield from _one_word(words[0], listed, use)
    else:
        yield from _several_words(words, listed, use)


def _one_word(word: str, listed: bool, use: Callable[[str], Use]) -> Iterator[Form]:
    plain = plain_spelling(word)
    if len(plain) < 2 or plain in TITLES or (not listed and plain in _PLACES):
        return
    if _are_initials(word):
        if listed:
            yield Form(word, False, "exactly")
        return
    how = _hyphened_use(word, use)
    if not listed and (how == "word" and not word[:1].isupper()):
        return
    yield Form(word, False, _rule(word, how))
    yield from _pieces(word, use)


def _several_words(words: list[str], listed: bool, use: Callable[[str], Use]) -> Iterator[Form]:
    uses = [_hyphened_use(w, use) for w in words]
    counted = [
        how
        for word, how in zip(words, uses, strict=True)
        if plain_spelling(word) not in _PARTICLES and len(plain_spelling(word)) > 1
    ]
    only_words = bool(counted) and all(how == "word" for how in counted)
    sure = "name" in counted or (listed and bool(counted) and not only_words)
    rule: Rule = "any case" if sure else "all capital"
    yield Form(" ".join(words), False, rule)
    plain_words = tokens(" ".join(words))
    if not listed and (
        only_words
        or not counted
        or names_a_role(plain_words)
        or any(word.isdigit() for word in plain_words)
    ):
        return
    yield Form(f"{words[-1]}, {' '.join(words[:-1])}", False, "all capital")
    if listed:
        yield from _with_initials(words)
    if len(words) > 2:
        yield Form(f"{words[0]} {words[-1]}", False, rule)
        for start in range(1, len(words) - 1):
            if plain_spelling(words[start]) in _PARTICLES:
                yield Form(" ".join(words[start:]), True, "all capital")
                yield Form(" ".join([words[0], *words[start:]]), False, rule)
    for word, how in zip(words, uses, strict=True):
        plain = plain_spelling(word)
        if len(plain) < 2 or plain in _PARTICLES or plain in TITLES or _are_initials(word):
            continue
        if plain in _PLACES:
            yield Form(word, True, "after title")
            continue
        if not listed and not word[:1].isupper() and how != "name":
            continue
        yield Form(word, True, _rule(word, how))
        yield from _pieces(word, use)


def _with_initials(words: list[str]) -> Iterator[Form]:
    """Give the last name with the initials of the others, as in "R. Long" and "G. M. Okonkwo"."""
    first = [
        word for word in words[:-1] if word[0].isalpha() and plain_spelling(word) not in TITLES
    ]
    if not first or len(plain_spelling(words[-1])) < 2:
        return
    initials = [word[0] for word in first]
    for some in sorted({1, len(initials)}):
        yield Form(" ".join([*initials[:some], words[-1]]), False, "all capital")


def _pieces(word: str, use: Callable[[str], Use]) -> Iterator[Form]:
    """Give the two names of a double name, where each is long enough to be one."""
    pieces = [p for p in re.split(r"[-\u2010\u2011]", word) if p]
    if len(pieces) > 1:
        for piece in pieces:
            plain = plain_spelling(piece)
            if len(plain) >= _LONG_ENOUGH_IN_PART and piece[0].isupper() and plain not in _PLACES:
                yield Form(piece, True, "strict" if use(plain) == "word" else "capital")


def _rule(word: str, how: Use) -> Rule:
    if len(plain_spelling(word)) == 2 and word.isascii() and how == "name":
        return "capital"
    if how == "name":
        return "any case"
    if how == "both":
        return "capital"
    return "strict"


def _hyphened_use(word: str, use: Callable[[str], Use]) -> Use:
    """Say how a word is used; a double name is a name unless all of it are words."""
    pieces = tokens(word)
    if any(piece.isdigit() for piece in pieces):
        return "name"
    uses = [use(piece) for piece in pieces]
    if not uses or len(uses) == 1:
        return uses[0] if uses else "name"
    return "word" if all(how == "word" for how in uses) else "name"


def _are_initials(word: str) -> bool:
    """Tell initials from a name: two or three capitals that English does not know as a name."""
    letters = [c for c in word if c.isalpha()]
    if not 2 <= len(letters) <= _INITIALS or not all(c.isupper() for c in letters):
        return False
    if not all(unicodedata.name(c, "").startswith("LATIN") for c in letters):
        return False
    plain = fold(word).text
    return more_common_in_capitals(plain)
