"""Finds out who speaks: from the speaker labels in all files, the participants list and the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from commonthread.folding import tokens
from commonthread.likely_same import groups, likely_same
from commonthread.listed_words import ListedWords
from commonthread.names_table import PERSON, FoundName, names_table
from commonthread.participants import (
    CONSENTS,
    NOT_GIVEN,
    WHOLLY,
    ParticipantsList,
    Person,
    read_participants,
)
from commonthread.private_tables import write_private_csv
from commonthread.problems import InputProblems, Problem
from commonthread.pseudonyms import KEY_FILE, Identity, assign, read_key, write_key
from commonthread.speakers import Label, clean_name, read_label, spells
from commonthread.tables import as_table
from commonthread.withdrawal import is_withdrawn

LIST_COLUMNS = (
    "name",
    "also_known_as",
    "role",
    "consent",
    "withdrawn",
    "workshop",
    "source",
    "turns",
    "words",
    "workshops",
    "perhaps_the_same_as",
)


@dataclass(frozen=True)
class People:
    """Who speaks. All but ``participants`` names people and stays in the private folder.

    ``speakers``, ``participants``, ``names`` and ``attributes`` are the tables found_speakers,
    participants, names and attributes; ``to_complete`` is the participants list as it could be
    completed, all text, with the columns ``LIST_COLUMNS`` and those of the study's own list.
    ``listed`` people are in the study's list, ``never_spoke`` of them never spoke; ``unlisted``
    people spoke and are not in it; ``labels_of_nobody`` are labels such as "Unknown speaker";
    ``withdrew`` gives for the pseudonym of each listed person who withdrew "yes", or from which day
    (ISO 8601) on.
    """

    speakers: pd.DataFrame
    participants: pd.DataFrame
    names: pd.DataFrame
    attributes: pd.DataFrame
    to_complete: pd.DataFrame
    listed: int
    never_spoke: int
    unlisted: int
    labels_of_nobody: int
    withdrew: dict[str, str]


@dataclass
class _Found:
    """A person who speaks, listed or not: what was found."""

    spellings: Counter[str] = field(default_factory=Counter)
    workshops: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    turns: int = 0
    words: int = 0

    def add(self, spelling: str, workshop: str, source: str, turns: int, words: int) -> None:
        self.spellings[spelling] += turns
        self.workshops.add(workshop)
        self.sources.add(source)
        self.turns += turns
        self.words += words


@dataclass
class _Unlisted:
    label: Label
    workshop: str
    source: str
    found: _Found = field(default_factory=_Found)

    @property
    def name(self) -> str:
        """Give the most usual spelling, without what does not belong to a name."""
        return clean_name(self.found.spellings.most_common(1)[0][0])

    @property
    def named(self) -> FoundName | None:
        """Give the name to search for, if the label is one."""
        return FoundName(self.name, self.other_spellings) if self.label.is_name else None

    @property
    def other_spellings(self) -> tuple[str, ...]:
        own = self.name.casefold()
        others = {clean_name(s).casefold(): clean_name(s) for s in self.found.spellings}
        return tuple(other for low, other in others.items() if low != own)


def collect_people(
    raw_turns_paths: Sequence[Path],
    participants_file: Path | None,
    private: Path,
    workshops: Mapping[str, str] | None = None,
    words: Sequence[ListedWords] = (),
) -> People:
    """Find out who speaks, and bring the key in the folder ``private`` up to date.

    Goes in: Parquet files of the table raw_turns, the study's participants list if there is one,
    the dates of the study's workshops by name (those of the turns, without dates, if None), and
    the other words that the study lists.
    Who withdrew wholly is not among ``participants``. Raises InputProblems for a wrong list or a
    damaged key; the key is then left as it was.
    """
    labels = count_labels(raw_turns_paths)
    dates = dict.fromkeys(labels["workshop_id"], "") if workshops is None else workshops
    listed = (
        read_participants(participants_file, dates)
        if participants_file is not None
        else ParticipantsList(())
    )
    key_file = private / KEY_FILE
    key = read_key(key_file)
    owners, by_row, unlisted, nobody = _who_speaks(labels, listed)
    identities = [_listed_identity(person) for person in listed.people] + [
        Identity(one.name, NOT_GIVEN, source=one.source) for one in unlisted
    ]
    assigned = assign(key, identities)
    ids = assigned.pseudonyms
    names = names_table(listed.people, [one.named for one in unlisted], ids, words)
    _check_roles(listed, names, participants_file)
    if list(assigned.key) != key or not key_file.exists():
        write_key(key_file, assigned.key)
    labels["participant_id"] = [None if i is None else ids[i] for i in owners]
    labels["withdrawn"] = [
        i is not None
        and i < len(listed.people)
        and is_withdrawn(listed.people[i].withdrawn, dates.get(workshop, ""))
        for i, workshop in zip(owners, labels["workshop_id"], strict=True)
    ]
    spoke = {i for i in owners if i is not None}
    count = len(listed.people)
    return People(
        speakers=as_table(labels, "found_speakers"),
        participants=_without(
            as_table(
                {
                    "participant_id": list(ids),
                    "role": list(assigned.roles),
                    "consent": [p.consent for p in listed.people] + [CONSENTS[0]] * len(unlisted),
                    "listed": [True] * count + [False] * len(unlisted),
                },
                "participants",
            ),
            [who for who, p in zip(ids, listed.people, strict=False) if p.withdrawn == WHOLLY],
        ),
        names=names,
        attributes=_attributes(listed, ids),
        to_complete=_to_complete(listed, by_row, unlisted),
        listed=count,
        never_spoke=sum(i not in spoke for i in range(count)),
        unlisted=len(unlisted),
        labels_of_nobody=nobody,
        withdrew={
            who: p.withdrawn for who, p in zip(ids, listed.people, strict=False) if p.withdrawn
        },
    )


def _without(participants: pd.DataFrame, people: Sequence[str]) -> pd.DataFrame:
    kept = participants[~participants["participant_id"].isin(people)]
    return kept.reset_index(drop=True)


def count_labels(raw_turns_paths: Sequence[Path]) -> pd.DataFrame:
    """Count turns and words of every speaker label in every source.

    Gives source_id, workshop_id, speaker, turns and words, by workshop and source, labels in the
    order in which they first speak; turns without a speaker are left out. One file is read at a
    time, so memory does not grow with the study.
    """
    from pyarrow import parquet

    counted = []
    for path in raw_turns_paths:
        with parquet.ParquetFile(path) as file:
            table = file.read(columns=["source_id", "workshop_id", "turn", "speaker", "text"])
        frame = table.drop_columns(["text"]).to_pandas()
        frame["words"] = [len(text.split()) for text in table["text"].to_pylist()]
        frame = frame[frame["speaker"].notna()]
        counted.append(
            frame.groupby(["source_id", "workshop_id", "speaker"], sort=False)
            .agg(first=("turn", "min"), turns=("turn", "size"), words=("words", "sum"))
            .reset_index()
        )
    columns = ["source_id", "workshop_id", "speaker", "turns", "words"]
    if not counted:
        return pd.DataFrame(columns=columns).astype({"turns": "int64", "words": "int64"})
    every = pd.concat(counted, ignore_index=True)
    every = every.sort_values(["workshop_id", "source_id", "first"], kind="stable")
    return every[columns].reset_index(drop=True)


def _who_speaks(
    labels: pd.DataFrame, listed: ParticipantsList
) -> tuple[list[int | None], dict[int, _Found], list[_Unlisted], int]:
    """Give who speaks under each label (listed people first), what was found of the rows of the
    list by row number, the unlisted people, and how many labels stand for nobody."""
    owners: list[int | None] = []
    by_row: dict[int, _Found] = {}
    unlisted: list[_Unlisted] = []
    index: dict[tuple[str, str], int] = {}
    read: dict[str, Label] = {}
    nobody: set[str] = set()
    columns = ("speaker", "workshop_id", "source_id", "turns", "words")
    for speaker, workshop, source, turns, words in zip(
        *(labels[column].tolist() for column in columns), strict=True
    ):
        written = " ".join(speaker.split())
        if written not in read:
            read[written] = read_label(written)
        label = read[written]
        in_list = listed.find(label, workshop, source)
        counted = (written, workshop, source, turns, words)
        if in_list is not None:
            owners.append(in_list[0])
            by_row.setdefault(in_list[1].number, _Found()).add(*counted)
            continue
        if label.kind == "nobody":
            owners.append(None)
            nobody.add(written)
            continue
        scope = (workshop, source) if label.kind == "generic" else ("", "")
        number = index.setdefault((spells(label.name)[1], scope[1]), len(unlisted))
        if number == len(unlisted):
            unlisted.append(_Unlisted(label, *scope))
        unlisted[number].found.add(*counted)
        owners.append(len(listed.people) + number)
    return owners, by_row, unlisted, len(nobody)


def _listed_identity(person: Person) -> Identity:
    first = person.rows[0]
    others = [spelling for row in person.rows for spelling in row.spellings[1:]]
    return Identity(
        first.name,
        person.role,
        workshop="" if first.source else first.workshop,
        source=first.source,
        other_names=tuple(others),
    )


def _check_roles(listed: ParticipantsList, names: pd.DataFrame, file: Path | None) -> None:
    """Refuse roles that name somebody: roles are shown to everybody."""
    of_people = names["listed"] & (names["kind"] == PERSON)
    sure = names[of_people & (names["rule"] == "any case")]
    forms_of_names = {tuple(tokens(form)) for form in sure["form"]}
    longest = max(map(len, forms_of_names), default=0)
    problems = []
    for person in listed.people:
        for row in person.rows:
            words = tokens(row.role)
            if any(
                tuple(words[i : i + size]) in forms_of_names
                for size in range(1, longest + 1)
                for i in range(len(words) - size + 1)
            ):
                problems.append(
                    Problem(
                        f"{file.name if file else 'participants'}, row {row.number}",
                        "The role holds the name of a participant.",
                        "Roles are shown in results: write it without the name.",
                    )
                )
    if problems:
        raise InputProblems(problems)


def _attributes(listed: ParticipantsList, ids: Sequence[str]) -> pd.DataFrame:
    made = [
        {"participant_id": who, "attribute": heading, "value": value}
        for person, who in zip(listed.people, ids, strict=False)
        for row in person.rows
        for heading, value in row.attributes.items()
        if value
    ]
    return as_table(made, "attributes")


def _to_complete(
    listed: ParticipantsList, by_row: dict[int, _Found], unlisted: Sequence[_Unlisted]
) -> pd.DataFrame:
    """Make the list to complete: what the study's list says, and everybody who is not in it."""
    cells: list[dict[str, str]] = []
    found: list[_Found] = []
    for row in sorted((r for p in listed.people for r in p.rows), key=lambda r: r.number):
        cells.append(
            {
                "name": row.name,
                "also_known_as": "; ".join(row.also_known_as),
                "role": row.role,
                "consent": row.consent,
                "withdrawn": row.withdrawn,
                "workshop": row.workshop,
                "source": row.source,
                **row.attributes,
            }
        )
        found.append(by_row.get(row.number, _Found()))
    for one in sorted(unlisted, key=lambda one: -one.found.turns):
        others = [other.replace(";", ",") for other in one.other_spellings]
        cells.append(
            {
                "name": one.name,
                "also_known_as": "; ".join(others),
                "workshop": one.workshop,
                "source": one.source,
            }
        )
        found.append(one.found)
    names = [cell["name"] for cell in cells]
    same = likely_same(
        names, [frozenset(f.workshops) for f in found], [frozenset(f.sources) for f in found]
    )
    columns = [*LIST_COLUMNS[:7], *listed.attributes, *LIST_COLUMNS[7:]]
    rows = []
    for group in groups(same):
        for i in group:
            counts = {
                "turns": str(found[i].turns),
                "words": str(found[i].words),
                "workshops": str(len(found[i].workshops)),
                "perhaps_the_same_as": "; ".join(names[other] for other in same[i]),
            }
            rows.append([{**cells[i], **counts}.get(column, "") for column in columns])
    return pd.DataFrame(rows, columns=columns, dtype="str")


def write_list_to_complete(to_complete: pd.DataFrame, path: Path) -> None:
    """Write the list to complete as CSV that only its owner can read.

    It can be put into the study as it is; ``participants.read_participants`` reads every name
    back as it was found.
    """
    write_private_csv(path, list(to_complete.columns), to_complete.values.tolist())
