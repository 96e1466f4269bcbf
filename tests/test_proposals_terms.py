"""Terms as lines that people read and write: the same term comes back, whatever is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook_view_fixture import TERMS, small_book
from commonthread.codebook import load_codebook
from commonthread.proposals.code_texts import field_text, same_text, shown_lines, written_text
from commonthread.proposals.proposal import FIELDS
from commonthread.proposals.term_lines import read_term_line, term_line
from commonthread.terms import Term, TermError, parse_term

ROOT = Path(__file__).parent.parent
WORDS = st.text(st.sampled_from("ab +,;:(){}[]'\"“’\\-#\n"), min_size=1, max_size=12).map(
    lambda text: " ".join(f"a{text}b".split())
)
PHRASES = st.builds(
    lambda kind, part, unless: Term(kind, (part,), None, unless),
    st.sampled_from(("phrase", "exactly")),
    WORDS | st.sampled_from(("exactly: a", "Pattern: b", "a + b", "a (within 3 words)", "{a}")),
    st.lists(WORDS, max_size=2).map(tuple),
)
TOGETHER = st.builds(
    lambda parts, within, unless: Term("all_of", tuple(parts), within, unless),
    st.lists(WORDS, min_size=2, max_size=3),
    st.integers(2, 200),
    st.lists(WORDS, max_size=1).map(tuple),
)
PATTERNS = st.builds(
    lambda part, unless: Term("regex", (part,), None, unless),
    st.sampled_from((r"\bpay;? (?:us)", " a  b ", "a(unless: b)", "a\nb", "it's", "{a}b", 'a"b')),
    st.lists(WORDS, max_size=1).map(tuple),
)


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("bus fare", "bus fare"),
        ({"exactly": "PI"}, "exactly: PI"),
        ({"all_of": ["pay", "late"], "within": "8"}, "pay + late (within 8 words)"),
        ({"phrase": "pay", "unless": ["pay heed", "paid up"]}, "pay (unless: pay heed, paid up)"),
        ({"regex": r"\bbid;s?"}, r"pattern: \bbid;s?"),
        ("exactly: PI", "{phrase: 'exactly: PI'}"),
        ("tea; it's hot", "{phrase: 'tea; it''s hot'}"),
    ],
)
def test_a_term_is_a_line(written: object, line: str) -> None:
    term = parse_term(written)
    assert term_line(term) == line
    assert read_term_line(line) == term


@given(PHRASES | TOGETHER | PATTERNS)
def test_any_term_comes_back(term: Term) -> None:
    line = term_line(term)
    assert "\n" not in line
    assert read_term_line(line) == term


def test_the_terms_of_the_shipped_codebook_come_back_as_they_are_shown() -> None:
    for code in load_codebook(ROOT / "config/codebook.yaml").codes:
        texts = {"terms": field_text(code, "terms")}
        shown = {field: "\n".join(shown_lines(field, texts)) for field in ("terms", "patterns")}
        lines = [
            line for field, text in shown.items() for line in written_text(field, text).split("\n")
        ]
        assert sorted(filter(None, lines)) == sorted(texts["terms"].split("\n")) or not code.terms
        assert "pattern" not in shown["terms"]


@pytest.mark.parametrize(
    ("line", "term"),
    [
        ("Exactly:PI", Term("exactly", ("PI",))),
        ("pay+late (within 8 words)", Term("all_of", ("pay", "late"), 8)),
        ("{phrase: pay, unless: [pay heed]}", Term("phrase", ("pay",), None, ("pay heed",))),
        ("  travel   costs ", Term("phrase", ("travel costs",))),
    ],
)
def test_people_write_terms_in_their_own_way(line: str, term: Term) -> None:
    assert read_term_line(line) == term


@pytest.mark.parametrize(
    "line",
    ["", "pay + late", "pattern:", "pattern: (", "{phrase: ", "{phrase: a, b: c}", "exactly: "],
)
def test_what_cannot_be_a_term_is_told(line: str) -> None:
    with pytest.raises(TermError) as told:
        read_term_line(line)
    assert told.value.remedy


def test_words_and_patterns_are_shown_apart() -> None:
    code = small_book().code("fares")
    texts = {field: field_text(code, field) for field in FIELDS}
    assert len(TERMS) == len(texts["terms"].split("\n"))
    assert shown_lines("terms", texts) == (
        "bus fare; petrol money; exactly: PI; pay + late (within 8 words); pay (unless: pay"
        " attention, pay heed)",
    )
    assert shown_lines("patterns", texts) == (r"pattern: \bre-?imburse\w*;? (?:me|us)",)
    assert written_text("patterns", "a[bc]\n\npattern: d") == "pattern: a[bc]\npattern: d"


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("definition", "One\n  two", "One two", True),
        ("definition", "Cafe\u0301", "Café", True),
        ("definition", "One", "one", False),
        ("examples", "One\ntwo", "One two", False),
        ("examples", "One\ntwo", "two\nOne", False),
        ("terms", "One\ntwo", "two\nOne", True),
    ],
)
def test_texts_are_the_same_but_for_white_space(
    field: str, one: str, other: str, same: bool
) -> None:
    assert same_text(field, one, other) is same
