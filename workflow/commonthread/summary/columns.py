"""What the columns of a summary table are called, in files that people edit and in data.

A title is for readers and may change at any time. Files name a column by its aspects, so that what
people wrote finds its column again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from commonthread.settings import TableColumn

# How the shipped codebook's aspects are written as names of many, and of one in a sentence.
_MANY = {name: f"{name}s" for name in ("challenge", "practice", "resource", "reflection")}
# What tables, workbooks and YAML call something else.
_TAKEN = (
    *("table_id", "row", "code_id", "point", "people", "workshops", "workshop_ids", "roles"),
    *("status", "dropped_because", "made_by"),
)


def spaced(aspect: str) -> str:
    """Give an aspect's id with spaces: "what_helps" as "what helps"."""
    return aspect.replace("_", " ")


def many(aspect: str) -> str:
    """Give what people's own wording for an aspect stands under: "challenges", "what_helps"."""
    return _MANY.get(aspect, aspect)


def key(column: TableColumn) -> str:
    """Give the aspect that names a column in data: its first."""
    return column.aspects[0]


def aspects_in_words(column: TableColumn) -> str:
    """Give the aspects of a column as a heading in files: "Practices and resources"."""
    names = [spaced(many(aspect)) for aspect in column.aspects]
    joined = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return joined[:1].upper() + joined[1:]


def nobody(column: TableColumn) -> str:
    """Say that nothing stands in a cell because nothing was coded for its column."""
    named = [
        f"a {aspect}" if aspect in _MANY else f"“{spaced(aspect)}”" for aspect in column.aspects
    ]
    return f"Nobody was coded as naming {' or '.join(named)} here."


def no_column(what: str, columns: Sequence[TableColumn]) -> tuple[str, str]:
    """Say that people wrote something for a column that their table has not, and what to do."""
    there = "; ".join(aspects_in_words(column) for column in columns)
    return (
        f"This table has no column for {what}.",
        f"Its columns are now: {there}. Move the words there, or give the table in the settings a"
        " column for them.",
    )


def names_in_data(column: TableColumn) -> tuple[str, str, str, str]:
    """Give what the table ``summary_tables`` calls a column's words, quotes, count and segments."""
    name = key(column)
    return many(name), f"{name}_quotes", f"{name}_segments", f"{name}_evidence"


def names_to_edit(aspect: str) -> tuple[str, str, str]:
    """Give the keys under which people write for an aspect: own wording, quotes, segments."""
    return many(aspect), f"{aspect}_quotes", f"{aspect}_segments"


def name_of_wording(column: TableColumn) -> str:
    """Give what a finished table calls people's own wording: "practices_and_resources"."""
    return aspects_in_words(column).lower().replace(",", "").replace(" ", "_")


def names_twice(columns: Sequence[TableColumn]) -> list[str]:
    """Give the names that files would have twice if a table had these columns."""
    found = Counter(_TAKEN)
    for column in columns:
        edited = (name for aspect in column.aspects for name in names_to_edit(aspect))
        found.update({*names_in_data(column), name_of_wording(column), *edited})
    return sorted(name for name, times in found.items() if times > 1)
