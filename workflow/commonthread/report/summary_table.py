"""A summary table as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from commonthread.export import PeopleTable
from commonthread.report.rendering import Pageable, render, write_whole


@dataclass(frozen=True)
class SummaryTablePage(Pageable):
    """What the template of the page gets: texts of cells come as their lines."""

    authors: str
    status: str
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    note: str


def write_summary_page(
    table: PeopleTable, path: Path, *, study: str, invented: bool, authors: str, status: str
) -> None:
    """Write a table as a page that works offline, without scripts; ``status`` may say "Draft"."""
    page = SummaryTablePage(
        title=table.title,
        study=study,
        invented=invented,
        authors=authors,
        status=status,
        headings=table.headings,
        rows=tuple(tuple(tuple(text.split("\n")) for text in row) for row in table.rows),
        note=table.note,
    )
    write_whole(path, render("summary_table.html", page))
