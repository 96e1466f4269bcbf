"""Writes texts, lists and codes as lines of YAML that people can read and go on editing."""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

# The order in which the keys of a code are written.
ORDER = (
    *("id", "name", "was", "colour", "definition", "plain", "use_when", "not_when", "examples"),
    *("near_miss", "principles", "questions", "resources", "terms", "codes"),
)
_WIDTH = 100
_IN_BRACKETS = ("was", "principles")
# What needs no quotes, whatever stands around it.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_ .;?()’–—-]*[A-Za-z0-9_.?)’])?")
_NOT_PLAIN = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})

# An entry of a list: the number of one that is there already, a text, or a mapping.
Value = int | str | Mapping[str, Any]


def text_lines(head: str, text: str, column: int, style: str = "", comment: str = "") -> list[str]:
    """Write a key and its text: in one line, or folded below it where it is long or was before.

    ``head`` is the line up to the key's colon, ``column`` that of the key, ``style`` how the text
    was written before.
    """
    line = f"{head} {_scalar(text, style)}"
    folded = style in (">", "|") or len(line) > _WIDTH
    if not folded or not text or any(map(_unseen, text)):
        return [line + comment]
    room = max(_WIDTH - column - 2, 40)
    below = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return [f"{head} >-{comment}", *(" " * (column + 2) + each for each in below)]


def written_key(
    head: str, key: str, value: str | Sequence[Any], column: int, comment: str = ""
) -> list[str]:
    """Write a key that was not there before, or its list, all of it new."""
    if isinstance(value, str):
        return text_lines(head, value, column, comment=comment)
    if key in _IN_BRACKETS or not value:
        return [f"{head} {_brackets(value)}{comment}"]
    dash = " " * (column + 2)
    return [head + comment, *(dash + line for each in value for line in entry_lines(each))]


def entry_lines(value: str | Mapping[str, Any]) -> list[str]:
    """Write an entry of a list, from its dash on: a text, or a term with its keys."""
    if isinstance(value, str):
        return [f"- {_scalar(value)}"]
    lines = [f"{key}: {_inside(key, inner)}" for key, inner in value.items()]
    return [("  " if number else "- ") + line for number, line in enumerate(lines)]


def code_lines(keys: Mapping[str, Any]) -> list[str]:
    """Write a code, from its dash on."""
    lines: list[str] = []
    for key in sorted(keys, key=ORDER.index):
        head = f"{'  ' if lines else '- '}{key}:"
        lines += written_key(head, key, keys[key], 2)
    return lines


def _inside(key: str, value: Any) -> str:
    if not isinstance(value, str):
        return _brackets(value)
    if key == "within" and value.isascii() and value.isdigit():
        return value
    if key == "regex" and not any(map(_unseen, value)):
        return "'" + value.replace("'", "''") + "'"
    return _scalar(value)


def _brackets(values: Sequence[Any]) -> str:
    return f"[{', '.join(_scalar(each) for each in values)}]"


def _scalar(text: str, style: str = "") -> str:
    """Write a text in one line; in single quotes where it was, without where none are needed."""
    unseen = any(map(_unseen, text))
    if style == "'" and not unseen:
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN:
        return text
    escaped = json.dumps(text, ensure_ascii=False)
    if not unseen:
        return escaped
    return "".join(_escape(sign) if _unseen(sign) else sign for sign in escaped)


def _unseen(sign: str) -> bool:
    """Tell whether a sign could be lost or break a line where it stands by itself."""
    return not sign.isascii() and unicodedata.category(sign)[0] in "CZ"


def _escape(sign: str) -> str:
    number = ord(sign)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
