"""What proposals would do to the findings, each by itself."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from commonthread.codebook import Codebook, parse_codebook
from commonthread.codings import decide
from commonthread.dictionary import CODER
from commonthread.proposals.apply import apply_proposals
from commonthread.proposals.effect import Effect
from commonthread.proposals.proposal import Proposal
from commonthread.refining.changed_segments import changed_segments
from commonthread.refining.changes import codebook_changes, meaning_changed
from commonthread.refining.code_fates import code_fates
from commonthread.refining.comparison import RunTables
from commonthread.refining.look_again import carried_over, look_again
from commonthread.refining.recode import recode
from commonthread.settings import Settings

# Each is worked out by itself, which takes about a second; a meeting has seldom more than this.
MOST = 25
_STRUCTURE = ("merge", "split", "retire")
_WITH_TERMS = ("wording", "new")


def touches_findings(proposal: Proposal) -> bool:
    """Tell whether a proposal can change which segments have which code."""
    with_terms = proposal.kind in _WITH_TERMS and "terms" in dict(proposal.wording)
    return with_terms or proposal.kind in _STRUCTURE


def effects(
    data: bytes, proposals: Mapping[str, Proposal], run: RunTables, settings: Settings
) -> dict[str, Effect]:
    """Work out what proposals, given by their ids, would do, each alone; at most MOST of them.

    ``data`` is the codebook file of the run whose tables these are. Proposals that cannot be made
    or cannot change which segments have which code are left out.
    """
    before = parse_codebook(data, "codebook.yaml")
    found: dict[str, Effect] = {}
    for proposal_id, proposal in proposals.items():
        if len(found) == MOST:
            break
        if touches_findings(proposal):
            after = apply_proposals(data, {proposal_id: proposal}, "codebook.yaml").codebook
            if after is not None:
                found[proposal_id] = _effect(run, before, after, settings)
    return found


def _effect(run: RunTables, before: Codebook, after: Codebook, settings: Settings) -> Effect:
    fates = code_fates(before, after)
    others = run.codings[run.codings["coder_kind"] != CODER]
    made = recode(run.segments, run.turns, run.replacements, run.codings, before, after, settings)
    codings = pd.concat([made, carried_over(others, fates)], ignore_index=True)
    changed = changed_segments(decide(run.codings), decide(codings), before, after, fates)
    meaning = meaning_changed(codebook_changes(before, after))
    again = look_again(run.codings, codings, fates, meaning)
    counts = changed.groupby("change")["segment_id"].nunique()
    return Effect(
        gained=int(counts.get("gained", 0)),
        lost=int(counts.get("lost", 0)),
        moved=int(counts.get("moved", 0)),
        look_again=len(again),
    )
