"""Reads XML that may be hostile: no document types, no entities, no depth, no flood of nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 200
"""Elements within elements; Word and LibreOffice stay well below 60. libxml2 stops at 256."""

MAX_NODES = 1_000_000
"""Elements and attributes in one part that is held as a tree, which then takes some 250 MB."""

_SLICE = 1 << 20


class UnsafeXmlError(Exception):
    """XML that is not read. ``what`` is one of "doctype", "damaged", "flood"."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def check_xml(data: bytes, most_nodes: int = MAX_NODES) -> None:
    """Look through XML without building anything.

    Raises UnsafeXmlError: "doctype" if it declares a document type (the only way to entities),
    "damaged" if it is not well formed or nests deeper than ``MAX_DEPTH``, "flood" if it has more
    than ``most_nodes`` elements and attributes. The check streams, so memory stays small.
    """
    depth = nodes = 0

    def start(_name: str, attributes: list[str]) -> None:
        nonlocal depth, nodes
        depth += 1
        nodes += 1 + len(attributes) // 2
        if depth > MAX_DEPTH:
            raise UnsafeXmlError("damaged")
        if nodes > most_nodes:
            raise UnsafeXmlError("flood")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise UnsafeXmlError("doctype")

    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        for at in range(0, len(data), _SLICE):
            parser.Parse(data[at : at + _SLICE], False)
        parser.Parse(b"", True)
    # An unknown encoding is a LookupError or ValueError, according to the version of Python.
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnsafeXmlError("damaged") from error


def parse_xml(data: bytes) -> _Element:
    """Give the root element of XML that passes ``check_xml``.

    Entities are not resolved, nothing is fetched, XInclude is not followed. Raises UnsafeXmlError.
    """
    from lxml import etree

    check_xml(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeXmlError("damaged") from error
    # The two parsers could disagree about an odd encoding: what counts is what the second saw.
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXmlError("doctype")
    return root
