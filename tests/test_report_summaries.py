"""The report's section on summary tables: as people wrote them, or else as drafts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from docx import Document

import report_fixture
from commonthread.report import ReportInputs
from commonthread.report.edition import public, team
from commonthread.report.facts import Facts
from commonthread.report.page import report_page
from commonthread.report.public_summaries import write_public_summaries
from commonthread.report.summaries import Summary, summaries
from commonthread.summary.rows import Quote, write_quotes
from commonthread.tables import as_table


@pytest.fixture(scope="module")
def study() -> ReportInputs:
    return report_fixture.inputs(workshops=3, turns=30)


def with_consents(study: ReportInputs, *consents: str) -> ReportInputs:
    """Give the study with these consents, the last of them for everybody else."""
    people = study.participants.copy()
    rest = [consents[-1]] * (len(people) - len(consents))
    people["consent"] = [*consents, *rest]
    return replace(study, participants=people)


def quoting(study: ReportInputs, *quotes: Quote) -> ReportInputs:
    """Give the study after people wrote its first table, in the first cell with these quotes."""
    made = report_fixture.written(study)
    cells = made.summary_cells.copy()
    cells.loc[0, ["wording", "quotes"]] = ["", write_quotes(quotes)]
    return replace(made, summary_cells=cells)


def first_cell(study: ReportInputs, threshold: int = 1) -> tuple[str, ...]:
    return summaries(Facts(study, public(threshold)))[0].rows[0].cells[0]


def test_drafts_and_tables_of_people_are_told_apart(study: ReportInputs) -> None:
    drafts = summaries(Facts(study, team()))
    assert [made.by_people for made in drafts] == [False, False, False]
    assert all("A computer chose" in made.status for made in drafts)
    first, second, _ = summaries(Facts(report_fixture.written(study), team()))
    assert first.by_people and not second.by_people
    *changed, last = first.rows
    assert {row.made for row in changed} == {""} and last.made == "As a computer drafted it"
    assert changed[0].cells[0][0].startswith("In our own words, said ")
    assert changed[0].show.startswith("segment=") and last.show.startswith("segment=")
    assert {row.show[:5] for row in second.rows} == {"code="}
    assert second.rows == drafts[1].rows


def test_a_draft_is_cut_and_a_table_of_people_is_not(study: ReportInputs) -> None:
    def rows(by_people: bool, letters: int) -> Summary:
        one = study.summary_cells.head(2).assign(text="word " * (letters // 5))
        if by_people:
            one = one.assign(written_by="people", as_drafted=False)
        many = [one.assign(row=row) for row in range(1, 11)]
        cells = as_table(pd.concat(many), "summary_cells")
        return summaries(Facts(replace(study, summary_cells=cells), team()))[0]

    draft = rows(by_people=False, letters=1_000)
    assert len(draft.rows) == 8 and draft.more == "2 more points are in the files."
    assert len(draft.rows[0].cells[0][0]) <= 602
    made = rows(by_people=True, letters=1_000)
    assert len(made.rows) == 10 and made.more == ""
    assert len(made.rows[0].cells[0][0]) == 1_000


def test_what_does_not_hold_is_told_to_the_team_and_kept_from_the_public(
    study: ReportInputs,
) -> None:
    written = report_fixture.written(study)
    broken = replace(written, summary_cells=written.summary_cells.assign(complete=False))
    assert "It is not ready" in summaries(Facts(broken, team()))[0].status
    assert summaries(Facts(broken, public())) == ()
    assert len(summaries(Facts(written, public()))) == 1


@pytest.mark.parametrize(
    ("consent", "words", "paraphrase"),
    [
        ("verbatim with role", "“We knew.” (public contributor)", "They knew (paraphrase, public contributor)"),
        ("verbatim", "“We knew.”", "They knew (paraphrase)"),
        ("paraphrase", "", "They knew (paraphrase)"),
        ("none", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_public_reads_only_what_speakers_agreed_to(
    study: ReportInputs, consent: str, words: str, paraphrase: str
) -> None:
    agreed = with_consents(study, consent)
    speaker = agreed.participants["participant_id"].iloc[0]
    segment = study.segments.loc[study.segments["participant_id"] == speaker, "segment_id"].iloc[0]
    for quote, shown in (
        (Quote(segment, "We knew."), words),
        (Quote(segment, "They knew", True), paraphrase),
    ):
        assert first_cell(quoting(agreed, quote)) == (shown or "Said, but not quoted here.",)


def test_notes_and_unknown_segments_are_not_quoted_to_the_public(study: ReportInputs) -> None:
    agreed = with_consents(study, "verbatim")
    notes = study.segments.loc[study.segments["kind"] == "notes", "segment_id"].iloc[0]
    for segment in (notes, "nowhere"):
        quotes = (Quote(segment, "Biscuits"), Quote(segment, "Of biscuits", True))
        assert first_cell(quoting(agreed, *quotes)) == ("Said, but not quoted here.",)


def test_the_public_sees_no_draft_no_name_and_no_small_number(study: ReportInputs) -> None:
    written = report_fixture.written(with_consents(study, "verbatim"))
    page = report_page(written, public(10))
    (made,) = page.summaries
    assert made.by_people
    team_rows = summaries(Facts(written, team()))[0].rows
    assert len(made.rows) == len(team_rows) - 1
    everything = str(made)
    for name in study.participants["participant_id"]:
        assert name not in everything
    assert "In our own words, said [name]." in everything and "with [name]" in made.rows[0].point
    people = [int(row.shared.split()[0]) for row in team_rows]
    for row, number in zip(made.rows, people, strict=False):
        assert row.shared.startswith(
            "fewer than 10 people, " if number < 10 else "at least 10 people, "
        )
    assert min(people) < 10
    assert report_page(study, public(10)).summaries == ()


def test_the_public_gets_them_as_a_word_document(study: ReportInputs, tmp_path: Path) -> None:
    written = report_fixture.written(with_consents(study, "verbatim"))
    path = tmp_path / "tables.docx"
    write_public_summaries(Facts(written, public(10)), path, authors="A. Person", language="en")
    document = Document(str(path))
    said = [paragraph.text for paragraph in document.paragraphs]
    (table,) = document.tables
    cells = [cell.text for row in table.rows for cell in row.cells]
    assert any("This is the public edition." in text for text in said) and "A. Person" in said
    assert any("In our own words, said [name]." in text for text in cells)
    assert any("fewer than 10 people" in text for text in cells)
    for name in study.participants["participant_id"]:
        assert name not in "\n".join([*said, *cells])

    write_public_summaries(Facts(study, public(10)), path, authors="", language="en")
    document = Document(str(path))
    assert not document.tables
    assert any("is not passed on." in paragraph.text for paragraph in document.paragraphs)
