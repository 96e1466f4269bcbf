"""Draft tables of challenges beside the practices and resources that may help.

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
from commonthread.settings import TableSettings
from commonthread.summary.evidence import Evidence
from commonthread.summary.grouping import Group, first_of_each_wording, split_into_points
from commonthread.summary.rows import Quote, write_quotes
from commonthread.tables import as_table

if TYPE_CHECKING:
    from commonthread.codebook import Code

NO_CHALLENGE = "Nobody was coded as naming a challenge here."
NO_PRACTICE = "Nobody was coded as naming a practice or a resource here."
NOT_AGREED = "Said, but nobody who said it has agreed to be quoted."
_SIDES = (("challenge",), ("practice", "resource"))
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
        self._sides: list[tuple[list[str], Mask]] = []
        for names in _SIDES:
            rows = [row for name in names if (row := coded.row(name)) is not None]
            codes = [coded.codes[row].id for row in rows]
            self._sides.append((codes, np.asarray(coded.has[rows].any(axis=0))))

    def sides(self, mask: Mask) -> tuple[Counts, Counts]:
        """Give the segments of the left and of the right column."""
        left, right = (np.flatnonzero(mask & side) for _, side in self._sides)
        return left, right

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
        self, left: Counts, right: Counts, practices: Counts
    ) -> Iterator[tuple[Group, Counts, Counts]]:
        """Split a code's statements into points: each with its group and both of its sides.

        A point with challenges and without a practice gets those of ``practices``, all of the
        table's, that were said close by.
        """
        compared = len(left) * len(right) <= 10_000_000
        near = self.near(left, right) if compared else np.zeros((len(left), len(right)), dtype=bool)
        for group in split_into_points(left, right, near, self.chooser):
            own, other = (np.intersect1d(group.segments, side) for side in (left, right))
            if len(own) and not len(other):
                other = practices[self._said_near(own, practices)]
            yield group, own, other

    def _focus(self, text: str, segment: int, code_id: str, side: int) -> tuple[int, int] | None:
        """Find the part of a quote to keep: where the code and the aspect are named, or the code
        alone if they are too far apart, or whichever of them is named."""
        spans = self._spans.spans(segment)
        start = int(self._starts[segment])
        named = [
            (spans[code][0] - start, spans[code][1] - start)
            for code in (code_id, *self._sides[side][0])
            if code in spans
        ]
        if not named:
            return None
        low, high = min(a for a, _ in named), max(b for _, b in named)
        return (low, high) if len(text[low:high].split()) <= _QUOTE_WORDS else named[0]

    def _quote(self, segment: int, code_id: str, side: int) -> Quote:
        text = self.chooser.texts[segment]
        focus = self._focus(text, segment, code_id, side)
        return Quote(str(self.ids[segment]), shorten(text, focus, _QUOTE_WORDS))

    def cells(self, segments: Sequence[Counts], code_id: str) -> list[tuple[list[Quote], str]]:
        """Give both cells of a point: the quotes, and the ids behind them, the quoted first.

        Only people who agreed to it are quoted, and of nearly the same words only one. The right
        cell repeats no quote of the left one unless it has nothing else.
        """
        made, quoted = [], np.array([], dtype=np.int64)
        for side, own in enumerate(segments):
            may = own[self._quotable[own]]
            fresh = np.setdiff1d(may, quoted)
            different = first_of_each_wording(fresh if len(fresh) else may, self.chooser)
            chosen = self.chooser.choose(different, _QUOTES)
            # What has no spaces cannot be shortened at one.
            drawn = (self._quote(segment, code_id, side) for segment in chosen)
            quotes = [quote for quote in drawn if len(quote.words) <= _QUOTE_LETTERS]
            quoted = np.array(chosen, dtype=np.int64)
            ids = self.ids[np.concatenate([quoted, np.setdiff1d(own, quoted)])]
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


def _points(coded: CodedSegments, table: TableSettings) -> Iterator[tuple[Code, Mask]]:
    """Give the codes of a table with the segments of each: those that no code below it has."""
    parents = {code.id: code.parent for code in coded.codes}

    def belongs(code_id: str | None) -> bool:
        return code_id is not None and (code_id in table.codes or belongs(parents[code_id]))

    for row, code in enumerate(coded.codes):
        if belongs(code.id):
            below = [n for n, child in enumerate(coded.codes) if child.parent == code.id]
            yield code, coded.has[row] & ~coded.has[below].any(axis=0)


def summary_tables(
    coded: CodedSegments,
    chooser: QuoteChooser,
    tables: Sequence[TableSettings],
    evidence: Evidence,
) -> pd.DataFrame:
    """Draft the tables that the settings name: the table ``summary_tables``.

    Goes in: the coded segments; what chooses among them; the tables; and the words and consent
    behind ``coded.segments``, row by row. A point is a code of the table, in its plain wording,
    with at least one segment that is a challenge, a practice or a resource; or a part of these
    whose statements are alike (``split_into_points``), named by the words that set it apart. A code
    with codes under it (the theme too) is a point of its own only for the segments that none of
    them has, so that nothing is told twice; and every challenge, practice and resource of the
    table's codes stands behind a point. The most widely shared point comes first: by workshops,
    then people, then segments of either column, then the order of the codebook. A cell holds up to
    three quotes as QuoteChooser chooses them from speakers who agreed to be quoted, shortened
    around what was coded.
    """
    drafter = _Drafter(coded, chooser, evidence)
    rows: list[dict[str, Any]] = []
    for table in tables:
        codes = [(code, drafter.sides(mask)) for code, mask in _points(coded, table)]
        of_all = [sides[1] for _, sides in codes]
        practices = np.unique(np.concatenate([np.array([], dtype=np.int64), *of_all]))
        points = []
        for code, sides in codes:
            if sum(map(len, sides)) == 0:
                continue
            for group, left, right in drafter.points(*sides, practices):
                either = np.union1d(left, right)
                sizes, shared = _breadth(coded, either)
                cells = drafter.cells([left, right], code.id)
                (challenges, left_ids), (practice, right_ids) = cells
                point = {
                    "table_id": table.id,
                    "code_id": code.id,
                    "point": _statement(code, group),
                    "challenges": drafter.shown(challenges, len(left), NO_CHALLENGE),
                    "practices": drafter.shown(practice, len(right), NO_PRACTICE),
                    "challenge_quotes": write_quotes(challenges),
                    "practice_quotes": write_quotes(practice),
                    "challenge_segments": len(left),
                    "practice_segments": len(right),
                    "challenge_evidence": left_ids,
                    "practice_evidence": right_ids,
                    **shared,
                    "status": "draft",
                }
                points.append((sizes, point))
        # A stable sort: points alike in all three stay in the codebook's order.
        points.sort(key=lambda pair: pair[0])
        rows += [{**point, "row": row} for row, (_, point) in enumerate(points, start=1)]
    return as_table(rows, "summary_tables")


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
