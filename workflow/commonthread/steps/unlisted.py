"""Step: list the words that nobody listed, for a person to mark, and say what was replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.private_tables import write_private
from commonthread.problems_file import write_problems
from commonthread.report.names_replaced import names_replaced_page
from commonthread.report.packing import encode
from commonthread.report.wording import count
from commonthread.returned.limits import limits_of
from commonthread.review import unlisted_page
from commonthread.steps.study_tables import read_all
from commonthread.tables import as_table, read_table, write_table
from commonthread.unlisted.returned import FOLDER, returned_names
from commonthread.unlisted.workbook import write_workbook
from commonthread.unlisted.worklist import Entry, worklist

if TYPE_CHECKING:
    import pandas as pd


def list_unlisted(
    unlisted_files: Sequence[str],
    replacements_files: Sequence[str],
    sources_files: Sequence[str],
    names_file: str,
    workshops_file: str,
    participants_file: str,
    study: str,
    title: str,
    invented: bool,
    limits: Mapping[str, Any],
    folder: str,
    counts_file: str,
    problems_file: str,
) -> list[str]:
    """Write the worklist as page and workbook, and the page of what was replaced.

    Takes the tables unlisted (private), replacements and sources of all batches, names (private),
    workshops and participants, and what people put into the study's folder of marks, within ``limits`` (the
    settings of what comes back). Writes names-worklist.html
    and .xlsx, and names.html, into ``folder``, which is private; the table unlisted_counts, which
    has no words; and into ``problems_file`` what could not be used of the marks, with which the run
    ends. Gives sentences.
    """
    returned = returned_names(Path(study) / FOLDER, limits_of(limits))
    names = read_table(Path(names_file), "names", only=["form", "kind"])
    harmless = names.loc[names["kind"] == "harmless", "form"].tolist()
    harmless += [each.words for each in returned.listed if each.kind == "harmless"]
    entries = worklist(read_all(unlisted_files, "unlisted"), harmless)
    pseudonyms = read_table(Path(participants_file), "participants")["participant_id"].tolist()
    out, place = Path(folder), f"{study}/{FOLDER}"
    page = unlisted_page(entries, pseudonyms, study=title, invented=invented, folder=place)
    write_private(out / "names-worklist.html", page)
    write_private(out / "names-worklist.xlsx", write_workbook(entries, pseudonyms, title))
    replaced = names_replaced_page(
        read_all(replacements_files, "replacements"),
        read_all(sources_files, "sources"),
        read_table(Path(workshops_file), "workshops"),
        entries,
        returned.listed,
        study=title,
        invented=invented,
        folder=place,
    )
    write_private(out / "names.html", encode(replaced, {}))
    write_table(_counts(entries), "unlisted_counts", Path(counts_file))
    write_problems(returned.problems, Path(problems_file))
    said = [f"Look at: {notice}" for notice in returned.notices]
    if returned.listed:
        said.append(f"Words that people marked: {count(len(returned.listed), 'entry')}.")
    return said


def _counts(entries: Sequence[Entry]) -> pd.DataFrame:
    """Count entries and their occurrences by why they are on the worklist."""
    by_why: dict[str, list[Entry]] = {}
    for entry in entries:
        by_why.setdefault(entry.why, []).append(entry)
    rows = [
        {"why": why, "entries": len(some), "times": sum(entry.times for entry in some)}
        for why, some in by_why.items()
    ]
    return as_table(rows, "unlisted_counts")
