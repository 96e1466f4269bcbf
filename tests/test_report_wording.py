from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.report import wording
from commonthread.report.colours import PALETTE, for_charts, luminance


@pytest.mark.parametrize(
    ("value", "word", "said"),
    [
        (0, "file", "no files"),
        (1, "person", "1 person"),
        (2, "person", "2 people"),
        (15204, "word", "15,204 words"),
        (3, "public contributor", "3 public contributors"),
        (2, "city", "2 cities"),
        (2, "day", "2 days"),
        (2, "branch", "2 branches"),
        (0, "is", "no are"),
    ],
)
def test_a_count_names_what_it_counts(value: int, word: str, said: str) -> None:
    assert wording.count(value, word) == said


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_read_as_people_write_them(items: list[str], said: str) -> None:
    assert wording.words_list(items) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "not defined"),
        (0, 612, "none"),
        (1, 612, "fewer than 1 in 100"),
        (204, 612, "about a third"),
        (306, 612, "about half"),
        (600, 612, "nearly all"),
        (612, 612, "all"),
    ],
)
def test_a_share_in_words(part: int, whole: int, said: str) -> None:
    assert wording.share(part, whole) == said


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_only_nothing_is_none_and_only_everything_is_all(a: int, b: int) -> None:
    part, whole = min(a, b), max(a, b)
    assert (wording.share(part, whole) == "all") == (part == whole)
    assert (wording.percent(part, whole) == "100%") == (part == whole)
    assert wording.percent(part, whole) not in {"0%", "0.0%"}
    assert wording.share(part, whole) != "none"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "not defined"),
        (0, 5, "0%"),
        (1, 2000, "<0.1%"),
        (1, 200, "0.5%"),
        (13, 200, "7%"),
        (199, 200, ">99%"),
        (5, 5, "100%"),
    ],
)
def test_per_cent(part: int, whole: int, said: str) -> None:
    assert wording.percent(part, whole) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (204, 612, "204 of 612 segments"),
        (5, 5, "all 5 segments"),
        (1, 1, "the only segment"),
        (0, 5, "none of 5 segments"),
        (0, 0, "no segments"),
    ],
)
def test_a_count_with_its_denominator(part: int, whole: int, said: str) -> None:
    assert wording.of(part, whole, "segment") == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(5.9, "5 s"), (725, "12 min 5 s"), (3725, "1 h 2 min 5 s")]
)
def test_a_place_in_a_recording(seconds: float, said: str) -> None:
    assert wording.clock(seconds) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [("Public contributor", "public contributor"), ("PPI lead", "PPI lead"), ("", "")],
)
def test_a_name_inside_a_sentence(name: str, said: str) -> None:
    assert wording.in_sentence(name) == said


def test_characters_that_turn_text_are_written_out() -> None:
    assert wording.visible("a\u202eb\u2066c") == "a[U+202E]b[U+2066]c"


@given(st.text())
def test_an_anchor_is_safe_in_a_page(text: str) -> None:
    made = wording.anchor("code", text)
    assert made.isascii()
    assert all(c.isalnum() or c in "-_" for c in made)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@given(st.from_regex("#[0-9a-fA-F]{6}", fullmatch=True))
def test_marks_stand_out_on_light_and_dark_pages(colour: str) -> None:
    shown = for_charts(colour)
    for page in ("#fbf8f2", "#ffffff", "#1d1b20", "#27242b"):
        assert _contrast(shown, page) >= 3


def test_the_palette_stands_out_too() -> None:
    assert all(_contrast(for_charts(colour), "#ffffff") >= 3 for colour in PALETTE)


def test_luminance_is_that_of_the_guidelines() -> None:
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#808080") == pytest.approx(0.2159, abs=1e-4)
