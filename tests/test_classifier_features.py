"""What the classifier sees of a text, against another implementation; and the words that spoke."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from commonthread.classifier.evidence import Evidence
from commonthread.classifier.features import (
    make_features,
    make_vocabulary,
    pieces,
    strength,
    tokens,
)

TEXTS = [
    "They paid me late, and they paid me little.",
    "Nobody explains the jargon",
    "the jargon, the JARGON, the don't-know words",
    "",
    "Paid work’s work; it isn't jargon. £20!",
]


def seen(texts, hits=None):
    found = tokens(texts)
    hits = np.zeros((len(texts), 1), dtype=bool) if hits is None else hits
    vocabulary = make_vocabulary(found, [str(n) for n in range(hits.shape[1])])
    return found, vocabulary, make_features(found, hits, vocabulary)


def words_of(text):
    found = tokens([text])
    return [found.words[number] for number in found.word]


def grams(text):
    """Words and pairs of a text, each with where it starts."""
    found = tokens([text])
    own = list(zip(words_of(text), found.start.tolist(), strict=True))
    return own + [(f"{one} {two}", at) for (one, at), (two, _) in itertools.pairwise(own)]


def spelled(text):
    return [(piece, at) for word, at in grams(text) if " " not in word for piece in pieces(word)]


@pytest.mark.parametrize("kind", [grams, spelled])
def test_words_pairs_and_pieces_weigh_as_in_another_implementation(kind):
    _, vocabulary, features = seen(TEXTS)
    words, pairs, parts, _ = vocabulary.sizes
    other = TfidfVectorizer(
        analyzer=lambda text: [gram for gram, _ in kind(text)], sublinear_tf=True, norm=None
    )
    expected = other.fit_transform(TEXTS).toarray()
    for row, text in enumerate(TEXTS):
        for gram, start in kind(text):
            column = other.vocabulary_[gram]
            # The first word of a text counts three times more, and the others less and less.
            expected[row, column] += other.idf_[column] * 3 * np.exp(-start / 20)
    names = [*vocabulary.words, *map(" ".join, vocabulary.pairs)]
    if kind is spelled:
        names, own = list(vocabulary.pieces), features[:, words + pairs : -1]
    else:
        own = features[:, : words + pairs]
    assert len(names) == expected.shape[1] == (parts if kind is spelled else words + pairs)
    order = [other.vocabulary_[name] for name in names]
    assert own.toarray() == pytest.approx(normalize(expected[:, order]))


def test_pieces_are_those_of_scikit_learn_inside_words():
    analyse = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)).build_analyzer()
    for word in ("a", "an", "jargon", "don't"):
        assert set(pieces(word)) == set(analyse(word))


def test_codes_of_the_dictionary_weigh_less_the_more_of_them_there_are():
    hits = np.array([[True, False, False, False], [True, True, True, True]])
    *_, features = seen(["one", "two"], hits)
    assert features[:, -4:].toarray() == pytest.approx(np.array([[1, 0, 0, 0], [0.5] * 4]))


def test_a_code_found_by_more_terms_weighs_more():
    hits = strength(np.array([[4, 1], [1, 1]]), np.array([[10_000, 10_000], [0, 0]]))
    *_, features = seen(["one", "two"], hits)
    assert features[:, -2:].toarray()[0] == pytest.approx(np.array([2, 1]) / np.sqrt(5))


def test_a_code_found_early_weighs_more():
    terms, start = np.array([[1, 1, 1, 0]]), np.array([[0, 20, 10_000, 0]])
    assert strength(terms, start)[0] == pytest.approx([1 + 3, 1 + 3 / np.e, 1, 0])


def test_a_word_weighs_more_where_a_text_begins():
    _, vocabulary, features = seen(["jargon first and paid last", "paid first and jargon last"])
    jargon, paid = (vocabulary.words.index(word) for word in ("jargon", "paid"))
    values = features.toarray()
    assert values[0, jargon] > 1.5 * values[0, paid] and values[1, paid] > 1.5 * values[1, jargon]


def test_new_words_are_passed_over_but_not_their_known_pieces():
    _, vocabulary, _ = seen(TEXTS)
    new = make_features(tokens(["unpaid zzz"]), np.zeros((1, 1), dtype=bool), vocabulary)
    words, pairs, _, _ = vocabulary.sizes
    assert new[:, : words + pairs].nnz == 0
    known = {vocabulary.pieces[n - words - pairs] for n in new.indices}
    assert {"paid", "aid "} <= known and "zz" not in known


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_text_has_features_of_length_one_or_none(texts):
    found, vocabulary, features = seen(texts)
    words, pairs, *_ = vocabulary.sizes
    for block in (features[:, : words + pairs], features[:, words + pairs : -1]):
        length = np.sqrt(block.multiply(block).sum(axis=1))
        assert np.all(np.isclose(length, 1) | np.isclose(length, 0))
    for text, start, end in zip(found.text, found.start, found.end, strict=True):
        assert texts[text][start:end].strip()


def test_a_run_of_letters_without_end_is_no_burden():
    _, vocabulary, _ = seen(["x" * 100_000])
    assert len(vocabulary.pieces) < 20


def spoken(texts, hits, weights, text, found=None):
    words, vocabulary, features = seen(texts, hits)
    row = features[text]
    values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
    told = Evidence(words, vocabulary).words(text, values, weights(vocabulary), found or {})
    return [texts[text][each.start : each.end] for each in told], told, values


def test_the_words_that_spoke_for_a_code_are_told_the_heaviest_first():
    def weights(vocabulary):
        made = np.zeros(sum(vocabulary.sizes))
        made[vocabulary.words.index("paid")] = 1.0
        made[vocabulary.words.index("late")] = 2.0
        made[vocabulary.words.index("they")] = -3.0
        return made

    told, places, values = spoken(TEXTS, np.zeros((5, 1), dtype=bool), weights, 0)
    assert told == ["late", "paid"]
    assert TEXTS[0][places[1].start :].startswith("paid me late")
    # What was shared out is all that speaks for the code.
    assert sum(each.weight for each in places) == pytest.approx(
        sum(value * w for value, w in zip(values.values(), weights_of(values, weights), strict=True)
            if w > 0)
    )  # fmt: skip


def weights_of(values, weights):
    _, vocabulary, _ = seen(TEXTS)
    made = weights(vocabulary)
    return [made[number] for number in values]


def test_pieces_and_pairs_speak_through_their_words():
    def weights(vocabulary):
        made = np.zeros(sum(vocabulary.sizes))
        words, pairs, *_ = vocabulary.sizes
        made[words + pairs + vocabulary.pieces.index("jarg")] = 1.0
        made[words + vocabulary.pairs.index(("explains", "the"))] = 0.9
        return made

    told, _, _ = spoken(TEXTS, np.zeros((5, 1), dtype=bool), weights, 1)
    assert set(told) == {"jargon", "explains", "the"}


def test_what_the_dictionary_found_speaks_through_the_words_it_found():
    hits = np.array([[False], [True], [False], [False], [False]])

    def weights(vocabulary):
        made = np.zeros(sum(vocabulary.sizes))
        made[-1] = 1.0
        return made

    at = TEXTS[1].index("jargon")
    told, _, _ = spoken(TEXTS, hits, weights, 1, {0: [(at, at + 6)]})
    assert told == ["jargon"]


def test_where_nothing_spoke_for_a_code_nothing_is_told():
    told, _, _ = spoken(
        TEXTS, np.zeros((5, 1), dtype=bool), lambda v: -np.ones(sum(v.sizes)), 0
    )  # fmt: skip
    assert told == []
    assert spoken(TEXTS, np.zeros((5, 1), dtype=bool), lambda v: np.ones(sum(v.sizes)), 3)[0] == []
