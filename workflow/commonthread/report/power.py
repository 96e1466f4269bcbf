"""Power: its faces side by side, and who talks about which."""

from __future__ import annotations

from dataclasses import dataclass

from commonthread.report.blocks import Chart
from commonthread.report.by_group import by_role_chart
from commonthread.report.charts import bars
from commonthread.report.facts import Facts
from commonthread.report.overview import breadth
from commonthread.report.themes import codes_bars, codes_table
from commonthread.report.withheld import all_known
from commonthread.report.wording import number, of

# The theme of the codebook whose codes are the faces of power.
THEME = "power"


@dataclass(frozen=True)
class Face:
    """A face of power: what it means in plain words, and how often and widely it came up."""

    name: str
    href: str
    plain: str
    how_often: str


@dataclass(frozen=True)
class Power:
    """What the section on power says."""

    faces: tuple[Face, ...]
    chart: Chart
    by_role: Chart | None


def power(facts: Facts) -> Power | None:
    """Put the faces of power side by side; nothing if the codebook has no such theme."""
    faces = [
        code
        for code in facts.codebook.codes
        if code.parent == THEME and facts.codebook.children(code.id)
    ]
    if len(faces) < 2:
        return None
    most = max(faces, key=lambda face: facts.count(face.id).people)
    widest = facts.count(most.id).people
    total = facts.count(THEME).of_segments
    sure = all_known(*(facts.count(face.id).people for face in faces))
    summary = (
        f"The face that most people {'' if sure else 'are shown to have '}"
        f"{'spoke' if sure else 'spoken'} of is {most.name} "
        f"({of(widest, facts.count(most.id).of_people, 'person')})."
        if int(widest)
        else "No face of power was spoken of by more people than may be shown."
        if widest
        else "Nobody spoke of any face of power."
    )
    return Power(
        faces=tuple(
            Face(
                face.name,
                facts.link(face.id),
                face.plain or face.definition,
                f"{of(facts.count(face.id).segments, total, 'segment').capitalize()}, "
                f"from {breadth(facts.count(face.id), facts.edition.roles)}."
                if facts.count(face.id).segments
                else "Not found in any segment.",
            )
            for face in faces
        ),
        chart=Chart(
            "chart-power-faces",
            "The faces of power, side by side",
            summary,
            bars(codes_bars(facts, faces), f"Segments, of {number(total)}"),
            codes_table(
                facts,
                faces,
                "power-faces",
                f"The faces of power. Shares are {facts.count(THEME).denominator}.",
            ),
        ),
        by_role=by_role_chart(
            facts, faces, "chart-power-roles", "Which role speaks of which face of power"
        ),
    )
