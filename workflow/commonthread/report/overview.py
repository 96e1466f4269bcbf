"""The opening of a report: what was analysed, the main threads, how sure one can be."""

from __future__ import annotations

from dataclasses import dataclass

from commonthread.report.blocks import (
    Cell,
    Chart,
    Table,
    number_cell,
    share_cell,
    showing,
    text_cell,
)
from commonthread.report.charts import Bar, bars
from commonthread.report.corrected import checked_words
from commonthread.report.facts import Count, Facts, records
from commonthread.report.withheld import all_known, shown
from commonthread.report.wording import (
    count,
    in_sentence,
    number,
    of,
    percent,
    plural,
    share,
    words_list,
)

# Fewer segments than this carry no general statement, and the page says so.
_FEW_SEGMENTS = 100


@dataclass(frozen=True)
class Thread:
    """One of the main threads: a theme, where it is described, and what stands out in it."""

    name: str
    href: str
    summary: str
    detail: str


@dataclass(frozen=True)
class Figure:
    """A number worth seeing at once, and what it counts."""

    value: str
    label: str


@dataclass(frozen=True)
class Overview:
    """What the opening says."""

    figures: tuple[Figure, ...]
    analysed: tuple[str, ...]
    threads: tuple[Thread, ...]
    chart: Chart
    sure: tuple[str, ...]
    uncoded: str


def overview(facts: Facts) -> Overview:
    """Put together the opening of the report."""
    themes = sorted(
        facts.codebook.themes,
        key=lambda theme: (-facts.count(theme.id).people, -facts.count(theme.id).segments),
    )
    return Overview(
        figures=_figures(facts),
        analysed=_analysed(facts),
        threads=tuple(_thread(facts, theme.id, theme.name) for theme in themes),
        chart=_chart(facts),
        sure=_sure(facts),
        uncoded=_uncoded(facts),
    )


def breadth(found: Count, roles: bool = True) -> str:
    """Say how widely a code was found: people, workshops and roles, each with its denominator.

    Roles only where the edition tells how many.
    """
    if not found.people:
        where = of(found.workshops, found.of_workshops, "workshop")
        return f"only in notes, from {where}"
    return f"{_people(found)}, in {of(found.workshops, found.of_workshops, 'workshop')}" + (
        f" and {of(found.roles, found.of_roles, 'role')}" if roles else ""
    )


def segments_from(found: Count) -> str:
    """Say beside a bar how many segments, and from how many people."""
    if not shown(found.segments):
        return number(found.segments)
    return f"{number(found.segments)} from {count(found.people, 'person')}"


def _people(found: Count) -> str:
    if not shown(found.people, found.of_people):
        return count(found.people, "person") if shown(found.of_people) else "people who spoke"
    if found.people == found.of_people:
        return f"all {number(found.of_people)} {plural('person', found.of_people)} who spoke"
    return f"{number(found.people)} of the {number(found.of_people)} people who spoke"


def _figures(facts: Facts) -> tuple[Figure, ...]:
    inputs = facts.inputs
    read = inputs.sources[inputs.sources["status"] == "read"]
    people = spoke(facts)
    workshops, words = len(inputs.workshops), int(read["words"].sum())
    return (
        Figure(number(workshops), plural("workshop", workshops)),
        Figure(number(people), f"{plural('person', people)} who spoke"),
        Figure(number(len(read)), f"{plural('file', len(read))} read"),
        Figure(number(words), plural("word", words)),
    )


def spoke(facts: Facts) -> int:
    """Give how many people spoke in all."""
    return next((facts.told(row, "people") for row in facts.participation("all")), 0)


def _analysed(facts: Facts) -> tuple[str, ...]:
    inputs = facts.inputs
    read = inputs.sources[inputs.sources["status"] == "read"]
    refused = len(inputs.sources) - len(read)
    notes = int((read["kind"] == "notes").sum())
    roles = words_list(role_people(facts))
    first = (
        f"This report is about {count(len(inputs.workshops), 'workshop')}. "
        f"{count(spoke(facts), 'person').capitalize()} spoke" + (f": {roles}." if roles else ".")
    )
    files = (
        f"{of(len(read), len(inputs.sources), 'file').capitalize()} {plural('was', len(read))} read"
    )
    if notes:
        files += (
            f", {number(notes)} of them notes, which have no speakers and are kept apart from talk"
        )
    files += "."
    if refused:
        files += f" {count(refused, 'file').capitalize()} could not be read and so {plural('is', refused)} missing from every number here."
    second = (
        f"What was said and written was cut into {count(len(inputs.segments), 'segment')}: "
        "short stretches of one person’s talk, or of a note, each about long enough for one idea. "
        f"Each segment was compared with the codebook “{facts.codebook.title}”: "
        "a list of themes and codes, with words and phrases that point to each."
    )
    return first, files, second


def role_people(facts: Facts) -> list[str]:
    """Say how many people of each role spoke; nothing if not all numbers are shown."""
    people = facts.people_by_role
    if not shown(*people.values()):
        return []
    return [
        f"{number(people[role])} of role “{role}”"
        if role == "not given"
        else count(people[role], in_sentence(role))
        for role in people
    ]


