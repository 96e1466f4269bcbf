"""Measures the report in a real Chromium: its size, and how soon and how lightly it opens.

    python tests/benchmark_report.py

Two made-up studies: one of 30 transcripts and 5,000 segments, and a large one. Of the large one the
search for segments is timed as well. ``make benchmark`` prints these figures too.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import report_fixture
from chromium import chromium_path
from commonthread.report import write_report

MEGABYTE = 1e6
FILTERS = (
    "theme=power",
    "code=funders&role=researcher",
    "code=funders&and=agenda&aspect=challenge",
    "theme=none",
    "coder=dictionary&kind=talk",
    "words=the",
    "words=kettle+budget+orchard",
    'words="the+kettle"+letter',
)


def main() -> None:
    """Make both reports, open them, and print the figures beside what they should be at most."""
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
        measure(browser, place, size=2.5, ready=1.0, first=1.0, heap=25)
        print("\nthe report of a large study")
        make(place, workshops=100, turns=1000, people=700)
        measure(browser, place, size=25, ready=None, first=3.0, heap=None)
        search(browser, place)
        browser.close()


def make(path: Path, *, workshops: int, turns: int, people: int) -> None:
    """Write the report of a made-up study of this size."""
    study = report_fixture.inputs(workshops=workshops, turns=turns, people=people)
    tell("segments", len(study.segments), "", None)
    write_report(study, path)


def measure(
    browser: Browser,
    path: Path,
    *,
    size: float,
    ready: float | None,
    first: float,
    heap: float | None,
) -> None:
    """Open the report three times, and print the middle of each figure."""
    runs = sorted(opened(browser, path) for _ in range(3))
    seconds, chart, used, requests, charts = (
        sorted(run[place] for run in runs)[1] for place in range(5)
    )
    tell("file", path.stat().st_size / MEGABYTE, "MB", size)
    tell("DOMContentLoaded", seconds, "s", ready)
    tell("first chart", chart, "s", first)
    tell("heap", used, "MB", heap)
    tell("requests", requests, "", 0)
    tell("charts", charts, "", None)


def opened(browser: Browser, path: Path) -> tuple[float, float, float, float, float]:
    """Give seconds to DOMContentLoaded and to the first chart, heap in MB, requests and charts."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    marks = "performance.getEntriesByName('charts shown').length"
    while not page.evaluate(marks):
        page.wait_for_timeout(20)
    found = page.evaluate(
        """() => [
          performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd / 1000,
          performance.getEntriesByName('charts shown')[0].startTime / 1000,
          performance.memory.usedJSHeapSize / 1e6,
          document.querySelectorAll('.canvas').length,
        ]"""
    )
    page.close()
    others = [url for url in asked if url != path.as_uri() and not url.startswith("blob:")]
    return found[0], found[1], found[2], len(others), found[3]


def search(browser: Browser, path: Path) -> None:
    """Print how long the segments take to be read, and each of some filters to answer."""
    page = browser.new_page()
    page.goto(path.as_uri() + "#segments")
    tell("segments read and shown", shown(page, "startTime + duration") / 1000, "s", None)
    for query in FILTERS:
        page.evaluate("performance.clearMeasures()")
        page.evaluate("query => { location.hash = '#segments?' + query }", query)
        tell(f"filter {query}", shown(page, "duration"), "ms", 200)
    page.close()


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
