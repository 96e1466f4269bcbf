"""Draft tables of points, such as challenges beside the practices and resources that may help.

One table for each theme or other choice of codes that the settings name, as an account of
workshops would print it. They are drafts: a machine chose the words, and people rewrite them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from commonthread.coded import CodedSegments, Counts, Mask
from commonthread.quotes import QuoteChooser, shorten
from commonthread.settings import DEFAULT_COLUMNS, TableColumn, TableSettings
from commonthread.summary.columns import names_in_data, nobody
from commonthread.summary.evidence import Evidence
from commonthread.summary.grouping import Group, first_of_each_wording, split_into_points
from commonthread.summary.rows import Quote, write_quotes
from commonthread.tables import as_table, columns

if TYPE_CHECKING:
    from commonthread.codebook import Code

NOT_AGREED = "Said, but nobody who said it has agreed to be quoted."
_QUOTES = 3
_QUOTE_WORDS = 40
_QUOTE_LETTERS = 1_000


class _Spans:
    """Where the codings of a segment rest: the offsets that the evidence of machines gives."""

    def __init__(self, coded: CodedSegments) -> None:
        ids = pd.Index(coded.segments["segment_id"])
        segment = ids.get_indexer(pd.Index(coded.codings["segment_id"]))
        self._order = np.argsort(segment, kind="stable")
        self._segment = segment[self._order]
        self._code = coded.codings["code_id"].to_numpy(dtype=object)
        self._evidence = coded.codings["evidence"].to_numpy(dtype=object)

    def spans(self, segment: int) -> dict[str, tuple[int, int]]:
        """Give the first offsets (code points of the source) of each code of a segment that has
        any; a person's codings have none."""
        low, high = np.searchsorted(self._segment, [segment, segment + 1])
        found: dict[str, tuple[int, int]] = {}
        for row in self._order[low:high].tolist():
            evidence, code = self._evidence[row], self._code[row]
            if isinstance(evidence, str) and evidence:
                spans = [(item["start"], item["end"]) for item in json.loads(evidence)]
                found[code] = min([*spans, *([found[code]] if code in found else [])])
        return found


