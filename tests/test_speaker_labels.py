"""Which labels name speakers: by their looks, and by what else the file has."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.sources.reading import places
from commonthread.sources.service_lines import is_note_taker, is_presentation
from commonthread.sources.speaker_labels import Evidence, Shape, shape, speakers_among


def speakers(counts: dict[str, int], lines: int, words: str = "", known: str = "") -> set[str]:
    evidence = Evidence(lines, Counter(counts), {known}, lambda: set(words.split()))
    return set(speakers_among(evidence))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Jane", Shape.NAME),
        ("I", Shape.NAME),
        ("Dr. Bob (he/him)", Shape.NAME),
        ("T. de la Cruz", Shape.NAME),
        ("Jane, Cork City Council", Shape.NAME),
        ("Member of the public", Shape.ROLE),
        ("research nurses", Shape.ROLE),
        ("Audience Member 3", Shape.ROLE),
        ("nixo", Shape.LOWER),
        ("Question", Shape.WORD),
        ("Next Steps", Shape.WORD),
        ("The point is", Shape.NO),
        ("Jane, listen", Shape.NO),
        ("10:30", Shape.NO),
        ("", Shape.NO),
        ("<b>Jane</b>", Shape.NO),
        ("Jane " * 20, Shape.NO),
    ],
)
def test_looks(label: str, expected: Shape) -> None:
    assert shape(label) == expected


def test_labels_that_come_back_establish_the_layout() -> None:
    assert speakers({"Jane": 5, "Bob": 4, "Zoë": 1}, 100) == {"Jane", "Bob", "Zoë"}
    assert speakers({"Jane": 1, "Bob": 1}, 100) == set()
    assert speakers({"Jane": 1, "Bob": 1}, 3) == {"Jane", "Bob"}


def test_one_word_once_is_a_name_unless_the_talk_has_the_word() -> None:
    assert "Money" not in speakers({"Jane": 5, "Bob": 4, "Money": 1}, 20, words="money")
    assert "Money" in speakers({"Jane": 5, "Bob": 4, "Money": 1}, 20, words="time")
    assert "Money" in speakers({"Jane": 5, "Bob": 4, "Money": 1}, 20, words="money", known="Money")


def test_a_part_is_a_speaker_where_every_line_has_its_label() -> None:
    assert "Question" in speakers({"Jane": 5, "Question": 4}, 9)
    assert "Question" not in speakers({"Jane": 5, "Question": 4}, 20)
    assert speakers({"Question": 4, "Note": 5}, 9) == set()


def test_services_and_screens_are_no_people() -> None:
    assert is_note_taker("Fireflies.ai Notetaker Jane")
    assert is_note_taker("Jane's Notetaker")
    assert not is_note_taker("Notetaker")
    assert not is_note_taker("Note taker 2")
    assert not is_note_taker("Meeting Bot")
    assert is_presentation("Jane's Presentation")
    assert not is_presentation("Presentation")


def test_places_are_named_in_words() -> None:
    assert places([4]) == "line 4"
    assert places([9, 1, 3, 2, 7]) == "lines 1 to 3, 7 and 9"
    assert places([1, 2], "row") == "rows 1 to 2"
    assert places(range(1, 40, 2)).endswith("15 and 12 more")


@given(st.text(max_size=100))
def test_any_label_can_be_judged(label: str) -> None:
    assert shape(label) in Shape
