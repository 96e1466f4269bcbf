"""Reads the file that a coding page or an adjudication page saves (JSON)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, get_args

from commonthread.problems import Refused
from commonthread.returned.judgement import Judgement, Outcome, Returned
from commonthread.returned.saved_json import (
    AGAIN,
    Form,
    Unusable,
    check_date,
    checked_text,
    head_text,
    load_saved,
    named,
    refuse_unknown,
    rows,
    whole,
)

FORMAT = "commonthread codings"
VERSION = 1

_SEGMENTS = 1_000_000
_CODES = 500
_LONG, _MEDIUM, _SHORT = 200_000, 20_000, 500
_HEAD: dict[str, int] = {
    "study": _SHORT,
    "pack_id": _SHORT,
    "coder": _SHORT,
    "role": _SHORT,
    "codebook_version": _SHORT,
    "codebook_sha256": _SHORT,
    "copy": _SHORT,
}
_FORM = Form(
    format=FORMAT,
    version=VERSION,
    keys=frozenset(
        ("format", "format_version", "purpose", "took_part", "segments", "codings", "begun", *_HEAD)
    ),
    page="a coding page",
)
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


def read_page_file(data: bytes, name: str) -> Returned:
    """Read what a page saved; ``name`` is the name of the file.

    Every decision is given, earlier ones before the later ones about the same segment. A row that
    cannot be used, and a segment that was begun but not marked done, is among the problems. Raises
    ``Refused`` if the file is damaged, was not saved by a page, or by one of a newer format.
    """
    content = load_saved(data, name, _FORM)
    purpose = content["purpose"]
    if purpose not in ("coding", "adjudication"):
        raise Refused('The field "purpose" names no purpose of a page.', AGAIN)
    refuse_unknown(content, _FORM.keys)
    problems: list[tuple[str, str]] = []
    judgements = []
    for number, row in enumerate(rows(content, "codings"), start=1):
        where = f"coding {number}"
        try:
            judgements.append(_judgement(where, row, settled=purpose == "adjudication"))
        except Unusable as reason:
            problems.append((where, str(reason)))
    problems += [
        (f"begun {number}", f"{_which(row)} was begun, but not marked done; it does not count.")
        for number, row in enumerate(rows(content, "begun"), start=1)
    ]
    took_part = _took_part(content["took_part"])
    if purpose == "adjudication" and judgements and not took_part:
        raise Refused(
            "It does not say who took part in deciding.",
            "Open the page, load the file into it, say who took part, and save it again.",
        )
    segments = _count(content["segments"])
    head: dict[str, Any] = {key: head_text(content, key, most) for key, most in _HEAD.items()}
    return Returned(
        purpose="adjudication" if purpose == "adjudication" else "coding",
        **head,
        took_part=took_part,
        untouched=max(segments - len({each.segment_id for each in judgements}), 0),
        judgements=tuple(judgements),
        problems=tuple(problems),
    )


def _count(value: Any) -> int:
    if not whole(value) or not 0 <= value <= _SEGMENTS:
        raise Refused('The field "segments" is not a number of segments.', AGAIN)
    return value


def _took_part(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or len(value) > _CODES:
        raise Refused('The field "took_part" is not a list of people.', AGAIN)
    found = []
    for number, person in enumerate(value, start=1):
        where = f'The field "took_part", person {number}'
        if not isinstance(person, dict) or person.keys() != {"name", "role"}:
            raise Refused(f"{where}, is not a name and a role.", AGAIN)
        try:
            name, role = (_text(person, key, _SHORT).strip() for key in ("name", "role"))
        except Unusable as reason:
            raise Refused(f"{where}: {reason}", AGAIN) from None
        if not name:
            raise Refused(f"{where}, has no name.", AGAIN)
        found.append((name, role))
    return tuple(found)


def _judgement(where: str, row: Any, *, settled: bool) -> Judgement:
    if not isinstance(row, dict):
        raise Unusable("This is not a coding.")
    known = {*_TEXTS, *_OTHERS, *(["outcome"] if settled else [])}
    missing = sorted(known - row.keys())
    if missing:
        raise Unusable(f'The field "{missing[0]}" is missing.')
    unknown = next((key for key in row if key not in known), None)
    if unknown is not None:
        raise Unusable(f"It has a field that no coding has{named(unknown)}")
    texts = {key: _text(row, key, most) for key, most in _TEXTS.items()}
    if not texts["segment_id"]:
        raise Unusable('The field "segment_id" is empty.')
    check_date(texts["date"])
    outcome: Outcome = _outcome(row["outcome"], texts["comment"]) if settled else ""
    no_code, unsure = (_truth(row, key) for key in ("no_code", "unsure"))
    codes = _codes(row["codes"])
    if not codes and not no_code and not unsure and outcome in ("", "decided"):
        raise Unusable("It names no code, nor says that none fits.")
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
    return checked_text(row[key], key, most)


def _truth(row: Mapping[str, Any], key: str) -> bool:
    if not isinstance(row[key], bool):
        raise Unusable(f'The field "{key}" is not true or false.')
    return bool(row[key])


def _codes(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _CODES:
        raise Unusable('The field "codes" is not a list of codes.')
    codes = [checked_text(code, "codes", _SHORT) for code in value]
    if not all(code.strip() for code in codes):
        raise Unusable('The field "codes" has an empty code.')
    return tuple(dict.fromkeys(codes))


def _seconds(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unusable('The field "start_s" is not a number.')
    try:
        seconds = float(value)
    except OverflowError:
        seconds = math.inf
    if not math.isfinite(seconds) or seconds < 0:
        raise Unusable('The field "start_s" is no time in a recording.')
    return seconds


def _outcome(value: Any, comment: str) -> Outcome:
    if value not in get_args(Outcome) or value == "":
        raise Unusable('The field "outcome" is not "decided", "open" or "codebook".')
    if value == "codebook" and not comment.strip():
        raise Unusable("It says that the codebook must change, but not how.")
    outcome: Outcome = value
    return outcome


def _which(row: Any) -> str:
    """Name the segment of a row, if it is a name that can be shown."""
    segment = row.get("segment_id") if isinstance(row, dict) else None
    shown = isinstance(segment, str) and re.fullmatch(r"[\w.:-]{1,80}", segment)
    return f"Segment {segment}" if shown else "A segment"
