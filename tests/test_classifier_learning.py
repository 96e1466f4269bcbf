"""How the classifier learns: folds, weights, calibration, certificates, and its file."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from classifier_fixture import made_up
from commonthread.classifier.calibration import (
    calibrate,
    calibration_error,
    deviance_told,
    likeliest_cut,
)
from commonthread.classifier.certificate import certify, lower_limit
from commonthread.classifier.features import Hits, no_hits, tokens
from commonthread.classifier.learning import foresee, learn
from commonthread.classifier.lessons import Lessons
from commonthread.classifier.saving import load_model, save_model
from commonthread.classifier.training import folds
from commonthread.classifier.weighting import standing_for


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60))
def test_a_source_is_never_parted_and_groups_are_of_a_size(source):
    source = np.array(source)
    group = folds(source)
    for number in np.unique(source):
        assert len(set(group[source == number])) == 1
    sizes = np.bincount(group)
    assert len(sizes) == min(5, len(np.unique(source)))
    # No group is larger than the smallest one by more than the largest source.
    assert sizes.max() - sizes.min() <= np.bincount(source).max()


def test_segments_that_were_drawn_say_how_much_chosen_ones_weigh():
    generator = np.random.default_rng(1)
    drawn = generator.random((400, 3)) < (0.3, 0.1, 0.02)
    chosen = np.eye(3, dtype=bool)[generator.integers(0, 3, 200)]
    has = np.concatenate([drawn, chosen])
    weight = standing_for(has, np.arange(600) < 400)
    assert weight.mean() == pytest.approx(1)
    expected = (drawn.sum(axis=0) + 10 * has.mean(axis=0)) / 410
    assert weight @ has / weight.sum() == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("drawn", [np.ones(4, dtype=bool), np.zeros(4, dtype=bool)])
def test_all_weigh_the_same_where_none_or_all_were_drawn(drawn):
    has = np.array([[True], [False], [True], [False]])
    assert standing_for(has, drawn).tolist() == [1, 1, 1, 1]


def scored(slopes, size=4000, seed=2):
    generator = np.random.default_rng(seed)
    score = generator.normal(size=(size, len(slopes)))
    chance = 1 / (1 + np.exp(-(np.array(slopes) * score - 1.5)))
    return score, generator.random(chance.shape) < chance


def test_calibration_finds_the_curve_that_scores_were_made_with():
    score, has = scored([1.0, 2.0])
    for made, slope in zip(calibrate(score, has, np.ones(len(score))), (1.0, 2.0), strict=True):
        assert made.slope == pytest.approx(slope, rel=0.15)
        assert made.constant == pytest.approx(-1.5, rel=0.1)


def test_few_segments_of_a_code_are_held_to_what_the_others_say():
    score, has = scored([1.5] * 6)
    rare = np.zeros((len(score), 1), dtype=bool)
    rare[np.argsort(score[:, 0])[-4:]] = True
    made = calibrate(
        np.column_stack([score, score[:, 0]]), np.column_stack([has, rare]), np.ones(len(score))
    )
    assert made[-1].slope < 3
    assert made[-1].probability(np.array([score.max()]))[0] < 0.9


def test_a_code_whose_scores_say_nothing_is_never_called_sure():
    score, has = scored([1.5, 1.5, 1.5])
    nothing = np.random.default_rng(3).random(len(score)) < 0.2
    made = calibrate(
        np.column_stack([score, score[:, 0]]), np.column_stack([has, nothing]), np.ones(len(score))
    )
    assert np.abs(made[-1].probability(score[:, 0]) - 0.2).max() < 0.15


def test_weights_move_probabilities_to_the_share_that_they_stand_for():
    score, has = scored([1.0])
    weight = np.where(has[:, 0], 0.2, 1.0)
    (made,) = calibrate(score, has, weight)
    share = np.average(has[:, 0], weights=weight)
    assert np.average(made.probability(score[:, 0]), weights=weight) == pytest.approx(
        share, rel=0.02
    )


@given(st.lists(st.floats(0.001, 0.999), min_size=2, max_size=12))
def test_the_best_guess_has_the_highest_expected_kappa(sure):
    sure = np.array(sure)

    def expected(guess):
        both, true, guessed = sure[guess].sum() / len(sure), sure.mean(), guess.mean()
        chance = true * guessed + (1 - true) * (1 - guessed)
        return (2 * both + 1 - true - guessed - chance) / (1 - chance)

    best = max(expected(sure >= cut) for cut in sure)
    assert expected(sure >= likeliest_cut(sure)) == pytest.approx(best)


def test_the_calibration_error_is_how_far_words_are_from_deeds():
    sure = np.array([0.9] * 10 + [0.1] * 10)
    has = np.array([True] * 7 + [False] * 3 + [True] * 1 + [False] * 9)
    assert calibration_error(sure, has) == pytest.approx(0.1)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_the_certificate_is_the_exact_binomial_test(numbers):
    right, applied = numbers
    limit = lower_limit(right, applied)
    assert binom.sf(right - 1, applied, limit) == pytest.approx(0.05)


def test_a_certificate_counts_and_weighs():
    right = np.array([True] * 18 + [False] * 2)
    same = certify(right, np.full(20, 3.0))
    assert (same.applied, same.right, same.precision) == (20, 18, pytest.approx(0.9))
    assert same.at_least == pytest.approx(lower_limit(18, 20))
    uneven = certify(right, np.where(right, 1.0, 4.0))
    assert uneven.precision == pytest.approx(18 / 26)
    assert uneven.at_least < lower_limit(14, 20)
    assert np.isnan(certify(right[:0], np.ones(0)).at_least)


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    return learn_from(made_up(tmp_path_factory.mktemp("study")))


def learn_from(material):
    own = material.lessons()
    texts = [material.texts[row] for row in own.row]
    codes = [code for code in own.codes if code != "money"]
    return learn(own, codes, texts, material.hits()[own.row], own.codes, 0.8)


@pytest.mark.parametrize(("place", "opening"), [("first", 3.0), ("anywhere", 0.0)])
def test_what_a_segment_begins_with_counts_for_more_only_where_that_tells_more(place, opening):
    generator = np.random.default_rng(3)
    has = generator.random(400) < 0.4
    texts = []
    for number in range(400):
        words = generator.choice(["and", "then", "they", "said", "so", "well"], 20).tolist()
        told = "kettle" if has[number] else "orchard"
        if place == "first":
            # Everybody says both words; what they begin with is what they mean.
            words[0], words[-1] = told, "orchard" if has[number] else "kettle"
        else:
            # What they begin with tells nothing.
            words[0], words[-1] = generator.choice(["kettle", "orchard"]), told
        texts.append(" ".join(words))
    each = np.arange(400)
    lessons = Lessons(each, each, ("x",), has[:, None], np.ones(400, dtype=bool))
    learned = learn(lessons, ["x"], texts, no_hits(400, 0), (), 0.8)
    assert learned.model.vocabulary.opening == opening


def test_deviance_is_told_by_what_says_more_than_the_share():
    has = np.array([[True], [False], [False], [False]])
    weight = np.ones(4)
    assert deviance_told(np.full((4, 1), 0.25), has, weight) == pytest.approx(0)
    sure = np.where(has, 0.9, 0.1)
    wanted = 1 - np.log(0.9) * 4 / (np.log(0.25) + 3 * np.log(0.75))
    assert deviance_told(sure, has, weight) == pytest.approx(wanted)
    assert deviance_told(1 - sure, has, weight) < 0


def test_what_is_said_of_a_segment_was_learned_from_other_files(tmp_path, learned):
    """Turning round what people decided in one file changes nothing that is said of that file."""
    material = made_up(tmp_path)
    own = material.lessons()
    here = own.source == 0
    own.has[here] = ~own.has[here]
    codes = learned.model.codes
    texts = [material.texts[row] for row in own.row]
    again = learn(own, codes, texts, material.hits()[own.row], own.codes, 0.8)
    for column, (one, other) in enumerate(
        zip(learned.model.calibrations, again.model.calibrations, strict=True)
    ):
        scores = [
            (np.log(p / (1 - p)) - each.constant) / each.slope
            for each, p in (
                (one, learned.probability[here, column]),
                (other, again.probability[here, column]),
            )
        ]
        assert scores[0] == pytest.approx(scores[1], abs=1e-6)


def test_a_model_is_the_same_to_the_last_bit_whatever_the_order_of_rows(tmp_path, learned):
    import dataclasses

    material = made_up(tmp_path)
    order = np.random.default_rng(5).permutation(len(material.segments))
    shuffled = dataclasses.replace(
        material,
        segments=material.segments.iloc[order],
        texts=[material.texts[row] for row in order],
        codings=material.codings.sample(frac=1, random_state=6),
    )
    save_model(learned.model, tmp_path / "one")
    save_model(learn_from(shuffled).model, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_model_is_the_same_on_any_number_of_cores(tmp_path, learned):
    from threadpoolctl import threadpool_limits

    for cores in (1, 2):
        with threadpool_limits(limits=cores):
            save_model(learn_from(made_up(tmp_path)).model, tmp_path / f"{cores}")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_few_drawn_segments_do_not_decide_alone(tmp_path):
    has = np.array([[True, False]] * 50 + [[False, False]] * 50)
    weight = standing_for(has, np.arange(100) < 2)
    assert weight[:50].mean() < 1.3 and weight.max() / weight.min() < 2


def test_a_model_comes_back_from_its_file(tmp_path, learned):
    save_model(learned.model, tmp_path / "model.skops")
    again = load_model(tmp_path / "model.skops")
    texts = ["they paid my invoice", "so much jargon"]
    hits = Hits(np.array([[0] * 4, [0, 0, 1, 0]]), np.array([[0.0] * 4, [0, 0, 0.5, 0]]))
    assert again.vocabulary.pairs == learned.model.vocabulary.pairs
    assert again.vocabulary.opening == learned.model.vocabulary.opening
    assert (
        foresee(again, tokens(texts), hits) == foresee(learned.model, tokens(texts), hits)
    ).all()


def test_words_of_other_files_are_understood(learned):
    texts = ["they paid my invoice and the fee", "it was the group and the meeting"]
    sure = foresee(learned.model, tokens(texts), no_hits(2, 4))
    payment = learned.model.codes.index("payment")
    assert sure[0, payment] > 0.8 and sure[1, payment] < 0.3
