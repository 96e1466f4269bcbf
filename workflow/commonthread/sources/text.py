"""Turns the bytes of a text file into text, and text into text without harmful characters."""

from __future__ import annotations

import codecs
import re

from commonthread.problems import Refused
from commonthread.sources.reading import places

# Everything below the space but tab and line feed, and "delete": no writer of DOCX or XLSX takes
# these, and a terminal may obey them.
_CONTROLS = "".join(chr(c) for c in range(32) if chr(c) not in "\t\n") + "\x7f"
_CONTROL_BYTES = _CONTROLS.replace("\r", "").encode()
_SPACES = str.maketrans(_CONTROLS, " " * len(_CONTROLS))
# Embeddings, overrides and isolates can show a text in another order than it is stored. The plain
# marks U+200E and U+200F do no such harm and belong to Hebrew and Arabic.
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NO_BIDI = str.maketrans("", "", _BIDI)
_REPLACEMENT = "\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# One well-formed UTF-8 character beyond ASCII (Unicode standard, table 3-7).
_MULTIBYTE = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_MULTIBYTE_RE = re.compile(_MULTIBYTE)
_PIECES = re.compile(rb"((?:[\x00-\x7f]|" + _MULTIBYTE + rb")+)|([\x80-\xff]+?)")
_SAMPLE = 4096
_SAVE_AS_UTF8 = "Save the file as text in UTF-8."


def empty() -> Refused:
    """Give the refusal of a file without words, for a reader to raise."""
    return Refused(
        "The file is empty.",
        "Check that it was saved or copied completely, or take it out of the folder.",
    )


def decode(data: bytes) -> tuple[str, str, list[str]]:
    r"""Turn the bytes of a text file into text.

    Takes, in this order: a byte order mark, UTF-16 that shows by its zero bytes, strict UTF-8, and
    else Windows-1252; a file of UTF-8 and Windows-1252 in one is read character by character.
    Gives the text as ``clean`` leaves it, the name of the encoding, and warnings (with lines).
    Raises ``Refused`` if there are no words or the bytes are not text.
    """
    if not data.strip():
        raise empty()
    text, encoding, warnings = _to_text(data)
    text, more = clean(text)
    if not text.strip().strip("\ufeff\u200b"):
        raise empty()
    return text, encoding, warnings + more


def clean(text: str) -> tuple[str, list[str]]:
    r"""Give the text with LF line ends and without characters that do harm, and warnings.

    CRLF and CR become LF (no other character ends a line). Control characters other than tab and
    line feed become a space each. Characters that override or isolate the direction of writing
    are taken out. Lone surrogates become U+FFFD. All else stays as it is.
    """
    warnings = []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(control in text for control in _CONTROLS):
        where = _lines_with(text, _CONTROLS)
        count = sum(map(text.count, _CONTROLS))
        warnings.append(
            f"{_many(count, 'control character')} ({places(where)}) became a space each."
        )
        text = text.translate(_SPACES)
    if text.isascii():
        return text, warnings
    if any(mark in text for mark in _BIDI):
        where = _lines_with(text, _BIDI)
        count = sum(map(text.count, _BIDI))
        warnings.append(
            f"{_many(count, 'invisible character')} that change the direction of writing "
            f"({places(where)}) were taken out."
        )
        text = text.translate(_NO_BIDI)
    text = _SURROGATE.sub(_REPLACEMENT, text)
    if _REPLACEMENT in text:
        warnings.append(
            f"Some characters could not be read and show as {_REPLACEMENT} "
            f"({places(_lines_with(text, _REPLACEMENT))}). Compare these with the recording."
        )
    return text, warnings


def _to_text(data: bytes) -> tuple[str, str, list[str]]:
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            body = data[len(bom) :]
            if codec == "utf-8":
                text, encoding, warnings = _from_utf8(body)
                return text, name if encoding == "UTF-8" else encoding, warnings
            return body.decode(codec, "replace"), name, []
    if b"\0" in data[:_SAMPLE]:
        guess = _utf16_by_zeros(data[:_SAMPLE])
        if guess:
            return data.decode(guess, "replace"), "UTF-16", []
    return _from_utf8(data)


def _utf16_by_zeros(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark: Latin letters leave every second byte zero."""
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return None


def _from_utf8(data: bytes) -> tuple[str, str, list[str]]:
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if controls > 0.3 * len(data):
        raise Refused("This is not a text file.", "Give the transcript as text, Word or PDF.")
    try:
        return data.decode(), "UTF-8", []
    except UnicodeDecodeError as error:
        cut_short = error.reason == "unexpected end of data" and error.start > len(data) - 4
        if cut_short and _MULTIBYTE_RE.search(data):
            warning = "The file ends in the middle of a character: it may have been cut short."
            return data.decode("utf-8", "replace"), "UTF-8", [warning]
    if controls > 0.02 * len(data):
        raise Refused("This is not a text file.", "Give the transcript as text, Word or PDF.")
    if _MULTIBYTE_RE.search(data) is None:
        warning = (
            "The file is not UTF-8 and was read as Windows-1252: check accents, pound signs and "
            f"quotation marks. {_SAVE_AS_UTF8}"
        )
        return data.decode("cp1252", "replace"), "Windows-1252", [warning]
    return _from_both(data)


def _from_both(data: bytes) -> tuple[str, str, list[str]]:
    pieces, lines, line = [], [], 1
    for match in _PIECES.finditer(data):
        if match[1] is not None:
            piece = match[1].decode()
            # CRLF is one line end, and so is a CR alone.
            line += match[1].count(b"\n") + len(re.findall(rb"\r(?!\n)", match[1]))
        else:
            piece = match[2].decode("cp1252", "replace")
            lines.append(line)
        pieces.append(piece)
    warning = (
        f"Most of the file is UTF-8, but {places(lines)} had characters of Windows-1252, which "
        f"were read as such: check the accents and quotation marks there. {_SAVE_AS_UTF8}"
    )
    return "".join(pieces), "UTF-8 mixed with Windows-1252", [warning]


def _lines_with(text: str, characters: str) -> list[int]:
    found = re.compile(f"[{re.escape(characters)}]")
    return [n for n, line in enumerate(text.split("\n"), start=1) if found.search(line)]


def _many(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
