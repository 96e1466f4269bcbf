"""The tables of corrected frequencies, in ordinary studies and at the edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from audit_study import BOOK, AuditStudy, judged, study
from commonthread.audit.draw import draw_more
from commonthread.audit.outlook import in_points, typical_code
from commonthread.audit.tables import NAMES, audit_tables
from commonthread.audit.today import find_sample
from commonthread.frequencies import frequencies
from commonthread.tables import as_table

ONE = study(segments=600)
INTERVAL = ["share", "low", "high"]


def sample_of(one: AuditStudy, size: int) -> pd.DataFrame:
    """Draw a sample, and give the table audit_sample."""
    drawn = draw_more(one.segments, one.turns, one.participants, {}, size, "2024-05-01")
    return find_sample(drawn, one.segments, one.turns)


NOTHING = as_table({}, "audit_sample")


def tables(
    one: AuditStudy, sample: pd.DataFrame, *decisions: pd.DataFrame, size: int = 200
) -> dict[str, pd.DataFrame]:
    judgements = (
        pd.concat(decisions, ignore_index=True) if decisions else as_table({}, "judgements")
    )
    made = audit_tables(one.coded(), sample, judgements, size)
    assert tuple(made) == NAMES
    for name, frame in made.items():
        assert as_table(frame, name).equals(frame)
    shares = made["corrected_frequencies"]
    # Never 0 or 1 where nothing is known; and always a reason.
    assert not shares["share"].isin([0.0, 1.0]).any()
    assert (shares[INTERVAL].isna().any(axis=1) == (shares["reason"] != "")).all()
    like = shares[["people_share", "people_low", "people_high"]].isna()
    assert (like.any(axis=1) == (shares["people_reason"] != "")).all()
    known = shares.dropna(subset=INTERVAL)
    assert (known["low"] <= known["share"]).all()
    assert (known["share"] <= known["high"]).all()
    differences = made["corrected_differences"]
    assert (differences["difference"].isna() == (differences["reason"] != "")).all()
    assert ((differences["verdict"] == "") == (differences["reason"] != "")).all()
    return made


def truly(one: AuditStudy, ids: list[str]) -> dict[str, tuple[str, ...]]:
    return {segment_id: one.truth[segment_id] for segment_id in ids}


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    sample = sample_of(ONE, 200)
    return tables(ONE, sample, judged(truly(ONE, list(sample["segment_id"]))))


def test_groups_and_codes_are_those_of_the_counts(made: dict[str, pd.DataFrame]) -> None:
    counted = frequencies(ONE.coded())
    shares = made["corrected_frequencies"]
    names = ["group", "workshop_id", "role", "code_id", "name", "of_segments", "denominator"]
    assert shares[names].equals(counted[names])
    assert shares["machine_segments"].tolist() == counted["segments"].tolist()
    assert shares["machine_share"].equals(counted["share"].rename("machine_share"))


def test_the_truth_is_within_the_intervals(made: dict[str, pd.DataFrame]) -> None:
    shares = made["corrected_frequencies"].set_index(["group", "code_id"])
    for code, below in {"A": {"a1", "a2"}, "a1": {"a1"}, "b1": {"b1"}, "x": {"x"}}.items():
        true = np.mean([bool(below & set(own)) for own in ONE.truth.values()])
        row = shares.loc[("all", code)]
        assert row["low"] <= true <= row["high"]
        assert row["segments"] == pytest.approx(600 * row["share"])
        assert row["checked"] == 200
    # The machine finds too little; what is corrected is more.
    assert shares.loc[("all", "x"), "share"] > shares.loc[("all", "x"), "machine_share"]


def test_people_like_these_are_told_of_where_enough_spoke(made: dict[str, pd.DataFrame]) -> None:
    shares = made["corrected_frequencies"]
    whole = shares[(shares["group"] == "all") & (shares["code_id"] == "x")].iloc[0]
    assert whole["people"] == 9
    assert whole["people_low"] < whole["people_share"] < whole["people_high"]
    few = shares[shares["group"] == "role"]
    assert set(few["people_reason"]) == {"Fewer than 5 people spoke."}
    assert few["people_share"].isna().all()


def test_differences_are_between_each_group_and_all_others(made: dict[str, pd.DataFrame]) -> None:
    differences = made["corrected_differences"]
    assert differences["group"].value_counts().to_dict() == {
        "workshop": 3 * len(BOOK.codes),
        "role": 3 * len(BOOK.codes),
    }
    near = differences["share"] - differences["other_share"] - differences["difference"]
    assert near.abs().max() < 1e-9
    clear = differences["verdict"] != "no clear difference"
    assert ((differences["low"] > 0) | (differences["high"] < 0)).equals(clear)
    # In this study nobody differs.
    assert clear.mean() < 0.15


def test_what_differs_is_said_to() -> None:
    often = {
        segment_id: ("a1",) if workshop == "w0" and number % 2 else ()
        for number, (segment_id, workshop) in enumerate(
            zip(ONE.segments["segment_id"], ONE.segments["workshop_id"], strict=True)
        )
    }
    sample = sample_of(ONE, 200)
    made = tables(ONE, sample, judged({each: often[each] for each in sample["segment_id"]}))
    verdicts = made["corrected_differences"].set_index(["code_id", "workshop_id"])["verdict"]
    assert verdicts["a1", "w0"] == "clearly more"
    assert verdicts["a1", "w1"] == "clearly less"


def test_without_an_audit_nothing_is_corrected_and_an_outlook_given() -> None:
    made = tables(ONE, NOTHING)
    shares = made["corrected_frequencies"]
    assert shares[[*INTERVAL, "people_share"]].isna().all(axis=None)
    assert set(shares["reason"]) == {"No audit sample was checked."}
    outlook = made["audit_outlook"]
    assert set(outlook["basis"]) == {"assumed"}
    assert set(outlook["sample"]) == {50, 100, 200, 400}
    widths = outlook.groupby(["code_id", "group", "sample"])["half_width"].first().unstack()
    assert (widths[50] > widths[200]).all()
    assert (widths[100] > widths[400]).all()


def test_a_drawn_sample_that_nobody_judged_is_no_audit() -> None:
    made = tables(ONE, sample_of(ONE, 50))
    assert set(made["corrected_frequencies"]["reason"]) == {"No audit sample was checked."}


def test_the_outlook_is_about_what_an_audit_then_gives(made: dict[str, pd.DataFrame]) -> None:
    outlook = made["audit_outlook"]
    assert set(outlook["basis"]) == {"audit"}
    own = outlook[outlook["sample"] == 200].set_index(["group", "code_id"])["half_width"]
    shares = made["corrected_frequencies"]
    half = (shares["high"] - shares["low"]) / 2
    given = half.groupby([shares["group"], shares["code_id"]]).mean()
    for kind in ("all", "role", "workshop"):
        for code in ("A", "b1", "x"):
            assert own[kind, code] == pytest.approx(given[kind, code], rel=0.25)


@pytest.mark.parametrize("number", [1, 19])
def test_too_few_checked_segments_give_nothing(number: int) -> None:
    sample = sample_of(ONE, 60)
    made = tables(ONE, sample, judged(truly(ONE, list(sample["segment_id"])[:number])))
    shares = made["corrected_frequencies"]
    assert shares["share"].isna().all()
    many = "segment was" if number == 1 else "segments were"
    assert set(shares["reason"]) == {f"Only {number} {many} checked; at least 20 are needed."}


def test_a_code_that_was_never_found_has_only_an_upper_bound() -> None:
    sample = sample_of(ONE, 100)
    none = {each: tuple(set(ONE.truth[each]) - {"b1"}) for each in sample["segment_id"]}
    shares = tables(ONE, sample, judged(none))["corrected_frequencies"]
    own = shares[shares["code_id"].isin(["B", "b1"]) & (shares["group"] == "all")]
    assert own[["share", "low", "segments"]].isna().all(axis=None)
    assert set(own["reason"]) == {"No segment that was checked has it."}
    assert (own["high"] > 0).all()
    assert (own["high"] < 0.2).all()
    assert own["people_share"].isna().all()
    assert set(own["people_reason"]) == {"No segment that was checked has it."}


def test_where_all_are_coded_the_same_there_are_only_bounds() -> None:
    sample = sample_of(ONE, 100)
    made = tables(ONE, sample, judged(dict.fromkeys(sample["segment_id"], ("a1", "b1", "x"))))
    shares = made["corrected_frequencies"]
    whole = shares[shares["group"] == "all"].set_index("code_id")
    assert whole["share"].isna().all()
    assert whole.loc["a1", "low"] > 0.9
    assert np.isnan(whole.loc["a1", "high"])
    assert whole.loc["a1", "reason"] == "Every segment that was checked has it."
    assert whole.loc["a2", "high"] < 0.1
    assert set(made["corrected_differences"]["verdict"]) == {""}


def test_a_group_of_which_nothing_was_checked_has_no_share() -> None:
    sample = sample_of(ONE, 120)
    own = truly(ONE, list(sample.loc[sample["workshop_id"] != "w2", "segment_id"]))
    shares = tables(ONE, sample, judged(own))["corrected_frequencies"]
    reasons = shares.groupby(["group", "workshop_id"], dropna=False)["reason"].agg(set)
    assert reasons["workshop", "w2"] == {"None of its segments was checked."}
    assert reasons["workshop", "w0"] == {""}
    whole = shares[shares["group"] == "all"]
    assert whole["share"].isna().all()
    assert whole["reason"].iloc[0] == (
        "Of its 600 segments, 200 are of a workshop and role of which none was checked."
    )


def test_who_contradicts_himself_widens_the_intervals() -> None:
    sample = sample_of(ONE, 150)
    once = judged(truly(ONE, list(sample["segment_id"])))
    other = {each: ("x",) if number % 3 else () for number, each in enumerate(sample["segment_id"])}
    sure = tables(ONE, sample, once)["corrected_frequencies"]
    torn = tables(ONE, sample, once, judged(other))["corrected_frequencies"]
    whole = (sure["group"] == "all") & (sure["code_id"] == "x")
    width = [(table["high"] - table["low"])[whole].item() for table in (sure, torn)]
    assert width[1] > 1.5 * width[0]
    assert torn["differ"][whole].item() > 30
    assert torn["checked_twice"][whole].item() == 150
    assert sure["checked_twice"][whole].item() == 0


def test_a_study_without_segments_or_of_notes_alone_is_told_of() -> None:
    empty = study(segments=0)
    assert set(tables(empty, NOTHING)["corrected_frequencies"]["reason"]) == {
        "No audit sample was checked."
    }
    notes = ONE.segments[ONE.segments["kind"] == "notes"].reset_index(drop=True)
    alone = AuditStudy(notes, ONE.turns, ONE.participants, ONE.workshops, ONE.truth, {})
    sample = sample_of(alone, 25)
    shares = tables(alone, sample, judged(truly(alone, list(sample["segment_id"]))))[
        "corrected_frequencies"
    ]
    assert shares[shares["group"] == "all"]["share"].notna().any()
    assert set(shares["people_reason"]) <= {
        "Fewer than 5 people spoke.",
        "None of its segments was checked.",
    }


def test_the_same_study_gives_the_same_tables(made: dict[str, pd.DataFrame]) -> None:
    sample = sample_of(ONE, 200)
    again = tables(ONE, sample, judged(truly(ONE, list(sample["segment_id"]))))
    for name in NAMES:
        assert again[name].equals(made[name])


def test_a_typical_code_is_one_that_comes_up() -> None:
    rows = [
        {"sample": 50, "group": "all", "code_id": code, "name": code, "dimension": "code"}
        | {"theme_id": "t", "expected_share": share, "half_width": half, "basis": "assumed"}
        for code, share, half in (("a", 0.0, 0.0), ("b", 0.0, 0.0), ("c", 0.2, 0.05))
    ]
    table = pd.DataFrame(rows)
    typical = typical_code(table)
    assert typical is not None
    assert (typical.share, typical.half_widths[50, "all"]) == (0.2, 0.05)
    assert typical_code(table[table["expected_share"] == 0]) is None
    assert (in_points(0.05), in_points(0.0004)) == ("5.0", "less than 0.1")
