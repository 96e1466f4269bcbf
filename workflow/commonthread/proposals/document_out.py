"""The codebook as a Word document, to read, to comment on, and to change."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from commonthread.codebook import Code, Codebook
from commonthread.codebook_view import CodebookView, CodeUse
from commonthread.docx_parts import save_document
from commonthread.packs.about import HEADINGS, rows_of
from commonthread.packs.docx_form import (
    Field,
    TextRow,
    add_form,
    add_heading,
    add_links,
    add_table,
    add_text,
    add_texts,
    start_document,
)
from commonthread.packs.labels import code_labels, code_numbers
from commonthread.proposals.code_texts import LABELS, LISTS, field_text, plain_line, shown_lines
from commonthread.proposals.forms import (
    AGREEMENT,
    AUTHOR,
    COMMENT,
    MERGE,
    MOVE,
    NOTHING_CHANGES,
    PRIVATE,
    RETIRE,
    ROLE,
    SPLIT,
    UNDER,
    WHY,
    WORDS_LOOKED_FOR,
    about_codebook,
    agreement_in_words,
    use_in_words,
)
from commonthread.proposals.given_out import given_out
from commonthread.proposals.proposal import FIELDS
from commonthread.proposals.record_part import add_record

TITLE = "The codebook, to read and to change"
# What the tables begin with, by which they are found again.
CODE, CHANGES, NEW, PATTERNS = "Code", "Changes to", "New code", "Patterns of"
WHO, WHOLE, ABOUT = "Who proposes", "The whole codebook", "About this document"
NUMBER_HEADINGS = ("Number", "Name", "Id")
_TEXT_HEADINGS = ("What it says: change it here", "Your comment")
# In larger letters, there is no room for a column of comments.
_LARGEST_WITH_COMMENTS = 14
_NEW_CODES = 3
_NEW, _PATTERNS = "new_codes", "patterns"

_HOW_TO = (
    "This is the list of codes that the team reads what people said with. Read as much of it as you"
    " like, in any order. If you want something to be different, say so, in whatever way suits"
    " you best.",
    "Each code has a table with its texts. To propose another wording, change the text in the"
    " table. You can have Word track your changes or not, as you like.",
    "Comments in the margin are read too: select some words, and choose New comment.",
    "Below each code is a table for bigger changes: merging it with others, splitting it, moving it"
    " elsewhere, or retiring it. Fill in only what you want to change.",
    "If a code is missing, there is room for new ones at the end, and for what you would like to"
    " say of the codebook as a whole.",
    NOTHING_CHANGES,
    "When you are done, save it as a Word document (.docx) and send it back. It may be called"
    " anything.",
    PRIVATE,
)
_BESIDE = "Beside each text is room for a comment on it."


def write_codebook_document(view: CodebookView, path: Path, size: int) -> None:
    """Write a codebook as a Word document to read and to change, in letters of ``size`` points.

    For each theme, code and aspect: its texts in a table in which people may change them; how it
    was used, with excerpts; and a table for what is to become of it. At the end room for new codes,
    and what the reader needs when it comes back. The same view gives the same bytes.
    """
    codebook = view.codebook
    head = f"Codebook, version {codebook.version}. {view.study}"
    document = start_document(TITLE, head, view.study, view.invented, codebook.language, size)
    add_text(document, f"{codebook.title}, version {codebook.version}.")
    add_heading(document, "How to use this document", 1)
    beside = size <= _LARGEST_WITH_COMMENTS
    for line in (*_HOW_TO[:2], *([_BESIDE] if beside else []), *_HOW_TO[2:]):
        add_text(document, line, bullet=True)
    add_heading(document, "How to read it", 1)
    add_text(document, WORDS_LOOKED_FOR)
    add_text(document, AGREEMENT)
    labels, numbers = code_labels(codebook), code_numbers(codebook)
    headings = {code.id: f"{numbers[code.id]} {labels[code.id]}" for code in codebook.codes}
    add_heading(document, "Contents", 1)
    links = [(headings[code.id], _bookmark(numbers[code.id])) for code in codebook.codes]
    links += [("New codes", _NEW), (LABELS["patterns"], _PATTERNS)]
    add_links(document, "Choose a line to go there:", links)
    add_heading(document, "Who you are", 1)
    who = [Field(AUTHOR), Field(ROLE)]
    add_form(document, WHO, "Write a name or a pseudonym; both may stay empty", who, size)
    for code in codebook.codes:
        if code in codebook.aspects[:1]:
            aspects = "Aspects: what a segment is, beside what it is about"
            add_heading(document, aspects, 1, new_page=True)
        _add_code(document, view, code, headings[code.id], numbers[code.id], size)
    _add_new_codes(document, size)
    _add_patterns(document, codebook, headings, size)
    _add_about(document, view)
    add_record(document, given_out(codebook), paragraph_marks(_paragraphs(document)))
    save_document(document, path)


def paragraph_marks(paragraphs: list[str]) -> frozenset[str]:
    """Give a mark for each text of a paragraph, by which one that people added is told."""
    lines = {plain_line(paragraph) for paragraph in paragraphs} - {""}
    return frozenset(sha256(line.encode("utf-8", "replace")).hexdigest()[:12] for line in lines)


def _bookmark(number: str) -> str:
    return f"code_{number.replace('.', '_')}"


def _level(code: Code, codebook: Codebook) -> int:
    """Give the level of a code's heading: themes have the first, aspects the second."""
    depth = 1 if code.dimension == "aspect" else len(codebook.ancestors(code.id))
    return min(depth + 1, 3)


