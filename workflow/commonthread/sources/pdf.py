"""Reads PDFs with a text layer: takes pages apart into paragraphs of talk."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from commonthread.problems import Refused
from commonthread.settings import LimitSettings, ReadingSettings
from commonthread.sources import pdf_pages
from commonthread.sources.documents import reading_of_blocks
from commonthread.sources.pdf_furniture import PdfLine
from commonthread.sources.pdf_paragraphs import paragraphs_of_pages
from commonthread.sources.reading import Reading, places
from commonthread.sources.text import empty

_SECONDS = 10
_SECONDS_A_PAGE = 0.5
"""Processor time that a page may take beyond the first ten seconds: real ones take a third."""

_MEGABYTES = 900
_PATIENCE = 4
"""How many times the processor time the whole may take on a busy machine."""

_UNREADABLE = 0.3
"""Share of characters that are no letters of any script, from which a text layer is useless."""


def read(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read the text layer of a PDF.

    Page numbers, and headers and footers that come back page after page, are left out and told;
    words that were parted at the end of a line are joined, and lines are joined to paragraphs.
    The file is taken apart in a process of its own, limited in time and memory. ``path`` is not
    opened.

    Raises Refused if the PDF is locked, damaged, too large, takes too long, or has no text layer.
    """
    if not data.strip():
        raise empty()
    if b"%PDF-" not in data[:1024]:
        raise Refused(
            "It is not a PDF, although its name says so.",
            "Find out what it is, open it in the program that made it, and save it as a PDF.",
        )
    pages = _pages(data, settings.limits)
    blank = [number for number, lines in enumerate(pages, start=1) if not lines]
    if len(blank) == len(pages):
        raise Refused(
            "It has no text layer: it is probably a scan, that is, pictures of pages.",
            "Run text recognition (OCR) on it, or give the document that it was made from.",
        )
    if _unreadable(pages):
        raise Refused(
            "Its text cannot be read: its fonts do not say which letters they draw.",
            "Give the document that it was made from, or run text recognition (OCR) on it.",
        )
    paragraphs, notes = paragraphs_of_pages(pages, settings.speaker_pattern)
    warnings = []
    if blank:
        verb = "holds" if len(blank) == 1 else "hold"
        where = places(blank, "page")
        warnings.append(
            f"{where[0].upper()}{where[1:]} {verb} no text: blank, or a picture of a page."
        )
    return reading_of_blocks(paragraphs, settings, "pdf", warnings, notes)


def _pages(data: bytes, limits: LimitSettings) -> list[list[PdfLine]]:
    arguments = (
        _SECONDS,
        _MEGABYTES,
        limits.pages,
        limits.expanded_mb << 20,
        _SECONDS_A_PAGE,
    )
    # -P keeps the folder of the script, whose modules are called docx and tables, off the path.
    command = [sys.executable, "-P", pdf_pages.__file__, *map(str, arguments)]
    patience = _PATIENCE * (_SECONDS + _SECONDS_A_PAGE * min(limits.pages, len(data) // 500))
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=patience)
    except subprocess.TimeoutExpired:
        raise _refused("too long", limits) from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        # Stopped by the system at a limit (a negative code), or at its very end of memory.
        raise _refused("too long" if done.returncode < 0 else "damaged", limits) from None
    if "error" in answer:
        raise _refused(str(answer["error"]), limits)
    return [[PdfLine(*line) for line in page] for page in answer["pages"]]


def _refused(error: str, limits: LimitSettings) -> Refused:
    anew = "Open it and print it to a new PDF, or give the document that it was made from."
    reasons = {
        "damaged": ("It is damaged: its inside is not that of a PDF.", anew),
        "locked": (
            "It is locked with a password.",
            "Open it with the password, print it to a new PDF without one, and put that back.",
        ),
        "too large": (
            f"It unpacks to far more than its size: more than {limits.expanded_mb} MB in one part.",
            anew,
        ),
        "too many pages": (
            f"It has more than {limits.pages:,} pages.",
            "Divide it into several files, or raise reading: limits: pages.",
        ),
        "too much memory": ("Reading it takes more than 1 GB of memory.", anew),
        "too long": (
            f"Reading it takes too long: more than {_SECONDS} seconds "
            f"and {_SECONDS_A_PAGE} for each page.",
            anew,
        ),
    }
    return Refused(*reasons.get(error, reasons["damaged"]))


def _unreadable(pages: list[list[PdfLine]]) -> bool:
    text = "".join(line.text for lines in pages for line in lines)
    odd = sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" or c < "\t" for c in text)
    return odd > _UNREADABLE * len(text)
