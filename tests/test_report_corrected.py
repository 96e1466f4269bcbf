"""What the report says of a random check: corrected shares, differences, or what one would buy."""

from __future__ import annotations

from dataclasses import replace

import pytest

import report_fixture
from audited_fixture import audited
from commonthread.report import ReportInputs
from commonthread.report.corrected import Corrected, corrected
from commonthread.report.edition import public, team
from commonthread.report.facts import Facts
from commonthread.report.page import report_page
from people_fixture import coded_by_people

PLAIN = report_fixture.inputs(workshops=4, turns=80, people=16)
CHECKED = audited(PLAIN)


def section(study: ReportInputs, *, out: bool = False) -> Corrected | None:
    return corrected(Facts(study, public(10) if out else team()))


def said(study: ReportInputs) -> Corrected:
    made = section(study)
    assert made is not None
    return made


def test_a_check_is_told_of_with_what_it_rests_on() -> None:
    made = said(CHECKED)
    assert made.title == "Corrected by a random check"
    assert "150 of 320 segments were checked, all of them by two people or more." in made.about[0]
    assert len(made.about) == 1


def test_each_share_stands_with_its_interval_in_chart_and_table() -> None:
    made = said(CHECKED)
    rows = CHECKED.audit.frequencies
    whole = rows[rows["group"] == "all"].set_index("code_id")
    for chart in (made.themes, made.codes):
        assert chart is not None
        (trace,) = chart.figure["data"]
        for place, cells in enumerate(chart.table.rows):
            share, low, high = (cell.value for cell in cells[1:])
            assert trace["x"][place] == pytest.approx(100 * share, abs=0.01)
            assert trace["x"][place] - trace["error_x"]["arrayminus"][place] == pytest.approx(
                100 * low, abs=0.02
            )
            assert trace["x"][place] + trace["error_x"]["array"][place] == pytest.approx(
                100 * high, abs=0.02
            )
    assert made.every is not None
    power = next(row for row in made.every.rows if row[0].text == "Power (theme)")
    own = whole.loc["power"]
    assert power[1].value == own["machine_share"]
    assert power[2].text == "{:.0%} ({:.0%} to {:.0%})".format(*own[["share", "low", "high"]])
    food = whole.loc["food"]
    tea = next(row for row in made.every.rows if row[0].text == "Tea and biscuits")
    assert food["low"] < 0.0995
    assert f"({food['low']:.1%} to " in tea[2].text
    assert power[3].text.startswith(f"{own['people_share']:.0%} (")


def test_a_code_that_nobody_found_has_words_and_no_number() -> None:
    made = said(CHECKED)
    assert made.every is not None and made.codes is not None
    silence = next(row for row in made.every.rows if row[0].text == "Never spoken of")
    assert silence[2].text.startswith("at most ")
    assert silence[2].text.endswith(": no segment that was checked has it.")
    assert "Never spoken of" not in [row[0].text for row in made.codes.table.rows]
    assert made.codes.summary.endswith("1 further code is in the table of all.")


def test_groups_stand_in_tables_of_their_own() -> None:
    made = said(CHECKED)
    facts = Facts(CHECKED)
    assert made.by_role is not None and made.by_workshop is not None and made.by_cell is not None
    assert made.by_role.columns[1:] == tuple(facts.roles)
    assert made.by_workshop.columns[1:] == tuple(facts.workshop_names.values())
    assert len(made.by_cell.rows) > len(facts.roles)
    notes = [row for row in made.by_cell.rows if "Not known" in row[1].text]
    assert len(notes) < len(made.by_cell.rows) / 2


def test_differences_are_told_in_words_that_fit_their_intervals() -> None:
    made = said(CHECKED)
    verdicts = CHECKED.audit.differences["verdict"]
    clear = verdicts.isin(["clearly more", "clearly less"])
    assert clear.sum() > len(made.differences) > 0
    for sentence in made.differences:
        assert "clearly more often than" in sentence or "clearly less often than" in sentence
    assert f"{(verdicts != '').sum()} comparisons" in made.differences_note
    assert f"In {(verdicts == 'no clear difference').sum()} there is no clear" in (
        made.differences_note
    )
    assert {table.id for table in made.compared} == {
        "corrected-compared-role",
        "corrected-compared-workshop",
    }


def test_without_a_check_counts_are_called_uncorrected_and_sizes_compared() -> None:
    made = said(audited(PLAIN, coders=()))
    assert made.title == "Counts that are not corrected so far"
    assert "They are not corrected" in made.about[0]
    assert "snakemake audit_pack" in made.about[1]
    assert (made.themes, made.codes, made.every, made.differences) == (None, None, None, ())
    assert made.outlook is not None
    assert [row[0].text for row in made.outlook.rows] == ["50", "100", "200"]
    assert all(cell.text.startswith("± ") for row in made.outlook.rows for cell in row[1:])
    assert "70 of 100" in made.outlook.note


def test_a_check_that_is_too_small_or_half_done_says_so() -> None:
    small = said(audited(PLAIN, size=15))
    assert "Only 15 segments were checked; at least 20 are needed." in small.about[1]
    assert small.every is None
    study = audited(PLAIN, size=100)
    some = study.audit.frequencies.assign(checked=80, checked_twice=0)
    half = said(replace(study, audit=replace(study.audit, frequencies=some)))
    assert "80 of 320 segments were checked, none of them by two" in half.about[0]
    assert "20 are still to be judged" in half.about[1]
    assert "only one person read each" in half.about[2]


def test_what_is_lost_of_the_sample_is_said() -> None:
    sample = CHECKED.audit.sample.copy()
    sample.loc[0, "status"] = "lost"
    made = said(replace(CHECKED, audit=replace(CHECKED.audit, sample=sample)))
    assert any("1 segment of the sample is not there any more" in each for each in made.about)


def test_the_public_edition_says_that_it_leaves_this_out_and_shows_no_number_of_it() -> None:
    made = section(CHECKED, out=True)
    assert made is not None
    assert made == Corrected(made.title, made.about)
    assert "could give small numbers away" in made.about[0]
    assert not any(sign.isdigit() for sign in made.about[0])
    assert section(audited(PLAIN, coders=()), out=True) is None
    page = report_page(CHECKED, public(10))
    assert not [chart for chart in page.charts() if "corrected" in chart.id]
    assert not any("corrected by it stand" in sentence for sentence in page.overview.sure)


def test_a_report_that_knows_of_no_check_says_nothing() -> None:
    assert section(PLAIN) is None
    assert section(PLAIN, out=True) is None


def test_the_rest_of_the_report_knows_of_the_check() -> None:
    page = report_page(coded_by_people(PLAIN))
    checked = report_page(replace(coded_by_people(PLAIN), audit=CHECKED.audit))
    words = "Shares that are corrected by it stand with their intervals"
    assert not any(words in sentence for sentence in page.overview.sure)
    assert any(words in sentence for sentence in checked.overview.sure)
    assert page.methods is not None and checked.methods is not None
    assert "counts were not corrected" in " ".join(page.methods.paragraphs)
    told = " ".join(checked.methods.paragraphs)
    assert "150 segments, drawn at random within workshop and role, were judged" in told
    assert "counts were not corrected" not in told
