"""What has no code of any theme: how much, where, and a random sample of it to read."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pandas as pd

from commonthread.report.blocks import (
    Chart,
    Quote,
    Table,
    number_cell,
    share_cell,
    showing,
    text_cell,
)
from commonthread.report.charts import Bar, bars
from commonthread.report.facts import Facts, records
from commonthread.report.overview import not_coded
from commonthread.report.quoting import Quoter
from commonthread.report.withheld import shown
from commonthread.report.wording import count, number, percent, plural, share

SAMPLE = 20

# The same study gives the same sample on every run, so that people can talk about it.
SEED = 1


@dataclass(frozen=True)
class Uncoded:
    """What the section says."""

    summary: str
    by_workshop: Chart | None
    sample: tuple[Quote, ...]
    drawn: str


def sampled_segments(facts: Facts) -> list[str]:
    """Draw segments without any code of a theme at random; give their ids in reading order."""
    inputs = facts.inputs
    if not facts.edition.drafts:
        return []
    aspects = {aspect.id for aspect in facts.codebook.aspects}
    about = inputs.codings["segment_id"][~inputs.codings["code_id"].isin(aspects)]
    free = np.ones(len(inputs.segments), dtype=bool)
    found = pd.Index(inputs.segments["segment_id"]).get_indexer(pd.Index(about.unique()))
    free[found[found >= 0]] = False
    ids = sorted(inputs.segments["segment_id"].to_numpy(dtype=object)[free])
    chosen = set(random.Random(SEED).sample(ids, min(SAMPLE, len(ids))))
    drawn = inputs.segments[inputs.segments["segment_id"].isin(chosen)]
    return list(drawn.sort_values(["workshop_id", "source_id", "start"])["segment_id"])


def uncoded(facts: Facts, quoter: Quoter, sample: list[str]) -> Uncoded:
    """Put together what is not coded; ``sample`` holds the ids that were drawn."""
    total, none = not_coded(facts)
    summary = (
        "There are no segments."
        if not total
        else "How many segments have no code of any theme is not shown."
        if not shown(none)
        else f"{number(none)} of {count(total, 'segment')} ({percent(none, total)}, "
        f"{share(none, total)}) {plural('has', none)} no code of any theme."
    )
    return Uncoded(
        summary=summary,
        by_workshop=_by_workshop(facts),
        sample=tuple(quoter.quote(segment_id) for segment_id in sample),
        drawn=(
            f"These {count(len(sample), 'segment')} were drawn at random from the "
            f"{number(none)}, every one with the same chance (seed {SEED})."
            if len(sample) < none or not sample
            else "These are all of them."
        ),
    )


def _by_workshop(facts: Facts) -> Chart | None:
    names, frame = facts.workshop_names, facts.shown.coverage
    found = {
        str(row["workshop_id"]): (facts.told(row, "not_coded"), facts.told(row, "segments"))
        for row in records(frame[frame["group"] == "workshop"])
    }
    rows_shown = [
        (workshop, *found[workshop])
        for workshop in facts.workshops_shown
        if workshop in found and found[workshop][1] and shown(*found[workshop])
    ]
    if len(rows_shown) < 2:
        return None
    title = "Share of each workshop that has no code"
    all_shown = all(
        shown(*found[workshop]) for workshop in facts.workshops_shown if workshop in found
    )
    least = min(rows_shown, key=lambda each: each[1] / each[2])
    most = max(rows_shown, key=lambda each: each[1] / each[2])
    return Chart(
        "chart-uncoded",
        title,
        f"{'It' if all_shown else 'Where it is shown, it'} ranges from "
        f"{percent(least[1], least[2])} in {names[least[0]]} to "
        f"{percent(most[1], most[2])} in {names[most[0]]}. {facts.workshops_note}".strip(),
        bars(
            [
                Bar(
                    str(names[workshop]),
                    100 * none / total,
                    f"{percent(none, total)} ({number(none)} of {number(total)})",
                    facts.colours[""],
                )
                for workshop, none, total in rows_shown
            ],
            "Segments without a code, in per cent of the workshop’s",
            100,
        ),
        Table(
            "uncoded-table",
            f"{title}: segments without any code of a theme, of all segments of the workshop.",
            ("Workshop", "Not coded", "Segments", "Share not coded"),
            tuple(
                (
                    text_cell(names[workshop]),
                    number_cell(none, show=showing(theme="none", workshop=workshop)),
                    number_cell(total),
                    share_cell(none, total, percent(none, total)),
                )
                for workshop, none, total in rows_shown
            ),
            file="coverage",
            note=facts.workshops_note,
        ),
    )
