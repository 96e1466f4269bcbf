"""The step that lists unlisted words: what it leaves where, who may read it, and what it says."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from commonthread.steps.unlisted import list_unlisted
from commonthread.tables import as_table, read_table, write_table
from deep_search import files_with
from test_unlisted_returned import mark, saved
from unlisted_fixture import PSEUDONYMS, SAID, unlisted

WORDS = [words for _, _, _, words, _ in SAID]


class Run:
    """A study with unlisted words in two batches, and what the step makes of it."""

    def __init__(self, place: Path) -> None:
        self.study, self.private, self.results = (
            place / name for name in ("study", "private", "results")
        )
        self.study.mkdir()
        whole = unlisted()
        text = dict.fromkeys(as_table({}, "sources").columns, "")
        for batch, sources in (("001", ("s1",)), ("002", ("s2", "s3"))):
            own = whole[whole["source_id"].isin(sources)]
            write_table(own, "unlisted", self.private / f"unlisted/{batch}.parquet")
            read = [
                {**text, "bytes": 1, "turns": 1, "words": 1}
                | {"source_id": each, "workshop_id": "w", "kind": "transcript", "status": "read"}
                for each in sources
            ]
            write_table(
                as_table(read, "sources"), "sources", self.results / f"sources/{batch}.parquet"
            )
            replaced = [
                {"source_id": each, "start": 0, "end": 3, "kind": "person"} for each in sources
            ]
            write_table(
                as_table(replaced, "replacements"),
                "replacements",
                self.results / f"replacements/{batch}.parquet",
            )
        people = [
            {"participant_id": each, "role": "", "consent": "none", "listed": True}
            for each in PSEUDONYMS
        ]
        write_table(
            as_table(people, "participants"), "participants", self.results / "participants.parquet"
        )
        self.list_harmless()
        workshops = as_table([{"workshop_id": "w", "workshop": "Spring", "date": ""}], "workshops")
        write_table(workshops, "workshops", self.results / "workshops.parquet")

    def list_harmless(self, *words: str) -> None:
        """Write the table of names with words that the study's own list calls harmless."""
        text = dict.fromkeys(as_table({}, "names").columns, "")
        truth = dict.fromkeys(("part", "listed", "capitals", "plural"), False)
        rows = [{**text, **truth, "form": each, "kind": "harmless"} for each in words]
        write_table(as_table(rows, "names"), "names", self.private / "names.parquet")

    def batches(self, folder: Path) -> list[str]:
        return sorted(map(str, folder.glob("*.parquet")))

    def again(self) -> list[str]:
        return list_unlisted(
            unlisted_files=self.batches(self.private / "unlisted"),
            replacements_files=self.batches(self.results / "replacements"),
            sources_files=self.batches(self.results / "sources"),
            names_file=str(self.private / "names.parquet"),
            workshops_file=str(self.results / "workshops.parquet"),
            participants_file=str(self.results / "participants.parquet"),
            study=str(self.study),
            title="The lantern study",
            invented=False,
            limits={"file_mb": 1},
            folder=str(self.private),
            counts_file=str(self.results / "unlisted_counts.parquet"),
            problems_file=str(self.private / "name-problems.json"),
        )

    def counts(self) -> pd.DataFrame:
        return read_table(self.results / "unlisted_counts.parquet", "unlisted_counts")

    def words(self) -> list[str]:
        """Give the words of the workbook."""
        sheet = openpyxl.load_workbook(self.private / "names-worklist.xlsx")["Worklist"]
        return [str(row[0].value) for row in sheet.iter_rows(min_row=2)]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_the_worklist_is_private_and_what_is_shared_has_no_word_of_it(run: Run) -> None:
    assert run.again() == []
    for name in ("names-worklist.html", "names-worklist.xlsx", "names.html"):
        assert stat.S_IMODE((run.private / name).stat().st_mode) == 0o600, name
    assert stat.S_IMODE(run.private.stat().st_mode) == 0o700
    assert run.words()[:2] == ["Tamsin", "Fernhollow"]
    counts = run.counts()
    assert counts["entries"].sum() == 6
    assert dict(zip(counts["why"], counts["times"], strict=True)) == {
        "introduced": 1,
        "capitals": 6,
        "spelled": 1,
        "number": 1,
    }
    assert files_with(run.results, WORDS) == {}
    # The search finds them where they are, also packed in the page.
    found = files_with(run.private, WORDS)
    assert set(found["names-worklist.html"]) == set(WORDS)
    assert "names.html" not in found


def test_what_was_marked_is_not_asked_again_and_what_people_made_stays_as_it_is(run: Run) -> None:
    names = run.study / "names"
    names.mkdir()
    content = saved(mark("Monday", "harmless"), mark("Oriel", "person"))
    (names / "names-study (1).json").write_bytes(content)
    assert run.again() == ["Words that people marked: 2 entries."]
    assert "Monday" not in run.words()
    assert run.counts()["entries"].sum() == 5
    assert [file.read_bytes() for file in names.iterdir()] == [content]
    assert json.loads((run.private / "name-problems.json").read_text()) == []
    page = (run.private / "names.html").read_text("ascii")
    assert "Marked by people so far: 1 as name and 1 as harmless." in page


def test_words_that_the_study_lists_as_harmless_are_not_asked_about(run: Run) -> None:
    run.list_harmless("Monday")
    run.again()
    assert "Monday" not in run.words()


def test_what_cannot_be_used_is_kept_for_the_end_of_the_run(run: Run) -> None:
    names = run.study / "names"
    names.mkdir()
    (names / "a.csv").write_text("words,mark\nMonday,harmless\nOriel,?\n")
    (names / "b.csv").write_text("words,mark\nMonday,name\n")
    (names / "large.csv").write_bytes(b"words,mark\n" * 100_000)
    (names / "scan.pdf").write_bytes(b"%PDF-1.4")
    notice, counted = run.again()
    assert notice.startswith("Look at: Of answers about the same words that differ")
    assert counted == "Words that people marked: 1 entry."
    assert "Monday" in run.words()
    problems = json.loads((run.private / "name-problems.json").read_text())
    assert [where for where, _, _ in problems] == [
        "names/a.csv, row 3",
        "names/large.csv",
        "names/scan.pdf",
    ]


def test_the_same_study_gives_the_same_bytes(run: Run) -> None:
    run.again()
    files = [run.private / f"names{name}" for name in ("-worklist.html", "-worklist.xlsx", ".html")]
    before = [file.read_bytes() for file in files]
    run.again()
    assert [file.read_bytes() for file in files] == before
