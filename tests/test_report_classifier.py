"""The classifier's card in the report: what it says of itself, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

import report_fixture
from card_fixture import ROLES, with_classifier
from commonthread.report import ReportInputs, write_report
from commonthread.report.classifier import Card
from commonthread.report.edition import public, team
from commonthread.report.page import report_page
from people_fixture import coded_by_people


@pytest.fixture(scope="module")
def coded() -> ReportInputs:
    return coded_by_people(report_fixture.inputs(workshops=3, turns=30))


@pytest.fixture(scope="module")
def study(coded) -> ReportInputs:
    return with_classifier(coded)


def section(study: ReportInputs) -> Card:
    made = report_page(study, team()).classifier
    assert made is not None
    return made


def test_it_says_what_it_learned_from_and_what_it_did(study) -> None:
    said = " ".join(section(study).summary)
    total = len(study.codebook.codes)
    assert f"from 170 segments that people judged. Of {total} themes, codes and aspects" in said
    assert "it gives 1 by itself; it shows people where 2 may fit" in said
    assert f"could not learn {total - 3}" in said
    assert "It gave 41 codings to segments that nobody had judged, and these count" in said
    assert "In 50 places a code is its best guess" in said
    assert "For 1 of 3 codes that it learned, the dictionary agrees with people better" in said


def test_the_agreement_of_people_stands_beside_that_of_the_machine(study) -> None:
    table = section(study).codes
    assert table is not None
    assert table.columns[-3:] == ("Its best guess", "The dictionary", "Between people")
    assert study.people is not None
    frame = study.people.agreement
    own = frame[
        (frame["comparison"] == "people together") & (frame["coefficient"] == "fleiss_kappa")
    ].set_index("code_id")["value"]
    for code, row in zip(study.codebook.codes, table.rows, strict=False):
        assert row[0].text.startswith(code.name)
        expected = own.get(code.id)
        if expected is None or expected != expected:
            assert row[-1].text == "not defined"
        else:
            assert row[-1].value == pytest.approx(expected, abs=1e-4)


def test_each_code_says_what_is_done_with_it_and_why(study) -> None:
    made = section(study)
    assert made.standing is not None and made.not_learned is not None
    told = {row[1].text for row in made.standing.rows}
    assert told == {"Gives it", "Shows where it may fit"}
    assert [row[2].value for row in made.standing.rows] == [41, 0, 0]
    assert made.standing.rows[1][-1].text == "Too little shows yet."
    assert len(made.not_learned.rows) == len(study.codebook.codes) - 3
    assert all("about 8 are needed" in row[-1].text for row in made.not_learned.rows)


def test_it_says_whom_it_understands_less(study) -> None:
    made = section(study)
    assert "best on what was said in the role Researcher (kappa 0.55)" in made.by_role
    assert "least in the role Public contributor (0.25)" in made.by_role
    assert "1 other role" in made.by_role
    assert made.roles is not None
    assert [row[0].text for row in made.roles.rows][-1] == "Nobody: notes"
    assert made.roles.rows[0][3].text == "40 of 70 (57%)"


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ((ROLES[0], ("Practitioner", 50, 5, 60, 60, 36, 0.5)), "about equally well"),
        ((ROLES[0], ROLES[2]), "Too little of what people in different roles said"),
    ],
)
def test_roles_are_told_apart_only_where_there_is_enough(coded, roles, words) -> None:
    assert words in section(with_classifier(coded, roles=roles)).by_role


def test_where_nothing_was_judged_it_says_that_it_did_nothing(coded) -> None:
    made = section(with_classifier(replace(coded, people=None), learned=0, judged=0))
    assert "did nothing here" in made.summary[-1]
    assert made.codes is None and made.standing is None and made.roles is None
    assert not made.advice and made.not_learned is not None


def test_where_nothing_could_be_learned_no_number_rests_on_it(coded) -> None:
    made = section(with_classifier(coded, learned=0))
    assert "no number in this report rests on it" in " ".join(made.summary)
    assert made.codes is None and not made.advice


def test_a_reflexive_analysis_has_no_kappas(study) -> None:
    assert study.people is not None
    reflexive = replace(study, people=replace(study.people, analysis="reflexive"))
    made = section(reflexive)
    assert made.codes is None and made.standing is not None
    assert made.roles is not None and "Kappa" not in made.roles.columns
    assert "kappa" not in f"{made.summary} {made.by_role}".casefold()


def test_the_public_edition_leaves_the_card_out(study, tmp_path) -> None:
    assert report_page(study, public()).classifier is None
    write_report(study, tmp_path / "public.html", public())
    text = (tmp_path / "public.html").read_text("latin-1")
    assert "must not be used for" not in text and "Whom it understands" not in text


def test_methods_say_how_it_coded_only_if_it_did(study, coded) -> None:
    codings = study.codings.copy()
    codings.loc[codings.index[:3], ["coder_kind", "coder_id", "evidence"]] = [
        "classifier",
        "classifier",
        "[]",
    ]
    made = report_page(replace(study, codings=codings), team()).methods
    assert made is not None
    said = " ".join(made.paragraphs)
    assert "trained on 170 segments judged by people gave 1 code where its calibrated" in said
    other = report_page(coded, team()).methods
    assert other is not None and "trained on" not in " ".join(other.paragraphs)
