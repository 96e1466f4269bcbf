"""Finding again what people coded, after transcripts, names of files or settings have changed."""

from __future__ import annotations

import dataclasses
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anchor_studies import (
    Study,
    again,
    by_words,
    corrected,
    invented_talk,
    own_words,
    said,
    study,
)
from commonthread.anchors.alignment import alike
from commonthread.anchors.anchor import Anchor, make_anchors
from commonthread.anchors.finding import Found, find_again
from commonthread.anchors.study_text import StudyText
from commonthread.anchors.words import NAME, WordReader
from commonthread.tables import empty_table

TALK = [
    "Good morning everybody, and thank you for coming in this rain.",
    "Yeah.",
    "When we wrote the bid, nobody had asked the people on the ward what they would want from it.",
    "That is how it always was. The forms came first and the people came last.",
    "Yeah.",
    "Who decides about the budget now?",
    "The steering group does, on paper. In truth it is settled in the corridor before we sit down.",
    "I was told on the Monday that the meeting had been moved to the Friday, and by then it was over.",
    "Yeah.",
    "We could send the papers round a week before, in large print for those who want it.",
    "And pay for the reading time as well as for the meeting, because reading is work.",
    "I see.",
    "Shall we stop here and have some tea?",
]
OTHER = [
    "The second workshop was about money, and it began with a list of what things cost.",
    "Bus fares are paid back after six weeks, which is too late for anybody on benefits.",
    "Yeah.",
    "Somebody from finance could come and listen for once.",
    "They did come in March, and they were kinder than I had thought they would be.",
]


def changed(old: str, new: str, talk: list[str] = TALK) -> list[str]:
    assert any(old in turn for turn in talk)
    return [turn.replace(old, new) for turn in talk if turn.replace(old, new)]


def hows(found: list[Found]) -> set[str]:
    return {each.how for each in found}


def covered(now: Study, found: Found) -> list[str]:
    assert found.place is not None
    return [now.segment(each) for each in found.place.segment_ids]


def test_an_anchor_holds_the_words_and_those_around_them() -> None:
    made = study({"s1": ["one two", "three four. five", "six"]}, "turns", 1)
    assert made.anchors() == [
        Anchor(
            *made.segments.loc[0, ["segment_id", "source_id"]],
            "one two",
            "",
            "three four. five six",
            0,
        ),
        Anchor(
            *made.segments.loc[1, ["segment_id", "source_id"]],
            "three four. five",
            "one two",
            "six",
            10,
        ),
        Anchor(
            *made.segments.loc[2, ["segment_id", "source_id"]],
            "six",
            "one two three four. five",
            "",
            20,
        ),
    ]


def test_an_anchor_holds_up_to_25_whole_words_around() -> None:
    many = [f"w{number}" for number in range(100)]
    made = study({"s1": [" ".join(many[:50]), "here", " ".join(many[50:])]}, "turns", 1)
    anchor = made.anchors()[1]
    assert anchor.before.split() == many[25:50]
    assert anchor.after.split() == many[50:75]
    long = study({"s1": ["x" * 40 + " " + "y" * 230, "here", "z" * 300]}, "turns", 1).anchors()[1]
    assert long.before == "y" * 230
    assert set(long.after) == {"z"}


def test_a_time_that_is_not_known_is_none() -> None:
    made = study({"s1": ["one"]})
    assert make_anchors(made.segments, made.turns.assign(start_s=float("nan")))[0].start_s is None


def test_a_missing_turn_is_told() -> None:
    made = study({"s1": TALK})
    with pytest.raises(ValueError, match="Turn 3 of the source s1"):
        make_anchors(made.segments, made.turns[made.turns["turn"] != 3])


def test_nothing_changed() -> None:
    then = study({"s1": TALK, "s2": OTHER})
    found = again(then.anchors(), then)
    assert hows(found) == {"same"}
    for anchor, each in zip(then.anchors(), found, strict=True):
        assert each.place is not None
        assert each.place.segment_ids == (anchor.segment_id,)
        assert then.text(each.place.source_id)[each.place.start : each.place.end] == anchor.words
        assert each.place.text == anchor.words
        assert each.place.alike == 1


