"""Makes small documents of every format that is zipped or paged, byte by byte, for the tests."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1000


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a zip file of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(*targets: tuple[str, str, str]) -> str:
    """Give a part of relations: id, kind, target of each."""
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in targets
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """Give a run of a Word document."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\n")
    )
    return f"<w:r>{look}{pieces}</w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    """Give a paragraph of a Word document, of runs in XML."""
    look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def talk(*paragraphs: str) -> str:
    """Give paragraphs of plain text for a Word document."""
    return "".join(paragraph(run(text)) for text in paragraphs)


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """Give a table of a Word document."""
    inside = "".join(
        "<w:tr>" + "".join(f"<w:tc>{talk(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{inside}</w:tbl>"


def word_xml(body: str, before: str = "") -> str:
    """Give the main part of a Word document; ``before`` stands where a document type would."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:xi="http://www.w3.org/2001/XInclude">'
        f"<w:body>{body}</w:body></w:document>"
    )


def docx(body: str, before: str = "", **parts: str | bytes) -> bytes:
    """Give a Word document. ``parts`` are further parts of the folder ``word``."""
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="x"/>',
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": word_xml(body, before),
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def odt(body: str, styles: str = "", before: str = "", **parts: str) -> bytes:
    """Give an OpenDocument text. ``styles`` are automatic styles in XML."""
    namespaces = " ".join(
        f'xmlns:{short}="{_ODF}:{long}:1.0"'
        for short, long in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
            *(("fo", "xsl-fo-compatible"), ("draw", "drawing")),
        )
    )
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content {namespaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            **{name.replace("__", "/") + ".xml": inside for name, inside in parts.items()},
        }
    )


def sheet_xml(rows: str, after: str = "") -> str:
    """Give a sheet of a workbook, of rows in XML."""
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{_S}"><sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def xlsx(*sheets: tuple[str, str], hidden: Sequence[str] = (), **parts: str) -> bytes:
    """Give a workbook of sheets (name, XML). ``parts`` are further parts of the folder ``xl``."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="s{n}"'
        + (' state="hidden"' if name in hidden else "")
        + "/>"
        for n, (name, _) in enumerate(sheets, start=1)
    )
    targets = [
        (f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)
    ]
    targets += [(f"p{name}", name, f"{name}.xml") for name in parts]
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="x"/>',
            "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": (
                f'<workbook xmlns="{_S}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": relations(*targets),
            **{
                f"xl/worksheets/sheet{n}.xml": content
                for n, (_, content) in enumerate(sheets, start=1)
            },
            **{f"xl/{name}.xml": content for name, content in parts.items()},
        }
    )


def cells(*rows: Sequence[str]) -> str:
    """Give rows of cells that hold text, in XML."""
    return "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for c, cell in enumerate(row, start=1)
            if cell
        )
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )


def pdf(
    *pages: Sequence[tuple[float, float, str]], trailer: str = "", deflated: bool = False
) -> bytes:
    """Give a PDF that draws lines of Helvetica: from the left, from the foot, text."""
    contents = [
        "\n".join(
            f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({_pdf_text(text)}) Tj ET" for x, y, text in page
        )
        for page in pages
    ]
    return pdf_of_contents([content.encode("cp1252") for content in contents], trailer, deflated)


def pdf_of_contents(
    contents: Sequence[bytes], trailer: str = "", deflated: bool = False, more: bytes = b""
) -> bytes:
    """Give a PDF of pages with these content streams; ``more`` is one further object."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode())
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    last = 4 + 2 * len(contents)
    for n, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>"
            b"/XObject<</X1 %d 0 R>>>>/Contents %d 0 R>>" % (last, 5 + 2 * n)
        )
        packed = zlib.compress(content) if deflated else content
        how = b"/Filter/FlateDecode" if deflated else b""
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(packed), how, packed))
    objects.append(more or b"null")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for n, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _pdf_text(text: str) -> str:
    for sign in "\\()":
        text = text.replace(sign, f"\\{sign}")
    return text
