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
    rows = records(facts.inputs.coverage)
    every = next((row for row in rows if row["group"] == "all"), None)
    total = every["segments"] if every else 0
    none = facts.edition.few(every["not_coded"] if every else 0)
    summary = (
        f"{number(none)} of {count(total, 'segment')} ({percent(none, total)}, "
        f"{share(none, total)}) {plural('has', none)} no code of any theme."
        if total
        else "There are no segments."
    )
    return Uncoded(
        summary=summary,
        by_workshop=_by_workshop(facts, rows),
        sample=tuple(quoter.quote(segment_id) for segment_id in sample),
        drawn=(
            f"These {count(len(sample), 'segment')} were drawn at random from the "
            f"{number(none)}, every one with the same chance (seed {SEED})."
            if len(sample) < none or not sample
            else "These are all of them."
        ),
    )


def _by_workshop(facts: Facts, rows: list[dict[str, object]]) -> Chart | None:
    names = facts.workshop_names
    found = {str(row["workshop_id"]): row for row in rows if row["group"] == "workshop"}
    known = [workshop for workshop in facts.workshop_names if workshop in found]
    cells = [int(str(found[workshop]["not_coded"])) for workshop in known]
    totals = [int(str(found[workshop]["segments"])) for workshop in known]
    # A share of nearly everything is as telling as one of nearly nothing.
    first = [
        not shown(facts.edition.part(none, total))
        for none, total in zip(cells, totals, strict=True)
    ]
    parts = dict(zip(known, facts.edition.line(cells, first), strict=True))
    rows_shown = [
        (workshop, parts[workshop], int(str(found[workshop]["segments"])))
        for workshop in facts.workshops_shown
        if workshop in found and found[workshop]["segments"] and shown(parts[workshop])
    ]
    if len(rows_shown) < 2:
        return None
    title = "Share of each workshop that has no code"
    least = min(rows_shown, key=lambda each: each[1] / each[2])
    most = max(rows_shown, key=lambda each: each[1] / each[2])
    return Chart(
        "chart-uncoded",
        title,
        f"It ranges from {percent(least[1], least[2])} in {names[least[0]]} to "
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
