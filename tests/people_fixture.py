"""Adds to an invented report study what three invented people coded, and what they settled."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd

import report_fixture
from commonthread.coders import Coder
from commonthread.codings import decide
from commonthread.judged import people_codings
from commonthread.judgements import Today, gather
from commonthread.reliability.study import agreement_tables
from commonthread.report import ReportInputs
from commonthread.report.inputs import PeopleCoding
from commonthread.returned.folder import CodingFile
from commonthread.returned.judgement import Judgement, Returned

CODERS = (
    Coder("Coder A", "Researcher"),
    Coder("Coder B", "Researcher"),
    Coder("Coder C", "Public contributor"),
)


def coded_by_people(
    study: ReportInputs, segments: int = 60, settled: int = 5, analysis: str = "", said: str = "Hm."
) -> ReportInputs:
    """Give the study with the first segments coded by three people, some of them settled.

    ``said`` is the comment that they make, and part of the code that they suggest.
    """
    rng = random.Random(4)
    leaves = [code.id for code in study.codebook.codes if code.dimension == "code"]
    ids = study.segments["segment_id"].tolist()[:segments]
    right = {segment_id: rng.sample(leaves, rng.choice((0, 1, 1, 2))) for segment_id in ids}
    files = []
    for coder in CODERS:
        judgements = []
        for segment_id in ids:
            codes = [code for code in right[segment_id] if rng.random() < 0.8]
            codes += [rng.choice(leaves)] if rng.random() < 0.1 else []
            new = f"New: {said}" if rng.random() < 0.05 else ""
            judgements.append(_judgement(segment_id, codes, said, new_code=new))
        files.append(_file(coder.name, Returned(coder=coder.name, judgements=tuple(judgements))))
    together = [_judgement(one, right[one], said, outcome="decided") for one in ids[:settled]]
    took_part = ((said, "Facilitator"), *((coder.name, coder.role) for coder in CODERS[1:]))
    files.append(
        _file(
            "together",
            Returned("adjudication", took_part=took_part, judgements=tuple(together)),
        )
    )
    found = gather(files, Today(CODERS, study.codebook, study.segments, study.turns))
    codings = decide(pd.concat([study.codings, people_codings(found.judgements)]))
    tables = {
        name: getattr(study, name)
        for name in ("sources", "turns", "segments", "participants", "workshops")
    }
    return replace(
        study,
        **report_fixture.findings(tables | {"codings": codings}, study.codebook, study.tables),
        codings=codings,
        people=PeopleCoding(
            analysis=analysis,
            judgements=found.judgements,
            coders=found.coders,
            **agreement_tables(
                study.segments, found.judgements, study.codings, found.coders, study.codebook
            ),
        ),
    )


def _judgement(segment_id: str, codes: list[str], said: str, **more: str) -> Judgement:
    return Judgement(
        f"decision {segment_id}",
        segment_id=segment_id,
        codes=tuple(codes),
        no_code=not codes,
        comment=said,
        date="2025-06-01",
        **more,  # type: ignore[arg-type]
    )


def _file(name: str, returned: Returned) -> CodingFile:
    return CodingFile(f"{name}.json", "", name, returned, None)
