"""The page for the person who releases the public folder: what to look at, and a record to save."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonthread.coded import natural
from commonthread.disclosure.marking import SMALL, WITHHELD
from commonthread.problems import Problem
from commonthread.release.check import TRIED, UNSEEN, Checked, Known, spoke_by
from commonthread.release.record import FORM, folder_hash
from commonthread.report import rendering
from commonthread.report.page import script_json
from commonthread.report.quoting import CONSENT
from commonthread.report.rendering import Pageable, Parts, render, write_whole
from commonthread.report.wording import count

if TYPE_CHECKING:
    from commonthread.release.spoken import Quoted

_HERE = Path(__file__).parent
_SHARED = Path(rendering.__file__).parent
_PARTS = Parts(
    styles=(_SHARED / "page.css", _HERE / "release.css"),
    scripts=(_HERE / "release.js",),
    templates=_HERE / "templates",
)

# What no machine can judge: the id of each, what to see to, and where to look.
CHECKLIST = (
    (
        "quotes",
        "I read every quote, and nobody can be known by what they say.",
        "A story, an illness, a job, a place, a family, an event, or a way of putting things that "
        "colleagues or neighbours would recognise.",
    ),
    (
        "together",
        "I read the quotes of each person one after the other, and they do not make them known "
        "together.",
        "Readers are not told which quotes are of one person, but may guess it.",
    ),
    (
        "others",
        "Nobody is named or described who is only spoken about.",
        "A relative, a clinician, a manager, a patient, an organisation, a ward: they were not asked.",
    ),
    (
        "names",
        "There is no name of a person, place or organisation in it that should not be there.",
        "A computer replaces the names that are listed, and misses nicknames and names that nobody "
        "listed.",
    ),
    (
        "titles",
        "The titles of the workshops and of the study give nothing away.",
        "Such as a place, a date, or a group that few people belong to.",
    ),
    (
        "consent",
        "What people agreed to is recorded as it is, and covers where this is going.",
        "Somebody may have agreed to a report and not to a website; or withdrawn since.",
    ),
    (
        "harm",
        "Nothing in it would hurt or shame somebody who took part, or a group, when they read it.",
        "Also where nobody can tell who said it. If you can, ask a public contributor to read it too.",
    ),
    (
        "elsewhere",
        "I thought of what else is known: lists of who took part, earlier reports, photographs.",
        "With them, a role and an opinion may be enough.",
    ),
)

_ABOUT = {
    "README.txt": "What was left out, for whoever gets the folder",
    "report.html": "The public edition of the report",
    "summary-tables.docx": "Summary tables that people wrote",
    "resources.html": "Map of resources, as a page",
    "resources.docx": "Map of resources, as Word",
    "questions.html": "Questions to think about, as a page",
    "questions.docx": "Questions to think about, as Word",
}


@dataclass(frozen=True)
class Person:
    """Whose quotes these are, what they agreed to, and the quotes: words, how they stand, where."""

    name: str
    agreed: str
    quotes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ReleasePage(Pageable):
    """What the template gets.

    ``standing`` says how the folder stands to what was released before; ``few`` are groups of few
    people with how many they are, ``withheld`` the tables with how many of their numbers are
    withheld, and how many of these are known to be small.
    """

    threshold: int
    folder: str
    standing: tuple[str, ...]
    problems: tuple[Problem, ...]
    tried: tuple[str, ...]
    unseen: tuple[str, ...]
    files: tuple[tuple[str, str, str], ...]
    people: tuple[Person, ...]
    unknown: tuple[tuple[str, str, str], ...]
    withheld: tuple[tuple[str, int, int, int], ...]
    few: tuple[tuple[str, int], ...]
    checklist: tuple[tuple[str, str, str], ...]
    quotes: int


@dataclass(frozen=True)
class About:
    """What a page says besides what the check found: the study, and the folder as it is named."""

    title: str
    invented: bool
    folder: str
    standing: tuple[str, ...]
    attributes: tuple[tuple[str, int], ...]


def write_release_page(
    path: Path,
    checked: Checked,
    known: Known,
    files: Mapping[str, str],
    about: About,
    sizes: Mapping[str, int],
) -> None:
    """Write the page as one HTML file, whole or not at all.

    Goes in: what the check found; the hash and the size in bytes of each file of the folder.
    """
    people, unknown = _people(checked.quotes)
    page = ReleasePage(
        title=f"Before it goes out: {about.title}",
        study=about.title,
        invented=about.invented,
        threshold=known.threshold,
        folder=about.folder,
        standing=about.standing,
        problems=checked.problems,
        tried=TRIED,
        unseen=UNSEEN,
        files=tuple((name, _about(name), _size(sizes[name])) for name in files),
        people=people,
        unknown=unknown,
        withheld=tuple(_withheld(checked.tables)),
        few=(*_few(known), *about.attributes),
        checklist=CHECKLIST,
        quotes=len(checked.quotes),
    )
    record = {
        "format": FORM.format,
        "format_version": FORM.version,
        "study": about.title,
        "folder_sha256": folder_hash(files),
        "files": [{"name": name, "sha256": value} for name, value in files.items()],
        "findings": [str(problem) for problem in checked.problems],
    }
    write_whole(path, render("release.html", page, _PARTS, record=script_json(record)))


def _people(
    quotes: Iterable[Quoted],
) -> tuple[tuple[Person, ...], tuple[tuple[str, str, str], ...]]:
    """Put quotes together by who said them, and those of nobody who is known."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    unknown = []
    for quote in quotes:
        whose = {each for own in quote.places.values() for each in own if each}
        shown = (quote.words, "; ".join(sorted(whose)), ", ".join(sorted(quote.places)))
        said = next((each for each in quote.said if each.may_go_out), None) or next(
            iter(quote.said), None
        )
        if said is None or not said.person:
            unknown.append(shown)
        else:
            agreed = CONSENT.get(said.consent, "has not agreed to be quoted")
            found.setdefault((said.person, agreed), []).append(shown)
    people = [Person(name, agreed, tuple(own)) for (name, agreed), own in found.items()]
    return tuple(sorted(people, key=lambda each: natural(each.name))), tuple(unknown)


