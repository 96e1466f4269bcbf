"""What a file is shows from what it holds; refusals give the true reason."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from commonthread.problems import Refused
from commonthread.settings import LimitSettings, ReadingSettings
from commonthread.sources import read_source
from commonthread.sources.detect import detect


def zipped(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            # Without the time of day, which would get into the names of tests.
            member = zipfile.ZipInfo(name.replace("__", "/").replace("_xml", ".xml"))
            archive.writestr(member, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", zipped(word__document_xml="<x/>"), "docx"),
        ("a.docx", zipped(xl__workbook_xml="<x/>"), "xlsx"),
        ("a.bin", zipped(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        ("a.docx", zipped(other="x"), "docx"),
        ("a.docx", zipped(word__document_xml="<x/>")[:60], "docx"),
        ("a.txt", b"%PDF-1.7\n", "pdf"),
        ("a.txt", b"{\\rtf1 hi}", "rtf"),
        ("a.csv", b"speaker,text\nJane,hi\n", "csv"),
        ("a.txt", b"Speaker\tText\nJane\thi\n", "csv"),
        ("a.txt", b"Jane: hello\n", "text"),
        ("a.txt", b"[id1] hello\n", "text"),
        ("a.txt", b'{"segments": []}', "json"),
        ("a.json", b"{", "json"),
        ("a", b"WEBVTT\n\n00:01.000 --> 00:02.000\nJane: hi\n", "text"),
    ],
)
def test_content_decides(name: str, data: bytes, expected: str) -> None:
    assert detect(Path(name), data) == expected


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"Jane: hello, no zip at all", "not a Word file"),
        ("a.xlsx", b"speaker,text", "not an Excel file"),
        ("a.pdf", b"Jane: hello", "not a PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Office file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "password"),
        ("a.mp3", b"ID3\x04" + bytes(50), "recording"),
        ("a.m4a", bytes(4) + b"ftypM4A " + bytes(50), "recording"),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", "recording"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        ("a.heic", bytes(4) + b"ftypheic" + bytes(50), "picture"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.zip", zipped(other="x"), "archive"),
        ("a.pptx", zipped(ppt__presentation_xml="<x/>"), "slides"),
        ("a.htm", b"<!DOCTYPE html><p>Jane: hi", "web page"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "XML"),
    ],
)
def test_what_no_reader_takes_is_refused_with_the_reason(
    name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(Refused, match=reason) as caught:
        detect(Path(name), data)
    assert caught.value.remedy


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_empty_files_are_refused_whatever_their_name(tmp_path: Path) -> None:
    for name in ("a.txt", "a.docx", "a.vtt", "a.json", "a.pdf", "a.csv"):
        with pytest.raises(Refused, match="empty"):
            read_source(write(tmp_path, name, b""), ReadingSettings())


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"Jane: hi\nBob: ho\n" * 70_000)
    with pytest.raises(Refused, match="larger than 1 MB"):
        read_source(path, ReadingSettings(limits=LimitSettings(file_mb=1)))
    with pytest.raises(Refused, match="2,000 lines"):
        read_source(path, ReadingSettings(limits=LimitSettings(turns=1000)))
    with pytest.raises(Refused, match="140,000 turns"):
        read_source(path, ReadingSettings(limits=LimitSettings(turns=100_000)))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path, tmp_path / "missing.txt", tmp_path / "pipe.txt"):
        with pytest.raises(Refused):
            read_source(path, ReadingSettings())


def test_a_transcript_of_labels_only_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"Jane:\nBob:\nJane:\nBob:\n")
    with pytest.raises(Refused, match="nothing that anybody said"):
        read_source(path, ReadingSettings())
