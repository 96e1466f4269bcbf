"""Tests of the files that people open: CSV, Markdown and Word."""

from __future__ import annotations

import csv
import html
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st

from commonthread.docx_tables import write_docx
from commonthread.export import (
    PeopleTable,
    escape_markdown,
    markdown_table,
    neutralise,
    printable,
    restore,
    write_csv_for_people,
    write_markdown_tables,
)

HOSTILE = "<script>alert('x')</script> | **b** [a](http://c.d) `e` \\| ~~f~~ $g$ &amp;\n# h"


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-5",
        "@SUM(A1)",
        "|calc",
        "%x",
        "  =1",
        "\u3000=1",
        "\u00a0+1",
        "\t1",
        "\rhello",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "｜x",
        "％x",
        "\u200b=1",
        "\ufeff=1",
        "'=1",
        "''=1",
    ],
)
def test_formulas_are_neutralised_and_come_back(text: str) -> None:
    assert neutralise(text) == "'" + text
    assert restore(neutralise(text)) == text


@pytest.mark.parametrize("text", ["", "hello", "'hello'", "a=b", "1-2", "’twas", " 5", "'", "''"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutralise(text) == restore(text) == text


@given(st.text() | st.text("'=+-@|%＝ \t\r\n\u3000\u200ba1", max_size=6))
@example("'\t=")
@example("' =")
def test_neutralising_can_be_undone(text: str) -> None:
    neutral = neutralise(text)
    assert restore(neutral) == text
    assert neutral.strip()[:1] not in {*"=+-@|%＝"}


def test_csv_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "text": ["-5", "é, “q”", None, "two\nlines", "a\x07b"],
            "n": [-5, 0, 1, 2, 3],
            "x": [-0.5, np.nan, 1 / 3, 1e-9, 1234567.0],
            "y": pd.Series([True, False, None, True, True], dtype="boolean"),
            "=head": "",
        }
    )
    write_csv_for_people(frame, tmp_path / "t.csv")
    data = (tmp_path / "t.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbftext,n,x,y,'=head\r\n")
    assert read(tmp_path / "t.csv")[1:] == [
        ["'-5", "-5", "-0.5", "true", ""],
        ["é, “q”", "0", "", "false", ""],
        ["", "1", "0.333333", "", ""],
        ["two\nlines", "2", "0", "true", ""],
        ["a\ufffdb", "3", "1234567", "true", ""],
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_csv_texts_come_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    write_csv_for_people(pd.DataFrame({"t": pd.Series(texts, dtype="str"), "n": 1}), path)
    back = [restore(row[0]) for row in read(path)[1:]]
    assert back == [printable(text) for text in texts]


def literal(cell: str) -> str:
    """Read a cell as Markdown does that finds no markup in it: each sign once, from the left."""
    parts = re.split(r"(\\[!-/:-@\[-`{-~]|&(?:#\d+|amp|lt|gt);|<br>)", cell)
    assert not re.search(r"[`*_\[\]~$#<>|\\&]|://", "".join(parts[::2]))
    shown = {"<br>": "\n"}
    parts[1::2] = [
        shown.get(part) or (part[1:] if part[0] == "\\" else html.unescape(part))
        for part in parts[1::2]
    ]
    return "".join(parts)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029")))
@example(HOSTILE)
@example("\\|")
@example("&lt;b&gt;")
def test_markdown_shows_texts_literally(text: str) -> None:
    escaped = escape_markdown(text)
    assert literal(escaped) == printable(text)
    assert len(escaped.splitlines()) <= 1


def test_markdown_tables_keep_their_shape(tmp_path: Path) -> None:
    made = markdown_table(["a", "b|c"], [[HOSTILE, "2"], ["", "x\r\ny"]])
    lines = made.splitlines()
    assert [line.count("|") for line in lines] == [3, 3, 3, 3]
    assert lines[0] == "| a | b&#124;c |"
    assert lines[3] == "|  | x<br>y |"


TABLES = [
    PeopleTable(
        title="First <b>table</b>",
        note="Draft: a note",
        headings=("Point", "Words", "Evidence"),
        rows=((HOSTILE, "one\ntwo", "a\x07b"), ("=1", "", "z")),
        widths=(1, 2, 1),
    ),
    PeopleTable("Second", "Draft", ("Point",), (("x",),), (1,)),
]


def test_word_documents_hold_the_texts_and_are_accessible(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    write_docx(
        TABLES,
        path,
        title="All & tables",
        head="Draft: to be rewritten",
        authors="A & B",
        language="cy",
    )
    document = Document(str(path))
    assert document.core_properties.title == "All & tables"
    assert document.core_properties.author == "A & B"
    assert document.core_properties.language == "cy"
    assert 'w:lang w:val="cy"' in document.styles.element.xml
    assert document.styles["Normal"].font.size.pt == 12
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert section.header.paragraphs[0].text == "Draft: to be rewritten"
    said = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert ("Title", "All & tables") in said
    assert ("Normal", "A & B") in said
    assert ("Heading 1", "Table 1. First <b>table</b>") in said
    assert ("Normal", "Note. Draft: a note") in said

    first, second = document.tables
    texts = [[cell.text for cell in row.cells] for row in first.rows]
    assert texts[0] == ["Point", "Words", "Evidence"]
    assert texts[1] == [HOSTILE, "one\ntwo", "a\ufffdb"]
    assert texts[2][0] == "=1"
    assert [len(cell.paragraphs) for cell in first.rows[1].cells] == [2, 2, 1]
    for table in (first, second):
        head, *rows = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rows)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert look.get(qn("w:firstRow")) == "1"
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    widths = [cell.width for cell in first.rows[1].cells]
    assert widths[1] == pytest.approx(2 * widths[0], rel=0.01)
    inside = section.page_width - section.left_margin - section.right_margin
    assert sum(widths) == pytest.approx(inside, rel=0.01)
    # Nothing sets a size of its own: large print is large everywhere.
    assert "w:sz " not in first._tbl.xml


def test_word_documents_are_the_same_bytes_and_name_nobody(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        write_docx(TABLES, tmp_path / name, title="T")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert set(re.findall(r">(\d{4}-\S+?)<", core)) == {"2000-01-01T00:00:00Z"}


def test_the_order_of_table_properties_is_what_word_asks_for(tmp_path: Path) -> None:
    write_docx(TABLES, tmp_path / "t.docx", title="T")
    table = Document(str(tmp_path / "t.docx")).tables[0]
    names = [child.tag.split("}")[1] for child in table._tbl.tblPr]
    schema = [
        "tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook", "tblCaption",
        "tblDescription",
    ]  # fmt: skip
    assert names == [name for name in schema if name in names]
    cell = [child.tag.split("}")[1] for child in table.rows[0].cells[0]._tc.tcPr]
    assert cell == ["tcW", "shd"]


def rows_of(path: Path, texts: tuple[str, ...], size: int = 12) -> list[tuple[str, ...]]:
    """Write a table of one row into a Word document; give its rows without the head."""
    table = PeopleTable("T", "N", ("Point", "Left", "Right"), (texts,), (0.2, 0.4, 0.4))
    write_docx([table], path, title="T", size=size)
    return [tuple(cell.text for cell in row.cells) for row in opened(path).rows[1:]]


def opened(path: Path) -> Any:
    return Document(str(path)).tables[0]


def test_a_long_row_goes_on_over_the_page_between_its_quotes(tmp_path: Path) -> None:
    quotes = [f"“{letter * 240}”" for letter in "abcde"]
    file = tmp_path / "t.docx"
    assert rows_of(file, ("Who?\n3 people", "\n".join(quotes), "short")) == [
        ("Who?\n3 people", "\n".join(quotes[:2]), "short"),
        ("Who? (continued)", "\n".join(quotes[2:4]), ""),
        ("Who? (continued)", quotes[4], ""),
    ]
    rows = opened(file)._tbl.tr_lst[1:]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    borders = [
        {
            side.tag.split("}")[1]: side.get(qn("w:val"))
            for cell in row.tc_lst
            for side in cell.tcPr.findall(f"{qn('w:tcBorders')}/*")
        }
        for row in rows
    ]
    assert borders == [{"bottom": "nil"}, {"top": "nil", "bottom": "nil"}, {"top": "nil"}]
    bold = [row.tc_lst[0].xpath(".//w:b") for row in rows]
    assert [len(found) for found in bold] == [1, 0, 0]


def test_large_print_breaks_rows_that_small_print_leaves_whole(tmp_path: Path) -> None:
    texts = ("Who?", "\n".join(["x " * 100, "y " * 100]), "")
    assert len(rows_of(tmp_path / "t.docx", texts)) == 1
    assert len(rows_of(tmp_path / "large.docx", texts, size=18)) == 2


def test_one_paragraph_longer_than_a_page_may_be_broken(tmp_path: Path) -> None:
    file = tmp_path / "t.docx"
    assert len(rows_of(file, ("Who?", "word " * 1_000, ""))) == 1
    (row,) = opened(file)._tbl.tr_lst[1:]
    assert row.trPr is None or row.trPr.find(qn("w:cantSplit")) is None


def test_many_tables_in_one_markdown_file(tmp_path: Path) -> None:
    write_markdown_tables("All", TABLES, tmp_path / "t.md", ["A_B"])
    said = (tmp_path / "t.md").read_text(encoding="utf-8")
    assert said.startswith("# All\n\nA\\_B\n\n## First &lt;b&gt;table&lt;/b&gt;\n\n| Point")
    assert "|\n\n*Note.* Draft: a note\n\n## Second" in said
    assert "## Second" in said
