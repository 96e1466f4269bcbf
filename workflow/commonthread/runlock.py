"""One run at a time writes a study's results."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from commonthread.disk import write_problem
from commonthread.private_tables import make_private
from commonthread.problems import InputProblems, Problem


class RunLock:
    """Keeps a second run of the same study waiting outside.

    The operating system gives the lock back when a run ends, however it ends, so that a run that
    was killed never bars the next one (Snakemake's own lock would). It is to be taken before Snakemake
    looks at any file: while one run takes files away and makes them anew, another would find some
    gone, and end in words that nobody understands.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / "run.lock")

    def acquire(self) -> None:
        """Take the lock. Raises ``InputProblems`` if another run has it, or it cannot be written."""
        try:
            make_private(self._folder)
            self._lock.acquire(blocking=False)
        except Timeout:
            raise InputProblems(
                [
                    Problem(
                        str(self._folder),
                        "Another run is working on this study.",
                        "Wait until it has ended, and start this one again.",
                    )
                ]
            ) from None
        except OSError as error:
            problem = write_problem(error, self._folder)
            if problem is None:
                raise
            raise InputProblems([problem]) from None
