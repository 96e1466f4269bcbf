"""Which codes the classifier applies by itself, which it only offers to people, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from commonthread.classifier.certificate import Certificate

# So few codings are sooner read than certified.
READ_WHOLE = 30
# Kappa of its best guesses below which there is nothing to offer.
LEAST_KAPPA = 0.1

Standing = Literal["applied", "offered", "not learned"]


@dataclass(frozen=True)
class Rules:
    """When a code is applied: where the classifier is at least as sure as ``target``.

    And only if, with a confidence of 95 %, at least the share ``certain`` of such codings is right;
    and never if it may not ``apply`` any.
    """

    target: float
    certain: float
    apply: bool = True


@dataclass(frozen=True)
class Verdict:
    """What is done with a code, and why."""

    standing: Standing
    reason: str


def verdict(
    certificate: Certificate, kappa: float | None, rules: Rules, to_apply: int, drawn: bool = True
) -> Verdict:
    """Judge a code that was learned.

    ``kappa`` says how best guesses agree with people on files that were not learned from, None
    where it is undefined; ``to_apply`` is how many segments that nobody judged the code would be
    applied to; ``drawn`` whether any segment that it learned from came to people by chance, or
    because they read all: else a certificate says nothing of other segments.
    """
    seen, at_least = certificate.applied, certificate.at_least
    if kappa is None or kappa < LEAST_KAPPA:
        return Verdict(
            "not learned",
            "It tried, and in files that it had not learned from its guesses were hardly better "
            "than chance.",
        )
    sure = f"{rules.target:.0%} sure"
    if not seen:
        return Verdict(
            "offered",
            f"In files that it had not learned from it was nowhere {sure}.",
        )
    told = (
        f"In files that it had not learned from it was {sure} {_times(seen)}, and people agreed "
        f"{_times(certificate.right)}"
    )
    if at_least < rules.certain:
        return Verdict(
            "offered",
            f"{told}. That makes it likely (95%) that at least {at_least:.0%} are right; "
            f"{rules.certain:.0%} are asked for.",
        )
    told = f"{told}: likely (95%) at least {at_least:.0%}."
    if to_apply <= READ_WHOLE:
        return Verdict(
            "offered",
            f"{told} It would be given to {to_apply} segments that nobody has judged: few enough "
            "to be read.",
        )
    if not drawn:
        return Verdict(
            "offered",
            f"{told} But all segments that people judged came without a pack, so nobody knows how "
            "they were chosen, and whether it does as well elsewhere.",
        )
    if not rules.apply:
        return Verdict("offered", f"{told} The settings say that it gives no code by itself.")
    return Verdict("applied", told)


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number:,} times")


def most_specific(codes: Sequence[str], above: dict[str, tuple[str, ...]]) -> list[str]:
    """Leave out of a segment's codes those that stand above another of them: it says as much."""
    implied = {each for code in codes for each in above.get(code, ())}
    return [code for code in codes if code not in implied]
