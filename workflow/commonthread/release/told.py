"""The numbers that public files tell, whichever file and table they stand in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.disclosure.export import NAMES
from commonthread.disclosure.marking import SMALL
from commonthread.disclosure.sets import EVERY
from commonthread.export import restore
from commonthread.tables import columns

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from commonthread.codebook import Codebook

Row = dict[str, Any]
Place = tuple[str, str]
ALL: Place = ("all", "")
TALK: Place = ("talk", "")
NOTES: Place = ("notes", "")

_NUMBER = re.compile(r"(?P<least>at least )?(?P<one>\d[\d,]*)(?: of (?P<of>\d[\d,]*))?(?![\d.%])")
_PREFIX = "public_"


@dataclass(frozen=True)
class Told:
    """A number that is told: of what, what it lies between, and where it stands.

    ``what`` is one of ("segments", code, place), where EVERY stands for all segments; ("uncoded",
    place), those without a code of a theme; ("people", code), where EVERY stands for all who spoke;
    ("both", code, code); ("others", code, role), the segments of other roles; ("spoke", "words" or
    "turns", workshop, role), of which an empty one stands for all; and ("pairs", role, next role).
    """

    what: tuple[Any, ...]
    least: float
    most: float
    where: str


class Unreadable(Exception):
    """A public table is not as it was written: says which, and what is wrong."""


def read_public_tables(folder: Path) -> dict[str, list[Row]]:
    """Read the tables of the public folder, by name: numbers as numbers, an empty cell as None.

    Raises Unreadable for one that is missing, or has other columns than it was written with.
    """
    return {name: _read(folder / f"{name}.csv", name) for name in NAMES}


def _read(file: Path, name: str) -> list[Row]:
    kinds = columns(_PREFIX + name)
    try:
        text = file.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise Unreadable(f"The table data/{file.name} cannot be read.") from None
    if not rows or rows[0] != list(kinds) or any(len(row) != len(kinds) for row in rows):
        raise Unreadable(f"The table data/{file.name} has other columns than it was written with.")
    try:
        return [
            {
                column: _value(cell, kind)
                for (column, kind), cell in zip(kinds.items(), row, strict=True)
            }
            for row in rows[1:]
        ]
    except ValueError:
        raise Unreadable(
            f"The table data/{file.name} has words where a number should be."
        ) from None


def _value(cell: str, kind: str) -> Any:
    if kind == "text":
        return restore(cell) or None
    if not cell or kind == "true or false":
        return cell or None
    return float(cell)


def told_by_tables(tables: Mapping[str, Sequence[Row]], threshold: int) -> Iterator[Told]:
    """Give the numbers that the tables tell, also where a share gives away what is missing."""
    for name, rows in _with_talk(tables).items():
        where = f"data/{name}.csv"
        for row in rows:
            for what, value in _told_by_row(name, row):
                if value is not None:
                    yield Told(what, value, value, where)
            for measure in ("segments", "people"):
                if f"{measure}_at_least" in row:
                    small = measure in (row[SMALL] or "").split("; ")
                    yield Told(
                        of_code(measure, row["code_id"]),
                        row[f"{measure}_at_least"] or 0,
                        threshold - 1 if small else float("inf"),
                        where,
                    )


def _with_talk(tables: Mapping[str, Sequence[Row]]) -> dict[str, Sequence[Row]]:
    """Fill in counts of people and words that their shares give away, of all or of a workshop."""
    rows = tables["participation"]
    whole = {row["workshop"]: row for row in rows if row["role"] is None}
    filled = []
    for row in rows:
        every = whole.get(row["workshop"], {})
        filled.append(
            row
            | {
                name: _part(row[name], every.get(name), row[f"share_of_{name}"])
                for name in ("people", "words")
            }
        )
    return {**tables, "participation": filled}


def of_code(measure: str, code_id: str) -> tuple[Any, ...]:
    """Say what a count of segments or people with a code is of."""
    return (measure, code_id, ALL) if measure == "segments" else (measure, code_id)


def _place(row: Row) -> Place:
    group = row["group"]
    if group not in ("all", "workshop", "role"):
        raise Unreadable("A public table has a kind of group that it was not written with.")
    return ALL if group == "all" else (group, row[group])


def _told_by_row(name: str, row: Row) -> Iterator[tuple[tuple[Any, ...], float | None]]:
    if name in ("frequencies", "questions"):
        code = row["code_id"]
        of_segments = row.get("of_segments")
        yield (
            ("segments", code, ALL),
            _part(row["segments"], of_segments, row.get("share")),
        )
        yield ("segments", EVERY, ALL), of_segments
        yield ("segments", code, TALK), row.get("talk_segments")
        yield ("segments", code, NOTES), row.get("note_segments")
        yield ("people", code), row["people"]
        yield ("people", EVERY), row["of_people"]
    elif name == "frequencies_by_group":
        here = _place(row)
        yield (
            ("segments", row["code_id"], here),
            _part(row["segments"], row["of_segments"], row["share"]),
        )
        yield ("segments", EVERY, here), _whole(row["of_segments"], row["segments"], row["share"])
    elif name == "coverage":
        here, share = _place(row), row["not_coded_share"]
        yield ("segments", EVERY, here), _whole(row["segments"], row["not_coded"], share)
        yield ("uncoded", here), _part(row["not_coded"], row["segments"], share)
    elif name == "cooccurrence":
        first, second = row["code_a"], row["code_b"]
        yield ("segments", first, ALL), row["segments_a"]
        yield ("segments", second, ALL), row["segments_b"]
        yield ("both", first, second), _both(row)
    elif name == "participation":
        where = (row["workshop"] or "", row["role"] or "")
        yield ("spoke", *where), row["people"]
        yield ("words", *where), row["words"]
        yield ("turns", *where), row["turns"]
    elif name == "follows":
        yield (
            ("pairs", row["role"], row["next_role"]),
            _part(row["pairs"], row["of_pairs"], row["share"]),
        )
        every = _whole(row["of_pairs"], row["pairs"], row["share"])
        yield ("pairs", row["role"], ""), _whole(every, row["expected"], row["expected_share"])
    elif name == "role_emphasis":
        code, role = row["code_id"], row["role"]
        others = row["other_share"]
        if others is None and row["share"] is not None:
            if row["difference"] is not None:
                others = row["share"] - row["difference"]
            elif row["ratio"]:
                others = row["share"] / row["ratio"]
        yield (
            ("segments", code, ("role", role)),
            _part(row["segments"], row["of_segments"], row["share"]),
        )
        yield ("segments", EVERY, ("role", role)), row["of_segments"]
        yield ("others", code, role), _part(row["other_segments"], row["other_of_segments"], others)
        yield ("others", EVERY, role), row["other_of_segments"]


def _part(part: float | None, whole: float | None, share: float | None) -> float | None:
    """Give a part; where it is missing, from its whole and its share."""
    if part is None and whole is not None and share is not None:
        return float(round(whole * share))
    return part


def _whole(whole: float | None, part: float | None, share: float | None) -> float | None:
    if whole is None and part is not None and share:
        return float(round(part / share))
    return whole


def _both(row: Row) -> float | None:
    """Give how many have both of two codes; where it is missing, from a measure of how they go
    together."""
    one, other, every = row["segments_a"], row["segments_b"], row["of_segments"]
    if row["segments_both"] is not None or one is None or other is None:
        return None if row["segments_both"] is None else float(row["segments_both"])
    if row["jaccard"] is not None:
        return float(round(row["jaccard"] * (one + other) / (1 + row["jaccard"])))
    if row["phi"] is not None and every:
        spread = (one * other * (every - one) * (every - other)) ** 0.5
        return float(round((row["phi"] * spread + one * other) / every))
    return None


class PageNumbers:
    """Finds in tables of pages what numbers are of, by the names of their rows and columns."""

    def __init__(self, codebook: Codebook, workshops: Sequence[str], roles: Sequence[str]) -> None:
        # A name that two things have says nothing.
        names: list[tuple[str, tuple[str, str]]] = [
            *((code.name, ("code", code.id)) for code in codebook.codes),
            *((title, ("workshop", title)) for title in workshops),
            *((role, ("role", role)) for role in roles),
        ]
        self._things: dict[str, list[tuple[str, str]]] = {}
        for name, thing in names:
            self._things.setdefault(name.strip().casefold(), []).append(thing)
        self.passed_over: list[str] = []

    def read(self, page: HtmlElement, file: str) -> Iterator[Told]:
        """Give the numbers in the tables of a page."""
        for table in page.iter("table"):
            rows = [
                [" ".join(cell.text_content().split()) for cell in row.iter("th", "td")]
                for row in table.iter("tr")
            ]
            where = f"{file}, table {table.get('id') or 'without a name'}"
            found = [told for row in rows[1:] for told in self._row(rows[0], row, where)]
            if not found and rows:
                self.passed_over.append(where)
            yield from found

    def _row(self, headings: list[str], cells: list[str], where: str) -> Iterator[Told]:
        kind = _ROWS.get(headings[0], "")
        names = self._named(cells[0], kind) if cells and kind else []
        if len(names) != 1:
            return
        for heading, text in zip(headings[1:], cells[1:], strict=False):
            number = _NUMBER.match(text)
            if number is None:
                continue
            value = float(number["one"].replace(",", ""))
            for what, every in self._what((kind, names[0]), heading):
                yield Told(what, value, float("inf") if number["least"] else value, where)
                if every is not None and number["of"]:
                    of = float(number["of"].replace(",", ""))
                    yield Told(every, of, of, where)

    def _named(self, text: str, kind: str) -> list[str]:
        return [name for found, name in self._things.get(text.casefold(), []) if found == kind]

    def _what(
        self, thing: tuple[str, str], heading: str
    ) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...] | None]]:
        """Give what a number is of, and what the number behind "of" is of."""
        kind, name = thing
        others = self._things.get(heading.casefold(), [])
        if kind == "code" and heading in ("Segments", "People"):
            measure = heading.casefold()
            yield of_code(measure, name), of_code(measure, EVERY)
        elif kind != "code" and heading in _OF_TALK:
            yield (_OF_TALK[heading], *((name, "") if kind == "workshop" else ("", name))), None
        elif kind != "code" and heading == "Segments":
            yield ("segments", EVERY, (kind, name)), None
        elif kind != "code" and heading == "Not coded":
            yield ("uncoded", (kind, name)), None
        elif len(others) == 1:
            other, id = others[0]
            if kind == other == "code":
                yield ("both", name, id), None
            elif kind == "code":
                yield ("segments", name, (other, id)), ("segments", EVERY, (other, id))
            elif other == "code":
                yield ("segments", id, (kind, name)), ("segments", EVERY, (kind, name))


_ROWS = {"Code": "code", "Theme": "code", "Workshop": "workshop", "Role": "role"}
_OF_TALK = {
    "Words": "words",
    "Words of talk": "words",
    "Turns": "turns",
    "People who spoke": "spoke",
    "People": "spoke",
}
