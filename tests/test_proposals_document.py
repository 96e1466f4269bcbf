"""The codebook as a Word document: it is whole, and what people change in it is read exactly."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codebook_view_fixture import small_book, view_of, with_texts
from commonthread.codebook import load_codebook
from commonthread.packs.document import write_pack_document
from commonthread.problems import Refused
from commonthread.proposals.document import read_document
from commonthread.proposals.proposal import Part, Proposal, ReturnedProposals
from commonthread.returned.document import read_document as read_codings
from edited_codebooks import (
    EditedDocument,
    document_bytes,
    everyday_document,
    small_document,
    tick,
    told,
)
from office_files import docx as word_file
from office_files import talk
from pack_fixture import pack

ROOT = Path(__file__).parent.parent
ODD = st.text(st.characters(blacklist_categories=("Cs", "Cn")), min_size=1, max_size=30)


def read_edited(edited: EditedDocument) -> ReturnedProposals:
    return read_document(edited.saved())


def only(returned: ReturnedProposals) -> Proposal:
    assert len(returned.proposals) == 1, returned.proposals
    assert returned.problems == ()
    return returned.proposals[0]


def without_record(data: bytes) -> bytes:
    """Drop what office programs need not keep, as some do."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.startswith("customXml/"):
                new.writestr(name, old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("size", [12, 18])
def test_nothing_edited_is_nothing_proposed(size: int) -> None:
    view = view_of(load_codebook(ROOT / "config/codebook.yaml"))
    returned = read_document(document_bytes(view, size))
    assert (returned.proposals, returned.problems) == ((), ())
    assert (returned.author, returned.role) == ("", "")
    assert returned.codebook_sha256 == view.codebook.sha256
    assert returned.codebook_version == view.codebook.version


def test_the_same_codebook_gives_the_same_bytes() -> None:
    assert document_bytes(view_of()) == small_document()


def test_all_of_a_code_can_be_read() -> None:
    view = view_of()
    document = docx.Document(io.BytesIO(small_document()))
    headings = [
        (each.style.name, each.text)
        for each in document.paragraphs
        if each.style.name.startswith("Heading")
    ]
    assert ("Heading 1", "1 Getting in") in headings
    assert ("Heading 2", "1.1 Fares and fees") in headings
    assert ("Heading 3", "1.1.1 Paid late") in headings
    assert ("Heading 2", "A1 Challenge") in headings
    text = "\n".join(each.text for each in document.paragraphs)
    use = view.use["fares"]
    assert f"In {use.segments} of 212 segments, by {use.people} of 21 people" in text
    assert "In none of 212 segments." in text
    assert f"{use.agreement:.2f}" in text and "Nobody else coded the same segments." in text
    assert "Principles: Share power" in text
    assert "“We lit the 1th lantern, and then nobody said a word for a while.” (Person 1" in text
    assert "in confidence" in text and "invented example" in text
    table = EditedDocument(small_document()).table("Code 1.1")
    labels = [row.cells[0].text for row in table.rows]
    assert labels[:3] == ["Code 1.1", "Name", "In plain words"]
    assert table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"


@pytest.mark.parametrize(
    ("label", "now", "field", "said"),
    [
        ("In plain words", "What it costs", "plain", "What it costs"),
        ("Definition", "One.\nTwo.", "definition", "One.\nTwo."),
        ("Use it when", "", "use_when", ""),
        ("Near miss", "“We walked.”", "near_miss", "“We walked.”"),
        ("Examples", "Who pays for the tram?", "examples", "Who pays for the tram?"),
        ("Questions", "Who pays?\nWho else?", "questions", "Who pays?\nWho else?"),
    ],
)
def test_an_edited_text_is_a_new_wording(label: str, now: str, field: str, said: str) -> None:
    edited = EditedDocument(small_document())
    edited.write("Code 1.1", label, now)
    proposal = only(read_edited(edited))
    assert told(proposal) == ("wording", "fares", {field: said}, "")
    was = small_book().code("fares")
    value = getattr(was, field)
    assert dict(proposal.was) == {field: value if isinstance(value, str) else "\n".join(value)}
    assert proposal.where == "code 1.1"


def test_words_to_look_for_are_read_line_by_line() -> None:
    edited = EditedDocument(small_document())
    edited.write("Code 1.1", "Words", "petrol money; tram fare;exactly: PI; two; words")
    proposal = only(read_edited(edited))
    assert dict(proposal.wording)["terms"].split("\n") == [
        *("petrol money", "tram fare", "exactly: PI", "two", "words"),
        r"pattern: \bre-?imburse\w*;? (?:me|us)",
    ]
    edited = EditedDocument(small_document())
    edited.write("Patterns of", "1.1 Fares and fees", r"\btrams?\b")
    lines = dict(only(read_edited(edited)).wording)["terms"].split("\n")
    assert lines[0] == "bus fare" and lines[-1] == r"pattern: \btrams?\b" and len(lines) == 6


def test_one_more_example_is_told_from_others() -> None:
    edited = EditedDocument(small_document())
    edited.row("Code 1.1", "Examples")[1].add_paragraph("The  tram is dear.")
    edited.write("Code 1.1", "Not when", "Never.")
    example, wording = read_edited(edited).proposals
    assert told(example) == ("example", "fares", {"examples": "The tram is dear."}, "")
    assert told(wording) == ("wording", "fares", {"not_when": "Never."}, "")


def test_a_new_name_is_read_from_the_table_or_from_the_heading() -> None:
    edited = EditedDocument(small_document())
    edited.write("Code 1.1", "Name", "Costs")
    edited.write("Changes to 1.1", "Why", "It is shorter.")
    proposal = only(read_edited(edited))
    assert told(proposal) == ("rename", "fares", {"name": "Costs"}, "It is shorter.")
    assert proposal.was == (("name", "Fares and fees"),)
    edited = EditedDocument(small_document())
    edited.heading("1.1 Fares").runs[0].text = "1.1 Costs"
    assert told(only(read_edited(edited))) == ("rename", "fares", {"name": "Costs"}, "")


def test_a_comment_beside_an_edited_text_says_why() -> None:
    edited = EditedDocument(small_document())
    edited.write("Code 1.1", "Definition", "New.")
    edited.write("Code 1.1", "Use it when", "Newer.")
    edited.write("Code 1.1", "Definition", "The old one was long.", column=2)
    edited.write("Code 1.1", "Not when", "I do not understand this.", column=2)
    edited.write("Changes to 1.1", "Why", "Simpler.")
    edited.write("Changes to 1.1", "Comment", "Otherwise fine.")
    wording, *comments = read_edited(edited).proposals
    assert wording.why == "Simpler.\nDefinition: The old one was long."
    assert [name for name, _ in wording.wording] == ["definition", "use_when"]
    assert [told(each) for each in comments] == [
        ("comment", "fares", {}, "Otherwise fine."),
        ("comment", "fares", {}, "Not when: I do not understand this."),
    ]


def test_merging_splitting_moving_and_retiring() -> None:
    edited = EditedDocument(small_document())
    edited.write("Changes to 1.1", "Merge with", "1.1.1, Tea, biscuits and talk; 1.1; Cake")
    edited.write("Changes to 2.1", "Split into", "1. Tea: hot drinks\n• Talk – over tea")
    edited.write("Changes to 2.1", "Why", "Two things.")
    edited.write("Changes to 2.2", "Move under", "2.1 Tea, biscuits and talk")
    edited.write("Changes to 1.1.1", "Move under", "Top level")
    tick(edited.row("Changes to A1", "Retire")[1])
    made = {each.code_id: each for each in read_edited(edited).proposals}
    assert made["fares"].others == ("late_fares", "tea", "Cake")
    assert made["tea"].parts == (Part("Tea", "hot drinks"), Part("Talk", "over tea"))
    assert (made["tea"].kind, made["tea"].why) == ("split", "Two things.")
    assert (made["time"].kind, made["time"].parent) == ("move", "tea")
    assert (made["late_fares"].kind, made["late_fares"].parent) == ("move", "")
    assert told(made["challenge"]) == ("retire", "challenge", {}, "")
    assert len(made) == 5


@pytest.mark.parametrize(
    ("label", "text", "kind", "why"),
    [
        ("Retire", "yes, nobody uses it", "retire", "nobody uses it"),
        ("Retire", "Maybe next year", "comment", "Retire: Maybe next year"),
        ("Split into", "Split it somehow", "comment", "Split into: Split it somehow"),
        ("Why", "I like it.", "comment", "I like it."),
    ],
)
def test_what_is_no_clear_answer_is_a_comment(label: str, text: str, kind: str, why: str) -> None:
    edited = EditedDocument(small_document())
    cell = edited.row("Changes to 1.1", label)[1]
    for paragraph in cell.paragraphs:
        for child in list(paragraph._p):
            if child.tag != qn("w:pPr"):
                paragraph._p.remove(child)
    cell.paragraphs[0].add_run(text)
    assert told(only(read_edited(edited))) == (kind, "fares", {}, why)


def test_new_codes_and_the_whole_codebook() -> None:
    edited = EditedDocument(small_document())
    edited.write("New code 1", "Name", "Waiting")
    edited.write("New code 1", "In plain words", "Having to wait")
    edited.write("New code 1", "Examples", "We waited.\nAnd waited.")
    edited.write("New code 1", "Words looked for", "wait; queue")
    edited.write("New code 1", "Under which code", "1.1")
    edited.write("New code 1", "Why", "It comes up a lot.")
    edited.write("New code 2", "In plain words", "Things that are too loud")
    edited.write("The whole codebook", "Comment", "Long!")
    new, nameless, whole = read_edited(edited).proposals
    assert (new.kind, new.parent, new.why) == ("new", "fares", "It comes up a lot.")
    assert new.where == "new code 1"
    assert new.wording == (
        ("name", "Waiting"),
        ("plain", "Having to wait"),
        ("examples", "We waited.\nAnd waited."),
        ("terms", "wait\nqueue"),
    )
    assert told(nameless)[0] == "comment" and "too loud" in nameless.why
    assert told(whole) == ("comment", "", {}, "Long!")


def test_comments_in_the_margin_are_of_the_code_where_they_stand() -> None:
    edited = EditedDocument(small_document())
    edited.write("Who proposes", "Your name", "Clover")
    edited.comment(edited.heading("1.1.1 Paid late"), "On the heading.", "Ash")
    edited.comment(edited.row("Code 2.1", "Definition")[1].paragraphs[0], "Whose words?", "Ash")
    edited.comment(edited.row("Changes to 2.1", "Why")[0].paragraphs[0], "On changes.", "clover")
    edited.comment(edited.row("Patterns of", "1.1")[1].paragraphs[0], "What is this?", "Ash")
    edited.comment(edited.heading("How to use"), "On it all.", "Ash")
    returned = read_edited(edited)
    found = {each.why.split(": ")[-1]: each for each in returned.proposals}
    assert {text: each.code_id for text, each in found.items()} == {
        "On the heading.": "late_fares",
        "Whose words?": "tea",
        "On changes.": "tea",
        "What is this?": "fares",
        "On it all.": "",
    }
    assert all(each.kind == "comment" for each in returned.proposals)
    definition = small_book().code("tea").definition
    assert found["Whose words?"].why == f"On “{definition}”: Whose words?"
    assert (found["Whose words?"].author, found["On changes."].author) == ("Ash", "")
    assert found["Whose words?"].date[:2] == "20"
    assert (returned.author, returned.problems) == ("Clover", ())


def test_what_people_write_between_the_tables_is_not_lost() -> None:
    edited = EditedDocument(small_document())
    edited.heading("1.1.1 Paid late").insert_paragraph_before("Is this still about  money?")
    edited.heading("How to use").insert_paragraph_before("Dear all")
    comments = {each.code_id: each.why for each in read_edited(edited).proposals}
    assert comments == {"late_fares": "Is this still about money?", "": "Dear all"}


def test_tracked_changes_count_as_accepted() -> None:
    edited = EditedDocument(small_document())
    paragraph = edited.row("Code 1.1", "Definition")[1].paragraphs[0]._p
    run = paragraph.find(qn("w:r"))
    run.find(qn("w:t")).text = "What people say "
    space = nsdecls("w")
    marked = 'w:id="91" w:author="Ash" w:date="2026-02-03T10:00:00Z"'
    gone = f"<w:del {space} {marked}><w:r><w:delText>of fares</w:delText></w:r></w:del>"
    come = f"<w:ins {space} {marked}><w:r><w:t>of every cost.</w:t></w:r></w:ins>"
    run.addnext(parse_xml(gone))
    paragraph.append(parse_xml(come))
    now = {"definition": "What people say of every cost."}
    assert told(only(read_edited(edited))) == ("wording", "fares", now, "")


def test_an_emptied_text_that_is_needed_and_missing_rows_are_told() -> None:
    edited = EditedDocument(small_document())
    edited.write("Code 1.1", "Definition", "")
    table = edited.table("Code 2.1")
    table._tbl.remove(table._tbl.tr_lst[3])
    edited.row("Code 2", "Near miss")[0].paragraphs[0].runs[0].text = "Not at all"
    edited.write("Code 2", "Not at all", "Hm.")
    returned = read_edited(edited)
    assert returned.proposals == ()
    assert [where for where, _ in returned.problems] == ["code 1.1", "code 2", "code 2.1"]
    texts = "\n".join(what for _, what in returned.problems)
    for part in ('"Definition" was emptied', 'row "Not at all"', "not read of them: Definition"):
        assert part.replace("not read", "nothing was read") in texts


def test_tables_may_grow_together_and_strangers_be_put_in() -> None:
    edited = EditedDocument(small_document())
    edited.write("Code 1.1", "Definition", "New.")
    edited.write("Changes to 1.1", "Comment", "Good.")
    texts, changes = edited.table("Code 1.1")._tbl, edited.table("Changes to 1.1")._tbl
    for row in list(changes.tr_lst):
        texts.append(row)
    changes.getparent().remove(changes)
    edited.document.add_table(1, 1).cell(0, 0).text = "My own table"
    returned = read_edited(edited)
    assert [told(each) for each in returned.proposals] == [
        ("wording", "fares", {"definition": "New."}, ""),
        ("comment", "fares", {}, "Good."),
    ]
    assert "tables that were put in (1)" in returned.problems[0][1]


def test_without_its_record_a_document_is_told_by_a_codebook_of_its_fingerprint() -> None:
    with_record = everyday_document()
    data = without_record(with_record)
    known = read_document(data, [small_book("b" * 64), small_book()])
    whole = read_document(with_record)
    assert known == whole and len(whole.proposals) == 5
    lost = read_document(data, [small_book("b" * 64)])
    assert {each.kind for each in lost.proposals} == {"merge", "comment", "retire", "new"}
    assert "was lost when it was saved" in lost.problems[0][1]
    assert lost.proposals[0].others == ("late_fares",)


def test_large_print_has_no_column_of_comments_and_is_read_alike() -> None:
    edited = EditedDocument(document_bytes(view_of(), 18))
    assert [cell.text for cell in edited.row("Code 1.1", "Code 1.1")] == [
        *("Code 1.1", "What it says: change it here"),
    ]
    assert not any("Beside each text" in each.text for each in edited.document.paragraphs)
    assert {run.font.size for each in edited.document.paragraphs for run in each.runs} == {None}
    assert edited.document.styles["Normal"].font.size.pt == 18
    edited.write("Code 1.1", "Definition", "New.")
    assert told(only(read_edited(edited))) == ("wording", "fares", {"definition": "New."}, "")


def test_what_is_no_document_with_the_codebook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.docx"
    write_pack_document(pack(segments=2, sources=1), path, 12)
    for data in (path.read_bytes(), word_file(talk("Just a letter."))):
        with pytest.raises(Refused) as refused:
            read_document(data)
        assert "no table of the codebook" in refused.value.reason
    with pytest.raises(Refused):
        read_codings(small_document())


def test_texts_without_end_are_not_taken() -> None:
    edited = EditedDocument(small_document())
    edited.write("Code 1.1", "Definition", "a" * 20_001)
    returned = read_edited(edited)
    assert returned.proposals == () and "20,000" in returned.problems[0][1]


def test_a_record_that_was_tampered_with_does_no_harm() -> None:
    edited = EditedDocument(small_document())
    for part in edited.document.part.package.iter_parts():
        if str(part.partname).startswith("/customXml/item") and b"commonthread" in part.blob:
            part._blob = (
                part.blob.replace(b'id="fares"', b'id="../fares"')
                .replace(b"<examples>", b"<strange>")
                .replace(b"</examples>", b"</strange>")
            )
    edited.write("Code 1.1", "Definition", "New.")
    edited.write("Code 2", "Definition", "Newer.")
    returned = read_edited(edited)
    assert [told(each) for each in returned.proposals] == [
        ("wording", "staying", {"definition": "Newer."}, "")
    ]
    assert returned.problems[0][0] == "code 1.1"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
    returned = read_document(document_bytes(view_of(replace(book, title=name, version=plain))))
    assert (returned.proposals, returned.problems) == ((), ())


def everyday(returned: ReturnedProposals) -> list[tuple[Any, ...]]:
    return [(*told(each), each.others, each.parent, each.author) for each in returned.proposals]


def test_a_document_that_libreoffice_saved_is_read_alike() -> None:
    saved = (ROOT / "tests/golden/proposals/libreoffice.docx").read_bytes()
    returned, own = read_document(saved), read_document(everyday_document())
    assert everyday(returned) == everyday(own)
    assert (returned.author, returned.role) == ("Clover", "Public contributor")
    assert returned.problems == () and returned.codebook_sha256 == small_book().sha256
    assert [each.kind for each in own.proposals] == [
        *("wording", "merge", "comment", "retire", "new"),
    ]
