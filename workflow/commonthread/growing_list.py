"""Lists that a study keeps as CSV and that only ever grow: nothing in them is written over."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from commonthread.export import neutralise, printable, restore
from commonthread.ordinary_files import is_there, read_ordinary
from commonthread.problems import Refused
from commonthread.whole_files import replacing

_MARK = "\ufeff"
LARGEST_MB = 100


class OtherColumns(Exception):
    """A list cannot be read, or has other columns than it should: a sentence that says so."""


def read_list(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read a list; it is empty where there is no file.

    Raises OtherColumns for a file that is not UTF-8 CSV with just these columns.
    """
    if not is_there(path):
        return []
    try:
        text = read_ordinary(path, LARGEST_MB).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except Refused as refused:
        raise OtherColumns(f"{path.name} cannot be read. {refused.reason}") from None
    except OSError as error:
        raise OtherColumns(f"{path.name} cannot be opened ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error):
        raise OtherColumns(f"{path.name} cannot be read as CSV in UTF-8.") from None
    if not rows or rows[0] != list(columns) or any(len(row) != len(columns) for row in rows):
        raise OtherColumns(f"{path.name} has other columns than it was given.")
    return [dict(zip(columns, map(restore, row), strict=True)) for row in rows[1:]]


def add_to_list(path: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    """Add rows at the end of a list, beginning it if need be.

    Raises OtherColumns as ``read_list`` does, and OSError.
    """
    read_list(path, columns)
    if not rows:
        return
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    begins = not path.exists()
    if begins:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([neutralise(printable(row[name])) for name in columns])
    # Written beside it and moved into its place, so that a full disk leaves no half of a row.
    before = _MARK.encode("utf-8") if begins else path.read_bytes()
    ended = b"" if begins or before.endswith(b"\n") else b"\r\n"
    with replacing(path) as temporary, temporary.open("wb") as file:
        file.write(before + ended + out.getvalue().encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
