"""Adds to the history of the codebook what a run finds new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.codebook import Codebook, parse_codebook
from commonthread.export import printable
from commonthread.problems import InputProblems
from commonthread.proposals.decisions import OUTCOMES, Decision
from commonthread.proposals.history import (
    FOLDER,
    Decided,
    History,
    Unrecorded,
    Version,
    add_decided,
    add_version,
    file_name,
)
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.standing import standing
from commonthread.refining.changes import codebook_changes
from commonthread.strict_yaml import yaml_bytes

# What the list of decisions says of a proposal that came in without one.
NOT_RECORDED = "not recorded"
_MOST_CHANGES = 300
_COMPARED = ("decision", "wording", "why", "took_part", "decided_on")


@dataclass(frozen=True)
class Now:
    """The codebook of a run: its file's bytes, what they hold, and when it is used.

    ``date`` is today in ISO 8601, ``workshop`` the title of the newest workshop.
    """

    data: bytes
    codebook: Codebook
    date: str
    workshop: str


def record(
    study: Path,
    history: History,
    now: Now,
    proposals: pd.DataFrame,
    made: Mapping[str, Proposal],
    *,
    decisions: bool = True,
) -> tuple[History, list[str]]:
    """Record the codebook of a run and what was decided, as far as they are new; give the history.

    Goes in: the history so far, the table ``proposals``, and by their ids the proposals as they were
    decided. Without ``decisions`` only the codebook is recorded. The sentences say what could not be
    recorded: a run goes on without it.
    """
    version = _version(study, history, now, made)
    came = version.proposals.split() if version else []
    decided = _decided(history, now, proposals, came) if decisions else []
    said = []
    try:
        if version is not None:
            add_version(study, version, now.data)
            history = History((*history.versions, version), history.decided)
        add_decided(study, decided)
        history = History(history.versions, (*history.decided, *decided))
    except Unrecorded as reason:
        said.append(str(reason))
    return history, said


def _version(
    study: Path, history: History, now: Now, made: Mapping[str, Proposal]
) -> Version | None:
    """Give the version of today, if it is not the one that was recorded last."""
    sha256 = now.codebook.sha256
    last = history.versions[-1] if history.versions else None
    if last is not None and last.sha256 == sha256:
        return None
    before = _kept(study, last)
    if before is None:
        changes = ["This version was the first to be recorded."]
        if last is not None:
            changes = [
                f"The version before, {last.version}, is not there any more to compare with."
            ]
    else:
        told = codebook_changes(before, now.codebook)
        changes = [change.sentence for change in told if change.what != "version"]
        if len(changes) > _MOST_CHANGES:
            left = len(changes) - _MOST_CHANGES
            changes = [*changes[:_MOST_CHANGES], f"And {left:,} more."]
        if changes and before.version == now.codebook.version:
            changes.append("Its version number was not counted up.")
    came = [
        proposal_id
        for proposal_id, proposal in made.items()
        if standing(proposal, now.codebook)[0] == "in the codebook"
        and (before is None or standing(proposal, before)[0] != "in the codebook")
    ]
    return Version(
        date=now.date,
        version=now.codebook.version,
        sha256=sha256,
        file=file_name(now.date, sha256),
        workshop=now.workshop,
        changes="\n".join(changes) or "Nothing that a code means or says is different.",
        proposals=" ".join(came),
    )


def recorded_decisions(history: History) -> dict[str, Decision]:
    """Give what was decided last of each proposal, by its id, as far as anything was."""
    found = {}
    for proposal_id, row in history.latest().items():
        if row.decision in OUTCOMES:
            outcome = next(each for each in OUTCOMES if each == row.decision)
            found[proposal_id] = Decision(
                proposal_id, outcome, row.wording, row.why, row.took_part, row.decided_on
            )
    return found


def kept_codebooks(study: Path, history: History) -> list[Codebook]:
    """Give the codebooks of the history as far as they can still be read, the newest first."""
    files = {version.file: version for version in reversed(history.versions)}
    return [book for version in files.values() if (book := _kept(study, version)) is not None]


def _kept(study: Path, version: Version | None) -> Codebook | None:
    """Give the codebook of a version as it was kept, if it can still be read."""
    if version is None:
        return None
    path = study / FOLDER / Path(version.file).name
    try:
        return parse_codebook(yaml_bytes(path), version.file)
    except InputProblems:
        return None


def _decided(
    history: History, now: Now, proposals: pd.DataFrame, came: Sequence[str]
) -> list[Decided]:
    """Give what was decided and is not recorded yet."""
    latest = history.latest()
    found = []
    for row in proposals.to_dict("records"):
        entry = _entry(row, now, row["proposal_id"] in came)
        known = latest.get(entry.proposal_id)
        if known is None:
            if entry.decision != "open":
                found.append(entry)
        elif any(getattr(entry, name) != getattr(known, name) for name in _COMPARED) and not (
            entry.decision == "open" and known.decision == NOT_RECORDED
        ):
            found.append(entry)
    return found


def _entry(row: Mapping[Any, Any], now: Now, came: bool) -> Decided:
    decision = row["decision"]
    texts = {
        "recorded": now.date,
        "proposal_id": row["proposal_id"],
        "decision": NOT_RECORDED if came and decision == "open" else decision,
        "what": row["what"],
        "code_id": row["code_id"],
        "author": row["author"],
        "role": row["role"],
        "proposed_because": row["why"],
        "wording": row["decided_wording"],
        "why": row["decided_why"],
        "took_part": row["took_part"],
        "decided_on": row["decided_on"],
        "codebook_sha256": now.codebook.sha256,
    }
    # As a list can hold it, so that it is the same when it is read back.
    return Decided(**{name: printable(text) for name, text in texts.items()})
