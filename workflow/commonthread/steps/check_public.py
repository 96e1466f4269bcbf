"""Step: attack the public folder, write the page for whoever releases it, take in who released it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from commonthread.names import make_replacer
from commonthread.participants import read_participants
from commonthread.problems import InputProblems, Problem
from commonthread.release.check import Known, check_public
from commonthread.release.page import About, rare_values, write_release_page
from commonthread.release.record import compared, file_hashes, last_release, take_in
from commonthread.release.traces import Traces
from commonthread.settings import IdentifierSettings
from commonthread.steps.study_tables import StudyTables, read_study_tables, read_withdrawn
from commonthread.study import find_study
from commonthread.tables import read_table

# What tells of fewer people or segments than these is found, whatever the threshold is set to.
LEAST = 5
REPORT = "report-public.html"
_MOST_TOLD = 30


def check_public_folder(
    files: Mapping[str, Any],
    about: Mapping[str, Any],
    authors: Sequence[str],
    threshold: int,
    linked: bool,
    identifiers: Mapping[str, Any],
    study: str,
    folder: str,
    page_file: str,
) -> list[str]:
    """Attack the public folder as an outsider would, and write what to look at before it goes out.

    ``files`` are the study's tables, as ``read_study_tables`` takes them, with ``frequencies``,
    ``participation``, ``unlisted_counts`` and the private ``names``, ``speakers``, ``whole_turns`` and
    ``whole_segments``, and as ``public`` all that a run puts into the folder. ``about`` has the
    study's ``title`` and whether it is ``invented``; ``authors`` may be named in the folder. Below
    ``threshold`` a count is small; LEAST is the least that it counts as.
    ``linked`` says that quotes of one person may have a number, ``identifiers`` which are looked for.

    Takes in who released the folder before. Gives sentences. Raises ``InputProblems`` with all that
    was found; the page has it too.
    """
    tables, here = read_study_tables(files), Path(folder)
    least = max(threshold, LEAST)
    known = Known(
        study=tables,
        participation=read_table(Path(files["participation"]), "participation"),
        frequencies=read_table(Path(files["frequencies"]), "frequencies"),
        sought=_sought(tables, files, authors, IdentifierSettings.model_validate(identifiers)),
        withdrawn=read_withdrawn([files["whole_turns"], files["whole_segments"]]),
        expected=[
            Path(file).relative_to(here).as_posix()
            for file in files["public"]
            if Path(file).is_relative_to(here)
        ],
        threshold=least,
        linked=linked,
    )
    checked = check_public(here, known)
    checked = replace(checked, problems=(*checked.problems, *_copies(files["public"], here)))
    unused = take_in(Path(study))
    hashes = file_hashes(here)
    last = last_release(Path(study))
    standing = [
        compared(last, hashes) if last else "No release of it is recorded yet.",
        *_waiting(files["unlisted_counts"]),
    ]
    write_release_page(
        Path(page_file),
        checked,
        known,
        hashes,
        About(
            title=about["title"],
            invented=about["invented"],
            folder=folder,
            standing=(*standing, *map(str, unused)),
            attributes=_attributes(Path(study), least),
        ),
        {name: (here / name).stat().st_size for name in hashes},
    )
    if checked.problems or unused:
        raise InputProblems(
            [*_first(checked.problems, page_file), *unused],
            heading="The public folder should not go out as it is:"
            if checked.problems
            else "The check found nothing in the public folder, but this could not be taken in:",
        )
    return [
        f"The check found nothing in {folder}. It looked at {len(hashes)} files and "
        f"{len(checked.quotes):,} quotes, and took counts below {least} for small.",
        *standing,
        f"What no computer can judge, and what to do next: {page_file}",
    ]


def _waiting(unlisted_counts: str) -> Iterator[str]:
    """Say how many words that may tell who somebody is nobody has decided about."""
    waiting = int(read_table(Path(unlisted_counts), "unlisted_counts")["entries"].sum())
    if waiting:
        yield (
            f"Words and phrases that nobody listed and that may be names: {waiting:,}. They wait on the "
            "worklist in the private folder, and stand in quotes as they were said."
        )


def _copies(files: Sequence[str], folder: Path) -> Iterator[Problem]:
    """Say if the public report beside the folder is another than the one in it."""
    report = folder / "report.html"
    for file in map(Path, files):
        if file.name != REPORT or not file.is_file() or not report.is_file():
            continue
        if file.read_bytes() != report.read_bytes():
            yield Problem(
                file.name,
                f"It is not the same as {report.name} in the public folder, which was checked.",
                "Pass on the one in the folder; or run again, so that both are written anew.",
            )


def _first(problems: Sequence[Problem], page_file: str) -> list[Problem]:
    """Give as many problems as a terminal can show, and say where the others are."""
    left = len(problems) - _MOST_TOLD
    more = Problem("public folder", f"There are {left:,} more such things.", f"See {page_file}.")
    return [*problems[:_MOST_TOLD], *([more] if left > 0 else [])]


def _sought(
    study: StudyTables,
    files: Mapping[str, Any],
    authors: Sequence[str],
    identifiers: IdentifierSettings,
) -> Traces:
    sources = study.sources
    exact = dict.fromkeys(study.segments["segment_id"], "The id of a segment")
    exact |= dict.fromkeys(sources["source_id"], "The id of a file")
    exact |= dict.fromkeys(sources["sha256"], "The hash of a file")
    exact |= dict.fromkeys(sources["path"], "The name of a file")
    exact |= dict.fromkeys(
        (PurePosixPath(path).name for path in sources["path"]), "The name of a file"
    )
    return Traces(
        pseudonyms=study.participants["participant_id"].tolist(),
        exact=exact,
        names=make_replacer(
            read_table(Path(files["names"]), "names"),
            read_table(Path(files["speakers"]), "found_speakers"),
            identifiers,
        ),
        authors=authors,
    )


def _attributes(study: Path, threshold: int) -> tuple[tuple[str, int], ...]:
    """Give what few people have in common, as the participants list says beside their roles."""
    file = find_study(study).participants_file
    if file is None:
        return ()
    people = read_participants(file).people
    return tuple(rare_values((person.rows[0].attributes for person in people), threshold))
