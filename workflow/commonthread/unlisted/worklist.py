"""The worklist: words that nobody listed, each once, with where it stands, most frequent first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonthread.listed_words import ListedWords
from commonthread.unlisted.answer import one_line, plain_words

if TYPE_CHECKING:
    import pandas as pd

WHY: Mapping[str, str] = {
    "introduced": "After words that introduce a name",
    "capitals": "With a capital letter in mid-sentence",
    "initials": "Initials",
    "spelled": "Spelled out, letter by letter",
    "number": "Numbers",
    "date": "Dates",
    "sign": "Like an address or a sign",
}
"""Why words are on the worklist, in the order in which their groups stand there."""
_OTHERWISE = "For other reasons"
_MOST_CONTEXTS = 3


@dataclass(frozen=True)
class Context:
    """An occurrence of words, with what stands before and after them in the turn."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Entry:
    """Words that a person is to decide about: why, how often and in how many files they stand.

    ``words`` are in the form that is most frequent. ``contexts`` are up to three occurrences, of
    different files as far as there are.
    """

    words: str
    why: str
    times: int
    files: int
    contexts: tuple[Context, ...]

    @property
    def group(self) -> str:
        """Why the words are here, as a person reads it."""
        return WHY.get(self.why, _OTHERWISE)


def worklist(unlisted: pd.DataFrame, listed: Iterable[ListedWords] = ()) -> list[Entry]:
    """Give what is to be decided, from the table ``unlisted``: group by group, most frequent first.

    Words that were marked as harmless, as ``listed`` says, are left out. Others that were marked and
    stand in the table all the same were not replaced, so they stay.
    """
    harmless = {plain_words(each.words) for each in listed if each.kind == "harmless"}
    rank = {why: place for place, why in enumerate(WHY)}
    found = []
    ordered = unlisted.sort_values(["entry", "source_id", "turn", "start"], kind="stable")
    for key, rows in ordered.groupby("entry", sort=True):
        entry = _entry(rows, rank)
        if plain_words(entry.words) not in harmless:
            found.append((rank.get(entry.why, len(rank)), -entry.times, str(key), entry))
    return [entry for *_, entry in sorted(found, key=lambda each: each[:3])]


def _entry(rows: pd.DataFrame, rank: Mapping[str, int]) -> Entry:
    words = rows["words"].map(one_line)
    # Several places of one file come after those of files that have none yet.
    first = rows.assign(words=words, nth=rows.groupby("source_id").cumcount())
    shown = first.sort_values("nth", kind="stable").head(_MOST_CONTEXTS)
    return Entry(
        words=str(words.value_counts(sort=True).index[0]),
        why=min(rows["why"].unique(), key=lambda why: (rank.get(why, len(rank)), why)),
        times=len(rows),
        files=rows["source_id"].nunique(),
        contexts=tuple(
            Context(one_line(before), each, one_line(after))
            for before, each, after in zip(
                shown["before"], shown["words"], shown["after"], strict=True
            )
        ),
    )
