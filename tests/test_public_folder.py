"""The public folder: handouts, tables and the report tell the same, and nobody's secrets."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from docx import Document
from lxml import html

import report_fixture
from commonthread.codebook import load_codebook
from commonthread.disclosure import public_tables
from commonthread.disclosure.export import (
    NAMES,
    README,
    public_data,
    write_public_data,
    write_readme,
)
from commonthread.disclosure.handouts import public_questions, public_resources
from commonthread.disclosure.talk import few_roles
from commonthread.findings import read_findings
from commonthread.problems import InputProblems
from commonthread.release.record import file_hashes, folder_hash
from commonthread.release.subtraction import SegmentNumbers, worked_out
from commonthread.release.told import read_public_tables, told_by_tables
from commonthread.report import ReportInputs, write_report
from commonthread.report.edition import public
from commonthread.report.questions import write_questions
from commonthread.report.resources import write_resources
from commonthread.steps.check_public import check_public_folder
from commonthread.tables import as_table, columns, read_table
from handout_fixture import participants, public_pages
from report_reading import page_text
from running import ROOT, run
from small_study import study as small_study

CONSENTS = ("verbatim with role", "verbatim", "paraphrase", "none")
THRESHOLD = 10


def made_study(**size: Any) -> ReportInputs:
    made = report_fixture.inputs(**size)
    people = made.participants.copy()
    people["consent"] = [CONSENTS[place // 4 % 4] for place in range(len(people))]
    return replace(made, participants=people)


def tables_of(study: ReportInputs, threshold: int = THRESHOLD) -> dict[str, pd.DataFrame]:
    shown = public_tables(study, study.codebook, threshold)
    named = public_resources(
        study.segments,
        study.turns,
        study.codings,
        study.participants,
        study.workshops,
        study.codebook,
        few_roles(study.participation, threshold),
    )
    asked = public_questions(shown, study.codebook)
    return public_data(shown, asked, named, study.workshops)


@pytest.fixture(scope="module")
def study() -> ReportInputs:
    return made_study(people=48, turns=90)


@pytest.fixture(scope="module")
def folder(study: ReportInputs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("public")
    write_public_data(tables_of(study), place)
    write_report(study, place / "report.html", public(THRESHOLD))
    return place


def read(folder: Path, name: str) -> pd.DataFrame:
    texts = dict.fromkeys(("withheld", "small"), str)
    return pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""], dtype=texts)


def test_every_table_opens_in_pandas_with_numbers_as_numbers(folder: Path) -> None:
    for name in NAMES:
        frame = read(folder, name)
        assert list(frame.columns) == list(columns(f"public_{name}"))
        for column, kind in columns(f"public_{name}").items():
            if kind in ("number", "whole number"):
                assert pd.api.types.is_numeric_dtype(frame[column]), (name, column)
    dictionary = read(folder, "data_dictionary")
    assert set(dictionary["table"]) == set(NAMES)


def test_an_empty_cell_is_withheld_or_says_so(folder: Path) -> None:
    frame = read(folder, "frequencies")
    withheld = frame["withheld"].fillna("").str.split("; ")
    for column in ("segments", "people", "share", "talk_segments"):
        named = withheld.apply(lambda names, it=column: it in names)
        assert (frame[column].isna() == named).all()
        assert named.any()
    small = frame["small"].fillna("").str.split("; ").apply(lambda names: "people" in names)
    assert (frame["people_at_least"][small] == 1).all()
    assert (frame["people_at_least"][~small & frame["people"].isna()] >= THRESHOLD).all()


def test_workshops_of_one_title_are_told_apart() -> None:
    small = made_study(people=12, turns=6)
    small = replace(small, workshops=small.workshops.assign(workshop="A day"))
    titles = tables_of(small)["coverage"]["workshop"].dropna().tolist()
    assert titles == ["A day", "A day (2)", "A day (3)", "A day (4)", "A day (5)"]


def page_tables(folder: Path) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Give id, headings and rows of each table of the public report."""
    page = html.fromstring(page_text(folder / "report.html"))
    for table in page.iter("table"):
        rows = [
            [cell.text_content().strip() for cell in row.iter("th", "td")]
            for row in table.iter("tr")
        ]
        yield table.get("id"), rows[0], rows[1:]


