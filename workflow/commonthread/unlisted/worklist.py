"""The worklist: words that nobody listed, each once, with where it stands, most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from commonthread.folding import plain_words
from commonthread.unlisted.answer import one_line

if TYPE_CHECKING:
    import pandas as pd

WHY: Mapping[str, str] = {
    "introduced": "After words that introduce a name",
    "capitals": "Capital letters in mid-sentence, or known as names",
    "initials": "Two or three capitals",
    "spelled": "Spelled out, letter by letter",
    "number": "Numbers",
    "date": "Days and ages",
    "sign": "With the sign @",
}
"""Why words are on the worklist, in the order in which their groups stand there."""
_ORDER = {why: place for place, why in enumerate(WHY)}
_OTHERWISE = "For other reasons"
_MOST_CONTEXTS = 3
# What stands around words is cut at about 60 letters; what is shorter is there as a whole.
_CUT = 55


@dataclass(frozen=True)
class Context:
    """An occurrence of words, with what stands before and after them in the turn, spaces too."""

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


def worklist(unlisted: pd.DataFrame, harmless: Iterable[str] = ()) -> list[Entry]:
    """Give what is to be decided, from the table ``unlisted``: group by group, most frequent first.

    Words that somebody called ``harmless`` are left out, in any case. Others that were marked, and
    stand in the table all the same, were not replaced, so they stay.
    """
    known = {plain_words(words) for words in harmless}
    by_entry: dict[str, list[_Occurrence]] = {}
    ordered = unlisted.sort_values(["source_id", "turn", "start"], kind="stable")
    columns = (ordered[name] for name in ("entry", *_Occurrence._fields))
    for key, *occurrence in zip(*columns, strict=True):
        by_entry.setdefault(key, []).append(_Occurrence(*occurrence))
    found = []
    for key, occurrences in by_entry.items():
        entry = _entry(occurrences)
        if plain_words(entry.words) not in known:
            found.append((_rank(entry.why), -entry.times, key, entry))
    return [entry for *_, entry in sorted(found, key=lambda each: each[:3])]


class _Occurrence(NamedTuple):
    source_id: str
    why: str
    before: str
    words: str
    after: str


def _rank(why: str) -> int:
    return _ORDER.get(why, len(_ORDER))


def _entry(occurrences: Sequence[_Occurrence]) -> Entry:
    said = Counter(occurrence.words for occurrence in occurrences)
    by_source: dict[str, list[_Occurrence]] = {}
    for occurrence in occurrences:
        by_source.setdefault(occurrence.source_id, []).append(occurrence)
    # Several places of one file come after those of files that have none yet.
    in_turn = [one for some in zip_longest(*by_source.values()) for one in some if one is not None]
    # The same talk may stand in two files; then one place of it tells as much as both.
    shown = list({(one.before, one.words, one.after): one for one in in_turn}.values())
    return Entry(
        words=one_line(said.most_common(1)[0][0]),
        why=min({occurrence.why for occurrence in occurrences}, key=lambda why: (_rank(why), why)),
        times=len(occurrences),
        files=len(by_source),
        contexts=tuple(
            Context(_before(one.before), one_line(one.words), _after(one.after))
            for one in shown[:_MOST_CONTEXTS]
        ),
    )


def _before(text: str) -> str:
    """Give what stands before words in one line; where it was cut, from a whole word on."""
    line = one_line(f"{text}|")[:-1]
    return f"… {line.partition(' ')[2]}" if len(text) >= _CUT else line


def _after(text: str) -> str:
    line = one_line(f"|{text}")[1:]
    return f"{line.rpartition(' ')[0]} …" if len(text) >= _CUT else line