class _Drafter:
    """Finds the points of a table and writes their cells."""

    def __init__(self, coded: CodedSegments, chooser: QuoteChooser, evidence: Evidence) -> None:
        self.coded, self.chooser, self.evidence = coded, chooser, evidence
        self.ids = evidence.ids
        self._quotable = evidence.quotable
        self._starts = coded.segments["start"].to_numpy()
        self._source = pd.factorize(coded.segments["source_id"])[0]
        self._turn = coded.segments["turn"].to_numpy()
        self._spans = _Spans(coded)

    def has(self, column: TableColumn) -> Mask:
        """Say which segments have an aspect of a column."""
        rows = [row for name in column.aspects if (row := self.coded.row(name)) is not None]
        return np.asarray(self.coded.has[rows].any(axis=0))

    def near(self, first: Counts, second: Counts) -> Mask:
        """Say of each pair whether it was said close by: in the same or in neighbouring turns.

        Notes are near nothing: what hangs side by side on a wall need not belong together.
        """
        talk = self.coded.places.talk
        same = self._source[first][:, None] == self._source[second][None, :]
        apart = np.abs(self._turn[first][:, None] - self._turn[second][None, :])
        both = talk[first][:, None] & talk[second][None, :]
        return np.asarray(same & both & (apart <= 1))

    def _said_near(self, own: Counts, others: Counts) -> Mask:
        """Say of each of ``others`` whether any of ``own`` was said close by (see ``near``)."""
        talk = self.coded.places.talk
        place = self._source * (int(self._turn.max()) + 3) + self._turn + 1
        said = place[own[talk[own]]]
        around = np.concatenate([said - 1, said, said + 1])
        return np.asarray(talk[others] & np.isin(place[others], around))

    def points(
        self, own: Sequence[Counts], of_table: Sequence[Counts]
    ) -> Iterator[tuple[Group, list[Counts]]]:
        """Split a code's statements into points: each with its group and the segments of its cells.

        Goes in: the segments of each column, with the code and with any of the table's codes. The
        first column makes the points, and all others are joined to them. A point with something in
        the first column and nothing in another gets there what was said close by with any code.
        """
        left = own[0]
        right = _union(own[1:])
        compared = len(left) * len(right) <= 10_000_000
        near = self.near(left, right) if compared else np.zeros((len(left), len(right)), dtype=bool)
        for group in split_into_points(left, right, near, self.chooser):
            first, *others = (np.intersect1d(group.segments, column) for column in own)
            if len(first):
                others = [
                    other if len(other) else more[self._said_near(first, more)]
                    for other, more in zip(others, of_table[1:], strict=True)
                ]
            yield group, [first, *others]

    def _focus(self, text: str, segment: int, codes: Sequence[str]) -> tuple[int, int] | None:
        """Find the part of a quote to keep: where the code and the aspect are named, or the code
        alone if they are too far apart, or whichever of them is named."""
        spans = self._spans.spans(segment)
        start = int(self._starts[segment])
        named = [
            (spans[code][0] - start, spans[code][1] - start) for code in codes if code in spans
        ]
        if not named:
            return None
        low, high = min(a for a, _ in named), max(b for _, b in named)
        return (low, high) if len(text[low:high].split()) <= _QUOTE_WORDS else named[0]

    def _quote(self, segment: int, codes: Sequence[str]) -> Quote:
        text = self.chooser.texts[segment]
        focus = self._focus(text, segment, codes)
        return Quote(str(self.ids[segment]), shorten(text, focus, _QUOTE_WORDS))

    def cells(
        self, segments: Sequence[Counts], code_id: str, columns: Sequence[TableColumn]
    ) -> list[tuple[list[Quote], str]]:
        """Give the cells of a point: the quotes, and the ids behind them, the quoted first.

        Only people who agreed to it are quoted, and of nearly the same words only one. A cell
        repeats no quote of those before it unless it has nothing else.
        """
        made, quoted = [], np.array([], dtype=np.int64)
        for column, own in zip(columns, segments, strict=True):
            may = own[self._quotable[own]]
            fresh = np.setdiff1d(may, quoted)
            different = first_of_each_wording(fresh if len(fresh) else may, self.chooser)
            chosen = self.chooser.choose(different, _QUOTES)
            # What has no spaces cannot be shortened at one.
            drawn = (self._quote(segment, [code_id, *column.aspects]) for segment in chosen)
            quotes = [quote for quote in drawn if len(quote.words) <= _QUOTE_LETTERS]
            first = np.array(chosen, dtype=np.int64)
            quoted = np.union1d(quoted, first)
            ids = self.ids[np.concatenate([first, np.setdiff1d(own, first)])]
            made.append((quotes, " ".join(ids)))
        return made

    def shown(self, quotes: list[Quote], segments: int, none: str) -> str:
        """Give quotes with whose words they are, a line each, or say why there are none."""
        if not quotes:
            return NOT_AGREED if segments else none
        return "\n".join(
            f"“{quote.words}” ({self.evidence.source_of_quote(quote.segment_id)})"
            for quote in quotes
        )


def _codes(coded: CodedSegments, table: TableSettings) -> Iterator[tuple[Code, Mask]]:
    """Give the codes of a table with the segments of each: those that no code below it has."""
    parents = {code.id: code.parent for code in coded.codes}

    def belongs(code_id: str | None) -> bool:
        return code_id is not None and (code_id in table.chosen or belongs(parents[code_id]))

    for row, code in enumerate(coded.codes):
        if belongs(code.id):
            below = [n for n, child in enumerate(coded.codes) if child.parent == code.id]
            yield code, coded.has[row] & ~coded.has[below].any(axis=0)


