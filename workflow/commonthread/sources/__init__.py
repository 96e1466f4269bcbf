"""Readers of source files: one a format, and one function that picks it."""

from __future__ import annotations

from pathlib import Path

from commonthread.ordinary_files import read_ordinary
from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.detect import detect
from commonthread.sources.reading import RawTurn, Reading, unbroken
from commonthread.sources.text import empty

__all__ = ["RawTurn", "Reading", "read_content", "read_source", "source_bytes"]


def read_source(path: Path, settings: ReadingSettings) -> Reading:
    """Read one file of a workshop, of whatever format and layout.

    Raises what ``source_bytes`` and ``read_content`` raise.
    """
    return read_content(path, source_bytes(path, settings), settings)


def source_bytes(path: Path, settings: ReadingSettings) -> bytes:
    """Give what a file of a workshop holds.

    Raises ``Refused`` if it is no ordinary file, is empty, cannot be opened, or is larger than
    ``settings.limits`` allow.
    """
    remedy = "Split it, or raise the limit (reading: limits: file_mb in the settings)."
    try:
        data = read_ordinary(path, settings.limits.file_mb, remedy)
    except OSError as error:
        raise Refused(
            f"The file cannot be opened ({error.strerror}).",
            "Check that you may read it and that it is not open elsewhere.",
        ) from None
    if not data:
        raise empty()
    return data


def read_content(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read what a file of a workshop holds, of whatever format and layout.

    ``path`` is only its name. Gives at least one turn or note, each with words. Raises ``Refused``,
    with the reason and what to do, for what cannot be read or is beyond ``settings.limits``.
    """
    reading = _read(path, data, settings)
    if len(reading.turns) > settings.limits.turns:
        raise Refused(
            f"The file has {len(reading.turns):,} turns, more than the {settings.limits.turns:,} "
            "that are allowed.",
            "Split it, or raise the limit (reading: limits: turns in the settings).",
        )
    most = settings.limits.turn_letters
    long = [number for number, turn in enumerate(reading.turns, 1) if len(turn.text) > most]
    if long:
        raise unbroken(long, most, "turn")
    if not reading.turns:
        raise Refused(
            "The file holds nothing that anybody said or noted.",
            "Check that it is the right file.",
        )
    return reading


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
