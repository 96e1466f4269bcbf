"""Adds to an invented report study a random sample that people checked."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd

from audit_study import judged
from commonthread.audit.draw import draw_more
from commonthread.audit.tables import audit_tables
from commonthread.audit.today import find_sample
from commonthread.coded import code_segments
from commonthread.report import ReportInputs
from commonthread.report.inputs import Audit
from commonthread.tables import as_table


def audited(
    study: ReportInputs, size: int = 150, coders: tuple[str, ...] = ("ada", "ben"), seed: int = 3
) -> ReportInputs:
    """Give the study with a sample drawn, and judged by people who differ a little from machines.

    Its codings are taken for those of a machine. Without coders nobody judged the sample.
    """
    rng = random.Random(seed)
    drawn = draw_more(study.segments, study.turns, study.participants, {}, size, "2024-05-01")
    sample = find_sample(drawn, study.segments, study.turns)
    found = study.codings.groupby("segment_id")["code_id"].agg(list).to_dict()
    leaves = [code.id for code in study.codebook.codes if code.dimension == "code"]
    leaves = [code for code in leaves if not study.codebook.children(code) and code != "silence"]
    right = {}
    for segment_id in sample["segment_id"]:
        codes = [code for code in found.get(segment_id, []) if rng.random() < 0.85]
        right[segment_id] = [*codes, rng.choice(leaves)] if rng.random() < 0.15 else codes
    said = [
        judged(
            {each: [code for code in own if rng.random() < 0.95] for each, own in right.items()},
            who,
        )
        for who in coders
    ]
    coded = code_segments(
        study.segments, study.codings, study.participants, study.workshops, study.codebook
    )
    judgements = pd.concat(said, ignore_index=True) if said else as_table({}, "judgements")
    made = audit_tables(coded, sample, judgements, 200)
    return replace(
        study,
        audit=Audit(
            sample=sample,
            frequencies=made["corrected_frequencies"],
            differences=made["corrected_differences"],
            outlook=made["audit_outlook"],
        ),
    )
