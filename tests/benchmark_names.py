"""Measures how many planted identifiers are found, by kind: see ``planted_talk``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from planted_talk import SETS, Outcome, outcome


def main() -> None:
    """Print for each set what was replaced, what is on the worklist, and what was missed."""
    with tempfile.TemporaryDirectory(prefix="commonthread-planted-") as folder:
        for name in SETS:
            print(f"\nIdentifiers planted in invented talk, set {name}")
            tell(outcome(name, Path(folder)))


def tell(found: Outcome) -> None:
    """Print the figures of one set."""
    print(f"{'':<12}{'kind':<28}{'planted':>8}{'replaced':>9}{'on the worklist':>16}{'missed':>8}")
    for (group, kind), own in found.planted.groupby(["group", "kind"]):
        replaced, seen = int(own["replaced"].sum()), int(own["found"].sum())
        print(
            f"{group:<12}{kind:<28}{len(own):>8}{replaced:>9}{seen - replaced:>16}"
            f"{len(own) - seen:>8}"
        )
    print(
        f"worklist: {found.entries} entries, {found.worklist_words / found.words:.1%} of"
        f" {found.words:,} words (at most 15 %); ordinary words replaced: {len(found.wrong)}"
    )


if __name__ == "__main__":
    main()
