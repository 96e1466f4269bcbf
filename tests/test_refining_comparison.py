"""What a change of the codebook does to the findings, before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread import language
from commonthread.codebook import Codebook
from commonthread.codings import decide
from commonthread.refining.changed_counts import changed_rows
from commonthread.refining.changed_segments import changed_segments
from commonthread.refining.code_fates import code_fates
from commonthread.refining.comparison import Comparison, RunTables, compare
from commonthread.refining.look_again import carried_over
from commonthread.tables import as_table, check_table, columns, empty_table
from refining_study import (
    NO_NAMES,
    TURNS_ARE_SEGMENTS,
    aspect,
    book,
    by_people,
    code,
    coded_texts,
)
from small_study import row

SAID = (
    "They pay us",  # 0
    "The fee was late",  # 1
    "Who decides about the pay",  # 2
    "It is a problem",  # 3
    "Nothing here",  # 4
    "Pay the fee",  # 5
)
CODES = (
    code("money"),
    code("payment", "pay", under="money"),
    code("fees", "fee", under="money"),
    code("decides", "decide"),
    aspect("challenge", "problem", "late"),
)
BEFORE = book(*CODES)


@pytest.fixture(autouse=True, scope="module")
def language_is_loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "load_language", cache(language.load_language))
        yield


def ids() -> list[str]:
    return coded_texts(SAID, BEFORE)[1].segments["segment_id"].tolist()


def run_with(
    codebook: Codebook = BEFORE, people: pd.DataFrame | None = None, said: tuple[str, ...] = SAID
) -> RunTables:
    turns, coded = coded_texts(said, codebook)
    parts = [coded.codings] if people is None else [coded.codings, people]
    workshop = {"workshop_id": ["w"], "workshop": ["First"], "date": [""]}
    return RunTables(
        segments=coded.segments,
        turns=turns,
        replacements=NO_NAMES,
        codings=pd.concat(parts, ignore_index=True),
        participants=empty_table("participants"),
        workshops=as_table(workshop, "workshops"),
    )


def with_(after: Codebook, people: pd.DataFrame | None = None) -> Comparison:
    made = compare(run_with(people=people), BEFORE, after, TURNS_ARE_SEGMENTS)
    for name in ("codebook_changes", "changed_segments", "changed_counts", "look_again"):
        check_table(getattr(made, name), name)
    return made


def changed(code_id: str, **more: Any) -> Codebook:
    return book(*(replace(each, **more) if each.id == code_id else each for each in CODES))


def terms(*written: Any) -> tuple[Any, ...]:
    return code("any", *written).terms


def segments(made: Comparison) -> list[tuple[int, str, str | None, str | None]]:
    """Give number of the segment, change, code before and code after of each row."""
    at = {segment: number for number, segment in enumerate(ids())}
    frame = made.changed_segments.astype(object).where(made.changed_segments.notna(), None)
    return [
        (at[each["segment_id"]], each["change"], each["code_before"], each["code_after"])
        for each in frame.to_dict("records")
    ]


def test_an_identical_codebook_changes_nothing_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_with()
    with monkeypatch.context() as patch:
        patch.setattr(language, "load_language", None)
        made = compare(run, BEFORE, book(*CODES), TURNS_ARE_SEGMENTS)
    assert made.nothing_changes
    assert made.codings_after is run.codings
    assert made.changed_segments.empty and made.changed_counts.empty and made.look_again.empty


def test_wording_alone_changes_no_finding() -> None:
    made = with_(changed("payment", name="Being paid", plain="Other words"))
    assert not made.nothing_changes
    assert made.changed_segments.empty and made.changed_counts.empty and made.look_again.empty
    pd.testing.assert_frame_equal(made.codings_after, run_with().codings)


def test_changed_terms_gain_and_lose() -> None:
    made = with_(
        changed("payment", terms=terms("nothing", {"phrase": "pay", "unless": ["the pay"]}))
    )
    assert segments(made) == [(2, "lost", "payment", None), (4, "gained", None, "payment")]
    counts = made.changed_counts
    every = counts[counts["group"] == "all"]
    # One comes and one goes, so the number of segments stays; the theme's too.
    assert every.empty
    fewer = with_(changed("payment", terms=terms({"phrase": "pay", "unless": ["the pay"]})))
    own = row(fewer.changed_counts, group="all", code_after="payment")
    assert (own["segments_before"], own["segments_after"]) == (3, 2)
    theme = row(fewer.changed_counts, group="all", code_after="money")
    assert (theme["segments_before"], theme["segments_after"]) == (4, 3)


def test_a_term_that_goes_to_another_code_moves_segments() -> None:
    after = book(
        CODES[0],
        CODES[1],
        replace(CODES[2], terms=()),
        replace(CODES[3], terms=terms("decide", "fee")),
        CODES[4],
    )
    assert segments(with_(after)) == [
        (1, "moved", "fees", "decides"),
        (5, "moved", "fees", "decides"),
    ]


def test_a_theme_is_not_moved_to_an_aspect() -> None:
    after = book(
        *CODES[:2], replace(CODES[2], terms=()), CODES[3], aspect("challenge", "problem", "fee")
    )
    assert segments(with_(after)) == [
        (1, "lost", "fees", None),
        (5, "lost", "fees", None),
        (5, "gained", None, "challenge"),
    ]


def test_a_renamed_code_is_the_same_code() -> None:
    renamed = replace(CODES[1], id="wages", was=("payment",))
    made = with_(book(CODES[0], renamed, *CODES[2:]))
    assert made.changed_segments.empty
    assert made.changed_counts.empty
    assert set(made.codings_after["code_id"]) == {"wages", "fees", "decides", "challenge"}


def test_merged_codes_move_and_so_do_their_counts() -> None:
    both = code("cash", "pay", "fee", under="money", was=("payment", "fees"))
    made = with_(book(CODES[0], both, *CODES[3:]))
    assert segments(made) == [
        (0, "moved", "payment", "cash"),
        (1, "moved", "fees", "cash"),
        (2, "moved", "payment", "cash"),
        (5, "moved", "payment", "cash"),
        (5, "moved", "fees", "cash"),
    ]
    every = made.changed_counts[made.changed_counts["group"] == "all"]
    assert row(every, code_after="cash")["segments_after"] == 4
    assert pd.isna(row(every, code_after="cash")["segments_before"])
    assert row(every, code_before="fees")["segments_before"] == 2
    assert "money" not in set(every["code_after"])


def test_a_split_code_moves_to_the_parts_that_match() -> None:
    parts = [code(name, term, under="money", was=("payment",)) for name, term in
             (("theirs", "they pay"), ("ours", "pay the"))]  # fmt: skip
    made = with_(book(CODES[0], *parts, *CODES[2:]))
    assert segments(made) == [
        (0, "moved", "payment", "theirs"),
        (2, "lost", "payment", None),
        (5, "moved", "payment", "ours"),
    ]


def test_people_are_heard_over_the_dictionary_before_and_after() -> None:
    people = by_people(ids(), {"ann": {0: "no_code", 4: "payment"}})
    made = with_(changed("payment", terms=terms("they")), people)
    assert segments(made) == [(2, "lost", "payment", None), (5, "lost", "payment", None)]


def test_codings_by_people_whose_code_changed_are_to_be_looked_at_again() -> None:
    people = by_people(
        ids(), {"ann": {0: "payment", 1: "fees", 3: "challenge"}, "bob": {0: "fees"}}
    )
    made = with_(changed("payment", definition="Other"), people)
    again = made.look_again
    assert again[
        ["segment_id", "coder_id", "code_before", "code_after", "reason"]
    ].values.tolist() == [[ids()[0], "ann", "payment", "payment", "meaning changed"]]


def test_what_new_terms_find_on_judged_segments_is_to_be_looked_at_too() -> None:
    people = by_people(ids(), {"ann": {3: "challenge", 4: "no_code"}})
    made = with_(changed("payment", terms=terms("pay", "nothing")), people)
    (again,) = made.look_again.to_dict("records")
    assert (again["segment_id"], again["code_after"]) == (ids()[4], "payment")
    assert again["reason"] == "new terms match"
    assert pd.isna(again["coder_id"]) and pd.isna(again["code_before"])
    added = with_(book(*CODES, code("gap", "nothing")), people)
    assert added.look_again["reason"].tolist() == ["new terms match"]


def test_codings_with_codes_that_are_no_more() -> None:
    people = by_people(ids(), {"ann": {0: "payment", 1: "fees", 2: "decides payment"}})
    after = book(
        CODES[0],
        code("early", under="money", was=("payment",)),
        code("late", under="money", was=("payment",)),
        code("whoever", was=("decides", "challenge")),
    )
    made = with_(after, people)
    told = [
        (ids().index(each["segment_id"]), each["code_before"], each["code_after"], each["reason"])
        for each in made.look_again.fillna("").to_dict("records")
    ]
    assert told == [
        (0, "payment", "early late", "split"),
        (1, "fees", "", "retired"),
        (2, "decides", "whoever", "merged"),
        (2, "payment", "early late", "split"),
    ]
    carried = carried_over(people, code_fates(BEFORE, after))
    assert carried[["segment_id", "code_id"]].values.tolist() == [[ids()[2], "whoever"]]


def test_no_code_is_carried_over() -> None:
    people = by_people(ids(), {"ann": {0: "no_code"}})
    kept = carried_over(people, code_fates(BEFORE, book(CODES[0])))
    pd.testing.assert_frame_equal(kept, people)


WORDS = ("pay", "fee", "decide", "problem", "late", "nothing")
CODEBOOKS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from(WORDS), max_size=3, unique=True)),
    max_size=4,
    unique_by=lambda drawn: drawn[0],
).map(lambda drawn: book(*(code(each, *own) for each, own in drawn)))


@settings(max_examples=20, deadline=None)
@given(CODEBOOKS, CODEBOOKS, st.lists(st.sampled_from(["a", "b", "no_code"]), max_size=3))
def test_gained_and_lost_are_those_of_a_full_second_run(
    before: Codebook, after: Codebook, judged: list[str]
) -> None:
    known = {each.id for each in before.codes} | {"no_code"}
    own = {number: each for number, each in enumerate(judged) if each in known}
    people = by_people(ids(), {"ann": own})
    made = compare(run_with(before, people), before, after, TURNS_ARE_SEGMENTS)
    kept = people[people["code_id"].isin({each.id for each in after.codes} | {"no_code"})]
    pairs = [
        set(zip(each["segment_id"], each["code_id"], strict=True))
        for each in map(decide, (run_with(before, people).codings, run_with(after, kept).codings))
    ]
    frame = made.changed_segments
    lost, gained = (
        set(zip(own["segment_id"], own[side], strict=True))
        for side in ("code_before", "code_after")
        for own in [frame[frame[side].notna()]]
    )
    assert lost == pairs[0] - pairs[1]
    assert gained == pairs[1] - pairs[0]


def test_the_same_codings_in_another_order_change_nothing() -> None:
    codings = run_with().codings
    fates = code_fates(BEFORE, BEFORE)
    assert changed_segments(codings, codings.iloc[::-1], BEFORE, BEFORE, fates).empty


def test_rows_of_summary_tables_are_compared_by_code_and_point() -> None:
    numbers = ("row", "challenge_segments", "practice_segments", "people", "workshops")
    base = dict.fromkeys(empty_table("summary_tables").columns, "") | dict.fromkeys(numbers, 1)
    base |= {"table_id": "t", "challenge_evidence": "s1 s2", "practice_evidence": "s2 s3"}
    rows = [base | {"code_id": each, "point": each} for each in ("a", "b", "c", "r")]
    later = [
        rows[0] | {"challenge_evidence": "s2 s1"},
        rows[1] | {"practice_evidence": "s2 s4 s5", "people": 2},
        rows[2] | {"point": "other"},
        rows[3] | {"code_id": "q"},
    ]
    fates = code_fates(book(*map(code, "abcr")), book(*map(code, "abc"), code("q", was=("r",))))
    made = changed_rows(as_table(rows, "summary_tables"), as_table(later, "summary_tables"), fates)
    check_table(made, "changed_rows")
    assert made[["code_id", "point", "change"]].values.tolist() == [
        ["b", "b", "changed"],
        ["c", "other", "new"],
        ["c", "c", "gone"],
    ]
    changed = row(made, code_id="b")
    assert (changed["segments_before"], changed["segments_after"]) == (3, 4)
    assert (changed["people_before"], changed["people_after"]) == (1, 2)


def test_summary_tables_may_have_had_no_rows() -> None:
    empty, fates = empty_table("summary_tables"), code_fates(book(code("a")), book(code("a")))
    blank = {name: 0 if columns("summary_tables")[name] != "text" else "" for name in empty.columns}
    some = as_table([blank | {"code_id": "a", "people": 1}], "summary_tables")
    assert changed_rows(empty, some, fates)["change"].tolist() == ["new"]
    assert changed_rows(some, empty, fates)["change"].tolist() == ["gone"]
    assert changed_rows(empty, empty, fates).empty
