"""Words and phrases in segments, and how two groups of segments use them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.refining.log_odds import log_odds, prior
from commonthread.refining.segment_words import (
    SegmentWords,
    is_common,
    texts_without,
    words_of,
)
from refining_study import NO_NAMES, book, coded_texts, texts_as_turns


def test_z_on_a_worked_example() -> None:
    """By hand: a word 10 times in 100 words here, 5 times in 200 there, 2 of 50 in the prior.

    Here its odds are 12 to 138 (10 + 2; 100 + 50 - 12), there 7 to 243 (5 + 2; 200 + 50 - 7). So
    delta = log((12 / 138) / (7 / 243)) = log(2916 / 966) = log(3.018634) = 1.104804; the variance
    is 1 / 12 + 1 / 7 = 19 / 84 = 0.226190, its root 0.475595; z = 1.104804 / 0.475595 = 2.322993.
    """
    found = log_odds([10, 90], [5, 195], [2, 48])
    assert found.delta[0] == pytest.approx(1.104804, abs=1e-6)
    assert found.z[0] == pytest.approx(2.322993, abs=1e-5)
    assert found.delta[1] == pytest.approx(-found.delta[0])


def test_the_prior_is_in_proportion_to_the_background() -> None:
    assert prior([30, 10, 0], 8).tolist() == [6, 2, 0]
    assert prior([0, 0], 8).tolist() == [0, 0]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=6))
def test_the_groups_can_be_exchanged(counts: list[tuple[int, int]]) -> None:
    first, second = (np.array(column) for column in zip(*counts, strict=True))
    alpha = np.ones(len(counts))
    one, other = log_odds(first, second, alpha), log_odds(second, first, alpha)
    assert one.z == pytest.approx(-other.z)


def test_a_group_with_no_other_word_has_no_odds() -> None:
    assert math.isnan(log_odds([3], [2], [1]).z[0])


def said(words: SegmentWords) -> dict[str, list[int]]:
    return {word: words.segments_with(number).tolist() for number, word in enumerate(words.words)}


def test_words_and_phrases_of_up_to_three_words_once_a_segment() -> None:
    found = words_of(["The bus, the bus stop", "A bus stop here", "Bus"], ["the", "here"], fewest=1)
    assert said(found) == {
        "bus": [0, 1, 2],
        "stop": [0, 1],
        "bus stop": [0, 1],
        "a bus stop": [1],
        "bus stop here": [1],
        "the bus stop": [0],
    }
    assert found.lengths.tolist() == [1, 1, 2, 3, 3, 3]
    assert found.count(np.array([True, False, True])).tolist() == [2, 1, 1, 0, 0, 1]


@pytest.mark.parametrize("word", ["it", "it's", "don't", "s", "2026", "-"])
def test_words_that_tell_nothing(word: str) -> None:
    assert is_common(word, {"it", "do", "n't", "'s"})


@pytest.mark.parametrize("word", ["bus", "john's", "can't", "food's", "茶", "é"])
def test_words_that_tell_something(word: str) -> None:
    assert not is_common(word, {"it", "do", "n't", "'s"})


def test_signs_break_phrases_and_apostrophes_and_hyphens_do_not() -> None:
    found = words_of(["Don't co-design; late - bus_stop 'quoted' 2026"], fewest=1)
    single = {"don't", "co-design", "late", "bus", "stop", "quoted"}
    assert set(found.words) == single | {"don't co-design"}


def test_forms_of_a_word_count_together_under_the_most_frequent_one() -> None:
    lemmas = {"waited": "wait", "waits": "wait"}
    found = words_of(["She waited", "I waited", "He waits", "Wait"], lemmas=lemmas, fewest=3)
    assert said(found) == {"waited": [0, 1, 2, 3]}


def test_what_is_rare_and_what_is_empty_is_left_out() -> None:
    assert words_of(["one two", "one"]).words == ("one",)
    assert words_of([]).words == words_of(["", "?!"], fewest=1).words == ()


def test_names_are_left_out_and_break_phrases() -> None:
    turns, coded = coded_texts(["So Researcher 1 waits", "nothing"], book())
    names = pd.DataFrame({"source_id": ["s"], "start": [3], "end": [15]})
    texts = texts_without(coded.segments, turns, names)
    assert words_of(texts, fewest=1).words == ("nothing", "so", "waits")
    assert [len(text) for text in texts] == [21, 7]
    whole = texts_without(coded.segments, turns, NO_NAMES)
    assert whole == texts_as_turns(["So Researcher 1 waits", "nothing"])["text"].tolist()
