"""Theme by theme: what each code means, how often and how widely it came up, and the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonthread.report.blocks import (
    Cell,
    Chart,
    Quote,
    Table,
    number_cell,
    share_cell,
    showing,
    text_cell,
)
from commonthread.report.charts import Balloon, Bar, balloons, bars
from commonthread.report.facts import Count, Facts, theme_anchor
from commonthread.report.overview import breadth, segments_from
from commonthread.report.quoting import Quoter
from commonthread.report.withheld import shown
from commonthread.report.wording import anchor, count, number, of, percent, plural, words_list

if TYPE_CHECKING:
    from commonthread.codebook import Code

# Quotes of a code that the page holds; the first ones are shown at once.
MOST_QUOTES = 6
SHOWN_QUOTES = 2

# Stands in a chart where there is no number to show.
_NOTHING, _HIDDEN = "–", "not shown"


@dataclass(frozen=True)
class CodeBlock:
    """What the report says of one code; ``level`` is the level of its heading."""

    id: str
    name: str
    level: int
    plain: str
    definition: str
    use_when: str
    not_when: str
    principles: tuple[str, ...]
    questions: tuple[str, ...]
    found: bool
    how_often: str
    show: str
    caution: str
    notes: str
    quotes: tuple[Quote, ...]
    more_quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class ThemeBlock:
    """What the report says of one theme: its own block, its codes, and its charts."""

    theme: CodeBlock
    chart: Chart | None
    codes: tuple[CodeBlock, ...]
    absent: str


def quoted_segments(facts: Facts) -> dict[str, list[str]]:
    """Give the ids of the segments to quote under each code, best first.

    Where an edition quotes only people who agreed, others are passed over.
    """
    frame = facts.inputs.quotes.sort_values(["code_id", "rank"])
    if facts.edition.consents is not None:
        frame = frame[frame["segment_id"].isin(facts.agreed)]
    return {
        str(code_id): [str(id) for id in group][:MOST_QUOTES]
        for code_id, group in frame.groupby("code_id", sort=False)["segment_id"]
    }


def theme_blocks(
    facts: Facts, quoter: Quoter, quoted: dict[str, list[str]]
) -> tuple[ThemeBlock, ...]:
    """Describe every theme with its codes, in the order of the codebook."""
    return tuple(_theme(facts, quoter, quoted, theme) for theme in facts.codebook.themes)


def code_block(
    facts: Facts, quoter: Quoter, quoted: dict[str, list[str]], code: Code, level: int
) -> CodeBlock:
    """Describe one code."""
    found = facts.count(code.id)
    own = quoted.get(code.id, [])
    if facts.codebook.children(code.id):
        # What belongs to a code under this one is quoted there.
        own = [segment_id for segment_id in own if quoter.only_here(segment_id, code.id)]
    quotes = tuple(quoter.quote(segment_id, code.id) for segment_id in own)
    plain, definition = code.plain.strip(), code.definition.strip()
    return CodeBlock(
        id=theme_anchor(code.id),
        name=code.name,
        level=level,
        plain=plain or definition,
        definition=definition if plain else "",
        use_when=code.use_when,
        not_when=code.not_when,
        principles=tuple(
            facts.codebook.principles.get(principle, principle) for principle in code.principles
        ),
        questions=tuple(code.questions),
        found=bool(found.segments),
        how_often=_how_often(found, facts.edition.roles),
        show=_show(code) if found.segments else "",
        caution=_caution(found),
        notes=_notes(found),
        quotes=quotes[:SHOWN_QUOTES],
        more_quotes=quotes[SHOWN_QUOTES:],
    )


def codes_table(facts: Facts, codes: Sequence[Code], id: str, caption: str) -> Table:
    """Put codes side by side: how often, how widely, and whether one voice carries them."""
    found = [facts.count(code.id) for code in codes]
    voices = facts.edition.people
    return Table(
        id=id,
        caption=caption,
        columns=(
            "Code",
            "Segments",
            "Share of segments",
            "People",
            "Workshops",
            *(["Roles"] if facts.edition.roles else []),
            *(["Mostly one person"] if voices else []),
        ),
        rows=tuple(
            (
                text_cell(code.name, facts.link(code.id)),
                number_cell(each.segments, show=_show(code)),
                share_cell(
                    each.segments, each.of_segments, percent(each.segments, each.of_segments)
                ),
                number_cell(each.people, f"{each.people:,} of {each.of_people:,}"),
                number_cell(each.workshops, f"{each.workshops:,} of {each.of_workshops:,}"),
                *(
                    [number_cell(each.roles, f"{each.roles:,} of {each.of_roles:,}")]
                    if facts.edition.roles
                    else []
                ),
                *([text_cell("yes" if each.one_voice else "no")] if voices else []),
            )
            for code, each in zip(codes, found, strict=True)
        ),
        file="frequencies",
    )


def codes_bars(facts: Facts, codes: Sequence[Code]) -> list[Bar]:
    """Give a bar for each code: its segments, with how many people said it."""
    return [
        Bar(
            code.name,
            int(facts.count(code.id).segments),
            segments_from(facts.count(code.id)),
            facts.colour(code),
            hatched=facts.count(code.id).one_voice,
        )
        for code in codes
    ]


def by_role_chart(facts: Facts, codes: Sequence[Code], id: str, title: str) -> Chart | None:
    """Show which share of each role's segments belongs to each code; nothing for a single role."""
    roles = facts.roles
    if len(roles) < 2 or not codes:
        return None
    cells = {
        (row, column): _balloon(facts.by_role.get((role, code.id)), role, code.name)
        for row, code in enumerate(codes)
        for column, role in enumerate(roles)
    }
    table = Table(
        id=id + "-table",
        caption=f"{title}: segments with the code, of all segments of the role.",
        columns=("Code", *roles),
        rows=tuple(
            (
                text_cell(code.name, facts.link(code.id)),
                *(
                    _group_cell(facts.by_role.get((role, code.id)), _show(code, role=role))
                    for role in roles
                ),
            )
            for code in codes
        ),
        file="frequencies",
    )
    figure = balloons(
        [code.name for code in codes],
        roles,
        cells,
        [[facts.colour(code)] * len(roles) for code in codes],
    )
    best = max(cells, key=lambda key: (cells[key].value, -key[0], -key[1]))
    summary = (
        f"Of all shares {'shown ' if facts.edition.public else ''}the largest is {codes[best[0]].name} for the role “{roles[best[1]]}”: "
        f"{_part(facts.by_role[roles[best[1]], codes[best[0]].id])}."
        if cells[best].value
        else "No role said anything that belongs to these codes."
        if not facts.edition.public
        else "No share is shown."
    )
    if not any(cell.text != _NOTHING for cell in cells.values()):
        return None
    return Chart(id, title, _with_note(summary, cells), figure, table)


