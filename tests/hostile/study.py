"""A whole study of hostile and damaged files, of everything that people may put into a study."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable
from pathlib import Path

from office_files import docx, paragraph, run, talk

PAYLOADS = (
    "</script><script>window.__pwned='script'</script>",
    "<img src=x onerror=\"window.__pwned='img'\">",
    "<svg/onload=window.__pwned='svg'>",
    "\"><script>window.__pwned='attr'</script>",
    "' onmouseover='window.__pwned=1' x='",
    "<!--<script>",
    "]]><script>window.__pwned='cdata'</script>",
    "{{7*7}} {% raw %}{{config}}{% endraw %}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "javascript:window.__pwned=1",
    "\u2028window.__pwned='ls'\u2029",
    "&lt;script&gt;window.__pwned='entity'&lt;/script&gt;",
    "${window.__pwned=1} `window.__pwned=1`",
    "</textarea></title></style><script>window.__pwned='rawtext'</script>",
    '<a href="data:text/html,<script>parent.__pwned=1</script>">x</a>',
    "<iframe srcdoc=\"<script>parent.__pwned='frame'</script>\"></iframe>",
    "<style>@import 'http://127.0.0.1:9/x';</style>",
    "<b id=__pwned>clobbered</b><form name=body>",
)
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(1,1)", "+1+1", "\uff1d1+1", "%0A=1", "|calc")
WORKSHOP = "<img src=x onerror=alert(1)>"

REFUSED = {
    "empty.txt": b"",
    "white.txt": b"\n \n\t\n",
    "not-word.docx": b"this is not a Word file\n",
    "cut-short.docx": docx(talk("Jane: hello"))[:150],
    "entities.docx": docx(
        paragraph(run("Jane: &e;")),
        before='<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;">]>',
    ),
    "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
    "unclosed.csv": b'speaker,text\nJane,"never closed\nBob,hi\n',
    "ragged.csv": b"speaker,text\nJane,hello\nBob,a,b,c\n",
    "twice.json": b'{"segments":[],"segments":[{"start":0,"end":1,"text":"second"}]}',
    "scan.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n",
    "unbroken.txt": b"Bob: " + b"word " * 210_000,
}
SPECIAL = ("nowhere.txt", "pipe.txt", "up")
"""What is no file; it is refused, too."""

CODERS = (PAYLOADS[1], PAYLOADS[3])


def quoted(text: str) -> str:
    """Give a text in the double quotes of YAML."""
    plain = text.replace("\u2028", " ").replace("\u2029", " ")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def codebook(of: Iterable[str] = PAYLOADS) -> str:
    """Give a codebook whose every text is a payload."""
    lines = ["title: " + quoted(PAYLOADS[0]), 'version: "1"', "language: en", "principles: {}"]
    lines.append("themes:")
    for number, payload in enumerate(of):
        words = quoted(payload)
        lines += [f"  - id: theme_{number}"]
        lines += [
            f"    {key}: {words}" for key in ("name", "definition", "plain", "use_when", "not_when")
        ]
        lines += [f"    examples: [{words}, {words}]", f"    near_miss: {words}"]
        lines += ["    principles: []", f"    questions: [{words}]", "    terms: [nurse]"]
    lines.append("aspects:")
    for aspect in ("challenge", "practice"):
        lines += [f"  - id: {aspect}", f"    name: {aspect}", "    definition: d", "    plain: p"]
        lines += ["    use_when: u", "    not_when: n", "    examples: [a, b]", "    near_miss: m"]
        lines += ["    principles: []", "    questions: [q]", "    terms: [said]"]
    return "\n".join(lines) + "\n"


def said(payload: str) -> str:
    """Give what somebody says in the study: a payload among ordinary words."""
    return f"I said {payload} to the nurse"


def make_study(study: Path) -> None:
    """Make the study."""
    workshop = study / "workshops" / WORKSHOP
    workshop.mkdir(parents=True)
    _workshop_files(workshop)
    for name in ("codings", "codebook_proposals", "tables"):
        (study / name).mkdir()
    (study / "codebook.yaml").write_text(codebook(), encoding="utf-8")
    (study / "study.yaml").write_text(f"title: {quoted(PAYLOADS[2])}\n", encoding="utf-8")
    _table(study / "workshops.csv", ("folder", "workshop"), [(WORKSHOP, PAYLOADS[0])])
    _table(study / "coders.csv", ("coder", "role"), [(who, PAYLOADS[5]) for who in CODERS])
    _table(study / "participants.csv", ("name", "role"), [("Ann", PAYLOADS[1]), ("Bob", "=1+1")])
    for number, who in enumerate(CODERS):
        _table(
            study / f"codings/{number}.csv",
            ("words", "code", "coder", "comment"),
            [(said(p), f"theme_{n + number}", who, p) for n, p in enumerate(PAYLOADS[:10])],
        )
    (study / "codings" / os.fsdecode(b"\xff\n{x}.csv")).write_text("a,b\n1,2\n", encoding="utf-8")
    (study / "codebook_proposals/page.json").write_text(json.dumps(_proposals()), encoding="utf-8")
    rows = "".join(f"  - point: {quoted(payload)}\n" for payload in PAYLOADS)
    (study / "tables/theme_2.yaml").write_text(f"rows:\n{rows}", encoding="utf-8")


def _workshop_files(workshop: Path) -> None:
    lines = [f"Ann: {said(payload)}" for payload in PAYLOADS]
    (workshop / "talk.txt").write_text("\n\n".join(lines), encoding="utf-8")
    cues = [
        f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{payload}: text {payload} for the nurse\n"
        for n, payload in enumerate(PAYLOADS[:8], start=1)
    ]
    (workshop / "speakers.srt").write_text("\n".join(cues), encoding="utf-8")
    _table(workshop / "formulas.csv", ("speaker", "text"), [(f, f) for f in FORMULAS])
    (workshop / "{x}.txt").write_text("Bob: braces in a name of a file", encoding="utf-8")
    (workshop / "$(touch H6_PWNED_shell).txt").write_text("Bob: a command in a name\n")
    (workshop / "new\nline.txt").write_text("Bob: a new line in a name\n")
    (workshop / os.fsdecode(b"caf\xe9.txt")).write_text("Bob: a name in no encoding\n")
    for name, data in REFUSED.items():
        (workshop / name).write_bytes(data)
    (workshop / SPECIAL[0]).symlink_to("nowhere")
    os.mkfifo(workshop / SPECIAL[1])
    (workshop / SPECIAL[2]).symlink_to("..")


def _table(path: Path, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])


def _proposals() -> dict[str, object]:
    shared = {"others": [], "parts": [], "parent": "", "segment_ids": [], "role": PAYLOADS[5]}
    made = [
        shared
        | {
            "id": f"p{number}",
            "kind": "wording",
            "code_id": f"theme_{number}",
            "wording": {"plain": f"{payload} {payload}"},
            "was": {"plain": payload},
            "why": payload,
            "author": payload,
            "date": "2026-01-15T10:00:00+00:00",
        }
        for number, payload in enumerate(PAYLOADS)
    ]
    return {
        "format": "commonthread proposals",
        "format_version": 1,
        "study": PAYLOADS[0],
        "page_id": "b1",
        "author": PAYLOADS[0],
        "role": PAYLOADS[0],
        "codebook_version": "1",
        "codebook_sha256": "ab" * 32,
        "copy": "0" * 32,
        "proposals": made,
        "begun": [],
    }
