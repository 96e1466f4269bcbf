"""Measures the coding page in a real Chromium: how soon it is there, and how soon it answers.

    python tests/benchmark_coding_page.py

A made-up pack of 5,000 segments. ``make benchmark`` prints these figures too.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmark_report import MEGABYTE, tell
from chromium import chromium_path
from commonthread.review import write_coding_page
from pack_fixture import pack

SEGMENTS = 5000
# What is clicked, the last of it timed, and how often.
CLICKS = {
    "tick a code": (("#code-jargon",), 21),
    "done, next": (("#code-trust", "#done"), 20),
    "undo": (("#undo",), 20),
    "redo": (("#redo",), 20),
    "next": (("#next",), 20),
    "no code fits": (("#no-code",), 20),
    "all segments": (("#open-list",), 5),
    "the whole transcript": (("#mode-one", "#mode-whole"), 5),
    "next in the whole transcript": (("#next",), 20),
}
# The page has laid itself out when it has answered.
_CLICKED = """([selectors, times]) => {
  const took = [];
  for (let time = 0; time < times; time += 1) {
    let begin;
    for (const selector of selectors) {
      begin = performance.now();
      document.querySelector(selector).click();
      document.body.getBoundingClientRect();
    }
    took.push(performance.now() - begin);
    document.querySelector('dialog[open]')?.close();
  }
  return took.sort((one, other) => one - other)[Math.floor(times / 2)];
}"""


def main() -> None:
    """Make the page, open and use it, and print the figures beside what they should be at most."""
    executable = chromium_path()
    if executable is None:
        print("There is no Chromium on this computer, so the coding page was not measured.")
        return
    with (
        tempfile.TemporaryDirectory(prefix="commonthread-benchmark-") as name,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        path = Path(name) / "coding.html"
        write_coding_page(pack(segments=SEGMENTS, sources=20, said=said()), path)
        print(f"\nthe coding page of {SEGMENTS:,} segments")
        tell("file", path.stat().st_size / MEGABYTE, "MB", None)
        first = sorted(opened(browser.new_page(), path) for _ in range(5))
        tell("first segment, the middle of five", first[2], "s", 0.5)
        context = browser.new_context()
        page = context.new_page()
        opened(page, path)
        for what, (selectors, times) in CLICKS.items():
            took = page.evaluate(_CLICKED, [selectors, times])
            tell(f"{what}, the middle of {times}", float(took), "ms", 50)
        page.locator("#mode-one").click()
        page.evaluate(_CLICKED, [["#code-trust", "#done"], SEGMENTS])
        again = sorted(opened(context.new_page(), path) for _ in range(3))
        tell("first segment with every segment done", again[1], "s", 0.5)
        browser.close()


def said() -> list[str]:
    """Give as many segments of 60 words, of 4,000 made-up words."""
    rng = random.Random(2)
    words = ["".join(rng.choices("aeioubcdlmnprst", k=rng.randint(2, 9))) for _ in range(4000)]
    return [" ".join(rng.choices(words, k=60)).capitalize() + "." for _ in range(SEGMENTS)]


def opened(page: Page, path: Path) -> float:
    """Open the page; give the seconds until the first segment is there."""
    page.goto(path.as_uri())
    page.locator("#segment-state:not(:empty)").wait_for()
    shown = page.evaluate("performance.getEntriesByName('segment shown')[0].startTime")
    return float(shown) / 1000


if __name__ == "__main__":
    main()
