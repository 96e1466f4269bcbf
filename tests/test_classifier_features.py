"""What the classifier sees of a text, against another implementation; and the words that spoke."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from commonthread.classifier.evidence import Evidence
from commonthread.classifier.features import make_features, make_vocabulary, pieces, tokens

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


def test_words_pairs_and_pieces_weigh_as_in_another_implementation():
    _, vocabulary, features = seen(TEXTS)
    words, pairs, parts, _ = vocabulary.sizes
    own = TfidfVectorizer(analyzer=words_of, sublinear_tf=True, norm=None).fit_transform(TEXTS)
    both = TfidfVectorizer(
        tokenizer=words_of, lowercase=False, token_pattern=None, ngram_range=(1, 2),
        sublinear_tf=True,
    )  # fmt: skip
    assert words + pairs == both.fit_transform(TEXTS).shape[1]
    assert words == own.shape[1]
    expected = both.transform(TEXTS).toarray()
    order = [both.vocabulary_[word] for word in vocabulary.words]
    order += [both.vocabulary_[" ".join(pair)] for pair in vocabulary.pairs]
    assert features[:, : words + pairs].toarray() == pytest.approx(expected[:, order])
    spelled = TfidfVectorizer(
        analyzer=lambda text: [piece for word in words_of(text) for piece in pieces(word)],
        sublinear_tf=True,
    )
    expected = spelled.fit_transform(TEXTS).toarray()
    order = [spelled.vocabulary_[piece] for piece in vocabulary.pieces]
    assert features[:, words + pairs : -1].toarray() == pytest.approx(expected[:, order])
    assert parts == len(order)


def test_pieces_are_those_of_scikit_learn_inside_words():
    analyse = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)).build_analyzer()
    for word in ("a", "an", "jargon", "don't"):
        assert set(pieces(word)) == set(analyse(word))


def test_codes_of_the_dictionary_weigh_less_the_more_of_them_there_are():
    hits = np.array([[True, False, False, False], [True, True, True, True]])
    *_, features = seen(["one", "two"], hits)
    assert features[:, -4:].toarray() == pytest.approx(np.array([[1, 0, 0, 0], [0.5] * 4]))


def test_a_code_found_by_more_terms_weighs_more():
    hits = np.array([[4, 1], [1, 1]])
    *_, features = seen(["one", "two"], hits)
    assert features[:, -2:].toarray()[0] == pytest.approx(np.array([2, 1]) / np.sqrt(5))


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