def test_nothing_to_find_and_nowhere_to_look() -> None:
    then = study({"s1": TALK})
    assert again([], then) == []
    found = find_again(then.anchors(), empty_table("turns"), empty_table("segments"))
    assert hows(found) == {"gone"}
    assert all(each.reason and not each.candidates for each in found)


def test_findings_come_in_the_order_of_the_anchors() -> None:
    then = study({"s1": TALK})
    anchors = then.anchors()
    now = study({"s1": changed("bid", "proposal")})
    mixed = [*reversed(anchors), anchors[3], anchors[3]]
    assert again(mixed, now)[: len(anchors)] == again(anchors, now)[::-1]
    assert again(mixed, now)[-1] == again(mixed, now)[-2] == again(anchors, now)[3]


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("wrote the bid", "wrote the proposal", "nearly"),
        ("nobody had asked", "no-one asked", "nearly"),
        ("When we wrote", "As we wrote", "nearly"),
        ("want from it.", "want of it.", "nearly"),
        ("want from it.", "want from it. Not once in all those years.", "exactly"),
        ("When we", "Well. When we", "exactly"),
        ("When we wrote the bid,", "when WE wrote the bid", "exactly"),
        ("nobody had", "Nobody had", "exactly"),
        ("the ward", "the w\u00e4rd", "exactly"),
        ("the bid, nobody", "the bid \u2014 nobody", "exactly"),
        ("had asked", "had\nasked", "same"),
        ("had asked", "had  \u00a0asked", "same"),
    ],
)
def test_a_corrected_segment_is_found(old: str, new: str, how: str) -> None:
    anchor = by_words(study({"s1": TALK}).anchors(), "wrote the bid")
    now = study({"s1": changed(old, new)}, "turns", 1)
    (found,) = again([anchor], now)
    assert found.how == how
    assert found.place is not None
    assert "the ward" in found.place.text.replace("\u00e4", "a")
    assert now.text("s1")[found.place.start : found.place.end] == found.place.text
    assert (found.place.alike == 1) == (how != "nearly")
    assert "wrote" in covered(now, found)[-1]


def test_decomposed_accents_and_typographic_quotes_are_the_same_words() -> None:
    plain = ["Caf\u00e9 talk isn't work, she said.", *TALK]
    typed = ["Cafe\u0301 talk isn\u2019t work, she said.", *TALK]
    found = again(study({"s1": plain}).anchors(), study({"s1": typed}))
    assert hows(found) <= {"same", "exactly"}


def test_what_surrounds_may_change() -> None:
    then = study({"s1": TALK})
    anchor = by_words(then.anchors(), "Who decides")
    talk = changed("That is how it always was. ", "")
    talk = changed("In truth it is settled", "I think it is agreed", talk)
    (found,) = again([anchor], study({"s1": talk}))
    assert found.how == "same"
    assert found.place is not None and found.place.text == anchor.words


def test_turns_put_together_and_taken_apart() -> None:
    then = study({"s1": TALK})
    together = study({"s1": [" ".join(TALK[at : at + 3]) for at in range(0, len(TALK), 3)]})
    apart = study({"s1": [part for turn in TALK for part in turn.replace(", ", ",|").split("|")]})
    for now in (together, apart):
        found = again(then.anchors(), now)
        assert hows(found) <= {"same", "exactly"}
        for anchor, each in zip(then.anchors(), found, strict=True):
            assert each.place is not None
            assert each.place.text.split() == anchor.words.split()


@pytest.mark.parametrize(
    ("unit", "length"), [("words", 8), ("words", 60), ("sentences", 1), ("turns", 1)]
)
def test_segments_cut_in_another_way(unit: str, length: int) -> None:
    then = study({"s1": [" ".join(TALK[:7]), *TALK[7:]], "s2": OTHER})
    now = study({"s1": [" ".join(TALK[:7]), *TALK[7:]], "s2": OTHER}, unit, length)
    for anchor, found in zip(then.anchors(), again(then.anchors(), now), strict=True):
        assert found.place is not None
        assert found.place.text == anchor.words
        parts = covered(now, found)
        assert parts
        for part in parts:
            both = set(part.split()) & set(anchor.words.split())
            assert 2 * len(both) >= min(len(set(part.split())), len(set(anchor.words.split())))


