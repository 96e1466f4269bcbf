"""Lays summary tables out for documents: what a reader sees in which cell, and the note under it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from commonthread.export import PeopleTable
from commonthread.settings import TableSettings
from commonthread.summary.columns import key, name_of_wording, names_in_data, nobody
from commonthread.summary.evidence import NONE, PARAPHRASE, Evidence
from commonthread.summary.rows import (
    Cell,
    Row,
    SummaryTable,
    read_quotes,
    read_segments,
    write_quotes,
)
from commonthread.summary_tables import NOT_AGREED

_NOT_QUOTED = (NONE, PARAPHRASE)
_NOT_QUOTED_HERE = "Said, but not quoted here."
_WIDTH_OF_POINT = 0.2
_QUOTES = (
    "Words in quotation marks are those of people in the workshops, with names replaced; … stands"
    " where words are left out."
)


def drafted_table(frame: pd.DataFrame, table: TableSettings) -> SummaryTable:
    """Give a table as a machine drafted it, from the table ``summary_tables``."""
    rows = []
    names = [names_in_data(column) for column in table.columns]
    for point in frame[frame["table_id"] == table.id].to_dict("records"):
        cells = (
            Cell(quotes=read_quotes(point[quotes]), segments=read_segments(point[segments]))
            for _, quotes, _, segments in names
        )
        where = f"draft of {table.id}, row {point['row']}"
        rows.append(Row(point["point"], tuple(cells), where=where, code_id=point["code_id"]))
    return SummaryTable(table.id, table.title, tuple(table.columns), tuple(rows))


def count(number: int, one: str, many: str) -> str:
    """Give a number and what it counts."""
    return f"{number:,} {one if number == 1 else many}"


def breadth(segments: tuple[str, ...], evidence: Evidence) -> tuple[int, int]:
    """Give how many workshops and how many known people stand behind segments."""
    known = [segment for segment in segments if segment in evidence]
    people = {evidence.speaker(segment) for segment in known} - {""}
    return len({evidence.workshop_id(segment) for segment in known}), len(people)


def people_in_words(people: int, fewest: int) -> str:
    """Say how many people; of fewer than ``fewest``, only that they are."""
    if 0 < people < fewest:
        return f"fewer than {fewest:,} people"
    return count(people, "person", "people")


def breadth_in_words(segments: tuple[str, ...], evidence: Evidence, fewest: int) -> str:
    """Say how many workshops and known people stand behind segments."""
    workshops, people = breadth(segments, evidence)
    shared = count(workshops, "workshop", "workshops")
    return f"{shared}, {people_in_words(people, fewest) if people else 'notes only'}"


def quotes_in_words(cell: Cell, evidence: Evidence) -> list[str]:
    """Give the quotes of a cell with whose words they are, as far as the speakers agreed."""
    return [
        f"{quote.words} ({whose})" if quote.paraphrase else f"“{quote.words}” ({whose})"
        for quote in cell.quotes
        for whose in [evidence.source_of_quote(quote.segment_id, quote.paraphrase)]
    ]


def cell_in_words(cell: Cell, none: str, evidence: Evidence) -> str:
    """Give what a cell says: people's wording, then the quotes, a line each."""
    lines = [*([cell.wording] if cell.wording else []), *quotes_in_words(cell, evidence)]
    if lines:
        return "\n".join(lines)
    agreed = any(evidence.consent_of(s) not in _NOT_QUOTED for s in cell.segments)
    return (_NOT_QUOTED_HERE if agreed else NOT_AGREED) if cell.segments else none


def laid_out(
    table: SummaryTable, draft: SummaryTable, evidence: Evidence, fewest: int
) -> PeopleTable:
    """Lay a table out: a point and what stands in its columns, a row; its note under it.

    Goes in: the table as it was checked, and as it was drafted; and below which number people are
    not counted out.
    """
    nothing = [nobody(column) for column in table.columns]
    rows = tuple(
        (
            f"{row.point}\n{breadth_in_words(row.evidence, evidence, fewest)}",
            *(
                cell_in_words(cell, none, evidence)
                for cell, none in zip(row.cells, nothing, strict=True)
            ),
        )
        for row in table.kept
    )
    columns = len(table.columns)
    return PeopleTable(
        title=table.title,
        note=note(table, draft, evidence, fewest),
        headings=("Point", *(column.title for column in table.columns)),
        rows=rows or (("", *nothing),),
        widths=(_WIDTH_OF_POINT, *([(1 - _WIDTH_OF_POINT) / columns] * columns)),
    )


