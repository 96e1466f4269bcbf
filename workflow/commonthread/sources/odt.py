"""Reads OpenDocument texts (.odt): the text as a reader with all changes accepted would see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.documents import (
    Block,
    Grid,
    Paragraph,
    Pieces,
    edited_warnings,
    flat,
    margin_notes,
    reading_of_blocks,
)
from commonthread.sources.reading import Reading
from commonthread.sources.zipped import OPEN_DOCUMENT, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPHS = {"p", "h"}
_BREAKS = {"tab": "\t", "line-break": "\n"}
# What is not part of the text as it is read; some of it is told.
_NOT_TEXT = {
    *("tracked-changes", "annotation", "note", "ruby-text", "hidden-text", "index-title-template"),
    *("table-of-content-source", "sequence-decls", "variable-decls", "user-field-decls", "forms"),
    *("bibliography-source", "alphabetical-index-source", "title", "desc", "script"),
}
_MOST_REPEATED = 64


def read(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read an OpenDocument text.

    Paragraphs, headings, lists, tables and text boxes come in document order. Tracked insertions
    are in; tracked deletions, comments, hidden text, footnotes, headers, footers and pictures are
    out, each told in a warning where people may not expect it. ``path`` is not opened.

    Raises Refused if the document is damaged, locked, unsafe, no text document, or empty.
    """
    package = open_package(data, OPEN_DOCUMENT, settings.limits)
    if "META-INF/manifest.xml" in package.names:
        manifest = package.xml("META-INF/manifest.xml")
        if next(manifest.iter("{*}encryption-data"), None) is not None:
            raise Refused(
                "It is password-protected.",
                "Open it in LibreOffice, save it without a password, and put it back in its place.",
            )
    root = package.xml("content.xml")
    text = next(
        (kind for body in root if _local(body) == "body" for kind in body if _local(kind)), None
    )
    if text is None or _local(text) != "text":
        raise package.damaged()
    walk = _Walk()
    walk.learn(root)
    if "styles.xml" in package.names:
        walk.learn(package.xml("styles.xml"))
    blocks: list[Block] = []
    walk.blocks(text, blocks)
    return reading_of_blocks(blocks, settings, "odt", walk.warnings(), walk.left_out())


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: _Element, name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _repeats(element: _Element, name: str) -> int:
    """Give how often a cell or space is repeated, within reason."""
    written = _attribute(element, name)
    return min(int(written), _MOST_REPEATED) if written.isdecimal() and len(written) < 7 else 1


@dataclass
class _Walk:
    """Walks through a document, and remembers what it left out."""

    bold: dict[str, bool] = field(default_factory=dict)
    hidden_styles: set[str] = field(default_factory=set)
    tracked: bool = False
    comments: bool = False
    hidden: bool = False
    notes: int = 0
    _boxes: list[Block] = field(default_factory=list)

    def learn(self, root: _Element) -> None:
        """Learn which styles are bold or hidden. A style says so itself or by its parent's name."""
        for style in root.iter("{*}style"):
            name = _attribute(style, "name")
            for properties in style:
                kind = _local(properties)
                if kind not in {"text-properties", "section-properties"}:
                    continue
                if weight := _attribute(properties, "font-weight"):
                    heavy = weight.isdecimal() and int(weight) >= 600
                    self.bold[name] = weight == "bold" or heavy
                if _attribute(properties, "display") == "none":
                    self.hidden_styles.add(name)
            parent = _attribute(style, "parent-style-name")
            if parent in self.hidden_styles:
                self.hidden_styles.add(name)
            if name not in self.bold and parent in self.bold:
                self.bold[name] = self.bold[parent]

    def warnings(self) -> list[str]:
        """Say what was odd, and what was left out where people may not expect it."""
        return edited_warnings(self.tracked, self.hidden, "LibreOffice")

    def left_out(self) -> list[str]:
        """Say what was left out as expected."""
        return margin_notes(self.comments, self.notes)

    def blocks(self, parent: _Element, into: list[Block]) -> None:
        """Add the paragraphs and tables under ``parent``."""
        for element in parent:
            name = _local(element)
            if not self._goes_on(element, name):
                continue
            if name in _PARAGRAPHS:
                into.append(self._paragraph(element))
                into.extend(self._boxes)
                self._boxes = []
            elif name == "table":
                into.append(Grid(self._rows(element)))
            else:
                self.blocks(element, into)

    def _goes_on(self, element: _Element, name: str) -> bool:
        """Say whether an element's inside is read, and note why not."""
        if name == "tracked-changes":
            self.tracked = self.tracked or len(element) > 0
        elif name == "annotation":
            self.comments = True
        elif name == "note":
            self.notes += 1
        hidden = (
            name == "hidden-text"
            or _attribute(element, "is-hidden") == "true"
            or _attribute(element, "style-name") in self.hidden_styles
            or (name == "section" and _attribute(element, "display") == "none")
        )
        if hidden:
            self.hidden = True
        return not hidden and name not in _NOT_TEXT

    def _paragraph(self, element: _Element) -> Paragraph:
        pieces = Pieces()
        bold = self.bold.get(_attribute(element, "style-name"), False)
        marker = next(element.iter("{*}hidden-paragraph"), None)
        if marker is not None and _attribute(marker, "is-hidden") == "true":
            self.hidden = True
            return Paragraph("")
        self._inline(element, pieces, bold)
        return pieces.paragraph()

    def _inline(self, parent: _Element, pieces: Pieces, bold: bool) -> None:
        pieces.add(_straight(parent.text, pieces), bold)
        for element in parent:
            name = _local(element)
            if name == "s":
                pieces.add(" " * _repeats(element, "c"), bold)
            elif name in _BREAKS:
                pieces.add(_BREAKS[name], bold)
            elif self._goes_on(element, name):
                if name in {"text-box", "table"}:
                    inside: list[Block] = []
                    outer, self._boxes = self._boxes, []
                    if name == "table":
                        inside.append(Grid(self._rows(element)))
                    else:
                        self.blocks(element, inside)
                    self._boxes = [*outer, *inside]
                else:
                    style = self.bold.get(_attribute(element, "style-name"), bold)
                    self._inline(element, pieces, style)
            pieces.add(_straight(element.tail, pieces), bold)

    def _rows(self, table: _Element) -> list[list[list[Paragraph]]]:
        rows: list[list[list[Paragraph]]] = []
        for element in table:
            name = _local(element)
            if name != "table-row":
                if self._goes_on(element, name):
                    rows.extend(self._rows(element))
                continue
            cells: list[list[Paragraph]] = []
            for cell in element:
                if _local(cell) not in {"table-cell", "covered-table-cell"}:
                    continue
                inside: list[Block] = []
                self.blocks(cell, inside)
                cells.extend(flat(inside) for _ in range(_repeats(cell, "number-columns-repeated")))
            rows.append(cells)
        return rows


def _straight(text: str | None, pieces: Pieces) -> str:
    """Collapse white space as the format says: a run of it is one space, and none after one."""
    if not text:
        return ""
    straight = re.sub(r"[ \t\r\n]+", " ", text)
    if straight.startswith(" ") and pieces.runs and pieces.runs[-1][0].endswith((" ", "\n")):
        straight = straight[1:]
    return straight
