"""Who follows whom, in words and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commonthread.coded import NO_ROLE
from commonthread.report.blocks import Table, number_cell, share_cell, text_cell
from commonthread.report.facts import Facts, records
from commonthread.report.withheld import shown
from commonthread.report.wording import in_sentence, number, percent

# From so many changes of speaker on, the page puts a role's into words.
_ENOUGH = 20


@dataclass(frozen=True)
class Follows:
    """What the report says of who follows whom: sentences, and the table behind them."""

    sentences: tuple[str, ...]
    table: Table


def follows(facts: Facts) -> Follows | None:
    """Say which role took the next turn, beside what turn shares alone would give.

    Nothing where fewer than two roles spoke in turn.
    """
    frame = facts.shown.follows
    found: dict[tuple[str, str], dict[str, Any]] = {
        (row["role"], row["next_role"]): row for row in records(frame[frame["group"] == "all"])
    }
    if len({role for pair in found for role in pair}) < 2:
        return None
    roles = facts.roles
    sentences, rows = [], []
    for role in roles:
        seen = [
            then
            for then in roles
            if (role, then) in found and shown(*_numbers(facts, found[role, then]))
        ]
        for then in seen:
            row = found[role, then]
            pairs, total = _numbers(facts, row)
            rows.append(
                (
                    text_cell(f"{_role(role)}, then {in_sentence(then)}"),
                    number_cell(pairs),
                    number_cell(total),
                    share_cell(pairs, total, percent(pairs, total)),
                    share_cell(row["expected"], total, percent(row["expected"], total)),
                )
            )
        most = max((found[role, then] for then in seen), key=lambda row: row["pairs"], default=None)
        if most is not None and most["of_pairs"] >= _ENOUGH:
            sentences.append(_sentence(most))
    if not rows:
        return None
    return Follows(
        tuple(sentences),
        Table(
            "follows-table",
            "Who spoke next: changes from one person to another, of all that start with the role.",
            ("Turn, and the next one", "Times", "Of", "Share", "By turn shares alone"),
            tuple(rows),
            file="follows",
            note=(
                "Counted are two turns next to each other in a transcript, by two different "
                "people who are both known. “By turn shares alone” is the share that would come "
                "about if after each turn the others spoke as often as they did in that "
                "transcript as a whole, with no regard to who spoke before."
            ),
        ),
    )


def _sentence(row: dict[str, Any]) -> str:
    """Tell which role came after another how often, and what turn shares alone would give."""
    pairs, total = row["pairs"], row["of_pairs"]
    return (
        f"After a turn by {_somebody(row['role'])}, {_somebody(row['next_role'])} spoke next in "
        f"{number(pairs)} of {number(total)} cases ({percent(pairs, total)}). Turn shares alone "
        f"would give {percent(row['expected'], total)}."
    )


def _numbers(facts: Facts, row: dict[str, Any]) -> tuple[int, int]:
    """Give how often one role came after another, and after how many turns of the first."""
    return facts.told(row, "pairs"), facts.told(row, "of_pairs")


def _somebody(role: str) -> str:
    if role == NO_ROLE:
        return "somebody whose role is not given"
    name = in_sentence(role)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _role(role: str) -> str:
    return role[:1].upper() + role[1:]
