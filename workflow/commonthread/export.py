"""Tables for people: CSV that opens in a spreadsheet without harm, and Markdown.

CSV files are UTF-8 with a byte order mark (without it Excel takes them for another encoding), with
commas, and with CRLF at the ends of rows (RFC 4180). Missing values are empty cells. Numbers have
up to six decimals. A text that a spreadsheet would take for a formula gets an apostrophe in front:
see ``neutralise``; ``restore`` takes it off again.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.whole_files import replacing

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = frozenset("=+-@|%")
# What XML 1.0, and so Word and Excel, cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def printable(text: str) -> str:
    """Give the text with characters that no Word or Excel file can hold replaced by U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text)


def _starts_a_formula(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula or a command."""
    if text[:1] in {"\t", "\r"}:
        return True
    for character in text:
        if character in _FORMULA:
            return True
        if character.isascii():
            if character > " ":
                return False
        elif unicodedata.category(character) not in _INVISIBLE:
            return unicodedata.normalize("NFKC", character)[0] in _FORMULA
    return False


def neutralise(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet might take for a formula.

    That is a text whose first character is one of ``= + - @ | %``, also in a full-width or other
    compatibility form (NFKC), and also after white space or invisible characters; or a text that
    starts with a tab or a carriage return; or such a text with apostrophes before it already, so
    that ``restore`` gives every text back exactly. All other texts stay as they are.
    """
    return "'" + text if _starts_a_formula(text.lstrip("'")) else text


def restore(text: str) -> str:
    """Take off the apostrophe that ``neutralise`` put there: ``restore(neutralise(x)) == x``."""
    return text[1:] if text[:1] == "'" and _starts_a_formula(text.lstrip("'")) else text


def _cell(value: object) -> str:
    """Write a value that is not missing: texts neutralised, numbers plainly."""
    if isinstance(value, str):
        return neutralise(printable(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        short = f"{value:.6f}".rstrip("0").rstrip(".")
        return "0" if short == "-0" else short
    return str(value)


def _cells(column: pd.Series[Any]) -> list[str]:
    """Write a column; each different value is looked at once."""
    import pandas as pd

    found, values = pd.factorize(column, use_na_sentinel=True)
    written = [_cell(value) for value in pd.Index(values).tolist()]
    written.append("")
    return [written[number] for number in found.tolist()]


def write_csv_for_people(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as CSV that opens in a spreadsheet, as the head of this module says.

    Texts, headings too, are neutralised, and characters that a spreadsheet cannot hold replaced.
    Columns of numbers are written as numbers: a negative number is no formula.
    """
    written = [_cells(frame[name]) for name in frame.columns]
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([_cell(str(name)) for name in frame.columns])
        writer.writerows(zip(*written, strict=True))


@dataclass(frozen=True)
class PeopleTable:
    """A table as people read it: in a document, not in a spreadsheet.

    ``rows`` hold one text for each heading; a line break in a text starts a new paragraph.
    The first column says what each row is about. ``widths`` are the shares of the page's width
    that the columns get.
    """

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(
    r"(?P<entity>[&<>|\\@])|(?P<sign>[`*_\[\]~$#])|(?P<address>:(?=//)|(?<=www)\.)"
    r"|(?P<line>\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])",
    re.IGNORECASE,
)


def _escaped(found: re.Match[str]) -> str:
    if found["line"]:
        return "<br>"
    # An entity is never taken for markup, whatever stands around it.
    if found["sign"]:
        return f"\\{found[0]}"
    return _NAMED.get(found[0], f"&#{ord(found[0])};")


def escape_markdown(text: str) -> str:
    """Write a text so that Markdown shows it literally, in one line.

    What Markdown or HTML would take for markup is escaped, addresses do not become links, and
    line breaks become ``<br>``.
    """
    return _MARKUP.sub(_escaped, printable(text))


def markdown_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give a table in GitHub's Markdown in which every text shows literally."""
    lines = [headings, ["---"] * len(headings), *rows]
    escaped = [
        cells if number == 1 else [escape_markdown(cell) for cell in cells]
        for number, cells in enumerate(lines)
    ]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in escaped)


def write_markdown_tables(
    title: str, tables: Sequence[PeopleTable], path: Path, lines: Sequence[str] = ()
) -> None:
    """Write tables as one Markdown file with a title, UTF-8 with LF at the ends of lines.

    ``lines`` (authors, "Draft") stand under the title, a paragraph each.
    """
    parts = [f"# {escape_markdown(title)}\n", *(f"{escape_markdown(line)}\n" for line in lines)]
    for table in tables:
        parts.append(f"## {escape_markdown(table.title)}\n")
        parts.append(markdown_table(table.headings, table.rows))
        parts.append(f"*Note.* {escape_markdown(table.note)}\n")
    with replacing(path) as temporary:
        temporary.write_text("\n".join(parts), encoding="utf-8", newline="\n")
