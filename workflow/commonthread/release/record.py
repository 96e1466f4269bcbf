"""Who released which public folder: the files that the page saves, and a list that only grows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commonthread.export import printable
from commonthread.growing_list import OtherColumns, add_to_list, read_list
from commonthread.problems import Problem, Refused
from commonthread.returned.saved_json import (
    AGAIN,
    Form,
    Unusable,
    check_date,
    head_text,
    load_saved,
    refuse_unknown,
    rows,
)

FOLDER, LIST = "releases", "released.csv"
COLUMNS = (
    *("date", "released_by", "capacity", "where_to", "folder_sha256", "findings", "reason"),
    *("note", "looked_at", "files", "saved_file"),
)
FORM = Form(
    format="commonthread release",
    version=1,
    keys=frozenset(
        {
            *("study", "released_by", "capacity", "where_to", "date", "folder_sha256"),
            *("findings", "reason", "note", "looked_at", "files"),
        }
    ),
    page="the page for releasing",
)
_KNOWN = FORM.keys | {"format", "format_version"}
_LONGEST = {"released_by": 200, "capacity": 200, "where_to": 500, "reason": 2_000, "note": 5_000}
_MOST_FILES = 1_000
_LARGEST = 1_000_000
_NAMED = 5


@dataclass(frozen=True)
class Release:
    """That somebody released a folder: a row of the list.

    ``files`` maps the name of each file to the SHA-256 of its bytes; ``date`` is ISO 8601.
    """

    date: str
    released_by: str
    folder_sha256: str
    files: Mapping[str, str]


def file_hashes(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of each file in a folder, by name with slashes, in order."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def folder_hash(files: Mapping[str, str]) -> str:
    """Give one SHA-256 of a folder from those of its files: of their lines "hash, space, name"."""
    lines = "".join(f"{value} {name}\n" for name, value in sorted(files.items()))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def take_in(study: Path) -> list[Problem]:
    """Add to the study's list of releases what was saved from the page since.

    Goes in: the study's folder. Files are taken in once, by their name and what they hold. Comes
    out: a problem for each file that cannot be used, and for a list that cannot be read. Nothing is
    written over.
    """
    folder = study / FOLDER
    problems: list[Problem] = []
    try:
        known = {tuple(row[name] for name in COLUMNS[:5]) for row in _rows(study)}
        fresh = []
        for file in sorted(folder.glob("*.json")):
            where = f"{FOLDER}/{file.name}"
            try:
                row = _row(file)
            except Refused as refused:
                problems.append(Problem(where, refused.reason, refused.remedy))
                continue
            except OSError:
                problems.append(Problem(where, "It cannot be opened.", "See that you may read it."))
                continue
            key = tuple(row[name] for name in COLUMNS[:5])
            if key not in known:
                known.add(key)
                fresh.append(row)
        add_to_list(folder / LIST, COLUMNS, sorted(fresh, key=lambda row: row["date"]))
    except OtherColumns as error:
        problems.append(
            Problem(
                f"{FOLDER}/{LIST}",
                str(error),
                "Give it back its columns, or move it elsewhere: then a new one is begun from the "
                "files that were saved.",
            )
        )
    except OSError as error:
        problems.append(
            Problem(
                f"{FOLDER}/{LIST}",
                f"It cannot be written ({error.strerror}).",
                "See that you may write there.",
            )
        )
    return problems


def releases(study: Path) -> list[Release]:
    """Give the releases of a study in the order in which they were taken in.

    A list that cannot be read gives none; ``take_in`` says so.
    """
    try:
        return [
            Release(
                row["date"], row["released_by"], row["folder_sha256"], _parse_files(row["files"])
            )
            for row in _rows(study)
        ]
    except (OtherColumns, OSError):
        return []


def compared(last: Release, files: Mapping[str, str]) -> str:
    """Say whether a folder is the one that was released, or in what it differs."""
    who = f"{last.released_by or 'Somebody'} released the public folder on {last.date[:10]}"
    if last.folder_sha256 == folder_hash(files):
        return f"{who}, as it is now."
    changed = [name for name in files if last.files.get(name) != files[name]]
    gone = [name for name in last.files if name not in files]
    told = [
        *([f"changed or new since: {_listed(changed)}"] if changed else []),
        *([f"no longer there: {_listed(gone)}"] if gone else []),
    ]
    return f"{who}. What was released then differs from the folder now: {'; '.join(told)}."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _rows(study: Path) -> list[dict[str, str]]:
    return read_list(study / FOLDER / LIST, COLUMNS)


def _row(file: Path) -> dict[str, str]:
    """Read a saved file as a row of the list. Raises ``Refused``, and OSError."""
    if not file.is_file() or file.stat().st_size > _LARGEST:
        raise Refused("It is not a file that the page for releasing saved.", AGAIN)
    content = load_saved(file.read_bytes(), file.name, FORM)
    refuse_unknown(content, _KNOWN)
    row = {
        name: printable(head_text(content, name, most).strip()) for name, most in _LONGEST.items()
    }
    if not row["released_by"]:
        raise Refused("It does not say who released the folder.", AGAIN)
    row["date"] = head_text(content, "date", 40)
    try:
        check_date(row["date"])
    except Unusable as reason:
        raise Refused(str(reason), AGAIN) from None
    row["folder_sha256"] = _hash(head_text(content, "folder_sha256", 64))
    files = dict(_files(content))
    if folder_hash(files) != row["folder_sha256"]:
        raise Refused("Its list of files is not that of the folder that it names.", AGAIN)
    row["files"] = _written(files)
    row["findings"] = str(len(rows(content, "findings")))
    row["looked_at"] = str(len(rows(content, "looked_at")))
    if row["findings"] != "0" and not row["reason"]:
        raise Refused(
            "The check found something, and it does not say why the folder goes out all the same.",
            AGAIN,
        )
    return {**row, "saved_file": file.name}


def _files(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = rows(content, "files")
    if len(found) > _MOST_FILES:
        raise Refused("It names more files than a public folder has.", AGAIN)
    for each in found:
        if not isinstance(each, dict) or {*each} != {"name", "sha256"}:
            raise Refused('The field "files" is not a list of names and hashes.', AGAIN)
        yield head_text(each, "name", 500), _hash(head_text(each, "sha256", 64))


def _hash(text: str) -> str:
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise Refused("A hash in it is damaged.", AGAIN)
    return text


def _written(files: Mapping[str, str]) -> str:
    """Write files in one cell: hash and name, a line each."""
    return "\n".join(f"{value} {name}" for name, value in files.items())


def _parse_files(written: str) -> dict[str, str]:
    lines = (line.partition(" ") for line in written.splitlines())
    return {name: value for value, _, name in lines if name}


def last_release(study: Path) -> Release | None:
    """Give the release that was taken in last; None if there is none."""
    found = releases(study)
    return found[-1] if found else None
