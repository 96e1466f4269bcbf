"""The terms of a code: what a codebook may say that the computer should look for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from commonthread.problems import suggest

MAX_WITHIN = 200
MAX_WORDS = 12
# Together these keep the slowest expression that is accepted linear and its machine small.
REGEX_MEMORY = 8_000_000
REGEX_PROGRAM = 3_000

_FORMS = ("phrase", "exactly", "all_of", "regex")
_KEYS = (*_FORMS, "within", "unless")
_HELP = (
    "A term is a word or phrase, or one of: phrase, exactly, all_of (with within), regex;"
    " each may have unless."
)


@dataclass(frozen=True)
class Term:
    """One thing that is looked for.

    ``kind`` says how ``parts`` are meant: ``phrase`` (one part, each word in any of its forms),
    ``exactly`` (one part, as written), ``all_of`` (two or more phrases inside a stretch of
    ``within`` words), ``regex`` (one RE2 expression). A match that overlaps a match of one of
    the phrases ``unless`` does not count.
    """

    kind: Literal["phrase", "exactly", "all_of", "regex"]
    parts: tuple[str, ...]
    within: int | None = None
    unless: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The term as it is shown to people beside a match."""
        return " + ".join(self.parts)


class TermError(ValueError):
    """What is wrong with a term, and what to do: ``what`` and ``remedy``."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}")


def parse_term(written: Any) -> Term:
    """Make a term from what stands in the codebook: a text or a mapping. Raises TermError."""
    if isinstance(written, str):
        return Term("phrase", (_phrase(written, "A term"),))
    if not isinstance(written, dict):
        raise TermError("A term is empty or a list.", _HELP)
    unknown = [key for key in written if key not in _KEYS]
    if unknown:
        near = suggest(unknown[0], _KEYS)
        raise TermError(f'A term cannot have the key "{unknown[0][:40]}".{near}', _HELP)
    kinds = [key for key in _FORMS if key in written]
    if len(kinds) != 1:
        told = " and ".join(kinds) or "none of them"
        raise TermError(f"A term has one of {', '.join(_FORMS)}; this one has {told}.", _HELP)
    kind = kinds[0]
    unless = tuple(_phrase(text, '"unless"') for text in _texts(written.get("unless"), "unless"))
    if "unless" in written and not unless:
        raise TermError('"unless" is empty.', "Give phrases, or delete it.")
    if kind == "all_of":
        parts = tuple(_phrase(text, '"all_of"') for text in _texts(written["all_of"], "all_of"))
        if len(parts) < 2:
            raise TermError('"all_of" needs at least two words or phrases.', "Add another.")
        return Term("all_of", parts, _within(written.get("within")), unless)
    if "within" in written:
        raise TermError('"within" belongs to "all_of" only.', "Delete it, or use all_of.")
    if kind == "phrase":
        return Term("phrase", (_phrase(written["phrase"], '"phrase"'),), None, unless)
    if kind == "exactly":
        return Term("exactly", (_phrase(written["exactly"], '"exactly"'),), None, unless)
    pattern = written["regex"]
    if not isinstance(pattern, str) or not pattern:
        raise TermError('"regex" is empty or not a text.', "Give an expression in single quotes.")
    compile_regex(pattern)
    return Term("regex", (pattern,), None, unless)


def _texts(value: Any, key: str) -> Iterable[Any]:
    if value is None:
        return ()
    if isinstance(value, dict):
        raise TermError(f'"{key}" should be a list of phrases.', "Write [one, another].")
    return value if isinstance(value, list) else (value,)


def _phrase(text: Any, what: str) -> str:
    if not isinstance(text, str) or not text.strip():
        raise TermError(f"{what} is empty or not a text.", "Give a word or a phrase.")
    words = text.split()
    if len(words) > MAX_WORDS:
        raise TermError(f"{what} has more than {MAX_WORDS} words.", "Give a shorter phrase.")
    if not any(letter.isalnum() for letter in text):
        raise TermError(f"{what} has no letter or number.", "Give a word or a phrase.")
    return " ".join(words)


def _within(value: Any) -> int:
    if value is None:
        raise TermError('"all_of" needs "within".', "Add within: and a number of words, such as 8.")
    if isinstance(value, str) and value.isascii() and value.isdigit():
        number = int(value[:6])
        if 2 <= number <= MAX_WITHIN:
            return number
    raise TermError(
        '"within" is not a number of words.', f"Give a whole number from 2 to {MAX_WITHIN}."
    )


@cache
def compile_regex(pattern: str) -> Any:
    """Compile an expression of a codebook with RE2: case-insensitive, never slow.

    Raises TermError with the reason if RE2 refuses it, if it is too large, or if it matches
    where nothing stands.
    """
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = REGEX_MEMORY
    try:
        compiled = re2.compile(pattern, options)
    except (re2.error, UnicodeError) as error:
        said = error.args[0] if error.args else ""
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise TermError(f"The expression is refused ({reason}).", _remedy(reason)) from None
    if max(compiled.programsize, compiled.reverseprogramsize) > REGEX_PROGRAM:
        raise TermError(
            "The expression is too large.", "Use smaller numbers in { }, or several expressions."
        )
    probes = ("", "a", "a b", "Aa 1, b.")
    if any(match.start() == match.end() for text in probes for match in compiled.finditer(text)):
        raise TermError(
            "The expression matches where nothing stands.",
            "Let it name at least one letter (with + in place of *).",
        )
    return compiled


def _remedy(reason: str) -> str:
    if "perl operator" in reason or "escape sequence" in reason:
        return "RE2 has no look-around, no references back (\\1) and no recursion: leave them out."
    if "repetition" in reason or "too large" in reason:
        return "Repeat at most 1000 times, and do not nest large repetitions."
    if "missing" in reason or "unexpected )" in reason:
        return "Close each ( with ) and each [ with ]."
    return "Correct it, or write words and phrases."
