"""What a codebook said when it was given out, kept where people do not see it in a Word document.

Word and LibreOffice keep a part for data of others when they save a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commonthread.export import printable
from commonthread.proposals.given_out import GivenCode, GivenOut, usable_id
from commonthread.proposals.proposal import FIELDS
from commonthread.sources.zipped import Package

_SPACE = "urn:commonthread:codebook"
_FOLDER = "customXml/"
_PROPERTIES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
# Any id will do, as long as no other part of the document has it.
_ITEM_ID = "{6C3F1E1C-5B7A-4D0E-9C57-1B5C0DEB00C5}"


@dataclass(frozen=True)
class Record:
    """What a document was given out with: its codes, and marks of its paragraphs."""

    given: GivenOut
    paragraphs: frozenset[str]


def add_record(document: Any, given: GivenOut, paragraphs: frozenset[str]) -> None:
    """Put what a document was given out with into it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    root = etree.Element(f"{{{_SPACE}}}codebook", nsmap={None: _SPACE})
    for code in given.codes:
        attributes = {"id": code.id, "number": code.number, "label": printable(code.label)}
        element = etree.SubElement(root, f"{{{_SPACE}}}code", attributes)
        for field, text in code.texts.items():
            etree.SubElement(element, f"{{{_SPACE}}}{field}").text = printable(text)
    etree.SubElement(root, f"{{{_SPACE}}}paragraphs").text = " ".join(sorted(paragraphs))
    properties = etree.Element(
        f"{{{_PROPERTIES_SPACE}}}datastoreItem", nsmap={"ds": _PROPERTIES_SPACE}
    )
    properties.set(f"{{{_PROPERTIES_SPACE}}}itemID", _ITEM_ID)
    etree.SubElement(properties, f"{{{_PROPERTIES_SPACE}}}schemaRefs")

    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, 100) if f"/{_FOLDER}item{n}.xml" not in taken)

    def part(name: str, kind: str, root: Any) -> Any:
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return Part(PackURI(f"/{_FOLDER}{name}{number}.xml"), kind, content, package)

    item = part("item", "application/xml", root)
    item.relate_to(
        part("itemProps", _PROPERTIES_TYPE, properties), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS
    )
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def read_record(package: Package) -> Record:
    """Give what a document was given out with, empty if that was lost.

    Raises Refused where a part is damaged or unsafe.
    """
    for name in sorted(package.names):
        if not (name.startswith(_FOLDER) and name.endswith(".xml")):
            continue
        root = package.xml(name)
        if root.tag != f"{{{_SPACE}}}codebook":
            continue
        codes = tuple(
            GivenCode(
                id=element.get("id", ""),
                number=element.get("number", ""),
                label=element.get("label", ""),
                texts={
                    field: element.findtext(f"{{{_SPACE}}}{field}") or ""
                    for field in FIELDS
                    if element.find(f"{{{_SPACE}}}{field}") is not None
                },
            )
            for element in root.iterchildren(f"{{{_SPACE}}}code")
            if usable_id(element.get("id", ""))
        )
        marks = root.findtext(f"{{{_SPACE}}}paragraphs") or ""
        return Record(GivenOut(codes), frozenset(marks.split()))
    return Record(GivenOut(), frozenset())