def _points(drafter: _Drafter, table: TableSettings) -> Iterator[dict[str, Any]]:
    """Draft the points of a table: the most widely shared first, then as in the codebook."""
    masks = [drafter.has(column) for column in table.columns]
    codes = [
        (code, [np.flatnonzero(mask & column) for column in masks])
        for code, mask in _codes(drafter.coded, table)
    ]
    of_table = [_union([own[at] for _, own in codes]) for at in range(len(masks))]
    points = [
        (code, group, segments)
        for code, own in codes
        if any(map(len, own))
        for group, segments in drafter.points(own, of_table)
    ]
    breadths = [_breadth(drafter.coded, _union(segments)) for *_, segments in points]
    for at in sorted(range(len(points)), key=lambda at: breadths[at][0]):
        code, group, segments = points[at]
        point = {"code_id": code.id, "point": _statement(code, group), **breadths[at][1]}
        cells = drafter.cells(segments, code.id, table.columns)
        for column, own, (quotes, ids) in zip(table.columns, segments, cells, strict=True):
            shown = drafter.shown(quotes, len(own), nobody(column))
            values = (shown, write_quotes(quotes), len(own), ids)
            point |= zip(names_in_data(column), values, strict=True)
        yield point


def _union(segments: Sequence[Counts]) -> Counts:
    return np.unique(np.concatenate([np.array([], dtype=np.int64), *segments]))


def summary_tables(
    coded: CodedSegments,
    chooser: QuoteChooser,
    tables: Sequence[TableSettings],
    evidence: Evidence,
) -> pd.DataFrame:
    """Draft the tables that the settings name: the table ``summary_tables``.

    Goes in: the coded segments; what chooses among them; the tables; and the words and consent
    behind ``coded.segments``, row by row. A point is a code of the table, in its plain wording,
    with at least one segment that has an aspect of a column (such as a challenge, a practice or a
    resource); or a part of these whose statements are alike (``split_into_points``), named by the
    words that set it apart. The first column makes the points; the others are joined to them. A code
    with codes under it (the theme too) is a point of its own only for the segments that none of
    them has, so that nothing is told twice; and everything of the table's codes that has an aspect
    of its columns stands behind a point. The most widely shared point comes first: by workshops,
    then people, then segments of any column, then the order of the codebook. A cell holds up to
    three quotes as QuoteChooser chooses them from speakers who agreed to be quoted, shortened
    around what was coded. A column that other tables do not have stands behind the columns of
    ``tables.csv``, named by its first aspect (``names_in_data``), and is empty in theirs.
    """
    drafter = _Drafter(coded, chooser, evidence)
    # A table that has no such column leaves it empty.
    every = [column for table in tables for column in table.columns] + DEFAULT_COLUMNS
    blank = {
        name: 0 if name.endswith("_segments") else ""
        for column in every
        for name in names_in_data(column)
    }
    rows = [
        {**blank, "table_id": table.id, "row": row, **point, "status": "draft"}
        for table in tables
        for row, point in enumerate(_points(drafter, table), start=1)
    ]
    return as_table(rows, "summary_tables")


def further_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Describe the columns that ``tables.csv`` does not list, as ``data_dictionary`` does others."""
    rows = [
        (
            "summary_tables",
            name,
            "whole number" if name.endswith("_segments") else "text",
            "As for challenges, for a column of the settings that begins with another aspect",
        )
        for name in frame.columns
        if name not in columns("summary_tables")
    ]
    return pd.DataFrame(rows, columns=["table", "column", "type", "description"])


def _breadth(coded: CodedSegments, segments: Counts) -> tuple[tuple[int, ...], dict[str, Any]]:
    """Say how widely segments are shared: a sorting key, the widest first, and the columns."""
    places = coded.places
    inside, roles = np.unique(places.workshop[segments]), np.unique(places.role[segments])
    people = int(np.count_nonzero(np.unique(places.person[segments]) >= 0))
    return (-len(inside), -people, -len(segments)), {
        "people": people,
        "workshops": len(inside),
        "workshop_ids": "; ".join(places.workshop_ids[n] for n in inside.tolist()),
        "roles": "; ".join(places.roles[n] for n in roles.tolist() if n >= 0),
    }


def _statement(code: Code, group: Group) -> str:
    """Give a point in plain words; of a part of a code, with the words that set it apart."""
    plain = code.plain or code.name
    return f"{plain} (words in common: {', '.join(group.words)})" if group.words else plain
