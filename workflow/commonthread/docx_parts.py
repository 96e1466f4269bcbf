"""What Word documents of every kind need: styles, elements, and bytes without dates."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from commonthread.export import printable
from commonthread.whole_files import replacing

_FONT = "Arial"
# The date of a run would make every run's file a new one; readers see this as "no date".
_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def set_styles(document: Any, sizes: Mapping[str, float], language: str) -> None:
    """Set styles in Arial and black, each in its size in points, and the language of all."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, points in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(points)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # A theme's font would win over the one that is named.
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for key in ("eastAsia", "cs", "hAnsi"):
            fonts.set(qn(f"w:{key}"), _FONT)
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)


def set_properties(document: Any, title: str, language: str, authors: str = "") -> None:
    """Set what a document says of itself: title, language, authors; no date."""
    properties = document.core_properties
    # The properties hold at most 255 characters.
    properties.title, properties.language = printable(title)[:255], language
    properties.author = properties.last_modified_by = printable(authors)[:255]
    properties.comments = ""
    properties.created = properties.modified = _DATE
    properties.revision = 1


def save_document(document: Any, path: Path) -> None:
    """Save a document whole or not at all, the same bytes whenever its content is the same."""
    out = BytesIO()
    document.save(out)
    with replacing(path) as temporary:
        temporary.write_bytes(_without_dates(out.getvalue()))


def element_of(name: str, **attributes: str) -> Any:
    """Make an element of WordprocessingML with attributes of the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_page_number(paragraph: Any) -> None:
    """Put the number of the page into a paragraph."""
    paragraph.add_run("Page ")
    field = element_of("fldSimple", instr="PAGE")
    run = element_of("r")
    text = element_of("t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _without_dates(data: bytes) -> bytes:
    """Give a zip file with the same members in the same order, without dates."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=_ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            new.writestr(member, old.read(name))
    return out.getvalue()
