import io
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.docx import read
from commonthread.sources.reading import RawTurn, Reading
from office_files import docx, paragraph, run, talk, word_table

PATH = Path("talk.docx")


def reading(body: str, **parts: str) -> Reading:
    return read(PATH, docx(body, **parts), ReadingSettings())


def pairs(result: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in result.turns]


def test_names_before_a_colon() -> None:
    result = reading(talk("Ann: Good morning.", "Ben: Hello.", "And welcome.", "Ann: Thanks."))
    assert pairs(result) == [
        ("Ann", "Good morning."),
        ("Ben", "Hello.\nAnd welcome."),
        ("Ann", "Thanks."),
    ]
    assert (result.kind, result.format, result.warnings) == ("transcript", "docx", [])


def test_names_in_a_bold_paragraph_of_their_own() -> None:
    turns = [("Ann Lee", "First thing."), ("Ben Moss", "Second thing."), ("Ann Lee", "A third.")]
    body = "".join(
        paragraph(run(name, "<w:b/>")) + paragraph(run(text)) for name, text in turns * 2
    )
    assert pairs(reading(body)) == turns * 2


def test_bold_names_before_the_text() -> None:
    turns = [("Ann", "First thing."), ("Ben", "Second thing."), ("Ann", "A third.")]
    body = "".join(paragraph(run(f"{name}", "<w:b/>"), run(f" {text}")) for name, text in turns * 2)
    assert pairs(reading(body)) == turns * 2


def test_bold_by_style_and_not_bold_again() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Name"><w:basedOn w:val="Base"/></w:style>'
        "</w:styles>"
    )
    body = "".join(
        paragraph(run(name, '<w:rStyle w:val="Name"/>'))
        + paragraph(run(text, '<w:rStyle w:val="Name"/><w:b w:val="0"/>'))
        for name, text in [("ann", "one two"), ("ben", "three four")] * 3
    )
    assert pairs(reading(body, styles=styles)) == [("ann", "one two"), ("ben", "three four")] * 3


def test_teams_with_line_breaks_in_one_paragraph() -> None:
    result = reading(
        talk(
            "Ann Lee started transcription",
            "Ann Lee   0:03\nGood morning all.",
            "Ben Moss   0:09\nHello, and thank you.\nShall we begin?",
            "Ann Lee   1:02:15\nYes.",
            "Ben Moss stopped transcription",
        )
    )
    assert result.turns == [
        RawTurn("Ann Lee", "Good morning all.", 3.0),
        RawTurn("Ben Moss", "Hello, and thank you.\nShall we begin?", 9.0),
        RawTurn("Ann Lee", "Yes.", 3735.0),
    ]
    assert (result.warnings, len(result.notes)) == ([], 2)


def test_teams_with_spans_of_time() -> None:
    result = reading(
        talk(
            "0:0:5.100 --> 0:0:8.250",
            "Ann Lee",
            "Good morning all.",
            "0:0:8.900 --> 0:0:12.0",
            "Ben Moss",
            "Hello, and thank you.",
            "0:1:2.0 --> 0:1:3.5",
            "Ann Lee",
            "Yes.",
        )
    )
    assert result.turns == [
        RawTurn("Ann Lee", "Good morning all.", 5.1, 8.25),
        RawTurn("Ben Moss", "Hello, and thank you.", 8.9, 12.0),
        RawTurn("Ann Lee", "Yes.", 62.0, 63.5),
    ]


def test_teams_with_spans_of_time_in_one_paragraph() -> None:
    result = reading(
        talk(
            "0:0:5.100 --> 0:0:8.250\nAnn Lee\nGood morning all.",
            "0:0:8.900 --> 0:0:12.0\nBen Moss\nHello, and thank you.",
        )
    )
    assert result.turns == [
        RawTurn("Ann Lee", "Good morning all.", 5.1, 8.25),
        RawTurn("Ben Moss", "Hello, and thank you.", 8.9, 12.0),
    ]


