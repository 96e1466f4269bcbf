"""Tests of which quotes stand under a code, and how they are cut."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from commonthread.coded import CodedSegments
from commonthread.quotes import QuoteChooser, SegmentTexts, quotes, shorten
from small_study import coded, study


def meeting(said: list[tuple[str | None, str, str]]) -> tuple[CodedSegments, pd.DataFrame]:
    """Give a study of segments coded "payment": who (role and number), workshop, and the words.

    A text that starts with "#" is a note.
    """
    frames = study()
    turns, segments, at = [], [], 0
    for number, (who, workshop, text) in enumerate(said):
        end, words = at + len(text), len(text.split())
        both = {"source_id": "s", "turn": number, "participant_id": who}
        both |= {"start": at, "end": end, "words": words}
        turns.append({**both, "start_s": None, "end_s": None, "text": text})
        kind = "notes" if text.startswith("#") else "talk"
        segments.append({**both, "segment_id": f"q{number}", "workshop_id": workshop, "kind": kind})
        at = end + 1
    base = frames["codings"].head(1)
    codings = [base.assign(segment_id=f"q{n}", code_id="payment") for n in range(len(said))]
    names = sorted({who for who, *_ in said if who is not None})
    people = frames["participants"].head(1)
    listed = [people.assign(participant_id=name, role=name.rsplit(" ", 1)[0]) for name in names]
    made = coded(
        segments=pd.DataFrame(segments),
        codings=pd.concat(codings),
        participants=pd.concat([people.head(0), *listed]),
        workshops=frames["workshops"].head(0),
    )
    return made, pd.DataFrame(turns)


def chosen(said: list[tuple[str | None, str, str]], most: int = 6) -> list[str]:
    made, turns = meeting(said)
    table = quotes(made, QuoteChooser(made, turns), most)
    own = table[table["code_id"] == "payment"]
    assert own["rank"].tolist() == list(range(1, len(own) + 1))
    return [str(name) for name in own["segment_id"]]


def long(*words: str) -> str:
    """Give words that make a quote of full length."""
    return " ".join([*words, *(f"filler{chr(97 + n)}" for n in range(16))])


def test_full_length_comes_first_then_other_talk_then_notes() -> None:
    said = [
        ("A 1", "w1", "#" + long("note")),
        ("A 1", "w1", "pay me"),
        ("A 1", "w1", long("pay")),
        (None, "w1", long("unpaid")),
    ]
    assert set(chosen(said)[:2]) == {"q2", "q3"}
    assert chosen(said)[2:] == ["q1", "q0"]


def test_other_people_come_before_more_of_one() -> None:
    said = [("A 1", "w1", long("pay", f"x{chr(97 + n)}")) for n in range(8)]
    said += [("A 2", "w1", "pay " * 20), ("B 1", "w1", long("voucher", "forms", "late", "again"))]
    first = chosen(said, 3)
    assert {"q8", "q9"} < set(first)


def test_other_workshops_and_roles_come_before_more_of_one() -> None:
    said: list[tuple[str | None, str, str]] = [
        ("A 1", "w1", long("pay", "one")),
        ("A 2", "w1", long("pay", "two")),
        ("A 3", "w2", long("pay", "three", "rain", "snow")),
        ("B 1", "w1", long("pay", "four", "hail", "storm")),
    ]
    first = chosen(said, 1)
    assert first[0] in {"q0", "q1"}
    assert chosen(said, 3)[1:] == ["q2", "q3"]


def test_the_most_typical_comes_first() -> None:
    said = [("A 1", "w1", f"{word} vouchers for hours of work that we read at home every week and"
             f" {word} {word}") for word in ("apple", "berry", "cherry")]  # fmt: skip
    said.append(
        ("A 1", "w1", "my cat slept on the keyboard so I lost all of what I wrote down there")
    )
    said.append(("A 1", "w1", "vouchers for hours of work that we read at home every week and month"
                 " vouchers"))  # fmt: skip
    assert chosen(said)[0] == "q4"
    assert chosen(said)[-1] == "q3"


def test_the_same_words_are_quoted_once() -> None:
    said = [(f"A {n}", f"w{n}", long("pay")) for n in range(4)]
    assert len(chosen(said)) == 1


def test_a_code_nobody_used_has_no_quotes() -> None:
    made, turns = meeting([("A 1", "w1", long("pay"))])
    table = quotes(made, QuoteChooser(made, turns))
    assert set(table["code_id"]) == {"payment", "involvement"}


def test_many_candidates_still_include_everybody() -> None:
    said = [("A 1", "w1", long("pay", f"n{n}", chr(97 + n % 26) * (n + 1))) for n in range(300)]
    said.append(("B 1", "w2", long("entirely", "other", "words")))
    assert "q300" in chosen(said)


def test_the_order_of_rows_changes_nothing() -> None:
    frames = study()
    made = coded()
    turned = {name: frames[name].iloc[::-1] for name in ("segments", "codings", "participants")}
    again = coded(**turned)
    assert_frame_equal(
        quotes(again, QuoteChooser(again, frames["turns"].iloc[::-1])),
        quotes(made, QuoteChooser(made, frames["turns"])),
    )


def test_texts_are_cut_by_code_points_of_the_source() -> None:
    turns = study()["turns"].head(2).assign(text=["a 😀 b", "é. Yes"], start=[0, 6], turn=[0, 1])
    segments = pd.DataFrame(
        {"source_id": "s1", "turn": [1, 0, 1], "start": [9, 2, 6], "end": [12, 5, 8]}
    )
    texts = SegmentTexts(segments, turns)
    assert [texts[n] for n in range(3)] == ["Yes", "😀 b", "é."]


def test_segments_without_turns_are_told() -> None:
    made, turns = meeting([("A 1", "w1", "hello"), ("A 1", "w1", "there")])
    with pytest.raises(ValueError, match="1 segments stand in turns that are missing"):
        QuoteChooser(made, turns.head(1))


TEXT = "One two three. Four five six seven. Eight nine ten. Eleven twelve."


def test_short_texts_stay_whole_in_one_line() -> None:
    assert shorten("a\n b  c", words=3) == "a b c"
    assert shorten("", words=3) == ""


@pytest.mark.parametrize(
    ("word", "words", "expected"),
    [
        ("One", 5, "One two three. …"),
        ("nine", 5, "… Eight nine ten. Eleven twelve."),
        ("nine", 4, "… Eight nine ten. …"),
        ("five", 3, "… Four five six …"),
        ("twelve", 4, "… Eleven twelve."),
        ("six", 8, "… Four five six seven. Eight nine ten. …"),
    ],
)
def test_quotes_are_cut_around_what_they_are_for(word: str, words: int, expected: str) -> None:
    at = TEXT.index(word)
    assert shorten(TEXT, (at, at + len(word)), words) == expected


def _words(text: str) -> list[str]:
    return text.replace("…", "").split()


@given(st.lists(st.sampled_from(["a", "b.", "c!", "longer"]), min_size=1, max_size=40), st.data())
def test_cut_quotes_keep_the_words(parts: list[str], data: Any) -> None:
    text = " ".join(parts)
    low = data.draw(st.integers(0, max(len(text) - 1, 0)))
    high = data.draw(st.integers(low, min(low + 6, len(text))))
    words = data.draw(st.integers(5, 20))
    made = shorten(text, (low, high), words)
    kept = _words(made)
    assert len(kept) <= words
    assert made.startswith("… ") or text.startswith(" ".join(kept))
    assert made.endswith(" …") or text.endswith(" ".join(kept))
    position = [n for n in range(len(parts)) if parts[n : n + len(kept)] == kept]
    assert position
    starts = np.cumsum([0, *(len(part) + 1 for part in parts)])
    touched = [n for n in range(len(parts)) if starts[n] < high and starts[n + 1] - 1 > low]
    assert all(any(p <= n < p + len(kept) for p in position) for n in touched)
