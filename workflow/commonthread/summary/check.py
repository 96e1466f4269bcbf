"""Holds rows that people wrote against what was said: do segments, quotes and consent still hold?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pandas as pd

from commonthread.coded import natural
from commonthread.problems import Problem
from commonthread.summary.columns import key, names_in_data, spaced
from commonthread.summary.evidence import NONE, PARAPHRASE, Evidence
from commonthread.summary.rows import Cell, Quote, Row, SummaryTable, plain_lines
from commonthread.tables import as_table

_WORDS_SHOWN = 8
_IDS_SHOWN = 5
_LEFT_OUT = re.compile(r"\s*[\[(]?\s*(?:…|\.\.\.+)\s*[\])]?\s*")
_SAME = str.maketrans("‘’‚‛′“”„‟″«»‐‑‒–—−", '\'\'\'\'\'"""""""------')
_DAYS = ("%Y-%m-%d", "%Y-%m", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %Y", "%Y")


def plain(text: str) -> str:
    """Give a text in which only the words tell: one space between them, straight quotation marks.

    Characters come in one form (NFC), all dashes as hyphens, and without invisible ones.
    """
    text = unicodedata.normalize("NFC", text).translate(_SAME)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def _find(words: str, text: str, start: int) -> int:
    """Give where ``words`` end in ``text``, as whole words, from ``start`` on; -1 if nowhere."""
    at = text.find(words, start)
    while at >= 0:
        end = at + len(words)
        before, after = text[at - 1 : at] + words[0], words[-1] + text[end : end + 1]
        if not (len(before) > 1 and before.isalnum()) and not (len(after) > 1 and after.isalnum()):
            return end
        at = text.find(words, at + 1)
    return -1


def words_gone(quote: str, text: str) -> str | None:
    """Say which words of a quote are not in a text, from the first that differs on.

    The parts of the quote between ellipses ("…" or "...", also in brackets) must stand in the text
    one after the other, word for word; white space, kinds of quotation marks and of dashes do not
    matter. Comes out: None if all hold; else at most 8 words, empty if the quote has no words.
    """
    said = plain(text)
    parts = [part for part in _LEFT_OUT.split(plain(quote)) if part]
    if not parts:
        return ""
    end = 0
    for part in parts:
        found = _find(part, said, end)
        if found < 0:
            words = part.split(" ")
            held = 0
            while held < len(words) - 1 and _find(" ".join(words[: held + 1]), said, end) >= 0:
                held += 1
            gone = words[held : held + _WORDS_SHOWN]
            return " ".join(gone)
        end = found
    return None


def check(table: SummaryTable, evidence: Evidence) -> tuple[SummaryTable, list[Problem]]:
    """Check every row that is not dropped.

    Comes out: the table without what does not hold, so that nothing is shown that nobody said or
    that somebody did not agree to; and all problems, each with its row.
    """
    problems: list[Problem] = []
    names = [spaced(key(column)).capitalize() for column in table.columns]
    rows = [
        row if row.dropped else _check_row(row, names, evidence, problems) for row in table.rows
    ]
    return replace(table, rows=tuple(rows)), problems


def _check_row(row: Row, names: Sequence[str], evidence: Evidence, problems: list[Problem]) -> Row:
    if not row.evidence:
        problems.append(
            Problem(
                row.where,
                "No segment stands behind this row.",
                "Name at least one segment, or say why the row is dropped.",
            )
        )
    cells = [
        _check_cell(cell, f"{row.where}, {name}", evidence, problems)
        for name, cell in zip(names, row.cells, strict=True)
    ]
    return replace(row, cells=tuple(cells))


def _check_cell(cell: Cell, where: str, evidence: Evidence, problems: list[Problem]) -> Cell:
    gone = [segment for segment in cell.segments if segment in evidence.withdrawn]
    if gone:
        problems.append(
            Problem(
                f"{where} segments",
                f"It rests on words of somebody who withdrew: {', '.join(gone)}.",
                "Take these ids out, and see whether the point still holds without them.",
            )
        )
    unknown = [
        segment
        for segment in cell.segments
        if segment not in evidence and segment not in evidence.withdrawn
    ]
    if unknown:
        more = f" and {len(unknown) - _IDS_SHOWN} more" if len(unknown) > _IDS_SHOWN else ""
        named = f"{', '.join(unknown[:_IDS_SHOWN])}{more}"
        one = len(unknown) == 1
        problems.append(
            Problem(
                f"{where} segments",
                f"There is no segment {named}."
                if one
                else f"There are no segments with these ids: {named}.",
                "The words may have changed in a transcript. data/segments.csv lists all segments;"
                f" correct {'the id or take it' if one else 'the ids or take them'} out.",
            )
        )
    quotes = []
    for quote in cell.quotes:
        problem = _problem(quote, f"{where} quotes", evidence)
        if problem is None:
            quotes.append(quote)
        else:
            problems.append(problem)
    segments = tuple(segment for segment in cell.segments if segment in evidence)
    return replace(cell, quotes=tuple(quotes), segments=segments)


def _shown(words: str) -> str:
    kept = plain(words).split(" ")
    return " ".join(kept[:_WORDS_SHOWN]) + (" …" if len(kept) > _WORDS_SHOWN else "")


def _problem(quote: Quote, where: str, evidence: Evidence) -> Problem | None:
    """Say what is wrong with a quote, if anything."""
    segment = quote.segment_id
    if segment in evidence.withdrawn:
        # Their words are told no more, not even here.
        return Problem(
            where,
            f"A quote is of somebody who withdrew: {segment}.",
            "Take it out, also where it stands in your own words.",
        )
    begins = f"The quote “{_shown(quote.words)}”"
    if not segment:
        return Problem(
            where,
            f"{begins} has no segment.",
            "Write the id of its segment in square brackets in front of it.",
        )
    if segment not in evidence:
        return Problem(
            where,
            f"{begins} names a segment that is not there: {segment}.",
            _elsewhere(quote, evidence),
        )
    consent = evidence.consent_of(segment)
    who = evidence.speaker(segment) or "a speaker whom nobody knows"
    if consent == NONE:
        return Problem(
            where,
            f"{begins} is by {who}, who has not agreed to be quoted.",
            "Take it out; or, if they did agree, write so in the participants list.",
        )
    if quote.paraphrase:
        return None
    if consent == PARAPHRASE:
        return Problem(
            where,
            f"{begins} is by {who}, who agreed to be paraphrased and not to be quoted.",
            "Say it in your own words, and write paraphrase: in front of it.",
        )
    gone = words_gone(quote.words, evidence.text(segment))
    if gone is None:
        return None
    if not gone:
        return Problem(where, f"A quote of segment {segment} has no words.", "Write them.")
    return Problem(
        where,
        f"These words are not in segment {segment}: “{gone}”.",
        _elsewhere(quote, evidence),
    )


def _elsewhere(quote: Quote, evidence: Evidence) -> str:
    """Say what to do: use the segment that has the words now, if there is one."""
    if not quote.paraphrase:
        parts = [part for part in _LEFT_OUT.split(plain(quote.words)) if part]
        longest = max(parts, key=len, default="")
        for segment in evidence.ids.tolist() if len(longest.split()) >= 3 else ():
            text = evidence.text(segment)
            # Looking for one word first spares most segments the careful comparison.
            if (
                max(longest.split(), key=len) in plain(text)
                and words_gone(quote.words, text) is None
            ):
                return f"They are in segment {segment}: write that id."
    return (
        "Copy the words from data/segments.csv; or say it in your own words, and write paraphrase:"
        " in front of it; or take the quote out."
    )


def _newest_first(evidence: Evidence, segment: str) -> tuple[int, int]:
    """Give the day of a segment's workshop as a sorting key: a later day first, no day last."""
    day = day_of(evidence.workshop(segment)[1])
    return (0, -day.toordinal()) if day else (1, 0)


