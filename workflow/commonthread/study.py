"""The study folder: which files it holds, by which safe ids they go, and in which batches."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from commonthread.coders import Coder, read_coders
from commonthread.ordinary_files import is_link, is_there, shown_name
from commonthread.private_tables import read_rows
from commonthread.problems import InputProblems, Problem, suggest
from commonthread.returned_files import walk
from commonthread.strict_yaml import load_yaml, validate

# Batches of about this size keep a process small and leave work for several cores.
BATCH_BYTES = 10_000_000

# Left by operating systems and office programs; nobody put them there to be read.
_CLUTTER = {"thumbs.db", "desktop.ini", "icon\r"}
_CLUTTER_STARTS = (".", "~$")

_WORKSHOP_COLUMNS = ("folder", "workshop", "date")


@dataclass(frozen=True)
class SourceFile:
    """A file of a workshop.

    ``source_id`` is safe in any file name; ``workshop`` is the name of the workshop's folder;
    ``place`` is the path inside the study folder; ``unusable`` says why the file cannot even be
    opened, with the remedy, and is None for an ordinary file.
    """

    source_id: str
    workshop: str
    place: str
    path: Path
    size: int
    modified_ns: int
    unusable: tuple[str, str] | None = None


@dataclass(frozen=True)
class Workshop:
    """A workshop: its folder's name, and the title and date that ``workshops.csv`` gives it."""

    folder: str
    title: str
    date: str


