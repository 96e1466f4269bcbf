"""The study's folder of codings: what came back, in any order and under any name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from commonthread.ordinary_files import read_ordinary
from commonthread.problems import Refused
from commonthread.returned.judgement import Returned
from commonthread.returned.limits import REMEDY, USUAL
from commonthread.returned.read import read_content
from commonthread.returned_files import files_below, files_below_fingerprint, place_in
from commonthread.settings import LimitSettings

FOLDER = "codings"


@dataclass(frozen=True)
class CodingFile:
    """A file that came back.

    ``name`` is its place in the folder of codings, ``folder`` the folder in there that it lies in
    (empty if in none): it names the coder. ``sha256`` is of its bytes. Either ``returned`` or
    ``refused`` is given.
    """

    name: str
    folder: str
    sha256: str
    returned: Returned | None
    refused: Refused | None


def read_folder(study: Path, limits: LimitSettings = USUAL) -> list[CodingFile]:
    """Read all that came back within limits, by the order of names. Nothing in there is changed."""
    files = []
    for path in files_below(study / FOLDER):
        name = place_in(study / FOLDER, path)
        folder = name.split("/")[0] if "/" in name else ""
        try:
            data = read_ordinary(path, limits.file_mb, REMEDY)
            digest = hashlib.sha256(data).hexdigest()
            files.append(
                CodingFile(name, folder, digest, read_content(data, path.name, limits), None)
            )
        except Refused as refused:
            files.append(CodingFile(name, folder, "", None, refused))
        except OSError as error:
            why = Refused(f"It cannot be opened ({error.strerror}).", "See that you may read it.")
            files.append(CodingFile(name, folder, "", None, why))
    return files


def folder_fingerprint(study: Path) -> str:
    """Give a hash that changes when a file of the folder is added, removed, renamed or rewritten."""
    return files_below_fingerprint(study / FOLDER)
