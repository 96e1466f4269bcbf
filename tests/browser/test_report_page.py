from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from opened import PAYLOADS
from pypdf import PdfReader

import report_fixture
from commonthread.report import IndexEntry, write_index, write_report
from commonthread.report.provenance import RefusedFile

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_at_the_start(open_page, report) -> None:
    assert open_page(report).violations() == []


def test_axe_finds_nothing_with_everything_open_in_the_dark(open_page, report) -> None:
    opened = open_page(report, color_scheme="dark")
    opened.open_all()
    opened.step_all()

    assert opened.violations() == []


def test_axe_finds_nothing_at_400_percent_and_nothing_sticks_out(open_page, report) -> None:
    opened = open_page(report, width=320, height=256)
    opened.open_all()
    opened.step_all()

    assert opened.violations() == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_page_asks_for_nothing_and_breaks_no_policy(open_page, report) -> None:
    opened = open_page(report)
    opened.draw_all()

    assert [url for url in opened.requests if not url.startswith("blob:")] == [opened.address]
    assert opened.messages == []
    policy = opened.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute(
        "content"
    )
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "default-src 'none'" in policy


def test_injected_script_and_style_elements_do_not_run(open_page, report) -> None:
    opened = open_page(report)
    opened.page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.text = 'window.__pwned = 1';
          const style = document.createElement('style');
          style.textContent = 'body { outline: 9px solid red }';
          document.body.append(script, style);
        }"""
    )

    assert opened.page.evaluate("window.__pwned") is None
    assert opened.page.evaluate("getComputedStyle(document.body).outlineWidth") != "9px"


def test_hostile_words_arrive_as_text(open_page, tmp_path) -> None:
    path = tmp_path / "report.html"
    study = report_fixture.inputs(
        said=PAYLOADS, names=PAYLOADS, codes=PAYLOADS, people=len(PAYLOADS), workshops=len(PAYLOADS)
    )
    write_report(study, path)
    opened = open_page(path)
    opened.open_all()
    opened.step_all()
    opened.page.mouse.move(600, 300)
    text = opened.page.locator("body").text_content() or ""
    drawn = opened.page.evaluate(
        "[...document.querySelectorAll('.canvas text')].map((each) => each.textContent).join('|')"
    )

    for payload in PAYLOADS:
        assert payload.replace("\u202e", "[U+202E]") in text
    assert "<svg/onload=window.__pwned='svg'>" in drawn
    assert "\u202e" not in text
    assert opened.page.evaluate("window.__pwned") is None
    assert opened.page.evaluate("document.querySelectorAll('.canvas a, iframe, base').length") == 0
    assert opened.dialogs == []
    assert opened.messages == []
    assert [url for url in opened.requests if not url.startswith("blob:")] == [opened.address]


def test_each_chart_has_a_name_a_summary_and_a_table(open_page, report) -> None:
    opened = open_page(report)
    charts = opened.page.locator(".chart")

    assert charts.count() >= 8
    for place in range(charts.count()):
        chart = charts.nth(place)
        canvas = chart.locator("[role=img]")
        for attribute in ("aria-labelledby", "aria-describedby"):
            words = chart.locator(f"#{canvas.get_attribute(attribute)}").text_content() or ""
            assert words.strip()
        assert chart.locator("table caption").count() == 1
        assert chart.locator("tbody th[scope=row]").count() >= 1
        assert chart.locator("thead th:not([scope=col])").count() == 0


def test_everything_can_be_read_without_scripts(open_page, report) -> None:
    opened = open_page(report, java_script_enabled=False)
    page = opened.page

    assert page.locator(".chart table >> visible=true").count() == page.locator(".chart").count()
    assert page.locator(".still >> visible=true").count() == page.locator(".chart").count()
    assert page.locator("button >> visible=true").count() == 0
    hidden = (
        page.locator("figure.quote").count() - page.locator("figure.quote >> visible=true").count()
    )
    assert hidden == 0


def test_keyboard_alone_skips_to_the_content_and_opens_a_table(open_page, report) -> None:
    page = open_page(report).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is True
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize("form", ["svg", "png"])
def test_keyboard_alone_saves_a_chart(open_page, report, form) -> None:
    page = open_page(report).page
    page.locator(f"#chart-themes >> xpath=../.. >> [data-save={form}]").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    data = Path(download.value.path()).read_bytes()

    assert download.value.suggested_filename == f"chart-themes.{form}"
    assert data.startswith(b"<svg" if form == "svg" else b"\x89PNG")
    if form == "svg":
        assert b"Power" in data
    assert page.locator("#status").text_content() == f"Saved chart-themes.{form}"


def test_keyboard_alone_saves_a_table_that_no_spreadsheet_runs(open_page, tmp_path) -> None:
    path = tmp_path / "report.html"
    write_report(report_fixture.inputs(names=["=1+1", "@x"], workshops=3), path)
    page = open_page(path).page
    page.locator("details:has(#evenness-table) summary").press("Enter")
    page.locator("[data-csv=evenness-table]").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))

    assert rows[0] == ["Workshop", "People who spoke", "Turns", "Words", "Evenness, 0 to 1"]
    assert [row[0] for row in rows[1:3]] == ["'=1+1", "'@x"]
    assert all(float(row[4]) <= 1 for row in rows[1:3])


def test_targets_are_large_enough_at_phone_width(open_page, report) -> None:
    page = open_page(report, width=390, height=844).page
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    small = page.evaluate(
        """[...document.querySelectorAll('button, summary, .contents a, .take a')]
          .filter((each) => each.getClientRects().length)
          .filter((each) => { const box = each.getBoundingClientRect();
            return box.height < 24 || box.width < 24; })
          .map((each) => each.outerHTML)"""
    )

    assert small == []


def test_forced_colours_and_reduced_motion_are_respected(open_page, report) -> None:
    opened = open_page(report, forced_colors="active", reduced_motion="reduce", color_scheme="dark")
    opened.draw_all()
    page = opened.page
    fill, words, behaviour = page.evaluate(
        """[getComputedStyle(document.querySelector('#chart-themes .points path')).fill,
            getComputedStyle(document.querySelector('#chart-themes .annotation text')).fill,
            getComputedStyle(document.documentElement).scrollBehavior]"""
    )

    assert fill == words == "rgb(255, 255, 255)"
    assert behaviour == "auto"


def test_paper_holds_every_table_and_chart(open_page, report, tmp_path) -> None:
    page = open_page(report).page
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    sheets = PdfReader(tmp_path / "report.pdf").pages
    # Fonts draw some pairs of letters as one.
    letters = unicodedata.normalize("NFKC", " ".join(sheet.extract_text() for sheet in sheets))
    text = " ".join(letters.split())

    assert "Every file" not in text  # What folds on the screen has no handle on paper.
    assert "All 5 files, read or refused" in text
    assert "Save as SVG" not in text
    assert "Who spoke in each workshop" in text
    assert page.locator("details[open]").count() == 0


def test_the_index_leads_on_and_passes_axe(open_page, tmp_path) -> None:
    path = tmp_path / "index.html"
    entries = [
        IndexEntry("To read", "The report", "All of it.", (("report.html", "page"),)),
        IndexEntry("To count", PAYLOADS[1], PAYLOADS[0], (("a.csv", "CSV"), ("a.md", "Markdown"))),
    ]
    write_index(
        entries,
        path,
        study=PAYLOADS[0],
        invented=True,
        date="3 May 2025",
        refused=[RefusedFile(PAYLOADS[2], "It is empty.", "Fill it.")],
    )
    opened = open_page(path)

    assert opened.violations() == []
    assert opened.page.get_by_role("link", name="The report").get_attribute("href") == "report.html"
    assert PAYLOADS[2] in (opened.page.locator("body").text_content() or "")
    assert "invented" in (opened.page.locator("header").text_content() or "")
    assert opened.messages == []
    assert opened.requests == [opened.address]
