"""Who follows whom, in words and as a table."""

from __future__ import annotations

from dataclasses import dataclass

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
    frame = facts.inputs.follows
    found: dict[tuple[str, str], dict[str, object]] = {
        (row["role"], row["next_role"]): row for row in records(frame[frame["group"] == "all"])
    }
    if len({role for pair in found for role in pair}) < 2:
        return None
    roles = facts.roles
    sentences, rows = [], []
    for role in roles:
        pairs = [
            int(str(found[role, then]["pairs"])) if (role, then) in found else 0
            for then in facts.all_roles
        ]
        total = sum(pairs)
        named = [then in roles for then in facts.all_roles]
        parts = dict(
            zip(
                facts.all_roles,
                facts.edition.line(pairs, [not ok for ok in named]),
                strict=True,
            )
        )
        seen = [then for then in roles if (role, then) in found and shown(parts[then])]
        for then in seen:
            row = found[role, then]
            rows.append(
                (
                    text_cell(f"{_role(role)}, then {in_sentence(then)}"),
                    number_cell(parts[then]),
                    number_cell(facts.edition.few(total)),
                    share_cell(parts[then], total, percent(parts[then], total)),
                    share_cell(_number(row["expected"]), total, _expected(row["expected"], total)),
                )
            )
        if seen and total >= _ENOUGH:
            sentences.append(_sentence(role, seen, parts, total, found))
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


def _sentence(
    role: str,
    seen: list[str],
    parts: dict[str, int],
    total: int,
    found: dict[tuple[str, str], dict[str, object]],
) -> str:
    """Tell of the role that came next most often, and what turn shares alone would give."""
    then = max(seen, key=lambda name: parts[name])
    expected = _expected(found[role, then]["expected"], total)
    return (
        f"After a turn by {_somebody(role)}, {_somebody(then)} spoke next in {number(parts[then])} of {number(total)} cases "
        f"({percent(parts[then], total)}). Turn shares alone would give {expected}."
    )


def _somebody(role: str) -> str:
    if role == NO_ROLE:
        return "somebody whose role is not given"
    name = in_sentence(role)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _expected(pairs: object, total: int) -> str:
    return percent(_number(pairs), total)


def _number(value: object) -> float:
    return float(str(value))


def _role(role: str) -> str:
    return role[:1].upper() + role[1:]
