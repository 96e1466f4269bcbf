"""Whatever comes back is known by what is in it, and refused with the true reason."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from commonthread.packs.document import write_pack_document
from commonthread.packs.workbook import write_pack_workbook
from commonthread.problems import Refused
from commonthread.returned.read import read_returned
from filled_packs import decided, decisions, fill_document, filled_workbook
from office_files import OLE, cells, docx, odt, sheet_xml, talk, word_table, xlsx, zipped
from pack_fixture import pack
from test_page_file import FILE, ROW


def put(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["back.xlsx", "back.dat", "back"])
def test_the_name_does_not_matter(tmp_path: Path, name: str) -> None:
    made = pack(segments=3, sources=1)
    wanted = decisions(made, 3)
    path = put(tmp_path, name, filled_workbook(write_pack_workbook(made), made, wanted))
    assert decided(read_returned(path)) == wanted
    write_pack_document(made, path, 12)
    fill_document(path, made, wanted)
    assert decided(read_returned(path)) == wanted
    put(tmp_path, name, json.dumps(FILE | {"codings": [ROW]}).encode())
    assert read_returned(path).judgements[0].codes == ("jargon", "challenge")
    put(tmp_path, name, b"segment_id,code\na,payment\n")
    assert read_returned(path).judgements[0].codes == ("payment",)


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"", "empty", "sent again"),
        (b" \n ", "empty", "sent again"),
        (OLE, "old Office file", ".docx or .xlsx"),
        (b"%PDF-1.7 ...", "PDF", "Type"),
        (b"{\\rtf1 hello}", "RTF", ".docx"),
        (b"<!DOCTYPE html><html><body>", "web page", "the page saves"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "picture", "Put in the file"),
        (odt("<text:p>x</text:p>"), "OpenDocument", ".xlsx"),
        (zipped({"a.txt": "x"}), "packed archive", "Unpack"),
        (b"PK\x03\x04" + b"x" * 90, "cut short", "Copy it again"),
        (b"PK", "cut short", "Copy it again"),
        (b"hello\nworld\n", "no headings", "segment_id"),
        (b"\x01\x02\x03" * 90, "not a text file", "CSV"),
        (b'{"a": 1}', "not a file that a coding page saved", "page"),
        (docx(talk("Ann: Hello.")), "no table of a coding pack", "Fill in"),
        (xlsx(("S", sheet_xml(cells(("a", "b"))))), "No sheet", "headings"),
    ],
)  # fmt: skip
def test_what_is_no_coding_is_refused(
    tmp_path: Path, data: bytes, reason: str, remedy: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_returned(put(tmp_path, "file", data))
    assert reason in refused.value.reason
    assert remedy in refused.value.remedy


def test_what_is_too_large_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "large.csv", b"segment_id,code\n" + b"a,b\n" * 12_600_000)
    with pytest.raises(Refused, match="larger than 50 MB"):
        read_returned(path)
    inside = docx(word_table([("Words to code", "x" * 4_000_000), ("Codes", "a"), ("Comment", "")]))
    with pytest.raises(Refused, match="See that it is the right file") as refused:
        read_returned(put(tmp_path, "bomb.docx", inside))
    assert "configuration" not in refused.value.remedy


def test_many_parts_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "many.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(80):
            archive.writestr(f"{number:060000}", b"")
    with pytest.raises(Refused, match="far more parts"):
        read_returned(path)


SIGNS = ("a,", "1.1 ", "((", "1.1.1.1.1.1.1.1.1.", " ", "-", "aaaa,,")


@pytest.mark.parametrize("length", [2_900, 150])
def test_hostile_answers_take_no_time(tmp_path: Path, length: int) -> None:
    names = [
        ("Number", "Name", "Id"),
        *((f"1.{n}", ",a" * 20 + str(n), f"c{n}") for n in range(500)),
    ]
    signs = [sign * (length // len(sign)) for sign in SIGNS]
    rows = [("Segment", "Code 1")]
    rows += [(f"s{number}", f"{signs[number % 7]};{number}") for number in range(4_000)]
    sheets = (("Segments", sheet_xml(cells(*rows))), ("Codebook", sheet_xml(cells(*names))))
    path = put(tmp_path, "long.xlsx", zipped_plainly(xlsx(*sheets)))
    started = time.process_time()
    returned = read_returned(path)
    assert time.process_time() - started < 5
    assert len(returned.judgements) + len(returned.problems) == 4_000


def test_more_codes_than_people_write_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"s{number},{'a;' * 199}\n" for number in range(1_550))
    with pytest.raises(Refused, match="far more codes"):
        read_returned(put(tmp_path, "many.csv", f"segment_id,code\n{rows}".encode()))


def zipped_plainly(data: bytes) -> bytes:
    """Pack a zip anew without making it smaller, so that nothing is refused for that."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts, zipfile.ZIP_STORED)
