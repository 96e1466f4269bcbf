import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.problems import Refused
from commonthread.settings import ColumnSettings, LimitSettings, ReadingSettings
from commonthread.sources.columns import plain_heading, recognise
from commonthread.sources.reading import RawTurn, Reading
from commonthread.sources.tables import read_csv

PATH = Path("talk.csv")


def reading(content: str, **columns: list[str]) -> Reading:
    own = ReadingSettings(columns=ColumnSettings(**columns))
    return read_csv(PATH, content.encode(), own)


def pairs(result: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in result.turns]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f'speaker{delimiter}text\nAnn{delimiter}"Yes, and; no\tindeed"\nBen{delimiter}Hi\n'
    result = reading(text)
    assert pairs(result) == [("Ann", "Yes, and; no\tindeed"), ("Ben", "Hi")]
    assert (result.kind, result.format, result.warnings) == ("transcript", "csv", [])


def test_a_spreadsheet_may_state_its_delimiter() -> None:
    assert pairs(reading("sep=;\nspeaker;text\nAnn;a, b, c\n")) == [("Ann", "a, b, c")]


def test_values_stay_as_written() -> None:
    rows = [("007", "NA"), ("1e5", "null"), ("2026-01-02", "TRUE"), ("N/A", "1-2"), ("NA", "None")]
    text = "id,speaker,text\n" + "".join(
        f"{n},{who},{what}\n" for n, (who, what) in enumerate(rows)
    )
    assert pairs(reading(text)) == rows


def test_quotes_line_breaks_and_line_ends() -> None:
    text = 'speaker,text\r\nAnn,"She said ""yes"",\r\nand left"\r\n\r\nBen,Hi'
    assert pairs(reading(text)) == [("Ann", 'She said "yes",\nand left'), ("Ben", "Hi")]


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("75", 75.0),
        ("75.5", 75.5),
        ("1:15", 75.0),
        ("0:01:15", 75.0),
        ("[00:01:15]", 75.0),
        ("00:01:15.250", 75.25),
        ("1542406176584", None),
        ("2026-01-02", None),
        ("", None),
    ],
)
def test_times(cell: str, seconds: float | None) -> None:
    result = reading(f"timestamp,speaker,text\n{cell},Ann,Hello\n")
    assert [turn.start_s for turn in result.turns] == [seconds]
    assert result.warnings == []


def test_start_and_end_and_a_time_that_cannot_be_read() -> None:
    result = reading(
        "start,end,who,words\n0:05,0:09,Ann,Hello\nsoon,,Ben,Hi\n0:12 - 0:14,,Ann,So\n"
    )
    assert result.turns == [
        RawTurn("Ann", "Hello", 5.0, 9.0),
        RawTurn("Ben", "Hi"),
        RawTurn("Ann", "So", 12.0, 14.0),
    ]
    assert result.warnings == ["The time cannot be read: row 3."]


def test_an_empty_speaker_continues_and_an_empty_row_ends() -> None:
    result = reading(
        "speaker,text\nAnn,One.\n,Two.\nBen,\nBen,Three.\n,\n,An editor's remark.\nAnn:,Four.\n"
    )
    assert pairs(result) == [
        ("Ann", "One.\nTwo."),
        ("Ben", "Three."),
        (None, "An editor's remark."),
        ("Ann", "Four."),
    ]
    assert len(result.warnings) == 1 and "row 3." in result.warnings[0]
    assert result.notes == ["Rows without text were left out: row 4."]


def test_sticky_notes_without_a_speaker() -> None:
    result = reading("id,sticky note,colour\n1,More time,red\n2,Pay people,red\n")
    assert result.kind == "notes"
    assert pairs(result) == [(None, "More time"), (None, "Pay people")]


def test_one_column_without_a_known_heading_is_all_notes() -> None:
    result = reading("Not enough time\nPay people on the day\nTrust\n")
    assert [turn.text for turn in result.turns] == [
        "Not enough time",
        "Pay people on the day",
        "Trust",
    ]
    assert any("Row 1 was read like all others" in warning for warning in result.warnings)


SURVEY = (
    "Timestamp,What worked well for you?,Your role,What was hard?\n"
    "01/02/2026 10:00,The small groups were the best part,researcher,Too many papers to read before\n"
    "01/02/2026 10:05,Being asked what I would like to do,public,\n"
    "01/02/2026 10:09,Having the chair sum up as we went,public,The room was cold and very loud\n"
)


def test_answers_of_a_survey_are_notes_without_the_questions() -> None:
    result = reading(SURVEY)
    assert result.kind == "notes"
    assert [turn.text for turn in result.turns] == [
        "The small groups were the best part",
        "Too many papers to read before",
        "Being asked what I would like to do",
        "Having the chair sum up as we went",
        "The room was cold and very loud",
    ]
    assert result.warnings == []


@pytest.mark.parametrize(
    "headings",
    [
        "Challenge,What might help",
        "Barriers,What helped",
        "CHALLENGES:,What helps us?",
        "What worked well,What could have gone better?",
        "What got in the way?,One thing to try next time",
        "What was hard,Anything else?",
    ],
)
def test_columns_of_what_workshops_ask_for_are_notes_without_a_warning(headings: str) -> None:
    result = reading(f"Table,{headings}\n1,Late pay,Pay on the day\n2,Nobody asked us first,\n")
    assert [turn.text for turn in result.turns] == [
        "Late pay",
        "Pay on the day",
        "Nobody asked us first",
    ]
    assert (result.kind, result.warnings) == ("notes", [])


