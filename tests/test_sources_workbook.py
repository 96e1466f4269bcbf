import datetime
import io
import time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.cell_formats import Formats
from commonthread.sources.reading import RawTurn, Reading
from commonthread.sources.tables import read_xlsx
from office_files import cells, sheet_xml, xlsx

TURNS = [["speaker", "text"], ["Ann", "Hello."], ["Ben", "Hi there."]]


def reading(data: bytes) -> Reading:
    return read_xlsx(Path("talk.xlsx"), data, ReadingSettings())


def pairs(result: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in result.turns]


def test_inline_text() -> None:
    result = reading(xlsx(("S", sheet_xml(cells(*TURNS)))))
    assert pairs(result) == [("Ann", "Hello."), ("Ben", "Hi there.")]
    assert (result.kind, result.format, result.warnings) == ("transcript", "xlsx", [])


def test_every_sheet_that_is_not_hidden_is_read_in_order() -> None:
    notes = sheet_xml(cells(["Not enough time"], ["Pay people on the day"]))
    lists = sheet_xml(cells(["name", "role"], ["Ann", "chair"]))
    result = reading(
        xlsx(
            ("Table 1", sheet_xml(cells(*TURNS))),
            ("Flipchart", notes),
            ("Old", sheet_xml(cells(["text"], ["HIDDEN"]))),
            ("People", lists),
            ("Empty", sheet_xml("")),
            hidden=["Old"],
        )
    )
    assert pairs(result) == [
        ("Ann", "Hello."),
        ("Ben", "Hi there."),
        (None, "Not enough time"),
        (None, "Pay people on the day"),
    ]
    told = " ".join(result.warnings)
    assert 'Hidden sheets were left out: "Old"' in told and 'Sheet "People" was left out' in told
    assert "HIDDEN" not in told


def test_flipcharts_side_by_side() -> None:
    rows = [
        ["What was hard?", "What helped?"],
        ["Not enough time", "Training"],
        ["", "A good chair"],
    ]
    rows.append(["Pay forms too long", "Meeting in person"])
    result = reading(xlsx(("Flipchart", sheet_xml(cells(*rows)))))
    assert sorted(turn.text for turn in result.turns) == sorted(
        c for row in rows[1:] for c in row if c
    )
    assert result.kind == "notes"


def test_what_stands_above_the_headings_is_told() -> None:
    rows = [["Workshop three, table two"], [], *TURNS]
    result = reading(xlsx(("S", sheet_xml(cells(*rows)))))
    assert pairs(result) == [("Ann", "Hello."), ("Ben", "Hi there.")]
    assert any("row 1" in note for note in result.notes)


def test_formulas_give_what_they_last_gave_and_are_named() -> None:
    row = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Ann</t></is></c><c r="B2" t="str">'
        '<f>HYPERLINK("https://x.invalid","y")</f><v>kept</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Ben</t></is></c><c r="B3"><f>A1</f></c></row>'
    )
    result = reading(xlsx(("S", sheet_xml(cells(["speaker", "text"]) + row))))
    assert pairs(result) == [("Ann", "kept")]
    told = " ".join([*result.warnings, *result.notes])
    assert "cell B2" in told and "cell B3" in told and "x.invalid" not in told


def test_merged_cells_and_hidden_rows_are_told() -> None:
    rows = cells(["speaker", "text"], ["Ann", "One."], ["", "Two."]).replace(
        '<row r="3">', '<row r="3" hidden="1">'
    )
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    result = reading(xlsx(("S", sheet_xml(rows, merged))))
    assert pairs(result) == [("Ann", "One.\nTwo.")]
    told = " ".join([*result.warnings, *result.notes])
    assert "merged cells (1)" in told and "hidden rows (1)" in told


def made_by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["start", "speaker", "text"])
    sheet.append([datetime.time(0, 1, 15), "Ann", "Hello."])
    sheet.append([75, 7, "TRUE"])
    sheet["B3"].number_format = "000"
    sheet.append([datetime.timedelta(hours=1, seconds=5), "NA", True])
    sheet.append([None, "Ben", datetime.date(2026, 5, 12)])
    sheet.append([None, "Ben", 0.25])
    sheet["C6"].number_format = "0%"
    sheet.append([None, "Ben", 3.0])
    sheet.append([None, "Ben", "=1+1 is not a sum"])
    sheet["C8"].data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_values_are_read_as_they_are_shown() -> None:
    assert reading(made_by_openpyxl()).turns == [
        RawTurn("Ann", "Hello.", 75.0),
        RawTurn("007", "TRUE", 75.0),
        RawTurn("NA", "TRUE", 3605.0),
        RawTurn("Ben", "2026-05-12"),
        RawTurn("Ben", "25%"),
        RawTurn("Ben", "3"),
        RawTurn("Ben", "=1+1 is not a sum"),
    ]


def test_agrees_with_xlsxwriter() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("Table")
    for r, row in enumerate(TURNS):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text)
    sheet.write_string(3, 0, "Zoë & _x0041_")
    sheet.write_rich_string(3, 1, book.add_format({"bold": True}), "Bold ", "and plain")
    book.close()
    assert pairs(reading(buffer.getvalue()))[2] == ("Zoë & _x0041_", "Bold and plain")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("3.0", "General", "3"),
        ("0.1", "General", "0.1"),
        ("7", "000", "007"),
        ("1234.5", "#,##0.00", "1234.50"),
        ("0.125", "0.0%", "12.5%"),
        ("0.5", "h:mm", "12:00"),
        ("0.5", "h:mm:ss", "12:00:00"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("0.0008680555555555555", "mm:ss.0", "1:15"),
        ("45000", "dd/mm/yyyy", "2023-03-15"),
        ("45000.5", "dd/mm/yyyy hh:mm", "2023-03-15 12:00:00"),
        ("3", "[Red]0", "3"),
        ("3", '0 "days"', "3"),
        ("45000", "[$-809]d mmmm yyyy", "2023-03-15"),
        ("x", "General", "x"),
        ("1e400", "h:mm", "1e400"),
        ("nan", "000", "nan"),
        ("1e300", "dd/mm/yyyy", "1e300"),
    ],
)
def test_numbers_dates_and_times(value: str, code: str, shown: str) -> None:
    assert Formats((code,)).shown(value, 0) == shown


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        ("<a><b></a>", "damaged"),
        (sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "damaged"),
        (sheet_xml(""), "no text"),
        (sheet_xml(cells(["name", "role"], ["Ann", "chair"])), "No heading"),
        (
            sheet_xml(
                "".join(
                    f'<row r="{r}"><c r="XFD{r}" t="str"><v>a</v></c></row>' for r in range(1, 9)
                )
            ),
            "columns",
        ),
    ],
)
def test_refused_with_the_reason(sheet: str, reason: str) -> None:
    start = time.process_time()
    with pytest.raises(Refused, match=reason):
        reading(xlsx(("S", sheet)))
    assert time.process_time() - start < 5


def test_rows_far_down_cost_nothing() -> None:
    rows = cells(*TURNS) + '<row r="1048576"><c r="B1048576" t="str"><v>Far.</v></c></row>'
    assert pairs(reading(xlsx(("S", sheet_xml(rows)))))[2] == (None, "Far.")
