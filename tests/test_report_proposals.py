"""The page for the team meeting: what it says, and texts side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commonthread.report.side_by_side import side_by_side
from proposals_fixture import page


def marked(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give what is marked as gone and as new."""
    made = side_by_side("x", before, after)
    return (
        [each.text for each in made.before if each.state == "gone"],
        [each.text for each in made.after if each.state == "new"],
    )


def test_words_that_are_different_are_marked() -> None:
    assert marked("Being paid, or not.", "Being paid properly.") == ([",", "or not"], ["properly"])
    assert marked("", "all new") == ([], ["all new"])
    assert marked("the same", "the same") == ([], [])


def test_lists_are_compared_by_line() -> None:
    assert marked("pay\nwage", "pay\nfees\nwage\nvoucher") == ([], ["fees\n", "voucher\n"])
    assert marked("pay the bill", "pay the bill\nand more") == ([], ["and more\n"])


TEXTS = st.text(st.sampled_from("ab \n.é"), max_size=40)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_or_added(before: str, after: str) -> None:
    made = side_by_side("x", before, after)
    for side, text in ((made.before, before), (made.after, after)):
        assert "".join(each.text for each in side).rstrip("\n") == text.rstrip("\n")
    same = [
        "".join(each.text for each in side if each.state == "same")
        for side in (made.before, made.after)
    ]
    assert same[0] == same[1]


def test_texts_beyond_measure_are_marked_whole() -> None:
    before, after = "a " * 2_000, "b " * 2_000
    assert marked(before, after) == ([before], [after])


def test_proposals_stand_where_they_are_to_be_talked_about() -> None:
    made = page()
    assert {group.id: len(group.proposals) for group in made.groups} == {
        "to-decide": 4,
        "agreed": 1,
        "declined": 1,
        "done": 1,
        "comments": 1,
    }
    assert made.summary == "7 proposals and 1 comment; 4 to decide."


def test_it_is_told_who_is_heard() -> None:
    roles = {row.role: row for row in page().roles}
    ours = roles["Public contributor"]
    assert (ours.people, ours.proposals, ours.comments, ours.agreed, ours.undecided) == (
        *(2, 5, 1, 2),
        3,
    )
    assert roles["Researcher"].declined == 1


def test_what_contradicts_what_is_told_on_both_sides() -> None:
    shown = {one.proposal_id: one for group in page().groups for one in group.proposals}
    against = {
        one: [other for other, _ in each.against] for one, each in shown.items() if each.against
    }
    assert against
    for one, others in against.items():
        for other in others:
            assert one in against[other]


def test_what_it_would_do_to_the_findings_is_said_in_words() -> None:
    effects = [one.effect for group in page().groups for one in group.proposals if one.effect]
    assert effects == [
        "Made alone: 2 segments would gain a code and 1 segment would lose one. 3 codings by people"
        " should be looked at again."
    ]
