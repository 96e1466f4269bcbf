"""Puts a report together into one file that needs nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from commonthread.report.agreed import quoter as quoter_of
from commonthread.report.blocks import Chart
from commonthread.report.by_group import themes_by_role, themes_by_workshop
from commonthread.report.classifier import Card, classifier_card
from commonthread.report.corrected import Corrected, corrected
from commonthread.report.edition import Edition
from commonthread.report.explorer import Explorer, explorer
from commonthread.report.facts import Facts
from commonthread.report.inputs import ReportInputs
from commonthread.report.methods import Methods, methods
from commonthread.report.overview import Overview, overview
from commonthread.report.packing import pack
from commonthread.report.people_coding import (
    CodedByPeople,
    coded_by_people,
    differing_segments,
)
from commonthread.report.plotly_js import plotly
from commonthread.report.power import Power, power
from commonthread.report.provenance import Provenance, provenance
from commonthread.report.rendering import Pageable, Parts, render, write_whole
from commonthread.report.summaries import Summary, summaries
from commonthread.report.talk import Talk, talk
from commonthread.report.themes import (
    CodeBlock,
    ThemeBlock,
    code_block,
    quoted_segments,
    theme_blocks,
)
from commonthread.report.together import Together, together
from commonthread.report.uncoded import Uncoded, sampled_segments, uncoded

_HERE = Path(__file__).parent
_SCRIPTS = (
    "page.js",
    "wording.js",
    "word_search.js",
    "explorer_data.js",
    "explorer_words.js",
    "explorer.js",
    "charts.js",
    "chart_steps.js",
)
_PARTS = Parts(
    styles=(_HERE / "page.css", _HERE / "explorer.css"),
    scripts=tuple(_HERE / name for name in _SCRIPTS),
    plotly=True,
)


@dataclass(frozen=True)
class ReportPage(Pageable):
    """What the template of the report gets."""

    edition: Edition
    overview: Overview
    themes: tuple[ThemeBlock, ...]
    by_role: Chart | None
    by_workshop: Chart | None
    power: Power | None
    together: Together
    aspects: tuple[CodeBlock, ...]
    summaries: tuple[Summary, ...]
    corrected: Corrected | None
    people: CodedByPeople | None
    classifier: Card | None
    talk: Talk
    uncoded: Uncoded
    provenance: Provenance
    methods: Methods | None
    explorer: Explorer | None
    consent: str
    data_folder: str
    index: str
    date: str

    def charts(self) -> tuple[Chart, ...]:
        """Give all charts of the page, each with an id of its own."""
        found = [
            self.overview.chart,
            self.by_role,
            self.by_workshop,
            *(theme.chart for theme in self.themes),
            *((self.power.chart, self.power.by_role) if self.power else ()),
            self.together.aspects,
            self.together.pairs,
            self.talk.roles,
            self.talk.by_workshop,
            *((self.corrected.themes, self.corrected.codes) if self.corrected else ()),
            self.people.basis if self.people else None,
            self.uncoded.by_workshop,
        ]
        return tuple(chart for chart in found if chart is not None)


def write_report(inputs: ReportInputs, path: Path, edition: Edition | None = None) -> None:
    """Write the report as one HTML file, whole or not at all; for the team if no edition is given.

    The file asks for nothing outside itself. The same inputs give the same bytes.
    """
    page = report_page(inputs, edition)
    figures = {chart.id: chart.figure for chart in page.charts()}
    code = plotly()
    written = json.dumps(figures, separators=(",", ":"), allow_nan=False)
    packed = {"figures": pack(written.encode()), "plotly": code.packed}
    leading = {}
    if page.explorer:
        packed["segments-data"] = page.explorer.packed
        # Only then does anything lead to segments, and say which.
        leading["leads"] = script_json({chart.id: leads(chart) for chart in page.charts()})
    html = render(
        "report.html",
        page,
        _PARTS,
        styles=code.styles,
        **leading,
    )
    write_whole(path, html, packed)


def report_page(inputs: ReportInputs, edition: Edition | None = None) -> ReportPage:
    """Work out everything that the report says in an edition."""
    facts = Facts(inputs, edition)
    quoted = quoted_segments(facts)
    sample = sampled_segments(facts)
    differing = differing_segments(facts)
    quoter = quoter_of(facts, [*sample, *differing, *(id for ids in quoted.values() for id in ids)])
    return ReportPage(
        title=f"Common threads: {inputs.study}",
        study=inputs.study,
        invented=inputs.invented,
        edition=facts.edition,
        overview=overview(facts),
        themes=theme_blocks(facts, quoter, quoted),
        by_role=themes_by_role(facts),
        by_workshop=themes_by_workshop(facts),
        power=power(facts),
        together=together(facts, quoter, quoted),
        aspects=tuple(
            code_block(facts, quoter, quoted, aspect, 3) for aspect in facts.codebook.aspects
        ),
        summaries=summaries(facts),
        corrected=corrected(facts),
        people=coded_by_people(facts, quoter, differing),
        classifier=classifier_card(facts),
        talk=talk(facts),
        uncoded=uncoded(facts, quoter, sample),
        provenance=provenance(facts),
        # What people have still to write is nothing for the public.
        methods=methods(facts) if facts.edition.drafts else None,
        explorer=explorer(facts) if facts.edition.explorer else None,
        consent=_consent(facts),
        data_folder="" if facts.edition.public else inputs.data_folder,
        index="" if facts.edition.public else inputs.index,
        date=inputs.run["date"],
    )


def leads(chart: Chart) -> dict[str, Any]:
    """Say which part of a chart leads to which segments: by rows, and in these by columns."""
    (trace,), layout = chart.figure["data"], chart.figure["layout"]
    last, first = layout["yaxis"]["range"]
    start, end = layout["xaxis"]["range"]
    rows, columns = round(last - first), round(end - start)
    cells = [[cell.show for cell in row[chart.first :]] for row in chart.table.rows]
    if trace["type"] == "bar":
        # A row of the table stands for one bar or several.
        each, columns = max(rows // max(len(cells), 1), 1), 1
        whole = [[cell.show for cell in row if cell.show][:1] for row in chart.table.rows]
        cells = [(show or [""]) for show in whole for _ in range(each)]
    return {
        "shows": [show for row in cells[:rows] for show in row[:columns]],
        "rows": rows,
        "columns": columns,
        "margin": {side: layout["margin"][side] for side in "lrtb"},
    }


def script_json(value: Any) -> Markup:
    """Give ``value`` as JSON that can stand in a script element whatever words it holds."""
    written = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return Markup(written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _consent(facts: Facts) -> str:
    given = facts.inputs.participants["consent"].dropna()
    if facts.edition.public:
        return (
            "Only people who agreed to be quoted are quoted. A role stands beside their words "
            "where they agreed to that too, and where it is not a role of few people."
            if facts.agreed
            else "Nobody is recorded as having agreed to be quoted, so there are no quotes."
        )
    if any(consent not in ("", "none") for consent in given):
        return (
            "Beside a quote stands what its speaker agreed to. Where nothing stands, nobody has "
            "recorded an agreement: please do not pass the quote on."
        )
    return (
        "No participant is recorded as having agreed to be quoted. Please do not pass quotes on "
        "outside the team."
    )
