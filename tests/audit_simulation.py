"""Made-up corpora of which the truth is known, to see how often an interval holds it.

30 people of three roles speak in five workshops, each in about half of them and some much more than
others. Workshops, people and roles differ in how often a code is said. The machine misses more, and
finds more that is not there, in one role than in another, and all in all counts too little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from commonthread.audit.draw import share_out
from commonthread.audit.estimate import DRAWS, Checked, draw_counts
from commonthread.audit.people_like_these import people_like_these

SHARES = (0.02, 0.05, 0.08, 0.15)
KINDS = ("all", "role", "workshop", "cell")
_PEOPLE, _WORKSHOPS, _ROLES = 30, 5, 3
_SEGMENTS = 2000
_FOUND = np.array([0.85, 0.70, 0.55])
# As shares of the code's own share.
_WRONG = np.array([0.10, 0.15, 0.20])

Mask = NDArray[np.bool_]
Index = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Corpus:
    """Segments: where each stands (by kind of group), who speaks, what is true, what machines say.

    ``truth`` and ``machine`` are of [code, segment]; each code has its share of SHARES.
    """

    groups: dict[str, Index]
    person: Index
    truth: Mask
    machine: Mask


def corpus(rng: np.random.Generator) -> Corpus:
    """Make up a corpus."""
    role = np.arange(_PEOPLE) % _ROLES
    talk = rng.gamma(1.5, size=(_PEOPLE, _WORKSHOPS)) * (rng.random((_PEOPLE, _WORKSHOPS)) < 0.5)
    seat = rng.choice(talk.size, size=_SEGMENTS, p=talk.ravel() / talk.sum())
    person, workshop = np.divmod(seat, _WORKSHOPS)
    own = role[person]
    truth = np.zeros((len(SHARES), _SEGMENTS), dtype=bool)
    machine = np.zeros_like(truth)
    for code, share in enumerate(SHARES):
        odds = rng.normal(0, 0.4, _WORKSHOPS)[workshop] + rng.normal(0, 0.6, _PEOPLE)[person]
        odds += np.array([-0.3, 0.0, 0.3])[own]
        rate = np.exp(odds)
        truth[code] = rng.random(_SEGMENTS) < np.minimum(rate * share / rate.mean(), 0.95)
        says = np.where(truth[code], _FOUND[own], _WRONG[own] * share)
        machine[code] = rng.random(_SEGMENTS) < says
    groups = {
        "all": np.zeros(_SEGMENTS, dtype=np.int64),
        "role": own,
        "workshop": workshop,
        "cell": workshop * _ROLES + own,
    }
    return Corpus(groups, person, truth, machine)


def check(strata: Index, truth: Mask, size: int, rng: np.random.Generator) -> Checked:
    """Draw a sample within strata, and let people who never err judge it."""
    sizes = {(str(each), ""): int((strata == each).sum()) for each in np.unique(strata)}
    rows, weights = [], []
    for (stratum, _), number in share_out(sizes, size).items():
        own = rng.permutation(np.flatnonzero(strata == int(stratum)))
        rows.append(own[:number])
        weights.append(np.full(number, len(own) / number))
    chosen = np.concatenate(rows)
    return Checked(chosen, np.concatenate(weights), (truth[:, chosen],))


def check_unevenly(made: Corpus, rng: np.random.Generator) -> Checked:
    """Draw as from a study that grew: 200 of its first three workshops, 60 of the other two."""
    parts = []
    for there, size in ((made.groups["workshop"] < 3, 200), (made.groups["workshop"] >= 3, 60)):
        own = np.flatnonzero(there)
        checked = check(made.groups["cell"][own], made.truth[:, own], size, rng)
        parts.append((own[checked.rows], checked.weights))
    rows, weights = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Checked(rows, weights, (made.truth[:, rows],))


@dataclass(frozen=True)
class Held:
    """For each code and group that has segments: whether the truth was held, and interval widths.

    ``jeffreys`` and ``exact`` are the widths of what people's sample alone would give.
    """

    held: Mask
    width: Numbers
    jeffreys: Numbers
    exact: Numbers


Interval = Callable[[Mask, Index, int, Checked, int], tuple[Numbers, Numbers]]


def corrected(
    machine: Mask, domain: Index, domains: int, checked: Checked, seed: int
) -> tuple[Numbers, Numbers]:
    """Give low and high of the corrected counts, by code and domain."""
    counts = draw_counts(machine, domain, domains, checked, DRAWS, seed)
    low, high = np.quantile(counts, (0.025, 0.975), axis=0)
    return low, high


def naive(
    machine: Mask, domain: Index, domains: int, checked: Checked, seed: int
) -> tuple[Numbers, Numbers]:
    """Give the machine's counts as if it never erred: a binomial 95 % interval around them."""
    member = (domain[:, None] == np.arange(domains)).astype(float)
    of = np.maximum(member.sum(axis=0), 1)
    share = machine @ member / of
    half = 1.96 * np.sqrt(share * (1 - share) / of)
    return (share - half) * of, (share + half) * of


