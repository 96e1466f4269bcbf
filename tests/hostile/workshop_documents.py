"""Hostile and damaged files of a workshop that are documents: zipped ones, Word, OpenDocument, RTF."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib

from hostile.case import SECRET, WORKSHOP, Case, refused, taken
from office_files import (
    OLE,
    docx,
    odt,
    paragraph,
    relations,
    run,
    talk,
    word_table,
    word_xml,
    zipped,
)

_HELLO = talk(f"Jane: hello {SECRET}", "Bob: hello back")
_ENTITY = f'<!DOCTYPE d [<!ENTITY a "{SECRET}">%s]>'
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)).replace(
    "&a0;", "&a;"
)
_ODT = f"<text:p>Jane: hello {SECRET}</text:p>"
_PART = "word/document.xml"


def _at(name: str) -> str:
    return f"{WORKSHOP}/{name}"


def _parts(**more: str | bytes) -> dict[str, str | bytes]:
    """Give the parts of a Word document, with "__" for the signs that a name cannot have."""
    return {
        "[Content_Types].xml": '<Types xmlns="x"/>',
        "_rels/.rels": relations(("r1", "officeDocument", _PART)),
        _PART: word_xml(_HELLO),
        **{name.replace("___", ".").replace("__", "/"): part for name, part in more.items()},
    }


def _archive(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    """Give a zip file of members in order, some perhaps of one name."""
    buffer = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def _info(name: str, mode: int = 0o100644, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = how
    return info


def _with_flag(data: bytes, flag: int) -> bytes:
    """Set a flag of every member, such as that of a password."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset] |= flag
            at = out.find(mark, at + 4)
    return bytes(out)


def _lying(data: bytes, name: str, size: int) -> bytes:
    """Say in the list of members that one unpacks to another size."""
    out = bytearray(data)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", out, at + 28)[0]
        if out[at + 46 : at + 46 + length] == name.encode():
            struct.pack_into("<I", out, at + 24, size)
        at = out.find(b"PK\x01\x02", at + 4)
    return bytes(out)


def _stored(body: str) -> bytes:
    """Give a Word document that is not packed, so that nothing of it unpacks to many times more."""
    return zipped(_parts() | {_PART: word_xml(body)}, zipfile.ZIP_STORED)


def _word(body: str, **parts: str | bytes) -> bytes:
    return docx(_HELLO + body, **parts)


ZIPS = [
    taken(_at("control.docx"), docx(_HELLO), "Jane: hello"),
    refused(_at("empty.docx"), b"", "empty"),
    refused(_at("words.docx"), f"Jane: {SECRET}\n", "not a Word file"),
    refused(_at("cut.docx"), docx(_HELLO)[:200], "cut short"),
    refused(_at("cut-list.docx"), docx(_HELLO)[:-30], "cut short"),
    refused(_at("old.docx"), OLE, "password"),
    refused(_at("old.doc"), OLE, "old Office file"),
    refused(_at("locked.docx"), lambda: _with_flag(docx(_HELLO), 1), "password-protected"),
    refused(
        _at("bomb.docx"),
        lambda: _word("", styles="<x>" + " " * 60_000_000 + "</x>"),
        "unpacks to far more",
    ),
    refused(
        _at("ratio.docx"),
        lambda: zipped(_parts(word__a___xml=b" " * 5_000_000)),
        "unpacks to far more",
    ),
    refused(
        _at("many-bombs.docx"),
        lambda: zipped(
            {
                **_parts(),
                **{f"word/a{n}.xml": "<x>" + "ab c" * 250_000 + "</x>" for n in range(120)},
            }
        ),
        "many-bombs.docx",
    ),
    refused(
        _at("members.docx"),
        lambda: zipped({**_parts(), **{f"word/{'a' * 80}{n}.bin": b"" for n in range(40_000)}}),
        "far more parts",
    ),
    refused(
        _at("twice.docx"),
        lambda: _archive(*_parts().items(), (_PART, word_xml(talk("Jane: other")))),
        "damaged",
    ),
    taken(
        _at("traversal.docx"),
        lambda: zipped(
            {
                **_parts(),
                "../../H6_PWNED.xml": "<x/>",
                "/etc/H6_PWNED": b"x",
                "..\\H6_PWNED": b"x",
                "C:H6_PWNED": b"",
            }
        ),
        "Jane: hello",
    ),
    taken(
        _at("link.docx"),
        lambda: _archive(
            *_parts().items(), (_info("word/link.xml.rels.txt", 0o120777), "/etc/passwd")
        ),
        "Jane: hello",
    ),
    refused(
        _at("link-part.docx"), lambda: _archive((_info(_PART, 0o120777), "/etc/passwd")), "damaged"
    ),
    refused(
        _at("lies-large.docx"),
        lambda: _lying(docx(_HELLO), _PART, 0xFFFFFFF0),
        "unpacks to far more",
    ),
    refused(_at("lies-small.docx"), lambda: _lying(docx(_HELLO), _PART, 10), "damaged"),
    refused(
        _at("lzma.docx"),
        lambda: _archive(*((_info(n, how=zipfile.ZIP_LZMA), c) for n, c in _parts().items())),
        "damaged",
    ),
    refused(
        _at("bzip2.docx"),
        lambda: _archive(*((_info(n, how=zipfile.ZIP_BZIP2), c) for n, c in _parts().items())),
        "damaged",
    ),
    refused(_at("nested.docx"), lambda: zipped({"word/inner.docx": docx(_HELLO)}), "nested.docx"),
    refused(
        _at("nested.zip"),
        lambda: zipped({"a.zip": zipped({"b.zip": docx(_HELLO)})}),
        "packed archive",
    ),
    taken(
        _at("inside.docx"),
        lambda: zipped({**_parts(), "word/embeddings/a.docx": docx(talk("Eve: hidden"))}),
        "Jane: hello",
    ),
    refused(
        _at("checksum.docx"),
        lambda: docx(_HELLO).replace(
            zlib.crc32(word_xml(_HELLO).encode()).to_bytes(4, "little"), b"\1\2\3\4"
        ),
        "damaged",
    ),
    refused(_at("prefix.docx"), lambda: b"MZ" + docx(_HELLO), "not a Word file"),
    refused(_at("no-part.docx"), zipped({"word/other.xml": "<x/>"}), "damaged"),
    refused(
        _at("nul-name.docx"),
        lambda: _archive((_info("word/docu\0ment.xml"), "x"), *_parts().items()).replace(
            b"word/docu", b"word/doc\0"
        ),
        "nul-name.docx",
    ),
]

