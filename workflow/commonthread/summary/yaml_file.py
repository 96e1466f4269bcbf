"""A summary table as YAML that people edit, and what they made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field, field_validator

from commonthread.export import printable
from commonthread.problems import InputProblems, Problem
from commonthread.strict_yaml import parse_yaml, validate
from commonthread.summary.rows import (
    Quote,
    Row,
    Side,
    SummaryTable,
    plain_line,
    plain_lines,
    read_segments,
    without_marks,
)

_HEAD = """\
# {title}
#
# A draft that a machine made. It is yours to rewrite. Once you have saved a change in it, no run
# writes over it again: every run reads it, checks it, and makes the documents from it. Edit either
# this file or the workbook of the same name; the one you do not edit goes away by itself.
#
# Write your own wording after challenges: and practices:, and change each point so that it says
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


class _Row(_Section):
    point: str = Field("", description="The point in plain words")
    challenges: str = Field("", description="Your own wording of the challenges")
    practices: str = Field("", description="Your own wording of the practices and resources")
    challenge_quotes: list[_Quote] = []
    practice_quotes: list[_Quote] = []
    challenge_segments: str = Field("", description="Ids, with spaces between them")
    practice_segments: str = Field("", description="Ids, with spaces between them")
    dropped_because: str = Field("", description="Why the row is left out")

    @field_validator("challenge_segments", "practice_segments", mode="before")
    @classmethod
    def _lists_too(cls, value: object) -> object:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return " ".join(value)
        return value


class _Table(_Section):
    rows: list[_Row] = []


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
    lines = [_HEAD.format(title=plain_line(printable(table.title))), "rows:"]
    if not table.rows:
        lines[-1] = "rows: []"
    for row in table.rows:
        lines.append(f"  - point: {_text(row.point)}")
        lines += _value("challenges", row.challenge.wording, 4)
        lines += _value("practices", row.practice.wording, 4)
        lines += _quotes("challenge_quotes", row.challenge.quotes)
        lines += _quotes("practice_quotes", row.practice.quotes)
        lines += _segments("challenge_segments", row.challenge.segments)
        lines += _segments("practice_segments", row.practice.segments)
        lines += _value("dropped_because", row.dropped, 4)
        lines.append("")
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")


def read_yaml(data: bytes, table_id: str, title: str, file: str) -> SummaryTable:
    """Read a table that people wrote; ``file`` names it in messages.

    Raises InputProblems with all that is wrong in it, each with its line.
    """
    document = parse_yaml(data, file)
    made = validate(_Table, document, file)
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, row in enumerate(made.rows):
        where = f"{file}, line {document.line('rows', number)}"
        if not (row.point.strip() or row.dropped_because.strip()):
            problems.append(
                Problem(where, "This row has no point.", "Write one, or say why it is dropped.")
            )
        for key, quotes in (
            ("challenge_quotes", row.challenge_quotes),
            ("practice_quotes", row.practice_quotes),
        ):
            for at, quote in enumerate(quotes):
                if bool(quote.words.strip()) == bool(quote.paraphrase.strip()):
                    problems.append(
                        Problem(
                            f"{file}, line {document.line('rows', number, key, at)}",
                            "A quote has either words or a paraphrase, and one of them only.",
                            "Write one and remove the other.",
                        )
                    )
        rows.append(
            Row(
                plain_line(row.point),
                Side(
                    plain_lines(row.challenges),
                    tuple(map(_quote, row.challenge_quotes)),
                    read_segments(row.challenge_segments),
                ),
                Side(
                    plain_lines(row.practices),
                    tuple(map(_quote, row.practice_quotes)),
                    read_segments(row.practice_segments),
                ),
                dropped=plain_line(row.dropped_because),
                where=where,
            )
        )
    if problems:
        raise InputProblems(problems)
    return SummaryTable(table_id, title, tuple(rows), file)


def _quote(quote: _Quote) -> Quote:
    said = quote.paraphrase or quote.words
    return Quote(
        quote.segment.strip("[] "), without_marks(plain_line(said)), bool(quote.paraphrase)
    )
