"""Reads the file that the page of unlisted words saves (JSON)."""

from __future__ import annotations

from typing import Any

from commonthread.returned.saved_json import (
    Form,
    Unusable,
    check_date,
    checked_text,
    head_text,
    load_saved,
    refuse_unknown,
    rows,
)
from commonthread.unlisted.answer import MOST_LETTERS, Answer, answer

FORMAT = "commonthread unlisted words"
VERSION = 1

_SHORT = 500
_HEAD = ("study", "page_id", "copy")
_FORM = Form(
    format=FORMAT,
    version=VERSION,
    keys=frozenset(("format", "format_version", "marked", *_HEAD)),
    page="the page of unlisted words",
)
_TEXTS = {"words": MOST_LETTERS, "kind": 20, "replacement": MOST_LETTERS, "date": _SHORT}


def read_page_file(data: bytes, name: str) -> tuple[list[Answer], list[tuple[str, str]]]:
    """Read what the page saved; ``name`` is the name of the file.

    Gives the answers, and (where, what) of rows that cannot be used. Raises ``Refused`` if the file
    is damaged, was not saved by the page, or by one of a newer format.
    """
    content = load_saved(data, name, _FORM)
    refuse_unknown(content, _FORM.keys)
    for key in _HEAD:
        head_text(content, key, _SHORT)
    answers: list[Answer] = []
    problems: list[tuple[str, str]] = []
    for number, row in enumerate(rows(content, "marked"), start=1):
        where = f"mark {number}"
        try:
            answers.append(_answer(where, row))
        except Unusable as reason:
            problems.append((where, str(reason)))
    return answers, problems


def _answer(where: str, row: Any) -> Answer:
    if not isinstance(row, dict) or row.keys() != _TEXTS.keys():
        raise Unusable("This is not what the page saves of words.")
    texts = {key: checked_text(row[key], key, most) for key, most in _TEXTS.items()}
    check_date(texts["date"])
    made = answer(texts["words"], texts["kind"], texts["replacement"], where, texts["date"])
    if made is None:
        raise Unusable("It does not say what the words are.")
    return made
