"""What comes together, and what is rare but widely shared."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from commonthread.report.blocks import (
    Chart,
    Quote,
    Table,
    number_cell,
    share_cell,
    showing,
    text_cell,
)
from commonthread.report.charts import Balloon, Bar, balloons, bars
from commonthread.report.facts import Facts, records
from commonthread.report.overview import breadth
from commonthread.report.quoting import Quoter
from commonthread.report.withheld import shown
from commonthread.report.wording import count, number, of, percent, plural

_MOST_PAIRS = 10
_MOST_CODES = 12

# What "widely shared" means on the page, and in the sentence that says so.
_PEOPLE, _SHARE_OF_WORKSHOPS = 3, 0.5


@dataclass(frozen=True)
class RarePoint:
    """A code that came up seldom, yet from several people across workshops."""

    name: str
    href: str
    how_often: str
    quote: Quote | None


@dataclass(frozen=True)
class Together:
    """What the two sections say."""

    aspects: Chart | None
    pairs: Chart | None
    rare: tuple[RarePoint, ...]
    rare_rule: str


def together(facts: Facts, quoter: Quoter, quoted: dict[str, list[str]]) -> Together:
    """Find what comes together and what is rare but widely shared."""
    return Together(_aspects(facts), _pairs(facts), *_rare(facts, quoter, quoted))


def _aspects(facts: Facts) -> Chart | None:
    """Show how the segments of each code divide over the aspects."""
    aspects = facts.codebook.aspects
    frame = facts.shown.cooccurrence
    both = {
        (pair["code_a"], pair["code_b"]): facts.told(pair, "segments_both")
        for pair in records(frame[frame["kind"] == "code and aspect"])
    }
    codes = sorted(
        (code for code in facts.leaves() if facts.count(code.id).segments),
        key=lambda code: (-facts.count(code.id).people, -facts.count(code.id).segments),
    )
    if facts.edition.public:
        codes = [
            code
            for code in codes
            if any(shown(both.get((code.id, each.id), 0)) for each in aspects)
        ]
    drawn = codes[:_MOST_CODES]
    if not aspects or not codes or not both:
        return None
    cells, parts = {}, {}
    for row, code in enumerate(codes):
        total = facts.count(code.id).segments
        for column, aspect in enumerate(aspects):
            part = both.get((code.id, aspect.id), 0)
            hover = f"{code.name}, {aspect.name}: {of(part, total, 'segment')}"
            cells[row, column] = Balloon(int(part), number(part) if shown(part) else "–", hover)
            parts[row, column] = part
    title = "What kind of thing was said about each code"
    table = Table(
        "aspects-table",
        f"{title}: segments of the code that also have the aspect. A segment can have several "
        "aspects, or none.",
        ("Code", "Segments", *(aspect.name for aspect in aspects)),
        tuple(
            (
                text_cell(code.name, facts.link(code.id)),
                number_cell(facts.count(code.id).segments, show=showing(code=code.id)),
                *(
                    number_cell(parts[row, column], show=showing(code=code.id, aspect=aspect.id))
                    for column, aspect in enumerate(aspects)
                ),
            )
            for row, code in enumerate(codes)
        ),
        file="cooccurrence",
    )
    top, most = max(cells, key=lambda at: (cells[at].value, -at[0], -at[1]))
    sure = all(shown(part) for part in parts.values())
    summary = (
        f"Most often{'' if sure else ', of the numbers shown,'} {aspects[most].name} comes "
        f"together with {codes[top].name} ({count(parts[top, most], 'segment')})."
    )
    if not sure:
        summary += (
            " A dash stands where a number is not shown, because it is small or would give a small "
            "one away; codes without any number are left out."
        )
    if len(drawn) < len(codes):
        summary += (
            f" Drawn are the {number(len(drawn))} codes that most people raised; the table has all "
            f"{number(len(codes))}."
        )
    figure = balloons(
        [code.name for code in drawn],
        [aspect.name for aspect in aspects],
        {key: cell for key, cell in cells.items() if key[0] < len(drawn)},
        [[facts.colour(code)] * len(aspects) for code in drawn],
    )
    return Chart("chart-aspects", title, summary, figure, table, first=2)


def _pairs(facts: Facts) -> Chart | None:
    """Show the pairs of codes that most often stand on one segment."""
    names = {code.id: code.name for code in facts.codebook.codes}
    leaves = {code.id for code in facts.leaves()}
    frame = facts.shown.cooccurrence
    frame = frame[(frame["kind"] == "codes") & (frame["segments_both"].fillna(0) > 1)]
    rows = [row for row in records(frame) if {row["code_a"], row["code_b"]} <= leaves]
    rows.sort(key=lambda row: (-row["segments_both"], row["code_a"], row["code_b"]))
    rows = rows[:_MOST_PAIRS]
    if not rows:
        return None

    def label(row: dict[str, object]) -> str:
        return f"{names[str(row['code_a'])]} + {names[str(row['code_b'])]}"

    title = "Codes that come together most often"
    table = Table(
        "pairs-table",
        f"{title}: segments with both codes.",
        ("Codes", "Segments with both", "With the first", "With the second", "Share of either"),
        tuple(
            (
                text_cell(label(row)),
                number_cell(
                    row["segments_both"],
                    show=showing(**{"code": row["code_a"], "and": row["code_b"]}),
                ),
                number_cell(row["segments_a"]),
                number_cell(row["segments_b"]),
                share_cell(
                    row["segments_both"],
                    row["segments_a"] + row["segments_b"] - row["segments_both"],
                    percent(
                        row["segments_both"],
                        row["segments_a"] + row["segments_b"] - row["segments_both"],
                    ),
                ),
            )
            for row in rows
        ),
        file="cooccurrence",
        note="“Share of either” is the segments with both, of the segments with one or both."
        + (
            " Codes whose number together is withheld are left out." if facts.edition.public else ""
        ),
    )
    first = rows[0]
    return Chart(
        "chart-pairs",
        title,
        f"{names[first['code_a']]} and {names[first['code_b']]} stand together on "
        f"{count(first['segments_both'], 'segment')}.",
        bars(
            [
                Bar(
                    label(row),
                    row["segments_both"],
                    number(row["segments_both"]),
                    facts.colours[""],
                )
                for row in rows
            ],
            "Segments with both codes",
        ),
        table,
    )


def _rare(
    facts: Facts, quoter: Quoter, quoted: dict[str, list[str]]
) -> tuple[tuple[RarePoint, ...], str]:
    counts = [facts.count(code.id) for code in facts.leaves()]
    found = [each for each in counts if each.segments]
    if not found:
        return (), ""
    # Of numbers that are shown, so that it gives none away that is not.
    known = [each.segments for each in found if shown(each.segments)]
    if not known:
        return (), ""
    middle = median(known)
    least = facts.edition.fewest(_PEOPLE)
    names = {code.id: code.name for code in facts.codebook.codes}
    rare = [
        each
        for each in found
        if each.segments <= middle
        and not each.one_voice
        and not each.few_voices
        and each.people >= least
        and each.roles >= min(2, each.of_roles)
        and each.workshops >= _SHARE_OF_WORKSHOPS * each.of_workshops
    ]
    rare.sort(key=lambda each: (-each.people / each.segments, each.segments, each.code_id))
    points = []
    for each in rare[:_MOST_PAIRS]:
        first = quoted.get(each.code_id, [])[:1]
        points.append(
            RarePoint(
                names[each.code_id],
                facts.link(each.code_id),
                f"{count(each.segments, 'segment').capitalize()}, from {breadth(each, facts.edition.roles)}.",
                quoter.quote(first[0], each.code_id) if first else None,
            )
        )
    came_up = "that came up" if len(known) == len(found) else "whose number is shown"
    rule = (
        f"Listed are codes with at most {number(middle)} {plural('segment', int(middle))} (half of all codes "
        f"{came_up} have no more), raised by at least {least} people, in at least half of "
        "the workshops, by more than one role where several spoke, and not carried by one voice."
    )
    return tuple(points), rule
