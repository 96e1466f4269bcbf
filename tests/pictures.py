"""Takes the pictures of the report that the README shows, from the example study's results."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from chromium import chromium_path

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "results/example/report.html"
PICTURES = ROOT / "docs"
# What is shown: the file, the width and height of the window, and where the page is scrolled to.
SHOTS = (
    ("report-desktop.png", 1200, 860, None),
    ("report-theme.png", 1200, 860, "#power"),
    ("report-phone.png", 390, 780, None),
)


def take(page: Page, name: str, place: str | None) -> None:
    """Save one picture of the page, scrolled to a place."""
    if place is not None:
        page.evaluate("place => document.querySelector(place).scrollIntoView()", place)
    page.wait_for_timeout(2000)
    page.screenshot(path=PICTURES / name)


def main() -> None:
    """Take all pictures."""
    executable = chromium_path()
    if executable is None:
        sys.exit("There is no Chromium on this computer. Install it, and try again.")
    if not REPORT.is_file():
        sys.exit("There is no report yet. Type: make report")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, width, height, place in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(REPORT.as_uri())
            take(page, name, place)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
