"""Reads a Word document that people coded in, as Word, LibreOffice or another program saved it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from commonthread.packs.about import GROUP, About, read_about
from commonthread.packs.about import HEADINGS as ABOUT_HEADINGS
from commonthread.packs.around import CUT
from commonthread.packs.document import (
    AFTER,
    ASPECTS,
    BEFORE,
    CODES,
    COMMENT,
    FOUND,
    IN_SOURCE,
    NEW_CODE,
    NO_CODE,
    SEGMENT_ID,
    UNSURE,
    WORDS,
)
from commonthread.problems import Refused
from commonthread.returned.entry import Entry, judge, returned_pack
from commonthread.returned.judgement import Returned
from commonthread.returned.limits import USUAL
from commonthread.returned.written import KnownCodes
from commonthread.settings import LimitSettings
from commonthread.sources.columns import plain_heading
from commonthread.sources.documents import Grid
from commonthread.sources.docx import blocks_of_form
from commonthread.sources.zipped import WORD, open_package

_HEAD = re.compile(r"segment \d+ of \d+")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_FIELDS = {
    BEFORE: "before",
    WORDS: "words",
    AFTER: "after",
    CODES: "codes",
    ASPECTS: "codes",
    NO_CODE: "no_code",
    UNSURE: "unsure",
    COMMENT: "comment",
    NEW_CODE: "new_code",
    SEGMENT_ID: "segment_id",
    FOUND: "",
}
# The labels without what stands in brackets.
_LABELS = {_BRACKETS.sub("", label).casefold(): field for label, field in _FIELDS.items()}
# What may be missing if the table was made shorter by hand.
_NEEDED = ("codes", "no_code", "unsure", "comment", "new_code")
_FEWEST_ROWS = 3

Table = list[list[str]]


def read_document(data: bytes, limits: LimitSettings = USUAL) -> Returned:
    """Read a coding pack that was filled in.

    Tracked changes count as accepted. The codes are ids where the document's own list says which
    number or name is which, else as written. Raises Refused if it cannot be read, or has no table
    of a coding pack.
    """
    package = open_package(data, WORD, limits)
    tables = [_texts(block) for block in blocks_of_form(package) if isinstance(block, Grid)]
    about = About()
    listed: dict[tuple[str, str], tuple[str, str, str]] = {}
    entries: list[Entry] = []
    problems: list[tuple[str, str]] = []
    for number, table in enumerate(tables, start=1):
        headings = [plain_heading(cell) for cell in table[0]] if table else []
        if headings[:2] == [plain_heading(heading) for heading in ABOUT_HEADINGS]:
            about = read_about((row[0], row[1]) for row in table[1:] if len(row) > 1)
        elif {"number", "name"} <= set(headings):
            _list_codes(headings, table[1:], listed)
        else:
            for form in _forms(table):
                entry = _entry(form, f"table {number}", problems)
                if entry is not None:
                    entries.append(entry)
    if about.made_for == GROUP:
        raise Refused(
            "It is a pack for a group, whose marks are for talking, not codings.",
            "Take it out, and put in what single coders filled in.",
        )
    if not entries:
        raise Refused(
            "It has no table of a coding pack to read codings from.",
            "Fill in the pack, or write the codings into a table as CSV or XLSX.",
        )
    judged = judge(entries, KnownCodes(listed.values()))
    return returned_pack(about, judged, package.saved(), problems)


def _texts(grid: Grid) -> Table:
    return [
        ["\n".join(each.text for each in cell if each.text) for cell in row] for row in grid.rows
    ]


def _list_codes(
    headings: Sequence[str], rows: Table, listed: dict[tuple[str, str], tuple[str, str, str]]
) -> None:
    """Note what numbers and names stand for; lists with ids come before those without."""
    at = {name: headings.index(name) for name in ("number", "name", "id") if name in headings}
    for row in rows:
        cell = {name: row[place].strip() for name, place in at.items() if place < len(row)}
        code = (cell.get("number", ""), cell.get("name", ""), cell.get("id", ""))
        if code[2] or code[:2] not in listed:
            listed[code[:2]] = code


def _forms(table: Table) -> Iterator[Table]:
    """Part tables that grew into one when what stood between them was deleted."""
    form: Table = []
    for row in table:
        if form and row and _HEAD.fullmatch(plain_heading(row[0])):
            yield form
            form = []
        form.append(row)
    if form:
        yield form


def _entry(form: Table, otherwise: str, problems: list[tuple[str, str]]) -> Entry | None:
    """Give what a table says; None if it is no table of a pack."""
    fields: dict[str, list[str]] = {}
    where, unknown = otherwise, []
    for row in form:
        label, answers = row[0] if row else "", [cell for cell in row[1:] if cell.strip()]
        found = _known_label(label)
        if found is not None:
            field, beside = found
            fields.setdefault(field, []).extend(part for part in (beside, *answers) if part)
        elif _HEAD.fullmatch(plain_heading(label)):
            where = " ".join(label.split())
        elif answers:
            unknown.append(" ".join(label.split()))
    if len(fields) < _FEWEST_ROWS:
        return None
    for label in unknown:
        problems.append((where, f'Nothing was read from the row "{label[:60]}".'))
    missing = [name.replace("_", " ") for name in _NEEDED if name not in fields]
    if unknown and missing:
        problems.append((where, f"Rows are missing: {', '.join(missing)}."))
    segment_id, _, source_id = "".join(fields.pop("segment_id", [])).partition(IN_SOURCE)
    texts = {field: "\n".join(parts) for field, parts in fields.items() if field}
    for side in ("before", "after"):
        texts[side] = texts.get(side, "").strip(f"{CUT} ")
    return Entry(where=where, segment_id=segment_id, source_id=source_id, **texts)


def _known_label(text: str) -> tuple[str, str] | None:
    """Give the field of a label, and what somebody wrote beside it in the same cell."""
    text = text.strip()
    for label, field in _LABELS.items():
        if text[: len(label)].casefold() == label:
            beside = text[len(label) :]
            if not beside[:1].isalnum():
                return field, _BRACKETS.sub("", beside, count=1).strip(" :\n")
    return None
