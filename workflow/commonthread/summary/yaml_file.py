"""A summary table as YAML that people edit, and what they made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from commonthread.export import printable
from commonthread.problems import InputProblems, Problem, suggest
from commonthread.strict_yaml import Document, parse_yaml, validate
from commonthread.summary.columns import aspects_in_words, key, names_to_edit, no_column
from commonthread.summary.rows import (
    Cell,
    Quote,
    Row,
    SummaryTable,
    plain_line,
    plain_lines,
    read_segments,
    without_marks,
)

if TYPE_CHECKING:
    from commonthread.settings import TableColumn

_HEAD = """\
# {title}
#
# A draft that a machine made. It is yours to rewrite. Once you have saved a change in it, no run
# writes over it again: every run reads it, checks it, and makes the documents from it. Edit either
# this file or the workbook of the same name; the one you do not edit goes away by itself.
#
# Write your own wording after {wordings}, and change each point so that it says
# what you mean. Move, merge and split rows as you like. To leave a row out, say why after
# dropped_because: and its segments count as dealt with.
#
# A quote has a segment and its words, just as they were said; put … where you leave words out. To
# say it in your own words, write paraphrase: in place of words:. People are quoted only if they
# agreed to it in the participants list; notes may be quoted.
"""
# What a double-quoted text of YAML cannot hold as it is, besides what JSON escapes.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_LINE_LETTERS = 90


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Quote(_Section):
    segment: str = Field("", description="Id of the segment that is quoted")
    words: str = Field("", description="The words as they were said; … where some are left out")
    paraphrase: str = Field("", description="What was said, in your own words")


def _joined(value: object) -> object:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    return value


class _Row(_Section):
    """What every row has; those of a table have three more keys for each of its aspects."""

    point: str = Field("", description="The point in plain words")
    dropped_because: str = Field("", description="Why the row is left out")


_Segments = Annotated[str, BeforeValidator(_joined)]
_FURTHER: tuple[Any, ...] = ((str, ""), (list[_Quote], []), (_Segments, ""))


def _model(columns: Sequence[TableColumn]) -> type[BaseModel]:
    """Make the model of a table with these columns; any aspect of a column leads to it."""
    further: dict[str, Any] = {}
    for column in columns:
        for aspect in column.aspects:
            further |= zip(names_to_edit(aspect), _FURTHER, strict=True)
    row = create_model("_RowOfTable", __base__=_Row, **further)
    return create_model("_Table", __base__=_Section, rows=(list[row], []))


def _text(text: str) -> str:
    """Write a text as a double-quoted scalar; JSON's are YAML's but for a few characters."""
    quoted = json.dumps(printable(text), ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _value(key: str, text: str, indent: int) -> list[str]:
    """Write a key and a text in one line."""
    space = " " * indent
    return [f"{space}{key}: {_text(text)}" if text else f"{space}{key}:"]


def _segments(key: str, segments: Sequence[str]) -> list[str]:
    if not segments:
        return [f"    {key}:"]
    lines, line = [f"    {key}: >-"], ""
    for segment in segments:
        if line and len(line) + len(segment) >= _LINE_LETTERS:
            lines.append(f"      {line}")
            line = ""
        line = f"{line} {segment}".strip()
    return [*lines, f"      {line}"]


def _quotes(key: str, quotes: Sequence[Quote]) -> list[str]:
    if not quotes:
        return [f"    {key}: []"]
    lines = [f"    {key}:"]
    for quote in quotes:
        lines.append(f"      - segment: {_text(quote.segment_id)}")
        lines += _value("paraphrase" if quote.paraphrase else "words", quote.words, 8)
    return lines


def write_yaml(table: SummaryTable) -> bytes:
    """Write a table for people to edit."""
    names = [names_to_edit(key(column)) for column in table.columns]
    wordings = " and ".join(f"{wording}:" for wording, _, _ in names)
    title = plain_line(printable(table.title))
    lines = [_HEAD.format(title=title, wordings=wordings)]
    for column, (wording, quotes, _) in zip(table.columns, names, strict=True):
        if not column.title.startswith(aspects_in_words(column)):
            headed = plain_line(printable(column.title))
            lines.append(f"# {wording}: and {quotes}: stand in the column “{headed}”.\n")
    lines.append("rows:" if table.rows else "rows: []")
    for row in table.rows:
        cells = list(zip(names, row.cells, strict=True))
        lines.append(f"  - point: {_text(row.point)}")
        for (name, _, _), cell in cells:
            lines += _value(name, cell.wording, 4)
        for (_, name, _), cell in cells:
            lines += _quotes(name, cell.quotes)
        for (_, _, name), cell in cells:
            lines += _segments(name, cell.segments)
        lines += _value("dropped_because", row.dropped, 4)
        lines.append("")
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")


def read_yaml(data: bytes, draft: SummaryTable, file: str) -> SummaryTable:
    """Read a table that people wrote.

    ``draft`` says the name, title and columns of the table. Keys lead to a column by its aspects,
    so a file that was written under other settings is read as far as it fits. ``file`` names it in
    messages. Raises InputProblems with all that is wrong in it, each with its line.
    """
    document = _without_empty_columns(parse_yaml(data, file), draft.columns, file)
    made: Any = validate(_model(draft.columns), document, file)
    rows = [
        _row(row, draft.columns, f"{file}, line {document.line('rows', number)}")
        for number, row in enumerate(made.rows)
    ]
    problems = [
        Problem(row.where, "This row has no point.", "Write one, or say why it is dropped.")
        for row in rows
        if not (row.point or row.dropped)
    ]
    problems += [
        Problem(
            f"{file}, line {document.line('rows', number, name, at)}",
            "A quote has either words or a paraphrase, and one of them only.",
            "Write one and remove the other.",
        )
        for number, row in enumerate(made.rows)
        for name, quotes in row
        if name.endswith("_quotes")
        for at, quote in enumerate(quotes)
        if bool(quote.words.strip()) == bool(quote.paraphrase.strip())
    ]
    if problems:
        raise InputProblems(problems)
    return replace(draft, rows=tuple(rows), file=file)


def _row(row: Any, columns: Sequence[TableColumn], where: str) -> Row:
    cells = []
    for column in columns:
        names = [names_to_edit(aspect) for aspect in column.aspects]
        wording = "\n".join(getattr(row, name) for name, _, _ in names)
        quotes = (quote for _, name, _ in names for quote in getattr(row, name))
        segments = " ".join(getattr(row, name) for _, _, name in names)
        cells.append(
            Cell(plain_lines(wording), tuple(map(_quote, quotes)), read_segments(segments))
        )
    dropped = plain_line(row.dropped_because)
    return Row(plain_line(row.point), tuple(cells), dropped=dropped, where=where)


def _without_empty_columns(
    document: Document, columns: Sequence[TableColumn], file: str
) -> Document:
    """Leave out keys of columns that the table has not, as far as nothing stands there.

    Raises InputProblems with the first place of each of them that holds something.
    """
    rows = document.data.get("rows") if isinstance(document.data, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return document
    aspects = [aspect for column in columns for aspect in column.aspects]
    known = {*_Row.model_fields, *(name for aspect in aspects for name in names_to_edit(aspect))}
    keys = {name.rpartition("_") for row in rows for name in row}
    strange = {
        name: aspect
        for aspect, _, part in sorted(keys)
        if part in ("quotes", "segments")
        for name in names_to_edit(aspect)
        if name not in known
    }
    problems: dict[str, Problem] = {}
    for number, row in enumerate(rows):
        for name in (name for name in row if name in strange and row[name]):
            aspect = strange[name]
            what, remedy = no_column(f'"{aspect}"', columns)
            where = f"{file}, line {document.line('rows', number, name)}"
            problems.setdefault(aspect, Problem(where, what + suggest(aspect, aspects), remedy))
    if problems:
        raise InputProblems(problems.values())
    kept = [{name: row[name] for name in row if name not in strange} for row in rows]
    return Document({**document.data, "rows": kept}, document.lines)


def _quote(quote: _Quote) -> Quote:
    said = quote.paraphrase or quote.words
    return Quote(
        quote.segment.strip("[] "), without_marks(plain_line(said)), bool(quote.paraphrase)
    )