def number(text: str) -> float | None:
    """Give the number at the start of a cell; None if none is shown."""
    first = text.replace(",", "").split(" ")[0]
    return float(first) if first.isdigit() else None


def test_the_report_shows_of_each_code_what_the_table_shows(
    study: ReportInputs, folder: Path
) -> None:
    told = read(folder, "frequencies").set_index("name")
    seen = 0
    for id, headings, rows in page_tables(folder):
        if "People" not in headings or headings[0] not in ("Code", "Theme"):
            continue
        for row in rows:
            cells = dict(zip(headings, row, strict=True))
            for heading, column in (("Segments", "segments"), ("People", "people")):
                value = told.loc[cells[headings[0]], column]
                assert number(cells[heading]) == (None if pd.isna(value) else value), (id, row)
                seen += 1
    assert seen > 20


def test_the_report_shows_of_each_group_what_the_tables_show(
    study: ReportInputs, folder: Path
) -> None:
    frame = read(folder, "frequencies_by_group")
    by_role = frame[frame["group"] == "role"].set_index(["name", "role"])["segments"]
    by_workshop = frame[frame["group"] == "workshop"].set_index(["name", "workshop"])["segments"]
    seen = 0
    for id, headings, rows in page_tables(folder):
        if id in ("chart-themes-roles-table", "chart-power-roles-table"):
            cells = [
                ((row[0], head), at)
                for row in rows
                for head, at in zip(headings[1:], row[1:], strict=True)
            ]
            told = by_role
        elif id == "chart-themes-workshops-table":
            cells = [
                ((head, row[0]), at)
                for row in rows
                for head, at in zip(headings[1:], row[1:], strict=True)
            ]
            told = by_workshop
        else:
            continue
        for key, text in cells:
            assert number(text) == (None if pd.isna(told[key]) else told[key]), key
            seen += 1
    assert seen > 10


def test_the_report_shows_of_pairs_talk_and_coverage_what_the_tables_show(
    study: ReportInputs, folder: Path
) -> None:
    names = {code.name: code.id for code in study.codebook.codes}
    pairs = read(folder, "cooccurrence").set_index(["code_a", "code_b"])["segments_both"]
    words = read(folder, "participation")
    none = read(folder, "coverage").set_index("workshop")["not_coded"]
    seen = set()
    for id, headings, rows in page_tables(folder):
        for row in rows:
            if id == "aspects-table":
                for aspect, text in zip(headings[2:], row[2:], strict=True):
                    told = pairs[names[row[0]], names[aspect]]
                    assert number(text) == (None if pd.isna(told) else told)
            elif id == "uncoded-table":
                assert number(row[1]) == none[row[0]]
            elif id == "roles-table":
                own = words[words["role"].str.capitalize().eq(row[0]) & words["workshop"].isna()]
                assert number(row[headings.index("Words")]) == own["words"].item()
            elif id == "evenness-table":
                own = words[words["workshop"].eq(row[0]) & (words["group"] == "workshop")]
                assert number(row[1]) == own["people"].item()
            else:
                continue
            seen.add(id)
    assert seen >= {"aspects-table", "roles-table", "evenness-table"}


def test_only_those_who_agreed_are_quoted_with_nothing_that_links_their_words() -> None:
    agreed = participants().assign(consent="verbatim with role")
    page, _ = public_pages(1, participants=agreed)
    quoted = {naming.who for part in page.parts for s in part.subjects for naming in s.namings}
    assert quoted == {
        "Somebody of the role researcher",
        "Somebody of the role practitioner",
        "Somebody of the role public contributor",
    }
    few, _ = public_pages(2, participants=agreed)
    named = [naming for part in few.parts for s in part.subjects for naming in s.namings]
    assert {naming.who for naming in named} == {"Somebody who took part"}
    nobody, _ = public_pages(2, participants=agreed.assign(consent="paraphrase"))
    assert not [naming for part in nobody.parts for s in part.subjects for naming in s.namings]
    assert nobody.parts[0].subjects[0].breadth == "Named in both workshops."


