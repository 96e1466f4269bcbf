"""The codebook as an Excel workbook, to read, to comment on, and to change."""

from __future__ import annotations

from typing import Any

from commonthread.codebook import Code
from commonthread.codebook_view import CodebookView, CodeUse
from commonthread.docx_handouts import INVENTED
from commonthread.packs.about import HEADINGS, rows_of
from commonthread.packs.labels import code_labels, code_numbers
from commonthread.proposals.code_texts import LABELS, field_text, shown_lines
from commonthread.proposals.forms import (
    AGREEMENT,
    AUTHOR,
    COMMENT,
    MERGE,
    MOVE,
    NOTHING_CHANGES,
    PRIVATE,
    RETIRE,
    ROLE,
    SPLIT,
    UNDER,
    WHY,
    WORDS_LOOKED_FOR,
    about_codebook,
    agreement_in_words,
)
from commonthread.proposals.given_out import given_out
from commonthread.proposals.proposal import FIELDS
from commonthread.report.wording import visible
from commonthread.xlsx_parts import entry_format, finish_workbook, new_workbook, write_sheet

CODEBOOK, NEW_CODES, PATTERNS, WHO = "Codebook", "New codes", "Patterns", "Who"
EXCERPTS, GIVEN, ABOUT = "What people said", "As given out", "About this workbook"
LISTED_AS = "Listed as"
WHO_HEADINGS = ("About you", "Write here")

_POINTS = 12
_EMPTY_ROWS = 20
_PRINT_SCALE = 75
_WIDTHS = {
    "name": 30,
    "plain": 36,
    "definition": 46,
    "use_when": 44,
    "not_when": 44,
    "near_miss": 44,
    "examples": 54,
    "questions": 44,
    "terms": 54,
}
_ASKED = ((COMMENT, 40), (MERGE, 28), (SPLIT, 44), (MOVE, 28), (RETIRE, 10), (WHY, 40))
_COUNTED = ("segments", "people", "workshops", "roles")
_NEW_FIELDS = (
    *("name", "plain", "definition", "use_when", "not_when", "near_miss", "examples", "terms"),
)

_HOW_TO = (
    "This is the list of codes that the team reads what people said with. Read as much of it as you"
    " like. If you want something to be different, say so, in whatever way suits you best.",
    f"Each row of the sheet {CODEBOOK} is a code. To propose another wording, change the text in its"
    " cell. Examples and questions have a line each: Alt and Enter begin a new line.",
    "Or write into the coloured columns at the end of its row, only what you want to change."
    f" {COMMENT} is for anything. {MERGE} takes other codes. {SPLIT} takes a line for each new code,"
    f" its name: what it means. {MOVE} takes the code under which it should stand. {RETIRE} takes"
    f" yes if it should go. {WHY} is for your reason.",
    "Codes may be called by their number, such as 2.3, or their name, several with semicolons"
    f" between. The lists under {MERGE} and {MOVE} have all names.",
    f"If a code is missing, write it into the sheet {NEW_CODES}. A name and what it means in plain"
    f" words are enough. The sheet {WHO} asks who you are, and has room for what you would like to"
    " say of the codebook as a whole.",
    WORDS_LOOKED_FOR,
    AGREEMENT,
    "Hide and sort as it suits you, but leave the headings as they are. To print the codebook, the"
    " Word document is better.",
    NOTHING_CHANGES,
    "When you are done, save it as an Excel workbook (.xlsx) and send it back. It may be called"
    " anything.",
    PRIVATE,
)


def write_codebook_workbook(view: CodebookView) -> bytes:
    """Write a codebook as a workbook to read and to change.

    A sheet with a row for each theme, code and aspect, whose cells people may change; excerpts;
    room for new codes; how to do it; and, hidden, the texts as they are now, by which edited ones
    are told when it comes back. The same view gives the same bytes.
    """
    book = new_workbook(f"Codebook: {view.study}")
    told = [INVENTED] if view.invented else []
    title = f"{view.codebook.title}, version {view.codebook.version}. {view.study}"
    lines = [[visible(line)] for line in (*told, title, *_HOW_TO)]
    write_sheet(book, "How to", [("How to use this workbook", 110)], lines, _POINTS)
    _codebook(book, view)
    _new_codes(book, len(view.codebook.codes))
    _who(book)
    _excerpts(book, view)
    _patterns(book, view)
    about = [row for row in rows_of(about_codebook(view.study, view.codebook)) if row[1]]
    rows = [[visible(cell) for cell in row] for row in about]
    write_sheet(book, ABOUT, [(HEADINGS[0], 24), (HEADINGS[1], 80)], rows, _POINTS, "About")
    _as_given_out(book, view)
    return finish_workbook(book)


def _codebook(book: Any, view: CodebookView) -> None:
    counted = [(heading, 12) for heading in _count_headings(view)]
    columns = [
        ("Number", 9),
        (LABELS["name"], _WIDTHS["name"]),
        ("Theme", 24),
        *((LABELS[field], width) for field, width in _WIDTHS.items() if field != "name"),
        *counted,
        ("Agreement", 20),
        *_ASKED,
        ("Id", 22),
    ]
    codebook = view.codebook
    numbers = code_numbers(codebook)
    rows = []
    for code in codebook.codes:
        theme = codebook.code(code.theme).name if code.theme else "Aspect"
        name, *texts = _texts(code)
        row = [numbers[code.id], name, theme, *texts, *_use(view.use.get(code.id), view)]
        row += [*[""] * len(_ASKED), code.id]
        rows.append([cell if isinstance(cell, int) else visible(cell) for cell in row])
    sheet = write_sheet(book, CODEBOOK, columns, rows, _POINTS, "Codes")
    sheet.freeze_panes(1, 2)
    # On one page across it would be too small to read.
    sheet.set_print_scale(_PRINT_SCALE)
    sheet.repeat_columns(0, 1)
    # Numbers of codes are meant to be texts: nothing to mark as an error.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 1}"})
    first = len(columns) - len(_ASKED) - 1
    _room(book, sheet, len(rows), range(first, first + len(_ASKED)))
    at = {heading: place for place, (heading, _) in enumerate(columns)}
    for heading in (MERGE, MOVE):
        _list_codes(sheet, at[heading], len(rows), len(codebook.codes))
    yes = {"validate": "list", "source": ["yes"], "show_error": False}
    sheet.data_validation(1, at[RETIRE], len(rows), at[RETIRE], yes)


