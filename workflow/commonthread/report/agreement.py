"""How far coders agree: figures in tables, with what they are good for and what not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from commonthread.report.blocks import Cell, Table, number_cell, showing, text_cell
from commonthread.report.facts import Facts, records
from commonthread.report.inputs import PeopleCoding
from commonthread.report.wording import count, in_sentence, number, of, percent

# So many pairs of codes stand on the page; all are in the table of confusions.
MOST_CONFUSIONS = 12

_PEOPLE = "people together"
_MACHINE = "machine and people"


@dataclass(frozen=True)
class Agreement:
    """What the section says of agreement."""

    about: tuple[str, ...]
    summary: tuple[str, ...]
    between: Table
    codes: Table | None
    machine: Table | None
    confusions: Table | None


def agreement(facts: Facts, people: PeopleCoding) -> Agreement | None:
    """Put the figures together; None where no segment was judged by two coders."""
    figures = _Figures(people.agreement)
    if figures.value(_ALL, "percent_agreement") is None:
        return None
    return Agreement(
        about=_about(people.analysis),
        summary=_summary(facts, figures),
        between=_between(facts, figures),
        codes=None if facts.edition.public else _codes(facts, figures),
        machine=None if facts.edition.public else _machine(facts, figures),
        confusions=None if facts.edition.public else _confusions(facts, people.confusions),
    )


@dataclass(frozen=True)
class _Which:
    """Which figures: of which comparison, on what."""

    comparison: str
    first: str = ""
    second: str = ""
    level: str = "all codes"
    code: str = ""


_ALL = _Which(_PEOPLE)


class _Figures:
    """Looks figures up in the table ``agreement``."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._rows: dict[_Which, dict[str, Mapping[str, Any]]] = {}
        for row in records(frame):
            which = _Which(
                row["comparison"],
                row["first"] or "",
                row["second"] or "",
                row["level"],
                row["code_id"] or "",
            )
            self._rows.setdefault(which, {})[row["coefficient"]] = row

    def of(self, comparison: str, level: str) -> list[_Which]:
        """Give all that was compared in a way on a level, in the order of the table."""
        return [
            which for which in self._rows if which.comparison == comparison and which.level == level
        ]

    def row(self, which: _Which, coefficient: str) -> Mapping[str, Any] | None:
        return self._rows.get(which, {}).get(coefficient)

    def value(self, which: _Which, coefficient: str) -> float | None:
        row = self.row(which, coefficient)
        return None if row is None or _missing(row["value"]) else float(row["value"])

    def cell(self, which: _Which, coefficient: str, *, alone: bool = False) -> Cell:
        """Give a figure with its interval (``alone``: without), or why there is none."""
        row = self.row(which, coefficient)
        if row is None:
            return text_cell("")
        if _missing(row["value"]):
            return text_cell(f"Not defined: {in_sentence(row['reason'])}")
        value = float(row["value"])
        if coefficient in _SHARES:
            return number_cell(round(value, 4), percent(value, 1))
        interval = (
            "" if alone or _missing(row["low"]) else f" ({_two(row['low'])} to {_two(row['high'])})"
        )
        return number_cell(round(value, 4), f"{_two(value)}{interval}")


_SHARES = ("percent_agreement", "precision", "recall")


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NA


def _two(value: float) -> str:
    return f"{float(value):.2f}".replace("-", "−")


def _about(analysis: str) -> tuple[str, ...]:
    kind = (
        f"This study says that it is a {analysis} analysis."
        if analysis
        else "This study does not say which kind of analysis it is (analysis in study.yaml). If it is "
        "reflexive, write that there: these figures are then left out."
    )
    return (
        "Figures of agreement help to see where people read the codebook alike, and where it, or "
        "what was said, can be read in several ways. They do not show that a coding is right. That "
        "people in different roles differ is no failing: each may have seen something.",
        "They suit analyses in which everybody is meant to apply one codebook alike. In reflexive "
        "thematic analysis coding is one person’s or one team’s reading, and its authors (Braun and "
        f"Clarke) hold such figures to be out of place. {kind}",
        "Krippendorff’s alpha is 1 where coders always agree, and 0 where they agree no more than "
        "by chance; below 0, less than that. For a code that is given seldom, alpha can be low "
        "although coders agree on nearly every segment: then read the segments. Behind it stands "
        "the range within which it lies for 95 of 100 samples drawn from these transcripts; with "
        "few transcripts that range is rough. More figures (Cohen’s and Fleiss’ kappa, Gwet’s AC1, "
        "Brennan and Prediger, agreement on sets of codes) are in agreement.csv.",
    )


