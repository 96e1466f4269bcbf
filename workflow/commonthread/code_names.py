"""Finds the code that somebody wrote, by its id, its name, or what it was called before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commonthread.codebook import Code, Codebook
from commonthread.problems import suggest


@dataclass(frozen=True)
class WrittenCode:
    """What a written code stands for.

    ``codes`` holds one id where that is sure. Where it is not, ``reason`` says why in a sentence,
    and ``codes`` are the ids that it may be.
    """

    written: str
    codes: tuple[str, ...]
    reason: str = ""


class CodeNames:
    """The ids and names of a codebook's codes, to look up what people wrote."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._by_text: dict[str, set[str]] = {}
        for code in codebook.codes:
            for text in _spellings(code, codebook):
                self._by_text.setdefault(_plain(text), set()).add(code.id)
        self._order = {code.id: place for place, code in enumerate(codebook.codes)}

    def find(self, written: str) -> WrittenCode:
        """Say which code was meant."""
        if written in self._order:
            return WrittenCode(written, (written,))
        former = self._codebook.successors(written)
        found = self._by_text.get(_plain(written), set())
        if len(found) == 1:
            return WrittenCode(written, tuple(found))
        if found:
            return WrittenCode(
                written, self._sorted(found), f'Several codes are called "{written}".'
            )
        if len(former) == 1:
            return WrittenCode(written, (former[0].id,))
        if former:
            return WrittenCode(
                written,
                self._sorted(code.id for code in former),
                f'The code "{written}" was split.',
            )
        return WrittenCode(
            written,
            (),
            f'There is no code "{written}" in the codebook.{suggest(_plain(written), self._by_text)}',
        )

    def _sorted(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=self._order.__getitem__))


def _spellings(code: Code, codebook: Codebook) -> list[str]:
    above = codebook.ancestors(code.id)
    return [code.id, code.name, *(f"{upper.name}: {code.name}" for upper in above)]


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
