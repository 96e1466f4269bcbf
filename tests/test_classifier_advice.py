"""What to code next: rare codes by the dictionary first, then what is least sure."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from classifier_fixture import WORDS, made_up
from commonthread.classifier.advice import SoFar, code_next
from commonthread.classifier.features import Hits, no_hits


@pytest.fixture
def study(tmp_path):
    material = made_up(tmp_path, segments=300, judged=120)
    codes = tuple(WORDS)
    number = [list(material.above).index(code) for code in codes]
    lessons = material.lessons()
    has = np.zeros((300, len(codes)), dtype=bool)
    has[lessons.row] = lessons.has[:, number]
    judged = np.zeros(300, dtype=bool)
    judged[lessons.row] = True
    return SoFar(codes, material.texts, material.hits()[:, number], has, judged, ~judged)


def test_segments_with_the_rarest_code_come_first(study):
    talk = study.codes.index("talk")
    rare = study.has.copy()
    rare[:, talk] = False
    rare[np.flatnonzero(study.judged & (study.hits.terms[:, talk] > 0))[:3], talk] = True
    chosen = code_next(dataclasses.replace(study, has=rare), 10)
    found = study.hits.terms[chosen, talk] > 0
    assert found[0] and found.sum() >= 3
    # Then nothing is rare any more as far as one can expect, and what is unsure follows.
    assert found.argmin() >= found[: found.argmin()].sum()


def test_a_dictionary_that_was_always_wrong_is_not_followed(study):
    talk = study.codes.index("talk")
    has, terms = study.has.copy(), study.hits.terms.copy()
    has[:, talk] = False
    terms[np.flatnonzero(study.judged)[:40], talk] = 1
    chosen = code_next(dataclasses.replace(study, has=has, hits=Hits(terms, study.hits.near)), 10)
    assert terms[chosen, talk].sum() < 10


def test_what_it_is_unsure_of_comes_before_what_is_plain(study):
    texts = list(study.texts)
    free = np.flatnonzero(study.free)
    plain, unsure = free[::2], free[1::2]
    for row in plain:
        texts[row] = "the meeting was about the group"
    chosen = code_next(dataclasses.replace(study, texts=texts), 10)
    assert chosen[0] in unsure and len(set(chosen) & set(unsure)) >= 8


def test_segments_in_the_same_words_are_not_all_chosen(study):
    texts = list(study.texts)
    free = np.flatnonzero(study.free)
    for row in free[:100]:
        texts[row] = "paid jargon"
    chosen = code_next(dataclasses.replace(study, texts=texts), 20)
    assert len(set(chosen) & set(free[:100])) < 15


@pytest.mark.parametrize("number", [1, 50, 400])
def test_only_free_segments_are_chosen_and_each_once(study, number):
    free = study.free.copy()
    free[-30:] = False
    chosen = code_next(dataclasses.replace(study, free=free), number)
    assert len(chosen) == len(set(chosen)) == min(number, free.sum())
    assert free[chosen].all()


def test_where_nothing_is_known_the_order_of_the_segments_decides(study):
    nothing = np.zeros_like(study.has)
    chosen = code_next(
        dataclasses.replace(
            study,
            has=nothing,
            hits=no_hits(*nothing.shape),
            judged=np.zeros(300, dtype=bool),
            free=np.ones(300, dtype=bool),
        ),
        5,
    )
    assert chosen.tolist() == [0, 1, 2, 3, 4]
