"""Which summary tables a study has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commonthread.settings import TableSettings

if TYPE_CHECKING:
    from commonthread.codebook import Codebook


def tables_named(tables: Sequence[TableSettings], codebook: Codebook) -> list[TableSettings]:
    """Give the tables that the settings name; if they name none, one for each theme."""
    return list(tables) or tables_of_themes(codebook)


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
