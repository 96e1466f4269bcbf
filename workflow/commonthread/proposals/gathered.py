"""Brings together what people propose, what it would do, and what was decided of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

import pandas as pd

from commonthread.code_names import CodeNames
from commonthread.codebook import Codebook
from commonthread.problems import Problem
from commonthread.proposals.code_texts import plain_line
from commonthread.proposals.decisions import Decision, decided
from commonthread.proposals.effect import EFFECTS, Effect
from commonthread.proposals.folder import FOLDER, ProposalFile
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.standing import CannotBeMade, Standing, standing
from commonthread.proposals.told import before_and_after, sentence
from commonthread.replaced import when
from commonthread.tables import as_table, columns


@dataclass(frozen=True)
class Named:
    """A proposal with its id, the file that it came in, and the version that it was made from."""

    proposal_id: str
    file: str
    version: str
    proposal: Proposal


def named(files: Iterable[ProposalFile]) -> tuple[list[Named], list[Problem]]:
    """Give all proposals of files, each once, and what is wrong with the files.

    A proposal that says the same, by the same person, is the same one, in whatever file it comes.
    """
    found: dict[str, Named] = {}
    problems: list[Problem] = []
    for file in files:
        where = f"{FOLDER}/{file.name}"
        if file.refused is not None:
            problems.append(Problem(where, file.refused.reason, file.refused.remedy))
        if file.returned is None:
            continue
        problems += [Problem(f"{where}, {at}", what, "") for at, what in file.returned.problems]
        for proposal in file.returned.proposals:
            own = replace(
                proposal,
                author=plain_line(proposal.author or file.returned.author),
                role=plain_line(proposal.role or file.returned.role),
            )
            made = Named(proposal_id(own), file.name, file.returned.codebook_version, own)
            found.setdefault(made.proposal_id, made)
    return list(found.values()), problems


def proposal_id(proposal: Proposal) -> str:
    """Give the id of a proposal: a hash of what it says and of who says it."""
    content = [
        proposal.kind,
        proposal.code_id,
        *(
            sorted([field, plain_line(text)] for field, text in pairs)
            for pairs in (proposal.wording, proposal.was)
        ),
        sorted(proposal.others),
        [[plain_line(part.name), plain_line(part.plain)] for part in proposal.parts],
        proposal.parent,
        plain_line(proposal.why),
        sorted(proposal.segment_ids),
        proposal.author,
        proposal.role,
    ]
    written = json.dumps(content, ensure_ascii=True)
    return "p" + sha256(written.encode("ascii")).hexdigest()[:10]


def replaced(proposals: Sequence[Named]) -> dict[str, str]:
    """Say which proposals the same person made anew later: the id of the later one by the earlier.

    That is one of the same kind, about the same code and the same texts, with a later date.
    """
    latest: dict[object, Named] = {}
    for each in proposals:
        key = _subject(each.proposal)
        if key is not None and _when(each) >= _when(latest.setdefault(key, each)):
            latest[key] = each
    later = {}
    for each in proposals:
        key = _subject(each.proposal)
        if key is not None and _when(each) < _when(latest[key]):
            later[each.proposal_id] = latest[key].proposal_id
    return later


def _when(named_one: Named) -> float:
    return when(named_one.proposal.date)


def _subject(proposal: Proposal) -> object:
    """Give what a person can have one opinion on; None where there can be several."""
    if proposal.kind in ("comment", "example", "new") or not (proposal.author and proposal.date):
        return None
    fields = tuple(sorted(field for field, _ in proposal.wording))
    return (proposal.author, proposal.role, proposal.kind, proposal.code_id, fields)


def effective(
    proposals: Iterable[Named], decisions: Mapping[str, Decision]
) -> tuple[dict[str, Proposal], dict[str, str]]:
    """Give proposals by their ids, as they were decided where they were.

    The second mapping says of those whose decision only a person can act upon why; they come as
    they were proposed.
    """
    made: dict[str, Proposal] = {}
    by_hand: dict[str, str] = {}
    for each in proposals:
        try:
            made[each.proposal_id] = decided(each.proposal, decisions.get(each.proposal_id))
        except CannotBeMade as reason:
            made[each.proposal_id] = each.proposal
            by_hand[each.proposal_id] = str(reason)
    return made, by_hand


def proposals_table(
    proposals: Sequence[Named],
    decisions: Mapping[str, Decision],
    codebook: Codebook,
    effects: Mapping[str, Effect],
) -> pd.DataFrame:
    """Make the table ``proposals``, in the order of the codebook, and of dates for each code.

    ``effects`` says what proposals, by their ids, would do to the findings, as far as that is known.
    """
    later = replaced(proposals)
    made, by_hand = effective(proposals, decisions)
    places = {code.id: place for place, code in enumerate(codebook.codes)}
    names = CodeNames(codebook)
    rows = []
    for each in proposals:
        key = each.proposal_id
        how, reason = standing(made[key], codebook)
        if key in by_hand:
            how, reason = "cannot be made", by_hand[key]
        elif how == "can be made" and key in later:
            how, reason = "out of date", f"The same person made it anew: {later[key]}."
        found = names.find(each.proposal.code_id or each.proposal.parent).codes
        place = places[found[0]] if len(found) == 1 else len(places)
        rows.append(
            (place, _row(each, decisions.get(key), codebook, how, reason, effects.get(key)))
        )
    rows.sort(key=lambda row: (row[0], row[1]["date"], row[1]["proposal_id"]))
    frame = pd.DataFrame([row for _, row in rows], columns=list(columns("proposals")))
    return as_table(frame.astype(dict.fromkeys(EFFECTS, "Int64")), "proposals")


def _row(
    named_one: Named,
    decision: Decision | None,
    codebook: Codebook,
    how: Standing,
    reason: str,
    effect: Effect | None,
) -> dict[str, Any]:
    proposal = named_one.proposal
    decision = decision or Decision(named_one.proposal_id, "open")
    texts = before_and_after(proposal, codebook, done=how == "in the codebook")
    changes = [{"text": label, "before": now, "after": then} for label, now, then in texts]
    code_id, name = _code(proposal, codebook)
    return {
        "proposal_id": named_one.proposal_id,
        "file": named_one.file,
        "place": proposal.where,
        "kind": proposal.kind,
        "code_id": code_id,
        "code_name": name,
        "what": sentence(proposal, codebook),
        "changes": json.dumps(changes, ensure_ascii=False),
        "why": proposal.why.strip(),
        "segment_ids": " ".join(proposal.segment_ids),
        "author": proposal.author,
        "role": proposal.role,
        "date": proposal.date,
        "codebook_version": named_one.version,
        "standing": how,
        "reason": reason,
        "decision": decision.outcome,
        "decided_wording": decision.wording,
        "decided_why": decision.why,
        "took_part": decision.took_part,
        "decided_on": decision.date,
        **(asdict(effect) if effect else dict.fromkeys(EFFECTS)),
    }


def _code(proposal: Proposal, codebook: Codebook) -> tuple[str, str]:
    """Give id and name of the code that a proposal is about: for a new one the name alone."""
    if proposal.kind == "new":
        return "", plain_line(dict(proposal.wording).get("name", ""))
    found = CodeNames(codebook).find(proposal.code_id).codes
    if len(found) == 1:
        return found[0], codebook.code(found[0]).name
    return proposal.code_id, proposal.code_id