def test_which_segments_words_cover() -> None:
    words = [f"w{number}" for number in range(40)]
    now = study(
        {"s1": [" ".join(words[:10]), " ".join(words[10:30]), " ".join(words[30:])]}, "turns", 1
    )
    ids = now.segments["segment_id"].tolist()

    def ids_of(low: int, high: int) -> list[str]:
        around = (" ".join(words[max(0, low - 25) : low]), " ".join(words[high : high + 25]))
        (found,) = again([Anchor("", "s1", " ".join(words[low:high]), *around)], now)
        assert found.how == "exactly" and found.place is not None
        return list(found.place.segment_ids)

    assert ids_of(0, 10) == ids[:1]
    assert ids_of(12, 15) == ids[1:2]
    # Half of a segment's words, or half of the words.
    assert ids_of(5, 12) == ids[:1]
    assert ids_of(6, 20) == ids[1:2]
    assert ids_of(6, 14) == ids[:2]
    assert ids_of(5, 35) == ids
    assert ids_of(4, 31) == ids[:2]
    # None of them: the one with most of the words.
    assert ids_of(1, 40) == ids
    three = study({"s1": [" ".join(words[at : at + 12]) for at in (0, 12, 24)]}, "turns", 1)
    (found,) = again(
        [Anchor("", "s1", " ".join(words[8:29]), " ".join(words[:8]), " ".join(words[29:36]))],
        three,
    )
    assert found.place is not None
    assert found.place.segment_ids == (three.segments["segment_id"].tolist()[1],)


def named(one: str, two: str) -> dict[str, list[str]]:
    return {
        "s1": [
            "Good morning everybody, and thank you for coming in this rain.",
            f"Thank you, {one}.",
            f"It was {two}'s idea to send the papers round, and [name] printed them.",
            f"{one}?",
            "I was told on the Monday that the meeting had been moved to the Friday.",
            f"And {one} asked {two} about it, did she not?",
        ]
    }


def test_other_pseudonyms_are_the_same_names() -> None:
    then = study(named("Participant 3", "Participant 12"), names="Participant 3; Participant 12")
    now = study(
        named("Researcher 2", "PPI lead (north) 1"), names="Researcher 2; PPI lead (north) 1"
    )
    assert [each.how for each in again(then.anchors(), now, ["PPI lead (north) 1"])] == ["same"] * 6


def test_roles_that_nobody_has_any_more_are_known_from_the_key() -> None:
    then = study(named("Lay member 3", "Lay member 4"), names="Lay member 3; Lay member 4")
    now = study(
        named("Public contributor 1", "Public contributor 2"),
        names="Public contributor 1; Public contributor 2",
    )
    key = ["Lay member 1", "Public contributor 2"]
    assert hows(again(then.anchors(), now, key)) == {"same"}
    without = again(then.anchors(), now)
    assert by_words_found(then, without, "send the papers").how == "nearly"


def by_words_found(then: Study, found: list[Found], words: str) -> Found:
    anchors = then.anchors()
    return found[anchors.index(by_words(anchors, words))]


def test_numbers_that_are_no_pseudonyms_count() -> None:
    reader = WordReader(["Public contributor 12", "Group 1"])
    assert reader.words("Public  Contributor 3's 3 subgroup 2, group 7, [name] and [names]") == [
        NAME, "s", "3", "subgroup", "2", NAME, NAME, "and", "names"
    ]  # fmt: skip


def test_an_equal_id_is_no_proof() -> None:
    then = study({"s1": TALK}, "turns", 1)
    yeahs = [anchor for anchor in then.anchors() if anchor.words == "Yeah."]
    talk = list(TALK)
    talk[1] = "Good morning, yes."
    now = study({"s1": talk}, "turns", 1)
    first, second, third = again(yeahs, now)
    # The third is now the second with these words, and has the id that the second had.
    ids = [segment for segment in now.segments["segment_id"] if now.segment(segment) == "Yeah."]
    assert ids == [yeahs[0].segment_id, yeahs[1].segment_id]
    assert first.how in ("unsure", "gone") and first.place is None
    assert second.place is not None and second.place.segment_ids == (ids[0],)
    assert third.place is not None and third.place.segment_ids == (ids[1],)
    assert second.how == third.how == "exactly"


