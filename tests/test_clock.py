"""Times as transcripts write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.sources.clock import seconds, timespan


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0:03", 3.0),
        ("1:02:03", 3723.0),
        ("00:01:02.500", 62.5),
        ("00:01:02,5", 62.5),
        ("0:0:5.100", 5.1),
        ("[00:01:02]", 62.0),
        ("#00:00:13-5#", 13.5),
        ("75", 75.0),
        ("4.25", 4.25),
        ("100:00:00", 360000.0),
        ("", None),
        ("10:75", None),
        ("1:75:00", None),
        ("-0:01", None),
        ("soon", None),
        ("12:3x", None),
    ],
)
def test_times(written: str, expected: float | None) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0:05 - 0:09.5", (5.0, 9.5)),
        ("0:05-0:09", (5.0, 9.0)),
        ("0:0:5.1 --> 0:0:8.2", (5.1, 8.2)),
        ("75", (75.0, None)),
        ("0:05 to 0:09", (5.0, 9.0)),
        ("#00:00:13-5#", (13.5, None)),
        ("0:05 - later", (None, None)),
        ("no time", (None, None)),
    ],
)
def test_spans(written: str, expected: tuple[float | None, float | None]) -> None:
    assert timespan(written) == expected


@given(st.integers(0, 359_999))
def test_clock_times_come_back(total: int) -> None:
    written = f"{total // 3600}:{total // 60 % 60:02}:{total % 60:02}"
    assert seconds(written) == total


@given(st.text(max_size=40))
def test_anything_can_be_asked(written: str) -> None:
    time = seconds(written)
    assert time is None or time >= 0
    timespan(written)
