"""Tests of what may be told: nobody can work out a small number of people or segments."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import report_fixture
from attack import Attack, given_away
from commonthread.disclosure import public_tables, team_tables
from commonthread.disclosure.export import public_data
from commonthread.disclosure.lines import Groups, lines
from commonthread.disclosure.pairs import shown_pairs
from commonthread.disclosure.sets import ANY, covers, sets_of
from commonthread.disclosure.talk import few_roles, shown_follows, shown_participation
from commonthread.disclosure.wholes import Wholes, wholes
from commonthread.tables import as_table
from random_study import RandomStudy, codebook, random_study

FACES = codebook({"power": ("hidden", "with"), "hidden": ("committees", "agenda")})


def attacked(study: RandomStudy, threshold: int, told: int) -> list[str]:
    """Give the numbers below a threshold that can be worked out of what is told below another."""
    shown = public_tables(study.findings, study.codebook, told)
    nothing = (as_table({}, name) for name in ("public_questions", "public_resources"))
    tables = public_data(shown, *nothing, study.workshops)
    places = study.coded.places
    segments = Attack(study.codebook, places.workshop_ids, places.roles)
    segments.read(tables, told)
    sums = [*segments.of_interest(), *segments.by_group()]
    found = given_away(segments, sums, segments.count(study.coded), threshold)
    people = Attack(study.codebook, ("anywhere",), ())
    people.read_people(tables, told)
    truth = people.count(study.coded, people=True)
    return found + given_away(people, people.of_interest(people=True), truth, threshold)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([5, 10]))
def test_no_small_number_can_be_worked_out(seed: int, threshold: int) -> None:
    assert attacked(random_study(seed), threshold, threshold) == []


def test_the_attack_finds_what_is_told() -> None:
    assert len(attacked(random_study(5), 5, told=1)) > 20


def test_with_a_threshold_of_one_everything_is_told() -> None:
    study = report_fixture.inputs(people=20, turns=30)
    told, whole = public_tables(study, study.codebook, 1), team_tables(study)
    for name in ("coverage", "frequencies", "cooccurrence"):
        shown, every = getattr(told, name), getattr(whole, name)
        counted = every[every["group"] != "workshop and role"] if "group" in every else every
        assert (shown["withheld"] == "").all()
        column = {"coverage": "not_coded", "cooccurrence": "segments_both"}.get(name, "segments")
        assert shown[column].tolist() == counted[column].tolist()


def test_each_missing_number_is_said_to_be_withheld() -> None:
    study = report_fixture.inputs(people=20, turns=30)
    told = public_tables(study, study.codebook, 10)
    for frame, columns in (
        (told.frequencies, ("segments", "of_segments", "share")),
        (told.coverage, ("segments", "not_coded")),
        (told.cooccurrence, ("segments_both", "jaccard")),
        (told.participation, ("people", "words", "longest_words")),
        (told.follows, ("pairs", "of_pairs", "expected")),
        (told.role_emphasis, ("segments", "other_segments")),
    ):
        for column in columns:
            named = frame["withheld"].str.split("; ").apply(lambda names, it=column: it in names)
            assert (frame[column].isna() >= named).all()
            assert not frame[column][~named].isna().any()
        assert (frame["withheld"] != "").any()
        assert frame.apply(
            lambda row: set(row["small"].split("; ")) <= {"", *row["withheld"].split("; ")}, axis=1
        ).all()


def told_of(counts: dict[str, int], threshold: int, **more: object) -> Wholes:
    return wholes(counts, sets_of(FACES, any_theme=False), threshold, **more)


def test_of_two_counts_too_close_the_larger_is_withheld() -> None:
    found = told_of({"power": 28, "hidden": 25, "with": 23, "committees": 20, "agenda": 4}, 10)
    assert found.small == {"agenda"}
    assert found.close == {"power", "hidden"}
    # The largest that is shown of what it contains: that of "hidden" is not.
    assert found.least == {"power": 23, "hidden": 20}
    alike = told_of({"power": 25, "hidden": 25, "with": 15, "committees": 15, "agenda": 15}, 10)
    assert not alike.close


def test_what_two_codes_share_is_not_told_by_the_one_that_they_make_up() -> None:
    counts = {"power": 52, "hidden": 33, "with": 15, "committees": 20, "agenda": 17}
    assert not told_of(counts, 10).close
    assert told_of(counts, 10, exact={"hidden"}).close == {"hidden"}


def test_a_small_count_is_not_narrowed_down_by_all_others() -> None:
    # Both of "hidden" are below 10, and together they are 17.
    counts = {"power": 80, "hidden": 17, "with": 40, "committees": 9, "agenda": 8}
    assert told_of(counts, 10, exact={"hidden"}).least == {"hidden": 10}


def test_codes_that_make_up_another() -> None:
    sets = sets_of(FACES)
    counts = dict.fromkeys(sets.ids, 5)
    found = covers("power", counts, sets, sets.ids, 4)
    assert set(found) == {("hidden", "with"), ("committees", "agenda", "with")}
    assert set(covers("power", counts, sets, sets.ids, 2)) == {("hidden", "with")}
    assert [*covers("with", counts, sets, sets.ids, 4)] == []


def by_workshop(**cells: list[int]) -> dict[str, list[bool]]:
    """Say which workshops are withheld of some codes, below 10; none for few people."""
    sets = sets_of(FACES, any_theme=False)
    counts = {each: np.array(cells.get(each, [0, 0, 0, 0])) for each in sets.ids}
    first = {each: np.zeros(4, dtype=bool) for each in sets.ids}
    whole = wholes({each: int(own.sum()) for each, own in counts.items()}, sets, 10)
    groups = Groups(counts, first, dict.fromkeys(sets.ids, (0, 0)))
    return {each: mask.tolist() for each, mask in lines(groups, whole, sets, 10).items()}


def test_what_is_withheld_of_a_code_is_withheld_of_those_under_it() -> None:
    found = by_workshop(power=[5, 20, 60, 70], hidden=[1, 12, 31, 40])
    assert found["power"] == [True, True, False, False]
    assert found["hidden"] == [True, True, False, False]


def test_what_a_code_has_besides_one_under_it_is_no_small_number_in_any_workshop() -> None:
    # 34 - 31 is 3, and what is withheld has to hide it.
    found = by_workshop(power=[50, 60, 34, 70], hidden=[15, 22, 31, 40])
    assert not any(found["power"])
    assert found["hidden"] == [True, False, True, False]


def test_a_code_that_never_came_up_is_shown_to_have_come_up_nowhere() -> None:
    assert by_workshop(power=[5, 20, 60, 70])["with"] == [False] * 4


def test_a_pair_is_not_shown_beside_one_that_it_stands_under_if_they_are_too_close() -> None:
    tree = codebook({"A": ("a1",), "B": (), "x": ()})
    sets = sets_of(tree)
    counts = {ANY: 400, "A": 200, "a1": 150, "B": 150, "x": 100}
    both = {("A", "x"): 40, ("a1", "x"): 35, ("B", "x"): 30, ("A", "B"): 60, ("a1", "B"): 20}
    whole = wholes(counts, sets, 10)
    shown = shown_pairs(both, whole, sets, 900, 10)
    assert shown == set(both) - {("a1", "x")}


def test_the_smallest_pair_of_three_themes_hides_what_all_three_share() -> None:
    sets = sets_of(codebook({"A": (), "B": (), "C": ()}))
    # 3 segments have all three.
    counts = {ANY: 253, "A": 100, "B": 110, "C": 120}
    both = {("A", "B"): 25, ("A", "C"): 27, ("B", "C"): 28}
    whole = wholes(counts, sets, 10, exact={ANY})
    assert shown_pairs(both, whole, sets, 900, 10) == set(both)
    assert ("A", "B") not in shown_pairs(both, whole, sets, 900, 10, {ANY})


def test_the_words_of_a_single_role_are_not_left_over() -> None:
    study = report_fixture.inputs(people=60, turns=120)
    people = study.participation["people"].where(study.participation["role"] != "facilitator", 2)
    frame = shown_participation(study.participation.assign(people=people), 10)
    roles = frame[frame["group"] == "role"].set_index("role")
    assert roles["words"].isna()["facilitator"]
    assert roles["words"].isna().sum() == 2
    assert roles["evenness"].isna().sum() == 2
    assert few_roles(study.participation.assign(people=people), 10) == {"facilitator"}


def test_turns_of_a_role_of_few_people_are_not_told() -> None:
    study = report_fixture.inputs(people=60, turns=120)
    frame = shown_follows(study.follows, {"facilitator"}, 10)
    assert frame["group"].eq("all").all()
    own = frame[frame["role"] == "facilitator"]
    assert own[["pairs", "of_pairs", "share", "expected"]].isna().all(axis=None)
    others = frame[frame["role"] != "facilitator"]
    after = others[others["next_role"] == "facilitator"]
    assert after["pairs"].isna().all() and not after["of_pairs"].isna().any()
    # A second one hides how many are left over.
    assert (others.groupby("role")["pairs"].apply(lambda pairs: pairs.isna().sum()) > 1).all()


def test_nothing_read_is_told_without_complaint() -> None:
    study = report_fixture.nothing_read(report_fixture.inputs())
    told = public_tables(study, study.codebook, 10)
    assert (told.frequencies["segments"].fillna(-1) == 0).all()
    assert isinstance(told.participation, pd.DataFrame)
