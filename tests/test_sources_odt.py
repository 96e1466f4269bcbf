from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.odt import read
from commonthread.sources.reading import RawTurn, Reading
from office_files import odt

PATH = Path("talk.odt")
HIDDEN = (
    '<style:style style:name="Gone"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
)


def reading(body: str, **parts: str) -> Reading:
    return read(PATH, odt(body, HIDDEN, **parts), ReadingSettings())


def pairs(result: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in result.turns]


def test_paragraphs_headings_lists_and_white_space() -> None:
    result = reading(
        "<text:p>Ann: Good<text:s text:c='2'/>morning,\n   all.</text:p>"
        "<text:list><text:list-item><text:p>Ben: Hel<text:span>lo</text:span>.</text:p>"
        "</text:list-item></text:list>"
        "<text:p>Ann: One<text:line-break/>two<text:tab/>three.</text:p>"
    )
    assert pairs(result) == [
        ("Ann", "Good  morning, all."),
        ("Ben", "Hello."),
        ("Ann", "One\ntwo\tthree."),
    ]
    assert (result.kind, result.format, result.warnings) == ("transcript", "odt", [])


def test_bold_names() -> None:
    turns = [("Ann", "First thing."), ("Ben", "Second thing.")] * 3
    body = "".join(
        f'<text:p><text:span text:style-name="B">{name}</text:span> {text}</text:p>'
        for name, text in turns
    )
    assert pairs(reading(body)) == turns


def test_tracked_changes_comments_hidden_text_and_footnotes() -> None:
    result = reading(
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<text:p>DELETED</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Ann: We <text:change text:change-id="c1"/>agreed<office:annotation>'
        "<text:p>COMMENT</text:p></office:annotation>"
        '<text:span text:style-name="Gone">HIDDEN</text:span><text:note><text:note-body>'
        "<text:p>FOOTNOTE</text:p></text:note-body></text:note>.</text:p>"
        '<text:section text:display="none"><text:p>HIDDEN</text:p></text:section>'
    )
    assert pairs(result) == [("Ann", "We agreed.")]
    told = " ".join(result.warnings)
    assert all(word in told for word in ("tracked changes", "hidden text"))
    told += " ".join(result.notes)
    assert all(word in told for word in ("comments", "Footnotes"))
    assert not any(word in told for word in ("DELETED", "COMMENT", "HIDDEN", "FOOTNOTE"))


def test_table_of_turns_and_a_text_box() -> None:
    def row(*cells: str) -> str:
        inside = "".join(
            f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells
        )
        return f"<table:table-row>{inside}</table:table-row>"

    rows = row("Speaker", "Text", "Time") + row("Ann", "Good morning.", "0:05")
    result = reading(
        f"<table:table><table:table-header-rows>{rows}</table:table-header-rows></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>Ben: In a box.</text:p></draw:text-box>"
        "</draw:frame>Ben: Around it.</text:p>"
    )
    assert result.turns == [
        RawTurn("Ann", "Good morning.", 5.0),
        RawTurn("Ben", "Around it."),
        RawTurn("Ben", "In a box."),
    ]


def test_repeated_cells_are_bounded() -> None:
    result = reading(
        '<table:table><table:table-row><table:table-cell table:number-columns-repeated="999999">'
        "<text:p>Ann: Again.</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert 1 <= len(result.turns) <= 64


def test_password_protected_is_refused() -> None:
    manifest = '<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry>'
    with pytest.raises(Refused, match="password"):
        reading("<text:p/>", **{"META-INF__manifest": f"{manifest}</m:manifest>"})


def test_document_type_is_refused() -> None:
    before = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(Refused, match="document type"):
        read(PATH, odt("<text:p>Ann: &x;</text:p>", before=before), ReadingSettings())


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=8).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(sentences, min_size=1, max_size=6))
def test_every_word_of_a_document_is_kept(texts: list[str]) -> None:
    result = reading("".join(f"<text:p>Ann: {text}</text:p>" for text in texts))
    assert pairs(result) == [("Ann", text) for text in texts]
