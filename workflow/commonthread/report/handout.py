"""What the pages of handouts have in common, for the team and for the public."""

from __future__ import annotations

from dataclasses import dataclass

from commonthread.docx_handouts import Block, block
from commonthread.report.rendering import Pageable

_PUBLIC = "This is the public edition."
_TRUST = (
    "People said these things in trust. To keep that trust, some of what the team can see is left "
    "out here."
)


@dataclass(frozen=True)
class Edited:
    """For whom a handout is, and what lies beside it.

    ``left_out`` says what the public edition leaves out; it is empty for the team. ``table`` and
    ``index`` are addresses relative to the page, with "/": of the table behind the handout, and of
    the page that leads to everything, empty if there is none.
    """

    table: str
    index: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandoutPage(Pageable):
    """What the templates of all handouts get."""

    edited: Edited


def for_team(table: str) -> Edited:
    """Give what a handout of the team's says of itself; ``table`` is the name of its table."""
    return Edited(f"../data/{table}.csv", "../index.html")


def for_public(table: str, threshold: int, *, quotes: bool) -> Edited:
    """Give what a public handout says of itself, with or without quotes in it."""
    counts = (
        f"Counts of fewer than {threshold} people are not shown, nor are others that would give "
        "them away. Nothing follows from a number that is missing."
    )
    quoted = (
        "Quoted are only people who agreed to it. No name or number stands beside their words, nor "
        "the role of one of few people."
    )
    return Edited(f"data/{table}.csv", left_out=(_TRUST, counts, *([quoted] if quotes else [])))


def edition_blocks(edited: Edited) -> list[Block]:
    """Give the paragraphs of a Word handout that say that it is the public edition."""
    if not edited.left_out:
        return []
    return [block("text", (f"{_PUBLIC} ", True), " ".join(edited.left_out))]
