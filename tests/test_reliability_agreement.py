"""Tests of the table of agreement, against counts made on paper and plain going through all."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from coders_fixture import MARKS, ROLES, TREE, apart, coders, frames, random_marks
from commonthread.reliability import coefficients
from commonthread.reliability.agreement import EVERYBODY, NO_CODES, NOBODY, agreement
from commonthread.reliability.bootstrap import NO_SPREAD, ONE_TRANSCRIPT, draws
from commonthread.reliability.by_coder import cohen_kappa
from commonthread.reliability.coefficients import NO_PAIR
from commonthread.reliability.judged import CodeTree, coded_apart
from commonthread.reliability.ratings import ratings_of
from commonthread.reliability.sets import alpha_of_sets

PER_CODE = ("percent_agreement", "krippendorff_alpha", "fleiss_kappa", "gwet_ac1")


def row(table: pd.DataFrame, **wanted: Any) -> dict[str, Any]:
    """Give the one row that has these values."""
    for column, value in wanted.items():
        table = table[table[column].isna() if value is None else table[column] == value]
    assert len(table) == 1, f"{len(table)} rows have {wanted}"
    found: dict[str, Any] = table.to_dict("records")[0]
    return found


def pair(table: pd.DataFrame, code_id: str, name: str = "cohen_kappa") -> dict[str, Any]:
    wanted = {"first": "Ada", "second": "Bo", "code_id": code_id, "coefficient": name}
    return row(table, comparison="two people", **wanted)


def test_all_segments_that_both_saw_are_units_coded_or_not() -> None:
    table = agreement(apart(), resamples=0)
    found = pair(table, "decides")
    # Seven segments were seen by both; the eighth only by Ada. Three of the seven have no code.
    assert (found["segments"], found["transcripts"], found["coders"]) == (7, 2, 2)
    cells = [found[name] for name in ("both", "first_only", "second_only", "neither")]
    assert cells == [1, 1, 1, 4]
    # Observed 5/7; by chance 2/7 x 2/7 + 5/7 x 5/7 = 29/49.
    assert found["value"] == pytest.approx((5 / 7 - 29 / 49) / (1 - 29 / 49))
    # Leaving out what nobody coded would make it this, of four segments.
    coded_only = cohen_kappa([[1, 1], [1, 1]]).value
    assert coded_only == pytest.approx(0)
    assert found["value"] > 0.2


def test_a_code_counts_where_one_below_it_was_applied() -> None:
    found = pair(agreement(apart(), resamples=0), "power", "percent_agreement")
    # Both on segments 1 and 7, though with different codes on 7; Ada alone on 4, Bo alone on 6.
    assert [found[name] for name in ("both", "first_only", "second_only")] == [2, 1, 1]
    assert found["with_code"] == 4
    assert found["level"] == "theme"


def test_people_together_need_two_who_judged() -> None:
    found = row(
        agreement(apart(), resamples=0),
        comparison="people together",
        code_id="payment",
        coefficient="krippendorff_alpha",
    )
    # Segment 5 was seen by Ada and Bo, 8 by Ada and Cy: all eight have two.
    assert (found["segments"], found["coders"], found["with_code"]) == (8, 3, 3)
    ratings = ratings_of(
        [[0, 0, 0], [0, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, None], [0] * 3, [0] * 3, [0, None, 1]]
    )
    assert found["value"] == pytest.approx(coefficients.krippendorff_alpha(ratings).value.item())
    alone = dict(MARKS, Bo=[None] * 8)
    found = row(
        agreement(apart(alone), resamples=0),
        comparison="people together",
        code_id="payment",
        coefficient="krippendorff_alpha",
    )
    # Only Ada and Cy are left, and segment 5 was seen by Ada alone.
    assert (found["segments"], found["coders"]) == (7, 2)


def test_roles_are_compared_segment_by_segment_over_all_their_pairs() -> None:
    found = row(
        agreement(apart(), resamples=0),
        comparison="two roles",
        first="Public contributor",
        second="Researcher",
        code_id="decides",
        coefficient="cohen_kappa",
    )
    # Cy did not see segment 5. Segment 1: neither Cy, nor ... both researchers did, Cy did not.
    # Segment 4: Cy and one of two researchers did. Segment 7: one of two did, Cy did not.
    assert (found["segments"], found["coders"]) == (7, 3)
    cells = [found[name] for name in ("both", "first_only", "second_only", "neither")]
    assert cells == [0.5, 0.5, 1.5, 4.5]
    assert found["value"] == pytest.approx(cohen_kappa([[0.5, 0.5], [1.5, 4.5]]).value.item())
    within = agreement(apart(), resamples=0).query("comparison == 'people of one role'")
    assert set(within["first"]) == {"Researcher"}


def test_without_roles_there_is_no_comparison_of_them() -> None:
    one_role = dict.fromkeys(ROLES, "Researcher")
    for roles in ({}, one_role, dict.fromkeys(ROLES, "not given")):
        kinds = set(agreement(apart(roles=roles), resamples=0)["comparison"])
        assert kinds == {"people together", "two people"}


def test_a_machine_is_compared_with_people_and_never_among_them() -> None:
    machine = ["decides", "decides", None, "decides", "", "", "decides", ""]
    both = agreement(apart({**MARKS, "dictionary": machine}))
    people = both[~both["comparison"].str.startswith("machine")]
    assert_frame_equal(people.reset_index(drop=True), agreement(apart()))
    with_ada = {"comparison": "machine and person", "first": "Ada", "second": "dictionary"}
    found = row(both, **with_ada, code_id="decides", coefficient="precision")
    # The dictionary found it on four of the seven segments that both saw; Ada on two of these.
    assert (found["value"], found["segments"]) == (0.5, 7)
    assert row(both, **with_ada, code_id="decides", coefficient="recall")["value"] == 1.0
    found = row(
        both,
        comparison="machine and people",
        first=None,
        second="dictionary",
        code_id="decides",
        coefficient="precision",
    )
    # Shares of people who applied it: 2/3 on segment 1, 0 on 2, 2/3 on 4, 1/3 on 7.
    assert found["value"] == pytest.approx((2 / 3 + 0 + 2 / 3 + 1 / 3) / 4)
    assert found["both"] == pytest.approx(5 / 3)


def test_segments_that_no_person_judged_are_no_units() -> None:
    marks = {**MARKS, "Ada": [None] * 8, "Bo": [None] * 8, "dictionary": ["decides"] * 8}
    table = agreement(apart(marks), resamples=0)
    with_people = table[table["comparison"] == "machine and people"]
    assert set(with_people["segments"]) == {7}


def test_one_person_over_time_is_first_against_latest() -> None:
    judgements, codings = frames(MARKS, date="2024-03-01")
    parts = [(judgements, codings)]
    for date, codes in (("2024-05-01T10:00", "payment"), ("2024-09-01", "dominant")):
        parts.append(frames({"Ada": [codes, "", None, codes] + [None] * 4}, date=date))
    shuffled = [
        pd.concat([part[side] for part in parts]).sample(frac=1, random_state=3) for side in (0, 1)
    ]
    table = agreement(coded_apart(*shuffled, coders(list(MARKS)), TREE), resamples=0)
    found = row(
        table, comparison="one person over time", code_id="decides", coefficient="cohen_kappa"
    )
    assert (found["first"], found["segments"], found["coders"]) == ("Ada", 3, 1)
    cells = [found[name] for name in ("both", "first_only", "second_only", "neither")]
    assert cells == [0, 2, 0, 1]
    # Between people, the latest judgement of each stands.
    now = dict(MARKS, Ada=["dominant", "", "payment", "dominant", "", "", "dominant", ""])
    others = table[table["comparison"] != "one person over time"]
    assert_frame_equal(others.reset_index(drop=True), agreement(apart(now), resamples=0))


def test_pooled_decisions_leave_out_codes_that_nobody_applied() -> None:
    table = agreement(apart(), resamples=0)
    found = row(
        table,
        comparison="two people",
        first="Ada",
        second="Bo",
        level="all codes",
        coefficient="cohen_kappa",
    )
    # payment, decides and dominant; nobody applied power itself, or trust.
    cells = [found[name] for name in ("both", "first_only", "second_only", "neither")]
    assert cells == [2, 2, 3, 14]
    assert found["with_code"] == 7
    assert found["value"] == pytest.approx(cohen_kappa([[2, 2], [3, 14]]).value.item())
    more = CodeTree({**TREE.ancestors, "unused": ()}, TREE.aspects)
    with_more = agreement(apart(tree=more), resamples=0)
    assert_frame_equal(
        with_more[with_more["level"] == "all codes"].reset_index(drop=True),
        table[table["level"] == "all codes"].reset_index(drop=True),
    )


def test_sets_of_codes_and_of_aspects() -> None:
    table = agreement(apart(), resamples=0)
    ada_bo = {"comparison": "two people", "first": "Ada", "second": "Bo"}
    codes = [
        [set(a.split()) - {"challenge"}, set(b.split()) - {"challenge"}]
        for a, b in zip(MARKS["Ada"], MARKS["Bo"], strict=True)
        if a is not None and b is not None
    ]
    for kind in ("masi", "jaccard"):
        found = row(table, **ada_bo, level="all codes", coefficient=f"alpha_{kind}")
        assert found["value"] == pytest.approx(alpha_of_sets(codes, kind).value.item())
        assert np.isnan(found["both"])
    same = row(table, **ada_bo, level="all codes", coefficient="same_set")
    assert same["value"] == pytest.approx(4 / 7)
    same = row(table, **ada_bo, level="all aspects", coefficient="same_set")
    assert same["value"] == pytest.approx(6 / 7)


def test_what_is_undefined_has_a_reason_and_no_value() -> None:
    everywhere = {
        name: [f"{codes} trust" if codes is not None else None for codes in given]
        for name, given in MARKS.items()
    }
    table = agreement(apart(everywhere))
    assert (table["value"].isna() == (table["reason"] != "")).all()
    for code, reason in (("trust", EVERYBODY), ("practice", NOBODY)):
        of_code = table[table["code_id"] == code]
        plain = of_code["coefficient"] == "percent_agreement"
        assert (of_code.loc[plain, "value"] == 1.0).all()
        assert (of_code.loc[plain, "interval_note"] == NO_SPREAD).all()
        assert set(of_code.loc[~plain, "reason"]) == {reason}
    apart_only = {"Ada": [*MARKS["Ada"][:4], *[None] * 4], "Bo": [*[None] * 4, *MARKS["Bo"][4:]]}
    nothing = agreement(apart(apart_only))
    assert set(nothing["reason"]) == {NO_PAIR}
    assert set(nothing["segments"]) == {0}
    silent = agreement(apart({"Ada": [""] * 4, "Bo": [""] * 4}))
    pooled = silent[(silent["level"] == "all codes") & (silent["coefficient"] == "cohen_kappa")]
    assert pooled["reason"].tolist() == [NO_CODES]


def test_one_transcript_gives_values_but_no_interval() -> None:
    table = agreement(apart(sources=1))
    there = table["value"].notna()
    assert there.any()
    assert set(table.loc[there, "interval_note"]) == {ONE_TRANSCRIPT}
    assert table["low"].isna().all() and table["high"].isna().all()


def test_intervals_are_those_of_drawing_transcripts_and_starting_over() -> None:
    marks = random_marks(3, 120, seed=5)
    table = agreement(apart(marks, sources=12), resamples=200, seed=8)
    wanted = {"comparison": "people together", "code_id": "payment"}
    marked = np.array(
        [
            [np.nan if codes is None else "payment" in codes for codes in given]
            for given in marks.values()
        ],
        dtype=float,
    ).T
    transcripts = marked.reshape(12, 10, 3)
    order = np.argsort([f"t{n + 1}" for n in range(12)])
    for name in PER_CODE:
        values = []
        for times in draws(12, 200, 8).astype(int):
            drawn = np.concatenate(transcripts[order].repeat(times, axis=0))
            drawn = drawn[(~np.isnan(drawn)).sum(axis=1) > 1]
            ratings = ratings_of(drawn.tolist(), categories=[0.0, 1.0])
            values.append(getattr(coefficients, name)(ratings).value)
        found = row(table, **wanted, coefficient=name)
        low, high = np.percentile(values, [2.5, 97.5])
        assert (found["low"], found["high"]) == (pytest.approx(low), pytest.approx(high))
        assert found["low"] < found["value"] < found["high"]
        assert found["interval_note"].startswith("Rough: it rests on 12 transcripts")


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), coders=st.integers(2, 5))
def test_figures_are_those_of_plain_ratings(seed: int, coders: int) -> None:
    marks = random_marks(coders, 12, seed)
    table = agreement(apart(marks, roles={}), resamples=0)
    together = table[table["comparison"] == "people together"]
    for code in ("payment", "power", "challenge"):
        below = {code, *(c for c, above in TREE.ancestors.items() if code in above)}
        rows = [
            [None if codes is None else bool(below & set(codes.split())) for codes in unit]
            for unit in zip(*marks.values(), strict=True)
        ]
        rows = [unit for unit in rows if sum(value is not None for value in unit) > 1]
        ratings = ratings_of(rows, categories=[False, True])
        for name in PER_CODE:
            found = row(together, code_id=code, coefficient=name)
            plain = getattr(coefficients, name)(ratings).value
            if found["reason"] in (NOBODY, EVERYBODY):
                assert not ratings.patterns.sum(axis=0).all()
            else:
                np.testing.assert_allclose(found["value"], plain, rtol=0, atol=1e-12)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_sides_of_several_are_the_mean_over_pairs(seed: int) -> None:
    marks = random_marks(4, 10, seed, missing=0.3)
    names = list(marks)
    roles = {names[0]: "a", names[1]: "a", names[2]: "b", names[3]: "b"}
    table = agreement(apart(marks, roles=roles), resamples=0)
    found = table[(table["comparison"] == "two roles") & (table["code_id"] == "payment")].iloc[0]
    cells = np.zeros((2, 2))
    for unit in zip(*marks.values(), strict=True):
        did = [None if codes is None else "payment" in codes for codes in unit]
        pairs = [(a, b) for a, b in product(did[:2], did[2:]) if a is not None and b is not None]
        for a, b in pairs:
            cells[int(not a), int(not b)] += 1 / len(pairs)
    made = found[["both", "first_only", "second_only", "neither"]].to_numpy(dtype=float)
    np.testing.assert_allclose(made, cells.ravel(), atol=1e-12)


def test_the_order_of_rows_does_not_matter_and_seeds_repeat() -> None:
    marks = random_marks(4, 40, seed=1)
    judgements, codings = frames(marks, sources=4)
    listed = coders(list(marks), {"coder 0": "a", "coder 1": "b", "coder 2": "a"})
    once = agreement(coded_apart(judgements, codings, listed, TREE), resamples=50)
    mixed = [part.sample(frac=1, random_state=7) for part in (judgements, codings, listed)]
    assert_frame_equal(agreement(coded_apart(*mixed, TREE), resamples=50), once)
    twice = pd.concat([codings, codings])
    assert_frame_equal(agreement(coded_apart(judgements, twice, listed, TREE), resamples=50), once)
    no_code = codings.head(3).assign(code_id="no_code")
    with_none = pd.concat([codings, no_code])
    same = agreement(coded_apart(judgements, with_none, listed, TREE), resamples=50)
    assert_frame_equal(same, once)
    other = agreement(coded_apart(judgements, codings, listed, TREE), resamples=50, seed=2)
    assert not other["low"].equals(once["low"])


@pytest.mark.parametrize("marks", [{}, {"Ada": ["payment", ""]}, {"dictionary": ["payment"]}])
def test_nobody_to_compare_gives_an_empty_table(marks: Any) -> None:
    assert len(agreement(apart(marks))) == 0


def test_what_does_not_go_together_is_refused() -> None:
    judgements, codings = frames(MARKS)
    listed = coders(list(MARKS))
    wrong: list[tuple[Any, Any, Any, str]] = [
        (judgements.iloc[1:], codings, listed, "1 codings belong to no judgement"),
        (
            judgements,
            codings.assign(date="2024-01-01"),
            listed,
            "15 codings belong to no judgement",
        ),
        (pd.concat([judgements, judgements.head(1)]), codings, listed, "stand there twice"),
        (judgements, codings.assign(code_id="unheard"), listed, "not listed: unheard"),
        (judgements, codings, listed.head(2), "not in the list of coders: Cy"),
        (judgements, codings, pd.concat([listed, listed]), "listed twice"),
        (judgements.assign(source_id=judgements["coder_id"]), codings, listed, "in two sources"),
    ]
    for judged, applied, names, said in wrong:
        with pytest.raises(ValueError, match=said):
            coded_apart(judged, applied, names, TREE)
