"""Finds the copies that a shared folder makes of a file which two people edited at once."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from commonthread.ordinary_files import read_ordinary, shown_name
from commonthread.problems import Problem, Refused

_LARGEST_MB = 5


def conflicted_copies(file: Path) -> list[Problem]:
    """Say of each conflicted copy of a file, beside it, from which line on it differs.

    Services that keep a folder in step on several computers save the second of two versions under
    the name of the file with "conflict" in it, such as "codebook (conflicted copy).yaml". A copy
    that says the same as the file is passed over.
    """
    found = []
    for copy in sorted(file.parent.glob(f"*{file.suffix}")):
        named = copy.stem.removeprefix(file.stem)
        if copy == file or named == copy.stem or "conflict" not in named.casefold():
            continue
        line = _first_difference(file, copy)
        if line is not None:
            found.append(
                Problem(
                    f"{shown_name(copy.as_posix())}, line {line}",
                    f"Two people edited {file.name} at once: from here on, this copy differs.",
                    f"Put what is right into {file.name}, and take the copy out of the folder.",
                )
            )
    return found


def _first_difference(file: Path, copy: Path) -> int | None:
    try:
        one, other = (read_ordinary(each, _LARGEST_MB).splitlines() for each in (file, copy))
    except (Refused, OSError):
        # Whatever it is, it is not the same.
        return 1
    pairs = enumerate(zip_longest(one, other), start=1)
    return next((number for number, (a, b) in pairs if a != b), None)
