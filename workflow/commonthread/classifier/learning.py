"""Learns codes from people's decisions, and judges how far each may be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from commonthread.classifier.calibration import Calibration, calibrate, deviance_told
from commonthread.classifier.certificate import Certificate, certify
from commonthread.classifier.embeddings import Vectors
from commonthread.classifier.features import (
    Hits,
    Tokens,
    Vocabulary,
    make_features,
    make_vocabulary,
    tokens,
)
from commonthread.classifier.lessons import Lessons
from commonthread.classifier.training import folds, out_of_fold, scores, train
from commonthread.classifier.weighting import standing_for

# How much more may count what a segment begins with; which it is, people's codings decide.
_OPENINGS = (0.0, 3.0)

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
    hits: Hits,
    dictionary: Sequence[str],
    target: float,
    vectors: Vectors | None = None,
) -> Learned:
    """Learn codes; each of them has to be learnable, as ``learnable`` says.

    Goes in: what people decided, in its own order the words of the segments, and what the
    dictionary found of its codes ``dictionary`` there; the probability from which a code is applied; their sentence embeddings, if there are any. Whether what
    a segment begins with counts for more is decided by which says more of sources that were not learned from. It
    is done on one core, so that the same inputs give the same weights to the last bit on any number
    of them.
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
    hits: Hits,
    dictionary: Sequence[str],
    target: float,
    vectors: Vectors | None = None,
) -> Learned:
    found = tokens(texts)
    plain = make_vocabulary(found, dictionary)
    has = lessons.has[:, [lessons.codes.index(code) for code in codes]]
    weight = standing_for(lessons.has, lessons.drawn)
    group = folds(lessons.source)
    tried = []
    for opening in _OPENINGS:
        vocabulary = replace(plain, opening=opening)
        features = make_features(found, hits, vocabulary, vectors)
        unseen = out_of_fold(features, has, group)
        calibrations = calibrate(unseen, has, weight)
        probability = _probabilities(unseen, calibrations)
        told = deviance_told(probability, has, weight)
        tried.append((told, vocabulary, features, calibrations, probability))
    _, vocabulary, features, calibrations, probability = max(tried, key=lambda each: each[0])
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


def foresee(model: Model, found: Tokens, hits: Hits, vectors: Vectors | None = None) -> Floats:
    """Give segments x codes: how sure the model is, from 0 to 1, that each segment has each code.

    Goes in: the words of the segments, and what the dictionary found there; their sentence embeddings, if the model learned from any.
    """
    features = make_features(found, hits, model.vocabulary, vectors)
    return _probabilities(scores(features, model.weights, model.constants), model.calibrations)


def _probabilities(score: Floats, calibrations: Sequence[Calibration]) -> Floats:
    made = [each.probability(score[:, column]) for column, each in enumerate(calibrations)]
    return np.stack(made, axis=1) if made else np.zeros(score.shape)