def day_of(written: str) -> date | None:
    """Understand a date as people write it: 2026-01-15, 15/01/2026, 15 January 2026; else None."""
    for form in _DAYS:
        try:
            return datetime.strptime(written.strip(), form).date()
        except ValueError:
            continue
    return None


def not_yet_covered(
    tables: Sequence[SummaryTable], draft: pd.DataFrame, evidence: Evidence
) -> pd.DataFrame:
    """List the evidence that no row covers yet: the table ``not_yet_covered``.

    Goes in: the tables as people wrote them or as they were drafted; and the table
    ``summary_tables``, whose points have all evidence there is. A segment counts as covered by any
    row of its table, also by a dropped one. By table, then workshop: the newest first, by date; those
    without a date after them, from the last name to the first; then as it was said.
    """
    rows = []
    for table in tables:
        covered = {segment for row in table.rows for segment in row.evidence}
        own = draft[draft["table_id"] == table.table_id]
        found: dict[str, list[str]] = {}
        for column in table.columns:
            *_, name = names_in_data(column)
            for segment in dict.fromkeys(" ".join(own[name]).split()):
                found.setdefault(segment, []).append(" or ".join(map(spaced, column.aspects)))
        left = sorted((s for s in found if s not in covered), key=evidence.row)
        left.sort(key=lambda s: natural(evidence.workshop_id(s)), reverse=True)
        left.sort(key=lambda s: _newest_first(evidence, s))
        for segment in left:
            both = len(table.columns) == len(found[segment]) == 2
            title, day = evidence.workshop(segment)
            rows.append(
                {
                    "table_id": table.table_id,
                    "workshop": title,
                    "date": day,
                    "segment_id": segment,
                    "side": "both" if both else "; ".join(found[segment]),
                    "role": evidence.role(segment),
                    "consent": evidence.consent_of(segment),
                    "text": plain_lines(evidence.text(segment)),
                }
            )
    return as_table(rows, "not_yet_covered")
