"""Which segments have which codes, and where they stand: what all findings are counted from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commonthread.tables import check_table

if TYPE_CHECKING:
    from commonthread.codebook import Code, Codebook

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

NO_ROLE = "not given"
# What people choose where no code fits: a decision about the segment, but no code to count.
NO_CODE = "no_code"
GROUPS = ("all", "workshop", "role", "workshop and role")


def natural(text: str) -> tuple[list[str | int], str]:
    """Give a sorting key that puts "workshop 2" before "workshop 10", and "a" beside "A"."""
    parts: list[str | int] = list(re.split(r"([0-9]+)", text.casefold()))
    parts[1::2] = [int(part) for part in parts[1::2]]
    return parts, text


@dataclass(frozen=True)
class Places:
    """Where each row of a frame (segments or turns) stands. -1 stands for none.

    ``workshop``, ``role``, ``cell`` and ``seat`` hold a number for each row. A *cell* is a
    workshop and a role that spoke there; a *seat* is a workshop and a person who spoke there.
    Notes, and talk whose speaker is not known, have no role, cell or seat.
    """

    workshop_ids: tuple[str, ...]
    titles: tuple[str, ...]
    roles: tuple[str, ...]
    people: tuple[str, ...]
    role_of_person: Counts
    talk: Mask
    workshop: Counts
    role: Counts
    cell: Counts
    seat: Counts
    cell_workshop: Counts
    cell_role: Counts
    seat_workshop: Counts
    seat_person: Counts
    seat_cell: Counts

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """How many groups there are of each kind in GROUPS."""
        return 1, len(self.workshop_ids), len(self.roles), len(self.cell_role)

    @property
    def person(self) -> Counts:
        """The number of the person who spoke each row."""
        return np.append(self.seat_person, -1)[self.seat]

    def groups(self) -> dict[str, NDArray[np.object_]]:
        """Give the columns group, workshop_id and role with a row for each group."""
        _, workshops, roles, _ = self.sizes
        ids = np.array(self.workshop_ids, dtype=object)
        names = np.array(self.roles, dtype=object)
        none = np.array([None], dtype=object)
        return {
            "group": np.repeat(np.array(GROUPS, dtype=object), self.sizes),
            "workshop_id": np.concatenate([none, ids, none.repeat(roles), ids[self.cell_workshop]]),
            "role": np.concatenate([none, none.repeat(workshops), names, names[self.cell_role]]),
        }

    def titles_of_groups(self) -> list[tuple[str | None, str | None]]:
        """Give workshop title and role of each group, None where all are counted."""
        titles, roles = self.titles, self.roles
        cells = zip(self.cell_workshop.tolist(), self.cell_role.tolist(), strict=True)
        return [
            (None, None),
            *((title, None) for title in titles),
            *((None, role) for role in roles),
            *((titles[w], roles[r]) for w, r in cells),
        ]


def _numbers(column: pd.Series[Any], known: Sequence[str]) -> tuple[Counts, tuple[str, ...]]:
    """Number the values of a column in natural order, together with ``known`` values."""
    found, values = pd.factorize(column)
    texts = [str(value) for value in values]
    names = tuple(sorted({*texts, *known}, key=natural))
    at = {name: number for number, name in enumerate(names)}
    order = np.array([*(at[text] for text in texts), -1], dtype=np.int64)
    return order[found], names


def _pairs(first: Counts, second: Counts, width: int) -> tuple[Counts, Counts, Counts]:
    """Number the pairs that occur, -1 where ``second`` is -1: numbers, and both parts of each."""
    key = np.where(second < 0, -1, first * width + second)
    present = np.unique(key[key >= 0])
    number = np.where(key < 0, -1, np.searchsorted(present, key))
    return number, present // max(width, 1), present % max(width, 1)


def _unique(column: pd.Series[Any], what: str) -> None:
    if column.duplicated().any():
        raise ValueError(f"{what} must each stand in one row; {column.duplicated().sum()} do not.")


def place(
    workshop_ids: pd.Series[Any],
    participant_ids: pd.Series[Any],
    talk: Mask,
    participants: pd.DataFrame,
    workshops: pd.DataFrame,
) -> Places:
    """Find out where rows stand.

    Goes in: for each row its workshop, its speaker (missing if there is none or nobody knows) and
    whether it is talk; the tables ``participants`` and ``workshops``. The groups that come out are
    the workshops and roles of these tables with those that only the rows name, in natural order,
    whatever the order of the rows, and "not given" is the last role. A speaker whom ``participants`` does not list, or lists without
    a role, has the role "not given".
    Raises ValueError if a participant or a workshop stands in two rows.
    """
    check_table(participants, "participants", only=["participant_id", "role"])
    check_table(workshops, "workshops", only=["workshop_id", "workshop"])
    _unique(participants["participant_id"], "Participants")
    _unique(workshops["workshop_id"], "Workshops")
    titles = dict(zip(workshops["workshop_id"], workshops["workshop"], strict=True))
    workshop, ids = _numbers(workshop_ids, list(titles))

    listed = participants["role"].fillna(NO_ROLE).replace("", NO_ROLE)
    role_by_id = dict(zip(participants["participant_id"], listed, strict=True))
    person, people = _numbers(participant_ids.where(talk), list(role_by_id))
    by_person = [role_by_id.get(name, NO_ROLE) for name in people]
    roles = tuple(sorted(set(by_person), key=lambda name: (name == NO_ROLE, natural(name))))
    role_at = {name: number for number, name in enumerate(roles)}
    role_of_person = np.array([role_at[name] for name in by_person], dtype=np.int64)

    role = np.append(role_of_person, -1)[person]
    cell, cell_workshop, cell_role = _pairs(workshop, role, len(roles))
    seat, seat_workshop, seat_person = _pairs(workshop, person, len(people))
    seat_cell = np.searchsorted(
        cell_workshop * len(roles) + cell_role,
        seat_workshop * len(roles) + role_of_person[seat_person],
    )
    return Places(
        workshop_ids=ids,
        titles=tuple(str(titles.get(name) or name) for name in ids),
        roles=roles,
        people=people,
        role_of_person=role_of_person,
        talk=talk,
        workshop=workshop,
        role=role,
        cell=cell,
        seat=seat,
        cell_workshop=cell_workshop,
        cell_role=cell_role,
        seat_workshop=seat_workshop,
        seat_person=seat_person,
        seat_cell=seat_cell.astype(np.int64),
    )


@dataclass(frozen=True)
class CodedSegments:
    """Segments with their codes and places.

    ``segments`` is the table of that name in the order of its sources and words, with a fresh
    index. ``direct[c, s]`` says whether segment ``s`` was given code ``codes[c]`` itself;
    ``has[c, s]`` whether it was given that code or any code below it.
    """

    codebook: Codebook
    segments: pd.DataFrame
    codings: pd.DataFrame
    places: Places
    direct: Mask
    has: Mask

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes in the codebook's order; the rows of ``direct`` and ``has``."""
        return self.codebook.codes

    def row(self, code_id: str) -> int | None:
        """Give the row of a code in ``direct`` and ``has``; None if the codebook has no such."""
        return next((row for row, code in enumerate(self.codes) if code.id == code_id), None)


