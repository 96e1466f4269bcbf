"""Hostile and damaged lists, codebooks and settings of a study."""

from __future__ import annotations

import os
from pathlib import Path

from hostile.case import Case, refused, taken
from hostile.from_people import special
from hostile.taking_in import CODEBOOK
from office_files import OLE, cells, docx, sheet_xml, talk, xlsx

_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{n}: &{n} [{','.join([f'*{p}'] * 9)}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
)


def _terms(*terms: str) -> str:
    """Give a codebook with these terms, each on a line of its own from line 13 on."""
    return CODEBOOK.replace("terms: [tea]", "terms:\n" + "".join(f"      - {t}\n" for t in terms))


def _code(**changes: str) -> str:
    text = CODEBOOK
    for key, value in changes.items():
        text = "\n".join(
            f"{line.split(key)[0]}{key}: {value}"
            if line.strip(" -").startswith(f"{key}:")
            else line
            for line in text.splitlines()
        )
    return text + "\n"


def _copy(path: Path) -> None:
    path.write_text(CODEBOOK.replace("Tea", "Coffee"), encoding="utf-8")


YAML = [
    ("bomb", _BOMB, "line 1"),
    ("tag", "title: !!python/object/apply:os.system [touch H6_PWNED]\n", "line 1"),
    ("own-tag", "a: 1\nb: !secret x\n", "line 2"),
    ("tab", "a:\n\tb: 1\n", "line 2"),
    ("twice", "a: 1\nb: 2\na: 3\n", "line 3"),
    ("merge", "a: &x {b: 1}\nc:\n  <<: *x\n", "line 1"),
    ("deep", "[" * 100_000, "line 1"),
    ("deep-blocks", "".join(" " * n + "- \n" for n in range(1000)), "line"),
    ("values", "a: [" + "x," * 150_000 + "x]\n", "too many"),
    ("large", "#" * 5_100_000, "larger than 5 MB"),
    ("latin", b"title: caf\xe9\n", "UTF-8"),
    ("nul", b"title: a\0b\n", "control character"),
    ("utf16", "title: x\n".encode("utf-16"), "UTF-8"),
    ("list", "- a\n- b\n", "line 1"),
    ("scalar", "42\n", "line 1"),
    ("directive", "%YAML 1.1\n---\ntitle: x\n", "line"),
    ("documents", "title: x\n---\ntitle: y\n", "line 2"),
    ("conflict", "<<<<<<< HEAD\ntitle: x\n=======\ntitle: y\n>>>>>>> b\n", "line 1"),
    ("key", "? [a, b]\n: x\n", "line 1"),
    ("long-key", "a" * 3000 + ": x\n", "line 1"),
    ("quote", 'title: "never closed\nb: 1\n', "not closed"),
    ("bidi-key", "stud\u202ey: x\n", "line 1"),
]
_FILES = ("codebook.yaml", "config.yaml", "study.yaml")

SETTINGS = [
    refused("config.yaml", "returned:\n  file_mb: 0\n", "line 2"),
    refused("config.yaml", "disclosure:\n  public_treshold: 1\n", "line 2", "public_threshold"),
    refused("config.yaml", "disclosure:\n  public_threshold: -1\n", "line 2"),
    refused("config.yaml", "disclosure:\n  public_threshold: 1e3\n", "line 2", "whole number"),
    refused("config.yaml", "segments:\n  length: " + "9" * 5000 + "\n", "line 2"),
    refused("config.yaml", "segments:\n  unit: NO\n", "line 2", "words"),
    refused(
        "config.yaml",
        "reading:\n  speaker_pattern: '(?P<speaker>(a+)+)(?P<text>.{1000}{1000})'\n",
        "line 2",
    ),
    refused("config.yaml", "reading:\n  limits:\n    file_mb: .inf\n", "line 3"),
    refused(
        "config.yaml", "tables:\n  - id: ../../H6_PWNED\n    title: x\n    theme: tea\n", "line 2"
    ),
    refused("config.yaml", "classifier:\n  target: .nan\n", "line 2"),
    taken(
        "config.yaml",
        "packs:\n  workshops: [NO, 010, 1e3, 12:30:45]\n",
        "['NO', '010', '1e3', '12:30:45']",
    ),
]

