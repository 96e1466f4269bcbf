"""Step: measure how far coders agree, and what the codes of segments rest on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.codebook import load_codebook
from commonthread.export import write_csv_for_people
from commonthread.reliability.study import agreement_tables
from commonthread.steps.study_tables import read_all
from commonthread.tables import read_table, write_table


def measure_agreement(files: Mapping[str, Any], data: str) -> None:
    """Write the tables agreement, confusions, disagreements and coding_basis into ``data``.

    ``files`` are segments and the machines' codings of all batches, the codebook, and the tables
    judgements and coders. Raises ``InputProblems`` for a codebook that cannot be used.
    """
    made = agreement_tables(
        segments=read_all(files["segments"], "segments"),
        judgements=read_table(Path(files["judgements"]), "judgements"),
        machines=read_all(files["codings"], "codings"),
        coders=read_table(Path(files["coders"]), "coders"),
        codebook=load_codebook(Path(files["codebook"])),
    )
    for name, frame in made.items():
        write_table(frame, name, Path(data) / f"{name}.parquet")
        write_csv_for_people(frame, Path(data) / f"{name}.csv")
