"""Step: write the tables that people open: summary tables, segments with their words, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commonthread.codebook import load_codebook
from commonthread.codings import decide
from commonthread.export import write_csv_for_people
from commonthread.segment_list import segment_list
from commonthread.settings import TableSettings
from commonthread.steps.find import read_all
from commonthread.summary_tables import for_people, tables_of_themes, write_summary_tables
from commonthread.tables import read_table


def write_tables(
    sources_files: Sequence[str],
    turns_files: Sequence[str],
    segments_files: Sequence[str],
    codings_files: Sequence[str],
    participants_file: str,
    workshops_file: str,
    summary_tables_file: str,
    codebook_file: str,
    tables: Sequence[Mapping[str, Any]],
    segments_csv: str,
    sources_csv: str,
    participants_csv: str,
    summary_csv: str,
    summary_markdown: str,
    summary_docx: str,
) -> None:
    """Write segments, sources and participants as CSV, and the summary tables in three forms.

    Takes the tables of all batches, participants, workshops and summary_tables. ``tables`` are the
    settings of the summary tables; one for each theme if there are none.
    """
    codebook = load_codebook(Path(codebook_file))
    participants = read_table(Path(participants_file), "participants")
    workshops = read_table(Path(workshops_file), "workshops")
    rows = segment_list(
        read_all(segments_files, "segments"),
        read_all(turns_files, "turns"),
        decide(read_all(codings_files, "codings")),
        participants,
        workshops,
        codebook,
    )
    write_csv_for_people(rows, Path(segments_csv))
    write_csv_for_people(read_all(sources_files, "sources"), Path(sources_csv))
    write_csv_for_people(participants, Path(participants_csv))
    summary = read_table(Path(summary_tables_file), "summary_tables")
    write_csv_for_people(summary, Path(summary_csv))
    titles = dict(zip(workshops["workshop_id"], workshops["workshop"], strict=True))
    named = [TableSettings.model_validate(table) for table in tables]
    laid_out = for_people(summary, named or tables_of_themes(codebook), titles)
    write_summary_tables(laid_out, Path(summary_markdown), Path(summary_docx))
