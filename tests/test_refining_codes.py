"""Codes that overlap, nest or are confused, and codes that one role or voice has to itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from commonthread.coded import CodedSegments
from commonthread.refining.code_pairs import code_pairs
from commonthread.refining.narrow_codes import narrow_codes
from commonthread.tables import check_table
from small_study import coded, row, study


def with_codes(*codes: str, who: tuple[str | None, ...] = ()) -> CodedSegments:
    """Give a study in which these codes are on a segment each, said by these people."""
    frames = study()
    speakers = who or ("Researcher 1",) * len(codes)
    segments = pd.concat([frames["segments"].head(1)] * len(codes), ignore_index=True).assign(
        segment_id=[f"n{number}" for number in range(len(codes))], participant_id=list(speakers)
    )
    codings = [
        frames["codings"].head(1).assign(segment_id=segment, code_id=code)
        for segment, own in zip(segments["segment_id"], codes, strict=True)
        for code in own.split()
    ]
    return coded(segments=segments, codings=pd.concat(codings))


def pairs(made: CodedSegments, confusions: pd.DataFrame | None = None) -> pd.DataFrame:
    return check_table(code_pairs(made, confusions), "code_pairs")


def test_a_code_that_nearly_always_comes_with_another_is_within_it() -> None:
    made = pairs(with_codes(*["payment decides"] * 4, "payment", *["decides"] * 8, ""))
    pair = row(made, code_a="payment", code_b="decides")
    assert (pair["segments_a"], pair["segments_b"], pair["segments_both"]) == (5, 12, 4)
    assert (pair["share_of_a"], pair["share_of_b"]) == (0.8, pytest.approx(1 / 3))
    assert pair["relation"] == "a within b"
    assert pair["jaccard"] == pytest.approx(4 / 13)
    a = np.array([1] * 5 + [0] * 9)
    b = np.array([1] * 4 + [0] + [1] * 8 + [0])
    assert pair["phi"] == pytest.approx(np.corrcoef(a, b)[0, 1])
    assert pair["segment_ids"].split() == ["n0", "n1", "n2", "n3"]


def test_within_either_way_is_the_same_and_less_is_overlap() -> None:
    same = pairs(with_codes(*["payment decides"] * 5))
    assert row(same, code_a="payment", code_b="decides")["relation"] == "same"
    other = pairs(with_codes(*["payment decides"] * 5, *["decides"] * 4))
    assert row(other, code_a="payment", code_b="decides")["relation"] == "a within b"
    turned = pairs(with_codes(*["payment decides"] * 5, *["payment"] * 4))
    assert row(turned, code_a="payment", code_b="decides")["relation"] == "b within a"
    some = pairs(with_codes(*["payment decides"] * 5, *["payment"] * 4, *["decides"] * 4))
    assert row(some, code_a="payment", code_b="decides")["relation"] == "overlap"


def test_a_few_segments_say_nothing_of_nesting() -> None:
    made = pairs(with_codes(*["payment decides"] * 4))
    assert set(made["relation"]) == {""}


def test_pairs_that_never_meet_are_there_only_if_they_are_confused() -> None:
    apart = with_codes("payment", "decides", "dominant")
    assert pairs(apart).empty
    confusions = pd.DataFrame(
        {
            "code_a": ["decides", "payment", "payment"],
            "code_b": ["payment", "decides", "dominant"],
            "times": [2, 3, 1],
        }
    )
    made = pairs(apart, confusions)
    assert row(made, code_a="payment", code_b="decides")["confused"] == 5
    assert row(made, code_a="payment", code_b="dominant")["confused"] == 1
    assert len(made) == 2
    assert set(made["segment_ids"]) == {""}


def narrow(made: CodedSegments) -> pd.DataFrame:
    return check_table(narrow_codes(made), "narrow_codes")


def test_codes_of_one_role() -> None:
    who = ("Researcher 1", "Researcher 1", None, "Guest 1")
    made = narrow(with_codes("payment", "payment", "payment", "decides", who=who))
    own = row(made, code_id="payment", finding="one role")
    assert (own["role"], own["segments"], own["of_segments"]) == ("Researcher", 2, 3)
    assert own["segment_ids"] == "n0 n1"
    # A theme is used by one role where all codes below it are.
    assert row(made, code_id="involvement", finding="one role")["segments"] == 2


def test_codes_of_one_voice_do_not_say_whose() -> None:
    who = ("Researcher 1", "Researcher 1", "Guest 1", "Guest 1")
    made = narrow(with_codes("payment", "payment", "payment", "decides", who=who))
    own = row(made, code_id="payment", finding="one voice")
    assert (own["segments"], own["of_segments"]) == (2, 3)
    assert pd.isna(own["role"])
    assert "Researcher 1" not in made.to_csv()


def test_half_is_no_one_voice_and_two_segments_say_nothing() -> None:
    who = ("Researcher 1", "Researcher 1", "Guest 1", "Guest 1")
    assert narrow(with_codes(*["payment"] * 4, who=who)).empty
    assert narrow(with_codes("payment", "payment", "decides", "decides", who=who)).empty


def test_where_one_person_spoke_nothing_is_narrow() -> None:
    assert narrow(with_codes(*["payment"] * 4)).empty


def test_one_voice_is_that_of_the_frequencies() -> None:
    from commonthread.frequencies import frequencies

    counted = frequencies(coded())
    every = counted[(counted["group"] == "all") & counted["one_voice"]]
    made = narrow(coded())
    assert len(every)
    assert set(made.loc[made["finding"] == "one voice", "code_id"]) == set(every["code_id"])
