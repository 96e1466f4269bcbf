"""Reads the participants list: who took part, under which spellings, with which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rapidfuzz.distance import OSA

from commonthread.private_tables import plain_heading, read_rows
from commonthread.problems import InputProblems, Problem, suggest
from commonthread.speakers import Label, clean_name, spells

COLUMNS = ("name", "also_known_as", "role", "consent", "withdrawn", "workshop", "source")
FINDINGS = ("turns", "words", "workshops", "perhaps_the_same_as")
"""Columns that the list to complete has besides, and that say nothing about a person."""

CONSENTS = ("none", "paraphrase", "verbatim", "verbatim with role")
NOT_GIVEN = "not given"
WHOLLY = "yes"
_LONGEST = 200


@dataclass(frozen=True)
class Row:
    """A row of the participants list. ``number`` is its row in the spreadsheet.

    ``withdrawn`` is "yes" for a person who withdrew, or the first day (ISO 8601) from which their
    words are to go; empty for others. ``workshop`` and ``source`` say where the row holds; empty
    means everywhere.
    """

    number: int
    name: str
    also_known_as: tuple[str, ...]
    role: str
    consent: str
    withdrawn: str
    workshop: str
    source: str
    attributes: dict[str, str]

    @property
    def scope(self) -> tuple[str, str]:
        """Give where the row holds: workshop (without regard to case) and source."""
        return ("", self.source) if self.source else (self.workshop.casefold(), "")

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give the name and all other spellings."""
        return (self.name, *self.also_known_as)


