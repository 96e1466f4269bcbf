"""Keeps the key: which pseudonym stands for whom, the same from run to run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from commonthread.participants import NOT_GIVEN
from commonthread.private_tables import plain_heading, read_rows, write_private_csv
from commonthread.problems import InputProblems, Problem
from commonthread.speakers import clean_name, spells

KEY_FILE = "pseudonyms.csv"
_COLUMNS = ("pseudonym", "role", "number", "name", "workshop", "source")
_NO_ROLE = "Participant"
_END = re.compile(r"end of key: (\d+) rows?")
_MEND = (
    "Put back an earlier copy of the file. Only if there is none, move it away: then everybody "
    "gets a new number, and results of earlier runs no longer fit."
)


@dataclass(frozen=True)
class Identity:
    """Who gets a pseudonym: a name, where it holds (empty for everywhere), and the role.

    ``other_names`` are earlier names under which the key may know the same person.
    """

    name: str
    role: str
    workshop: str = ""
    source: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeyRow:
    """A row of the key. An empty name keeps the number from being used again."""

    pseudonym: str
    role: str
    number: int
    name: str
    workshop: str
    source: str


def read_key(path: Path) -> list[KeyRow]:
    """Read the key, in the order in which it grew; empty if there is none yet.

    Raises InputProblems if anything about it is damaged: a row that does not agree with itself,
    or rows that are missing.
    """
    if not path.exists():
        return []
    rows = read_rows(path, _COLUMNS)
    where = f"{path.name} (the key to the pseudonyms)"
    if not rows or tuple(plain_heading(cell) for cell in rows[0][: len(_COLUMNS)]) != _COLUMNS:
        raise InputProblems([Problem(where, "does not begin with its headings.", _MEND)])
    problems: list[Problem] = []
    key: list[KeyRow] = []
    end: int | None = None
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            continue
        ended = _END.fullmatch(cells[0])
        if ended and end is None:
            end = int(ended[1])
            continue
        row = _key_row(cells) if end is None else None
        if row is None:
            problems.append(Problem(f"{where}, row {number}", "is damaged.", _MEND))
        else:
            key.append(row)
    if not problems and end != len(key):
        said = "its last line is missing" if end is None else f"it should have {end} rows"
        problems.append(Problem(where, f"has {len(key)} rows, but {said}.", _MEND))
    if problems:
        raise InputProblems(problems)
    return key


def _key_row(cells: list[str]) -> KeyRow | None:
    from commonthread.export import restore

    cells = [restore(cell) for cell in cells] + [""] * (len(_COLUMNS) - len(cells))
    pseudonym, role, number, name, workshop, source = cells[: len(_COLUMNS)]
    if not re.fullmatch(r"[1-9][0-9]{0,6}", number) or not role:
        return None
    if pseudonym != f"{_prefix(role)} {number}" or any(cells[len(_COLUMNS) :]):
        return None
    return KeyRow(pseudonym, role, int(number), name, workshop, source)


def write_key(path: Path, key: Sequence[KeyRow]) -> None:
    """Write the key so that only its owner can read it, whole or not at all."""
    rows = [(r.pseudonym, r.role, str(r.number), r.name, r.workshop, r.source) for r in key]
    end = (f"end of key: {len(rows)} row{'' if len(rows) == 1 else 's'}", "", "", "", "", "")
    write_private_csv(path, _COLUMNS, [*rows, end])


def _is_given(role: str) -> bool:
    return role.strip().casefold() not in ("", NOT_GIVEN)


def _prefix(role: str) -> str:
    return role[0].upper() + role[1:] if _is_given(role) else _NO_ROLE


@dataclass(frozen=True)
class Assigned:
    """What ``assign`` gives: for each identity its pseudonym and role, and the key with them.

    The role is written as the key has it first; "not given" stays.
    """

    pseudonyms: tuple[str, ...]
    roles: tuple[str, ...]
    key: tuple[KeyRow, ...]


def assign(key: Iterable[KeyRow], people: Sequence[Identity]) -> Assigned:
    """Give everybody a pseudonym: the one in the key, or a new number, in the order given.

    A person whose role is new gets a new number under that role. No number is ever used for
    somebody else, also if its owner is gone.
    """
    rows = list(key)
    written: dict[str, str] = {}
    highest: dict[str, int] = {}
    # Each row under its spelling as it is and, marked by True, without accents and titles.
    known: dict[tuple[str, bool, str, str, str], KeyRow] = {}
    for row in rows:
        prefix = _prefix(row.role)
        low = prefix.casefold()
        written.setdefault(low, prefix)
        highest[low] = max(highest.get(low, 0), row.number)
        if row.name:
            for plain in (False, True):
                spelt = _spelling(row.name, plain)
                known[low, plain, spelt, *_scope(row.workshop, row.source)] = row
    prefixes = []
    for person in people:
        prefix = _prefix(person.role)
        written.setdefault(prefix.casefold(), prefix)
        prefixes.append(prefix.casefold())
    taken: set[str] = set()
    given: dict[int, str] = {}

    def take(index: int, name: str, plain: bool) -> KeyRow | None:
        person = people[index]
        scope = _scope(person.workshop, person.source)
        row = known.get((prefixes[index], plain, _spelling(name, plain), *scope))
        if row is None or row.pseudonym in taken:
            return None
        taken.add(row.pseudonym)
        given[index] = row.pseudonym
        return row

    def add(index: int, pseudonym: str, number: int) -> None:
        person = people[index]
        role = written[prefixes[index]] if _is_given(person.role) else NOT_GIVEN
        rows.append(KeyRow(pseudonym, role, number, person.name, person.workshop, person.source))

    for plain in (False, True):
        for index, person in enumerate(people):
            if index not in given:
                take(index, person.name, plain)
    for index, person in enumerate(people):
        for other in person.other_names if index not in given else ():
            earlier = take(index, other, False) or take(index, other, True)
            if earlier is not None:
                add(index, earlier.pseudonym, earlier.number)
                break
    for index in range(len(people)):
        if index not in given:
            low = prefixes[index]
            highest[low] = number = highest.get(low, 0) + 1
            given[index] = pseudonym = f"{written[low]} {number}"
            taken.add(pseudonym)
            add(index, pseudonym, number)
    roles = [
        written[low] if _is_given(person.role) else NOT_GIVEN
        for person, low in zip(people, prefixes, strict=True)
    ]
    return Assigned(tuple(given[i] for i in range(len(people))), tuple(roles), tuple(rows))


def _scope(workshop: str, source: str) -> tuple[str, str]:
    return ("", source) if source else (workshop.casefold(), "")


def _spelling(name: str, plain: bool) -> str:
    return spells(clean_name(name))[1] if plain else spells(name)[0]
