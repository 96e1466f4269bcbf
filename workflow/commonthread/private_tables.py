"""Reads tables that people write by hand, and writes those that only their owner may read."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from commonthread.ordinary_files import read_ordinary
from commonthread.problems import InputProblems, Problem, Refused

_LARGEST_MB = 20
_MOST_COLUMNS = 2_000
_XLSX = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read_rows(path: Path, headings: Iterable[str]) -> list[list[str]]:
    """Read a table written in a spreadsheet program: CSV in any usual encoding, or XLSX.

    Comma, semicolon or tab: whichever shows most of ``headings`` in the first row. Comes out:
    all rows, the headings first, so that ``rows[i]`` is row ``i + 1`` of the spreadsheet; cells
    stripped. Raises InputProblems if the file cannot be read as a table.
    """
    name = path.name
    try:
        data = read_ordinary(path, _LARGEST_MB)
        if data.startswith(_XLSX):
            return _read_xlsx(name, data)
        if data.startswith(_OLE):
            raise _problem(
                name,
                "is an old Excel file (.xls), or locked with a password.",
                "Open it in Excel, take off any password, and save it as .xlsx or CSV.",
            )
        from commonthread.sources.text import decode

        text = decode(data)[0]
    except OSError as error:
        raise _problem(
            name, f"cannot be opened ({error.strerror}).", "See that you may read it."
        ) from error
    except Refused as refused:
        raise _problem(name, refused.reason, refused.remedy) from refused
    text = text.lstrip("\ufeff")
    first = text.split("\n", 1)[0].strip().strip('"').casefold()
    if first.startswith("sep=") and len(first) == 5:
        return [[], *_parse(name, text.split("\n", 1)[1], first[-1], after=1)]
    wanted = {heading.casefold() for heading in headings}

    def shown(delimiter: str) -> int:
        cells = text.split("\n", 1)[0].split(delimiter)
        return len(wanted & {plain_heading(cell.strip().strip('"')) for cell in cells})

    return _parse(name, text, max(",;\t", key=shown), after=0)


def plain_heading(heading: str) -> str:
    """Give a heading in lower case with underscores for spaces and hyphens."""
    return "_".join(heading.casefold().replace("-", " ").replace("_", " ").split())


def _parse(name: str, text: str, delimiter: str, after: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append([" ".join(cell.split()) for cell in row])
    except csv.Error as error:
        raise _problem(
            f"{name}, row {len(rows) + 1 + after}",
            f"has a cell of more than {csv.field_size_limit():,} letters, or a quotation mark that is "
            "never closed."
            if "field larger" in str(error)
            else "has quotation marks that do not match.",
            "Open the file in a spreadsheet program, mend the row and save it as CSV.",
        ) from error
    if any(len(row) > _MOST_COLUMNS for row in rows):
        raise _problem(name, f"has more than {_MOST_COLUMNS:,} columns.", "Take out what is empty.")
    return rows


def _read_xlsx(name: str, data: bytes) -> list[list[str]]:
    from commonthread.settings import LimitSettings
    from commonthread.sources.workbook import sheets_of_workbook

    sheets, _ = sheets_of_workbook(data, LimitSettings())
    rows: list[list[str]] = []
    for row in sheets[0].rows if sheets else []:
        # Empty rows are left out of a sheet; here they keep the numbers of the others right.
        rows += [[] for _ in range(row.number - 1 - len(rows))]
        rows.append([" ".join(cell.split()) for cell in row.cells])
    width = max((i + 1 for row in rows[:1] for i, cell in enumerate(row) if cell), default=0)
    return [row[:width] + [cell for cell in row[width:] if cell] for row in rows]


def _problem(where: str, what: str, remedy: str) -> InputProblems:
    return InputProblems([Problem(where, what, remedy)])


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may open; an existing one is closed to others."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def write_private_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV that only its owner may read, in a folder of the same kind, whole or not at all.

    It is written as ``export.write_csv_for_people`` writes: what a spreadsheet would take for a
    formula is neutralised.
    """
    from commonthread.export import neutralise, printable

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([neutralise(printable(cell)) for cell in row])
    write_private(path, out.getvalue().encode("utf-8-sig"))


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, in a folder of the same kind, whole or not at all."""
    make_private(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    temporary.unlink(missing_ok=True)
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
