"""Tables of corrected frequencies: by code, by group, and how groups differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from commonthread.audit.differences import LESS, MORE
from commonthread.audit.outlook import in_points, typical_code
from commonthread.codebook import Code
from commonthread.report.blocks import Cell, Table, number_cell, text_cell
from commonthread.report.facts import Facts, records
from commonthread.report.inputs import Audit
from commonthread.report.wording import in_sentence, number, percent

_KINDS = {"theme": " (theme)", "aspect": " (aspect)", "code": ""}

Row = Mapping[str, Any]


def rows_by_code(frame: pd.DataFrame, group: str) -> dict[str, Row]:
    """Give the rows of one kind of group by code; where it has one group, as all segments are."""
    return {row["code_id"]: row for row in records(frame[frame["group"] == group])}


def known(value: float | None) -> bool:
    """Say whether a number is there."""
    return value is not None and not math.isnan(value)


def share_words(value: float) -> str:
    """Give a share in per cent: below 10 with a decimal, so that ends of intervals differ."""
    return f"{100 * value:.1f}%" if 0.001 <= value < 0.0995 else percent(value, 1)


def between(low: float, high: float) -> str:
    """Give an interval of shares in per cent."""
    return f"{share_words(low)} to {share_words(high)}"


def _told(row: Row) -> str:
    """Say a corrected share with its interval, or what is known of it, or why nothing is."""
    if known(row["share"]):
        return f"{share_words(row['share'])} ({between(row['low'], row['high'])})"
    if known(row["high"]):
        return f"at most {share_words(row['high'])}: {in_sentence(row['reason'])}"
    if known(row["low"]):
        return f"at least {share_words(row['low'])}: {in_sentence(row['reason'])}"
    return f"Not known: {in_sentence(row['reason'])}"


def _named(facts: Facts) -> list[tuple[Code, str]]:
    return [(code, code.name + _KINDS[code.dimension]) for code in facts.codebook.codes]


def every_code(facts: Facts, whole: dict[str, Row]) -> Table:
    """Give what is known of each theme, code and aspect in all segments."""
    rows = []
    for code, name in _named(facts):
        row = whole[code.id]
        like = (
            f"{share_words(row['people_share'])} ({between(row['people_low'], row['people_high'])})"
            if known(row["people_share"])
            else f"Not known: {in_sentence(row['people_reason'])}"
        )
        rows.append(
            (
                text_cell(name, facts.link(code.id)),
                number_cell(row["machine_share"], share_words(row["machine_share"])),
                text_cell(_told(row)),
                text_cell(like),
                number_cell(int(row["differ"])),
            )
        )
    return Table(
        "corrected-every",
        "All themes, codes and aspects: what machines alone say, and what is corrected.",
        (
            "Theme, code or aspect",
            "By machines alone, not corrected",
            "In these transcripts",
            "For people like these",
            "Checked segments on which people differ",
        ),
        tuple(rows),
        file="corrected_frequencies",
        note=f"Shares of segments: {next(iter(whole.values()))['denominator']}. For people like "
        "these: of talk by known people.",
    )


def by_group(
    facts: Facts, audit: Audit, group: str, ids: Sequence[str], names: dict[str, str]
) -> Table | None:
    """Give the shares of each code in each role, or in each workshop."""
    if len(ids) < 2:
        return None
    column = "role" if group == "role" else "workshop_id"
    frame = audit.frequencies[audit.frequencies["group"] == group]
    cells = {(row["code_id"], row[column]): _told(row) for row in records(frame)}
    return Table(
        f"corrected-by-{group}",
        f"Corrected shares in each {group}, in these transcripts: the share of its segments, with "
        "the interval.",
        ("Theme, code or aspect", *(str(names[each]) for each in ids)),
        tuple(
            (
                text_cell(name, facts.link(code.id)),
                *(text_cell(cells.get((code.id, each), "")) for each in ids),
            )
            for code, name in _named(facts)
        ),
        file="corrected_frequencies",
        note=facts.workshops_note if group == "workshop" else "",
    )


def by_cell(facts: Facts, audit: Audit) -> Table | None:
    """Give the shares of each theme for each role in each workshop."""
    frame = audit.frequencies[audit.frequencies["group"] == "workshop and role"]
    own = frame[frame["workshop_id"].isin(facts.workshops_shown) & frame["role"].isin(facts.roles)]
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for row in records(own):
        cells.setdefault((row["workshop_id"], row["role"]), {})[row["code_id"]] = _told(row)
    if len(cells) < 2:
        return None
    themes = facts.codebook.themes
    return Table(
        "corrected-by-cell",
        "Corrected shares of themes for each role in each workshop, in these transcripts.",
        ("Workshop and role", *(theme.name for theme in themes)),
        tuple(
            (
                text_cell(f"{facts.workshop_names[workshop]}, {in_sentence(role)}"),
                *(text_cell(found.get(theme.id, "")) for theme in themes),
            )
            for (workshop, role), found in cells.items()
        ),
        file="corrected_frequencies",
        note="Codes and aspects by workshop and role are in the file.",
    )


def compared(facts: Facts, audit: Audit) -> Iterable[Table]:
    """Give tables of how roles, and how workshops, differ: every theme, and all that is clear."""
    for group, title in (("role", "roles"), ("workshop", "workshops")):
        every = [row for row in records(audit.differences) if row["group"] == group]
        own = [
            row for row in every if row["dimension"] == "theme" or row["verdict"] in (MORE, LESS)
        ]
        if len({row["role"] or row["workshop_id"] for row in own}) < 2:
            continue
        yield Table(
            f"corrected-compared-{group}",
            f"Each {group} beside the other {title} together, in corrected shares.",
            (
                title[:-1].capitalize(),
                "Theme, code or aspect",
                "In words",
                "Here",
                "Others",
                "Difference, in percentage points",
            ),
            tuple(
                (
                    text_cell(str(row["role"] or facts.workshop_names[row["workshop_id"]])),
                    text_cell(row["name"] + _KINDS[row["dimension"]], facts.link(row["code_id"])),
                    *_comparison(row),
                )
                for row in own
            ),
            file="corrected_differences",
            note="Codes and aspects in which there is no clear difference are in the file alone.",
        )


def _comparison(row: Row) -> tuple[Cell, ...]:
    if not row["verdict"]:
        return (
            text_cell(f"Not known: {in_sentence(row['reason'])}"),
            *(text_cell("") for _ in "abc"),
        )
    low, high = (f"{100 * row[end]:+.1f}".replace("-", "−") for end in ("low", "high"))
    return (
        text_cell(row["verdict"]),
        text_cell(share_words(row["share"])),
        text_cell(share_words(row["other_share"])),
        text_cell(f"{low} to {high}"),
    )


def outlook(audit: Audit) -> Table | None:
    """Say what checks of several sizes would buy for a typical code."""
    typical = typical_code(audit.outlook)
    if typical is None:
        return None
    half_widths = typical.half_widths
    sizes, known = (sorted(set(half_widths.index.get_level_values(level))) for level in (0, 1))
    groups = [each for each in ("all", "role", "workshop") if each in known]
    names = {"all": "In all", "role": "In a role", "workshop": "In a workshop"}
    basis = (
        "It is taken that the machine goes on to err as it did in what was checked."
        if set(audit.outlook["basis"]) == {"audit"}
        else "It is taken that the machine finds 70 of 100 segments that have a code, and that 70 of "
        "100 that it finds have it; a better machine needs fewer checks, a worse one more."
    )
    return Table(
        "corrected-outlook",
        "How near the truth the share of a typical code would be, in percentage points up or down.",
        ("Segments checked", *(names[each] for each in groups)),
        tuple(
            (
                text_cell(number(size)),
                *(
                    number_cell(
                        round(100 * half_widths[size, each], 2),
                        f"± {in_points(half_widths[size, each])}",
                    )
                    for each in groups
                ),
            )
            for size in sizes
        ),
        file="audit_outlook",
        note=f"A typical code is taken to have {share_words(typical.share)} of segments. {basis}",
    )
