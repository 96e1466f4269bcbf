"""Step: write the tables that people open: segments with their words, sources, people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from commonthread.codebook import load_codebook
from commonthread.codings import decide
from commonthread.export import write_csv_for_people
from commonthread.segment_list import segment_list
from commonthread.steps.find import read_all
from commonthread.tables import read_table


def write_tables(
    sources_files: Sequence[str],
    turns_files: Sequence[str],
    segments_files: Sequence[str],
    codings_files: Sequence[str],
    participants_file: str,
    workshops_file: str,
    codebook_file: str,
    segments_csv: str,
    sources_csv: str,
    participants_csv: str,
) -> None:
    """Write segments, sources and participants as CSV.

    Takes the tables of all batches, participants and workshops.
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
