"""JSON of Whisper and WhisperX."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources import RawTurn, Reading, read_source


def read(folder: Path, content: object) -> Reading:
    path = folder / "talk.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return read_source(path, ReadingSettings())


def test_segments_of_one_speaker_become_a_turn(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "language": "en",
            "segments": [
                {"start": 0.5, "end": 2, "text": " Hello there", "speaker": "SPEAKER_00"},
                {"start": 2, "end": 3.5, "text": " everyone.", "speaker": "SPEAKER_00"},
                {"start": 4, "end": 4.5, "text": "  "},
                {"start": 5, "end": 6, "text": " Who said this?"},
                {"text": " No times.", "speaker": "SPEAKER_01"},
            ],
        },
    )
    assert (reading.kind, reading.format) == ("transcript", "json")
    assert reading.turns == [
        RawTurn("SPEAKER_00", "Hello there everyone.", 0.5, 3.5),
        RawTurn(None, "Who said this?", 5.0, 6.0),
        RawTurn("SPEAKER_01", "No times."),
    ]


def test_without_speakers_sentences_stay_whole(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        [
            {"start": 0, "end": 1, "text": "We meet"},
            {"start": 1, "end": 2, "text": "on Monday."},
            {"start": 2, "end": 3, "text": "Good."},
        ],
    )
    assert reading.kind == "notes"
    assert reading.turns == [
        RawTurn(None, "We meet on Monday.", 0.0, 2.0),
        RawTurn(None, "Good.", 2.0, 3.0),
    ]


def test_wrong_segments_and_times_are_reported(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        '{"segments": [7, {"start": 5, "end": 1, "text": "a\\u0000b \\ud800", "speaker": 3}, '
        '{"start": NaN, "end": 1e999, "text": "c", "speaker": 3}]}',
    )
    assert reading.turns == [RawTurn("3", "a b \ufffd c", 5.0, None)]
    assert any("segment 1" in warning for warning in reading.warnings)
    assert any("segment 2" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"segments": [], "segments": [{"text": "second"}]}', "same key twice"),
        ('{"segments": [{"text": "a"', "damaged or cut short at line 1"),
        ("[" * 100_000, "cannot be taken in"),
        ('{"segments": [{"start": ' + "9" * 6000 + "}]}", "cannot be taken in"),
        ('{"people": []}', "no segments"),
        ('{"segments": []}', "nothing that anybody said"),
        ("12", "no segments"),
    ],
)
def test_what_is_no_transcript_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read(tmp_path, content)


def test_text_alone_is_a_note(tmp_path: Path) -> None:
    assert read(tmp_path, {"text": " All of it. "}).turns == [RawTurn(None, "All of it.")]
