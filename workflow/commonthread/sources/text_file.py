"""Reads files of plain text: transcripts, subtitles, chat logs and notes."""

from __future__ import annotations

from pathlib import Path

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.plain import lines_of, turns_from_lines
from commonthread.sources.reading import Reading, unbroken
from commonthread.sources.text import decode

_NO_HEADER = "The file lacks the line WEBVTT that subtitles of this kind open with; it was read."
# Documents have a blank line between paragraphs, and subtitles fewer turns than cues.
_LINES_A_TURN = 2


def read(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read a file of text in any layout; see ``plain.turns_from_lines``.

    The format is "vtt", "srt", "md" or "txt". Raises ``Refused`` if it is empty or not text.
    """
    text, encoding, warnings = decode(data)
    most = _LINES_A_TURN * settings.limits.turns
    if text.count("\n") > most:
        raise Refused(
            f"The file has more than {most:,} lines.",
            "Split it, or raise the limit (reading: limits: turns in the settings).",
        )
    long = _lines_longer(text, settings.limits.turn_letters)
    if long:
        raise unbroken(long, settings.limits.turn_letters)
    recognised = turns_from_lines(lines_of(text), settings)
    format_ = "md" if path.suffix.lower() in (".md", ".markdown") else "txt"
    header = text.startswith("WEBVTT")
    if header and not recognised.layout.startswith("subtitles"):
        raise Refused(
            "These are subtitles without a single line of times that can be read.",
            "Export them again, as VTT or SRT.",
        )
    if recognised.layout.startswith("subtitles"):
        format_ = "vtt" if header or path.suffix.lower() == ".vtt" else "srt"
        if format_ == "vtt" and not header:
            warnings.append(_NO_HEADER)
    return Reading(
        recognised.kind,
        format_,
        recognised.layout,
        encoding,
        recognised.turns,
        warnings + recognised.warnings,
        recognised.notes,
    )


def _lines_longer(text: str, most: int) -> list[int]:
    """Give the numbers (from 1) of lines with more letters than ``most``."""
    found: list[int] = []
    if len(text) <= most:
        return found
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > most:
            found.append(number)
        start, number = end + 1, number + 1
    return found