def _withheld(tables: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, int, int, int]]:
    for name, rows in tables.items():
        if rows and WITHHELD in rows[0]:
            hidden = sum(len(_names(row[WITHHELD])) for row in rows)
            small = sum(len(_names(row.get(SMALL))) for row in rows)
            yield f"data/{name}.csv", len(rows), hidden, small


def _names(written: str | None) -> list[str]:
    return [each for each in (written or "").split("; ") if each]


def _few(known: Known) -> Iterator[tuple[str, int]]:
    """Give the roles and workshops of few people; roles in a workshop only where the role is not."""
    people = spoke_by(known.participation, known.study.workshops)
    small = {cell for cell, number in people.items() if 0 < number < known.threshold}
    for workshop, role in sorted(small, key=lambda cell: (bool(cell[0]), natural(" ".join(cell)))):
        if workshop and role and (("", role) in small or (workshop, "") in small):
            continue
        if workshop or role:
            named = [
                *([f"role “{role}”"] if role else []),
                *([f"workshop “{workshop}”"] if workshop else []),
            ]
            yield " in the ".join(named), people[workshop, role]


def rare_values(
    attributes: Iterable[Mapping[str, str]], threshold: int
) -> Iterator[tuple[str, int]]:
    """Give what few people have in common of what a participants list says besides, and how many."""
    counts = Counter(
        (name, value.strip())
        for person in attributes
        for name, value in person.items()
        if value.strip()
    )
    for (name, value), number in sorted(counts.items()):
        if number < threshold:
            yield f"{name.replace('_', ' ')} “{value}”", number


def _about(name: str) -> str:
    return _ABOUT.get(name, "Table of numbers" if name.startswith("data/") else "Not known")


def _size(size: int) -> str:
    return f"{size / 1_000:,.0f} kB" if size >= 1_000 else count(size, "byte")
