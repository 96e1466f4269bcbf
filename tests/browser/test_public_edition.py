"""The public edition in a real browser, and byte by byte, its packed parts too."""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from opened import violations
from playwright.sync_api import Browser

import report_fixture
from commonthread.report import ReportInputs, write_report
from commonthread.report.edition import public

pytestmark = pytest.mark.browser

CONSENTS = ("verbatim with role", "verbatim", "paraphrase", "none")


@pytest.fixture(scope="module")
def study() -> ReportInputs:
    made = report_fixture.inputs(people=48, turns=90)
    people = made.participants.copy()
    people["consent"] = [CONSENTS[place // 4 % 4] for place in range(len(people))]
    # Even if people quoted those who did not agree, and named them.
    return report_fixture.written(replace(made, participants=people))


@pytest.fixture(scope="module")
def page(study: ReportInputs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("public") / "report-public.html"
    write_report(study, path, public(10))
    return path


def everything_in(data: bytes) -> Iterator[str]:
    """Give the text of a page and of whatever is packed into it, as bytes or as base64."""
    yield data.decode("utf-8", "replace")
    yield data.decode("latin-1")
    for found in re.finditer(rb"[A-Za-z0-9+/]{200,}={0,2}", data):
        try:
            yield from unpacked(base64.b64decode(found[0] + b"=" * (-len(found[0]) % 4)))
        except ValueError:
            continue
    # Packed bytes stand in script elements with five values written as "=" and the value + 64.
    yield from unpacked(re.sub(rb"=(.)", lambda found: bytes([(found[1][0] - 64) % 256]), data))
    yield from unpacked(data)


def unpacked(data: bytes) -> Iterator[str]:
    """Give the text of every gzip or zlib stream that starts anywhere in some bytes."""
    for start, window in ((rb"\x1f\x8b\x08", 31), (rb"\x78[\x01\x5e\x9c\xda]", 15)):
        for found in re.finditer(start, data):
            try:
                plain = zlib.decompressobj(window).decompress(data[found.start() :])
            except zlib.error:
                continue
            if len(plain) > 50:
                yield plain.decode("utf-8", "replace")


def test_what_is_packed_is_found() -> None:
    secret = b"nobody may read this, " * 20
    assert any("nobody may" in text for text in everything_in(b"<p>" + gzip.compress(secret)))
    coded = base64.b64encode(gzip.compress(bytes(range(256)) * 9 + secret))
    assert any("nobody may" in text for text in everything_in(b"<p>" + coded + b"</p>"))


def test_no_person_file_or_time_is_in_it_and_nobody_who_did_not_agree(
    study: ReportInputs, page: Path
) -> None:
    consent = dict(
        zip(study.participants["participant_id"], study.participants["consent"], strict=True)
    )
    may = {"verbatim", "verbatim with role"}
    joined = study.turns
    kept = joined["participant_id"].map(lambda who: consent.get(who, "none") not in may)
    words = [text[:60] for text in joined["text"][kept]]
    names = [str(name) for name in study.participants["participant_id"]]
    files = [str(path) for path in study.sources["path"]]
    hashes = [str(value) for value in study.sources["sha256"]]
    segments = list(study.segments["segment_id"])
    texts = list(everything_in(page.read_bytes()))
    assert len(texts) > 2  # The page's own text twice, and plotly.js.
    said = joined["text"][~kept]
    assert any(text[:60] in texts[0] for text in said)
    whole = "\n".join(texts)
    assert "In our own words, said [name]." in whole
    for secret in (*words, *names, *files, *hashes, *segments):
        assert secret not in whole, secret
    assert not re.search(r"\d+ min \d+ s\b|\b\d+ s in\b", texts[0])
    assert "data/" not in re.sub(r"data:image/", "", texts[0].split("<script")[0])
    assert 'href="index.html"' not in texts[0]


def test_axe_finds_nothing_and_nothing_is_asked_for(browser: Browser, page: Path) -> None:
    for width in (1280, 320):
        context = browser.new_context(viewport={"width": width, "height": 900})
        opened = context.new_page()
        requests: list[str] = []
        messages: list[str] = []
        opened.on("request", lambda request, seen=requests: seen.append(request.url))
        opened.on("console", lambda message, seen=messages: seen.append(message.text))
        opened.on("pageerror", lambda error, seen=messages: seen.append(str(error)))
        opened.goto(page.as_uri())
        opened.evaluate("document.querySelectorAll('details').forEach((fold) => fold.open = true)")
        assert violations(opened) == []
        assert [url for url in requests if not url.startswith(("file:", "blob:", "data:"))] == []
        assert messages == []
        context.close()


def test_a_finger_makes_a_chart_show_more_and_leads_nowhere(browser: Browser, page: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    opened = context.new_page()
    opened.goto(page.as_uri())
    chart = opened.locator("#chart-themes")
    chart.tap()
    opened.locator("#chart-themes.taken").wait_for()
    opened.locator("[data-step=chart-themes]").tap()

    assert opened.get_by_role("slider").get_attribute("aria-valuetext")
    assert opened.get_by_role("link", name="Read its segments").count() == 0
    assert opened.evaluate("location.hash") == ""
    context.close()


def test_it_says_at_its_top_what_it_is(browser: Browser, page: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(page.as_uri())
    top = opened.inner_text("header")
    assert "This is the public edition." in top
    assert "fewer than 10 people or segments" in top
    assert opened.locator("figure.quote").count() > 0
    context.close()
