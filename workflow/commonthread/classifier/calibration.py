"""From scores to probabilities: how sure the classifier may say that it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonthread.coded import Mask

_ROUNDS = 500
# How alike slopes are held to be: 1 / variance of the logarithm of a slope.
_ALIKE = 10.0
_SMALL = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """A probability is 1 / (1 + exp(-(slope * score + constant)))."""

    slope: float
    constant: float

    def probability(self, score: Floats) -> Floats:
        """Turn scores into probabilities."""
        return _logistic(self.slope * score + self.constant)


def _logistic(value: Floats) -> Floats:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * value)))


def calibrate(score: Floats, has: Mask, weight: Floats) -> tuple[Calibration, ...]:
    """Fit a logistic curve to the scores of each code (Platt 1999).

    Goes in: segments x codes, of segments that were not learned from; how much each segment weighs.
    Each code has to be there with and without. As Platt does, a segment with a code counts as
    (n + 1) / (n + 2) of one, so that few segments never give certainty. Curves of different codes
    are held to about the same slope, as few segments tell little of it: the logarithms of slopes
    have a normal prior around their common value.
    """
    from scipy.optimize import minimize

    codes = score.shape[1]
    with_code, without = weight @ has, weight @ ~has
    wanted = np.where(has, (with_code + 1) / (with_code + 2), 1 / (without + 2))

    def loss(at: Floats) -> tuple[float, Floats]:
        constants, apart = at[1 : codes + 1], at[codes + 1 :]
        slopes = np.exp(at[0] + apart)
        value = slopes * score + constants
        wrong = weight[:, None] * (_logistic(value) - wanted)
        by_slope = (wrong * score).sum(axis=0) * slopes
        lost = weight @ (np.logaddexp(0, value) - wanted * value)
        return (
            float(lost.sum() + _ALIKE * (apart @ apart) / 2),
            np.concatenate([[by_slope.sum()], wrong.sum(axis=0), by_slope + _ALIKE * apart]),
        )

    start = np.concatenate([[0.0], np.log(with_code / without), np.zeros(codes)])
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    slopes = np.exp(fitted[0] + fitted[codes + 1 :])
    return tuple(
        Calibration(float(slope), float(constant))
        for slope, constant in zip(slopes, fitted[1 : codes + 1], strict=True)
    )


def likeliest_cut(probability: Floats) -> float:
    """Give the probability from which to guess that a segment has a code.

    It is where kappa between guess and truth is highest in expectation, if the probabilities are
    right: no label is looked at (Lewis 1995, for the F measure). Probabilities are of the segments
    to be guessed at, of which there has to be at least one.
    """
    sure = np.sort(probability)[::-1]
    count = np.arange(1, len(sure) + 1)
    both, true, guessed = np.cumsum(sure) / len(sure), sure.mean(), count / len(sure)
    observed = both + (1 - true - guessed + both)
    expected = true * guessed + (1 - true) * (1 - guessed)
    kappa = (observed - expected) / np.maximum(1 - expected, _SMALL)
    return float(sure[np.argmax(kappa)])


def deviance_told(probability: Floats, has: Mask, weight: Floats) -> float:
    """Give the mean over codes of the share of deviance that probabilities tell, at most 1.

    It is 1 - L / L0, with L their log loss, and L0 that of the code's share alone (McFadden 1974);
    below 0 where they say less than the share does. Goes in: as with ``calibrate``.
    """
    share = (weight @ has) / weight.sum()

    def loss(of: Floats) -> Floats:
        sure = np.clip(np.where(has, of, 1 - of), _SMALL, 1)
        return np.asarray(-(weight @ np.log(sure)))

    return float(np.mean(1 - loss(probability) / loss(np.broadcast_to(share, has.shape))))


def calibration_error(probability: Floats, has: Mask, bands: int = 10) -> float:
    """Give the expected calibration error (Naeini et al. 2015), from 0 to 1.

    Probabilities from 0 to 1 are put into bands of the same width; the error is the mean over
    segments of how far the mean probability of their band is from the share with the code.
    """
    band = np.minimum((probability * bands).astype(np.int64), bands - 1)
    said = np.bincount(band, probability, minlength=bands)
    true = np.bincount(band, has, minlength=bands)
    return float(np.abs(said - true).sum() / len(probability))
