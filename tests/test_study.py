"""The study folder: what is found in it, under which safe ids, and what is told about it."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.problems import InputProblems
from commonthread.study import SourceFile, batches, files_fingerprint, find_study


def make(folder: Path, *places: str) -> Path:
    for place in places:
        file = folder / "workshops" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Ann: hello\n")
    return folder


def test_files_are_found_by_workshop(tmp_path: Path) -> None:
    study = find_study(make(tmp_path, "b/two.txt", "a/one.txt", "a/deeper/three.txt"))
    assert [workshop.folder for workshop in study.workshops] == ["a", "b"]
    assert sorted(file.place for file in study.files) == [
        "workshops/a/deeper/three.txt",
        "workshops/a/one.txt",
        "workshops/b/two.txt",
    ]
    assert {file.workshop for file in study.files} == {"a", "b"}


def test_clutter_of_other_programs_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a/one.docx", "a/~$one.docx", "a/.DS_Store", "a/Thumbs.db", ".git/config")
    assert len(find_study(tmp_path).files) == 1


def test_ids_do_not_depend_on_other_files(tmp_path: Path) -> None:
    before = {f.place: f.source_id for f in find_study(make(tmp_path, "a/one.txt")).files}
    after = {f.place: f.source_id for f in find_study(make(tmp_path, "a/0.txt", "b/x.txt")).files}
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)


@pytest.mark.parametrize(
    "name", ["{x}.txt", "new\nline.txt", "$(touch x).txt", "a'b.txt", "é😀.txt", "-rf.txt"]
)
def test_any_file_name_gets_a_safe_id(tmp_path: Path, name: str) -> None:
    (file,) = find_study(make(tmp_path, f"a/{name}")).files
    assert file.source_id.isascii() and file.source_id.isalnum()
    assert "\n" not in file.place
    assert file.unusable is None


def test_no_workshops_folder(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match="no folder called workshops"):
        find_study(tmp_path)


def test_no_files(tmp_path: Path) -> None:
    (tmp_path / "workshops").mkdir()
    with pytest.raises(InputProblems, match="There are no workshop files"):
        find_study(tmp_path)


def test_a_file_outside_any_workshop(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt")
    (tmp_path / "workshops" / "stray.txt").write_text("x")
    with pytest.raises(InputProblems, match=r"stray\.txt: This file is in no workshop's folder"):
        find_study(tmp_path)


def test_a_workshop_without_files_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt")
    (tmp_path / "workshops" / "empty").mkdir()
    assert find_study(tmp_path).notices == ("The workshop empty has no files.",)


def test_two_files_with_one_name(tmp_path: Path) -> None:
    make(tmp_path, "a/notes.txt", "a/Notes.txt")
    first, second = find_study(tmp_path).files
    assert first.unusable is None
    assert second.unusable is not None and "capital letters" in second.unusable[0]
    assert first.source_id != second.source_id


def test_two_names_that_differ_in_how_accents_are_stored(tmp_path: Path) -> None:
    make(tmp_path, f"a/{unicodedata.normalize('NFC', 'é')}.txt")
    make(tmp_path, f"a/{unicodedata.normalize('NFD', 'é')}.txt")
    files = find_study(tmp_path).files
    assert [file.unusable is None for file in files] == [True, False]
    assert len({file.source_id for file in files}) == 2


def test_one_transcript_saved_twice_is_told(tmp_path: Path) -> None:
    study = find_study(make(tmp_path, "a/talk.docx", "a/talk.pdf"))
    assert all(file.unusable is None for file in study.files)
    assert len(study.notices) == 1 and "have one name" in study.notices[0]


def test_special_files_and_broken_links_are_not_opened(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt")
    os.mkfifo(tmp_path / "workshops/a/pipe.txt")
    (tmp_path / "workshops/a/link.txt").symlink_to(tmp_path / "nowhere")
    unusable = {
        Path(file.place).name: file.unusable[0]
        for file in find_study(tmp_path).files
        if file.unusable
    }
    assert unusable == {
        "pipe.txt": "It is not an ordinary file.",
        "link.txt": "It is a link that leads nowhere.",
    }


def test_workshops_csv(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "workshops.csv").write_text(
        "folder;workshop;date\nb;The second one;2026-01-02\n", encoding="utf-8-sig"
    )
    a, b = find_study(tmp_path).workshops
    assert (a.title, a.date) == ("a", "")
    assert (b.title, b.date) == ("The second one", "2026-01-02")


def test_workshops_csv_tells_all_problems_at_once(tmp_path: Path) -> None:
    make(tmp_path, "first/one.txt")
    (tmp_path / "workshops.csv").write_text("folder,workshp\nfirts,x\nfirst,y\nfirst,z\n")
    with pytest.raises(InputProblems) as raised:
        find_study(tmp_path)
    told = str(raised.value)
    assert 'no column "workshp" in a list of workshops. Did you mean "workshop"?' in told
    assert 'row 2: There is no workshop folder "firts". Did you mean "first"?' in told
    assert 'row 4: "first" is listed twice.' in told


def source(number: int, size: int) -> SourceFile:
    return SourceFile(f"s{number:010x}", "a", f"{number}", Path(f"{number}"), size, 0)


@given(st.lists(st.integers(0, 9_999_999), max_size=40), st.integers(0, 30_000_000))
def test_every_file_is_in_one_batch(numbers: list[int], size: int) -> None:
    files = [source(number * 2654435761 % 2**40, size) for number in set(numbers)]
    shared = batches(files)
    assert sorted(f.source_id for batch in shared.values() for f in batch) == sorted(
        f.source_id for f in files
    )
    assert all(shared.values())


def test_a_new_file_changes_one_batch() -> None:
    files = [source(number * 2654435761 % 2**40, 1_000_000) for number in range(35)]
    before = {name: files_fingerprint(batch) for name, batch in batches(files).items()}
    after = {
        name: files_fingerprint(batch)
        for name, batch in batches([*files, source(17, 1_000)]).items()
    }
    assert before.keys() == after.keys()
    assert sum(before[name] != after[name] for name in before) == 1
