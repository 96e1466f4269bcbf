"""What Word documents of every kind need: elements, page numbers, and bytes without dates."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

# The date of a run would make every run's file a new one.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


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


def without_dates(data: bytes) -> bytes:
    """Give a zip file with the same members in the same order, without dates."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=_ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            new.writestr(member, old.read(name))
    return out.getvalue()
