"""Times as transcripts write them."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?")
_SECONDS = re.compile(r"\d{1,6}(?:[.,]\d{1,9})?")
# A hyphen stands between two times, or before the tenths of f4 at the very end.
_BETWEEN = re.compile(r"\s*(?:-->|–|—|\bto\b|-(?!\d#?$)|-(?=\d+:))\s*")
_F4 = re.compile(r"(.*\d)-(\d)")

# A time with two-digit seconds, as it stands in running text.
CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3}|-\d(?=#))?"


def seconds(written: str) -> float | None:
    """Turn a written time into seconds, or None if it is not a time.

    Reads ``h:mm:ss``, ``m:ss``, either with a fraction after a point or comma, a plain number of
    seconds ("75"), and any of these within square or round brackets or ``#``; also the tenths
    that f4 writes after a hyphen (``#00:00:13-5#``). A negative time is not a time.
    """
    bare = written.strip().strip("[]()#<>{}").strip()
    tenths = _F4.fullmatch(bare)
    if tenths:
        bare = f"{tenths[1]}.{tenths[2]}"
    if _SECONDS.fullmatch(bare):
        return float(bare.replace(",", "."))
    match = _CLOCK.fullmatch(bare)
    if match is None:
        return None
    hours, minutes, whole, fraction = match.groups()
    if int(whole) > 59 or (hours is not None and int(minutes) > 59):
        return None
    total = int(hours or 0) * 3600 + int(minutes) * 60 + int(whole)
    return float(f"{total}.{fraction}") if fraction else float(total)


def timespan(written: str) -> tuple[float | None, float | None]:
    """Turn a written time or span of times ("0:05 - 0:09.5") into start and end in seconds.

    The end is None where only one time is given; both are None if any of it is not a time.
    """
    parts = _BETWEEN.split(written.strip(), maxsplit=1)
    times = [seconds(part) for part in parts]
    if None in times:
        return None, None
    return times[0], times[1] if len(times) > 1 else None