def by_workshop_chart(facts: Facts, codes: Sequence[Code], id: str, title: str) -> Chart | None:
    """Show which share of each workshop's segments belongs to each code."""
    workshops = facts.workshops_shown
    if len(workshops) < 2 or not codes:
        return None
    names = facts.workshop_names
    cells = {
        (row, column): _balloon(
            facts.by_workshop.get((workshop, code.id)), names[workshop], code.name
        )
        for row, workshop in enumerate(workshops)
        for column, code in enumerate(codes)
    }
    table = Table(
        id=id + "-table",
        caption=f"{title}: segments with the code, of all segments of the workshop.",
        columns=("Workshop", *(code.name for code in codes)),
        rows=tuple(
            (
                text_cell(names[workshop]),
                *(
                    _group_cell(
                        facts.by_workshop.get((workshop, code.id)), _show(code, workshop=workshop)
                    )
                    for code in codes
                ),
            )
            for workshop in workshops
        ),
        file="frequencies",
        note=facts.workshops_note,
    )
    figure = balloons(
        [str(names[workshop]) for workshop in workshops],
        [code.name for code in codes],
        cells,
        [[facts.colour(code) for code in codes]] * len(workshops),
    )
    ranges = []
    for column, code in enumerate(codes):
        column_cells = sorted(
            (
                cells[row, column]
                for row in range(len(workshops))
                if cells[row, column].text != _NOTHING
            ),
            key=lambda cell: cell.value,
        )
        if column_cells:
            lowest, highest = column_cells[0].text, column_cells[-1].text
            ranges.append(f"for {code.name} from {lowest} to {highest}")
    if not ranges:
        return None
    summary = f"The share of a workshop’s segments ranges {words_list(ranges)}."
    summary = _with_note(f"{summary} {facts.workshops_note}".strip(), cells)
    return Chart(id, title, summary, figure, table)


