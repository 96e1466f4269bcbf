"""Mends times of files that are still to come: left by a clock that was wrong, here or elsewhere."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from commonthread.ordinary_files import shown_name
from commonthread.problems import InputProblems, Problem


def mend_times(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Say of files that were changed in the future that they were changed now.

    Snakemake does not go on from a file that is newer than what is made of it. Looked at are
    ``files``, and all below ``folders``; what is in a file is not touched. Raises ``InputProblems``
    with each of which the time cannot be set.
    """
    now = time.time()
    problems = []
    below = (
        Path(parent, name) for f in folders for parent, _, names in os.walk(f) for name in names
    )
    for path in (*files, *below):
        try:
            changed = path.stat().st_mtime
            if changed > now:
                os.utime(path, (now, now))
        except FileNotFoundError:
            continue
        except OSError:
            problems.append(
                Problem(
                    shown_name(str(path)),
                    "It was saved at a time that is still to come, so a clock was wrong.",
                    "See that this computer's clock is right, and save the file anew.",
                )
            )
    if problems:
        raise InputProblems(problems)
