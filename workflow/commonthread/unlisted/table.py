"""Reads marks out of a table: the worklist as a workbook, or any table with its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commonthread.export import restore
from commonthread.problems import Refused
from commonthread.returned.saved_json import Unusable
from commonthread.returned.written import iso_date
from commonthread.settings import LimitSettings
from commonthread.sources.columns import plain_heading
from commonthread.sources.delimited import rows_of_delimited
from commonthread.sources.table_turns import Row
from commonthread.sources.text import decode
from commonthread.sources.workbook import sheets_of_package
from commonthread.sources.zipped import EXCEL, open_package
from commonthread.unlisted.answer import Answer, answer

_NAMES: Mapping[str, tuple[str, ...]] = {
    "words": ("words", "word"),
    "mark": ("mark", "kind", "what it is"),
    "replacement": ("replace with", "replacement"),
    "date": ("date",),
}
_HEADINGS = tuple(name for names in _NAMES.values() for name in names)
_FIRST_ROWS = 20

Read = tuple[list[Answer], list[tuple[str, str]]]


def read_workbook(data: bytes, limits: LimitSettings) -> Read:
    """Read the marks of a workbook, of all its sheets that have the headings.

    Columns may stand in any order, with others between. Marks without a date of their own have that
    on which the workbook was saved. Gives the answers, and (where, what) of rows that cannot be
    used. Raises Refused if it cannot be read, or no sheet has the headings.
    """
    package = open_package(data, EXCEL, limits)
    saved = package.saved()
    answers: list[Answer] = []
    problems: list[tuple[str, str]] = []
    known = False
    for sheet in sheets_of_package(package, limits, hidden_too=False):
        found = _headings(sheet.rows[:_FIRST_ROWS])
        if found is not None:
            known = True
            made, wrong = _answers(sheet.rows[found[0] + 1 :], found[1], saved)
            answers += made
            problems += wrong
    if not known:
        raise Refused(
            "No sheet has a row of headings with Words and Mark.",
            "Give the columns their headings back, as names-worklist.xlsx has them.",
        )
    return answers, problems


def read_delimited(data: bytes, limits: LimitSettings) -> Read:
    """Read marks from a table of plain text (CSV), in any usual encoding.

    Comes out, and is raised, as with ``read_workbook``.
    """
    text = decode(data)[0].lstrip("\ufeff")
    rows, _ = rows_of_delimited(text, limits, _HEADINGS, even=False)
    found = _headings(rows[:1])
    if found is None:
        raise Refused(
            "Its first row has no headings for marks.",
            "Name the columns words and mark in its first row.",
        )
    kept = [Row(row.number, [restore(cell) for cell in row.cells]) for row in rows[1:]]
    width = len(rows[0].cells)
    return _answers(kept, found[1], "", width)


def _headings(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """Find the row of headings: its place, and the column of each field."""
    for at, row in enumerate(rows):
        plain = [plain_heading(cell[:100]) for cell in row.cells]
        columns = {
            field: place
            for field, names in _NAMES.items()
            if (place := next((plain.index(name) for name in names if name in plain), -1)) >= 0
        }
        if "words" in columns and {"mark", "replacement"} & columns.keys():
            return at, columns
    return None


def _answers(rows: Sequence[Row], columns: Mapping[str, int], saved: str, width: int = 0) -> Read:
    answers: list[Answer] = []
    problems: list[tuple[str, str]] = []
    for row in rows:
        where = f"row {row.number}"
        cell = {
            field: row.cells[at] if at < len(row.cells) else "" for field, at in columns.items()
        }
        date = cell.get("date", "").strip()
        try:
            if width and len(row.cells) > width:
                # Even if those beyond are empty, cells may have moved along.
                raise Unusable(
                    f"It has more than the {width} cells of the headings. Put text that has commas"
                    " in it between double quotes."
                )
            made = answer(
                cell["words"],
                cell.get("mark", ""),
                cell.get("replacement", ""),
                where,
                iso_date(date) if date else saved,
            )
        except Unusable as reason:
            problems.append((where, str(reason)))
            continue
        if made is not None:
            answers.append(made)
            if date and not made.date:
                problems.append(
                    (where, "The date is not understood, so that this counts as not dated.")
                )
    return answers, problems
