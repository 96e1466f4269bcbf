"""Frequencies corrected by a random sample that people checked; or what such a check would buy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commonthread.audit.differences import LESS, MORE
from commonthread.audit.today import FOUND, LOST
from commonthread.codebook import Code
from commonthread.report.blocks import Cell, Chart, Table, number_cell, text_cell
from commonthread.report.charts import Bar, bars
from commonthread.report.corrected_tables import (
    Row,
    between,
    by_cell,
    by_group,
    compared,
    every_code,
    known,
    outlook,
    rows_by_code,
    share_words,
)
from commonthread.report.facts import Facts, records
from commonthread.report.inputs import Audit
from commonthread.report.wording import count, number, of, plural

# So many codes stand in the chart, and so many clear differences on the page; the tables have all.
MOST_CODES = 20
MOST_DIFFERENCES = 12

_TITLE = "Corrected by a random check"
_PUBLIC = (
    "A random sample of what was said was checked by people, and shares of codes were corrected by it. "
    "They are not in this edition: put together with its counts, they could give small numbers away. "
    "The counts here are not corrected."
)


@dataclass(frozen=True)
class Corrected:
    """What the section says. Without a check, most of it is missing: there is an outlook instead."""

    title: str
    about: tuple[str, ...]
    explained: tuple[str, ...] = ()
    themes: Chart | None = None
    codes: Chart | None = None
    every: Table | None = None
    by_role: Table | None = None
    by_workshop: Table | None = None
    by_cell: Table | None = None
    differences: tuple[str, ...] = ()
    differences_note: str = ""
    compared: tuple[Table, ...] = ()
    outlook: Table | None = None


def corrected(facts: Facts) -> Corrected | None:
    """Put the section together; None where there is nothing to say."""
    audit = facts.inputs.audit
    if audit is None:
        return None
    checked = checked_segments(audit)
    if facts.edition.public:
        return Corrected(_TITLE, (_PUBLIC,)) if checked else None
    whole = rows_by_code(audit.frequencies, "all")
    if not any(known(row["share"]) for row in whole.values()):
        about = tuple(_uncorrected(audit, checked, whole))
        return Corrected("Counts that are not corrected so far", about, outlook=outlook(audit))
    differences, note = _differences(facts, audit)
    return Corrected(
        title=_TITLE,
        about=_about(audit, checked, whole),
        explained=_EXPLAINED,
        themes=_chart(
            facts, whole, facts.codebook.themes, "themes", "How often each theme came up, corrected"
        ),
        codes=_chart(
            facts,
            whole,
            _commonest(whole, facts.leaves()),
            "codes",
            "How often codes came up, corrected",
        ),
        every=every_code(facts, whole),
        by_role=by_group(facts, audit, "role", facts.roles, {role: role for role in facts.roles}),
        by_workshop=by_group(facts, audit, "workshop", facts.workshops_shown, facts.workshop_names),
        by_cell=by_cell(facts, audit),
        differences=differences,
        differences_note=note,
        compared=tuple(compared(facts, audit)),
        outlook=outlook(audit),
    )


def checked_segments(audit: Audit) -> int:
    """Give how many segments of the sample people checked."""
    rows = audit.frequencies
    return int(rows.loc[rows["group"] == "all", "checked"].max()) if len(rows) else 0


def is_corrected(audit: Audit | None) -> bool:
    """Say whether any share of all segments could be corrected."""
    if audit is None:
        return False
    rows = audit.frequencies
    return bool(rows.loc[rows["group"] == "all", "share"].notna().any())


_EXPLAINED = (
    "Where people checked, what they said is taken as right, and the machine’s coding beside it shows "
    "how often it misses and how often it catches wrongly. From that follows how often each code is "
    "there among the segments that nobody checked, and how sure that is. (The model is a hierarchical "
    "beta-binomial one, post-stratified by what the machine says; groups of which little was checked "
    "lean on the others.)",
    "“In these transcripts” is about what was said in these workshops, had people read all of it: the "
    "true share lies between the two ends in about 95 of 100 such checks.",
    "“For people like these” answers another question: what to expect of other people like those who "
    "spoke. It is wider, since a few people may say a thing often. It counts only talk of known "
    "people, and needs at least five of them. (Design-based pseudo-outcomes, Egami and others 2023, "
    "clustered by person.)",
    "Where two people read a segment differently and nobody settled it, either may be right, and the "
    "intervals reach over that. What one person read alone is taken as doubtful as what two read. "
    "Settling differences together makes the intervals narrower.",
)


def _about(audit: Audit, checked: int, whole: dict[str, Row]) -> tuple[str, ...]:
    segments, twice = (
        int(next(iter(whole.values()))[name]) for name in ("of_segments", "checked_twice")
    )
    by_two = "all" if twice == checked else number(twice) if twice else "none"
    said = [
        "Machines miss what was said in other words, and catch words that were meant otherwise. So a "
        "sample was drawn at random from every workshop and role, and people judged it in packs "
        "that do not show what the machine said. By it the machine’s counts are corrected here. "
        f"{of(checked, segments, 'segment').capitalize()} {plural('was', checked)} checked, {by_two} "
        "of them by two people or more.",
        *_sample(audit, checked),
    ]
    if not twice:
        said.append(
            "As only one person read each, the intervals do not know how often people err themselves."
        )
    return tuple(said)


def _sample(audit: Audit, checked: int) -> list[str]:
    """Say what is odd about the sample: lost segments, and those that nobody judged yet."""
    drawn = int((audit.sample["status"] == FOUND).sum())
    lost = int((audit.sample["status"] == LOST).sum())
    said = []
    if checked < drawn:
        said.append(
            f"The sample has {count(drawn, 'segment')}, so {number(drawn - checked)} "
            f"{plural('is', drawn - checked)} still to be judged. Until then the judged ones stand for "
            "them, which is right only if they are not a choice of their own."
        )
    if lost:
        said.append(
            f"{count(lost, 'segment').capitalize()} of the sample {plural('is', lost)} not there any "
            "more, since transcripts changed."
        )
    return said


def _uncorrected(audit: Audit, checked: int, whole: dict[str, Row]) -> Iterable[str]:
    yield (
        "The counts in this report are counts: what people coded as they coded it, and the rest as a "
        "machine did. They are not corrected for what the machine misses or catches wrongly, and so "
        "no intervals stand beside them."
    )
    if not checked:
        yield (
            "A random sample that people check can mend that. To draw one, and to make packs for the "
            "people who judge it, run snakemake audit_pack; how it is done stands in config/README.md."
        )
    else:
        reasons = dict.fromkeys(row["reason"] for row in whole.values() if row["reason"])
        yield (
            f"Of a random sample, {count(checked, 'segment')} {plural('was', checked)} checked by "
            f"people, but that is not enough to correct the counts. {' '.join(reasons)}"
        )
        yield from _sample(audit, checked)


def _commonest(whole: dict[str, Row], codes: Sequence[Code]) -> list[Code]:
    found = [code for code in codes if known(whole[code.id]["share"])]
    return sorted(found, key=lambda code: -whole[code.id]["share"])[:MOST_CODES]


def _chart(
    facts: Facts, whole: dict[str, Row], codes: Sequence[Code], name: str, title: str
) -> Chart | None:
    found = [(code, whole[code.id]) for code in codes if known(whole[code.id]["share"])]
    if not found:
        return None
    rows = [
        Bar(
            code.name,
            100 * row["share"],
            f"{share_words(row['share'])} ({between(row['low'], row['high'])})",
            facts.colour(code),
            interval=(100 * row["low"], 100 * row["high"]),
        )
        for code, row in found
    ]
    code, row = max(found, key=lambda pair: pair[1]["share"])
    summary = (
        f"The line on each bar says how sure it is. Most often came up {code.name}: in about "
        f"{share_words(row['share'])} of segments; it may be anything between "
        f"{share_words(row['low'])} and {share_words(row['high'])}."
    )
    left_out = len(facts.leaves()) - len(found) if name == "codes" else 0
    if left_out:
        summary += (
            f" {count(left_out, 'further code').capitalize()} {plural('is', left_out)} in the table of "
            "all."
        )
    table = Table(
        f"corrected-{name}-table",
        f"{title}, in these transcripts.",
        ("Theme" if name == "themes" else "Code", "Share of segments", "From", "To"),
        tuple(
            (
                text_cell(code.name, facts.link(code.id)),
                _number(row["share"]),
                _number(row["low"]),
                _number(row["high"]),
            )
            for code, row in found
        ),
        file="corrected_frequencies",
    )
    figure = bars(rows, "Segments, in per cent")
    return Chart(f"chart-corrected-{name}", title, summary, figure, table)


def _number(value: float) -> Cell:
    return number_cell(round(value, 4), share_words(value))


def _group_name(facts: Facts, row: Row) -> str:
    if row["group"] == "role":
        return str(row["role"])
    return f"the workshop “{facts.workshop_names.get(row['workshop_id'], row['workshop_id'])}”"


def _differences(facts: Facts, audit: Audit) -> tuple[tuple[str, ...], str]:
    """Say which differences are clear, the largest first, and how many are not."""
    rows = [row for row in records(audit.differences) if row["verdict"]]
    clear = [row for row in rows if row["verdict"] in (MORE, LESS)]
    clear.sort(key=lambda row: -abs(row["difference"]))
    said = tuple(_difference(facts, row) for row in clear[:MOST_DIFFERENCES])
    if not rows:
        return (), "There are no two roles or workshops to compare."
    more = len(clear) - len(said)
    unclear = len(rows) - len(clear)
    note = (
        f"Compared were each role with the other roles together, and each workshop with the other "
        f"workshops, for every theme, code and aspect: {count(len(rows), 'comparison')}. "
        + (
            f"{count(more, 'further one').capitalize()} {plural('is', more)} clear. "
            if more
            else ""
        )
        + f"In {number(unclear)} there is no clear difference, which does not show that there is none: "
        "the check may be too small to tell. Of so many comparisons, a few may look clear by chance."
    )
    return said, note


def _difference(facts: Facts, row: Row) -> str:
    others = "in the other roles" if row["group"] == "role" else "in the other workshops"
    where = "In the role “{}”" if row["group"] == "role" else "In {}"
    return (
        f"{where.format(_group_name(facts, row))} {row['name']} came up {row['verdict']} often than "
        f"{others}: in {share_words(row['share'])} of segments, against {share_words(row['other_share'])}, a "
        f"difference of between {_points(row['low'], row['high'])}."
    )


def _points(low: float, high: float) -> str:
    small, large = sorted((abs(100 * low), abs(100 * high)))
    return f"{_figure(small)} and {_figure(large)} percentage points"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def checked_words(facts: Facts) -> str:
    """Say where corrected shares stand; empty where there are none."""
    audit = facts.inputs.audit
    if not is_corrected(audit) or facts.edition.public:
        return ""
    return (
        "A random sample was checked by people, too. Shares that are corrected by it stand with their "
        f"intervals under “{_TITLE}”."
    )