@pytest.mark.parametrize("removed", [4, 5])
def test_one_of_two_equal_answers_was_removed(removed: int) -> None:
    talk = [*TALK[:4], "Yeah.", "Yeah.", *TALK[5:]]
    then = study({"s1": talk}, "turns", 1)
    now = study({"s1": talk[:removed] + talk[removed + 1 :]}, "turns", 1)
    found = again(then.anchors(), now)
    for each in found[4:6]:
        assert each.how == "unsure"
        assert each.candidates[0].text == "Yeah."
        assert "beside" in each.reason
    assert hows(found[:4] + found[6:]) <= {"same", "exactly"}


def test_an_equal_answer_was_put_in_beside() -> None:
    then = study({"s1": TALK}, "turns", 1)
    now = study({"s1": [*TALK[:4], "Yeah.", "Yeah.", *TALK[5:]]}, "turns", 1)
    found = again(then.anchors(), now)
    assert found[4].how == "unsure"
    assert hows(found[:4] + found[5:]) <= {"same", "exactly"}


def test_a_removed_answer_is_not_found_elsewhere() -> None:
    then = study({"s1": TALK}, "turns", 1)
    now = study({"s1": TALK[:4] + TALK[5:]}, "turns", 1)
    found = again(then.anchors(), now)
    assert found[4].place is None
    assert all(each.place is not None for each in found[:4] + found[5:])


def test_removed_words_are_gone() -> None:
    then = study({"s1": TALK}, "turns", 1)
    now = study({"s1": TALK[:7] + TALK[8:]}, "turns", 1)
    found = again(then.anchors(), now)
    assert found[7] == Found("gone", None, (), found[7].reason)
    assert "Nothing" in found[7].reason


def test_words_that_became_others_are_listed_with_what_stands_there() -> None:
    then = study({"s1": TALK}, "turns", 1)
    now = study(
        {"s1": changed("Who decides about the budget now?", "Say: what comes next?")}, "turns", 1
    )
    found = by_words_found(then, again(then.anchors(), now), "Who decides")
    assert found.how == "unsure"
    assert [place.text for place in found.candidates] == ["Say: what comes next?"]
    assert found.candidates[0].segment_ids == (now.segments["segment_id"].tolist()[5],)
    assert "not much like" in found.reason


def test_words_in_other_company_are_not_taken_for_the_same() -> None:
    then = study({"s1": TALK, "s2": OTHER}, "turns", 1)
    sentence = "Who decides about the budget now?"
    now = study({"s1": TALK[:5] + TALK[6:], "s2": [*OTHER[:3], sentence, *OTHER[3:]]}, "turns", 1)
    found = by_words_found(then, again(then.anchors(), now), "Who decides")
    assert found.how == "unsure"
    assert found.candidates[0].source_id == "s2"
    assert found.candidates[0].alike == 1
    assert "other words around" in found.reason


def test_a_renamed_source_takes_its_codings_along() -> None:
    then = study({"s1": TALK, "s2": OTHER}, "turns", 1)
    now = study({"t9": TALK, "s2": OTHER}, "turns", 1)
    anchors = then.anchors()
    found = again(anchors, now)
    assert hows(found[: len(TALK)]) == {"exactly"}
    assert hows(found[len(TALK) :]) == {"same"}
    for anchor, each in zip(anchors, found, strict=True):
        assert each.place is not None
        assert each.place.source_id == {"s1": "t9"}.get(anchor.source_id, anchor.source_id)
        assert each.place.start == then.segments.set_index("segment_id")["start"][anchor.segment_id]


