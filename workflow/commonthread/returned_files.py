"""Files that people put into a folder of the study, in any order and under any name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from commonthread.ordinary_files import is_link, shown_name

# Left by operating systems; nobody put them there to be read.
_CLUTTER = ("thumbs.db", "desktop.ini")


def files_below(folder: Path) -> Iterator[Path]:
    """Give the files of a folder and of those in it, as ``walk`` does, without clutter."""
    yield from walk(folder, is_clutter)


def is_clutter(name: str) -> bool:
    """Tell whether a file was left by an operating system or a program, by its name."""
    return name.startswith((".", "~$")) or name.lower() in _CLUTTER


def walk(folder: Path, is_clutter: Callable[[str], bool]) -> Iterator[Path]:
    """Give all below a folder that is no folder that can be looked through, by the order of names.

    Links to folders are not followed, since they could lead round in a circle, and a folder may be
    closed; both are given, so that somebody is told that what lies in them is not read.
    """
    closed: list[Path] = []

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            closed.append(Path(error.filename))

    for parent, below, names in os.walk(folder, onerror=note):
        names += [name for name in below if is_link(Path(parent, name))]
        below[:] = sorted(name for name in below if name not in names and not is_clutter(name))
        yield from (Path(parent) / name for name in sorted(names) if not is_clutter(name))
    yield from closed


def place_in(folder: Path, path: Path) -> str:
    """Name a file by its place in a folder, as it can be printed."""
    place = path.relative_to(folder if path != folder else folder.parent)
    return shown_name(place.as_posix())


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
