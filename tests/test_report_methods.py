"""What a paper says of how it was done: all that the run knows, and gaps for people."""

from __future__ import annotations

from dataclasses import replace

import pytest

import report_fixture
from commonthread.report.edition import public
from commonthread.report.facts import Facts
from commonthread.report.methods import methods
from commonthread.report.page import report_page
from people_fixture import coded_by_people


@pytest.fixture(scope="module")
def study():
    return report_fixture.inputs()


def cells(table, row):
    return [cell.text for cell in table.rows[row]]


def test_the_paragraph_says_what_was_run(study) -> None:
    paragraph, not_done, gap = methods(Facts(study)).paragraphs
    total = len(study.segments)
    assert "We analysed 4 transcripts and 1 notes file from 5 workshops" in paragraph
    assert "1 file could not be read and is not in the analysis" in paragraph
    assert f"of about 40 words; there were {total} segments" in paragraph
    assert "“Made-up codebook” (version 0.3, SHA-256 abababababab)" in paragraph
    assert "commonthread 0.1.0 looked for" in paragraph
    assert "spaCy, English rules" in paragraph
    assert "had no code of any theme" in paragraph
    assert "no second coder" in not_done and "no person coded" in not_done
    assert gap.startswith("For you to write:")


def test_people_who_coded_are_told(study) -> None:
    made = methods(Facts(coded_by_people(study)))
    assert (
        "3 people (2 researchers and 1 public contributor) coded 60 of 200 segments, each apart"
        in made.paragraphs[0]
    )
    assert (
        "5 were settled together (1 facilitator, 1 researcher and 1 public contributor)."
        in (made.paragraphs[0])
    )
    assert "second coder" not in made.paragraphs[1]
    assert cells(made.coreq, 0)[2] == "3 people coded. Machine coders: dictionary."


def test_every_item_says_what_is_known_and_what_is_left_to_people(study) -> None:
    made = methods(Facts(study))
    assert [cells(made.coreq, row)[0][:3] for row in range(6)] == [f"{n}." for n in range(24, 30)]
    assert len(made.gripp.rows) == 5
    for table in (made.coreq, made.gripp):
        for row in table.rows:
            assert row[-1].text.startswith("For you to write: ")
            assert all(cell.text for cell in row)
    # "Never spoken of" is the one code that nobody raised.
    assert "1 code was not found" in cells(made.coreq, 2)[2]
    assert "No people agreed" in cells(made.coreq, 5)[2]


def test_whole_turns_are_told() -> None:
    study = report_fixture.inputs(turns=3)
    run = {**study.run, "settings": {"segments.unit": ("turns", "words")}}
    assert "one for each turn" in methods(Facts(replace(study, run=run))).paragraphs[0]


def test_a_study_of_which_nothing_was_read_has_methods(study) -> None:
    made = methods(Facts(report_fixture.nothing_read(study)))
    assert "We analysed no files" in made.paragraphs[0]


def test_gaps_are_for_the_team(study) -> None:
    assert report_page(study).methods is not None
    assert report_page(study, public()).methods is None
