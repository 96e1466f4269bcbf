"""Takes hostile files in within bounds: in a child process, with time and memory measured for each."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import resource
import select
import stat
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from faults import obey_permissions
from hostile.case import TALK, WORKSHOP, Case
from hostile.given_files import cases_of_folder
from hostile.taking_in import CODEBOOK, Outcome, take_in

SECONDS = 10.0
MEGABYTES = 1000.0
"""What one file may take at most."""

_TESTS = Path(__file__).parent.parent
_ROOT = _TESTS.parent
_HASHED = 50_000_000
# For an answer, however busy the computer is.
_WAIT = 60.0
_EXPECTED = ("study", "results", "results-private")


@dataclass(frozen=True)
class Measured:
    """What came of a case: the outcome, seconds, peak megabytes, and what should not have been.

    Seconds are those that a processor worked on it, which do not hang on what else the computer does.

    ``failure`` is a traceback, "no answer in time", or empty; ``changed`` are files of the study
    that were not the same afterwards; ``elsewhere`` what was written where nothing belongs.
    """

    read: int = 0
    refused: int = 0
    messages: tuple[str, ...] = ()
    said: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    failure: str = ""
    changed: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


def measure(source: str, place: Path) -> list[tuple[Case, Measured]]:
    """Take each case in, each in a folder of its own below ``place``.

    ``source`` is a module with ``CASES``, or a folder of files.

    A child that does not answer in time is killed, and another goes on with the next case.
    """
    cases = cases_of(source)
    found: list[Measured] = []
    while len(found) < len(cases):
        found += _from_child(source, place, len(found), len(cases))
    return list(zip(cases, found, strict=True))


def cases_of(source: str) -> Sequence[Case]:
    """Give the cases of a module, or of a folder."""
    if Path(source).is_dir():
        return cases_of_folder(Path(source))
    cases: Sequence[Case] = importlib.import_module(source).CASES
    return cases


def _from_child(source: str, place: Path, first: int, number: int) -> list[Measured]:
    found: list[Measured] = []
    for folder in ("nothing", "temporary"):
        (place / folder).mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-m", "hostile.bounded", source, str(place), str(first)],
        cwd=place / "nothing",
        env=os.environ
        | {
            "PYTHONPATH": f"{_TESTS}:{_ROOT / 'workflow'}",
            "OMP_NUM_THREADS": "1",
            "TMPDIR": str(place / "temporary"),
        },
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=obey_permissions,
    ) as child:
        assert child.stdout is not None
        while first + len(found) < number:
            # Making a file takes its time, too.
            ready, _, _ = select.select([child.stdout], [], [], _WAIT)
            line = child.stdout.readline() if ready else ""
            if not line:
                child.kill()
                found.append(Measured(failure="no answer in time", seconds=_WAIT))
                break
            told = json.loads(line)
            found.append(
                Measured(**{k: tuple(v) if isinstance(v, list) else v for k, v in told.items()})
            )
    return found


def main(source: str, place: Path, first: int) -> None:
    """Take the cases from the ``first`` on in, and print a line of JSON for each."""
    for number, case in enumerate(cases_of(source)[first:], start=first):
        measured = _measured(case, place / str(number))
        elsewhere = [str(p) for f in ("nothing", "temporary") for p in (place / f).iterdir()]
        elsewhere += [p.name for p in (place / str(number)).iterdir() if p.name not in _EXPECTED]
        print(json.dumps(asdict(measured) | {"elsewhere": elsewhere}), flush=True)


def _measured(case: Case, place: Path) -> Measured:
    study = place / "study"
    make_study(study, case)
    before = _state(study)
    _forget_peak()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _megabytes("VmSize") + 2 * MEGABYTES
    resource.setrlimit(resource.RLIMIT_AS, (int(most * 1_000_000), hard))
    start = time.process_time()
    try:
        outcome, failure = take_in(study, case.place, place / "results"), ""
    except BaseException:
        outcome, failure = Outcome(0, 0, ()), traceback.format_exc()
    seconds = time.process_time() - start
    peak = _megabytes("VmHWM")
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    after = _state(study)
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    return Measured(
        read=outcome.read,
        refused=outcome.refused,
        messages=outcome.messages,
        said=outcome.said,
        seconds=round(seconds, 3),
        megabytes=round(peak, 1),
        failure=failure,
        changed=tuple(changed),
    )


def make_study(study: Path, case: Case) -> None:
    """Make a study that holds the case, and of all else only what a run needs."""
    workshop = study / WORKSHOP
    workshop.mkdir(parents=True)
    if not case.place.startswith("workshops/"):
        (workshop / "talk.txt").write_text(TALK, encoding="utf-8")
    if case.place != "codebook.yaml":
        (study / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    path = study / case.place
    path.parent.mkdir(parents=True, exist_ok=True)
    case.make(path)


def files_below(folder: Path) -> int:
    """Count everything below a folder that is no folder itself, links to folders among them."""
    return sum(
        len(names) + sum(Path(parent, name).is_symlink() for name in below)
        for parent, below, names in os.walk(folder)
    )


def _state(study: Path) -> dict[str, str]:
    """Give for everything in a study what shows that it was changed."""
    found = {}
    for parent, below, names in os.walk(study):
        for name in (*below, *names):
            path = Path(parent, name)
            try:
                status = path.lstat()
            except OSError:
                # So deep that it has no name by which it could be opened.
                continue
            told = (
                f"{status.st_mode} {status.st_size} {status.st_mtime_ns if name in names else ''}"
            )
            if stat.S_ISREG(status.st_mode) and status.st_size <= _HASHED:
                with contextlib.suppress(PermissionError), path.open("rb") as file:
                    told += hashlib.file_digest(file, "sha256").hexdigest()
            found[os.fsencode(path.relative_to(study)).decode("utf-8", "backslashreplace")] = told
    return found


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _megabytes(field: str) -> float:
    """Give a figure of this process's memory, as Linux tells it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1000
    raise ValueError(field)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