def _summary(facts: Facts, figures: _Figures) -> tuple[str, ...]:
    whole = figures.row(_ALL, "krippendorff_alpha")
    assert whole is not None
    said = [
        f"{count(int(whole['segments']), 'segment').capitalize()} in "
        f"{count(int(whole['transcripts']), 'transcript')} were judged by two people or more."
    ]
    alpha = figures.value(_ALL, "krippendorff_alpha")
    agreed = figures.value(_ALL, "percent_agreement")
    same = figures.value(_ALL, "same_set")
    if alpha is not None and agreed is not None:
        interval = (
            ""
            if _missing(whole["low"])
            else f", between {_two(whole['low'])} and {_two(whole['high'])}"
        )
        said.append(
            f"Over all codes, Krippendorff’s alpha is {_two(alpha)}{interval}. Of all decisions "
            f"whether a code fits a segment, {percent(agreed, 1)} were the same"
            + (
                f"; all codes of a segment were the same for {percent(same, 1)} of segments."
                if same is not None
                else "."
            )
        )
    note = str(whole["interval_note"] or "")
    if note:
        rough = not _missing(whole["low"])
        said.append(f"That range is {in_sentence(note)}" if rough else note)
    return tuple(said)


def _side(facts: Facts, name: str) -> str:
    return facts.coders.get(name, name[:1].upper() + name[1:])


def _between(facts: Facts, figures: _Figures) -> Table:
    """Give the table of who agrees with whom, over all codes."""
    names = {
        _PEOPLE: lambda which: "All people",
        "two people": lambda which: f"{_side(facts, which.first)} and {_side(facts, which.second)}",
        "people of one role": lambda which: f"Among people in the role {in_sentence(which.first)}",
        "two roles": lambda which: f"{which.first} and {in_sentence(which.second)}",
        "one person over time": lambda which: f"{_side(facts, which.first)}, then and later",
        "machine and person": lambda which: (
            f"{_side(facts, which.first)} and the {which.second} (a machine)"
        ),
        _MACHINE: lambda which: f"All people and the {which.second} (a machine)",
    }
    alone = {"two people", "one person over time", "machine and person"}
    rows = []
    for comparison, name in names.items():
        if facts.edition.public and comparison in alone:
            continue
        for which in figures.of(comparison, "all codes"):
            row = figures.row(which, "percent_agreement")
            if row is None or not row["segments"]:
                continue
            rows.append(
                (
                    text_cell(name(which)),
                    number_cell(_judged(facts, int(row["segments"]))),
                    figures.cell(which, "percent_agreement"),
                    figures.cell(which, "krippendorff_alpha"),
                    figures.cell(which, "gwet_ac1"),
                )
            )
    return Table(
        "agreement-between",
        "Who agrees with whom, over all codes that any of them gave.",
        ("Between", "Segments both judged", "Same decision", "Krippendorff’s alpha", "Gwet’s AC1"),
        tuple(rows),
        file="agreement",
        note="“Then and later”: the first and the last decision of one person on the same segment, "
        "where they decided anew."
        if figures.of("one person over time", "all codes")
        else "",
    )


def _judged(facts: Facts, segments: int) -> int:
    return facts.edition.segments_of([segments])[0]


