"""Does every fault to whole runs of the example study, and says what came of it.

    python tests/benchmark_faults.py            20 kills, and all else; about 20 minutes
    python tests/benchmark_faults.py 5          5 kills
    python tests/benchmark_faults.py 5 STUDY    on a study of your own, which is copied first

What is left by the same command afterwards is compared byte for byte with what an undisturbed run
leaves: results, the private folder, and the study, with what a run adds to it. All that is not
compared is in ``faults.DIFFERS``. Ends with 1 if anything differs.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from faults import (
    Ended,
    Place,
    can_fill_a_disk,
    obey_permissions,
    plain,
    run,
    run_and_kill,
    run_on_a_small_disk,
    run_with_small_files,
    second_run,
    set_times,
)
from running import ROOT

_SEED = 20260115
_FILLED = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98)
"""How much of what a run writes has room on the small disks."""

_CLOSED = ("results", "results-private", "results/steps", "results/data", ".")


class Tally:
    """Compares what runs leave with what an undisturbed one left, and tells it."""

    def __init__(self, place: Place, original: Path) -> None:
        self.place, self.original = place, original
        self.wrong = 0
        self.wanted: Mapping[str, str] = {}

    def undisturbed(self) -> tuple[float, int]:
        """Run without any fault; give how long it took, and how many kilobytes it wrote."""
        self.place.renew(self.original)
        start = time.monotonic()
        ended = run(self.place)
        seconds = time.monotonic() - start
        if ended.code != 0:
            sys.exit(f"The undisturbed run failed:\n{ended.said}")
        self.wanted = self.place.left()
        size = sum(file.stat().st_size for file in self.place.folder.rglob("*") if file.is_file())
        return seconds, size // 1000

    def tell(self, what: str, ended: Ended, message: str | None = None) -> None:
        """Print a line: what was done, whether the same command finished, and what differs."""
        left = self.place.left()
        names = sorted(self.wanted.keys() | left.keys())
        differs = [name for name in names if self.wanted.get(name) != left.get(name)]
        unplain = message is not None and not plain(message)
        good = ended.code == 0 and not differs and not unplain
        self.wrong += not good
        print(
            f"{what:<64}{'ends well' if ended.code == 0 else f'ends with {ended.code}':<12}", end=""
        )
        print(f"{len(differs):>4} of {len(names)} files differ", flush=True)
        for name in differs[:8]:
            print(f"      differs: {name}")
        if message is not None:
            lines = [line for line in message.splitlines() if line.strip()]
            print(
                f"      said{' (NOT PLAIN)' if unplain else ''}: "
                + "\n            ".join(lines[-3:])
            )
        if ended.code != 0:
            print(ended.said)


def main(kills: int, original: Path) -> int:
    """Do all faults and give 1 if any did harm."""
    with tempfile.TemporaryDirectory(prefix="commonthread-faults-") as name:
        folder = Path(name)
        tally = Tally(Place(folder / "place"), original)
        seconds, kilobytes = tally.undisturbed()
        print(
            f"an undisturbed run: {seconds:.1f} s, {kilobytes:,} kB, {len(tally.wanted)} files\n",
            flush=True,
        )
        killed(tally, kills, seconds)
        full_disks(tally, kilobytes)
        two_runs(tally)
        closed_folders(tally)
        other_times(tally)
    print(f"\nfaults that did harm: {tally.wrong}")
    return int(tally.wrong > 0)


def killed(tally: Tally, number: int, seconds: float) -> None:
    """Kill runs at random moments, each once or twice, and finish them by the same command."""
    rng = random.Random(_SEED)
    for kill in range(1, number + 1):
        tally.place.renew(tally.original)
        told = []
        for _ in range(1 + (kill % 5 == 0)):
            after = rng.uniform(0.3, seconds)
            while not run_and_kill(tally.place, after):
                # It had ended already, being faster than the undisturbed one.
                tally.place.renew(tally.original)
                after = rng.uniform(0.3, after)
            told.append(f"{after:.1f} s")
        what = f"killed {kill} of {number}, after {', again after '.join(told)}"
        tally.tell(what, run(tally.place))


def full_disks(tally: Tally, kilobytes: int) -> None:
    """Run on disks that become full early and late, then again with room."""
    if not can_fill_a_disk():
        first, again = run_with_small_files(tally.place, tally.original)
        what = f"no file may be large (no disk can be mounted): first ends with {first.code}"
        tally.tell(what, again, first.said)
        return
    size = sum(f.stat().st_size for f in tally.original.rglob("*") if f.is_file()) // 1000
    for share in _FILLED:
        room = int(size * 1.1 + share * kilobytes) + 300
        first, again = run_on_a_small_disk(tally.place, tally.original, room)
        what = f"disk full at {share:.0%}: first ends with {first.code}"
        tally.tell(what, again, first.said if first.code else None)


def two_runs(tally: Tally) -> None:
    """Start a second run while the first goes on."""
    tally.place.renew(tally.original)
    first, second = second_run(tally.place)
    tally.tell(
        f"a second run: it ends with {second.code}; the first", Ended(first, ""), second.said
    )


def closed_folders(tally: Tally) -> None:
    """Run where one folder or another cannot be written, then again where it can."""
    for name in _CLOSED:
        tally.place.renew(tally.original)
        folder = tally.place.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        before = folder.stat().st_mode
        folder.chmod(0o500)
        first = run(tally.place, obey_permissions)
        if folder.exists():
            # Snakemake takes away folders that a step left empty.
            folder.chmod(before)
        what = f"{name} cannot be written: first ends with {first.code}"
        tally.tell(what, run(tally.place), first.said)


def other_times(tally: Tally) -> None:
    """Run on files from the future and the distant past, and set the clock of results forward."""
    day = 86_400.0
    for what, when in (("in a year", time.time() + 365 * day), ("in 1970", 3600.0)):
        tally.place.renew(tally.original)
        set_times(tally.place.study, when)
        run(tally.place)
        again = run(tally.place)
        nothing = "Nothing to be done" in again.said
        tally.tell(
            f"inputs {what}; again: {'nothing to do' if nothing else 'SOMETHING DONE'}", again
        )
    for what, when in (("tomorrow", time.time() + day), ("yesterday", time.time() - day)):
        set_times(tally.place.results, when)
        set_times(tally.place.folder / "results-private", when)
        again = run(tally.place)
        nothing = "Nothing to be done" in again.said
        tally.tell(
            f"results {what}; again: {'nothing to do' if nothing else 'something done'}", again
        )


if __name__ == "__main__":
    sys.exit(
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 20,
            Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else ROOT / "data/example",
        )
    )
