"""Tells what a file is from what it holds; its ending only decides between likes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Literal

from commonthread.problems import Refused

Format = Literal["docx", "odt", "rtf", "pdf", "csv", "xlsx", "json", "text"]

_AS_TEXT = "Give the transcript as text, Word, PDF, subtitles or a table."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIPPED: dict[str, Format] = {".docx": "docx", ".odt": "odt", ".xlsx": "xlsx"}
_ZIPPED_NAMES = {"docx": "a Word", "odt": "an OpenDocument", "xlsx": "an Excel"}
_RECORDING = "This is a recording, not a transcript."
_PICTURE = "This is a picture, not text."
_PACKED = "This is a packed archive."
_TRANSCRIBE = "Put its transcript here instead; commonthread does not transcribe."
_TYPE_UP = "Type up what it shows, as text or a table."
_UNPACK = "Unpack it and put the files that it holds here."
_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"ID3", _RECORDING, _TRANSCRIBE),
    (0, b"\xff\xfb", _RECORDING, _TRANSCRIBE),
    (0, b"\xff\xf3", _RECORDING, _TRANSCRIBE),
    (0, b"\xff\xf1", _RECORDING, _TRANSCRIBE),
    (0, b"OggS", _RECORDING, _TRANSCRIBE),
    (0, b"fLaC", _RECORDING, _TRANSCRIBE),
    (0, b"\x1aE\xdf\xa3", _RECORDING, _TRANSCRIBE),
    (0, b"#!AMR", _RECORDING, _TRANSCRIBE),
    (0, b"0&\xb2u\x8ef\xcf\x11", _RECORDING, _TRANSCRIBE),
    (8, b"WAVE", _RECORDING, _TRANSCRIBE),
    (8, b"AVI ", _RECORDING, _TRANSCRIBE),
    (0, b"\x89PNG", _PICTURE, _TYPE_UP),
    (0, b"\xff\xd8\xff", _PICTURE, _TYPE_UP),
    (0, b"GIF8", _PICTURE, _TYPE_UP),
    (0, b"II*\0", _PICTURE, _TYPE_UP),
    (0, b"MM\0*", _PICTURE, _TYPE_UP),
    (8, b"WEBP", _PICTURE, _TYPE_UP),
    (4, b"ftyphei", _PICTURE, _TYPE_UP),
    (4, b"ftypmif", _PICTURE, _TYPE_UP),
    (4, b"ftypavif", _PICTURE, _TYPE_UP),
    (4, b"ftyp", _RECORDING, _TRANSCRIBE),
    (0, b"\x1f\x8b", _PACKED, _UNPACK),
    (0, b"7z\xbc\xaf", _PACKED, _UNPACK),
    (0, b"Rar!", _PACKED, _UNPACK),
    (0, b"SQLite format 3", "This is a database, not a transcript.", _AS_TEXT),
)
_RECORDING_ENDINGS = frozenset((".mp3", ".mp4", ".m4a", ".wav", ".mov", ".aac", ".ogg", ".webm"))
_TABLE_ENDINGS = (".csv", ".tsv")
_COLUMN_NAMES = frozenset(
    (
        "speaker",
        "name",
        "participant",
        "who",
        "text",
        "content",
        "transcript",
        "comment",
        "time",
        "timespan",
        "timestamp",
        "start",
        "end",
        "utterance",
    )
)


# A word with its times and how sure it is has four.
_MOST_MARKS = 4_000_000


def detect(path: Path, data: bytes) -> Format:
    """Tell which reader takes a file.

    ``data`` is what the file holds, and is not empty. Raises ``Refused`` with the true reason for
    what no reader takes: recordings, pictures, archives, old or locked Office files, web pages.
    """
    ending = path.suffix.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIPS):
        return _in_zip(ending, data)
    if data.startswith(_OLE):
        raise Refused(
            "This is an old Office file (.doc, .xls) or one that is locked with a password.",
            "Open it in Word or Excel, take off any password, and save it as .docx or .xlsx.",
        )
    if data.startswith(b"{\\rtf"):
        return "rtf"
    for offset, magic, reason, remedy in _MAGIC:
        if data.startswith(magic, offset):
            raise Refused(reason, remedy)
    if ending in _ZIPPED:
        raise Refused(
            f"This is not {_ZIPPED_NAMES[_ZIPPED[ending]]} file, though its name ends in {ending}.",
            "Open it in the program that made it and save it anew, or correct its name.",
        )
    if ending == ".pdf":
        raise Refused(
            "This is not a PDF file, though its name ends in .pdf.",
            "Save it anew as PDF, or correct its name.",
        )
    if ending in _RECORDING_ENDINGS:
        raise Refused(_RECORDING, _TRANSCRIBE)
    return _text(ending, data)


def _in_zip(ending: str, data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = _declared(archive) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        names, kind = set(), b""
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise Refused("This is an OpenDocument spreadsheet.", "Save it as .xlsx or .csv.")
    if "ppt/presentation.xml" in names or kind.startswith(b"application/vnd.oasis"):
        raise Refused("These are slides or drawings, not a transcript.", _AS_TEXT)
    if ending in _ZIPPED:
        return _ZIPPED[ending]
    raise Refused(_PACKED, _UNPACK)


def _declared(archive: zipfile.ZipFile) -> bytes:
    info = archive.getinfo("mimetype")
    # Other ways of packing may reserve gigabytes at a file's word.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""
    with archive.open(info) as part:
        return part.read(100)


def _text(ending: str, data: bytes) -> Format:
    if ending in _TABLE_ENDINGS:
        return "csv"
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    lowered = start[:200].lower()
    if lowered.startswith((b"<!doctype html", b"<html")):
        raise Refused(
            "This is a web page.", "Open it in a browser and save its text, or copy it into Word."
        )
    if lowered.startswith(b"<?xml"):
        raise Refused("This is XML, not a transcript.", _AS_TEXT)
    if ending == ".json" or (start[:1] in (b"{", b"[") and _is_json(data)):
        return "json"
    return "csv" if _has_column_names(start) else "text"


def is_flood(data: bytes) -> bool:
    """Tell whether JSON has so many brackets and commas that it would fill the memory."""
    return sum(data.count(mark) for mark in (b"{", b"[", b",")) > _MOST_MARKS


def _is_json(data: bytes) -> bool:
    end = data.rstrip()[-1:]
    if end not in (b"}", b"]"):
        return False
    if is_flood(data):
        return True
    import json

    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _has_column_names(start: bytes) -> bool:
    """Tell a table saved as text by a first row that holds nothing but names of columns."""
    first = start.splitlines()[0].decode("utf-8", "replace").strip() if start else ""
    for delimiter in ("\t", ",", ";"):
        cells = [cell.strip().strip('"').lower() for cell in first.split(delimiter)]
        if len(cells) > 1 and sum(cell in _COLUMN_NAMES for cell in cells) >= 2:
            return True
    return False
