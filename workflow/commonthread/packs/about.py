"""What a pack says of itself in a file that people fill in: rows of a label and a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from commonthread.packs.pack import Pack

TITLE = "About this pack"
# Heading of the first column, by which the table is found again, and of the second.
HEADINGS = ("About", "Value")
INDIVIDUAL = "coding by one person"
GROUP = "talk in a group"


@dataclass(frozen=True)
class About:
    """What a file says of the pack that it was, empty where it does not say."""

    made_for: str = ""
    study: str = ""
    coder: str = ""
    role: str = ""
    pack_id: str = ""
    codebook_version: str = ""
    codebook_sha256: str = ""


_LABELS = {
    "made_for": "Made for",
    "study": "Study",
    "coder": "Coder",
    "role": "Role",
    "pack_id": "Pack",
    "codebook_version": "Codebook version",
    "codebook_sha256": "Codebook fingerprint",
}


def about_rows(pack: Pack, made_for: str) -> list[tuple[str, str]]:
    """Give the rows that identify a pack: label and value."""
    about = About(
        made_for,
        pack.study,
        pack.coder,
        pack.role,
        pack.pack_id,
        pack.codebook.version,
        pack.codebook.sha256,
    )
    return rows_of(about)


def rows_of(about: About) -> list[tuple[str, str]]:
    """Give rows that say what a file is, as ``read_about`` understands them."""
    return [(_LABELS[field.name], getattr(about, field.name)) for field in fields(About)]


def read_about(rows: Iterable[tuple[str, str]]) -> About:
    """Understand the rows that identify a pack, in any order, others between them."""
    names = {label.casefold(): name for name, label in _LABELS.items()}
    found: dict[str, str] = {}
    for label, value in rows:
        name = names.get(" ".join(label.split()).rstrip(":").casefold())
        if name is not None and value.strip():
            found.setdefault(name, " ".join(value.split()))
    return About(**found)
