"""Which summary tables a study has, and whether they can be made with its codebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from commonthread.problems import Problem, suggest
from commonthread.settings import TableSettings
from commonthread.summary.columns import names_twice

if TYPE_CHECKING:
    from commonthread.codebook import Codebook
    from commonthread.strict_yaml import Key


def tables_named(tables: Sequence[TableSettings], codebook: Codebook) -> list[TableSettings]:
    """Give the tables that the settings name; if they name none, one for each theme."""
    return list(tables) or tables_of_themes(codebook)


def tables_of_themes(codebook: Codebook) -> list[TableSettings]:
    """Give a table for each theme, such as "Navigating challenges relating to power"."""
    return [
        TableSettings(
            id=theme.id,
            title=f"Navigating challenges relating to {_inside_a_sentence(theme.name)}",
            theme=theme.id,
        )
        for theme in codebook.themes
    ]


def _inside_a_sentence(name: str) -> str:
    # "PPI" keeps its capitals.
    starts_small = name[1:2].islower() or name[1:2] == " "
    return name[:1].lower() + name[1:] if starts_small else name


def _the_settings(*_keys: Key) -> str:
    return "settings"


def table_problems(
    tables: Sequence[TableSettings],
    codebook: Codebook,
    place: Callable[..., str] = _the_settings,
) -> list[Problem]:
    """Say what is wrong with the tables that the settings name, all of it.

    Their themes, codes and aspects must be the codebook's, no aspect may stand in two columns of a
    table, and no id may be used twice. ``place`` names where something stands in the settings:
    ``place(0, "codes", 1)`` the second code of the first table; without it, problems name the table.
    """
    problems = [
        Problem(f'{place(number, *keys)}, table "{table.id}"', what, remedy)
        for number, table in enumerate(tables)
        for keys, what, remedy in (
            *_wrong_codes(table, codebook),
            *(((), *wrong) for wrong in _wrong_columns(table, codebook)),
        )
    ]
    ids = Counter(table.id for table in tables)
    return problems + [
        Problem(place(), f'Two tables have the id "{twice}".', "Rename one of them.")
        for twice in sorted(table_id for table_id, times in ids.items() if times > 1)
    ]


def _wrong_codes(
    table: TableSettings, codebook: Codebook
) -> Iterator[tuple[tuple[Key, ...], str, str]]:
    if bool(table.theme) == bool(table.codes):
        said = "both a theme and codes" if table.theme else "neither a theme nor codes"
        yield (), f"It names {said}.", "Write theme: with one theme, or codes: with a list."
    themes = [theme.id for theme in codebook.themes]
    if table.theme and table.theme not in themes:
        what, remedy = _no_more("theme", table.theme, codebook) or (
            f'There is no theme "{table.theme}" in the codebook.{suggest(table.theme, themes)}',
            "Name a theme by its id; codes below a theme go into codes:.",
        )
        yield ("theme",), what, remedy
    known = [code.id for code in codebook.codes if code.dimension != "aspect"]
    for number, code_id in enumerate(table.codes):
        if code_id not in known:
            what, remedy = _no_more("code", code_id, codebook) or (
                f'There is no code "{code_id}" in the codebook.{suggest(code_id, known)}',
                "Name a theme or a code by its id; take out a code that was retired.",
            )
            yield ("codes", number), what, remedy


def _no_more(kind: str, former: str, codebook: Codebook) -> tuple[str, str] | None:
    """Say what became of a former code, and what to write now; None if the codebook knows none."""
    into = [code.id for code in codebook.successors(former)]
    if not into:
        return None
    named = " and ".join(f'"{code_id}"' for code_id in into)
    return (
        f'The {kind} "{former}" is no more: it went into {named}.',
        f"Write {into[0]} in its place."
        if len(into) == 1
        else "Write in its place those of them that the table is about.",
    )


def _wrong_columns(table: TableSettings, codebook: Codebook) -> Iterator[tuple[str, str]]:
    if not table.columns:
        yield "It has no column.", "Name at least one, or leave columns: out for the usual two."
    for number, column in enumerate(table.columns, start=1):
        if not column.title.strip():
            yield f"Column {number} has no title.", "Write what should stand above it."
        if not column.aspects:
            yield f"The column “{column.title}” has no aspect.", "Name at least one, by its id."
    known = [aspect.id for aspect in codebook.aspects]
    named = [aspect for column in table.columns for aspect in column.aspects]
    # A codebook without challenges or practices just leaves the usual columns empty.
    for aspect in dict.fromkeys(named) if "columns" in table.model_fields_set else ():
        if aspect not in known:
            yield (
                f'There is no aspect "{aspect}" in the codebook.{suggest(aspect, known)}',
                f"The codebook has: {', '.join(known)}."
                if known
                else "Add it to the codebook under aspects.",
            )
    twice = [aspect for aspect, times in Counter(named).items() if times > 1]
    for aspect in twice:
        yield (
            f'The aspect "{aspect}" is named twice in its columns.',
            "What was said would stand in the table twice: take one of them out.",
        )
    whole = [column for column in table.columns if column.aspects]
    for name in names_twice(whole) if not twice else ():
        yield (
            f'A column would be called "{name}" in files where something else is called so.',
            "Name another aspect first in the column, or rename the aspect in the codebook.",
        )
