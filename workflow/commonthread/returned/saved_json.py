"""Reads the JSON of a file that a page saved, strictly: what it must be, whoever wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from commonthread.problems import Refused

AGAIN = "Ask for the file as the page saved it, or save it anew from the page."

_LARGEST = 50_000_000
# Brackets and commas: they make a file take much more room in memory than on disk. 5,000 segments
# have about 150,000.
_MARKS = 1_000_000
# Characters that no person types, and halves of characters, which no file can hold.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_KEY = re.compile(r"[A-Za-z_ -]{1,40}")


class Unusable(Exception):
    """A part of the file cannot be used; says why."""


@dataclass(frozen=True)
class Form:
    """What files of a kind are like: their format, its version, their fields, and what saves them."""

    format: str
    version: int
    keys: frozenset[str]
    page: str


def load_saved(data: bytes, name: str, form: Form) -> dict[str, Any]:
    """Give the content of a file of a form; ``name`` is the name of the file.

    Every field of the form is there. Raises ``Refused`` if the file is damaged, of another form, or
    of a newer version.
    """
    content = _content(data)
    if not isinstance(content, dict) or content.get("format") != form.format:
        other = "" if name.lower().endswith(".json") else " Its name does not end in .json either."
        raise Refused(f"It is not a file that {form.page} saved.{other}", AGAIN)
    version = content.get("format_version")
    if not whole(version) or version < 1:
        raise Refused('The field "format_version" is not the number of a version.', AGAIN)
    if version > form.version:
        raise Refused(
            f"It has version {version:,} of its format, and this program knows version {form.version}.",
            "Bring the program up to date, and run it again.",
        )
    missing = [key for key in sorted(form.keys) if key not in content]
    if missing:
        raise Refused(f'The field "{missing[0]}" is missing.', AGAIN)
    return content


def refuse_unknown(content: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise ``Refused`` if a file has a field that no page saves."""
    unknown = next((key for key in content if key not in known), None)
    if unknown is not None:
        raise Refused(f"It has a field that a page does not save{named(unknown)}", AGAIN)


def rows(content: Mapping[str, Any], key: str) -> list[Any]:
    """Give a list of the file. Raises ``Refused`` if it is none."""
    found = content[key]
    if not isinstance(found, list):
        raise Refused(f'The field "{key}" is not a list.', AGAIN)
    return found


def head_text(content: Mapping[str, Any], key: str, most: int) -> str:
    """Give a text that the file has of itself. Raises ``Refused`` if it cannot be used."""
    try:
        return checked_text(content[key], key, most)
    except Unusable as reason:
        raise Refused(str(reason), AGAIN) from None


def checked_text(value: Any, key: str, most: int) -> str:
    """Give a value that is a text of at most so many characters. Raises ``Unusable``."""
    if not isinstance(value, str):
        raise Unusable(f'The field "{key}" is not text.')
    if len(value) > most:
        raise Unusable(f'The field "{key}" is longer than {most:,} characters.')
    if _UNUSABLE.search(value):
        raise Unusable(f'The field "{key}" has characters that cannot be used.')
    return value


def check_date(date: str) -> None:
    """Raise ``Unusable`` if a text is not a date and time with an offset from universal time."""
    try:
        read = datetime.fromisoformat(date)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise Unusable('The field "date" is not a date and time with an offset.')


def whole(value: Any) -> TypeGuard[int]:
    """Tell whether a value is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def named(key: str) -> str:
    """Give the end of a sentence about a key, which may be anything."""
    return f': "{key}".' if _KEY.fullmatch(key) else "."


def _content(data: bytes) -> Any:
    if len(data) > _LARGEST or sum(data.count(mark) for mark in (b"{", b"[", b",")) > _MARKS:
        raise Refused(
            "It is much larger than any file that a page saves.", "See that it is the right file."
        )
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Refused(
            "It is not UTF-8 text, so it was changed since the page saved it.", AGAIN
        ) from None
    except json.JSONDecodeError as error:
        raise Refused(
            f"The JSON is damaged or cut short at line {error.lineno}, column {error.colno}.",
            AGAIN,
        ) from None
    except Unusable as reason:
        raise Refused(str(reason), AGAIN) from None
    except (RecursionError, ValueError):
        raise Refused("The JSON is damaged: it cannot be taken in.", AGAIN) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Unusable(f"A field is there twice in one place{named(key)}")
        found[key] = value
    return found


def _no_number(_: str) -> None:
    raise Unusable("A number is not a number.")
