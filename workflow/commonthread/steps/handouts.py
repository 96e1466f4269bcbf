"""Step: write the handouts: the map of resources, and questions to think about together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.coded import code_segments
from commonthread.export import write_csv_for_people
from commonthread.questions import questions
from commonthread.quotes import QuoteChooser
from commonthread.report.questions import questions_page, write_questions
from commonthread.report.resources import resources_page, write_resources
from commonthread.resources import resources
from commonthread.steps.study_tables import read_study_tables
from commonthread.tables import read_table, write_table


def write_handouts(
    files: Mapping[str, Any], title: str, invented: bool, data: str, folder: str
) -> None:
    """Write the tables ``resources`` and ``questions`` into the folder ``data`` (Parquet and CSV),
    and from them into ``folder`` a page and a Word document each.

    ``files`` are the study's tables, as ``read_study_tables`` takes them, and frequencies.
    ``title`` is the study's, ``invented`` says whether it is made up.
    """
    study = read_study_tables(files)
    codebook, participants = study.codebook, study.participants
    coded = code_segments(study.segments, study.codings, participants, study.workshops, codebook)
    named = resources(coded, QuoteChooser(coded, study.turns), participants)
    asked = questions(read_table(Path(files["frequencies"]), "frequencies"), codebook)
    for name, table in (("resources", named), ("questions", asked)):
        _write_both(table, name, Path(data))
    workshops = len(coded.segments["workshop_id"].unique())
    here = Path(folder)
    write_resources(
        resources_page(named, codebook, study=title, invented=invented, workshops=workshops),
        here / "resources.html",
        here / "resources.docx",
        language=codebook.language,
    )
    write_questions(
        questions_page(asked, codebook, study=title, invented=invented),
        here / "questions.html",
        here / "questions.docx",
        language=codebook.language,
    )


def _write_both(table: pd.DataFrame, name: str, folder: Path) -> None:
    write_table(table, name, folder / f"{name}.parquet")
    write_csv_for_people(table, folder / f"{name}.csv")
