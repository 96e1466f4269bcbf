"""Takes an Excel workbook apart into sheets of rows, with the cells as they are shown."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from commonthread.problems import Refused
from commonthread.settings import LimitSettings
from commonthread.sources.cell_formats import Formats, formats_of
from commonthread.sources.table_turns import Row
from commonthread.sources.zipped import EXCEL, Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_COLUMNS = 2_000
_MOST_CELLS = 5_000_000
_CELLS_NAMED = 8
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_CONVERSATION = re.compile(r"\[Threaded comment\].*?\n[^\n]{0,20}:\s*\n", re.DOTALL)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Sheet:
    """A sheet: its name, its rows that hold anything, what to tell, and whether it is hidden."""

    name: str
    rows: list[Row] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden: bool = False


@dataclass(frozen=True)
class Note:
    """A note on a cell: its sheet, row and column from 1, who wrote it (empty if not known)."""

    sheet: str
    row: int
    column: int
    author: str
    text: str


def sheets_of_workbook(data: bytes, limits: LimitSettings) -> tuple[list[Sheet], list[str]]:
    """Give the sheets of a workbook in order, and warnings about sheets that are left out.

    Cells are text as the sheet shows it: numbers and times in their format (so that 007 stays
    007), dates as year-month-day, of formulas what was last calculated. A merged cell gives its
    text to its first row and column. Nothing in the workbook is calculated or followed.

    Raises Refused if the workbook is damaged, locked, unsafe, or larger than the limits.
    """
    sheets = sheets_of_package(open_package(data, EXCEL, limits), limits, hidden_too=False)
    hidden = [f'"{sheet.name}"' for sheet in sheets if sheet.hidden]
    warnings = []
    if hidden:
        warnings.append(
            f"Hidden sheets were left out: {', '.join(hidden)}. "
            "Unhide a sheet and save the workbook to have it read."
        )
    return [sheet for sheet in sheets if not sheet.hidden], warnings


def sheets_of_package(package: Package, limits: LimitSettings, *, hidden_too: bool) -> list[Sheet]:
    """Give the sheets of a workbook that is open already, as ``sheets_of_workbook`` does.

    Hidden ones are there too, but without rows unless they are to be read.
    """
    main = _main_part(package)
    book = package.xml(main)
    if _local(book) != "workbook":
        raise package.damaged()
    targets = _relations(package, main)
    parts = {kind: name for kind, name in targets.values() if kind in {"sharedStrings", "styles"}}
    shared = _shared_strings(package, parts.get("sharedStrings"))
    early_dates = any(
        _local(child) == "workbookPr" and child.get("date1904") in {"1", "true"} for child in book
    )
    styles = parts.get("styles")
    formats = formats_of(
        package.xml(styles) if styles in package.names else None, from_1904=early_dates
    )
    sheets: list[Sheet] = []
    for element in book.iter("{*}sheet"):
        name = str(element.get("name", ""))
        hidden = element.get("state", "visible") != "visible"
        kind, part = targets.get(_attribute(element, "id") or "", ("", ""))
        if hidden and not hidden_too:
            sheets.append(Sheet(name, hidden=True))
        elif kind == "worksheet":
            sheets.append(_sheet(package, name, part, shared, formats, limits))
            sheets[-1].hidden = hidden
    return sheets


def notes_of_package(package: Package) -> list[Note]:
    """Give the notes on cells of a workbook, sheet by sheet, also those that Excel calls comments.

    Raises Refused if the workbook is damaged or unsafe.
    """
    main = _main_part(package)
    targets = _relations(package, main)
    found: list[Note] = []
    for element in package.xml(main).iter("{*}sheet"):
        _, part = targets.get(_attribute(element, "id") or "", ("", ""))
        for kind, name in _relations(package, part).values() if part else ():
            if kind == "comments" and name in package.names:
                found += _notes(package.xml(name), str(element.get("name", "")))
    return found


def _notes(root: _Element, sheet: str) -> Iterator[Note]:
    authors = ["".join(map(str, author.itertext())).strip() for author in root.iter("{*}author")]
    for comment in root.iter("{*}comment"):
        place = _REFERENCE.fullmatch(str(comment.get("ref", "")))
        text = "\n".join(map(_rich_text, comment.iterchildren("{*}text"))).strip()
        # For programs that know no conversations, Excel writes them down with a word about itself.
        conversation = _CONVERSATION.match(text)
        if conversation is not None:
            text = text[conversation.end() :].strip()
        at = _whole(comment.get("authorId"), -1)
        author = authors[at] if 0 <= at < len(authors) else ""
        if place is not None and text:
            known = conversation is None and not author.startswith("tc=")
            yield Note(
                sheet, int(place[2]), _column_number(place[1]), author if known else "", text
            )


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: _Element, name: str) -> str | None:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name and "}" in str(key):
            return str(value)
    return None


def _main_part(package: Package) -> str:
    for kind, name in _relations(package, "").values():
        if kind == "officeDocument":
            return name
    return "xl/workbook.xml"


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Give, by id, the kind and the name of the parts that a part points to within the file."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    if relations in package.names:
        for element in package.xml(relations):
            if element.get("TargetMode") == "External":
                continue
            target = str(element.get("Target", ""))
            joined = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            kind = str(element.get("Type", "")).rpartition("/")[2]
            found[str(element.get("Id", ""))] = (kind, posixpath.normpath(joined.lstrip("/")))
    return found


def _shared_strings(package: Package, part: str | None) -> list[str]:
    if part is None or part not in package.names:
        return []
    return [_rich_text(item) for item in package.xml(part) if _local(item) == "si"]


def _rich_text(item: _Element) -> str:
    """Join the runs of a string, without the pronunciation that East Asian cells may carry."""
    text = "".join(
        part.text or ""
        for part in item.iter("{*}t")
        if (above := part.getparent()) is None or _local(above) != "rPh"
    )
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")


def _sheet(
    package: Package,
    name: str,
    part: str,
    shared: list[str],
    formats: Formats,
    limits: LimitSettings,
) -> Sheet:
    sheet = Sheet(name)
    formulas: list[str] = []
    empty_formulas: list[str] = []
    hidden_rows = merged = filled = 0
    next_row = 1
    for element in _streamed(package, part):
        tag = _local(element)
        if tag == "mergeCell":
            merged += 1
            continue
        number = _whole(element.get("r"), next_row)
        next_row = number + 1
        if element.get("hidden") in {"1", "true"}:
            hidden_rows += 1
        cells: list[str] = []
        column = 0
        prefix = element.tag[: -len("row")]
        for cell in element.iterchildren(f"{prefix}c"):
            match = _REFERENCE.fullmatch(str(cell.get("r", "")))
            column = _column_number(match[1]) if match else column + 1
            text = _shown(cell, prefix, shared, formats, package)
            if cell.find(f"{prefix}f") is not None:
                (formulas if text else empty_formulas).append(f"{_letters(column)}{number}")
            if text:
                if column > _MOST_COLUMNS:
                    raise Refused(
                        f'Sheet "{name}" has more than {_MOST_COLUMNS:,} columns.',
                        "Delete the columns that hold no talk or notes, and save it anew.",
                    )
                cells.extend([""] * (column - len(cells) - 1))
                cells[column - 1 :] = [text]
        if cells:
            sheet.rows.append(Row(number, cells))
            filled += len(cells)
            if len(sheet.rows) > limits.turns or filled > _MOST_CELLS:
                raise Refused(
                    f'Sheet "{name}" is too large: it has more than {limits.turns:,} rows '
                    f"or {_MOST_CELLS:,} cells.",
                    "Divide it into several files, or raise reading: limits: turns.",
                )
    _tell(sheet, formulas, empty_formulas, hidden_rows, merged)
    return sheet


def _tell(
    sheet: Sheet, formulas: list[str], empty_formulas: list[str], hidden_rows: int, merged: int
) -> None:
    where = f'Sheet "{sheet.name}"'
    if formulas:
        sheet.warnings.append(
            f"{where} has formulas; what they last gave was read: {_cells_named(formulas)}."
        )
    if empty_formulas:
        sheet.warnings.append(
            f"{where} has formulas whose result is not saved or is empty, so nothing was read "
            f"there: {_cells_named(empty_formulas)}. Open the workbook in Excel and save it."
        )
    if hidden_rows and sheet.rows:
        sheet.warnings.append(
            f"{where} has hidden rows ({hidden_rows}); those that hold text were read like others."
        )
    if merged and sheet.rows:
        sheet.notes.append(
            f"{where} has merged cells ({merged}); each was read once, in its first row."
        )


def _cells_named(cells: list[str]) -> str:
    named = ", ".join(cells[:_CELLS_NAMED])
    left = len(cells) - _CELLS_NAMED
    return f"cell{'s' * (len(cells) > 1)} {named}" + (f" and {left} more" if left > 0 else "")


def _streamed(package: Package, part: str) -> Iterator[_Element]:
    """Give rows and merged cells one at a time, so that a large sheet is never a tree."""
    from lxml import etree

    wanted = ("{*}row", "{*}mergeCell")
    data = io.BytesIO(package.read(part))
    try:
        for _, element in etree.iterparse(
            data, events=("end",), tag=wanted, resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False,
        ):  # fmt: skip
            yield element
            element.clear()
            above = element.getparent()
            while above is not None and element.getprevious() is not None:
                del above[0]
    except etree.XMLSyntaxError as error:
        raise package.damaged() from error


def _shown(
    cell: _Element, prefix: str, shared: list[str], formats: Formats, package: Package
) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(map(_rich_text, cell.iterchildren(f"{prefix}is")))
    value = str(cell.findtext(f"{prefix}v") or "")
    if not value:
        return ""
    if kind == "s":
        at = _whole(value, -1)
        if not 0 <= at < len(shared):
            raise package.damaged()
        return shared[at]
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    if kind in {"str", "e", "d"}:
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return formats.shown(value, _whole(cell.get("s"), 0))


def _whole(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else otherwise


@lru_cache(maxsize=_MOST_COLUMNS)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
