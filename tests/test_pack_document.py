"""A coding pack as a Word document, before anybody fills it in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from commonthread.packs.document import document_parts, write_pack_document
from commonthread.packs.labels import code_labels, code_numbers
from commonthread.packs.pack import Pack
from filled_packs import box, forms
from handout_fixture import HOSTILE
from pack_fixture import pack


def opened(tmp_path: Path, made: Pack, size: int = 12, part: str = ""):
    path = tmp_path / "pack.docx"
    write_pack_document(made, path, size, part)
    return docx.Document(str(path))


def test_each_segment_is_a_table_of_labels_and_answers(tmp_path: Path) -> None:
    made = pack(segments=6, sources=2, said=["one", "two", "three", "four", "five", "six"])
    tables = list(forms(opened(tmp_path, made)))
    assert len(tables) == 6
    assert {label: cell.text for label, cell in tables[2].items()} == {
        "Segment 3 of 6": "Person 2, Lantern day 1, 0:00:07",
        "Said before (Person 1)": "one",
        "Said before (same speaker)": "two",
        "Words to code": "three",
        "Codes (names or numbers)": "",
        "Aspects": "",
        "No code fits": "",
        "Unsure": "",
        "Comment": "",
        "New code": "",
        "Segment id": f"{made.segments[2].segment_id} in s000",
    }
    assert tables[1]["Said after (same speaker)"].text == "three"


def test_a_long_turn_is_cut_around_the_segment(tmp_path: Path) -> None:
    words = " ".join(f"w{number}" for number in range(200))
    made = pack(segments=2, sources=1, said=[words, "end"])
    first, second = forms(opened(tmp_path, made))
    before = second["Said before (Person 1)"].text
    assert before.startswith("… w140 ") and before.endswith(" w199")
    assert first["Words to code"].text == words


def test_headings_lead_to_everything(tmp_path: Path) -> None:
    made = pack(segments=2, sources=1)
    document = opened(tmp_path, made)
    found = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert [text for style, text in found if style == "Heading 1"] == [
        *("How to fill this in", "All codes at a glance", "The codebook", "Segments to code"),
        "For the computer",
    ]
    assert ("Heading 2", "Segment 2 of 2") in found
    labels, numbers = code_labels(made.codebook), code_numbers(made.codebook)
    for code in made.codebook.codes:
        level = "Heading 2" if code.dimension == "theme" else "Heading 3"
        assert (level, f"{numbers[code.id]} {labels[code.id]}") in found
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))}
    assert links and links <= marks


@pytest.mark.parametrize("size", [12, 18])
def test_it_can_be_read_by_everybody(tmp_path: Path, size: int) -> None:
    document = opened(tmp_path, pack(segments=3, sources=1), size)
    for style in ("Normal", "List Bullet", "Header", "Footer", "Heading 3"):
        assert document.styles[style].font.size.pt >= size
    for run in document.element.iter(qn("w:rPr")):
        assert run.find(qn("w:sz")) is None or run.getparent().tag == qn("w:style")
    assert document.core_properties.title == "Coding pack"
    assert document.core_properties.language == "en-GB"
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    for table in document.tables:
        first = table._tbl.tr_lst[0]
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
        assert table._tbl.getnext().tag == qn("w:p")


def test_boxes_are_real_and_named(tmp_path: Path) -> None:
    document = opened(tmp_path, pack(segments=2, sources=1))
    second = list(forms(document))[1]
    for label, title in (
        ("No code fits", "No code fits, segment 2"),
        ("Unsure", "Unsure, segment 2"),
    ):
        control = box(second[label])
        assert control.find(f".//{qn('w:alias')}").get(qn("w:val")) == title
        assert control.find(f".//{qn('w14:checkbox')}") is not None
        assert control.find(f".//{qn('w:t')}").text == "☐"
    root = document.element
    assert "w14" in root.get(
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
    )


def test_what_was_said_around_is_in_italics_and_labelled(tmp_path: Path) -> None:
    first, _ = forms(opened(tmp_path, pack(segments=2, sources=1)))
    (after,) = first["Said after (Person 2)"].paragraphs[0].runs
    (words,) = first["Words to code"].paragraphs[0].runs
    assert after.italic and not words.italic


def test_what_was_found_is_a_row_of_its_own(tmp_path: Path) -> None:
    made = pack(segments=4, sources=1, start="dictionary")
    tables = list(forms(opened(tmp_path, made)))
    labels, numbers = code_labels(made.codebook), code_numbers(made.codebook)
    found = "Found by the computer (a suggestion)"
    assert tables[0][found].text == "nothing"
    assert tables[1][found].text == "\n".join(
        f"{numbers[code]} {labels[code]}" for code in made.segments[1].found
    )
    blind = list(forms(opened(tmp_path, pack(segments=4, sources=1))))
    assert found not in blind[1]


def test_hostile_words_arrive_as_text(tmp_path: Path) -> None:
    made = pack(segments=2, sources=1, said=[HOSTILE], names=[HOSTILE, HOSTILE])
    document = opened(tmp_path, made)
    first, _ = forms(document)
    shown = "</script><script>window.__pwned=1</script> =1+1 {{7*7}} \ufffd [U+202E] <b>"
    assert first["Words to code"].text == shown
    assert document.paragraphs[1].text == shown


def test_the_same_pack_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        write_pack_document(pack(segments=3), tmp_path / name, 12)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_a_large_pack_is_shared_out(tmp_path: Path) -> None:
    large = pack(segments=450)
    parts = document_parts(large)
    assert [len(part.segments) for part in parts] == [200, 200, 50]
    assert sum((part.segments for part in parts), ()) == large.segments
    assert {part.pack_id for part in parts} == {large.pack_id}
    with pytest.raises(ValueError, match="share the pack out"):
        write_pack_document(large, tmp_path / "large.docx", 12)
    document = opened(tmp_path, parts[2], part="part 3 of 3")
    assert document.core_properties.title == "Coding pack, part 3 of 3"
    assert document.sections[0].header.paragraphs[0].text.startswith("Coding pack, part 3 of 3 for")
    nothing = replace(large, segments=())
    assert document_parts(nothing) == (nothing,)
