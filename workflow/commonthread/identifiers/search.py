"""Finds structured identifiers of every kind in texts."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from commonthread.identifiers.date_words import MONTH_NAME
from commonthread.identifiers.dates import find_dates_of_birth
from commonthread.identifiers.kinds import Identifier
from commonthread.identifiers.numbers import find_numbers
from commonthread.identifiers.online import find_online
from commonthread.identifiers.passage import Passage
from commonthread.identifiers.patterns import as_bytes, compiled
from commonthread.identifiers.phones import find_phones
from commonthread.identifiers.places import find_places
from commonthread.identifiers.spoken import RUN
from commonthread.identifiers.spoken_identifiers import find_spoken

_DOTTED = r"[a-z0-9]\.[a-z0-9]|://"
_MONTH_SAID = rf"(?:th|st|rd|nd|first|second|third) (?:of )?{MONTH_NAME}"
_WORTH = rf"(?i)[0-9@]|{_DOTTED}|\((?:at)\)| dot |{_MONTH_SAID}|{RUN}"
_JOINT = "\x1f"


class IdentifierSearch:
    """Searches for structured identifiers as a country has them."""

    def __init__(self, country: str = "GB", leave: Collection[str] = ()) -> None:
        """Take the country (ISO 3166-1, two letters) and the kinds that are left as they are."""
        self._country = country
        self._leave = frozenset(leave)

    def find(self, texts: Sequence[str]) -> list[list[Identifier]]:
        """Give the identifiers in each text, in order; none overlaps another."""
        found: list[list[Identifier]] = [[] for _ in texts]
        worth = _worth_a_look(texts)
        passage = Passage([texts[index] for index in worth])
        taken: list[tuple[int, int]] = []
        for each in self._candidates(passage) if worth else ():
            if each.kind in self._leave or not _is_free(each, taken):
                continue
            insort(taken, (each.start, each.end))
            number, start, end = passage.place(each.start, each.end)
            found[worth[number]].append(each._replace(start=start, end=end))
        return [sorted(own) for own in found]

    def _candidates(self, passage: Passage) -> Iterator[Identifier]:
        """Give what may be identifiers, the surest first."""
        data, country = passage.data, self._country
        yield from find_online(data)
        yield from find_spoken(data, country)
        yield from find_dates_of_birth(data)
        yield from find_numbers(data, country)
        yield from find_phones(data, country)
        yield from find_places(passage, country)


def _is_free(identifier: Identifier, taken: list[tuple[int, int]]) -> bool:
    """Tell whether nothing that is taken overlaps with an identifier."""
    at = bisect_right(taken, (identifier.start, identifier.end))
    return all(
        end <= identifier.start or start >= identifier.end
        for start, end in taken[max(0, at - 1) : at + 1]
    )


def _worth_a_look(texts: Sequence[str]) -> list[int]:
    """Give which texts have any sign of an identifier, from one pass over all of them."""
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    worth: list[int] = []
    together = as_bytes(_JOINT.join(texts))
    match = compiled(_WORTH).search(together)
    while match is not None:
        worth.append(bisect_right(starts, match.start()) - 1)
        match = compiled(_WORTH).search(together, starts[worth[-1] + 1])
    return worth
