"""The codebook's questions, those first whose code came up most widely: facts for a handout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from commonthread.tables import as_table, check_table

if TYPE_CHECKING:
    from commonthread.codebook import Codebook

_COUNTS = ("segments", "note_segments", "people", "of_people", "workshops", "of_workshops")


def questions(frequencies: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Put the codebook's questions in order: the table ``questions``.

    Goes in: the table ``frequencies``, of which the rows of the whole study are used. Comes out: a
    row for each question. Themes stand in the order of the codebook, and aspects last, together,
    without a theme. Within each, codes stand in the order of how widely they came up: by
    workshops, then people, then segments, then the order of the codebook; so those that nobody
    raised come last. A code counts what any code below it has.
    Raises ValueError if ``frequencies`` lacks one of the codes that have questions.
    """
    check_table(frequencies, "frequencies", only=["code_id", "group", *_COUNTS])
    whole = frequencies[frequencies["group"] == "all"]
    counts = {row["code_id"]: row for row in whole.to_dict("records")}
    missing = [code.id for code in codebook.codes if code.questions and code.id not in counts]
    if missing:
        raise ValueError(f"These codes are not in the frequencies: {', '.join(missing)}.")
    rows: list[dict[str, Any]] = []
    for theme_id in (*(theme.id for theme in codebook.themes), None):
        asked = [code for code in codebook.codes if code.theme == theme_id and code.questions]
        asked.sort(
            key=lambda code: [
                -counts[code.id][name] for name in ("workshops", "people", "segments")
            ]
        )
        for code_rank, code in enumerate(asked, start=1):
            rows += [
                {
                    "theme_id": theme_id,
                    "code_id": code.id,
                    "code_rank": code_rank,
                    "rank": rank,
                    "question": question,
                    "raised": counts[code.id]["segments"] > 0,
                    **{name: counts[code.id][name] for name in _COUNTS},
                }
                for rank, question in enumerate(code.questions, start=1)
            ]
    return as_table(rows, "questions")
