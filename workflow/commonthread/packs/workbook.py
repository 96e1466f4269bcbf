"""A coding pack as an Excel workbook, for those who like to code in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commonthread.docx_handouts import INVENTED
from commonthread.packs.about import HEADINGS, INDIVIDUAL, TITLE, about_rows
from commonthread.packs.around import Said, place_of, said_after, said_before
from commonthread.packs.labels import code_labels, code_numbers
from commonthread.packs.pack import Pack
from commonthread.report.wording import visible
from commonthread.segment_list import clock
from commonthread.xlsx_parts import entry_format, finish_workbook, new_workbook, write_sheet

SEGMENTS = "Segments"
CODEBOOK = "Codebook"
HOW_TO = "How to"
PLACES = "To find the words again"
FOUND = "Found by the computer (a suggestion)"

_CODES, _ASPECTS = 5, 2
_POINTS = 12
_WORDS = "Words to code"
_YES = ("No code fits", "Unsure")
# Headings with their widths in characters; the suggestions stand between the two.
_SAID = (
    ("Segment", 15),
    ("Workshop", 18),
    ("Speaker", 18),
    ("Time", 9),
    ("Said before", 32),
    (_WORDS, 54),
    ("Said after", 32),
)
_DECIDED = (
    *((f"Code {number}", 26) for number in range(1, _CODES + 1)),
    *((f"Aspect {number}", 18) for number in range(1, _ASPECTS + 1)),
    ("No code fits", 11),
    ("Unsure", 11),
    ("Comment", 36),
    ("New code", 26),
)
_CODEBOOK_COLUMNS = (
    ("Number", 9),
    ("Name", 30),
    ("In plain words", 40),
    ("What it is", 10),
    ("Definition", 50),
    ("Use when", 45),
    ("Not when", 45),
    ("Examples", 60),
    ("Near miss", 45),
    ("Id", 22),
)
_PLACES_COLUMNS = (
    ("Segment", 15),
    ("Source", 15),
    ("Before", 40),
    ("Words", 60),
    ("After", 40),
    ("Starts (seconds)", 12),
)
# A list in a cell names at most this many rows of the codebook's sheet.
_NAME_COLUMN = "B"
# A text of more letters than this would not show whole in a row of a narrow column.
_LONG = 1_200

_HOW_TO = (
    "Thank you for coding. Each row of the sheet Segments is a stretch of what somebody said, or a"
    " note. Read the column Words to code. What was said before and after is there to help you"
    " understand it. It is not coded here.",
    "Which codes say what it is about? Choose them from the lists, one in each of the columns"
    " Code 1 to Code 5. With the keyboard, Alt and the down arrow open a list. Instead of a name you"
    " can write the number that stands before it on the sheet Codebook, such as 2.3. Several in one"
    " cell need semicolons between them.",
    "Aspect 1 and Aspect 2 are for what it is, beside what it is about. Leave them empty if none"
    " fits.",
    "If no code fits, choose yes under No code fits. That is an answer too. An empty row says that"
    " you have not got to it yet.",
    "If you are not sure, choose yes under Unsure, and say why under Comment if you like. If a code"
    " is missing from the codebook, suggest one under New code.",
    "There are no right answers to find. What you see in the words is what counts. Please code by"
    " yourself, and talk about it with the other coders afterwards.",
    "You can stop whenever you like, save, and go on another day. If you change your mind, change"
    " the row. Hide, sort and add columns as it suits you, but leave the headings as they are.",
    "When you are done, save it as an Excel workbook (.xlsx) and send it back. It may be called"
    " anything. Send it as well if you did only a part.",
    "Please keep this file to yourself. It has what people said in confidence. Names were replaced,"
    " but who was there may still know who spoke.",
    "The sheets About this pack and To find the words again are for the computer that reads this"
    " file when it comes back. Please leave them in.",
)
_SUGGESTED = (
    f"The column {FOUND} shows where a search for words hit. It does not understand what it finds:"
    " it is often wrong, and it misses a lot. Nothing in it counts. Only what you choose does."
)


def write_pack_workbook(pack: Pack) -> bytes:
    """Write a pack for one coder as a workbook to fill in.

    A sheet with a row for each segment and lists to choose codes from; the codebook; how to do it;
    and what identifies pack and segments when it comes back. Every text stays a text, and the same
    pack gives the same bytes.
    """
    book = new_workbook(f"Coding pack: {pack.study}")
    lines = [*_HOW_TO[:4], _SUGGESTED, *_HOW_TO[4:]] if _starts_from_found(pack) else _HOW_TO
    told = [INVENTED] if pack.invented else []
    rows = [[line] for line in (*told, *lines)]
    write_sheet(book, HOW_TO, [("How to fill this in", 110)], rows, _POINTS)
    _segments(book, pack)
    _codebook(book, pack)
    about = [[visible(label), visible(value)] for label, value in about_rows(pack, INDIVIDUAL)]
    write_sheet(book, TITLE, [(HEADINGS[0], 24), (HEADINGS[1], 80)], about, _POINTS, "About")
    write_sheet(book, PLACES, _PLACES_COLUMNS, _places(pack), _POINTS, "Places")
    return finish_workbook(book)


def _starts_from_found(pack: Pack) -> bool:
    return pack.start == "dictionary"


def segment_columns(pack: Pack) -> list[tuple[str, int]]:
    """Give the headings of the sheet with the segments, each with its width in characters."""
    found = ((FOUND, 28),) if _starts_from_found(pack) else ()
    return [*_SAID, *found, *_DECIDED]


def _segments(book: Any, pack: Pack) -> None:
    columns = segment_columns(pack)
    if any(len(pack.words(segment)) > _LONG for segment in pack.segments):
        columns = [(name, 100 if name == _WORDS else width) for name, width in columns]
    sheet = write_sheet(book, SEGMENTS, columns, _segment_rows(pack), _POINTS, "Segments")
    entry = entry_format(book, _POINTS)
    first, last = len(columns) - len(_DECIDED), len(pack.segments)
    for row in range(1, last + 1):
        for column in range(first, len(columns)):
            sheet.write_blank(row, column, None, entry)
    if last:
        # Numbers of codes are meant to be texts: nothing to mark as an error.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        _lists(sheet, pack, [name for name, _ in columns], last)


def _segment_rows(pack: Pack) -> list[list[str | int]]:
    labels = code_labels(pack.codebook)
    rows: list[list[str | int]] = []
    for segment in pack.segments:
        turn = pack.turns[segment.turn]
        row = [
            segment.segment_id,
            place_of(pack, segment),
            turn.speaker,
            clock(turn.start_s),
            _told(said_before(pack, segment)),
            pack.words(segment),
            _told(said_after(pack, segment)),
        ]
        if _starts_from_found(pack):
            row.append("; ".join(labels[code] for code in segment.found if code in labels))
        rows.append([visible(cell) for cell in row])
    return rows


def _told(said: Sequence[Said]) -> str:
    """Give what was said, a line for each turn with its speaker."""
    return "\n".join(
        f"{each.speaker}: {each.words}" if each.speaker else each.words for each in said
    )


def _lists(sheet: Any, pack: Pack, columns: Sequence[str], last: int) -> None:
    """Let people choose codes, aspects and yes from lists."""
    codes = len(pack.codebook.codes) - len(pack.codebook.aspects)
    rows = {"Code": (2, codes + 1), "Aspect": (codes + 2, len(pack.codebook.codes) + 1)}
    for at, name in enumerate(columns):
        if name in _YES:
            options = {"validate": "list", "source": ["yes"], "show_error": False}
        elif name.split()[0] in rows and name.split()[-1].isdigit():
            start, end = rows[name.split()[0]]
            if end < start:
                continue
            column = f"${_NAME_COLUMN}"
            options = {
                "validate": "list",
                "source": f"={CODEBOOK}!{column}${start}:{column}${end}",
                "error_type": "warning",
                "error_title": "Not in the list",
                "error_message": "No code has just this name. If it is a number from the sheet"
                " Codebook, or several with semicolons between them, it is fine: keep it.",
            }
        else:
            continue
        sheet.data_validation(1, at, last, at, options)


def _codebook(book: Any, pack: Pack) -> None:
    labels, numbers = code_labels(pack.codebook), code_numbers(pack.codebook)
    rows = [
        [
            visible(cell)
            for cell in (
                numbers[code.id],
                labels[code.id],
                code.plain,
                code.dimension,
                code.definition,
                code.use_when,
                code.not_when,
                "\n".join(f"“{example}”" for example in code.examples),
                code.near_miss,
                code.id,
            )
        ]
        for code in pack.codebook.codes
    ]
    write_sheet(book, CODEBOOK, _CODEBOOK_COLUMNS, rows, _POINTS, "Codes")


def _places(pack: Pack) -> list[list[str | int]]:
    rows: list[list[str | int]] = []
    for segment in pack.segments:
        turn = pack.turns[segment.turn]
        rows.append(
            [
                segment.segment_id,
                pack.sources[turn.source].source_id,
                segment.before,
                pack.words(segment),
                segment.after,
                "" if turn.start_s is None else f"{turn.start_s:.3f}".rstrip("0").rstrip("."),
            ]
        )
    return rows
