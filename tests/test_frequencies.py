"""Tests of frequencies, coverage and role emphasis, against counts made on paper."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from commonthread.coded import GROUPS, CodedSegments, code_segments
from commonthread.export import write_csv_for_people
from commonthread.findings import FOR_HANDOUTS, NAMES, OF_AUDIT, find, read_findings, write_findings
from commonthread.frequencies import coverage, frequencies, role_emphasis, share
from small_study import GOLDEN, coded, found, row, study


@pytest.mark.parametrize("name", NAMES)
def test_findings_are_as_they_were_checked(name: str, tmp_path: Path) -> None:
    write_csv_for_people(getattr(found(), name), tmp_path / "made.csv")
    made = (tmp_path / "made.csv").read_text(encoding="utf-8")
    assert made == (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")


def test_a_code_counts_what_stands_below_it_once() -> None:
    hidden = row(frequencies(coded()), code_id="power_hidden", group="all")
    # 5 with "decides", 1 with "dominant", 1 with "power_hidden" itself; 1 of the 7 is a note.
    assert (hidden["segments"], hidden["of_segments"]) == (7, 13)
    assert (hidden["talk_segments"], hidden["note_segments"]) == (6, 1)
    assert (hidden["people"], hidden["of_people"]) == (4, 5)
    assert (hidden["workshops"], hidden["of_workshops"]) == (2, 2)
    assert (hidden["roles"], hidden["of_roles"]) == (4, 5)


def test_codes_on_one_segment_count_once_in_the_code_above() -> None:
    frames = study()
    more = frames["codings"].query("code_id == 'decides'").assign(code_id="dominant")
    both = coded(codings=pd.concat([frames["codings"], more]))
    assert row(frequencies(both), code_id="power", group="all")["segments"] == 7


def test_unknown_speakers_are_segments_but_not_people() -> None:
    made = frequencies(coded())
    payment = row(made, code_id="payment", group="workshop", workshop_id="workshop 10")
    assert (payment["segments"], payment["talk_segments"], payment["people"]) == (2, 1, 0)
    assert payment["roles"] == 0
    by_role = made[(made["code_id"] == "payment") & (made["group"] == "role")]
    assert by_role["segments"].sum() == 1


def test_what_a_role_never_raised_is_there_with_zero() -> None:
    made = frequencies(coded())
    practitioner = row(made, code_id="dominant", group="role", role="Practitioner")
    assert (practitioner["segments"], practitioner["share"]) == (0, 0.0)
    # 10 nodes; all, 3 workshops, 5 roles, 6 workshops and roles.
    assert len(made) == 10 * (1 + 3 + 5 + 6)
    assert list(dict.fromkeys(made["role"].dropna()))[-1] == "not given"


def test_a_share_of_nothing_is_missing_and_gives_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = frequencies(coded())
        coverage(coded())
    empty = made[made["workshop_id"] == "workshop 11"]
    assert (empty["of_segments"] == 0).all()
    assert empty["share"].isna().all()
    assert not empty["one_voice"].any()


def test_denominators_are_said_in_words() -> None:
    made = frequencies(coded()).drop_duplicates("denominator")["denominator"].tolist()
    assert made[:2] == [
        "of 13 segments of talk and notes in all workshops",
        'of 6 segments of talk in the workshop "First day"',
    ]
    assert (
        'of 3 segments of talk by people with the role "Researcher" in the workshop "First day"'
        in made
    )
    assert "of 1 segment of talk by people whose role is not given in all workshops" in made


def test_one_voice_is_more_than_half_of_at_least_three() -> None:
    made = frequencies(coded())
    # Researcher 1 says 3 of 5 challenges, 3 of 6 about power, and the only 1 of 1 "dominant".
    assert row(made, code_id="challenge", group="all")["one_voice"]
    assert not row(made, code_id="power", group="all")["one_voice"]
    assert not row(made, code_id="dominant", group="all")["one_voice"]
    researcher = {"group": "role", "role": "Researcher"}
    assert row(made, code_id="power", **researcher)["one_voice"]


def test_an_aspect_alone_leaves_a_segment_without_code() -> None:
    made = coverage(coded())
    # "Yes.", "Shall we move on?" (a reflection) and "Biscuits".
    assert row(made, group="all")["not_coded"] == 3
    assert row(made, group="role", role="Facilitator")["not_coded_share"] == 1.0
    assert np.isnan(row(made, group="workshop", workshop_id="workshop 11")["not_coded_share"])


def test_a_role_is_compared_with_all_others() -> None:
    made = role_emphasis(frequencies(coded()))
    power = row(made, role="Practitioner", code_id="decides")
    assert (power["segments"], power["of_segments"]) == (1, 1)
    assert (power["other_segments"], power["other_of_segments"]) == (3, 7)
    assert power["difference"] == pytest.approx(1 - 3 / 7)
    assert power["ratio"] == pytest.approx(7 / 3)
    alone = row(made, role="Researcher", code_id="dominant")
    assert (alone["share"], alone["other_share"]) == (0.25, 0.0)
    assert np.isnan(alone["ratio"])


def test_one_role_alone_is_compared_with_nothing() -> None:
    people = study()["participants"].assign(role="Researcher")
    made = role_emphasis(frequencies(coded(participants=people)))
    assert made[["other_share", "difference", "ratio"]].isna().all().all()
    assert made["share"].notna().all()


def test_no_code_is_a_decision_and_no_code() -> None:
    frames = study()
    extra = frames["codings"].head(1).assign(code_id="no_code", segment_id="g12")
    with_it = coded(codings=pd.concat([frames["codings"], extra]))
    assert_frame_equal(frequencies(with_it), frequencies(coded()))


def test_codings_that_fit_nothing_are_told() -> None:
    codings = study()["codings"]
    with pytest.raises(ValueError, match="1 codings name segments that are not"):
        coded(codings=codings.assign(segment_id=["gone", *codings["segment_id"][1:]]))
    with pytest.raises(ValueError, match="does not have: payments"):
        coded(codings=codings.assign(code_id=["payments", *codings["code_id"][1:]]))
    twice = pd.concat([study()["participants"]] * 2)
    with pytest.raises(ValueError, match="Participants must each stand in one row"):
        coded(participants=twice)


def test_an_empty_study_has_findings() -> None:
    frames = study()
    for name in ("turns", "segments", "codings", "participants", "workshops"):
        frames[name] = frames[name].head(0)
    made = find(**frames)
    assert (made.frequencies["group"] == "all").all()
    assert made.frequencies["share"].isna().all()
    assert made.cooccurrence[["jaccard", "phi"]].isna().all().all()
    assert len(made.quotes) == len(made.summary_tables) == len(made.speakers) == 0


def test_findings_survive_their_files(tmp_path: Path) -> None:
    made = found()
    write_findings(made, tmp_path)
    back = read_findings(tmp_path)
    for name in NAMES:
        assert_frame_equal(getattr(back, name), getattr(made, name))
    dictionary = pd.read_csv(tmp_path / "data_dictionary.csv")
    assert set(dictionary["table"]) == {*NAMES, *FOR_HANDOUTS, *OF_AUDIT}


def test_share_of_arrays() -> None:
    made = share(np.array([1, 0, 2]), np.array([4, 0, np.nan]))
    assert made[0] == 0.25
    assert np.isnan(made[1:]).all()


CODES = ("involvement", "payment", "power", "power_hidden", "decides", "challenge", "practice")


@st.composite
def random_studies(draw: st.DrawFn) -> dict[str, Any]:
    """Draw segments with places, speakers and codes at random."""
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 3),
                st.sampled_from(["a 1", "a 2", "b 1", "c 1", None]),
                st.booleans(),
                st.sets(st.sampled_from(CODES), max_size=3),
            ),
            max_size=25,
        )
    )
    frames = study()
    base = frames["segments"].head(1)
    segments = [
        base.assign(
            segment_id=f"x{number}",
            workshop_id=f"w{where}",
            participant_id=who if talk else None,
            kind="talk" if talk else "notes",
            start=number,
        )
        for number, (where, who, talk, _) in enumerate(rows)
    ]
    codings = [
        frames["codings"].head(1).assign(segment_id=f"x{number}", code_id=code)
        for number, (*_, codes) in enumerate(rows)
        for code in sorted(codes)
    ]
    people = frames["participants"].head(3).assign(participant_id=["a 1", "a 2", "b 1"])
    return {
        "segments": pd.concat([frames["segments"].head(0), *segments]),
        "codings": pd.concat([frames["codings"].head(0), *codings]),
        "participants": people.assign(role=["a", "a", "b"]),
        "workshops": frames["workshops"].head(0),
        "codebook": frames["codebook"],
    }


def shuffled(frames: dict[str, Any], seed: int) -> CodedSegments:
    mixed = {
        name: frame.sample(frac=1, random_state=seed) if name != "codebook" else frame
        for name, frame in frames.items()
    }
    return code_segments(**mixed)


@settings(max_examples=30, deadline=None)
@given(random_studies(), st.integers(0, 1000))
def test_what_holds_for_every_study(frames: dict[str, Any], seed: int) -> None:
    made = frequencies(code_segments(**frames))
    for part in ("segments", "people", "workshops", "roles"):
        assert (made[part] <= made[f"of_{part}"]).all()
        assert (made[part] >= 0).all()
    assert (made["talk_segments"] + made["note_segments"] == made["segments"]).all()
    assert (made["people"] <= made["talk_segments"]).all()
    assert made["share"].dropna().between(0, 1).all()
    assert (made["share"].isna() == (made["of_segments"] == 0)).all()

    at = {code: part["segments"].to_numpy() for code, part in made.groupby("code_id")}
    for child, parent in (("decides", "power_hidden"), ("power_hidden", "power")):
        assert (at[parent] >= at[child]).all()

    by_group = made.groupby(["code_id", "group"], sort=False)["segments"].sum().unstack()
    by_group = by_group.reindex(columns=list(GROUPS), fill_value=0)
    assert (by_group["workshop"] == by_group["all"]).all()
    assert (by_group["role"] == by_group["workshop and role"]).all()
    assert (by_group["role"] <= by_group["all"]).all()

    assert_frame_equal(frequencies(shuffled(frames, seed)), made)
    assert_frame_equal(coverage(shuffled(frames, seed)), coverage(code_segments(**frames)))


@settings(max_examples=30, deadline=None)
@given(random_studies())
def test_counts_are_those_of_plain_counting(frames: dict[str, Any]) -> None:
    made = frequencies(code_segments(**frames))
    segments = frames["segments"].merge(frames["codings"][["segment_id", "code_id"]])
    power = segments[segments["code_id"].isin(["power", "power_hidden", "decides"])]
    power = power.drop_duplicates("segment_id")
    talk = power[power["kind"] == "talk"]
    every = row(made, code_id="power", group="all")
    assert every["segments"] == len(power)
    assert every["people"] == talk["participant_id"].nunique()
    most = talk["participant_id"].value_counts().max() if talk["participant_id"].any() else 0
    assert every["one_voice"] == (len(talk) >= 3 and most > len(talk) / 2)
    for workshop, part in power.groupby("workshop_id"):
        here = row(made, code_id="power", group="workshop", workshop_id=workshop)
        spoken = part[part["kind"] == "talk"]["participant_id"].dropna()
        assert here["segments"] == len(part)
        assert here["people"] == spoken.nunique()
        most = spoken.value_counts().max() if len(spoken) else 0
        count = int((part["kind"] == "talk").sum())
        assert here["one_voice"] == (count >= 3 and most > count / 2)
