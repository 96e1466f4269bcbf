"""Tables in a folder of the study: which files people wrote, and which are untouched drafts.

A draft of a summary table lies there as a workbook and as YAML. A list beside the files has the
hash of each as it was written (while it is written anew, those of both), so that it is known whether
a person saved a change: what a person saved is never written over or removed. Once a person works
in one of the two, the untouched other one goes away, so that there are never two truths.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from commonthread.ordinary_files import is_there, read_ordinary
from commonthread.problems import Refused
from commonthread.whole_files import replacing

FOLDER = "tables"
_LIST = ".drafts.json"
_ENDINGS = (".xlsx", ".yaml", ".yml")
LARGEST_MB = 50


def _drafted(folder: Path) -> dict[str, str]:
    """Read the list of drafts: the hash of each by its name; empty where it cannot be read."""
    try:
        found = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): str(value) for name, value in found.items()}


def _hash(file: Path) -> str:
    """Hash a file's content; of one that cannot be read, give why."""
    try:
        return hashlib.sha256(read_ordinary(file, LARGEST_MB)).hexdigest()
    except (Refused, OSError) as reason:
        return str(reason)


def people_files(study: Path, table_id: str, folder: str = FOLDER) -> list[Path]:
    """Give the files of a table, in a folder of the study, that people wrote or changed."""
    place = study / folder
    drafted = _drafted(place)
    files = (place / f"{table_id}{ending}" for ending in _ENDINGS)
    return [file for file in files if is_there(file) and not _is_draft(file, drafted)]


def _is_draft(file: Path, drafted: Mapping[str, str]) -> bool:
    return _hash(file) in drafted.get(file.name, "").split()


def unknown_files(study: Path, table_ids: Sequence[str]) -> list[str]:
    """Give the names of files that look like tables but are named like none."""
    folder = study / FOLDER
    if not folder.is_dir():
        return []
    return sorted(
        file.name
        for file in folder.iterdir()
        if file.suffix.lower() in _ENDINGS
        and not file.name.startswith((".", "~$"))
        and not (file.stem in table_ids and file.suffix in _ENDINGS)
    )


def fingerprints(study: Path, table_ids: Sequence[str], folder: str = FOLDER) -> dict[str, str]:
    """Give for each table a text that changes when a person changes it, or removes its drafts.

    Drafts, whether or not they are there yet, do not count: the pipeline writes them itself.
    """
    place = study / folder
    drafted = _drafted(place)
    made = {}
    for table_id in table_ids:
        people = people_files(study, table_id, folder)
        names = [f"{table_id}{ending}" for ending in _ENDINGS]
        removed = any(name in drafted for name in names) and not any(
            is_there(place / name) for name in names
        )
        made[table_id] = " ".join(f"{file.name}:{_hash(file)}" for file in people) or (
            "removed" if removed else "draft"
        )
    return made


def put_drafts(folder: Path, table_id: str, drafts: Mapping[str, bytes], people: bool) -> None:
    """Write or renew the drafts of a table; ``drafts`` has their content by ending.

    Where a person wrote the table (``people``), only untouched drafts are removed; where some of
    the drafts were removed, only the others are renewed. Raises OSError if the folder cannot be
    written.
    """
    drafted = _drafted(folder)
    before = dict(drafted)
    own = {
        name: folder / name
        for ending in _ENDINGS
        if (name := f"{table_id}{ending}") in drafted
        and is_there(folder / name)
        and _is_draft(folder / name, drafted)
    }
    if people:
        for name, file in own.items():
            file.unlink()
            del drafted[name]
    else:
        named = {f"{table_id}{ending}": data for ending, data in drafts.items()}
        wanted = {
            name: hashlib.sha256(data).hexdigest()
            for name, data in named.items()
            if not own or name in own
        }
        anew = [name for name in wanted if drafted.get(name) != wanted[name] or name not in own]
        if anew:
            # Both are drafts until all is written: a run may be killed in between.
            both = {name: f"{drafted.get(name, '')} {wanted[name]}".strip() for name in anew}
            _write_list(folder, drafted | both)
        for name in anew:
            with replacing(folder / name) as temporary:
                temporary.write_bytes(named[name])
        drafted |= wanted
    if drafted != before:
        _write_list(folder, drafted)


def _write_list(folder: Path, drafted: Mapping[str, str]) -> None:
    with replacing(folder / _LIST) as temporary:
        temporary.write_text(json.dumps(drafted, indent=2, sort_keys=True) + "\n", encoding="utf-8")
