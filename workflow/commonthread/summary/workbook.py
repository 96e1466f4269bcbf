"""A summary table as an Excel workbook: a draft for people to edit, or a finished table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commonthread.summary.columns import aspects_in_words, key, many, spaced
from commonthread.summary.rows import SummaryTable, plain_lines, write_quotes
from commonthread.xlsx_parts import MOST_LETTERS, finish_workbook, new_workbook, write_sheet

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.settings import TableColumn
    from commonthread.summary.evidence import Evidence

_MOST_LISTED = 20_000

HOW_TO_EDIT = (
    "This file is a draft that a machine made. It is yours to rewrite. Once you have saved a change"
    " in it, no run writes over it again: every run reads it, checks it, and makes the documents"
    " from it.",
    "Write in the columns with (own wording). What you write there comes first in its cell of the"
    " table, the quotes after it. Change the point, too, so that it says what you mean.",
    "Move rows up and down as you like: the order of the rows is the order of the table. The numbers"
    " in the first column are only for talking about rows.",
    "To merge two rows, put the texts, quotes and segments of both into one and delete the other. To"
    " split a row, copy it and share its quotes and segments out. Do not merge cells.",
    "To leave a row out, say why in the column Dropped because. Its segments then count as dealt"
    " with.",
    "A quote is a line of its own: the segment's id in square brackets, and the words in quotation"
    " marks, as in [abcd2345efgh] “We wrote a list of who decides what.” Alt and Enter begin a new"
    " line in a cell. You may leave words out, with … in their place. Other words must stand just as"
    " they were said.",
    "To say it in your own words, write [abcd2345efgh] paraphrase: They have a list on the wall.",
    "People are quoted only if they agreed to it in the participants list: not at all, in your own"
    " words only, or in theirs. Notes may be quoted.",
    "The sheet Evidence not used has what else was said, with the ids. The segments that a row rests"
    " on stand in its last columns. The pipeline lists those that are in no row in"
    " not-yet-covered.csv, the newest workshop first.",
    "If something does not hold, the run says which row, and which words are gone. Nothing of yours"
    " is changed.",
    "Columns and sheets that you add are left alone. Do not rename the headings.",
)
_MAY = {
    "none": "no",
    "paraphrase": "only in your own words",
    "verbatim": "yes, without the role",
    "verbatim with role": "yes",
    "notes": "yes (notes)",
}


def _chunks(segments: Sequence[str]) -> list[str]:
    """Share ids out over as many cells as they need."""
    cells = [""]
    for segment in segments:
        if len(cells[-1]) + len(segment) + 1 > MOST_LETTERS:
            cells.append("")
        cells[-1] = f"{cells[-1]} {segment}".strip()
    return cells


def _own_wording(column: TableColumn) -> str:
    """Give the heading over people's own wording: by aspects, and by title where that differs.

    The reader goes by what stands outside brackets.
    """
    plain = aspects_in_words(column)
    title = column.title.translate(str.maketrans("()", "[]"))
    own = "own wording" if title.startswith(plain) else f"{title}; own wording"
    return f"{plain} ({own})"


def write_workbook(table: SummaryTable, evidence: Evidence) -> bytes:
    """Write a table for people to edit: the table, how to edit it, and what it does not quote."""
    book = new_workbook(table.title)
    names = [spaced(key(column)).capitalize() for column in table.columns]
    ids = [[_chunks(cell.segments) for cell in row.cells] for row in table.rows]
    most = [max((len(row[at]) for row in ids), default=1) for at in range(len(names))]
    # Heading, width in characters.
    headings = [
        *(("Row", 5), ("Point", 30)),
        *((_own_wording(column), 38) for column in table.columns),
        *((f"{name} quotes", 60) for name in names),
        *((f"{name} segments", 18) for name in names),
        ("Dropped because", 20),
        *(
            (f"{name} segments ({number})", 18)
            for name, cells in zip(names, most, strict=True)
            for number in range(2, cells + 1)
        ),
    ]
    rows: list[list[str | int]] = []
    for number, (row, chunks) in enumerate(zip(table.rows, ids, strict=True), start=1):
        further = (
            part
            for own, cells in zip(chunks, most, strict=True)
            for part in [*own[1:], *[""] * (cells - len(own))]
        )
        rows.append(
            [
                number,
                row.point,
                *(cell.wording for cell in row.cells),
                *(write_quotes(cell.quotes) for cell in row.cells),
                *(own[0] for own in chunks),
                row.dropped,
                *further,
            ]
        )
    write_sheet(book, "Table", headings, rows)
    write_sheet(
        book,
        "How to edit",
        [(f"How to edit: {table.title}", 110)],
        [[line] for line in HOW_TO_EDIT],
    )
    not_used = [
        ("Row", 5),
        ("Column", 14),
        ("Segment", 18),
        ("Workshop", 22),
        ("Who", 20),
        ("May be quoted", 18),
        ("Words", 90),
    ]
    write_sheet(book, "Evidence not used", not_used, _not_quoted(table, evidence))
    return finish_workbook(book)


def write_results(frame: pd.DataFrame, title: str, author: str, about: Sequence[str]) -> bytes:
    """Write a finished table as a workbook: the table, and what there is to say about it."""
    book = new_workbook(title, author)
    widths = {"row": 5, "point": 32, "workshops": 11, "people": 9, "made_by": 14}
    headings = [
        (name.replace("_", " ").capitalize(), widths.get(name, 45)) for name in frame.columns
    ]
    write_sheet(book, "Table", headings, frame.to_numpy(dtype=object).tolist())
    write_sheet(book, "About", [("About this table", 110)], [[line] for line in about])
    return finish_workbook(book)


def _not_quoted(table: SummaryTable, evidence: Evidence) -> list[list[str | int]]:
    rows: list[list[str | int]] = []
    names = [spaced(many(key(column))).capitalize() for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        for name, cell in zip(names, row.cells, strict=True):
            quoted = {quote.segment_id for quote in cell.quotes}
            for segment in cell.segments:
                if segment in quoted or segment not in evidence:
                    continue
                if len(rows) == _MOST_LISTED:
                    said = "There are more than fit here. All are in data/segments.csv."
                    return [*rows, [number, "", "", "", "", "", said]]
                rows.append(
                    [
                        number,
                        name,
                        segment,
                        evidence.workshop(segment)[0],
                        evidence.role(segment),
                        _MAY.get(evidence.consent_of(segment), "no"),
                        plain_lines(evidence.text(segment)),
                    ]
                )
    return rows
