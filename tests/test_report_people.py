"""What the report says of the people who coded, and of how far they agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import report_fixture
from commonthread.report import ReportInputs, write_report
from commonthread.report.edition import public, team
from commonthread.report.page import report_page
from commonthread.report.people_coding import CodedByPeople
from commonthread.standing import AGREED, DIFFER, MACHINE, SETTLED, standings
from people_fixture import CODERS, coded_by_people


@pytest.fixture(scope="module")
def study() -> ReportInputs:
    return coded_by_people(report_fixture.inputs(workshops=3, turns=30))


def section(study: ReportInputs, edition=None) -> CodedByPeople:
    made = report_page(study, edition).people
    assert made is not None
    return made


def test_without_people_who_code_there_is_no_such_section(tmp_path: Path) -> None:
    study = report_fixture.inputs(workshops=1, turns=10)
    assert report_page(study).people is None
    write_report(study, tmp_path / "report.html")
    assert "how far they agree" not in (tmp_path / "report.html").read_text("latin-1")


def test_it_says_who_coded_and_who_decided(study: ReportInputs) -> None:
    first, each, settled = section(study).summary
    assert "3 people (2 researchers and 1 public contributor) coded" in first
    assert "60 of 90 segments (67%)" in first
    assert "Coder A 60, Coder B 60 and Coder C 60" in each
    assert "5 segments" in settled
    assert (
        "took part 3 people (1 facilitator, 1 researcher and 1 public contributor): Hm., Coder B"
    ) in settled


def test_what_codes_rest_on_adds_up_to_all_segments(study: ReportInputs) -> None:
    table = section(study).basis.table
    assert study.people is not None
    counted = standings(study.segments, study.people.judgements).value_counts()
    assert [row[1].value for row in table.rows] == [
        counted[basis] for basis in (SETTLED, AGREED, DIFFER, MACHINE)
    ]
    assert sum(row[1].value or 0 for row in table.rows) == len(study.segments)
    assert table.rows[0][1].show == "basis=settled%20together"


def test_agreement_is_told_for_all_pairs_roles_and_the_dictionary(study: ReportInputs) -> None:
    made = section(study).agreement
    assert made is not None
    assert [row[0].text for row in made.between.rows] == [
        "All people",
        "Coder A and Coder B",
        "Coder A and Coder C",
        "Coder B and Coder C",
        "Among people in the role researcher",
        "Public contributor and researcher",
        "Coder A and the dictionary (a machine)",
        "Coder B and the dictionary (a machine)",
        "Coder C and the dictionary (a machine)",
        "All people and the dictionary (a machine)",
    ]
    assert all(row[1].value == 60 for row in made.between.rows)
    assert "60 segments in 2 transcripts were judged by two people or more." in made.summary[0]
    assert "does not say which kind of analysis" in made.about[1]
    assert made.codes is not None and made.machine is not None and made.confusions is not None


def test_a_reflexive_study_gets_no_figures_but_all_the_rest() -> None:
    study = coded_by_people(report_fixture.inputs(workshops=3, turns=30), analysis="reflexive")
    made = section(study)
    assert made.agreement is None and made.reflexive
    assert made.differences and made.basis


def test_differences_stand_side_by_side_with_what_each_said(study: ReportInputs) -> None:
    made = section(study)
    assert study.people is not None
    standing = standings(study.segments, study.people.judgements)
    open_ones = set(standing[standing == DIFFER].index)
    assert {one.quote.segment_id for one in made.differences} <= open_ones
    for one in made.differences:
        assert [said.coder for said in one.said] == [coder.name for coder in CODERS]
        assert len({said.codes for said in one.said}) > 1
    assert made.differences_note.startswith(f"20 of {len(open_ones)}")


def test_the_public_edition_names_no_coder_and_shows_no_difference(
    study: ReportInputs, tmp_path: Path
) -> None:
    made = section(study, public())
    assert "People in the roles researcher and public contributor coded" in made.summary[0]
    assert "took part people in the roles facilitator, researcher and" in made.summary[-1]
    assert made.differences == () and made.suggestions == ()
    assert made.agreement is not None
    assert made.agreement.codes is None and made.agreement.confusions is None
    write_report(study, tmp_path / "public.html", public())
    text = (tmp_path / "public.html").read_text("latin-1")
    assert not any(coder.name in text for coder in CODERS)
    assert "Hm." not in text


def test_coders_are_named_beside_what_they_gave(study: ReportInputs) -> None:
    quotes = [
        quote
        for theme in report_page(study, team()).themes
        for code in (theme.theme, *theme.codes)
        for quote in code.quotes
    ]
    why = " ".join(quote.why for quote in quotes)
    assert "coded by Coder" in why


def test_a_study_of_one_coder_has_no_figures_of_agreement() -> None:
    study = coded_by_people(report_fixture.inputs(workshops=3, turns=30))
    assert study.people is not None
    alone = study.people.agreement.assign(value=float("nan"))
    made = section(replace(study, people=replace(study.people, agreement=alone)))
    assert made.agreement is None
