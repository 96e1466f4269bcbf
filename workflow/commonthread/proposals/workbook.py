"""Reads proposals out of a workbook with the codebook, as people left and saved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from commonthread.codebook import Codebook
from commonthread.packs.about import HEADINGS as ABOUT_HEADINGS
from commonthread.packs.about import About, read_about
from commonthread.problems import Refused
from commonthread.proposals.answers import (
    Answers,
    NewCode,
    Told,
    proposal_of_new,
    proposals_about,
)
from commonthread.proposals.code_texts import LABELS, plain_line
from commonthread.proposals.forms import ASKED, COMMENT, LOST, RETIRE
from commonthread.proposals.given_out import GivenCode, GivenOut, recalled, usable_id
from commonthread.proposals.proposal import FIELDS, Proposal, ReturnedProposals
from commonthread.proposals.workbook_out import (
    ABOUT,
    CODEBOOK,
    GIVEN,
    LISTED_AS,
    NEW_CODES,
    PATTERNS,
    WHO,
    WHO_HEADINGS,
)
from commonthread.returned.limits import USUAL
from commonthread.settings import LimitSettings
from commonthread.sources.columns import plain_heading
from commonthread.sources.table_turns import Row
from commonthread.sources.workbook import Note, Sheet, notes_of_package, sheets_of_package
from commonthread.sources.zipped import EXCEL, open_package

_ROWS_ABOVE = 20
_FIELDS = {plain_heading(label): name for name, label in LABELS.items()}
_ASKED = {plain_heading(label): key for label, key in ASKED.items()}
_FOR_READING = ("number", "theme", "id", "agreement", "segments", "people", "workshops", "roles")
_KNOWN = {**_FIELDS, **_ASKED, **dict.fromkeys(_FOR_READING, "")}
# Headings by which the sheet with the codes is told from others.
_FEWEST = 4


@dataclass
class _Cells:
    """A row by what its cells are, under the headings of its sheet."""

    number: int
    by_name: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.by_name.get(name, "")

    def texts(self) -> dict[str, str]:
        """Give the fields of a code that the sheet has."""
        return {name: self.by_name[name] for name in LABELS if name in self.by_name}


def read_workbook(
    data: bytes, codebooks: Sequence[Codebook] = (), limits: LimitSettings = USUAL
) -> ReturnedProposals:
    """Read what people proposed in a workbook with the codebook.

    Columns and rows may stand in any order, with others between. Edited texts are told by what the
    workbook keeps of the codebook as it was given out; if that is gone, by one of ``codebooks``
    with its fingerprint. Raises Refused if it cannot be read, or is no such workbook.
    """
    package = open_package(data, EXCEL, limits)
    sheets = sheets_of_package(package, limits, hidden_too=True)
    about, recorded = _about(sheets), _recorded(sheets)
    main = _codebook_sheet(sheets)
    if main is None or (about.made_for and about.pack_id):
        raise Refused(
            "It has no sheet of the codebook to read proposals from.",
            "Put in the workbook with the codebook, in which somebody changed texts or wrote"
            " comments. A coding pack belongs into the folder codings.",
        )
    sheet, headings, rows = main
    listed = GivenOut(
        tuple(
            GivenCode(row["id"].strip(), row["number"].strip(), row["name"].strip(), {})
            for row in rows
            if usable_id(row["id"].strip())
        )
    )
    given = recalled(recorded, listed, about.codebook_sha256, codebooks)
    who = _who(sheets)
    problems: Told = []
    proposals = [
        *_of_rows(rows, _patterns(sheets, given), given, problems),
        *_of_notes(notes_of_package(package), sheets, given, who.get("author", "")),
        *_of_new(sheets, given, problems),
    ]
    if who.get("comment"):
        proposals.append(Proposal(f'sheet "{WHO}"', "comment", why=who["comment"]))
    _tell(sheet, headings, given, problems)
    saved = package.saved()
    return ReturnedProposals(
        author=plain_line(who.get("author", "")),
        role=plain_line(who.get("role", "")),
        codebook_version=about.codebook_version,
        codebook_sha256=about.codebook_sha256,
        proposals=tuple(replace(each, date=saved) for each in proposals),
        problems=tuple(problems),
    )


def _headings(row: Row) -> list[str]:
    return [plain_heading(cell) for cell in row.cells]


def _about(sheets: Sequence[Sheet]) -> About:
    wanted = [plain_heading(heading) for heading in ABOUT_HEADINGS]
    for sheet in sheets:
        if sheet.rows and _headings(sheet.rows[0])[:2] == wanted:
            return read_about(
                (row.cells[0], row.cells[1]) for row in sheet.rows[1:] if len(row.cells) > 1
            )
    return About()


def _recorded(sheets: Sequence[Sheet]) -> GivenOut:
    """Give what the hidden sheet says that the codebook was; empty if it is gone."""
    for sheet in sheets:
        if not sheet.rows or plain_heading(sheet.name) != plain_heading(GIVEN):
            continue
        at = {heading: place for place, heading in enumerate(_headings(sheet.rows[0]))}
        names = {name: at.get(plain_heading(LABELS[name])) for name in FIELDS}
        codes = []
        for row in sheet.rows[1:]:

            def cell(place: int | None, row: Row = row) -> str:
                return row.cells[place] if place is not None and place < len(row.cells) else ""

            code_id = cell(at.get("id"))
            if usable_id(code_id):
                texts = {name: cell(place) for name, place in names.items() if place is not None}
                label = cell(at.get(plain_heading(LISTED_AS)))
                codes.append(GivenCode(code_id, cell(at.get("number")), label, texts))
        return GivenOut(tuple(codes))
    return GivenOut()


def _codebook_sheet(sheets: Sequence[Sheet]) -> tuple[Sheet, list[str], list[_Cells]] | None:
    """Find the sheet with the codes: it, its headings as written, and its rows."""
    ordered = sorted(sheets, key=lambda sheet: plain_heading(sheet.name) != plain_heading(CODEBOOK))
    for sheet in ordered:
        if sheet.hidden or plain_heading(sheet.name) in map(plain_heading, (NEW_CODES, ABOUT)):
            continue
        for at, row in enumerate(sheet.rows[:_ROWS_ABOVE]):
            headings = set(_headings(row))
            if headings & {"id", "number"} and len(headings & _FIELDS.keys()) >= _FEWEST:
                return sheet, row.cells, _cells(row, sheet.rows[at + 1 :])
    return None


def _cells(head: Row, rows: Sequence[Row]) -> list[_Cells]:
    names: dict[int, str] = {}
    for at, heading in enumerate(_headings(head)):
        name = _FIELDS.get(heading) or _ASKED.get(heading) or heading
        if name and name not in names.values():
            names[at] = name
    return [
        _Cells(
            row.number,
            {name: row.cells[at] if at < len(row.cells) else "" for at, name in names.items()},
        )
        for row in rows
        if any(cell.strip() for cell in row.cells)
    ]


def _patterns(sheets: Sequence[Sheet], given: GivenOut) -> dict[str, _Cells]:
    """Give the rows of the sheet with patterns, by the id of their code."""
    found: dict[str, _Cells] = {}
    for sheet in sheets:
        if sheet.rows and plain_heading(sheet.name) == plain_heading(PATTERNS):
            for row in _cells(sheet.rows[0], sheet.rows[1:]):
                code = _code_of(row, given)
                if code is not None:
                    found.setdefault(code.id, row)
    return found


def _code_of(row: _Cells, given: GivenOut) -> GivenCode | None:
    return given.with_id(row["id"].strip()) or given.numbered(row["number"])


def _of_rows(
    rows: Sequence[_Cells], patterns: Mapping[str, _Cells], given: GivenOut, problems: Told
) -> Iterator[Proposal]:
    known = given.known()
    seen: set[str] = set()
    for row in rows:
        where = f"row {row.number}"
        code = _code_of(row, given)
        if code is not None:
            texts, beside = row.texts(), {}
            if code.id in patterns and code.id not in seen:
                texts["patterns"] = patterns[code.id]["patterns"]
                beside["patterns"] = patterns[code.id]["comment"]
            seen.add(code.id)
            answers = Answers(
                where,
                code,
                texts,
                beside,
                comment=row["comment"],
                merge=row["merge"],
                split=row["split"],
                move=row["move"],
                retire=row["retire"],
                why=row["why"],
            )
            yield from proposals_about(answers, known, problems)
        elif row["name"].strip():
            new = NewCode(where, row.texts(), row["move"] or row["theme"], row["why"])
            made = proposal_of_new(new, known, problems)
            if made is not None:
                yield made
        else:
            problems.append((where, "It has no name, and its number and id are of no code."))
    gone = [code.number for code in given.codes if code.id not in seen]
    if gone:
        what = (
            f"Rows of codes are gone: {', '.join(gone)}. Nothing is proposed about them; to have a"
            f" code retired, write yes under {RETIRE}."
        )
        problems.append((f'sheet "{CODEBOOK}"', what))


def _of_notes(
    notes: Sequence[Note], sheets: Sequence[Sheet], given: GivenOut, author: str
) -> Iterator[Proposal]:
    """Give notes on cells as comments on the codes of their rows."""
    rows = {sheet.name: {row.number: row for row in sheet.rows} for sheet in sheets}
    for note in notes:
        above = next(iter(rows.get(note.sheet, {}).values()), None)
        row = rows.get(note.sheet, {}).get(note.row)
        cells = _cells(above, [row]) if above is not None and row is not None else []
        code = _code_of(cells[0], given) if cells else None
        heading = above.cells[note.column - 1 : note.column] if above is not None else []
        on = f"On “{plain_line(heading[0])}”: " if heading and heading[0].strip() else ""
        yield Proposal(
            f'sheet "{note.sheet}", row {note.row}, note on a cell',
            "comment",
            code.id if code is not None else "",
            why=f"{on}{note.text}",
            author="" if note.author.casefold() == author.casefold() else note.author,
        )


def _of_new(sheets: Sequence[Sheet], given: GivenOut, problems: Told) -> Iterator[Proposal]:
    known = given.known()
    for sheet in sheets:
        if not sheet.rows or plain_heading(sheet.name) != plain_heading(NEW_CODES):
            continue
        for row in _cells(sheet.rows[0], sheet.rows[1:]):
            where = f'sheet "{sheet.name}", row {row.number}'
            made = proposal_of_new(
                NewCode(where, row.texts(), row["parent"], row["why"]), known, problems
            )
            if made is not None:
                yield made


def _who(sheets: Sequence[Sheet]) -> Mapping[str, str]:
    """Give the author, the role, and a comment on the whole."""
    found: dict[str, str] = {}
    for sheet in sheets:
        if not sheet.rows or _headings(sheet.rows[0])[:1] != [plain_heading(WHO_HEADINGS[0])]:
            continue
        for row in sheet.rows[1:]:
            label, written = plain_heading(row.cells[0]), "\n".join(row.cells[1:]).strip()
            key = "comment" if label.startswith(COMMENT.lower()) else _ASKED.get(label, "")
            if key and written:
                found.setdefault(key, written)
    return found


def _tell(sheet: Sheet, headings: Sequence[str], given: GivenOut, problems: Told) -> None:
    """Tell what could not be read: columns that nobody knows, and texts without what they were."""
    where = f'sheet "{sheet.name}"'
    if not any(code.texts for code in given.codes):
        problems.append((where, LOST))
    for heading in headings:
        plain = plain_heading(heading)
        counted = plain.split(" of ")[0] in _FOR_READING
        if not plain or plain in _KNOWN or counted:
            continue
        near = get_close_matches(plain, _KNOWN, n=1, cutoff=0.8)
        meant = f' Did you mean "{near[0]}"?' if near else ""
        problems.append((where, f'Nothing was read from the column "{heading[:60]}".{meant}'))
