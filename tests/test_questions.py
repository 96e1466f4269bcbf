"""Tests of the table of questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonthread.export import write_csv_for_people
from commonthread.frequencies import frequencies
from commonthread.questions import questions
from handout_fixture import GOLDEN, asked, codebook
from small_study import coded


def test_the_golden_file(tmp_path: Path) -> None:
    write_csv_for_people(asked(), tmp_path / "questions.csv")
    made = (tmp_path / "questions.csv").read_text("utf-8-sig")
    assert made == (GOLDEN / "questions.csv").read_text("utf-8-sig")


def test_what_came_up_most_widely_is_asked_first_and_aspects_last() -> None:
    made = asked()
    assert made["code_id"].tolist() == [
        *("involvement", "payment", "payment", "training", "decides", "dominant", "resource")
    ]
    assert made["theme_id"].isna().tolist() == [False] * 6 + [True]
    breadth = list(zip(made["workshops"], made["people"], made["segments"], strict=True))
    assert breadth[:4] == sorted(breadth[:4], reverse=True)


def test_people_decide_where_workshops_do_not() -> None:
    counts = frequencies(coded(codebook=codebook()))
    whole = counts["group"] == "all"
    training = whole & (counts["code_id"] == "training")
    counts.loc[training, ["workshops", "people", "segments"]] = [2, 5, 2]
    made = questions(counts, codebook())
    assert made["code_id"].drop_duplicates().tolist()[:3] == ["training", "involvement", "payment"]


def test_a_code_that_nobody_raised_says_so() -> None:
    made = asked()
    assert made[~made["raised"]]["code_id"].tolist() == ["training"]


def test_frequencies_of_another_codebook_are_refused() -> None:
    with pytest.raises(ValueError, match="training"):
        questions(frequencies(coded()), codebook())
