"""The pipeline as a whole, run as a person runs it."""

from __future__ import annotations

import csv
import shutil
import stat
from pathlib import Path

import pytest

from running import contents, make_study, run

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """Give a study that was run: its folder, its results, and what the terminal said."""
    place = tmp_path_factory.mktemp("done")
    study, results = make_study(place / "study"), place / "results"
    ended = run(study, results)
    assert ended.returncode == 0, ended.stderr
    return study, results, ended.stderr


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_the_codebook_is_written_on_request(done: tuple[Path, Path, str], tmp_path: Path) -> None:
    study, finished, _ = done
    results = tmp_path / finished.name
    for folder in (finished, finished.with_name(f"{finished.name}-private")):
        shutil.copytree(folder, tmp_path / folder.name)
    before = contents(results)
    ended = run(study, results, target="codebook")
    assert ended.returncode == 0, ended.stderr
    made = contents(results)
    assert before.items() <= made.items()
    for name in ("codebook.html", "codebook.docx", "codebook.large-print.docx", "codebook.xlsx"):
        assert (results / "codebook" / name).stat().st_size > 0, name
    words = rows(results / "codebook" / "where-to-look" / "term_use.csv")
    assert {row["finding"] for row in words} >= {"never matches"}


def test_a_folder_of_files_becomes_findings(done: tuple[Path, Path, str]) -> None:
    _, results, _ = done
    for name in (
        "index.html",
        "report.html",
        "data/frequencies.csv",
        "data/segments.csv",
        "data/data_dictionary.csv",
        *(f"summary-tables/power.{form}" for form in ("docx", "xlsx", "csv", "md", "tex", "html")),
        "summary-tables/power.large-print.docx",
        "summary-tables/not-yet-covered.csv",
    ):
        assert (results / name).stat().st_size > 0, name
    segments = rows(results / "data/segments.csv")
    assert [row["participant_id"] for row in segments] == [
        "Participant 1",
        "Participant 2",
        "Participant 1",
    ]
    assert "Participant 1 knows it" in segments[1]["text"]
    frequencies = {
        row["code_id"]: row["segments"]
        for row in rows(results / "data/frequencies.csv")
        if row["group"] == "all"
    }
    assert frequencies["jargon"] == "1"


def test_every_finding_is_there_for_people_and_for_machines(done: tuple[Path, Path, str]) -> None:
    from commonthread.findings import NAMES

    _, results, _ = done
    for name in NAMES:
        assert (results / "data" / f"{name}.csv").is_file()
        assert (results / "data" / f"{name}.parquet").is_file()


def test_the_terminal_speaks_to_people(done: tuple[Path, Path, str]) -> None:
    _, results, said = done
    for words in (
        "Reading the workshop files (1)",
        "Files: 1 read, 0 refused. Turns and notes: 3. Words: 44.",
        "Replacing names with pseudonyms",
        f"Open {results}/index.html in a web browser.",
    ):
        assert words in said
    for noise in ("rule ", "jobid", "wildcards", "Traceback", "Building DAG", "Exiting"):
        assert noise not in said


def test_names_and_the_key_stay_out_of_the_results(done: tuple[Path, Path, str]) -> None:
    _, results, said = done
    key = results.with_name("results-private")
    assert stat.S_IMODE(key.stat().st_mode) == 0o700
    assert stat.S_IMODE((key / "pseudonyms.csv").stat().st_mode) == 0o600
    assert {row["name"] for row in rows(key / "participants.csv")} == {"Ann Quill", "Bob Finch"}
    assert "Quill" not in said
    assert not any(b"Quill" in file.read_bytes() for file in results.rglob("*") if file.is_file())


def test_nothing_is_done_twice(done: tuple[Path, Path, str]) -> None:
    study, results, _ = done
    before = contents(results)
    again = run(study, results)
    assert again.returncode == 0
    assert f"Nothing to be done: the results in {results} are up to date." in again.stderr
    assert contents(results) == before


def test_the_list_to_complete_can_be_put_into_the_study(
    done: tuple[Path, Path, str], tmp_path: Path
) -> None:
    for folder in done[0].parent.iterdir():
        shutil.copytree(folder, tmp_path / folder.name)
    study, results = tmp_path / "study", tmp_path / "results"
    found = (tmp_path / "results-private/participants.csv").read_text("utf-8-sig")
    completed = found.replace("Ann Quill,,,", "Ann Quill,,Researcher,", 1)
    assert completed != found
    (study / "participants.csv").write_text(completed, encoding="utf-8-sig")
    assert run(study, results).returncode == 0
    segments = rows(results / "data/segments.csv")
    assert segments[0]["participant_id"] == "Researcher 1"
    assert "Researcher 1 knows it" in segments[1]["text"]

    (study / "participants.csv").write_text("name,role\nAnn Quill,Carer\nAnn Quill,Chair\n")
    for _ in range(2):
        ended = run(study, results)
        assert ended.returncode == 1
        assert "participants.csv, row 3" in ended.stderr


def test_a_bad_file_and_an_empty_folder_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", empty__docx=b"", copy__txt="Cy: something else\n")
    (study / "workshops/spring/twice.txt").write_bytes(b"Cy: something else\n")
    (study / "workshops/autumn").mkdir()
    results = tmp_path / "results"
    ended = run(study, results)
    assert ended.returncode == 1
    assert "The workshop autumn has no files." in ended.stderr
    assert "they leave out 2 of 4 files:" in ended.stderr
    assert "workshops/spring/empty.docx: " in ended.stderr
    assert "workshops/spring/twice.txt: It is the same file as workshops/spring/copy.txt." in (
        ended.stderr
    )
    assert "Traceback" not in ended.stderr
    sources = rows(results / "data/sources.csv")
    assert sorted(row["status"] for row in sources) == ["read", "read", "refused", "refused"]
    page = (results / "index.html").read_text("utf-8")
    assert "empty.docx" in page and "2 files could not be read" in page

    (study / "workshops/spring/empty.docx").unlink()
    (study / "workshops/spring/twice.txt").unlink()
    (study / "workshops/autumn").rmdir()
    mended = run(study, results)
    assert mended.returncode == 0, mended.stderr


@pytest.mark.parametrize(
    ("file", "content", "more", "told"),
    [
        (None, "", ["studdy=x"], 'Did you mean "study"?'),
        (None, "", ["study=nowhere"], "There is no folder nowhere."),
        (
            "participants.csv",
            "nam,role\nAnn,Researcher\n",
            [],
            'participants.csv, headings: There is no column "nam"',
        ),
        ("workshops.csv", "folder,workshop\nautumn,Autumn\n", [], "workshops.csv, row 2"),
        ("study.yaml", "titel: x\n", [], 'Did you mean "title"?'),
        ("codebook.yaml", "title: x\nthemes: NO\n", [], "codebook.yaml, line 2"),
    ],
)
def test_wrong_input_gets_a_clear_sentence(
    tmp_path: Path, file: str | None, content: str, more: list[str], told: str
) -> None:
    study = make_study(tmp_path / "study")
    if file is not None:
        (study / file).write_text(content, encoding="utf-8")
    ended = run(study, tmp_path / "results", *more)
    assert ended.returncode != 0
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
