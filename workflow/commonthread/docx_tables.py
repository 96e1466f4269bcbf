"""Word documents of tables, the same bytes whenever the tables are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commonthread.docx_parts import (
    add_page_number,
    element_of,
    save_document,
    set_properties,
    set_styles,
)
from commonthread.export import PeopleTable, printable

# Letters of 12 points that fit on less than half a page, had a table one column. A row of more is
# written in parts, so that a page ends between its quotes and not within one.
_LETTERS = 1_400


def _start(title: str, head: str, authors: str, language: str, size: int) -> Any:
    """Make a document on A4 across, with its title and authors, and a text in each page's head."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(2.2)
    sizes = {"Normal": 1.0, "Header": 1.0, "Footer": 1.0, "Title": 1.75, "Heading 1": 1.3}
    points = {name: round(size * factor) for name, factor in sizes.items()}
    set_styles(document, points, language)
    # A journal's title has no line under it.
    borders = document.styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    document.styles["Title"].paragraph_format.space_after = Pt(6)
    section.header.paragraphs[0].text = printable(head)
    section.header.paragraphs[0].paragraph_format.space_after = Pt(10)
    add_page_number(section.footer.paragraphs[0])
    document.add_heading(printable(title), 0)
    if authors:
        document.add_paragraph(printable(authors))
    set_properties(document, title, language, authors)
    return document


def _fill(cell: Any, text: str, first_bold: bool) -> None:
    """Write a text into a cell, a paragraph for each line."""
    from docx.shared import Pt

    for number, line in enumerate(printable(text).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(2)
        paragraph.paragraph_format.space_after = Pt(4)
        paragraph.paragraph_format.keep_together = True
        run = paragraph.add_run(line)
        run.bold = (first_bold and number == 0) or None


def _rules() -> Any:
    """Make the lines of a journal's table: across, above and below head and body, none upright."""
    borders = element_of("tblBorders")
    for side, size, colour in (
        ("top", "12", "000000"),
        ("bottom", "12", "000000"),
        ("insideH", "4", "7F7F7F"),
    ):
        borders.append(element_of(side, val="single", sz=size, space="0", color=colour))
    return borders


@dataclass(frozen=True)
class _Line:
    """A row of a Word table: all of a row of the table, or a part of a long one."""

    texts: tuple[str, ...]
    first: bool = True
    last: bool = True


def _fits(texts: Sequence[str], room: Sequence[float]) -> bool:
    """Say whether each cell has at most as many letters as there is room for."""
    return all(len(text) <= most for text, most in zip(texts, room, strict=True))


def _lines(texts: Sequence[str], room: Sequence[float]) -> list[_Line]:
    """Give a row as it stands; one with a cell of more letters than there is room for in parts.

    Each part says what it is about, so that nobody has to turn back a page for it.
    """
    if _fits(texts, room):
        return [_Line(tuple(texts))]
    about, *others = texts
    cells = [_packed(text.split("\n"), most) for text, most in zip(others, room[1:], strict=True)]
    parts = max(map(len, cells), default=1)
    again = f"{about.split(chr(10))[0]} (continued)"
    return [
        _Line(
            (
                again if number else about,
                *(own[number] if number < len(own) else "" for own in cells),
            ),
            first=number == 0,
            last=number == parts - 1,
        )
        for number in range(parts)
    ]


def _packed(paragraphs: Sequence[str], most: float) -> list[str]:
    """Put paragraphs together as long as they have at most ``most`` letters."""
    packed = [paragraphs[0]]
    for paragraph in paragraphs[1:]:
        if len(packed[-1]) + len(paragraph) < most:
            packed[-1] += f"\n{paragraph}"
        else:
            packed.append(paragraph)
    return packed


def _add(document: Any, table: PeopleTable, heading: str, size: int) -> None:
    """Add a table with its title above and its note below."""
    from docx.oxml.ns import qn
    from docx.shared import Emu, Pt

    title = document.add_heading(printable(heading), 1)
    title.paragraph_format.keep_with_next = True
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    widths = [Emu(int(width * part / sum(table.widths))) for part in table.widths]
    room = [_LETTERS * 144 / size**2 * part / sum(table.widths) for part in table.widths]
    lines = [line for texts in table.rows for line in _lines(texts, room)]

    made = document.add_table(rows=1 + len(lines), cols=len(table.headings))
    made.autofit = False
    properties = made._tbl.tblPr
    # The order of a table's properties is fixed: its lines come before its layout.
    properties.find(qn("w:tblLayout")).addprevious(_rules())
    for name, text in (("tblCaption", table.title), ("tblDescription", table.note)):
        properties.append(element_of(name, val=printable(text)))
    for column, share in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = share
    # python-docx finds the cells of a row anew at each call: a long table would take minutes.
    head, *rows = made._tbl.tr_lst
    for name in ("cantSplit", "tblHeader"):
        head.get_or_add_trPr().append(element_of(name))
    _fill_row(made, head, _Line(table.headings), widths, head=True)
    for number, (row, line) in enumerate(zip(rows, lines, strict=True)):
        # Below a title there is less room; a row that had to stay whole would leave it empty.
        if _fits(line.texts, room) or (number and _fits(line.texts, [2 * most for most in room])):
            row.get_or_add_trPr().append(element_of("cantSplit"))
        _fill_row(made, row, line, widths)
    note = document.add_paragraph()
    note.paragraph_format.space_before = Pt(8)
    note.add_run("Note. ").italic = True
    note.add_run(printable(table.note))


def _fill_row(table: Any, row: Any, line: _Line, widths: Sequence[Any], head: bool = False) -> None:
    from docx.table import _Cell

    for at, (element, text, width) in enumerate(zip(row.tc_lst, line.texts, widths, strict=True)):
        cell = _Cell(element, table)
        cell.width = width
        _fill(cell, text, first_bold=head or (at == 0 and line.first))
        properties = element.get_or_add_tcPr()
        # No rule between the parts of a row.
        open_sides = [side for side, end in (("top", line.first), ("bottom", line.last)) if not end]
        if open_sides:
            borders = element_of("tcBorders")
            for side in open_sides:
                borders.append(element_of(side, val="nil"))
            properties.append(borders)
        if head:
            properties.append(element_of("shd", val="clear", color="auto", fill="E7E6E6"))


def write_docx(
    tables: Sequence[PeopleTable],
    path: Path,
    *,
    title: str,
    head: str = "",
    status: str = "",
    authors: str = "",
    language: str = "en-GB",
    size: int = 12,
) -> None:
    """Write tables as a Word document: A4 across, for each table a heading, the table, its note.

    Goes in: the tables; the document's title; a text for the head of each page (such as "Draft");
    what to say of the document under its title; the authors; the language; and the size of its
    letters in points. Each table has a marked first row that is repeated on each page, and a title
    and description for screen readers. A row that takes up more than half a page stands there as
    several. The document has no date. Texts show literally.
    """
    document = _start(title, head, authors, language, size)
    if status:
        document.add_paragraph().add_run(printable(status)).bold = True
    for number, table in enumerate(tables, start=1):
        if number > 1:
            document.add_page_break()
        numbered = f"Table {number}. {table.title}" if len(tables) > 1 else table.title
        _add(document, table, numbered, size)
    save_document(document, path)
