"""The page for whoever releases the public folder, in a real browser, and what it saves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from opened import PAYLOADS, Opened

import report_fixture
from commonthread.disclosure.sets import EVERY
from commonthread.names import make_replacer
from commonthread.problems import Problem
from commonthread.release.check import Checked, Known
from commonthread.release.page import CHECKLIST, About, rare_values, write_release_page
from commonthread.release.record import file_hashes, last_release, take_in
from commonthread.release.spoken import Quoted, Segment
from commonthread.release.traces import Traces
from commonthread.steps.study_tables import StudyTables
from commonthread.tables import as_table, empty_table
from commonthread.withdrawal import Withdrawn

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("results") / "public"
    place.mkdir()
    (place / "report.html").write_text("report", encoding="utf-8")
    return place


def write(folder: Path, *problems: Problem) -> Path:
    """Write the page of a folder in which hostile words are quoted."""
    study = report_fixture.inputs(people=12, turns=8)
    names = as_table({}, "names")
    withdrawn = Withdrawn(empty_table("turns"), empty_table("whole_segments"))
    known = Known(
        study=StudyTables(
            **{name: getattr(study, name) for name in StudyTables.__dataclass_fields__}
        ),
        participation=study.participation,
        frequencies=study.frequencies,
        sought=Traces([], {}, make_replacer(names, empty_table("found_speakers")), ()),
        withdrawn=withdrawn,
        expected=["report.html"],
        threshold=10,
    )
    quotes = []
    for number, words in enumerate(PAYLOADS):
        quote = Quoted(words)
        quote.places["report.html"].add(f"Somebody of the role {words}")
        person = f"Researcher {number % 3}" if number else ""
        quote.said = [Segment("s", (), "talk", person, words, "verbatim with role", words)]
        quotes.append(quote)
    rows = [{"withheld": "segments; share", "small": "segments"}, {"withheld": None, "small": None}]
    attributes = rare_values([{"way_of_life": PAYLOADS[0]}, {"way_of_life": " "}], 10)
    files = file_hashes(folder)
    path = folder.with_name("public-release.html")
    write_release_page(
        path,
        Checked(problems, tuple(quotes), {"frequencies": rows, EVERY: []}),
        known,
        files,
        About("A study", False, "results/a/public", (PAYLOADS[1],), tuple(attributes)),
        dict.fromkeys(files, 6),
    )
    return path


def fill(opened: Opened, **fields: str) -> None:
    for tick in opened.page.get_by_role("checkbox").all():
        tick.check()
    for name, text in fields.items():
        opened.page.fill(f"#{name}", text)


def saved(opened: Opened, place: Path) -> None:
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="Save the record").press("Enter")
    place.mkdir(parents=True, exist_ok=True)
    download.value.save_as(place / download.value.suggested_filename)


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_words_of_the_data_do_nothing(
    open_page: Callable[..., Opened], folder: Path, width: int
) -> None:
    found = Problem(PAYLOADS[2], PAYLOADS[3], PAYLOADS[4])
    opened = open_page(write(folder, found), width=width)
    opened.open_all()
    opened.page.get_by_role("button", name="Save the record").click()
    assert opened.violations() == []
    assert opened.page.evaluate("window.__pwned") is None
    assert opened.messages == []
    assert [each for each in opened.requests if not each.startswith(("file:", "data:"))] == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert opened.page.evaluate(wide) <= 0
    assert "It found 1 thing to put right." in opened.page.inner_text("#main")
    assert "way of life" in opened.page.inner_text("#main")


def test_it_saves_nothing_before_all_is_seen_to_and_says_what_is_open(
    open_page: Callable[..., Opened], folder: Path
) -> None:
    opened = open_page(write(folder))
    opened.page.get_by_role("button", name="Save the record").press("Enter")
    missing = opened.page.locator("#missing")
    assert missing.evaluate("(it) => document.activeElement === it")
    assert missing.get_by_role("link").count() == len(CHECKLIST) + 1
    missing.get_by_role("link", name="Your name").press("Enter")
    opened.page.keyboard.type("Jo")
    assert opened.page.input_value("#released_by") == "Jo"
    assert opened.page.locator("#saved").is_hidden()
    # What was ticked is there again when the page is.
    opened.page.get_by_role("checkbox").first.press("Space")
    opened.page.reload()
    assert opened.page.get_by_role("checkbox").first.is_checked()
    assert opened.page.input_value("#released_by") == ""


def test_what_it_saves_is_taken_in(
    open_page: Callable[..., Opened], folder: Path, tmp_path: Path
) -> None:
    opened = open_page(write(folder))
    fill(opened, released_by="Jo Wren", where_to="our website")
    saved(opened, tmp_path / "releases")
    assert "Saved as release-" in opened.page.inner_text("#saved")
    assert take_in(tmp_path) == []
    last = last_release(tmp_path)
    assert last is not None and last.released_by == "Jo Wren"
    assert last.files == file_hashes(folder)


def test_what_goes_out_in_spite_of_a_finding_needs_a_reason(
    open_page: Callable[..., Opened], folder: Path, tmp_path: Path
) -> None:
    opened = open_page(write(folder, Problem("a", "b.", "c.")))
    fill(opened, released_by="Jo Wren")
    opened.page.get_by_role("button", name="Save the record").press("Enter")
    assert opened.page.locator("#missing").get_by_role("link").count() == 1
    fill(opened, reason="The name is that of the study.")
    saved(opened, tmp_path / "releases")
    assert take_in(tmp_path) == []
    (file,) = (tmp_path / "releases").glob("*.json")
    assert json.loads(file.read_text("utf-8"))["findings"] == ["a: b. c."]


def test_without_scripts_everything_can_be_read(browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(write(folder).as_uri())
    assert page.locator("#release").is_hidden()
    assert "This part needs scripts" in page.inner_text("#main")
    assert page.locator("figure.quote").count() == len(PAYLOADS)
    context.close()
