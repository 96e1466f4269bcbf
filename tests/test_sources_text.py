"""Bytes become text: encodings, line ends, control characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.problems import Refused
from commonthread.sources.text import clean, decode

TALK = "José: it cost £5 – “fine”\nZoë: naïve café…\n"


@pytest.mark.parametrize(
    ("data", "encoding", "warned"),
    [
        (TALK.encode(), "UTF-8", 0),
        (b"\xef\xbb\xbf" + TALK.encode(), "UTF-8 with a byte order mark", 0),
        (b"\xff\xfe" + TALK.encode("utf-16-le"), "UTF-16", 0),
        (b"\xfe\xff" + TALK.encode("utf-16-be"), "UTF-16", 0),
        (TALK.encode("utf-16-le"), "UTF-16", 0),
        (TALK.encode("utf-16-be"), "UTF-16", 0),
        (b"\xff\xfe\0\0" + TALK.encode("utf-32-le"), "UTF-32", 0),
        (TALK.encode("cp1252"), "Windows-1252", 1),
    ],
)
def test_the_same_words_from_every_encoding(data: bytes, encoding: str, warned: int) -> None:
    text, name, warnings = decode(data)
    assert text == TALK
    assert name == encoding
    assert len(warnings) == warned


def test_two_encodings_in_one_file_are_read_and_the_lines_named() -> None:
    text, encoding, warnings = decode(TALK.encode() + TALK.encode("cp1252"))
    assert text == TALK * 2
    assert encoding == "UTF-8 mixed with Windows-1252"
    assert "lines 3 to 4" in warnings[0]


def test_lines_of_mixed_encodings_are_counted_with_any_line_end() -> None:
    data = "é\r\n".encode() + b"a\rb\n" + "£".encode("cp1252")
    assert "line 4" in decode(data)[2][0]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_one_rule_for_line_ends(end: str) -> None:
    assert decode(TALK.replace("\n", end).encode())[0] == TALK


def test_other_separators_do_not_end_a_line() -> None:
    text = "Lee: d\x85e\u2028f\u2029g"
    assert decode(text.encode())[0] == text


def test_controls_become_spaces_one_for_one_and_are_counted() -> None:
    text, _, warnings = decode(b"Jane: hel\0lo\nBob:\x1b[31m \x07\tfine\x7f\n")
    assert text == "Jane: hel lo\nBob: [31m  \tfine \n"
    assert warnings == ["4 control characters (lines 1 to 2) became a space each."]


def test_direction_overrides_are_taken_out_and_plain_marks_stay() -> None:
    text, _, warnings = decode("Jane: a\u202eb\u202c \u2067c\u2069\u200f".encode())
    assert text == "Jane: ab c\u200f"
    assert "4 invisible characters" in warnings[0]
    assert "line 1" in warnings[0]


@pytest.mark.parametrize("data", [b"", b"\n \n\t\n", b"\xef\xbb\xbf \n", b"\xff\xfe"])
def test_files_without_words_are_refused_as_empty(data: bytes) -> None:
    with pytest.raises(Refused, match="empty"):
        decode(data)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Refused, match="not a text file"):
        decode(bytes(range(256)) * 20)


def test_a_file_cut_short_inside_a_character_says_so() -> None:
    text, encoding, warnings = decode("Zoë: café, José".encode() + b"\xc3")
    assert (text[:-1], encoding) == ("Zoë: café, José", "UTF-8")
    assert "cut short" in warnings[0]
    assert "\ufffd" in warnings[1]


def test_lone_surrogates_cannot_get_out() -> None:
    text, warnings = clean("a\ud800b")
    assert "\ud800" not in text
    assert "line 1" in warnings[0]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, encoding, warnings = decode(data)
    except Refused as refused:
        assert refused.reason and refused.remedy
        return
    assert encoding
    text.encode()
    assert not any(ord(c) < 32 and c not in "\t\n" for c in text)
    assert "\ufffd" not in text or any("\ufffd" in w for w in warnings)


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), min_size=1)
)
def test_other_characters_stay_as_they_are(text: str) -> None:
    bidi = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
    assert clean(text)[0] == text.translate(bidi)