def test_two_sources_changed_their_names() -> None:
    then = study({"s1": TALK, "s2": OTHER}, "turns", 1)
    found = again(then.anchors(), study({"s2": TALK, "s1": OTHER}, "turns", 1))
    assert {
        (a.source_id, f.place.source_id)
        for a, f in zip(then.anchors(), found, strict=True)
        if f.place
    } == {
        ("s1", "s2"),
        ("s2", "s1"),
    }
    assert all(each.place for each in found)


def test_all_changes_together() -> None:
    then = study(
        {"s1": [*named("Participant 3", "Participant 1")["s1"], *TALK]},
        names="Participant 3; Participant 1",
    )
    talk = [*named("Researcher 1", "Practitioner 2")["s1"], *TALK]
    talk = changed(
        "wrote the bid", "wrote a proposal", changed("send the papers round", "mail it", talk)
    )
    now = study({"t1": talk}, "sentences", 1, "Researcher 1; Practitioner 2")
    found = again(then.anchors(), now, ["Practitioner 1"])
    assert hows(found) == {"exactly", "nearly"}


def test_a_removed_source_is_gone() -> None:
    then = study({"s1": TALK, "s2": OTHER}, "turns", 1)
    found = again(then.anchors(), study({"s1": TALK}, "turns", 1))
    assert hows(found[: len(TALK)]) == {"same"}
    assert all(each.place is None for each in found[len(TALK) :])
    assert all(each.how == "gone" for each in found[len(TALK) :] if each.candidates == ())


SCRIPT = (
    "Before we begin, please remember that you may stop at any time without giving a reason, that "
    "what we say stays in this room, and that the recording will be deleted when we are done. If "
    "anything is not clear, then ask one of us in the break or write to the address on the sheet."
)


def test_words_read_out_in_every_workshop_do_not_move_from_one_to_the_other() -> None:
    then = study({"s1": [SCRIPT, *TALK], "s2": [SCRIPT, *OTHER]})
    anchors = then.anchors()
    of_second = [anchor for anchor in anchors if anchor.source_id == "s2"]
    gone = again(anchors, study({"s1": [SCRIPT, *TALK]}))
    for anchor, each in zip(anchors, gone, strict=True):
        assert (each.place is None) == (anchor in of_second)
        if anchor in of_second and anchor.words in SCRIPT:
            assert each.how == "unsure"
            assert each.candidates[0].source_id == "s1"
            assert "another file" in each.reason
    alone = again(of_second, study({"s1": [SCRIPT, *TALK]}))
    assert all(each.place is None for each in alone)
    shorter = again(of_second, study({"s1": [SCRIPT, *TALK], "s2": OTHER}))
    assert {each.place.source_id for each in shorter if each.place} == {"s2"}
    renamed = again(anchors, study({"t1": [SCRIPT, *TALK], "s2": [SCRIPT, *OTHER]}))
    assert hows([f for a, f in zip(anchors, renamed, strict=True) if a.source_id == "s2"]) == {
        "same"
    }
    for anchor, each in zip(anchors, renamed, strict=True):
        assert each.place is None or each.place.source_id in ("t1", "s2")
        if anchor.source_id == "s1" and each.place is not None:
            assert each.place.source_id == "t1"


def test_a_transcript_that_was_put_in_twice() -> None:
    then = study({"s1": TALK}, "turns", 1)
    twice = again(then.anchors(), study({"s1": TALK, "s2": TALK}, "turns", 1))
    assert hows(twice) == {"same"}
    corrected_here = study({"s1": changed("bid", "proposal"), "s2": TALK}, "turns", 1)
    found = again(then.anchors(), corrected_here)
    assert {each.place.source_id for each in found if each.place} == {"s1"}
    assert all(each.place for each in found)
    neither = again(then.anchors(), study({"s2": TALK, "s3": TALK}, "turns", 1))
    assert hows(neither) == {"unsure"}
    for each in neither:
        assert {place.source_id for place in each.candidates} == {"s2", "s3"}


