"""Finds the parts of a Word document with the codebook again, whatever people did to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from commonthread.packs.about import HEADINGS as ABOUT_HEADINGS
from commonthread.packs.about import About, read_about
from commonthread.proposals.code_texts import plain_line
from commonthread.proposals.document_out import CHANGES, CODE, NEW, PATTERNS, WHO, WHOLE
from commonthread.proposals.given_out import GivenCode, GivenOut
from commonthread.sources.columns import plain_heading
from commonthread.sources.documents import Block, Grid
from commonthread.sources.docx_comments import take_marks

_NUMBER = r"(A?\d+(?:\.\d+)*)"
_HEADS = {
    "texts": re.compile(rf"{CODE} {_NUMBER}\W*", re.IGNORECASE),
    "changes": re.compile(rf"{CHANGES} {_NUMBER}\W*", re.IGNORECASE),
    "new": re.compile(rf"{NEW} (\d+)\W*", re.IGNORECASE),
    "patterns": re.compile(rf"({PATTERNS})\W*", re.IGNORECASE),
    "who": re.compile(rf"({WHO})\W*", re.IGNORECASE),
    "whole": re.compile(rf"({WHOLE})\W*", re.IGNORECASE),
}

# Comments in the margin: an id of a comment, and the words that it is on.
Marks = list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """A row of a table, or a paragraph outside tables, which has one cell: texts and comments."""

    cells: tuple[str, ...]
    marks: Marks

    @property
    def label(self) -> str:
        """What the row is called."""
        return plain_line(self.cells[0]) if self.cells else ""

    def beside(self, first: int = 1) -> str:
        """Give what stands in the cells from one on."""
        return "\n".join(cell for cell in self.cells[first:] if cell.strip()).strip()


@dataclass
class Table:
    """A table of the document, or a part of one that grew together with its neighbour.

    ``kind`` is what it is for, and ``number`` that of the code, or of the new code.
    """

    kind: str
    number: str
    head: Line
    rows: list[Line] = field(default_factory=list)

    @property
    def marks(self) -> Marks:
        """The comments in it."""
        return [mark for line in (self.head, *self.rows) for mark in line.marks]


@dataclass
class Section:
    """What was found of one code: its two tables, and what stands before and between them."""

    texts: Table | None = None
    changes: Table | None = None
    around: list[Line] = field(default_factory=list)


@dataclass
class Parts:
    """The parts of a document: of each code by its number, other tables, and text elsewhere.

    ``listed`` is the document's list of codes, ``unknown`` the number of tables that somebody put
    in.
    """

    about: About = field(default_factory=About)
    listed: GivenOut = field(default_factory=GivenOut)
    sections: dict[str, Section] = field(default_factory=dict)
    others: list[Table] = field(default_factory=list)
    elsewhere: list[Line] = field(default_factory=list)
    unknown: int = 0


def parts_of_document(blocks: Iterable[Block]) -> Parts:
    """Sort the paragraphs and tables of a document, in which comments are marked.

    A paragraph goes with the next table of a code, as headings do; what comes before another table,
    or at the end, is elsewhere.
    """
    parts = Parts()
    pending: list[Line] = []
    for block in blocks:
        if not isinstance(block, Grid):
            text, marks = take_marks(block.text)
            pending.append(Line((text,), marks))
            continue
        for table in _tables(_lines(block)):
            if _take(table, parts, pending):
                pending = []
    parts.elsewhere += pending
    return parts


def _take(table: Table, parts: Parts, pending: list[Line]) -> bool:
    """Put a table where it belongs; tell whether what stood before it goes with it."""
    headings = [plain_heading(cell) for cell in table.head.cells]
    if table.kind in ("texts", "changes"):
        section = parts.sections.setdefault(table.number.upper(), Section())
        section.around += pending
        if table.kind == "texts":
            section.texts = section.texts or table
        else:
            section.changes = section.changes or table
        return True
    if table.kind:
        parts.others.append(table)
    elif headings[:2] == [plain_heading(heading) for heading in ABOUT_HEADINGS]:
        parts.about = read_about((row.label, row.beside()) for row in table.rows)
    elif {"number", "name", "id"} <= set(headings):
        parts.listed = _listed(headings, table.rows)
    else:
        parts.unknown += any(line.beside(0) for line in (table.head, *table.rows))
        return False
    parts.elsewhere += pending
    return True


def _lines(grid: Grid) -> Iterator[Line]:
    for row in grid.rows:
        cells: list[str] = []
        marks: Marks = []
        for cell in row:
            text, stand = take_marks("\n".join(each.text for each in cell if each.text))
            cells.append(text)
            marks += stand
        yield Line(tuple(cells), marks)


def _tables(lines: Iterable[Line]) -> Iterator[Table]:
    """Part tables that grew into one when what stood between them was deleted."""
    table: Table | None = None
    for line in lines:
        for kind, pattern in _HEADS.items():
            if (match := pattern.fullmatch(line.label)) is not None:
                if table is not None:
                    yield table
                table = Table(kind, match[1], line)
                break
        else:
            if table is None:
                table = Table("", "", line)
            else:
                table.rows.append(line)
    if table is not None:
        yield table


def _listed(headings: Sequence[str], rows: Sequence[Line]) -> GivenOut:
    at = [headings.index(name) for name in ("number", "name", "id")]
    cells = [[row.cells[place] if place < len(row.cells) else "" for place in at] for row in rows]
    return GivenOut(
        tuple(GivenCode(code[2].strip(), code[0].strip(), code[1].strip(), {}) for code in cells)
    )