def _theme(facts: Facts, quoter: Quoter, quoted: dict[str, list[str]], theme: Code) -> ThemeBlock:
    below = [
        code for code in facts.codebook.codes if code.theme == theme.id and code.id != theme.id
    ]
    level = {theme.id: 3}
    for code in below:
        level[code.id] = level.get(code.parent or theme.id, 3) + 1
    found = [code for code in below if facts.count(code.id).segments]
    absent = [code.name for code in facts.leaves(theme.id) if not facts.count(code.id).segments]
    # Most widely shared first, as in the draft tables: volume alone says little.
    leaves = sorted(
        (code for code in facts.leaves(theme.id) if code in found),
        key=lambda code: (
            -facts.count(code.id).people,
            -facts.count(code.id).workshops,
            -facts.count(code.id).segments,
        ),
    )
    chart = None
    if leaves:
        title = f"{theme.name}: how often each code came up"
        widest = facts.count(leaves[0].id)
        caption = (
            f"Codes of {theme.name}, raised by most people first. Shares are {widest.denominator}."
        )
        chart = Chart(
            anchor("chart", theme.id),
            title,
            f"Most widely shared is {leaves[0].name}: {count(widest.segments, 'segment')} from "
            f"{count(widest.people, 'person')} in {of(widest.workshops, widest.of_workshops, 'workshop')}."
            + (
                " A hatched bar means that more than half comes from one person."
                if any(facts.count(code.id).one_voice for code in leaves)
                else ""
            ),
            bars(codes_bars(facts, leaves), f"Segments, of {number(widest.of_segments)}"),
            codes_table(facts, leaves, anchor("codes", theme.id), caption),
        )
    return ThemeBlock(
        theme=code_block(facts, quoter, quoted, theme, 3),
        chart=chart,
        codes=tuple(code_block(facts, quoter, quoted, code, level[code.id]) for code in found),
        absent=(
            f"Not found in any segment: {words_list(absent)}. Nobody may have spoken of it, or "
            "they did so in words that the codebook does not list."
            if absent
            else ""
        ),
    )


def _how_often(found: Count, roles: bool) -> str:
    if not found.segments:
        return "Not found in any segment."
    part = percent(found.segments, found.of_segments)
    return (
        f"In {of(found.segments, found.of_segments, 'segment')}"
        f"{f' ({part})' if shown(found.segments) else ''}, from {breadth(found, roles)}."
    )


def _caution(found: Count) -> str:
    if found.few_voices:
        return "It rests on few voices."
    if found.one_voice:
        return "Carried by one voice: more than half of it comes from the same person."
    if found.people == 1:
        return "Only one person spoke of it."
    if found.of_workshops > 1 and found.workshops == 1:
        return "It came up in one workshop only."
    return ""


def _notes(found: Count) -> str:
    if not found.note_segments or not found.talk_segments or not shown(found.note_segments):
        return ""
    return (
        f"{number(found.note_segments)} of these {plural('is', found.note_segments)} "
        "from notes, the others from talk."
    )


def _balloon(found: Count | None, group: str, name: str) -> Balloon:
    if found is None or not found.of_segments:
        return Balloon(0, _NOTHING, f"{group}, {name}: nothing to count")
    if not shown(found.segments, found.of_segments):
        return Balloon(0, _NOTHING, f"{group}, {name}: {_HIDDEN}")
    return Balloon(
        found.segments / found.of_segments,
        percent(found.segments, found.of_segments),
        f"{group}, {name}: {_part(found)}",
    )


def _with_note(summary: str, cells: Mapping[tuple[int, int], Balloon]) -> str:
    """Add what a dash stands for, where numbers are withheld."""
    if any(cell.hover.endswith(_HIDDEN) for cell in cells.values()):
        return f"{summary} A dash stands where a number is not shown because it is small, rests on few people, or would give such a number away."
    return summary


def _part(found: Count) -> str:
    written = percent(found.segments, found.of_segments)
    return f"{of(found.segments, found.of_segments, 'segment')} ({written})"


def _show(code: Code, **group: str) -> str:
    return showing(**{code.dimension: code.id}, **group)


def _group_cell(found: Count | None, show: str) -> Cell:
    if found is None or not found.of_segments:
        return text_cell("nothing to count")
    if not shown(found.segments, found.of_segments):
        return text_cell(_HIDDEN)
    return share_cell(
        found.segments,
        found.of_segments,
        f"{found.segments:,} of {found.of_segments:,} ({percent(found.segments, found.of_segments)})",
        show,
    )


def themes_by_role(facts: Facts) -> Chart | None:
    """Show what share of each role's segments belongs to each theme."""
    return by_role_chart(
        facts, facts.codebook.themes, "chart-themes-roles", "Which role raised which theme"
    )


def themes_by_workshop(facts: Facts) -> Chart | None:
    """Show what share of each workshop's segments belongs to each theme."""
    return by_workshop_chart(
        facts, facts.codebook.themes, "chart-themes-workshops", "The themes in each workshop"
    )
