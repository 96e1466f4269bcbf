"""Every text in a public file, a paragraph or a cell each: what is shown, and what is hidden or packed."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from commonthread.report.packing import unpacked

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Kind = Literal["text", "quote", "hidden", "program"]

# What stands in one line with what is around it; every other element parts texts.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "dfn",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_WORDLESS = frozenset({"class", "d", "points", "style", "transform", "viewbox"})
_DOCX_PARTS = re.compile(r"</w:p>|<w:(?:br|cr|tab)\b[^>]*>")
_TAGS = re.compile(r"<[^>]*>")
_LARGEST = 200_000_000


@dataclass(frozen=True)
class Text:
    """A text of a public file: the name of the file, and its words in one line.

    ``kind`` is a quote in its speaker's words, any other text, what is hidden (in attributes,
    comments, properties of a document), or a program, whose words are nobody's.
    """

    file: str
    words: str
    kind: Kind = "text"


class Unopened(Exception):
    """A file cannot be opened as what its name says that it is."""


def texts_of(file: Path, name: str) -> Iterator[Text]:
    """Give every text in a file; ``name`` is how to call the file. Raises Unopened."""
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            raise Unopened
        data = file.read_bytes()
        if data.startswith(b"PK\x03\x04"):
            yield from _of_document(data, name)
        elif file.suffix == ".html":
            yield from _of_page(data, name)
        elif file.suffix == ".csv":
            rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
            yield from (Text(name, _line(cell)) for row in rows for cell in row if cell)
        else:
            lines = data.decode("utf-8-sig", "replace").splitlines()
            yield from (Text(name, _line(line)) for line in lines if line.strip())
    except (OSError, ValueError, EOFError, csv.Error, zipfile.BadZipFile):
        raise Unopened from None


def page_of(data: bytes) -> HtmlElement:
    """Give a page as elements, without the bytes that are packed into it. Raises Unopened."""
    return _opened(data)[0]


def _opened(data: bytes) -> tuple[HtmlElement, list[bytes]]:
    from lxml import etree, html

    try:
        text, packed = unpacked(data)
        # What it says of its encoding is for bytes.
        text = re.sub(r"<meta charset=[^>]*>", "", text, count=1)
        return html.document_fromstring(text), packed
    except (OSError, EOFError, ValueError, zlib.error, etree.LxmlError):
        raise Unopened from None


def _line(text: str) -> str:
    return " ".join(text.split())


def _of_page(data: bytes, name: str) -> Iterator[Text]:
    page, packed = _opened(data)
    for part in packed:
        yield from _of_script(part.decode("utf-8", "replace"), name)
    yield from _of_element(page, name)


def _of_element(page: HtmlElement, name: str) -> Iterator[Text]:
    """Give the texts of a page in their order."""
    gathered: list[str] = []

    def end(kind: Kind) -> Iterator[Text]:
        words = _line("".join(gathered))
        gathered.clear()
        if words:
            yield Text(name, words, kind)

    def walk(element: Any, kind: Kind) -> Iterator[Text]:
        if not isinstance(element.tag, str):
            yield Text(name, _line(element.text or ""), "hidden")
            return
        tag = element.tag.lower()
        for key, value in element.attrib.items():
            if key.lower() not in _WORDLESS and value and not value.startswith("data:"):
                yield Text(name, _line(value), "hidden")
        if tag == "script":
            yield from _of_script(element.text or "", name)
            return
        if tag == "style":
            return
        own: Kind = "quote" if tag == "blockquote" else kind
        inline = tag in _INLINE
        if not inline:
            yield from end(kind)
        gathered.append(element.text or "")
        for child in element:
            yield from walk(child, own)
            gathered.append(child.tail or "")
        if not inline:
            yield from end(own)

    yield from walk(page, "text")
    yield from end("text")


def _of_script(text: str, name: str) -> Iterator[Text]:
    """Give the texts in JSON one by one; of a program all at once."""
    try:
        content = json.loads(text)
    except ValueError:
        if text.strip():
            yield Text(name, text, "program")
        return
    todo = [content]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            todo += [*each, *each.values()]
        elif isinstance(each, list):
            todo += each
        elif isinstance(each, str) and each:
            # Hover texts of charts have their lines broken.
            yield Text(name, _line(_TAGS.sub(" ", each)))


def _of_document(data: bytes, name: str) -> Iterator[Text]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _LARGEST:
            raise Unopened
        for part in archive.namelist():
            if not part.endswith((".xml", ".rels")):
                continue
            xml = archive.read(part).decode("utf-8", "replace")
            if part == "word/document.xml" or re.match(r"word/(header|footer|footnotes)", part):
                for paragraph in _DOCX_PARTS.split(xml):
                    words = _line(unescape(_TAGS.sub("", paragraph)))
                    if words:
                        yield Text(name, words, "text")
            elif not re.match(r"word/(styles|theme|numbering|fontTable|settings|web)", part):
                for words in _TAGS.split(xml):
                    if words.strip():
                        yield Text(name, _line(unescape(words)), "hidden")
