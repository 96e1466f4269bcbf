"""From what came back to a changed codebook: three people, three media, one meeting."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commonthread.codebook import load_codebook
from commonthread.proposals.folder import FOLDER
from commonthread.proposals.history import read_history
from commonthread.report.facts import records
from commonthread.tables import read_table
from proposals_fixture import SMALL
from proposals_study import decide, gather, make_study, send_back

DECIDED: Mapping[str, Mapping[str, str]] = {
    "For “Pay”, the computer": {
        "Decision": "accepted",
        "Who took part": "Ada, Bo and Cy",
        "Date": "2026-03-20",
    },
    "For “Pay”, “In plain": {
        "Decision": "changed",
        "Wording if changed": "Being paid, and on time",
        "Reasons": "Say when.",
        "Who took part": "Ada, Bo and Cy",
    },
    "“Pay” would go into": {
        "Decision": "declined",
        "Reasons": "Fares are paid by others.",
        "Who took part": "Ada, Bo and Cy",
    },
}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    made = make_study(tmp_path)
    send_back(made)
    return made


def rows(study: Path) -> dict[str, dict[str, Any]]:
    """Give the table of proposals by the role of who made them."""
    table = read_table(study.parent / "results/proposals.parquet", "proposals")
    return {row["role"]: row for row in records(table)}


def page(study: Path) -> str:
    """Give the page for the meeting as a browser reads it."""
    return unescape(results(study, "proposals.html").read_text(encoding="windows-1252"))


def results(study: Path, name: str) -> Path:
    return study.parent / "results/codebook" / name


def test_three_media_are_gathered_into_one_table(study: Path) -> None:
    said = gather(study)
    assert "Proposals and comments for the codebook: 3; to decide: 3." in said[0]
    found = rows(study)
    assert {role: (row["author"], row["kind"], row["file"]) for role, row in found.items()} == {
        "Public contributor": ("Ada", "wording", "ada.json"),
        "Researcher": ("Bo", "wording", "Codebook from Bo.docx"),
        "Practitioner": ("Cy", "merge", "more/cy.xlsx"),
    }
    assert {row["standing"] for row in found.values()} == {"can be made"}
    ada = found["Public contributor"]
    assert (ada["gained"], ada["lost"], ada["moved"]) == (1, 1, 0)
    # The person's coding of "pay" is to be looked at again: its terms are part of its meaning.
    assert ada["look_again"] >= 1
    assert found["Researcher"]["gained"] is None
    assert not results(study, "codebook-proposed.yaml").exists()
    with results(study, "proposals.csv").open(encoding="utf-8-sig", newline="") as text:
        assert len(list(csv.DictReader(text))) == 3


def test_what_a_meeting_decides_becomes_a_codebook_and_its_history(study: Path) -> None:
    gather(study)
    decide(study, DECIDED)
    said = gather(study)
    assert any("A ready codebook with 2 proposals" in sentence for sentence in said)
    ready = load_codebook(results(study, "codebook-proposed.yaml"))
    pay = ready.code("pay")
    assert pay.plain == "Being paid, and on time"
    assert [term.label for term in pay.terms] == ["pay", "wage", "voucher"]
    assert ready.version == "0.10"
    assert (study / "codebook.yaml").read_text(encoding="utf-8") == SMALL
    assert "Fares are paid by others." in page(study)
    assert "The ready codebook, version 0.10" in page(study)

    (study / "codebook.yaml").write_bytes(results(study, "codebook-proposed.yaml").read_bytes())
    gather(study)
    found = rows(study)
    assert [found[role]["standing"] for role in ("Public contributor", "Researcher")] == [
        "in the codebook",
        "in the codebook",
    ]
    history = read_history(study)
    assert [version.version for version in history.versions] == ["0.9", "0.10"]
    newest = history.versions[-1]
    assert newest.workshop == "Money day"
    assert set(newest.proposals.split()) == {
        found[role]["proposal_id"] for role in ("Public contributor", "Researcher")
    }
    assert {(each.role, each.decision, each.why) for each in history.decided} == {
        ("Public contributor", "accepted", ""),
        ("Researcher", "changed", "Say when."),
        ("Practitioner", "declined", "Fares are paid by others."),
    }
    assert not results(study, "codebook-proposed.yaml").exists()
    assert "after the workshop “Money day”" in page(study)
    assert "Decided by: Ada, Bo and Cy." in page(study)


def test_what_people_decided_is_never_written_over(study: Path) -> None:
    gather(study)
    decide(study, DECIDED)
    file = study / FOLDER / "decisions.xlsx"
    before = file.read_bytes()
    saved = json.loads((study / FOLDER / "ada.json").read_text(encoding="utf-8"))
    saved["proposals"][0] |= {"kind": "retire", "code_id": "power", "wording": {}, "was": {}}
    (study / FOLDER / "later.json").write_text(json.dumps(saved), encoding="utf-8")
    gather(study)
    assert file.read_bytes() == before
    sheet = openpyxl.load_workbook(results(study, "decisions.xlsx"))["Decisions"]
    heads = [cell.value for cell in sheet[1]]
    told = [
        dict(zip(heads, [cell.value for cell in row], strict=True))
        for row in sheet.iter_rows(min_row=2)
    ]
    assert sorted(str(row["Decision"]) for row in told) == [
        "accepted",
        "changed",
        "declined",
        "open",
    ]


def test_decisions_hold_when_the_workbook_is_lost(study: Path) -> None:
    gather(study)
    decide(study, DECIDED)
    gather(study)
    (study / FOLDER / "decisions.xlsx").unlink()
    gather(study)
    assert rows(study)["Practitioner"]["decision"] == "declined"
    assert len(read_history(study).decided) == 3


def test_a_workbook_that_cannot_be_read_changes_no_decision(study: Path) -> None:
    gather(study)
    decide(study, DECIDED)
    gather(study)
    (study / FOLDER / "decisions.xlsx").write_bytes(b"not a workbook")
    gather(study)
    assert rows(study)["Practitioner"]["decision"] == "declined"
    assert len(read_history(study).decided) == 3
    problems = json.loads((study.parent / "results/problems.json").read_text(encoding="utf-8"))
    assert problems[0][0] == "codebook_proposals/decisions.xlsx"


def test_a_table_of_the_settings_that_loses_its_code_is_told(study: Path) -> None:
    gather(study)
    decide(study, {"“Pay” would go into": {"Decision": "accepted"}})
    tables = [{"id": "ours", "title": "Ours", "codes": ["pay"]}]
    said = gather(study, tables=tables)
    assert any('The code "pay" is no more: it went into "fares".' in sentence for sentence in said)
    assert load_codebook(results(study, "codebook-proposed.yaml")).code("fares").was == ("pay",)


def test_a_study_without_proposals_only_keeps_its_history(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    assert gather(study) == []
    assert not (study / FOLDER).exists()
    assert len(read_history(study).versions) == 1
    assert "Nobody has proposed anything yet." in results(study, "proposals.html").read_text(
        "utf-8"
    )


def test_a_study_that_cannot_be_written_into_is_told_and_the_run_goes_on(study: Path) -> None:
    (study / "codebook_history").write_text("in the way")
    (study / FOLDER / ".drafts.json").mkdir()
    said = gather(study)
    assert any("The history of the codebook cannot be" in sentence for sentence in said)
    assert any("Nothing can be written into" in sentence for sentence in said)
    assert results(study, "proposals.html").exists()
