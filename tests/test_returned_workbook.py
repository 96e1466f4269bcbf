"""What comes back in a workbook: exactly what was decided, however the workbook was treated."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.packs.pack import Pack
from commonthread.packs.workbook import segment_columns, write_pack_workbook
from commonthread.problems import Refused
from commonthread.returned.judgement import Returned
from commonthread.returned.rows import Columns
from commonthread.returned.workbook import read_workbook
from filled_packs import Decision, decided, decisions, fill_sheet, filled_workbook, saved
from office_files import cells, sheet_xml, xlsx
from pack_fixture import codebook, pack
from small_study import codebook as small
from small_study import node

SMALL = pack(segments=6, sources=2)
WANTED = decisions(SMALL, 4)


@cache
def written() -> bytes:
    return write_pack_workbook(SMALL)


def read_changed(change: Callable[[Any], None], wanted: dict[str, Decision] = WANTED) -> Returned:
    """Fill the small pack in, change the workbook, and read it."""
    book = openpyxl.load_workbook(io.BytesIO(written()))
    fill_sheet(book["Segments"], SMALL, wanted)
    change(book)
    return read_workbook(saved(book))


def at(sheet: Any, heading: str) -> int:
    (found,) = [cell.column for cell in sheet[1] if cell.value == heading]
    return int(found)


def test_fifty_segments_come_back_exactly() -> None:
    made = pack(segments=60, start="dictionary")
    wanted = decisions(made, 50)
    returned = read_workbook(filled_workbook(write_pack_workbook(made), made, wanted))
    assert decided(returned) == wanted
    assert returned.untouched == 10
    assert returned.problems == ()
    assert (returned.coder, returned.role) == (made.coder, made.role)
    assert (returned.pack_id, returned.study) == (made.pack_id, made.study)
    assert returned.codebook_version == made.codebook.version
    assert returned.codebook_sha256 == made.codebook.sha256
    assert returned.purpose == "coding"
    segments = {segment.segment_id: segment for segment in made.segments}
    for each in returned.judgements:
        segment = segments[each.segment_id]
        turn = made.turns[segment.turn]
        assert (each.words, each.before) == (made.words(segment), segment.before)
        assert each.source_id == made.sources[turn.source].source_id
        assert each.start_s == turn.start_s
        assert each.date.startswith("20") and each.date.endswith("Z")


def test_nothing_filled_in_is_nothing_judged() -> None:
    returned = read_workbook(written())
    assert (returned.judgements, returned.untouched, returned.problems) == ((), 6, ())


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs"])
# openpyxl takes "=" for a formula, and leaves "_x0041_" as it is where Excel would not.
TEXTS = (
    st.text(LETTERS, max_size=30)
    .map(str.strip)
    .filter(lambda text: not text.startswith("=") and "_x" not in text)
)
CODES = [code.id for code in codebook().codes if code.dimension != "aspect"]
ASPECTS = [code.id for code in codebook().aspects]
DECISIONS = st.builds(
    lambda codes, aspects, no_code, unsure, comment, new_code: Decision(
        (*codes, *aspects), no_code, unsure, comment, new_code
    ),
    st.lists(st.sampled_from(CODES), max_size=5, unique=True),
    st.lists(st.sampled_from(ASPECTS), max_size=2, unique=True),
    st.booleans(),
    st.booleans(),
    TEXTS,
    TEXTS,
)


@settings(max_examples=25)
@given(st.lists(DECISIONS, min_size=6, max_size=6))
def test_any_decisions_come_back(made: list[Decision]) -> None:
    ids = [segment.segment_id for segment in SMALL.segments]
    wanted = {
        segment_id: each for segment_id, each in zip(ids, made, strict=True) if each != Decision()
    }
    returned = read_workbook(filled_workbook(written(), SMALL, wanted))
    assert decided(returned) == wanted
    assert returned.problems == ()
    assert returned.untouched == 6 - len(wanted)


def test_columns_and_rows_in_another_order() -> None:
    def shuffle(book: Any) -> None:
        sheet = book["Segments"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        turned = [list(reversed(row)) for row in [rows[0], *reversed(rows[1:])]]
        for number, row in enumerate(turned, start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value

    returned = read_changed(shuffle)
    assert {key: set(each.codes) for key, each in decided(returned).items()} == {
        key: set(each.codes) for key, each in WANTED.items()
    }
    assert returned.problems == ()


def test_columns_and_sheets_of_ones_own_are_left_alone() -> None:
    def add(book: Any) -> None:
        sheet = book["Segments"]
        sheet.insert_cols(3)
        sheet.cell(1, 3).value = "My stars"
        sheet.cell(2, 3).value = "****"
        book.create_sheet("Scratch")["A1"] = "milk, bread"
        book.move_sheet("Scratch", -5)

    returned = read_changed(add)
    assert decided(returned) == WANTED
    assert returned.problems == ()


def test_a_sixth_column_of_codes_counts() -> None:
    def add(book: Any) -> None:
        sheet = book["Segments"]
        sheet.cell(1, sheet.max_column + 1).value = "Code 6"
        sheet.cell(2, sheet.max_column).value = "Trust and getting to know each other; 1.1"

    first = SMALL.segments[0].segment_id
    codes = decided(read_changed(add))[first].codes
    assert set(codes) == {*WANTED[first].codes, "trust", "early_money"}


@pytest.mark.parametrize("heading", ["Code 2", "Comment", "Aspect 1"])
def test_a_heading_that_was_changed_is_told(heading: str) -> None:
    def rename(book: Any) -> None:
        sheet = book["Segments"]
        sheet.cell(1, at(sheet, heading)).value = "Blue"

    ((where, what),) = read_changed(rename).problems
    assert where == 'sheet "Segments"'
    assert '"Blue"' in what and f'"{heading}" is missing' in what


def test_a_misspelt_heading_is_told_with_what_it_may_be() -> None:
    def rename(book: Any) -> None:
        sheet = book["Segments"]
        sheet.cell(1, at(sheet, "Unsure")).value = "Unsuree"

    ((_, what),) = read_changed(rename).problems
    assert what == 'Nothing was read from the column "Unsuree". Did you mean "unsure"?'


def test_words_that_were_changed_do_not_matter() -> None:
    def change(book: Any) -> None:
        sheet = book["Segments"]
        sheet.cell(2, at(sheet, "Words to code")).value = "something else"

    returned = read_changed(change)
    assert returned.judgements[0].words == SMALL.words(SMALL.segments[0])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_sheets_for_the_computer_may_be_hidden(state: str) -> None:
    def hide(book: Any) -> None:
        for name in ("About this pack", "To find the words again", "Codebook"):
            book[name].sheet_state = state

    returned = read_changed(hide)
    assert decided(returned) == WANTED
    assert returned.coder == SMALL.coder
    assert returned.judgements[0].source_id == "s000"


def test_sheets_for_the_computer_may_be_gone() -> None:
    def delete(book: Any) -> None:
        for name in ("How to", "About this pack", "To find the words again", "Codebook"):
            del book[name]

    returned = read_changed(delete)
    assert (returned.coder, returned.pack_id) == ("", "")
    assert {each.segment_id for each in returned.judgements} == set(WANTED)
    assert returned.judgements[0].words == SMALL.words(SMALL.segments[0])
    known = {*(code.name for code in codebook().codes)}
    assert any(code in known for each in returned.judgements for code in each.codes)


def test_a_copy_of_the_sheet_is_not_read_and_told() -> None:
    def copy(book: Any) -> None:
        book.copy_worksheet(book["Segments"])
        book.move_sheet("Segments Copy", -5)

    returned = read_changed(copy)
    assert decided(returned) == WANTED
    ((where, what),) = returned.problems
    assert where == 'sheet "Segments Copy"'
    assert 'only "Segments" was read' in what


def test_half_filled_rows() -> None:
    ids = [segment.segment_id for segment in SMALL.segments]
    half = {
        ids[0]: Decision(comment="What is this?"),
        ids[1]: Decision(unsure=True),
        ids[2]: Decision(new_code="Waiting"),
        ids[3]: Decision(("challenge",)),
    }
    returned = read_changed(lambda book: None, half)
    assert decided(returned) == half
    assert returned.untouched == 2


def test_what_cannot_be_used_is_told_and_the_rest_is_there() -> None:
    def spoil(book: Any) -> None:
        sheet = book["Segments"]
        sheet.cell(2, at(sheet, "No code fits")).value = "only partly"
        sheet.cell(3, at(sheet, "Segment")).value = None
        sheet.cell(3, at(sheet, "Words to code")).value = None
        sheet.cell(4, at(sheet, "Unsure")).value = "a bit"
        sheet.cell(5, at(sheet, "Code 1")).value = "Paymnt"

    returned = read_changed(spoil)
    assert returned.problems == (
        (
            "row 2",
            'Under no code fits it says "only partly", which is neither yes nor no. Write yes, or'
            " leave it empty.",
        ),
        ("row 3", "It names neither a segment's id nor its words."),
    )
    third, fourth = returned.judgements
    assert third.unsure and third.comment.split("\n")[0] == "a bit"
    assert fourth.codes[0] == "Paymnt"


def test_a_row_that_stands_twice_is_one_judgement() -> None:
    def copy(book: Any) -> None:
        sheet = book["Segments"]
        first = SMALL.segments[0].segment_id
        sheet.append([first] + [None] * 6 + ["Jargon and plain language"])

    returned = read_changed(copy)
    one = returned.judgements[0]
    assert one.where == "row 2 and 1 more"
    assert set(one.codes) == {*WANTED[one.segment_id].codes, "jargon"}


def test_names_with_commas_and_semicolons_and_names_that_stand_twice() -> None:
    book = small(
        node("a", "Payment", None, "a"),
        node("b", "Time, money, and who has it", "a", "a"),
        node("c", "What now?; and then", "a", "a"),
    )
    made = pack(segments=3, sources=1, book=book)
    ids = [segment.segment_id for segment in made.segments]
    wanted = {
        ids[0]: Decision(("a", "b")),
        ids[1]: Decision(("payment", "c", "reflection")),
        ids[2]: Decision(("b", "c")),
    }
    data = filled_workbook(write_pack_workbook(made), made, wanted)
    assert decided(read_workbook(data)) == wanted


def test_every_heading_of_a_pack_is_known() -> None:
    for start in ("blind", "dictionary"):
        made: Pack = pack(segments=1, sources=1, start=start)
        assert Columns([name for name, _ in segment_columns(made)]).unknown == ()


def test_a_workbook_made_elsewhere() -> None:
    rows = [
        ("My codings", "", "", ""),
        ("Coder", "Quote", "Codes", "Memo"),
        ("Ann", "Nobody asked us.", "Jargon; Trust, and time", "mm"),
        ("Ann", "Nobody asked us.", "power", ""),
        ("Ben", "Nobody asked us.", "", ""),
    ]
    returned = read_workbook(xlsx(("Sheet1", sheet_xml(cells(*rows)))))
    (one,) = returned.judgements
    assert (one.coder, one.words) == ("Ann", "Nobody asked us.")
    assert one.codes == ("Jargon", "Trust, and time", "power")
    assert (one.comment, returned.untouched) == ("mm", 1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (xlsx(("S", sheet_xml(cells(("a", "b"), ("c", "d"))))), "No sheet has a row of headings"),
        (xlsx(), "No sheet has a row of headings"),
        (b"PK\x03\x04 and no more", "cut short"),
        (written()[:5000], "cut short"),
    ],
)
def test_no_such_workbook(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_workbook(data)
