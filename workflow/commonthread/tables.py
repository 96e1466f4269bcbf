"""The tables between the steps: their columns as ``tables.csv`` lists them, and their files."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.whole_files import replacing

_DTYPES: dict[str, Any] = {
    "text": "str",
    "whole number": "int64",
    "number": "float64",
    "true or false": "bool",
}
_NULLABLE: dict[str, Any] = {"whole number": "Int64", "true or false": "boolean"}


@cache
def _dictionary() -> tuple[tuple[str, str, str, str], ...]:
    """Read tables.csv once: (table, column, type, description) in its order."""
    text = files("commonthread").joinpath("tables.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    return tuple((row[0], row[1], row[2], row[3]) for row in rows[1:] if row)


def data_dictionary() -> pd.DataFrame:
    """Give every column of every table: a frame of table, column, type and description."""
    return pd.DataFrame(_dictionary(), columns=["table", "column", "type", "description"])


def columns(table: str) -> dict[str, str]:
    """Give the columns of a table in order: name to type.

    A type is ``text``, ``whole number``, ``number`` or ``true or false``.
    Raises ValueError for a table that ``tables.csv`` does not list.
    """
    found = {column: kind for name, column, kind, _ in _dictionary() if name == table}
    if not found:
        known = ", ".join(dict.fromkeys(row[0] for row in _dictionary()))
        raise ValueError(f'There is no table "{table}". The tables are {known}.')
    return found


def _fits(series: pd.Series[Any], kind: str) -> bool:
    """Tell whether a column holds values of a type; a column without any value fits every type."""
    from pandas.api import types

    if series.isna().all():
        return True
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return kind == "text" and types.infer_dtype(dtype.categories) == "string"
    inferred = types.infer_dtype(series, skipna=True) if types.is_object_dtype(dtype) else ""
    if kind == "text":
        return isinstance(dtype, pd.StringDtype) or inferred == "string"
    if kind == "true or false":
        return types.is_bool_dtype(dtype) or inferred == "boolean"
    if types.is_bool_dtype(dtype):
        return False
    if kind == "whole number":
        return types.is_integer_dtype(dtype) or inferred == "integer"
    return types.is_numeric_dtype(dtype) or inferred in {
        "integer",
        "floating",
        "mixed-integer-float",
    }


def check_table(frame: pd.DataFrame, table: str, only: Sequence[str] | None = None) -> pd.DataFrame:
    """Give the frame back if it has the columns of a table with the right types.

    Further columns are allowed, in any order. ``only`` limits the check to some columns.
    Raises ValueError that names every missing column and every column of a wrong type.
    """
    wanted = columns(table)
    if only is not None:
        wanted = {name: wanted.get(name, "") for name in only if name in wanted}
    missing = [name for name in wanted if name not in frame.columns]
    wrong = [
        f'"{name}" should hold {kind} but holds {frame[name].dtype}'
        for name, kind in wanted.items()
        if name in frame.columns and not _fits(frame[name], kind)
    ]
    said = []
    if missing:
        said.append("these columns are missing: " + ", ".join(missing))
    if wrong:
        said.append("these columns have a wrong type: " + "; ".join(wrong))
    if said:
        raise ValueError(f'In the table "{table}" ' + "; and ".join(said) + ".")
    return frame


def as_table(
    data: pd.DataFrame | Mapping[str, Any] | Sequence[Mapping[str, Any]], table: str
) -> pd.DataFrame:
    """Give a frame with the columns of a table in order and with their types.

    Goes in: a frame, a mapping of columns, or a sequence of rows as mappings (an empty one gives
    the empty table). Comes out: text as ``str``, whole numbers as ``int64`` (``Int64`` where some
    are missing), numbers as ``float64``, true or false as ``bool`` (``boolean`` where some are
    missing), further columns as they came, and a fresh index. Categories become text.
    Raises ValueError as ``check_table`` does.
    """
    wanted = columns(table)
    if isinstance(data, pd.DataFrame):
        frame = data
    elif len(data) == 0:
        frame = pd.DataFrame({name: [] for name in wanted})
    else:
        frame = pd.DataFrame(data)
    check_table(frame, table)
    ordered = [*wanted, *(name for name in frame.columns if name not in wanted)]
    made = {}
    for name in ordered:
        column = frame[name].reset_index(drop=True)
        if name in wanted:
            kind = wanted[name]
            some_missing = kind in _NULLABLE and bool(column.isna().any())
            column = column.astype(_NULLABLE[kind] if some_missing else _DTYPES[kind])
        made[name] = column
    return pd.DataFrame(made, columns=ordered)


def empty_table(table: str) -> pd.DataFrame:
    """Give a table without rows, with its columns and their types."""
    return as_table({}, table)


def write_table(frame: pd.DataFrame, table: str, path: Path) -> None:
    """Write a table as Parquet: same values, same bytes; moved into place when it is whole.

    The columns of ``tables.csv`` come first in their order, further columns after them.
    Raises ValueError as ``check_table`` does.
    """
    import pyarrow as pa
    from pyarrow import parquet

    check_table(frame, table)
    wanted = columns(table)
    arrow = {
        "text": pa.string(),
        "whole number": pa.int64(),
        "number": pa.float64(),
        "true or false": pa.bool_(),
    }
    made = {}
    for name in [*wanted, *(name for name in frame.columns if name not in wanted)]:
        values = frame[name]
        if isinstance(values.dtype, pd.CategoricalDtype):
            values = values.astype(values.dtype.categories.dtype)
        target = arrow[wanted[name]] if name in wanted else None
        made[name] = pa.array(values, type=target, from_pandas=True)
    # Without the pandas block in the file's metadata, so that the bytes depend on values alone.
    with replacing(path) as temporary:
        parquet.write_table(pa.table(made), temporary, compression="zstd")


def read_table(path: Path, table: str, only: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a table that ``write_table`` wrote, with the types that ``as_table`` gives.

    ``only`` names the columns to read, which saves time and memory; the others are left out.
    Raises ValueError as ``check_table`` does.
    """
    from pyarrow import parquet

    # Not parquet.read_table: it takes a folder named "a=b" for a column.
    with parquet.ParquetFile(path) as file:
        arrow = file.read(columns=list(only) if only is not None else None)
    wanted = columns(table)
    made = {}
    for name in arrow.column_names:
        column = arrow.column(name)
        kind = wanted.get(name, "")
        series = column.to_pandas()
        if kind in _NULLABLE and column.null_count:
            # to_pandas turns whole numbers with gaps into floats, which lose large ones.
            series = pd.Series(column.to_pylist(), dtype=_NULLABLE[kind])
        elif kind:
            series = series.astype(_DTYPES[kind])
        made[name] = series
    frame = pd.DataFrame(made, columns=list(arrow.column_names))
    return check_table(frame, table, only)
