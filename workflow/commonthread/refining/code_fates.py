"""What became of each code of an earlier codebook in a later one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonthread.codebook import Code, Codebook


@dataclass(frozen=True)
class CodeFates:
    """Which codes of two codebooks belong together, all by their ids.

    ``kept`` gives for a code before the code after that is the same one, by its id or renamed.
    ``renamed`` are those of them with another id. ``merged`` gives for a code after all codes
    before that it stands for, where these are several; ``split`` for a code before all codes after
    that it went into, where these are several. ``retired`` are codes before that went into none,
    ``added`` codes after that came from none.
    """

    kept: Mapping[str, str]
    renamed: Mapping[str, str]
    merged: Mapping[str, tuple[str, ...]]
    split: Mapping[str, tuple[str, ...]]
    retired: tuple[str, ...]
    added: tuple[str, ...]

    def successors(self, code_id: str) -> tuple[str, ...]:
        """Give the codes after that a code before went into: none, one, or several."""
        if code_id in self.split:
            return self.split[code_id]
        into = tuple(target for target, formers in self.merged.items() if code_id in formers)
        return into or ((self.kept[code_id],) if code_id in self.kept else ())


def code_fates(before: Codebook, after: Codebook) -> CodeFates:
    """Bring the codes of two codebooks together: by id, and by the former ids under "was"."""
    old = [code.id for code in before.codes]
    new = {code.id for code in after.codes}
    gone = [code_id for code_id in old if code_id not in new]
    into = {code_id: tuple(code.id for code in after.successors(code_id)) for code_id in gone}
    formers = {code.id: _formers(code, old, into) for code in after.codes}
    merged = {code_id: own for code_id, own in formers.items() if len(own) > 1}
    split = {code_id: targets for code_id, targets in into.items() if len(targets) > 1}
    renamed = {
        own[0]: code_id
        for code_id, own in formers.items()
        if len(own) == 1 and own[0] != code_id and own[0] not in split
    }
    return CodeFates(
        kept={code_id: code_id for code_id in old if code_id in new} | renamed,
        renamed=renamed,
        merged=merged,
        split=split,
        retired=tuple(code_id for code_id in gone if not into[code_id]),
        added=tuple(code_id for code_id, own in formers.items() if not own),
    )


def _formers(code: Code, old: list[str], into: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Give the codes before that went into a code after: itself first, where it was there."""
    itself = (code.id,) if code.id in old else ()
    return itself + tuple(former for former in code.was if former in into)
