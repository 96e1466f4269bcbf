"""What is odd about codings as a whole: from another study, of two people, without words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from commonthread.problems import Problem
from commonthread.returned.folder import FOLDER


def refuse_foreign(frame: pd.DataFrame, problems: list[Problem]) -> None:
    """Turn what came from another study into one problem a file, in place of a worklist."""
    for name, rows in frame.groupby("file", sort=False):
        sought = rows[rows["how"].notna()]
        gone = sought["how"] == "gone"
        if not gone.any() or not sought["how"].isin(["gone", "unsure"]).all() or gone.mean() < 0.5:
            continue
        frame.loc[sought.index, "status"] = "not used"
        frame.loc[sought.index, "reason"] = "It belongs to another study."
        of = next((f', "{study}"' for study in rows["study"] if study), "")
        problems.append(
            Problem(
                f"{FOLDER}/{name}",
                f"None of its {len(sought):,} segments is in this study: it seems to belong to "
                f"another{of}.",
                f"Take it out of {FOLDER}, or see that the right workshops are there.",
            )
        )


def two_people(frame: pd.DataFrame, copies: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Say where two copies of a page were used under one name and differ."""
    copy_of = {judgement: next(iter(own)) for judgement, own in copies.items()}
    own = frame[frame["judgement_id"].isin(copy_of) & frame["status"].isin(["counts", "replaced"])]
    own = own.assign(copy=own["judgement_id"].map(copy_of))
    said = []
    for coder, rows in own.groupby("coder_id"):
        if rows["copy"].nunique() < 2:
            continue
        differing = sum(
            len(same) > 1 and same["copy"].nunique() > 1 and same["codes"].nunique() > 1
            for _, same in rows.groupby("coded_segment_id")
        )
        if differing:
            named = ", ".join(f"{FOLDER}/{name}" for name in sorted(rows["file"].unique()))
            said.append(
                f'Two copies of a coding page were filled in under the name "{coder}", and they '
                f"differ on {differing:,} segments: {named}. The later decisions count. If these "
                f"are two people, put one file into a folder with that person's name, inside {FOLDER}."
            )
    return said


def by_id_alone(frame: pd.DataFrame) -> list[str]:
    """Say which files name segments by their ids alone, so that nobody can check the words."""
    own = frame[(frame["words"] == "") & (frame["status"] == "counts")]
    return [
        f"{FOLDER}/{name} names segments by their ids alone ({number:,}). If a transcript was "
        "corrected since, nothing shows whether these are still the same words. With a column for "
        "the words, each run checks them."
        for name, number in own["file"].value_counts(sort=False).items()
    ]
