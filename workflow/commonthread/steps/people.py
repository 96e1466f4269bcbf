"""Step: find out who speaks, and by which pseudonym each goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.listed_words import ListedWords, put_together, read_listed_words
from commonthread.names import Replacer, make_replacer, replace_names_in_path
from commonthread.people import People, collect_people, write_list_to_complete
from commonthread.returned.limits import limits_of
from commonthread.settings import IdentifierSettings, LimitSettings
from commonthread.still_held import note_withdrawals
from commonthread.study import Study, find_study
from commonthread.tables import as_table, read_table, write_table
from commonthread.unlisted.returned import FOLDER, returned_names


def find_people(
    study: str,
    private: str,
    turns_files: Sequence[str],
    sources_files: Sequence[str],
    identifiers: Mapping[str, Any],
    limits: Mapping[str, Any],
    names_file: str,
    speakers_file: str,
    sources_file: str,
    list_file: str,
    participants_file: str,
    workshops_file: str,
) -> list[str]:
    """Find out who speaks in all batches; write the private tables, participants and workshops.

    Takes the tables raw_turns and sources of each batch, the settings of identifiers, and the limits
    for what comes back from people. Files with the same bytes as another are refused here, where all are known. Gives sentences about what was read and who speaks. Raises
    ``InputProblems`` for a list of participants or of other words that cannot be used.
    """
    found = find_study(Path(study))
    sources = pd.concat(
        [read_table(Path(file), "sources") for file in sources_files], ignore_index=True
    ).sort_values("path", ignore_index=True)
    people = collect_people(
        [Path(file) for file in turns_files],
        found.participants_file,
        Path(private),
        {workshop.folder: workshop.date for workshop in found.workshops},
        _other_words(found, limits_of(limits)),
    )
    sources = refuse_copies(sources)
    write_table(people.names, "names", Path(names_file))
    write_table(people.speakers, "found_speakers", Path(speakers_file))
    write_table(sources, "sources", Path(sources_file))
    write_list_to_complete(people.to_complete, Path(list_file))
    write_table(people.participants, "participants", Path(participants_file))
    replacer = make_replacer(
        people.names, people.speakers, IdentifierSettings.model_validate(identifiers)
    )
    write_table(_workshops(found, replacer), "workshops", Path(workshops_file))
    note_withdrawals(Path(private), people.withdrew)
    return [_what_was_read(sources), *_who_speaks(people, list_file)]


def refuse_copies(sources: pd.DataFrame) -> pd.DataFrame:
    """Refuse each file with the same bytes as one before it, so that no words count twice."""
    read = sources["status"] == "read"
    first = sources[read].groupby("sha256")["path"].transform("first")
    copies = first[first != sources.loc[first.index, "path"]]
    sources = sources.copy()
    sources.loc[copies.index, "status"] = "refused"
    sources.loc[copies.index, "reason"] = "It is the same file as " + copies + "."
    sources.loc[copies.index, "remedy"] = "Remove one of the two: the same words would count twice."
    sources.loc[copies.index, ["turns", "words"]] = 0
    return sources


def _other_words(study: Study, limits: LimitSettings) -> tuple[ListedWords, ...]:
    """Give what the study lists besides people, and how people marked words on the worklist."""
    listed = read_listed_words(study.names_file) if study.names_file is not None else ()
    # What cannot be used of the marks is told when the worklist is made.
    return put_together(listed, returned_names(study.folder / FOLDER, limits).listed)


def _workshops(study: Study, replacer: Replacer) -> pd.DataFrame:
    rows = []
    for workshop in study.workshops:
        place = {"workshop_id": workshop.folder}
        rows.append(
            {
                "workshop_id": replace_names_in_path(workshop.folder, replacer, **place),
                "workshop": replace_names_in_path(workshop.title, replacer, **place),
                "date": workshop.date,
            }
        )
    return as_table(rows, "workshops")


def _what_was_read(sources: pd.DataFrame) -> str:
    read = sources[sources["status"] == "read"]
    return (
        f"Files: {len(read):,} read, {len(sources) - len(read):,} refused. "
        f"Turns and notes: {int(read['turns'].sum()):,}. Words: {int(read['words'].sum()):,}."
    )


def _who_speaks(people: People, list_file: str) -> list[str]:
    said = [f"People who speak: {people.speakers['participant_id'].nunique():,}."]
    if people.unlisted:
        said.append(
            f"In no participants list: {people.unlisted:,}, so their roles are not known. "
            f"A list to complete: {list_file}"
        )
    if people.withdrew:
        said.append(f"People who withdrew: {len(people.withdrew):,}. Their words are left out.")
    return said
