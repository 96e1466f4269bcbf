"""Reads a workbook that people coded in, as Excel, LibreOffice or another program saved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commonthread.packs.about import HEADINGS as ABOUT_HEADINGS
from commonthread.packs.about import About, read_about
from commonthread.packs.workbook import PLACES, SEGMENTS
from commonthread.problems import Refused
from commonthread.returned.entry import Entry, judge, returned_pack
from commonthread.returned.judgement import Returned
from commonthread.returned.limits import USUAL
from commonthread.returned.rows import Columns, entries, find_headings
from commonthread.returned.worklist import read_worklist
from commonthread.returned.written import KnownCodes
from commonthread.settings import LimitSettings
from commonthread.sources.columns import plain_heading
from commonthread.sources.table_turns import Row
from commonthread.sources.workbook import Sheet, sheets_of_package
from commonthread.sources.zipped import EXCEL, open_package

# What a pack has, in the reader's plain form of headings.
_PACK_COLUMNS = (
    *("segment", "words to code", *(f"code {number}" for number in range(1, 6))),
    *("aspect 1", "aspect 2", "no code fits", "unsure", "comment", "new code"),
)


_NOT_READ = (
    'It was left alone, although it looks like one with codings: only "{}" was read.'
    " If it has codings of its own, save it as a file of its own."
)


def read_workbook(data: bytes, limits: LimitSettings = USUAL) -> Returned:
    """Read a coding pack that was filled in, a worklist, or any workbook with columns for codings.

    Columns may stand in any order with others between, and there may be other sheets. The codes are
    ids where the workbook's own codebook says which, else as written. Raises Refused if it cannot
    be read, or no sheet has codings.
    """
    package = open_package(data, EXCEL, limits)
    sheets = sheets_of_package(package, limits, hidden_too=True)
    answered = read_worklist(sheets)
    if answered is not None:
        return answered
    about, known = About(), KnownCodes()
    places: dict[str, Entry] = {}
    coded: list[tuple[Sheet, int, Columns]] = []
    for sheet in sheets:
        headings = _headings(sheet)
        if headings[:2] == [plain_heading(heading) for heading in ABOUT_HEADINGS]:
            about = read_about((row.cells[0], row.cells[1]) for row in _long(sheet.rows[1:], 2))
        elif {"number", "name", "id"} <= set(headings):
            known = _known(headings, sheet.rows[1:])
        elif plain_heading(sheet.name) == plain_heading(PLACES):
            columns = Columns(sheet.rows[0].cells if sheet.rows else [])
            places = {entry.segment_id: entry for entry in entries(columns, sheet.rows[1:])}
        elif not sheet.hidden and (found := find_headings(sheet.rows)) is not None:
            coded.append((sheet, *found))
    if not coded:
        raise Refused(
            "No sheet has a row of headings with Segment and Code 1, or with words and code.",
            "If it is a coding pack, give the columns their headings back.",
        )
    coded.sort(key=lambda each: plain_heading(each[0].name) != plain_heading(SEGMENTS))
    sheet, head, columns = coded[0]
    filled = (_placed(entry, places) for entry in entries(columns, sheet.rows[head + 1 :]))
    judged = judge(filled, known)
    problems = [
        *_headings_told(sheet, columns, bool(places)),
        *((f'sheet "{other.name}"', _NOT_READ.format(sheet.name)) for other, _, _ in coded[1:]),
    ]
    return returned_pack(about, judged, package.saved(), problems)


def _headings(sheet: Sheet) -> list[str]:
    return [plain_heading(cell) for cell in sheet.rows[0].cells] if sheet.rows else []


def _long(rows: Sequence[Row], width: int) -> list[Row]:
    return [row for row in rows if len(row.cells) >= width]


def _known(headings: Sequence[str], rows: Sequence[Row]) -> KnownCodes:
    at = [headings.index(name) for name in ("number", "name", "id")]
    listed = []
    for row in rows:
        cells = [row.cells[place] if place < len(row.cells) else "" for place in at]
        listed.append((cells[0], cells[1], cells[2]))
    return KnownCodes(listed)


def _placed(entry: Entry, places: dict[str, Entry]) -> Entry:
    """Give an entry with its words as the pack had them, whatever was done to its row."""
    place = places.get(entry.segment_id.strip())
    if place is None:
        return entry
    return replace(
        entry,
        source_id=place.source_id,
        words=place.words,
        before=place.before,
        after=place.after,
        start_s=place.start_s,
    )


def _headings_told(sheet: Sheet, columns: Columns, is_pack: bool) -> list[tuple[str, str]]:
    """Say which headings of a pack are gone while others are there that nobody knows."""
    where = f'sheet "{sheet.name}"'
    told = [
        (where, f'Nothing was read from the column "{heading}". Did you mean "{meant}"?')
        for heading, meant in columns.misspelt()
    ]
    missing = [name.capitalize() for name in _PACK_COLUMNS if name not in columns.headings]
    if is_pack and missing and columns.unknown and not told:
        gone, there = (
            ", ".join(f'"{name}"' for name in names) for names in (missing, columns.unknown)
        )
        told.append(
            (
                where,
                f"Nothing was read from {there}, and {gone} is missing. If a heading was changed,"
                " change it back.",
            )
        )
    return told
