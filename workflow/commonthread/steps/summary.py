"""Step: check the summary tables that people wrote, and write all of them in every form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.docx_tables import write_docx
from commonthread.export import PeopleTable, write_csv_for_people, write_markdown_tables
from commonthread.latex_tables import write_latex
from commonthread.problems import Problem
from commonthread.problems_file import write_problems
from commonthread.report.summary_table import write_summary_page
from commonthread.settings import TableSettings
from commonthread.steps.study_tables import read_all, read_withdrawn
from commonthread.summary.check import check, not_yet_covered
from commonthread.summary.evidence import Evidence
from commonthread.summary.folder import FOLDER, people_files, put_drafts, unknown_files
from commonthread.summary.layout import cells_of, drafted_table, for_spreadsheets, laid_out
from commonthread.summary.rows import SummaryTable
from commonthread.summary.workbook import write_results, write_workbook
from commonthread.summary.written import read_written
from commonthread.summary.yaml_file import write_yaml
from commonthread.tables import as_table, read_table, write_table
from commonthread.whole_files import replacing

if TYPE_CHECKING:
    import pandas as pd

FORMS = ("docx", "large-print.docx", "xlsx", "csv", "md", "tex", "html")
DRAFTS = "drafts"
_DRAFT = "Draft: a machine chose these words. They are for people to check and rewrite."
_INVENTED = "An invented example: workshops, people and words are made up."
_NOT_READY = "Not ready: what does not hold is left out. The end of the run says what it is."


@dataclass(frozen=True)
class _Made:
    """A table as people wrote it or else as drafted, without what does not hold; and its draft."""

    table: SummaryTable
    draft: SummaryTable
    problems: list[Problem]


def write_summaries(
    study: str,
    title: str,
    invented: bool,
    authors: Sequence[str],
    language: str,
    fewest: int,
    turns_files: Sequence[str],
    segments_files: Sequence[str],
    participants_file: str,
    workshops_file: str,
    withdrawn_files: Sequence[Sequence[str]],
    draft_file: str,
    tables: Sequence[Mapping[str, Any]],
    folder: str,
    cells_file: str,
    not_covered_csv: str,
    problems_file: str,
) -> list[str]:
    """Write the summary tables into ``folder``, and drafts to edit into the study's folder.

    Takes the tables of all batches, and the drafted points in ``draft_file``;
    ``withdrawn_files`` have what was withdrawn. ``title``,
    ``invented`` and ``authors`` are the study's; ``tables`` are the settings of its summary tables;
    fewer people than ``fewest`` are not counted out. What stands in the tables goes into
    ``cells_file`` too, as the table ``summary_cells``, for the report.
    What does not hold in people's tables goes into ``problems_file`` and is left out of what is
    written, so that everything else is there when the run ends with them. Gives sentences.
    """
    named = [TableSettings.model_validate(table) for table in tables]
    segments = read_all(segments_files, "segments").sort_values(
        ["source_id", "start", "segment_id"], ignore_index=True
    )
    evidence = Evidence(
        segments,
        read_all(turns_files, "turns"),
        read_table(Path(participants_file), "participants"),
        read_table(Path(workshops_file), "workshops"),
        read_withdrawn(withdrawn_files).segment_ids,
    )
    drafted = read_table(Path(draft_file), "summary_tables")
    place, out = Path(study), Path(folder)
    made: list[_Made] = []
    for table in named:
        draft = drafted_table(drafted, table)
        written, problems = read_written(place, draft)
        checked, more = check(written, evidence)
        made.append(_Made(checked, draft, problems + more))
    said = _put_drafts(place, out / DRAFTS, made, evidence)

    about = {"study": title, "invented": invented, "authors": "; ".join(authors)}
    laid = [laid_out(each.table, each.draft, evidence, fewest) for each in made]
    for each, people_table in zip(made, laid, strict=True):
        frame = for_spreadsheets(each.table, evidence, fewest)
        _write_forms(each, people_table, frame, out, about, language)
    cells = [
        cell
        for each in made
        for cell in cells_of(each.table, each.draft, evidence, not each.problems)
    ]
    write_table(as_table(cells, "summary_cells"), "summary_cells", Path(cells_file))
    left = not_yet_covered([each.table for each in made], drafted, evidence)
    write_csv_for_people(left, Path(not_covered_csv))
    told = [problem for each in made for problem in each.problems]
    write_problems(told, Path(problems_file))
    for table_id, number in left["table_id"].value_counts(sort=False).items():
        said.append(
            f"{table_id}: segments that no row covers yet: {number:,}. See {not_covered_csv}"
        )
    unknown = unknown_files(place, [table.id for table in named])
    if unknown:
        said.append(
            f"Files in {FOLDER} that belong to no table of the settings: {', '.join(unknown)}"
        )
    return said


def _put_drafts(study: Path, out: Path, made: Sequence[_Made], evidence: Evidence) -> list[str]:
    """Write the newest drafts into the results, and into the study where nobody has written yet."""
    said = []
    to_edit, unwritable = 0, ""
    for each in made:
        drafts = {".xlsx": write_workbook(each.draft, evidence), ".yaml": write_yaml(each.draft)}
        for ending, data in drafts.items():
            with replacing(out / f"{each.draft.table_id}{ending}") as temporary:
                temporary.write_bytes(data)
        people = bool(people_files(study, each.draft.table_id))
        try:
            put_drafts(study / FOLDER, each.draft.table_id, drafts, people)
            to_edit += not people
        except OSError as error:
            unwritable = str(error.strerror)
    if unwritable:
        said.append(
            f"Nothing can be written into {study / FOLDER} ({unwritable}). Drafts of the summary"
            f" tables are in {out}: copy those that you want to edit into a folder called {FOLDER}"
            " in the study."
        )
    elif to_edit:
        said.append(f"Drafts of summary tables to edit: {to_edit}, in {study / FOLDER}")
    return said


def _write_forms(
    made: _Made,
    laid: PeopleTable,
    frame: pd.DataFrame,
    out: Path,
    about: Mapping[str, Any],
    language: str,
) -> None:
    """Write one table in every form."""
    study, invented, authors = about["study"], about["invented"], about["authors"]
    status = " ".join(
        [
            *([_INVENTED] if invented else []),
            *([_NOT_READY] if made.problems else []),
            *([_DRAFT] if not made.table.file else []),
        ]
    )
    marks = ["Invented example."] * invented + ["Draft."] * (not made.table.file)
    head = " ".join([*marks, laid.title])
    places = {form: out / f"{made.table.table_id}.{form}" for form in FORMS}
    for form, size in (("docx", 12), ("large-print.docx", 18)):
        write_docx(
            [laid],
            places[form],
            title=study,
            head=head,
            status=status,
            authors=authors,
            language="en-GB" if language == "en" else language,
            size=size,
        )
    about_lines = [laid.title, study, *([authors] if authors else []), laid.note]
    with replacing(places["xlsx"]) as temporary:
        temporary.write_bytes(
            write_results(frame, laid.title, authors, [*about_lines, *([status] if status else [])])
        )
    write_csv_for_people(frame, places["csv"])
    lines = [line for line in (authors, status) if line]
    write_markdown_tables(study, [laid], places["md"], lines)
    write_latex([laid], places["tex"], title=study, head=status, authors=authors)
    # The page says by itself that an example is invented.
    said = status.removeprefix(_INVENTED).strip()
    write_summary_page(
        laid, places["html"], study=study, invented=invented, authors=authors, status=said
    )