CODEBOOKS = [
    taken("codebook.yaml", CODEBOOK, "Talk of tea."),
    taken(
        "codebook.yaml", _code(title="'NO'", name='"<script>window.__pwned=1</script>"'), "<script>"
    ),
    refused("codebook.yaml", _code(id="../../H6_PWNED"), "line 4"),
    refused("codebook.yaml", _code(id="constructor\u202e"), "line 4"),
    refused("codebook.yaml", _code(name='"a\u202eb"'), "line 5"),
    refused(
        "codebook.yaml", CODEBOOK + "    colour: 'red; background: url(http://x)'\n", "line 13", "#"
    ),
    refused("codebook.yaml", CODEBOOK + "    examples2: [x]\n", "line 13"),
    refused("codebook.yaml", CODEBOOK + CODEBOOK[CODEBOOK.index("  - id") :], "line 13"),
    refused("codebook.yaml", _terms("regex: '(a{1000}){1000}'"), "line 13"),
    refused("codebook.yaml", _terms("regex: '((((x{30}){30}){30}){30})'"), "line 13"),
    refused("codebook.yaml", lambda: _terms("regex: '" + "(a|b)" * 20_000 + "'"), "line 13"),
    refused("codebook.yaml", lambda: _terms("regex: '" + "(" * 50_000 + "'"), "line 13"),
    refused("codebook.yaml", lambda: _terms("regex: '" + "[^a]" * 10_000 + "'"), "line 13"),
    refused("codebook.yaml", _terms("regex: '(a)\\1'"), "line 13"),
    refused("codebook.yaml", _terms("regex: 'a*'"), "line 13"),
    taken(
        "codebook.yaml",
        _terms("regex: '(a+)+$'", "regex: '(x|x)*y'", "regex: '(.*a){12}'"),
        "(a+)+$",
    ),
    refused(
        "codebook.yaml", _terms("all_of: [a, b]\n        within: 99999999999999999999"), "line 13"
    ),
    refused("codebook.yaml", lambda: _terms("phrase: " + "a " * 5000), "line 13"),
    taken(
        "codebook.yaml",
        lambda: (
            CODEBOOK
            + "".join(
                CODEBOOK[CODEBOOK.index("  - id") :]
                .replace("id: tea", f"id: tea{n}")
                .replace("name: Tea", f"name: Tea {n}")
                for n in range(500)
            )
        ),
        "Tea 499",
    ),
    Case("codebook (conflicted copy).yaml", _copy, False, ("conflicted copy", "differs")),
    Case("codebook (conflicted copy).yaml", os.mkfifo, False, ("conflicted copy",), about="pipe"),
    Case(
        "codebook (conflicted copy).yaml",
        lambda path: path.symlink_to("/dev/zero"),
        False,
        ("conflicted copy",),
        about="/dev/zero",
    ),
]

PEOPLE = [
    taken("participants.csv", "name,role\nJane,Researcher\n", "Jane"),
    taken(
        "participants.xlsx",
        xlsx(("a", sheet_xml(cells(("name", "role"), ("Jane", "Researcher"))))),
        "Jane",
    ),
    refused("participants.csv", b"", "empty"),
    refused("participants.csv", "nam,role\nJane,x\n", "name"),
    refused("participants.csv", 'name,role\n"Jane,x\n', "row 2"),
    refused("participants.csv", "name\nJane,x,y\n", "row 2"),
    refused("participants.csv", "name,consent\nJane,yes\n", "row 2"),
    refused("participants.csv", "name,withdrawn\nJane,perhaps\n", "row 2"),
    refused("participants.csv", "name,consnt\nJane,none\n", "consent"),
    refused("participants.csv", "name,name\nJane,Bob\n", "twice"),
    refused("participants.csv", lambda: "name\n" + "J" * 200_000 + "\n", "row 2"),
    refused("participants.csv", lambda: "name," * 100_000 + "\n", "participants.csv"),
    refused("participants.csv", lambda: b"name\n" + b"a\n" * 11_000_000, "larger than 20 MB"),
    refused("participants.csv", "name\n...\n", "row 2"),
    taken("participants.csv", "name\n'=cmd|x\n<script>\n$(touch H6_PWNED)\n", "script"),
    taken("participants.csv", b"name\nJos\xe9\n", "José"),
    taken(
        "participants.csv",
        lambda: "name\n" + "".join(f"Anna{'abcdefghij'[n % 10]}{n}\n" for n in range(1_000)),
        "999",
    ),
    refused("participants.xlsx", OLE, "password"),
    refused("participants.xlsx", docx(talk("Jane")), "participants.xlsx"),
    *special("participants", ".csv"),
    *special("participants", ".xlsx"),
]

LISTS = [
    taken("workshops.csv", "folder,workshop\nw,<script>window.__pwned=1</script>\n", "<script>"),
    taken("workshops.csv", 'folder,workshop\nw,"Spring\none"\n', "Spring one"),
    refused("workshops.csv", "folder,workshop\nv,x\n", "row 2"),
    refused("workshops.csv", "folder,workshop\nw,x\nw,y\n", "row 3"),
    refused("workshops.csv", "foldr\nw\n", "folder"),
    refused("workshops.csv", 'folder,workshop\n"w,x\n', "row 2"),
    refused("workshops.csv", lambda: "folder,workshop\nw," + "x" * 200_000 + "\n", "row 2"),
    refused("workshops.csv", b"\0" * 3000, "workshops.csv"),
    taken("workshops.csv", "folder;workshop\nw;a\u2028b\n", "a b"),
    *special("workshops", ".csv"),
    taken("coders.csv", "coder,role\n<img src=x>,Researcher\n", "<img"),
    refused("coders.csv", "coder,role\n../..,x\n", "row 2"),
    refused("coders.csv", "coder,role,segments\nAsh,x,99999999999999999999999\n", "row 2"),
    refused("coders.csv", "coder,role\ndictionary,x\n", "row 2"),
    refused("coders.csv", "coder,role\nAsh,x\nASH,y\n", "row 3"),
    *special("coders", ".csv"),
    *special("study", ".yaml"),
    *special("codebook", ".yaml"),
    *special("config", ".yaml"),
    refused("audit/sample.csv", "a,b\n1,2\n", "sample.csv"),
    refused("audit/sample.csv", b"\xff\xfe\xff", "sample.csv"),
    *special("audit/sample", ".csv"),
    refused("codebook_history/history.csv", "a,b\n", "history.csv"),
    *special("codebook_history/history", ".csv"),
    *special("codebook_history/decisions", ".csv"),
]

CASES: list[Case] = [
    *(
        Case(file, refused(file, content).make, False, (told,), about=name)
        for file in _FILES
        for name, content, told in YAML
    ),
    *SETTINGS,
    *CODEBOOKS,
    *PEOPLE,
    *LISTS,
]
