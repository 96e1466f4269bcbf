"""Says what becomes of hostile files that somebody has: of each, on every way in.

    python tests/hostile/outcomes.py FOLDER

Each file is copied into a study of its own and taken in as a run does, in a process apart, with
time and memory measured. The files themselves are only read. Ends with 1 if any of them did what no
file may: took too long or too much memory, changed something, wrote elsewhere, or was not foreseen.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hostile.bounded import measure
from hostile.judging import unbearable, untold


def main(folder: Path) -> int:
    """Print a line for each file and way, with what a person is told of it."""
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="commonthread-hostile-") as place:
        for case, came in measure(str(folder.resolve()), Path(place)):
            faults = [*unbearable(came), *untold(came)]
            wrong += bool(faults)
            outcome = "refused" if came.refused else "read"
            print(
                f"{case.about}  as {case.place}: {outcome}, {came.seconds:.2f} s, {came.megabytes:.0f} MB"
            )
            for line in (*came.messages, *(f"WRONG: {fault}" for fault in faults)):
                print(f"    {line}")
    print(f"\nFiles that did what no file may: {wrong}")
    return int(wrong > 0)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
