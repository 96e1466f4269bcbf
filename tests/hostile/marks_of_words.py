"""Hostile and damaged files in the folder of marks: how people marked words that nobody listed."""

from __future__ import annotations

import json
import os
from typing import Any

from hostile.case import SECRET, Case, refused, taken
from hostile.from_people import CODINGS
from office_files import cells, sheet_xml, xlsx

_MARK: dict[str, Any] = {
    "words": SECRET,
    "kind": "person",
    "replacement": "somebody",
    "date": "2026-01-15T10:00:00+00:00",
}
_PAGE: dict[str, Any] = {
    "format": "commonthread unlisted words",
    "format_version": 1,
    "study": "Tea",
    "page_id": "u1",
    "copy": "0" * 32,
    "marked": [_MARK],
}
_CSV = f"words,mark,replace with\n{SECRET},name,somebody\n"
_ROWS = (("Words", "Mark", "Replace with"), (SECRET, "Name", "somebody"))
# Documents and workbooks that are broken themselves are so wherever they come in.
_BROKEN = (
    *("cut.docx", "old.docx", "locked.docx", "bomb.docx", "ratio.docx", "many-bombs.docx"),
    *("members.docx", "twice.docx", "lies-large.docx", "lies-small.docx", "lzma.docx"),
    *("entity.xlsx", "wide.xlsx", "strings.xlsx", "no-sheet.xlsx", "loop.xlsx"),
)


def _page(**changes: Any) -> str:
    return json.dumps(_PAGE | changes)


def _marked(**changes: Any) -> str:
    return _page(marked=[_MARK | changes, _MARK | {"words": "Fernhollow"}])


CASES: list[Case] = [
    taken("names/a.json", _page(), SECRET, "somebody"),
    taken("names/a.csv", _CSV, SECRET, "somebody"),
    taken("names/a.xlsx", xlsx(("Worklist", sheet_xml(cells(*_ROWS)))), SECRET),
    taken("names/deep/er/a.csv", _CSV, SECRET),
    taken("names/a.csv", f"words,mark\n{SECRET},=cmd|' /C calc'!A0\nFernhollow,place\n", "place"),
    taken("names/a.csv", "words,mark,replace with\nFernhollow,place,=1+1\n", "=1+1"),
    taken("names/a.csv", "words,mark\n<script>window.__pwned=1</script>,name\n", "<script>"),
    taken("names/a.json", _marked(words="\u202e" * 500), "Fernhollow", told=("mark 1",)),
    taken("names/a.json", _marked(words="x" * 501), "Fernhollow", told=("mark 1",)),
    taken("names/a.json", _marked(kind="__proto__"), "Fernhollow", told=("mark 1",)),
    taken("names/a.json", _marked(kind={"person": 1}), "Fernhollow", told=("mark 1",)),
    taken("names/a.json", _marked(date="0000-99-99"), "Fernhollow", told=("mark 1",)),
    taken("names/a.json", _marked(date="0001-01-01T00:00:00+23:59"), "Fernhollow"),
    taken("names/a.json", _marked(replacement=f"a {SECRET}"), "Fernhollow", told=("mark 1",)),
    taken("names/a.json", _marked(__proto__={"kind": "harmless"}), "Fernhollow", told=("mark 1",)),
    refused("names/a.json", lambda: "[" * 200_000, "damaged"),
    refused("names/a.json", lambda: '{"a":' * 200_000, "damaged"),
    refused("names/a.json", lambda: f'{{"a":[{"0," * 1_100_000}0]}}', "larger"),
    refused("names/a.json", lambda: _page(study="9" * 1_000_000), "study"),
    refused("names/a.json", '{"format_version": 1' + "0" * 6000 + "}", "damaged"),
    refused("names/a.json", '{"format": NaN}', "not a number"),
    refused("names/a.json", _page(format_version=10**400), "version"),
    refused("names/a.json", _page(marked=None), "marked"),
    refused("names/a.csv", lambda: "words,mark\n" + "x,name\n" * 100_001, "rows"),
    refused("names/a.csv", lambda: "words,mark" + ",x" * 3000 + "\n", "columns"),
    refused("names/a.csv", f'words,mark\n"{SECRET},name\n', "names/a.csv"),
    refused("names/a.csv", b"\0" * 5000, "names/a.csv"),
    refused("names/a.html", f"<html><script>{SECRET}</script>", "web page"),
    Case("names/a.csv", os.mkfifo, False, ("ordinary file",), about="a pipe"),
    Case("names/a.json", lambda path: path.symlink_to("/dev/zero"), False, about="a device"),
    Case("names/a.json", lambda path: path.symlink_to(path), False, about="a link in a circle"),
    *(
        Case(case.place.replace("codings/", "names/"), case.make, False, about=case.name)
        for case in CODINGS
        if case.place.removeprefix("codings/") in _BROKEN and not case.read
    ),
]
