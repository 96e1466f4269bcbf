"""Tests of the columns of summary tables in files that people edit: any number, and other ones."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from commonthread.problems import InputProblems
from commonthread.summary.edited_workbook import read_workbook
from commonthread.summary.rows import Cell, Quote, Row, SummaryTable
from commonthread.summary.workbook import write_workbook
from commonthread.summary.yaml_file import read_yaml, write_yaml
from summary_fixture import CELLS, LINE, WORDS, columned, evidence, table, two

THREE = columned("Challenges: challenge", "What helps (or might): practice", "Things: resource")
COLUMNS = {
    "one": columned("Thoughts: reflection"),
    "three": THREE,
    "own aspects": columned("So: what_hurts", "Or so: point_of_view, practice"),
}


@pytest.mark.parametrize("empty", COLUMNS.values(), ids=COLUMNS)
@given(st.data())
def test_files_to_edit_give_back_what_was_written_whatever_the_columns(
    empty: SummaryTable, data: st.DataObject
) -> None:
    cells = st.tuples(*[CELLS] * len(empty.columns))
    rows = data.draw(st.lists(st.builds(Row, WORDS, cells, LINE), max_size=2))
    written = replace(empty, rows=tuple(rows))
    made = read_yaml(write_yaml(written), empty, "t.yaml")
    assert [replace(row, where="") for row in made.rows] == rows


@pytest.mark.parametrize("empty", COLUMNS.values(), ids=COLUMNS)
def test_workbooks_give_back_what_was_written_whatever_the_columns(empty: SummaryTable) -> None:
    many = tuple(f"segment{number:05d}" for number in range(3_000))
    cells = tuple(
        Cell(f"{number} own\nwords", (Quote("g06", f"{number} quoted"),), many[number:])
        for number, _ in enumerate(empty.columns)
    )
    written = replace(empty, rows=(Row("P", cells), Row("Q", cells[::-1], dropped="twice")))
    made = read_workbook(write_workbook(written, evidence()), empty, "t.xlsx")
    assert [(row.point, row.cells, row.dropped) for row in made.rows] == [
        (row.point, row.cells, row.dropped) for row in written.rows
    ]


def test_headings_name_the_columns_by_aspect_and_title() -> None:
    book = load_workbook(io.BytesIO(write_workbook(THREE, evidence())))
    assert [cell.value for cell in book["Table"][1]] == [
        *("Row", "Point", "Challenges (own wording)"),
        *("Practices (What helps [or might]; own wording)", "Resources (Things; own wording)"),
        *("Challenge quotes", "Practice quotes", "Resource quotes"),
        *("Challenge segments", "Practice segments", "Resource segments", "Dropped because"),
    ]
    said = write_yaml(THREE).decode()
    assert "# practices: and practice_quotes: stand in the column “What helps (or might)”." in said
    assert "“Challenges”" not in said


def both_ways(written: SummaryTable, wanted: SummaryTable) -> list[SummaryTable]:
    """Give a table as it is read under other settings, from a workbook and from YAML."""
    return [
        read_workbook(write_workbook(written, evidence()), wanted, "t.xlsx"),
        read_yaml(write_yaml(written), wanted, "t.yaml"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (table(), THREE, ("a", "b", "")),
        (THREE, table(), ("a", "b\nc")),
        (table(), columned("Helps: resource, practice", "Hurts: challenge"), ("b", "a")),
        (table(), columned("All: reflection, challenge, practice"), ("a\nb",)),
    ],
    ids=["split", "joined", "turned", "one"],
)
def test_what_people_wrote_finds_its_column_when_the_columns_change(
    before: SummaryTable, after: SummaryTable, moved: tuple[str, ...]
) -> None:
    names = "abc"[: len(before.columns)]
    cells = tuple(Cell(name, (Quote(f"q{name}", name),), (f"s{name}",)) for name in names)
    for made in both_ways(replace(before, rows=(Row("P", cells),)), after):
        (row,) = made.rows
        assert tuple(cell.wording for cell in row.cells) == moved
        for cell, letters in zip(row.cells, moved, strict=True):
            own = letters.split()
            assert [quote.words for quote in cell.quotes] == own
            assert list(cell.segments) == [f"s{name}" for name in own]


@pytest.mark.parametrize(
    ("cell", "headings"),
    [
        (Cell("x"), '"Practices and resources (own wording)"'),
        (Cell("", (Quote("g06", "x"),)), '"Practice quotes"'),
        (Cell("", (), ("g06",)), '"Practice segments"'),
    ],
)
def test_words_without_a_column_are_told(cell: Cell, headings: str) -> None:
    written = table(Row("P", two(Cell("mine"))), Row("Q", two(Cell(), cell)))
    wanted = columned("Challenges: challenge", "Helps: practise")
    remedy = (
        " Its columns are now: Challenges; Practise. Move the words there, or give the table in the"
        " settings a column for them."
    )
    with pytest.raises(InputProblems) as raised:
        read_workbook(write_workbook(written, evidence()), wanted, "t.xlsx")
    assert str(raised.value) == (
        f"t.xlsx, row 1: This table has no column for what stands under {headings}.{remedy}"
    )
    with pytest.raises(InputProblems) as raised:
        read_yaml(write_yaml(written), wanted, "t.yaml")
    assert re.fullmatch(
        r't\.yaml, line \d+: This table has no column for "practice"\. Did you mean "practise"\?'
        + re.escape(remedy),
        str(raised.value),
    )


def test_columns_without_words_and_columns_of_people_are_left_alone() -> None:
    written = table(Row("P", two(Cell("mine"))))
    for made in both_ways(written, columned("Challenges: challenge", "Helps: helps")):
        assert [cell.wording for cell in made.rows[0].cells] == ["mine", ""]
    book = load_workbook(io.BytesIO(write_workbook(written, evidence())))
    sheet = book["Table"]
    for heading in ("Number of quotes", "Who (in our own words)", "Things and people"):
        place = sheet.max_column + 1
        sheet.cell(1, place).value, sheet.cell(2, place).value = heading, "ours"
    out = io.BytesIO()
    book.save(out)
    made = read_workbook(out.getvalue(), table(), "t.xlsx")
    assert made.rows[0].cells == written.rows[0].cells
