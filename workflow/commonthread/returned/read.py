"""Reads whatever comes back from people who coded, by what is in the file, not by its name."""

from __future__ import annotations

from pathlib import Path

from commonthread.ordinary_files import read_ordinary
from commonthread.problems import Refused
from commonthread.returned.judgement import Returned
from commonthread.returned.limits import REMEDY, USUAL
from commonthread.settings import LimitSettings
from commonthread.sources.zipped import PackageKind, names_of_parts

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OFFICE = PackageKind("an Office file", ".doc", ".docx or .xlsx", "Word or Excel")
_RTF = b"{\\rtf"
_BINARY = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"ID3", b"OggS", b"SQLite format 3", b"\x1f\x8b")
_WHAT_IS_READ = (
    "Put in the file that the coding page saves, a filled-in pack (.xlsx or .docx), or a table of"
    " codings (.csv)."
)


def read_returned(path: Path, limits: LimitSettings = USUAL) -> Returned:
    """Read a file that came back: a pack that was filled in, or codings made elsewhere.

    Raises Refused if it is nothing of the kind, damaged, locked, or too large; OSError if it cannot
    be opened.
    """
    return read_content(read_ordinary(path, limits.file_mb, REMEDY), path.name, limits)


def read_content(data: bytes, name: str, limits: LimitSettings = USUAL) -> Returned:
    """Read what a file that came back holds, as ``read_returned`` does; ``name`` is its name."""
    try:
        if _is_page_file(name, data):
            from commonthread.returned.page_file import read_page_file

            return read_page_file(data, name)
        return _read(data, limits)
    except Refused as refused:
        if "reading: limits" not in refused.remedy:
            raise
        raise Refused(refused.reason, REMEDY) from None


def _is_page_file(name: str, data: bytes) -> bool:
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(_RTF):
        return False
    return start.startswith(b"{") or (name.lower().endswith(".json") and start.startswith(b"["))


def _read(data: bytes, limits: LimitSettings) -> Returned:
    if not data.strip():
        raise Refused("It is empty.", "Ask for it to be saved and sent again.")
    if data.startswith(b"PK"):
        return _read_zipped(data, limits)
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    _refuse_others(data, start)
    from commonthread.returned.delimited import read_delimited

    return read_delimited(data, limits)


def _read_zipped(data: bytes, limits: LimitSettings) -> Returned:
    names = names_of_parts(data, _OFFICE)
    if "xl/workbook.xml" in names:
        from commonthread.returned.workbook import read_workbook

        return read_workbook(data, limits)
    if "word/document.xml" in names:
        from commonthread.returned.document import read_document

        return read_document(data, limits)
    if "content.xml" in names:
        raise Refused(
            "It was saved in the OpenDocument format.",
            "Open it, save a document as .docx or a spreadsheet as .xlsx, and put that in.",
        )
    raise Refused("It is a packed archive.", "Unpack it and put in what is in it.")


def _refuse_others(data: bytes, start: bytes) -> None:
    if data.startswith(_OLE):
        raise Refused(
            "It is an old Office file (.doc, .xls), or locked with a password.",
            "Open it in Word or Excel, take off any password, and save it as .docx or .xlsx.",
        )
    if b"%PDF-" in data[:1024]:
        raise Refused("It is a PDF.", "Type what it says into a pack or a table of codings.")
    if start.startswith(_RTF):
        raise Refused("It is an RTF file.", "Open it in Word and save it as .docx.")
    if start[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise Refused(
            "It is a web page. If it is the coding page: what somebody coded is not in it.",
            "Ask the coder to open it in the same browser as before, to save, and to send the file"
            " that the page saves.",
        )
    if data.startswith(_BINARY):
        raise Refused("It is a picture, a recording or data, not codings.", _WHAT_IS_READ)