def test_two_sources_put_into_one_and_one_into_two() -> None:
    then = study({"s1": TALK, "s2": OTHER}, "turns", 1)
    joined = again(then.anchors(), study({"t1": [*OTHER, *TALK]}, "turns", 1))
    assert all(each.place for each in joined)
    apart = again(then.anchors(), study({"t1": TALK[:6], "t2": TALK[6:], "s2": OTHER}, "turns", 1))
    assert all(each.place for each in apart)


def test_notes_in_another_order() -> None:
    notes = [turn for turn in [*TALK, *OTHER] if turn != "Yeah."]
    then = study({"s1": notes}, "turns", 1)
    order = Random(4).sample(range(len(notes)), len(notes))
    found = again(then.anchors(), study({"s1": [notes[at] for at in order]}, "turns", 1))
    for anchor, each in zip(then.anchors(), found, strict=True):
        if len(anchor.words.split()) > 2:
            assert each.how == "same"
            assert each.place is not None and each.place.text == anchor.words
    twins = study({"s1": [notes[at] for at in order] + [notes[2]]}, "turns", 1)
    assert again(then.anchors(), twins)[2].how == "unsure"


def test_what_was_coded_without_anything_around_it() -> None:
    then = study({"s1": TALK, "s2": OTHER}, "turns", 1)
    bare = [dataclasses.replace(each, before="", after="") for each in then.anchors()]
    for anchor, found in zip(bare, again(bare, then), strict=True):
        if anchor.words == "Yeah.":
            assert found.how == "unsure"
        elif len(anchor.words.split()) > 2:
            assert found.how == "same"
    elsewhere = [dataclasses.replace(each, segment_id="", source_id="") for each in bare]
    for anchor, found in zip(elsewhere, again(elsewhere, then), strict=True):
        if len(anchor.words.split()) >= 6:
            assert found.how == "exactly"
            assert found.place is not None and found.place.text == anchor.words
        else:
            assert found.place is None
    (twice,) = again([elsewhere[2]], study({"s1": TALK, "s2": [*OTHER, TALK[2]]}, "turns", 1))
    assert twice.how == "unsure" and len(twice.candidates) == 2
    assert "several places" in twice.reason


def test_few_words_prove_nothing() -> None:
    now = study({"s1": TALK}, "turns", 1)
    little = Anchor("", "s1", "Who", "Yeah.", "decides")
    more = Anchor("", "s1", "Who", "people came last. Yeah.", "decides about the")
    unsure, found = again([little, more], now)
    assert unsure.place is None
    assert found.place is not None and found.place.text == "Who"
    four = ["Ask the ward clerk.", *TALK]
    bare = Anchor("", "s1", "Ask the ward clerk.")
    assert again([bare], study({"s1": four}, "turns", 1))[0].how == "unsure"
    same = study({"s1": four}, "turns", 1)
    own = dataclasses.replace(bare, segment_id=same.segments.loc[0, "segment_id"])
    assert again([own], same)[0].how == "same"


def test_much_was_put_in_on_both_sides() -> None:
    then = study({"s1": TALK}, "turns", 1)
    put_in = " ".join(f"new{number}" for number in range(25))
    now = study({"s1": [*TALK[:5], put_in, TALK[5], put_in, *TALK[6:]]}, "turns", 1)
    found = again(then.anchors(), now)
    assert found[5].place is not None and found[5].place.text == TALK[5]


def test_punctuation_right_beside_belongs_to_the_words() -> None:
    talk = [
        "Now.",
        "\u2018(\u2026who decides?)\u2019 she said",
        'A plan\u2014"we pay", "they" say.',
        *TALK,
    ]
    now = study({"s1": talk}, "turns", 1)

    def text(words: str, before: str, after: str) -> str:
        (found,) = again([Anchor("", "s1", words, before, after)], now)
        assert found.place is not None
        return found.place.text

    rest = "Good morning everybody, and thank you"
    assert (
        text("who decides", "Now.", "she said A plan we pay they say")
        == "\u2018(\u2026who decides?)\u2019"
    )
    assert text("we pay", "who decides she said a plan", "they say " + rest) == '"we pay",'
    assert text("they", "decides she said a plan we pay", "say " + rest) == '"they"'