def note(table: SummaryTable, draft: SummaryTable, evidence: Evidence, fewest: int) -> str:
    """Say who stands behind a table, how its rows were made, and how to read its quotes."""
    segments = tuple(dict.fromkeys(s for row in table.kept for s in row.evidence))
    workshops, people = breadth(segments, evidence)
    said = [
        f"Behind this table stand {count(workshops, 'workshop', 'workshops')} and"
        f" {people_in_words(people, fewest)} who spoke"
        f" ({count(len(segments), 'segment', 'segments')} of talk and notes)."
    ]
    if table.file:
        by_machine = sum(as_drafted(table, draft))
        by_people = len(table.kept) - by_machine
        rows = count(by_people, "row was", "rows were")
        said.append(
            f"{rows} written or chosen by people on the basis of a draft that a machine made from"
            " coded segments"
            + (f"; {by_machine:,} stand as they were drafted." if by_machine else ".")
        )
        dropped = len(table.rows) - len(table.kept)
        if dropped:
            rows = count(dropped, "row of it was", "rows of it were")
            said.append(f"{rows} left out with a reason.")
    else:
        said.append(
            "A machine drafted the rows from coded segments, chose the quotes, and put the points"
            " that came up most widely first; people have not rewritten them yet."
        )
    if any(cell.quotes for row in table.kept for cell in row.cells):
        said.append(_QUOTES)
    return " ".join(said)


def as_drafted(table: SummaryTable, draft: SummaryTable) -> list[bool]:
    """Say of each row that was kept whether it stands as a machine drafts it now."""
    made = {_content(row) for row in draft.rows}
    return [not table.file or _content(row) in made for row in table.kept]


def _content(row: Row) -> tuple[object, ...]:
    return row.point, *((cell.wording, cell.quotes) for cell in row.cells)


def cells_of(
    table: SummaryTable, draft: SummaryTable, evidence: Evidence, complete: bool
) -> list[dict[str, Any]]:
    """Give the rows of the table ``summary_cells`` for a table; ``complete`` if all of it held."""
    return [
        {
            "table_id": table.table_id,
            "written_by": "people" if table.file else "machine",
            "complete": complete,
            "row": number,
            "code_id": row.code_id,
            "point": row.point,
            "people": people,
            "workshops": workshops,
            "as_drafted": drafted,
            "column": column.title,
            "wording": cell.wording,
            "quotes": write_quotes(cell.quotes),
            "segments": " ".join(cell.evidence),
            "text": cell_in_words(cell, nobody(column), evidence),
        }
        for number, (row, drafted) in enumerate(
            zip(table.kept, as_drafted(table, draft), strict=True), start=1
        )
        for workshops, people in [breadth(row.evidence, evidence)]
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]


def for_spreadsheets(table: SummaryTable, evidence: Evidence, fewest: int) -> pd.DataFrame:
    """Give a table with a row for each point and the ids behind it, dropped points at the end."""
    keys = [key(column) for column in table.columns]
    headings = [
        *("row", "point"),
        *(name_of_wording(column) for column in table.columns),
        *(f"{name}_quotes" for name in keys),
        *("workshops", "people"),
        *(f"{name}_segments" for name in keys),
        *("dropped_because", "made_by"),
    ]
    rows = []
    for number, row in enumerate([*table.kept, *(r for r in table.rows if r.dropped)], start=1):
        workshops, people = breadth(row.evidence, evidence)
        rows.append(
            (
                number,
                row.point,
                *(cell.wording for cell in row.cells),
                *(
                    # Nobody has checked what was dropped.
                    "" if row.dropped else "\n".join(quotes_in_words(cell, evidence))
                    for cell in row.cells
                ),
                workshops,
                people_in_words(people, fewest) if people < fewest else str(people),
                *(" ".join(cell.evidence) for cell in row.cells),
                row.dropped,
                "people" if table.file else "machine (draft)",
            )
        )
    return pd.DataFrame(rows, columns=headings)
