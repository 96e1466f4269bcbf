import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from striprtf.striprtf import rtf_to_text

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.reading import RawTurn, Reading
from commonthread.sources.rtf import read

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Times;}"
    r"{\f2\fcharset128 Mincho;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}"
    r"{\info{\author SOMEBODY}}{\header HEADER\par}{\*\generator X;}"
)


def reading(body: str) -> Reading:
    return read(Path("talk.rtf"), f"{HEAD}{body}}}".encode("latin-1"), ReadingSettings())


def pairs(result: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in result.turns]


def test_paragraphs_signs_and_encodings() -> None:
    result = reading(
        "\\pard\\b Ann:\\b0  caf\\'e9 costs \\'a35 \\emdash  \\ldblquote yes\\rdblquote\\par\n"
        "Ben: {\\f1 \\'cf\\'f0\\'e8} {\\f2 \\'83\\'65} \\u8364? \\u-10179?\\u-8704? 50%\\line more\\par\n"
        "Ann: a\\~b \\{c\\} d\\\\e{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt  link}}\\par"
    )
    assert pairs(result) == [
        ("Ann", "café costs £5 — “yes”"),
        ("Ben", "При テ € \U0001f600 50%\nmore"),
        ("Ann", "a\u00a0b {c} d\\e link"),
    ]
    assert result.warnings == []


def test_more_than_one_stand_in_for_a_character() -> None:
    assert pairs(reading("Ann: {\\uc2 \\u233\\'c3\\'a9}t\\u233?\\par")) == [("Ann", "été")]


def test_hidden_deleted_inserted_commented_and_footnotes() -> None:
    result = reading(
        "Ann: We {\\deleted GONE}{\\revised agreed}{\\v HIDDEN}{\\*\\annotation COMMENT}"
        "{\\footnote NOTE}.\\par Ben: Yes\\v HIDDEN\\v0 , all.\\par"
    )
    assert pairs(result) == [("Ann", "We agreed."), ("Ben", "Yes, all.")]
    told = " ".join(result.warnings)
    assert all(word in told for word in ("tracked changes", "hidden text"))
    told += " ".join(result.notes)
    assert all(word in told for word in ("comments", "Footnotes"))
    assert not any(word in told for word in ("GONE", "HIDDEN", "COMMENT", "NOTE"))


def test_table_of_turns() -> None:
    rows = [("Speaker", "Text", "Time"), ("Ann", "Good morning.", "0:05"), ("Ben", "Hello.", "75")]
    body = "".join(
        "\\trowd\\cellx1\\cellx2\\cellx3\\pard\\intbl "
        + "".join(f"{cell}\\cell " for cell in row)
        + "\\row\n"
        for row in rows
    )
    assert reading(body + "\\pard Ann: After.\\par").turns == [
        RawTurn("Ann", "Good morning.", 5.0),
        RawTurn("Ben", "Hello.", 75.0),
        RawTurn("Ann", "After."),
    ]


def test_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = (
        "{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt Ben: In a box.\\par}}"
        "{\\shprslt Ben: In a box.\\par}}"
    )
    result = reading(f"Ann: Around {box}it.\\par Ann: After.\\par")
    assert pairs(result) == [("Ann", "Around it."), ("Ben", "In a box."), ("Ann", "After.")]


def test_cut_short_is_told() -> None:
    result = read(Path("a.rtf"), f"{HEAD}Ann: Good mor".encode(), ReadingSettings())
    assert pairs(result) == [("Ann", "Good mor")]
    assert any("cut short" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Ann: Hello.", "not a Rich Text"),
        (b"{\\rtf1 }", "no text"),
        (b"{\\rtf1 " + b"{" * 100_000, "damaged"),
        (b"{\\rtf1 \\bin999999999 x}", "no text"),
        (b"{\\rtf1 " + b"\\'" * 100_000 + b"}", "no text"),
    ],
)
def test_damaged_is_refused_at_once(data: bytes, reason: str) -> None:
    start = time.process_time()
    with pytest.raises(Refused, match=reason):
        read(Path("a.rtf"), data, ReadingSettings())
    assert time.process_time() - start < 3


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=8).map(" ".join)


def escaped(text: str) -> str:
    units = memoryview(text.encode("utf-16-le")).cast("H").tolist()
    return "".join(
        chr(unit) if unit < 128 else f"\\u{unit - 65536 if unit > 32767 else unit}?"
        for unit in units
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(sentences, min_size=1, max_size=6))
def test_every_word_of_a_document_is_kept(texts: list[str]) -> None:
    body = "".join(f"Ann: {escaped(text)}\\par\n" for text in texts)
    assert pairs(reading(body)) == [("Ann", text) for text in texts]


def test_agrees_with_striprtf() -> None:
    body = "Ann: caf\\'e9 and \\u8364? more\\par Ben: {\\b bold} \\ldblquote yes\\rdblquote\\par"
    lines = rtf_to_text(f"{HEAD}{body}}}").strip().split("\n")
    assert [f"{name}: {text}" for name, text in pairs(reading(body))] == lines
