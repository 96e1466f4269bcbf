"""Files that people put into a folder of the study, in any order and under any name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from commonthread.problems import Refused

_LARGEST = 50_000_000
# Left by operating systems; nobody put them there to be read.
_CLUTTER = ("thumbs.db", "desktop.ini")


def files_below(folder: Path) -> Iterator[Path]:
    """Give the files of a folder and of those in it, by the order of names, without clutter."""
    for parent, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _CLUTTER:
                yield Path(parent) / name


def check_file(path: Path) -> None:
    """Raise Refused if there is no ordinary file of a size that can be read."""
    if not path.is_file():
        raise Refused("It is not an ordinary file.", "Put the file itself there.")
    if path.stat().st_size > _LARGEST:
        raise Refused("It is larger than 50 MB.", "See that it is the right file.")


def files_below_fingerprint(folder: Path, without: Collection[Path] = ()) -> str:
    """Give a hash that changes when a file of the folder is added, removed, renamed or rewritten.

    Files in ``without`` do not count.
    """
    whole = hashlib.sha256()
    for path in files_below(folder):
        if path in without:
            continue
        place = path.relative_to(folder.parent)
        try:
            status = path.stat()
            told = f"{place}\0{status.st_size}\0{status.st_mtime_ns}\n"
        except OSError as error:
            told = f"{place}\0{error.strerror}\n"
        whole.update(told.encode("utf-8", "surrogateescape"))
    return whole.hexdigest()[:16]
