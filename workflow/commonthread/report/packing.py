"""Bytes inside a page: compressed, with hardly any overhead, and safe from the rules of HTML.

A page is written in windows-1252, whose 256 bytes are 256 different characters to a browser, so
that bytes can stand in a script element as they are, but for five (compare yEnc). Everything else
in the page is ASCII, which is the same in every encoding; other characters are written as
references ("&#233;"). Where somebody serves a page in another encoding, its words stay right, and
only the packed bytes are lost, which the page's script notices.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping

ENCODING = "windows-1252"

# HTML drops NUL, takes CR for LF, and might see the end of the element behind "<".
_ESCAPE = 0x3D  # "="
_SHIFT = 64
_CHANGED = (_ESCAPE, 0x00, 0x0A, 0x0D, 0x3C)
_ELEMENT = re.compile(
    rb'<script type="application/octet-stream"[^>]*>(?P<data>.*?)</script>', re.DOTALL
)
_ESCAPED = re.compile(rb"=(.)", re.DOTALL)


def pack(data: bytes) -> bytes:
    """Give ``data`` compressed, the same bytes each time."""
    return gzip.compress(data, 9, mtime=0)


def escape(data: bytes) -> bytes:
    """Give bytes that a script element holds unchanged: five values as "=" and the value + 64."""
    for value in _CHANGED:
        data = data.replace(bytes([value]), bytes([_ESCAPE, value + _SHIFT]))
    return data


def utf16_length(text: str) -> int:
    """Give the length of a text in UTF-16 units, as JavaScript counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def encode(html: str, packed: Mapping[str, bytes]) -> bytes:
    """Give a page as bytes, with ``packed`` (id of an element: bytes) at the end of its body.

    They come last, so that everything else is there before a browser reads them. The scripts and
    styles of ``html`` have to be ASCII; raises UnicodeEncodeError if they are not.
    """
    before, end, after = html.rpartition("</body>")
    for kind in ("<script", "<style"):
        for element in before.split(kind)[1:]:
            element.partition("</")[0].encode("ascii")
    parts = [before.encode("ascii", "xmlcharrefreplace")]
    for name, data in packed.items():
        parts += [f'<script type="application/octet-stream" id="{name}">'.encode("ascii")]
        parts += [escape(data), b"</script>\n"]
    return b"".join([*parts, (end + after).encode("ascii", "xmlcharrefreplace")])


def unpacked(page: bytes) -> tuple[str, list[bytes]]:
    """Give a page that ``encode`` made as text without what is packed in it, and what that is.

    Raises OSError, EOFError or zlib.error for packed bytes that are damaged.
    """
    found = [
        gzip.decompress(
            _ESCAPED.sub(lambda each: bytes([(each[1][0] - _SHIFT) % 256]), element["data"])
        )
        for element in _ELEMENT.finditer(page)
    ]
    return _ELEMENT.sub(b"", page).decode(ENCODING, "replace"), found
