import io
import time
import zipfile
from pathlib import Path

import pytest

from commonthread.problems import Refused
from commonthread.settings import LimitSettings, ReadingSettings
from commonthread.sources import docx as docx_reader
from commonthread.sources import odt as odt_reader
from commonthread.sources import tables
from commonthread.sources.safe_xml import MAX_DEPTH, UnsafeXmlError, check_xml, parse_xml
from commonthread.sources.zipped import WORD, open_package
from office_files import OLE, cells, docx, odt, sheet_xml, talk, word_xml, xlsx, zipped

GOOD = docx(talk("Ann: Hello."))
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
SHEET = sheet_xml(cells(["speaker", "text"], ["Ann", "Hello."]))


def refusal(data: bytes, limits: LimitSettings | None = None) -> Refused:
    settings = ReadingSettings(limits=limits or LimitSettings())
    start = time.process_time()
    with pytest.raises(Refused) as caught:
        docx_reader.read(Path("a.docx"), data, settings)
    assert time.process_time() - start < 5
    assert caught.value.reason.endswith(".") and caught.value.remedy.endswith(".")
    return caught.value


def bomb(size: int, name: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.extra.xml", b" " * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Ann: Hello, no zip at all.", "not a Word file"),
        (GOOD[:200], "cut short"),
        (GOOD[:-30], "cut short"),
        (OLE, "password-protected or an old .doc file"),
        (zipped({"word/other.xml": "<a/>"}), "damaged"),
        (zipped({"word/document.xml": ""}), "damaged"),
        (zipped({"word/document.xml": "<w:document><w:body></w:document>"}), "damaged"),
        (zipped({"word/document.xml": "<a/>"}), "damaged"),
        (zipped({"word/document.xml": word_xml("<w:p>" * 20_000 + "</w:p>" * 20_000)}), "damaged"),
        (docx("<w:p/>", before="<!DOCTYPE l>"), "document type"),
        (docx("<w:p/>", before=f"<!DOCTYPE l [{LAUGHS}]>"), "document type"),
        (docx("<w:p/>", before='<!DOCTYPE l SYSTEM "http://x.invalid/l.dtd">'), "document type"),
        (docx(talk("Ann: Hello."), unused='<!DOCTYPE l><a b="c"/>'), "document type"),
        (docx(talk("Ann: Hello."), unused="<a><b></a>"), "damaged"),
        (bomb(200_000_000), "unpacks to far more"),
        (bomb(20_000_000), "unpacks to far more"),
        (zipped({"word/document.xml": word_xml(talk("A: b"))}, zipfile.ZIP_LZMA), "damaged"),
    ],
)
def test_refused_with_the_true_reason(data: bytes, reason: str) -> None:
    assert reason in refusal(data).reason


def test_a_flipped_bit_is_damage() -> None:
    at = GOOD.index(b"word/document.xml") + 40
    assert "damaged" in refusal(GOOD[:at] + bytes([GOOD[at] ^ 255]) + GOOD[at + 1 :]).reason


def test_two_parts_of_one_name_are_damage() -> None:
    buffer = io.BytesIO(GOOD)
    with pytest.warns(UserWarning), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/document.xml", word_xml(talk("Ben: Another.")))
    assert "damaged" in refusal(buffer.getvalue()).reason


def test_an_encrypted_part_is_password_protected() -> None:
    data = bytearray(GOOD)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    assert "password" in refusal(bytes(data)).reason


def test_a_size_that_lies_is_counted() -> None:
    data = bytearray(bomb(30_000_000))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data)).reason


def test_many_large_parts_are_refused_in_all() -> None:
    parts = {f"word/p{n}.xml": "<a>" + "bc d" * 500_000 + "</a>" for n in range(4)}
    data = zipped(parts, zipfile.ZIP_STORED)
    assert "unpacks" in refusal(data, LimitSettings(expanded_mb=3)).reason


def test_what_is_stored_without_compression_is_no_bomb() -> None:
    package = open_package(
        zipped({"a.bin": b"\0" * 3_000_000}, zipfile.ZIP_STORED), WORD, LimitSettings()
    )
    assert len(package.read("a.bin")) == 3_000_000


def test_a_flood_of_elements_is_refused() -> None:
    with pytest.raises(UnsafeXmlError, match="flood"):
        check_xml(b"<a>" + b"<b/>" * 1_000_000 + b"</a>")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_a_document_type_is_found_in_every_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE l [<!ENTITY x "y">]><l>&x;</l>'
    with pytest.raises(UnsafeXmlError, match="doctype"):
        parse_xml(text.encode(encoding))


def test_strange_encodings_and_depth_are_damage() -> None:
    for data in (
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1),
        b"<a>&unknown;</a>",
        b"\xff\xfe\xfd",
    ):
        with pytest.raises(UnsafeXmlError, match="damaged"):
            parse_xml(data)


def test_harmless_xml_is_read() -> None:
    root = parse_xml(b"<!-- <!DOCTYPE a> --><a><b/>&lt;&#65;</a>")
    assert root.tag == "a" and root[0].tail == "<A"


def test_the_same_checks_guard_odt_and_xlsx() -> None:
    cases = [
        (odt_reader.read, odt("<text:p/>", before="<!DOCTYPE l>")),
        (tables.read_xlsx, xlsx(("S", SHEET), unused="<!DOCTYPE l><a/>")),
        (tables.read_xlsx, xlsx(("S", SHEET.replace("?>", "?><!DOCTYPE l>")))),
    ]
    for read, data in cases:
        with pytest.raises(Refused, match="document type"):
            read(Path("a"), data, ReadingSettings())
    with pytest.raises(Refused, match=r"old \.xls file"):
        tables.read_xlsx(Path("a"), OLE, ReadingSettings())
    with pytest.raises(Refused, match="not an OpenDocument text"):
        odt_reader.read(Path("a"), b"Ann: Hello.", ReadingSettings())


def test_leftovers_of_a_mac_do_no_harm() -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("__MACOSX/word/._document.xml", b"\0\5\x16\7")
    result = docx_reader.read(Path("a"), buffer.getvalue(), ReadingSettings())
    assert [turn.text for turn in result.turns] == ["Hello."]
