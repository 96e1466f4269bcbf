"""What a page is built from: tables, charts and quotes, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from commonthread.report.static_charts import static_chart
from commonthread.report.withheld import shown
from commonthread.report.wording import number


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, the bare number if it is one, and where it leads.

    ``show`` are the filters of the segments that it stands for (see ``showing``), or empty.
    """

    text: str
    value: float | None = None
    href: str = ""
    show: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a caption. The first cell of a row names the row.

    ``file`` is the data table (without ending) in which the same numbers stand in full, or empty.
    """

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    file: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart: its name, what it shows in one sentence, its plotly figure, and its table.

    A mark leads to where its number in the table does. The numbers of bars stand in the rows; those
    of a grid in rows and columns, from the ``first`` column (from 0) on.
    """

    id: str
    title: str
    summary: str
    figure: Mapping[str, Any]
    table: Table
    first: int = 1

    @property
    def still(self) -> Markup:
        """The chart as SVG, for as long as plotly.js does not draw it."""
        return static_chart(self.figure, self.id)

    @property
    def marks(self) -> str:
        """What stands for the numbers: "bars" or "circles"."""
        return "bars" if self.figure["data"][0]["type"] == "bar" else "circles"

    @property
    def size(self) -> str:
        """How high the chart is, and how narrow it can be, as CSS."""
        layout = self.figure["layout"]
        narrowest = layout.get("meta", {}).get("narrowest")
        width = f";min-width:{narrowest}px" if narrowest else ""
        return f"height:{layout['height']}px{width}"


@dataclass(frozen=True)
class Piece:
    """A stretch of a quote; ``matched`` if a word of the codebook stands there."""

    text: str
    matched: bool


@dataclass(frozen=True)
class Quote:
    """A segment in its speaker's words.

    ``speaker`` is a pseudonym, or says that it is a note; ``time`` is empty where none is known;
    ``why`` says what the coding rests on; ``may_quote`` says what the speaker agreed to and is
    empty where nothing was agreed.
    """

    segment_id: str
    pieces: tuple[Piece, ...]
    speaker: str
    workshop: str
    time: str
    why: str
    may_quote: str


def text_cell(text: object, href: str = "", show: str = "") -> Cell:
    """Give a cell that holds words."""
    return Cell(str(text), None, href, show)


def number_cell(value: float, text: str = "", show: str = "") -> Cell:
    """Give a cell that holds a number, shown as ``text`` if given."""
    return Cell(text or number(value), value if shown(value) else None, show=show)


def share_cell(part: float, whole: float, text: str, show: str = "") -> Cell:
    """Give a cell that holds a share of ``whole``; it has no number where that is nothing."""
    return Cell(text, round(part / whole, 6) if shown(part, whole) and whole else None, show=show)


def showing(**filters: str) -> str:
    """Give the part of an address behind "#segments?" that shows the segments with these filters.

    The filters are ``theme`` ("none" for what has no code), ``code``, ``and`` (a second code),
    ``aspect``, ``workshop``, ``role``, ``person``, ``kind`` (talk or notes), ``coder`` (a kind of
    coder), ``file``, ``segment`` (one or several, with spaces between) and ``words``.
    """
    return urlencode(filters, quote_via=quote)
