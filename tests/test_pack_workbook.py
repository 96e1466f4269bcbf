"""A coding pack as a workbook, before anybody fills it in."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from commonthread.packs.labels import code_labels, code_numbers
from commonthread.packs.pack import Pack
from commonthread.packs.workbook import write_pack_workbook
from handout_fixture import HOSTILE
from pack_fixture import pack
from small_study import codebook, node


def opened(made: Pack) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_pack_workbook(made)))


def column(sheet: Any, heading: str) -> list[Any]:
    (at,) = [cell.column for cell in sheet[1] if cell.value == heading]
    return [sheet.cell(row, at).value for row in range(2, sheet.max_row + 1)]


def test_every_segment_has_its_row_with_what_was_said_around_it() -> None:
    made = pack(segments=6, sources=2, said=["one", "two", "three", "four", "five", "six"])
    sheet = opened(made)["Segments"]
    assert column(sheet, "Segment") == [segment.segment_id for segment in made.segments]
    assert column(sheet, "Words to code") == ["one", "two", "three", "four", "five", "six"]
    assert column(sheet, "Said before")[1:4] == [
        "Person 1: one",
        "Person 1: one\nsame speaker: two",
        None,
    ]
    assert column(sheet, "Said after")[:3] == ["Person 2: two three", "same speaker: three", None]
    assert column(sheet, "Speaker")[:3] == ["Person 1", "Person 2", "Person 2"]
    assert column(sheet, "Workshop")[0] == "Lantern day 1"
    assert column(sheet, "Time")[:2] == ["0:00:00", "0:00:07"]


def test_a_workshop_of_several_files_names_the_file() -> None:
    made = pack(segments=4, sources=2)
    same = tuple(replace(source, workshop="Lantern day") for source in made.sources)
    sheet = opened(replace(made, sources=same))["Segments"]
    assert column(sheet, "Workshop")[0] == "Lantern day (day-1.txt)"


def test_codes_and_aspects_are_chosen_from_lists() -> None:
    book = codebook(node("a", "Payment", None, "a"), node("b", "Trust, and time", "a", "a"))
    made = pack(segments=5, sources=1, book=book)
    opened_book = opened(made)
    sheet, listed = opened_book["Segments"], opened_book["Codebook"]
    names = {cell.column_letter: cell.value for cell in sheet[1]}
    lists = {}
    for rule in sheet.data_validations.dataValidation:
        (area,) = str(rule.sqref).split()
        lists[names[area.split(":")[0].rstrip("0123456789")]] = rule
        assert area.endswith(str(len(made.segments) + 1))
    assert list(lists) == [
        *(f"Code {number}" for number in range(1, 6)),
        *("Aspect 1", "Aspect 2", "No code fits", "Unsure"),
    ]

    def offered(name: str) -> list[str]:
        first, last = lists[name].formula1.partition("!")[2].replace("$", "").split(":")
        return [cell.value for (cell,) in listed[first:last]]

    labels = code_labels(book)
    aspects = [labels[code.id] for code in book.aspects]
    assert offered("Code 1") == offered("Code 5")
    assert offered("Code 1") == [labels[c.id] for c in book.codes if c.dimension != "aspect"]
    assert "Power: Payment" not in offered("Code 1")
    assert {"Payment (theme)", "Who is involved, and when: Payment"} <= set(offered("Code 1"))
    assert offered("Aspect 1") == aspects
    assert lists["Unsure"].formula1 == '"yes"'


def test_it_can_be_read_by_everybody() -> None:
    book = opened(pack(segments=3, sources=1))
    assert book.sheetnames == [
        "How to",
        "Segments",
        "Codebook",
        "About this pack",
        "To find the words again",
    ]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.value is None or (cell.font.sz >= 12 and cell.alignment.wrap_text)
        headings = [cell.value for cell in sheet[1]]
        assert all(headings) and len(set(headings)) == len(headings)
    assert {name for sheet in book for name in sheet.tables} == {
        *("Segments", "Codes", "About", "Places")
    }


def test_rows_are_as_high_as_their_texts_and_grow_with_what_is_written() -> None:
    made = pack(segments=3, sources=1, said=["short", "long " * 60, "short"])
    with zipfile.ZipFile(io.BytesIO(write_pack_workbook(made))) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    rows = dict(re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', sheet))
    assert float(rows["3"]) > 5 * 12 * 1.2
    assert len(rows) == 4
    assert "customHeight" not in sheet


def test_the_codebook_is_there_with_numbers() -> None:
    made = pack(segments=1, sources=1)
    sheet = opened(made)["Codebook"]
    codes = made.codebook.codes
    assert column(sheet, "Number") == [code_numbers(made.codebook)[code.id] for code in codes]
    assert column(sheet, "Id") == [code.id for code in codes]
    assert column(sheet, "In plain words") == [code.plain for code in codes]
    assert column(sheet, "Near miss")[1] == codes[1].near_miss
    assert column(sheet, "Examples")[1].count("\n") == len(codes[1].examples) - 1


def test_what_was_found_is_shown_only_to_those_who_start_from_it() -> None:
    made = pack(segments=4, sources=1, start="dictionary")
    found = "Found by the computer (a suggestion)"
    book = opened(made)
    labels = code_labels(made.codebook)
    assert column(book["Segments"], found)[1] == "; ".join(
        labels[code] for code in made.segments[1].found
    )
    assert not any(column(book["Segments"], "Code 1"))
    assert any(found in str(cell.value) for (cell,) in book["How to"].iter_rows())
    blind = opened(pack(segments=4, sources=1))
    assert found not in [cell.value for cell in blind["Segments"][1]]
    assert not any(found in str(cell.value) for (cell,) in blind["How to"].iter_rows())


def test_hostile_words_stay_text() -> None:
    made = pack(segments=4, sources=1, said=[HOSTILE, "=1+1", "@x", "http://a.b"], names=[HOSTILE])
    book = opened(made)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "inlineStr"}
                assert cell.hyperlink is None
                assert "\u202e" not in str(cell.value) or sheet.title == "To find the words again"
    assert "=1+1" in column(book["Segments"], "Words to code")[1]


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert write_pack_workbook(pack(segments=3)) == write_pack_workbook(pack(segments=3))


@pytest.mark.parametrize("segments", [0, 1])
def test_few_or_no_segments(segments: int) -> None:
    whole = pack(segments=1, sources=1)
    book = opened(replace(whole, segments=whole.segments[:segments]))
    assert book["Segments"].max_row == segments + 1
