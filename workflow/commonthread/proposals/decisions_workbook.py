"""What a team decided, as a workbook with a row for each proposal, and read back from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.ordinary_files import read_ordinary
from commonthread.problems import InputProblems, Problem, Refused, suggest
from commonthread.proposals.code_texts import plain_line
from commonthread.proposals.decisions import BEFORE, OUTCOMES, UNDER, Decision, Outcome
from commonthread.proposals.folder import FOLDER, decisions_file, people_decided
from commonthread.returned.limits import REMEDY, USUAL
from commonthread.settings import LimitSettings
from commonthread.sources.columns import plain_heading
from commonthread.xlsx_parts import entry_format, finish_workbook, fit, new_workbook, write_sheet

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.sources.workbook import Sheet

SHEET = "Decisions"
# Heading and width of what is told before what people fill in, and behind it.
_BEFORE = (("Proposal", 14), ("Code", 22), ("What it would do", 40), ("Role", 18))
_BEHIND = (
    ("Who", 18),
    ("Why it was proposed", 32),
    ("Text now", 40),
    ("Text then", 40),
)
# Heading, width, and the field of a decision.
_DECIDED = (
    ("Decision", 12, "outcome"),
    ("Wording if changed", 40, "wording"),
    ("Reasons", 34, "why"),
    ("Who took part", 26, "took_part"),
    ("Date", 12, "date"),
)
_HOW_TO = (
    "This workbook is for a team meeting about the codebook. The sheet Decisions has a row for each"
    " proposal; proposals.html, in the results, shows the same, with what is different.",
    "Decide together, with the people who made the proposals if you can. In the column Decision,"
    " choose accepted, changed (accepted with another wording), declined, or open (decide later).",
    "Changed: write the text that you agreed on into Wording if changed. Where a proposal has several"
    " texts, begin each in a line of its own with its name and a colon. The names are"
    f" {', '.join(BEFORE.values())}; and {UNDER}, for the code under which a code is to stand.",
    "In Reasons, say why, above all where you declined: whoever proposed it will want to know. In Who"
    " took part, name everybody who decided, with their roles.",
    "Save the file in the folder codebook_proposals of the study, as decisions.xlsx, and run again."
    " Once you have saved a change in it, no run writes over it.",
    "The run then writes codebook-proposed.yaml into the results, with what you accepted. It changes"
    " nothing by itself: look at it, and put it into the study as codebook.yaml when you agree.",
    "When more proposals come in, the run writes a fresh decisions.xlsx into the results, with your"
    " decisions and the new rows: put that one into the folder in place of yours.",
)
_MEANT: Mapping[str, Outcome] = {
    "": "open",
    **{outcome: outcome for outcome in OUTCOMES},
    "accept": "accepted",
    "change": "changed",
    "decline": "declined",
}


def write_decisions(proposals: pd.DataFrame, decisions: Sequence[Decision], study: str) -> bytes:
    """Write the workbook: a row for each row of the table ``proposals``, with what was decided.

    Decisions on proposals that are not in the table come last, so that they are not lost. Every
    text stays a text, and the same content gives the same bytes.
    """
    book = new_workbook(f"Decisions on the codebook: {study}")
    by_id = {decision.proposal_id: decision for decision in decisions}
    rows: list[list[str | int]] = []
    for row in proposals.to_dict("records"):
        before, behind = _told(row)
        rows.append([*before, *_cells(by_id.pop(row["proposal_id"], None)), *behind])
    gone = "The file of this proposal is not in the folder any more."
    for decision in by_id.values():
        rows.append([decision.proposal_id, "", gone, "", *_cells(decision)])
    headings = [*_BEFORE, *((heading, width) for heading, width, _ in _DECIDED), *_BEHIND]
    sheet = write_sheet(book, SHEET, headings, rows, table=SHEET)
    if rows:
        _to_fill_in(book, sheet, rows)
    write_sheet(book, "How to decide", [("How to decide", 110)], [[line] for line in _HOW_TO])
    return finish_workbook(book)


def _to_fill_in(book: Any, sheet: Any, rows: Sequence[Sequence[str | int]]) -> None:
    """Show which cells are to be filled in, and let people choose a decision from a list."""
    entry = entry_format(book, 11)
    first = len(_BEFORE)
    for number, row in enumerate(rows, start=1):
        for at in range(first, first + len(_DECIDED)):
            sheet.write_string(number, at, fit(str(row[at])), entry)
    options = {
        "validate": "list",
        "source": list(OUTCOMES),
        "error_title": "Not in the list",
        "error_message": f"Choose one of: {', '.join(OUTCOMES)}.",
    }
    sheet.data_validation(1, first, len(rows), first, options)


def _told(row: Mapping[Any, Any]) -> tuple[list[str], list[str]]:
    """Give what stands of a proposal before what people fill in, and behind it."""
    changes = json.loads(row["changes"])
    several = len(changes) > 1
    now, then = (
        "\n".join(f"{each['text']}: {each[side]}" if several else each[side] for each in changes)
        for side in ("before", "after")
    )
    what = row["what"] if row["standing"] == "can be made" else f"{row['what']} {row['reason']}"
    return (
        [row["proposal_id"], row["code_name"], what.strip(), row["role"]],
        [row["author"], row["why"], now, then],
    )


def _cells(decision: Decision | None) -> list[str]:
    if decision is None:
        return ["open", *[""] * (len(_DECIDED) - 1)]
    return [getattr(decision, field) for _, _, field in _DECIDED]


def read_decided(
    study: Path, limits: LimitSettings = USUAL
) -> tuple[list[Decision], list[Problem]]:
    """Read what the team decided from the study's workbook; nothing where nobody changed it.

    Gives the decisions and what is wrong; of a workbook that cannot be read, only what is wrong.
    """
    if not people_decided(study):
        return [], []
    file = decisions_file(study)
    where = f"{FOLDER}/{file.name}"
    try:
        return read_decisions(read_ordinary(file, limits.file_mb, REMEDY), where, limits)
    except InputProblems as found:
        return [], list(found.problems)
    except Refused as refused:
        return [], [Problem(where, refused.reason, refused.remedy)]
    except OSError as error:
        what = f"It cannot be opened ({error.strerror})."
        return [], [Problem(where, what, "See that you may read it.")]


def read_decisions(
    data: bytes, file: str, limits: LimitSettings = USUAL
) -> tuple[list[Decision], list[Problem]]:
    """Read a workbook of decisions: columns in any order with others between, by their headings.

    ``file`` names it in messages. Gives the decisions, those that are open too, and what is wrong
    with single rows, which then count as open. Raises InputProblems if it cannot be read.
    """
    from commonthread.sources.workbook import sheets_of_workbook

    try:
        sheets, _ = sheets_of_workbook(data, limits)
    except Refused as refused:
        raise InputProblems([Problem(file, refused.reason, refused.remedy)]) from None
    for sheet in sheets:
        found = _headings(sheet)
        if found is not None:
            return _read(sheet, *found, file=file)
    raise InputProblems(
        [
            Problem(
                file,
                'No sheet has the headings "Proposal" and "Decision".',
                "Give the sheet its headings back; the fresh decisions.xlsx in the results has them.",
            )
        ]
    )


def _headings(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Find the row of headings: its number, and the column of each heading."""
    for row in sheet.rows[:20]:
        at: dict[str, int] = {}
        for column, cell in enumerate(row.cells):
            at.setdefault(plain_heading(cell), column)
        if {"proposal", "decision"} <= at.keys():
            return row.number, at
    return None


