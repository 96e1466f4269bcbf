"""The page for a team meeting about the codebook: proposals, decisions, and how the codebook grew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.problems import Problem
from commonthread.proposals.conflicts import Conflict
from commonthread.proposals.history import History
from commonthread.report import rendering
from commonthread.report.codebook_versions import NO_ROLE, ShownVersion, shown_versions
from commonthread.report.facts import records
from commonthread.report.rendering import Pageable, Parts, render, write_whole
from commonthread.report.side_by_side import SideBySide, side_by_side
from commonthread.report.wording import anchor, count, number, words_list

# Imported by way of its package, so that a step reruns when a template or a style changes.
_HERE = Path(rendering.__file__).parent
_PARTS = Parts(styles=(_HERE / "page.css", _HERE / "changes.css"))
# Groups of proposals in the order of the page: id, heading, and what stands under it.
_GROUPS = (
    (
        "to-decide",
        "To decide",
        "Nobody has decided yet. Talk about each, with who made it if you can.",
    ),
    (
        "agreed",
        "Agreed, and not in the codebook yet",
        "The ready codebook has these, as far as a machine can make them.",
    ),
    ("declined", "Declined", "Whoever made a proposal will want to know why."),
    ("done", "In the codebook", "The codebook says this now."),
    ("comments", "Comments", "Nothing is to change by itself; something may have to."),
)
_DECISIONS = {
    "open": "",
    "accepted": "Accepted.",
    "changed": "Accepted, with another wording.",
    "declined": "Declined.",
}


@dataclass(frozen=True)
class ShownProposal:
    """A proposal on the page; texts that do not apply are empty.

    ``done`` says that the codebook has it already, ``caution`` why it cannot be made. ``against``
    are pairs of the id of another one and why both cannot be made. ``to_do`` is what is left for a
    person.
    """

    id: str
    proposal_id: str
    what: str
    who: str
    why: str
    texts: tuple[SideBySide, ...]
    done: bool
    rests_on: tuple[str, ...]
    caution: str
    effect: str
    against: tuple[tuple[str, str], ...]
    decision: str
    decided_wording: str
    decided_why: str
    took_part: str
    decided_on: str
    to_do: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Proposals that stand under one heading."""

    id: str
    heading: str
    sentence: str
    proposals: tuple[ShownProposal, ...]


@dataclass(frozen=True)
class RoleRow:
    """How many people of a role proposed how much, and what became of it."""

    role: str
    people: int
    proposals: int
    comments: int
    agreed: int
    declined: int
    undecided: int


@dataclass(frozen=True)
class ProposalsPage(Pageable):
    """What the template gets. ``ready`` says what the ready codebook is; empty without one."""

    summary: str
    groups: tuple[Group, ...]
    roles: tuple[RoleRow, ...]
    ready: str
    decisions_place: str
    problems: tuple[Problem, ...]
    versions: tuple[ShownVersion, ...]
    notices: tuple[str, ...]


def proposals_page(
    proposals: pd.DataFrame,
    conflicts: Sequence[Conflict],
    by_hand: Iterable[tuple[str, str]],
    history: History,
    *,
    study: str,
    invented: bool,
    ready: str,
    decisions_place: str,
    problems: Sequence[Problem] = (),
    notices: Sequence[str] = (),
) -> ProposalsPage:
    """Lay out the table ``proposals``, with what contradicts what, and the history of the codebook.

    ``by_hand`` are pairs of a proposal's id and what a person has to do of it. ``ready`` is the
    version of the ready codebook, empty if there is none; ``decisions_place`` says where decisions
    are written down. ``problems`` are those of files, ``notices`` what else is to be told.
    """
    rows = records(proposals)
    to_do: dict[str, list[str]] = {}
    for proposal_id, sentence in by_hand:
        to_do.setdefault(proposal_id, []).append(sentence)
    shown: dict[str, list[ShownProposal]] = {}
    for row in rows:
        one = _shown(row, _against(row["proposal_id"], conflicts), to_do)
        shown.setdefault(_group(row), []).append(one)
    return ProposalsPage(
        title=f"Proposals for the codebook: {study}",
        study=study,
        invented=invented,
        summary=_summary(rows),
        groups=tuple(
            Group(group, heading, sentence, tuple(shown[group]))
            for group, heading, sentence in _GROUPS
            if group in shown
        ),
        roles=_roles(rows),
        ready=ready,
        decisions_place=decisions_place,
        problems=tuple(problems),
        versions=shown_versions(history),
        notices=tuple(notices),
    )


