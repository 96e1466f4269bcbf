"""Cutting turns into segments."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.segments import balanced, count_words, cut_source, cut_turn, sentences
from commonthread.settings import SegmentSettings

WORDS = SegmentSettings(unit="words", length=10)


def texts(text: str, how: SegmentSettings = WORDS) -> list[str]:
    return [text[low:high] for low, high in cut_turn(text, how)]


def sentence_texts(text: str) -> list[str]:
    return [text[low:high] for low, high in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["One.", "Two!", "Three?", "Four…", "Five"],
        ["“Is it?”", "(It is.)", "'Yes.'", "No."],
        ["Dr. Who met Prof. Smith.", "They talked, e.g. about tea, i.e. nothing."],
        ["J. R. Smith came.", "So did I.", "And A. B."],
        ["It cost 3.50 or £1.2 m.", "Version 2.1.3 was no. 5."],
        ["We talk, etc. and so on.", "We stop, etc.", "Then on."],
        ["Well... you know… it is hard.", "Oh…", "Really"],
        ["A line", "another line.", "a third"],
        ["这是第一句。", "这是第二句！", "第三句？"],
        ["What?!", "Never.", "See www.example.org. And go."][:2],
        ["ok. and then", "we went"],
    ],
)
def test_sentences_end_where_people_end_them(parts: list[str]) -> None:
    gap = "" if "。" in parts[0] else " "
    if parts[0] in {"A line", "ok. and then"}:
        parts = [part for whole in parts for part in whole.replace(". ", ".|").split("|")]
        gap = "\n"
    assert sentence_texts(gap.join(parts)) == parts


def test_white_space_belongs_to_no_sentence() -> None:
    assert sentence_texts(" \n One.  \n\n Two. \t") == ["One.", "Two."]
    assert sentence_texts(" \n ") == []


def test_words_are_counted() -> None:
    assert count_words("It's a well-known thing, 3 times.") == 6
    assert count_words("") == 0
    assert count_words("我们一起做研究吧") == 1 + 4


def test_a_turn_of_about_the_length_stays_whole() -> None:
    sentence = "a b c d e f g."
    assert texts(f"{sentence} {sentence}") == [f"{sentence} {sentence}"]
    assert texts("one two three.") == ["one two three."]


def test_a_longer_turn_is_cut_evenly_at_sentence_ends() -> None:
    five = "a b c d e."
    assert texts(" ".join([five] * 5)) == [f"{five} {five}", f"{five} {five} {five}"]
    assert [count_words(text) for text in texts(" ".join([five] * 12))] == [10] * 6
    assert [count_words(text) for text in texts("a b. " * 8)] in ([8, 8], [6, 10], [10, 6])


def test_no_tiny_leftover_is_made() -> None:
    text = "a b c d e f g h i j. k."
    assert texts(text) == [text]
    assert min(count_words(piece) for piece in texts("a b c d e. " * 4 + "k.")) >= 5


def test_long_sentences_stay_whole_up_to_three_lengths() -> None:
    long = " ".join(["word"] * 29) + "."
    assert texts(f"Short one. {long}") == ["Short one.", long]


def test_text_without_sentence_ends_is_cut_at_clauses_or_words() -> None:
    endless = " ".join(f"w{number}" for number in range(100))
    assert [count_words(text) for text in texts(endless)] == [10] * 10
    clauses = ", ".join("a b c d e f g h i" for _ in range(8))
    assert texts(clauses) == ["a b c d e f g h i,"] * 7 + ["a b c d e f g h i"]


def test_units() -> None:
    text = "One. Two. Three. Four. Five."
    assert texts(text, SegmentSettings(unit="sentences", length=1)) == text.split()
    two = texts(text, SegmentSettings(unit="sentences", length=2))
    assert sorted(len(sentence_texts(part)) for part in two) == [2, 3]
    assert texts(f" {text * 50} ", SegmentSettings(unit="turns", length=1)) == [text * 50]


def test_a_segment_holds_its_place_its_words_and_its_text() -> None:
    cut = cut_source("s", [(0, 0, "One two."), (1, 9, "  "), (2, 12, " Three ")], [], WORDS)
    assert [(each.turn, each.start, each.end, each.words, each.text) for each in cut] == [
        (0, 0, 8, 2, "One two."),
        (2, 13, 18, 1, "Three"),
    ]
    assert all(len(each.segment_id) == 12 and each.segment_id.isalnum() for each in cut)


SENTENCES = st.lists(
    st.text("abcdE .!?…,;\n  \"')“”é我。", min_size=0, max_size=40), min_size=0, max_size=8
)


def as_turns(parts: list[str]) -> list[tuple[int, int, str]]:
    turns = []
    start = 0
    for number, text in enumerate(parts):
        turns.append((number, start, text))
        start += len(text) + 1
    return turns


@settings(max_examples=200, deadline=None)
@given(
    SENTENCES,
    st.sampled_from(["words", "sentences", "turns"]),
    st.integers(min_value=1, max_value=12),
)
def test_segments_cover_turns_but_for_white_space(parts: list[str], unit: str, length: int) -> None:
    whole = "\n".join(parts)
    turns = as_turns(parts)
    cut = cut_source("s", turns, [], SegmentSettings(unit=unit, length=length))  # type: ignore[arg-type]
    assert len({each.segment_id for each in cut}) == len(cut)
    for number, start, text in turns:
        place = start
        for each in (each for each in cut if each.turn == number):
            assert whole[place : each.start].strip() == ""
            assert each.text == whole[each.start : each.end]
            assert each.text == each.text.strip() != ""
            assert each.words == count_words(each.text)
            place = each.end
        assert whole[place : start + len(text)].strip() == ""


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_ids_stay_when_text_is_added_before(added: list[str], parts: list[str]) -> None:
    before = {each.segment_id for each in cut_source("s", as_turns(parts), [], WORDS)}
    after = {each.segment_id for each in cut_source("s", as_turns(added + parts), [], WORDS)}
    assert before <= after


def test_ids_differ_by_source_and_by_repetition() -> None:
    turns = as_turns(["Yes.", "Yes.", "Yes .", "yes  ."])
    first = [each.segment_id for each in cut_source("a", turns, [], WORDS)]
    other = [each.segment_id for each in cut_source("b", turns, [], WORDS)]
    assert len({*first, *other}) == 8


def test_ids_do_not_depend_on_white_space() -> None:
    one = cut_source("s", [(0, 0, "Yes  we\tcan.")], [], WORDS)
    two = cut_source("s", [(4, 70, " Yes we can. ")], [], WORDS)
    assert one[0].segment_id == two[0].segment_id


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["{}", "a", "b.", "c?", "Dr.", "{}.", "…", "d,"]), max_size=40),
    st.sampled_from(["X 1", "Public contributor 12", "Researcher 3", "Facilitator", "P"]),
    st.sampled_from(["Y 2", "Q", "Public contributor 9"]),
)
def test_cuts_and_ids_do_not_depend_on_pseudonyms(pieces: list[str], one: str, other: str) -> None:
    made = []
    for name in (one, other):
        text = ""
        replaced = []
        for piece in pieces:
            if "{}" in piece:
                replaced.append((len(text), len(text) + len(name)))
            text += piece.replace("{}", name) + " "
        cut = cut_source("s", [(0, 0, text)], replaced, WORDS)
        made.append([(each.segment_id, each.text.replace(name, "{}")) for each in cut])
        assert all(not (low < each.start < high) for each in cut for low, high in replaced)
    assert made[0] == made[1]


@settings(deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=30), max_size=30))
def test_groups_are_in_order_and_not_too_long(sizes: list[int]) -> None:
    groups = balanced(sizes, 10)
    assert [piece for low, high in groups for piece in range(low, high)] == list(range(len(sizes)))
    assert all(high - low == 1 or sum(sizes[low:high]) <= 15 for low, high in groups)
