"""Reads tables: text with delimiters (CSV, TSV) and Excel workbooks (XLSX)."""

from __future__ import annotations

from pathlib import Path

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.delimited import rows_of_delimited
from commonthread.sources.reading import RawTurn, Reading, kind_of
from commonthread.sources.table_turns import Row, turns_of_table
from commonthread.sources.text import clean, decode


def read_csv(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read a table whose cells are parted by commas, semicolons or tabs.

    A row is a turn (speaker, text, times) or a note; cells stay as written. Warnings name rows as
    a spreadsheet program numbers them, the headings being row 1. ``path`` is not opened.

    Raises Refused if rows differ in width, a quote is not closed, no column holds text, or the
    bytes are not text.
    """
    text, encoding, warnings = decode(data)
    named = settings.columns
    headings = (*named.text, *named.speaker, *named.start, *named.end)
    rows, delimiter = rows_of_delimited(text, settings.limits, headings)
    recognised = turns_of_table(rows, settings)
    if not recognised.turns:
        raise _nothing_said()
    return Reading(
        kind=recognised.kind,
        format="csv",
        layout=recognised.layout + (f", cells parted by {delimiter}" if delimiter else ""),
        encoding=encoding,
        turns=recognised.turns,
        warnings=[*warnings, *recognised.warnings],
        notes=recognised.notes,
    )


def read_xlsx(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read every sheet of an Excel workbook that is not hidden, in order.

    Each sheet is recognised by itself, as in ``read_csv``. Numbers, dates and times are read as
    they are shown; of formulas, what was last calculated. ``path`` is not opened.

    Raises Refused if the workbook is damaged, locked or unsafe, or no sheet holds text.
    """
    from commonthread.sources.workbook import sheets_of_workbook

    sheets, warnings = sheets_of_workbook(data, settings.limits)
    notes: list[str] = []
    filled = [sheet for sheet in sheets if sheet.rows]
    turns: list[RawTurn] = []
    layouts: list[str] = []
    refusals: list[Refused] = []
    odd_cells = 0
    for sheet in filled:
        warnings.extend(sheet.warnings)
        notes.extend(sheet.notes)
        rows: list[Row] = []
        for row in sheet.rows:
            cells = row.cells
            if not all(map(str.isprintable, cells)) or any("\ufffd" in cell for cell in cells):
                cleaned = [clean(cell) for cell in cells]
                odd_cells += sum(bool(told) for _, told in cleaned)
                cells = [cell for cell, _ in cleaned]
            rows.append(Row(row.number, cells))
        try:
            recognised = turns_of_table(
                rows, settings, f'sheet "{sheet.name}"' if len(sheets) > 1 else ""
            )
        except Refused as refused:
            refusals.append(refused)
            if len(filled) > 1:
                warnings.append(f'Sheet "{sheet.name}" was left out. {refused.reason}')
            continue
        turns.extend(recognised.turns)
        warnings.extend(recognised.warnings)
        notes.extend(recognised.notes)
        if recognised.layout not in layouts:
            layouts.append(recognised.layout)
    if odd_cells:
        warnings.append(
            "Characters that cannot be read, or that could do harm, were replaced or taken out "
            f"(in {odd_cells} cell{'s' * (odd_cells > 1)})."
        )
    if not turns:
        raise refusals[0] if refusals else _nothing_said()
    if len(turns) > settings.limits.turns:
        raise Refused(
            f"It has more than {settings.limits.turns:,} rows.",
            "Divide it into several files, or raise reading: limits: turns.",
        )
    return Reading(kind_of(turns), "xlsx", " and ".join(layouts), "", turns, warnings, notes)


def _nothing_said() -> Refused:
    return Refused(
        "It holds no text below its headings.", "If it is empty, take it out of the folder."
    )
