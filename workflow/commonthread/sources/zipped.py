"""Opens zipped document formats (docx, odt, xlsx) without trusting what they say of themselves."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonthread.problems import Refused
from commonthread.settings import LimitSettings
from commonthread.sources.safe_xml import MAX_NODES, UnsafeXmlError, check_xml, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_END_OF_DIRECTORY = b"PK\x05\x06"
_MAX_DIRECTORY = 4 << 20
_RATIO_FROM = 1 << 20
_WHOLE_OVER_PART = 2
"""All parts together may unpack to this many times what one part may."""

_SLICE = 1 << 16
_PROPERTIES = "docProps/core.xml"
# What documents that this program wrote say until somebody saves them.
_NOT_SAVED = "2000-01-01T00:00:00Z"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?")
_XML_ENDINGS = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class PackageKind:
    """What a file claims to be, in the words of messages."""

    a_file: str
    old_ending: str
    ending: str
    program: str
    most_nodes: int = MAX_NODES


WORD = PackageKind("a Word file", ".doc", ".docx", "Word")
OPEN_DOCUMENT = PackageKind("an OpenDocument text", ".odt", ".odt", "LibreOffice")
# Sheets are streamed, so that they may be larger than what is held as a tree.
EXCEL = PackageKind("an Excel workbook", ".xls", ".xlsx", "Excel", 2 * MAX_NODES)


class Package:
    """The parts of a zipped document. Parts are counted while they are unpacked."""

    def __init__(self, data: bytes, kind: PackageKind, limits: LimitSettings) -> None:
        self._archive = archive = zipfile.ZipFile(io.BytesIO(data))
        self._size = len(data)
        self._kind = kind
        self._limits = limits
        self._unpacked = 0
        self.names = frozenset(archive.namelist())
        if len(self.names) != len(archive.namelist()):
            # Two parts of one name: programs differ in which one they show.
            raise self.damaged()

    def damaged(self) -> Refused:
        """Give the refusal for a document whose inside is broken."""
        return Refused(
            f"It is damaged: its inside is not that of {self._kind.a_file}.",
            f"Open it in {self._kind.program} and save it anew as {self._kind.ending}, "
            "or copy it again from where it came.",
        )

    def read(self, name: str) -> bytes:
        """Give the content of a part. Raises Refused where it is missing, too large or damaged."""
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            raise self.damaged() from None
        if info.flag_bits & 0x1:
            raise _locked(self._kind)
        # Documents know no other compression, and some others reserve memory at a file's word.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged()
        most = self._limits.expanded_mb << 20
        packed = min(info.compress_size, self._size)
        if info.file_size > most or self._inflated(info.file_size, packed):
            raise self._bomb()
        pieces, size = [], 0
        try:
            with self._archive.open(info) as part:
                while piece := part.read(_SLICE):
                    size += len(piece)
                    self._unpacked += len(piece)
                    if (
                        size > most
                        or self._unpacked > _WHOLE_OVER_PART * most
                        or self._inflated(size, packed)
                    ):
                        raise self._bomb()
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise self.damaged() from error
        return b"".join(pieces)

    def xml(self, name: str) -> _Element:
        """Give the root element of a part. Raises Refused where it is damaged or unsafe."""
        data = self.read(name)
        try:
            return parse_xml(data)
        except UnsafeXmlError as error:
            raise self._unsafe(error) from error

    def saved(self) -> str:
        """Say when people last saved the document (ISO 8601); empty if it does not say.

        Raises Refused where what it says of itself is damaged.
        """
        if _PROPERTIES not in self.names:
            return ""
        found = next(self.xml(_PROPERTIES).iter("{*}modified"), None)
        written = (found.text or "").strip() if found is not None else ""
        return written if _MOMENT.fullmatch(written) and written != _NOT_SAVED else ""

    def check(self) -> None:
        """Look through every XML part, those included that are not read. Raises Refused."""
        for name in sorted(self.names):
            if name.lower().endswith(_XML_ENDINGS) and not name.startswith("__MACOSX/"):
                try:
                    check_xml(self.read(name), self._kind.most_nodes)
                except UnsafeXmlError as error:
                    raise self._unsafe(error) from error
        self._unpacked = 0

    def _inflated(self, size: int, packed: int) -> bool:
        return size > _RATIO_FROM and size > self._limits.expansion * max(packed, 1)

    def _bomb(self) -> Refused:
        return Refused(
            "It unpacks to far more than its size: more than "
            f"{self._limits.expanded_mb} MB a part, or {self._limits.expansion} times as much.",
            "If you know who made it and trust it, save a shorter copy, "
            "or raise reading: limits in the configuration.",
        )

    def _unsafe(self, error: UnsafeXmlError) -> Refused:
        if error.what == "doctype":
            return Refused(
                "It holds a document type definition, which no ordinary document has "
                "and which can be used to do harm.",
                f"If you trust it, open it in {self._kind.program} and save it anew "
                f"as {self._kind.ending}.",
            )
        if error.what == "flood":
            return Refused(
                "It has far more parts inside than a document of this kind needs.",
                "If you trust it, divide it into several shorter files.",
            )
        return self.damaged()


def open_package(data: bytes, kind: PackageKind, limits: LimitSettings) -> Package:
    """Open a zipped document, checked throughout, but with nothing of it kept in memory.

    Raises Refused with the true reason: empty, password-protected, something else under this
    name, cut short, too large inside, a document type definition in any part, or damaged.
    """
    if not data:
        raise Refused("It is empty.", "Copy it again from where it came, or take it away.")
    if data.startswith(_OLE):
        raise _locked(kind)
    if not data.startswith(b"PK"):
        raise Refused(
            f"It is not {kind.a_file}, although its name says so.",
            f"Find out what it is, open it in the program that made it, "
            f"and save it as {kind.ending}.",
        )
    _check_directory(data, kind)
    try:
        package = Package(data, kind, limits)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _cut_short(kind) from error
    package.check()
    return package


def names_of_parts(data: bytes, kind: PackageKind) -> frozenset[str]:
    """Give the names of the parts of a zip file, to tell what it is. Raises Refused if damaged."""
    _check_directory(data, kind)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _cut_short(kind) from error


def _check_directory(data: bytes, kind: PackageKind) -> None:
    """Refuse a zip without an end, or with a list of parts too long to be a document's."""
    end = data.rfind(_END_OF_DIRECTORY, max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise _cut_short(kind)
    (size,) = struct.unpack_from("<I", data, end + 12)
    if size > _MAX_DIRECTORY:
        raise Refused(
            "It has far more parts inside than a document of this kind needs.",
            "If you trust it, divide it into several shorter files.",
        )


def _cut_short(kind: PackageKind) -> Refused:
    return Refused(
        "It is cut short: its end is missing.",
        f"Copy it again from where it came, or open it in {kind.program} and save it anew.",
    )


def _locked(kind: PackageKind) -> Refused:
    old = f" or an old {kind.old_ending} file" if kind.old_ending != kind.ending else ""
    return Refused(
        f"It is password-protected{old}.",
        f"Open it in {kind.program}, save it as {kind.ending} without a password, "
        "and put it back in its place.",
    )
