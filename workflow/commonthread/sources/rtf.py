"""Reads Rich Text Format (.rtf): the text as a reader with all changes accepted would see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources.documents import (
    Block,
    Grid,
    Paragraph,
    Pieces,
    edited_warnings,
    margin_notes,
    reading_of_blocks,
)
from commonthread.sources.reading import Reading
from commonthread.sources.text import empty

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    r"|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_DEEPEST = 500
_SIGNS = {
    **{"tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d"},
    **{"zwnj": "\u200c", "page": "\n", "column": "\n"},
}
_SYMBOLS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
# Groups that hold no text of the document even without the mark for such groups.
_NOT_TEXT = {
    *("colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf"),
    *("footer", "footerl", "footerr", "footerf", "footnote", "annotation", "xe", "tc", "rxe"),
    *("listtext", "pntext", "pntxta", "pntxtb", "nonesttables", "listtable", "filetbl"),
    *("listoverridetable", "revtbl", "rsidtbl", "template", "upr", "ftnsep", "ftnsepc", "ftncn"),
    *("aftnsep", "aftnsepc", "aftncn", "shprslt", "objdata", "fldinst", "datafield", "themedata"),
}
_STYLING = {"f", "uc", "b", "v", "deleted", "revised", "plain", "pard", "intbl"}
_BREAKS = {"par", "sect", "nestcell", "cell", "row"}
_SETTINGS = {"fonttbl", "deff", "ansicpg", "ansi", "mac", "pc", "pca"}
_MEANT_IN_SILENCE = {"shptxt", "ud", "f", "fcharset"}
_MEANT = {*_MEANT_IN_SILENCE, *_NOT_TEXT, *_STYLING, *_BREAKS, *_SETTINGS, *_SIGNS}
_CODE_PAGES = {
    **{77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950"},
    **{161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257"},
    **{204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850"},
}
_FAMILIES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def read(path: Path, data: bytes, settings: ReadingSettings) -> Reading:
    """Read a Rich Text document.

    Paragraphs, tables and text boxes come in document order. Tracked insertions are in; tracked
    deletions, comments, hidden text, footnotes, headers, footers and pictures are out, each told
    in a warning where people may not expect it. ``path`` is not opened.

    Raises Refused if the file is not Rich Text, damaged or empty.
    """
    if not data.strip():
        raise empty()
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise Refused(
            "It is not a Rich Text file, although its name says so.",
            "Find out what it is, open it in the program that made it, and save it as .docx.",
        )
    walk = _Walk()
    walk.run(data.decode("latin-1"))
    return reading_of_blocks(walk.blocks, settings, "rtf", walk.warnings(), walk.left_out())


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group: it is restored when the group ends."""

    silent: bool = False
    fonts: bool = False
    box: bool = False
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    font: int = -1
    fallbacks: int = 1


