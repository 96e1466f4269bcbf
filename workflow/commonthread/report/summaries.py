"""The summary tables as people wrote them, or as they were drafted, as far as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from commonthread.report.agreed import SOMEBODY, pseudonyms, roles_agreed
from commonthread.report.blocks import showing
from commonthread.report.facts import Facts, records
from commonthread.report.wording import anchor, count, in_sentence, number, of
from commonthread.summary.rows import Quote, read_quotes

_BY_PEOPLE = "Its quotes were checked against what was said."
_BY_MACHINE = "A computer chose the points and the quotes, for people to check and rewrite."
_INCOMPLETE = "It is not ready: what did not hold is left out. The end of the run says what it is."
_AS_DRAFTED = "As a computer drafted it"
_NOT_QUOTED = "Said, but not quoted here."
_MAY_BE_PARAPHRASED = frozenset({"paraphrase", "verbatim", "verbatim with role"})
# Rows of a table, and letters of a cell, that the page shows; the files hold everything.
_MOST = {"people": (100, 5_000), "machine": (8, 600)}
# More segments than these make an address too long to pass on.
_MOST_SEGMENTS = 150

Cell = dict[str, Any]


@dataclass(frozen=True)
class SummaryRow:
    """A point, what stands in its cells (a paragraph each line), and who stands behind it.

    ``made`` says so if it stands as it was drafted in a table of people. ``show`` shows the
    segments behind it (see ``showing``); it is empty where there are too many.
    """

    point: str
    made: str
    show: str
    cells: tuple[tuple[str, ...], ...]
    shared: str


@dataclass(frozen=True)
class Summary:
    """A summary table: who made it, its rows that the page shows, and what is not among them."""

    id: str
    name: str
    by_people: bool
    status: str
    columns: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    more: str


def summaries(facts: Facts) -> tuple[Summary, ...]:
    """Give the summary tables that have a row to show, in the order of the settings.

    An edition without drafts shows only tables that people wrote and that hold as a whole; of
    these the rows that do not stand as a computer drafts them, with the quotes of people who
    agreed, and without names.
    """
    titles = {theme.id: theme.name for theme in facts.codebook.themes}
    titles |= {table.id: table.title for table in facts.inputs.tables}
    cells = records(facts.inputs.summary_cells)
    if facts.edition.public:
        cells = [cell for cell in cells if cell["written_by"] == "people" and cell["complete"]]
        cells = _for_the_public(facts, cells)
    return tuple(
        _summary(facts, table_id, titles.get(table_id, table_id), list(group))
        for table_id, group in groupby(cells, key=lambda cell: str(cell["table_id"]))
    )


def _summary(facts: Facts, table_id: str, name: str, cells: Sequence[Cell]) -> Summary:
    written_by = cells[0]["written_by"]
    most_rows, most_letters = _MOST[written_by]
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: int(cell["row"]))]
    status = [_BY_PEOPLE if written_by == "people" else _BY_MACHINE]
    return Summary(
        id=anchor("summary", table_id),
        name=name,
        by_people=written_by == "people",
        status=" ".join(status if cells[0]["complete"] else [*status, _INCOMPLETE]),
        columns=tuple(cell["column"] for cell in rows[0]),
        rows=tuple(_row(facts, row, most_letters) for row in rows[:most_rows]),
        more=f"{number(len(rows) - most_rows)} more points are in the files."
        if len(rows) > most_rows
        else "",
    )


def _row(facts: Facts, cells: Sequence[Cell], most_letters: int) -> SummaryRow:
    first = cells[0]
    people = facts.edition.about(int(first["people"]))
    where = of(first["workshops"], len(facts.workshop_names), "workshop")
    by_people = first["written_by"] == "people"
    return SummaryRow(
        point=first["point"],
        made=_AS_DRAFTED if by_people and first["as_drafted"] else "",
        show=_show(cells),
        cells=tuple(_paragraphs(cell["text"], most_letters) for cell in cells),
        shared=f"{count(people, 'person')}, {where}" if people else f"only in notes, {where}",
    )


def _show(cells: Sequence[Cell]) -> str:
    if cells[0]["code_id"]:
        return showing(code=str(cells[0]["code_id"]))
    segments = dict.fromkeys(" ".join(cell["segments"] for cell in cells).split())
    return showing(segment=" ".join(segments)) if 0 < len(segments) <= _MOST_SEGMENTS else ""


def _paragraphs(text: str, most_letters: int) -> tuple[str, ...]:
    if len(text) > most_letters:
        text = text[:most_letters].rsplit(" ", 1)[0] + " …"
    return tuple(line for line in text.split("\n") if line.strip())


def _for_the_public(facts: Facts, cells: Sequence[Cell]) -> list[Cell]:
    """Give cells as anybody may read them: nobody's draft, names, or words without consent."""
    roles, names = roles_agreed(facts), pseudonyms(facts)
    kept = [cell for cell in cells if not cell["as_drafted"]]
    quotes = {id(cell): read_quotes(cell["quotes"]) for cell in kept}
    quoted = {quote.segment_id for own in quotes.values() for quote in own}
    segments = facts.inputs.segments
    talk = segments[segments["segment_id"].isin(quoted) & (segments["kind"] == "talk")]
    speakers = dict(zip(talk["segment_id"], talk["participant_id"], strict=True))
    people = facts.inputs.participants
    consents = dict(zip(people["participant_id"], people["consent"], strict=True))

    def line(quote: Quote) -> str:
        speaker = speakers.get(quote.segment_id)
        if quote.paraphrase:
            agreed = consents.get(speaker) in _MAY_BE_PARAPHRASED
        else:
            agreed = quote.segment_id in facts.agreed
        if not agreed:
            return ""
        words = quote.words if quote.paraphrase else f"“{quote.words}”"
        whose = ["paraphrase"] * quote.paraphrase
        whose += [in_sentence(roles[speaker])] if speaker in roles else []
        return f"{words} ({', '.join(whose)})" if whose else words

    made = []
    for cell in kept:
        said = [cell["wording"], *map(line, quotes[id(cell)])]
        shown = "\n".join(text for text in said if text)
        text = shown or (_NOT_QUOTED if cell["segments"] else cell["text"])
        made.append(
            {
                **cell,
                "point": names.sub(SOMEBODY, cell["point"]),
                "text": names.sub(SOMEBODY, text),
            }
        )
    return made