def _thread(facts: Facts, theme_id: str, name: str) -> Thread:
    found = facts.count(theme_id)
    if not found.segments:
        return Thread(name, facts.link(theme_id), "was not found in any segment.", "")
    summary = (
        f"came up in {share(found.segments, found.of_segments)} of the segments "
        f"({number(found.segments)} of {number(found.of_segments)}), from {breadth(found, facts.edition.roles)}."
    )
    codes = sorted(
        (
            code
            for code in facts.leaves(theme_id)
            if facts.count(code.id).segments and shown(facts.count(code.id).people)
        ),
        key=lambda code: (
            -facts.count(code.id).people,
            -facts.count(code.id).workshops,
            -facts.count(code.id).segments,
        ),
    )[:3]
    detail = ""
    if codes:
        named = words_list(
            f"{code.name} ({count(facts.count(code.id).people, 'person')})" for code in codes
        )
        detail = f"Raised by most people: {named}."
    return Thread(name, facts.link(theme_id), summary, detail)


def _chart(facts: Facts) -> Chart:
    themes = facts.codebook.themes
    found = [facts.count(theme.id) for theme in themes]
    rows = [
        Bar(
            theme.name,
            int(each.segments),
            segments_from(each),
            facts.colours[theme.id],
        )
        for theme, each in zip(themes, found, strict=True)
    ]
    total = found[0].of_segments if found else 0
    table = Table(
        id="themes-table",
        caption=f"Each theme: segments, and how widely it was raised. {_denominator(found)}",
        columns=(
            *("Theme", "Segments", "Share of segments", "People", "Workshops"),
            *(["Roles"] if facts.edition.roles else []),
        ),
        rows=tuple(
            (
                text_cell(theme.name, facts.link(theme.id)),
                number_cell(each.segments, show=showing(theme=theme.id)),
                *breadth_cells(facts, each),
            )
            for theme, each in zip(themes, found, strict=True)
        ),
        file="frequencies",
        note="A segment can belong to several themes, so shares can add up to more than 100%.",
    )
    most = max(zip(themes, found, strict=True), key=lambda pair: pair[1].segments, default=None)
    summary = "No segment belongs to a theme."
    if most and most[1].segments:
        sure = all_known(*(each.segments for each in found))
        summary = (
            f"The theme {'' if sure else 'shown '}with most segments is {most[0].name}: "
            f"{number(most[1].segments)} of {number(total)}. A segment can belong to several themes."
        )
    return Chart(
        "chart-themes",
        "How often each theme came up",
        summary,
        bars(rows, f"Segments, of {number(total)}", total or None),
        table,
    )


def _denominator(found: list[Count]) -> str:
    words = next((each.denominator for each in found if each.denominator), "")
    return f"Shares are {words}." if words else ""


def _sure(facts: Facts) -> tuple[str, ...]:
    kinds = set(facts.inputs.codings["coder_kind"].unique())
    said = []
    if kinds <= {"dictionary"}:
        said.append(
            "The coding was done by a dictionary: a computer looked for listed words and phrases. "
            "Nobody has checked its work in this study. What is counted are segments in which "
            "listed words occur, and these counts are not corrected. The dictionary misses what "
            "people said in other words, and catches listed words that were meant otherwise."
        )
    else:
        said.append(
            "Some segments were coded by people and others by a computer; where both coded a "
            "segment, the people’s decision counts. The counts are not corrected for what the "
            "computer misses or catches wrongly."
        )
    checked = checked_words(facts)
    if checked:
        said.append(checked)
    said.append(
        "A number here is not a measure of importance. What is said often may be easy to say, "
        "and what matters most may be said once, or not at all. So each number comes with how "
        "many people, workshops and roles it rests on, and with people’s own words."
    )
    said.append(
        "The counts describe what was said in these workshops, by these people. They do not show "
        "what other people would say, nor what anybody was thinking."
    )
    if len(facts.inputs.segments) < _FEW_SEGMENTS:
        said.append(
            f"There {plural('is', len(facts.inputs.segments))} only "
            f"{count(len(facts.inputs.segments), 'segment')}: too few to compare groups. "
            "Please read them rather than count them."
        )
    return tuple(said)


def _uncoded(facts: Facts) -> str:
    total, none = not_coded(facts)
    if not total:
        return ""
    if not shown(none):
        return "How many segments have no code of any theme is not shown."
    return (
        f"{share(none, total).capitalize()} of the segments "
        f"({number(none)} of {number(total)}) "
        f"{plural('has', none)} no code of any theme."
    )


def not_coded(facts: Facts) -> tuple[int, int]:
    """Give how many segments there are, and how many of them have no code of any theme."""
    frame = facts.shown.coverage
    every = next(iter(records(frame[frame["group"] == "all"])), None)
    if every is None:
        return 0, 0
    return facts.told(every, "segments"), facts.told(every, "not_coded")


def breadth_cells(facts: Facts, found: Count) -> tuple[Cell, ...]:
    """Give the cells of a table that say how often and how widely something came up.

    They are the share of segments, people, workshops and, where the edition tells them, roles.
    """
    cells = (
        share_cell(found.segments, found.of_segments, percent(found.segments, found.of_segments)),
        number_cell(found.people, f"{found.people:,} of {found.of_people:,}"),
        number_cell(found.workshops, f"{found.workshops:,} of {found.of_workshops:,}"),
    )
    if not facts.edition.roles:
        return cells
    return (*cells, number_cell(found.roles, f"{found.roles:,} of {found.of_roles:,}"))