def _add_code(
    document: Any, view: CodebookView, code: Code, heading: str, number: str, size: int
) -> None:
    level = _level(code, view.codebook)
    add_heading(document, heading, level, bookmark=_bookmark(number), new_page=level == 1)
    texts = {field: field_text(code, field) for field in FIELDS}
    rows = [
        TextRow(
            LABELS[field], shown_lines(field, texts), listed=field in LISTS and field != "terms"
        )
        for field in FIELDS
    ]
    add_texts(document, heading, _headings(f"{CODE} {number}", size), rows, size)
    principles = [view.codebook.principles[each] for each in code.principles]
    if principles:
        add_text(document, "; ".join(principles), "Principles:")
    for resource in code.resources:
        add_text(document, f"{resource.name}. {resource.purpose}", "What may help:")
    use = view.use.get(code.id)
    if use is not None:
        _add_use(document, use)
    fields = [
        Field(f"{COMMENT} on the code", kind="answer"),
        Field(f"{MERGE} (numbers or names)"),
        Field(f"{SPLIT} (a line for each: its name: what it means)", kind="answer"),
        Field(f"{MOVE} (a number or a name)"),
        Field(RETIRE, f"Retire {number}", "tick"),
        Field(WHY, kind="answer"),
    ]
    add_form(document, f"{CHANGES} {number}", "Fill in only what you want to change", fields, size)


def _headings(first: str, size: int) -> tuple[str, ...]:
    return (first, *(_TEXT_HEADINGS if size <= _LARGEST_WITH_COMMENTS else _TEXT_HEADINGS[:1]))


def _add_use(document: Any, use: CodeUse) -> None:
    add_text(document, use_in_words(use), "How it was used:")
    add_text(document, agreement_in_words(use), "Agreement:")
    if use.excerpts:
        add_text(document, "", "What people said under it:", together=True)
    for excerpt in use.excerpts:
        whom = ", ".join(part for part in (excerpt.speaker, excerpt.workshop) if part)
        add_text(document, f"“{excerpt.words}” ({whom})", bullet=True)


def _add_new_codes(document: Any, size: int) -> None:
    add_heading(document, "New codes", 1, bookmark=_NEW, new_page=True)
    add_text(document, "Is a code missing? A name and what it means in plain words are enough.")
    for number in range(1, _NEW_CODES + 1):
        fields = [
            Field(LABELS["name"]),
            Field(LABELS["plain"], kind="answer"),
            *(Field(LABELS[each]) for each in ("definition", "use_when", "not_when")),
            Field(f"{LABELS['examples']} (a line for each)", kind="answer"),
            Field(f"{LABELS['terms']} (semicolons between)"),
            Field(f"{UNDER} (a number or a name)"),
            Field(WHY, kind="answer"),
        ]
        add_form(document, f"{NEW} {number}", "Leave it empty if there is none", fields, size)
    add_heading(document, WHOLE, 1)
    comment = Field(COMMENT, kind="long answer")
    add_form(document, WHOLE, "What would you like to say of it?", [comment], size)


def _add_patterns(
    document: Any, codebook: Codebook, headings: Mapping[str, str], size: int
) -> None:
    add_heading(document, LABELS["patterns"], 1, bookmark=_PATTERNS, new_page=True)
    lines = {
        headings[code.id]: shown_lines("patterns", {"terms": field_text(code, "terms")})
        for code in codebook.codes
    }
    rows = [TextRow(heading, patterns) for heading, patterns in lines.items() if patterns]
    if not rows:
        add_text(document, "No code has any.")
        return
    add_text(
        document,
        "These are for people who know regular expressions. Each stands on a line of its own.",
    )
    add_texts(document, LABELS["patterns"], _headings(PATTERNS, size), rows, size)


def _add_about(document: Any, view: CodebookView) -> None:
    add_heading(document, "For the computer", 1, new_page=True)
    add_text(
        document,
        "The computer that reads this document when it comes back needs what follows. Please leave"
        " it in.",
    )
    add_heading(document, ABOUT, 2)
    rows = [row for row in rows_of(about_codebook(view.study, view.codebook)) if row[1]]
    add_table(document, ABOUT, HEADINGS, rows, (1, 2))
    add_heading(document, "What the numbers stand for", 2)
    codes = [(code.number, code.label, code.id) for code in given_out(view.codebook).codes]
    add_table(document, "What the numbers stand for", NUMBER_HEADINGS, codes, (3, 5, 6))


def _paragraphs(document: Any) -> list[str]:
    """Give the texts of the paragraphs outside tables."""
    return [
        "".join(text.text or "" for text in child.iter("{*}t"))
        for child in document.element.body
        if str(child.tag).endswith("}p")
    ]