WORD = [
    refused(_at("entity.docx"), docx(_HELLO, before=_ENTITY % ""), "document type definition"),
    refused(
        _at("file.docx"),
        docx(
            paragraph("<w:r><w:t>&x;</w:t></w:r>"),
            before='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ),
        "document type definition",
    ),
    refused(_at("laughs.docx"), docx(_HELLO, before=_ENTITY % _LAUGHS), "document type definition"),
    refused(
        _at("quadratic.docx"),
        lambda: docx(_HELLO, before=f'<!DOCTYPE d [<!ENTITY a "{"a" * 60_000}">]>'),
        "document type definition",
    ),
    refused(
        _at("entity-in-styles.docx"),
        _word("", styles='<!DOCTYPE d SYSTEM "http://example.org/x"><d/>'),
        "document type definition",
    ),
    taken(
        _at("xinclude.docx"),
        _word('<xi:include href="file:///etc/passwd" parse="text"/>'),
        "Jane: hello",
    ),
    refused(
        _at("deep.docx"),
        lambda: docx("<w:sdt><w:sdtContent>" * 5_000 + _HELLO + "</w:sdtContent></w:sdt>" * 5_000),
        "damaged",
    ),
    refused(_at("open.docx"), docx(_HELLO + "<w:p><w:r>"), "damaged"),
    refused(
        _at("latin.docx"),
        zipped(_parts(word__document___xml=b'<?xml version="1.0" encoding="utf-7"?><a/>')),
        "damaged",
    ),
    taken(
        _at("tracked.docx"),
        docx(
            paragraph(
                run("Jane: kept "),
                f"<w:ins><w:r><w:t>added </w:t></w:r></w:ins><w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>",
                run("out", "<w:vanish/>"),
            )
        ),
        "Jane: kept added",
        told=("hidden",),
    ),
    taken(
        _at("chunk.docx"),
        lambda: zipped(
            {
                **_parts(),
                _PART: word_xml(
                    _HELLO
                    + '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="c1"/>'
                ),
                "word/_rels/document.xml.rels": relations(("c1", "aFChunk", "chunk.html")),
                "word/chunk.html": f"<p>Eve: {SECRET}</p>",
            }
        ),
        "Jane: hello",
        told=("were not read",),
    ),
    taken(
        _at("ole.docx"),
        lambda: zipped(
            {**_parts(), "word/embeddings/oleObject1.bin": OLE, "word/vbaProject.bin": OLE}
        ),
        "Jane: hello",
    ),
    taken(
        _at("external.docx"),
        lambda: zipped(
            {
                **_parts(),
                "word/_rels/document.xml.rels": relations(
                    ("t", "attachedTemplate", "http://127.0.0.1:9/x.dotm")
                ).replace("/></R", ' TargetMode="External"/></R'),
            }
        ),
        "Jane: hello",
    ),
    taken(
        _at("field.docx"),
        docx(
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:\\\\calc</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                run(f"Jane: hello {SECRET}"),
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            )
            + talk("Bob: hi")
        ),
        "Jane: hello",
    ),
    refused(_at("flood.docx"), lambda: docx("<w:p/>" * 1_100_000 + _HELLO), "far more"),
    taken(_at("tables.docx"), lambda: _stored(word_table([["x"]]) * 4_000 + _HELLO), "Jane: hello"),
    refused(
        _at("deep-tables.docx"),
        lambda: docx("<w:tbl><w:tr><w:tc>" * 100 + _HELLO + "</w:tc></w:tr></w:tbl>" * 100),
        "damaged",
    ),
    taken(_at("runs.docx"), lambda: _stored(_HELLO + paragraph(run("a ") * 20_000)), "Jane: hello"),
    refused(
        _at("letters.docx"),
        lambda: _stored(_HELLO + paragraph(run("lorem ipsum " * 90_000))),
        "turn",
    ),
    refused(_at("notes-only.docx"), docx(""), "notes-only.docx"),
    taken(
        _at("attributes.docx"),
        lambda: docx(
            paragraph(
                run("Jane: hello"),
                properties="<w:x " + " ".join(f'w:a{n}="{n}"' for n in range(50_000)) + "/>",
            )
            + talk("Bob: hi")
        ),
        "Jane: hello",
    ),
]

