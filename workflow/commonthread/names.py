"""Replaces names and identifiers in what people say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from commonthread.identifiers.kinds import Identifier
from commonthread.identifiers.search import IdentifierSearch
from commonthread.name_context import title_before
from commonthread.name_search import Claim, Found, NameSearch
from commonthread.names_table import HARMLESS, PERSON
from commonthread.settings import IdentifierSettings

if TYPE_CHECKING:
    import pandas as pd

SOMEBODY = "[name]"
"""Stands for a name where nothing tells which person with that name is meant, if any."""

_JOINED = re.compile(r"[ \t\n]{0,3}(?:[^\W\d_]\.?[ \t]{1,2})?|-")


@dataclass(frozen=True)
class Where:
    """Where a text stands; empty where it stands in no source."""

    source_id: str = ""
    workshop_id: str = ""


class Replacement(NamedTuple):
    """Something to replace: where in the text, half open in code points, the new words, its kind."""

    start: int
    end: int
    words: str
    kind: str


class Replaced(NamedTuple):
    """What was replaced: where in the new text, half open in code points, and its kind."""

    start: int
    end: int
    kind: str


class Replacer:
    """Replaces names and identifiers. Made once from the tables of a study, used for many texts."""

    def __init__(
        self,
        claims: Sequence[Claim],
        speaks: Mapping[str, frozenset[str]],
        ids: Sequence[str] = (),
        identifiers: IdentifierSearch | None = None,
    ) -> None:
        """Take the claims, who speaks in which source or workshop, and all pseudonyms.

        ``speaks`` maps "source:<id>" and "workshop:<id>" to pseudonyms. ``identifiers`` finds what
        is replaced besides names; nothing if None.
        """
        self._speaks = speaks
        own = dict.fromkeys([*ids, *(c.participant_id for c in claims if not _in_brackets(c))])
        self._search = NameSearch(claims, keep=list(own))
        self._identifiers = identifiers
        self._meant: dict[tuple[tuple[Claim, ...], Where], str] = {}

    def replace(self, texts: Sequence[str], where: Where) -> list[tuple[str, list[Replaced]]]:
        """Replace names and identifiers in texts that stand in one place.

        Gives for each text the new text and what was replaced in it, in order.
        """
        return [
            _put(text, made) if made else (text, [])
            for text, made in zip(texts, self.replacements(texts, where), strict=True)
        ]

    def replacements(self, texts: Sequence[str], where: Where) -> list[list[Replacement]]:
        """Give what is to be replaced in each text, in order; none overlaps another."""
        names = self._search.find(texts)
        others: list[list[Identifier]] = [[] for _ in texts]
        if self._identifiers is not None:
            others = self._identifiers.find(texts)
        return [
            self._together(text, found, identifiers, where) if found or identifiers else []
            for text, found, identifiers in zip(texts, names, others, strict=True)
        ]

    def _together(
        self, text: str, found: list[Found], identifiers: list[Identifier], where: Where
    ) -> list[Replacement]:
        """Put names and identifiers in order; what lies within the other is left out."""
        if not identifiers:
            return self._of_names(text, found, where)
        identifiers = [each for each in identifiers if not any(_names_user(f, each) for f in found)]
        found = [
            f for f in found if not any(i.start <= f.start and f.end <= i.end for i in identifiers)
        ]
        made: list[Replacement] = []
        for each in sorted(
            [*self._of_names(text, found, where), *map(_of_identifier, identifiers)]
        ):
            if not made or each.start >= made[-1].end:
                made.append(each)
            elif each.end > made[-1].end:
                longer = max(made[-1], each, key=lambda r: r.end - r.start)
                made[-1] = longer._replace(start=made[-1].start, end=each.end)
        return made

    def _of_names(self, text: str, found: list[Found], where: Where) -> list[Replacement]:
        made: list[Replacement] = []
        last: Found | None = None
        for name in found:
            if not name.claims:
                last = None
                continue
            words, kind = self._who(name.claims, where)
            start = title_before(text, name.start) if kind == PERSON else name.start
            if made and start < made[-1].end:
                start = name.start
            if last is not None and self._goes_on(text, last, name, made[-1].words, words):
                # A first and a last name that were found apart, around an initial.
                start, _, before, _ = made.pop()
                words = words if before == SOMEBODY else before
            end = name.end
            if name.with_s:
                words += "'s"
                end += text[end : end + 1] in ("'", "\u2019")
            made.append(Replacement(start, end, words, kind))
            last = None if name.with_s or kind != PERSON else name
        return made

    def _goes_on(self, text: str, last: Found, name: Found, before: str, words: str) -> bool:
        if not _JOINED.fullmatch(text, last.end, name.start):
            return False
        if {c.text for c in last.claims} & {c.text for c in name.claims}:
            return False
        if any(c.kind != PERSON for c in name.claims):
            return False
        if before == words:
            return True
        mine = {c.participant_id for c in last.claims} & {c.participant_id for c in name.claims}
        return (before == SOMEBODY and words in mine) or (words == SOMEBODY and before in mine)

    def _who(self, claims: tuple[Claim, ...], where: Where) -> tuple[str, str]:
        """Give what stands for a name, and its kind.

        What is a person's whole name is not something else; but a place has a name that is only
        part of a person's.
        """
        others = [claim for claim in claims if claim.kind != PERSON]
        people = tuple(claim for claim in claims if claim.kind == PERSON)
        if others and all(claim.part for claim in people):
            return others[0].participant_id, others[0].kind
        key = (people, where)
        if key not in self._meant:
            self._meant[key] = self._decide(people, where)
        return self._meant[key], PERSON

    def _decide(self, claims: tuple[Claim, ...], where: Where) -> str:
        """Say who is meant: the only one with the name; there; in the workshop; listed so.

        A first or last name alone may be that of a public figure: of people who are in no list it
        means only those who speak in the workshop.
        """
        there = self._speaks.get(f"source:{where.source_id}", frozenset())
        near = self._speaks.get(f"workshop:{where.workshop_id}", frozenset())
        if not any(c.listed or not c.part or c.participant_id in near for c in claims):
            return SOMEBODY
        for chosen in (
            claims,
            [
                c
                for c in claims
                if c.participant_id in there or (c.source and c.source == where.source_id)
            ],
            [
                c
                for c in claims
                if c.participant_id in near
                or (c.workshop and c.workshop.casefold() == where.workshop_id.casefold())
            ],
            [c for c in claims if not c.part and c.listed and not c.workshop and not c.source],
        ):
            people = {claim.participant_id for claim in chosen}
            if len(people) == 1:
                return people.pop()
            if people and chosen is not claims:
                break
        return SOMEBODY


def _in_brackets(claim: Claim) -> bool:
    return claim.participant_id.startswith("[")


def _names_user(name: Found, identifier: Identifier) -> bool:
    """Tell whether a user name, without its sign, is a name that the study knows."""
    return (
        bool(name.claims)
        and identifier.kind == "user name"
        and name.start <= identifier.start + 1
        and name.end >= identifier.end
    )


def _of_identifier(identifier: Identifier) -> Replacement:
    return Replacement(identifier.start, identifier.end, identifier.words, identifier.kind)


def _put(text: str, replacements: list[Replacement]) -> tuple[str, list[Replaced]]:
    made: list[str] = []
    spans: list[Replaced] = []
    length = done = 0
    for start, end, words, kind in replacements:
        kept = text[done:start]
        spans.append(Replaced(length + len(kept), length + len(kept) + len(words), kind))
        made += [kept, words]
        length += len(kept) + len(words)
        done = end
        # A digit right after would change the number of the pseudonym.
        if words[-1:].isdigit() and text[done : done + 1].isdigit():
            made.append("-")
            length += 1
    made.append(text[done:])
    return "".join(made), spans


def make_replacer(
    names: pd.DataFrame, speakers: pd.DataFrame, identifiers: IdentifierSettings | None = None
) -> Replacer:
    """Make a replacer from the tables names and found_speakers.

    ``identifiers`` say which structured identifiers are replaced; the default settings if None.
    """
    columns = [
        "form",
        "participant_id",
        "part",
        "rule",
        "listed",
        "capitals",
        "plural",
        "workshop_id",
        "source_id",
        "kind",
    ]
    names = names[names["kind"] != HARMLESS]
    claims = [Claim(*row) for row in zip(*(names[c].tolist() for c in columns), strict=True)]
    known = speakers[speakers["participant_id"].notna()]
    speaks: dict[str, set[str]] = {}
    for source, workshop, person in zip(
        known["source_id"], known["workshop_id"], known["participant_id"], strict=True
    ):
        speaks.setdefault(f"source:{source}", set()).add(person)
        speaks.setdefault(f"workshop:{workshop}", set()).add(person)
    ids = sorted(set(known["participant_id"]))
    settings = identifiers or IdentifierSettings()
    return Replacer(
        claims,
        {key: frozenset(who) for key, who in speaks.items()},
        ids,
        IdentifierSearch(settings.country, settings.leave),
    )


def replace_names(
    text: str, replacer: Replacer, source_id: str = "", workshop_id: str = ""
) -> tuple[str, list[tuple[int, int]]]:
    """Replace names and identifiers in one text, which may also be the name of a file or folder.

    Gives the new text, and where replacements stand in it: (start, end), code points, half open.
    """
    new, replaced = replacer.replace([text], Where(source_id, workshop_id))[0]
    return new, [(start, end) for start, end, _ in replaced]


def replace_names_in_path(
    path: str, replacer: Replacer, source_id: str = "", workshop_id: str = ""
) -> str:
    """Replace the names in each part of a path of the study, written with slashes."""
    where = Where(source_id, workshop_id)
    parts = PurePosixPath(path).parts
    return "/".join(new for new, _ in replacer.replace(parts, where))


def pseudonymise(
    raw_turns: pd.DataFrame, speakers: pd.DataFrame, replacer: Replacer
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put pseudonyms for speakers, and replace names and identifiers in what is said.

    Goes in: the tables raw_turns (whole sources) and found_speakers. Comes out: the tables
    turns and replacements; offsets count code points in the source's new text, which is its turns
    joined by a line feed.
    """
    import pandas as pd

    from commonthread.tables import as_table

    who = dict(
        zip(
            zip(speakers["source_id"], speakers["speaker"], strict=True),
            speakers["participant_id"].where(speakers["participant_id"].notna(), None),
            strict=True,
        )
    )
    turns: dict[str, Any] = {
        name: [] for name in ("participant_id", "start", "end", "text", "words")
    }
    replaced: dict[str, list[Any]] = {"source_id": [], "start": [], "end": [], "kind": []}
    number, _ = pd.factorize(raw_turns["source_id"])
    turns_in_order = (
        raw_turns.assign(_source=number)
        .sort_values(["_source", "turn"], kind="stable", ignore_index=True)
        .drop(columns="_source")
    )
    columns = (turns_in_order[c].tolist() for c in ("source_id", "workshop_id", "speaker", "text"))
    rows = zip(*columns, strict=True)
    for source_id, source in groupby(rows, key=itemgetter(0)):
        _, workshops, labels, texts = zip(*source, strict=True)
        place = 0
        new = replacer.replace(texts, Where(source_id, workshops[0]))
        for label, (text, spans) in zip(labels, new, strict=True):
            turns["participant_id"].append(who.get((source_id, label)))
            turns["start"].append(place)
            turns["end"].append(place + len(text))
            turns["text"].append(text)
            turns["words"].append(len(text.split()))
            for start, end, kind in spans:
                replaced["source_id"].append(source_id)
                replaced["start"].append(place + start)
                replaced["end"].append(place + end)
                replaced["kind"].append(kind)
            place += len(text) + 1
    for column in ("source_id", "turn", "start_s", "end_s"):
        turns[column] = turns_in_order[column]
    return as_table(turns, "turns"), as_table(replaced, "replacements")
