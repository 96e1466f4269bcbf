"""Handouts as Word documents, the same bytes whenever their words are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from commonthread.docx_parts import (
    add_page_number,
    element_of,
    save_document,
    set_properties,
    set_styles,
)
from commonthread.export import printable
from commonthread.report.wording import visible

_LINES = 3
# Points: nothing in a handout is smaller than the text.
_SIZES = {
    "Normal": 12,
    "List Bullet": 12,
    "List Number": 12,
    "Header": 12,
    "Footer": 12,
    "Title": 24,
    "Heading 1": 18,
    "Heading 2": 14,
}

INVENTED_SHORT = "An invented example."
INVENTED = (
    "This is an invented example. The workshops, the people and everything they say were made up, "
    "to show what the results look like."
)

Kind = Literal["part", "heading", "text", "bullet", "number", "lines"]
_STYLES = {
    "part": "Heading 1",
    "heading": "Heading 2",
    "text": "Normal",
    "bullet": "List Bullet",
    "number": "List Number",
    "lines": "Normal",
}


@dataclass(frozen=True)
class Block:
    """A paragraph of a handout: what it is, and its words in stretches, bold or not.

    ``part`` and ``heading`` are headings of two levels; ``bullet`` and ``number`` are items of a
    list, whose numbers run through the document; ``lines`` are three ruled lines to write on.
    ``together`` keeps the paragraph on the page of the next one.
    """

    kind: Kind
    words: tuple[tuple[str, bool], ...] = ()
    together: bool = False


def block(kind: Kind, *words: str | tuple[str, bool], together: bool = False) -> Block:
    """Make a block of texts, plain unless they come as (text, whether bold)."""
    stretches = tuple((each, False) if isinstance(each, str) else each for each in words)
    return Block(kind, stretches, together)


def write_handout(
    blocks: Sequence[Block], path: Path, *, title: str, study: str, invented: bool, language: str
) -> None:
    """Write blocks as a Word document on A4, with real headings and lists.

    Goes in: what stands in the document; its title; the study that it comes from, and whether that
    is made up, which the head of each page then says; its language ("en" or as "en-GB"). The pages
    are numbered. Left-aligned, 12 points or more, black on white. The document names no author and no date. Texts show literally.
    """
    document = _start(title, "en-GB" if language == "en" else language)
    section = document.sections[0]
    head = f"{title}. {INVENTED_SHORT}" if invented else f"{title}. {study}"
    section.header.paragraphs[0].add_run(_shown(head))
    add_page_number(section.footer.paragraphs[0])
    document.add_paragraph(_shown(title), style="Title")
    document.add_paragraph(_shown(study))
    if invented:
        document.add_paragraph().add_run(INVENTED).bold = True
    for each in blocks:
        _add(document, each)
    save_document(document, path)


def _start(title: str, language: str) -> Any:
    """Make an empty document with its page, styles and properties."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    set_styles(document, _SIZES, language)
    for name in _SIZES:
        style = document.styles[name]
        style.paragraph_format.line_spacing = 1.25
        style.paragraph_format.space_after = Pt(6)
    for name, before in (("Heading 1", 24), ("Heading 2", 16)):
        style = document.styles[name]
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        spacing = document.styles[name].element.get_or_add_pPr().find(qn("w:contextualSpacing"))
        if spacing is not None:
            spacing.getparent().remove(spacing)
    set_properties(document, title, language)
    return document


def _shown(text: str) -> str:
    """Give a text as a page would show it, with what no Word file can hold replaced."""
    return visible(printable(text))


def _add(document: Any, each: Block) -> None:
    if each.kind == "lines":
        for number in range(_LINES):
            _line(document.add_paragraph(), last=number == _LINES - 1)
        return
    paragraph = document.add_paragraph(style=_STYLES[each.kind])
    for text, bold in each.words:
        paragraph.add_run(_shown(text)).bold = bold or None
    if each.together:
        paragraph.paragraph_format.keep_with_next = True


def _line(paragraph: Any, *, last: bool) -> None:
    """Make an empty paragraph a ruled line; neighbours with the same borders share a box, so each
    asks for a line between them too."""
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.keep_with_next = not last
    # The height is the line's own: programs leave out space between neighbours that share a box.
    form.line_spacing, form.space_before, form.space_after = Pt(28), Pt(0), Pt(16 if last else 0)
    borders = element_of("pBdr")
    for side in ("bottom", "between"):
        borders.append(element_of(side, val="single", sz="4", space="1", color="767676"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders,
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"),
    )
