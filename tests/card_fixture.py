"""A study with a classifier's card, in which each thing that it may say of a code occurs."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from commonthread.report import ReportInputs
from commonthread.report.inputs import ClassifierCard
from commonthread.tables import as_table

# Standing, and what goes with it; the codes after these were given too seldom to be learned.
_LEARNED = (
    ("applied", "It was sure 50 times.", 50, 48, 0.71, 0.55, 41, 12),
    ("offered", "Too little shows yet.", 10, 7, 0.44, 0.52, 0, 30),
    ("offered", "It was nowhere 80% sure.", 0, 0, 0.31, 0.2, 0, 8),
)
ROLES = (
    ("Researcher", 80, 6, 70, 66, 40, 0.55),
    ("Public contributor", 60, 5, 64, 60, 20, 0.25),
    ("Facilitator", 10, 1, 4, 6, 2, 0.4),
    ("notes", 20, 0, 40, 39, 30, 0.7),
)


def with_classifier(
    study: ReportInputs, *, learned: int = len(_LEARNED), judged: int = 170, roles=ROLES
) -> ReportInputs:
    """Put a card into a study; ``learned`` is how many codes were learned."""
    rows = []
    for number, code in enumerate(study.codebook.codes):
        row = {
            "dimension": code.dimension,
            "code_id": code.id,
            "name": code.name,
            "judged": judged,
            "given": 3 if judged else 0,
            "sources": 1 if judged else 0,
            "standing": "not learned",
            "reason": "People gave it to 3 segments so far; about 8 are needed to learn from.",
            **dict.fromkeys(("guessed", "both", "kappa", "dictionary_kappa", "sure")),
            **dict.fromkeys(("sure_right", "precision", "at_least", "recall")),
            "applied": 0,
            "offered": 0,
        }
        if number < learned:
            standing, reason, sure, right, kappa, dictionary, applied, offered = _LEARNED[number]
            row |= {
                "given": 60,
                "sources": 4,
                "standing": standing,
                "reason": reason,
                "guessed": 58,
                "both": 40,
                "kappa": kappa,
                "dictionary_kappa": dictionary,
                "sure": sure,
                "sure_right": right,
                "precision": right / sure if sure else None,
                "at_least": 0.75 * right / sure if sure else None,
                "recall": right / 60,
                "applied": applied,
                "offered": offered,
            }
        rows.append(row)
    counts = dict.fromkeys(("guessed", "both", "sure", "sure_right"), "Int64")
    columns = ("role", "segments", "people", "given", "guessed", "both", "kappa")
    return replace(
        study,
        classifier=ClassifierCard(
            codes=as_table(pd.DataFrame(rows).astype(counts), "classifier_codes"),
            roles=as_table(
                [dict(zip(columns, row, strict=True)) for row in (roles if learned else ())],
                "classifier_roles",
            ),
            target=0.8,
            certain=0.7,
        ),
    )
