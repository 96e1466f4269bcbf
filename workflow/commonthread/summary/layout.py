"""Lays summary tables out for documents: what a reader sees in which cell, and the note under it."""

from __future__ import annotations

import pandas as pd

from commonthread.export import PeopleTable
from commonthread.summary.evidence import NONE, PARAPHRASE, Evidence
from commonthread.summary.rows import Row, Side, SummaryTable, read_quotes, read_segments
from commonthread.summary_tables import NO_CHALLENGE, NO_PRACTICE, NOT_AGREED

HEADINGS = ("Point", "Challenges", "Practices and resources that may help")
_NOT_QUOTED = (NONE, PARAPHRASE)
_NOT_QUOTED_HERE = "Said, but not quoted here."
_WIDTHS = (0.2, 0.4, 0.4)
_QUOTES = (
    "Words in quotation marks are those of people in the workshops, with names replaced; … stands"
    " where words are left out."
)


def drafted_table(frame: pd.DataFrame, table_id: str, title: str) -> SummaryTable:
    """Give a table as a machine drafted it, from the table ``summary_tables``."""
    rows = []
    for point in frame[frame["table_id"] == table_id].to_dict("records"):
        challenge, practice = (
            Side(
                quotes=read_quotes(point[f"{side}_quotes"]),
                segments=read_segments(point[f"{side}_evidence"]),
            )
            for side in ("challenge", "practice")
        )
        rows.append(
            Row(
                point["point"],
                challenge,
                practice,
                where=f"draft of {table_id}, row {point['row']}",
            )
        )
    return SummaryTable(table_id, title, tuple(rows))


def count(number: int, one: str, many: str) -> str:
    """Give a number and what it counts."""
    return f"{number:,} {one if number == 1 else many}"


def breadth(segments: tuple[str, ...], evidence: Evidence) -> tuple[int, int]:
    """Give how many workshops and how many known people stand behind segments."""
    known = [segment for segment in segments if segment in evidence]
    people = {evidence.speaker(segment) for segment in known} - {""}
    return len({evidence.workshop_id(segment) for segment in known}), len(people)


def people_in_words(people: int, fewest: int) -> str:
    """Say how many people; of fewer than ``fewest``, only that they are."""
    if 0 < people < fewest:
        return f"fewer than {fewest:,} people"
    return count(people, "person", "people")


def breadth_in_words(segments: tuple[str, ...], evidence: Evidence, fewest: int) -> str:
    """Say how many workshops and known people stand behind segments."""
    workshops, people = breadth(segments, evidence)
    shared = count(workshops, "workshop", "workshops")
    return f"{shared}, {people_in_words(people, fewest) if people else 'notes only'}"


def quotes_in_words(side: Side, evidence: Evidence) -> list[str]:
    """Give the quotes of a cell with whose words they are, as far as the speakers agreed."""
    return [
        f"{quote.words} ({whose})" if quote.paraphrase else f"“{quote.words}” ({whose})"
        for quote in side.quotes
        for whose in [evidence.source_of_quote(quote.segment_id, quote.paraphrase)]
    ]


def cell(side: Side, none: str, evidence: Evidence) -> str:
    """Give what a cell says: people's wording, then the quotes, a line each."""
    lines = [*([side.wording] if side.wording else []), *quotes_in_words(side, evidence)]
    if lines:
        return "\n".join(lines)
    agreed = any(evidence.consent_of(s) not in _NOT_QUOTED for s in side.segments)
    return (_NOT_QUOTED_HERE if agreed else NOT_AGREED) if side.segments else none


def laid_out(
    table: SummaryTable, draft: SummaryTable, evidence: Evidence, fewest: int
) -> PeopleTable:
    """Lay a table out: a point, its challenges, and what may help, a row; its note under it.

    Goes in: the table as it was checked, and as it was drafted; and below which number people are
    not counted out.
    """
    rows = tuple(
        (
            f"{row.point}\n{breadth_in_words(row.evidence, evidence, fewest)}",
            cell(row.challenge, NO_CHALLENGE, evidence),
            cell(row.practice, NO_PRACTICE, evidence),
        )
        for row in table.kept
    )
    return PeopleTable(
        title=table.title,
        note=note(table, draft, evidence, fewest),
        headings=HEADINGS,
        rows=rows or (("", NO_CHALLENGE, NO_PRACTICE),),
        widths=_WIDTHS,
    )


def note(table: SummaryTable, draft: SummaryTable, evidence: Evidence, fewest: int) -> str:
    """Say who stands behind a table, how its rows were made, and how to read its quotes."""
    segments = tuple(dict.fromkeys(s for row in table.kept for s in row.evidence))
    workshops, people = breadth(segments, evidence)
    said = [
        f"Behind this table stand {count(workshops, 'workshop', 'workshops')} and"
        f" {people_in_words(people, fewest)} who spoke"
        f" ({count(len(segments), 'segment', 'segments')} of talk and notes)."
    ]
    if table.file:
        made = {_content(row) for row in draft.rows}
        by_machine = sum(_content(row) in made for row in table.kept)
        by_people = len(table.kept) - by_machine
        rows = count(by_people, "row was", "rows were")
        said.append(
            f"{rows} written or chosen by people on the basis of a draft that a machine made from"
            " coded segments"
            + (f"; {by_machine:,} stand as they were drafted." if by_machine else ".")
        )
        dropped = len(table.rows) - len(table.kept)
        if dropped:
            rows = count(dropped, "row of it was", "rows of it were")
            said.append(f"{rows} left out with a reason.")
    else:
        said.append(
            "A machine drafted the rows from coded segments, chose the quotes, and put the points"
            " that came up most widely first; people have not rewritten them yet."
        )
    if any(side.quotes for row in table.kept for side in row.sides):
        said.append(_QUOTES)
    return " ".join(said)


def _content(row: Row) -> tuple[object, ...]:
    return row.point, *((side.wording, side.quotes) for side in row.sides)


def for_spreadsheets(table: SummaryTable, evidence: Evidence, fewest: int) -> pd.DataFrame:
    """Give a table with a row for each point and the ids behind it, dropped points at the end."""
    rows = []
    for number, row in enumerate([*table.kept, *(r for r in table.rows if r.dropped)], start=1):
        workshops, people = breadth(row.evidence, evidence)
        both = [
            (
                side.wording,
                "" if row.dropped else "\n".join(quotes_in_words(side, evidence)),
                " ".join(side.evidence),
            )
            for side in row.sides
        ]
        rows.append(
            {
                "row": number,
                "point": row.point,
                "challenges": both[0][0],
                "practices_and_resources": both[1][0],
                "challenge_quotes": both[0][1],
                "practice_quotes": both[1][1],
                "workshops": workshops,
                "people": people_in_words(people, fewest) if people < fewest else str(people),
                "challenge_segments": both[0][2],
                "practice_segments": both[1][2],
                "dropped_because": row.dropped,
                "made_by": "people" if table.file else "machine (draft)",
            }
        )
    columns = [
        "row", "point", "challenges", "practices_and_resources", "challenge_quotes",
        "practice_quotes", "workshops", "people", "challenge_segments", "practice_segments",
        "dropped_because", "made_by",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
