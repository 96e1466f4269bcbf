"""The classifier's card as tables: how well it does, by code and by role of speaker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from commonthread.classifier.lessons import Lessons
from commonthread.coded import Counts, Mask
from commonthread.reliability.by_coder import cohen_kappa, contingency
from commonthread.tables import as_table

NOTES = "notes"


def figures(guess: Mask, has: Mask) -> dict[str, Any]:
    """Say how guesses of a code, or of several, agree with people.

    Goes in: for each segment whether the code was guessed, and whether people gave it. Comes out:
    ``given``, ``guessed``, ``both``, and ``kappa`` (Cohen's; missing where it is undefined).
    """
    table = contingency(guess.ravel().astype(np.int64), has.ravel().astype(np.int64), 2)
    kappa = float(cohen_kappa(table).value)
    return {
        "given": int(has.sum()),
        "guessed": int(guess.sum()),
        "both": int((guess & has).sum()),
        "kappa": None if np.isnan(kappa) else kappa,
    }


def roles_table(
    guess: Mask, has: Mask, lessons: Lessons, segments: pd.DataFrame, roles: pd.Series[Any]
) -> pd.DataFrame:
    """Say how well it does for what people of each role said: the table classifier_roles.

    Goes in: for each judged segment and learned code whether it was guessed, by what was learned
    from other sources, and given; the table of segments, and the role of each row's speaker.
    """
    own = segments.iloc[lessons.row]
    role = roles.iloc[lessons.row].to_numpy(dtype=object)
    rows = []
    for name in sorted(set(role), key=lambda name: (name == NOTES, name)):
        here = role == name
        rows.append(
            {
                "role": name,
                "segments": int(here.sum()),
                "people": int(own["participant_id"][here].nunique()),
                **figures(guess[here], has[here]),
            }
        )
    return as_table(rows, "classifier_roles")


def speakers_roles(segments: pd.DataFrame, participants: pd.DataFrame) -> pd.Series[Any]:
    """Give the role of each segment's speaker: "notes" for notes, "not given" where unknown."""
    listed = dict(zip(participants["participant_id"], participants["role"], strict=True))
    role = segments["participant_id"].map(listed).fillna("not given").replace("", "not given")
    return role.where(segments["kind"] != "notes", NOTES)


def sources_with(has: Mask, source: Counts) -> Sequence[int]:
    """Count for each code the sources in which people gave it."""
    return [len(np.unique(source[has[:, code]])) for code in range(has.shape[1])]
