"""What is different between two codebooks, told by meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.codebook import Code, Codebook, CodebookResource
from commonthread.refining.changes import (
    Change,
    changes_table,
    codebook_changes,
    meaning_changed,
)
from commonthread.refining.code_fates import code_fates
from commonthread.refining.term_words import describe_term
from commonthread.tables import check_table
from commonthread.terms import parse_term
from refining_study import aspect, book, code

CODES = (
    code("money"),
    code("payment", "pay", "fee", under="money"),
    code("expenses", "expenses", under="money"),
    code("power"),
    code("decides", "decide", under="power"),
    aspect("challenge", "problem"),
)
BEFORE = book(*CODES)


def changed(code_id: str, **more: Any) -> Codebook:
    """Give the codebook with some fields of one code changed."""
    return book(*(replace(each, **more) if each.id == code_id else each for each in CODES))


def without(*gone: str, added: tuple[Code, ...] = ()) -> Codebook:
    return book(*(each for each in CODES if each.id not in gone), *added)


def told(after: Codebook, before: Codebook = BEFORE) -> list[tuple[str, str, str]]:
    return [(each.kind, each.what, each.code_id) for each in codebook_changes(before, after)]


def the_one(after: Codebook) -> Change:
    (change,) = codebook_changes(BEFORE, after)
    return change


def test_an_identical_codebook_has_no_changes() -> None:
    assert codebook_changes(BEFORE, book(*CODES)) == ()
    assert codebook_changes(BEFORE, replace(BEFORE, sha256="laid out differently")) == ()
    assert changes_table(()).empty


@pytest.mark.parametrize(
    ("field", "value", "kind", "said"),
    [
        ("definition", "Other", "meaning", "The definition of “Payment” is written differently."),
        (
            "use_when",
            "Other",
            "meaning",
            "The rule when to use of “Payment” is written differently.",
        ),
        ("not_when", "", "meaning", "The rule when not to use of “Payment” is gone."),
        ("near_miss", "Other", "meaning", "The near miss of “Payment” is written differently."),
        ("name", "Being paid", "wording", "“Payment” is now called “Being paid”."),
        (
            "plain",
            "Other",
            "wording",
            "The plain-language wording of “Payment” is written differently.",
        ),
        (
            "examples",
            ("One example.",),
            "wording",
            "The examples of “Payment” are written differently.",
        ),
        ("questions", ("Who pays?",), "wording", "The questions of “Payment” are new."),
        ("principles", ("share",), "wording", "The principles of “Payment” are new."),
        ("colour", "#112233", "wording", "The colour of “Payment” is new."),
        (
            "resources",
            (CodebookResource("A form", "For claims."),),
            "wording",
            "The resources of “Payment” are new.",
        ),
    ],
)
def test_a_field_tells_meaning_from_wording(field: str, value: Any, kind: str, said: str) -> None:
    change = the_one(changed("payment", **{field: value}))
    assert (change.kind, change.what, change.code_id) == (kind, field, "payment")
    assert change.sentence == said


def test_before_and_after_stand_beside_each_other() -> None:
    change = the_one(changed("payment", examples=("One  example.", "A new one.")))
    assert (change.before, change.after) == (
        "One example.\nAnother example.",
        "One example.\nA new one.",
    )


def test_white_space_alone_is_no_change() -> None:
    assert told(changed("payment", definition="What  payment\nis ")) == []


def test_terms_are_told_as_what_the_computer_looks_for() -> None:
    terms = (parse_term("fee"), parse_term({"phrase": "wage", "unless": ["wage war"]}))
    change = the_one(changed("payment", terms=terms))
    assert (change.kind, change.what) == ("meaning", "terms")
    assert change.sentence == (
        "For “Payment” the computer now looks for “wage” (but not in “wage war”) too, and no longer"
        " for “pay”."
    )
    assert change.before == "“pay”\n“fee”"
    order = the_one(changed("payment", terms=tuple(reversed(CODES[1].terms))))
    assert (order.kind, order.sentence) == (
        "wording",
        "The terms of “Payment” stand in another order.",
    )


def test_every_kind_of_term_can_be_told() -> None:
    terms = (
        "pay",
        {"exactly": "PI"},
        {"all_of": ["late", "money"], "within": "8"},
        {"regex": "a+"},
    )
    assert [describe_term(parse_term(term)) for term in terms] == [
        "“pay”",
        "exactly “PI”",
        "“late” and “money” within 8 words",
        "the pattern a+",
    ]


def test_added_and_retired() -> None:
    assert the_one(without(added=(code("trust"),))).sentence == "New theme: “Trust”."
    added = the_one(without(added=(code("trust", under="power"),)))
    assert added.sentence == "New code: “Trust” under “Power”."
    assert the_one(without(added=(aspect("idea"),))).sentence == "New aspect: “Idea”."
    gone = the_one(without("decides"))
    assert (gone.kind, gone.what, gone.code_id) == ("structure", "retired", "decides")
    assert gone.sentence == ("“Decides” is retired: what was coded with it has that code no more.")


def test_a_new_id_without_was_is_told_with_the_remedy() -> None:
    twin = replace(CODES[4], id="deciding")
    added, retired = codebook_changes(BEFORE, without("decides", added=(twin,)))
    assert (added.what, retired.what) == ("added", "retired")
    assert "write was: [decides] there" in retired.sentence


def test_renamed_merged_and_split_as_was_says() -> None:
    renamed = replace(CODES[1], id="pay", was=("payment",))
    change = the_one(without("payment", "expenses", added=(renamed, CODES[2])))
    assert (change.what, change.code_id) == ("renamed", "pay")
    assert change.sentence == "“Payment” now goes by the id pay; before by payment."

    both = code("cash", "pay", under="money", was=("payment", "expenses"))
    (merged,) = codebook_changes(BEFORE, without("payment", "expenses", added=(both,)))
    assert (merged.what, merged.before) == ("merged", "Payment\nExpenses")
    assert merged.sentence == "“Payment” and “Expenses” are merged into “Cash”."

    into = replace(CODES[1], was=("expenses",))
    (merged,) = codebook_changes(BEFORE, book(*CODES[:1], into, *CODES[3:]))
    assert merged.sentence == "“Expenses” went into “Payment”."

    parts = (
        code("early", "early", under="money", was=("payment",)),
        code("late", "late", under="money", was=("payment",)),
    )
    (split,) = codebook_changes(BEFORE, without("payment", added=parts))
    assert (split.what, split.code_id, split.after) == ("split", "payment", "Early\nLate")
    assert split.sentence == "“Payment” is split into “Early” and “Late”."


def test_moved_under_another_code_and_made_a_theme() -> None:
    moved = the_one(changed("decides", parent="money", theme="money"))
    assert moved.what == "moved"
    assert moved.sentence == (
        "“Decides” moved: it stood under “Power”, and stands under “Money” now."
    )
    top = the_one(changed("decides", parent=None, theme="decides", dimension="theme"))
    assert top.after == "among the themes"


def test_codes_under_a_renamed_one_have_not_moved() -> None:
    top = replace(CODES[3], id="might", was=("power",))
    below = replace(CODES[4], parent="might", theme="might")
    assert told(without("power", "decides", "challenge", added=(top, below, CODES[5]))) == [
        ("structure", "renamed", "might")
    ]


def test_another_order_is_told_once_for_each_place() -> None:
    money, payment, expenses, power, decides, challenge = CODES
    after = book(power, decides, money, expenses, payment, challenge)
    assert told(after) == [("structure", "order", ""), ("structure", "order", "money")]


def test_former_ids_that_a_code_takes_on() -> None:
    change = the_one(changed("payment", was=("wages",)))
    assert change.sentence == (
        "“Payment” now stands for the former code wages: codings of it count again."
    )
    later = changed("payment", was=("wages",))
    (left,) = codebook_changes(later, BEFORE)
    assert left.sentence == "“Payment” no longer stands for the former code wages."


def test_the_codebook_itself() -> None:
    after = book(*CODES, title="Another", version="2", principles={"share": "Share power"})
    found = codebook_changes(BEFORE, after)
    assert [(each.what, each.code_id) for each in found] == [
        ("title", ""),
        ("version", ""),
        ("principles", ""),
    ]
    assert {each.kind for each in found} == {"wording"}


def test_changes_are_a_table_and_say_whose_meaning_changed() -> None:
    after = changed("payment", definition="Other", name="Being paid")
    changes = codebook_changes(BEFORE, after)
    assert meaning_changed(changes) == ("payment",)
    check_table(changes_table(changes), "codebook_changes")


IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)


@given(IDS, IDS, st.data())
def test_every_code_has_one_fate(old: list[str], new: list[str], data: st.DataObject) -> None:
    gone = [each for each in old if each not in new]
    was = {
        each: tuple(data.draw(st.lists(st.sampled_from(gone), unique=True))) if gone else ()
        for each in new
    }
    before = book(*map(code, old))
    after = book(*(code(each, was=was[each]) for each in new))
    fates = code_fates(before, after)
    for each in old:
        into = {other for other in new if each == other or each in was[other]}
        assert set(fates.successors(each)) == into
        assert (each in fates.retired) == (not into)
    for each in new:
        assert (each in fates.added) == (each not in old and not was[each])
    assert len(set(fates.kept.values())) == len(fates.kept)
    codebook_changes(before, after)
