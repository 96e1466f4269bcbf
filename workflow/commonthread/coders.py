"""Who codes: the list of coders that a study keeps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from commonthread.private_tables import plain_heading, read_rows
from commonthread.problems import InputProblems, Problem, suggest

COLUMNS = ("coder", "role", "workshops", "segments", "start")
STARTS = ("blind", "dictionary")
# Machines code under these names.
_MACHINES = ("dictionary", "classifier")

Start = Literal["blind", "dictionary"]


@dataclass(frozen=True)
class Coder:
    """Somebody who codes, by the name or pseudonym under which their codings appear.

    ``workshops`` are the workshops that they code, by folder; empty for those of the settings.
    ``segments`` is how many segments are drawn for them, ``start`` what they see at first; None
    for what the settings say.
    """

    name: str
    role: str
    workshops: tuple[str, ...] = ()
    segments: int | None = None
    start: Start | None = None

    @property
    def id(self) -> str:
        """Give the name as it is safe in the name of any file: small letters, digits, hyphens."""
        return coder_id(self.name)


def coder_id(name: str) -> str:
    """Give a coder's id: the same for spellings that differ in case, accents or spaces."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"\W+", "-", plain).strip("-_")


def read_coders(path: Path, workshops: Collection[str]) -> tuple[Coder, ...]:
    """Read a list of coders (CSV with commas, semicolons or tabs, or XLSX).

    It has the columns ``coder`` (name or pseudonym) and ``role``, and may have ``workshops``
    (folders, with semicolons between), ``segments`` (how many are drawn) and ``start`` (blind or
    dictionary). ``workshops`` are the folders of the study. Raises InputProblems with everything
    that is wrong, by row.
    """
    rows = read_rows(path, COLUMNS)
    first = next((number for number, row in enumerate(rows) if any(row)), None)
    headings = [plain_heading(cell) for cell in rows[first]] if first is not None else []
    _check_headings(path.name, headings)
    problems: list[Problem] = []
    coders: list[Coder] = []
    rows_of: dict[str, int] = {}
    for number, cells in enumerate(rows[(first or 0) + 1 :], start=(first or 0) + 2):
        if not any(cells):
            continue
        cell = {heading: text.strip() for heading, text in zip(headings, cells, strict=False)}
        where = f"{path.name}, row {number}"
        coder = _coder(where, cell, workshops, problems)
        if coder is None:
            continue
        if coder.id in rows_of:
            problems.append(
                Problem(
                    where,
                    f'The coder "{coder.name}" stands in row {rows_of[coder.id]} already.',
                    "Give two people two names, such as with a letter behind each; list one"
                    " person once.",
                )
            )
            continue
        rows_of[coder.id] = number
        coders.append(coder)
    if problems:
        raise InputProblems(problems)
    return tuple(coders)


def _check_headings(name: str, headings: Sequence[str]) -> None:
    where = f"{name}, headings"
    problems = [
        Problem(
            where,
            f'There is no column "{heading}" in a list of coders.{suggest(heading, COLUMNS)}',
            f"Use the columns {', '.join(COLUMNS)}.",
        )
        for heading in headings
        if heading and heading not in COLUMNS
    ]
    problems += [
        Problem(where, f'The column "{heading}" is missing.', "Add it; the first row has headings.")
        for heading in ("coder", "role")
        if heading not in headings
    ]
    problems += [
        Problem(where, f'The column "{heading}" is there twice.', "Take one of them out.")
        for heading in COLUMNS
        if headings.count(heading) > 1
    ]
    if problems:
        raise InputProblems(problems)


def _coder(
    where: str, cell: dict[str, str], workshops: Collection[str], problems: list[Problem]
) -> Coder | None:
    before = len(problems)
    name, role = cell.get("coder", ""), cell.get("role", "")
    if not coder_id(name):
        problems.append(
            Problem(
                where, "The coder has no name.", "Write a name or pseudonym, or delete the row."
            )
        )
    elif coder_id(name) in _MACHINES:
        problems.append(
            Problem(where, f'"{name}" is the name of a machine coder.', "Choose another name.")
        )
    if not role:
        problems.append(
            Problem(
                where,
                "The role is empty.",
                "Write in which role this person codes, such as Researcher or Public contributor.",
            )
        )
    chosen = tuple(part.strip() for part in cell.get("workshops", "").split(";") if part.strip())
    for workshop in chosen:
        if workshop not in workshops:
            problems.append(
                Problem(
                    where,
                    f'There is no workshop folder "{workshop}".{suggest(workshop, workshops)}',
                    "Correct it, or leave the cell empty.",
                )
            )
    number = cell.get("segments", "")
    if number and not (
        number.isascii() and number.isdigit() and len(number) < 10 and int(number) > 0
    ):
        problems.append(
            Problem(
                where,
                f'"{number}" is not a number of segments.',
                "Write how many segments to draw, or leave the cell empty.",
            )
        )
    start = cell.get("start", "").casefold()
    if start and start not in STARTS:
        problems.append(
            Problem(
                where,
                f'"{start}" is no way to start.{suggest(start, STARTS)}',
                "Write blind, or dictionary to start from what the dictionary found.",
            )
        )
    if len(problems) > before:
        return None
    return Coder(
        name=name,
        role=role,
        workshops=chosen,
        segments=int(number) if number else None,
        start="dictionary" if start == "dictionary" else "blind" if start else None,
    )
