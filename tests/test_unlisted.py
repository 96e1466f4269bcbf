"""Finding words that nobody listed and that may tell who somebody is."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.folding import plain_words
from commonthread.tables import as_table
from commonthread.unlisted.find import candidates, find_unlisted


def turns_of(*texts: str) -> pd.DataFrame:
    rows, start = [], 0
    for number, text in enumerate(texts):
        rows.append(
            {
                "source_id": "s",
                "turn": number,
                "participant_id": "Researcher 1",
                "start_s": 0.0,
                "end_s": 1.0,
                "start": start,
                "end": start + len(text),
                "text": text,
                "words": len(text.split()),
            }
        )
        start += len(text) + 1
    return as_table(rows, "turns")


def replaced(*places: tuple[int, int]) -> pd.DataFrame:
    return as_table(
        [{"source_id": "s", "start": a, "end": b, "kind": "person"} for a, b in places],
        "replacements",
    )


def listed(*texts: str, harmless: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    turns = turns_of(*texts)
    table = find_unlisted(turns, pd.Series(["w"] * len(turns)), replaced(), harmless)
    return list(zip(table["words"], table["why"], strict=True))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I met Bronwen there", [("Bronwen", "capitals")]),
        ("Bronwen came. Thistlethwaite's too", [("Bronwen", "capitals"), ("Thistlethwaite", "capitals")]),
        ("it was Carys Meredith's idea", [("Carys Meredith", "capitals")]),
        ("Mrs Van der Berg of Tredegar", [("Van der Berg of Tredegar", "capitals")]),
        ("by E. M. Pargeter and O\u2019Brien-Lee", [("E. M. Pargeter", "capitals"), ("O\u2019Brien-Lee", "capitals")]),
        ("we asked Faith and Rose", [("Faith", "capitals"), ("Rose", "capitals")]),
        ("Rose said so", [("Rose", "capitals")]),
        ("from Łódź to Ávila", [("Łódź", "capitals"), ("Ávila", "capitals")]),
        ("I told kieran", []),
        ("I told joan and sarah", [("joan", "capitals"), ("sarah", "capitals")]),
        ("my name is deepa and", [("deepa", "introduced")]),
        ("she is called samira okeke", [("samira okeke", "introduced")]),
        ("my son jarek came", [("jarek", "introduced")]),
        ("ask RJ or P.K. about it", [("RJ", "initials"), ("P.K", "initials")]),
        ("spelled J-O-A-N, or j o a n", [("J-O-A-N", "spelled"), ("j o a n", "spelled")]),
        ("the code is 4711 or four seven one one",
         [("4711", "number"), ("four seven one one", "number")]),
        ("ref KX-20731", [("KX-20731", "number")]),
        ("on 3 May 2024, aged 94, 87 years old",
         [("3 May 2024", "date"), ("aged 94", "date"), ("87 years old", "date")]),
        ("write to kim@home now", [("kim@home", "sign")]),
        ("I told April that", [("April", "capitals")]),
    ],
)  # fmt: skip
def test_what_may_tell_who_somebody_is_is_listed(text: str, wanted: list[tuple[str, str]]) -> None:
    assert listed(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "So I went. And then? It's fine. Don't. I'm here, I've been, OK. Well, I think.",
        "We met on Monday in April, or on Tuesday in May, with Dr and Mrs",
        "In 2019 it cost £3,150, 12,000 people, 1.5 million; at 10.30 for 45 minutes, 2025-26.",
        "The NHS, the UK and the BBC. A4 paper, room B12. Stakeholders. Dissemination is hard.",
        "two hundred and twenty five pounds; one or two, three or four", "", " ", "\n", "...", "I",
        "a long day: What now? \u201cNo,\u201d we said.",
    ],
)  # fmt: skip
def test_ordinary_words_are_not(text: str) -> None:
    assert listed(text) == []


def test_the_table_says_where_and_what_stands_around() -> None:
    texts = ["Nothing here", "So we went to Wednesbury by bus", "and WEDNESBURY again"]
    turns = turns_of(*texts)
    table = find_unlisted(turns, pd.Series(["w"] * 3), replaced(), [])
    assert table["turn"].tolist() == [1, 2]
    assert table["entry"].tolist() == ["wednesbury"] * 2
    for turn, start, end, words in table[["turn", "start", "end", "words"]].itertuples(index=False):
        assert texts[turn][start:end] == words
    assert table["before"].tolist() == ["So we went to ", "and "]
    assert table["after"].tolist() == [" by bus", " again"]


def test_what_was_replaced_or_is_harmless_is_not_listed() -> None:
    text = "we met Researcher Adams in Hove and Kent"
    table = find_unlisted(turns_of(text), pd.Series(["w"]), replaced((7, 17)), ["KENT"])
    assert table["words"].tolist() == ["Adams", "Hove"]


def test_turns_that_are_not_there_do_not_move_replacements() -> None:
    turns = turns_of("we met Adams", "we met Baker", "we met Clark")
    kept = turns.iloc[[0, 2]].reset_index(drop=True)
    places = replaced((7, 12), (33, 38))
    assert find_unlisted(kept, pd.Series(["w", "w"]), places, []).empty
    assert listed("we met Adams", "we met Clark") != []


def test_an_empty_study_gives_an_empty_table() -> None:
    assert find_unlisted(turns_of(), pd.Series([], dtype="str"), replaced(), []).empty


def test_occurrences_of_one_name_have_one_entry() -> None:
    assert len({plain_words(form) for form in ("Zoë", "ZOE", "Zoe\u0301", "zoe")}) == 1


@given(st.lists(st.sampled_from(
    ["Bronwen", "i", "J-O-A-N", "7", "4711", "Łódź", "e\u0301", "\u200b", ".", " ", "\n", "of", "Dr",
     "nine", "İ", "\U0001f600", "my name is ", "@"]), max_size=14))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_candidates_are_stretches_of_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for start, end, _ in candidates(text):
        assert 0 <= start < end <= len(text)
    table = find_unlisted(turns_of(text), pd.Series(["w"]), replaced(), [])
    places = list(zip(table["start"], table["end"], strict=True))
    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
