"""Readers of source files: one a format, and one function that picks it."""

from __future__ import annotations

from pathlib import Path

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.detect import detect
from commonthread.sources.reading import RawTurn, Reading
from commonthread.sources.text import empty

__all__ = ["RawTurn", "Reading", "read_source"]

_MEGABYTE = 1_000_000


def read_source(path: Path, settings: ReadingSettings) -> Reading:
    """Read one file of a workshop, of whatever format and layout.

    Gives at least one turn or note, each with words. Raises ``Refused``, with the reason and what
    to do, for a file that cannot be read, is empty, or is beyond ``settings.limits``.
    """
    data = _bytes(path, settings)
    reading = _read(path, data, settings)
    if len(reading.turns) > settings.limits.turns:
        raise Refused(
            f"The file has {len(reading.turns):,} turns, more than the {settings.limits.turns:,} "
            "that are allowed.",
            "Split it, or raise the limit (reading: limits: turns in the settings).",
        )
    if not reading.turns:
        raise Refused(
            "The file holds nothing that anybody said or noted.",
            "Check that it is the right file.",
        )
    return reading


def _bytes(path: Path, settings: ReadingSettings) -> bytes:
    try:
        if not path.is_file():
            raise Refused("This is not a file that can be read.", "Put a copy of the file here.")
        if path.stat().st_size > settings.limits.file_mb * _MEGABYTE:
            raise Refused(
                f"The file is larger than {settings.limits.file_mb} MB.",
                "Split it, or raise the limit (reading: limits: file_mb in the settings).",
            )
        data = path.read_bytes()
    except OSError as error:
        raise Refused(
            f"The file cannot be opened ({error.strerror}).",
            "Check that you may read it and that it is not open elsewhere.",
        ) from None
    if not data:
        raise empty()
    return data


def _read(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    # Each reader is imported only where it is needed: the libraries behind some are heavy.
    match detect(path, data):
        case "docx":
            from commonthread.sources import docx

            return docx.read(path, data, settings)
        case "odt":
            from commonthread.sources import odt

            return odt.read(path, data, settings)
        case "rtf":
            from commonthread.sources import rtf

            return rtf.read(path, data, settings)
        case "pdf":
            from commonthread.sources import pdf

            return pdf.read(path, data, settings)
        case "csv":
            from commonthread.sources import tables

            return tables.read_csv(path, data, settings)
        case "xlsx":
            from commonthread.sources import tables

            return tables.read_xlsx(path, data, settings)
        case "json":
            from commonthread.sources import whisper

            return whisper.read(path, data, settings)
        case "text":
            from commonthread.sources import text_file

            return text_file.read(path, data, settings)
