"""The draft summary tables, as far as a page can show them."""

from __future__ import annotations

from dataclasses import dataclass

from commonthread.report.blocks import showing
from commonthread.report.facts import Facts, records
from commonthread.report.wording import anchor, count, number, of

# Rows of a table, and letters of a cell, that the page shows; the files hold everything.
_MOST_ROWS, _MOST_LETTERS = 8, 600


@dataclass(frozen=True)
class DraftRow:
    """One point of a draft table. Both columns hold people's own words, a paragraph each."""

    point: str
    show: str
    challenges: tuple[str, ...]
    practices: tuple[str, ...]
    shared: str


@dataclass(frozen=True)
class Draft:
    """A draft table: its rows that the page shows, and a sentence if there are more."""

    id: str
    name: str
    caption: str
    rows: tuple[DraftRow, ...]
    more: str


def drafts(facts: Facts) -> tuple[Draft, ...]:
    """Give the draft tables in the order in which they stand in the summary tables."""
    titles = {theme.id: theme.name for theme in facts.codebook.themes}
    titles |= {table.id: table.title for table in facts.inputs.tables}
    workshops = len(facts.workshop_names)
    found: dict[str, list[DraftRow]] = {}
    for row in records(facts.inputs.summary_tables):
        found.setdefault(str(row["table_id"]), []).append(
            DraftRow(
                str(row["point"]),
                showing(code=str(row["code_id"])),
                _paragraphs(row["challenges"]),
                _paragraphs(row["practices"]),
                f"{count(row['people'], 'person')}, {of(row['workshops'], workshops, 'workshop')}",
            )
        )
    return tuple(
        Draft(
            anchor("draft", table_id),
            titles.get(table_id, table_id),
            f"{titles.get(table_id, table_id)} (draft)",
            tuple(rows[:_MOST_ROWS]),
            f"{number(len(rows) - _MOST_ROWS)} more points are in the files."
            if len(rows) > _MOST_ROWS
            else "",
        )
        for table_id, rows in found.items()
    )


def _paragraphs(text: object) -> tuple[str, ...]:
    written = str(text or "")
    if len(written) > _MOST_LETTERS:
        written = written[:_MOST_LETTERS].rsplit(" ", 1)[0] + " …"
    return tuple(line for line in written.split("\n") if line.strip())
