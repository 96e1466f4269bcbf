"""The ready codebook: what was accepted is in it, and nothing else is different."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.codebook import Code, parse_codebook
from commonthread.proposals.apply import Applied, apply_proposals
from commonthread.proposals.edits import new_id
from commonthread.proposals.proposal import Kind, Part, Proposal
from commonthread.proposals.standing import standing
from proposals_fixture import COMMENT, MERGE, NEW, SMALL, SPLIT, WORDING, codebook


def applied(*proposals: Proposal, text: str = SMALL) -> Applied:
    numbered = {f"p{number}": proposal for number, proposal in enumerate(proposals, start=1)}
    return apply_proposals(text.encode("utf-8"), numbered, "new.yaml")


def codes(made: Applied) -> dict[str, Code]:
    assert made.codebook is not None
    return {code.id: code for code in made.codebook.codes}


def reason(*proposals: Proposal, text: str = SMALL) -> str:
    """Give why none of the proposals could be made."""
    made = applied(*proposals, text=text)
    assert (made.data, made.codebook, made.made) == (None, None, ())
    return made.by_hand[0][1]


def test_a_wording_is_made_and_the_rest_stays() -> None:
    made = applied(WORDING)
    assert made.made == ("p1",) and made.by_hand == ()
    pay = codes(made)["pay"]
    assert pay.plain == "Getting paid"
    assert [term.label for term in pay.terms] == ["pay", "wage", "voucher"]
    assert made.data is not None and made.codebook is not None
    assert made.codebook.version == "0.10"
    text = made.data.decode("utf-8")
    gone = [line for line in SMALL.split("\n") if line not in text.split("\n")]
    assert gone == [
        'version: "0.9"  # counted by hand',
        "        plain: Being paid",
        "          - phrase: fee",
        "            unless: [fee fi]",
    ]


def test_an_example_is_added_once() -> None:
    example = Proposal("x", "example", "pay", wording=(("examples", "Three, and more: yes"),))
    made = applied(example, replace(example, why="me too"))
    assert made.made == ("p1", "p2")
    assert codes(made)["pay"].examples == ("One.", "Two.", "Three, and more: yes")


def test_two_people_can_change_one_list() -> None:
    one = Proposal("x", "wording", "pay", (("terms", "pay\nwage\nfee (unless: fee fi)\ncash"),))
    other = Proposal("x", "wording", "pay", (("terms", "pay\nfee (unless: fee fi)"),))
    made = applied(one, other)
    assert made.made == ("p1", "p2")
    assert [term.label for term in codes(made)["pay"].terms] == ["pay", "fee", "cash"]


def test_a_renamed_code_keeps_what_was_coded_with_it() -> None:
    rename = Proposal("x", "rename", "pay", wording=(("name", "Wages & fees"),))
    made = applied(rename, WORDING)
    wages = codes(made)["wages_fees"]
    assert (wages.was, wages.name, wages.plain) == (("pay",), "Wages & fees", "Getting paid")
    assert made.codebook is not None
    assert [code.id for code in made.codebook.successors("pay")] == ["wages_fees"]


def test_a_rename_tells_which_texts_name_the_old_id() -> None:
    text = SMALL.replace("id: pay", "id: pay_us").replace(
        "plain: Fares", "plain: Fares\n        near_miss: This is pay_us."
    )
    made = applied(Proposal("x", "rename", "pay_us", wording=(("name", "Fee"),)), text=text)
    assert made.made == ("p1",)
    assert "“Fares”" in made.by_hand[0][1] and "pay_us" in made.by_hand[0][1]


def test_merged_codes_share_their_terms_and_former_ids() -> None:
    text = SMALL.replace("      - id: fares\n", "      - id: fares\n        was: [trips]\n")
    made = applied(MERGE, text=text)
    pay = codes(made)["pay"]
    assert pay.was == ("fares", "trips")
    assert "fares" not in codes(made)
    assert made.by_hand == (("p1", "See that its texts also say what “Fares” meant."),)


def test_a_code_without_rules_takes_over_those_of_the_one_that_goes_into_it() -> None:
    made = applied(Proposal("x", "merge", "fares", others=("pay",)))
    fares, pay = codes(made)["fares"], codebook().code("pay")
    assert (fares.was, fares.name, fares.terms) == (("pay",), "Fares", pay.terms)
    assert (fares.use_when, fares.near_miss) == (pay.use_when, pay.near_miss)


def test_codes_under_a_merged_one_go_with_it() -> None:
    made = applied(Proposal("x", "merge", "power", others=("money",)))
    assert codes(made)["pay"].parent == "power"
    assert [code.id for code in made.codebook.codes][:3] == ["power", "pay", "fares"]  # type: ignore[union-attr]


def test_a_split_leaves_nothing_uncoded_by_the_machine() -> None:
    made = applied(SPLIT)
    fees, gifts = codes(made)["fees"], codes(made)["gifts"]
    assert fees.was == gifts.was == ("pay",)
    assert fees.terms == gifts.terms == codebook().code("pay").terms
    assert (fees.plain, gifts.definition) == ("For work", "For thanks")
    assert fees.parent == gifts.parent == "money"
    assert [sentence for _, sentence in made.by_hand] == [
        "Write the definition of each part: so far it is what the proposal says of it.",
        "All parts have the same rules, examples and terms: leave with each what belongs to it.",
    ]


def test_an_aspect_can_be_split() -> None:
    parts = (Part("High hurdle", "High"), Part("Low hurdle", ""))
    made = applied(Proposal("x", "split", "hurdle", parts=parts))
    assert [code.id for code in made.codebook.aspects] == ["high_hurdle", "low_hurdle"]  # type: ignore[union-attr]
    assert codes(made)["low_hurdle"].plain == "Low hurdle"


def test_a_new_code_without_rules_gets_its_terms_by_hand() -> None:
    made = applied(NEW)
    late = codes(made)["late_money"]
    assert (late.parent, late.plain, late.definition, late.terms) == (
        *("money", "Waiting for money", "Waiting for money"),
        (),
    )
    assert "overdue" in made.by_hand[-1][1]
    rules = (("use_when", "U"), ("not_when", "N"), ("near_miss", "M"), ("examples", "One.\nTwo."))
    whole = codes(applied(replace(NEW, wording=(*NEW.wording, *rules))))["late_money"]
    assert [term.label for term in whole.terms] == ["overdue"]


def test_a_code_moves_and_a_theme_gives_up_its_colour() -> None:
    text = SMALL.replace("    name: Power\n", '    name: Power\n    colour: "#112233"\n')
    made = applied(
        Proposal("x", "move", "power", parent="money"), Proposal("x", "move", "fares"), text=text
    )
    assert made.made == ("p1", "p2")
    assert (codes(made)["power"].parent, codes(made)["fares"].dimension) == ("money", "theme")


def test_a_theme_is_retired_after_the_codes_under_it() -> None:
    retire = [Proposal("x", "retire", each) for each in ("money", "pay", "fares")]
    made = applied(*retire)
    assert sorted(made.made) == ["p1", "p2", "p3"]
    assert [code.id for code in made.codebook.codes] == ["power", "hurdle"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("proposal", "words"),
    [
        (Proposal("x", "retire", "money"), "It has codes under it (“Pay”, “Fares”)"),
        (Proposal("x", "move", "money", parent="pay"), "cannot stand under itself"),
        (Proposal("x", "move", "hurdle", parent="pay"), "Aspects stand by themselves"),
        (Proposal("x", "merge", "pay", others=("hurdle",)), "An aspect cannot become one"),
        (Proposal("x", "merge", "pay", others=("money",)), "the other way round"),
        (Proposal("x", "merge", "pay"), "which codes are to become one"),
        (Proposal("x", "split", "pay", parts=(Part("One", "1"),)), "into which codes"),
        (Proposal("x", "wording", "pai", (("plain", "x"),)), 'Did you mean "pay"?'),
        (Proposal("x", "wording", "pay", (("plain", " "),)), "is empty"),
        (Proposal("x", "wording", "pay", (("terms", "pay\npattern: ("),)), "Term 2: "),
        (Proposal("x", "wording", "pay", (("use_when", ""),)), 'has terms but no "use_when"'),
        (Proposal("x", "wording", "pay", (("plain", "a\u202eb"),)), "cannot be seen"),
        (Proposal("x", "wording", "pay", (("plain", "a\x07b"),)), "cannot be seen"),
        (Proposal("x", "wording", "pay", (("plain", "\ud800"),)), "by hand"),
        (Proposal("x", "new", parent="money"), "what the new code is called"),
        (Proposal("x", "rename", "pay"), "gives no new text"),
        (
            Proposal("x", "wording", "pay", (("plain", "new"),), (("plain", "old"),)),
            "has been changed since",
        ),
    ],
)
def test_what_cannot_be_made_is_told(proposal: Proposal, words: str) -> None:
    assert words in reason(proposal)


def test_a_file_without_lines_of_its_own_is_left_to_a_person() -> None:
    text = '{title: x, version: "1", themes: [{id: pay, name: P, definition: D, plain: P}]}'
    assert "by hand" in reason(Proposal("x", "wording", "pay", (("plain", "new"),)), text=text)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (WORDING, replace(WORDING, wording=(("plain", "Other"),)), "“In plain words” of “Pay”"),
        (Proposal("x", "retire", "pay"), WORDING, "retires “Pay”"),
        (SPLIT, WORDING, "splits “Pay”"),
        (MERGE, Proposal("x", "rename", "fares", (("name", "Trips"),)), "merges “Fares”"),
        (MERGE, Proposal("x", "merge", "fares", others=("pay",)), "“Fares”"),
        (MERGE, Proposal("x", "merge", "power", others=("fares",)), "“Fares”"),
        (
            Proposal("x", "move", "pay", parent="power"),
            Proposal("x", "move", "pay"),
            "to different places",
        ),
        (NEW, replace(NEW, wording=(("name", "late money"), ("plain", "x"))), "“Late money”"),
        (
            Proposal("x", "wording", "pay", (("terms", "pays\nfee (unless: fee fi)\nwage"),)),
            Proposal("x", "wording", "pay", (("terms", "paid\nfee (unless: fee fi)\nwage"),)),
            "“Words looked for” of “Pay”",
        ),
    ],
)
def test_contradictions_are_told_and_neither_is_made(
    one: Proposal, other: Proposal, words: str
) -> None:
    made = applied(one, other, Proposal("x", "wording", "money", (("plain", "Cash"),)))
    assert made.made == ("p3",)
    assert [proposal_id for proposal_id, _ in made.by_hand[:2]] == ["p1", "p2"]
    assert all("contradicts" in sentence for _, sentence in made.by_hand[:2])
    assert words in made.by_hand[0][1]


def test_a_proposal_that_is_in_the_codebook_is_not_made_again() -> None:
    made = applied(WORDING, MERGE, NEW, Proposal("x", "rename", "power", (("name", "Might"),)))
    assert made.data is not None and made.codebook is not None
    for proposal in (WORDING, MERGE, NEW):
        assert standing(proposal, made.codebook) == ("in the codebook", "")
    again = apply_proposals(made.data, {"p1": WORDING, "p2": MERGE, "p3": NEW}, "new.yaml")
    assert again == Applied(None, None, (), ())
    parted = applied(SPLIT).codebook
    assert parted is not None and standing(SPLIT, parted)[0] == "in the codebook"
    assert standing(COMMENT, codebook()) == ("nothing to change", "")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Paying people", "paying_people"),
        ("Pay", "pay_2"),
        ("Où est l’été?", "ou_est_l_ete"),
        ("3 things", "code_3_things"),
        ("???", "code"),
        ("No code", "no_code_2"),
        ("x" * 60, "x" * 41),
    ],
)
def test_ids_are_made_from_names(name: str, made: str) -> None:
    assert new_id(name, codebook()) == made


KINDS: tuple[Kind, ...] = (
    *("wording", "example", "new", "merge", "split", "rename", "move", "retire"),
)
IDS = st.sampled_from(["money", "pay", "fares", "power", "hurdle", "Pay", "nothing", ""])
TEXTS = st.sampled_from(["Pay", "a: b # c", "", "x\ny", "pattern: a+", "“q”", "- dash"])
FIELDS = st.sampled_from(["name", "plain", "definition", "use_when", "examples", "terms"])
WORDINGS = st.dictionaries(FIELDS, TEXTS, max_size=3).map(lambda made: tuple(made.items()))
PROPOSALS = st.builds(
    Proposal,
    where=st.just("x"),
    kind=st.sampled_from(KINDS),
    code_id=IDS,
    wording=WORDINGS,
    others=st.lists(IDS, max_size=2).map(tuple),
    parts=st.lists(st.builds(Part, TEXTS, TEXTS), max_size=3).map(tuple),
    parent=IDS,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PROPOSALS, max_size=5))
def test_whatever_is_proposed_what_is_made_can_be_loaded(proposals: list[Proposal]) -> None:
    made = applied(*proposals)
    told = {proposal_id for proposal_id, _ in made.by_hand}
    if made.data is not None:
        assert parse_codebook(made.data, "new.yaml") == made.codebook
        assert "# The end." in made.data.decode("utf-8")
    for number, proposal in enumerate(proposals, start=1):
        there = standing(proposal, codebook())[0] == "in the codebook"
        assert there or f"p{number}" in told or f"p{number}" in made.made
