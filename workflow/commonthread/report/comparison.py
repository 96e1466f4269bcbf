"""The page that says what another codebook would change, and what that does to the findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.refining.comparison import Comparison, RunTables
from commonthread.report import rendering
from commonthread.report.blocks import Quote
from commonthread.report.facts import records
from commonthread.report.quoting import CONSENT, cut, patterns, read_evidence
from commonthread.report.rendering import Pageable, Parts, render, write_whole
from commonthread.report.side_by_side import SideBySide, side_by_side
from commonthread.report.wording import anchor, clock, count, words_list

# Imported by way of its package, so that a step reruns when a template or a style changes.
_HERE = Path(rendering.__file__).parent
_PARTS = Parts(styles=(_HERE / "page.css", _HERE / "changes.css"))
# So many segments of a code are shown for each kind of change; all are in a table beside the page.
_MOST_SHOWN = 8
_MOST_ROWS = 200
_KINDS = (
    ("structure", "Which codes there are, and where they stand"),
    ("meaning", "What codes mean"),
    ("wording", "How codes are worded"),
)
_TEXTS = frozenset(("meaning", "wording"))
NOTHING = "Nothing changes: the two codebooks say the same."
ONLY_WORDING = "Only wording changes. No finding would be different."


@dataclass(frozen=True)
class ShownChange:
    """A change of the codebook in a sentence, and of texts both sides."""

    sentence: str
    sides: SideBySide | None


@dataclass(frozen=True)
class ShownSegments:
    """Segments of one kind of change of a code: what happens to how many, and some of them."""

    heading: str
    quotes: tuple[Quote, ...]
    more: str


@dataclass(frozen=True)
class ShownCode:
    """A code whose segments change."""

    id: str
    name: str
    sentence: str
    parts: tuple[ShownSegments, ...]


@dataclass(frozen=True)
class Row:
    """A row of a table: what it is about, further cells, and pairs of a number now and then.

    A number that is not defined is empty.
    """

    name: str
    more: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ComparisonPage(Pageable):
    """What the template gets. Where nothing but wording changes, only ``changes`` is filled."""

    now: str
    other: str
    summary: str
    changes: tuple[tuple[str, tuple[ShownChange, ...]], ...]
    codes: tuple[ShownCode, ...]
    counts: tuple[Row, ...]
    table_rows: tuple[Row, ...]
    again: tuple[str, ...]
    packs: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    findings: bool
    left_out: int


@dataclass(frozen=True)
class Compared:
    """All that the page is made from.

    ``before`` and ``after`` are the codebooks, ``other`` says in words what the later one is.
    ``changes`` is the table ``codebook_changes``; ``run``, ``comparison`` and ``rows`` (the table
    ``changed_rows``) are None where no finding can change. ``packs`` are (whose, address) of what
    to look at again, ``coders`` the names of coders by id.
    """

    before: Codebook
    after: Codebook
    other: str
    changes: pd.DataFrame
    run: RunTables | None = None
    comparison: Comparison | None = None
    rows: pd.DataFrame | None = None
    packs: Sequence[tuple[str, str]] = ()
    coders: Mapping[str, str] | None = None
    notices: Sequence[str] = ()


def comparison_page(compared: Compared, *, study: str, invented: bool) -> ComparisonPage:
    """Lay out a comparison."""
    comparison, run = compared.comparison, compared.run
    findings = comparison is not None and run is not None
    counts: list[Row] = []
    if comparison is not None:
        counts = list(_counts(comparison.changed_counts, compared.before, compared.after))
    rows = list(_table_rows(compared))
    return ComparisonPage(
        title=f"What another codebook would change: {study}",
        study=study,
        invented=invented,
        now=f"version {compared.before.version}",
        other=f"version {compared.after.version}, {compared.other}",
        summary=summary(compared.changes, comparison),
        changes=_changes(compared.changes),
        codes=tuple(_codes(compared)) if findings else (),
        counts=tuple(counts),
        table_rows=tuple(rows[:_MOST_ROWS]),
        again=tuple(_again(comparison, compared.coders or {})) if comparison is not None else (),
        packs=tuple(compared.packs),
        notices=tuple(compared.notices),
        findings=findings,
        left_out=max(len(rows) - _MOST_ROWS, 0),
    )


def write_comparison(page: ComparisonPage, path: Path) -> None:
    """Write the page, whole or not at all."""
    write_whole(path, render("comparison.html", page, _PARTS))


def summary(changes: pd.DataFrame, comparison: Comparison | None) -> str:
    """Say in one sentence what changes."""
    if changes.empty:
        return NOTHING
    if comparison is None:
        return ONLY_WORDING
    kinds = comparison.changed_segments.groupby("change")["segment_id"].nunique()
    told = (("gained", "gain a code"), ("lost", "lose one"), ("moved", "go to another"))
    said = [
        f"{count(int(kinds[kind]), 'segment')} would {what}" for kind, what in told if kind in kinds
    ]
    sentence = words_list(said) or "no segment would have another code"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _changes(changes: pd.DataFrame) -> tuple[tuple[str, tuple[ShownChange, ...]], ...]:
    rows = [row for row in records(changes) if row["what"] != "version"]
    groups = [
        (heading, tuple(_change(row) for row in rows if row["kind"] == kind))
        for kind, heading in _KINDS
    ]
    return tuple((heading, own) for heading, own in groups if own)


def _change(row: Mapping[str, Any]) -> ShownChange:
    shown = row["kind"] in _TEXTS and (row["before"] or row["after"])
    return ShownChange(
        row["sentence"],
        side_by_side("", row["before"] or "", row["after"] or "") if shown else None,
    )


def _codes(compared: Compared) -> Iterator[ShownCode]:
    """Give the codes whose segments change, in the order of the codebooks."""
    assert compared.comparison is not None
    changed = records(compared.comparison.changed_segments)
    quoter = _Quoter(compared, changed)
    names = {
        code.id: code.name for book in (compared.before, compared.after) for code in book.codes
    }
    order = list(
        dict.fromkeys(code.id for book in (compared.after, compared.before) for code in book.codes)
    )
    groups: dict[str, dict[tuple[str, str], list[Mapping[str, Any]]]] = {}
    for row in changed:
        code = row["code_before"] or row["code_after"]
        into = row["code_after"] if row["change"] == "moved" else ""
        groups.setdefault(code, {}).setdefault((row["change"], into), []).append(row)
    for code_id in (code for code in order if code in groups):
        parts = []
        for (change, into), own in sorted(groups[code_id].items()):
            what = {
                "gained": "would gain it",
                "lost": "would lose it",
                "moved": f"would go from it to “{names.get(into, into)}”",
            }[change]
            left = len(own) - _MOST_SHOWN
            parts.append(
                ShownSegments(
                    heading=f"{count(len(own), 'segment').capitalize()} {what}",
                    quotes=tuple(quoter.quote(row) for row in own[:_MOST_SHOWN]),
                    more=f"And {left:,} more." if left > 0 else "",
                )
            )
        yield ShownCode(
            anchor("code", code_id),
            names[code_id],
            f"{words_list(part.heading.lower() for part in parts)}.".capitalize(),
            tuple(parts),
        )


class _Quoter:
    """Gives the words of segments that change, with what a coding rests on marked."""

    def __init__(self, compared: Compared, changed: Sequence[Mapping[str, Any]]) -> None:
        run, comparison = compared.run, compared.comparison
        assert run is not None and comparison is not None
        wanted = {row["segment_id"] for row in changed}
        segments = run.segments[run.segments["segment_id"].isin(wanted)]
        turns = run.turns[["source_id", "turn", "start", "start_s", "text"]].rename(
            columns={"start": "turn_start"}
        )
        joined = segments.merge(turns, on=["source_id", "turn"], how="left")
        self._segments = {row["segment_id"]: row for row in records(joined)}
        self._workshops = dict(
            zip(run.workshops["workshop_id"], run.workshops["workshop"], strict=True)
        )
        people = run.participants
        self._consent = dict(zip(people["participant_id"], people["consent"], strict=True))
        self._before = self._evidence(run.codings, wanted)
        self._after = self._evidence(comparison.codings_after, wanted)
        self._patterns = patterns(compared.before) | patterns(compared.after)

    def _evidence(
        self, codings: pd.DataFrame, wanted: set[str]
    ) -> dict[tuple[str, str], list[tuple[str, int, int]]]:
        own = codings[codings["segment_id"].isin(wanted)]
        found: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for row in records(own[["segment_id", "code_id", "evidence"]]):
            key = (row["segment_id"], row["code_id"])
            found.setdefault(key, []).extend(read_evidence(row["evidence"]))
        return found

    def quote(self, changed: Mapping[str, Any]) -> Quote:
        """Give a segment that changes."""
        row = self._segments[changed["segment_id"]]
        key = "code_after" if changed["change"] == "gained" else "code_before"
        side = self._after if key == "code_after" else self._before
        evidence = side.get((changed["segment_id"], changed[key]), [])
        at = row["start"] - row["turn_start"]
        text = row["text"][at : at + row["end"] - row["start"]]
        spans = [(start - row["start"], end - row["start"]) for _, start, end in evidence]
        return Quote(
            segment_id=changed["segment_id"],
            pieces=cut(text, spans),
            speaker=row["participant_id"]
            or ("Notes" if row["kind"] == "notes" else "Speaker not known"),
            workshop=str(self._workshops.get(row["workshop_id"], row["workshop_id"])),
            time="" if row["start_s"] is None else clock(row["start_s"]),
            why=self._why(evidence),
            may_quote=CONSENT.get(str(self._consent.get(row["participant_id"])), ""),
        )

    def _why(self, evidence: Sequence[tuple[str, int, int]]) -> str:
        terms = dict.fromkeys(term for term, _, _ in evidence if term not in self._patterns)
        said = words_list(f"“{term}”" for term in terms)
        return f"matched {said}" if said else ""


def _counts(counts: pd.DataFrame, before: Codebook, after: Codebook) -> Iterator[Row]:
    """Give the codes whose counts over the whole study change."""
    names = {code.id: code.name for book in (before, after) for code in book.codes}
    for row in records(counts[counts["group"] == "all"]):
        code = row["code_after"] or row["code_before"]
        yield Row(
            names.get(code, code),
            (),
            _numbers(row, ("segments", "people", "workshops", "roles")),
        )


def _table_rows(compared: Compared) -> Iterator[Row]:
    if compared.rows is None:
        return
    words = {"new": "new", "gone": "gone", "changed": "rests on other segments"}
    for row in records(compared.rows):
        yield Row(
            row["point"],
            (row["table_id"], words[row["change"]]),
            _numbers(row, ("segments", "people", "workshops")),
        )


def _numbers(row: Mapping[str, Any], names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((_number(row[f"{name}_before"]), _number(row[f"{name}_after"])) for name in names)


def _number(value: int | None) -> str:
    return "" if value is None else f"{int(value):,}"


def _again(comparison: Comparison, coders: Mapping[str, str]) -> Iterator[str]:
    """Say which codings of people should be looked at again, by reason."""
    reasons = {
        "meaning changed": "because what their code means changed",
        "merged": "because their code went into another one",
        "split": "because their code was split, so that nobody knows which part they belong to",
        "retired": "because their code is no more",
    }
    rows = comparison.look_again
    for reason, why in reasons.items():
        own = rows[rows["reason"] == reason]
        if len(own):
            people = [coders.get(each, each) for each in dict.fromkeys(own["coder_id"].dropna())]
            yield f"{count(len(own), 'coding').capitalize()} by {words_list(people)} {why}."
    new = rows[rows["reason"] == "new terms match"]
    if len(new):
        segments = count(new["segment_id"].nunique(), "segment").capitalize()
        yield (
            f"{segments} that people judged, where the dictionary now finds a code that nobody"
            " could have given."
        )
