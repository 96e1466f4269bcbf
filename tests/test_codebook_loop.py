"""The example study's codebook, changed by three people of three roles through three media."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest

from commonthread.codebook import Codebook, load_codebook
from commonthread.proposals.code_texts import field_text
from commonthread.proposals.folder import FOLDER
from commonthread.proposals.history import read_history
from commonthread.proposals.trying import other_terms, tried
from commonthread.refining.comparison import compare
from commonthread.settings import Settings
from commonthread.steps.run_tables import read_run_tables, run_files
from proposals_study import decide, from_the_document, from_the_page, from_the_workbook
from running import NOTEBOOKS, ROOT, SNAKEMAKE

pytestmark = pytest.mark.pipeline

DECIDED: Mapping[str, Mapping[str, str]] = {
    "For “Payment and expenses”, the computer": {
        "Decision": "accepted",
        "Who took part": "Ada, Bo and Cy",
    },
    "For “Payment and expenses”, “In plain": {
        "Decision": "changed",
        "Wording if changed": "Paying people properly, and before they have to ask",
        "Who took part": "Ada, Bo and Cy",
    },
    "“Money for early": {
        "Decision": "declined",
        "Reasons": "Early money is a matter of its own.",
        "Who took part": "Ada, Bo and Cy",
    },
}


@dataclass(frozen=True)
class Story:
    """The study and its results, the codebook at first, and what each run said.

    ``first`` has in ``results/example`` what notebooks read of the first run's results, and the
    segments that the comparison said would change.
    """

    study: Path
    results: Path
    first: Path
    before: Codebook
    gathered: str
    meeting: str
    compared: str
    used: str


def snakemake(study: Path, results: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run snakemake on the study; words with "=" are settings, others are targets."""
    settings = [f"study={study}", f"results={results}", *(each for each in words if "=" in each)]
    targets = [each for each in words if "=" not in each]
    return subprocess.run(
        [SNAKEMAKE, *targets, "--config", *settings],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


def run(study: Path, results: Path, *words: str) -> str:
    """Run snakemake to a good end; give what it said."""
    ended = snakemake(study, results, *words)
    assert ended.returncode == 0, ended.stderr
    return ended.stderr


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    place = tmp_path_factory.mktemp("loop")
    study, results = place / "study", place / "results"
    shutil.copytree(
        ROOT / "data/example",
        study,
        ignore=shutil.ignore_patterns("tables", "codebook_history", FOLDER),
    )
    shutil.copy(ROOT / "config/codebook.yaml", study / "codebook.yaml")
    book = load_codebook(study / "codebook.yaml")
    folder = study / FOLDER
    folder.mkdir()
    terms = "\n".join([*field_text(book.code("payment"), "terms").split("\n"), "money"])
    saved = from_the_page(book, "payment", {"terms": terms})
    (folder / "ada.json").write_text(json.dumps(saved), "utf-8")
    texts = {"In plain words": "Paying people properly, at once"}
    (folder / "bo.docx").write_bytes(from_the_document(book, "payment", texts, {}))
    cells = {"Merge with": "Money for early involvement"}
    (folder / "cy.xlsx").write_bytes(from_the_workbook(book, "payment", cells))

    gathered = run(study, results)
    for name in ("data", "steps"):
        shutil.copytree(results / name, place / "first/results/example" / name)
    decide(study, DECIDED)
    meeting = run(study, results)
    ready = results / "codebook/codebook-proposed.yaml"
    compared = run(study, results, "compare", f"with={ready}")
    shutil.copy(results / "codebook/changed_segments.csv", place / "first")
    shutil.copy(ready, study / "codebook.yaml")
    return Story(
        study, results, place / "first", book, gathered, meeting, compared, run(study, results)
    )


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def page(story: Story, name: str) -> str:
    return unescape((story.results / "codebook" / name).read_text(encoding="windows-1252"))


def test_three_proposals_of_three_roles_are_gathered(story: Story) -> None:
    assert "Proposals and comments for the codebook: 3; to decide: 3." in story.gathered
    found = rows(story.results / "codebook/proposals.csv")
    assert {(row["file"], row["role"]) for row in found} == {
        ("ada.json", "Public contributor"),
        ("bo.docx", "Researcher"),
        ("cy.xlsx", "Practitioner"),
    }


def test_what_was_accepted_is_in_the_codebook_and_no_other_line_is_different(story: Story) -> None:
    assert "A ready codebook with 2 proposals" in story.meeting
    after = load_codebook(story.study / "codebook.yaml").code("payment")
    before = story.before.code("payment")
    assert after.plain == "Paying people properly, and before they have to ask"
    assert {term.label for term in after.terms} - {term.label for term in before.terms} == {"money"}
    old = (ROOT / "config/codebook.yaml").read_text("utf-8").split("\n")
    new = (story.study / "codebook.yaml").read_text("utf-8").split("\n")
    assert [line.strip() for line in old if line not in new] == [
        'version: "1.0"',
        "plain: Paying people properly, promptly, and in a way that they can accept",
    ]
    assert len(new) == len(old) + 1


def test_the_comparison_told_what_the_next_run_found(story: Story) -> None:
    said = [line.strip() for line in story.compared.split("\n")]
    assert any(line.endswith("segments would gain a code.") for line in said)
    counted = {
        row["code_id"]: row["segments"]
        for row in rows(story.results / "data/frequencies.csv")
        if row["group"] == "all"
    }
    told = [
        row
        for row in rows(story.results / "codebook/changed_counts.csv")
        if row["group"] == "all" and row["code_after"] == "payment"
    ]
    assert [row["segments_after"] for row in told] == [counted["payment"]]
    assert "<mark>money</mark>" in page(story, "comparison.html")
    for row in rows(story.results / "codebook/look_again.csv"):
        coder = row["coder_id"] if row["coder_id"] not in ("", "adjudication") else "together"
        assert (story.results / "codebook/look-again" / coder / "coding.html").is_file()


def test_the_history_says_what_came_from_whom_and_after_which_workshop(story: Story) -> None:
    history = read_history(story.study)
    assert [version.version for version in history.versions] == ["1.0", "1.1"]
    newest = history.versions[-1]
    assert newest.workshop and newest.workshop == history.versions[0].workshop
    came = {each.proposal_id: each.role for each in history.decided}
    assert sorted(came[each] for each in newest.proposals.split()) == [
        "Public contributor",
        "Researcher",
    ]
    declined = [each for each in history.decided if each.decision == "declined"]
    assert [(each.role, each.why) for each in declined] == [
        ("Practitioner", "Early money is a matter of its own.")
    ]
    shown = page(story, "proposals.html")
    assert f"after the workshop “{newest.workshop}”" in shown
    assert "Early money is a matter of its own." in shown


def test_a_comparison_says_what_it_compares_with(story: Story) -> None:
    same = run(story.study, story.results, "compare", f"with={story.study / 'codebook.yaml'}")
    assert "Nothing changes: the two codebooks say the same." in same
    for words, told in (
        (("with=config/codebook.yaml",), "no comparison was asked for"),
        (("compare",), "It is not said with what to compare."),
    ):
        ended = snakemake(story.study, story.results, *words)
        assert ended.returncode != 0
        assert told in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.name)
def test_a_notebook_runs_from_top_to_bottom(
    story: Story, notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = story.first / "notebooks"
    folder.mkdir(exist_ok=True)
    shutil.copytree(ROOT / "config", story.first / "config", dirs_exist_ok=True)
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{notebook.name}, {cell.id}", "exec"), names)
    # What it shows last is about the study.
    assert len(names["with_code"] if "with_code" in names else names["changed"])
    assert list(folder.iterdir()) == []


def test_what_a_notebook_tries_is_what_the_comparison_told(story: Story) -> None:
    """The notebook tries the same words that were accepted in the meeting."""
    run_tables = read_run_tables(run_files(story.first / "results/example"))
    data = (ROOT / "config/codebook.yaml").read_bytes()
    after = tried(data, other_terms(story.before, "payment", more=["money"]))
    gained = compare(run_tables, story.before, after, Settings()).changed_segments
    told = rows(story.first / "changed_segments.csv")
    assert sorted(zip(gained["segment_id"], gained["code_after"], strict=True)) == sorted(
        (row["segment_id"], row["code_after"]) for row in told
    )
