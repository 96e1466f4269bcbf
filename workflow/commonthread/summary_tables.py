"""Draft tables of challenges beside the practices and resources that may help.

One table for each theme or other choice of codes that the settings name, as an account of
workshops would print it. They are drafts: a machine chose the words, and people rewrite them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from commonthread.coded import NO_ROLE, CodedSegments, Counts, Mask
from commonthread.export import PeopleTable, write_markdown_tables
from commonthread.quotes import QuoteChooser, shorten
from commonthread.settings import TableSettings
from commonthread.tables import as_table

if TYPE_CHECKING:
    from commonthread.codebook import Code, Codebook

TITLE = "Navigating challenges: draft tables"
DRAFT = "Draft: a machine chose these words. They are for people to check and rewrite."
NO_CHALLENGE = "Nobody was coded as naming a challenge here."
NO_PRACTICE = "Nobody was coded as naming a practice or a resource here."
_SIDES = (("challenge",), ("practice", "resource"))
_QUOTES = 3
_QUOTE_WORDS = 40
_IDS_SHOWN = 3


def tables_of_themes(codebook: Codebook) -> list[TableSettings]:
    """Give a table for each theme, such as "Navigating challenges relating to power"."""
    return [
        TableSettings(
            id=theme.id,
            title=f"Navigating challenges relating to {_inside_a_sentence(theme.name)}",
            codes=[theme.id],
        )
        for theme in codebook.themes
    ]


def _inside_a_sentence(name: str) -> str:
    # "PPI" keeps its capitals.
    starts_small = name[1:2].islower() or name[1:2] == " "
    return name[:1].lower() + name[1:] if starts_small else name


class _Evidence:
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
    """Writes the cells of the tables."""

    def __init__(self, coded: CodedSegments, chooser: QuoteChooser) -> None:
        self.coded, self.chooser = coded, chooser
        self.ids = coded.segments["segment_id"].to_numpy(dtype=object)
        self._starts = coded.segments["start"].to_numpy()
        self._evidence = _Evidence(coded)
        self._sides: list[tuple[list[str], Mask]] = []
        for names in _SIDES:
            rows = [row for name in names if (row := coded.row(name)) is not None]
            codes = [coded.codes[row].id for row in rows]
            self._sides.append((codes, np.asarray(coded.has[rows].any(axis=0))))

    def sides(self, mask: Mask) -> list[Counts]:
        """Give the segments of the left and of the right column."""
        return [np.flatnonzero(mask & side) for _, side in self._sides]

    def _who(self, segment: int) -> str:
        """Say who speaks and where, without a pseudonym: "(role, workshop)"."""
        places = self.coded.places
        role = int(places.role[segment])
        if not places.talk[segment]:
            who = "notes"
        elif role < 0:
            who = "speaker not known"
        else:
            who = places.roles[role]
            who = "role not given" if who == NO_ROLE else who
        return f"({who}, {places.titles[int(places.workshop[segment])]})"

    def _focus(self, text: str, segment: int, code_id: str, side: int) -> tuple[int, int] | None:
        """Find the part of a quote to keep: where the code and the aspect are named, or the code
        alone if they are too far apart, or whichever of them is named."""
        spans = self._evidence.spans(segment)
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

    def _quote(self, segment: int, code_id: str, side: int) -> str:
        text = self.chooser.texts[segment]
        kept = shorten(text, self._focus(text, segment, code_id, side), _QUOTE_WORDS)
        return f"“{kept}” {self._who(segment)}"

    def cells(self, segments: list[Counts], code_id: str) -> list[tuple[str, str]]:
        """Give both cells of a point: the words, and the ids behind them, the quoted first.

        The right cell repeats no quote of the left one unless it has nothing else.
        """
        made, quoted = [], np.array([], dtype=np.int64)
        for side, own in enumerate(segments):
            fresh = np.setdiff1d(own, quoted)
            chosen = self.chooser.choose(fresh if len(fresh) else own, _QUOTES)
            words = "\n".join(self._quote(segment, code_id, side) for segment in chosen)
            quoted = np.array(chosen, dtype=np.int64)
            ids = self.ids[np.concatenate([quoted, np.setdiff1d(own, quoted)])]
            made.append((words or (NO_CHALLENGE, NO_PRACTICE)[side], " ".join(ids)))
        return made


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
    coded: CodedSegments, chooser: QuoteChooser, tables: Sequence[TableSettings]
) -> pd.DataFrame:
    """Draft the tables that the settings name: the table ``summary_tables``.

    A point is a code of the table, in its plain wording, with at least one segment that is a
    challenge, a practice or a resource. A code with codes under it (the theme too) is a point of
    its own only for the segments that none of them has, so that nothing is told twice and nothing
    is left out. The most widely shared point comes first: by workshops, then people, then segments
    of either column, then the order of the codebook. A cell holds up to three quotes as
    QuoteChooser chooses them, shortened around the evidence, each with role and workshop.
    """
    drafter, places = _Drafter(coded, chooser), coded.places
    rows: list[dict[str, Any]] = []
    for table in tables:
        points = []
        for code, mask in _points(coded, table):
            left, right = drafter.sides(mask)
            either = np.union1d(left, right)
            if not len(either):
                continue
            inside = np.unique(places.workshop[either])
            roles = np.unique(places.role[either])
            (challenges, left_ids), (practices, right_ids) = drafter.cells([left, right], code.id)
            speakers = np.unique(places.person[either])
            people = int(np.count_nonzero(speakers >= 0))
            point = {
                "table_id": table.id,
                "code_id": code.id,
                "point": code.plain or code.name,
                "challenges": challenges,
                "practices": practices,
                "challenge_segments": len(left),
                "practice_segments": len(right),
                "challenge_evidence": left_ids,
                "practice_evidence": right_ids,
                "people": people,
                "workshops": len(inside),
                "workshop_ids": "; ".join(places.workshop_ids[n] for n in inside.tolist()),
                "roles": "; ".join(places.roles[n] for n in roles.tolist() if n >= 0),
                "status": "draft",
            }
            points.append(((-len(inside), -people, -len(either)), point))
        # A stable sort: points alike in all three stay in the codebook's order.
        points.sort(key=lambda pair: pair[0])
        rows += [{**point, "row": row} for row, (_, point) in enumerate(points, start=1)]
    return as_table(rows, "summary_tables")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _ids(segments: int, evidence: str) -> str:
    """Say which segments stand behind a cell: the first few, and where the rest are."""
    shown = evidence.split(" ")[:_IDS_SHOWN] if evidence else []
    more = segments - len(shown)
    return " ".join(shown) + (f" and {more:,} more" if more else "")


def for_people(
    frame: pd.DataFrame, tables: Sequence[TableSettings], titles: dict[str, str] | None = None
) -> list[PeopleTable]:
    """Lay out the table ``summary_tables`` for documents: a table for each that the settings name.

    Goes in: the table, the settings, and the titles of workshops by id (their ids, if not given).
    The last column gives the evidence: how widely a point was shared, workshops, roles, and the
    ids of the segments that are quoted.
    """
    titles = titles or {}
    made = []
    for table in tables:
        rows = []
        for row in frame[frame["table_id"] == table.id].to_dict("records"):
            names = [titles.get(name) or name for name in row["workshop_ids"].split("; ")]
            counts = ", ".join(
                [
                    _count(row["workshops"], "workshop", "workshops"),
                    _count(row["people"], "person", "people"),
                ]
            )
            lines = [f"{counts}: {'; '.join(names)}."]
            if row["roles"]:
                lines.append(f"Roles: {row['roles']}.")
            for name, side in (("Challenges", "challenge"), ("Practices, resources", "practice")):
                number = row[f"{side}_segments"]
                if number:
                    ids = _ids(number, row[f"{side}_evidence"])
                    lines.append(f"{name}, {_count(number, 'segment', 'segments')}: {ids}.")
            rows.append((row["point"], row["challenges"], row["practices"], "\n".join(lines)))
        none = ("", NO_CHALLENGE, NO_PRACTICE, "")
        made.append(
            PeopleTable(
                title=table.title,
                note=f"{DRAFT} The points that came up in most workshops come first."
                " The ids of all segments are in summary-tables.csv.",
                headings=(
                    "Point",
                    "Challenges",
                    "Practices and resources that may help",
                    "Evidence",
                ),
                rows=tuple(rows) or (none,),
                widths=(0.16, 0.33, 0.33, 0.18),
                small=(3,),
            )
        )
    return made


def write_summary_tables(tables: list[PeopleTable], markdown: Path, docx: Path) -> None:
    """Write the laid-out tables as a Markdown file and as a Word document."""
    from commonthread.docx_tables import write_docx

    write_markdown_tables(TITLE, tables, markdown)
    write_docx(tables, docx, TITLE, DRAFT)
