"""Rows of summary tables for tests: a table without rows, what stands behind it, and random rows."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from commonthread.settings import DEFAULT_COLUMNS, TableColumn
from commonthread.summary.evidence import Evidence
from commonthread.summary.rows import Cell, Quote, Row, SummaryTable, plain_line, plain_lines
from small_study import study

IDS = st.text("abcdefghijkmnpqrstuvwxyz23456789", min_size=4, max_size=12)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"])).map(
    plain_line
)
WORDS = LINE.filter(lambda t: t.strip("“”„«»‘’\"'` []") != "" and t == t.strip("“”„«»‘’\"'[]"))


def evidence(**changes: object) -> Evidence:
    frames = {**study(), **changes}
    return Evidence(*(frames[n] for n in ("segments", "turns", "participants", "workshops")))


def table(*rows: Row) -> SummaryTable:
    return SummaryTable("power", "Power", tuple(DEFAULT_COLUMNS), rows, "tables/power.xlsx")


def two(*cells: Cell) -> tuple[Cell, ...]:
    """Give the cells of a row with the usual two columns; those that are not given are empty."""
    return (*cells, *[Cell()] * (2 - len(cells)))


CELLS = st.builds(
    Cell,
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"])).map(
        plain_lines
    ),
    st.lists(st.builds(Quote, IDS, WORDS, st.just(False)), max_size=2).map(tuple),
    st.lists(IDS, unique=True, max_size=5).map(tuple),
)
ROWS = st.builds(Row, WORDS, st.tuples(CELLS, CELLS), LINE)


def columned(*columns: str) -> SummaryTable:
    """Give a table without rows that has these columns, each "Title: aspect, aspect"."""
    made = (column.partition(": ") for column in columns)
    named = (TableColumn(title=title, aspects=aspects.split(", ")) for title, _, aspects in made)
    return replace(table(), columns=tuple(named))
