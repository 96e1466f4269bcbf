"""The study's list of places, organisations and other words, and replacing them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from commonthread.listed_words import ListedWords, put_together, read_listed_words
from commonthread.names import (
    Replacer,
    make_replacer,
    replace_names,
    replace_names_in_path,
)
from commonthread.names_table import names_table
from commonthread.participants import Person, Row
from commonthread.problems import InputProblems
from commonthread.tables import empty_table

WORDS = (
    ListedWords("St Mary's Hospital", "organisation", "[hospital]", ""),
    ListedWords("Ashcombe", "place", "[place]", ""),
    ListedWords("Reading", "place", "[town]", ""),
    ListedWords("Mind", "organisation", "a charity", ""),
    ListedWords("the Tuesday Club", "other", "[a club]", ""),
    ListedWords("Our Place", "organisation", "[organisation]", ""),
    ListedWords("Marks & Spencer", "organisation", "[shop]", ""),
    ListedWords("Marks & Spencer Ashcombe", "place", "[branch]", ""),
    ListedWords("Llan-y-bryn", "place", "[place]", ""),
    ListedWords("Trelawney", "person", "[name]", ""),
    ListedWords("Wednesbury", "harmless", "", ""),
)


def replacer(words: tuple[ListedWords, ...] = WORDS, people: tuple[Person, ...] = ()) -> Replacer:
    ids = [f"Researcher {number}" for number in range(1, len(people) + 1)]
    return make_replacer(names_table(people, [], ids, words), empty_table("found_speakers"))


REPLACER = replacer()


def new(text: str) -> str:
    return replace_names(text, REPLACER)[0]


@pytest.mark.parametrize(
    "form",
    [
        "St Mary's Hospital", "St. Mary's Hospital", "Saint Mary's Hospital", "st marys hospital",
        "ST. MARY\u2019S HOSPITAL", "St Marys Hospital", "St-Mary's Hospital", "St  Mary's\nHospital",
        "St\u00a0Mary's Hospital", "S\u0301t Mary's Hospital", "Ｓt Mary's Hospital",
        "St Ma\u200bry's Hospital",
    ],
)  # fmt: skip
def test_every_form_of_listed_words_is_replaced(form: str) -> None:
    assert new(f"I went to {form} then") == "I went to [hospital] then"
    assert new(form) == "[hospital]"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("in ashcombe, ASHCOMBE'S and Ashcómbe", "in [place], [place]'S and [place]"),
        ("I live in Reading. Reading is large.", "I live in [town]. [town] is large."),
        ("I like reading. Reading helps.", "I like reading. Reading helps."),
        ("they asked Mind, never mind, mind you", "they asked a charity, never mind, mind you"),
        ("the Mind shop; Mind said so", "the a charity shop; a charity said so"),
        ("at the tuesday club and a Tuesday Club", "at [a club] and a [a club]"),
        ("Our Place is our place", "[organisation] is our place"),
        ("Marks and Spencer, marks & spencer", "[shop], [shop]"),
        ("Marks & Spencer Ashcombe", "[branch]"),
        ("Llan y Bryn, llanybryn", "[place], [place]"),
        ("Mr Trelawney's and trelawney", "[name]'s and [name]"),
        ("in Wednesbury", "in Wednesbury"),
        ("Dr Ashcombe", "Dr [place]"),
        ("at 27 Mill Close Ashcombe", "at [address] [place]"),
        ("Ashcombe2", "[place]2"),
        ("go to ashcombe.example or @ashcombe", "go to [web address] or @[place]"),
    ],
)  # fmt: skip
def test_listed_words_in_sentences(text: str, wanted: str) -> None:
    assert new(text) == wanted


def test_a_person_of_the_whole_name_goes_before_a_place_and_a_place_before_part_of_a_name() -> None:
    def person(name: str) -> Person:
        return Person((Row(2, name, (), "Researcher", "", "", "", "", {}),))

    both = replacer(WORDS, (person("Sally Ashcombe"), person("Mind")))
    assert replace_names("Sally Ashcombe of Ashcombe", both)[0] == "Researcher 1 of [place]"
    assert replace_names("I asked Mind", both)[0] == "I asked Researcher 2"


def test_file_names_lose_identifiers_too() -> None:
    made = replace_names_in_path("workshops/1-Ashcombe/ring 07911 123456.txt", REPLACER)
    assert made == "workshops/1-[place]/ring [phone number].txt"


def test_a_list_is_read(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text(
        "Words;Kind;Replacement\nAshcombe;Place;\n\nMind;organisation;a charity\nX1;harmless;\n",
        encoding="utf-8-sig",
    )
    assert read_listed_words(file) == (
        ListedWords("Ashcombe", "place", "[place]", "names.csv, row 2"),
        ListedWords("Mind", "organisation", "a charity", "names.csv, row 4"),
        ListedWords("X1", "harmless", "", "names.csv, row 5"),
    )
    book = tmp_path / "names.xlsx"
    pd.DataFrame({"kind": ["other"], "words": ["Kite"]}).to_excel(book, index=False)
    assert read_listed_words(book) == (
        ListedWords("Kite", "other", "[left out]", "names.xlsx, row 2"),
    )


def test_all_that_is_wrong_with_a_list_is_said_at_once(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    rows = [
        "words,kind,replacement", "Ashcombe,plase,", ",place,", "Bath,,", "Mind,harmless,charity",
        "Hove,place,near hove", "Deal,place,[town]", "deal,organisation,", "a,b,c,d",
        f"{'x' * 300},place,", f"Wick,place,{'y' * 300}",
    ]  # fmt: skip
    file.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(InputProblems) as raised:
        read_listed_words(file)
    said = [problem.where for problem in raised.value.problems]
    assert said == [f"names.csv, row {number}" for number in (2, 3, 4, 5, 6, 8, 9, 10, 11)]
    assert "place" in str(raised.value) and "Ashcombe" not in str(raised.value)
    for heading, number in (("word,kind", 2), ("words,kind,kind", 1), ("words", 1), ("", 1)):
        file.write_text(f"{heading}\n", encoding="utf-8")
        with pytest.raises(InputProblems) as raised:
            read_listed_words(file)
        assert len(raised.value.problems) == number


def test_the_list_goes_before_marks_about_the_same_words() -> None:
    marks = [
        ListedWords("ASHCOMBE", "harmless", "", "names/a.json"),
        ListedWords("Kite", "other", "[left out]", "names/a.json"),
    ]
    assert put_together(WORDS, marks) == (*WORDS, marks[1])
