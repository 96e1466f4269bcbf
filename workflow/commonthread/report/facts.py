"""What the sections of a report look up again and again, found once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from commonthread.codings import JOIN
from commonthread.disclosure import ShownTables, public_tables, team_tables
from commonthread.report.colours import PALETTE, for_charts
from commonthread.report.edition import Edition, team
from commonthread.report.withheld import Withheld, told
from commonthread.report.wording import anchor, words_list

if TYPE_CHECKING:
    from commonthread.codebook import Code
    from commonthread.report.inputs import ReportInputs

# A chart or table by workshop shows no more than this many: the ones with most words.
MOST_WORKSHOPS = 30


@dataclass(frozen=True)
class Count:
    """A row of ``frequencies``: how often and how widely a code was found in a group.

    ``few_voices`` stands for ``one_voice`` where an edition does not tell it: the code rests on
    one voice, or on few people.
    """

    code_id: str
    segments: int
    of_segments: int
    denominator: str
    talk_segments: int
    note_segments: int
    people: int
    of_people: int
    workshops: int
    of_workshops: int
    roles: int
    of_roles: int
    one_voice: bool
    few_voices: bool = False


_NUMBERS = tuple(field.name for field in fields(Count) if field.type == "int")


class Facts:
    """Look-ups into the tables of a study, with the numbers that an edition shows."""

    def __init__(self, inputs: ReportInputs, edition: Edition | None = None) -> None:
        self.inputs = inputs
        self.edition = edition or team()
        self.codebook = inputs.codebook

    @cached_property
    def shown(self) -> ShownTables:
        """The findings, with what the edition withholds missing."""
        if self.edition.public:
            return public_tables(self.inputs, self.codebook, self.edition.threshold)
        return team_tables(self.inputs)

    @cached_property
    def counts(self) -> dict[str, Count]:
        """Counts over the whole study by code id."""
        return {count.code_id: count for _, count in self._counts("all")}

    @cached_property
    def by_role(self) -> dict[tuple[str, str], Count]:
        """Counts by (role, code id)."""
        return self._by("role", "role")

    @cached_property
    def by_workshop(self) -> dict[tuple[str, str], Count]:
        """Counts by (workshop id, code id)."""
        return self._by("workshop", "workshop_id")

    @cached_property
    def coders(self) -> dict[str, str]:
        """Names of the people who coded, by id."""
        if self.inputs.people is None:
            return {}
        frame = self.inputs.people.coders
        return dict(zip(frame["coder_id"], frame["coder"], strict=True))

    def coder_names(self, ids: str) -> str:
        """Give the names of coders whose ids a decided coding holds."""
        return words_list(self.coders.get(one, one) for one in ids.split(JOIN))

    @cached_property
    def workshop_names(self) -> dict[str, str]:
        """Titles of the workshops by id, in the order of the table."""
        frame = self.inputs.workshops
        return dict(zip(frame["workshop_id"], frame["workshop"], strict=True))

    @cached_property
    def workshops_shown(self) -> list[str]:
        """Ids of the workshops that charts show: all, or the ones with most words."""
        ids = list(self.workshop_names)
        if len(ids) <= MOST_WORKSHOPS:
            return ids
        words = self.inputs.segments.groupby("workshop_id")["words"].sum()
        most = set(sorted(ids, key=lambda id: (-int(words.get(id, 0)), id))[:MOST_WORKSHOPS])
        return [id for id in ids if id in most]

    @cached_property
    def workshops_note(self) -> str:
        """Sentence that says which workshops charts leave out; empty if none."""
        left_out = len(self.workshop_names) - len(self.workshops_shown)
        if not left_out:
            return ""
        return (
            f"Shown are the {MOST_WORKSHOPS} workshops with the most words; the other "
            f"{left_out:,} are in the data folder."
        )

    @cached_property
    def roles(self) -> list[str]:
        """Roles that stand in tables by role, the one with most words first."""
        rows = [row for row in self.participation("role") if row["words"] is not None]
        rows.sort(key=lambda row: (-int(row["words"]), str(row["role"])))
        return [str(row["role"]) for row in rows]

    @cached_property
    def people_by_role(self) -> dict[str, int]:
        """How many people of each role spoke, the role with most words first."""
        found = {str(row["role"]): self.told(row, "people") for row in self.participation("role")}
        order = [*self.roles, *(role for role in found if role not in self.roles)]
        return {role: found[role] for role in order}

    @cached_property
    def agreed(self) -> set[str]:
        """Ids of segments of talk whose speakers agreed to be quoted, as the edition asks for."""
        people = self.inputs.participants
        may = people["participant_id"][people["consent"].isin(self.edition.consents or ())]
        segments = self.inputs.segments
        own = (segments["kind"] == "talk") & segments["participant_id"].isin(may)
        return set(segments["segment_id"][own])

    @cached_property
    def colours(self) -> dict[str, str]:
        """Chart colour of each theme, and of the aspects under an empty id."""
        found = {"": for_charts("#6b6470")}
        for place, theme in enumerate(self.codebook.themes):
            colour = theme.colour or PALETTE[place % len(PALETTE)]
            found[theme.id] = for_charts(colour)
        return found

    def count(self, code_id: str) -> Count:
        """Give the counts of a code over the whole study; all zero if it is in no table."""
        return self.counts.get(code_id) or Count(code_id, 0, 0, "", 0, 0, 0, 0, 0, 0, 0, 0, False)

    def colour(self, code: Code) -> str:
        """Give the chart colour of a code: the one of its theme."""
        return self.colours[code.theme or ""]

    def link(self, code_id: str) -> str:
        """Give the address in the page of where a code is described; empty if it came up nowhere."""
        code = self.codebook.code(code_id)
        described = code.dimension != "code" or self.count(code_id).segments
        return f"#{theme_anchor(code_id)}" if described else ""

    def leaves(self, theme_id: str | None = None) -> list[Code]:
        """Give the codes with no codes under them (of one theme, if given), in their order."""
        return [
            code
            for code in self.codebook.codes
            if code.dimension == "code"
            and not self.codebook.children(code.id)
            and theme_id in (None, code.theme)
        ]

    def participation(self, group: str) -> list[dict[str, Any]]:
        """Give the rows of ``participation`` of a kind of group; None stands for what is withheld."""
        frame = self.shown.participation
        return records(frame[frame["group"] == group])

    def told(self, row: dict[str, Any], name: str) -> int:
        """Give a count of a row of one of the tables that are shown."""
        return told(row, name, self.edition.threshold)

    def _by(self, group: str, column: str) -> dict[tuple[str, str], Count]:
        return {(str(row[column]), found.code_id): found for row, found in self._counts(group)}

    def _counts(self, group: str) -> list[tuple[dict[str, Any], Count]]:
        frame = self.shown.frequencies
        return [(row, self._count(row)) for row in records(frame[frame["group"] == group])]

    def _count(self, row: dict[str, Any]) -> Count:
        numbers = {name: self.told(row, name) for name in _NUMBERS}
        one_voice, hidden = bool(row["one_voice"]), not self.edition.people
        few = isinstance(numbers["people"], Withheld) and numbers["people"].below > 0
        return Count(
            code_id=row["code_id"],
            denominator=row["denominator"],
            one_voice=one_voice and not hidden,
            few_voices=hidden and (one_voice or few),
            **numbers,
        )


def records(frame: Any) -> list[dict[str, Any]]:
    """Give the rows of a table as dicts of plain values, with None for what is missing."""
    columns = [
        [
            None if empty else value
            for value, empty in zip(frame[name].tolist(), frame[name].isna(), strict=True)
        ]
        for name in frame.columns
    ]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def theme_anchor(code_id: str) -> str:
    """Give the id of the place in the page where a theme, code or aspect is described."""
    return anchor("code", code_id)
