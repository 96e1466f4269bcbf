"""The worklist as a workbook, in which people mark what words are. ``table`` reads it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commonthread.listed_words import STANDS_FOR
from commonthread.unlisted.answer import MARKS
from commonthread.unlisted.worklist import Entry
from commonthread.xlsx_parts import entry_format, finish_workbook, new_workbook, write_sheet

SHEET = "Worklist"
_PSEUDONYMS = "Pseudonyms"
_POINTS = 11
_COLUMNS = (
    ("Words", 26),
    ("Times", 8),
    ("In files", 8),
    ("Why it is here", 26),
    ("Where it was said", 80),
    ("Mark", 15),
    ("Replace with", 26),
)
_TO_FILL_IN = 2
_HOW_TO = (
    "Keep this file to yourself: it holds what may be real names.",
    "Each row has words that nobody listed and by which somebody might be known, with where they"
    " were said. In the column Mark, choose what they are: Name (a person), Place, Organisation,"
    " Other (anything else that must not stay), or Harmless (they may stay).",
    "Under Replace with you may write what is to stand in their place. For a person who takes part,"
    " choose the pseudonym from the list. If it stays empty, it is"
    f" {STANDS_FOR['person']} for a name, {STANDS_FOR['place']} for a place, {STANDS_FOR['organisation']} for"
    f" an organisation, and {STANDS_FOR['other']} for anything else.",
    "Words are replaced everywhere in the study, in any case and spelling. Before you mark a word as"
    " a name that is also an ordinary word, look at all the places where it was said.",
    "Rows without a mark stay on the list. You may stop at any time, and you may add rows with words"
    " of your own. Leave the headings as they are, and the words as they stand.",
    "Save the file into the folder names of the study, under any name, and run again. What you"
    " marked is then replaced, or left, and is not asked again.",
    "If you change your mind, mark the words anew in that file, or in another that you save later:"
    " the later mark counts.",
)


def write_workbook(entries: Sequence[Entry], pseudonyms: Sequence[str], study: str) -> bytes:
    """Write the worklist as a workbook with a row for each entry.

    ``pseudonyms`` are offered as replacements. Every text stays a text, and the same content gives
    the same bytes.
    """
    book = new_workbook(f"Words that nobody listed: {study}")
    rows: list[list[str | int]] = [
        [
            entry.words,
            entry.times,
            entry.files,
            entry.group,
            "\n".join(f"{said.before}[{said.words}]{said.after}" for said in entry.contexts),
            "",
            "",
        ]
        for entry in entries
    ]
    sheet = write_sheet(book, SHEET, _COLUMNS, rows, _POINTS, SHEET)
    if rows:
        _to_fill_in(book, sheet, len(rows), len(pseudonyms))
    write_sheet(book, "How to mark", [("How to mark", 110)], [[line] for line in _HOW_TO])
    names = [[each] for each in pseudonyms]
    write_sheet(book, _PSEUDONYMS, [("People who take part", 40)], names, _POINTS)
    return finish_workbook(book)


def _to_fill_in(book: Any, sheet: Any, last: int, pseudonyms: int) -> None:
    """Show which cells are to be filled in, and let people choose from lists."""
    entry = entry_format(book, _POINTS)
    mark = len(_COLUMNS) - _TO_FILL_IN
    for row in range(1, last + 1):
        for column in range(mark, len(_COLUMNS)):
            sheet.write_blank(row, column, None, entry)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    marks = {
        "validate": "list",
        "source": list(MARKS.values()),
        "error_title": "Not in the list",
        "error_message": f"Choose one of: {', '.join(MARKS.values())}.",
    }
    sheet.data_validation(1, mark, last, mark, marks)
    if pseudonyms:
        listed = f"={_PSEUDONYMS}!$A$2:$A${pseudonyms + 1}"
        free = {"validate": "list", "source": listed, "show_error": False}
        sheet.data_validation(1, mark + 1, last, mark + 1, free)
