"""The codebook as a workbook: it is whole, and what people change in it is read exactly."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from codebook_view_fixture import small_book, view_of, with_texts
from commonthread.codebook import load_codebook
from commonthread.packs.workbook import write_pack_workbook
from commonthread.problems import Refused
from commonthread.proposals.proposal import Part, Proposal, ReturnedProposals
from commonthread.proposals.workbook import read_workbook
from commonthread.proposals.workbook_out import write_codebook_workbook
from commonthread.returned.workbook import read_workbook as read_codings
from edited_codebooks import EditedWorkbook, everyday_workbook, small_workbook, told
from pack_fixture import pack

ROOT = Path(__file__).parent.parent
ODD = st.text(st.characters(blacklist_categories=("Cs", "Cn")), min_size=1, max_size=30)


def changed(change: Callable[[EditedWorkbook], None]) -> ReturnedProposals:
    edited = EditedWorkbook(small_workbook())
    change(edited)
    return read_workbook(edited.saved())


def only(returned: ReturnedProposals) -> Proposal:
    assert len(returned.proposals) == 1, returned.proposals
    assert returned.problems == ()
    return returned.proposals[0]


def test_nothing_edited_is_nothing_proposed() -> None:
    view = view_of(load_codebook(ROOT / "config/codebook.yaml"))
    data = write_codebook_workbook(view)
    for each in (data, EditedWorkbook(data).saved()):
        returned = read_workbook(each)
        assert (returned.proposals, returned.problems) == ((), ())
        assert returned.codebook_sha256 == view.codebook.sha256
        assert returned.codebook_version == view.codebook.version


def test_the_same_codebook_gives_the_same_bytes() -> None:
    assert write_codebook_workbook(view_of()) == small_workbook()


def test_all_of_a_code_can_be_read() -> None:
    view = view_of()
    edited = EditedWorkbook(small_workbook())

    def shown(heading: str) -> Any:
        return edited.cell("Codebook", "fares", heading).value

    use = view.use["fares"]
    assert [shown(each) for each in ("Number", "Theme", "Name")] == [
        *("1.1", "Getting in", "Fares and fees"),
    ]
    assert shown("Segments of 212") == use.segments and shown("People of 21") == use.people
    assert shown("Workshops of 5") == use.workshops and shown("Roles of 3") == use.roles
    assert shown("Agreement") == f"{use.agreement:.2f}"
    assert shown("Examples").split("\n") == list(small_book().code("fares").examples)
    assert shown("Words looked for").startswith("bus fare; petrol money; exactly: PI")
    pattern = edited.cell("Patterns", "fares", "Patterns looked for").value
    assert pattern == r"pattern: \bre-?imburse\w*;? (?:me|us)"
    said = [row[2].value for row in edited.book["What people said"].iter_rows(min_row=2)]
    assert len(said) == sum(len(each.excerpts) for each in view.use.values())
    assert edited.book["As given out"].sheet_state == "hidden"
    assert "in confidence" in " ".join(row[0].value for row in edited.book["How to"].iter_rows())
    lists = edited.book["Codebook"].data_validations.dataValidation
    assert {each.formula1 for each in lists} == {"'As given out'!$C$2:$C$8", '"yes"'}


def test_counts_out_of_different_numbers_say_which() -> None:
    view = view_of()
    use = {**view.use, "fares": replace(view.use["fares"], of_people=9)}
    edited = EditedWorkbook(write_codebook_workbook(replace(view, use=use)))
    assert edited.cell("Codebook", "fares", "People").value == f"{use['fares'].people} of 9"
    assert read_workbook(edited.saved()).problems == ()


@pytest.mark.parametrize(
    ("heading", "now", "field", "said"),
    [
        ("In plain words", "What it costs", "plain", "What it costs"),
        ("Definition", "One.\nTwo.", "definition", "One.\nTwo."),
        ("Use it when", None, "use_when", ""),
        ("Near miss", "“We walked.”", "near_miss", "“We walked.”"),
        ("Examples", "Who pays?\n\n  Who  else? ", "examples", "Who pays?\nWho else?"),
        ("Questions to talk about", "Who pays?", "questions", "Who pays?"),
        ("Not when", "=1+1", "not_when", "=1+1"),
    ],
)
def test_an_edited_cell_is_a_new_wording(
    heading: str, now: str | None, field: str, said: str
) -> None:
    def change(edited: EditedWorkbook) -> None:
        cell = edited.cell("Codebook", "fares", heading)
        cell.value = now
        if now:
            cell.data_type = "s"
        edited.write("fares", "Why", "So.")

    proposal = only(changed(change))
    assert told(proposal) == ("wording", "fares", {field: said}, "So.")
    value = getattr(small_book().code("fares"), field)
    assert dict(proposal.was) == {field: value if isinstance(value, str) else "\n".join(value)}
    assert proposal.where == "row 3"


def test_everything_that_may_become_of_a_code() -> None:
    def change(edited: EditedWorkbook) -> None:
        edited.write("fares", "Name", "Costs")
        edited.write(
            "fares",
            "Examples",
            "Who pays for the bus?\nNew one.\nThey asked for three receipts, for two pounds.",
        )
        edited.write("fares", "Comment", "Fine otherwise.")
        edited.write("late_fares", "Merge with", "1.1; Tea, biscuits and talk")
        edited.write("tea", "Split into", "Tea: hot drinks\nTalk: over tea")
        edited.write("time", "Move under", "2.10")
        edited.write("staying", "Move under", "top level")
        edited.write("challenge", "Retire", "x")
        edited.write("challenge", "Why", "Nobody uses it.")
        edited.cell("Patterns", "tea", "Patterns looked for").value = r"\bteas?\b"
        edited.cell("Patterns", "tea", "Comment").value = "As people say."

    made = changed(change)
    found = {(each.kind, each.code_id): each for each in made.proposals}
    assert len(made.proposals) == 9 and made.problems == ()
    assert dict(found["rename", "fares"].wording) == {"name": "Costs"}
    assert dict(found["example", "fares"].wording) == {"examples": "New one."}
    assert found["comment", "fares"].why == "Fine otherwise."
    assert found["merge", "late_fares"].others == ("fares", "tea")
    pattern = found["wording", "tea"]
    assert (dict(pattern.wording), pattern.why) == (
        {"terms": r"pattern: \bteas?\b"},
        "Patterns looked for: As people say.",
    )
    assert found["split", "tea"].parts == (Part("Tea", "hot drinks"), Part("Talk", "over tea"))
    assert found["move", "staying"].parent == ""
    assert found["move", "time"].parent == "2.10"
    assert found["retire", "challenge"].why == "Nobody uses it."


def test_new_codes_stand_in_their_sheet_or_below_the_others() -> None:
    def change(edited: EditedWorkbook) -> None:
        sheet = edited.book["New codes"]
        at = {cell.value: cell.column for cell in sheet[1]}
        for heading, text in (
            ("Name", "Waiting"),
            ("In plain words", "Having to wait"),
            ("Words looked for", "wait; queue"),
            ("Under which code", "Fares and fees"),
            ("Why", "It comes up."),
        ):
            sheet.cell(4, at[heading]).value = text
        main = edited.book["Codebook"]
        at = {cell.value: cell.column for cell in main[1]}
        main.cell(12, at["Name"]).value = "Noise"
        main.cell(12, at["Definition"]).value = "That it is loud."
        main.cell(12, at["Theme"]).value = "Staying in"
        edited.cell(
            "Who", "Comment on the codebook as a whole", "Write here", "About you"
        ).value = "Long!"

    returned = changed(change)
    noise, waiting, whole = returned.proposals
    assert (noise.kind, noise.where, noise.parent) == ("new", "row 12", "staying")
    assert dict(noise.wording) == {"name": "Noise", "definition": "That it is loud."}
    assert (waiting.parent, waiting.why) == ("fares", "It comes up.")
    assert waiting.wording[-1] == ("terms", "wait\nqueue")
    assert waiting.where == 'sheet "New codes", row 4'
    assert told(whole) == ("comment", "", {}, "Long!")
    assert returned.problems == ()


def test_rows_and_columns_may_be_sorted_hidden_and_added() -> None:
    edited = EditedWorkbook(small_workbook())
    edited.write("fares", "Definition", "New.")
    edited.write("tea", "Comment", "Good.")
    edited.cell("Patterns", "fares", "Patterns looked for").value = None
    sheet = edited.book["Codebook"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    order = list(range(len(rows[0])))
    random.Random(4).shuffle(order)
    head, *body = [[row[at] for at in order] for row in rows]
    random.Random(5).shuffle(body)
    del edited.book["Codebook"]
    sheet = edited.book.create_sheet("My copy")
    for row in ([], ["Our codebook"], ["", *head, "Seen"], *(["", *row, "yes"] for row in body)):
        sheet.append(row)
    sheet.column_dimensions["C"].hidden = True
    returned = read_workbook(edited.saved())
    assert {told(each)[:2] for each in returned.proposals} == {
        ("wording", "fares"),
        ("comment", "tea"),
    }
    wording = next(each for each in returned.proposals if each.kind == "wording")
    assert [name for name, _ in wording.wording] == ["definition", "terms"]
    assert "pattern" not in dict(wording.wording)["terms"]
    assert returned.problems == (('sheet "My copy"', 'Nothing was read from the column "Seen".'),)


def test_a_row_is_known_by_its_number_where_its_id_is_gone() -> None:
    def change(edited: EditedWorkbook) -> None:
        edited.write("fares", "Definition", "New.")
        sheet = edited.book["Codebook"]
        at = next(cell.column for cell in sheet[1] if cell.value == "Id")
        sheet.delete_cols(at)

    assert told(only(changed(change))) == ("wording", "fares", {"definition": "New."}, "")


def test_what_cannot_be_used_is_told() -> None:
    def change(edited: EditedWorkbook) -> None:
        edited.write("fares", "Definition", None)
        edited.write("tea", "Merge with", "2.1")
        sheet = edited.book["Codebook"]
        at = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(1, at["Use it when"]).value = "Use it wen"
        sheet.cell(12, at["Comment"]).value = "Who wrote this?"
        sheet.delete_rows(2)

    returned = changed(change)
    assert returned.proposals == ()
    assert [where for where, _ in returned.problems] == [
        *("row 2", "row 5", "row 11", 'sheet "Codebook"', 'sheet "Codebook"'),
    ]
    what = [what for _, what in returned.problems]
    assert "emptied" in what[0] and "with itself" in what[1] and "no name" in what[2]
    assert "gone: 1." in what[3] and 'Did you mean "use it when"?' in what[4]


def test_notes_on_cells_are_comments() -> None:
    def change(edited: EditedWorkbook) -> None:
        edited.cell("Who", "Your name", "Write here", "About you").value = "Clover"
        edited.cell("Codebook", "tea", "Definition").comment = Comment("Too wide?", "Ash")
        edited.cell("Codebook", "time", "Name").comment = Comment(
            "[Threaded comment]\n\nYour version lets you read this.\n\nComment:\n    Hm.", "tc={1}"
        )
        edited.book["How to"]["A3"].comment = Comment("Clear.", "clover")

    returned = changed(change)
    found = {each.why: (each.code_id, each.author) for each in returned.proposals}
    assert found == {
        "On “Definition”: Too wide?": ("tea", "Ash"),
        "On “Name”: Hm.": ("time", ""),
        "On “How to use this workbook”: Clear.": ("", ""),
    }
    assert returned.problems == ()


def test_without_its_record_a_workbook_is_told_by_a_codebook_of_its_fingerprint() -> None:
    edited = EditedWorkbook(everyday_workbook())
    del edited.book["As given out"]
    data = edited.saved()
    whole = read_workbook(everyday_workbook())
    assert len(whole.proposals) == 5
    known = read_workbook(data, [small_book("b" * 64), small_book()])
    assert [told(each) for each in known.proposals] == [told(each) for each in whole.proposals]
    lost = read_workbook(data)
    assert [each.kind for each in lost.proposals] == ["comment", "split", "move", "comment", "new"]
    assert "was lost when it was saved" in lost.problems[0][1]


def test_a_workbook_for_coding_is_refused_and_this_one_is_not_taken_for_codings() -> None:
    for data in (write_pack_workbook(pack(segments=2, sources=1)), _stranger()):
        with pytest.raises(Refused) as refused:
            read_workbook(data)
        assert "no sheet of the codebook" in refused.value.reason
    with pytest.raises(Refused):
        read_codings(small_workbook())


def _stranger() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Id", "Name", "Price"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@settings(max_examples=15, deadline=None)
@given(st.lists(ODD, min_size=4, max_size=4))
def test_odd_characters_are_not_taken_for_edits(texts: list[str]) -> None:
    name, plain, example, question = texts
    book = with_texts(
        small_book(),
        "fares",
        name=name.strip() or "x",
        plain=plain,
        examples=(example, "="),
        questions=(question,),
    )
    returned = read_workbook(write_codebook_workbook(view_of(replace(book, title=name))))
    assert (returned.proposals, returned.problems) == ((), ())


def test_a_workbook_that_libreoffice_saved_is_read_alike() -> None:
    saved = (ROOT / "tests/golden/proposals/libreoffice.xlsx").read_bytes()
    returned, own = read_workbook(saved), read_workbook(everyday_workbook())

    def plainly(each: Proposal) -> tuple[Any, ...]:
        return (*told(each), each.parts, each.parent)

    assert [plainly(each) for each in returned.proposals] == [
        plainly(each) for each in own.proposals
    ]
    assert [each.kind for each in own.proposals] == ["wording", "split", "move", "comment", "new"]
    assert (returned.author, returned.role) == ("Bracken", "Researcher")
    assert returned.problems == () and returned.codebook_sha256 == small_book().sha256