@pytest.mark.parametrize("heading", ["What is your role?", "Was it useful to you?", "Response"])
def test_questions_about_the_person_and_choices_are_no_notes(heading: str) -> None:
    rows = "".join(f"yes indeed,We talked about the point {n}\n" for n in range(7))
    result = reading(f"{heading},Comments\n{rows}")
    assert [turn.text for turn in result.turns] == [
        f"We talked about the point {n}" for n in range(7)
    ]


def test_a_cell_for_the_speaker_that_holds_a_sentence_is_told() -> None:
    result = reading(
        "speaker,text\nAnn,One.\nand then we all went out to see what it was like Ben,Two.\n"
    )
    assert [turn.text for turn in result.turns] == ["One.", "Two."]
    assert len(result.warnings) == 1 and "more words than a name has: row 3." in result.warnings[0]


def test_answers_of_people_who_are_named() -> None:
    result = reading(SURVEY.replace("Timestamp", "Participant").replace("01/02/2026 10:0", "P"))
    assert [turn.speaker for turn in result.turns] == ["P0", "P0", "P5", "P9", "P9"]
    assert result.warnings == []


def test_other_columns_of_sentences_beside_a_known_one_are_told() -> None:
    result = reading(
        "speaker,text,memo\nAnn,Hello there,I think that she means this\nBen,Hi,And he did not\n"
    )
    assert pairs(result) == [("Ann", "Hello there"), ("Ben", "Hi")]
    assert '"memo"' in result.warnings[0]


def test_the_study_names_columns() -> None:
    text = "wer,was,wann,text\nAnn,Hallo,0:05,x\nBen,Ja,0:09,y\n"
    named = reading(text, speaker=["Wer"], text=["WAS"], start=["wann"])
    assert named.turns == [RawTurn("Ann", "Hallo", 5.0), RawTurn("Ben", "Ja", 9.0)]
    both = reading(text, speaker=["wer"], text=["was", "text"])
    assert pairs(both) == [("Ann", "Hallo"), ("Ann", "x"), ("Ben", "Ja"), ("Ben", "y")]


def test_a_named_column_that_is_not_there_is_no_error() -> None:
    assert pairs(reading("speaker,text\nAnn,Hi\n", text=["Nowhere"])) == [("Ann", "Hi")]


def test_names_by_looks_without_headings() -> None:
    said = [("Ann", f"This is what I said in number {n}") for n in range(3)]
    said += [("Ben", f"And this is what I said in number {n}") for n in range(3)]
    result = reading("".join(f"{who},{what}\n" for who, what in said))
    assert pairs(result) == said
    assert "column 2 was taken for what was said and column 1 for who spoke" in result.warnings[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("speaker,text\nAnn\nBen,a,b\nKim,c\n", "Rows 2 to 3 have more or fewer cells"),
        ('speaker,text\nAnn,"never closed\nBen,hi\n', "Row 2 opens a double quote"),
        ('speaker,text\nAnn,hi\nBen,"a" b\n', "Row 3 has a double quote"),
        ("field,display\ntitle,true\ndate,false\n", r"No heading .* \(it has 2 columns\)"),
        ("name,role\nAnn,chair\nBen,nurse\n", "No heading"),
        ("speaker,text" + "," * 3000 + "\n", "more than 2,000 columns"),
        ("speaker,text\n", "no text below"),
        ("speaker,text\nAnn,\n", "no text below"),
        ("", "empty"),
        ("  \n\n", "empty"),
    ],
)
def test_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        reading(text)


def test_the_remedy_names_the_setting_and_no_cell_is_quoted() -> None:
    with pytest.raises(Refused) as caught:
        reading("secretone,secrettwo\n1,2\n3,4\n")
    assert "reading: columns: text" in caught.value.remedy
    assert "secret" not in str(caught.value)


def test_more_rows_than_allowed_are_refused() -> None:
    few = ReadingSettings(limits=LimitSettings(turns=10))
    with pytest.raises(Refused, match="more than 10 rows"):
        read_csv(PATH, b"text\n" + b"a b\n" * 11, few)


def test_headings_are_compared_without_brackets_and_signs() -> None:
    assert plain_heading("  Start_Time (s) ") == "start time"
    columns = recognise(["Time [mm:ss]", "WHO?", "What was said:"], ColumnSettings())
    assert (columns.speaker, columns.text, columns.start) == (1, (2,), 0)


def test_a_column_of_line_numbers_is_no_text() -> None:
    result = reading(
        "line,who,what happened\n1,Ann,I came in and I sat down\n2,Ben,So did I in the end\n"
    )
    assert pairs(result) == [("Ann", "I came in and I sat down"), ("Ben", "So did I in the end")]


cell = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
sentence = st.lists(cell, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(cell, sentence), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_round_trip(rows: list[tuple[str, str]], delimiter: str, end: str) -> None:
    rows = [(who, what) for who, what in rows if who.strip("*: ")]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    writer.writerow(["speaker", "text"])
    writer.writerows(rows)
    if rows:
        expected = [(who.strip("*: "), what) for who, what in rows]
        assert pairs(reading(buffer.getvalue())) == expected
