"""What the shares say of people like those who spoke: intervals that count people, not segments.

Each segment gets a pseudo-outcome m + (y - m) / pi if it was checked, and m if it was not: m is what
the machine makes expected, y what people said, pi the probability with which the segment was drawn
(design-based supervised learning: Egami, Hinck, Stewart and Wei 2023, Advances in Neural Information
Processing Systems 36). Whatever the machine's errors, their mean is right. m is the weighted share
of checked segments with the code among those of which the machine says the same. The standard error
of the mean is clustered by person, by leaving out one person at a time (the jackknife of Quenouille
and Tukey, which bears clusters of unequal size), and the interval uses t with G - 1 degrees of
freedom for G people. It is made on the scale of logits, where shares near 0 are less lopsided (Korn
and Graubard 1998, Survey Methodology 24:193-201). Several possible truths are put together by Rubin's
rules (1987, Multiple Imputation for Nonresponse in Surveys).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonthread.audit.estimate import Checked, Index, Mask
from commonthread.audit.posterior import Numbers


@dataclass(frozen=True)
class LikeThese:
    """Shares with their intervals, by code and domain, and how many people each domain has.

    All but ``people`` are NaN where fewer than two people speak, and where the share is not between 0
    and 1 or does not vary between people, so that nothing can be said of others.
    """

    share: Numbers
    low: Numbers
    high: Numbers
    people: Index


def people_like_these(
    machine: Mask, domain: Index, domains: int, person: Index, checked: Checked
) -> LikeThese:
    """Give the shares of each domain with intervals for people like these.

    Goes in: what ``draw_counts`` takes, and the number of who spoke each segment, -1 where nobody is
    known: these segments are left out.
    """
    spoke = (person >= 0) & (domain >= 0)
    width = person.max(initial=0) + 1
    seats, seat = np.unique(domain[spoke] * width + person[spoke], return_inverse=True)
    place = seats // width
    size = np.bincount(seat, minlength=len(seats)).astype(float)
    people = np.bincount(place, minlength=domains)
    of = np.bincount(place, size, minlength=domains)
    own = (place[:, None] == np.arange(domains)).astype(float)
    shares, variances = [], []
    for truth in checked.truths:
        outcome = _pseudo_outcomes(machine, checked, truth)[:, spoke]
        by_seat = np.array([np.bincount(seat, row, minlength=len(seats)) for row in outcome])
        with np.errstate(invalid="ignore", divide="ignore"):
            share = by_seat @ own / of
            # Nobody is left without the only person of a domain; its variance is not used.
            others = np.maximum(of[place] - size, 1)
            without = (by_seat - share[:, place] * size) / others
            variances.append(without**2 @ own * (people - 1) / people)
        shares.append(share)
    return _together(shares, variances, people)


def _pseudo_outcomes(machine: Mask, checked: Checked, truth: Mask) -> Numbers:
    said = machine[:, checked.rows]
    expected = np.zeros(machine.shape)
    for stratum, own in ((machine, said), (~machine, ~said)):
        weights = own * checked.weights
        # Where nobody checked a segment of which the machine says so, it is taken at its word.
        mean = np.divide(
            (weights * truth).sum(axis=1),
            weights.sum(axis=1),
            out=np.full(len(machine), float(stratum is machine)),
            where=weights.sum(axis=1) > 0,
        )
        expected += stratum * mean[:, None]
    outcome = expected.copy()
    outcome[:, checked.rows] += (truth - expected[:, checked.rows]) * checked.weights
    return outcome


def _together(shares: Sequence[Numbers], variances: Sequence[Numbers], people: Index) -> LikeThese:
    """Put the estimates of several possible truths together."""
    from scipy.special import expit, logit, stdtrit

    share = np.mean(shares, axis=0)
    variance = np.mean(variances, axis=0)
    if len(shares) > 1:
        variance = variance + (1 + 1 / len(shares)) * np.var(shares, axis=0, ddof=1)
    known = (people > 1) & (share > 0) & (share < 1) & (variance > 0)
    mean = np.where(known, share, 0.5)
    half = stdtrit(np.maximum(people - 1, 1), 0.975) * np.sqrt(np.where(known, variance, 0))
    centre, reach = logit(mean), half / (mean * (1 - mean))
    return LikeThese(
        share=np.where(known, share, np.nan),
        low=np.where(known, expit(centre - reach), np.nan),
        high=np.where(known, expit(centre + reach), np.nan),
        people=people,
    )
