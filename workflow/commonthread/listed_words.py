"""What a study lists besides its participants: places, organisations, people, other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from commonthread.export import restore
from commonthread.folding import tokens
from commonthread.private_tables import plain_heading, read_rows
from commonthread.problems import InputProblems, Problem, suggest

Kind = Literal["person", "place", "organisation", "other", "harmless"]
"""What listed words are. Harmless ones stay as they are and are not asked about again."""

COLUMNS = ("words", "kind", "replacement")
STANDS_FOR: dict[str, str] = {
    "person": "[name]",
    "place": "[place]",
    "organisation": "[organisation]",
    "other": "[left out]",
    "harmless": "",
}
"""What stands in the place of words of each kind if the study does not say what is to."""
_LONGEST = 200
_EXAMPLE = 'It needs the columns "words" and "kind", and may have "replacement".'


@dataclass(frozen=True)
class ListedWords:
    """Words that somebody listed, what they are, and what is to stand in their place.

    ``replacement`` is never empty, except for harmless words. ``where`` names the file and row, for
    messages.
    """

    words: str
    kind: Kind
    replacement: str
    where: str


def read_listed_words(path: Path) -> tuple[ListedWords, ...]:
    """Read a study's list of places, organisations and other words.

    Goes in: CSV (comma, semicolon or tab) or XLSX with the columns ``words``, ``kind`` (one of
    ``Kind``) and ``replacement``; without one, words are replaced by their kind in brackets.
    Raises InputProblems with everything that is wrong, by row.
    """
    rows = read_rows(path, COLUMNS)
    first = next((number for number, row in enumerate(rows) if any(row)), None)
    if first is None:
        raise InputProblems([Problem(path.name, "is empty.", _EXAMPLE)])
    headings = [plain_heading(restore(cell)) for cell in rows[first]]
    problems = _wrong_headings(path.name, headings)
    if problems:
        raise InputProblems(problems)
    listed: dict[str, ListedWords] = {}
    for number, cells in enumerate(rows[first + 1 :], start=first + 2):
        if not any(cells):
            continue
        where = f"{path.name}, row {number}"
        if any(cells[len(headings) :]):
            problems.append(
                Problem(
                    where,
                    "It has more cells than there are headings.",
                    "Put a cell that holds commas or semicolons into quotation marks.",
                )
            )
            continue
        cell = {name: restore(text) for name, text in zip(headings, cells, strict=False)}
        wrong = _wrong_row(where, cell)
        problems += wrong
        if not wrong:
            _add(listed, _listed(where, cell), problems)
    if problems:
        raise InputProblems(problems)
    return tuple(listed.values())


def _wrong_headings(name: str, headings: Sequence[str]) -> list[Problem]:
    where = f"{name}, headings"
    problems = [
        Problem(
            where,
            f'There is no column "{heading}" in this list.{suggest(heading, COLUMNS)}',
            _EXAMPLE,
        )
        for heading in headings
        if heading and heading not in COLUMNS
    ]
    problems += [
        Problem(where, f'The column "{heading}" is missing.', _EXAMPLE)
        for heading in ("words", "kind")
        if heading not in headings
    ]
    problems += [
        Problem(where, f'The column "{heading}" is there twice.', "Take one of them out.")
        for heading in COLUMNS
        if headings.count(heading) > 1
    ]
    return problems


def _wrong_row(where: str, cell: dict[str, str]) -> list[Problem]:
    words, kind, replacement = (cell.get(name, "") for name in COLUMNS)
    plain = tokens(words)
    problems = []
    if not plain or len(words) > _LONGEST:
        problems.append(
            Problem(
                where,
                "There are no words, or too many.",
                "Write the place, organisation or other words as people say them.",
            )
        )
    if kind.casefold() not in get_args(Kind):
        said = "The kind is not known." if kind else "The kind is empty."
        problems.append(
            Problem(
                where,
                said + suggest(kind.casefold(), get_args(Kind)),
                "Write one of: " + ", ".join(get_args(Kind)) + ".",
            )
        )
    if replacement and kind.casefold() == "harmless":
        problems.append(
            Problem(
                where,
                "The words are harmless, and yet something is to replace them.",
                "Empty the replacement, or give another kind.",
            )
        )
    if len(replacement) > _LONGEST:
        problems.append(Problem(where, "The replacement is too long.", "Write it shorter."))
    if plain and f" {' '.join(plain)} " in f" {' '.join(tokens(replacement))} ":
        problems.append(
            Problem(
                where,
                "The replacement has the words in it that it is to replace.",
                "Write something that does not tell them.",
            )
        )
    return problems


def _listed(where: str, cell: dict[str, str]) -> ListedWords:
    kind: Kind = next(known for known in get_args(Kind) if known == cell["kind"].casefold())
    return ListedWords(cell["words"], kind, cell.get("replacement", "") or STANDS_FOR[kind], where)


def _add(listed: dict[str, ListedWords], row: ListedWords, problems: list[Problem]) -> None:
    """Add a row, unless another says something else of the same words."""
    earlier = listed.setdefault(" ".join(tokens(row.words)), row)
    if (earlier.kind, earlier.replacement) != (row.kind, row.replacement):
        problems.append(
            Problem(
                row.where,
                f"The same words stand in {earlier.where.split(', ')[-1]}, as something else.",
                "Keep one of the two.",
            )
        )


def put_together(
    listed: Sequence[ListedWords], marked: Sequence[ListedWords]
) -> tuple[ListedWords, ...]:
    """Put what a study lists together with what people marked on the worklist.

    Of the same words what the list says counts, as it is the later thought.
    """
    own = {" ".join(tokens(each.words)) for each in listed}
    return (*listed, *(each for each in marked if " ".join(tokens(each.words)) not in own))
