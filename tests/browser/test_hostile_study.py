"""Hostile and damaged files, through a whole run and onto the pages in a real Chromium."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from office_files import docx, paragraph, run, talk
from running import ROOT, contents
from running import run as run_pipeline

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
)
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(1,1)", "+1+1", "\uff1d1+1", "%0A=1", "|calc")

BOMB = docx(
    paragraph(run("Jane: &e;")),
    before='<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;">]>',
)
REFUSED = {
    "empty.txt": b"",
    "white.txt": b"\n \n\t\n",
    "not-word.docx": b"this is not a Word file\n",
    "cut-short.docx": docx(talk("Jane: hello"))[:150],
    "entities.docx": BOMB,
    "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
    "unclosed.csv": b'speaker,text\nJane,"never closed\nBob,hi\n',
    "ragged.csv": b"speaker,text\nJane,hello\nBob,a,b,c\n",
    "twice.json": b'{"segments":[],"segments":[{"start":0,"end":1,"text":"second"}]}',
    "scan.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n",
}


def codebook() -> str:
    """Give a codebook whose every text is a payload."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    lines = ["title: " + quoted(PAYLOADS[0]), 'version: "1"', "language: en", "principles: {}"]
    lines.append("themes:")
    for number, payload in enumerate(PAYLOADS):
        words = quoted(payload.replace("\u2028", " ").replace("\u2029", " "))
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


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """Give a hostile study that was run: its folder, its results, and what the terminal said."""
    place = tmp_path_factory.mktemp("hostile")
    workshop = place / "study/workshops/<img src=x onerror=alert(1)>"
    workshop.mkdir(parents=True)
    talk_lines = [f"Ann: I said {payload} to the nurse" for payload in PAYLOADS]
    (workshop / "talk.txt").write_text("\n\n".join(talk_lines), encoding="utf-8")
    cues = [
        f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{payload}: text {payload} for the nurse\n"
        for n, payload in enumerate(PAYLOADS[:8], start=1)
    ]
    (workshop / "speakers.srt").write_text("\n".join(cues), encoding="utf-8")
    with (workshop / "formulas.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["speaker", "text"], *([f, f] for f in FORMULAS)])
    (workshop / "{x}.txt").write_text("Bob: braces in a name of a file", encoding="utf-8")
    (workshop / "$(touch H6_PWNED_shell).txt").write_text("Bob: a command in a name\n")
    (workshop / "new\nline.txt").write_text("Bob: a new line in a name\n")
    for name, data in REFUSED.items():
        (workshop / name).write_bytes(data)
    (place / "study/codebook.yaml").write_text(codebook(), encoding="utf-8")
    before = contents(place / "study")
    ended = run_pipeline(place / "study", place / "results")
    after = contents(place / "study")
    assert {name: after.get(name) for name in before} == before
    # Drafts of summary tables and the codebook's history are all that a run adds to a study.
    added = after.keys() - before.keys()
    assert all(name.startswith(("tables/", "codebook_history/")) for name in added)
    return place / "study", place / "results", ended.stderr


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_files_in_are_files_read_and_files_refused(hostile: tuple[Path, Path, str]) -> None:
    study, results, said = hostile
    sources = rows(results / "data/sources.csv")
    assert len(sources) == sum(file.is_file() for file in (study / "workshops").rglob("*"))
    refused = {Path(row["path"]).name: row for row in sources if row["status"] == "refused"}
    assert refused.keys() == REFUSED.keys()
    assert all(row["reason"] and row["remedy"] for row in refused.values())
    assert "Traceback" not in said
    for name in REFUSED:
        assert name in said


def test_nothing_is_written_elsewhere(hostile: tuple[Path, Path, str]) -> None:
    _, results, _ = hostile
    assert not list(ROOT.glob("H6_PWNED*"))
    assert not list(results.rglob("H6_PWNED*"))


@pytest.mark.browser
@pytest.mark.parametrize(
    "page_name",
    [
        "report.html",
        "report-public.html",
        "index.html",
        "codebook/proposals.html",
        "handouts/resources.html",
        "handouts/questions.html",
        "public/resources.html",
        "public/questions.html",
        "summary-tables/theme_1.html",
    ],
)
def test_payloads_are_text_on_the_pages(
    hostile: tuple[Path, Path, str], browser: Browser, page_name: str
) -> None:
    _, results, _ = hostile
    page = browser.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    address = (results / page_name).as_uri()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.mouse.wheel(0, 100_000)
    page.wait_for_timeout(1500)
    assert page.evaluate("window.__pwned") is None
    assert not dialogs
    assert [url for url in asked if not url.startswith(("blob:", "data:"))] == [address]
    if page_name == "report.html":
        shown = page.evaluate("document.body.textContent")
        for payload in PAYLOADS:
            assert payload.strip("\u2028\u2029") in shown
    page.close()


def test_payloads_are_text_in_tables_and_documents(hostile: tuple[Path, Path, str]) -> None:
    _, results, _ = hostile
    said = " ".join(row["text"] for row in rows(results / "data/segments.csv"))
    for payload in PAYLOADS:
        assert payload in said
    document = results / "summary-tables/theme_1.docx"
    with zipfile.ZipFile(document) as file:
        assert b"<script" not in file.read("word/document.xml")
        assert not any("vbaProject" in name for name in file.namelist())


def test_no_cell_starts_a_formula(hostile: tuple[Path, Path, str]) -> None:
    _, results, _ = hostile
    for file in results.rglob("*.csv"):
        for row in rows(file):
            for cell in row.values():
                numeric = cell.replace(".", "").replace("-", "").isdigit()
                assert numeric or cell.strip()[:1] not in {"=", "+", "@", "|", "%", "\uff1d"}
