"""Reads Word documents (.docx): the text as a reader with all changes accepted would see it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

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
from commonthread.sources.docx_comments import mark_comments
from commonthread.sources.reading import Reading
from commonthread.sources.zipped import WORD, Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = {"0", "false", "off", "none"}
_DELETED = {"del", "moveFrom"}
_INSERTED = {"ins", "moveTo"}
_COMMENTED = {"commentReference", "commentRangeStart"}
_NOTES = {"footnoteReference", "endnoteReference"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
# Settings, field codes and pronunciations.
_NOT_TEXT = {
    *("pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"),
    *("instrText", "delText", "delInstrText", "fldChar", "rt", "rubyPr"),
}
_MOST_SPANNED = 64
# Ticks, crosses and ticked boxes of the fonts Wingdings and Wingdings 2.
_TICKS = {"F0FB", "F0FC", "F0FD", "F0FE", "F050", "F051", "F052", "F053", "F054"}


def read(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read a Word document.

    Paragraphs, tables and text boxes come in document order. Tracked insertions are in; tracked
    deletions, comments, hidden text, footnotes, headers, footers and pictures are out, each told
    in a warning where people may not expect it and in a note else. ``path`` is not opened.

    Raises Refused if the document is damaged, locked, unsafe, or holds no text.
    """
    package = open_package(data, WORD, settings.limits)
    blocks, walk = _walked(package, _body(package))
    return reading_of_blocks(blocks, settings, "docx", walk.warnings(), walk.left_out())


def blocks_of_form(package: Package, *, comments: bool = False) -> list[Block]:
    """Give the paragraphs and tables of a document that people filled in, all changes accepted.

    Boxes that are ticked come as "☒", whether they are controls of Word, or signs of its fonts of
    pictures. With ``comments``, texts are marked where comments stand, for
    ``docx_comments.take_marks``. Raises Refused if the document is damaged or unsafe.
    """
    body = _body(package)
    if comments:
        mark_comments(body)
    for element in body.iter("{*}sdt", "{*}sym"):
        if _local(element) == "sym":
            if (_attribute(element, "char") or "").upper() in _TICKS:
                _show_tick(element)
        elif _is_ticked(_child(element, "sdtPr")):
            _show_tick(next(element.iter("{*}t"), None))
    return _walked(package, body)[0]


def _is_ticked(properties: _Element | None) -> bool:
    box = _child(properties, "checkbox")
    checked = _child(box, "checked")
    return checked is not None and (_attribute(checked, "val") or "1").lower() not in _OFF


def _show_tick(element: _Element | None) -> None:
    """Make an element a text that is a ticked box."""
    if element is not None:
        element.tag = f"{element.tag.rpartition('}')[0]}}}t"
        element.text = "☒"


def _body(package: Package) -> _Element:
    root = package.xml(_main_part(package))
    body = _child(root, "body")
    if _local(root) != "document" or body is None:
        raise package.damaged()
    return body


def _walked(package: Package, body: _Element) -> tuple[list[Block], _Walk]:
    styles = posixpath.join(posixpath.dirname(_main_part(package)), "styles.xml")
    walk = _Walk(_styles(package.xml(styles)) if styles in package.names else {})
    blocks: list[Block] = []
    walk.blocks(body, blocks)
    return blocks, walk


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels"):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                target = str(relation.get("Target", "")).lstrip("/")
                return posixpath.normpath(target)
    return "word/document.xml"


@dataclass(frozen=True)
class _Look:
    """Whether text is bold and hidden; None where a style does not say."""

    bold: bool | None = None
    hidden: bool | None = None

    def over(self, below: _Look) -> _Look:
        return _Look(
            below.bold if self.bold is None else self.bold,
            below.hidden if self.hidden is None else self.hidden,
        )


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _content(element: _Element) -> _Element:
    """Give what holds the children; a drawing that is there in several editions, its first."""
    return element[0] if _local(element) == "AlternateContent" and len(element) else element


def _attribute(element: _Element, name: str) -> str | None:
    """Give an attribute whatever its namespace: there are two editions of the format."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _child(element: _Element | None, name: str) -> _Element | None:
    if element is None:
        return None
    return next((child for child in element if _local(child) == name), None)


def _look(properties: _Element | None) -> _Look:
    def switch(name: str) -> bool | None:
        found = _child(properties, name)
        return None if found is None else (_attribute(found, "val") or "1").lower() not in _OFF

    return _Look(switch("b"), switch("vanish"))


def _style_named(properties: _Element | None, name: str) -> str | None:
    found = _child(properties, name)
    return None if found is None else _attribute(found, "val")


def _styles(root: _Element) -> dict[str | None, _Look]:
    """Give the look of every style, with what it inherits; None is the default paragraph's."""
    own: dict[str, tuple[_Look, str | None]] = {}
    default = None
    for style in root:
        name = _attribute(style, "styleId")
        if _local(style) != "style" or name is None:
            continue
        own[name] = (_look(_child(style, "rPr")), _style_named(style, "basedOn"))
        if _attribute(style, "type") == "paragraph" and _attribute(style, "default") == "1":
            default = name
    looks: dict[str | None, _Look] = {}
    for name in own:
        look, seen, above = _Look(), set[str](), name
        while above in own and above not in seen:
            seen.add(above)
            look = look.over(own[above][0])
            above = own[above][1] or ""
        looks[name] = look
    looks[None] = looks.get(default, _Look())
    return looks


