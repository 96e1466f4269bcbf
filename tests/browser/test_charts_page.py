"""Charts in a real browser: as they stand in the file, and as plotly.js draws over them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from commonthread.report.colours import luminance

pytestmark = pytest.mark.browser

# Where words stand in a chart, and how large they are; of what is shown.
WORDS = """(id) => [...document.querySelectorAll(`#${id} text`)]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && each.textContent.trim())
  .map((each) => { const { left, right, top } = each.getBoundingClientRect();
    return [each.textContent, left, top, right, parseFloat(getComputedStyle(each).fontSize)]; })"""
SHIFTS = """window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifts += value;
  }).observe({ type: "layout-shift", buffered: true });"""

UNPACKINGS = """window.unpackings = 0;
  window.DecompressionStream = class extends DecompressionStream {
    constructor(format) { super(format); window.unpackings += 1; }
  };"""


@pytest.fixture
def open_page(browser: Browser, report: Path) -> Iterator[Callable[..., Page]]:
    contexts = []

    def opened(width: int = 1280, before: str = "", height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.goto(report.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def take(page: Page, chart: str) -> None:
    """Point at a chart, and wait until plotly.js has drawn it."""
    page.locator(f"#{chart}").dispatch_event("pointerenter")
    page.locator(f"#{chart}.taken").wait_for()


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(part) for part in re.findall(r"\d+", colour)[:3]]
        return luminance("#" + "".join(f"{part:02x}" for part in parts)) + 0.05

    return max(light(one), light(other)) / min(light(one), light(other))


def test_charts_stand_in_the_page_before_plotly_is_read(open_page) -> None:
    seen = """document.addEventListener("DOMContentLoaded", () => {
      window.seen = [...document.querySelectorAll(".canvas")].map((each) =>
        each.querySelector(".mark").getBoundingClientRect().width);
      window.early = "Plotly" in window;
    });"""
    page = open_page(before=seen)

    assert page.evaluate("early") is False
    assert min(page.evaluate("seen")) > 0
    assert page.evaluate("performance.getEntriesByName('charts shown').length") == 1


def test_without_scripts_every_chart_is_there_with_its_marks_and_words(open_page) -> None:
    page = open_page(java_script_enabled=False)
    charts = page.locator(".canvas")

    assert charts.count() >= 8
    for place in range(charts.count()):
        chart = charts.nth(place)
        assert chart.locator("svg >> visible=true").count() == 1
        assert chart.locator(".mark").count() >= 1
        assert chart.locator("text").count() > chart.locator(".mark").count()
        assert chart.get_attribute("role") == "img"
    boxes = [page.locator("#chart-themes .mark").nth(place).bounding_box() for place in range(3)]
    assert all(box["width"] > 20 and box["height"] > 15 for box in boxes)


@pytest.mark.parametrize("chart", ["chart-themes", "chart-roles", "chart-aspects"])
def test_nothing_moves_when_plotly_takes_over(open_page, chart: str) -> None:
    page = open_page(before=SHIFTS)
    page.locator(f"#{chart}").scroll_into_view_if_needed()
    sizes = "[document.documentElement.scrollHeight, ...[...document.querySelectorAll('.canvas')]"
    sizes += ".map((each) => each.offsetHeight)]"
    before, words = page.evaluate(sizes), page.evaluate(WORDS, chart)
    take(page, chart)
    after = page.evaluate(WORDS, chart)

    assert page.locator(f"#{chart} .main-svg >> visible=true").count() >= 1
    assert page.locator(f"#{chart} .still >> visible=true").count() == 0
    assert page.evaluate(sizes) == before
    assert page.evaluate("shifts") == 0
    # The same words at the same places.
    assert sorted(each[0] for each in words) == sorted(each[0] for each in after)
    for text, left, top, *_ in words:
        assert any(
            text == other and abs(left - x) < 4 and abs(top - y) < 4 for other, x, y, *_ in after
        ), text


def test_nothing_is_unpacked_before_somebody_uses_a_chart(open_page) -> None:
    page = open_page(height=400, before=UNPACKINGS)
    chart = page.locator("#chart-themes")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    # On its way over a chart, a pointer does not use it.
    page.mouse.move(box["x"] - 20, box["y"] + 30)
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.move(box["x"] - 20, box["y"] + 30)
    page.keyboard.press("PageDown")
    page.keyboard.press("Tab")
    with page.expect_download():
        page.locator("[data-chart=chart-themes][data-save=png]").press("Enter")
    page.wait_for_timeout(2000)

    assert page.evaluate("unpackings") == 0
    assert page.evaluate("'Plotly' in window") is False


def test_a_chart_that_is_pointed_at_shows_more_at_each_mark_and_no_other_chart_does(
    open_page,
) -> None:
    page = open_page(before=UNPACKINGS)
    chart = page.locator("#chart-themes")
    chart.scroll_into_view_if_needed()
    mark = chart.locator(".mark").first.bounding_box()
    words = chart.locator(".mark title").first.text_content() or ""
    page.mouse.move(mark["x"] + 4, mark["y"] + 4)
    page.locator("#chart-themes.taken").wait_for()
    page.mouse.move(mark["x"] + 5, mark["y"] + 6)

    chart.locator(".hovertext").wait_for()
    assert chart.locator(".hovertext tspan").all_text_contents() == words.split("\n")
    assert page.locator(".live").count() == 1
    assert page.evaluate("unpackings") == 2


def test_marks_are_gone_through_by_keyboard(open_page) -> None:
    page = open_page()
    button = page.locator("[data-step=chart-themes-roles]")
    chart = page.locator("#chart-themes-roles")
    words = [
        " ".join((title or "").split())
        for title in chart.locator(".mark title").all_text_contents()
    ]
    assert button.get_attribute("aria-expanded") == "false"
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    page.locator("#chart-themes-roles.taken").wait_for()
    slider = page.get_by_role("slider")
    name = page.locator(f"#{chart.get_attribute('aria-labelledby')}").text_content() or ""
    expect(slider).to_have_accessible_name(re.compile(f"^One by one ?: {re.escape(name)}$"))
    assert page.evaluate("document.activeElement.id") == "chart-themes-roles-step"
    for place, said in enumerate(words):
        assert (
            slider.get_attribute("aria-valuetext") == f"{said}. Circle {place + 1} of {len(words)}."
        )
        # Lines stand below each other, without a space between.
        expect(chart.locator(".hovertext text")).to_have_text(
            re.compile(r"\s?".join(map(re.escape, said.split())))
        )
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuetext") == f"{words[0]}. Circle 1 of {len(words)}."

    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "false"
    assert slider.count() == 0
    assert chart.locator(".hovertext").count() == 0


def test_where_plotly_cannot_run_the_chart_stays_and_can_be_saved_and_gone_through(
    open_page,
) -> None:
    page = open_page(before="delete window.DecompressionStream;")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    chart = page.locator("#chart-themes")
    chart.dispatch_event("pointerenter")
    page.wait_for_timeout(500)

    assert chart.locator(".still >> visible=true").count() == 1
    assert chart.locator(".live").count() == 0
    with page.expect_download() as download:
        page.locator("[data-chart=chart-themes][data-save=svg]").press("Enter")
    assert download.value.suggested_filename == "chart-themes.svg"
    page.locator("[data-step=chart-themes]").press("Enter")
    page.keyboard.press("End")
    marks = chart.locator(".mark")
    said = (marks.last.locator("title").text_content() or "").replace("\n", " ")
    where = f"Bar {marks.count()} of {marks.count()}."
    assert page.locator(".steps .at").text_content() == f"{said}. {where}"
    assert chart.locator(".here").count() == 1
    assert "here" in (marks.last.get_attribute("class") or "")
    assert errors == []


@pytest.mark.parametrize("taken", [False, True])
def test_a_saved_picture_stands_alone(open_page, taken: bool) -> None:
    page = open_page(color_scheme="dark")
    if taken:
        take(page, "chart-roles")
    with page.expect_download() as download:
        page.locator("[data-chart=chart-roles][data-save=svg]").press("Enter")
    written = Path(download.value.path()).read_text(encoding="utf-8")
    svg = ET.fromstring(written)
    space = "{http://www.w3.org/2000/svg}"

    assert (svg.get("width"), svg.get("role")) == ("800", "img")
    assert svg.findtext(f"{space}title") == page.locator("#chart-roles-name").text_content()
    assert svg.findtext(f"{space}desc") == page.locator("#chart-roles-summary").text_content()
    values = [value for each in svg.iter() for value in each.attrib.values()]
    assert not any(value.endswith("%") or "var(" in value for value in values)
    assert svg.get("fill") == "#2a2530"  # dark words on white, also from a dark page
    assert svg.find(f"{space}rect").get("fill") == "#ffffff"
    assert "url(#chart-roles-hatch-0)" in values


def test_a_saved_png_is_a_picture_of_the_chart(open_page) -> None:
    page = open_page()
    with page.expect_download() as download:
        page.locator("[data-chart=chart-themes][data-save=png]").press("Enter")
    data = Path(download.value.path()).read_bytes()
    height = page.locator("#chart-themes").evaluate("each => each.offsetHeight")

    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) == 1600
    assert int.from_bytes(data[20:24]) == 2 * height
    assert len(data) > 8000  # An empty picture is smaller.


def test_words_stay_large_and_inside_at_400_percent(open_page) -> None:
    page = open_page(width=320, height=256)
    for chart in page.evaluate("[...document.querySelectorAll('.canvas')].map((each) => each.id)"):
        left, right = page.evaluate(
            """(id) => { const { left, right } = document.getElementById(id)
              .getBoundingClientRect(); return [left, right]; }""",
            chart,
        )
        words = page.evaluate(WORDS, chart)
        assert words
        for text, start, _, end, size in words:
            assert size >= 13, text
            assert start >= left - 1 and end <= right + 1, (chart, text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_words_stand_out(open_page, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    ground, words, marks = page.evaluate(
        """(() => { const style = (each) => getComputedStyle(each);
          const all = (what) => [...document.querySelectorAll(what)];
          return [style(document.querySelector(".chart")).backgroundColor,
            all(".still text").map((each) => style(each).fill),
            all(".still .mark").map((each) =>
              each.matches(".hatched") ? style(each).stroke : style(each).fill)]; })()"""
    )

    assert min(contrast(ground, colour) for colour in set(words)) >= 4.5
    assert min(contrast(ground, colour) for colour in set(marks)) >= 3


def test_forced_colours_keep_words_marks_and_hatching(open_page) -> None:
    page = open_page(forced_colors="active", color_scheme="dark")
    fills = """(what) => [...document.querySelectorAll(what)].map((each) => {
      const { fill, stroke } = getComputedStyle(each); return [fill, stroke]; })"""
    white = "rgb(255, 255, 255)"

    assert {fill for fill, _ in page.evaluate(fills, ".still text")} == {white}
    assert {fill for fill, _ in page.evaluate(fills, ".still .mark:not(.hatched)")} == {white}
    hatched = page.evaluate(fills, "#chart-roles .still .hatched")
    assert hatched and all("url(" in fill and stroke == white for fill, stroke in hatched)
    take(page, "chart-roles")
    lines = page.evaluate(fills, "#chart-roles .main-svg pattern path")
    assert lines and {stroke for _, stroke in lines} == {white}
    drawn = page.evaluate(fills, "#chart-roles .points path")
    assert sum("url(" in fill for fill, _ in drawn) == len(hatched)


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_holds_every_chart(open_page, tmp_path: Path, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    if scripts:
        take(page, "chart-themes")
    page.emulate_media(media="print")
    assert page.locator(".still >> visible=true").count() == page.locator(".canvas").count()
    assert page.locator(".live >> visible=true").count() == 0
    words = page.locator("#chart-themes .still text").all_text_contents()
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    text = " ".join(
        " ".join(sheet.extract_text().split()) for sheet in PdfReader(tmp_path / "report.pdf").pages
    )

    for each in words:
        # Ligatures aside.
        assert re.sub("[^0-9A-Za-z ]", "", each)[:8] in re.sub("[^0-9A-Za-z ]", "", text)
