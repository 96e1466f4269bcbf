"""The page of what was replaced, what waits for a person, and what no machine catches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonthread.listed_words import ListedWords
from commonthread.report.blocks import Cell, Table
from commonthread.report.rendering import Pageable, render
from commonthread.report.wording import count, number, words_list
from commonthread.unlisted.answer import MARKS
from commonthread.unlisted.worklist import Entry

if TYPE_CHECKING:
    import pandas as pd

_KINDS: Mapping[str, str] = {
    "person": "Names of people",
    "place": "Places",
    "organisation": "Organisations",
    "other": "Other words that the study lists",
}
_IDENTIFIERS = "Identifiers"
# The same in a narrow column.
_SHORT: Mapping[str, str] = {"person": "Names", "other": "Other"}
_FILES = {"transcript": "Transcripts", "notes": "Notes"}

NOT_CAUGHT: Sequence[tuple[str, str]] = (
    (
        "Health and disability",
        "“the only wheelchair user on the ward”, “since my second transplant”, a rare condition,"
        " the date of an operation",
    ),
    (
        "Faith, culture and language",
        "“when we fast”, “I am the one who does the prayers here”, the only speaker of a language",
    ),
    (
        "Family and those close to somebody",
        "“my twins”, “after my husband died in the flood”, “his sister chairs the board”",
    ),
    (
        "Places without their names",
        "“the surgery above the chip shop”, “the last house before the bridge”, “our island”",
    ),
    (
        "Jobs, offices and roles",
        "“as the mayor”, “I was the first matron there”, “the only man on the committee”",
    ),
    (
        "Events that others know of",
        "“it was in the paper”, “the year we went to court”, a prize, a complaint, an accident",
    ),
    (
        "Ways of speaking",
        "a saying that everybody knows somebody by, a dialect, how somebody laughs or stumbles",
    ),
    (
        "Several harmless things together",
        "an age, a trade and a town may be one person only, although none of them is by itself",
    ),
    (
        "Names that look like something else",
        "a name in small letters, at the start of a sentence, or that is also an ordinary word"
        " (Will, Grace, Heath); one in a script without capitals, such as Chinese or Arabic; one"
        " that the transcription misheard; a nickname that nobody listed",
    ),
)
"""What no machine catches: the kind of thing, and invented examples of it."""


@dataclass(frozen=True)
class Replaced(Pageable):
    """What the template gets."""

    summary: str
    by_kind: Table | None
    by_workshop: Table | None
    waiting: int
    waiting_sentence: str
    groups: tuple[tuple[str, int], ...]
    marked: str
    not_caught: Sequence[tuple[str, str]]
    folder: str


def names_replaced_page(
    replacements: pd.DataFrame,
    sources: pd.DataFrame,
    workshops: pd.DataFrame,
    entries: Sequence[Entry],
    listed: Sequence[ListedWords],
    *,
    study: str,
    invented: bool,
    folder: str,
) -> str:
    """Give the page as HTML; it holds no word of the study but the titles of workshops.

    ``replacements``, ``sources`` and ``workshops`` are the tables of these names, ``entries`` is the
    worklist, ``listed`` what people marked so far, ``folder`` where they put what they mark.
    """
    read = sources[sources["status"] == "read"]
    found = replacements.merge(
        read[["source_id", "workshop_id", "kind"]].rename(columns={"kind": "of"}), on="source_id"
    )
    kinds = _in_order(found["kind"].unique())
    places = sum(entry.times for entry in entries)
    page = Replaced(
        title=f"What was replaced, and what no machine catches: {study}",
        study=study,
        invented=invented,
        summary=(
            f"In {count(len(read), 'file')}, something was replaced in {count(len(found), 'place')}."
        ),
        by_kind=_by_kind(found, kinds) if len(found) else None,
        by_workshop=_by_workshop(found, read, workshops) if len(read) else None,
        waiting=len(entries),
        waiting_sentence=(
            f"{number(len(entries))} {'word or phrase' if len(entries) == 1 else 'words and phrases'}"
            f" in {count(places, 'place')} may tell who somebody is, and nobody has listed or marked"
            f" {'it' if len(entries) == 1 else 'them'}. They stand in the results as they were said."
        ),
        groups=tuple(Counter(entry.group for entry in entries).items()),
        marked=_marked(listed),
        not_caught=NOT_CAUGHT,
        folder=folder,
    )
    return render("names_replaced.html", page)


def _marked(listed: Sequence[ListedWords]) -> str:
    if not listed:
        return "Nobody has marked any so far."
    kinds = Counter(each.kind for each in listed)
    told = [f"{number(kinds[kind])} as {MARKS[kind].lower()}" for kind in MARKS if kinds[kind]]
    return f"Marked by people so far: {words_list(told)}."


def _in_order(kinds: Iterable[str]) -> list[str]:
    known = list(_KINDS)
    return sorted(kinds, key=lambda kind: (known.index(kind) if kind in known else 99, kind))


def _called(kind: str) -> str:
    return _KINDS.get(kind, kind[:1].upper() + kind[1:].replace("_", " "))


def _number(value: int) -> Cell:
    return Cell(number(value), value)


def _by_kind(found: pd.DataFrame, kinds: Sequence[str]) -> Table:
    rows = []
    for kind in kinds:
        some = found[found["kind"] == kind]
        files = some["source_id"].nunique()
        rows.append((Cell(_called(kind)), _number(len(some)), _number(files)))
    return Table("by-kind", "By kind of words", ("Kind", "Times", "In files"), tuple(rows))


def _by_workshop(found: pd.DataFrame, read: pd.DataFrame, workshops: pd.DataFrame) -> Table:
    titles = dict(zip(workshops["workshop_id"], workshops["workshop"], strict=True))
    group = found["kind"].where(found["kind"].isin(list(_KINDS)), _IDENTIFIERS)
    columns = [kind for kind in (*_KINDS, _IDENTIFIERS) if kind in set(group)]
    rows = []
    for (workshop, kind), files in read.groupby(["workshop_id", "kind"], sort=True):
        own = group[(found["workshop_id"] == workshop) & (found["of"] == kind)]
        times = own.value_counts()
        rows.append(
            (
                Cell(titles.get(workshop, str(workshop))),
                Cell(_FILES.get(str(kind), str(kind))),
                _number(len(files)),
                *(_number(int(times.get(column, 0))) for column in columns),
            )
        )
    return Table(
        "by-workshop",
        "By workshop and kind of file",
        (
            "Workshop",
            "Kind of file",
            "Files",
            *(_SHORT.get(column, _called(column)) for column in columns),
        ),
        tuple(rows),
        note="Identifiers are numbers, addresses and dates of a certain form."
        if _IDENTIFIERS in columns
        else "",
    )