def write_proposals(page: ProposalsPage, path: Path) -> None:
    """Write the page, whole or not at all."""
    write_whole(path, render("proposals.html", page, _PARTS))


def _group(row: Mapping[str, Any]) -> str:
    if row["kind"] == "comment":
        return "comments"
    if row["standing"] == "in the codebook":
        return "done"
    if row["decision"] == "declined":
        return "declined"
    return "to-decide" if row["decision"] == "open" else "agreed"


def _against(proposal_id: str, conflicts: Sequence[Conflict]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (each.other if each.one == proposal_id else each.one, each.sentence)
        for each in conflicts
        if proposal_id in (each.one, each.other)
    )


def _shown(
    row: Mapping[str, Any], against: tuple[tuple[str, str], ...], to_do: Mapping[str, list[str]]
) -> ShownProposal:
    caution = row["reason"] if row["standing"] in ("out of date", "cannot be made") else ""
    done = row["standing"] == "in the codebook"
    return ShownProposal(
        id=anchor("proposal", row["proposal_id"]),
        proposal_id=row["proposal_id"],
        what=row["what"],
        who=_who(row),
        why=row["why"],
        texts=tuple(
            side_by_side(each["text"], each["before"], each["after"])
            for each in json.loads(row["changes"])
        ),
        done=done,
        rests_on=tuple(row["segment_ids"].split()),
        caution=caution,
        effect="" if done else _effect(row),
        against=against,
        decision=_DECISIONS[row["decision"]],
        decided_wording=row["decided_wording"],
        decided_why=row["decided_why"],
        took_part=row["took_part"],
        decided_on=row["decided_on"],
        to_do=tuple(each for each in to_do.get(row["proposal_id"], ()) if each != caution),
    )


def _who(row: Mapping[str, Any]) -> str:
    """Say who made a proposal: role, name and day."""
    who = f"{row['role'] or NO_ROLE}: {row['author'] or 'name not given'}"
    return f"{who}, {row['date'][:10]}" if row["date"] else who


def _effect(row: Mapping[str, Any]) -> str:
    """Say what a proposal alone would do to the findings, if that was worked out."""
    if row["gained"] is None:
        return ""
    parts = []
    for name, verb in (("gained", "gain a code"), ("lost", "lose one"), ("moved", "go to another")):
        if row[name]:
            parts.append(f"{count(row[name], 'segment')} would {verb}")
    said = words_list(parts) or "no segment would have another code than now"
    sentence = f"Made alone: {said}."
    if row["look_again"]:
        codings = count(row["look_again"], "coding")
        sentence += f" {codings.capitalize()} by people should be looked at again."
    return sentence


def _summary(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return "Nobody has proposed anything yet."
    made = [row for row in rows if row["kind"] != "comment"]
    said = [count(len(made), "proposal"), count(len(rows) - len(made), "comment")]
    undecided = sum(_group(row) == "to-decide" for row in made)
    left = f"{number(undecided)} to decide" if undecided else "none left to decide"
    return f"{words_list(said).capitalize()}; {left}."


def _roles(rows: Sequence[Mapping[str, Any]]) -> tuple[RoleRow, ...]:
    """Count by role: the roles with most proposals and comments first."""
    by_role: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_role.setdefault(row["role"] or NO_ROLE, []).append(row)
    found = []
    for role, own in by_role.items():
        groups = Counter(_group(row) for row in own)
        found.append(
            RoleRow(
                role=role,
                people=len({row["author"] for row in own}),
                proposals=len(own) - groups["comments"],
                comments=groups["comments"],
                agreed=groups["agreed"] + groups["done"],
                declined=groups["declined"],
                undecided=groups["to-decide"],
            )
        )
    return tuple(sorted(found, key=lambda row: (-row.proposals - row.comments, row.role)))