def test_the_place_where_words_stood_comes_before_words_somewhat_like_them() -> None:
    sentence = "Nobody asked us what we thought about any of that in the end."
    then = study({"s1": [*TALK[:6], sentence, *TALK[6:]], "s2": OTHER}, "turns", 1)
    like = "Nobody told us what we thought about any of that."
    now = study({"s1": [*TALK[:6], "Nobody asked in the end.", *TALK[6:]], "s2": [like, *OTHER]})
    found = again(then.anchors(), now)[6]
    assert found.how == "unsure"
    assert [place.source_id for place in found.candidates] == ["s1", "s2"]
    assert found.candidates[0].text == "Nobody asked in the end."
    assert found.candidates[0].alike < found.candidates[1].alike


def test_signs_that_are_no_words() -> None:
    talk = [*TALK[:3], "\U0001f44d", *TALK[3:6], "?!", *TALK[6:]]
    then = study({"s1": talk}, "turns", 1)
    assert hows(again(then.anchors(), then)) == {"same"}
    now = study({"s1": changed("a week before", "in time", talk)}, "turns", 1)
    found = again(then.anchors(), now)
    assert found[3].how == "same"
    renamed = again(then.anchors(), study({"t1": talk}, "turns", 1))
    assert renamed[3].how == "exactly"
    assert renamed[3].place is not None and renamed[3].place.text == "\U0001f44d"
    assert (renamed[7].how, renamed[7].candidates) == ("gone", ())
    assert "no words" in renamed[7].reason
    other = ["\U0001f44e" if turn == "\U0001f44d" else turn for turn in talk]
    thumb_down = again(then.anchors(), study({"s1": other}, "turns", 1))[3]
    assert thumb_down.how == "unsure"
    assert [place.text for place in thumb_down.candidates] == ["\U0001f44e"]
    (changed_around,) = again([then.anchors()[7]], study({"s1": talk[:5] + talk[7:]}, "turns", 1))
    assert changed_around.how == "unsure"
    assert [place.text for place in changed_around.candidates] == ["?!"]


def test_scripts_without_spaces() -> None:
    talk = [
        "我们一起做研究，因为病人的经验很重要。",
        "谁来决定预算？没有人问过我们。",
        "会议改到了星期五，可是没有人告诉我。",
        "我们可以提前一周寄出文件。",
    ]
    then = study({"s1": talk}, "turns", 1)
    now = study({"s1": ["".join(changed("星期五", "星期三", talk))]}, "sentences", 1)
    found = again(then.anchors(), now)
    assert [each.how for each in found] == ["same", "exactly", "nearly", "same"]
    assert found[1].place is not None and found[1].place.text == talk[1]


def test_candidates_are_few_and_the_likeliest_comes_first() -> None:
    sentence = "Nobody asked us what we thought about any of that."
    other = [[*OTHER[:at], sentence, *OTHER[at:]] for at in range(5)]
    then = study({"s9": [*TALK[:6], sentence, *TALK[6:]]}, "turns", 1)
    talk = {f"s{number}": each for number, each in enumerate(other)}
    now = study({**talk, "s9": [*TALK[:6], "Nobody asked.", *TALK[6:]]}, "turns", 1)
    found = again(then.anchors(), now)[6]
    assert found.how == "unsure"
    assert [place.alike for place in found.candidates] == [1, 1, 1]
    (found,) = [again(then.anchors(), study({"s9": now.text("s9").split("\n")}, "turns", 1))[6]]
    assert found.candidates[0].text == "Nobody asked."
    assert all(0 <= place.alike <= 1 for place in found.candidates)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 1),
        ("a b c", "a b c", 1),
        ("a b c", "x y z", 0),
        ("a b c d", "a b", 2 / 3),
        ("the wards", "the ward", (1 + 8 / 9) / 2),
        ("any body came", "anybody came", 1),
    ],
)
def test_how_alike_words_are(one: str, other: str, expected: float) -> None:
    assert alike(one.split(), other.split()) == pytest.approx(expected)
    assert alike(other.split(), one.split()) == pytest.approx(expected)


