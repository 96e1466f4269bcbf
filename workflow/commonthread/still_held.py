"""What still holds words of people who withdrew, though a run leaves them out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

from commonthread.ordinary_files import shown_name
from commonthread.private_tables import write_private_csv
from commonthread.problems import Problem
from commonthread.withdrawal import Withdrawn

NOTED = "withdrawn.csv"
"""File in the private folder: who withdrew, and when a run first left their words out."""

_HEADINGS = ("participant_id", "withdrawn", "left_out_since")
_MOST_BYTES = 64 << 20
_TAGS = re.compile(r"<[^>]{0,2000}>")
# What JSON writes for a line feed, a tab or a quotation mark.
_ESCAPED = re.compile(r'\\[nrt"]')
# What is made on request only, and so not made anew by a run.
_ON_REQUEST = (
    "coding-packs/**/*",
    "audit-packs/**/*",
    "next-packs/**/*",
    "coding/adjudication*",
    "codebook/codebook*",
    "codebook/comparison*",
    "codebook/changed_*",
    "codebook/look*",
    "codebook/look-again/**/*",
    "codebook/where-to-look/*",
)
_BY_PEOPLE = ("codings", "tables", "codebook_proposals", "audit")
_FILES_NAMED = 8


def still_held(study: Path, results: Path, private: Path, withdrawn: Withdrawn) -> list[Problem]:
    """Say what still holds words of people who withdrew, and what to do about it.

    Looked at are the files that people made in the study, and what was made on request.
    """
    withdrawals = read_withdrawals(private)
    if not withdrawals:
        return []
    held = []
    older = made_before(results, _ON_REQUEST, withdrawals.values())
    if older:
        held.append(
            Problem(
                _named(sorted({file.relative_to(results).parts[0] for file in older}), results),
                "Made on request before somebody withdrew, so it may still hold their words.",
                "Make it anew, or delete it; and ask for copies that you passed on.",
            )
        )
    own = files_that_hold(study, _BY_PEOPLE, withdrawn)
    if own:
        held.append(
            Problem(
                _named(own, study),
                "Words of somebody who withdrew stand in it.",
                "Take them out, or agree to keep it where only the team can open it.",
            )
        )
    return held


def _named(files: Sequence[str], folder: Path) -> str:
    more = len(files) - _FILES_NAMED
    told = ", ".join(files[:_FILES_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{folder}: {told}"


def note_withdrawals(private: Path, withdrew: Mapping[str, str]) -> None:
    """Keep, by pseudonym, since when the words of each person who withdrew are left out.

    ``withdrew`` gives what each of them withdrew, as in the participants list. Who withdraws more,
    or other days, than before is left out since now.
    """
    known = {row["participant_id"]: row for row in _noted(private)}
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    rows = []
    for who, what in sorted(withdrew.items()):
        same = who in known and known[who]["withdrawn"] == what
        rows.append((who, what, known[who]["left_out_since"] if same else now))
    if rows != [tuple(row[name] for name in _HEADINGS) for row in known.values()]:
        write_private_csv(private / NOTED, _HEADINGS, rows)


def read_withdrawals(private: Path) -> dict[str, str]:
    """Give since when (ISO 8601) words are left out, by pseudonym."""
    return {row["participant_id"]: row["left_out_since"] for row in _noted(private)}


def _noted(private: Path) -> list[dict[str, str]]:
    file = private / NOTED
    if not file.exists():
        return []
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def made_before(folder: Path, patterns: Sequence[str], withdrawals: Collection[str]) -> list[Path]:
    """Give files that were made before the last withdrawal was heeded, by patterns in a folder."""
    if not withdrawals:
        return []
    latest = max(datetime.fromisoformat(since).timestamp() for since in withdrawals)
    return sorted(
        file
        for pattern in patterns
        for file in folder.glob(pattern)
        if file.is_file() and file.stat().st_mtime < latest
    )


def files_that_hold(study: Path, folders: Sequence[str], withdrawn: Withdrawn) -> list[str]:
    """Name the files in some folders of a study in which words stand that were withdrawn.

    Text files are looked through, and the XML in workbooks and documents. Links are not followed;
    what cannot be opened, or is very large, is passed over.
    """
    if not withdrawn:
        return []
    found = []
    for name in folders:
        for file in sorted((study / name).rglob("*")):
            if file.is_symlink() or not file.is_file() or file.stat().st_size > _MOST_BYTES:
                continue
            if any(withdrawn.stands_in(text) for text in _texts(file)):
                found.append(shown_name(file.relative_to(study).as_posix()))
    return found


def _texts(file: Path) -> Iterator[str]:
    """Give the texts in a file; of a zipped document those of its parts."""
    try:
        data = file.read_bytes()
        if not data.startswith(b"PK\x03\x04"):
            yield _ESCAPED.sub(" ", data.decode("utf-8-sig", "replace"))
            return
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                if part.filename.endswith(".xml") and part.file_size <= _MOST_BYTES:
                    with archive.open(part) as opened:
                        xml = opened.read(_MOST_BYTES).decode("utf-8", "replace")
                    yield unescape(_TAGS.sub(" ", xml))
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError):
        return
