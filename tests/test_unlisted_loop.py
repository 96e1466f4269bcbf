"""The whole way round: a run lists words, a person marks them, the next run replaces them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from commonthread.tables import read_table
from deep_search import files_with
from running import contents, make_study, run
from test_unlisted_returned import mark, saved

pytestmark = pytest.mark.pipeline

MORE = """Ann Quill: I first met them at the Fernhollow centre, and then Oriel brought the cake.

Bob Finch: We asked Oriel about it in Hovingham. She lives in Fernhollow as well, near Quayside Gardens.

Ann Quill: And we told Oriel that nobody from Fernhollow had been paid.
"""


def worklist(private: Path) -> dict[str, int]:
    """Give the words of the worklist, in plain form, with how often they stand."""
    sheet = openpyxl.load_workbook(private / "names-worklist.xlsx")["Worklist"]
    return {
        str(words).casefold(): times
        for words, times, *_ in sheet.iter_rows(min_row=2, values_only=True)
    }


def test_words_are_listed_marked_replaced_and_not_asked_about_again(tmp_path: Path) -> None:
    study, results = make_study(tmp_path / "study", more__txt=MORE), tmp_path / "results"
    private = tmp_path / "results-private"
    first = run(study, results)
    assert first.returncode == 0, first.stderr
    found = worklist(private)
    assert found["oriel"] == 3
    assert found["fernhollow"] == 3 or any("fernhollow" in each for each in found)
    waiting = f"Words and phrases that nobody listed: {len(found)}."
    assert waiting in first.stderr
    assert f"{private}/names-worklist.html" in first.stderr
    assert "riel" not in first.stderr
    index = (results / "index.html").read_text("ascii")
    assert f"{len(found)} words and phrases that may tell who somebody is" in index
    assert files_with(results, ["Oriel", "Fernhollow"])

    names = study / "names"
    names.mkdir()
    (names / "from the page.json").write_bytes(
        saved(mark("Oriel", "person", "a neighbour"), mark("Quayside Gardens", "harmless"))
    )
    (names / "own.csv").write_text("words,mark\nFernhollow,place\nZzz,what?\n")
    before = contents(study)
    second = run(study, results)
    assert second.returncode != 0
    assert "names/own.csv, row 3: The mark is none of" in second.stderr
    assert "not every mark of words that nobody listed could be used" in second.stderr
    # What waits is said however a run ends.
    assert "Words and phrases that nobody listed: 1." in second.stderr
    after = contents(study)
    assert {name: after[name] for name in before} == before
    assert files_with(results, ["Oriel", "Fernhollow"]) == {}
    left = worklist(private)
    assert left == {"hovingham": 1}
    assert not any(word in each for each in left for word in ("oriel", "fernhollow", "quayside"))
    (file,) = (results / "steps/turns").glob("*.parquet")
    turns = read_table(file, "turns")["text"]
    assert turns.str.contains("then a neighbour brought the cake").any()
    assert turns.str.contains(r"nobody from \[place\] had been paid", regex=True).any()
