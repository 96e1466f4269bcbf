"""The handouts in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from opened import violations
from playwright.sync_api import Page

from commonthread.report.questions import write_questions
from commonthread.report.resources import write_resources
from handout_fixture import HOSTILE, hostile_pages, map_page, public_pages, question_page

pytestmark = pytest.mark.browser

NAMES = ("resources", "questions", "public-resources", "public-questions")


@pytest.fixture(scope="module")
def handouts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handouts")
    public_map, public_questions = public_pages()
    for name, write, page in (
        ("resources", write_resources, map_page()),
        ("questions", write_questions, question_page(invented=True)),
        ("public-resources", write_resources, public_map),
        ("public-questions", write_questions, public_questions),
    ):
        write(page, folder / f"{name}.html", folder / f"{name}.docx", language="en")
    return folder


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "light")]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    handouts: Path, page: Page, name: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto((handouts / f"{name}.html").as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", NAMES)
def test_a_handout_asks_for_nothing_and_runs_nothing(handouts: Path, page: Page, name: str) -> None:
    asked: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    address = (handouts / f"{name}.html").as_uri()
    page.goto(address)
    assert asked == [address]
    assert messages == []
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.text = 'window.__pwned = 1';
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("name", NAMES)
def test_every_link_inside_a_handout_leads_somewhere(handouts: Path, page: Page, name: str) -> None:
    page.goto((handouts / f"{name}.html").as_uri())
    links = page.locator("a[href^='#']")
    assert links.count() > 3
    for place in range(links.count()):
        target = links.nth(place).get_attribute("href")
        assert page.locator(str(target)).count() == 1


def test_a_public_handout_says_what_it_is(handouts: Path, page: Page) -> None:
    for name in ("public-resources", "public-questions"):
        page.goto((handouts / f"{name}.html").as_uri())
        assert "This is the public edition." in page.inner_text("header")
        assert page.locator("a[href*='index.html']").count() == 0


def test_printed_questions_keep_every_question(handouts: Path, page: Page) -> None:
    page.goto((handouts / "questions.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("main ol li >> visible=true").count() == 7
    assert page.locator("nav >> visible=true").count() == 0
    assert page.locator(".invented >> visible=true").count() == 1


def test_hostile_words_arrive_as_text(page: Page, tmp_path: Path) -> None:
    words = f"{HOSTILE} <img src=x onerror='window.__pwned=2'>"
    resources, questions = hostile_pages(words)
    write_resources(resources, tmp_path / "m.html", tmp_path / "m.docx", language="en")
    write_questions(questions, tmp_path / "q.html", tmp_path / "q.docx", language="en")
    for name in ("m", "q"):
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        address = (tmp_path / f"{name}.html").as_uri()
        page.goto(address)
        text = page.locator("body").text_content() or ""
        assert "</script><script>window.__pwned=1</script> =1+1 {{7*7}}" in text
        assert "<img src=x onerror='window.__pwned=2'>" in text
        assert page.locator("main :is(img, script, b)").count() == 0
        assert page.evaluate("window.__pwned") is None
        assert asked == [address]
