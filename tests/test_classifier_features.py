"""What the classifier sees of a text, against another implementation; and the words that spoke."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from commonthread.classifier.evidence import Evidence
from commonthread.classifier.features import (
    Hits,
    make_features,
    make_vocabulary,
    nearness,
    no_hits,
    pieces,
    tokens,
)

TEXTS = [
    "They paid me late, and they paid me little.",
    "Nobody explains the jargon",
    "the jargon, the JARGON, the don't-know words",
    "",
    "Paid work’s work; it isn't jargon. £20!",
]


def seen(texts, hits=None, opening=0.0):
    found = tokens(texts)
    hits = no_hits(len(texts), 1) if hits is None else hits
    vocabulary = make_vocabulary(found, [str(n) for n in range(hits.terms.shape[1])])
    vocabulary = dataclasses.replace(vocabulary, opening=opening)
    return found, vocabulary, make_features(found, hits, vocabulary)


def hits_of(*terms):
    """The dictionary found codes by so many terms, all far from the beginning."""
    return Hits(np.array(terms), np.zeros(np.shape(terms)))


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


@pytest.mark.parametrize("opening", [0.0, 3.0])
@pytest.mark.parametrize("kind", [grams, spelled])
def test_words_pairs_and_pieces_weigh_as_in_another_implementation(kind, opening):
    _, vocabulary, features = seen(TEXTS, opening=opening)
    words, pairs, parts, _ = vocabulary.sizes
    other = TfidfVectorizer(
        analyzer=lambda text: [gram for gram, _ in kind(text)], sublinear_tf=True, norm=None
    )
    expected = other.fit_transform(TEXTS).toarray()
    for row, text in enumerate(TEXTS):
        for gram, start in kind(text):
            column = other.vocabulary_[gram]
            # The first word of a text may count for more, and the others less and less.
            expected[row, column] += other.idf_[column] * opening * np.exp(-start / 20)
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
    *_, features = seen(["one", "two"], hits_of([1, 0, 0, 0], [1, 1, 1, 1]))
    assert features[:, -4:].toarray() == pytest.approx(np.array([[1, 0, 0, 0], [0.5] * 4]))


def test_a_code_found_by_more_terms_weighs_more():
    *_, features = seen(["one", "two"], hits_of([4, 1], [1, 1]))
    assert features[:, -2:].toarray()[0] == pytest.approx(np.array([2, 1]) / np.sqrt(5))


def test_a_code_found_early_weighs_more_if_that_was_learned():
    near = nearness(np.array([[0, 20, 10_000]]))
    assert near[0] == pytest.approx([1, 1 / np.e, 0])
    hits = Hits(np.array([[1, 1, 1]]), near)
    for opening in (0.0, 3.0):
        *_, features = seen(["one"], hits, opening)
        wanted = np.array([1 + opening, 1 + opening / np.e, 1])
        assert features[:, -3:].toarray()[0] == pytest.approx(wanted / np.sqrt(wanted @ wanted))


def test_a_word_weighs_more_where_a_text_begins_if_that_was_learned():
    texts = ["jargon first and paid last", "paid first and jargon last"]
    _, vocabulary, features = seen(texts, opening=3.0)
    jargon, paid = (vocabulary.words.index(word) for word in ("jargon", "paid"))
    values = features.toarray()
    assert values[0, jargon] > 1.5 * values[0, paid] and values[1, paid] > 1.5 * values[1, jargon]
    plain = seen(texts)[2].toarray()
    assert plain[0, jargon] == pytest.approx(plain[0, paid])


def test_new_words_are_passed_over_but_not_their_known_pieces():
    _, vocabulary, _ = seen(TEXTS)
    new = make_features(tokens(["unpaid zzz"]), no_hits(1, 1), vocabulary)
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

    told, places, values = spoken(TEXTS, no_hits(5, 1), weights, 0)
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

    told, _, _ = spoken(TEXTS, no_hits(5, 1), weights, 1)
    assert set(told) == {"jargon", "explains", "the"}


def test_what_the_dictionary_found_speaks_through_the_words_it_found():
    hits = hits_of([0], [1], [0], [0], [0])

    def weights(vocabulary):
        made = np.zeros(sum(vocabulary.sizes))
        made[-1] = 1.0
        return made

    at = TEXTS[1].index("jargon")
    told, _, _ = spoken(TEXTS, hits, weights, 1, {0: [(at, at + 6)]})
    assert told == ["jargon"]


def test_where_nothing_spoke_for_a_code_nothing_is_told():
    told, _, _ = spoken(
        TEXTS, no_hits(5, 1), lambda v: -np.ones(sum(v.sizes)), 0
    )  # fmt: skip
    assert told == []
    assert spoken(TEXTS, no_hits(5, 1), lambda v: np.ones(sum(v.sizes)), 3)[0] == []
