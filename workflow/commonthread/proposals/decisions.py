"""What a team decided of a proposal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from commonthread.proposals.code_texts import LABELS, plain_line
from commonthread.proposals.proposal import FIELDS, Proposal
from commonthread.proposals.standing import CannotBeMade

Outcome = Literal["open", "accepted", "changed", "declined"]
OUTCOMES: tuple[Outcome, ...] = ("open", "accepted", "changed", "declined")
# Stands before the place of a new or moved code, as the labels of fields do before their texts.
UNDER = "Under"

# What stands before the text of a field.
BEFORE = {field: LABELS[field] for field in FIELDS}
_FIELDS = {label.casefold(): field for field, label in BEFORE.items()}
_LABEL = re.compile(
    rf"({'|'.join(map(re.escape, [*BEFORE.values(), UNDER]))})\s*:\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Decision:
    """What was decided of a proposal.

    ``wording`` is the text that was agreed on in place of the proposed one, where it was accepted
    changed. ``why``, ``took_part`` and ``date`` are as people wrote them.
    """

    proposal_id: str
    outcome: Outcome
    wording: str = ""
    why: str = ""
    took_part: str = ""
    date: str = ""


def decided(proposal: Proposal, decision: Decision | None) -> Proposal:
    """Give a proposal as it was decided: with the wording that was agreed on.

    The wording is the text itself where the proposal has one text; else each text stands after the
    label of its field and a colon, as in "Definition: ...", at the beginning of a line, and "Under:"
    before the name of the code under which a code is to stand. Raises CannotBeMade for a wording
    that only a person can act upon, and where there is none.
    """
    if decision is None or decision.outcome != "changed":
        return proposal
    texts, under = _texts(decision.wording, _only_field(proposal))
    if not texts and not under:
        raise CannotBeMade("It was accepted changed, but the changed wording is not written down.")
    wording = dict(proposal.wording) | texts
    return replace(proposal, wording=tuple(wording.items()), parent=under or proposal.parent)


def _only_field(proposal: Proposal) -> str:
    """Give the field that a wording without a label is about; empty if that cannot be told."""
    if proposal.kind == "move":
        return UNDER
    if proposal.kind == "rename":
        return "name"
    if proposal.kind in ("wording", "example") and len(proposal.wording) == 1:
        return proposal.wording[0][0]
    return ""


def _texts(written: str, only: str) -> tuple[dict[str, str], str]:
    """Give the texts of a wording by their fields, and the code under which one is to stand."""
    texts: dict[str, list[str]] = {}
    field = ""
    for line in written.split("\n"):
        label = _LABEL.match(line)
        if label:
            name = label[1].casefold()
            field = UNDER if name == UNDER.casefold() else _FIELDS[name]
            line = line[label.end() :]
        elif not field and line.strip():
            if not only:
                raise CannotBeMade(
                    "What was decided can only be made by hand: it has several texts, or none that"
                    " could be worded."
                )
            field = only
        if field:
            texts.setdefault(field, []).append(line)
    under = plain_line("\n".join(texts.pop(UNDER, [])))
    return {field: "\n".join(lines).strip() for field, lines in texts.items()}, under
