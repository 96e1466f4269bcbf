"""Who coded, what the codes of segments rest on, and how far coders agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from commonthread.report.agreement import Agreement, agreement
from commonthread.report.blocks import (
    Chart,
    Quote,
    Table,
    number_cell,
    share_cell,
    showing,
    text_cell,
)
from commonthread.report.charts import Bar, bars
from commonthread.report.facts import Facts
from commonthread.report.inputs import PeopleCoding
from commonthread.report.quoting import Quoter
from commonthread.report.withheld import shown
from commonthread.report.wording import (
    count,
    in_sentence,
    number,
    of,
    percent,
    plural,
    words_list,
)
from commonthread.standing import (
    AGREED,
    DIFFER,
    MACHINE,
    ONE,
    SETTLED,
    STANDINGS,
    unsettled,
    who_settled,
)

# So many differences stand on the page; all are in the table of disagreements.
MOST_DIFFERENCES = 20

_BASIS = {
    SETTLED: "Settled together: coders differed, and people decided",
    AGREED: "Coders agree: two or more gave the same codes",
    DIFFER: "Coders differ, and it is not settled: what any of them gave counts",
    ONE: "One coder",
    MACHINE: "No person: the machine’s coding counts",
}


@dataclass(frozen=True)
class Said:
    """What one coder said of a segment: who, their codes in words, and their comments."""

    coder: str
    role: str
    codes: str
    comment: str


@dataclass(frozen=True)
class Difference:
    """A segment on which coders differ, with what each said."""

    quote: Quote
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Suggestion:
    """A code that a coder missed in the codebook, and where: filters of the segment."""

    text: str
    coder: str
    show: str


@dataclass(frozen=True)
class CodedByPeople:
    """What the section says."""

    summary: tuple[str, ...]
    basis: Chart
    agreement: Agreement | None
    reflexive: bool
    differences: tuple[Difference, ...]
    differences_note: str
    suggestions: tuple[Suggestion, ...]


def basis_counts(people: PeopleCoding) -> dict[str, int]:
    """Count the segments of the study by what their codes rest on."""
    frame = people.coding_basis
    rows = frame[frame["workshop_id"].isna()]
    return dict(zip(rows["basis"], rows["segments"].astype(int), strict=True))


def differing_segments(facts: Facts) -> list[str]:
    """Choose the segments whose differences stand on the page: with comments first."""
    people = facts.inputs.people
    if people is None or facts.edition.public:
        return []
    found = unsettled(people.judgements, people.coders, facts.codebook)
    told = [segment for segment, said in found.items() if any(one.comment for one in said)]
    return list(dict.fromkeys([*told, *found]))[:MOST_DIFFERENCES]


def coded_by_people(facts: Facts, quoter: Quoter, differing: list[str]) -> CodedByPeople | None:
    """Put the section together; ``differing`` are the segments to show. None if nobody coded."""
    people = facts.inputs.people
    if people is None:
        return None
    open_ones = unsettled(people.judgements, people.coders, facts.codebook)
    reflexive = people.analysis == "reflexive"
    return CodedByPeople(
        summary=_summary(facts, people),
        basis=_basis(facts, people),
        agreement=None if reflexive else agreement(facts, people),
        reflexive=reflexive,
        differences=tuple(
            Difference(
                quoter.quote(segment_id),
                tuple(
                    Said(
                        one.coder,
                        one.role,
                        _codes(facts, one.codes) + (" Unsure." if one.unsure else ""),
                        one.comment,
                    )
                    for one in open_ones[segment_id]
                ),
            )
            for segment_id in differing
        ),
        differences_note=_differences_note(len(differing), len(open_ones)),
        suggestions=() if facts.edition.public else _suggestions(facts, people),
    )


def _codes(facts: Facts, codes: tuple[str, ...]) -> str:
    if not codes:
        return "No code fits."
    return "; ".join(facts.codebook.code(code).name for code in codes) + "."


def _summary(facts: Facts, people: PeopleCoding) -> tuple[str, ...]:
    coders = people.coders[people.coders["judged"] > 0]
    total = sum(basis_counts(people).values())
    judged = _judged(facts, people)
    said = [
        f"{_who(facts, coders['role'].tolist())} coded, each apart "
        f"from the others: together {of(judged, total, 'segment')} "
        f"({percent(judged, total)}). Where people coded a segment, their "
        "decision counts and no machine’s."
    ]
    if facts.edition.people:
        each = [f"{row['coder']} {row['judged']:,}" for row in coders.to_dict("records")]
        said.append(f"Segments that each coded: {words_list(each)}.")
    settled = who_settled(people.judgements)
    if settled:
        names = f": {words_list(name for name, _ in settled)}" if facts.edition.people else ""
        said.append(
            f"Where coders differed, people met to settle it: so far "
            f"{count(_shown(facts, people)[SETTLED], 'segment')}. In deciding took part "
            f"{in_sentence(_who(facts, [role for _, role in settled]))}{names}."
        )
    return tuple(said)


def _who(facts: Facts, roles: Sequence[str]) -> str:
    """Say how many people it were, by role; in public only in which roles, as they are few."""
    named = Counter(in_sentence(role) for role in roles)
    if not facts.edition.people:
        return f"People in the roles {words_list(named)}"
    by_role = words_list(count(amount, role) for role, amount in named.most_common())
    return f"{count(len(roles), 'person').capitalize()} ({by_role})"


def _shown(facts: Facts, people: PeopleCoding) -> dict[str, int]:
    """Give the segments by what their codes rest on, as the edition shows them."""
    counts = basis_counts(people)
    cells = facts.edition.segments_of([counts[basis] for basis in STANDINGS])
    return dict(zip(STANDINGS, cells, strict=True))


def _judged(facts: Facts, people: PeopleCoding) -> int:
    """Give how many segments people coded, as the edition shows it."""
    machine = basis_counts(people)[MACHINE]
    judged = sum(basis_counts(people).values()) - machine
    return facts.edition.segments_of([judged, machine])[0]


def _basis(facts: Facts, people: PeopleCoding) -> Chart:
    counts = basis_counts(people)
    total = sum(counts.values())
    rows = [(basis, cell) for basis, cell in _shown(facts, people).items() if cell]
    title = "What the codes of segments rest on"
    by_people = _judged(facts, people)
    return Chart(
        "chart-basis",
        title,
        f"{of(by_people, total, 'segment').capitalize()} ({percent(by_people, total)}) "
        f"{plural('was', by_people)} coded by people.",
        bars(
            [
                Bar(
                    _BASIS[basis],
                    100 * cell / total if total else 0,
                    f"{percent(cell, total)} ({number(cell)} of {number(total)})",
                    facts.colours[""],
                )
                for basis, cell in rows
                if shown(cell)
            ],
            "Segments, in per cent",
            100,
        ),
        Table(
            "basis-table",
            f"{title}. Shares are of all segments.",
            ("What they rest on", "Segments", "Share"),
            tuple(
                (
                    text_cell(_BASIS[basis]),
                    number_cell(cell, show=showing(basis=basis)),
                    share_cell(cell, total, percent(cell, total)),
                )
                for basis, cell in rows
            ),
            file="coding_basis",
        ),
    )


def _differences_note(shown_here: int, all_of_them: int) -> str:
    if not all_of_them:
        return "There is no segment on which coders differ and that nobody has settled."
    if shown_here == all_of_them:
        return f"These are all: {count(all_of_them, 'segment')}."
    return (
        f"{number(shown_here)} of {number(all_of_them)}: those with comments first. All differences, "
        "settled ones too, are in disagreements.csv."
    )


def _suggestions(facts: Facts, people: PeopleCoding) -> tuple[Suggestion, ...]:
    frame = people.judgements
    own = frame[(frame["new_code"] != "") & frame["status"].isin(["counts", "comment"])]
    return tuple(
        Suggestion(
            row["new_code"],
            facts.coder_names(row["coder_id"]),
            showing(segment=segments[0]) if (segments := json.loads(row["segment_ids"])) else "",
        )
        for row in own.to_dict("records")
    )
