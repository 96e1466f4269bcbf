"""Step: correct the counts of machines by what people said of the audit sample."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.audit.tables import audit_tables
from commonthread.codebook import load_codebook
from commonthread.coded import code_segments
from commonthread.codings import MACHINES, decide
from commonthread.export import write_csv_for_people
from commonthread.steps.study_tables import read_all
from commonthread.tables import read_table, write_table


def correct_frequencies(files: Mapping[str, Any], size: int, data: str) -> list[str]:
    """Write the tables corrected_frequencies, corrected_differences and audit_outlook into ``data``.

    ``files`` are segments and codings of all batches, the tables participants, workshops, judgements
    and audit_sample, and the codebook; ``size`` is that of the sample by the settings. Of the
    codings only those of machines count: a classifier's before the dictionary's. Gives sentences. Raises ``InputProblems`` for a codebook that
    cannot be used.
    """
    codings = read_all(files["codings"], "codings")
    coded = code_segments(
        read_all(files["segments"], "segments"),
        decide(codings[codings["coder_kind"].isin(MACHINES)]),
        read_table(Path(files["participants"]), "participants"),
        read_table(Path(files["workshops"]), "workshops"),
        load_codebook(Path(files["codebook"])),
    )
    made = audit_tables(
        coded,
        read_table(Path(files["audit_sample"]), "audit_sample"),
        read_table(Path(files["judgements"]), "judgements"),
        size,
    )
    for name, frame in made.items():
        write_table(frame, name, Path(data) / f"{name}.parquet")
        write_csv_for_people(frame, Path(data) / f"{name}.csv")
    whole = made["corrected_frequencies"]
    checked = int(whole.loc[whole["group"] == "all", "checked"].max())
    return [f"Segments of the audit sample that people checked: {checked:,}."] if checked else []