def _texts(code: Code) -> list[str]:
    """Give the texts of a code as its cells show them, the name first."""
    texts = {field: field_text(code, field) for field in FIELDS}
    return ["\n".join(shown_lines(field, texts)) for field in _WIDTHS]


def _count_headings(view: CodebookView) -> list[str]:
    """Give the headings of the counts, each with what it is out of where that is one number."""
    headings = []
    for counted in _COUNTED:
        whole = {getattr(use, f"of_{counted}") for use in view.use.values()}
        headings.append(
            f"{counted.capitalize()} of {whole.pop():,}"
            if len(whole) == 1
            else counted.capitalize()
        )
    return headings


def _use(use: CodeUse | None, view: CodebookView) -> list[str | int]:
    if use is None:
        return [""] * (len(_COUNTED) + 1)
    counts: list[str | int] = []
    for counted, heading in zip(_COUNTED, _count_headings(view), strict=True):
        part, whole = getattr(use, counted), getattr(use, f"of_{counted}")
        counts.append(part if " of " in heading else f"{part} of {whole}")
    return [*counts, agreement_in_words(use)]


def _new_codes(book: Any, codes: int) -> None:
    columns = [(LABELS[field], _WIDTHS[field]) for field in _NEW_FIELDS]
    columns += [(UNDER, 30), (WHY, 40)]
    sheet = write_sheet(book, NEW_CODES, columns, [], _POINTS)
    _room(book, sheet, _EMPTY_ROWS, range(len(columns)))
    _list_codes(sheet, len(_NEW_FIELDS), _EMPTY_ROWS, codes)


def _who(book: Any) -> None:
    rows = [[AUTHOR], [ROLE], [f"{COMMENT} on the codebook as a whole"]]
    columns = [(WHO_HEADINGS[0], 40), (WHO_HEADINGS[1], 80)]
    sheet = write_sheet(book, WHO, columns, rows, _POINTS)
    _room(book, sheet, len(rows), range(1, 2))


def _patterns(book: Any, view: CodebookView) -> None:
    """Add the patterns in a sheet of their own: most people need not see them."""
    labels, numbers = code_labels(view.codebook), code_numbers(view.codebook)
    rows = []
    for code in view.codebook.codes:
        lines = shown_lines("patterns", {"terms": field_text(code, "terms")})
        row = [numbers[code.id], labels[code.id], "\n".join(lines), "", code.id]
        rows.append([visible(cell) for cell in row])
    columns = [("Number", 9), ("Name", 30), (LABELS["patterns"], 90), (COMMENT, 40), ("Id", 22)]
    sheet = write_sheet(book, PATTERNS, columns, rows, _POINTS, "Patterns")
    sheet.ignore_errors({"number_stored_as_text": f"A1:A{len(rows) + 1}"})
    _room(book, sheet, len(rows), range(3, 4))


def _excerpts(book: Any, view: CodebookView) -> None:
    labels, numbers = code_labels(view.codebook), code_numbers(view.codebook)
    rows = [
        [
            visible(cell)
            for cell in (
                numbers[code.id],
                labels[code.id],
                excerpt.words,
                excerpt.speaker,
                excerpt.workshop,
                excerpt.segment_id,
            )
        ]
        for code in view.codebook.codes
        if code.id in view.use
        for excerpt in view.use[code.id].excerpts
    ]
    columns = [
        ("Number", 9),
        ("Name", 30),
        ("What was said", 90),
        ("Speaker", 20),
        ("Workshop", 24),
        ("Segment id", 24),
    ]
    sheet = write_sheet(book, EXCERPTS, columns, rows, _POINTS, "Excerpts")
    sheet.ignore_errors({"number_stored_as_text": f"A1:A{len(rows) + 1}"})


def _as_given_out(book: Any, view: CodebookView) -> None:
    """Add what the texts are now, hidden."""
    columns = [("Id", 22), ("Number", 9), (LISTED_AS, 30)]
    columns += [(LABELS[field], 30) for field in FIELDS]
    rows = [
        [code.id, code.number, visible(code.label), *(code.texts[field] for field in FIELDS)]
        for code in given_out(view.codebook).codes
    ]
    write_sheet(book, GIVEN, columns, rows, _POINTS).hide()


def _room(book: Any, sheet: Any, rows: int, columns: range) -> None:
    """Colour cells to write in."""
    entry = entry_format(book, _POINTS)
    for row in range(1, rows + 1):
        for column in columns:
            sheet.write_blank(row, column, None, entry)


def _list_codes(sheet: Any, column: int, rows: int, codes: int) -> None:
    """Let people choose a code from a list; they may write something else all the same."""
    options = {
        "validate": "list",
        "source": f"='{GIVEN}'!$C$2:$C${codes + 1}",
        "show_error": False,
    }
    sheet.data_validation(1, column, rows, column, options)
