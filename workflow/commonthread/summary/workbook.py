"""A summary table as an Excel workbook that people edit, and what they made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commonthread.problems import InputProblems, Problem, Refused, suggest
from commonthread.summary.rows import (
    Row,
    Side,
    SummaryTable,
    plain_line,
    plain_lines,
    read_quotes,
    read_segments,
    write_quotes,
)
from commonthread.xlsx_parts import MOST_LETTERS, finish_workbook, new_workbook, write_sheet

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.sources.workbook import Sheet
    from commonthread.summary.evidence import Evidence

# Heading, width in characters. The reader knows a heading by what stands outside brackets.
COLUMNS = (
    ("Row", 5),
    ("Point", 30),
    ("Challenges (own wording)", 38),
    ("Practices and resources (own wording)", 38),
    ("Challenge quotes", 60),
    ("Practice quotes", 60),
    ("Challenge segments", 18),
    ("Practice segments", 18),
    ("Dropped because", 20),
)
_NEEDED = (
    "point",
    "challenge quotes",
    "practice quotes",
    "challenge segments",
    "practice segments",
)
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


def write_workbook(table: SummaryTable, evidence: Evidence) -> bytes:
    """Write a table for people to edit: the table, how to edit it, and what it does not quote."""
    book = new_workbook(table.title)
    ids = [[_chunks(side.segments) for side in row.sides] for row in table.rows]
    more = [max((len(sides[at]) for sides in ids), default=1) - 1 for at in (0, 1)]
    headings = list(COLUMNS)
    for at, name in enumerate(("Challenge segments", "Practice segments")):
        headings += [(f"{name} ({number + 2})", 18) for number in range(more[at])]
    rows: list[list[str | int]] = []
    for number, (row, sides) in enumerate(zip(table.rows, ids, strict=True), start=1):
        further = [
            cell
            for at in (0, 1)
            for cell in [*sides[at][1:], *[""] * (more[at] - len(sides[at]) + 1)]
        ]
        rows.append(
            [
                number,
                row.point,
                row.challenge.wording,
                row.practice.wording,
                write_quotes(row.challenge.quotes),
                write_quotes(row.practice.quotes),
                sides[0][0],
                sides[1][0],
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
    for number, row in enumerate(table.rows, start=1):
        for name, side in zip(("Challenges", "Practices"), row.sides, strict=True):
            quoted = {quote.segment_id for quote in side.quotes}
            for segment in side.segments:
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


def _known(heading: str) -> str:
    """Give a heading without what stands in brackets, in lower case."""
    return plain_line(re.sub(r"\([^()]*\)", " ", heading)).casefold()


def read_workbook(data: bytes, table_id: str, title: str, file: str) -> SummaryTable:
    """Read a workbook as people left it: columns and rows in any order, with others between.

    ``file`` names it in messages. Raises InputProblems if it cannot be read or lacks a column, and
    with every row that has no point.
    """
    from commonthread.settings import LimitSettings
    from commonthread.sources.workbook import sheets_of_workbook

    try:
        sheets, _ = sheets_of_workbook(data, LimitSettings())
    except Refused as refused:
        raise InputProblems([Problem(file, refused.reason, refused.remedy)]) from None
    named = [sheet for sheet in sheets if _known(sheet.name) == "table"]
    for sheet in [*named, *sheets]:
        found = _headings(sheet)
        if found is not None:
            return _read_sheet(sheet, *found, table_id=table_id, title=title, file=file)
    raise InputProblems(
        [
            Problem(
                file,
                'No sheet has a row of headings with "Point" in it.',
                "Give the sheet its headings back; a fresh draft shows them.",
            )
        ]
    )


def _headings(sheet: Sheet) -> tuple[int, dict[str, list[int]]] | None:
    """Find the row of headings: its number, and the columns of each heading."""
    for row in sheet.rows[:20]:
        at: dict[str, list[int]] = {}
        for column, cell in enumerate(row.cells):
            at.setdefault(_known(cell), []).append(column)
        if "point" in at:
            return row.number, at
    return None


def _read_sheet(
    sheet: Sheet, head: int, at: dict[str, list[int]], *, table_id: str, title: str, file: str
) -> SummaryTable:
    missing = [name for name in _NEEDED if name not in at]
    if missing:
        raise InputProblems(
            [
                Problem(
                    f"{file}, row {head}",
                    f'The column "{name.capitalize()}" is missing.{suggest(name, at)}',
                    "Give the column its heading back; a fresh draft shows it.",
                )
                for name in missing
            ]
        )
    rows: list[Row] = []
    problems: list[Problem] = []
    for line in sheet.rows:
        if line.number <= head:
            continue

        def cell(name: str, cells: list[str] = line.cells) -> str:
            texts = (cells[column] for column in at.get(name, []) if column < len(cells))
            return "\n".join(text for text in texts if text.strip())

        challenge, practice = (
            Side(
                plain_lines(cell(wording)),
                read_quotes(cell(f"{side} quotes")),
                read_segments(cell(f"{side} segments")),
            )
            for side, wording in (
                ("challenge", "challenges"),
                ("practice", "practices and resources"),
            )
        )
        row = Row(
            plain_line(cell("point")),
            challenge,
            practice,
            dropped=plain_line(cell("dropped because")),
            where=f"{file}, row {line.number}",
        )
        if row.point or row.dropped:
            rows.append(row)
        elif row.evidence or any(side.wording or side.quotes for side in row.sides):
            problems.append(
                Problem(
                    row.where,
                    "This row has no point.",
                    "Write one, put its cells into another row, or say why it is dropped.",
                )
            )
    if problems:
        raise InputProblems(problems)
    return SummaryTable(table_id, title, tuple(rows), file)
