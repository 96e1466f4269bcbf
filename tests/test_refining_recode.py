"""Coding only what changed gives what coding everything anew gives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread import language
from commonthread.codebook import Codebook
from commonthread.dictionary import Coded, code_sources
from commonthread.refining.recode import changed_terms, recode
from commonthread.settings import SegmentSettings, Settings
from refining_study import NO_NAMES, aspect, book, code, texts_as_turns

SHORT = Settings(segments=SegmentSettings(length=7))
NAMES = pd.DataFrame({"source_id": ["b", "a"], "start": [9, 4], "end": [20, 10]})
SAID = {
    "a": [
        "We paid them late. The problem was paying late, and the fee.",
        "Pay attention, please! Who decides about fees?",
    ],
    "b": [
        "Nobody pays decisions any attention.",
        "",
        "The committee decided on the problem, late.",
    ],
    "c": ["Decide on the money and the pay; decide again.  Two  blanks."],
}
TERMS: tuple[Any, ...] = (
    "pay",
    {"phrase": "pay", "unless": ["pay attention"]},
    "fee",
    "decide on",
    "decision",
    {"exactly": "Decide"},
    {"all_of": ["problem", "late"], "within": "8"},
    {"regex": "p[ar]"},
)
IDS = ("payment", "decides", "trouble", "late", "more")


@pytest.fixture(autouse=True, scope="module")
def language_is_loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "load_language", cache(language.load_language))
        yield


TURNS = pd.concat([texts_as_turns(said, source) for source, said in SAID.items()])


def run(codebook: Codebook, names: pd.DataFrame = NAMES) -> Coded:
    sources = pd.DataFrame({"source_id": list(SAID), "workshop_id": "w", "kind": "transcript"})
    return code_sources(TURNS, sources, names, codebook, SHORT)


def again(before: Codebook, after: Codebook, names: pd.DataFrame = NAMES) -> pd.DataFrame:
    coded = run(before, names)
    return recode(coded.segments, TURNS, names, coded.codings, before, after, SHORT)


def same_as_a_full_run(before: Codebook, after: Codebook) -> None:
    pd.testing.assert_frame_equal(again(before, after), run(after).codings)


CODEBOOKS = st.lists(
    st.tuples(
        st.sampled_from(IDS),
        st.lists(st.sampled_from(range(len(TERMS))), max_size=3, unique=True),
    ),
    max_size=4,
    unique_by=lambda drawn: drawn[0],
).map(lambda drawn: book(*(code(each, *(TERMS[term] for term in own)) for each, own in drawn)))


@settings(max_examples=40, deadline=None)
@given(CODEBOOKS, CODEBOOKS)
def test_it_is_the_same_as_a_full_run(before: Codebook, after: Codebook) -> None:
    same_as_a_full_run(before, after)


def test_only_what_changed_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    before = book(
        code("payment", "pay"), code("decides", "decide on"), aspect("trouble", "problem")
    )
    renamed = book(code("wages", "pay"), aspect("trouble", "problem"), code("decides", "decide on"))
    assert changed_terms(before, renamed) == ()
    expected = run(renamed).codings
    coded = run(before)
    with monkeypatch.context() as patch:
        patch.setattr(language, "load_language", None)
        made = recode(coded.segments, TURNS, NAMES, coded.codings, before, renamed, SHORT)
    pd.testing.assert_frame_equal(made, expected)
    more = book(code("payment", "pay", "fee"), code("decides", "decide on"))
    assert changed_terms(before, more) == ("payment",)
    same_as_a_full_run(before, more)


def test_codings_of_others_are_not_touched_and_do_not_come_out() -> None:
    before, after = book(code("payment", "pay")), book(code("payment", "fee"))
    coded = run(before)
    person = coded.codings.head(1).assign(coder_id="ann", coder_kind="person")
    both = pd.concat([person, coded.codings])
    made = recode(coded.segments, TURNS, NAMES, both, before, after, SHORT)
    pd.testing.assert_frame_equal(made, run(after).codings)


def test_without_terms_nothing_is_coded() -> None:
    assert again(book(code("payment", "pay")), book(code("payment"))).empty
    assert again(book(code("payment")), book(code("payment")), NO_NAMES).empty