def test_teams_with_the_name_and_time_on_a_line() -> None:
    result = reading(
        talk("Ann Lee 00:00:03", "Good morning.", "Ben Moss 00:00:09", "Hello.", "Let us start.")
    )
    assert result.turns == [
        RawTurn("Ann Lee", "Good morning.", 3.0),
        RawTurn("Ben Moss", "Hello.\nLet us start.", 9.0),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_nvivo_table_with_columns_in_any_order(order: tuple[int, ...]) -> None:
    rows = [
        ("Timespan", "Content", "Speaker"),
        ("0:00.0 - 1:15.5", "Good morning to you all.", "Ann"),
        ("75", "Hello, and thank you.", "Ben"),
        ("1:02:03.0 - 1:02:09.0", "Yes.", "Ann"),
    ]
    result = reading(word_table([[row[at] for at in order] for row in rows]))
    assert result.turns == [
        RawTurn("Ann", "Good morning to you all.", 0.0, 75.5),
        RawTurn("Ben", "Hello, and thank you.", 75.0),
        RawTurn("Ann", "Yes.", 3723.0, 3729.0),
    ]


def test_nvivo_times_in_paragraphs() -> None:
    result = reading(
        talk(
            "#00:01:02#", "Ann: Good morning.", "[00:01:15]", "Ben: Hello.", "Ann: Yes. #00:02:00#"
        )
    )
    assert [turn.speaker for turn in result.turns] == ["Ann", "Ben", "Ann"]
    assert [turn.start_s for turn in result.turns] == [62.0, 75.0, None]
    assert all("0:" not in turn.text for turn in result.turns)


def test_table_without_headings_is_a_transcript_by_its_looks() -> None:
    rows = [
        ("Ann", "I came because of the poster in the surgery."),
        ("Ben", "For me it was the meeting about the budget."),
        ("Ann", "We both stayed because we were listened to."),
        ("Ben", "That is true and it matters a great deal."),
        ("Ann", "It matters more than the payment I would say."),
    ]
    result = reading(word_table(rows))
    assert pairs(result) == rows
    assert any("column" in warning for warning in result.warnings)


def test_any_other_table_is_read_cell_by_cell_in_document_order() -> None:
    body = talk("Ann: Before.") + word_table([["Ann: In a cell.", "Ben: Beside it."]])
    assert pairs(reading(body + talk("Ben: After."))) == [
        ("Ann", "Before."),
        ("Ann", "In a cell."),
        ("Ben", "Beside it."),
        ("Ben", "After."),
    ]


def test_tracked_changes_comments_and_hidden_text() -> None:
    body = paragraph(
        run("Ann: We agreed "),
        '<w:del w:id="1"><w:r><w:delText>SECRET</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{run("together")}</w:ins>',
        run(" HIDDEN", "<w:vanish/>"),
        '<w:commentRangeStart w:id="1"/>',
        run("."),
        '<w:commentRangeEnd w:id="1"/>',
    )
    result = reading(body)
    assert pairs(result) == [("Ann", "We agreed together.")]
    told = " ".join(result.warnings)
    assert "tracked changes" in told and "hidden text" in told
    assert result.notes == ["It has comments: they were left out."]
    assert "SECRET" not in told and "HIDDEN" not in told


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    body = paragraph(run("Ann: We agreed"), properties='<w:rPr><w:del w:id="1"/></w:rPr>') + talk(
        " together."
    )
    result = reading(body)
    assert pairs(result) == [("Ann", "We agreed together.")]
    assert any("tracked changes" in warning for warning in result.warnings)


def test_a_deleted_row_of_a_table_is_left_out() -> None:
    table = word_table([["speaker", "text"], ["Ann", "Stays."], ["Ben", "Goes."]])
    table = table.replace(
        '<w:tr><w:tc><w:p><w:r><w:t xml:space="preserve">Ben',
        ('<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p><w:r><w:t xml:space="preserve">Ben'),
    )
    assert pairs(reading(table)) == [("Ann", "Stays.")]


def test_hidden_by_style() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>"
    )
    body = talk("Ann: Seen.") + paragraph(run("UNSEEN"), properties='<w:pStyle w:val="Gone"/>')
    assert pairs(reading(body, styles=styles)) == [("Ann", "Seen.")]


def test_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{talk('Ben: In a box.')}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing>"
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    result = reading(paragraph(run("Ann: Around it."), drawing) + talk("Ann: After."))
    assert pairs(result) == [("Ann", "Around it."), ("Ben", "In a box."), ("Ann", "After.")]


def test_links_fields_controls_and_footnotes() -> None:
    body = paragraph(
        run("Ann: See "),
        f"<w:hyperlink>{run('the page')}</w:hyperlink>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>',
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run(' and the form')}</w:sdtContent></w:sdt>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        run("."),
    )
    result = reading(body)
    assert pairs(result) == [("Ann", "See the page and the form.")]
    assert result.notes == ["Footnotes and endnotes were left out (1)."]


def test_notes_without_speakers() -> None:
    result = reading(talk("More time to reflect", "Pay people on the day"))
    assert result.kind == "notes"
    assert [turn.text for turn in result.turns] == ["More time to reflect", "Pay people on the day"]


def test_the_studys_own_pattern() -> None:
    own = ReadingSettings(speaker_pattern=r"^<(?P<speaker>\w+)> (?P<text>.*)$")
    result = read(PATH, docx(talk("<ann> Good morning.", "<ben> Hello.")), own)
    assert pairs(result) == [("ann", "Good morning."), ("ben", "Hello.")]


def test_included_files_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    inside = f'<w:r><w:t>Ann: so <xi:include href="{secret.as_uri()}" parse="text"/></w:t></w:r>'
    result = reading(paragraph(inside))
    assert [turn.speaker for turn in result.turns] == ["Ann"]
    assert "SECRET" not in result.turns[0].text
    assert result.warnings


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(Refused, match="no text"):
        reading(paragraph())


def test_agrees_with_python_docx() -> None:
    made = python_docx.Document()
    for line in ("Ann: Good morning.", "Ben: Hello there.", "Ann: Bye."):
        name, text = line.split(" ", 1)
        added = made.add_paragraph()
        added.add_run(name).bold = True
        added.add_run(f" {text}")
    buffer = io.BytesIO()
    made.save(buffer)
    result = read(PATH, buffer.getvalue(), ReadingSettings())
    assert pairs(result) == [("Ann", "Good morning."), ("Ben", "Hello there."), ("Ann", "Bye.")]


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=8).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(sentences, min_size=1, max_size=6))
def test_every_word_of_a_document_is_kept(texts: list[str]) -> None:
    result = reading(talk(*(f"Ann: {text}" for text in texts)))
    assert pairs(result) == [("Ann", text) for text in texts]
