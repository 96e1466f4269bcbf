"""Step: gather what people decided, and say what could not be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commonthread.codebook import load_codebook
from commonthread.export import write_csv_for_people
from commonthread.judged import people_codings
from commonthread.judgements import Gathered, Today, gather
from commonthread.problems_file import write_problems
from commonthread.pseudonyms import KEY_FILE, read_key
from commonthread.returned.folder import read_folder
from commonthread.returned.limits import limits_of
from commonthread.returned.worklist import worklist_items, write_worklist
from commonthread.steps.study_tables import read_all, read_withdrawn
from commonthread.study import find_study
from commonthread.tables import write_table
from commonthread.whole_files import replacing

_NOT_USED = ("file", "place", "coder_id", "words", "written", "comment", "reason")


def gather_codings(
    study: str,
    returned: Mapping[str, Any],
    turns_files: Sequence[str],
    segments_files: Sequence[str],
    codebook_file: str,
    private: str,
    withdrawn_files: Sequence[Sequence[str]],
    judgements_file: str,
    coders_file: str,
    codings_file: str,
    worklist_file: str,
    not_used_csv: str,
    problems_file: str,
) -> list[str]:
    """Read the study's folder of codings; write the tables judgements, coders and codings.

    ``returned`` are the settings of that section, the limits of what is read. ``private`` is the
    folder with the key, of which the pseudonyms are read, and no name. Decisions on what stands in
    ``withdrawn_files`` are left out.
    What it is not sure of goes into a worklist, what cannot be used with its reason into
    ``not_used_csv``, and what is wrong with files into ``problems_file``, with which the run ends.
    Gives sentences. Raises ``InputProblems`` for a codebook or a list of coders that cannot be
    used.
    """
    found = find_study(Path(study))
    codebook = load_codebook(Path(codebook_file))
    gathered = gather(
        read_folder(Path(study), limits_of(returned)),
        Today(
            coders=found.coders,
            codebook=codebook,
            segments=read_all(segments_files, "segments"),
            turns=read_all(turns_files, "turns"),
            pseudonyms=[row.pseudonym for row in read_key(Path(private) / KEY_FILE)],
            withdrawn=read_withdrawn(withdrawn_files),
        ),
    )
    judgements = gathered.judgements
    write_table(judgements, "judgements", Path(judgements_file))
    write_table(gathered.coders, "coders", Path(coders_file))
    write_table(people_codings(judgements), "codings", Path(codings_file))
    items = worklist_items(judgements, codebook)
    with replacing(Path(worklist_file)) as temporary:
        temporary.write_bytes(write_worklist(items))
    not_used = judgements[judgements["status"].isin(["not used", "comment"])]
    write_csv_for_people(not_used[list(_NOT_USED)], Path(not_used_csv))
    write_problems(gathered.problems, Path(problems_file))
    return _said(gathered, len(items), worklist_file, not_used_csv)


def _said(gathered: Gathered, items: int, worklist: str, not_used: str) -> list[str]:
    judgements = gathered.judgements
    if judgements.empty:
        return list(gathered.notices)
    status = judgements["status"].value_counts()
    counting = judgements[judgements["status"] == "counts"]
    said = [
        f"Decisions by people that count: {int(status.get('counts', 0)):,}, "
        f"by {counting.loc[counting['purpose'] == 'coding', 'coder_id'].nunique():,} coders."
    ]
    left = int(status.get("not used", 0)) + int(status.get("comment", 0))
    if left:
        said.append(f"Decisions that could not be used: {left:,}. The reasons: {not_used}")
    if items:
        said.append(f"Questions that only a person can answer: {items:,}. See {worklist}")
    return said + list(gathered.notices)
