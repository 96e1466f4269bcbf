"""The language of the workshops: how text is taken apart, and which forms a word has."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from commonthread.problems import InputProblems, Problem
from commonthread.settings import LanguageSettings

# Letters and signs that are written in several ways, brought to one. Each stands for exactly one
# code point, so that offsets stay true; white space of every kind becomes a blank.
_WHITE = "\t\n\x0b\x0c\r"
_WHITE_WIDE = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_NARROW = tuple((sign, " ") for sign in _WHITE)
_WIDE = (
    *((sign, "'") for sign in "\u2018\u2019\u02bc\uff07"),
    *((sign, '"') for sign in "\u201c\u201d"),
    *((sign, "-") for sign in "\u2010\u2011"),
    *((sign, " ") for sign in _WHITE_WIDE),
)

# Slips of the English table: words that are no form of the word that it gives (feed is not of fee),
# and forms of the wrong word.
_NO_FORMS = (
    "as well 's d m feed weed rent ground matter number stranger liver broker archer buffer tanner"
    " loner crew cola resent relent moped dive span rose second summons insured"
)
_ENGLISH_CORRECTIONS = {
    **dict.fromkeys(_NO_FORMS.split(), ""),
    **{"better": "good", "best": "good", "worse": "bad", "worst": "bad", "does": "do"},
}

# Endings that British and American spelling write differently. Both are looked for; where the
# exchange makes no word, it does no harm.
_SPELLINGS = (
    ("is", "iz", ("e", "es", "ed", "ing", "er", "ers", "ation", "ations", "ational")),
    ("ys", "yz", ("e", "es", "ed", "ing", "er", "ers")),
    ("our", "or", ("", "s", "ed", "ing", "al", "ful", "able", "ite", "ites")),
    ("tre", "ter", ("", "s", "d")),
    ("ell", "el", ("ed", "ing", "er", "ers", "or", "ors")),
)
_SHORTEST_SPELLING = 6


def fold(text: str) -> str:
    """Give a text of the same length with apostrophes, hyphens and white space written one way."""
    # Ten times as fast as str.translate where, as nearly always, few of the signs occur.
    for sign, plain in _NARROW if text.isascii() else _NARROW + _WIDE:
        if sign in text:
            text = text.replace(sign, plain)
    return text


@dataclass(frozen=True)
class Language:
    """A language, ready for use.

    ``description`` tells people what is used. ``nlp`` is the spaCy pipeline. ``model`` is true for
    a model that finds the lemma of a word in its sentence; else forms come from a table alone.
    ``fixed`` are words such as "from" that have no other form.
    """

    description: str
    nlp: Any = field(repr=False)
    model: bool
    lemmas: Mapping[str, str] = field(repr=False)
    inflections: Mapping[str, tuple[str, ...]] = field(repr=False)
    english: bool
    fixed: frozenset[str] = field(repr=False)

    def words(self, phrase: str) -> list[tuple[str, bool]]:
        """Take a phrase apart as texts are: words, each with whether a hyphen stands before it."""
        found: list[tuple[str, bool]] = []
        hyphen = False
        for token in self.nlp.make_doc(fold(phrase)):
            if token.text == "-":
                hyphen = bool(found)
            elif not token.is_space:
                found.append((token.text, hyphen))
                hyphen = False
        return found

    def forms(self, word: str, alone: bool = True) -> tuple[str, ...]:
        """Give all forms of a word in small letters, the word itself among them, sorted.

        pay gives pay, payed, paying, pays, paid; so does paid. In English a noun in -ing or -er that has
        a plural (meeting, cleaner) stands for the noun only where it is the whole term (``alone``):
        who looks for meetings does not mean "met". Inside a phrase it stands for the verb too, so
        that "making space" finds "made space".
        """
        word = unicodedata.normalize("NFC", word.lower())
        found = self._forms_of(word)
        lemma = self.lemmas.get(word)
        noun = self.english and word.endswith(("ing", "er")) and len(found) > 1
        if lemma and not (alone and noun):
            found |= self._forms_of(lemma)
        if self.english and len(found) == 1 and word.isalpha() and word not in self.fixed:
            found |= _regular(word)
        if self.english:
            found |= {other for form in found for other in _spellings(form)}
        return tuple(sorted(found | {unicodedata.normalize("NFD", form) for form in found}))

    def _forms_of(self, lemma: str) -> set[str]:
        forms = {lemma, *self.inflections.get(lemma, ())}
        # A noun made from a verb brings its plural: feel, feeling, feelings.
        plurals = {f"{form}s" for form in forms if self.english and form.endswith("ing")}
        return forms | {plural for plural in plurals if plural in self.lemmas}


def load_language(settings: LanguageSettings) -> Language:
    """Load the language that the settings name.

    Without a model: spaCy's rules for the language and the lemma table of spacy-lookups-data,
    where there is one; otherwise words match only as they are written. Raises InputProblems for a
    language that spaCy does not know and for a model that is not installed or does not load.
    """
    import spacy

    name = settings.language.lower()
    lemmas = _lemma_table(name)
    english = name == "en"
    if settings.spacy_model:
        try:
            nlp = spacy.load(settings.spacy_model)
        except (OSError, ImportError, ValueError):
            raise _wrong(
                "language.spacy_model",
                f'The spaCy model "{settings.spacy_model}" is not installed here.',
                "Install it with: python -m spacy download NAME, or leave the setting empty.",
            ) from None
    else:
        try:
            nlp = spacy.blank(name)
        except (ImportError, ValueError, AttributeError):
            raise _wrong(
                "language.language",
                f'spaCy cannot take apart the language "{settings.language}" here.',
                "Use a two-letter code such as en; some languages need further packages.",
            ) from None
    nlp.max_length = 1_000_000_000
    return Language(
        description=describe_language(settings),
        nlp=nlp,
        model=bool(settings.spacy_model),
        lemmas=lemmas,
        inflections=_inflections(lemmas),
        english=english,
        fixed=frozenset(nlp.Defaults.stop_words),
    )


def describe_language(settings: LanguageSettings) -> str:
    """Say in words by what language is processed, without loading it."""
    if settings.spacy_model:
        try:
            return f"spaCy model {settings.spacy_model} {version(settings.spacy_model)}"
        except (PackageNotFoundError, ValueError):
            return f"spaCy model {settings.spacy_model}"
    name = settings.language.lower()
    table = f"lemma table of spacy-lookups-data {version('spacy-lookups-data')}"
    words = table if _lemma_file(name) else "no lemma table: words match only as they are written"
    return f"spaCy {version('spacy')}, rules for {name}, {words}"


def _wrong(where: str, what: str, remedy: str) -> InputProblems:
    return InputProblems([Problem(f"Setting {where}", what, remedy)])


def _lemma_file(language: str) -> Path | None:
    import spacy_lookups_data  # type: ignore[import-untyped]

    tables = getattr(spacy_lookups_data, language, None)
    file: Path | None = tables.get("lemma_lookup") if isinstance(tables, dict) else None
    return file


def _lemma_table(language: str) -> dict[str, str]:
    file = _lemma_file(language)
    if file is None:
        return {}
    packed = file.with_name(f"{file.name}.gz")
    data = gzip.decompress(packed.read_bytes()) if packed.is_file() else file.read_bytes()
    lemmas = {form.lower(): lemma.lower() for form, lemma in json.loads(data).items()}
    if language == "en":
        lemmas |= _ENGLISH_CORRECTIONS
    return {form: lemma for form, lemma in lemmas.items() if lemma.isalpha() and lemma != form}


def _inflections(lemmas: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for form, lemma in lemmas.items():
        found.setdefault(lemma, []).append(form)
    return {lemma: tuple(forms) for lemma, forms in found.items()}


def _regular(word: str) -> set[str]:
    """Give the regular forms of an English word that the table does not know."""
    if word.endswith("e"):
        return {f"{word}s", f"{word}d", f"{word[:-1]}ing"}
    if word.endswith("y") and word[-2] not in "aeiou":
        return {f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return {f"{word}es", f"{word}ed", f"{word}ing"}
    return {f"{word}s", f"{word}ed", f"{word}ing"}


def _spellings(word: str) -> Iterable[str]:
    if len(word) < _SHORTEST_SPELLING:
        return
    for one, other, endings in _SPELLINGS:
        for ending in endings:
            for have, want in ((one, other), (other, one)):
                if word.endswith(have + ending):
                    yield word[: len(word) - len(have + ending)] + want + ending
