"""Who released which folder: taken in once, never written over, and held against the folder now."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from commonthread.problems_file import write_problems
from commonthread.release.record import (
    COLUMNS,
    compared,
    file_hashes,
    folder_hash,
    last_release,
    releases,
    take_in,
)
from commonthread.steps.finish import finish
from commonthread.tables import empty_table, write_table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "public"
    (place / "data").mkdir(parents=True)
    (place / "report.html").write_text("report", encoding="utf-8")
    (place / "data/counts.csv").write_text("n\n12\n", encoding="utf-8")
    return place


def save(study: Path, folder: Path, name: str = "release.json", **changes: object) -> Path:
    """Save a record as the page does."""
    files = file_hashes(folder)
    content = {
        **{"format": "commonthread release", "format_version": 1, "study": "S"},
        **{"folder_sha256": folder_hash(files), "findings": [], "released_by": "Jo Wren"},
        **{"capacity": "=lead", "where_to": "a website", "reason": "", "note": "two\nlines"},
        **{"looked_at": ["quotes", "names"], "date": "2026-03-05T10:00:00.000Z"},
        "files": [{"name": each, "sha256": value} for each, value in files.items()],
        **changes,
    }
    kept = {key: value for key, value in content.items() if value is not None}
    file = study / "releases" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(kept), encoding="utf-8")
    return file


def test_a_release_is_taken_in_once_and_the_list_only_grows(tmp_path: Path, folder: Path) -> None:
    study = tmp_path / "study"
    assert take_in(study) == [] and last_release(study) is None
    save(study, folder)
    assert take_in(study) == take_in(study) == []
    listed = study / "releases/released.csv"
    first = listed.read_bytes()
    save(study, folder, "later.json", date="2026-04-01T10:00:00.000Z", released_by="Al")
    (study / "releases/release.json").unlink()
    assert take_in(study) == []
    assert listed.read_bytes().startswith(first)
    assert [each.released_by for each in releases(study)] == ["Jo Wren", "Al"]
    assert b"'=lead" in first


def test_a_later_change_of_the_folder_is_told(tmp_path: Path, folder: Path) -> None:
    study = tmp_path / "study"
    save(study, folder)
    take_in(study)
    last = last_release(study)
    assert last is not None
    assert compared(last, file_hashes(folder)) == (
        "Jo Wren released the public folder on 2026-03-05, as it is now."
    )
    (folder / "report.html").write_text("another", encoding="utf-8")
    (folder / "data/counts.csv").unlink()
    (folder / "new.txt").write_text("new", encoding="utf-8")
    assert compared(last, file_hashes(folder)) == (
        "Jo Wren released the public folder on 2026-03-05. What was released then differs from the "
        "folder now: changed or new since: new.txt, report.html; no longer there: data/counts.csv."
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"released_by": "  "}, "It does not say who released the folder."),
        ({"format": "other"}, "It is not a file that the page for releasing saved."),
        ({"format_version": 2}, "It has version 2 of its format"),
        ({"date": "yesterday"}, 'The field "date" is not a date'),
        ({"folder_sha256": "0" * 64}, "Its list of files is not that of the folder"),
        ({"folder_sha256": "x"}, "A hash in it is damaged."),
        ({"files": [1]}, 'The field "files" is not a list of names'),
        ({"files": "none"}, 'The field "files" is not a list.'),
        ({"findings": ["something"]}, "it does not say why the folder goes out all the same"),
        ({"note": None}, 'The field "note" is missing.'),
        ({"extra": 1}, "It has a field that a page does not save"),
        ({"released_by": "x" * 201}, 'The field "released_by" is longer than 200'),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(
    tmp_path: Path, folder: Path, changes: dict[str, object], reason: str
) -> None:
    save(tmp_path, folder, **changes)
    (problem,) = take_in(tmp_path)
    assert problem.where == "releases/release.json"
    assert reason in problem.what
    assert releases(tmp_path) == []


def test_what_is_no_file_is_not_waited_for(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "releases").mkdir()
    os.mkfifo(tmp_path / "releases/release.json")
    assert len(take_in(tmp_path)) == 1
    save(tmp_path, folder, "odd.json", capacity="lead \ufffe")
    assert len(take_in(tmp_path)) == len(take_in(tmp_path)) == len(releases(tmp_path)) == 1


def test_what_was_released_in_spite_of_a_finding_says_why(tmp_path: Path, folder: Path) -> None:
    save(tmp_path, folder, findings=["a", "b"], reason="It is a title of the study.")
    assert take_in(tmp_path) == []
    row = (tmp_path / "releases/released.csv").read_text("utf-8-sig")
    assert row.startswith(",".join(COLUMNS))
    assert "2,It is a title of the study." in row


def test_a_list_that_somebody_changed_is_left_alone(tmp_path: Path, folder: Path) -> None:
    save(tmp_path, folder)
    listed = tmp_path / "releases/released.csv"
    listed.write_text("who,when\nJo,today\n", encoding="utf-8")
    (problem,) = take_in(tmp_path)
    assert "has other columns" in problem.what
    assert listed.read_text("utf-8") == "who,when\nJo,today\n"
    assert last_release(tmp_path) is None


def test_the_end_of_a_run_says_whether_the_folder_is_still_the_one_that_was_released(
    tmp_path: Path, folder: Path
) -> None:
    empty = {}
    for table in ("sources", "turns", "whole_segments", "unlisted_counts"):
        empty[table] = str(tmp_path / f"{table}.parquet")
        write_table(empty_table(table), table, Path(empty[table]))
    problems = tmp_path / "problems.json"
    write_problems([], problems)

    def end() -> list[str]:
        return finish(
            sources_files=[empty["sources"]],
            tables_file=str(problems),
            codings_file=str(problems),
            proposals_file=str(problems),
            names_file=str(problems),
            unlisted_counts_file=empty["unlisted_counts"],
            notices=[],
            study=str(tmp_path / "study"),
            results=str(tmp_path),
            private=str(tmp_path / "private"),
            withdrawn_files=[[empty["turns"]], [empty["whole_segments"]]],
            finished_file=str(tmp_path / "finished.txt"),
        )

    assert end() == []
    save(tmp_path / "study", folder)
    take_in(tmp_path / "study")
    assert end() == ["Jo Wren released the public folder on 2026-03-05, as it is now."]
    (folder / "report.html").write_text("another", encoding="utf-8")
    assert "differs from the folder now: changed or new since: report.html" in end()[0]
