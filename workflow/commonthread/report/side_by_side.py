"""Two texts side by side, with what is different marked in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

State = Literal["same", "gone", "new"]

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
_LINES = re.compile(r"[^\n]*\n")
# Above this, finding what is different word by word takes too long, and helps nobody.
_MOST_WORDS = 3_000


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text: the same in both, gone from the earlier one, or new in the later one."""

    text: str
    state: State


@dataclass(frozen=True)
class SideBySide:
    """A text before and after a change, under a label.

    The stretches of a side make its text; that of texts in lines ends with a line break.
    """

    label: str
    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]


def side_by_side(label: str, before: str, after: str) -> SideBySide:
    """Put two texts side by side: texts of several lines line by line, others word by word."""
    by_line = "\n" in before or "\n" in after
    cut = _LINES if by_line else _WORDS
    # So that the last line is the same line when more come after it.
    end = "\n" if by_line else ""
    old, new = (cut.findall(text + end) if text else [] for text in (before, after))
    if len(old) + len(new) > _MOST_WORDS:
        old, new = [before], [after]
    earlier: list[Stretch] = []
    later: list[Stretch] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            _add(earlier, old[a:b], "same")
            _add(later, new[c:d], "same")
        else:
            _add(earlier, old[a:b], "gone")
            _add(later, new[c:d], "new")
    return SideBySide(label, tuple(earlier), tuple(later))


def _add(stretches: list[Stretch], tokens: Sequence[str], state: State) -> None:
    if tokens:
        stretches.append(Stretch("".join(tokens), state))
