"""Tests of who spoke how much, against sums made on paper."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from commonthread.participation import participation, speakers
from small_study import row, study

NAMES = ("sources", "turns", "participants", "workshops")


def frames(**changes: Any) -> dict[str, Any]:
    return {name: frame for name, frame in {**study(), **changes}.items() if name in NAMES}


def test_notes_are_no_talk() -> None:
    made = participation(**frames())
    assert row(made, group="all")["turns"] == 10
    notes = study()["sources"].assign(kind="notes")
    assert row(participation(**frames(sources=notes)), group="all")["words"] == 0
    assert len(speakers(**frames(sources=notes))) == 0


def test_shares_are_of_the_workshop_with_unknown_speakers() -> None:
    made = participation(**frames())
    # First day: 29 words of the researcher, 70, 4, and 1 of somebody unknown.
    here = row(made, group="workshop", workshop_id="workshop 2")
    assert (here["people"], here["turns"], here["words"]) == (3, 6, 104)
    cell = row(made, workshop_id="workshop 2", role="Researcher")
    assert (cell["people"], cell["turns"], cell["words"]) == (1, 3, 29)
    assert cell["share_of_people"] == pytest.approx(1 / 3)
    assert cell["share_of_words"] == pytest.approx(29 / 104)
    assert cell["longest_words"] == 17


def test_evenness_is_pielous() -> None:
    made = participation(**frames())
    words = np.array([29, 70, 4])
    shares = words / words.sum()
    by_hand = -(shares * np.log(shares)).sum() / math.log(3)
    here = row(made, group="workshop", workshop_id="workshop 2")
    assert here["evenness"] == pytest.approx(by_hand)
    assert np.isnan(row(made, group="role", role="Researcher")["evenness"])


def test_the_same_words_for_each_are_even_and_none_are_undefined() -> None:
    turns = study()["turns"].assign(words=7)
    turns = turns[turns["participant_id"].notna() & (turns["source_id"] == "s2")]
    made = participation(**frames(turns=turns))
    assert row(made, group="all")["evenness"] == pytest.approx(1)
    silent = participation(**frames(turns=turns.assign(words=0)))
    assert np.isnan(row(silent, group="all")["evenness"])
    assert np.isnan(row(silent, group="all")["share_of_words"])


def test_a_workshop_without_talk_has_no_longest_turn() -> None:
    made = participation(**frames())
    empty = row(made, group="workshop", workshop_id="workshop 11")
    assert (empty["turns"], empty["words"]) == (0, 0)
    assert all(
        pd.isna(empty[name])
        for name in ("share_of_people", "share_of_words", "longest_words", "evenness")
    )


def test_speakers_are_ordered_by_words() -> None:
    made = speakers(**frames())
    first = made[made["workshop_id"] == "workshop 2"]
    assert first["words"].tolist() == [70, 29, 4]
    assert first["role"].tolist() == ["Public contributor", "Researcher", "Facilitator"]
    assert first["share_of_words"].sum() == pytest.approx(103 / 104)
    guest = row(made, participant_id="Guest 1")
    assert guest["role"] == "not given"


def test_a_person_whom_no_list_names_has_no_given_role() -> None:
    made = speakers(**frames(participants=study()["participants"].head(0)))
    assert set(made["role"]) == {"not given"}


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abcd"), st.integers(0, 30))),
    st.integers(0, 1000),
)
def test_what_holds_for_every_study(said: list[tuple[int, str, int]], seed: int) -> None:
    base = study()["turns"].head(1)
    turns = pd.concat(
        [
            study()["turns"].head(0),
            *(
                base.assign(source_id=f"s{where}", turn=n, participant_id=who, words=words)
                for n, (where, who, words) in enumerate(said)
            ),
        ]
    )
    sources = pd.DataFrame(
        {"source_id": ["s0", "s1", "s2"], "workshop_id": ["w0", "w1", "w1"], "kind": "transcript"}
    )
    people = study()["participants"].head(3).assign(participant_id=["a", "b", "c"])
    given_frames = frames(turns=turns, sources=sources, participants=people)
    made = participation(**given_frames)
    for name in ("share_of_people", "share_of_words", "evenness"):
        assert made[name].dropna().between(0, 1).all()
    total = made.groupby("group")[["turns", "words"]].sum()
    assert (total == total.loc["all"]).loc[made["group"].unique()].all().all()
    assert total.loc["all", "words"] == sum(words for *_, words in said)
    assert (made["longest_words"].fillna(0) <= made["words"]).all()

    mixed = {name: frame.sample(frac=1, random_state=seed) for name, frame in given_frames.items()}
    assert_frame_equal(participation(**mixed), made)
    by_person = speakers(**given_frames)
    assert_frame_equal(speakers(**mixed), by_person)
    assert by_person["words"].sum() == total.loc["all", "words"]
