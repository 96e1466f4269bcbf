"""The map of resources as anybody may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from commonthread.report.facts import records
from commonthread.report.handout import for_public
from commonthread.report.resources import (
    INTRO,
    NOBODY,
    TITLE,
    Naming,
    ResourcesPage,
    Subject,
    introduction,
    parts_of,
    pieces,
    subject_of,
    summary,
)
from commonthread.report.withheld import told
from commonthread.report.wording import count, in_sentence, of
from commonthread.resources import ASPECT

if TYPE_CHECKING:
    import pandas as pd

    from commonthread.codebook import Code, Codebook

_CONSENT = (
    "People are quoted only if they agreed to it. Many more may have named something: how many "
    "workshops it came up in says so."
)


def public_resources_page(
    resources: pd.DataFrame,
    codebook: Codebook,
    frequencies: pd.DataFrame,
    *,
    study: str,
    invented: bool,
    threshold: int,
) -> ResourcesPage:
    """Lay out the table ``public_resources``.

    ``frequencies`` are those of the whole study as far as they may be told: how widely a resource
    was named at all.
    """
    rows = records(resources)
    people = any(row["origin"] == "people" for row in rows)
    return ResourcesPage(
        title=f"{TITLE}: {study}",
        study=study,
        invented=invented,
        edited=for_public("resources", threshold, quotes=True),
        intro=introduction(codebook, _CONSENT) if people else (INTRO,),
        summary=summary(_widely(records(frequencies), threshold), rows),
        parts=parts_of(rows, codebook, _subject),
    )


def _widely(frequencies: Sequence[Mapping[str, Any]], threshold: int) -> str:
    """Say in how many workshops and by how many people resources were named; empty if by none."""
    found = next((row for row in frequencies if row["code_id"] == ASPECT), None)
    if found is None or not found["workshops"]:
        return ""
    people = told(found, "people", threshold)
    by = f", by {count(people, 'person')}" if people else ""
    return f"in {of(found['workshops'], found['of_workshops'], 'workshop')}{by}. "


def _subject(code: Code | None, rows: Sequence[dict[str, Any]]) -> Subject:
    workshops = rows[0]["workshops"]
    return subject_of(
        code,
        rows,
        workshops=workshops,
        breadth=f"Named in {of(workshops, rows[0]['of_workshops'], 'workshop')}."
        if workshops
        else NOBODY,
        namings=tuple(Naming(pieces(row), _who(row)) for row in rows if row["quote"]),
        others="",
    )


def _who(row: dict[str, Any]) -> str:
    """Say who is quoted: no more than a role that many people have."""
    role = row["role"]
    return f"Somebody of the role {in_sentence(role)}" if role else "Somebody who took part"
