"""What a row of a summary table is, and how its quotes and segment ids are written as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonthread.settings import TableColumn

PARAPHRASE = "paraphrase"

_LINE = re.compile(r"\s*\[\s*(?P<id>[^\[\]\s]+)\s*\]\s*(?P<said>.*)")
_PARAPHRASE = re.compile(r"paraphrased?\s*:\s*", re.IGNORECASE)
_MARKS = ("“”", "„“", "„”", "«»", "‘’", '""', "''")


@dataclass(frozen=True)
class Quote:
    """Words that stand for a segment: verbatim, or a paraphrase. ``segment_id`` may be missing."""

    segment_id: str
    words: str
    paraphrase: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a row: people's own wording, quotes, and the segments that it rests on."""

    wording: str = ""
    quotes: tuple[Quote, ...] = ()
    segments: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """All segments that the cell rests on, those of quotes too, each once."""
        quoted = (quote.segment_id for quote in self.quotes if quote.segment_id)
        return tuple(dict.fromkeys((*self.segments, *quoted)))


@dataclass(frozen=True)
class Row:
    """A row of a summary table: a point, and a cell for each column of the table.

    ``dropped`` is the reason why it was left out; ``where`` its place; ``code_id`` the code that a
    drafted row comes from, empty for rows of people.
    """

    point: str
    cells: tuple[Cell, ...]
    dropped: str = ""
    where: str = ""
    code_id: str = ""

    @property
    def evidence(self) -> tuple[str, ...]:
        """All segments that the row rests on, each once."""
        return tuple(dict.fromkeys(segment for cell in self.cells for segment in cell.evidence))


@dataclass(frozen=True)
class SummaryTable:
    """A summary table: its name, title and columns, its rows in order, and whether people wrote it.

    ``file`` is the file that people wrote it in, as it is called in the study folder; empty for a
    draft.
    """

    table_id: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    file: str = ""

    @property
    def kept(self) -> tuple[Row, ...]:
        """The rows that were not dropped."""
        return tuple(row for row in self.rows if not row.dropped)


def plain_line(text: str) -> str:
    """Give a text with every run of white space as one space."""
    return " ".join(text.split())


def plain_lines(text: str) -> str:
    """Give a text with its lines stripped and empty ones left out."""
    lines = (plain_line(line) for line in re.split(r"[\r\n\x0b\x0c\u2028\u2029]+", text))
    return "\n".join(line for line in lines if line)


def write_quotes(quotes: Iterable[Quote]) -> str:
    """Write quotes, a line each: ``[id] “words”`` or ``[id] paraphrase: words``."""
    lines = []
    for quote in quotes:
        words = plain_line(quote.words)
        said = f"{PARAPHRASE}: {words}" if quote.paraphrase else f"“{words}”"
        lines.append(f"[{quote.segment_id}] {said}" if quote.segment_id else said)
    return "\n".join(lines)


def read_quotes(text: str) -> tuple[Quote, ...]:
    """Read quotes as ``write_quotes`` writes them and as people change them.

    A line without an id in square brackets belongs to the quote above it; the first one then has
    an empty id. Quotation marks around the words, of any kind, may be there or not.
    """
    found: list[tuple[str, str]] = []
    for line in plain_lines(text).split("\n"):
        match = _LINE.fullmatch(line)
        if match:
            found.append((match["id"], match["said"]))
        elif line and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        elif line:
            found.append(("", line))
    return tuple(_quote(segment_id, said) for segment_id, said in found)


def _quote(segment_id: str, said: str) -> Quote:
    mark = _PARAPHRASE.match(said)
    words = said[mark.end() :] if mark else said
    return Quote(segment_id, without_marks(words), bool(mark))


def without_marks(words: str) -> str:
    """Take off one pair of quotation marks that stands around the words."""
    words = words.strip()
    if len(words) > 1 and words[0] + words[-1] in _MARKS:
        return words[1:-1].strip()
    return words


def read_segments(text: str) -> tuple[str, ...]:
    """Read segment ids with white space, commas or semicolons between them, each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,;\[\]]+", text) if part))
