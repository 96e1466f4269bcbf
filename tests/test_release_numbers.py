"""What public numbers give away: the attack that comes with the program finds it, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

import report_fixture
from commonthread.disclosure import public_tables
from commonthread.disclosure.export import NAMES, public_data, write_public_data
from commonthread.disclosure.sets import EVERY
from commonthread.release.charts import chart_problems, figures_of
from commonthread.release.subtraction import (
    PeopleNumbers,
    SegmentNumbers,
    Wanted,
    WorkedOut,
    worked_out,
)
from commonthread.release.talk import FollowNumbers, SpokeNumbers, TalkNumbers
from commonthread.release.told import (
    ALL,
    PageNumbers,
    Told,
    Unreadable,
    read_public_tables,
    told_by_tables,
)
from commonthread.release.unknowns import Contradiction, Unknowns
from commonthread.report.packing import encode, pack
from commonthread.tables import as_table, columns
from random_study import RandomStudy, random_study

SPRING = ("workshop", "Spring")


def test_what_is_left_of_a_total_is_known() -> None:
    numbers = Unknowns("abc")
    numbers.equal({"a": 1, "b": 1, "c": -1})
    numbers.tell("c", 20)
    assert numbers.known([{"a": 1}, {"b": 1}], 10) == {}
    numbers.tell("a", 16)
    assert numbers.known([{"a": 1}, {"b": 1}, {"a": 1, "b": -1}], 10) == {1: 4}
    assert numbers.range({"b": 1}) == (4, 4)


def test_a_number_between_bounds_that_leave_one_whole_number_is_known() -> None:
    numbers = Unknowns("ab")
    numbers.bound("a", 3, 5)
    numbers.bound("b", 2.5, 3.4)
    assert numbers.known([{"a": 1}, {"b": 1}], 10) == {1: 3}


def test_nothing_at_all_and_large_numbers_may_be_known() -> None:
    numbers = Unknowns("ab")
    numbers.tell("a", 0)
    numbers.tell("b", 10)
    assert numbers.known([{"a": 1}, {"b": 1}], 10) == {}
    assert numbers.known([{"a": 1}, {"b": 1}], float("inf")) == {1: 10}


def test_numbers_that_cannot_all_be_true_are_noticed() -> None:
    numbers = Unknowns("ab")
    numbers.below({"a": 1, "b": -1})
    numbers.tell("a", 5)
    assert numbers.possible()
    numbers.tell("b", 4)
    assert not numbers.possible()
    with pytest.raises(Contradiction):
        numbers.known([{"a": 1}], 10)


def written(study: RandomStudy, threshold: int, place: Path) -> list[Told]:
    """Write the public tables of a study, and read what they tell."""
    shown = public_tables(study.findings, study.codebook, threshold)
    nothing = (as_table({}, name) for name in ("public_questions", "public_resources"))
    write_public_data(public_data(shown, *nothing, study.workshops), place)
    return [*told_by_tables(read_public_tables(place), threshold)]


def found(study: RandomStudy, told: list[Told], below: int) -> tuple[list[WorkedOut], ...]:
    places = study.coded.places
    segments = SegmentNumbers(
        told, study.codebook, places.titles, places.roles, ends=[c.id for c in study.codebook.codes]
    )
    people = PeopleNumbers(told, study.codebook, [code.id for code in study.codebook.codes])
    return tuple(worked_out(each.unknowns, each.wanted(), below) for each in (segments, people))


@settings(max_examples=10)
@given(st.integers(0, 2**32), st.sampled_from([5, 10]))
def test_nothing_small_follows_from_what_is_told(
    tmp_path_factory: pytest.TempPathFactory, seed: int, threshold: int
) -> None:
    study = random_study(seed)
    told = written(study, threshold, tmp_path_factory.mktemp("told"))
    assert found(study, told, threshold) == ([], [])


@pytest.mark.parametrize("seed", [3, 5, 8])
def test_with_a_threshold_of_one_every_small_number_is_found(tmp_path: Path, seed: int) -> None:
    study = random_study(seed)
    told = written(study, 1, tmp_path)
    segments, people = found(study, told, 10)
    counted = study.findings.frequencies
    names = {code.id: code.name for code in study.codebook.codes}
    for measure, own in (("segments", segments), ("people", people)):
        whole = counted[counted["group"] == "all"]
        small = whole[(whole[measure] > 0) & (whole[measure] < 10)]
        should = {
            WorkedOut(f"with “{names[code]}”", number)
            for code, number in zip(small["code_id"], small[measure], strict=True)
        }
        assert should <= set(own)
    cells = counted[(counted["group"] == "workshop") & counted["segments"].between(1, 9)]
    titles = dict(zip(study.workshops["workshop_id"], study.workshops["workshop"], strict=True))
    for row in cells.to_dict("records"):
        name = f"with “{row['name']}” in the workshop “{titles[row['workshop_id']]}”"
        assert WorkedOut(name, row["segments"]) in segments


def test_a_share_or_another_measure_gives_away_what_is_missing(tmp_path: Path) -> None:
    study = random_study(5)
    written(study, 1, tmp_path)
    tables = read_public_tables(tmp_path)
    before = {told.what: told.least for told in told_by_tables(tables, 1)}
    for name, hidden in (
        ("frequencies", ("segments",)),
        ("frequencies_by_group", ("segments",)),
        ("coverage", ("not_coded",)),
        ("cooccurrence", ("segments_both",)),
        ("role_emphasis", ("other_segments", "other_share")),
    ):
        for row in tables[name]:
            for column in hidden:
                row[column] = None
    after = {told.what: told.least for told in told_by_tables(tables, 1) if told.least}
    kinds = {what[0] for what in after}
    assert {"segments", "both", "others"} <= kinds
    assert all(before[what] == number for what, number in after.items())
    pairs = {what for what, number in before.items() if what[0] == "both" and number}
    assert pairs <= after.keys()


def test_a_share_of_people_or_words_gives_away_how_many_these_are() -> None:
    nobody = dict.fromkeys(columns("public_participation"))
    every = {**nobody, "people": 40.0, "words": 9_000.0}
    spring = {**nobody, "workshop": "Spring", "people": 20.0, "words": 5_000.0}
    role = {**nobody, "role": "a", "share_of_people": 0.1, "share_of_words": 0.25}
    both = {**role, "workshop": "Spring"}
    tables = {**dict.fromkeys(NAMES, ()), "participation": [every, spring, role, both]}
    told = {each.what: each.least for each in told_by_tables(tables, 10)}
    assert told["spoke", "", "a"] == 4 and told["words", "", "a"] == 2_250
    assert told["spoke", "Spring", "a"] == 2 and told["words", "Spring", "a"] == 1_250


def test_tables_of_pages_tell_what_their_rows_and_columns_say() -> None:
    book = report_fixture.codebook()
    numbers = PageNumbers(book, ["Spring", "Power"], ["researcher"])
    page = html.fromstring(
        "<div><table id=a><tr><th>Code<th>Segments<th>People<th>researcher<th>Challenge</tr>"
        "<tr><th>Funders and their rules<td>1,031<td>at least 12 of 29<td>59 of 566 (10%)<td>7</tr>"
        "<tr><th>Hidden hours<td>fewer than 10<td>not shown<td>12%<td>0.5</tr></table>"
        "<table id=b><tr><th>Workshop<th>Power<th>Words<th>Not coded</tr>"
        "<tr><th>Spring<td>not shown<td>5,471<td>4</tr><tr><th>Power<td>3<td>8<td>1</tr></table>"
        "<table id=c><tr><th>What<th>Value</tr><tr><th>Study<td>3</tr></table></div>"
    )
    told = {each.what: (each.least, each.most) for each in numbers.read(page, "p.html")}
    assert told == {
        ("segments", "funders", ALL): (1031, 1031),
        ("people", "funders"): (12, float("inf")),
        ("people", EVERY): (29, 29),
        ("segments", "funders", ("role", "researcher")): (59, 59),
        ("segments", EVERY, ("role", "researcher")): (566, 566),
        ("both", "funders", "challenge"): (7, 7),
        ("words", "Spring", ""): (5471, 5471),
        ("uncoded", SPRING): (4, 4),
        # "Power" is a workshop in this column, and may be a code or a workshop as a heading.
        ("words", "Power", ""): (8, 8),
        ("uncoded", ("workshop", "Power")): (1, 1),
    }
    assert numbers.passed_over == ["p.html, table c"]


def test_a_table_that_somebody_changed_is_not_taken_for_a_public_one(tmp_path: Path) -> None:
    written(random_study(5), 5, tmp_path)
    file = tmp_path / "coverage.csv"
    file.write_bytes(file.read_bytes().replace(b"not_coded,", b"uncoded,"))
    with pytest.raises(Unreadable, match=r"coverage\.csv has other columns"):
        read_public_tables(tmp_path)


def test_rows_that_no_run_writes_are_no_reason_to_stop(tmp_path: Path) -> None:
    study = random_study(5)
    written(study, 1, tmp_path)
    tables = read_public_tables(tmp_path)
    tables["role_emphasis"][0]["code_id"] = "made_up"
    tables["frequencies_by_group"][0]["code_id"] = None
    assert found(study, [*told_by_tables(tables, 1)], 10)[0]
    tables["coverage"][0]["group"] = "everybody"
    with pytest.raises(Unreadable, match="a kind of group"):
        [*told_by_tables(tables, 1)]


def told_of(**numbers: float) -> list[Told]:
    """Give numbers of words by "workshop__role"."""
    return [
        Told(("words", *name.split("__")), number, number, "") for name, number in numbers.items()
    ]


def test_words_of_a_role_of_few_people_follow_from_those_of_all_others() -> None:
    told = told_of(__=900, __a=500, __b=380, Spring__=900)
    few = [("", "c"), ("Spring", "c")]
    talk = TalkNumbers(told, "words", ["Spring"], ["a", "b", "c"])
    assert worked_out(talk.unknowns, talk.wanted(few), float("inf")) == []
    # Where it is also known that everybody is known.
    told += [Told(("words", "Spring", "c"), 20, 20, "")]
    talk = TalkNumbers(told, "words", ["Spring"], ["a", "b", "c"])
    known = worked_out(talk.unknowns, talk.wanted(few), float("inf"))
    assert known == [
        WorkedOut("words by the role “c”", 20),
        WorkedOut("words by the role “c” in the workshop “Spring”", 20),
    ]


def test_how_many_people_a_role_has_follows_from_the_others() -> None:
    told = [
        Told(("spoke", *where), number, number, "")
        for where, number in ((("", ""), 30), (("", "a"), 14), (("", "b"), 12))
    ]
    spoke = SpokeNumbers(told, ["Spring"], ["a", "b", "c"])
    assert worked_out(spoke.unknowns, spoke.wanted(), 10) == [
        WorkedOut("who spoke by the role “c”", 4)
    ]


def test_turns_before_a_role_of_few_people_follow_from_the_others() -> None:
    told = [
        Told(("pairs", *pair), number, number, "")
        for pair, number in ((("a", ""), 40), (("a", "a"), 28))
    ]
    follow = FollowNumbers(told, ["a", "b"])
    assert worked_out(follow.unknowns, follow.wanted(["b"]), float("inf")) == [
        WorkedOut("turns of the role “a” before the role “b”", 12)
    ]


def test_how_many_have_not_something_may_be_known() -> None:
    numbers = Unknowns(["all", "most"])
    numbers.tell("all", 30)
    numbers.tell("most", 27)
    lacking = {"all": 1, "most": -1}
    assert worked_out(numbers, [Wanted("some", lacking)], 10) == [WorkedOut("some", 3)]
    assert worked_out(numbers, [Wanted("some", lacking, (lacking,))], 10) == []


def test_a_bar_is_no_longer_than_the_number_beside_it_tells() -> None:
    texts = ["12 from 10 people", "at least 20 from 11 people", "fewer than 10", "not shown", "45%"]
    bars = {"type": "bar", "x": [12, 20, 0, 0, 44.6], "text": texts}
    circles = {"type": "scatter", "x": [1], "text": ["–"]}
    assert [*chart_problems("report.html", {"chart": {"data": [bars, circles]}})] == []
    bars["x"] = [12, 27, 4, 15, 44.6]
    found = [*chart_problems("report.html", {"chart": {"data": [bars]}})]
    assert ["at least 20" in found[0].what, "fewer" in found[1].what, "not" in found[2].what] == [
        True,
        True,
        True,
    ]
    page = encode(
        "<html><body></body></html>", {"a": pack(b"var x"), "b": pack(b'{"c": {"data": []}}')}
    )
    assert figures_of(page) == {"c": {"data": []}}