def test_a_pseudonym_within_a_quote_names_no_role_of_few_people() -> None:
    turns = small_study()["turns"]
    said = turns.assign(text=turns["text"] + " Ask Facilitator 1.")
    segments = small_study()["segments"]
    longer = segments.assign(end=segments["end"] + len(" Ask Facilitator 1."))
    everybody = participants().assign(consent="verbatim")
    for threshold, somebody in ((1, "[a facilitator]"), (2, "[a person]")):
        page, _ = public_pages(threshold, turns=said, segments=longer, participants=everybody)
        texts = [
            "".join(piece.text for piece in naming.pieces)
            for part in page.parts
            for subject in part.subjects
            for naming in subject.namings
        ]
        assert any(f"Ask {somebody}." in text for text in texts)
        assert not any("Facilitator 1" in text for text in texts)


def test_small_numbers_of_people_are_not_in_the_handouts() -> None:
    page, asked = public_pages(2)
    # One person each spoke of money and of who talks too much.
    why = {subject.id: subject.why for part in asked.parts for subject in part.subjects}
    assert why["subject-payment"].endswith("in both workshops, from fewer than 2 people.")
    assert all(not subject.others for part in page.parts for subject in part.subjects)
    assert "by 3 people" in page.summary


def test_the_word_documents_say_that_they_are_public_and_name_nobody(tmp_path: Path) -> None:
    page, asked = public_pages(2)
    write_resources(page, tmp_path / "r.html", tmp_path / "r.docx", language="en")
    write_questions(asked, tmp_path / "q.html", tmp_path / "q.docx", language="en")
    for name in ("r.docx", "q.docx"):
        paragraphs = Document(str(tmp_path / name)).paragraphs
        said = [each.text for each in paragraphs]
        assert any(text.startswith("This is the public edition.") for text in said)
        assert {"Title", "Heading 1", "Heading 2"} <= {each.style.name for each in paragraphs}
        for person in small_study()["participants"]["participant_id"]:
            assert not any(person in text for text in said)


def test_the_text_says_the_threshold_and_how_withheld_numbers_are_marked(tmp_path: Path) -> None:
    write_readme(tmp_path / README, study="S", invented=True, threshold=7)
    text = (tmp_path / README).read_text("utf-8")
    assert "fewer than 7 people or segments" in text
    assert '"withheld"' in text and '"small"' in text and "invented example" in text


