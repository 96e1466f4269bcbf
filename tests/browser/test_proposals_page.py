"""The page for the team meeting about the codebook in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from opened import violations
from playwright.sync_api import Page

from commonthread.report.proposals import write_proposals
from proposals_fixture import page as proposals_page

pytestmark = pytest.mark.browser

HOSTILE = "</script><script>window.__pwned=1</script> =1+1 {{7*7}} <b> <img src=x onerror=a>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proposals") / "proposals.html"
    write_proposals(proposals_page(), path)
    return path


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "dark")]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    made: Path, page: Page, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(made.as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_asks_for_nothing_and_every_link_inside_leads_somewhere(made: Path, page: Page) -> None:
    asked: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.goto(made.as_uri())
    assert asked == [made.as_uri()]
    assert messages == []
    links = page.locator("a[href^='#']")
    assert links.count() > 5
    for place in range(links.count()):
        target = links.nth(place).get_attribute("href")
        assert page.locator(str(target)).count() == 1


def test_what_is_different_is_told_without_colours(made: Path, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(made.as_uri())
    gone, new = page.locator(".side del").first, page.locator(".side ins").first
    assert "line-through" in gone.evaluate("each => getComputedStyle(each).textDecorationLine")
    assert "underline" in new.evaluate("each => getComputedStyle(each).textDecorationLine")
    # For those who hear the page.
    assert "[taken out:]" in str(gone.text_content())
    assert "[new:]" in str(new.text_content())


def test_hostile_words_arrive_as_text(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "proposals.html"
    write_proposals(proposals_page(HOSTILE), path)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    text = page.locator("body").text_content() or ""
    assert text.count(HOSTILE) > 20
    assert page.locator("main :is(img, script, b)").count() == 0
    assert page.evaluate("window.__pwned") is None
    assert asked == [path.as_uri()]