class StudyDescription(BaseModel):
    """What ``study.yaml`` says of a study."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field("", description="Title of the study; its folder's name if empty")
    invented: bool = Field(False, description="Whether workshops and people are made up")
    authors: list[str] = Field([], description="Who writes the summary tables, in order")
    analysis: Literal["", "codebook", "coding reliability", "reflexive"] = Field(
        "",
        description="Kind of thematic analysis; if reflexive, no figures of agreement are shown",
    )


@dataclass(frozen=True)
class Study:
    """What is in a study folder. ``notices`` are sentences about what deserves a look."""

    folder: Path
    title: str
    invented: bool
    authors: tuple[str, ...]
    analysis: str
    workshops: tuple[Workshop, ...]
    files: tuple[SourceFile, ...]
    participants_file: Path | None
    names_file: Path | None
    coders: tuple[Coder, ...]
    notices: tuple[str, ...]

    def listed_coders(self) -> tuple[Coder, ...]:
        """Give who codes, for what needs somebody. Raises ``InputProblems`` if nobody is listed."""
        if self.coders:
            return self.coders
        raise InputProblems(
            [
                Problem(
                    f"{self.folder}/coders.csv",
                    "Nobody is named who codes.",
                    "Make this file with the columns coder (a name or pseudonym) and role, and a "
                    "row for each person.",
                )
            ]
        )


def find_study(folder: Path) -> Study:
    """Look through a study folder without opening any workshop file.

    Raises ``InputProblems`` if there is no ``workshops`` folder, if it holds no files, or if
    ``workshops.csv`` or the list of coders cannot be used.
    """
    top = folder / "workshops"
    if not top.is_dir():
        raise InputProblems(
            [
                Problem(
                    str(folder),
                    "There is no folder called workshops in the study.",
                    "Make one, and in it a folder for each workshop with its files.",
                )
            ]
        )
    problems: list[Problem] = []
    notices: list[str] = []
    files: list[SourceFile] = []
    folders: list[str] = []
    for entry in sorted(top.iterdir(), key=lambda entry: entry.name):
        if _is_clutter(entry.name):
            continue
        if not entry.is_dir():
            problems.append(
                Problem(
                    shown_name(f"workshops/{entry.name}"),
                    "This file is in no workshop's folder.",
                    "Move it into a folder with the name of its workshop.",
                )
            )
            continue
        folders.append(_storable(entry.name))
        found = _files_of_workshop(folder, entry)
        if not found:
            notices.append(f"The workshop {shown_name(entry.name)} has no files.")
        files += found
    if not files and not problems:
        problems.append(
            Problem(
                str(top),
                "There are no workshop files.",
                "Put each workshop's files into a folder of its own in here.",
            )
        )
    problems += _names_too_alike(folders)
    workshops = _workshops(folder / "workshops.csv", folders, problems)
    description = _description(folder / "study.yaml", problems)
    coders = _coders(folder, folders, problems)
    participants = _list_file(folder, "participants", problems)
    names = _list_file(folder, "names", problems)
    if problems:
        raise InputProblems(problems)
    files, same = _mark_names_too_alike(files)
    return Study(
        folder=folder,
        title=description.title or folder.resolve().name,
        invented=description.invented,
        authors=tuple(description.authors),
        analysis=description.analysis,
        workshops=workshops,
        files=tuple(files),
        participants_file=participants,
        names_file=names,
        coders=coders,
        notices=tuple(notices + same),
    )


def _description(file: Path, problems: list[Problem]) -> StudyDescription:
    if not is_there(file):
        return StudyDescription()
    try:
        return validate(StudyDescription, load_yaml(file), file.name)
    except InputProblems as found:
        problems += found.problems
        return StudyDescription()


def _list_file(folder: Path, name: str, problems: list[Problem]) -> Path | None:
    """Give the file of a list that people keep, as CSV or as a workbook; None if there is none.

    Whatever goes by the name counts: a list that cannot be read must not be passed over.
    """
    named = (folder / f"{name}{ending}" for ending in (".csv", ".xlsx"))
    files = [file for file in named if is_there(file)]
    if len(files) > 1:
        problems.append(
            Problem(
                " and ".join(file.name for file in files),
                "This list is there twice.",
                "Keep the one that counts, and move the other out of the folder.",
            )
        )
    return files[0] if files else None


def _coders(folder: Path, workshops: list[str], problems: list[Problem]) -> tuple[Coder, ...]:
    file = _list_file(folder, "coders", problems)
    if file is None:
        return ()
    try:
        return read_coders(file, workshops)
    except InputProblems as found:
        problems += found.problems
        return ()


def batches(files: Iterable[SourceFile]) -> dict[str, list[SourceFile]]:
    """Share files out over batches, by source id, so that a new file changes only its batch.

    The number of batches is a power of two that grows with the size of the study.
    """
    files = list(files)
    total = sum(file.size for file in files)
    count = 1
    while count * BATCH_BYTES < total:
        count *= 2
    shared: dict[str, list[SourceFile]] = defaultdict(list)
    for file in files:
        number = int(file.source_id[1:], 16) % count
        shared[f"{number:03d}"].append(file)
    return dict(sorted(shared.items()))


def files_fingerprint(files: Iterable[SourceFile]) -> str:
    """Give a hash that changes when a file is added, removed, renamed, or written anew."""
    lines = (
        f"{file.place}\0{file.size}\0{file.modified_ns}\0{file.unusable or ''}" for file in files
    )
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _files_of_workshop(folder: Path, workshop: Path) -> list[SourceFile]:
    return [
        _source_file(path, _storable(workshop.name), path.relative_to(folder))
        for path in walk(workshop, _is_clutter)
    ]


def _source_file(path: Path, workshop: str, place: Path) -> SourceFile:
    posix = PurePosixPath(place).as_posix()
    normal = unicodedata.normalize("NFC", posix).encode("utf-8", "surrogateescape")
    source_id = "s" + hashlib.sha256(normal).hexdigest()[:10]
    try:
        status = path.stat()
    except OSError as error:
        unusable = (
            ("It is a link that leads nowhere.", "Put the file itself there, or remove the link.")
            if is_link(path)
            else (f"It cannot be opened ({error.strerror}).", "Give it a shorter name and place.")
        )
        return SourceFile(source_id, workshop, shown_name(posix), path, 0, 0, unusable)
    special = None
    if stat.S_ISDIR(status.st_mode):
        special = (
            "It is a link to a folder, or a folder that is closed to you: nothing in it was read.",
            "Put the folder itself there, and see that you may open it; or take it away.",
        )
    elif not stat.S_ISREG(status.st_mode):
        special = (
            "It is not an ordinary file.",
            "Put the transcript or notes themselves there, or remove it.",
        )
    return SourceFile(
        source_id, workshop, shown_name(posix), path, status.st_size, status.st_mtime_ns, special
    )


def _storable(name: str) -> str:
    """Give a folder's name as any table can hold it: bytes that are no letters, and controls, replaced."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in text)


