"""Where to look when a codebook is refined: what the figures point at, in words and with segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from commonthread.codebook import Codebook
from commonthread.codebook_view import Excerpt
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.trying import other_terms
from commonthread.report.wording import count, in_sentence, of, plural, words_list

Topic = Literal[
    "missed words", "wrong words", "terms", "not coded", "alike", "narrow", "saturation"
]
Gives = Callable[[Sequence[str]], tuple[Excerpt, ...]]

# What a person can take in; the tables hold the rest.
MOST_EXCERPTS = 5
MOST_WORDS = 8
MOST_PAIRS = 20
_MOST_IDS = 30
# Coders taking one code for another once is no pattern.
_CONFUSED = 2


@dataclass(frozen=True)
class Hint:
    """One thing to look at: a finding in a sentence or two, and the segments behind it.

    ``code_id`` is the code that it is about, empty for none. ``segments`` says how many segments
    there are; ``excerpts`` are the first of them. ``proposal`` is what one might propose, to be
    filled in by a person; None where there is nothing to propose.
    """

    topic: Topic
    code_id: str
    sentence: str
    segments: int = 0
    excerpts: tuple[Excerpt, ...] = ()
    proposal: Proposal | None = None


@dataclass(frozen=True)
class RefiningTables:
    """The tables that hints are made from, as in ``tables.csv``; None for those that are not there."""

    code_words: pd.DataFrame | None = None
    term_use: pd.DataFrame | None = None
    uncoded_clusters: pd.DataFrame | None = None
    uncoded_cluster_segments: pd.DataFrame | None = None
    code_pairs: pd.DataFrame | None = None
    narrow_codes: pd.DataFrame | None = None
    saturation_reached: pd.DataFrame | None = None


def hints(codebook: Codebook, tables: RefiningTables, excerpts: Gives) -> tuple[Hint, ...]:
    """Put into words what the tables point at.

    ``excerpts`` gives segments by their ids. Rows about codes that the codebook does not have are
    left out.
    """
    maker = _Maker(codebook, excerpts)
    return tuple(
        hint
        for make, frames in (
            (maker.words, (tables.code_words,)),
            (maker.terms, (tables.term_use,)),
            (maker.not_coded, (tables.uncoded_clusters, tables.uncoded_cluster_segments)),
            (maker.pairs, (tables.code_pairs,)),
            (maker.narrow, (tables.narrow_codes,)),
            (maker.saturation, (tables.saturation_reached,)),
        )
        if all(frame is not None for frame in frames)
        for hint in make(*map(_rows, frames))
    )


Row = Mapping[str, Any]


class _Maker:
    """Makes hints of the rows of one table after the other."""

    def __init__(self, codebook: Codebook, excerpts: Gives) -> None:
        self._codebook = codebook
        self._excerpts = excerpts
        self._known = {code.id for code in codebook.codes}

    def words(self, rows: list[Row]) -> Iterator[Hint]:
        """Words that a code misses, and words that it is wrongly caught by."""
        for (code_id, kind), some in _grouped(rows, "code_id", "kind"):
            if code_id not in self._known:
                continue
            first = some[:MOST_WORDS]
            by_people = first[0]["basis"] == "people"
            said = words_list(
                f"“{row['word']}” ({count(row['segments'], 'segment')})" for row in first
            )
            ids = _ids(*first)
            if kind == "missed":
                yield self._hint(
                    "missed words",
                    code_id,
                    f"{self._name(code_id)} may miss these words: {said}. "
                    + (
                        "People gave the code to these segments, and the computer did not find it."
                        if by_people
                        else "They often go with it, and these segments have the words without the "
                        "code. Nobody has coded them, so this is a guess."
                    ),
                    ids,
                    other_terms(self._codebook, code_id, more=[row["word"] for row in first]),
                )
            else:
                yield self._hint(
                    "wrong words",
                    code_id,
                    f"{self._name(code_id)} may be found where it does not belong, with these words: "
                    f"{said}. "
                    + (
                        "The computer found the code in these segments, and people did not give it."
                        if by_people
                        else "These segments have the code, but words that mostly go with the codes "
                        "beside it. Nobody has coded them, so this is a guess."
                    ),
                    ids,
                    Proposal("", "wording", code_id),
                )

    def terms(self, rows: list[Row]) -> Iterator[Hint]:
        """Terms that never match, and terms that people always reject."""
        for (code_id, finding), some in _grouped(rows, "code_id", "finding"):
            if code_id not in self._known or not finding:
                continue
            labels = [row["term"] for row in some]
            said = self._terms_told(code_id, labels)
            one = len(some) == 1
            if finding == "never matches":
                sentence = (
                    f"{self._name(code_id)} has {'a term' if one else 'terms'} that never came up in "
                    f"this material: {said}. {'It does' if one else 'They do'} no harm, and may come "
                    "up another time."
                )
            else:
                rejected = sum(int(row["rejected"]) for row in some)
                sentence = (
                    f"{self._name(code_id)} is looked for by {said}, and people found it wrong every "
                    f"time: {count(rejected, 'segment')} judged, and none given the code."
                )
            yield self._hint(
                "terms",
                code_id,
                sentence,
                _ids(*some),
                other_terms(self._codebook, code_id, less=labels),
            )

    def not_coded(self, clusters: list[Row], members: list[Row]) -> Iterator[Hint]:
        """Segments without a code that go together: perhaps a code that is missing."""
        segments = {
            number: [row["segment_id"] for row in some]
            for (number,), some in _grouped(members, "cluster")
        }
        for row in clusters:
            if row["coherence"] is None:
                # Nothing but words that everybody uses all the time.
                continue
            ids = segments.get(row["cluster"], [])
            words = words_list(f"“{word.strip()}”" for word in row["name"].split(","))
            yield self._hint(
                "not coded",
                "",
                f"{of(row['segments'], row['of_segments'], 'segment').capitalize()} without a code "
                f"go together by their words, such as {words}. They come from "
                f"{count(row['people'], 'person')} in "
                f"{count(row['workshops'], 'workshop')}. Is a code missing?",
                ids,
                Proposal("", "new", why=f"Segments without a code go together by words: {words}."),
            )

    def pairs(self, rows: list[Row]) -> Iterator[Hint]:
        """Codes that overlap, stand inside one another, or are taken for one another."""
        told = [
            row
            for row in rows
            if {row["code_a"], row["code_b"]} <= self._known
            and (row["relation"] or row["confused"] >= _CONFUSED)
        ]
        for row in told[:MOST_PAIRS]:
            sentence, proposal = self._pair(row)
            ids = _ids(row)
            yield self._hint("alike", proposal.code_id, sentence, ids, proposal)

    def narrow(self, rows: list[Row]) -> Iterator[Hint]:
        """Codes that only one role or one voice uses."""
        for row in rows:
            code_id = row["code_id"]
            if code_id not in self._known:
                continue
            name = self._name(code_id)
            if row["finding"] == "one role":
                sentence = (
                    f"{name} came up only from people in the role “{row['role']}” "
                    f"({count(row['segments'], 'segment')}), although others spoke. Do others say it "
                    "in other words, which the code misses?"
                )
            else:
                sentence = (
                    f"{name} rests mostly on one person: {of(row['segments'], row['of_segments'], 'segment')} "
                    "of talk. It may matter as much, but it is not a shared thread yet."
                )
            hint = self._hint(
                "narrow", code_id, sentence, _ids(row), Proposal("", "comment", code_id)
            )
            # Who the one person is has nothing to do with the codebook.
            hidden = tuple(replace(each, speaker="") for each in hint.excerpts)
            yield replace(hint, excerpts=hidden) if row["finding"] == "one voice" else hint

    def saturation(self, rows: list[Row]) -> Iterator[Hint]:
        """Whether new codes still come: one sentence for workshops, or else for sources."""
        units = list(dict.fromkeys(row["unit"] for row in rows))
        told = [row for row in rows if not row["reason"]]
        some = next((fit for unit in units if (fit := [r for r in told if r["unit"] == unit])), [])
        if some:
            yield Hint("saturation", "", _saturated(some[0]))
        elif rows:
            reason = str(rows[0]["reason"])
            yield Hint(
                "saturation",
                "",
                f"Whether new codes still come cannot be told: {in_sentence(reason)}",
            )

    def _pair(self, row: Row) -> tuple[str, Proposal]:
        a, b = row["code_a"], row["code_b"]
        if row["relation"] in ("a within b", "b within a"):
            inner, outer = (a, b) if row["relation"] == "a within b" else (b, a)
            inside = row["segments_a"] if inner == a else row["segments_b"]
            sentence = (
                f"Where {self._name(inner)} is, {self._name(outer)} nearly always is too: "
                f"{of(row['segments_both'], inside, 'segment')}. Does it stand under it, or is the line "
                "between them not clear?"
            )
            proposal = Proposal("", "move", inner, parent=outer)
            if "aspect" in (self._kind(inner), self._kind(outer)):
                proposal = Proposal("", "wording", inner)
        elif row["relation"] == "same":
            sentence = (
                f"{self._name(a)} and {self._name(b)} nearly always come together: in "
                f"{count(row['segments_both'], 'segment')}, of {row['segments_a']:,} and "
                f"{row['segments_b']:,}. Are they one code?"
            )
            proposal = Proposal("", "merge", a, others=(b,))
            if (self._kind(a) == "aspect") != (self._kind(b) == "aspect"):
                proposal = Proposal("", "wording", a)
        else:
            either = row["segments_a"] + row["segments_b"] - row["segments_both"]
            sentence = (
                f"{self._name(a)} and {self._name(b)} often come together: in "
                f"{of(row['segments_both'], either, 'segment')} that have either. Is the line between "
                "them clear?"
                if row["relation"] == "overlap"
                else f"{self._name(a)} and {self._name(b)} may be hard to tell apart."
            )
            proposal = Proposal("", "wording", a)
        if row["confused"]:
            sentence += (
                f" On {count(row['confused'], 'segment')}, one person gave the one and another "
                "person the other instead."
            )
        return sentence, proposal

    def _hint(
        self, topic: Topic, code_id: str, sentence: str, ids: Sequence[str], proposal: Proposal
    ) -> Hint:
        return Hint(
            topic,
            code_id,
            sentence,
            len(ids),
            self._excerpts(ids[:MOST_EXCERPTS]),
            replace(proposal, segment_ids=tuple(ids[:_MOST_IDS])),
        )

    def _terms_told(self, code_id: str, labels: Sequence[str]) -> str:
        """List terms by their words; patterns, which few can read, are only counted."""
        kinds = {term.label: term.kind for term in self._codebook.code(code_id).terms}
        words = [label for label in labels if kinds.get(label) != "regex"]
        patterns = len(labels) - len(words)
        told = [f"“{label}”" for label in words]
        return words_list([*told, *([count(patterns, "pattern")] if patterns else [])])

    def _name(self, code_id: str) -> str:
        return f"“{self._codebook.code(code_id).name}”"

    def _kind(self, code_id: str) -> str:
        return self._codebook.code(code_id).dimension


def _saturated(row: Row) -> str:
    units = plural(row["unit"], 2)
    new = (
        f"at most {row['threshold']:.0%} as many new codes as the first {row['base']} {units} had"
        if row["threshold"]
        else "no new code"
    )
    if row["reached_after"] is None:
        return (
            f"New codes still come: no {row['run']} {units} one after the other brought {new}. "
            "Another workshop may well bring more."
        )
    return (
        f"After {count(row['reached_after'], row['unit'])}, the next {row['run']} brought {new}. "
        "That says something only about codes that the codebook has, and about people like those "
        "who took part."
    )


def _rows(frame: pd.DataFrame | None) -> list[Row]:
    """Give the rows of a table, with None for what is missing."""
    assert frame is not None
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]


def _grouped(rows: Sequence[Row], *keys: str) -> Iterator[tuple[tuple[Any, ...], list[Row]]]:
    """Give rows with the same keys together, in the order in which these first come."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    yield from found.items()


def _ids(*rows: Row) -> list[str]:
    """Give the segments of some rows, each once."""
    return list(dict.fromkeys(each for row in rows for each in row["segment_ids"].split()))