@dataclass
class _Walk:
    """Follows the control words, and remembers what it left out."""

    blocks: list[Block] = field(default_factory=list)
    tracked: bool = False
    comments: bool = False
    hidden: bool = False
    cut_short: bool = False
    notes: int = 0
    _state: _State = _State()
    _stack: list[_State] = field(default_factory=list)
    _pieces: Pieces = field(default_factory=Pieces)
    _hosts: list[tuple[Pieces, list[Block]]] = field(default_factory=list)
    _boxes: list[Block] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _units: list[int] = field(default_factory=list)
    _skip: int = 0
    _page: str = "cp1252"
    _font_pages: dict[int, str] = field(default_factory=dict)
    _default_font: int = -1
    _cell: list[Paragraph] = field(default_factory=list)
    _row: list[list[Paragraph]] = field(default_factory=list)
    _rows: list[list[list[Paragraph]]] = field(default_factory=list)

    def warnings(self) -> list[str]:
        """Say what was odd, and what was left out where people may not expect it."""
        said = []
        if self.cut_short:
            said.append("It may be cut short: its last brackets are missing.")
        said += edited_warnings(self.tracked, self.hidden, "Word")
        return said

    def left_out(self) -> list[str]:
        """Say what was left out as expected."""
        return margin_notes(self.comments, self.notes)

    def run(self, source: str) -> None:
        """Go through the whole file."""
        at, starred, opened = 0, False, False
        while match := _TOKEN.match(source, at):
            at = match.end()
            word, number, hexed, symbol, bracket, plain = match.groups()
            if bracket:
                self._group(bracket)
                starred, opened = False, bracket == "{"
                continue
            if symbol == "*" and opened:
                starred = True
                continue
            if word == "bin":
                at += max(int(number or 0), 0)
                continue
            if word is not None:
                self._word(word, int(number) if number else None, starred)
            elif hexed is not None:
                self._byte(int(hexed, 16))
            elif symbol is not None:
                self._symbol(symbol)
            elif plain is not None:
                self._plain(plain)
            starred = opened = False
        self.cut_short = bool(self._stack)
        self._stack.clear()
        self._end_paragraph(last=True)
        self._end_table()

    def _group(self, bracket: str) -> None:
        if self._bytes or self._units:
            self._flush()
        self._skip = 0
        if bracket == "{":
            if len(self._stack) >= _DEEPEST:
                raise Refused(
                    "It is damaged: its inside is not that of a Rich Text file.",
                    "Open it in the program that made it, and save it as .docx.",
                )
            self._stack.append(self._state)
            return
        if not self._stack:
            return
        outer = self._stack.pop()
        if self._state.box and not outer.box:
            self._leave_box()
        self._state = outer

    def _word(self, word: str, number: int | None, starred: bool) -> None:
        if self._skip and word != "u":
            self._skip -= 1  # A sign that stands in for the character before it.
            return
        if word == "u":
            self._unicode(number or 0)
            return
        state = self._state
        if not (starred or word in _MEANT) or (state.silent and word not in _MEANT_IN_SILENCE):
            return
        on = number != 0
        self._flush()
        if word == "shptxt":
            self._enter_box()
        elif word == "ud":
            self._state = replace(state, silent=False)
        elif word == "fonttbl":
            self._state = replace(state, fonts=True, silent=True)
        elif starred or word in _NOT_TEXT:
            self.notes += word == "footnote"
            self.comments = self.comments or word == "annotation"
            self._state = replace(state, silent=True)
        elif word == "f":
            if state.font != number:
                self._state = replace(state, font=number or 0)
        elif word == "fcharset" and state.fonts:
            self._font_pages[state.font] = _CODE_PAGES.get(number or 0, "")
        elif word == "deff":
            self._default_font = number or 0
        elif word == "ansicpg":
            self._page = _known_page(f"cp{number}")
        elif word in _FAMILIES:
            self._page = _FAMILIES[word]
        elif word == "uc":
            self._state = replace(state, fallbacks=max(0, min(number or 0, 16)))
        elif word == "b":
            self._state = replace(state, bold=on)
        elif word == "v":
            self._state = replace(state, hidden=on)
        elif word == "deleted":
            self._state = replace(state, deleted=on)
        elif word == "revised":
            self.tracked = self.tracked or on
        elif word == "plain":
            self._state = replace(
                state, bold=False, hidden=False, deleted=False, font=self._default_font
            )
        elif word == "pard":
            self._state = replace(state, in_table=False)
        elif word == "intbl":
            self._state = replace(state, in_table=True)
        else:
            self._break(word)

    def _break(self, word: str) -> None:
        if word == "cell":
            self._end_paragraph(in_cell=True)
            self._row.append(self._cell)
            self._cell = []
        elif word == "row":
            self._rows.append(self._row)
            self._row = []
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        else:
            self._end_paragraph()

    def _end_paragraph(self, in_cell: bool = False, last: bool = False) -> None:
        self._flush()
        paragraph, self._pieces = self._pieces.paragraph(), Pieces()
        if in_cell or (self._state.in_table and not last and not self._hosts):
            self._cell.append(paragraph)
            return
        if paragraph.text or not last:
            self._end_table()
            self.blocks.append(paragraph)
        self.blocks.extend(self._boxes)
        self._boxes = []

    def _end_table(self) -> None:
        if self._cell or self._row:
            self._rows.append([*self._row, *([self._cell] if self._cell else [])])
            self._cell, self._row = [], []
        if self._rows:
            self.blocks.append(Grid(self._rows))
            self._rows = []

    def _enter_box(self) -> None:
        """Begin a text box: it stands within a paragraph, and is read after it."""
        self._state = replace(self._state, silent=False, box=True, in_table=False)
        self._hosts.append((self._pieces, self.blocks))
        self._pieces, self.blocks = Pieces(), []

    def _leave_box(self) -> None:
        inside = [*self.blocks, self._pieces.paragraph()]
        self._pieces, self.blocks = self._hosts.pop()
        self._boxes.extend(inside)

    def _unicode(self, number: int) -> None:
        if self._bytes:
            self._flush()
        if not self._state.silent:
            self._units.append(number & 0xFFFF)
        self._skip = self._state.fallbacks

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
            return
        if not self._state.silent:
            self._flush_units()
            self._bytes.append(value)

    def _symbol(self, symbol: str) -> None:
        if self._skip:
            self._skip -= 1
        elif symbol in "\r\n" and not self._state.silent:
            self._end_paragraph()
        elif symbol in _SYMBOLS and not self._state.silent:
            self._flush()
            self._add(_SYMBOLS[symbol])

    def _plain(self, text: str) -> None:
        if self._skip:
            skipped = min(self._skip, len(text))
            self._skip -= skipped
            text = text[skipped:]
        if text and not self._state.silent:
            self._flush_units()
            self._bytes.extend(text.encode("latin-1"))

    def _flush(self) -> None:
        self._flush_units()
        if self._bytes:
            page = self._font_pages.get(self._state.font) or self._page
            text = self._bytes.decode(page, "replace")
            self._bytes.clear()
            self._add(text)

    def _flush_units(self) -> None:
        if self._units:
            raw = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            self._units.clear()
            self._add(raw.decode("utf-16-le", "replace"))

    def _add(self, text: str) -> None:
        state = self._state
        if state.silent:
            return
        if state.deleted:
            self.tracked = True
        elif state.hidden:
            self.hidden = self.hidden or bool(text.strip())
        else:
            self._pieces.add(text, state.bold)


def _known_page(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return "utf-8" if name == "cp65001" else name
