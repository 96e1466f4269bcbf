"""Learns codes from people's decisions, and judges how far each may be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonthread.classifier.calibration import Calibration, calibrate
from commonthread.classifier.certificate import Certificate, certify
from commonthread.classifier.embeddings import Vectors
from commonthread.classifier.features import (
    Tokens,
    Vocabulary,
    make_features,
    make_vocabulary,
    tokens,
)
from commonthread.classifier.lessons import Lessons
from commonthread.classifier.training import folds, out_of_fold, scores, train
from commonthread.classifier.weighting import standing_for

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """What is learned, and all that is needed to use it.

    ``codes`` are the codes that were learned; ``weights`` are codes x features: those of the
    vocabulary, then the dimensions of sentence embeddings, if it learned from any.
    """

    vocabulary: Vocabulary
    codes: tuple[str, ...]
    weights: Floats
    constants: Floats
    calibrations: tuple[Calibration, ...]


@dataclass(frozen=True)
class Learned:
    """A model, and how it does on sources that it did not learn from.

    ``probability[lesson, code]`` is what was learned from the other sources says of a judged
    segment; ``weight`` how many segments each stands for. A certificate is of the codings that it
    would have applied there at the target.
    """

    model: Model
    probability: Floats
    weight: Floats
    certificates: tuple[Certificate, ...]


def learn(
    lessons: Lessons,
    codes: Sequence[str],
    texts: Sequence[str],
    hits: Floats,
    dictionary: Sequence[str],
    target: float,
    vectors: Vectors | None = None,
) -> Learned:
    """Learn codes; each of them has to be learnable, as ``learnable`` says.

    Goes in: what people decided, in its own order the words of the segments, and how strongly the
    dictionary found each code of ``dictionary`` there (``features.strength``); the probability from
    which a code is applied; their sentence embeddings, if there are any. It is done on one core, so that the same inputs give the same weights to
    the last bit on any number of them.
    """
    # It is held to one core only if it is loaded.
    import sklearn.linear_model  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        return _learn(lessons, codes, texts, hits, dictionary, target, vectors)


def _learn(
    lessons: Lessons,
    codes: Sequence[str],
    texts: Sequence[str],
    hits: Floats,
    dictionary: Sequence[str],
    target: float,
    vectors: Vectors | None = None,
) -> Learned:
    found = tokens(texts)
    vocabulary = make_vocabulary(found, dictionary)
    features = make_features(found, hits, vocabulary, vectors)
    has = lessons.has[:, [lessons.codes.index(code) for code in codes]]
    weight = standing_for(lessons.has, lessons.drawn)
    unseen = out_of_fold(features, has, folds(lessons.source))
    calibrations = calibrate(unseen, has, weight)
    probability = _probabilities(unseen, calibrations)
    weights, constants = train(features, has)
    return Learned(
        model=Model(vocabulary, tuple(codes), weights, constants, calibrations),
        probability=probability,
        weight=weight,
        certificates=tuple(
            certify(has[over, column], weight[over])
            for column, over in enumerate((probability >= target).T)
        ),
    )


def foresee(model: Model, found: Tokens, hits: Floats, vectors: Vectors | None = None) -> Floats:
    """Give segments x codes: how sure the model is, from 0 to 1, that each segment has each code.

    Goes in: the words of the segments, and how strongly the dictionary found each of its codes there
    (``features.strength``); their sentence embeddings, if the model learned from any.
    """
    features = make_features(found, hits, model.vocabulary, vectors)
    return _probabilities(scores(features, model.weights, model.constants), model.calibrations)


def _probabilities(score: Floats, calibrations: Sequence[Calibration]) -> Floats:
    made = [each.probability(score[:, column]) for column, each in enumerate(calibrations)]
    return np.stack(made, axis=1) if made else np.zeros(score.shape)
