"""Reads judgements from the rows of a table, by its headings, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from commonthread.returned.entry import Entry
from commonthread.sources.columns import plain_heading
from commonthread.sources.table_turns import Row

# What headings are called, by the field of an entry; a heading is known by any of its names.
NAMES: Mapping[str, tuple[str, ...]] = {
    "coder": ("coder", "coder name", "coded by", "who coded", "annotator", "rater", "coder id"),
    "segment_id": ("segment", "segment id", "segmentid", "id of the segment"),
    "source_id": ("source", "source id", "document", "document id", "file"),
    "words": (
        *("words", "words to code", "text", "quote", "quotation", "quoted text", "excerpt"),
        *("coded text", "segment text", "content", "highlight", "passage", "extract"),
    ),
    "before": ("before", "words before", "context before"),
    "after": ("after", "words after", "context after"),
    "start_s": ("starts", "start", "start s", "seconds"),
    "codes": ("code", "codes", "code name", "codename", "code id", "aspect", "aspects"),
    "no_code": ("no code", "no code fits", "none fits", "no code applies"),
    "unsure": ("unsure", "not sure", "uncertain"),
    "comment": ("comment", "comments", "memo", "memos", "remark", "remarks", "note", "notes"),
    "new_code": ("new code", "suggested code", "code suggestion", "suggestion", "new codes"),
    "date": ("date", "coded on", "coding date", "date coded", "created", "created on"),
}
# Columns of a pack that nothing is read from.
_FOR_READING = (
    *("workshop", "speaker", "time", "said before", "said after", "found by the computer"),
    *("role", "theme"),
)
# Used only where nothing else says which code it is.
_ALSO_CODES = ("theme", "node", "tag", "tags", "label", "category", "nodes", "labels")
_NUMBERED = re.compile(r"(?:code|codes|aspect|aspects) ?\d{1,3}")
_MOST_LETTERS = 100
_FIELDS = {name: field for field, names in NAMES.items() for name in names}


class Columns:
    """Which column of a table is what. ``unknown`` are headings that nothing is read from."""

    def __init__(self, headings: Sequence[str]) -> None:
        plain = [plain_heading(heading[:_MOST_LETTERS]) for heading in headings]
        self.headings = frozenset(plain) - {""}
        self._at: dict[str, list[int]] = {}
        for at, heading in enumerate(plain):
            field = "codes" if _NUMBERED.fullmatch(heading) else _FIELDS.get(heading)
            if field is not None:
                self._at.setdefault(field, []).append(at)
        if "codes" not in self._at:
            named = [at for at, heading in enumerate(plain) if heading in _ALSO_CODES]
            if named:
                self._at["codes"] = named
        known = {at for places in self._at.values() for at in places}
        self.unknown = tuple(
            headings[at].strip()
            for at, heading in enumerate(plain)
            if heading and at not in known and heading not in _FOR_READING
        )

    def __contains__(self, field: str) -> bool:
        """Tell whether there is a column for a field."""
        return field in self._at

    @property
    def usable(self) -> bool:
        """Whether there are columns for codings, and for the segments that they are of."""
        coded = any(field in self for field in ("codes", "no_code"))
        return coded and ("segment_id" in self or "words" in self)

    def entry(self, where: str, cells: Sequence[str]) -> Entry:
        """Give what a row says. Several columns for codes or remarks are taken together."""
        fields = {}
        for field, places in self._at.items():
            texts = [cells[at] for at in places if at < len(cells) and cells[at].strip()]
            joined = field in ("codes", "comment", "new_code")
            fields[field] = "\n".join(texts) if joined else (texts[0] if texts else "")
        return Entry(where=where, **fields)

    def misspelt(self) -> list[tuple[str, str]]:
        """Give headings that nothing is read from but that look like known ones: both of each."""
        found = []
        for heading in self.unknown:
            near = get_close_matches(plain_heading(heading), _FIELDS, n=1, cutoff=0.85)
            if near and _FIELDS[near[0]] not in self:
                found.append((heading, near[0]))
        return found


def entries(columns: Columns, rows: Iterable[Row]) -> Iterator[Entry]:
    """Give the entries of the rows below the headings; empty rows give none."""
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            yield columns.entry(f"row {row.number}", row.cells)


def find_headings(rows: Sequence[Row], most: int = 20) -> tuple[int, Columns] | None:
    """Find the row of headings among the first rows: its place, and the columns; None if none is."""
    for at, row in enumerate(rows[:most]):
        columns = Columns(row.cells)
        if columns.usable:
            return at, columns
    return None
