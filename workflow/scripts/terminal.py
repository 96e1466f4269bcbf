"""What a step says on the terminal, and how it ends when something is wrong."""

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from commonthread.disk import write_problem
from commonthread.problems import InputProblems


def say(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(f"  {sentence}", file=sys.stderr, flush=True)


def bar(what: str, line: int = 0) -> Callable[[int, int], None]:
    """Give a function (done, total) that shows a progress bar, once a few seconds have passed."""
    shown = tqdm(desc=f"  {what}", unit=" files", delay=2, leave=False, position=line, disable=None)

    def show(done: int, total: int) -> None:
        shown.total = total
        shown.update(done - shown.n)
        if done >= total:
            shown.close()

    return show


@contextmanager
def step(log: str) -> Iterator[None]:
    """End a step with plain words instead of a traceback; the traceback goes into the log."""
    try:
        Path(log).unlink(missing_ok=True)
        yield
        _keep(log, "This step ended well.\n")
    except InputProblems as problems:
        _stop(log, f"{problems}\n", f"{problems.heading}\n{problems}")
    except Exception as error:
        problem = write_problem(error, Path(os.environ.get("COMMONTHREAD_RESULTS", "results")))
        _stop(
            log,
            traceback.format_exc(),
            str(problem)
            if problem is not None
            else f"Something went wrong that is not your doing. The details are in {log}; "
            "it may hold names, so look through it before you pass it on.",
        )


def _stop(log: str, details: str, words: str) -> None:
    # The words come first: there may be no room left for the details.
    print(f"\n{words}", file=sys.stderr, flush=True)
    with contextlib.suppress(OSError):
        _keep(log, details)
    sys.exit(1)


def _keep(log: str, details: str) -> None:
    Path(log).write_text(details, encoding="utf-8", errors="backslashreplace")
