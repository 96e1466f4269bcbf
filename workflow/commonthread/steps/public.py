"""Step: write the folder of what may go out, once a person has read all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commonthread.disclosure.export import README, public_data, write_public_data, write_readme
from commonthread.disclosure.handouts import public_questions, public_resources
from commonthread.disclosure.talk import few_roles
from commonthread.report import write_report
from commonthread.report.edition import public
from commonthread.report.facts import Facts
from commonthread.report.public_resources import public_resources_page
from commonthread.report.public_summaries import write_public_summaries
from commonthread.report.questions import questions_page, write_questions
from commonthread.report.resources import write_resources
from commonthread.steps.report_inputs import read_report_inputs
from commonthread.whole_files import replacing


def write_public(
    files: Mapping[str, Any],
    about: Mapping[str, Any],
    authors: Sequence[str],
    threshold: int,
    linked: bool,
    data: str,
    report_file: str,
    folder: str,
) -> None:
    """Write the public report, and into ``folder`` the same with handouts and tables beside it.

    ``files``, ``about`` and ``data`` are as ``read_report_inputs`` takes them; a count below
    ``threshold`` is small; ``linked`` numbers the people who are quoted in the report; ``authors``
    are those of the summary tables.
    """
    inputs, here = read_report_inputs(files, about, Path(data)), Path(folder)
    facts, codebook = Facts(inputs, public(threshold, linked=linked)), inputs.codebook
    write_report(inputs, Path(report_file), facts.edition)
    with replacing(here / "report.html") as temporary:
        temporary.write_bytes(Path(report_file).read_bytes())
    asked = public_questions(facts.shown, codebook)
    named = public_resources(
        inputs.segments,
        inputs.turns,
        inputs.codings,
        inputs.participants,
        inputs.workshops,
        codebook,
        few_roles(inputs.participation, threshold),
    )
    told: dict[str, Any] = {
        "study": inputs.study,
        "invented": inputs.invented,
        "threshold": threshold,
    }
    tables = public_data(facts.shown, asked, named, inputs.workshops)
    write_public_data(tables, here / "data")
    write_resources(
        public_resources_page(
            named,
            codebook,
            tables["frequencies"],
            **told,
        ),
        here / "resources.html",
        here / "resources.docx",
        language=codebook.language,
    )
    write_questions(
        questions_page(asked, codebook, **told),
        here / "questions.html",
        here / "questions.docx",
        language=codebook.language,
    )
    write_public_summaries(
        facts, here / "summary-tables.docx", authors="; ".join(authors), language=codebook.language
    )
    write_readme(here / README, linked=linked, **told)
