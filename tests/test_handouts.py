"""Tests of the handouts: what the pages and the Word documents say."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from commonthread.docx_handouts import INVENTED, block, write_handout
from commonthread.report.questions import NOT_RAISED, write_questions
from commonthread.report.resources import resources_page, write_resources
from handout_fixture import (
    HOSTILE,
    codebook,
    hostile_pages,
    map_page,
    named,
    participants,
    question_page,
)
from small_study import study


def subjects(page: Any) -> dict[str, Any]:
    return {each.id: each for part in page.parts for each in part.subjects}


def texts(path: Path) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in Document(str(path)).paragraphs]


def test_a_quote_has_role_and_workshop_as_its_speaker_agreed() -> None:
    found = subjects(map_page())
    payment = found["subject-payment"]
    assert [each.who for each in payment.namings] == [
        "Researcher, in \u201cFirst day\u201d",
        "Notes, in \u201cSecond day\u201d",
    ]
    assert [piece.text for piece in payment.namings[0].pieces if piece.matched] == ["hour"]
    # Agreed to be quoted, but without the role.
    decides = found["subject-decides"]
    assert [each.who for each in decides.namings] == [
        "Somebody who took part, in \u201cSecond day\u201d"
    ]


def test_who_did_not_agree_is_named_by_role_and_workshop_only() -> None:
    found = subjects(map_page())
    assert found["subject-decides"].others == (
        "Also named in \u201cFirst day\u201d by a public contributor. Words used: \u201ccafe\u201d."
    )
    assert found["subject-payment"].others == (
        "Also named in \u201cSecond day\u201d by somebody whose name is not known."
    )


def test_breadth_is_said_in_words() -> None:
    page = map_page()
    found = subjects(page)
    assert found["subject-payment"].breadth == (
        "Named in both workshops, by 1 person, in notes and by people whose names are not known."
    )
    assert found["subject-dominant"].breadth == "Nobody was found to name a resource for this."
    assert page.summary.endswith("The codebook suggests 4 kinds that may help.")
    assert [part.name for part in page.parts][-1] == "Named without a theme"
    assert [where for where, _ in page.parts[0].glance] == ["In 2 workshops", "Nobody named one"]


def test_the_map_says_which_words_the_machine_looked_for() -> None:
    said = " ".join(map_page().intro)
    assert "looking for words such as \u201ccafe\u201d." in said
    without = replace(codebook(), codes=tuple(replace(code, terms=()) for code in codebook().codes))
    assert "by looking for words. It" in " ".join(map_page(codebook=without).intro)


def test_no_pseudonym_is_on_the_map(tmp_path: Path) -> None:
    agreed = participants().assign(consent="verbatim with role")
    page = map_page(participants=agreed)
    write_resources(page, tmp_path / "m.html", tmp_path / "m.docx", language="en")
    html = (tmp_path / "m.html").read_text("utf-8")
    document = "\n".join(text for _, text in texts(tmp_path / "m.docx"))
    for name in study()["participants"]["participant_id"]:
        assert name not in html
        assert name not in document


def test_nothing_of_those_who_did_not_agree_is_in_the_files(tmp_path: Path) -> None:
    silent = participants().assign(consent="none")
    page = map_page(participants=silent)
    write_resources(page, tmp_path / "m.html", tmp_path / "m.docx", language="en")
    both = (tmp_path / "m.html").read_text("utf-8") + "\n".join(
        text for _, text in texts(tmp_path / "m.docx")
    )
    assert "every single hour" not in both
    assert "hangs in the kitchen" not in both
    assert "by a practitioner" in both
    assert "vouchers only" in both


def test_a_map_with_nothing_named_says_so() -> None:
    frame = named().query("origin == 'codebook'").reset_index(drop=True)
    page = resources_page(frame, codebook(), study="s", invented=False, workshops=0)
    assert page.summary.startswith("Nobody was found to name a resource in these workshops.")
    assert len(page.intro) == 1


def test_questions_say_why_they_are_asked() -> None:
    page = question_page()
    found = subjects(page)
    assert found["subject-payment"].why == (
        "Why this is asked here: it came up in both workshops, from 1 person and in notes."
    )
    assert [each.number for part in page.parts for s in part.subjects for each in s.questions] == [
        *range(1, 8)
    ]
    assert [part.name for part in page.parts] == [
        *("Who is involved, and when", "Power", "Whatever the subject", NOT_RAISED)
    ]
    assert page.parts[-1].subjects[0].why == (
        "Part of the theme \u201cWho is involved, and when\u201d."
    )
    assert [each.text for each in page.short] == [
        *("Who is not here?", "How long does money take?", "Who decided that?", "Who talks?")
    ]


def test_the_question_document_has_headings_numbers_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "q.docx"
    write_questions(question_page(invented=True), tmp_path / "q.html", path, language="en")
    said = texts(path)
    assert said[0] == ("Title", "Questions to think about together")
    assert ("Heading 1", NOT_RAISED) in said
    assert ("Heading 2", "Payment") in said
    at = said.index(("List Number", "How long does money take?"))
    assert said[at + 1 : at + 4] == [("Normal", "")] * 3
    document = Document(str(path))
    ruled = document.paragraphs[at + 1]._p.pPr
    names = [child.tag.split("}")[1] for child in ruled]
    order = ["pStyle", "keepNext", "pBdr", "spacing", "ind", "jc"]
    assert names == [name for name in order if name in names]
    assert ("Normal", INVENTED) in said
    assert document.sections[0].header.paragraphs[0].text.endswith("An invented example.")
    assert "invented example" in (tmp_path / "q.html").read_text("utf-8")


def test_a_document_is_readable_and_names_nobody(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        write_handout(
            [block("part", "P"), block("bullet", ("bold", True), " not"), block("lines")],
            tmp_path / name,
            title="T & t",
            study="S",
            invented=False,
            language="en",
        )
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    document = Document(str(tmp_path / "a.docx"))
    assert document.core_properties.title == "T & t"
    assert document.core_properties.author == ""
    assert document.core_properties.language == "en-GB"
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    for style in ("Normal", "List Bullet", "List Number", "Heading 1", "Heading 2", "Title"):
        assert document.styles[style].font.size.pt >= 12
    assert [run.bold for run in document.paragraphs[3].runs] == [True, None]
    assert document.sections[0].header.paragraphs[0].text == "T & t. S"
    with zipfile.ZipFile(tmp_path / "a.docx") as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_pages_have_a_policy_and_no_script(tmp_path: Path) -> None:
    write_questions(question_page(), tmp_path / "q.html", tmp_path / "q.docx", language="en")
    write_resources(map_page(), tmp_path / "m.html", tmp_path / "m.docx", language="en")
    for name in ("q.html", "m.html"):
        page = (tmp_path / name).read_text("utf-8")
        assert "script-src 'none'" in page
        assert "<script" not in page
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_hostile_words_arrive_as_text(tmp_path: Path) -> None:
    resources, questions = hostile_pages(HOSTILE)
    write_resources(resources, tmp_path / "m.html", tmp_path / "m.docx", language="en")
    write_questions(questions, tmp_path / "q.html", tmp_path / "q.docx", language="en")
    for name in ("m", "q"):
        html = (tmp_path / f"{name}.html").read_text("utf-8")
        assert "<script" not in html and "&lt;script&gt;" in html
        assert "\u202e" not in html
        said = "\n".join(text for _, text in texts(tmp_path / f"{name}.docx"))
        assert "</script><script>window.__pwned=1</script> =1+1 {{7*7}} \ufffd [U+202E] <b>" in said
