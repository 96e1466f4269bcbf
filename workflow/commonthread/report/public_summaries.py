"""The summary tables that people wrote, as a Word document that anybody may read."""

from __future__ import annotations

from pathlib import Path

from commonthread.docx_tables import write_docx
from commonthread.export import PeopleTable
from commonthread.report.facts import Facts
from commonthread.report.handout import for_public
from commonthread.report.summaries import Summary, summaries

_NONE = (
    "No summary table that people wrote holds as a whole yet. What a computer drafted is not passed "
    "on."
)
_NOTE = (
    "People who work on the study wrote these points. Words in quotation marks are those of people "
    "who agreed to be quoted, with names replaced."
)
_INVENTED = "An invented example: workshops, people and words are made up."


def write_public_summaries(facts: Facts, path: Path, *, authors: str, language: str) -> None:
    """Write the summary tables that a public edition shows (see ``summaries``) as Word."""
    inputs = facts.inputs
    tables = [_laid_out(table) for table in summaries(facts)]
    said = [
        *([_INVENTED] if inputs.invented else []),
        "This is the public edition.",
        *(for_public("", facts.edition.threshold, quotes=True).left_out if tables else [_NONE]),
    ]
    write_docx(
        tables,
        path,
        title=inputs.study,
        head=f"{'Invented example. ' if inputs.invented else ''}Public edition",
        status=" ".join(said),
        authors=authors,
        language="en-GB" if language == "en" else language,
    )


def _laid_out(table: Summary) -> PeopleTable:
    width = 0.8 / max(len(table.columns), 1)
    return PeopleTable(
        title=table.name,
        note=" ".join(each for each in (_NOTE, table.more) if each),
        headings=("Point", *table.columns),
        rows=tuple(
            (f"{row.point}\n{row.shared}", *("\n".join(cell) for cell in row.cells))
            for row in table.rows
        ),
        widths=(0.2, *[width] * len(table.columns)),
    )
