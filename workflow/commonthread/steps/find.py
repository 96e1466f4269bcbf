"""Step: count the findings of the whole study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commonthread.findings import find, write_findings
from commonthread.settings import TableSettings
from commonthread.steps.study_tables import read_study_tables


def find_all(files: Mapping[str, Any], tables: Sequence[Mapping[str, Any]], data: str) -> list[str]:
    """Write the findings into the folder ``data``; give sentences about them.

    ``files`` are the study's tables, as ``read_study_tables`` takes them; ``tables`` the settings
    of the summary tables. Raises ``InputProblems`` if the codebook cannot be used.
    """
    study = read_study_tables(files)
    findings = find(**vars(study), tables=[TableSettings.model_validate(table) for table in tables])
    write_findings(findings, Path(data))
    whole = findings.coverage[findings.coverage["group"] == "all"]
    segments, not_coded = len(study.segments), int(whole["not_coded"].sum())
    return [
        f"Segments: {segments:,}. With a code of a theme: {segments - not_coded:,}. "
        f"Without: {not_coded:,}."
    ]