def _named(
    facts: Facts, figures: _Figures, comparison: str, second: str = ""
) -> Iterable[tuple[_Which, str]]:
    """Give the themes, codes and aspects that anybody gave, in the codebook's order, with names."""
    found = {
        which.code: which
        for level in ("theme", "code", "aspect")
        for which in figures.of(comparison, level)
        if which.second == second
    }
    for code in facts.codebook.codes:
        which = found.get(code.id)
        row = figures.row(which, "percent_agreement") if which else None
        if which is not None and row is not None and row["with_code"]:
            kinds = {"theme": " (theme)", "aspect": " (aspect)"}
            yield which, code.name + kinds.get(code.dimension, "")


def _codes(facts: Facts, figures: _Figures) -> Table:
    rows = []
    for which, name in _named(facts, figures, _PEOPLE):
        row = figures.row(which, "percent_agreement")
        assert row is not None
        kind = facts.codebook.code(which.code).dimension
        rows.append(
            (
                text_cell(name),
                number_cell(int(row["with_code"]), show=showing(**{kind: which.code})),
                figures.cell(which, "percent_agreement"),
                figures.cell(which, "krippendorff_alpha"),
                figures.cell(which, "gwet_ac1"),
            )
        )
    whole = figures.row(_ALL, "percent_agreement")
    judged = int(whole["segments"]) if whole else 0
    return Table(
        "agreement-codes",
        "Agreement between people, by theme, code and aspect. A code counts as given where it or a "
        "code under it was.",
        (
            "Theme, code or aspect",
            f"Given by anybody, of {number(judged)} segments",
            "Same decision",
            "Krippendorff’s alpha",
            "Gwet’s AC1",
        ),
        tuple(rows),
        file="agreement",
        note="Codes that nobody gave are left out. The link shows all segments with the code as they "
        "are counted now, which may be more or fewer.",
    )


def _machine(facts: Facts, figures: _Figures) -> Table | None:
    rows = []
    for which, name in _named(facts, figures, _MACHINE, "dictionary"):
        row = figures.row(which, "percent_agreement")
        assert row is not None
        rows.append(
            (
                text_cell(name),
                number_cell(
                    float(row["both"]) + float(row["first_only"]), _mean(row, "first_only")
                ),
                number_cell(
                    float(row["both"]) + float(row["second_only"]), _mean(row, "second_only")
                ),
                figures.cell(which, "precision"),
                figures.cell(which, "recall"),
                figures.cell(which, "cohen_kappa", alone=True),
            )
        )
    if not rows:
        return None
    return Table(
        "agreement-machine",
        "The dictionary beside people, on the segments that people judged.",
        (
            "Theme, code or aspect",
            "Given by people (mean)",
            "Given by the dictionary",
            "Of the dictionary’s, also given by people",
            "Of people’s, also found by the dictionary",
            "Cohen’s kappa",
        ),
        tuple(rows),
        file="agreement",
        note="The dictionary is one more coder here, and in none of the figures between people. Where "
        "people differ among themselves, nothing can agree with all of them: read its figures beside "
        "theirs.",
    )


def _mean(row: Mapping[str, Any], other: str) -> str:
    value = round(float(row["both"]) + float(row[other]), 1)
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _confusions(facts: Facts, frame: pd.DataFrame) -> Table | None:
    rows = []
    for row in records(frame.head(MOST_CONFUSIONS)):
        one, other = facts.codebook.code(row["code_a"]), facts.codebook.code(row["code_b"])
        rows.append(
            (
                text_cell(f"{one.name} and {other.name}"),
                number_cell(int(row["times"])),
                text_cell(f"{of(int(row['times']), int(row['either_a']), 'time')}"),
                text_cell(f"{of(int(row['times']), int(row['either_b']), 'time')}"),
            )
        )
    if not rows:
        return None
    return Table(
        "agreement-confusions",
        "Which code was taken for which: one person gave the first and not the second, where "
        "another gave the second and not the first.",
        ("Two codes", "How often", "Of those of the first", "Of those of the second"),
        tuple(rows),
        file="confusions",
        note="Counted over each two people and each segment that both judged. Codes that are often "
        "taken for one another may need a clearer line between them in the codebook, or may be one.",
    )