@dataclass(frozen=True)
class Person:
    """A listed person: a row, and the further rows that give spellings for one workshop only."""

    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Give the name as it is listed."""
        return self.rows[0].name

    @property
    def role(self) -> str:
        """Give the role, or "not given"."""
        return next((row.role for row in self.rows if row.role), NOT_GIVEN)

    @property
    def consent(self) -> str:
        """Give the consent to be quoted; none where nothing was said."""
        return next((row.consent for row in self.rows if row.consent), CONSENTS[0])

    @property
    def withdrawn(self) -> str:
        """Give "yes", the first day from which words are to go, or nothing."""
        return next((row.withdrawn for row in self.rows if row.withdrawn), "")


class ParticipantsList:
    """The people of a participants list, and a way to find one by a speaker label."""

    def __init__(self, people: Iterable[Person], attributes: Iterable[str] = ()) -> None:
        self.people = tuple(people)
        self.attributes = tuple(attributes)
        self._exact: dict[tuple[tuple[str, str], str], tuple[int, Row]] = {}
        plain: defaultdict[tuple[tuple[str, str], str], list[tuple[int, Row]]] = defaultdict(list)
        for index, person in enumerate(self.people):
            for row in person.rows:
                for written in row.spellings:
                    exact, without_accents = spells(written)
                    self._exact.setdefault((row.scope, exact), (index, row))
                    plain[row.scope, without_accents].append((index, row))
                    plain[row.scope, spells(clean_name(written))[1]].append((index, row))
        # A spelling without accents or title counts only where it can mean one person.
        self._plain = {
            key: found[0] for key, found in plain.items() if len({i for i, _ in found}) == 1
        }

    def find(self, label: Label, workshop: str, source: str) -> tuple[int, Row] | None:
        """Give who speaks under a label, as the index in ``people`` and the row that says so.

        A row for the source goes before one for the workshop, and that before one for all; the
        whole label goes before parts of it, a spelling with accents before one without.
        """
        scopes = (("", source), (workshop.casefold(), ""), ("", ""))
        for written in label.variants:
            exact, plain = spells(written)
            for scope in scopes:
                found = self._exact.get((scope, exact)) or self._plain.get((scope, plain))
                if found:
                    return found
        return None


def read_participants(path: Path, workshops: Collection[str] | None = None) -> ParticipantsList:
    """Read a participants list.

    Goes in: CSV (comma, semicolon or tab) or XLSX with the column ``name`` and any of
    ``also_known_as``, ``role``, ``consent``, ``withdrawn``, ``workshop`` and ``source``; further columns are
    attributes. ``workshops`` are the names of the study's workshops, to catch a misspelt one.
    A row for a workshop or source with the name of a row for all is about the same person.
    Raises InputProblems with everything that is wrong, by row.
    """
    rows = read_rows(path, COLUMNS)
    first = next((i for i, row in enumerate(rows) if any(row)), None)
    if first is None:
        raise InputProblems([Problem(path.name, "is empty.", 'It needs a column "name".')])
    problems: list[Problem] = []
    headings = _headings(path.name, rows[first], problems)
    if problems:
        raise InputProblems(problems)
    attributes = [h for h in headings if h and h not in COLUMNS and h not in FINDINGS]
    listed = []
    for number, cells in enumerate(rows[first + 1 :], start=first + 2):
        if any(cells):
            where = f"{path.name}, row {number}"
            row = _row(where, number, headings, attributes, cells, problems)
            if row is not None:
                _check_workshop(where, row, workshops, problems)
                listed.append(row)
    people = _join(path.name, listed, problems)
    _check_spellings(path.name, people, problems)
    if problems:
        raise InputProblems(problems)
    return ParticipantsList(people, attributes)


def _headings(name: str, written: list[str], problems: list[Problem]) -> list[str]:
    headings = [plain_heading(_restore(heading)) for heading in written]
    where = f"{name}, headings"
    for heading in sorted({h for h in headings if h and headings.count(h) > 1}):
        problems.append(
            Problem(where, f'The column "{heading}" is there twice.', "Take one of them out.")
        )
    for heading in headings:
        if heading in COLUMNS or heading in FINDINGS or not heading:
            continue
        for known in (*COLUMNS, "perhaps_the_same_as"):
            if known not in headings and OSA.distance(heading, known) <= 1 + (len(known) > 5):
                problems.append(
                    Problem(
                        where,
                        f'There is no column "{heading}" that commonthread knows.',
                        f'Did you mean "{known}"? If it is a column of your own, '
                        "give it a name that is less alike.",
                    )
                )
    if "name" not in headings and not problems:
        problems.append(
            Problem(
                where,
                'The column "name" is missing.',
                "The first row must hold the headings; commas, semicolons or tabs part them.",
            )
        )
    return headings


def _restore(cell: str) -> str:
    from commonthread.export import restore

    return restore(cell)


def _row(
    where: str,
    number: int,
    headings: list[str],
    attributes: list[str],
    cells: list[str],
    problems: list[Problem],
) -> Row | None:
    if any(cells[len(headings) :]):
        problems.append(
            Problem(
                where,
                "It has more cells than there are headings.",
                "Put a cell that holds commas or semicolons into quotation marks.",
            )
        )
        return None
    cell = {h: _restore(c) for h, c in zip(headings, cells, strict=False)}
    name = cell.get("name", "")
    if not name:
        problems.append(Problem(where, "The name is empty.", "Write the name, or delete the row."))
        return None
    others = [part.strip() for part in cell.get("also_known_as", "").split(";")]
    spellings = [name, *dict.fromkeys(part for part in others if part)]
    for written in spellings:
        if len(written) > _LONGEST or not any(map(str.isalnum, written)):
            problems.append(
                Problem(where, "A name has no letters or is too long.", "Write it as it is spoken.")
            )
            return None
    consent = cell.get("consent", "").casefold()
    if consent and consent not in CONSENTS:
        problems.append(
            Problem(
                where,
                f'The consent "{consent}" is not known.{suggest(consent, CONSENTS)}',
                "Write one of: " + ", ".join(CONSENTS) + ".",
            )
        )
    withdrawn = cell.get("withdrawn", "").casefold()
    if withdrawn and withdrawn != WHOLLY and not _is_day(withdrawn):
        problems.append(
            Problem(
                where,
                f'In the column "withdrawn" stands "{withdrawn}".',
                f"Write {WHOLLY} for a person who withdrew; or the first day whose words are to go,"
                " such as 2026-03-12; or nothing.",
            )
        )
    role = cell.get("role", "")
    return Row(
        number=number,
        name=name,
        also_known_as=tuple(spellings[1:]),
        role="" if role.casefold() == NOT_GIVEN else role,
        consent=consent,
        withdrawn=withdrawn,
        workshop=cell.get("workshop", ""),
        source=cell.get("source", ""),
        attributes={heading: cell.get(heading, "") for heading in attributes},
    )


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return len(written) == len("2026-03-12")


def _check_workshop(
    where: str, row: Row, workshops: Collection[str] | None, problems: list[Problem]
) -> None:
    known = {" ".join(name.split()).casefold(): name for name in workshops or ()}
    if not row.workshop or not known or row.workshop.casefold() in known:
        return
    near = suggest(row.workshop.casefold(), known)
    if near:
        problems.append(
            Problem(
                where,
                f'The study has no workshop "{row.workshop}".{near}',
                "Write the name of the workshop's folder.",
            )
        )


def _join(name: str, rows: list[Row], problems: list[Problem]) -> list[Person]:
    """Make people of rows, and tell of names that stand there twice."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(spells(row.name)[0], []).append(row)
    people: list[tuple[int, Person]] = []
    for group in groups.values():
        for row, earlier in _repeated(group):
            problems.append(
                Problem(
                    f"{name}, row {row.number}",
                    f'The name "{row.name}" stands in row {earlier.number} already.',
                    "Keep one row; for two people of one name, write the workshop of each.",
                )
            )
        everywhere = [row for row in group if row.scope == ("", "")]
        scoped = [row for row in group if row.scope != ("", "")]
        if not everywhere:
            people += [(row.number, Person((row,))) for row in scoped]
            continue
        for row in scoped:
            for given, of_all, what in (
                (row.role, everywhere[0].role, "role"),
                (row.consent, everywhere[0].consent, "consent"),
                (row.withdrawn, everywhere[0].withdrawn, "withdrawal"),
            ):
                if given and of_all and given.casefold() != of_all.casefold():
                    problems.append(
                        Problem(
                            f"{name}, row {row.number}",
                            f'The {what} of "{row.name}" differs from row {everywhere[0].number}.',
                            "For one person, write it once; for two people of one name, "
                            "write the workshop of each.",
                        )
                    )
        people.append((everywhere[0].number, Person((everywhere[0], *scoped))))
    return [person for _, person in sorted(people, key=lambda pair: pair[0])]


def _repeated(group: list[Row]) -> Iterator[tuple[Row, Row]]:
    seen: dict[tuple[str, str], Row] = {}
    for row in group:
        if row.scope in seen:
            yield row, seen[row.scope]
        else:
            seen[row.scope] = row


def _check_spellings(name: str, people: list[Person], problems: list[Problem]) -> None:
    seen: dict[tuple[tuple[str, str], str], tuple[int, Row]] = {}
    told = set()
    for index, person in enumerate(people):
        for row in person.rows:
            for written in row.spellings:
                other, earlier = seen.setdefault((row.scope, spells(written)[0]), (index, row))
                if other == index or (row.number, earlier.number) in told:
                    continue
                told.add((row.number, earlier.number))
                if spells(row.name)[0] == spells(earlier.name)[0]:
                    continue
                problems.append(
                    Problem(
                        f"{name}, row {row.number}",
                        f'"{written}" is also listed for the person in row {earlier.number}.',
                        "Keep it with one of them, or write for each the workshop where it holds.",
                    )
                )
