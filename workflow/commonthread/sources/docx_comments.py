"""Reads the comments of a Word document, and where in its text they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from commonthread.sources.zipped import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_PART = "word/comments.xml"
# Unicode keeps these for the inside of programs: no text of a person has them.
_BEGINS, _STANDS, _CLOSED = "\ufdd0", "\ufdd1", "\ufdd2"
_OWN = re.compile(f"[{_BEGINS}{_STANDS}{_CLOSED}]")
_MARK = re.compile(f"([{_BEGINS}{_STANDS}])([^{_CLOSED}]*){_CLOSED}")
_MARKED = {"commentRangeStart": _BEGINS, "commentReference": _STANDS}


@dataclass(frozen=True)
class WordComment:
    """A comment in the margin: who wrote it, when (ISO 8601, empty if not known), and what."""

    author: str
    date: str
    text: str


def comments_of(package: Package) -> dict[str, WordComment]:
    """Give the comments of a document by their ids, answers to comments included.

    Raises Refused if the part with comments is damaged or unsafe.
    """
    if _PART not in package.names:
        return {}
    found = {}
    for element in package.xml(_PART).iter("{*}comment"):
        lines = (
            "".join(text.text or "" for text in paragraph.iter("{*}t")).strip()
            for paragraph in element.iter("{*}p")
        )
        text = "\n".join(line for line in lines if line)
        if text:
            author = " ".join(_attribute(element, "author").split())
            found[_attribute(element, "id")] = WordComment(
                author, _moment(_attribute(element, "date")), text
            )
    return found


def mark_comments(body: _Element) -> None:
    """Put marks into the texts of a document where comments begin and where they stand."""
    for text in body.iter("{*}t"):
        text.text = _OWN.sub("", text.text or "")
    for element in list(body.iter(*(f"{{*}}{name}" for name in _MARKED))):
        space, _, name = str(element.tag)[1:].partition("}")
        element.tag = f"{{{space}}}t"
        element.text = f"{_MARKED[name]}{_OWN.sub('', _attribute(element, 'id'))}{_CLOSED}"


def take_marks(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Take the marks out of a text: give it without them, and the comments that stand in it.

    Of each comment the id, and the words that it is about, empty if they begin elsewhere.
    """
    clean = ""
    begun: dict[str, int] = {}
    stand: list[tuple[str, str]] = []
    after = 0
    for mark in _MARK.finditer(text):
        clean += text[after : mark.start()]
        after = mark.end()
        if mark[1] == _BEGINS:
            begun[mark[2]] = len(clean)
        else:
            stand.append((mark[2], clean[begun[mark[2]] :].strip() if mark[2] in begun else ""))
    return clean + text[after:], stand


def _attribute(element: _Element, name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _moment(written: str) -> str:
    try:
        return datetime.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        return ""
