"""Step: write the folder of what may go out, once a person has read all of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.disclosure import public_tables
from commonthread.disclosure.export import README, public_data, write_public_data, write_readme
from commonthread.disclosure.handouts import public_questions, public_resources
from commonthread.disclosure.talk import few_roles
from commonthread.findings import read_findings
from commonthread.report.public_resources import public_resources_page
from commonthread.report.questions import questions_page, write_questions
from commonthread.report.resources import write_resources
from commonthread.steps.study_tables import read_study_tables
from commonthread.tables import replacing


def write_public(
    files: Mapping[str, Any],
    title: str,
    invented: bool,
    threshold: int,
    data: str,
    report_file: str,
    folder: str,
) -> None:
    """Write the public handouts and tables into ``folder``, with the public report beside them.

    ``files`` are the study's tables, as ``read_study_tables`` takes them; ``data`` is the folder of
    the findings, and ``report_file`` the public report. ``title`` is the study's, ``invented`` says
    whether it is made up; a count below ``threshold`` is small.
    """
    study, findings, here = read_study_tables(files), read_findings(Path(data)), Path(folder)
    codebook = study.codebook
    shown = public_tables(findings, codebook, threshold)
    asked = public_questions(shown, codebook)
    named = public_resources(
        study.segments,
        study.turns,
        study.codings,
        study.participants,
        study.workshops,
        codebook,
        few_roles(findings.participation, threshold),
    )
    tables = public_data(shown, asked, named, study.workshops)
    write_public_data(tables, here / "data")
    write_resources(
        public_resources_page(
            named,
            codebook,
            tables["frequencies"],
            study=title,
            invented=invented,
            threshold=threshold,
        ),
        here / "resources.html",
        here / "resources.docx",
        language=codebook.language,
    )
    write_questions(
        questions_page(asked, codebook, study=title, invented=invented, threshold=threshold),
        here / "questions.html",
        here / "questions.docx",
        language=codebook.language,
    )
    write_readme(here / README, study=title, invented=invented, threshold=threshold)
    with replacing(here / "report.html") as temporary:
        temporary.write_bytes(Path(report_file).read_bytes())
