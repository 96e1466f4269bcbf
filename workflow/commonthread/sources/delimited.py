"""Takes text with delimiters (CSV, TSV) apart, strictly: no cell is ever guessed or dropped."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from commonthread.problems import Refused
from commonthread.settings import ColumnSettings, LimitSettings
from commonthread.sources.columns import recognise
from commonthread.sources.reading import places
from commonthread.sources.table_turns import Row

_DELIMITERS = (",", ";", "\t")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SAMPLED_ROWS = 200
_MOST_COLUMNS = 2_000
_MOST_CELLS = 3_000_000
_SEP_LINE = re.compile(r"sep=([,;\t])\n", re.IGNORECASE)


def rows_of_delimited(
    text: str, limits: LimitSettings, headings: tuple[str, ...] = (), *, even: bool = True
) -> tuple[list[Row], str]:
    """Take a table apart into rows, with the delimiter in words ("commas"; "" for one column).

    The delimiter is found: the one under which the first row holds headings that are known (or in
    ``headings``), else the one that makes rows of one width. Empty lines count as rows, as in a
    spreadsheet, but give none. Quotes are double quotes, doubled where meant.

    Raises Refused if there are far too many cells, and, naming the row, if a quote is not closed, or if rows have more or fewer cells
    than the first and are to be ``even``.
    """
    if max(map(text.count, _DELIMITERS)) > _MOST_CELLS:
        raise Refused(
            f"It has more than {_MOST_CELLS:,} cells.",
            "Delete what holds no talk or notes, or divide it into several files.",
        )
    stated = _SEP_LINE.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = stated[1] if stated else _delimiter(text, headings)
    rows, error = _split(text, delimiter, limits.turns + 1)
    if error is not None:
        raise error
    if len(rows) > limits.turns:
        raise Refused(
            f"It has more than {limits.turns:,} rows.",
            "Divide it into several files, or raise reading: limits: turns.",
        )
    if not rows:
        raise Refused("It holds no text.", "If it is empty, take it out of the folder.")
    width = len(rows[0].cells)
    if width > _MOST_COLUMNS:
        raise Refused(
            f"It has more than {_MOST_COLUMNS:,} columns.",
            "Delete the columns that hold no talk or notes, and save it anew.",
        )
    ragged = [row.number for row in rows if len(row.cells) != width]
    if ragged and even:
        verb = "has" if len(ragged) == 1 else "have"
        raise Refused(
            f"{places(ragged, 'row').capitalize()} {verb} more or fewer cells than the first row, "
            f"which has {width} (cells are parted by {_NAMES[delimiter]}).",
            "Open it in a spreadsheet program, bring the cells into line, "
            "put text with commas in it into double quotes, and save it anew.",
        )
    return rows, _NAMES[delimiter] if width > 1 else ""


def _split(text: str, delimiter: str, most: int) -> tuple[list[Row], Refused | None]:
    """Give the rows up to the first fault, or up to ``most``, and the fault."""
    # Lines end at LF alone: text within a cell may hold the other characters that Python splits at.
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    number = 1
    try:
        for number, cells in enumerate(reader, start=1):
            if cells:
                rows.append(Row(number, cells))
            if len(rows) >= most:
                break
    except csv.Error as error:
        at = number + 1 if rows or number > 1 else 1
        return rows, _fault(str(error), at)
    return rows, None


def _fault(what: str, row: int) -> Refused:
    if "field larger" in what:
        return Refused(
            f"Row {row} has a cell of more than {csv.field_size_limit():,} letters, or opens a double "
            "quote that is never closed.",
            "Open the file in a text editor, close the quote or shorten the cell, and save it.",
        )
    if "unexpected end" in what:
        return Refused(
            f"Row {row} opens a double quote that is never closed.",
            "Open the file in a text editor, close the quote, and save it.",
        )
    return Refused(
        f"Row {row} has a double quote in the middle of a cell.",
        "Within a cell in double quotes, write a double quote twice; a spreadsheet program "
        "does so when it saves the table.",
    )


def _delimiter(text: str, headings: tuple[str, ...]) -> str:
    named = ColumnSettings(text=list(headings))
    best, best_score = ",", (-1, -1.0, -1)
    for delimiter in _DELIMITERS:
        rows, _ = _split(text, delimiter, _SAMPLED_ROWS)
        if not rows:
            continue
        widths = Counter(len(row.cells) for row in rows)
        width, common = widths.most_common(1)[0]
        score = (
            recognise(rows[0].cells[:_MOST_COLUMNS], named).known,
            common / len(rows) if width > 1 else 0.0,
            len(rows[0].cells),
        )
        if score > best_score:
            best, best_score = delimiter, score
    return best