def everything(folder: Path) -> Iterator[tuple[str, str]]:
    """Give name and words of each file of a public folder."""
    for file in sorted(folder.rglob("*")):
        if file.suffix == ".docx":
            yield file.name, "\n".join(each.text for each in Document(str(file)).paragraphs)
        elif file.suffix == ".html":
            yield file.name, html.fromstring(page_text(file)).text_content()
        elif file.is_file():
            yield file.name, file.read_text("utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the results of the example study."""
    place = tmp_path_factory.mktemp("example")
    shutil.copytree(
        ROOT / "data/example", place / "example", ignore=shutil.ignore_patterns("tables")
    )
    ended = run(place / "example", place / "results")
    assert ended.returncode == 0, ended.stderr
    return place / "results"


@pytest.mark.pipeline
def test_the_public_folder_of_the_example_study_tells_nothing_that_it_must_not(
    example: Path,
) -> None:
    folder = example / "public"
    edition = (example / "report-public.html").read_bytes()
    assert (folder / "report.html").read_bytes() == edition
    texts = dict(everything(folder))
    assert {"README.txt", "resources.docx", "questions.html", "frequencies.csv"} <= set(texts)
    whole = "\n".join(texts.values())

    def rows(name: str) -> list[dict[str, str]]:
        with (example / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    people = {row["participant_id"]: row["consent"] for row in rows("participants")}
    agreed = {"verbatim", "verbatim with role"}
    secrets = [*people]
    for segment in rows("segments"):
        secrets.append(segment["segment_id"])
        words = segment["text"][:60]
        if people.get(segment["participant_id"], "none") not in agreed and len(words) == 60:
            secrets.append(words)
    secrets += [row["path"] for row in rows("sources")] + [row["sha256"] for row in rows("sources")]
    assert len(secrets) > 1_000
    assert [secret for secret in secrets if secret in whole] == []
    assert any(
        segment["text"][:60] in texts["resources.csv"]
        for segment in rows("segments")
        if len(segment["text"]) >= 60
    )


@pytest.mark.pipeline
def test_no_small_number_of_the_example_study_can_be_worked_out(
    example: Path, tmp_path: Path
) -> None:
    findings = read_findings(example / "data")
    book = load_codebook(ROOT / "config/codebook.yaml")
    titles = read_table(example / "steps/workshops.parquet", "workshops")

    def told(threshold: int) -> SegmentNumbers:
        nothing = (as_table({}, name) for name in ("public_questions", "public_resources"))
        tables = public_data(public_tables(findings, book, threshold), *nothing, titles)
        write_public_data(tables, tmp_path / str(threshold))
        read_again = told_by_tables(read_public_tables(tmp_path / str(threshold)), threshold)
        roles = tables["coverage"]["role"].dropna().tolist()
        return SegmentNumbers([*read_again], book, titles["workshop"].tolist(), roles, ends=())

    # With a threshold of 1, everything is told and so known.
    everything_told, attack = told(1), told(THRESHOLD)
    for name in ("frequencies", "frequencies_by_group", "coverage"):
        written = (example / f"public/data/{name}.csv").read_bytes()
        assert (tmp_path / f"{THRESHOLD}/{name}.csv").read_bytes() == written
    counts = [each for each in everything_told.wanted() if " both " not in each.name]
    small = everything_told.unknowns.known([each.sums for each in counts], THRESHOLD)
    assert len(small) > 100
    asked = [counts[at].sums for at in small if not counts[at].lacking]
    ranges = [attack.unknowns.range(each) for each in asked[::4]]
    assert min(most - least for least, most in ranges) > THRESHOLD - 2 - 1e-6
    assert worked_out(attack.unknowns, attack.wanted(), THRESHOLD) == []


@pytest.mark.pipeline
def test_the_check_finds_nothing_in_the_example_study_and_says_who_released_it(
    example: Path,
) -> None:
    study, files = example.parent / "example", file_hashes(example / "public")
    content = {
        **{"format": "commonthread release", "format_version": 1, "study": "Example"},
        **{"folder_sha256": folder_hash(files), "findings": [], "released_by": "Jo Wren"},
        **{"capacity": "", "where_to": "", "reason": "", "note": "", "looked_at": []},
        "date": "2026-03-05T10:00:00Z",
        "files": [{"name": name, "sha256": value} for name, value in files.items()],
    }
    (study / "releases").mkdir()
    (study / "releases/release.json").write_text(json.dumps(content), encoding="utf-8")
    ended = run(study, example, target="check_public")
    assert ended.returncode == 0, ended.stderr
    assert "The check found nothing" in ended.stderr
    assert "Jo Wren released the public folder on 2026-03-05, as it is now." in ended.stderr
    page = html.fromstring((example / "public-release.html").read_bytes().decode("ascii"))
    record = json.loads(page.get_element_by_id("record").text)
    assert record["folder_sha256"] == content["folder_sha256"]


def checked(example: Path, folder: Path, tmp_path: Path) -> str:
    """Check a copy of the example's public folder as the rule does; give what is wrong with it."""
    steps, private = example / "steps", example.with_name("results-private")

    def batches(place: Path, pattern: str = "*.parquet") -> list[str]:
        return [str(file) for file in sorted(place.glob(pattern))]

    files = {
        **{name: batches(steps / name) for name in ("sources", "turns", "segments", "codings")},
        **{
            name: str(steps / f"{name}.parquet")
            for name in ("people_codings", "participants", "workshops", "unlisted_counts")
        },
        "codebook": str(ROOT / "config/codebook.yaml"),
        **{
            name: str(example / f"data/{name}.parquet") for name in ("frequencies", "participation")
        },
        **{name: str(private / f"{name}.parquet") for name in ("names", "speakers")},
        "whole_turns": batches(private / "withdrawn", "*.turns.parquet"),
        "whole_segments": batches(private / "withdrawn", "*.segments.parquet"),
        "public": [
            str(folder / file.relative_to(example / "public"))
            for file in (example / "public").rglob("*")
            if file.is_file()
        ]
        + [str(example / "report-public.html")],
    }
    about = {"title": "Example", "invented": True}
    page = tmp_path / "page.html"
    try:
        check_public_folder(
            files,
            about,
            authors=[],
            threshold=THRESHOLD,
            linked=False,
            identifiers={},
            study=str(example.parent / "example"),
            folder=str(folder),
            page_file=str(page),
        )
    except InputProblems as problems:
        assert page.is_file()
        return str(problems)
    return ""


@pytest.mark.pipeline
def test_the_check_finds_what_somebody_put_into_the_folder(example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    shutil.copytree(example / "public", folder)
    assert checked(example, folder, tmp_path) == ""
    waiting = read_table(example / "steps/unlisted_counts.parquet", "unlisted_counts")["entries"]
    assert f"may be names: {waiting.sum()}." in (tmp_path / "page.html").read_text("utf-8")
    people = read_table(example / "steps/participants.parquet", "participants")
    secret = people[people["consent"] == "none"]["participant_id"]
    segments = pd.read_csv(example / "data/segments.csv")
    said = segments[segments["participant_id"].isin(secret) & (segments["words"] > 20)].iloc[0]
    name = read_table(example.with_name("results-private") / "names.parquet", "names")["form"][0]

    report = (folder / "report.html").read_bytes()
    quote = f'<figure class="quote"><blockquote><p>{said["text"]}</p></blockquote><figcaption>'
    quote += "Somebody who took part.</figcaption></figure>"
    more = f"<p>{people['participant_id'][0]}, {said['segment_id']}, 00:01:02</p><p>{name}</p>"
    added = (quote + more).encode("ascii", "xmlcharrefreplace")
    (folder / "report.html").write_bytes(report.replace(b"</main>", added + b"</main>"))
    (folder / "Thumbs.db").write_bytes(b"x")
    document = Document(str(folder / "questions.docx"))
    document.core_properties.last_modified_by = "somebody"
    document.save(str(folder / "questions.docx"))
    # Two of the numbers that are withheld, as they are.
    told = pd.read_csv(example / "data/frequencies.csv")
    small = told[(told["group"] == "all") & (told["segments"] < THRESHOLD) & (told["segments"] > 0)]
    table = folder / "data/frequencies.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["code_id"] == small["code_id"].iloc[0]:
            row["segments"] = str(small["segments"].iloc[0])
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)

    problems = checked(example, folder, tmp_path)
    for what in (
        "Thumbs.db: This file does not belong into the public folder.",
        f"segments with “{small['name'].iloc[0]}”: {small['segments'].iloc[0]}.",
        f"The pseudonym “{people['participant_id'][0]}” stands in it",
        f"The id of a segment stands in it: “{said['segment_id']}”",
        "as a recording has them: “00:01:02”",
        "A name that is listed stands in it",
        "are of somebody who did not agree to be quoted",
        "questions.docx: The document says who changed it last",
        "report-public.html: It is not the same as report.html",
    ):
        assert what in problems, what
    page = (tmp_path / "page.html").read_text("ascii")
    assert name not in problems and name not in page


@pytest.mark.pipeline
def test_the_check_of_the_example_study_is_found_and_stays_with_the_team(example: Path) -> None:
    shares = pd.read_csv(example / "data/corrected_frequencies.csv")
    whole = shares[shares["group"] == "all"]
    assert set(whole["checked"]) == set(whole["checked_twice"]) == {100}
    assert whole["share"].notna().sum() > 40
    assert b'id="chart-corrected-themes"' in (example / "report.html").read_bytes()
    assert b"chart-corrected" not in (example / "report-public.html").read_bytes()
    assert not [file for file in (example / "public").rglob("*") if "corrected" in file.name]
