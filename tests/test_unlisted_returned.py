"""The folder of marks: every way in, damaged, hostile and contradicting files, and what counts."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.listed_words import ListedWords
from commonthread.problems_file import read_problems, write_problems
from commonthread.unlisted.returned import ReturnedNames, folder_fingerprint, returned_names

GOLDEN = Path(__file__).parent / "golden/names"
EARLY, LATE = "2026-03-01T10:00:00+01:00", "2026-03-02T10:00:00+00:00"


def mark(words: str, kind: str, replacement: str = "", date: str = EARLY) -> dict[str, str]:
    return {"words": words, "kind": kind, "replacement": replacement, "date": date}


def saved(*marks: Any, **changes: Any) -> bytes:
    """Give a file as the page saves it."""
    content = {
        "format": "commonthread unlisted words",
        "format_version": 1,
        "study": "Ours",
        "page_id": "n1",
        "copy": "0" * 32,
        "marked": list(marks),
    }
    return json.dumps(content | changes).encode()


def folder(place: Path, **files: bytes | str) -> Path:
    """Make a folder of marks; "__" in a name stands for the dot."""
    names = place / "names"
    names.mkdir()
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (names / name.replace("__", ".")).write_bytes(data)
    return names


def counting(read: ReturnedNames) -> list[tuple[str, str, str]]:
    return [(each.words, each.kind, each.replacement) for each in read.listed]


def test_no_folder_is_nothing_said(tmp_path: Path) -> None:
    assert returned_names(tmp_path / "names") == ReturnedNames()


def test_marks_of_all_forms_count_together(tmp_path: Path) -> None:
    names = folder(
        tmp_path,
        page__json=saved(
            mark("Oriel", "person", "Public contributor 1"), mark("Monday", "harmless")
        ),
        own__csv="words,mark,replace with\nLark Lane,place,\nThe Gadget Trust,Organisation,a charity\n",
    )
    shutil.copy(GOLDEN / "worklist-libreoffice.xlsx", names / "any name.XLSX")
    read = returned_names(names)
    assert (read.problems, read.notices) == ((), ())
    assert ListedWords("Lark Lane", "place", "[place]", "names/own.csv, row 2") in read.listed
    assert sorted(counting(read)) == [
        ("Fernhollow", "place", "a village nearby"),
        ("Lark Lane", "place", "[place]"),
        ("Monday", "harmless", ""),
        ("Oriel", "person", "Public contributor 1"),
        ("Tamsin", "person", "Public contributor 1"),
        ("The Gadget Trust", "organisation", "a charity"),
        ("oh seven seven double nought", "other", "[left out]"),
    ]


def test_the_later_mark_counts_whatever_the_files_are_called(tmp_path: Path) -> None:
    names = folder(
        tmp_path,
        a__json=saved(mark("ORIEL", "harmless", date=LATE)),
        b__json=saved(mark("Oriel", "person", date=EARLY)),
        c__csv="words;mark;date\nTamsin;harmless;02/03/2026\nTamsin;person;1 March 2026\n",
    )
    read = returned_names(names)
    assert counting(read) == [("ORIEL", "harmless", ""), ("Tamsin", "harmless", "")]
    assert (read.problems, read.notices) == ((), ())


def test_where_nobody_knows_which_is_later_the_safer_one_counts_and_is_told(tmp_path: Path) -> None:
    names = folder(
        tmp_path,
        a__json=saved(mark("Oriel", "harmless", date=LATE), mark("Tamsin", "person")),
        b__csv="words,mark,replace with\noriel,name,\nORIEL,name,a neighbour\nTamsin,name,\n",
    )
    read = returned_names(names)
    assert counting(read) == [("ORIEL", "person", "a neighbour"), ("Tamsin", "person", "[name]")]
    assert read.problems == ()
    (notice,) = read.notices
    assert "names/a.json, mark 1, and names/b.csv, row 2, and names/b.csv, row 3" in notice
    assert notice.endswith("The one in names/b.csv, row 3 counts.")
    assert "riel" not in notice


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    content = "words,mark\nOriel,huh\n"
    read = returned_names(folder(tmp_path, a__csv=content, b__csv=content))
    assert [each.where for each in read.problems] == ["names/a.csv, row 2"]


def test_without_a_mark_but_with_a_replacement_it_is_replaced(tmp_path: Path) -> None:
    names = folder(tmp_path, a__csv="Words,Replacement\nOriel,somebody\nTamsin,\n")
    assert counting(returned_names(names)) == [("Oriel", "other", "somebody")]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("Oriel,harmless,somebody", "marked as harmless, and yet"),
        ("Oriel,name,dear oriel", "has the words in it"),
        (",name,x", "does not say which words"),
        ("...,name,x", "does not say which words"),
        ("Oriel,nobody,x", "The mark is none of Name, Place"),
        (f"Oriel,name,{'x' * 501}", "more than 500 characters"),
        ("Oriel,name,x,y", "more than the 3 cells"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_count(
    tmp_path: Path, row: str, what: str
) -> None:
    names = folder(tmp_path, a__csv=f"words,mark,replace with\n{row}\nTamsin,name,\n")
    read = returned_names(names)
    assert counting(read) == [("Tamsin", "person", "[name]")]
    (problem,) = read.problems
    assert problem.where == "names/a.csv, row 2"
    assert what in problem.what
    assert "riel" not in str(problem)


@pytest.mark.parametrize(
    "row",
    [
        7,
        [],
        {"words": "Oriel"},
        mark("Oriel", "person") | {"more": 1},
        mark("Oriel", "person", date="yesterday"),
        mark("Oriel", "person", date="2026-01-01"),
        mark("Oriel", "person") | {"kind": ["person"]},
        mark("Oriel", "person") | {"words": None},
        mark("Oriel\x00", "person"),
        mark("Ori\ud800el", "person"),
        mark("x" * 501, "person"),
        mark("Oriel", ""),
        mark("Oriel", "harmless", "x"),
    ],
)
def test_a_mark_that_no_page_saves_is_told_and_the_others_count(tmp_path: Path, row: Any) -> None:
    read = returned_names(folder(tmp_path, a__json=saved(row, mark("Tamsin", "place"))))
    assert counting(read) == [("Tamsin", "place", "[place]")]
    assert [each.where for each in read.problems] == ["names/a.json, mark 1"]


REFUSED = {
    "empty.json": b"",
    "white.csv": b" \n\t",
    "cut.json": saved(mark("Oriel", "person"))[:-9],
    "other.json": b'{"format": "commonthread codings"}',
    "twice.json": b'{"format": 1, "format": 2}',
    "newer.json": saved(format_version=2),
    "unknown.json": saved(more=1),
    "list.json": saved(marked={}),
    "deep.json": b"[" * 100_000,
    "many.json": b'{"a":[' + b"0," * 1_100_000 + b"0]}",
    "utf.json": b'{"format": "\xff"}',
    "page.html": b"<!doctype html><p>names",
    "scan.pdf": b"%PDF-1.4",
    "old.xls": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "rich.rtf": b"{\\rtf1 words}",
    "zip.xlsx": b"PK\x03\x04 nothing",
    "other.csv": b"name,colour\nOriel,red\n",
    "quote.csv": b'words,mark\n"Oriel,name\n',
    "picture.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}


def test_files_that_are_no_marks_are_refused_with_what_to_do_and_the_rest_counts(
    tmp_path: Path,
) -> None:
    names = folder(tmp_path, good__json=saved(mark("Tamsin", "person")))
    for name, data in REFUSED.items():
        (names / name).write_bytes(data)
    (names / "gone.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(names / "pipe.csv")
    with (names / "large.csv").open("wb") as large:
        large.truncate(50_000_001)
    (names / os.fsdecode(b"odd\xff\x1b[31m\n.pdf")).write_bytes(b"%PDF-")
    began = time.monotonic()
    read = returned_names(names)
    assert time.monotonic() - began < 10
    assert counting(read) == [("Tamsin", "person", "[name]")]
    assert sorted(each.where for each in read.problems) == sorted(
        f"names/{name}"
        for name in (*REFUSED, "gone.csv", "pipe.csv", "large.csv", "odd\ufffd\ufffd[31m\ufffd.pdf")
    )
    write_problems(read.problems, tmp_path / "problems.json")
    assert read_problems(tmp_path / "problems.json") == list(read.problems)
    assert all(each.what and each.remedy for each in read.problems)


def test_thousands_of_useless_rows_are_told_in_a_few_lines(tmp_path: Path) -> None:
    rows = "".join(f"Word{number},huh\n" for number in range(3000))
    problems = returned_names(folder(tmp_path, a__csv=f"words,mark\n{rows}")).problems
    assert len(problems) == 21
    assert problems[-1].what == "2,980 more marks cannot be used."


def test_the_fingerprint_changes_with_the_folder(tmp_path: Path) -> None:
    before = folder_fingerprint(tmp_path)
    names = folder(tmp_path, a__csv="words,mark\n")
    first = folder_fingerprint(tmp_path)
    (names / "b.csv").write_text("words,mark\n")
    assert len({before, first, folder_fingerprint(tmp_path)}) == 3


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_file_does_harm(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    names = folder(tmp_path_factory.mktemp("any"), x=data)
    read = returned_names(names)
    assert len(read.problems) + len(read.listed) >= 1 or b"words" in data.lower()
