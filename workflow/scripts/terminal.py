"""What a step says on the terminal, and how it ends when something is wrong."""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

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
    Path(log).unlink(missing_ok=True)
    try:
        yield
    except InputProblems as problems:
        Path(log).write_text(f"{problems}\n", encoding="utf-8")
        print(f"\n{problems.heading}\n{problems}", file=sys.stderr)
        sys.exit(1)
    except Exception:
        Path(log).write_text(traceback.format_exc(), encoding="utf-8")
        print(
            f"\nSomething went wrong that is not your doing. The details are in {log}; "
            "it may hold names, so look through it before you pass it on.",
            file=sys.stderr,
        )
        sys.exit(1)
    else:
        Path(log).write_text("This step ended well.\n", encoding="utf-8")
