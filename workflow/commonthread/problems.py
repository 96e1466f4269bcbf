"""What is told to a person when something that they gave cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import category

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands, what is wrong, and what to do about it."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Give the problem as one line, with nothing in it that cannot be seen."""
        return seen(f"{self.where}: {self.what} {self.remedy}".strip())


class InputProblems(Exception):
    """Several problems with what a person gave, told together under a heading."""

    def __init__(
        self, problems: Iterable[Problem], heading: str = "This has to be put right first:"
    ) -> None:
        self.problems = tuple(problems)
        self.heading = heading
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Refused(Exception):
    """A source that cannot be read: why, and what to do. Neither quotes what the source says."""

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{reason} {remedy}")


def seen(text: str) -> str:
    """Give a text with controls, and signs that hide or turn others, replaced by U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if category(sign) in _UNSEEN else sign for sign in text)


def suggest(word: str, known: Iterable[str]) -> str:
    """Give ' Did you mean "...".' for the known word nearest to ``word``, or an empty string."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""
