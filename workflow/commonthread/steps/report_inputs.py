"""What a report is made from, as the steps that write one take it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from commonthread.findings import read_findings
from commonthread.language import describe_language
from commonthread.report import ReportInputs, Run
from commonthread.report.inputs import Audit, ClassifierCard, PeopleCoding
from commonthread.settings import LanguageSettings, TableSettings
from commonthread.steps.study_tables import read_study_tables
from commonthread.tables import read_table

_PACKAGES = ("spacy", "spacy-lookups-data", "pandas", "plotly", "snakemake")

_AUDIT = {
    "frequencies": "corrected_frequencies",
    "differences": "corrected_differences",
    "outlook": "audit_outlook",
}


def read_report_inputs(
    files: Mapping[str, Any], about: Mapping[str, Any], data: Path
) -> ReportInputs:
    """Read everything that a report says.

    ``files`` are the study's tables, as ``read_study_tables`` takes them, with ``summary_cells``,
    ``judgements``, ``coders`` and ``audit_sample``; ``data`` is the folder of the findings. ``about`` has the study's
    ``title``, whether it is ``invented`` and its kind of ``analysis``; of the settings, those of
    ``tables``, ``language`` and ``classifier``, and as ``settings`` all that differ from the defaults: dotted name to
    value and default.
    """
    study = read_study_tables(files)
    findings = vars(read_findings(data))
    # The tables as they stand now take the place of their first drafts.
    del findings["summary_tables"]
    language = LanguageSettings.model_validate(about["language"])
    return ReportInputs(
        study=about["title"],
        invented=about["invented"],
        run=Run(
            date=_today(),
            versions=_versions(),
            settings=about["settings"],
            language_pipeline=describe_language(language),
        ),
        people=_people(files, about["analysis"], data),
        audit=Audit(
            sample=read_table(Path(files["audit_sample"]), "audit_sample"),
            **{
                name: read_table(data / f"{table}.parquet", table) for name, table in _AUDIT.items()
            },
        ),
        classifier=ClassifierCard(
            codes=read_table(data / "classifier_codes.parquet", "classifier_codes"),
            roles=read_table(data / "classifier_roles.parquet", "classifier_roles"),
            target=about["classifier"]["target"],
            certain=about["classifier"]["certain"],
            embeddings=Path(about["classifier"]["embeddings"] or "").name,
        ),
        tables=[TableSettings.model_validate(table) for table in about["tables"]],
        summary_cells=read_table(Path(files["summary_cells"]), "summary_cells"),
        **findings,
        **vars(replace(study, sources=study.sources.sort_values("path", ignore_index=True))),
    )


def _people(files: Mapping[str, Any], analysis: str, data: Path) -> PeopleCoding | None:
    """Read what people coded, and how far they agree; None if nobody coded."""
    judgements = read_table(Path(files["judgements"]), "judgements")
    if not (judgements["status"] == "counts").any():
        return None
    names = ("coding_basis", "agreement", "confusions", "disagreements")
    return PeopleCoding(
        analysis=analysis,
        judgements=judgements,
        coders=read_table(Path(files["coders"]), "coders"),
        **{name: read_table(data / f"{name}.parquet", name) for name in names},
    )


def _today() -> str:
    day = date.today()
    return f"{day.day} {day:%B %Y}"


def _versions() -> dict[str, str]:
    own = {"commonthread": version("commonthread"), "Python": platform.python_version()}
    return own | {name: version(name) for name in _PACKAGES}
