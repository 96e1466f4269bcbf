"""Which rows of the summary tables another codebook would change."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.coded import code_segments
from commonthread.codings import decide
from commonthread.quotes import QuoteChooser
from commonthread.refining.changed_counts import changed_rows
from commonthread.refining.code_fates import code_fates
from commonthread.refining.comparison import Comparison, RunTables
from commonthread.settings import TableSettings
from commonthread.summary.evidence import Evidence
from commonthread.summary_tables import summary_tables


def rows_that_change(
    run: RunTables,
    comparison: Comparison,
    before: Codebook,
    after: Codebook,
    tables: Sequence[TableSettings],
    drafted: pd.DataFrame,
) -> pd.DataFrame:
    """Give the table ``changed_rows``: drafted points that are new, gone, or rest on other segments.

    Goes in: the run and how it compares with the codebook after, the tables that can be made with
    it, and the table ``summary_tables`` as the run drafted it. Tables that nothing touches are not
    drafted anew.
    """
    touched = _touched(comparison, before, after)
    again = [table for table in tables if _is_touched(table, after, touched)]
    names = {table.id for table in again} | set(drafted["table_id"]) - {each.id for each in tables}
    coded = code_segments(
        run.segments, decide(comparison.codings_after), run.participants, run.workshops, after
    )
    made = summary_tables(
        coded,
        QuoteChooser(coded, run.turns),
        again,
        Evidence(coded.segments, run.turns, run.participants, run.workshops),
    )
    old = drafted[drafted["table_id"].isin(names)]
    return changed_rows(old, made, code_fates(before, after))


def _touched(comparison: Comparison, before: Codebook, after: Codebook) -> set[str]:
    """Give the codes, before and after, on which anything changes, with those above them."""
    rows = comparison.changed_segments
    found: set[str] = set()
    for book, column in ((before, "code_before"), (after, "code_after")):
        for code_id in rows[column].dropna().unique():
            found |= {code_id, *(code.id for code in book.ancestors(code_id))}
    for row in comparison.codebook_changes.to_dict("records"):
        found.add(row["code_id"])
    return found


def _is_touched(table: TableSettings, codebook: Codebook, touched: set[str]) -> bool:
    """Tell whether a table can have other rows: for its codes, those below, and its aspects."""
    codes = [table.theme] if table.theme else table.codes
    below = {each.id for code_id in codes for each in codebook.descendants(code_id)}
    aspects = {code.id for code in codebook.aspects}
    return bool(touched & {*codes, *below, *aspects})
