"""How the codebook grew, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonthread.proposals.history import FOLDER, Decided, History, Version

NO_ROLE = "Role not given"


@dataclass(frozen=True)
class ShownVersion:
    """A version of the codebook: when and after which workshop, what changed, and from whom."""

    heading: str
    when: str
    changes: tuple[str, ...]
    proposals: tuple[str, ...]
    file: str


def shown_versions(history: History) -> tuple[ShownVersion, ...]:
    """Give the versions, the newest first."""
    latest = history.latest()
    return tuple(_shown(version, latest) for version in reversed(history.versions))


def _shown(version: Version, latest: Mapping[str, Decided]) -> ShownVersion:
    after = f", after the workshop “{version.workshop}”" if version.workshop else ""
    return ShownVersion(
        heading=f"Version {version.version}",
        when=f"First used by a run on {version.date}{after}.",
        changes=tuple(version.changes.split("\n")),
        proposals=tuple(
            _came_from(latest[each]) for each in version.proposals.split() if each in latest
        ),
        file=f"{FOLDER}/{version.file}",
    )


def _came_from(decided: Decided) -> str:
    """Say who proposed what came in with a version, and what was decided."""
    who = f"{decided.role or NO_ROLE}: {decided.author or 'name not given'}"
    outcome = {
        "accepted": "Accepted.",
        "changed": "Accepted, with another wording.",
        "not recorded": "No decision is written down.",
    }.get(decided.decision, f"The decision that is written down: {decided.decision}.")
    took_part = f" Decided by: {decided.took_part}." if decided.took_part else ""
    return f"{who}. {decided.what} {outcome}{took_part}"
