"""Reading the participants list, and speaker labels as they stand in files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from commonthread.participants import read_participants
from commonthread.problems import InputProblems
from commonthread.speakers import clean_name, read_label


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "participants.csv"
    path.write_bytes(text.encode(encoding))
    return path


def said(path: Path, **more: object) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        read_participants(path, **more)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_reads_what_spreadsheet_programs_write(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    rows = [
        ["Name", "Also known as", "role", "consent", "Years in post"],
        ["José Núñez", '"Pepe; JN"', "public contributor", "Verbatim with role", "7"],
        ["Orla Byrne", "", "", "", ""],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    listed = read_participants(write(tmp_path, text, encoding))
    first, second = listed.people
    assert first.rows[0].spellings == ("José Núñez", "Pepe", "JN")
    assert (first.role, first.consent) == ("public contributor", "verbatim with role")
    assert first.rows[0].attributes == {"years_in_post": "7"}
    assert (second.role, second.consent) == ("not given", "none")


def test_reads_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["name", "role"])
    sheet.append(["Orla Byrne", "researcher"])
    sheet.append([None, None])
    sheet.append([7, None])
    path = tmp_path / "participants.xlsx"
    book.save(path)
    people = read_participants(path).people
    assert [(p.name, p.role, p.rows[0].number) for p in people] == [
        ("Orla Byrne", "researcher", 2),
        ("7", "not given", 4),
    ]


def test_all_problems_are_told_at_once_by_row(tmp_path: Path) -> None:
    text = (
        "name,also_known_as,consent,workshop\n"
        "Orla Byrne,OB,verbatm,\n"
        ",,none,\n"
        "Orla Byrne,,,\n"
        "Olu Bello,OB,,\n"
        "Tam Reid,,,one wrkshop\n"
        "Ana,,,,too,many\n"
    )
    problems = said(write(tmp_path, text), workshops={"one workshop"})
    assert [p.split(":")[0] for p in problems] == [
        f"participants.csv, row {row}" for row in (2, 3, 6, 7, 4, 5)
    ]
    assert 'Did you mean "verbatim"?' in problems[0]
    assert "name is empty" in problems[1]
    assert 'Did you mean "one workshop"?' in problems[2]
    assert "more cells" in problems[3]
    assert "row 2 already" in problems[4]
    assert '"OB" is also listed for the person in row 2' in problems[5]


@pytest.mark.parametrize("heading", ["nmae", "names", "Name of person"])
def test_a_list_without_names_is_refused(tmp_path: Path, heading: str) -> None:
    assert "name" in " ".join(said(write(tmp_path, f"{heading},role\nOrla,lead\n")))


def test_a_misspelt_column_is_never_taken_for_an_attribute(tmp_path: Path) -> None:
    (problem,) = said(write(tmp_path, "name,consnet,age\nOrla,none,50\n"))
    assert 'Did you mean "consent"?' in problem


@pytest.mark.parametrize("text", ["", "   \n", 'name,role\n"Orla,lead\n', "\x00\x01\x02"])
def test_files_that_are_no_table_are_problems(tmp_path: Path, text: str) -> None:
    assert said(write(tmp_path, text))


def test_finds_people_by_label(tmp_path: Path) -> None:
    text = (
        "name,also_known_as,workshop,source\n"
        "José Núñez,Pepe,,\n"
        "Jose Nunez,,,\n"
        "Renée Okafor,RO,,\n"
        "Sam,,first,\n"
        "Sam,,second,\n"
        "Renée Okafor,Speaker 1,first,\n"
        "Mary-Ann Lee,Speaker 1,,s9\n"
        "Dr Smith,,,\n"
        "Mr Smith,,,\n"
    )
    listed = read_participants(write(tmp_path, text))

    def who(label: str, workshop: str = "third", source: str = "s1") -> str | None:
        found = listed.find(read_label(label), workshop, source)
        return listed.people[found[0]].rows[0].name if found else None

    assert who("José Núñez") == "José Núñez"
    assert who("JOSE\u0301 NU\u0301N\u0303EZ") == "José Núñez"
    assert who("jose nunez") == "Jose Nunez"
    for label in (
        "renee okafor",
        "Dr. Renée  Okafor",
        "RENÉE OKAFOR (she/her)",
        "Renée Okafor*",
        "Renée Okafor | Obol",
        "Okafor, Renée",
        "Renée Okafor's Presentation",
        "Renée Okafor\u2019s iPhone",
        "Re\u200bnée Okafor:",
        "\uff32\uff25\uff2e\uff25\uff25 Okafor",
    ):
        assert who(label) == "Renée Okafor", label
    for label in ("Maryann Lee", "mary ann lee"):
        assert who(label, source="s9") == "Mary-Ann Lee"
    assert who("Speaker 1", "first") == "Renée Okafor"
    assert who("Speaker 1", "first", "s9") == "Mary-Ann Lee"
    assert who("Speaker 1") is None
    assert who("Sam") is None
    first = listed.find(read_label("Sam"), "FIRST", "s1")
    second = listed.find(read_label("Sam"), "second", "s1")
    assert first and second and first[0] != second[0]
    assert who("Dr Smith") == "Dr Smith"
    assert who("Mr. Smith") == "Mr Smith"
    assert who("Smith") is None


@pytest.mark.parametrize(
    "label",
    [
        "Speaker 1", "SPEAKER_00", "P1", "Participant 2", "Interviewer", "I", "Facilitator",
        "Moderator", "Audience Member", "Speaker", "Q", "Public contributor 3", "3", "FAC1",
    ],
)  # fmt: skip
def test_generic_labels(label: str) -> None:
    read = read_label(label)
    assert (read.kind, read.is_name) == ("generic", False)


@pytest.mark.parametrize(
    "label",
    [
        "Unknown Speaker", "Unknown", "Unidentified", "All", "Several", "Multiple speakers", "***",
        "Otter.ai", "Orla Byrne's Notetaker", "Fireflies.ai Notetaker", "Read.ai meeting notes",
        "EF Zoom Bot", "[unidentified male voice]", "Audience",
    ],
)  # fmt: skip
def test_labels_of_nobody(label: str) -> None:
    assert read_label(label).kind == "nobody"


@pytest.mark.parametrize(
    "label", ["Orla", "RO", "kalo", "Kalo | Obol", "王小明", "Al", "Will", "J. Casey Hammond", "🦊"]
)
def test_names_are_persons(label: str) -> None:
    assert read_label(label).kind == "person"


def test_cleaning_keeps_what_is_a_name() -> None:
    assert clean_name("Kalo | Obol") == "Kalo | Obol"
    assert clean_name("  Prof. Dr.  Orla   Byrne (they/them) * ") == "Orla Byrne"
    assert clean_name("Dr A") == "Dr A"