TEXTS = st.lists(
    st.text(st.sampled_from(["a", "B", "\u00e9", "\u0301", " ", "\n", ".", '"', "(", "7", "研", "\u0130", "'"]), max_size=12),
    min_size=1,
    max_size=5,
)  # fmt: skip


@given(st.lists(TEXTS, min_size=1, max_size=3))
@settings(max_examples=60)
def test_places_and_characters_point_at_each_other(sources: list[list[str]]) -> None:
    made = study({f"s{number}": texts for number, texts in enumerate(sources)}, "turns", 1)
    reader = WordReader([])
    text = StudyText(made.turns, reader, {"a": 1, "e": 2})
    places = range(len(text.numbers))
    for place in places:
        source_id = text.sources[text.source(place)]
        start, end = text.characters(place, place + 1)
        whole = made.text(source_id)
        assert 0 <= start < end <= len(whole)
        assert text.text(place, place + 1) == whole[start:end]
        (word,) = text.words(place, place + 1)
        assert word in reader.words(whole[start:end])
        assert text.numbers[place] == {"a": 1, "e": 2}.get(word, 0)
        assert text.place(text.source(place), start) <= place
        assert text.place(text.source(place), end) == place + 1
    for source in range(len(sources)):
        assert text.place(source, 0) == text.bounds[source]
        low, high = int(text.bounds[source]), int(text.bounds[source + 1])
        assert text.words(low, high) == reader.words(made.text(f"s{source}"))


@given(
    st.integers(0, 10**9), st.sampled_from([0.02, 0.1, 0.3]), st.sampled_from(["words", "turns"])
)
@settings(max_examples=30)
def test_nothing_ever_lands_on_other_words(seed: int, rate: float, unit: str) -> None:
    random = Random(seed)
    talks = {f"s{n}": invented_talk(random, 30, first=10_000 * n) for n in range(3)}
    then = study({name: said(talk) for name, talk in talks.items()}, length=15)
    new = {name: corrected(talk, random, rate) for name, talk in talks.items()}
    if random.random() < 0.3:
        del new["s1"]
    if random.random() < 0.3 and new["s0"]:
        new["t0"] = new.pop("s0")
    now = study({name: said(talk) for name, talk in new.items()}, unit, random.choice([8, 15, 40]))
    anchors = then.anchors()
    places = then.segments[["start", "end"]].to_numpy().tolist()
    for anchor, (start, end), found in zip(anchors, places, again(anchors, now), strict=True):
        if found.place is not None:
            coded = own_words(talks[anchor.source_id], start, end)
            there = own_words(new[found.place.source_id], found.place.start, found.place.end)
            assert len(set(coded) & set(there)) * 2 >= len(there)
            assert found.place.segment_ids


def test_nearly_all_is_found_after_usual_corrections() -> None:
    kept = there = 0
    for seed in range(5):
        random = Random(seed)
        talk = invented_talk(random, 150)
        then = study({"s1": said(talk)}, length=15)
        new = corrected(talk, random, 0.02)
        now = study({"s1": said(new)}, length=15)
        today = {(word.own, word.said) for turn in new for word in turn}
        spoken = {word.own: word.said for turn in talk for word in turn}
        places = then.segments[["start", "end"]].to_numpy().tolist()
        for place, found in zip(places, again(then.anchors(), now), strict=True):
            words = {(own, spoken[own]) for own in own_words(talk, *place)}
            if 4 * len(words & today) >= 3 * len(words):
                kept += 1
                there += found.place is not None
    assert kept > 900
    assert there >= 0.97 * kept


@pytest.mark.parametrize("kept", [25, 11, 5])
def test_fewer_words_around_are_enough_where_nothing_changed(kept: int) -> None:
    then = study({"s1": TALK, "s2": OTHER})
    for anchor in then.anchors():
        fewer = dataclasses.replace(
            anchor,
            before=" ".join(anchor.before.split()[-kept:]),
            after=" ".join(anchor.after.split()[:kept]),
        )
        (found,) = again([fewer], then)
        if kept > 5 or len(anchor.words.split()) > 5:
            assert found.how == "same"
        assert found.place is None or found.place.segment_ids == (anchor.segment_id,)
