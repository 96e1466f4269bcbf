"""Step: find the study's audit sample in the segments of today."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from commonthread.audit.sample import FILE, read_sample
from commonthread.audit.today import LOST, find_sample
from commonthread.pseudonyms import KEY_FILE, read_key
from commonthread.steps.study_tables import read_all, read_withdrawn
from commonthread.tables import write_table


def find_audit_sample(
    study: str,
    turns_files: Sequence[str],
    segments_files: Sequence[str],
    private: str,
    withdrawn_files: Sequence[Sequence[str]],
    sample_file: str,
) -> list[str]:
    """Write the table audit_sample; it is empty for a study of which no sample was drawn.

    ``private`` is the folder with the key, of which the pseudonyms are read, and no name;
    ``withdrawn_files`` have what people withdrew. Gives sentences. Raises ``InputProblems`` if what the study keeps of its sample is damaged.
    """
    found = find_sample(
        read_sample(Path(study)),
        read_all(segments_files, "segments"),
        read_all(turns_files, "turns"),
        [row.pseudonym for row in read_key(Path(private) / KEY_FILE)],
        read_withdrawn(withdrawn_files),
    )
    write_table(found, "audit_sample", Path(sample_file))
    lost = int((found["status"] == LOST).sum())
    if not lost:
        return []
    drawn = found["drawn_segment_id"].nunique()
    return [
        f"Of {drawn:,} segments in {study}/{FILE}, {lost:,} were not found again, so they are not "
        "part of the audit any more."
    ]
