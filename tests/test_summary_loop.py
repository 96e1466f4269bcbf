"""The loop of the summary tables: drafted by the pipeline, written by people, checked on each run."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from running import contents, run

pytestmark = pytest.mark.pipeline

TALK = """Ann Quill: The problem is that who decides is settled before the meeting, always.

Bob Finch: What helped us was a shared agenda, so that all of us could see who decides what.

Cleo Marsh: It was hard that the jargon shut me out, and nobody said so to the professor.

Dan Webb: What helped was a glossary that we wrote together, in plain English, for the jargon.
"""
NEW = """Ann Quill: The problem is that who decides was settled before any of us came in, by chance.
"""
PEOPLE = """name,role,consent
Ann Quill,Researcher,verbatim with role
Bob Finch,Practitioner,verbatim
Cleo Marsh,Public contributor,paraphrase
Dan Webb,Public contributor,none
"""


def make(place: Path) -> Path:
    workshop = place / "study/workshops/spring"
    workshop.mkdir(parents=True)
    (workshop / "talk.txt").write_text(TALK, encoding="utf-8")
    (place / "study/participants.csv").write_text(PEOPLE, encoding="utf-8")
    (place / "study/study.yaml").write_text("title: Ours\nauthors: [Ann Quill, Bob Finch]\n")
    return place


def rerun(place: Path, *settings: str) -> tuple[int, str]:
    ended = run(place / "study", place / "results", *settings)
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stderr


@dataclass(frozen=True)
class Stage:
    """What a run left, and how it ended."""

    code: int
    said: str
    study: Path
    results: Path

    @property
    def summary(self) -> Path:
        return self.results / "summary-tables"

    def document(self, table: str = "power") -> str:
        return (self.summary / f"{table}.md").read_text(encoding="utf-8")

    def report(self, name: str = "report.html") -> str:
        """Give the section of the report on the summary tables; empty if there is none."""
        page = (self.results / name).read_bytes().decode("utf-8", errors="replace")
        _, found, rest = page.partition('<h2 id="summaries">')
        section = found and rest.partition("</section>")[0]
        return re.sub(r"&#(\d+);", lambda sign: chr(int(sign[1])), section)


@dataclass(frozen=True)
class Story:
    """The runs of one study, one after the other."""

    place: Path
    segment: str
    drafted: Stage
    written: Stage
    again: Stage
    broken: Stage
    mended: Stage
    split: Stage


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    place = make(tmp_path_factory.mktemp("loop"))
    study = place / "study"

    def stage(name: str, *settings: str) -> Stage:
        code, said = rerun(place, *settings)
        for part in ("study", "results"):
            shutil.copytree(place / part, place / name / part)
        return Stage(code, said, place / name / "study", place / name / "results")

    drafted = stage("drafted")
    segment = edit_workbook(study)
    edit_yaml(study)
    written = stage("written")
    again = stage("again")

    talk, people = study / "workshops/spring/talk.txt", study / "participants.csv"
    tables = {file: file.read_bytes() for file in (study / "tables").iterdir()}
    talk.write_text(TALK.replace("settled before", "fixed before"), encoding="utf-8")
    people.write_text(PEOPLE.replace("Bob Finch,Practitioner,verbatim", "Bob Finch,Practitioner,"))
    (study / "tables/relationships.xlsx").write_bytes(b"no workbook")
    (study / "tables/involvement.xlsx").write_bytes((study / "tables/power.xlsx").read_bytes())
    (study / "tables/pwoer.xlsx").write_bytes(b"")
    broken = stage("broken")

    talk.write_text(TALK, encoding="utf-8")
    people.write_text(PEOPLE)
    for name in ("pwoer.xlsx", "involvement.xlsx", "relationships.xlsx"):
        (study / "tables" / name).unlink()
    for file, data in tables.items():
        file.write_bytes(data)
    for name in ("autumn", "summer"):
        (study / "workshops" / name).mkdir()
        (study / "workshops" / name / "talk.txt").write_text(NEW.replace("chance", name))
    (study / "workshops.csv").write_text(
        "folder,date\nautumn,2026-10-01\nsummer,2026-06-01\nspring,2026-03-01\n"
    )
    mended = stage("mended")
    split = stage("split", with_columns("Hurts: challenge", "Do: practice", "Use: resource"))
    return Story(place, segment, drafted, written, again, broken, mended, split)


def with_columns(*columns: str) -> str:
    """Give the setting of one table, about power, with columns such as "Title: aspect"."""
    parts = (column.split(": ") for column in columns)
    made = [{"title": title, "aspects": [aspect]} for title, aspect in parts]
    table = {"id": "power", "title": "Power & us", "theme": "power", "columns": made}
    return f"tables={json.dumps([table])}"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def row_of(sheet: Worksheet, words: str) -> int:
    return next(
        row[0].row for row in sheet.iter_rows(min_row=2) if any(words in str(c.value) for c in row)
    )


def ids_of(text: object) -> list[str]:
    return re.findall(r"\[(\w+)\]", str(text))


def edit_workbook(study: Path) -> str:
    """Edit the draft as a person does in Excel; give the id of the segment about deciding."""
    file = study / "tables/power.xlsx"
    book = load_workbook(file)
    sheet = book["Table"]
    at = {str(cell.value): cell.column for cell in sheet[1]}
    row = row_of(sheet, "who decides is settled")
    segment = ids_of(sheet.cell(row, at["Challenge quotes"]).value)[0]
    other = row_of(sheet, "shared agenda")
    jargon = next(
        row[0].row
        for row in sheet.iter_rows(min_row=2)
        if row[0].row not in (row, other) and row[at["Challenge segments"] - 1].value
    )
    sheet.cell(row, at["Point"]).value = CellRichText(
        "Decisions ", TextBlock(InlineFont(b=True), "before the meeting")
    )
    sheet.cell(row, at["Challenges (own wording)"]).value = "=1+1 is what <b>we</b> & they 50% said"
    sheet.cell(row, at["Challenges (own wording)"]).data_type = "s"
    sheet.cell(row, at["Practices and resources (own wording)"]).value = "Agendas\nthat are shared"
    sheet.cell(
        row, at["Challenge quotes"]
    ).value = f'[{segment}]  "The problem is … settled  before\nthe meeting, always."'
    heard = str(sheet.cell(jargon, at["Challenge segments"]).value).split()[0]
    sheet.cell(
        jargon, at["Challenge quotes"]
    ).value = f"[{heard}] paraphrase: Words shut people out"
    # A column and a blank row of their own, the columns in another order, and a row that moved.
    width = sheet.max_column
    sheet.cell(1, width + 1).value = "Who does it"
    sheet.cell(row, width + 1).value = "Bob, by May"
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    head, *body = cells
    order = sorted(range(len(head)), key=lambda n: str(head[n]))
    moved = [body[jargon - 2], *(line for n, line in enumerate(body) if n != jargon - 2)]
    for line in [*sheet.iter_rows()]:
        for cell in line:
            cell.value = None
    for number, line in enumerate([head, [None] * len(head), *moved], start=1):
        for column, n in enumerate(order, start=1):
            sheet.cell(number, column).value = line[n]
            if isinstance(line[n], str):
                sheet.cell(number, column).data_type = "s"
    book.save(file)
    return segment


def edit_yaml(study: Path) -> None:
    """Change a point in the draft in YAML."""
    file = study / "tables/involvement.yaml"
    written = file.read_text(encoding="utf-8")
    point = re.search(r'- point: "(.*)"', written)
    if point is None:
        written = written.replace("rows: []", "rows:\n  - dropped_because: nothing here")
    else:
        written = written.replace(point[1], "In our own words", 1)
    file.write_text(written, encoding="utf-8")


def test_a_draft_quotes_only_those_who_agreed(story: Story) -> None:
    drafted = story.drafted
    assert drafted.code == 0, drafted.said
    assert f"Drafts of summary tables to edit: 3, in {story.place / 'study/tables'}" in drafted.said
    book = load_workbook(drafted.study / "tables/power.xlsx")
    assert book.sheetnames == ["Table", "How to edit", "Evidence not used"]
    texts = " ".join(str(cell.value) for row in book["Table"].iter_rows() for cell in row)
    assert "“The problem is that who decides is settled before the meeting, always.”" in texts
    assert "jargon shut me out" not in texts and "glossary" not in texts
    unused = " ".join(
        str(cell.value) for row in book["Evidence not used"].iter_rows() for cell in row
    )
    assert "jargon shut me out" in unused and "only in your own words" in unused
    said = drafted.document()
    assert "(Researcher, spring)" in said
    assert "could see who decides what.” (spring)" in said
    assert "A machine drafted the rows" in said and "Draft: a machine chose these words" in said
    assert "Ann Quill; Bob Finch" in said
    assert rows(drafted.summary / "not-yet-covered.csv") == []


def test_what_people_write_is_kept(story: Story) -> None:
    written = story.written
    assert written.code == 0, written.said
    before = contents(story.drafted.study / "tables")
    after = contents(written.study / "tables")
    # Only untouched drafts beside what people wrote went away; nothing that they wrote changed.
    assert set(before) - set(after) == {"power.yaml", "involvement.xlsx"}
    assert contents(story.mended.study / "tables")["power.xlsx"] == after["power.xlsx"]
    assert contents(story.mended.study / "tables")["involvement.yaml"] == after["involvement.yaml"]


def test_what_people_write_is_printed_in_every_form(story: Story) -> None:
    made = story.written.document()
    assert "Decisions before the meeting<br>1 workshop, fewer than 5 people" in made
    assert "=1+1 is what &lt;b&gt;we&lt;/b&gt; &amp; they 50% said<br>“The problem is" in made
    assert "Agendas<br>that are shared" in made
    assert "Words shut people out (paraphrase, spring)" in made
    assert made.index("Words shut people out") < made.index("Decisions before the meeting")
    assert "written or chosen by people" in made and "Draft: a machine" not in made
    assert "Bob, by May" not in made
    results = story.written.summary
    tex = (results / "power.tex").read_text(encoding="utf-8")
    assert (
        r"=1+1 is what \textless\kern0pt{}b\textgreater\kern0pt{}we" in tex
        and r"\& they 50\% said" in tex
    )
    page = (results / "power.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;we&lt;/b&gt;" in page and "<b>we" not in page
    table = rows(results / "power.csv")
    assert {row["made_by"] for row in table} == {"people"}
    cell = next(row["challenges"] for row in table if "1+1" in row["challenges"])
    assert cell.startswith("'=1+1")
    again = load_workbook(results / "power.xlsx")
    values = [cell for row in again["Table"].iter_rows() for cell in row if cell.value]
    assert not any(cell.data_type == "f" for cell in values)
    assert any(str(cell.value).startswith("=1+1") for cell in values)
    with zipfile.ZipFile(results / "power.docx") as file:
        assert "=1+1 is what &lt;b&gt;we&lt;/b&gt;" in file.read("word/document.xml").decode()


def test_nothing_is_done_twice(story: Story) -> None:
    assert story.again.code == 0 and "Nothing to be done" in story.again.said
    assert contents(story.again.results) == contents(story.written.results)
    assert contents(story.again.study) == contents(story.written.study)


def test_what_no_longer_holds_ends_the_run_with_its_rows(story: Story) -> None:
    broken = story.broken
    assert broken.code == 1
    told = broken.said[
        broken.said.index("not everything in the summary tables that people wrote") :
    ]
    if story.segment in (broken.results / "data/segments.csv").read_text(encoding="utf-8-sig"):
        where = f"These words are not in segment {story.segment}: “settled before the meeting"
    else:
        where = f"names a segment that is not there: {story.segment}."
    assert where in told
    for wanted in (
        r"tables/power\.xlsx, row \d+, Challenge quotes: ",
        r"tables/power\.xlsx, row \d+, Practice quotes: The quote “What helped us was a shared agenda,"
        r" so …” is by Practitioner 1, who has not agreed to be quoted\.",
        r"tables/involvement\.xlsx and tables/involvement\.yaml: People have written this table in",
        r"tables/relationships\.xlsx and tables/relationships\.yaml|tables/relationships\.xlsx: ",
    ):
        assert re.search(wanted, told), wanted
    assert "belong to no table of the settings: pwoer.xlsx" in broken.said


def test_all_else_is_there_and_nobody_is_quoted_who_did_not_agree(story: Story) -> None:
    for name in ("report.html", "index.html", "summary-tables/power.docx"):
        assert (story.broken.results / name).is_file()
    assert "Not ready" in story.broken.document()
    for form in ("md", "csv", "html", "tex"):
        text = (story.broken.summary / f"power.{form}").read_text(encoding="utf-8-sig")
        assert "shared agenda, so" not in text and "always.”" not in text
    assert "Not ready" not in story.mended.document()


def test_new_evidence_is_listed_the_newest_workshop_first(story: Story) -> None:
    mended = story.mended
    assert mended.code == 0, mended.said
    left = rows(mended.summary / "not-yet-covered.csv")
    assert [row["workshop"] for row in left if row["table_id"] == "power"] == ["autumn", "summer"]
    assert "power: segments that no row covers yet: 2." in mended.said
    assert left[0]["side"] == "challenge" and "by autumn" in left[0]["text"]
    # A fresh draft has it, and so has a table that nobody has written yet.
    fresh = load_workbook(mended.summary / "drafts/power.xlsx")["Table"]
    assert any(left[0]["segment_id"] in str(c.value) for row in fresh.iter_rows() for c in row)


def test_the_report_shows_what_people_wrote_and_says_which_tables_are_drafts(story: Story) -> None:
    drafted, written = story.drafted.report(), story.written.report()
    assert drafted.count("<strong>Draft.</strong>") == drafted.count("<h3") == 1
    assert written.count("<strong>Written by people.</strong>") == written.count("<h3") == 1
    assert "Decisions before the meeting" in written and "Agendas</p><p" in written
    assert "=1+1 is what &lt;b&gt;we&lt;/b&gt; &amp; they 50% said" in written
    assert "“The problem is … settled before the meeting, always.” (Researcher, spring)" in written
    assert "As a computer drafted it" in written and "As a computer drafted it" not in drafted
    # Its row leads to what stands behind it.
    assert re.search(rf'data-show="segment={story.segment}[^"]*">Decisions before', written)


def test_the_report_leaves_out_what_does_not_hold_and_says_so(story: Story) -> None:
    broken = story.broken.report()
    assert "It is not ready" in broken and "It is not ready" not in story.mended.report()
    assert "shared agenda, so" not in broken and "always.”" not in broken


def test_the_public_edition_shows_only_what_people_wrote(story: Story) -> None:
    assert story.drafted.report("report-public.html") == ""
    # A table that does not hold is not for the public.
    assert story.broken.report("report-public.html") == ""
    public = story.written.report("report-public.html")
    assert "<strong>Draft.</strong>" not in public and "As a computer drafted it" not in public
    assert "Decisions before the meeting" in public
    # Each of the roles is one of few.
    assert "“The problem is … settled before the meeting, always.”</p>" in public
    assert "Words shut people out (paraphrase)" in public
    assert "fewer than 10 people, the only workshop" in public
    assert story.segment not in public and "data-show" not in public


def test_words_stay_in_their_columns_when_a_table_gets_other_ones(story: Story) -> None:
    split = story.split
    assert split.code == 0, split.said
    assert contents(split.study / "tables") == contents(story.mended.study / "tables")
    made = split.document()
    assert "| Point | Hurts | Do | Use |" in made
    assert (
        "“The problem is … settled before the meeting, always.” (Researcher, spring) | Agendas<br>"
        in made
    )
    table = rows(split.summary / "power.csv")
    assert [name for name in table[0] if name.endswith("s")] == [
        *("challenges", "practices", "resources"),
        *("challenge_quotes", "practice_quotes", "resource_quotes", "workshops"),
        *("challenge_segments", "practice_segments", "resource_segments"),
    ]
    head = [cell.value for cell in load_workbook(split.summary / "power.xlsx")["Table"][1]]
    assert head[1:5] == ["Point", "Challenges", "Practices", "Resources"]
    for form in ("tex", "html"):
        text = (split.summary / f"power.{form}").read_text(encoding="utf-8")
        assert text.index("Hurts") < text.index("Do") < text.index("Use")
    for form in ("docx", "large-print.docx"):
        with zipfile.ZipFile(split.summary / f"power.{form}") as file:
            assert file.read("word/document.xml").count(b"<w:gridCol ") == 4
    fresh = load_workbook(split.summary / "drafts/power.xlsx")["Table"]
    assert "Resources (Use; own wording)" in [cell.value for cell in fresh[1]]
    assert ">Use</th>" in split.report()
