"""Hostile and damaged files of a workshop that are workbooks or PDF."""

from __future__ import annotations

import zlib

from hostile.case import SECRET, WORKSHOP, Case, refused, taken
from office_files import cells, pdf, pdf_of_contents, relations, sheet_xml, xlsx, zipped

_ROWS = cells(("speaker", "text"), ("Jane", f"hello {SECRET}"))


def _at(name: str) -> str:
    return f"{WORKSHOP}/{name}"


EXCEL = [
    taken(_at("control.xlsx"), xlsx(("a", sheet_xml(_ROWS))), "Jane: hello"),
    taken(
        _at("formula.xlsx"),
        xlsx(
            (
                "a",
                sheet_xml(
                    _ROWS
                    + '<row r="3"><c r="A3" t="str"><f>CONCAT("B","ob")</f><v>Bob</v></c><c r="B3" t="str"><f>HYPERLINK("http://x")</f><v>hi</v></c></row>'
                ),
            )
        ),
        "Bob: hi",
        told=("formula",),
    ),
    refused(
        _at("entity.xlsx"),
        xlsx(("a", '<!DOCTYPE d [<!ENTITY a "x">]>' + sheet_xml(_ROWS)[21:])),
        "document type definition",
    ),
    taken(
        _at("dimension.xlsx"),
        xlsx(
            (
                "a",
                sheet_xml(_ROWS).replace(
                    "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
                ),
            )
        ),
        "Jane: hello",
    ),
    taken(
        _at("far.xlsx"),
        xlsx(
            (
                "a",
                sheet_xml(
                    _ROWS
                    + '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Bob</t></is></c><c r="B1048576" t="inlineStr"><is><t>hi</t></is></c></row>'
                ),
            )
        ),
        "Bob: hi",
    ),
    taken(
        _at("outside.xlsx"),
        xlsx(
            (
                "a",
                sheet_xml(
                    _ROWS
                    + '<row r="99999999999"><c r="ZZZZZZZ9" t="inlineStr"><is><t>x</t></is></c></row>'
                ),
            )
        ),
        "Jane: hello",
    ),
    refused(
        _at("wide.xlsx"),
        lambda: xlsx(
            (
                "a",
                sheet_xml(
                    _ROWS
                    + '<row r="3">'
                    + "".join(
                        f'<c r="{c}3" t="inlineStr"><is><t>x</t></is></c>'
                        for c in ("A", "B", "XFD")
                    )
                    + "</row>"
                ),
            )
        ),
        "2,000 columns",
    ),
    refused(
        _at("strings.xlsx"),
        lambda: xlsx(
            ("a", sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')),
            sharedStrings=f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="9" uniqueCount="999999999">{"<si><t>a</t></si>" * 1_100_000}</sst>',
        ),
        "far more",
    ),
    refused(
        _at("index.xlsx"),
        xlsx(
            (
                "a",
                sheet_xml(
                    '<row r="1"><c r="A1" t="s"><v>999999999</v></c><c r="B1" t="s"><v>-5</v></c></row>'
                ),
            ),
            sharedStrings='<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si></sst>',
        ),
        "index.xlsx",
    ),
    taken(
        _at("numbers.xlsx"),
        xlsx(
            (
                "a",
                sheet_xml(
                    _ROWS
                    + '<row r="3"><c r="A3"><v>1e400</v></c><c r="B3"><v>NaN</v></c></row><row r="4"><c r="A4"><v>'
                    + "9" * 5000
                    + '</v></c><c r="B4" t="d"><v>9999-99-99</v></c></row>'
                ),
            )
        ),
        "Jane: hello",
    ),
    taken(
        _at("links.xlsx"),
        lambda: xlsx(
            ("a", sheet_xml(_ROWS, '<hyperlinks><hyperlink ref="A1" location="x"/></hyperlinks>')),
            externalLink='<externalLink xmlns="x"/>',
        ),
        "Jane: hello",
    ),
    taken(
        _at("cells.xlsx"),
        lambda: xlsx(
            (
                "a",
                sheet_xml(
                    _ROWS
                    + "".join(
                        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c></row>'
                        for n in range(3, 10_000)
                    )
                ),
            )
        ),
        "Jane: hello",
    ),
    refused(_at("no-sheet.xlsx"), zipped({"xl/workbook.xml": "<workbook/>"}), "no-sheet.xlsx"),
    refused(
        _at("loop.xlsx"),
        lambda: zipped(
            {
                "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="s1"/></sheets></workbook>',
                "xl/_rels/workbook.xml.rels": relations(("s1", "worksheet", "workbook.xml")),
            }
        ),
        "loop.xlsx",
    ),
    taken(
        _at("merged.xlsx"),
        xlsx(("a", sheet_xml(_ROWS, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))),
        "Jane: hello",
    ),
    taken(
        _at("sheets.xlsx"),
        lambda: xlsx(*((f"s{n}", sheet_xml(_ROWS if n == 0 else "")) for n in range(300))),
        "Jane: hello",
    ),
]


def _pages(number: int) -> bytes:
    return pdf(*[[(50, 700, "Jane: hello")]] * number)


def _pdf_bomb() -> bytes:
    packed = zlib.compress(b" " * 80_000_000, 9)
    return pdf_of_contents(
        [b"BT /F1 10 Tf (Jane: hi) Tj ET /X1 Do"],
        more=b"<</Length %d/Filter/FlateDecode/Subtype/Form>>stream\n%s\nendstream"
        % (len(packed), packed),
    )


def _flate_bomb() -> bytes:
    return pdf_of_contents(
        [b"BT /F1 10 Tf 1 0 0 1 9 9 Tm (Jane: hi) Tj ET" + b" " * 80_000_000], deflated=True
    )


_CONTROL = pdf([(50, 700, f"Jane: hello {SECRET}"), (50, 680, "Bob: hello back")])
_TREE = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\ntrailer<</Root 1 0 R>>\n"

PDF = [
    taken(_at("control.pdf"), _CONTROL, "Jane: hello"),
    refused(_at("scan.pdf"), pdf([]), "scan"),
    refused(_at("flate.pdf"), _flate_bomb, "flate.pdf"),
    taken(_at("form.pdf"), _pdf_bomb, "Jane: hi"),
    refused(_at("loop.pdf"), _TREE % (b"2 0 R", 1), "loop.pdf"),
    refused(_at("loops.pdf"), _TREE % (b"2 0 R " * 1000, 1000), "loops.pdf"),
    refused(_at("count.pdf"), _TREE % (b"", 2_000_000_000), "count.pdf"),
    refused(_at("no-root.pdf"), b"%PDF-1.4\ntrailer<</Root 9 0 R>>\n", "no-root.pdf"),
    refused(_at("cut.pdf"), _CONTROL[:200], "cut.pdf"),
    refused(_at("pages.pdf"), lambda: _pages(2_500), "2,000"),
    refused(
        _at("locked.pdf"),
        pdf(
            [(50, 700, "Jane: hello")],
            trailer="/Encrypt<</Filter/Standard/V 1/R 2/O("
            + "x" * 32
            + ")/U("
            + "y" * 32
            + ")/P -4>>/ID[(a)(a)]",
        ),
        "password",
    ),
    taken(
        _at("script.pdf"),
        _CONTROL.replace(
            b"<</Type/Catalog", b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>/Type/Catalog"
        ),
        "Jane: hello",
    ),
    taken(_at("lies.pdf"), _CONTROL.replace(b"startxref\n", b"startxref\n9999999"), "Jane: hello"),
    taken(
        _at("launch.pdf"),
        _CONTROL.replace(b"<</Type/Page/", b"<</AA<</O<</S/Launch/F(/bin/sh)>>>>/Type/Page/"),
        "Jane: hello",
    ),
    refused(
        _at("operators.pdf"),
        lambda: pdf_of_contents(
            [b"q " * 4_000_000 + b"BT /F1 10 Tf (Jane: hi) Tj ET"], deflated=True
        ),
        "operators.pdf",
    ),
    refused(
        _at("nested.pdf"),
        lambda: pdf_of_contents([b"[" * 200_000 + b"BT (Jane: hi) Tj ET"]),
        "nested.pdf",
    ),
    refused(_at("deep.pdf"), lambda: _TREE % (b"[" * 100_000, 1), "deep.pdf"),
    refused(_at("not.pdf"), f"Jane: {SECRET}\n", "not a PDF"),
    refused(
        _at("stream-loop.pdf"),
        b"%PDF-1.5\n1 0 obj<</Type/XRef/Size 2/W[1 2 1]/Prev 9/Root 1 0 R/Length 8>>stream\n\1\0\0\0\1\0\0\0\nendstream endobj\nstartxref\n9\n%%EOF\n",
        "stream-loop.pdf",
    ),
    refused(
        _at("filters.pdf"),
        lambda: pdf_of_contents([b"BT (Jane: hi) Tj ET"]).replace(
            b"/Length 19>>", b"/Filter[" + b"/ASCIIHexDecode" * 5000 + b"]/Length 19>>"
        ),
        "filters.pdf",
    ),
]

CASES: list[Case] = [*EXCEL, *PDF]
