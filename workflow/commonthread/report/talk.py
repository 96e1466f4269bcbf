"""Who spoke: words by role and workshop, and what each role raises more than the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commonthread.report.blocks import (
    Cell,
    Chart,
    Table,
    number_cell,
    share_cell,
    showing,
    text_cell,
)
from commonthread.report.charts import Balloon, Bar, balloons, bars
from commonthread.report.facts import Facts, records
from commonthread.report.follows import Follows, follows
from commonthread.report.withheld import shown
from commonthread.report.wording import count, number, percent, plural

_MOST_STRETCHES = 10
_MOST_EMPHASES = 4

# What a role "raises more" has to rest on before the page says so.
_SEGMENTS, _PEOPLE = 3, 2


@dataclass(frozen=True)
class Emphasis:
    """What one role raises more than the others."""

    role: str
    points: tuple[tuple[str, str, str], ...]
    """Name of a code, where it is described, and the numbers in words."""


@dataclass(frozen=True)
class Talk:
    """What the section on who spoke says."""

    summary: tuple[str, ...]
    roles: Chart | None
    by_workshop: Chart | None
    longest: Table | None
    evenness: Table
    follows: Follows | None
    emphasis: tuple[Emphasis, ...]
    emphasis_rule: str


def talk(facts: Facts) -> Talk:
    """Put together who spoke, from turns of talk only."""
    every = next(iter(facts.participation("all")), None)
    by_role = {row["role"]: row for row in facts.participation("role")}
    return Talk(
        summary=_summary(facts, every, by_role),
        roles=_roles(facts, by_role, every),
        by_workshop=_by_workshop(facts),
        longest=_longest(facts) if facts.edition.people else None,
        evenness=_evenness(facts),
        follows=follows(facts),
        emphasis=() if facts.edition.public else _emphasis(facts),
        emphasis_rule=(
            f"Listed are codes that make up a larger share of the role’s own segments than of "
            f"everybody else’s, with at least {_SEGMENTS} segments from at least {_PEOPLE} people "
            f"of the role; at most {_MOST_EMPHASES} for each role. With few people, such "
            "differences can be one person’s habit."
        ),
    )


def _summary(
    facts: Facts, every: dict[str, Any] | None, by_role: dict[str, dict[str, Any]]
) -> tuple[str, ...]:
    if every is None or not every["words"]:
        return ("No talk was read in which people take turns.",)
    everybody = facts.told(every, "people")
    said = [
        f"{count(everybody, 'person').capitalize()} took {count(every['turns'], 'turn')} "
        f"and said {count(every['words'], 'word')}."
    ]
    known = facts.inputs.participation
    unknown = every["words"] - int(known["words"][known["group"] == "role"].sum())
    if unknown:
        said.append(
            f"Of these, {number(unknown)} {plural('word', unknown)} "
            f"({percent(unknown, every['words'])}) have no known speaker and belong to no role."
        )
    for role in facts.roles:
        people = facts.people_by_role[role]
        words = percent(by_role[role]["words"], every["words"])
        said.append(
            f"{_role(role)}: {percent(people, everybody)} of the people "
            f"({number(people)} of {number(everybody)}) said {words} of the words."
            if shown(people, everybody)
            else f"{_role(role)}: {words} of the words. How many people that is, is not shown."
        )
    if len(facts.roles) < len(by_role):
        said.append("Roles of few people are not shown.")
    return tuple(said)


def _role(role: str) -> str:
    return "Role not given" if role == "not given" else role[:1].upper() + role[1:]


def _roles(
    facts: Facts, by_role: dict[str, dict[str, Any]], every: dict[str, Any] | None
) -> Chart | None:
    if every is None or not every["words"] or not facts.roles:
        return None
    drawn, rows = [], []
    everybody, single = facts.told(every, "people"), facts.edition.people
    counted = shown(everybody, *(facts.people_by_role[role] for role in facts.roles))
    colour = facts.colours[""]
    for role in facts.roles:
        row = by_role[role]
        people = facts.people_by_role[role]
        words = 100 * row["words"] / every["words"]
        if counted:
            length = 100 * people / everybody if everybody else 0
            written = percent(people, everybody)
            drawn.append(Bar(f"{_role(role)}: people", length, written, colour, True))
        drawn.append(
            Bar(f"{_role(role)}: words", words, percent(row["words"], every["words"]), colour)
        )
        rows.append(
            (
                text_cell(_role(role), show=showing(role=role)),
                *(
                    [
                        number_cell(people),
                        share_cell(people, everybody, percent(people, everybody)),
                    ]
                    if counted
                    else []
                ),
                number_cell(row["words"]),
                share_cell(row["words"], every["words"], percent(row["words"], every["words"])),
                number_cell(row["turns"]),
                *([_optional(row["longest_words"])] if single else []),
            )
        )
    title = "Share of people and share of words, by role" if counted else "Share of words, by role"
    top = facts.roles[0]
    return Chart(
        "chart-roles",
        title,
        f"The role {top} said most{'' if single else ' of the roles shown'}: "
        f"{percent(by_role[top]['words'], every['words'])} of the words"
        + (
            f", by {percent(by_role[top]['people'], every['people'])} of the people. Hatched bars "
            "are people, filled bars are words."
            if counted
            else "."
        ),
        bars(drawn, "Share in per cent"),
        Table(
            "roles-table",
            f"{title}. Shares are of "
            + (f"all {number(everybody)} people who spoke and of " if counted else "")
            + f"all {number(every['words'])} words of talk.",
            (
                "Role",
                *(["People", "Share of people"] if counted else []),
                "Words",
                "Share of words",
                "Turns",
                *(["Longest turn, words"] if single else []),
            ),
            tuple(rows),
            file="participation",
        ),
    )


def _by_workshop(facts: Facts) -> Chart | None:
    names, roles = facts.workshop_names, facts.roles
    found = {
        (row["workshop_id"], row["role"]): row for row in facts.participation("workshop and role")
    }
    totals = {row["workshop_id"]: row["words"] for row in facts.participation("workshop")}
    seen = [workshop for workshop in facts.workshops_shown if totals.get(workshop)]
    if len(seen) < 2 or len(roles) < 2:
        return None
    cells: dict[tuple[int, int], Balloon] = {}
    table = []
    for place, workshop in enumerate(seen):
        line: list[Cell] = [text_cell(names[workshop], show=showing(workshop=workshop))]
        people_here = _people_here(facts, workshop, found)
        for column, role in enumerate(roles):
            row = found.get((workshop, role))
            # In the public edition, that nobody of a role spoke is as telling as that few did.
            words = row["words"] if row else None if facts.edition.public else 0
            if words is None:
                hover = f"{names[workshop]}, {role}: not shown"
                cells[place, column] = Balloon(0, "–", hover)
                line.append(text_cell("not shown"))
                continue
            written = percent(words, totals[workshop])
            hover = f"{names[workshop]}, {role}: {count(words, 'word')} ({written})"
            cells[place, column] = Balloon(words / totals[workshop], written, hover)
            known = row is not None and shown(people_here[role])
            people = f", {count(people_here[role], 'person')}" if known else ""
            show = showing(workshop=workshop, role=role) if row else ""
            line.append(share_cell(words, totals[workshop], written + people, show))
        line.append(number_cell(totals[workshop]))
        table.append(tuple(line))
    if not any(cell.value for cell in cells.values()):
        return None
    title = "Who spoke in each workshop"
    most = max(cells, key=lambda key: (cells[key].value, -key[0], -key[1]))
    return Chart(
        "chart-roles-workshops",
        title,
        f"The largest share of one role {'that is shown ' if facts.edition.public else ''}is "
        f"{cells[most].text} of the words, by the role {roles[most[1]]} in {names[seen[most[0]]]}. "
        f"{facts.workshops_note}".strip(),
        balloons(
            [str(names[workshop]) for workshop in seen],
            roles,
            cells,
            [[facts.colours[""]] * len(roles)] * len(seen),
        ),
        Table(
            "roles-workshops-table",
            f"{title}: share of the workshop’s words of talk"
            f"{'' if facts.edition.public else ', and how many people of the role spoke'}.",
            ("Workshop", *(_role(role) for role in roles), "Words of talk"),
            tuple(table),
            file="participation",
            note=(
                f"Where fewer than {facts.edition.threshold} people of a role spoke, nothing is "
                f"shown, nor what would give it away. {facts.workshops_note}"
                if facts.edition.public
                else f"Numbers of people below {facts.edition.threshold} are not shown, nor are "
                f"those that would give them away. {facts.workshops_note}"
            ).strip(),
        ),
    )


def _people_here(
    facts: Facts, workshop: str, found: dict[tuple[Any, Any], dict[str, Any]]
) -> dict[str, int]:
    """Give how many people of each role spoke in a workshop, small numbers withheld."""
    roles = list(facts.people_by_role)
    rows = [found.get((workshop, role)) for role in roles]
    people = [facts.told(row, "people") if row else 0 for row in rows]
    return dict(zip(roles, facts.edition.people_of(people), strict=True))


def _longest(facts: Facts) -> Table:
    frame = facts.inputs.speakers
    top = frame.sort_values(
        ["longest_words", "workshop_id", "participant_id"], ascending=[False, True, True]
    ).head(_MOST_STRETCHES)
    names = facts.workshop_names
    return Table(
        "longest-table",
        f"The longest turns: for each person and workshop the longest one, the "
        f"{_MOST_STRETCHES} longest of all.",
        (
            "Person",
            "Workshop",
            "Longest turn, words",
            "Words in the workshop",
            "Share of its words",
        ),
        tuple(
            (
                text_cell(
                    row["participant_id"],
                    show=showing(person=row["participant_id"], workshop=row["workshop_id"]),
                ),
                text_cell(names.get(row["workshop_id"], row["workshop_id"])),
                _optional(row["longest_words"]),
                number_cell(row["words"]),
                Cell(
                    "not defined"
                    if row["share_of_words"] is None
                    else percent(row["share_of_words"], 1),
                    row["share_of_words"] and round(row["share_of_words"], 6),
                ),
            )
            for row in records(top)
        ),
        file="speakers",
    )


def _evenness(facts: Facts) -> Table:
    names = facts.workshop_names
    found = {
        row["workshop_id"]: row
        for row in facts.participation("workshop")
        if row["words"] is not None and shown(facts.told(row, "people"))
    }
    return Table(
        "evenness-table",
        "How evenly the people of each workshop shared its words.",
        ("Workshop", "People who spoke", "Turns", "Words", "Evenness, 0 to 1"),
        tuple(
            (
                text_cell(names[workshop], show=showing(workshop=workshop)),
                number_cell(found[workshop]["people"]),
                number_cell(found[workshop]["turns"]),
                number_cell(found[workshop]["words"]),
                Cell("not defined: fewer than two people spoke")
                if found[workshop]["evenness"] is None
                else Cell(
                    f"{found[workshop]['evenness']:.2f}", round(found[workshop]["evenness"], 4)
                ),
            )
            for workshop in facts.workshops_shown
            if workshop in found
        ),
        file="participation",
        note=(
            "Evenness is 1 where everybody said equally many words, and nears 0 where one person "
            "said nearly all (Pielou 1966). "
            + (
                "Workshops in which few people spoke are not shown. "
                if facts.edition.public
                else ""
            )
            + facts.workshops_note
        ).strip(),
    )


def _emphasis(facts: Facts) -> tuple[Emphasis, ...]:
    leaves = {code.id for code in facts.leaves()}
    frame = facts.inputs.role_emphasis
    strong = frame[
        (frame["difference"] > 0) & (frame["segments"] >= _SEGMENTS) & (frame["people"] >= _PEOPLE)
    ]
    rows = [row for row in records(strong) if row["code_id"] in leaves]
    rows.sort(key=lambda row: (-row["difference"], row["code_id"]))
    found = []
    for role in facts.roles:
        points = [
            (
                str(row["name"]),
                facts.link(row["code_id"]),
                f"{percent(row['segments'], row['of_segments'])} of the role’s segments "
                f"({number(row['segments'])} of {number(row['of_segments'])}, from "
                f"{count(facts.edition.people_few(row['people']), 'person')}), against "
                f"{percent(row['other_segments'], row['other_of_segments'])} of everybody else’s "
                f"({number(row['other_segments'])} of {number(row['other_of_segments'])})",
            )
            for row in rows
            if row["role"] == role
        ][:_MOST_EMPHASES]
        if points:
            found.append(Emphasis(_role(role), tuple(points)))
    return tuple(found)


def _optional(value: float | None) -> Cell:
    return text_cell("not defined") if value is None else number_cell(value)
