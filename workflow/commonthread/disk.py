"""Says in plain words why something could not be written: a full disk, a closed folder."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

from commonthread.ordinary_files import shown_name
from commonthread.problems import Problem

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_SHOWN = re.compile(r"\[Errno (\d{1,3})\](?:[^\n':]*: '([^'\n]*)')?")
# Libraries that write by themselves name the file in their words only.
_NAMED = re.compile(r"'(/[^'\n]+)'")
_AGAIN = "then run the same command again: it goes on where it stopped, and nothing is lost."


def write_problem(error: BaseException, folder: Path) -> Problem | None:
    """Give what a person can do about an error of writing; None if it is of another kind.

    ``folder`` is where the run writes, for errors that do not name a file. What caused the error is
    looked at, too.
    """
    for cause in _causes(error):
        if not isinstance(cause, OSError):
            continue
        named = cause.filename or next(iter(_NAMED.findall(str(cause))), folder)
        found = _problem(cause.errno, shown_name(os.fsdecode(named)))
        if found is not None:
            return found
    return None


def told_by_others(message: str) -> Problem | None:
    """Give what a person can do where another program says that it could not write.

    ``message`` holds the error as Python shows it. None if it is of another kind.
    """
    for number, where in _SHOWN.findall(message):
        found = _problem(int(number), where or "results")
        if found is not None:
            return found
    return None


def _problem(number: int | None, where: str) -> Problem | None:
    if number in _FULL:
        return Problem(where, "The disk is full.", f"Make room on it, {_AGAIN}")
    if number in _CLOSED:
        return Problem(
            where,
            f"Nothing can be written there ({os.strerror(number)}).",
            f"See that you may write into that folder, {_AGAIN}",
        )
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
