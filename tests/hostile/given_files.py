"""Makes cases of the files of any folder: each on every way in on which such a file may come."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from hostile.case import WORKSHOP, Case

_BACK = ("codings/{}", "codebook_proposals/{}", "names/{}")
_WAYS = {
    ".yaml": ("codebook.yaml", "config.yaml", "study.yaml", "tables/tea.yaml"),
    ".csv": ("codings/{}", "names/{}", "participants.csv", "workshops.csv", "coders.csv"),
    ".json": _BACK,
    ".docx": _BACK,
    ".xlsx": (*_BACK, "tables/tea.xlsx", "codebook_proposals/decisions.xlsx", "participants.xlsx"),
}


def cases_of_folder(folder: Path) -> list[Case]:
    """Give the cases; whether a file is to be read is not known of them, and counts as yes."""
    return [
        Case(way.format(file.name), partial(shutil.copyfile, file), True, about=place)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for place in [file.relative_to(folder).as_posix()]
        for way in _ways(file)
    ]


def _ways(file: Path) -> tuple[str, ...]:
    ending = file.suffix.lower().replace(".yml", ".yaml")
    others = _WAYS.get(ending, ())
    return others if ending == ".yaml" else (f"{WORKSHOP}/{{}}", *others)
