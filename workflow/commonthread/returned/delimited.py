"""Reads codings that were made elsewhere and written as a table of plain text (CSV)."""

from __future__ import annotations

from commonthread.export import restore
from commonthread.problems import Refused
from commonthread.returned.entry import judge
from commonthread.returned.judgement import Returned
from commonthread.returned.limits import USUAL
from commonthread.returned.rows import NAMES, entries, find_headings
from commonthread.returned.written import KnownCodes
from commonthread.settings import LimitSettings
from commonthread.sources.delimited import rows_of_delimited
from commonthread.sources.table_turns import Row
from commonthread.sources.text import decode

_HEADINGS = tuple(name for names in NAMES.values() for name in names)


def read_delimited(data: bytes, limits: LimitSettings = USUAL) -> Returned:
    """Read codings from a table with a row of headings, in any usual encoding.

    Columns stand in any order with others between: segment_id or words, and code or no_code, are
    needed; also coder, source, before, after, unsure, comment, new_code and date. Commas, semicolons
    or tabs stand between cells. Codes are as written, with semicolons between several; rows of the
    same coder and segment are one judgement. Raises Refused if it is no such table.
    """
    try:
        text = decode(data)[0].lstrip("\ufeff")
    except Refused as refused:
        raise Refused(
            refused.reason, "Save the codings as CSV in UTF-8, and put that in."
        ) from None
    rows, _ = rows_of_delimited(text, limits, _HEADINGS, even=False)
    found = find_headings(rows, most=1)
    if found is None:
        raise Refused(
            "Its first row has no headings for codings.",
            "Name the columns segment_id (or words) and code in its first row.",
        )
    _, columns = found
    width = len(rows[0].cells)
    problems = [
        ("headings", f'Nothing was read from the column "{heading}". Did you mean "{meant}"?')
        for heading, meant in columns.misspelt()
    ]
    kept: list[Row] = []
    for row in rows[1:]:
        # Even if those beyond are empty, cells may have moved along.
        if len(row.cells) > width:
            problems.append(
                (
                    f"row {row.number}",
                    f"It has more than the {width} cells of the headings. Put text that has commas"
                    " in it between double quotes.",
                )
            )
        else:
            kept.append(Row(row.number, [restore(cell) for cell in row.cells]))
    judged = judge(entries(columns, kept), KnownCodes())
    return Returned(
        untouched=judged.untouched,
        judgements=judged.judgements,
        problems=(*problems, *judged.problems),
    )
