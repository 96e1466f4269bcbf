"""Reads the file that a coding page or an adjudication page saves (JSON)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeGuard, get_args

from commonthread.problems import Refused
from commonthread.returned.judgement import Judgement, Outcome, Returned

FORMAT = "commonthread codings"
VERSION = 1

_LARGEST = 50_000_000
# Brackets and commas: they make a file take much more room in memory than on disk. 5,000 segments
# have about 150,000.
_MARKS = 1_000_000
_SEGMENTS = 1_000_000
_CODES = 500
_LONG, _MEDIUM, _SHORT = 200_000, 20_000, 500
# Characters that no person types, and halves of characters, which no file can hold.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_KEY = re.compile(r"[A-Za-z_ -]{1,40}")

_AGAIN = "Ask for the file as the page saved it, or save it anew from the page."
_HEAD: dict[str, int] = {
    "study": _SHORT,
    "pack_id": _SHORT,
    "coder": _SHORT,
    "role": _SHORT,
    "codebook_version": _SHORT,
    "codebook_sha256": _SHORT,
    "copy": _SHORT,
}
_KEYS = {
    *("format", "format_version", "purpose", "took_part", "segments", "codings", "begun"),
    *_HEAD,
}
_TEXTS = {
    "segment_id": _SHORT,
    "source_id": _SHORT,
    "words": _LONG,
    "before": _MEDIUM,
    "after": _MEDIUM,
    "comment": _MEDIUM,
    "new_code": _MEDIUM,
    "date": _SHORT,
}
_OTHERS = {"start_s", "codes", "no_code", "unsure"}


class _Unusable(Exception):
    """A part of the file cannot be used; says why."""


def read_page_file(data: bytes, name: str) -> Returned:
    """Read what a page saved; ``name`` is the name of the file.

    Every decision is given, earlier ones before the later ones about the same segment. A row that
    cannot be used, and a segment that was begun but not marked done, is among the problems. Raises
    ``Refused`` if the file is damaged, was not saved by a page, or by one of a newer format.
    """
    content = _load(data, name)
    purpose = content["purpose"]
    if purpose not in ("coding", "adjudication"):
        raise Refused('The field "purpose" names no purpose of a page.', _AGAIN)
    unknown = next((key for key in content if key not in _KEYS), None)
    if unknown is not None:
        raise Refused(f"It has a field that a page does not save{_named(unknown)}", _AGAIN)
    problems: list[tuple[str, str]] = []
    judgements = []
    for number, row in enumerate(_rows(content, "codings"), start=1):
        where = f"coding {number}"
        try:
            judgements.append(_judgement(where, row, settled=purpose == "adjudication"))
        except _Unusable as reason:
            problems.append((where, str(reason)))
    problems += [
        (f"begun {number}", f"{_which(row)} was begun, but not marked done; it does not count.")
        for number, row in enumerate(_rows(content, "begun"), start=1)
    ]
    took_part = _took_part(content["took_part"])
    if purpose == "adjudication" and judgements and not took_part:
        raise Refused(
            "It does not say who took part in deciding.",
            "Open the page, load the file into it, say who took part, and save it again.",
        )
    segments = _count(content["segments"])
    head: dict[str, Any] = {key: _field(content, key, most) for key, most in _HEAD.items()}
    return Returned(
        purpose="adjudication" if purpose == "adjudication" else "coding",
        **head,
        took_part=took_part,
        untouched=max(segments - len({each.segment_id for each in judgements}), 0),
        judgements=tuple(judgements),
        problems=tuple(problems),
    )


def _load(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > _LARGEST or sum(data.count(mark) for mark in (b"{", b"[", b",")) > _MARKS:
        raise Refused(
            "It is much larger than any file that a page saves.", "See that it is the right file."
        )
    try:
        text = data.decode("utf-8-sig")
        content = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Refused(
            "It is not UTF-8 text, so it was changed since the page saved it.", _AGAIN
        ) from None
    except json.JSONDecodeError as error:
        raise Refused(
            f"The JSON is damaged or cut short at line {error.lineno}, column {error.colno}.",
            _AGAIN,
        ) from None
    except _Unusable as reason:
        raise Refused(str(reason), _AGAIN) from None
    except (RecursionError, ValueError):
        raise Refused("The JSON is damaged: it cannot be taken in.", _AGAIN) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        other = "" if name.lower().endswith(".json") else " Its name does not end in .json either."
        raise Refused(f"It is not a file that a coding page saved.{other}", _AGAIN)
    version = content.get("format_version")
    if not _whole(version) or version < 1:
        raise Refused('The field "format_version" is not the number of a version.', _AGAIN)
    if version > VERSION:
        raise Refused(
            f"It has version {version:,} of its format, and this program knows version {VERSION}.",
            "Bring the program up to date, and run it again.",
        )
    missing = [key for key in sorted(_KEYS) if key not in content]
    if missing:
        raise Refused(f'The field "{missing[0]}" is missing.', _AGAIN)
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Unusable(f"A field is there twice in one place{_named(key)}")
        found[key] = value
    return found


def _no_number(_: str) -> None:
    raise _Unusable("A number is not a number.")


def _named(key: str) -> str:
    """Give the end of a sentence about a key, which may be anything."""
    return f': "{key}".' if _KEY.fullmatch(key) else "."


def _rows(content: Mapping[str, Any], key: str) -> list[Any]:
    rows = content[key]
    if not isinstance(rows, list):
        raise Refused(f'The field "{key}" is not a list.', _AGAIN)
    return rows


def _field(content: Mapping[str, Any], key: str, most: int) -> str:
    try:
        return _text(content, key, most)
    except _Unusable as reason:
        raise Refused(str(reason), _AGAIN) from None


def _count(value: Any) -> int:
    if not _whole(value) or not 0 <= value <= _SEGMENTS:
        raise Refused('The field "segments" is not a number of segments.', _AGAIN)
    return value


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _took_part(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or len(value) > _CODES:
        raise Refused('The field "took_part" is not a list of people.', _AGAIN)
    found = []
    for number, person in enumerate(value, start=1):
        where = f'The field "took_part", person {number}'
        if not isinstance(person, dict) or person.keys() != {"name", "role"}:
            raise Refused(f"{where}, is not a name and a role.", _AGAIN)
        try:
            name, role = (_text(person, key, _SHORT).strip() for key in ("name", "role"))
        except _Unusable as reason:
            raise Refused(f"{where}: {reason}", _AGAIN) from None
        if not name:
            raise Refused(f"{where}, has no name.", _AGAIN)
        found.append((name, role))
    return tuple(found)


def _judgement(where: str, row: Any, *, settled: bool) -> Judgement:
    if not isinstance(row, dict):
        raise _Unusable("This is not a coding.")
    known = {*_TEXTS, *_OTHERS, *(["outcome"] if settled else [])}
    missing = sorted(known - row.keys())
    if missing:
        raise _Unusable(f'The field "{missing[0]}" is missing.')
    unknown = next((key for key in row if key not in known), None)
    if unknown is not None:
        raise _Unusable(f"It has a field that no coding has{_named(unknown)}")
    texts = {key: _text(row, key, most) for key, most in _TEXTS.items()}
    if not texts["segment_id"]:
        raise _Unusable('The field "segment_id" is empty.')
    _check_date(texts["date"])
    outcome: Outcome = _outcome(row["outcome"], texts["comment"]) if settled else ""
    no_code, unsure = (_truth(row, key) for key in ("no_code", "unsure"))
    codes = _codes(row["codes"])
    if not codes and not no_code and not unsure and outcome in ("", "decided"):
        raise _Unusable("It names no code, nor says that none fits.")
    return Judgement(
        where=where,
        start_s=_seconds(row["start_s"]),
        codes=codes,
        no_code=no_code,
        unsure=unsure,
        outcome=outcome,
        **texts,
    )


def _text(row: Mapping[str, Any], key: str, most: int) -> str:
    return _checked(row[key], key, most)


def _checked(value: Any, key: str, most: int) -> str:
    if not isinstance(value, str):
        raise _Unusable(f'The field "{key}" is not text.')
    if len(value) > most:
        raise _Unusable(f'The field "{key}" is longer than {most:,} characters.')
    if _UNUSABLE.search(value):
        raise _Unusable(f'The field "{key}" has characters that cannot be used.')
    return value


def _truth(row: Mapping[str, Any], key: str) -> bool:
    if not isinstance(row[key], bool):
        raise _Unusable(f'The field "{key}" is not true or false.')
    return bool(row[key])


def _codes(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _CODES:
        raise _Unusable('The field "codes" is not a list of codes.')
    codes = [_checked(code, "codes", _SHORT) for code in value]
    if not all(code.strip() for code in codes):
        raise _Unusable('The field "codes" has an empty code.')
    return tuple(dict.fromkeys(codes))


def _seconds(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Unusable('The field "start_s" is not a number.')
    try:
        seconds = float(value)
    except OverflowError:
        seconds = math.inf
    if not math.isfinite(seconds) or seconds < 0:
        raise _Unusable('The field "start_s" is no time in a recording.')
    return seconds


def _check_date(date: str) -> None:
    try:
        read = datetime.fromisoformat(date)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise _Unusable('The field "date" is not a date and time with an offset.')


def _outcome(value: Any, comment: str) -> Outcome:
    if value not in get_args(Outcome) or value == "":
        raise _Unusable('The field "outcome" is not "decided", "open" or "codebook".')
    if value == "codebook" and not comment.strip():
        raise _Unusable("It says that the codebook must change, but not how.")
    outcome: Outcome = value
    return outcome


def _which(row: Any) -> str:
    """Name the segment of a row, if it is a name that can be shown."""
    segment = row.get("segment_id") if isinstance(row, dict) else None
    shown = isinstance(segment, str) and re.fullmatch(r"[\w.:-]{1,80}", segment)
    return f"Segment {segment}" if shown else "A segment"
