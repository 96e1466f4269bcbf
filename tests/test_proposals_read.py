"""Files with proposals are told by what is in them, and others are refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from codebook_view_fixture import small_book
from commonthread.problems import Refused
from commonthread.proposals.read import read_returned
from edited_codebooks import EditedWorkbook, everyday_document, everyday_workbook
from office_files import OLE, zipped


@pytest.mark.parametrize("name", ["back.docx", "back.xlsx", "back.bin"])
def test_a_file_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    for data, author in ((everyday_document(), "Clover"), (everyday_workbook(), "Bracken")):
        path = tmp_path / name
        path.write_bytes(data)
        returned = read_returned(path)
        assert (returned.author, len(returned.proposals)) == (author, 5)


def test_states_of_the_codebook_are_handed_on(tmp_path: Path) -> None:
    edited = EditedWorkbook(everyday_workbook())
    del edited.book["As given out"]
    path = tmp_path / "back.xlsx"
    path.write_bytes(edited.saved())
    assert read_returned(path).problems
    assert not read_returned(path, [small_book()]).problems


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        ("empty", b" \n"),
        ("old Office file", OLE),
        ("PDF", b"%PDF-1.7"),
        ("RTF", b"{\\rtf1 x}"),
        ("web page", b"\xef\xbb\xbf <!doctype html>"),
        ("no file with proposals", b"code,comment\nfares,good\n"),
        ("no file with proposals", b"\x89PNG"),
        ("OpenDocument", zipped({"content.xml": "<a/>"})),
        ("archive", zipped({"readme.txt": "hello"})),
        ("damaged", zipped({"word/document.xml": "<a"})),
        ("cut short", everyday_workbook()[:2000]),
        ("more than its size", zipped({"xl/workbook.xml": "x" * 40_000_000})),
    ],
    # Named by the reason: a workbook that is saved has other bytes each time.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_nothing_of_the_kind_is_refused(tmp_path: Path, reason: str, data: bytes) -> None:
    path = tmp_path / "back"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read_returned(path)
    assert reason in refused.value.reason
    assert refused.value.remedy and "limits" not in refused.value.remedy


def test_a_file_beyond_all_measure_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "back.docx"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(Refused, match="50 MB"):
        read_returned(path)
