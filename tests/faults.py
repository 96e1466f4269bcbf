"""Faults that a run may meet: killed, a full disk, a second run, a closed folder, another time.

Each is done to a whole run of a study, in a process of its own as a person runs it. What is left
afterwards is compared byte for byte with what an undisturbed run leaves.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from running import ROOT, command, contents, make_study

DIFFERS = ("study/tables/.drafts.json",)
"""What need not be the same: it lists drafts that are gone, too, if a run was killed over them."""

_LONGEST = 900
_SMALL_FILE = 20_000
# prctl(PR_CAPBSET_DROP) of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH.
_DROP, _RIGHTS_OF_ROOT = 24, (1, 2)


@dataclass(frozen=True)
class Place:
    """Where a study lies and is run; the names are the same for every run of one folder."""

    folder: Path

    @property
    def study(self) -> Path:
        return self.folder / "study"

    @property
    def results(self) -> Path:
        return self.folder / "results"

    def renew(self, original: Path) -> None:
        """Put the study there as it was at first, with nothing of any run."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shutil.copytree(original, self.study)

    def left(self) -> dict[str, str]:
        """Give a hash of everything that lies there now, but what Snakemake keeps for itself."""
        return {
            name: value
            for name, value in contents(self.folder).items()
            if not name.startswith("snakemake/") and name not in DIFFERS
        }


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    said: str


def small_study(folder: Path) -> Path:
    """Make a study of a few words that holds files of every kind that people make."""
    make_study(folder)
    (folder / "coders.csv").write_text("coder,role\nAsh,Researcher\nClover,Practitioner\n")
    (folder / "participants.csv").write_text("name,role\nAnn Quill,Researcher\n")
    (folder / "codings").mkdir()
    for coder in ("Ash", "Clover"):
        (folder / f"codings/{coder}.csv").write_text(
            f"words,code,coder\nLooking back I realised that I did not understand,jargon,{coder}\n"
        )
    (folder / "tables").mkdir()
    (folder / "tables/power.yaml").write_text(
        "rows:\n  - point: Who decides\n    dropped_because: We will write of it elsewhere\n"
    )
    return folder


def run(place: Place, before: Callable[[], None] | None = None) -> Ended:
    """Run the study to its end. ``before`` is called in the child, before anything else."""
    done = subprocess.run(
        command(place.study, place.results),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_LONGEST,
        preexec_fn=before,
    )
    return Ended(done.returncode, done.stdout + done.stderr)


def run_and_kill(place: Place, seconds: float) -> bool:
    """Run the study and kill all of it after so many seconds; tell whether it was still going."""
    with started(place) as process:
        time.sleep(seconds)
        going = process.poll() is None
        if going:
            os.killpg(process.pid, signal.SIGKILL)
    return going


def started(place: Place) -> subprocess.Popen[bytes]:
    """Start a run in a group of processes of its own, to be killed together."""
    return subprocess.Popen(
        command(place.study, place.results),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def second_run(place: Place) -> tuple[int, Ended]:
    """Start a run, and another while it goes on. Gives how the first ended, and the second."""
    lock = place.folder / "results-private/run.lock"
    # One that an earlier run left would not tell when the first run has it.
    lock.unlink(missing_ok=True)
    with started(place) as first:
        while not lock.exists() and first.poll() is None:
            time.sleep(0.02)
        second = run(place)
        return first.wait(), second


def can_fill_a_disk() -> bool:
    """Tell whether this computer lets a user mount a small disk of their own."""
    mount = ("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", tempfile.gettempdir())
    try:
        return subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def run_with_small_files(place: Place, original: Path) -> tuple[Ended, Ended]:
    """Run a study where no file may be larger than a few kilobytes, then where any may.

    It is as near to a full disk as one comes where no disk can be mounted.
    """

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_SMALL_FILE, resource.RLIM_INFINITY))

    place.renew(original)
    first = run(place, limit)
    return first, run(place)


_ON_A_SMALL_DISK = """
set -eu
small="$1" folder="$2" original="$3" kept="$4"; shift 4
mount -t tmpfs -o size="$small" tmpfs "$folder"
mkdir "$folder/snakemake"
mount --bind "$folder/snakemake" .snakemake
cp -a "$original" "$folder/study"
set +e
"$@" > "$kept/first" 2>&1; echo $? > "$kept/first.code"
mount -o remount,size=4g "$folder"
"$@" > "$kept/again" 2>&1; echo $? > "$kept/again.code"
rm -rf "$folder/snakemake"/*
cp -a "$folder/." "$kept/left"
"""


def run_on_a_small_disk(place: Place, original: Path, kilobytes: int) -> tuple[Ended, Ended]:
    """Run a study on a disk that holds no more than so many kilobytes, then with room again.

    Gives how both ended. What is left then lies in the place as after any run.
    """
    shutil.rmtree(place.folder, ignore_errors=True)
    place.folder.mkdir(parents=True)
    kept = place.folder.with_name(f"{place.folder.name}-kept")
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    (ROOT / ".snakemake").mkdir(exist_ok=True)
    arguments = [f"{kilobytes}k", str(place.folder), str(original), str(kept)]
    subprocess.run(
        [
            *("unshare", "-rm", "sh", "-c", _ON_A_SMALL_DISK, "sh", *arguments),
            *command(place.study, place.results),
        ],
        cwd=ROOT,
        timeout=2 * _LONGEST,
        check=True,
    )
    for path in (kept / "left").iterdir():
        shutil.move(path, place.folder / path.name)
    first, again = (
        Ended(int((kept / f"{name}.code").read_text()), (kept / name).read_text(errors="replace"))
        for name in ("first", "again")
    )
    return first, again


def obey_permissions() -> None:
    """Take from a child of root the right to write where nobody may; others have no such right."""
    libc = ctypes.CDLL(None)
    for right in _RIGHTS_OF_ROOT:
        libc.prctl(_DROP, right, 0, 0, 0)


def set_times(folder: Path, seconds: float) -> None:
    """Say of everything below a folder that it was changed then (seconds since 1970)."""
    for path in folder.rglob("*"):
        os.utime(path, (seconds, seconds))


def plain(said: str) -> bool:
    """Tell whether words are for people: no traceback, and nothing of Snakemake's inside."""
    inside = ("Traceback", "Errno", "Error:", "rule ", "jobid", "Workflow", "metadata", "  File ")
    return not any(words in said for words in inside)
