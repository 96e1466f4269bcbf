"""The study's folder of codings: what came back, in any order and under any name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commonthread.problems import Refused
from commonthread.returned.judgement import Returned
from commonthread.returned.read import read_returned

FOLDER = "codings"
_LARGEST = 50_000_000


@dataclass(frozen=True)
class CodingFile:
    """A file that came back.

    ``name`` is its place in the folder of codings, ``folder`` the folder in there that it lies in
    (empty if in none): it names the coder. ``sha256`` is of its bytes. Either ``returned`` or
    ``refused`` is given.
    """

    name: str
    folder: str
    sha256: str
    returned: Returned | None
    refused: Refused | None


def read_folder(study: Path) -> list[CodingFile]:
    """Read all that came back, by the order of names. Nothing in there is changed."""
    files = []
    for path in _files(study / FOLDER):
        name = path.relative_to(study / FOLDER).as_posix()
        folder = name.split("/")[0] if "/" in name else ""
        try:
            _check(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            files.append(CodingFile(name, folder, digest, read_returned(path), None))
        except Refused as refused:
            files.append(CodingFile(name, folder, "", None, refused))
        except OSError as error:
            why = Refused(f"It cannot be opened ({error.strerror}).", "See that you may read it.")
            files.append(CodingFile(name, folder, "", None, why))
    return files


def folder_fingerprint(study: Path) -> str:
    """Give a hash that changes when a file of the folder is added, removed, renamed or rewritten."""
    whole = hashlib.sha256()
    for path in _files(study / FOLDER):
        try:
            status = path.stat()
            told = f"{path.relative_to(study)}\0{status.st_size}\0{status.st_mtime_ns}\n"
        except OSError as error:
            told = f"{path.relative_to(study)}\0{error.strerror}\n"
        whole.update(told.encode("utf-8", "surrogateescape"))
    return whole.hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    for parent, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in (
                "thumbs.db",
                "desktop.ini",
            ):
                yield Path(parent) / name


def _check(path: Path) -> None:
    if not path.is_file():
        raise Refused("It is not an ordinary file.", "Put the file itself there.")
    if path.stat().st_size > _LARGEST:
        raise Refused("It is larger than 50 MB.", "See that it is the right file.")
