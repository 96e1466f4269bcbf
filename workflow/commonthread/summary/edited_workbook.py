"""Reads a summary table from a workbook as people left it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from commonthread.problems import InputProblems, Problem, Refused, suggest
from commonthread.summary.columns import many, no_column, spaced
from commonthread.summary.rows import (
    Cell,
    Row,
    SummaryTable,
    plain_line,
    plain_lines,
    read_quotes,
    read_segments,
)

if TYPE_CHECKING:
    from commonthread.settings import TableColumn
    from commonthread.sources.workbook import Sheet

_OWN_WORDING = re.compile(r"\([^()]*\bown wording\)", re.IGNORECASE)
_PARTS = ("quotes", "segments")

# A column of the table, by number, and what of it stands under a heading.
_Home = tuple[int, str]


def read_workbook(data: bytes, draft: SummaryTable, file: str) -> SummaryTable:
    """Read a workbook as people left it: columns and rows in any order, with others between.

    ``draft`` says the name, title and columns of the table. Headings lead to a column by its
    aspects, so a workbook that was written under other settings is read as far as it fits.
    ``file`` names it in messages. Raises InputProblems if it cannot be read, lacks a heading, or
    has words for a column that the table has not, and with every row that has no point.
    """
    from commonthread.settings import LimitSettings
    from commonthread.sources.workbook import sheets_of_workbook

    try:
        sheets, _ = sheets_of_workbook(data, LimitSettings())
    except Refused as refused:
        raise InputProblems([Problem(file, refused.reason, refused.remedy)]) from None
    named = [sheet for sheet in sheets if _known(sheet.name) == "table"]
    for sheet in [*named, *sheets]:
        for row in sheet.rows[:20]:
            if "point" in map(_known, row.cells):
                rows = _rows(sheet, row.number, row.cells, draft.columns, file)
                return replace(draft, rows=tuple(rows), file=file)
    raise InputProblems(
        [
            Problem(
                file,
                'No sheet has a row of headings with "Point" in it.',
                "Give the sheet its headings back; a fresh draft shows them.",
            )
        ]
    )


def _known(heading: str) -> str:
    """Give a heading without what stands in brackets, in lower case."""
    return plain_line(re.sub(r"\([^()]*\)", " ", heading)).casefold()


def _homes(columns: Sequence[TableColumn]) -> dict[str, _Home]:
    """Give what may stand over the cells of each column, whichever of its aspects it names."""
    homes = {}
    for number, column in enumerate(columns):
        for aspect in column.aspects:
            homes[spaced(many(aspect))] = (number, "wording")
            homes |= {f"{spaced(aspect)} {part}": (number, part) for part in _PARTS}
    return homes


def _home(heading: str, homes: Mapping[str, _Home]) -> _Home | None:
    """Find what a heading stands for; of several aspects the first that the table has counts."""
    names = [heading, *re.split(r", | and ", heading)]
    return next((homes[name] for name in names if name in homes), None)


def _rows(
    sheet: Sheet, head: int, headings: Sequence[str], columns: Sequence[TableColumn], file: str
) -> list[Row]:
    homes = _homes(columns)
    known = [_known(heading) for heading in headings]
    lines = [line for line in sheet.rows if line.number > head]
    places: dict[str | _Home, list[int]] = {}
    for place, name in enumerate(known):
        places.setdefault(_home(name, homes) or name, []).append(place)
    used = {at for line in lines for at, text in enumerate(line.cells) if text.strip()}
    strange = [headings[at] for at in used if at < len(known) and _is_strange(at, headings, homes)]
    problems = [*_missing(columns, known, places), *_without_home(strange, columns)]
    if problems:
        where = f"{file}, row {head}"
        raise InputProblems([Problem(where, what, remedy) for what, remedy in problems])
    rows = [_row(line.cells, places, len(columns), f"{file}, row {line.number}") for line in lines]
    nameless = [
        Problem(
            row.where,
            "This row has no point.",
            "Write one, put its cells into another row, or say why it is dropped.",
        )
        for row in rows
        if not (row.point or row.dropped) and any(cell != Cell() for cell in row.cells)
    ]
    if nameless:
        raise InputProblems(nameless)
    return [row for row in rows if row.point or row.dropped]


def _row(
    cells: Sequence[str], places: Mapping[str | _Home, Sequence[int]], columns: int, where: str
) -> Row:
    def text(name: str | _Home) -> str:
        texts = (cells[place] for place in places.get(name, ()) if place < len(cells))
        return "\n".join(text for text in texts if text.strip())

    return Row(
        plain_line(text("point")),
        tuple(
            Cell(
                plain_lines(text((number, "wording"))),
                read_quotes(text((number, "quotes"))),
                read_segments(text((number, "segments"))),
            )
            for number in range(columns)
        ),
        dropped=plain_line(text("dropped because")),
        where=where,
    )


def _missing(
    columns: Sequence[TableColumn],
    known: Sequence[str],
    places: Mapping[str | _Home, Sequence[int]],
) -> Iterator[tuple[str, str]]:
    """Say which headings lack their fellows. A column of which nothing is there is empty."""
    for number, column in enumerate(columns):
        names = [tuple(f"{spaced(aspect)} {part}" for part in _PARTS) for aspect in column.aspects]
        begun = [pair for pair in names if any(name in known for name in pair)]
        if not begun and (number, "wording") in places:
            begun = names[:1]
        for name in (name for pair in begun for name in pair if name not in known):
            yield (
                f'The column "{name.capitalize()}" is missing.{suggest(name, known)}',
                "Give the column its heading back; a fresh draft shows it.",
            )


def _is_strange(at: int, headings: Sequence[str], homes: Mapping[str, _Home]) -> bool:
    """Tell whether a heading is one of a draft's, of a column that the table has not."""
    name = _known(headings[at])
    if _home(name, homes) is not None:
        return False
    first, _, part = name.rpartition(" ")
    pair = {f"{first} {each}" for each in _PARTS}
    drafted = part in _PARTS and pair <= set(map(_known, headings))
    return drafted or bool(_OWN_WORDING.search(headings[at]))


def _without_home(
    strange: Sequence[str], columns: Sequence[TableColumn]
) -> Iterator[tuple[str, str]]:
    if strange:
        under = ", ".join(f'"{plain_line(heading)}"' for heading in strange)
        yield no_column(f"what stands under {under}", columns)
