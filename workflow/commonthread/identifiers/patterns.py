"""Patterns that take time in proportion to the text, whatever the text is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import re2


@cache
def compiled(pattern: str) -> Any:
    """Give an RE2 expression for bytes."""
    options = re2.Options()
    options.max_mem = 64 << 20
    return re2.compile(pattern.encode("ascii"), options)


def as_bytes(text: str) -> bytes:
    """Give a text in ASCII, a byte for each code point, so that offsets are the same."""
    return text.encode("ascii", "replace")


def matches(pattern: str, data: bytes) -> Iterator[Any]:
    """Give the matches of an RE2 expression in what ``as_bytes`` gave."""
    return compiled(pattern).finditer(data)


def groups(match: Any) -> dict[str, tuple[int, int]]:
    """Give where each named group of a match that took part in it is."""
    places = {name.decode(): match.span(number) for name, number in match.re.groupindex.items()}
    return {name: place for name, place in places.items() if place[0] >= 0}


def digits(data: bytes) -> str:
    """Give the digits in a stretch."""
    return "".join(chr(byte) for byte in data if 48 <= byte <= 57)


def stands_alone(data: bytes, start: int, end: int) -> bool:
    """Tell whether neither a letter nor a digit stands right before or after a stretch."""
    before, after = data[start - 1 : start] if start else b"", data[end : end + 1]
    return not before.isalnum() and not after.isalnum()


def words_after(data: bytes, end: int, pattern: str, within: int = 40) -> bool:
    """Tell whether a pattern fits what stands right after a stretch, in the same text."""
    return compiled("^(?:" + pattern + ")").search(data[end : end + within]) is not None


def words_before(data: bytes, start: int, pattern: str, within: int = 40) -> bool:
    """Tell whether a pattern occurs among what stands before a stretch, in the same text."""
    return compiled(pattern).search(data[max(0, start - within) : start]) is not None
