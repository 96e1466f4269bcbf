"""How the codebook grew: each version of it, kept in the study with what was decided.

The folder ``codebook_history`` of the study has the codebook as it was at each version, a list of
the versions (``history.csv``) and one of what was decided of proposals (``decisions.csv``). A run
adds to them; nothing that stands there is ever written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import TypeVar

from commonthread.growing_list import OtherColumns, add_to_list, read_list
from commonthread.whole_files import replacing

FOLDER = "codebook_history"
VERSIONS = "history.csv"
DECIDED = "decisions.csv"


@dataclass(frozen=True)
class Version:
    """A version of the codebook, as the list of versions has it.

    ``date`` is when a run first used it, ``workshop`` the title of the newest workshop by then;
    ``file`` is the codebook's file in the folder. ``changes`` are sentences, a line each, and
    ``proposals`` the ids of those that came into the codebook with it, separated by spaces.
    """

    date: str
    version: str
    sha256: str
    file: str
    workshop: str
    changes: str
    proposals: str


@dataclass(frozen=True)
class Decided:
    """What was decided of a proposal, as the list of decisions has it.

    ``recorded`` is the date of the run that found it decided so. ``decision`` is that of the table
    ``proposals``, or "not recorded" where the codebook was changed as proposed without one.
    """

    recorded: str
    proposal_id: str
    decision: str
    what: str
    code_id: str
    author: str
    role: str
    proposed_because: str
    wording: str
    why: str
    took_part: str
    decided_on: str
    codebook_sha256: str


class Unrecorded(Exception):
    """The history cannot be added to: why, in a sentence."""


@dataclass(frozen=True)
class History:
    """All versions and all decisions, the oldest first."""

    versions: tuple[Version, ...] = ()
    decided: tuple[Decided, ...] = ()

    def latest(self) -> dict[str, Decided]:
        """Give for each proposal, by its id, what was recorded of it last."""
        return {each.proposal_id: each for each in self.decided}


def read_history(study: Path) -> History:
    """Read the history of a study; it is empty where nothing was recorded yet.

    Raises Unrecorded for a list that cannot be read.
    """
    folder = study / FOLDER
    return History(
        versions=tuple(_read(folder / VERSIONS, Version)),
        decided=tuple(_read(folder / DECIDED, Decided)),
    )


def add_version(study: Path, version: Version, codebook: bytes) -> None:
    """Add a version with its codebook. Raises Unrecorded if that is not possible."""
    path = study / FOLDER / version.file
    try:
        if not path.exists():
            with replacing(path) as temporary:
                temporary.write_bytes(codebook)
        elif path.read_bytes() != codebook:
            raise Unrecorded(f"{FOLDER}/{version.file} is not what it was when it was recorded.")
        _append(study / FOLDER / VERSIONS, Version, [version])
    except OSError as error:
        raise _closed(study, error) from None


def add_decided(study: Path, decided: Sequence[Decided]) -> None:
    """Add what was decided. Raises Unrecorded if that is not possible."""
    try:
        _append(study / FOLDER / DECIDED, Decided, decided)
    except OSError as error:
        raise _closed(study, error) from None


def file_name(date: str, sha256: str) -> str:
    """Give the name of the file in which a version of the codebook is kept."""
    return f"{date}-{sha256[:12]}.yaml"


def newest_workshop(workshops: Iterable[tuple[str, str]]) -> str:
    """Give the title of the newest workshop by its date; empty if none has one in ISO 8601.

    Goes in: title and date of each.
    """
    dated = []
    for title, written in workshops:
        try:
            dated.append((date.fromisoformat(written.strip()), title))
        except ValueError:
            continue
    return max(dated, key=lambda each: each[0])[1] if dated else ""


_Row = TypeVar("_Row", Version, Decided)


def _columns(kind: type[_Row]) -> list[str]:
    return [field.name for field in fields(kind)]


def _read(path: Path, kind: type[_Row]) -> list[_Row]:
    try:
        return [kind(**row) for row in read_list(path, _columns(kind))]
    except OtherColumns as reason:
        raise Unrecorded(
            f"{FOLDER}/{reason} Give it its columns back, or move it away and let a run begin it anew."
        ) from None


def _append(path: Path, kind: type[_Row], rows: Sequence[_Row]) -> None:
    """Add rows to a list, beginning it if need be."""
    try:
        add_to_list(path, _columns(kind), [asdict(row) for row in rows])
    except OtherColumns as reason:
        raise Unrecorded(f"{FOLDER}/{reason}") from None


def _closed(study: Path, error: OSError) -> Unrecorded:
    return Unrecorded(
        f"The history of the codebook cannot be written into {study / FOLDER} ({error.strerror})."
    )
