"""The page that leads to everything a run made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from commonthread.report.provenance import RefusedFile
from commonthread.report.rendering import Pageable, render, write_whole
from commonthread.report.wording import count, number


@dataclass(frozen=True)
class IndexEntry:
    """One thing to open: under which heading it stands, its name, and what it is in a sentence.

    ``links`` are (address relative to the page, with "/"; what to call it), such as
    ("tables/power.docx", "Word"). The first is where the name leads.
    """

    group: str
    name: str
    sentence: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class IndexPage(Pageable):
    """What the template of the index page gets; groups are name, opening sentences, and entries."""

    date: str
    groups: tuple[tuple[str, str, tuple[IndexEntry, ...]], ...]
    refused: tuple[RefusedFile, ...]
    refused_sentence: str
    unlisted_sentence: str


def write_index(
    entries: Iterable[IndexEntry],
    path: Path,
    *,
    study: str,
    invented: bool,
    date: str,
    refused: Iterable[RefusedFile] = (),
    openings: Mapping[str, str] | None = None,
    unlisted: int = 0,
) -> None:
    """Write the index page, whole or not at all.

    Entries of one group stand together, in the order given, under what ``openings`` says of the
    group, if anything. ``study``, ``invented`` and ``date`` are as in the report; ``refused`` are
    the files that could not be read, ``unlisted`` how many words nobody listed.
    """
    entries, refused = list(entries), tuple(refused)
    order = list(dict.fromkeys(entry.group for entry in entries))
    entries.sort(key=lambda entry: order.index(entry.group))
    page = IndexPage(
        title=f"Results: {study}",
        study=study,
        invented=invented,
        date=date,
        groups=tuple(
            (name, (openings or {}).get(name, ""), tuple(group))
            for name, group in groupby(entries, key=lambda entry: entry.group)
        ),
        refused=refused,
        refused_sentence=(
            f"{count(len(refused), 'file').capitalize()} could not be read. The results leave "
            f"{'it' if len(refused) == 1 else 'them'} out."
        ),
        unlisted_sentence=(
            f"{number(unlisted)} {'word or phrase' if unlisted == 1 else 'words and phrases'} that may "
            f"tell who somebody is {'was' if unlisted == 1 else 'were'} listed by nobody, and "
            f"{'stands' if unlisted == 1 else 'stand'} in these results as said. A worklist for whoever "
            "keeps the key waits in the private folder of this run: names-worklist.html."
            if unlisted
            else ""
        ),
    )
    write_whole(path, render("index.html", page))
