"""What Excel workbooks of every kind need: texts that stay texts, and bytes without dates.

A workbook has no formulas and no links, whatever a text begins with, and its bytes depend on its
content alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from commonthread.export import printable

# A cell holds at most 32,767.
MOST_LETTERS = 32_000
_HIGHEST_ROW = 409
# A unit of a column's width is 7 pixels; an average letter is this share of its size wide.
_UNIT, _LETTER = 7 * 72 / 96, 0.46
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
# The date of a run would make every run's file a new one; readers see this as "no date".
_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def fit(text: str) -> str:
    """Give a text as a cell can hold it: printable, and at most 32,000 characters."""
    text = printable(text)
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"


def new_workbook(title: str, author: str = "") -> Any:
    """Begin a workbook in which every text stays text, without the date of the run."""
    from xlsxwriter import Workbook

    book = Workbook(
        io.BytesIO(),
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": fit(title)[:255], "author": fit(author)[:255], "created": _DATE})
    return book


def entry_format(book: Any, points: int) -> Any:
    """Give how cells to write in look. They hold texts, so that a number such as 2.10 stays one."""
    return book.add_format(
        {
            "text_wrap": True,
            "valign": "top",
            "font_name": "Arial",
            "font_size": points,
            "num_format": "@",
            "bg_color": "#FFF8E1",
            "border": 1,
            "border_color": "#7F7F7F",
        }
    )


def finish_workbook(book: Any) -> bytes:
    """Close a workbook and give its bytes."""
    book.close()
    out = io.BytesIO()
    with zipfile.ZipFile(book.filename) as made, zipfile.ZipFile(out, "w") as new:
        for member in made.infolist():
            content = made.read(member)
            if member.filename.startswith("xl/worksheets/"):
                # A height that is not fixed grows with what people write.
                content = _FIXED_HEIGHT.sub(rb"\1", content)
            new.writestr(member, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def write_sheet(
    book: Any,
    name: str,
    headings: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str | int]],
    points: int = 11,
    table: str = "",
) -> Any:
    """Add a sheet with a row of headings that stays in view, and give it back.

    ``headings`` come with their widths in characters, each once; ``points`` is the size of the
    letters. Rows are about as high as their texts: not all programs find that out by themselves.
    With a name for it, the rows become a table by which screen readers know the headings.
    """
    plain = {"text_wrap": True, "valign": "top", "font_name": "Arial", "font_size": points}
    head = book.add_format({**plain, "bold": True, "bg_color": "#E7E6E6", "border": 1})
    body = book.add_format(plain)
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)
    for at, (heading, width) in enumerate(headings):
        sheet.set_column(at, at, width, body)
        sheet.write_string(0, at, heading, head)
    widths = [width for _, width in headings]
    sheet.set_row(0, _height([heading for heading, _ in headings], widths, points))
    last = 0
    for last, row in enumerate(rows, start=1):
        sheet.set_row(last, _height(row, widths, points))
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(last, at, cell, body)
            elif cell:
                sheet.write_string(last, at, fit(cell), body)
    if table and last:
        columns = [{"header": heading, "header_format": head} for heading, _ in headings]
        options = {"name": table, "columns": columns, "style": None, "autofilter": False}
        sheet.add_table(0, 0, last, len(headings) - 1, options)
    return sheet


def _height(row: Sequence[str | int], widths: Sequence[int], points: int) -> float:
    """Give about how high a row must be, in points, for its texts to show whole."""
    lines = 1
    for cell, width in zip(row, widths, strict=False):
        if isinstance(cell, str):
            # Words that do not fit leave a gap at the end of a line.
            room = max(width * _UNIT / (points * _LETTER) - 2, 1)
            lines = max(lines, sum(1 + int(len(line) // room) for line in cell.split("\n")))
    return min(round(lines * points * 1.28 + 4, 1), _HIGHEST_ROW)
