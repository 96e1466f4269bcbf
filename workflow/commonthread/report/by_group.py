"""Themes and codes by role and by workshop, as charts with their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from commonthread.report.blocks import Cell, Chart, Table, share_cell, text_cell
from commonthread.report.charts import Balloon, balloons
from commonthread.report.facts import Count, Facts
from commonthread.report.themes import show_code
from commonthread.report.withheld import shown
from commonthread.report.wording import of, percent, words_list

if TYPE_CHECKING:
    from commonthread.codebook import Code

# Stands in a chart where there is no number to show.
_NOTHING, _HIDDEN = "–", "not shown"


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
                    _group_cell(facts.by_role.get((role, code.id)), show_code(code, role=role))
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
                        facts.by_workshop.get((workshop, code.id)),
                        show_code(code, workshop=workshop),
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
    hidden = any(cell.hover.endswith(_HIDDEN) for cell in cells.values())
    of_shown = ", of those shown," if hidden else ""
    summary = f"The share of a workshop’s segments{of_shown} ranges {words_list(ranges)}."
    summary = _with_note(f"{summary} {facts.workshops_note}".strip(), cells)
    return Chart(id, title, summary, figure, table)


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


def _with_note(summary: str, cells: Mapping[tuple[int, int], Balloon]) -> str:
    """Add what a dash stands for, where numbers are withheld."""
    if any(cell.hover.endswith(_HIDDEN) for cell in cells.values()):
        return f"{summary} A dash stands where a number is not shown because it is small, rests on few people, or would give such a number away."
    return summary


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


def _part(found: Count) -> str:
    written = percent(found.segments, found.of_segments)
    return f"{of(found.segments, found.of_segments, 'segment')} ({written})"


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
