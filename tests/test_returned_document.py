"""What comes back in a Word document: exactly what was decided, however it was written down."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.packs.document import write_pack_document
from commonthread.packs.labels import code_numbers
from commonthread.problems import Refused
from commonthread.returned.document import read_document
from commonthread.returned.judgement import Returned
from filled_packs import Decision, decided, decisions, fill_document, forms, tick
from office_files import docx as word_file
from office_files import run, talk, word_table
from pack_fixture import codebook, pack
from small_study import codebook as small
from small_study import node
from test_returned_workbook import DECISIONS

SMALL = pack(segments=4, sources=1)
IDS = [segment.segment_id for segment in SMALL.segments]
NUMBERS = code_numbers(codebook())


@cache
def written() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.docx"
        write_pack_document(SMALL, path, 12)
        return path.read_bytes()


def read_changed(change: Callable[[list[dict[str, Any]]], None]) -> Returned:
    """Change the tables to fill in of the small pack as somebody would, and read it."""
    document = docx.Document(io.BytesIO(written()))
    change(list(forms(document)))
    return read_saved(document)


def read_saved(document: Any) -> Returned:
    out = io.BytesIO()
    document.save(out)
    return read_document(out.getvalue())


def write(cell: Any, text: str) -> None:
    cell.paragraphs[0].add_run(text)


@pytest.mark.parametrize("size", [12, 18])
def test_fifty_segments_come_back_exactly(tmp_path: Path, size: int) -> None:
    made = pack(segments=60, start="dictionary")
    wanted = decisions(made, 50)
    path = tmp_path / "back.docx"
    write_pack_document(made, path, size)
    fill_document(path, made, wanted)
    returned = read_document(path.read_bytes())
    assert decided(returned) == wanted
    assert (returned.untouched, returned.problems) == (10, ())
    assert (returned.coder, returned.role) == (made.coder, made.role)
    assert (returned.pack_id, returned.study) == (made.pack_id, made.study)
    assert returned.codebook_sha256 == made.codebook.sha256
    segments = {segment.segment_id: segment for segment in made.segments}
    for each in returned.judgements:
        segment = segments[each.segment_id]
        assert each.words == made.words(segment)
        assert each.source_id == made.sources[made.turns[segment.turn].source].source_id
        assert segment.before.strip() in each.before
    assert returned.judgements[4].where == "Segment 5 of 60"


def test_nothing_filled_in_is_nothing_judged() -> None:
    returned = read_document(written())
    assert (returned.judgements, returned.untouched, returned.problems) == ((), 4, ())


@settings(max_examples=20)
@given(made=st.tuples(*[DECISIONS] * 4))
def test_any_decisions_come_back(tmp_path_factory: Any, made: tuple[Decision, ...]) -> None:
    wanted: Mapping[str, Decision] = {
        segment_id: each for segment_id, each in zip(IDS, made, strict=True) if each != Decision()
    }
    path = tmp_path_factory.mktemp("any") / "back.docx"
    path.write_bytes(written())
    fill_document(path, SMALL, wanted)
    returned = read_document(path.read_bytes())
    assert decided(returned) == wanted
    assert (returned.untouched, returned.problems) == (4 - len(wanted), ())


@pytest.mark.parametrize("how", range(4))
def test_a_box_may_be_ticked_in_every_way(how: int) -> None:
    def change(tables: list[dict[str, Any]]) -> None:
        tick(tables[0]["No code fits"], how)
        tick(tables[1]["Unsure"], how)
        write(tables[1]["Codes (names or numbers)"], "1.1")

    assert decided(read_changed(change)) == {
        IDS[0]: Decision(no_code=True),
        IDS[1]: Decision(("early_money",), unsure=True),
    }


@pytest.mark.parametrize(
    ("written_as", "is_ticked"),
    [
        *((text, True) for text in ("X", "✓", "✔", "☑", "☒", "yes", "Yes", "ticked", " x x ")),
        *((text, False) for text in ("", "no", "-", "☐", "□")),
    ],
)
def test_a_box_may_be_replaced_by_what_people_write(written_as: str, is_ticked: bool) -> None:
    def change(tables: list[dict[str, Any]]) -> None:
        cell = tables[0]["No code fits"]
        for child in list(cell.paragraphs[0]._p):
            if child.tag != qn("w:pPr"):
                cell.paragraphs[0]._p.remove(child)
        write(cell, written_as)

    assert (IDS[0] in decided(read_changed(change))) is is_ticked


def test_a_box_may_be_a_sign_of_a_font_of_pictures() -> None:
    def change(tables: list[dict[str, Any]]) -> None:
        for number, char in enumerate(("F0FE", "F0A8")):
            sign = OxmlElement("w:sym")
            sign.set(qn("w:font"), "Wingdings")
            sign.set(qn("w:char"), char)
            tables[number]["No code fits"].paragraphs[0].add_run()._r.append(sign)

    assert decided(read_changed(change)) == {IDS[0]: Decision(no_code=True)}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1.8", ["payment"]),
        ("1.8; 1.1", ["payment", "early_money"]),
        ("1.8, 1.1\n2.2.4", ["payment", "early_money", "dominant_voices"]),
        ("1.8 1.1", ["payment", "early_money"]),
        ("1.8 and 1.1 / 2", ["payment", "early_money", "power"]),
        ("PAYMENT AND EXPENSES.", ["payment"]),
        ("1.8 Payment and expenses", ["payment"]),
        (
            "1.8: payment  and expenses; (1.1) Money for early involvement",
            ["payment", "early_money"],
        ),
        ("Payment and expenses (1.8)", ["payment"]),
        ("- Payment and expenses\n• Dominant voices", ["payment", "dominant_voices"]),
        ("Who is involved, and when", ["involvement"]),
        (
            "1.8, Who is involved, and when, Dominant voices",
            ["payment", "involvement", "dominant_voices"],
        ),
        ("Keeping in touch, and endings; power", ["keeping_in_touch", "power"]),
        ("payment, early_money", ["payment", "early_money"]),
        ("a1", ["challenge"]),
        ("Claims to speak for others, Paymnt", ["speaking_for_others", "Paymnt"]),
        ("1.1 Payment and expenses", ["1.1 Payment and expenses"]),
        ("9.9; 1.8", ["9.9", "payment"]),
        ("1.8; 1.8; payment", ["payment"]),
        (" ; ,\n", []),
    ],
)
def test_codes_may_be_written_in_many_ways(text: str, codes: list[str]) -> None:
    def change(tables: list[dict[str, Any]]) -> None:
        write(tables[0]["Codes (names or numbers)"], text)
        write(tables[0]["Comment"], "so that there is something")

    assert read_changed(change).judgements[0].codes == tuple(codes)


def test_paragraphs_of_a_list_are_codes_each() -> None:
    def change(tables: list[dict[str, Any]]) -> None:
        cell = tables[0]["Codes (names or numbers)"]
        write(cell, "1.8")
        cell.add_paragraph("Dominant voices", style="List Bullet")

    assert read_changed(change).judgements[0].codes == ("payment", "dominant_voices")


def test_tracked_changes_count_as_accepted() -> None:
    def change(tables: list[dict[str, Any]]) -> None:
        paragraph = tables[0]["Codes (names or numbers)"].paragraphs[0]
        for tag, inside, text in (("w:del", "w:delText", "1.1"), ("w:ins", "w:t", "1.8")):
            tracked, made, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inside)
            said.text = text
            made.append(said)
            tracked.append(made)
            paragraph._p.append(tracked)

    assert read_changed(change).judgements[0].codes == ("payment",)


def test_what_is_written_beside_a_label_counts() -> None:
    document = docx.Document(io.BytesIO(written()))
    for table in document.tables:
        for row in table.rows:
            if row.cells[0].text == "No code fits":
                row.cells[0].paragraphs[0].add_run(" X")
                break
        else:
            continue
        break
    assert decided(read_saved(document)) == {IDS[0]: Decision(no_code=True)}


def test_tables_that_grew_into_one_are_told_apart() -> None:
    document = docx.Document(io.BytesIO(written()))
    tables = list(forms(document))
    write(tables[0]["Codes (names or numbers)"], "1.1")
    write(tables[1]["Codes (names or numbers)"], "1.8")
    elements = [
        table._tbl for table in document.tables if table.rows[0].cells[0].text.startswith("Segment")
    ]
    for row in elements[1].tr_lst:
        elements[0].append(row)
    elements[1].getparent().remove(elements[1])
    assert decided(read_saved(document)) == {
        IDS[0]: Decision(("early_money",)),
        IDS[1]: Decision(("payment",)),
    }


def test_rows_that_were_renamed_or_taken_out_are_told() -> None:
    def change(tables: list[dict[str, Any]]) -> None:
        write(tables[0]["Codes (names or numbers)"], "1.8")
        write(tables[0]["Comment"], "lost?")

    document = docx.Document(io.BytesIO(written()))
    change(list(forms(document)))
    (comment, *_) = [
        row.cells[0]
        for table in document.tables
        for row in table.rows
        if row.cells[0].text == "Comment"
    ]
    comment.paragraphs[0].runs[0].text = "Remarks of mine"
    returned = read_saved(document)
    assert decided(returned) == {IDS[0]: Decision(("payment",))}
    assert returned.problems == (
        ("Segment 1 of 4", 'Nothing was read from the row "Remarks of mine".'),
        ("Segment 1 of 4", "Rows are missing: comment."),
    )


def test_neither_yes_nor_no_is_told() -> None:
    def change(tables: list[dict[str, Any]]) -> None:
        write(tables[0]["No code fits"], "perhaps")
        write(tables[1]["Unsure"], "between two")

    returned = read_changed(change)
    assert decided(returned) == {IDS[1]: Decision(unsure=True, comment="between two")}
    ((where, what),) = returned.problems
    assert where == "Segment 1 of 4" and "neither yes nor no" in what


def test_the_list_of_numbers_at_the_front_will_do() -> None:
    document = docx.Document(io.BytesIO(written()))
    write(next(forms(document))["Codes (names or numbers)"], "1.8; 2")
    for table in document.tables:
        if table.rows[0].cells[-1].text in ("Id", "Value"):
            table._tbl.getparent().remove(table._tbl)
    returned = read_saved(document)
    assert (returned.coder, returned.pack_id) == ("", "")
    assert returned.judgements[0].codes == ("Payment and expenses", "Power")


def test_names_that_stand_twice(tmp_path: Path) -> None:
    book = small(node("a", "Payment", None, "a"), node("b", "Trust", "a", "a"))
    made = pack(segments=2, sources=1, book=book)
    wanted = {
        made.segments[0].segment_id: Decision(("a", "payment")),
        made.segments[1].segment_id: Decision(("payment", "a", "challenge")),
    }
    path = tmp_path / "p.docx"
    write_pack_document(made, path, 12)
    fill_document(path, made, wanted)
    assert decided(read_document(path.read_bytes())) == wanted


def test_the_day_of_saving_is_the_date() -> None:
    document = docx.Document(io.BytesIO(written()))
    write(next(forms(document))["Comment"], "hm")
    assert read_saved(document).judgements[0].date == ""
    document.core_properties.modified = datetime(2025, 5, 3, 10, 20)
    assert read_saved(document).judgements[0].date == "2025-05-03T10:20:00Z"


def test_a_table_made_by_hand() -> None:
    table = word_table(
        [
            ("Words to code", "Nobody asked us."),
            ("Codes", "Payment; Trust, and time"),
            ("Comment", "mm"),
        ]
    )
    returned = read_document(word_file(talk("Hello") + table))
    (one,) = returned.judgements
    assert (one.where, one.words, one.comment) == ("table 1", "Nobody asked us.", "mm")
    assert one.codes == ("Payment", "Trust, and time")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word_file(talk("Ann: Hello")), "no table of a coding pack"),
        (word_file(word_table([("a", "b"), ("c", "d")])), "no table of a coding pack"),
        (
            word_file(f"<w:p>{run('x')}</w:p>", before='<!DOCTYPE x [<!ENTITY a "b">]>'),
            "document type",
        ),
        (written()[:4000], "cut short"),
    ],
)
def test_no_such_document(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_document(data)
