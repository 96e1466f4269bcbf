"""Word documents that people fill in: headings, texts, and small tables of labels and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from commonthread.docx_handouts import INVENTED
from commonthread.docx_parts import add_page_number, element_of, set_properties, set_styles
from commonthread.export import printable
from commonthread.report.wording import visible

EMPTY_BOX, TICKED_BOX = "☐", "☒"

# Sizes of styles over that of the text: nothing is smaller.
_SIZES = {
    "Normal": 1.0,
    "List Bullet": 1.0,
    "Header": 1.0,
    "Footer": 1.0,
    "Title": 1.75,
    "Heading 1": 1.5,
    "Heading 2": 1.25,
    "Heading 3": 1.1,
}
_BOX_FONT = "MS Gothic"
_LABEL_SHADE = "F2F2F2"
# Twentieths of a point, as Word counts lengths.
_CENTIMETRE = 567
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_XML = "http://www.w3.org/XML/1998/namespace"
_PAGE = (int(21.0 * _CENTIMETRE), int(29.7 * _CENTIMETRE))
_MARGIN = int(2.0 * _CENTIMETRE)
_WIDTH = _PAGE[0] - 2 * _MARGIN
# A table of this height in points has room on a page together with its heading.
_ROOM = 640

# Letters of a text that has room on a page in any case, times their size.
_SHORT = 6_000

# Room to write in, in lines.
_LINES = {"answer": 2, "long answer": 3}

Kind = Literal["said", "aside", "answer", "long answer", "tick"]


@dataclass(frozen=True)
class Field:
    """A row of a table to fill in: its label, and what stands beside it.

    "said" is a text as it is and "aside" one in italics. "answer" and "long answer" are for
    people to write in, "tick" is a box to tick; ``text`` is then the title of the box.
    """

    label: str
    text: str = ""
    kind: Kind = "said"


@dataclass(frozen=True)
class TextRow:
    """A row of a table of texts that people may change: its label, and a paragraph for each line.

    ``listed`` lines have a bullet before them.
    """

    label: str
    lines: tuple[str, ...]
    listed: bool = False


def start_document(
    title: str, head: str, study: str, invented: bool, language: str, size: int
) -> Any:
    """Begin a document on A4 in letters of ``size`` points, with a title and a head on each page.

    ``language`` is "en" or as "en-GB".
    """
    from docx import Document
    from docx.shared import Pt, Twips

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Twips(side) for side in _PAGE)
    section.left_margin = section.right_margin = Twips(_MARGIN)
    section.top_margin = section.bottom_margin = Twips(_MARGIN)
    full = "en-GB" if language == "en" else language
    set_styles(document, {name: round(part * size) for name, part in _SIZES.items()}, full)
    for name in _SIZES:
        style = document.styles[name].paragraph_format
        style.line_spacing, style.space_after = 1.2, Pt(6)
        if name.startswith("Heading"):
            style.space_before, style.keep_with_next = Pt(size), True
    set_properties(document, title, full)
    section.header.paragraphs[0].add_run(shown(head))
    add_page_number(section.footer.paragraphs[0])
    document.add_paragraph(shown(title), style="Title")
    add_text(document, study)
    if invented:
        add_text(document, "", INVENTED)
    return document


def shown(text: str) -> str:
    """Give a text as people see it, with what no Word file can hold replaced."""
    return visible(printable(text))


def add_heading(
    document: Any, text: str, level: int, *, bookmark: str = "", new_page: bool = False
) -> None:
    """Add a heading, on a new page if need be; a bookmark is what links lead to."""
    paragraph = element_of("p")
    properties = _sub(paragraph, "pPr")
    _sub(properties, "pStyle", val=f"Heading{level}")
    if new_page:
        _sub(properties, "pageBreakBefore")
    if bookmark:
        _sub(paragraph, "bookmarkStart", id=str(len(document.element.body)), name=bookmark)
    _run(paragraph, text)
    if bookmark:
        _sub(paragraph, "bookmarkEnd", id=str(len(document.element.body)))
    _append(document, paragraph)


def add_text(
    document: Any, text: str, label: str = "", *, bullet: bool = False, together: bool = False
) -> None:
    """Add a paragraph; ``label`` stands before the text, in bold.

    With ``together`` it stays on the page of what follows.
    """
    paragraph = element_of("p")
    if bullet or together:
        properties = _sub(paragraph, "pPr")
    if bullet:
        _sub(properties, "pStyle", val="ListBullet")
    if together:
        _sub(properties, "keepNext")
    if label:
        _run(paragraph, f"{label} " if text else label, "b")
    _run(paragraph, text)
    _append(document, paragraph)


def add_links(document: Any, label: str, links: Sequence[tuple[str, str]]) -> None:
    """Add a line for each link to a bookmark of the document: text and bookmark."""
    add_text(document, "", label)
    for text, bookmark in links:
        paragraph = element_of("p")
        _sub(_sub(paragraph, "pPr"), "pStyle", val="ListBullet")
        _run(_sub(paragraph, "hyperlink", anchor=bookmark, history="1"), text, "u")
        _append(document, paragraph)


def add_form(document: Any, title: str, place: str, fields: Sequence[Field], size: int) -> None:
    """Add a table to fill in: a first row of title and place, then a row for each field.

    It stays on one page where it fits. Screen readers hear the title as the table's own, and that
    its first row and column are headings.
    """
    label = int(_WIDTH * 0.34)
    widths = (label, _WIDTH - label)
    together = _height(fields, widths, size) < _ROOM
    table = _table(title, widths, first_column=True)
    head = _row(table, head=True)
    for width, text in zip(widths, (title, place), strict=True):
        _write(_cell(head, width), [text], "b", together=True)
    for number, field in enumerate(fields, start=1):
        follows = together and number < len(fields)
        row = _row(table, height=_LINES.get(field.kind, 0) * size)
        _write(_cell(row, widths[0], shade=True), [field.label], "b", together=follows)
        answer = _cell(row, widths[1])
        if field.kind == "tick":
            _tick_box(_paragraph(answer, follows), field.text)
        else:
            italic = "i" if field.kind == "aside" else ""
            _write(answer, field.text.split("\n"), italic, together=follows)
    _append(document, table)
    _append(document, element_of("p"))


def add_table(
    document: Any,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    parts: Sequence[float],
) -> None:
    """Add a table to read, whose first row is repeated on each page; ``parts`` are its widths."""
    widths = [int(_WIDTH * part / sum(parts)) for part in parts]
    table = _table(title, widths, first_column=False)
    for number, texts in enumerate([headings, *rows]):
        head = number == 0
        row = _row(table, head=head)
        for width, text in zip(widths, texts, strict=True):
            cell = _cell(row, width, shade=head)
            _write(cell, text.split("\n"), "b" if head else "", together=head)
    _append(document, table)
    _append(document, element_of("p"))


def add_texts(
    document: Any, title: str, headings: Sequence[str], rows: Sequence[TextRow], size: int
) -> None:
    """Add a table of texts to change, with a row for each.

    ``headings`` are those of the label, of the text and, if there is a third, of an empty cell for
    what people say of it. The first row is repeated on each page, and a row stays on one page
    unless it is long.
    """
    parts = (0.2, 0.52, 0.28) if len(headings) > 2 else (0.27, 0.73)
    widths = [int(_WIDTH * part) for part in parts]
    table = _table(title, widths, first_column=True)
    head = _row(table, head=True)
    for width, text in zip(widths, headings, strict=True):
        _write(_cell(head, width, shade=True), [text], "b", together=True)
    for row in rows:
        short = sum(map(len, row.lines)) <= _SHORT // size
        made = _row(table, whole=short)
        _write(_cell(made, widths[0], shade=True), [row.label], "b", together=False)
        style = "ListBullet" if row.listed and row.lines else ""
        _write(_cell(made, widths[1]), row.lines or ("",), "", together=False, style=style)
        for width in widths[2:]:
            _write(_cell(made, width), [""], "", together=False)
    _append(document, table)
    _append(document, element_of("p"))


def _height(fields: Sequence[Field], widths: Sequence[int], size: int) -> float:
    """Give about how high a table to fill in is, in points."""
    rooms = [width / 20 / (size * 0.52) for width in widths]
    total = 2.0
    for field in fields:
        lines = max(1 + len(field.label) // rooms[0], 1 + len(field.text) // rooms[1])
        total += max(lines * 1.15 + 0.3, _LINES.get(field.kind, 0))
    return total * size


def _append(document: Any, element: Any) -> None:
    """Add an element before the settings of the section, which stand last.

    Two tables with nothing between them would grow into one.
    """
    document.element.body[-1].addprevious(element)


def _sub(parent: Any, tag: str, space: str = _W, /, **attributes: str) -> Any:
    """Add an element of WordprocessingML with attributes of the same namespace."""
    from lxml import etree

    # python-docx has a way of its own, which is too slow for the many cells of a long pack.
    made = etree.SubElement(parent, f"{{{space}}}{tag}")
    for key, value in attributes.items():
        made.set(f"{{{space}}}{key}", value)
    return made


def _table(title: str, widths: Sequence[int], first_column: bool) -> Any:
    table = element_of("tbl")
    properties = _sub(table, "tblPr")
    _sub(properties, "tblStyle", val="TableGrid")
    _sub(properties, "tblW", w=str(sum(widths)), type="dxa")
    _sub(properties, "tblLayout", type="fixed")
    look = {"firstRow": "1", "lastRow": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    _sub(properties, "tblLook", firstColumn=str(int(first_column)), **look)
    _sub(properties, "tblCaption", val=shown(title))
    grid = _sub(table, "tblGrid")
    for width in widths:
        _sub(grid, "gridCol", w=str(width))
    return table


def _row(table: Any, *, head: bool = False, height: float = 0, whole: bool = True) -> Any:
    row = _sub(table, "tr")
    properties = _sub(row, "trPr")
    if whole:
        _sub(properties, "cantSplit")
    if height:
        _sub(properties, "trHeight", val=str(round(20 * height)), hRule="atLeast")
    if head:
        _sub(properties, "tblHeader")
    return row


def _cell(row: Any, width: int, *, shade: bool = False) -> Any:
    cell = _sub(row, "tc")
    properties = _sub(cell, "tcPr")
    _sub(properties, "tcW", w=str(width), type="dxa")
    if shade:
        _sub(properties, "shd", val="clear", color="auto", fill=_LABEL_SHADE)
    return cell


def _write(cell: Any, lines: Sequence[str], look: str, *, together: bool, style: str = "") -> None:
    for line in lines:
        _run(_paragraph(cell, together, style), line, look)


def _paragraph(cell: Any, together: bool, style: str = "") -> Any:
    """Add a paragraph to a cell, which stays on the page of the next row if asked to."""
    paragraph = _sub(cell, "p")
    properties = _sub(paragraph, "pPr")
    if style:
        _sub(properties, "pStyle", val=style)
    if together:
        _sub(properties, "keepNext")
    _sub(properties, "spacing", before="40", after="40", line="264", lineRule="auto")
    return paragraph


def _run(parent: Any, text: str, look: str = "") -> None:
    """Add a text, which is in bold ("b"), in italics ("i"), underlined ("u") or none of these."""
    if not text:
        return
    run = _sub(parent, "r")
    if look:
        properties = _sub(run, "rPr")
        if look == "u":
            _sub(properties, "u", val="single")
        else:
            _sub(properties, look)
    inside = _sub(run, "t")
    inside.text = shown(text)
    inside.set(f"{{{_XML}}}space", "preserve")


def _tick_box(paragraph: Any, title: str) -> None:
    """Add a box that a click or the space bar ticks in Word and LibreOffice."""
    control = _sub(paragraph, "sdt")
    properties = _sub(control, "sdtPr")
    _sub(properties, "alias", val=shown(title))
    box = _sub(properties, "checkbox", _W14)
    _sub(box, "checked", _W14, val="0")
    for name, sign in (("checkedState", TICKED_BOX), ("uncheckedState", EMPTY_BOX)):
        _sub(box, name, _W14, val=f"{ord(sign):04X}", font=_BOX_FONT)
    run = _sub(_sub(control, "sdtContent"), "r")
    names = ("ascii", "eastAsia", "hAnsi")
    _sub(_sub(run, "rPr"), "rFonts", hint="eastAsia", **dict.fromkeys(names, _BOX_FONT))
    _sub(run, "t").text = EMPTY_BOX
