"""Replaces names in what people say by pseudonyms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from commonthread.name_context import title_before
from commonthread.name_search import Claim, Found, NameSearch

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


class Replacer:
    """Replaces names. Made once from the tables of names and speakers, used for many texts."""

    def __init__(
        self, claims: Sequence[Claim], speaks: Mapping[str, frozenset[str]], ids: Sequence[str] = ()
    ) -> None:
        """Take the claims, who speaks in which source or workshop, and all pseudonyms.

        ``speaks`` maps "source:<id>" and "workshop:<id>" to pseudonyms.
        """
        self._speaks = speaks
        own = dict.fromkeys([*ids, *(claim.participant_id for claim in claims)])
        self._search = NameSearch(claims, keep=list(own))
        self._meant: dict[tuple[tuple[Claim, ...], Where], str] = {}

    def replace(
        self, texts: Sequence[str], where: Where
    ) -> list[tuple[str, list[tuple[int, int]]]]:
        """Replace names in texts that stand in one place.

        Gives for each text the new text and where pseudonyms stand in it: (start, end), code
        points, half open, in order.
        """
        return [
            self._put(text, found, where) if found else (text, [])
            for text, found in zip(texts, self._search.find(texts), strict=True)
        ]

    def _put(
        self, text: str, found: list[Found], where: Where
    ) -> tuple[str, list[tuple[int, int]]]:
        made: list[str] = []
        spans: list[tuple[int, int]] = []
        length = done = 0
        for start, end, words in self._replacements(text, found, where):
            kept = text[done:start]
            spans.append((length + len(kept), length + len(kept) + len(words)))
            made += [kept, words]
            length += len(kept) + len(words)
            done = end
            # A digit right after would change the number of the pseudonym.
            if text[done : done + 1].isdigit():
                made.append("-")
                length += 1
        made.append(text[done:])
        return "".join(made), spans

    def _replacements(
        self, text: str, found: list[Found], where: Where
    ) -> list[tuple[int, int, str]]:
        made: list[tuple[int, int, str]] = []
        last: Found | None = None
        for name in found:
            if not name.claims:
                last = None
                continue
            words = self._who(name.claims, where)
            start = title_before(text, name.start)
            if made and start < made[-1][1]:
                start = name.start
            if last is not None and self._goes_on(text, last, name, made[-1][2], words):
                # A first and a last name that were found apart, around an initial.
                start, _, before = made.pop()
                words = words if before == SOMEBODY else before
            end = name.end
            if name.with_s:
                words += "'s"
                end += text[end : end + 1] in ("'", "\u2019")
            made.append((start, end, words))
            last = None if name.with_s else name
        return made

    def _goes_on(self, text: str, last: Found, name: Found, before: str, words: str) -> bool:
        if not _JOINED.fullmatch(text, last.end, name.start):
            return False
        if {c.text for c in last.claims} & {c.text for c in name.claims}:
            return False
        if before == words:
            return True
        mine = {c.participant_id for c in last.claims} & {c.participant_id for c in name.claims}
        return (before == SOMEBODY and words in mine) or (words == SOMEBODY and before in mine)

    def _who(self, claims: tuple[Claim, ...], where: Where) -> str:
        key = (claims, where)
        if key not in self._meant:
            self._meant[key] = self._decide(claims, where)
        return self._meant[key]

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


def make_replacer(names: pd.DataFrame, speakers: pd.DataFrame) -> Replacer:
    """Make a replacer from the tables names and found_speakers."""
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
    ]
    claims = [Claim(*row) for row in zip(*(names[c].tolist() for c in columns), strict=True)]
    known = speakers[speakers["participant_id"].notna()]
    speaks: dict[str, set[str]] = {}
    for source, workshop, person in zip(
        known["source_id"], known["workshop_id"], known["participant_id"], strict=True
    ):
        speaks.setdefault(f"source:{source}", set()).add(person)
        speaks.setdefault(f"workshop:{workshop}", set()).add(person)
    ids = sorted(set(known["participant_id"]))
    return Replacer(claims, {key: frozenset(who) for key, who in speaks.items()}, ids)


def replace_names(
    text: str, replacer: Replacer, source_id: str = "", workshop_id: str = ""
) -> tuple[str, list[tuple[int, int]]]:
    """Replace the names in one text, which may also be the name of a file or folder.

    Gives the new text, and where pseudonyms stand in it: (start, end), code points, half open.
    """
    return replacer.replace([text], Where(source_id, workshop_id))[0]


def replace_names_in_path(
    path: str, replacer: Replacer, source_id: str = "", workshop_id: str = ""
) -> str:
    """Replace the names in each part of a path of the study, written with slashes."""
    where = Where(source_id, workshop_id)
    parts = PurePosixPath(path).parts
    return "/".join(new for new, _ in replacer.replace(parts, where))


def pseudonymise(
    raw_turns: pd.DataFrame, speakers: pd.DataFrame, names: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put pseudonyms for speakers and for names in what is said.

    Goes in: the tables raw_turns (whole sources), found_speakers and names. Comes out: the tables
    turns and replacements; offsets count code points in the source's new text, which is its turns
    joined by a line feed.
    """
    import pandas as pd

    from commonthread.tables import as_table

    replacer = make_replacer(names, speakers)
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
            for start, end in spans:
                replaced["source_id"].append(source_id)
                replaced["start"].append(place + start)
                replaced["end"].append(place + end)
                replaced["kind"].append("person")
            place += len(text) + 1
    for column in ("source_id", "turn", "start_s", "end_s"):
        turns[column] = turns_in_order[column]
    return as_table(turns, "turns"), as_table(replaced, "replacements")
