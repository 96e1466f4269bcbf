"""Hostile and damaged files that come back from people: codings, proposals, tables, decisions."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from hostile.case import SECRET, Case, refused, taken
from hostile.workbooks_and_pdfs import CASES as WORKBOOKS
from hostile.workshop_documents import CASES as DOCUMENTS
from office_files import OLE, cells, docx, pdf, sheet_xml, talk, word_table, xlsx, zipped

_ROW: dict[str, Any] = {
    "segment_id": "s1-1",
    "source_id": "s1",
    "words": f"We had {SECRET}.",
    "before": "",
    "after": "",
    "start_s": None,
    "codes": ["tea"],
    "no_code": False,
    "unsure": False,
    "comment": "yes",
    "new_code": "",
    "date": "2026-01-15T10:00:00+00:00",
}
_PAGE: dict[str, Any] = {
    "format": "commonthread codings",
    "format_version": 1,
    "purpose": "coding",
    "study": "Tea",
    "pack_id": "p1",
    "coder": "Ash",
    "role": "Researcher",
    "codebook_version": "1",
    "codebook_sha256": "ab" * 32,
    "copy": "0" * 32,
    "took_part": [],
    "segments": 1,
    "codings": [_ROW],
    "begun": [],
}
_PROPOSAL: dict[str, Any] = {
    "id": "p0",
    "kind": "wording",
    "code_id": "tea",
    "wording": {"plain": "Talk of tea"},
    "was": {"plain": "Tea"},
    "others": [],
    "parts": [],
    "parent": "",
    "why": f"Clearer {SECRET}",
    "segment_ids": [],
    "author": "",
    "role": "",
    "date": "2026-01-15T10:00:00+00:00",
}
_PROPOSALS: dict[str, Any] = {
    "format": "commonthread proposals",
    "format_version": 1,
    "study": "Tea",
    "page_id": "b1",
    "author": "Ash",
    "role": "Researcher",
    "codebook_version": "1",
    "codebook_sha256": "ab" * 32,
    "copy": "0" * 32,
    "proposals": [_PROPOSAL],
    "begun": [],
}
_CSV = f"segment_id,words,code,coder\ns1-1,We had {SECRET},tea,Ash\n"
_CODED = cells(("segment_id", "words", "code"), ("s1-1", f"We had {SECRET}", "tea"))
_DRAFT = (
    "Point",
    "Challenges",
    "Challenge quotes",
    "Challenge segments",
    "Practices and resources",
    "Practice quotes",
    "Practice segments",
    "Resource quotes",
    "Resource segments",
    "Dropped because",
)
_DECIDED = cells(("Proposal", "Decision", "Reasons"), ("p12345", "accepted", f"so {SECRET}"))
# What is wrong with documents themselves is known wherever they come in.
_SAME = {
    name: case
    for case in (*DOCUMENTS, *WORKBOOKS)
    if not case.read and (name := case.place.rsplit("/", 1)[-1]).endswith((".docx", ".xlsx"))
}
_OF_DOCUMENTS = (
    *("cut.docx", "old.docx", "locked.docx", "bomb.docx", "ratio.docx", "many-bombs.docx"),
    *("members.docx", "twice.docx", "lies-large.docx", "lies-small.docx", "lzma.docx"),
    *("checksum.docx", "entity.docx", "laughs.docx", "entity-in-styles.docx", "deep.docx"),
    *("open.docx", "flood.docx"),
)
_OF_WORKBOOKS = ("entity.xlsx", "wide.xlsx", "strings.xlsx", "no-sheet.xlsx", "loop.xlsx")


def _json(content: dict[str, Any], **changes: Any) -> str:
    return json.dumps(content | changes)


def _again(folder: str, names: tuple[str, ...], to: str = "") -> list[Case]:
    """Give documents that are refused among the files of workshops, in another place."""
    return [
        Case(
            f"{folder}/{to or name}",
            _SAME[name].make,
            False,
            ("password",) if "old" in name or "locked" in name else (),
            about=name,
        )
        for name in names
    ]


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5_000_000_000)


def _link(path: Path) -> None:
    path.symlink_to("nowhere")


def _zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _closed(path: Path) -> None:
    path.write_text(_CSV, encoding="utf-8")
    path.chmod(0)


def special(place: str, ending: str) -> list[Case]:
    """Give cases of what is no ordinary file, or none that can be read, at a place."""
    return [
        Case(f"{place}{ending}", _sparse, False, ("larger than",), about="sparse"),
        Case(f"{place}{ending}", _link, False, ("leads nowhere",), about="link to nowhere"),
        Case(f"{place}{ending}", _zero, False, ("not an ordinary file",), about="/dev/zero"),
        Case(f"{place}{ending}", os.mkfifo, False, ("not an ordinary file",), about="pipe"),
        Case(f"{place}{ending}", _closed, False, ("cannot be",), about="closed"),
    ]


CODINGS = [
    taken("codings/page.json", _json(_PAGE), "tea"),
    taken("codings/table.csv", _CSV, "tea"),
    taken("codings/table.xlsx", xlsx(("a", sheet_xml(_CODED))), "tea"),
    refused("codings/deep.json", lambda: '{"a":' + "[" * 100_000, "cannot be taken in"),
    refused("codings/flood.json", lambda: '{"a":[' + "{}," * 1_500_000 + "1]}", "larger"),
    refused(
        "codings/nan.json", _json(_PAGE).replace('"segments": 1', '"segments": NaN'), "not a number"
    ),
    refused("codings/twice.json", '{"format":"a","format":"b"}', "twice"),
    refused(
        "codings/huge.json",
        lambda: _json(_PAGE).replace('"segments": 1', '"segments": ' + "9" * 100_000),
        "taken in",
    ),
    refused("codings/version.json", _json(_PAGE, format_version=10**30), "version"),
    refused("codings/format.json", _json(_PAGE, format="other"), "not a file"),
    refused("codings/list.json", "[" + _json(_PAGE) + "]", "list.json"),
    refused("codings/field.json", _json(_PAGE, __proto__={"x": 1}), "field"),
    taken(
        "codings/surrogate.json",
        _json(_PAGE, codings=[_ROW | {"comment": "\ud800"}, _ROW]),
        "tea",
        told=("characters",),
    ),
    taken(
        "codings/types.json",
        _json(
            _PAGE,
            codings=[
                None,
                7,
                [],
                {},
                _ROW | {"codes": "tea"},
                _ROW | {"codes": {"a": 1}},
                _ROW | {"start_s": "x"},
                _ROW,
            ],
        ),
        "tea",
        told=("coding 1",),
    ),
    taken(
        "codings/html.json",
        _json(
            _PAGE,
            coder="<script>window.__pwned=1</script>",
            codings=[_ROW | {"codes": ["<img src=x onerror=alert(1)>"]}],
        ),
        "onerror",
    ),
    taken("codings/path.json", _json(_PAGE, coder="../../../H6_PWNED", pack_id="../x"), "tea"),
    taken(
        "codings/far.json",
        _json(
            _PAGE,
            codings=[
                _ROW | {"date": "9999-12-31T23:59:59-14:00"},
                _ROW | {"date": "0001-01-01T00:00:00+14:00"},
            ],
        ),
        "tea",
    ),
    refused("codings/long.json", lambda: _json(_PAGE, study="x" * 1_000_000), "longer"),
    refused("codings/utf16.json", lambda: _json(_PAGE).encode("utf-16"), "utf16.json"),
    refused("codings/cut.json", _json(_PAGE)[:200], "line 1"),
    refused("codings/empty.csv", b"", "empty"),
    refused("codings/others.csv", f"a,b\n{SECRET},2\n", "headings"),
    refused("codings/quote.csv", f'segment_id,code\n"s1,{SECRET}\n', "quote"),
    refused("codings/cells.csv", lambda: "segment_id,code\n" + "," * 3_100_000, "cells"),
    taken("codings/ragged.csv", _CSV + "a,b,c,d,e,f,g\n", "tea", told=("row 3",)),
    taken("codings/formula.csv", f"segment_id,words,code\ns1-1,'=1+1 {SECRET},tea\n", "=1+1"),
    taken(
        "codings/many.csv",
        lambda: "segment_id,code\n" + "".join(f"s{n},tea\n" for n in range(20_000)),
        "s19999",
    ),
    taken(
        "codings/codes.csv",
        lambda: "segment_id,code\n" + "".join(f"s{n},{'a;' * 1000}\n" for n in range(400)),
        told=("far more",),
    ),
    refused("codings/recording.csv", b"ID3\x04" + b"\0" * 5000, "recording"),
    refused("codings/page.html", f"<!DOCTYPE html><p>{SECRET}", "web page"),
    refused("codings/scan.pdf", pdf([]), "PDF"),
    refused("codings/notes.rtf", "{\\rtf1 x}", "RTF"),
    refused("codings/packed.zip", zipped({"a.txt": "x"}), "packed archive"),
    refused("codings/plain.docx", docx(talk(f"tea {SECRET}")), "table"),
    refused(
        "codings/tables.docx", lambda: docx(word_table([["a", SECRET]]) * 2_000), "tables.docx"
    ),
    refused("codings/nul.csv", b"\0" * 5000, "nul.csv"),
    taken(f"codings/{os.fsdecode(bytes([255]))}\n{{x}}.csv", _CSV, "tea"),
    taken("codings/$(touch H6_PWNED)/a\u202eb.csv", _CSV, "tea"),
    *special("codings/special", ".csv"),
    *_again("codings", _OF_DOCUMENTS),
    *_again("codings", _OF_WORKBOOKS),
]

PROPOSALS = [
    taken("codebook_proposals/page.json", _json(_PROPOSALS), "Talk of tea"),
    refused("codebook_proposals/deep.json", lambda: "[" * 100_000, "taken in"),
    refused("codebook_proposals/deep-objects.json", lambda: '{"a":' * 100_000, "taken in"),
    refused(
        "codebook_proposals/nan.json",
        _json(_PROPOSALS).replace('"format_version": 1', '"format_version": Infinity'),
        "not a number",
    ),
    refused("codebook_proposals/twice.json", '{"format":"a","format":"b"}', "twice"),
    taken(
        "codebook_proposals/types.json",
        _json(
            _PROPOSALS,
            proposals=[
                None,
                3,
                {"kind": []},
                _PROPOSAL | {"wording": []},
                _PROPOSAL | {"kind": "shell"},
                _PROPOSAL,
            ],
        ),
        "Talk of tea",
        told=("proposal 1",),
    ),
    taken(
        "codebook_proposals/terms.json",
        _json(
            _PROPOSALS,
            proposals=[
                _PROPOSAL
                | {
                    "wording": {
                        "terms": "regex: (a+)+$\nregex: (a{1000}){1000}\n!!python/object:os.system"
                    },
                    "was": {"terms": "tea"},
                }
            ],
        ),
        "",
    ),
    taken(
        "codebook_proposals/yaml.json",
        _json(
            _PROPOSALS,
            proposals=[
                _PROPOSAL
                | {
                    "wording": {"name": "x: &a [*a]\n- !!python/name:os.system\n# y"},
                    "was": {"name": "Tea"},
                }
            ],
        ),
        "python",
    ),
    refused("codebook_proposals/empty.docx", b"", "empty"),
    refused("codebook_proposals/scan.pdf", pdf([]), "PDF"),
    refused("codebook_proposals/other.csv", _CSV, "no file with proposals"),
    refused("codebook_proposals/Decisions (2).xlsx", b"PK", "decisions.xlsx"),
    refused("codebook_proposals/plain.docx", docx(talk(f"tea {SECRET}")), "plain.docx"),
    refused("codebook_proposals/old.xlsx", OLE, "password"),
    *special("codebook_proposals/special", ".docx"),
    *_again("codebook_proposals", _OF_DOCUMENTS),
    *_again("codebook_proposals", _OF_WORKBOOKS),
]

TABLES = [
    taken(
        "tables/tea.xlsx",
        xlsx(("Table", sheet_xml(cells(_DRAFT, ("Tea is late", "It comes late."))))),
        "Tea is late",
    ),
    taken("tables/tea.yaml", "rows:\n  - point: Tea is late\n", "Tea is late"),
    taken(
        "tables/tea.xlsx",
        xlsx(("Table", sheet_xml(cells(_DRAFT, ("=1+1", "<script>window.__pwned=1</script>"))))),
        "<script>",
        told=(),
    ),
    refused("tables/tea.yaml", "rows:\n  - point: &a x\n    dropped_because: *a\n", "line 2"),
    refused(
        "tables/tea.yaml", "rows:\n  - point: !!python/object/apply:os.system [id]\n", "line 2"
    ),
    refused("tables/tea.yaml", lambda: "rows: " + "[" * 5000, "tables/tea.yaml", "line 1"),
    refused("tables/tea.yaml", "rows:\n\t- point: x\n", "line 2", "tab"),
    refused("tables/tea.yaml", "rows:\n  - point: x\n    point: y\n", "line 3", "line 2"),
    refused("tables/tea.yaml", f"rows:\n  - pont: {SECRET}\n", "point"),
    refused("tables/tea.yaml", b"rows:\n  - point: caf\xe9\n", "UTF-8", "line 2"),
    refused(
        "tables/tea.xlsx", xlsx(("a", sheet_xml(cells(("x", "y"), (SECRET, "z"))))), "headings"
    ),
    refused("tables/tea.xlsx", b"", "tables/tea.xlsx"),
    *special("tables/tea", ".xlsx"),
    *special("tables/tea", ".yaml"),
    *_again(
        "tables",
        ("cut.docx", "old.docx", "locked.docx", "lies-large.docx", "entity.docx"),
        "tea.xlsx",
    ),
    *_again("tables", _OF_WORKBOOKS, "tea.xlsx"),
]

DECISIONS = [
    taken("codebook_proposals/decisions.xlsx", xlsx(("Decisions", sheet_xml(_DECIDED))), "p12345"),
    refused(
        "codebook_proposals/decisions.xlsx",
        xlsx(("a", sheet_xml(cells(("a",), (SECRET,))))),
        "headings",
    ),
    refused(
        "codebook_proposals/decisions.xlsx",
        xlsx(
            (
                "Decisions",
                sheet_xml(
                    cells(
                        ("Proposal", "Decision"),
                        ("p1", f"perhaps {SECRET[:3]}"),
                        ("p1", "accepted"),
                        ("p1", "declined"),
                    )
                ),
            )
        ),
        "row 2",
    ),
    *special("codebook_proposals/decisions", ".xlsx"),
    *_again("codebook_proposals", _OF_WORKBOOKS, "decisions.xlsx"),
]

CASES: list[Case] = [*CODINGS, *PROPOSALS, *TABLES, *DECISIONS]
