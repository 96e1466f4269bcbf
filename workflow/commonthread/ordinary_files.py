"""Reads files that people put somewhere, whatever really lies there, within bounds."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from commonthread.problems import Refused, seen

MEGABYTE = 1_000_000


def is_there(path: Path) -> bool:
    """Tell whether something goes by this name: a file, a folder, or a link that leads nowhere."""
    return os.path.lexists(path)


def is_link(path: Path) -> bool:
    """Tell whether something is a link; what lies so deep that it cannot be asked is none."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def read_ordinary(
    path: Path, most_mb: int, remedy: str = "See that it is the right file."
) -> bytes:
    """Give the content of an ordinary file of at most so many megabytes (of 1,000,000 bytes).

    ``remedy`` is what to do about one that is larger. A pipe or a device, which could keep a reader
    waiting for ever, is not even opened for reading. Raises Refused for what is no ordinary file, is
    too large, or changes while it is read; OSError if it is not there or cannot be opened.
    """
    try:
        # Without waiting for somebody to write into what turns out to be a pipe.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except OSError:
        if is_link(path) and not path.exists():
            raise Refused(*_LEADS_NOWHERE) from None
        # A socket cannot be opened at all, a folder not everywhere.
        if path.exists() and not path.is_file():
            raise Refused(*_NO_FILE) from None
        raise
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        os.close(descriptor)
        raise Refused(*_NO_FILE)
    with os.fdopen(descriptor, "rb") as file:
        most = most_mb * MEGABYTE
        if before.st_size > most:
            raise Refused(f"It is larger than {most_mb:,} MB.", remedy)
        data = file.read(most + 1)
        after = os.fstat(file.fileno())
    if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise Refused(
            "It changed while it was read.", "Wait until it is saved, and run the same again."
        )
    return data


def shown_name(name: str) -> str:
    """Give a file's name as it can be printed: odd bytes and what cannot be seen replaced.

    The middle of one that is longer than any that people give is left out.
    """
    shown = seen(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return shown if len(shown) <= _LONGEST else f"{shown[:_HALF]}…{shown[-_HALF:]}"


_LONGEST, _HALF = 600, 250
_BINARY = getattr(os, "O_BINARY", 0)
_NO_FILE = ("It is not an ordinary file.", "Put the file itself there, or take it away.")
_LEADS_NOWHERE = (
    "It is a link that leads nowhere.",
    "Put the file itself there, or remove the link.",
)
