"""Word documents of tables, the same bytes whenever the tables are the same."""

from __future__ import annotations

from collections.abc import Sequence
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


def _add(document: Any, table: PeopleTable, heading: str, size: int) -> None:
    """Add a table with its title above and its note below."""
    from docx.oxml.ns import qn
    from docx.shared import Emu, Pt

    title = document.add_heading(printable(heading), 1)
    title.paragraph_format.keep_with_next = True
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    widths = [Emu(int(width * part / sum(table.widths))) for part in table.widths]

    made = document.add_table(rows=1 + len(table.rows), cols=len(table.headings))
    made.autofit = False
    properties = made._tbl.tblPr
    # The order of a table's properties is fixed: its lines come before its layout.
    properties.find(qn("w:tblLayout")).addprevious(_rules())
    for name, text in (("tblCaption", table.title), ("tblDescription", table.note)):
        properties.append(element_of(name, val=printable(text)))
    for column, share in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = share
    # Short rows stay whole; a long one may be broken between its quotes, so as to fill the page.
    whole = 400 * 144 // size**2
    # python-docx finds the cells of a row anew at each call: a long table would take minutes.
    for number, (row, texts) in enumerate(
        zip(made._tbl.tr_lst, (table.headings, *table.rows), strict=True)
    ):
        row_properties = row.get_or_add_trPr()
        if number == 0 or max(map(len, texts)) <= whole:
            row_properties.append(element_of("cantSplit"))
        if number == 0:
            row_properties.append(element_of("tblHeader"))
        _fill_row(made, row, texts, widths, head=number == 0)
    note = document.add_paragraph()
    note.paragraph_format.space_before = Pt(8)
    note.add_run("Note. ").italic = True
    note.add_run(printable(table.note))


def _fill_row(
    table: Any, row: Any, texts: Sequence[str], widths: Sequence[Any], head: bool
) -> None:
    from docx.table import _Cell

    for at, (element, text, width) in enumerate(zip(row.tc_lst, texts, widths, strict=True)):
        cell = _Cell(element, table)
        cell.width = width
        _fill(cell, text, first_bold=head or at == 0)
        if head:
            shade = element_of("shd", val="clear", color="auto", fill="E7E6E6")
            element.get_or_add_tcPr().append(shade)


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
    what to say of the document under its title; the authors; the language; and the size of its letters in points. Each table has a marked first
    row that is repeated on each page, and a title and description for screen readers. The document
    has no date. Texts show literally.
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
