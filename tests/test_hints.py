"""Where to look: what tables point at, in words, with segments and something to propose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from codebook_view_fixture import TERMS, small_book
from commonthread.codebook_view import Excerpt
from commonthread.proposals.hints import MOST_EXCERPTS, Hint, RefiningTables, hints
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.term_lines import read_term_line
from commonthread.terms import parse_term

BOOK = small_book()


def excerpts(ids: Sequence[str]) -> tuple[Excerpt, ...]:
    return tuple(Excerpt(each, f"Words of {each}", "Person 1", "Day 1") for each in ids)


def made(**tables: list[dict[str, Any]]) -> tuple[Hint, ...]:
    frames = {name: pd.DataFrame(rows) for name, rows in tables.items()}
    return hints(BOOK, RefiningTables(**frames), excerpts)


def word(word: str, ids: str, **more: Any) -> dict[str, Any]:
    row = {"code_id": "fares", "kind": "missed", "basis": "people", "word": word}
    return row | {"segments": len(ids.split()), "segment_ids": ids} | more


def pair(**more: Any) -> dict[str, Any]:
    row = {"code_a": "tea", "code_b": "time", "segments_a": 10, "segments_b": 20}
    row |= {"segments_both": 9, "relation": "", "confused": 0, "segment_ids": "a b c"}
    return row | more


def test_nothing_comes_of_nothing() -> None:
    assert hints(BOOK, RefiningTables(), excerpts) == ()


def test_words_that_a_code_misses_are_proposed_as_terms_beside_those_it_has() -> None:
    ids = "a b c d e f"
    (hint,) = made(code_words=[word("tram", ids), word("petrol money", "b g")])
    assert hint.topic == "missed words" and hint.code_id == "fares"
    assert "“Fares and fees” may miss these words: “tram” (6 segments) and" in hint.sentence
    assert "People gave the code" in hint.sentence
    assert (hint.segments, len(hint.excerpts)) == (7, MOST_EXCERPTS)
    assert hint.proposal is not None and hint.proposal.kind == "wording"
    lines = dict(hint.proposal.wording)["terms"].split("\n")
    assert lines[-1] == "tram" and lines.count("petrol money") == 1
    assert tuple(map(read_term_line, lines[:-1])) == BOOK.code("fares").terms
    assert hint.proposal.segment_ids == tuple("abcdefg")
    assert dict(hint.proposal.was)["terms"].split("\n") == lines[:-1]


def test_a_guess_is_called_one_and_wrong_words_start_a_change_of_wording() -> None:
    guess = {"basis": "neighbours"}
    one, two = made(
        code_words=[word("tram", "a", **guess), word("bus", "b", kind="wrongly caught")]
    )
    assert "this is a guess" in one.sentence
    assert two.topic == "wrong words" and "people did not give it" in two.sentence
    assert two.proposal == Proposal("", "wording", "fares", segment_ids=("b",))


def test_terms_that_do_no_work_are_proposed_to_go() -> None:
    labels = {"bus fare": "never matches", "PI": "always rejected", "pay + late": ""}
    rows = [
        {
            "code_id": "fares",
            "term": term,
            "finding": finding,
            "rejected": 3,
            "segment_ids": "a b c",
        }
        for term, finding in labels.items()
    ]
    pattern = rows[0] | {"term": BOOK.code("fares").terms[-1].label}
    assert "“bus fare” and 1 pattern." in made(term_use=[rows[0], pattern])[0].sentence
    never, always = made(term_use=rows)
    assert "a term that never came up in this material: “bus fare”" in never.sentence
    assert "3 segments judged, and none given the code" in always.sentence
    for hint, gone in ((never, TERMS[0]), (always, TERMS[2])):
        assert hint.proposal is not None
        kept = dict(hint.proposal.wording)["terms"].split("\n")
        assert [read_term_line(line) for line in kept] == [
            parse_term(term) for term in TERMS if term != gone
        ]


def test_what_is_not_coded_starts_a_new_code() -> None:
    cluster = {"cluster": 1, "name": "kettle, biscuit", "segments": 7, "of_segments": 40}
    rows = [{"cluster": 1, "segment_id": f"s{number}"} for number in range(7)]
    (hint,) = made(
        uncoded_clusters=[
            cluster | {"people": 3, "workshops": 1, "coherence": coherence}
            for coherence in (0.4, None)
        ],
        uncoded_cluster_segments=rows,
    )
    assert hint.sentence.startswith("7 of 40 segments without a code go together by their words")
    assert "such as “kettle” and “biscuit”. They come from 3 people in 1 workshop." in hint.sentence
    assert hint.proposal is not None
    assert (hint.proposal.kind, hint.proposal.segment_ids[:2]) == ("new", ("s0", "s1"))


@pytest.mark.parametrize(
    ("row", "words", "proposal"),
    [
        (
            {"relation": "same"},
            "nearly always come together: in 9 segments, of 10 and 20. Are they one code?",
            Proposal("", "merge", "tea", others=("time",)),
        ),
        (
            {"relation": "a within b"},
            "Where “Tea, biscuits and talk” is, “Time” nearly always is too: 9 of 10 segments.",
            Proposal("", "move", "tea", parent="time"),
        ),
        (
            {"relation": "b within a", "code_b": "challenge"},
            "Where “Challenge” is, “Tea, biscuits and talk” nearly always is too: 9 of 20 segments.",
            Proposal("", "wording", "challenge"),
        ),
        (
            {"relation": "overlap"},
            "often come together: in 9 of 21 segments that have either.",
            Proposal("", "wording", "tea"),
        ),
        (
            {"confused": 4},
            "may be hard to tell apart. On 4 segments, one person gave the one",
            Proposal("", "wording", "tea"),
        ),
    ],
)
def test_codes_that_come_together_are_asked_about(row, words, proposal) -> None:
    (hint,) = made(code_pairs=[pair(**row), pair(), pair(confused=1)])
    assert words in hint.sentence
    assert hint.proposal is not None
    assert hint.proposal.segment_ids == ("a", "b", "c")
    assert (hint.proposal.kind, hint.proposal.code_id) == (proposal.kind, proposal.code_id)
    assert (hint.proposal.others, hint.proposal.parent) == (proposal.others, proposal.parent)


def test_of_one_role_is_told_which_and_of_one_voice_not_whose() -> None:
    row = {"code_id": "tea", "segments": 4, "of_segments": 5, "segment_ids": "a b"}
    role, voice = made(
        narrow_codes=[
            row | {"finding": "one role", "role": "Researcher"},
            row | {"finding": "one voice", "role": None},
        ]
    )
    assert "only from people in the role “Researcher” (4 segments)" in role.sentence
    assert "rests mostly on one person: 4 of 5 segments of talk." in voice.sentence
    assert {each.speaker for each in role.excerpts} == {"Person 1"}
    assert {each.speaker for each in voice.excerpts} == {""}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            {"threshold": 0.05, "reached_after": 5},
            "After 5 workshops, the next 2 brought at most 5% as many new codes as the first 4 workshops had.",
        ),
        (
            {"threshold": 0.0, "reached_after": 4},
            "After 4 workshops, the next 2 brought no new code.",
        ),
        (
            {"threshold": 0.0, "reached_after": None},
            "New codes still come: no 2 workshops one after",
        ),
        (
            {"threshold": 0.0, "reached_after": None, "reason": "There are 3 workshops."},
            "Whether new codes still come cannot be told: there are 3 workshops.",
        ),
    ],
)
def test_whether_new_codes_still_come_is_said_with_what_it_does_not_say(row, words) -> None:
    (hint,) = made(
        saturation_reached=[{"unit": "workshop", "base": 4, "run": 2, "reason": ""} | row]
    )
    assert words in hint.sentence
    assert hint.proposal is None


def test_codes_that_the_codebook_does_not_have_are_left_out() -> None:
    gone = {"code_id": "gone"}
    assert (
        made(
            code_words=[word("x", "a", **gone)],
            term_use=[gone | {"term": "x", "finding": "never matches", "segment_ids": ""}],
            code_pairs=[pair(code_b="gone", relation="same")],
            narrow_codes=[gone | {"finding": "one voice", "segment_ids": ""}],
        )
        == ()
    )
