"""The worklist of words that nobody listed, and the workbook of it: there and back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.folding import plain_words
from commonthread.problems import Refused
from commonthread.returned.limits import USUAL
from commonthread.unlisted.answer import Answer
from commonthread.unlisted.table import read_workbook
from commonthread.unlisted.workbook import SHEET, write_workbook
from commonthread.unlisted.worklist import Context, worklist
from unlisted_fixture import PSEUDONYMS, SAID, entries, unlisted

GOLDEN = Path(__file__).parent / "golden/names"
ODD = st.text(st.characters(blacklist_categories=("Cs", "Cn")), min_size=1, max_size=30)


def marked(*marks: tuple[str, str, str]) -> bytes:
    """Give the workbook as somebody saved it who marked words."""
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(entries(), PSEUDONYMS, "Ours")))
    sheet = book[SHEET]
    rows = {str(row[0].value): row for row in sheet.iter_rows(min_row=2)}
    for words, mark, instead in marks:
        rows[words][5].value = mark or None
        rows[words][6].value = instead or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_words_stand_once_with_where_they_were_said_most_frequent_first() -> None:
    found = entries()
    assert [(each.words, each.times, each.files, each.why) for each in found] == [
        ("Tamsin", 1, 1, "introduced"),
        ("Fernhollow", 3, 2, "capitals"),
        ("Monday", 2, 1, "capitals"),
        ("Oriel", 1, 1, "capitals"),
        ("B-R-A-Y", 1, 1, "spelled"),
        ("oh seven seven double nought", 1, 1, "number"),
    ]
    # The other file comes before the second place of the first one.
    assert found[1].contexts == (
        Context("We met in ", "Fernhollow", " before the snow"),
        Context("and ", "FERNHOLLOW", " is not on the bus line"),
        Context("nobody in ", "Fernhollow", " had a car"),
    )


def test_the_same_place_in_two_files_is_shown_once() -> None:
    said = tuple((source, "capitals", "to ", "Hove", " by bus") for source in ("s1", "s2"))
    (entry,) = worklist(unlisted((*said, ("s2", "capitals", "in ", "Hove", ""))))
    assert (entry.times, entry.files) == (3, 2)
    assert [each.before for each in entry.contexts] == ["to ", "in "]


def test_what_stands_around_words_begins_and_ends_with_whole_words() -> None:
    said = (("s1", "sign", f"cutword {'x' * 46} (", "@oriel", f"), {'y' * 50} cutword"),)
    (entry,) = worklist(unlisted(said))
    assert entry.contexts == (Context(f"… {'x' * 46} (", "@oriel", f"), {'y' * 50} …"),)


def test_words_that_are_found_for_several_reasons_stand_under_the_most_telling_one() -> None:
    said = (*SAID, ("s9", "introduced", "this is ", "Oriel", "."), ("s9", "odd", "", "Zz", ""))
    found = {each.words: (each.why, each.group) for each in worklist(unlisted(said))}
    assert found["Oriel"][0] == "introduced"
    assert found["Zz"] == ("odd", "For other reasons")


def test_harmless_words_are_not_asked_about_again() -> None:
    words = [each.words for each in worklist(unlisted(), ["MONDAY", "Orie"])]
    assert "Monday" not in words
    assert "Oriel" in words


def test_no_unlisted_words_are_an_empty_worklist_and_workbook() -> None:
    assert worklist(unlisted(())) == []
    assert read_workbook(write_workbook([], (), "Ours"), USUAL) == ([], [])


def test_signs_that_turn_the_direction_of_words_are_taken_out() -> None:
    said = (("s1", "capitals", "a \u202eb\n", "Or\u202eiel", "\u2066 c"),)
    (entry,) = worklist(unlisted(said))
    assert (entry.words, entry.contexts) == ("Oriel", (Context("a b ", "Oriel", " c"),))


def test_the_same_worklist_gives_the_same_bytes_and_every_text_stays_a_text() -> None:
    said = (("s1", "capitals", "=1+1 ", "=Oriel", " @SUM(1)"), *SAID)
    made = worklist(unlisted(said))
    data = write_workbook(made, PSEUDONYMS, "=Ours")
    assert data == write_workbook(made, PSEUDONYMS, "=Ours")
    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=Oriel" in [cell.value for cell in cells]


def test_marks_can_be_chosen_from_lists() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(entries(), PSEUDONYMS, "Ours")))[SHEET]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists == {
        "F2:F7": '"Name,Place,Organisation,Other,Harmless"',
        "G2:G7": "Pseudonyms!$A$2:$A$3",
    }


def test_what_is_marked_comes_back_and_the_rest_stays_open() -> None:
    data = marked(
        ("Oriel", "Name", "Public contributor 1"),
        ("Fernhollow", "place", ""),
        ("Monday", "HARMLESS", ""),
        ("B-R-A-Y", "", "a surname"),
    )
    answers, problems = read_workbook(data, USUAL)
    assert problems == []
    dates = {each.date[:4] for each in answers}
    assert len(dates) == 1 and dates.pop() >= "2026"[:2]
    assert [(each.words, each.kind, each.replacement, each.where) for each in answers] == [
        ("Fernhollow", "place", "", "row 3"),
        ("Monday", "harmless", "", "row 4"),
        ("Oriel", "person", "Public contributor 1", "row 5"),
        ("B-R-A-Y", "other", "a surname", "row 6"),
    ]


def test_rows_that_say_nothing_clear_are_told_without_their_words() -> None:
    data = marked(
        ("Oriel", "Nmae", ""),
        ("Monday", "Harmless", "Tuesday"),
        ("Fernhollow", "Place", "fernhollow!"),
    )
    answers, problems = read_workbook(data, USUAL)
    assert answers == []
    assert [where for where, _ in problems] == ["row 3", "row 4", "row 5"]
    told = " ".join(what for _, what in problems)
    assert 'Did you mean "name"?' in told
    for word in ("Oriel", "Monday", "Fernhollow", "Nmae", "Tuesday"):
        assert word.casefold() not in told.casefold()


def test_a_workbook_that_libreoffice_saved_is_read_alike() -> None:
    answers, problems = read_workbook((GOLDEN / "worklist-libreoffice.xlsx").read_bytes(), USUAL)
    assert problems == []
    assert {each.date[:10] for each in answers} == {"2026-11-26"}
    assert [(each.words, each.kind, each.replacement) for each in answers] == [
        ("Tamsin", "person", "Public contributor 1"),
        ("Fernhollow", "place", "a village nearby"),
        ("Monday", "harmless", ""),
        ("oh seven seven double nought", "other", ""),
    ]


def test_another_workbook_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Words", "Times"])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match="No sheet has a row of headings"):
        read_workbook(out.getvalue(), USUAL)


@settings(max_examples=40)
@given(ODD)
def test_any_words_are_the_same_words_when_they_come_back(words: str) -> None:
    (entry,) = worklist(unlisted((("s1", "capitals", "a ", words, " b"),)))
    book = openpyxl.load_workbook(io.BytesIO(write_workbook([entry], (), "Ours")))
    book[SHEET].cell(2, 6).value = "Name"
    out = io.BytesIO()
    book.save(out)
    answers, problems = read_workbook(out.getvalue(), USUAL)
    if plain_words(words):
        assert [(each.entry, each.kind) for each in answers] == [(plain_words(words), "person")]
        assert isinstance(answers[0], Answer)
    else:
        assert (answers, len(problems)) == ([], 1)
