"""Step: write the tables that people open: segments with their words, sources, people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.export import write_csv_for_people
from commonthread.segment_list import segment_list
from commonthread.steps.study_tables import read_study_tables


def write_tables(
    files: Mapping[str, Any], segments_csv: str, sources_csv: str, participants_csv: str
) -> None:
    """Write segments, sources and participants as CSV.

    ``files`` are the study's tables, as ``read_study_tables`` takes them.
    """
    study = read_study_tables(files)
    rows = segment_list(
        study.segments,
        study.turns,
        study.codings,
        study.participants,
        study.workshops,
        study.codebook,
    )
    write_csv_for_people(rows, Path(segments_csv))
    write_csv_for_people(study.sources, Path(sources_csv))
    write_csv_for_people(study.participants, Path(participants_csv))
