"""What people decided; words that a code misses or is wrongly caught by; terms that match."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from commonthread.coded import Mask
from commonthread.refining.code_words import code_words, word_sources
from commonthread.refining.term_use import term_use
from commonthread.refining.verdicts import machine_codings, people_verdicts
from commonthread.tables import check_table
from refining_study import NO_NAMES, book, by_people, code, coded_texts
from small_study import row

BOOK = book(
    code("money"),
    code("payment", "pay", "bursary", under="money"),
    code("rooms", "room", under="money"),
)
DAYS = ("now", "late", "soon", "weekly", "monthly", "never", "twice", "promptly")
PAID = [f"they pay us {day}" for day in DAYS]
EXPENSES = [f"an expenses form {day}" for day in DAYS]
ATTENTION = [f"please pay attention {day}" for day in DAYS]
OTHER = [f"a cold room {day}" for day in DAYS]
SAID = [*PAID, *EXPENSES, *ATTENTION, *OTHER]
AGREED = {
    **dict.fromkeys(range(16), "payment"),
    **dict.fromkeys(range(16, 24), "no_code"),
    **dict.fromkeys(range(24, 32), "rooms"),
}


COMMON = ("the", "a", "an", "by", "in", "us", "was", "we", "they", "with")


def found(people: pd.DataFrame, said: list[str] = SAID, most: int = 10) -> pd.DataFrame:
    turns, coded = coded_texts(said, BOOK)
    segments = coded.segments
    made = code_words(
        BOOK,
        machine_codings(coded.codings, segments, BOOK),
        people_verdicts(people, segments, BOOK),
        word_sources(segments, turns, NO_NAMES, coded.codings, COMMON),
        segments["segment_id"].tolist(),
        most,
    )
    return check_table(made, "code_words")


def ids(said: list[str] = SAID) -> list[str]:
    return coded_texts(said, BOOK)[1].segments["segment_id"].tolist()


def of(rows: slice) -> str:
    return " ".join(ids()[rows])


def test_words_that_people_coded_and_the_dictionary_did_not() -> None:
    made = found(by_people(ids(), {"ann": AGREED}))
    missed = made[(made["code_id"] == "payment") & (made["kind"] == "missed")]
    # Of a word and phrases with it in the same segments, the word is enough.
    assert missed["word"].tolist() == ["expenses", "form"]
    assert missed["rank"].tolist() == [1, 2]
    first = missed.iloc[0]
    assert (first["first_with"], first["of_first"]) == (8, 8)
    assert (first["second_with"], first["of_second"]) == (0, 8)
    assert (first["basis"], first["segments"]) == ("people", 8)
    assert first["segment_ids"] == of(slice(8, 16))
    assert first["z"] >= 1.645


def test_words_by_which_a_code_is_wrongly_caught() -> None:
    made = found(by_people(ids(), {"ann": AGREED}))
    wrong = made[(made["code_id"] == "payment") & (made["kind"] == "wrongly caught")]
    assert {"attention", "please"} <= set(wrong["word"])
    assert set(wrong["segment_ids"]) == {of(slice(16, 24))}
    assert set(wrong["of_first"]) == set(wrong["of_second"]) == {8}


def test_as_many_words_come_out_as_are_asked_for() -> None:
    assert len(found(by_people(ids(), {"ann": AGREED}), most=1)) == 2


def test_a_code_that_nobody_judged_is_held_against_its_neighbours() -> None:
    invoices = [f"we pay by invoice {day}" for day in DAYS]
    rooms = [f"a room with a view {day}" for day in DAYS]
    both = ["pay for the view", "pay extra for a view"]
    bare = ["the invoice was lost", "no invoice came"]
    said = [*invoices, *rooms, *both, *bare]
    made = found(by_people([], {}), said)
    own = made[(made["code_id"] == "payment") & (made["basis"] == "neighbours")]
    missed = row(own, kind="missed", word="invoice")
    assert missed["segment_ids"].split() == ids(said)[18:20]
    wrong = row(own, kind="wrongly caught", word="view")
    assert wrong["segment_ids"].split() == ids(said)[16:18]
    assert not own["word"].str.contains("pay").any()


def test_words_for_a_code_without_terms_come_from_what_people_coded() -> None:
    said = [*SAID, *(f"it will rain {day}" for day in DAYS)]
    own = dict.fromkeys(range(8, 16), "money") | dict.fromkeys(range(32, 40), "no_code")
    made = found(by_people(ids(said), {"ann": AGREED | own}), said)
    made = made[made["code_id"] == "money"]
    assert made["word"].tolist() == ["expenses", "form"]
    assert set(made["kind"]) == {"missed"}
    assert set(made["segment_ids"]) == {" ".join(ids(said)[8:16])}


def test_where_nothing_is_coded_no_word_comes_out() -> None:
    assert found(by_people([], {}), ["nothing", "of it"]).empty


def verdict(people: pd.DataFrame) -> tuple[Mask, Mask, Mask]:
    segments = coded_texts(SAID, BOOK)[1].segments
    made = people_verdicts(people, segments, BOOK)
    return made.applied[:, :4], made.left_off[:, :4], made.judged[:4]


def test_more_than_half_decide_and_a_tie_decides_nothing() -> None:
    people = by_people(
        ids(),
        {
            "ann": {0: "payment", 1: "payment", 2: "no_code"},
            "bob": {0: "payment", 1: "rooms"},
            "cyd": {0: "no_code"},
        },
    )
    applied, left_off, judged = verdict(people)
    # Of money, payment and rooms: a theme counts as applied where a code below it is.
    assert applied[:, 0].tolist() == [True, True, False]
    assert left_off[:, 0].tolist() == [False, False, True]
    assert applied[:, 1].tolist() == [True, False, False]
    assert left_off[:, 1].tolist() == [False, False, False]
    assert left_off[:, 2].tolist() == [True, True, True]
    assert judged.tolist() == [True, True, True, False]
    assert not applied[:, 3].any() and not left_off[:, 3].any()


def test_what_was_settled_together_stands_alone() -> None:
    people = by_people(
        ids(),
        {"ann": {0: "payment"}, "bob": {0: "payment"}, "adjudication": {0: "rooms"}},
    )
    applied, left_off, _ = verdict(people)
    assert applied[:, 0].tolist() == [True, False, True]
    assert left_off[:, 0].tolist() == [False, True, False]


def test_codings_of_what_is_not_there_are_passed_over() -> None:
    people = by_people(["gone"], {"ann": {0: "payment"}})
    known = by_people(ids(), {"ann": {0: "former"}})
    assert not verdict(people)[2].any()
    applied, left_off, judged = verdict(known)
    assert judged.tolist() == [True, False, False, False]
    assert not applied.any() and left_off[:, 0].all()


@pytest.fixture
def use() -> pd.DataFrame:
    _, coded = coded_texts(SAID, BOOK)
    people = by_people(ids(), {"ann": {**dict.fromkeys(range(16, 19), "no_code"), 24: "rooms"}})
    verdicts = people_verdicts(people, coded.segments, BOOK)
    return check_table(term_use(BOOK, coded.codings, verdicts, coded.segments), "term_use")


def test_every_term_with_its_segments_and_what_people_made_of_them(use: pd.DataFrame) -> None:
    assert use["term"].tolist() == ["pay", "bursary", "room"]
    pay = row(use, term="pay")
    assert [pay[name] for name in ("segments", "judged", "agreed", "rejected")] == [16, 3, 0, 3]
    assert pay["finding"] == "always rejected"
    assert pay["segment_ids"] == of(slice(16, 19))
    assert row(use, term="bursary")["finding"] == "never matches"
    room = row(use, term="room")
    assert [room[name] for name in ("segments", "judged", "agreed", "rejected")] == [8, 1, 1, 0]
    assert room["finding"] == ""


def test_a_few_rejections_are_not_always() -> None:
    _, coded = coded_texts(SAID, BOOK)
    people = by_people(ids(), {"ann": dict.fromkeys(range(16, 18), "no_code")})
    verdicts = people_verdicts(people, coded.segments, BOOK)
    made = row(term_use(BOOK, coded.codings, verdicts, coded.segments), term="pay")
    assert (made["rejected"], made["finding"]) == (2, "")


def test_people_agree_with_a_theme_where_they_gave_a_code_below_it() -> None:
    themed = book(code("money", "cash"), code("payment", under="money"))
    said = ["cash please"]
    _, coded = coded_texts(said, themed)
    people = by_people(coded.segments["segment_id"].tolist(), {"ann": {0: "payment"}})
    verdicts = people_verdicts(people, coded.segments, themed)
    made = row(term_use(themed, coded.codings, verdicts, coded.segments), term="cash")
    assert (made["judged"], made["agreed"]) == (1, 1)
    assert np.array_equal(verdicts.directly[:, 0], [False, True])
