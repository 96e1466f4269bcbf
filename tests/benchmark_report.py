"""Measures the report in a real Chromium: its size, and how soon and how lightly it opens.

    python tests/benchmark_report.py

Two made-up studies: one of 30 transcripts and 5,000 segments, and a large one. ``make benchmark``
prints these figures too, and those of the report of a study that it is given. Each is the middle
one of three; other work on the computer makes the times longer.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import report_fixture
from chromium import chromium_path
from commonthread.report import write_report
from made_up_talk import talk

MEGABYTE = 1e6
FILTERS = (
    "theme=power",
    "code=funders&role=researcher",
    "code=funders&and=agenda&aspect=challenge",
    "theme=none",
    "coder=dictionary&kind=talk",
    "words=the",
    "words=kettle+budget+orchard",
    'words="the+meeting"+letter',
)
ALONE = 3000  # milliseconds for which a page is left alone
LONG_TASKS = """window.tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });"""


@dataclass(frozen=True)
class Bounds:
    """What the figures of a report should be at most: megabytes, seconds, and milliseconds."""

    size: float
    ready: float | None
    first: float
    heap: float | None
    answer: float | None


SMALL = Bounds(size=2.5, ready=1.0, first=1.0, heap=25, answer=None)
LARGE = Bounds(size=25, ready=None, first=3.0, heap=None, answer=200)


def main(report: Path | None = None) -> None:
    """Print the figures of the two made-up studies, and of ``report``, beside their bounds."""
    executable = chromium_path()
    if executable is None:
        print("There is no Chromium on this computer, so the report was not measured.")
        return
    with (
        tempfile.TemporaryDirectory(prefix="commonthread-benchmark-") as name,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--enable-precise-memory-info"],
        )
        place = Path(name) / "report.html"
        print("\nthe report of 30 transcripts")
        make(place, workshops=30, turns=167, people=60)
        measure(browser, place, SMALL)
        print("\nthe report of a large study")
        make(place, workshops=200, turns=1000, people=700)
        measure(browser, place, LARGE)
        if report is not None:
            print("\nthe report of the study")
            measure(browser, report, LARGE if segments(report) > 6000 else SMALL)
        browser.close()


def make(path: Path, *, workshops: int, turns: int, people: int) -> None:
    """Write the report of a made-up study of this size."""
    study = report_fixture.inputs(
        workshops=workshops, turns=turns, people=people, talk=talk(report_fixture.WORDS)
    )
    write_report(study, path)


def segments(report: Path) -> int:
    """Give how many segments a report says that it has."""
    found = re.search(rb"there (?:is|are) ([\d,]+) segments? in all", report.read_bytes())
    return int(found[1].replace(b",", b"")) if found else 0


def measure(browser: Browser, path: Path, bounds: Bounds) -> None:
    """Open a report three times and search in it, and print the middle of each figure."""
    tell("segments", segments(path), "", None)
    tell("file", path.stat().st_size / MEGABYTE, "MB", bounds.size)
    runs = [opened(browser, path) | search(browser, path) for _ in range(3)]
    limits = {
        "DOMContentLoaded": bounds.ready,
        "first chart": bounds.first,
        "heap": bounds.heap,
        "heap after that": bounds.heap,
        "requests": 0,
        **{f"filter {query}": bounds.answer for query in FILTERS},
    }
    for what, unit in (
        ("charts", ""),
        ("requests", ""),
        ("DOMContentLoaded", "s"),
        ("first chart", "s"),
        ("longest task while it opens", "ms"),
        ("longest task while it is left alone", "ms"),
        ("heap", "MB"),
        ("a chart that is pointed at is drawn after", "s"),
        ("longest task for that", "ms"),
        ("heap after that", "MB"),
        ("segments read and shown", "s"),
        *((f"filter {query}", "ms") for query in FILTERS),
    ):
        tell(what, sorted(run[what] for run in runs)[1], unit, limits.get(what))


def opened(browser: Browser, path: Path) -> dict[str, float]:
    """Open a report, leave it alone for a while, and point at its first chart; give the figures."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(LONG_TASKS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    while not page.evaluate("performance.getEntriesByName('charts shown').length"):
        page.wait_for_timeout(20)
    figures = page.evaluate(
        """() => ({
          "DOMContentLoaded":
            performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd / 1000,
          "first chart": performance.getEntriesByName('charts shown')[0].startTime / 1000,
          "heap": performance.memory.usedJSHeapSize / 1e6,
          "charts": document.querySelectorAll('.canvas').length,
        })"""
    )
    figures["longest task while it opens"] = longest(page)
    page.wait_for_timeout(ALONE)
    figures["longest task while it is left alone"] = longest(page)
    figures["a chart that is pointed at is drawn after"] = point(page)
    figures["longest task for that"] = longest(page)
    figures["heap after that"] = page.evaluate("performance.memory.usedJSHeapSize / 1e6")
    figures["requests"] = sum(url != path.as_uri() and not url.startswith("blob:") for url in asked)
    page.close()
    return figures


def longest(page: Page) -> float:
    """Give the longest task in milliseconds since this was last asked; 0 if none took over 50."""
    page.wait_for_timeout(100)  # The browser tells of a task a little after its end.
    return page.evaluate("Math.max(0, ...window.tasks.splice(0))")


def point(page: Page) -> float:
    """Point at the first chart, and give the seconds until plotly.js has drawn it."""
    page.locator(".canvas").first.scroll_into_view_if_needed()
    longest(page)
    begin = page.evaluate("performance.now()")
    page.locator(".canvas").first.hover()
    page.locator(".canvas.taken").first.wait_for()
    mark = "performance.getEntriesByType('mark').find(({name}) => name.startsWith('drawn'))"
    return (page.evaluate(f"{mark}.startTime") - begin) / 1000


def search(browser: Browser, path: Path) -> dict[str, float]:
    """Give how long the segments of a report take to be read, and each filter to answer."""
    page = browser.new_page()
    page.goto(path.as_uri() + "#segments")
    figures = {"segments read and shown": shown(page, "startTime + duration") / 1000}
    for query in FILTERS:
        page.evaluate("performance.clearMeasures()")
        page.evaluate("query => { location.hash = '#segments?' + query }", query)
        figures[f"filter {query}"] = shown(page, "duration")
    page.close()
    return figures


def shown(page: Page, figure: str) -> float:
    """Wait until segments are shown, and give a figure of it in milliseconds."""
    of = (
        f"performance.getEntriesByName('segments shown').map(({{startTime, duration}}) => {figure})"
    )
    while not (found := page.evaluate(of)):
        page.wait_for_timeout(20)
    return float(found[0])


def tell(what: str, value: float, unit: str, limit: float | None) -> None:
    """Print one figure."""
    bound = f"at most {limit:g}" if limit is not None else ""
    written = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    print(f"  {what:<50}{written:>10} {unit:<3} {bound}")


if __name__ == "__main__":
    main()
