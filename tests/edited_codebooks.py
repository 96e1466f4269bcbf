"""Changes documents and workbooks with a codebook as people do in office programs.

``python tests/edited_codebooks.py FOLDER`` writes the two of which the golden files are made: opened
and saved again in LibreOffice, they are tests/golden/proposals/libreoffice.docx and .xlsx.
"""

from __future__ import annotations

import io
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from openpyxl.comments import Comment

from codebook_view_fixture import view_of
from commonthread.codebook_view import CodebookView
from commonthread.proposals.document_out import write_codebook_document
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.workbook_out import write_codebook_workbook


def document_bytes(view: CodebookView, size: int = 12) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.docx"
        write_codebook_document(view, path, size)
        return path.read_bytes()


@cache
def small_document() -> bytes:
    return document_bytes(view_of())


@cache
def small_workbook() -> bytes:
    return write_codebook_workbook(view_of())


class EditedDocument:
    """A Word document with the codebook, in the hands of somebody."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))

    def table(self, head: str) -> Table:
        """Give the table whose first cell says so."""
        return next(table for table in self.document.tables if _first(table) == head)

    def row(self, head: str, label: str) -> list[_Cell]:
        table = self.table(head)
        rows = ([_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst)
        return next(cells for cells in rows if cells[0].text.startswith(label))

    def write(self, head: str, label: str, text: str, column: int = 1) -> None:
        """Put a text, a paragraph for each line, in place of what a cell holds."""
        cell = self.row(head, label)[column]
        first, *more = text.split("\n")
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        for run in list(cell.paragraphs[0].runs):
            run._r.getparent().remove(run._r)
        cell.paragraphs[0].add_run(first)
        for line in more:
            cell.add_paragraph(line)

    def heading(self, start: str) -> Any:
        headings = (each for each in self.document.paragraphs if "Heading" in each.style.name)
        return next(each for each in headings if each.text.startswith(start))

    def comment(self, paragraph: Any, text: str, author: str) -> None:
        """Comment on a paragraph in the margin."""
        runs = paragraph.runs or [paragraph.add_run("")]
        self.document.add_comment(runs, text=text, author=author)

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _first(table: Table) -> str:
    return _Cell(table._tbl.tr_lst[0].tc_lst[0], table).text


class EditedWorkbook:
    """A workbook with the codebook, in the hands of somebody."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))

    def cell(self, sheet: str, row: str, heading: str, key: str = "Id") -> Any:
        """Give the cell of a row, which has something under a heading, under another."""
        cells = self.book[sheet]
        at = {cell.value: cell.column for cell in cells[1]}
        number = next(n for n in range(2, 99) if cells.cell(n, at[key]).value == row)
        return cells.cell(number, at[heading])

    def write(self, code_id: str, heading: str, text: str | None) -> None:
        self.cell("Codebook", code_id, heading).value = text

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def tick(cell: _Cell) -> None:
    """Tick the box in a cell as Word does."""
    control = cell._tc.find(f".//{qn('w:sdt')}")
    control.find(f".//{qn('w:t')}").text = "☒"
    control.find(f".//{qn('w14:checked')}").set(qn("w14:val"), "1")


def told(proposal: Proposal) -> tuple[str, str, dict[str, str], str]:
    """Give what most tests ask of a proposal: kind, code, new texts, why."""
    return (proposal.kind, proposal.code_id, dict(proposal.wording), proposal.why)


def everyday_document() -> bytes:
    """Give a document with a little of everything that people do in it."""
    edited = EditedDocument(small_document())
    edited.write("Who proposes", "Your name", "Clover")
    edited.write("Who proposes", "Your role", "Public contributor")
    edited.write("Code 1.1", "In plain words", "What it costs to come")
    edited.write("Code 1.1", "In plain words", "“Fees” sounds like a school.", column=2)
    edited.write("Changes to 1.1", "Merge with", "1.1.1")
    edited.comment(edited.row("Code 2", "Definition")[1].paragraphs[0], "Whose words?", "Ash")
    tick(edited.row("Changes to 2.2", "Retire")[1])
    edited.write("Changes to 2.2", "Why", "Nobody uses it.")
    edited.write("New code 1", "Name", "Waiting")
    edited.write("New code 1", "In plain words", "Having to wait")
    edited.write("New code 1", "Under which code", "Staying in")
    return edited.saved()


def everyday_workbook() -> bytes:
    """Give a workbook with a little of everything that people do in it."""
    edited = EditedWorkbook(small_workbook())
    edited.cell("Who", "Your name", "Write here", "About you").value = "Bracken"
    edited.cell("Who", "Your role", "Write here", "About you").value = "Researcher"
    edited.write("fares", "Not when", "It is named in passing, or free.")
    edited.write("fares", "Why", "Free buses are another matter.")
    edited.write("tea", "Split into", "Tea: hot drinks\nTalk: what is said over them")
    edited.write("time", "Move under", "Getting in")
    edited.cell("Codebook", "staying", "Definition").comment = Comment("Too wide?", "Bracken")
    new = edited.book["New codes"]
    new.cell(2, 1).value, new.cell(2, 2).value = "Waiting", "Having to wait"
    return edited.saved()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    (target / "libreoffice.docx").write_bytes(everyday_document())
    (target / "libreoffice.xlsx").write_bytes(everyday_workbook())