def _is_clutter(name: str) -> bool:
    return name.startswith(_CLUTTER_STARTS) or name.lower() in _CLUTTER


def _alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _names_too_alike(folders: list[str]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for folder in folders:
        other = seen.setdefault(_alike(folder), folder)
        if other != folder:
            problems.append(
                Problem(
                    shown_name(f"workshops/{folder}"),
                    f"Its name differs from {shown_name(other)} only in capital letters "
                    "or in how accents are stored.",
                    "Give one of the two workshops another name.",
                )
            )
    return problems


def _mark_names_too_alike(files: list[SourceFile]) -> tuple[list[SourceFile], list[str]]:
    """Refuse the second of two files whose names are the same to most computers.

    Files that differ only in their endings stay, with a notice: often they are one transcript
    saved twice, and its words would count twice.
    """
    marked: list[SourceFile] = []
    notices: list[str] = []
    seen: dict[str, str] = {}
    stems: dict[str, str] = {}
    for file in files:
        other = seen.setdefault(_alike(file.place), file.place)
        if other != file.place or any(file.source_id == done.source_id for done in marked[-1:]):
            unusable = (
                f"Its name differs from {other} only in capital letters or in how accents "
                "are stored.",
                "Give one of the two files another name.",
            )
            file = SourceFile(
                "s" + hashlib.sha256(os.fsencode(file.path.name)).hexdigest()[:10],
                file.workshop,
                file.place,
                file.path,
                file.size,
                file.modified_ns,
                unusable,
            )
        else:
            stem = _alike(str(PurePosixPath(file.place).with_suffix("")))
            twin = stems.setdefault(stem, file.place)
            if twin != file.place:
                notices.append(
                    f"{twin} and {file.place} have one name: if they hold the same words, "
                    "remove one, or they count twice."
                )
        marked.append(file)
    return marked, notices


def _workshops(file: Path, folders: list[str], problems: list[Problem]) -> tuple[Workshop, ...]:
    titles: dict[str, Workshop] = {}
    if is_there(file):
        titles = _read_workshops(file, folders, problems)
    return tuple(titles.get(folder, Workshop(folder, folder, "")) for folder in folders)


def _read_workshops(file: Path, folders: list[str], problems: list[Problem]) -> dict[str, Workshop]:
    titles: dict[str, Workshop] = {}
    try:
        rows = read_rows(file, _WORKSHOP_COLUMNS)
    except InputProblems as found:
        problems += found.problems
        return titles
    first = next((number for number, row in enumerate(rows) if any(row)), 0)
    heading = [cell.lower() for cell in rows[first]] if rows else []
    known = {" ".join(name.split()): name for name in folders}
    unknown = [cell for cell in heading if cell and cell not in _WORKSHOP_COLUMNS]
    problems += [
        Problem(
            f"workshops.csv, row {first + 1}",
            f'There is no column "{cell}" in a list of workshops.{suggest(cell, _WORKSHOP_COLUMNS)}',
            "Use the columns folder, workshop and date.",
        )
        for cell in unknown
    ]
    if "folder" not in heading:
        problems.append(
            Problem(
                f"workshops.csv, row {first + 1}",
                'The column "folder" is missing.',
                "Give each workshop's folder in a column called folder.",
            )
        )
        return titles
    for number, row in enumerate(rows[first + 1 :], start=first + 2):
        if not any(row):
            continue
        cells = dict(zip(heading, row, strict=False))
        folder = known.get(cells.get("folder", ""), cells.get("folder", ""))
        where = f"workshops.csv, row {number}"
        if folder not in folders:
            problems.append(
                Problem(
                    where,
                    f'There is no workshop folder "{folder}".{suggest(folder, folders)}',
                    "Correct the row or remove it.",
                )
            )
        elif folder in titles:
            problems.append(
                Problem(where, f'"{folder}" is listed twice.', "Remove one of the two rows.")
            )
        else:
            titles[folder] = Workshop(
                folder, cells.get("workshop") or folder, cells.get("date", "")
            )
    return titles
