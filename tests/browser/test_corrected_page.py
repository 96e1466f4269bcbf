"""The section on the random check, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from opened import PAYLOADS, Opened

import report_fixture
from audited_fixture import audited
from commonthread.report import write_report
from commonthread.report.edition import public

pytestmark = pytest.mark.browser

THEMES = "#chart-corrected-themes"
# What is left of whiskers: where each begins and ends, across.
WHISKERS = """(what) => [...document.querySelectorAll(what)]
  .map((each) => each.getBoundingClientRect())
  .filter(({ width, height }) => width > height)
  .map(({ left, right }) => [left, right])"""
WORDS = """(id) => [...document.querySelectorAll(`${id} text`)]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && each.textContent.trim())
  .map((each) => { const { left, top } = each.getBoundingClientRect();
    return [each.textContent, left, top]; })"""
Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a report with a check, one without, and a public one with a check."""
    folder = tmp_path_factory.mktemp("corrected")
    study = report_fixture.inputs(workshops=2, turns=30, people=8)
    made = {name: folder / f"{name}.html" for name in ("checked", "unchecked", "public")}
    checked = audited(study, size=40)
    write_report(checked, made["checked"])
    write_report(audited(study, coders=()), made["unchecked"])
    write_report(checked, made["public"], public(10))
    return made


@pytest.mark.parametrize("name", ["checked", "unchecked", "public"])
def test_axe_finds_nothing(open_page: Open, pages: dict[str, Path], name: str) -> None:
    opened = open_page(pages[name])
    opened.open_all()

    assert opened.page.locator("#corrected").is_visible()
    assert opened.violations() == []
    assert opened.messages == []


def test_axe_finds_nothing_in_the_dark_on_a_phone(open_page: Open, pages: dict[str, Path]) -> None:
    opened = open_page(pages["checked"], width=320, height=256, color_scheme="dark")
    opened.open_all()

    assert opened.violations() == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 320


def test_whiskers_and_words_stay_when_plotly_takes_over(
    open_page: Open, pages: dict[str, Path]
) -> None:
    page = open_page(pages["checked"]).page
    page.locator(THEMES).scroll_into_view_if_needed()
    still = page.evaluate(WHISKERS, f"{THEMES} .still .whisker")
    words = page.evaluate(WORDS, THEMES)
    page.locator(THEMES).dispatch_event("pointerenter")
    page.locator(f"{THEMES}.taken").wait_for()
    live = page.evaluate(WHISKERS, f"{THEMES} .main-svg .errorbar path")
    after = page.evaluate(WORDS, THEMES)

    assert len(still) == len(live) == 3
    for (left, right), (start, end) in zip(still, live, strict=True):
        assert abs(left - start) < 4
        assert abs(right - end) < 4
    assert sorted(each[0] for each in words) == sorted(each[0] for each in after)
    for text, left, top in words:
        assert any(
            text == other and abs(left - x) < 4 and abs(top - y) < 4 for other, x, y in after
        ), text


def test_forced_colours_keep_whiskers_apart_from_their_bars(
    open_page: Open, pages: dict[str, Path]
) -> None:
    page = open_page(pages["checked"], forced_colors="active").page
    strokes = page.evaluate(
        """(id) => ["mark", "halo", "whisker"].map((kind) =>
          getComputedStyle(document.querySelector(`${id} .still .${kind}`)).stroke)""",
        THEMES,
    )

    assert strokes[0] == strokes[2] != strokes[1]


def test_whiskers_are_told_in_words_one_by_one(open_page: Open, pages: dict[str, Path]) -> None:
    page = open_page(pages["checked"]).page
    page.locator(f'[data-step="{THEMES[1:]}"]').click()
    at = page.locator(".steps .at").first.text_content() or ""

    assert at.startswith("Who is involved: ")
    assert " to " in at and at.count("%") == 3
    assert at.endswith("Bar 1 of 3.")


def test_hostile_words_arrive_as_text(open_page: Open, tmp_path: Path) -> None:
    study = report_fixture.inputs(
        said=PAYLOADS, names=PAYLOADS, codes=PAYLOADS, people=len(PAYLOADS), workshops=len(PAYLOADS)
    )
    write_report(audited(study, size=120), tmp_path / "report.html")
    opened = open_page(tmp_path / "report.html")
    opened.open_all()
    opened.page.locator(THEMES).dispatch_event("pointerenter")
    opened.page.locator(f"{THEMES}.taken").wait_for()
    text = opened.page.locator("section[aria-labelledby=corrected]").text_content() or ""

    assert sum(payload.replace("\u202e", "[U+202E]") in text for payload in PAYLOADS) >= 3
    assert "\u202e" not in text
    assert opened.page.evaluate("window.__pwned") is None
    assert opened.dialogs == []
    assert opened.messages == []
