"""What is not coded, in clusters with names."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.refining.clusters import MOST, Clusters, cluster_texts
from commonthread.refining.missing_themes import missing_themes
from commonthread.tables import check_table
from small_study import coded, study

TOPICS = {
    "food": ["soup", "bread", "kitchen", "lunch", "plate", "hungry", "cook", "salt"],
    "travel": ["bus", "train", "ticket", "station", "late", "journey", "driver", "seat"],
    "paper": ["form", "signature", "letter", "stamp", "envelope", "address", "post", "folder"],
}
COMMON = ("the", "a", "and", "yes", "well", "we")


def sentences(number: int = 30) -> tuple[list[str], list[str]]:
    """Make sentences of each topic, mixed: topic and text."""
    draw = random.Random(1)
    made = [
        (topic, " ".join(["the", *draw.sample(words, 4), "and"]))
        for topic, words in TOPICS.items()
        for _ in range(number)
    ]
    draw.shuffle(made)
    return [topic for topic, _ in made], [text for _, text in made]


def same(one: Clusters, other: Clusters) -> None:
    assert (one.names, one.method) == (other.names, other.method)
    assert np.array_equal(one.labels, other.labels)


def test_texts_that_are_alike_come_together_under_their_words() -> None:
    topics, texts = sentences()
    found = cluster_texts(texts, COMMON)
    assert len(found.names) <= MOST
    for number, name in enumerate(found.names):
        inside = [
            topic for topic, label in zip(topics, found.labels, strict=True) if label == number
        ]
        # No cluster has two topics, and it is named by words of its own.
        assert len(set(inside)) == 1
        assert set(name.split(", ")) <= set(TOPICS[inside[0]])


def test_the_most_coherent_cluster_comes_first_and_nearness_is_a_cosine() -> None:
    found = cluster_texts(sentences()[1], COMMON)
    assert list(found.coherence) == sorted(found.coherence, reverse=True)
    for number, coherence in enumerate(found.coherence):
        assert coherence == pytest.approx(found.nearness[found.labels == number].mean())
    assert (found.nearness <= 1 + 1e-9).all()


def test_texts_of_common_words_alone_come_last() -> None:
    found = cluster_texts([*sentences()[1], *["Yes, well", "The ...", "We, yes"]], COMMON)
    assert len(set(found.labels[-3:])) == 1
    assert found.labels[-1] == len(found.names) - 1
    assert found.names[-1] == "yes, the, we, well"
    assert np.isnan(found.coherence[-1])


def test_a_text_without_words_or_with_words_of_its_own_alone_is_in_no_cluster() -> None:
    found = cluster_texts([*sentences()[1], "?!", "", "zymurgy"], COMMON)
    assert found.labels[-3:].tolist() == [-1, -1, -1]


@pytest.mark.parametrize("texts", [[], ["one"], ["one", "two"], ["same words"] * 3, [""] * 9])
def test_few_texts_do_no_harm(texts: list[str]) -> None:
    found = cluster_texts(texts)
    assert len(found.labels) == len(texts)
    assert len(found.names) == found.labels.max(initial=-1) + 1


def test_the_same_texts_give_the_same_clusters_however_many_cores_there_are() -> None:
    from threadpoolctl import threadpool_info, threadpool_limits

    texts = sentences(60)[1]
    found = cluster_texts(texts, COMMON)
    with threadpool_limits(limits=2):
        same(cluster_texts(texts, COMMON), found)
        assert {each["num_threads"] for each in threadpool_info()} == {2}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text("abc ", max_size=12), max_size=40))
def test_whatever_is_said_each_text_is_in_one_cluster_at_most(texts: list[str]) -> None:
    found = cluster_texts(texts)
    sizes = np.bincount(found.labels[found.labels >= 0], minlength=len(found.names))
    assert len(sizes) == len(found.names) <= MOST
    assert (sizes >= 3).all()
    same(found, cluster_texts(texts))


def test_tables_of_what_is_not_coded() -> None:
    frames = study()
    texts = ["the bus was late again on Monday morning"] * 13
    clusters, segments = missing_themes(coded(), texts)
    check_table(clusters, "uncoded_clusters")
    check_table(segments, "uncoded_cluster_segments")
    # Four segments have no code of a theme, the one with an aspect alone among them.
    themes = {"payment", "decides", "dominant", "power_hidden"}
    about = frames["codings"]["code_id"].isin(themes)
    bare = set(frames["segments"]["segment_id"]) - set(frames["codings"]["segment_id"][about])
    assert set(segments["segment_id"]) == bare
    assert clusters["segments"].tolist() == [len(bare)]
    assert clusters["of_segments"].tolist() == [len(bare)]
    assert segments["rank"].tolist() == list(range(1, len(bare) + 1))
    assert clusters["people"].tolist() == [1]
    assert clusters["workshops"].tolist() == [2]


def test_where_all_is_coded_nothing_is_missing() -> None:
    frames = study()
    every = pd.concat(
        [frames["codings"].head(1).assign(segment_id=each, code_id="payment")
         for each in frames["segments"]["segment_id"]]
    )  # fmt: skip
    clusters, segments = missing_themes(coded(codings=every), ["text"] * 13)
    assert clusters.empty and segments.empty
