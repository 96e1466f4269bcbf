"""A coding pack as a Word document, for those who like to code in Word or on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from commonthread.codebook import Code
from commonthread.docx_parts import save_document
from commonthread.packs.about import HEADINGS, INDIVIDUAL, TITLE, about_rows
from commonthread.packs.around import Said, place_of, said_after, said_before
from commonthread.packs.docx_form import (
    Field,
    add_form,
    add_heading,
    add_links,
    add_table,
    add_text,
    start_document,
)
from commonthread.packs.labels import code_labels, code_numbers
from commonthread.packs.pack import Pack, PackSegment
from commonthread.segment_list import clock

# Larger documents are slow to work in, and to read back once Word has saved them.
MOST_SEGMENTS = 200

# The labels of a segment's rows. The reader knows them by what stands outside brackets.
BEFORE, WORDS, AFTER = "Said before", "Words to code", "Said after"
FOUND = "Found by the computer (a suggestion)"
CODES = "Codes (names or numbers)"
ASPECTS = "Aspects"
NO_CODE = "No code fits"
UNSURE = "Unsure"
COMMENT = "Comment"
NEW_CODE = "New code"
SEGMENT_ID = "Segment id"
IN_SOURCE = " in "
NUMBER_HEADINGS = ("Number", "Name", "Id")
_GLANCE, _CODEBOOK, _SEGMENTS = "glance", "codebook", "segments"

_HOW_TO = (
    "Thank you for coding. Each table in this document has a stretch of what somebody said, or a"
    " note. Read the words to code. What was said before and after is there to help you understand"
    " them. It is not coded here.",
    "Which codes say what it is about? Write their numbers, such as 2.3, or their names, with"
    " semicolons between them. A list of all codes comes first.",
    "Aspects are for what it is, beside what it is about. They are at the end of the list, and their"
    " numbers begin with A. Leave this empty if none fits.",
    "If no code fits, tick the box, or write an x. That is an answer too. A table in which you wrote"
    " nothing says that you have not got to it yet.",
    "If you are not sure, tick Unsure, and say why under Comment if you like. If a code is missing"
    " from the codebook, suggest one under New code.",
    "There are no right answers to find. What you see in the words is what counts. Please code by"
    " yourself, and talk about it with the other coders afterwards.",
    "You can stop whenever you like, save, and go on another day. When you are done, save it as a"
    " Word document (.docx) and send it back. It may be called anything. Send it as well if you did"
    " only a part. Or print it, write on paper, and ask your team to type in what you wrote.",
    "Please keep this document to yourself. It has what people said in confidence. Names were"
    " replaced, but who was there may still know who spoke.",
)
_SUGGESTED = (
    f"The row “{FOUND}” shows where a search for words hit. It does not understand what it finds: it"
    " is often wrong, and it misses a lot. Nothing in it counts. Only what you write does."
)


def document_parts(pack: Pack) -> tuple[Pack, ...]:
    """Share a pack out over as many documents as it needs: each has at most 200 segments."""
    starts = range(0, max(len(pack.segments), 1), MOST_SEGMENTS)
    return tuple(
        replace(pack, segments=pack.segments[start : start + MOST_SEGMENTS]) for start in starts
    )


def write_pack_document(pack: Pack, path: Path, size: int, part: str = "") -> None:
    """Write a pack for one coder as a Word document to fill in, in letters of ``size`` points.

    The codebook comes first, with a number for each code that people may write instead of its name.
    Then a heading and a table to fill in for each segment; at the end what identifies the pack when
    it comes back. ``part`` says which of several documents it is ("part 2 of 3"). The same pack
    gives the same bytes. Raises ValueError for a pack that has to be shared out.
    """
    if len(pack.segments) > MOST_SEGMENTS:
        raise ValueError(f"A document has at most {MOST_SEGMENTS} segments: share the pack out.")
    title = f"Coding pack, {part}" if part else "Coding pack"
    whom = f"{title} for {pack.coder}" if pack.coder else title
    document = start_document(
        title, f"{whom}. {pack.study}", pack.study, pack.invented, pack.codebook.language, size
    )
    add_heading(document, "How to fill this in", 1)
    from_found = pack.start == "dictionary"
    lines = [*_HOW_TO[:4], _SUGGESTED, *_HOW_TO[4:]] if from_found else _HOW_TO
    for line in lines:
        add_text(document, line, bullet=True)
    links = (
        ("All codes at a glance", _GLANCE),
        ("The codebook", _CODEBOOK),
        ("Segments to code", _SEGMENTS),
    )
    add_links(document, "In this document:", links)
    add_codes_at_a_glance(document, pack, size)
    add_codebook(document, pack)
    add_heading(document, "Segments to code", 1, bookmark=_SEGMENTS, new_page=True)
    labels, numbers = code_labels(pack.codebook), code_numbers(pack.codebook)
    for number, segment in enumerate(pack.segments, start=1):
        heading = f"Segment {number} of {len(pack.segments)}"
        add_heading(document, heading, 2)
        fields = what_was_said(pack, segment, WORDS)
        if from_found:
            found = [f"{numbers[code]} {labels[code]}" for code in segment.found if code in labels]
            fields.append(Field(FOUND, "\n".join(found) or "nothing", "aside"))
        fields += [
            Field(CODES, kind="answer"),
            Field(ASPECTS, kind="answer"),
            Field(NO_CODE, f"No code fits, segment {number}", "tick"),
            Field(UNSURE, f"Unsure, segment {number}", "tick"),
            Field(COMMENT, kind="long answer"),
            Field(NEW_CODE, kind="answer"),
            Field(SEGMENT_ID, _id_of(pack, segment)),
        ]
        add_form(document, heading, who_and_where(pack, segment), fields, size)
    _add_about(document, pack)
    save_document(document, path)


def who_and_where(pack: Pack, segment: PackSegment) -> str:
    """Give in a line who spoke, in which workshop, and when."""
    turn = pack.turns[segment.turn]
    parts = (turn.speaker, place_of(pack, segment), clock(turn.start_s))
    return ", ".join(part for part in parts if part)


def what_was_said(pack: Pack, segment: PackSegment, label: str) -> list[Field]:
    """Give a segment's words, under a label, as rows of a table with what was said around them."""
    return [
        *(_aside(BEFORE, said) for said in said_before(pack, segment)),
        Field(label, pack.words(segment)),
        *(_aside(AFTER, said) for said in said_after(pack, segment)),
    ]


