"""Reads the JSON that Whisper and WhisperX write."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.detect import is_flood
from commonthread.sources.reading import Reading, kind_of, places
from commonthread.sources.subtitles import Spoken, merged, stretches
from commonthread.sources.text import clean, decode

_REMEDY = "Export the transcript again, as JSON with segments or as subtitles (VTT or SRT)."


class _TwiceError(ValueError):
    """A key stands twice in one object of the JSON."""


def read(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read the JSON of Whisper or WhisperX: ``{"segments": [{start, end, text, speaker?}]}``.

    Segments of one speaker that follow one another become one turn. Speaker and times may be
    missing; segments without words are passed over. Raises ``Refused`` if the JSON is damaged,
    has a key twice, or is no transcript.
    """
    if is_flood(data):
        raise Refused(
            "The JSON has far more in it than the segments of a transcript.",
            "Export the transcript again without the times of single words, or split it.",
        )
    text, encoding, warnings = decode(data)
    segments = _segments(_load(text))
    spoken: list[Spoken] = []
    wrong: list[int] = []
    times_wrong: list[int] = []
    cleaned: list[int] = []
    for number, segment in enumerate(segments, start=1):
        if not isinstance(segment, dict) or not isinstance(segment.get("text", ""), str):
            wrong.append(number)
            continue
        words, more = clean(segment.get("text", ""))
        if more:
            cleaned.append(number)
        words = words.strip()
        speaker = segment.get("speaker")
        if not words:
            continue
        if speaker is not None and not isinstance(speaker, str):
            speaker = str(speaker)
        start, end = _time(segment.get("start")), _time(segment.get("end"))
        if start is not None and end is not None and end < start:
            times_wrong.append(number)
            end = None
        name = clean(speaker)[0].strip() if speaker else ""
        spoken.append(Spoken(name or None, words, start, end, (number,)))
    if wrong:
        warnings.append(
            f"What is no segment with a text was left out ({places(wrong, 'segment')})."
        )
    if cleaned:
        warnings.append(
            "Characters that do harm or cannot be shown were replaced or taken out "
            f"({places(cleaned, 'segment')})."
        )
    if times_wrong:
        warnings.append(
            f"A segment ends before it starts ({places(times_wrong, 'segment')}): its words were "
            "read without the end."
        )
    if not spoken:
        raise Refused("The JSON holds nothing that anybody said.", _REMEDY)
    named = any(piece.speaker is not None for piece in spoken)
    turns = merged(spoken, unnamed_go_on=False) if named else stretches(spoken)
    return Reading(kind_of(turns), "json", "Whisper segments", encoding, turns, warnings)


def _load(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=lambda _: None)
    except _TwiceError:
        raise Refused(
            "The JSON has the same key twice in one object, so that one of the two would be lost.",
            _REMEDY,
        ) from None
    except json.JSONDecodeError as error:
        raise Refused(
            f"The JSON is damaged or cut short at line {error.lineno}.", _REMEDY
        ) from None
    except (RecursionError, ValueError):
        raise Refused("The JSON is not a transcript: it cannot be taken in.", _REMEDY) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError
    return found


def _segments(content: Any) -> list[Any]:
    if isinstance(content, dict):
        segments = content.get("segments")
        if isinstance(segments, list):
            return segments
        if isinstance(content.get("text"), str):
            return [{"text": content["text"]}]
    elif isinstance(content, list) and all(isinstance(s, dict) and "text" in s for s in content):
        return content
    raise Refused("The JSON holds no segments of a transcript.", _REMEDY)


def _time(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        time = float(value)
    except OverflowError:
        return None
    return time if math.isfinite(time) and time >= 0 else None
