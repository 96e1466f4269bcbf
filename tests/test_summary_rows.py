"""Tests of rows of summary tables: as text, as workbooks, as YAML, and held against what was said."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from commonthread.problems import InputProblems
from commonthread.summary.check import check, day_of, words_gone
from commonthread.summary.edited_workbook import read_workbook
from commonthread.summary.folder import fingerprints, people_files, put_drafts, unknown_files
from commonthread.summary.grouping import alike
from commonthread.summary.layout import laid_out
from commonthread.summary.rows import (
    Cell,
    Quote,
    Row,
    read_quotes,
    write_quotes,
)
from commonthread.summary.workbook import write_workbook
from commonthread.summary.yaml_file import read_yaml, write_yaml
from small_study import study
from summary_fixture import IDS, ROWS, WORDS, evidence, table, two

SAID = "We wrote a “list” of who decides what – it hangs\nin the kitchen, where all of us see it."


def told(*quotes: Quote, **changes: object) -> list[str]:
    rows = table(Row("P", two(Cell("", quotes, ("g00",))), where="row 2"))
    return [str(problem) for problem in check(rows, evidence(**changes))[1]]


@pytest.mark.parametrize(
    "quote",
    [
        SAID,
        'We wrote a "list" of who   decides what - it hangs in the kitchen',
        "We wrote … who decides … see it.",
        "… of who decides [...] all of us ...",
        "who decides what",
    ],
)
def test_a_quote_holds_whatever_its_spaces_marks_and_gaps(quote: str) -> None:
    assert words_gone(quote, SAID) is None


@pytest.mark.parametrize(
    ("quote", "gone"),
    [
        ("We wrote a list of who decides what", "list of who decides what"),
        ("who decides nothing at all", "nothing at all"),
        ("in the kitchen … who decides", "who decides"),
        ("ho decides what", "ho decides what"),
        ("We wrote a “list” of who decides wha", "wha"),
        ("… ...", ""),
        ("a b c d e f g h i j k", "b c d e f g h i"),
    ],
)
def test_words_that_are_gone_are_told(quote: str, gone: str) -> None:
    assert words_gone(quote, SAID) == gone


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_whole_words_of_a_text_always_hold(text: str, first: int, count: int) -> None:
    words = text.split()[first : first + count + 1]
    gone = words_gone(" ".join(words), text)
    assert gone is None or not any(c.isalnum() for c in "".join(words))


def test_problems_name_the_row_the_words_and_what_to_do() -> None:
    assert told(Quote("g06", "The chair decides in the corridor.")) == []
    assert told(Quote("g06", "The chair decides at lunch.")) == [
        "row 2, Challenge quotes: These words are not in segment g06: “at lunch.”. Copy the words"
        " from data/segments.csv; or say it in your own words, and write paraphrase: in front of"
        " it; or take the quote out."
    ]
    moved = told(Quote("g00", "The chair decides in the corridor."))
    assert "They are in segment g06: write that id." in moved[0]
    assert "has no segment" in told(Quote("", "Anything"))[0]
    gone = told(Quote("nowhere", "The chair decides in the corridor."))
    assert "names a segment that is not there: nowhere. They are in segment g06" in gone[0]
    assert "no words" in told(Quote("g06", "…"))[0]


@pytest.mark.parametrize(
    ("consent", "quoted", "paraphrased"),
    [
        ("verbatim with role", True, True),
        ("verbatim", True, True),
        ("paraphrase", False, True),
        ("none", False, False),
        ("", False, False),
    ],
)
def test_consent_is_kept(consent: str, quoted: bool, paraphrased: bool) -> None:
    people = study()["participants"].assign(consent=consent)
    words = "The chair decides in the corridor."
    assert (told(Quote("g06", words), participants=people) == []) == quoted
    own = Quote("g06", "Decided elsewhere", paraphrase=True)
    assert (told(own, participants=people) == []) == paraphrased
    assert told(Quote("g10", "Payment: vouchers only"), participants=people) == []
    assert "whom nobody knows" in told(Quote("g09", "Nobody told me"), participants=people)[0]


def test_what_does_not_hold_is_left_out_and_dropped_rows_are_not_checked() -> None:
    rows = table(
        Row("A", two(Cell("", (Quote("g06", "at lunch"),), ("g06", "zzz", "zzy"))), where="row 2"),
        Row("B", two(Cell("", (Quote("zzz", "x"),), ("zzz",))), dropped="not ours", where="row 3"),
        Row("C", two(), where="row 4"),
    )
    made, problems = check(rows, evidence())
    assert [problem.where for problem in problems] == [
        "row 2, Challenge segments",
        "row 2, Challenge quotes",
        "row 4",
    ]
    assert "There are no segments with these ids: zzz, zzy." in str(problems[0])
    assert made.rows[0].cells[0] == Cell("", (), ("g06",))
    shown = laid_out(made, made, evidence(), 5)
    assert [row[0].split("\n")[0] for row in shown.rows] == ["A", "C"]
    assert "1 row of it was left out with a reason." in shown.note
    assert shown.rows[0][1] == "Said, but not quoted here."
    assert "at lunch" not in str(shown)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-15", date(2026, 1, 15)),
        ("15/01/2026", date(2026, 1, 15)),
        ("15 January 2026", date(2026, 1, 15)),
        ("January 2026", date(2026, 1, 1)),
        ("in spring", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(written: str, day: date | None) -> None:
    assert day_of(written) == day


@given(st.lists(st.builds(Quote, IDS, WORDS, st.just(False)), max_size=4))
def test_quotes_survive_as_text(quotes: list[Quote]) -> None:
    assert read_quotes(write_quotes(quotes)) == tuple(quotes)


def test_quotes_are_read_as_people_write_them() -> None:
    text = "[ab12] 'It was\nhard'\r\n\n [cd34]Paraphrased: “Too late”\n[ef56] «Non»"
    assert read_quotes(text) == (
        Quote("ab12", "It was hard"),
        Quote("cd34", "Too late", True),
        Quote("ef56", "Non"),
    )
    assert read_quotes("no id\n[a1] x")[0] == Quote("", "no id")


@given(st.lists(ROWS, max_size=3))
def test_yaml_gives_back_what_was_written(rows: list[Row]) -> None:
    made = read_yaml(write_yaml(table(*rows)), table(), "t.yaml")
    assert [(r.point, r.cells, r.dropped) for r in made.rows] == [
        (r.point, r.cells, r.dropped) for r in rows
    ]


def test_a_workbook_gives_back_what_was_written() -> None:
    many = tuple(f"segment{number:05d}" for number in range(6_000))
    rows = (
        Row("=cmd|'/c calc'!A0", two(Cell("+1\n@SUM(A1)", (Quote("g06", "-x"),), many))),
        Row("http://example.org", two(Cell(), Cell("", (), ("g07",))), dropped="twice"),
    )
    data = write_workbook(table(*rows), evidence())
    assert data == write_workbook(table(*rows), evidence())
    made = read_workbook(data, table(), "t.xlsx")
    assert [(r.point, r.cells, r.dropped) for r in made.rows] == [
        (r.point, r.cells, r.dropped) for r in rows
    ]
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)


def test_a_workbook_without_its_headings_is_told() -> None:
    book = load_workbook(io.BytesIO(write_workbook(table(Row("P", two())), evidence())))
    sheet = book["Table"]
    sheet["E1"] = "Challange quotes"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InputProblems, match=r'"Challenge quotes" is missing\. Did you mean'):
        read_workbook(out.getvalue(), table(), "t.xlsx")
    sheet["B1"] = "Something"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InputProblems, match="No sheet has a row of headings"):
        read_workbook(out.getvalue(), table(), "t.xlsx")
    with pytest.raises(InputProblems, match=r"t\.xlsx"):
        read_workbook(b"PK\x03\x04 damaged", table(), "t.xlsx")


def test_rows_without_a_point_are_told_with_their_place() -> None:
    data = write_workbook(table(Row("P", two()), Row("", two(Cell("", (), ("g06",))))), evidence())
    with pytest.raises(InputProblems, match=r"t\.xlsx, row 3: This row has no point"):
        read_workbook(data, table(), "t.xlsx")
    with pytest.raises(InputProblems, match=r"t\.yaml, line 2: This row has no point"):
        read_yaml(b"rows:\n  - challenges: x\n", table(), "t.yaml")
    both = (
        b"rows:\n  - point: x\n    practice_quotes:\n      - {segment: a, words: b, paraphrase: c}"
    )
    with pytest.raises(InputProblems, match="either words or a paraphrase"):
        read_yaml(both, table(), "t.yaml")


def test_what_people_saved_is_never_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    drafts = {".xlsx": b"one", ".yaml": b"two"}
    assert fingerprints(tmp_path, ["a"]) == {"a": "draft"}
    put_drafts(folder, "a", drafts, people=False)
    assert people_files(tmp_path, "a") == []
    assert fingerprints(tmp_path, ["a"]) == {"a": "draft"}
    put_drafts(folder, "a", {".xlsx": b"newer", ".yaml": b"two"}, people=False)
    assert (folder / "a.xlsx").read_bytes() == b"newer"

    (folder / "a.xlsx").write_bytes(b"mine")
    assert people_files(tmp_path, "a") == [folder / "a.xlsx"]
    assert fingerprints(tmp_path, ["a"])["a"].startswith("a.xlsx:")
    put_drafts(folder, "a", drafts, people=True)
    assert (folder / "a.xlsx").read_bytes() == b"mine"
    assert not (folder / "a.yaml").exists()

    (folder / "a.xlsx").unlink()
    assert fingerprints(tmp_path, ["a"]) == {"a": "removed"}
    put_drafts(folder, "a", drafts, people=False)
    assert (folder / "a.yaml").read_bytes() == b"two"
    (folder / "a.yaml").unlink()
    put_drafts(folder, "a", {".xlsx": b"last", ".yaml": b"two"}, people=False)
    assert (folder / "a.xlsx").read_bytes() == b"last"
    assert not (folder / "a.yaml").exists()

    # Without the list, nobody knows whose they are, so they are people's.
    (folder / ".drafts.json").write_text("[")
    assert people_files(tmp_path, "a") == [folder / "a.xlsx"]
    (folder / "b.xlsx").write_bytes(b"")
    (folder / "~$a.xlsx").write_bytes(b"")
    assert unknown_files(tmp_path, ["a"]) == ["b.xlsx"]


def test_groups_form_around_a_middle_and_need_enough() -> None:
    near = np.array([[1.0, 0, 0], [0.9, 0.43589, 0], [0.9, -0.43589, 0], [0, 0, 1], [0, 0, 1]])
    assert [group.tolist() for group in alike(near, 0.8, 3)] == [[0, 1, 2]]
    assert [group.tolist() for group in alike(near, 0.8, 2)] == [[0, 1, 2], [3, 4]]
    assert alike(np.zeros((4, 2)), 0.1, 2) == []
    assert alike(np.zeros((0, 0)), 0.1, 2) == []