def measure(
    machine: Mask,
    truth: Mask,
    domain: Index,
    domains: int,
    checked: Checked,
    interval: Interval,
    seed: int,
) -> Held:
    """See which intervals hold the true counts, and how wide they are."""
    low, high = interval(machine, domain, domains, checked, seed)
    member = (domain[:, None] == np.arange(domains)).astype(float)
    of = member.sum(axis=0)
    there = of > 0
    true = truth @ member
    held = (low <= true) & (true <= high)
    own = member[checked.rows]
    number, has = own.sum(axis=0), checked.truths[0] @ own
    jeffreys = _width(has + 0.5, number - has + 0.5, has + 0.5, number - has + 0.5)
    exact = _width(has, number - has + 1, has + 1, number - has)
    widths = ((high - low) / np.maximum(of, 1), jeffreys, exact)
    return Held(held[:, there], *(width[:, there] for width in widths))


def _width(low_a: Numbers, low_b: Numbers, high_a: Numbers, high_b: Numbers) -> Numbers:
    """Give the width of an interval between quantiles of two beta distributions."""
    low = np.where(low_a > 0, beta.ppf(0.025, low_a, low_b), 0.0)
    high = np.where(high_b > 0, beta.ppf(0.975, high_a, high_b), 1.0)
    return high - low


def runs(size: int, corpora: int, interval: Interval) -> Iterator[dict[str, Held]]:
    """Make up corpora, check so many segments of each, and measure each kind of group."""
    rng = np.random.default_rng(size)
    for seed in range(corpora):
        made = corpus(rng)
        checked = check(made.groups["cell"], made.truth, size, rng)
        yield {
            kind: measure(
                made.machine, made.truth, domain, int(domain.max()) + 1, checked, interval, seed
            )
            for kind, domain in made.groups.items()
        }


def like_these(size: int, corpora: int) -> float:
    """Give how often intervals for people like these hold the rate of all such people, by role.

    The people of a corpus are drawn from many, of whom each has a rate of their own.
    """
    rng = np.random.default_rng(size)
    means = np.array(SHARES)
    held = []
    for _ in range(corpora):
        made = corpus(rng)
        rates = np.minimum(means[:, None] * rng.gamma(4.0, 0.25, (len(means), _PEOPLE)), 0.95)
        truth = rng.random(made.truth.shape) < rates[:, made.person]
        found = truth & (rng.random(truth.shape) < _FOUND[made.groups["role"]])
        machine = found | (rng.random(truth.shape) < (means * _WRONG.mean())[:, None])
        checked = check(made.groups["cell"], truth, size, rng)
        like = people_like_these(machine, made.groups["role"], _ROLES, made.person, checked)
        known = ~np.isnan(like.low)
        held.append(((like.low <= means[:, None]) & (means[:, None] <= like.high))[known].mean())
    return float(np.mean(held))