def _read(
    sheet: Sheet, head: int, at: Mapping[str, int], *, file: str
) -> tuple[list[Decision], list[Problem]]:
    columns = {field: at.get(plain_heading(heading)) for heading, _, field in _DECIDED}
    made: dict[str, Decision] = {}
    problems: list[Problem] = []
    for row in sheet.rows:
        if row.number <= head:
            continue

        def cell(column: int | None, cells: list[str] = row.cells) -> str:
            return cells[column].strip() if column is not None and column < len(cells) else ""

        proposal_id = cell(at["proposal"])
        if not proposal_id:
            continue
        where = f"{file}, row {row.number}"
        texts = {field: cell(column) for field, column in columns.items()}
        written = texts.pop("outcome")
        outcome = _MEANT.get(plain_line(written).casefold())
        if outcome is None:
            near = suggest(written, OUTCOMES)
            problems.append(
                Problem(
                    where,
                    f'"{written[:40]}" is no decision.{near}',
                    f"Write one of: {', '.join(OUTCOMES)}.",
                )
            )
            outcome = "open"
        decision = Decision(proposal_id, outcome, **texts)
        if made.get(proposal_id, decision) != decision:
            problems.append(
                Problem(
                    where,
                    f"{proposal_id} stands here a second time, with another decision.",
                    "Keep one of the two rows.",
                )
            )
            decision = Decision(proposal_id, "open")
        made[proposal_id] = decision
    return list(made.values()), problems
