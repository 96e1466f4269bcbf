"""The page that compares codebooks in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from opened import violations
from playwright.sync_api import Page

from commonthread.steps.compare import compare_codebooks
from proposals_fixture import SMALL
from proposals_study import SETTINGS, files, make_study

pytestmark = pytest.mark.browser

HOSTILE = "</script><script>window.__pwned=1</script> =1+1 {{7*7}} <b> <img src=x onerror=a>"


def compared(folder: Path, words: str) -> Path:
    """Compare the small study's codebook with one in which much is different."""
    study = make_study(folder)
    text = SMALL.replace("          - wage\n", "          - voucher\n")
    text = text.replace("plain: Being paid", f'plain: "Being paid {words}"')
    text = text.replace("use_when: Always.", f'use_when: "Always. {words}"')
    text = text.replace("- id: fares\n", "- id: trips\n        was: [fares]\n")
    other = folder / "edited.yaml"
    other.write_text(text, encoding="utf-8")
    language = {"language": SETTINGS.language.model_dump()}
    compare_codebooks(files(study), str(other), str(study), language, str(folder / "codebook"))
    return folder / "codebook" / "comparison.html"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compared(tmp_path_factory.mktemp("compared"), "and thanked")


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "dark")]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    made: Path, page: Page, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(made.as_uri())
    for folded in page.locator("summary").all():
        folded.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_changes_are_told_by_meaning_and_packs_are_there(made: Path, page: Page) -> None:
    asked: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.goto(made.as_uri())
    assert (asked, messages) == ([made.as_uri()], [])
    headings = page.locator("#changes ~ h3").all_text_contents()
    assert headings == [
        "Which codes there are, and where they stand",
        "What codes mean",
        "How codes are worded",
    ]
    for link in page.locator("main a:not([href^='#'])").all():
        assert (made.parent / str(link.get_attribute("href"))).is_file()


def test_hostile_words_arrive_as_text(page: Page, tmp_path: Path) -> None:
    path = compared(tmp_path, HOSTILE)
    page.goto(path.as_uri())
    assert HOSTILE in (page.locator("body").text_content() or "").replace("[end]", "")
    assert page.locator("main :is(img, script, b)").count() == 0
    assert page.evaluate("window.__pwned") is None