def code_segments(
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    participants: pd.DataFrame,
    workshops: pd.DataFrame,
    codebook: Codebook,
) -> CodedSegments:
    """Bring together segments, decided codings, people and codebook.

    Goes in: the tables of these names (of ``codings``, segment_id, code_id and evidence are used).
    The order of their rows does not matter, nor does a coding that stands there twice, nor one with
    "no_code".
    Raises ValueError if codings name a segment or a code that is not there, since the counts would
    be short without a word, or if a segment, participant or workshop stands in two rows.
    """
    check_table(segments, "segments")
    check_table(codings, "codings", only=["segment_id", "code_id", "evidence"])
    _unique(segments["segment_id"], "Segments")
    codings = codings[codings["code_id"] != NO_CODE]
    segments = segments.sort_values(["source_id", "start", "segment_id"], ignore_index=True)

    column = pd.Index(segments["segment_id"]).get_indexer(pd.Index(codings["segment_id"]))
    if (column < 0).any():
        raise ValueError(
            f"{(column < 0).sum()} codings name segments that are not in the table of segments."
            " Cut the segments and code them again."
        )
    codes = codebook.codes
    row = pd.Index([code.id for code in codes]).get_indexer(pd.Index(codings["code_id"]))
    if (row < 0).any():
        unknown = sorted(codings["code_id"][row < 0].dropna().astype(str).unique())
        raise ValueError(
            "The codings name codes that the codebook does not have: " + ", ".join(unknown) + "."
        )
    direct = np.zeros((len(codes), len(segments)), dtype=bool)
    direct[row, column] = True
    has = with_codes_below(direct, codes)
    places = place(
        segments["workshop_id"],
        segments["participant_id"],
        (segments["kind"] == "talk").to_numpy(dtype=bool),
        participants,
        workshops,
    )
    return CodedSegments(codebook, segments, codings, places, direct, has)


def with_codes_below(direct: Mask, codes: Sequence[Code]) -> Mask:
    """Give codes x segments: whether a segment was given the code or any code below it.

    Goes in: ``direct[c, s]``, whether segment ``s`` was given ``codes[c]`` itself, for all codes of
    a codebook in its order.
    """
    has = direct.copy()
    at = {code.id: number for number, code in enumerate(codes)}
    # Codes stand after the code that they are under, so from the last to the first is upwards.
    for number in range(len(codes) - 1, -1, -1):
        parent = codes[number].parent
        if parent is not None:
            has[at[parent]] |= has[number]
    return has
