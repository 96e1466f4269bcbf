"""A real Chromium, and a report for it to open."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from opened import Opened

import report_fixture
from card_fixture import with_classifier
from chromium import chromium_path
from commonthread.report import write_report
from people_fixture import coded_by_people


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium_path()
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium, and these tests must run here.")
        pytest.skip("There is no Chromium on this computer; install it to test the pages.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    study = with_classifier(
        coded_by_people(report_fixture.written(report_fixture.inputs(workshops=4, turns=25)))
    )
    # Enough quotes to fold some away; the fewer, the sooner the page is checked.
    write_report(replace(study, quotes=study.quotes[study.quotes["rank"] <= 3]), path)
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty tab. Playwright's own scripts run whatever a page's policy says."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def opened(path: Path, width: int = 1280, height: int = 900, **options: object) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return Opened(context.new_page(), path)

    yield opened
    for context in contexts:
        context.close()
