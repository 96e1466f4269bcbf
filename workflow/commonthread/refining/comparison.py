"""What a change of the codebook does to the findings, before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.coded import code_segments
from commonthread.codings import decide
from commonthread.dictionary import CODER
from commonthread.frequencies import frequencies
from commonthread.quotes import SegmentTexts
from commonthread.refining.changed_counts import changed_counts
from commonthread.refining.changed_segments import changed_segments
from commonthread.refining.changes import (
    Change,
    changes_table,
    codebook_changes,
    meaning_changed,
)
from commonthread.refining.code_fates import CodeFates, code_fates
from commonthread.refining.look_again import carried_over, look_again
from commonthread.refining.recode import recode
from commonthread.settings import Settings
from commonthread.tables import empty_table


@dataclass(frozen=True)
class RunTables:
    """The tables with these names of one run; ``codings`` those of all coders, undecided."""

    segments: pd.DataFrame
    turns: pd.DataFrame
    replacements: pd.DataFrame
    codings: pd.DataFrame
    participants: pd.DataFrame
    workshops: pd.DataFrame


@dataclass(frozen=True)
class Comparison:
    """What a changed codebook does: the tables of these names, empty where nothing changes.

    ``codings_after`` are the codings of all coders under the later codebook, undecided.
    """

    codebook_changes: pd.DataFrame
    changed_segments: pd.DataFrame
    changed_counts: pd.DataFrame
    look_again: pd.DataFrame
    codings_after: pd.DataFrame

    @property
    def nothing_changes(self) -> bool:
        """Whether the two codebooks say the same."""
        return self.codebook_changes.empty


def compare(run: RunTables, before: Codebook, after: Codebook, settings: Settings) -> Comparison:
    """Compare the findings of a run with those that another codebook gives.

    Goes in: the tables of the run, its codebook, the changed codebook, and the run's settings (of
    which the language counts). The dictionary codes anew only what changed (see ``recode``);
    people's and the classifier's codings are carried over (see ``carried_over``). What is gained
    and lost is what a full run with the changed codebook would give, but that a classifier is not
    trained anew. Raises InputProblems for a language that cannot be loaded.
    """
    changes = codebook_changes(before, after)
    if not changes:
        return _nothing(changes, run.codings)
    fates = code_fates(before, after)
    others = run.codings[run.codings["coder_kind"] != CODER]
    made = recode(run.segments, run.turns, run.replacements, run.codings, before, after, settings)
    codings_after = pd.concat([made, carried_over(others, fates)], ignore_index=True)
    if all(change.kind == "wording" for change in changes):
        return _nothing(changes, codings_after)
    decided = decide(run.codings), decide(codings_after)
    meaning = meaning_changed(changes)
    return Comparison(
        codebook_changes=changes_table(changes),
        changed_segments=changed_segments(*decided, before, after, fates),
        changed_counts=_counts(run, decided, (before, after), fates),
        look_again=look_again(run.codings, codings_after, fates, meaning),
        codings_after=codings_after,
    )


def with_words(changed: pd.DataFrame, run: RunTables) -> pd.DataFrame:
    """Put beside each segment that changes where it stands, who said it, and its words.

    Goes in: the table ``changed_segments``. Comes out: with the columns workshop, participant_id,
    role and text.
    """
    own = run.segments[run.segments["segment_id"].isin(changed["segment_id"])]
    own = own.reset_index(drop=True)
    texts = SegmentTexts(own, run.turns)
    people = run.participants.set_index("participant_id")["role"]
    titles = run.workshops.set_index("workshop_id")["workshop"]
    told = pd.DataFrame(
        {
            "segment_id": own["segment_id"],
            "workshop": own["workshop_id"].map(titles),
            "participant_id": own["participant_id"],
            "role": own["participant_id"].map(people),
            "text": [texts[row] for row in range(len(own))],
        }
    )
    return changed.merge(told, on="segment_id", how="left")


def _nothing(changes: Sequence[Change], codings: pd.DataFrame) -> Comparison:
    """Give the comparison where no finding can change."""
    return Comparison(
        codebook_changes=changes_table(changes),
        changed_segments=empty_table("changed_segments"),
        changed_counts=empty_table("changed_counts"),
        look_again=empty_table("look_again"),
        codings_after=codings,
    )


def _counts(
    run: RunTables,
    decided: tuple[pd.DataFrame, pd.DataFrame],
    codebooks: tuple[Codebook, Codebook],
    fates: CodeFates,
) -> pd.DataFrame:
    counted = [
        frequencies(code_segments(run.segments, codings, run.participants, run.workshops, codebook))
        for codings, codebook in zip(decided, codebooks, strict=True)
    ]
    return changed_counts(counted[0], counted[1], fates)
