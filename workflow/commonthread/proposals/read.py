"""Reads whatever comes back from people who propose changes, by what is in the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from commonthread.codebook import Codebook
from commonthread.ordinary_files import read_ordinary
from commonthread.problems import Refused
from commonthread.proposals.proposal import ReturnedProposals
from commonthread.returned.limits import REMEDY, USUAL
from commonthread.settings import LimitSettings
from commonthread.sources.zipped import PackageKind, names_of_parts

_OFFICE = PackageKind("an Office file", ".doc", ".docx or .xlsx", "Word or Excel")
_WHAT_IS_READ = (
    "Put in what the codebook page saves, or the codebook as a Word document (.docx) or a workbook"
    " (.xlsx) with what somebody changed in it."
)
# What files begin with, what they are, and what to do instead.
_OTHERS = (
    (
        bytes.fromhex("d0cf11e0a1b11ae1"),
        "It is an old Office file (.doc, .xls), or locked with a password.",
        "Open it in Word or Excel, take off any password, and save it as .docx or .xlsx.",
    ),
    (b"%PDF-", "It is a PDF.", "Write what it says into the Word document, and put that in."),
    (b"{\\rtf", "It is an RTF file.", "Open it in Word and save it as .docx."),
    (
        b"<",
        "It is a web page: what somebody wrote into the codebook page is not in it.",
        "Ask for it to be opened in the same browser as before, to save, and for the file that the"
        " page saves.",
    ),
)


def read_returned(
    path: Path, codebooks: Sequence[Codebook] = (), limits: LimitSettings = USUAL
) -> ReturnedProposals:
    """Read a file with proposals: what the codebook page saved, a document or a workbook.

    ``codebooks`` are states of the codebook, by which edited texts are told in files that lost what
    they were given out with. Raises Refused if it is nothing of the kind, damaged, locked, or too
    large; OSError if it cannot be opened.
    """
    return read_content(read_ordinary(path, limits.file_mb, REMEDY), path.name, codebooks, limits)


def read_content(
    data: bytes, name: str, codebooks: Sequence[Codebook], limits: LimitSettings
) -> ReturnedProposals:
    """Read what a file with proposals holds, as ``read_returned`` does; ``name`` is its name."""
    try:
        return _read(name, data, codebooks, limits)
    except Refused as refused:
        if "reading: limits" not in refused.remedy:
            raise
        raise Refused(refused.reason, REMEDY) from None


def _read(
    name: str, data: bytes, codebooks: Sequence[Codebook], limits: LimitSettings
) -> ReturnedProposals:
    if not data.strip():
        raise Refused("It is empty.", "Ask for it to be saved and sent again.")
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for begins, what, remedy in _OTHERS:
        if start.startswith(begins):
            raise Refused(what, remedy)
    if data.startswith(b"PK"):
        return _read_zipped(data, codebooks, limits)
    if start.startswith((b"{", b"[")):
        from commonthread.proposals.page_file import read_page_file

        return read_page_file(data, name)
    raise Refused("It is no file with proposals for the codebook.", _WHAT_IS_READ)


def _read_zipped(
    data: bytes, codebooks: Sequence[Codebook], limits: LimitSettings
) -> ReturnedProposals:
    names = names_of_parts(data, _OFFICE)
    if "xl/workbook.xml" in names:
        from commonthread.proposals.workbook import read_workbook

        return read_workbook(data, codebooks, limits)
    if "word/document.xml" in names:
        from commonthread.proposals.document import read_document

        return read_document(data, codebooks, limits)
    if "content.xml" in names:
        raise Refused(
            "It was saved in the OpenDocument format.",
            "Open it, save a document as .docx or a spreadsheet as .xlsx, and put that in.",
        )
    raise Refused("It is a packed archive.", "Unpack it and put in what is in it.")
