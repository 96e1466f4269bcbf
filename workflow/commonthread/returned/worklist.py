"""The worklist: decisions of which it is not sure what they mean today, for a person to answer.

It is a workbook. Saved with answers into the folder of codings, it is read back on the next run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from commonthread.code_names import CodeNames
from commonthread.codebook import Codebook
from commonthread.returned.judgement import Answer, Returned
from commonthread.xlsx_parts import finish_workbook, new_workbook, write_sheet

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.sources.workbook import Sheet

SHEET = "Worklist"
_CHOICES = 3
_HEADINGS = (
    ("Item", 24),
    ("Coder", 16),
    ("Question", 44),
    ("Words when coded", 60),
    ("Codes", 24),
    ("Comment", 24),
    *((f"Choice {number}", 50) for number in range(1, _CHOICES + 1)),
    ("Answer", 24),
)
_HOW_TO = (
    "This is a list of decisions by coders for which the machine is not sure what they mean today: a"
    " transcript was corrected, or a code was split or taken out. Nothing was guessed.",
    "Read each row, and write into the column Answer: the number of the right choice (1, 2 or 3);"
    " or the id of a segment or of a code (several codes with semicolons between); or none, if"
    " there is nothing that fits.",
    "Rows without an answer stay as they are. All segments with their ids are in data/segments.csv.",
    "Save the file into the folder codings of the study, under any name, and run again.",
)
_ID = re.compile(r"^\[([^\]\s]+)\]")


def worklist_items(judgements: pd.DataFrame, codebook: Codebook) -> list[tuple[str, ...]]:
    """Give the rows of the worklist, in the order of the table ``judgements``.

    A row for each decision whose words were not found for sure, and one for each code that cannot
    be told.
    """
    names = CodeNames(codebook)
    open_rows = judgements[judgements["status"].isin(["worklist", "counts"])]
    return [item for row in open_rows.to_dict("records") for item in _items(row, names)]


def _items(row: dict[Any, Any], names: CodeNames) -> Iterator[tuple[str, ...]]:
    written = json.loads(row["written"])
    shared = (row["words"], "; ".join(written), row["comment"])
    if row["status"] == "worklist" and row["how"] in ("unsure", "gone"):
        choices = [f"[{one[0]}] {one[1]}" for one in json.loads(row["candidates"])[:_CHOICES]]
        yield _item(row, "place", f"{row['reason']} Which of these is it?", shared, choices)
    if not row["reason"]:
        return
    for number, text in enumerate(written):
        found = names.find(text)
        if found.reason and found.reason in row["reason"]:
            choices = [f"[{code}]" for code in found.codes[:_CHOICES]]
            yield _item(row, str(number), f"{found.reason} Which code is meant?", shared, choices)


def _item(
    row: dict[Any, Any],
    what: str,
    question: str,
    shared: tuple[str, str, str],
    choices: Sequence[str],
) -> tuple[str, ...]:
    padded = [*choices, *[""] * (_CHOICES - len(choices))]
    return (f"{row['judgement_id']}.{what}", row["coder_id"], question, *shared, *padded, "")


def write_worklist(items: Sequence[Sequence[str]]) -> bytes:
    """Write the worklist as a workbook, for people to answer."""
    book = new_workbook("Worklist of codings")
    write_sheet(book, SHEET, _HEADINGS, items)
    write_sheet(book, "How to answer", [("How to answer", 110)], [[line] for line in _HOW_TO])
    return finish_workbook(book)


def read_worklist(sheets: Sequence[Sheet]) -> Returned | None:
    """Read the answers out of a worklist; None if the workbook is none."""
    for sheet in sheets:
        rows = list(sheet.rows)
        if not rows:
            continue
        at = {cell.strip().casefold(): place for place, cell in enumerate(rows[0].cells)}
        if not {"item", "question", "answer"} <= at.keys():
            continue
        answers = []
        for row in rows[1:]:
            cell = {
                name: row.cells[place].strip() if place < len(row.cells) else ""
                for name, place in at.items()
            }
            if cell["item"] and cell["answer"]:
                answers.append(Answer(cell["item"], _meant(cell)))
        return Returned(answers=tuple(answers))
    return None


def _meant(cell: dict[str, str]) -> str:
    """Give the id behind the number of a choice, or the answer as it was written."""
    chosen = cell.get(f"choice {cell['answer']}", "")
    found = _ID.match(chosen)
    return found.group(1) if found else cell["answer"]
