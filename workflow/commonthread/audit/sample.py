"""The audit sample as the study keeps it: which segments were drawn, when, and how likely that was.

The file ``audit/sample.csv`` of the study has a row for each segment that was drawn. Drawing more
adds rows; nothing in it is written over. Where a larger sample made it likelier that a segment is
in it, the segment has a further row, and the last one counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from commonthread.anchors.anchor import Anchor
from commonthread.growing_list import LARGEST_MB, OtherColumns, add_to_list, read_list
from commonthread.ordinary_files import is_there, read_ordinary
from commonthread.problems import InputProblems, Problem, Refused

FILE = "audit/sample.csv"


@dataclass(frozen=True)
class Drawn:
    """A segment of the audit sample.

    ``drawn_on`` is a date in ISO 8601. ``workshop_id`` and ``role`` are the stratum in which it was
    drawn, the role empty where nobody known speaks; ``stratum_drawn`` of its ``stratum_segments``
    segments were drawn. ``probability`` is how likely it was that this segment came into the
    sample, above 0 and at most 1. ``source_id``, ``words``, ``before`` and ``after`` are its anchor.
    """

    drawn_on: str
    segment_id: str
    workshop_id: str
    role: str
    stratum_segments: int
    stratum_drawn: int
    probability: float
    source_id: str
    words: str
    before: str
    after: str

    @property
    def anchor(self) -> Anchor:
        """What the segment is found again by."""
        return Anchor(self.segment_id, self.source_id, self.words, self.before, self.after)


_COLUMNS = tuple(field.name for field in fields(Drawn))


def read_sample(study: Path) -> tuple[Drawn, ...]:
    """Read the sample of a study, each segment once, in the order of drawing; empty if none is.

    Raises InputProblems with all that is wrong in the file.
    """
    try:
        rows = read_list(study / FILE, _COLUMNS)
    except OtherColumns as reason:
        raise InputProblems(
            [
                Problem(
                    FILE,
                    str(reason),
                    "Give it back as it was: without it nobody can know how likely each segment "
                    "was to be drawn.",
                )
            ]
        ) from None
    problems: list[Problem] = []
    sample: dict[str, Drawn] = {}
    for number, row in enumerate(rows, start=2):
        try:
            drawn = _drawn(row)
        except ValueError as reason:
            problems.append(
                Problem(f"{FILE}, row {number}", str(reason), "Give it back as it was.")
            )
        else:
            sample[drawn.segment_id] = drawn
    if problems:
        raise InputProblems(problems)
    return tuple(sample.values())


def add_to_sample(study: Path, rows: Sequence[Drawn]) -> None:
    """Add rows to the sample. Raises InputProblems if the file cannot be written or is damaged."""
    try:
        add_to_list(study / FILE, _COLUMNS, [_written(row) for row in rows])
    except (OtherColumns, OSError) as reason:
        raise InputProblems(
            [
                Problem(
                    FILE, f"Nothing can be added to it ({reason}).", "See that it may be written."
                )
            ]
        ) from None


def sample_fingerprint(study: Path) -> str:
    """Give a hash that changes when the sample does; empty where there is none."""
    file = study / FILE
    if not is_there(file):
        return ""
    try:
        return hashlib.sha256(read_ordinary(file, LARGEST_MB)).hexdigest()[:16]
    except (Refused, OSError) as reason:
        # Whoever reads it is told; here it is enough that a mended file is something else.
        return str(reason)


def _written(drawn: Drawn) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(drawn).items()}


def _drawn(row: dict[str, str]) -> Drawn:
    """Make what a row says. Raises ValueError with a sentence for a number that cannot be."""
    try:
        of, drawn = int(row["stratum_segments"]), int(row["stratum_drawn"])
        probability = float(row["probability"])
    except ValueError:
        raise ValueError("It has text where a number belongs.") from None
    if not 0 < drawn <= of or not 0 < probability <= 1:
        raise ValueError("Its numbers cannot be: a probability is above 0 and at most 1.")
    if not row["segment_id"] or not row["words"]:
        raise ValueError("It does not say which segment was drawn.")
    numbers = {"stratum_segments": of, "stratum_drawn": drawn, "probability": probability}
    return Drawn(**(row | numbers))  # type: ignore[arg-type]