OPEN = [
    taken(_at("control.odt"), odt(_ODT), "Jane: hello"),
    refused(_at("entity.odt"), odt(_ODT, before=_ENTITY % ""), "document type definition"),
    taken(
        _at("script.odt"),
        odt(_ODT + '<text:script xlink:href="x" xmlns:xlink="l">alert(1)</text:script>'),
        "Jane: hello",
    ),
    taken(
        _at("spaces.odt"),
        odt(_ODT + '<text:p>a<text:s text:c="999999999"/>b</text:p>'),
        "Jane: hello",
    ),
    refused(
        _at("deep.odt"),
        lambda: odt("<text:section>" * 10_000 + "</text:section>" * 10_000),
        "damaged",
    ),
    taken(
        _at("repeated.odt"),
        lambda: odt(
            '<table:table><table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="99999999"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
            + _ODT
        ),
        "Jane: hello",
    ),
]

RTF = [
    taken(_at("control.rtf"), "{\\rtf1\\ansi Jane: hello quokka\\par Bob: hi\\par}", "Jane: hello"),
    refused(
        _at("groups.rtf"), lambda: "{\\rtf1 " + "{" * 500_000 + "x" + "}" * 500_001, "groups.rtf"
    ),
    taken(
        _at("open-groups.rtf"),
        lambda: "{\\rtf1 Jane: hello\\par Bob: hi\\par " + "{\\b " * 50,
        "Jane: hello",
    ),
    taken(
        _at("bin.rtf"),
        "{\\rtf1 Jane: hello\\par\\bin99999999999 Bob: hi\\par}",
        "Jane: hello",
        told=("cut short",),
    ),
    taken(
        _at("bin-short.rtf"),
        b"{\\rtf1 Jane: hello\\par{\\*\\x\\bin5 }}}}}}Bob: hi\\par}",
        "Jane: hello",
        "Bob: hi",
    ),
    taken(
        _at("object.rtf"),
        "{\\rtf1 Jane: hello\\par{\\object\\objautlink{\\*\\objdata 0105}{\\result Bob: hi}}\\par}",
        "Jane: hello",
    ),
    taken(
        _at("unicode.rtf"),
        "{\\rtf1\\uc0 Jane: \\u99999999999 a\\u-10179\\u-8704 b \\u0 c\\par Bob: hi\\par}",
        "Jane: ",
    ),
    taken(
        _at("words.rtf"),
        lambda: "{\\rtf1 Jane: hello\\par Bob: hi\\par" + "\\" + "a" * 500_000 + " }",
        "Jane: hello",
    ),
    taken(
        _at("codepage.rtf"),
        "{\\rtf1\\ansi\\ansicpg99999 Jane: hello\\par Bob: \\'e9\\par}",
        "Jane: hello",
    ),
]

CASES: list[Case] = [*ZIPS, *WORD, *OPEN, *RTF]
