"""Which codes can be learned from what people decided so far, and why the others cannot."""

from __future__ import annotations

import numpy as np

from commonthread.classifier.lessons import Lessons
from commonthread.classifier.training import folds
from commonthread.coded import Counts

# Fewer segments with a code teach what these segments say, not what the code means.
FEWEST = 8


def why_not(lessons: Lessons) -> tuple[str, ...]:
    """Give for each code why it cannot be learned; empty where it can."""
    group = folds(lessons.source)
    return tuple(
        _why_not(lessons.has[:, column], group, lessons.source)
        for column in range(len(lessons.codes))
    )


def _why_not(has: np.ndarray, group: Counts, source: Counts) -> str:
    with_code, without = int(has.sum()), int((~has).sum())
    if with_code < FEWEST:
        told = "no segment" if not with_code else f"{with_code} segment" + "s" * (with_code > 1)
        return f"People gave it to {told} so far; about {FEWEST} are needed to learn from."
    if without < FEWEST:
        told = f"all but {without}" if without else "all"
        return (
            f"People gave it to {told} of the segments that they judged, so there is too little to "
            "tell it from."
        )
    if len(np.unique(source)) < 2:
        return (
            "All that people judged stands in one file, so nobody can tell how well it would do on "
            "another. It needs judged segments of at least two."
        )
    if len(np.unique(group[has])) < 2:
        return (
            "All segments that people gave it to stand in one file, so nobody can tell how well it "
            "would do on another."
        )
    if len(np.unique(group[~has])) < 2:
        return (
            "All segments that people did not give it to stand in one file, so nobody can tell how "
            "well it would do on another."
        )
    return ""
