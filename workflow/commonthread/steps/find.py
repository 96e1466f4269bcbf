"""Step: count the findings of the whole study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.codebook import load_codebook
from commonthread.codings import decide
from commonthread.findings import find, write_findings
from commonthread.settings import TableSettings
from commonthread.tables import read_table


def find_all(
    sources_files: Sequence[str],
    turns_files: Sequence[str],
    segments_files: Sequence[str],
    codings_files: Sequence[str],
    participants_file: str,
    workshops_file: str,
    codebook_file: str,
    tables: Sequence[Mapping[str, Any]],
    data: str,
) -> list[str]:
    """Write the findings into the folder ``data``; give sentences about them.

    Takes the tables of all batches. ``tables`` are the settings of the summary tables. Raises
    ``InputProblems`` if they or the codebook cannot be used.
    """
    codebook = load_codebook(Path(codebook_file))
    segments = read_all(segments_files, "segments")
    findings = find(
        read_all(sources_files, "sources"),
        read_all(turns_files, "turns"),
        segments,
        decide(read_all(codings_files, "codings")),
        read_table(Path(participants_file), "participants"),
        read_table(Path(workshops_file), "workshops"),
        codebook,
        [TableSettings.model_validate(table) for table in tables],
    )
    write_findings(findings, Path(data))
    whole = findings.coverage[findings.coverage["group"] == "all"]
    not_coded = int(whole["not_coded"].sum())
    return [
        f"Segments: {len(segments):,}. With a code of a theme: {len(segments) - not_coded:,}. "
        f"Without: {not_coded:,}."
    ]


def read_all(files: Sequence[str], table: str) -> pd.DataFrame:
    """Read a table of all batches as one, in the order of its source and place in it."""
    return pd.concat([read_table(Path(file), table) for file in files], ignore_index=True)
