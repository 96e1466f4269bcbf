"""Tests of who follows whom, against pairs counted on paper."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from commonthread.follows import follows
from commonthread.tables import as_table
from small_study import row, study

PEOPLE = {"F1": "Facilitator", "P1": "Public", "P2": "Public", "R1": "Researcher"}


def said(*sources: str, kind: str = "transcript") -> dict[str, Any]:
    """Give the frames of sources such as "F1 P1 ? F1", where "?" is a speaker nobody knows."""
    turns = [
        {"source_id": f"s{n}", "turn": t, "participant_id": None if who == "?" else who}
        for n, source in enumerate(sources)
        for t, who in enumerate(source.split())
    ]
    people = [
        {"participant_id": who, "role": role, "consent": "none", "listed": True}
        for who, role in PEOPLE.items()
    ]
    blank = dict.fromkeys(study()["turns"].columns)
    filled = [{**blank, "start": 0, "end": 0, "words": 1, "text": "", **turn} for turn in turns]
    return {
        "sources": pd.DataFrame(
            [
                {"source_id": f"s{n}", "workshop_id": f"w{n}", "kind": kind}
                for n in range(len(sources))
            ],
            columns=["source_id", "workshop_id", "kind"],
            dtype="str",
        ),
        "turns": as_table(filled, "turns"),
        "participants": as_table(people, "participants"),
    }


def test_pairs_are_of_neighbours_who_differ_and_are_known() -> None:
    made = follows(**said("F1 P1 P1 F1 ? P2 R1 F1 P2"))
    after = row(made, group="all", role="Facilitator", next_role="Public")
    # The facilitator is followed by P1 and by P2; the turn before the unknown speaker is no pair.
    assert (after["pairs"], after["of_pairs"], after["share"]) == (2, 2, 1.0)
    again = row(made, group="all", role="Public", next_role="Public")
    assert (again["pairs"], again["of_pairs"]) == (0, 2)


def test_what_turn_shares_alone_would_give() -> None:
    # Turns: F1 2, P1 2, P2 1, R1 1. After P1 the others took 4, of which P2 took 1 and F1 2.
    made = follows(**said("F1 P1 F1 P1 P2 R1"))
    assert row(made, group="all", role="Public", next_role="Facilitator")["expected"] == (
        pytest.approx(2 * 2 / 4 + 1 * 2 / 5)
    )
    assert row(made, group="all", role="Public", next_role="Public")["expected"] == (
        pytest.approx(2 * 1 / 4 + 1 * 2 / 5)
    )
    alone = row(made, group="all", role="Facilitator", next_role="Facilitator")
    assert (alone["pairs"], alone["expected"]) == (0, 0)


def test_sources_are_apart_and_notes_are_no_talk() -> None:
    made = follows(**said("F1 P1", "R1 F1"))
    assert row(made, group="all", role="Facilitator", next_role="Public")["pairs"] == 1
    assert made[(made["role"] == "Public")].empty
    assert row(made, workshop_id="w1", role="Researcher", next_role="Facilitator")["pairs"] == 1
    assert follows(**said("F1 P1", kind="notes")).empty
    assert follows(**said()).empty


def test_a_participant_stands_once() -> None:
    frames = said("F1 P1")
    frames["participants"] = pd.concat([frames["participants"]] * 2)
    with pytest.raises(ValueError, match="one row"):
        follows(**frames)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([*PEOPLE, "?", "stranger"]), max_size=12), max_size=4),
    st.integers(0, 99),
)
def test_what_holds_for_all_talk(sources: list[list[str]], seed: int) -> None:
    frames = said(*(" ".join(people) for people in sources))
    made = follows(**frames)
    by_hand = sum(
        first != then and "?" not in (first, then)
        for people in sources
        for first, then in itertools.pairwise(people)
    )
    for group in ("all", "workshop"):
        of_group = made[made["group"] == group]
        assert of_group["pairs"].sum() == by_hand
        # What is expected adds up to as many pairs as there were, for each role.
        sums = of_group.groupby(["workshop_id", "role"], dropna=False)
        assert (sums["expected"].sum() - sums["of_pairs"].first()).abs().lt(1e-9).all()
    mixed = {name: frame.sample(frac=1, random_state=seed) for name, frame in frames.items()}
    assert_frame_equal(follows(**mixed), made)
