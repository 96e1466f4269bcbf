"""Hostile and damaged files, through a whole run and onto every page in a real Chromium."""

from __future__ import annotations

import csv
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hostile.study import (
    PAYLOADS,
    REFUSED,
    SPECIAL,
    codebook,
    make_study,
)
from running import ROOT, contents, run

# Payloads hold addresses, and should arrive just as they are.
_AS_WRITTEN = "identifiers={leave: [web address, user name, IP address]}"
_ON_REQUEST = "coding_packs adjudication_pack next_pack codebook compare"
_PAGES = {
    "report.html",
    "report-public.html",
    "index.html",
    "codebook/proposals.html",
    "codebook/codebook.html",
    "codebook/comparison.html",
    "coding/adjudication.html",
    "handouts/resources.html",
    "handouts/questions.html",
    "private/names.html",
    "private/names-worklist.html",
    "public/resources.html",
    "public/questions.html",
    "summary-tables/theme_1.html",
    "summary-tables/theme_2.html",
}
# Where every payload is a name, a text or a comment that the page shows.
_SHOWS_ALL = ("report.html", "codebook/proposals.html", "codebook/codebook.html")


# So many pages are open at once.
_AT_ONCE = 12


@dataclass(frozen=True)
class Done:
    """A hostile study that was run: its folder, its results, and what the terminal said."""

    study: Path
    results: Path
    said: str

    @property
    def pages(self) -> list[Path]:
        return sorted([*self.results.rglob("*.html"), *self.private.glob("*.html")])

    @property
    def private(self) -> Path:
        return self.results.with_name(f"{self.results.name}-private")

    def name(self, page: Path) -> str:
        """Name a page by its place in the results, or in the private folder."""
        if page.is_relative_to(self.results):
            return page.relative_to(self.results).as_posix()
        return f"private/{page.relative_to(self.private).as_posix()}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Done:
    place = tmp_path_factory.mktemp("hostile")
    study, results = place / "study", place / "results"
    make_study(study)
    edited = place / "edited.yaml"
    edited.write_text(codebook([f"{payload} {payload}" for payload in PAYLOADS]), encoding="utf-8")
    before = contents(study)
    ended = run(study, results, _AS_WRITTEN)
    again = run(study, results, _AS_WRITTEN, f"with={edited}", target=_ON_REQUEST)
    assert ended.returncode == 1 and again.returncode == 0, again.stderr
    after = contents(study)
    assert {name: after.get(name) for name in before} == before
    # Drafts of summary tables and the codebook's history are all that a run adds to a study.
    added = after.keys() - before.keys()
    assert all(
        name.startswith(("tables/", "codebook_history/", "codebook_proposals/")) for name in added
    )
    return Done(study, results, ended.stderr + again.stderr)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_files_in_are_files_read_and_files_refused(hostile: Done) -> None:
    sources = rows(hostile.results / "data/sources.csv")
    lying = [
        name
        for parent, folders, files in os.walk(hostile.study / "workshops")
        for name in (*files, *(f for f in folders if Path(parent, f).is_symlink()))
    ]
    assert len(sources) == len(lying)
    refused = {Path(row["path"]).name: row for row in sources if row["status"] == "refused"}
    assert refused.keys() == {*REFUSED, *SPECIAL}
    assert all(row["reason"] and row["remedy"] for row in refused.values())
    assert "Traceback" not in hostile.said
    for name in refused:
        assert name in hostile.said


def test_nothing_is_written_elsewhere(hostile: Done) -> None:
    assert not list(ROOT.glob("H6_PWNED*"))
    assert not list(hostile.results.parent.rglob("H6_PWNED*"))
    assert {path.name for path in hostile.results.parent.iterdir()} == {
        *("study", "results", "results-private", "edited.yaml")
    }


def test_every_page_is_made(hostile: Done) -> None:
    made = {hostile.name(page) for page in hostile.pages}
    assert made >= _PAGES
    assert any(page.startswith("coding-packs/") for page in made)
    assert any(page.startswith("next-packs/") for page in made)


@pytest.mark.browser
def test_payloads_are_text_on_every_page(hostile: Done, browser: Browser) -> None:
    for number in range(0, len(hostile.pages), _AT_ONCE):
        some = hostile.pages[number : number + _AT_ONCE]
        opened = [open_page(browser, file) for file in some]
        # What is drawn late is drawn on all of them meanwhile.
        opened[-1].page.wait_for_timeout(600)
        for file, each in zip(some, opened, strict=True):
            name, page = hostile.name(file), each.page
            assert page.evaluate("window.__pwned") is None, name
            assert not each.dialogs, name
            asked = [url for url in each.asked if not url.startswith(("blob:", "data:"))]
            assert asked == [file.as_uri()], name
            assert page.evaluate(_FROM_PAYLOADS) == [], name
            if name in _SHOWS_ALL:
                shown = " ".join(page.evaluate("document.body.textContent").split())
                for payload in PAYLOADS:
                    assert " ".join(payload.split()) in shown, (name, payload)
            page.close()


# Elements and attributes that only a payload brings.
_FROM_PAYLOADS = """() => [...document.querySelectorAll(
  'img[src="x"], iframe, [onerror], [onload], [onmouseover], #__pwned, form[name="body"], base'
  + ', a[href^="javascript:"], a[href^="data:text"], style:not(head style)'
)].map((element) => element.outerHTML.slice(0, 200))"""


@dataclass(frozen=True)
class Opened:
    """A page, and what it asked for and said since it was opened."""

    page: Page
    asked: list[str]
    dialogs: list[str]


def open_page(browser: Browser, file: Path) -> Opened:
    """Open a page with all that is folded in it, and look at all of it."""
    opened = Opened(browser.new_page(), [], [])
    opened.page.on("request", lambda request: opened.asked.append(request.url))
    opened.page.on(
        "dialog", lambda dialog: (opened.dialogs.append(dialog.message), dialog.dismiss())
    )
    opened.page.goto(file.as_uri())
    opened.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    opened.page.mouse.wheel(0, 100_000)
    return opened


def test_payloads_are_text_in_tables_and_documents(hostile: Done) -> None:
    said = " ".join(row["text"] for row in rows(hostile.results / "data/segments.csv"))
    for payload in PAYLOADS:
        assert payload in said
    for document in hostile.results.rglob("*.docx"):
        with zipfile.ZipFile(document) as file:
            assert b"<script" not in file.read("word/document.xml")
            assert not any("vbaProject" in name for name in file.namelist())
    for workbook in hostile.results.rglob("*.xlsx"):
        with zipfile.ZipFile(workbook) as file:
            for name in file.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    assert b"<f>" not in file.read(name), workbook
                assert "externalLink" not in name


def test_no_cell_starts_a_formula(hostile: Done) -> None:
    for file in hostile.results.rglob("*.csv"):
        for row in rows(file):
            for cell in row.values():
                numeric = cell.replace(".", "").replace("-", "").isdigit()
                assert numeric or cell.strip()[:1] not in {"=", "+", "@", "|", "%", "\uff1d"}