@dataclass
class _Walk:
    """Walks through a document, and remembers what it left out."""

    styles: dict[str | None, _Look]
    tracked: bool = False
    comments: bool = False
    hidden: bool = False
    notes: int = 0
    symbols: int = 0
    embedded: int = 0
    _carried: Pieces | None = None
    _boxes: list[Block] = field(default_factory=list)

    def warnings(self) -> list[str]:
        """Say what was odd, and what was left out where people may not expect it."""
        said = edited_warnings(self.tracked, self.hidden, "Word")
        if self.embedded:
            said.append(
                f"Documents that it includes were not read ({self.embedded}): "
                "put each into the folder as a file of its own."
            )
        return said

    def left_out(self) -> list[str]:
        """Say what was left out as expected."""
        said = margin_notes(self.comments, self.notes)
        if self.symbols:
            said.append(f"Signs from picture fonts were left out ({self.symbols}).")
        return said

    def blocks(self, parent: _Element, into: list[Block]) -> None:
        """Add the paragraphs and tables under ``parent``."""
        for element in _content(parent):
            name = _local(element)
            if name == "p":
                self._paragraph(element, into)
            elif name == "tbl":
                into.append(self._table(element))
                self._flush_boxes(into)
            elif self._goes_on(element, name):
                self.blocks(element, into)
        if self._carried is not None and _local(parent) in {"body", "tc", "txbxContent"}:
            into.append(self._carried.paragraph())
            self._carried = None

    def _goes_on(self, element: _Element, name: str) -> bool:
        """Say whether an element's inside is read, and note why not."""
        if name in _DELETED:
            self.tracked = True
            return False
        if name in _INSERTED:
            self.tracked = True
        if name in _COMMENTED:
            self.comments = True
        if name in _NOTES:
            self.notes += 1
        if name == "altChunk":
            self.embedded += 1
        if name == "sdt" and _child(_child(element, "sdtPr"), "showingPlcHdr") is not None:
            return False
        return name not in _NOT_TEXT

    def _paragraph(self, element: _Element, into: list[Block]) -> None:
        properties = _child(element, "pPr")
        look = self.styles.get(_style_named(properties, "pStyle"), self.styles.get(None, _Look()))
        pieces = self._carried or Pieces()
        self._carried = None
        self._inline(element, look, pieces)
        mark = _child(properties, "rPr")
        if mark is not None and any(_local(child) in _INSERTED | _DELETED for child in mark):
            self.tracked = True
        if _child(mark, "del") is not None:
            self._carried = pieces  # Its end is deleted: it runs into the next paragraph.
        else:
            into.append(pieces.paragraph())
        self._flush_boxes(into)

    def _flush_boxes(self, into: list[Block]) -> None:
        into.extend(self._boxes)
        self._boxes = []

    def _inline(self, parent: _Element, look: _Look, pieces: Pieces) -> None:
        for element in _content(parent):
            name = _local(element)
            if name == "t":
                self._text(element, look, pieces)
            elif name in _BREAKS:
                if not look.hidden:
                    pieces.add(_BREAKS[name])
            elif name == "sym":
                self.symbols += 1
            elif name == "txbxContent":
                inside: list[Block] = []
                outer, self._carried, self._boxes = (self._carried, self._boxes), None, []
                self.blocks(element, inside)
                self._carried, self._boxes = outer[0], [*outer[1], *inside]
            elif self._goes_on(element, name):
                self._inline(
                    element, self._run_look(element, look) if name == "r" else look, pieces
                )

    def _run_look(self, run: _Element, paragraph: _Look) -> _Look:
        properties = _child(run, "rPr")
        style = _style_named(properties, "rStyle")
        named = self.styles.get(style, _Look()) if style is not None else _Look()
        return _look(properties).over(named).over(paragraph)

    def _text(self, element: _Element, look: _Look, pieces: Pieces) -> None:
        text = element.text or ""
        for child in element:
            # The only thing that may stand here is an order to put in another file.
            self.embedded += 1
            text += f"[…]{child.tail or ''}"
        if look.hidden:
            self.hidden = self.hidden or bool(text.strip())
            return
        pieces.add(text.replace("\r", " ").replace("\n", " "), bool(look.bold))

    def _table(self, table: _Element) -> Grid:
        rows: list[list[list[Paragraph]]] = []
        for row in self._children(table, "tr"):
            properties = _child(row, "trPr")
            if properties is not None and _child(properties, "del") is not None:
                self.tracked = True
                continue
            cells: list[list[Paragraph]] = []
            for cell in self._children(row, "tc"):
                inside: list[Block] = []
                self.blocks(cell, inside)
                cells.append(flat(inside))
                span = _style_named(_child(cell, "tcPr"), "gridSpan") or "1"
                extra = int(span) - 1 if span.isdecimal() and len(span) < 4 else 0
                cells.extend([] for _ in range(min(extra, _MOST_SPANNED)))
            rows.append(cells)
        return Grid(rows)

    def _children(self, parent: _Element, wanted: str) -> list[_Element]:
        """Give rows or cells, also those that stand in a content control or an insertion."""
        found: list[_Element] = []
        for element in _content(parent):
            name = _local(element)
            if name == wanted:
                found.append(element)
            elif self._goes_on(element, name):
                found.extend(self._children(element, wanted))
        return found