def _aside(label: str, said: Said) -> Field:
    return Field(f"{label} ({said.speaker})" if said.speaker else label, said.words, "aside")


def _id_of(pack: Pack, segment: PackSegment) -> str:
    source = pack.sources[pack.turns[segment.turn].source]
    return f"{segment.segment_id}{IN_SOURCE}{source.source_id}"


def add_codes_at_a_glance(document: Any, pack: Pack, size: int) -> None:
    """Add a list of all codes: number, name, and what it means in plain words."""
    labels, numbers = code_labels(pack.codebook), code_numbers(pack.codebook)
    add_heading(document, "All codes at a glance", 1, bookmark=_GLANCE, new_page=True)
    rows = [(numbers[code.id], labels[code.id], code.plain) for code in pack.codebook.codes]
    parts = (2.4, 5, 8) if size <= 14 else (3, 5, 6)
    add_table(document, "All codes", ("Number", "Name", "In plain words"), rows, parts)


def add_codebook(document: Any, pack: Pack) -> None:
    """Add the codebook: for each code what it means, when to use it and when not, and examples."""
    labels, numbers = code_labels(pack.codebook), code_numbers(pack.codebook)
    add_heading(document, "The codebook", 1, bookmark=_CODEBOOK, new_page=True)
    add_text(document, f"{pack.codebook.title}, version {pack.codebook.version}.")
    for code in pack.codebook.codes:
        level = 2 if code.dimension == "theme" else 3
        if code in pack.codebook.aspects[:1]:
            add_heading(document, "Aspects: what a segment is, beside what it is about", 2)
        add_heading(document, f"{numbers[code.id]} {labels[code.id]}", level)
        _add_code(document, code)


def _add_code(document: Any, code: Code) -> None:
    if code.plain:
        add_text(document, code.plain)
    parts = (
        ("Meaning", code.definition),
        ("Use it when", code.use_when),
        ("Not when", code.not_when),
        ("Near miss", code.near_miss),
    )
    for label, text in parts:
        if text:
            add_text(document, text, f"{label}:")
    for example in code.examples:
        add_text(document, f"“{example}”", "Example:")


def _add_about(document: Any, pack: Pack) -> None:
    add_heading(document, "For the computer", 1, new_page=True)
    add_text(
        document,
        "The computer that reads this document when it comes back needs what follows. Please leave"
        " it in.",
    )
    add_heading(document, TITLE, 2)
    add_table(document, TITLE, HEADINGS, about_rows(pack, INDIVIDUAL), (1, 2))
    add_heading(document, "What the numbers stand for", 2)
    labels, numbers = code_labels(pack.codebook), code_numbers(pack.codebook)
    rows = [(numbers[code.id], labels[code.id], code.id) for code in pack.codebook.codes]
    add_table(document, "What the numbers stand for", NUMBER_HEADINGS, rows, (3, 5, 6))
