"""The page of words that nobody listed, in a real Chromium: to mark, to save, and to go on with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from desk import saved
from opened import PAYLOADS, Opened, violations
from playwright.sync_api import Page, expect

from commonthread.report.names_replaced import names_replaced_page
from commonthread.report.packing import encode
from commonthread.review import unlisted_page
from commonthread.tables import as_table
from commonthread.unlisted.returned import returned_names
from commonthread.unlisted.worklist import Entry, worklist
from unlisted_fixture import PSEUDONYMS, entries, many, unlisted

pytestmark = pytest.mark.browser

# Numbers of the words on the page.
TAMSIN, FERNHOLLOW, MONDAY, ORIEL, BRAY, NUMBER = range(6)


def write(path: Path, listed: list[Entry], pseudonyms: tuple[str, ...] = PSEUDONYMS) -> Path:
    path.write_bytes(
        unlisted_page(
            listed, pseudonyms, study="The lantern study", invented=False, folder="data/ours/names"
        )
    )
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unlisted")
    write(folder / "few.html", entries())
    write(folder / "many.html", many(60))
    write(folder / "none.html", [])
    return folder


def ready(opened: Opened) -> Page:
    page = opened.page
    expect(page.locator("#progress-words")).not_to_be_empty()
    if page.locator("#how[open]").count():
        page.locator("#how-close").click()
    return page


@pytest.fixture
def few(open_page: Callable[..., Opened], folder: Path) -> Page:
    return ready(open_page(folder / "few.html"))


def choose(page: Page, number: int, kind: str) -> None:
    page.locator(f"label[for=kind-{number}-{kind}]").click()


def counting(page: Page, place: Path) -> list[tuple[str, str, str]]:
    """Save, put the file into a study, and read it as a run does."""
    name, data = saved(page)
    assert name == "names-the-lantern-study.json"
    names = place / "names"
    names.mkdir(exist_ok=True)
    (names / f"{len(list(names.iterdir()))}.json").write_bytes(data)
    read = returned_names(names)
    assert (read.problems, read.notices) == ((), ())
    return sorted((each.words, each.kind, each.replacement) for each in read.listed)


def test_words_marked_by_pointer_come_back_as_they_were_meant(few: Page, tmp_path: Path) -> None:
    expect(few.locator("#list-title")).to_have_text("Words 1 to 6 of 6")
    choose(few, TAMSIN, "person")
    few.locator(f"#instead-{TAMSIN}").fill("Public contributor 1")
    choose(few, FERNHOLLOW, "place")
    choose(few, MONDAY, "harmless")
    expect(few.locator(f"#instead-{MONDAY}")).to_be_hidden()
    few.locator(f"#instead-{BRAY}").fill(" a  surname ")
    expect(few.locator(f"#kind-{BRAY}-other")).to_be_checked()
    expect(few.locator("#progress-words")).to_have_text(
        "4 of 6 marked. They stand in 7 of 9 places. Not all of it is saved to a file."
    )
    assert counting(few, tmp_path) == [
        ("B-R-A-Y", "other", "a surname"),
        ("Fernhollow", "place", "[place]"),
        ("Monday", "harmless", ""),
        ("Tamsin", "person", "Public contributor 1"),
    ]
    expect(few.locator("#progress-words")).not_to_contain_text("Not all")
    expect(few.locator("#status")).to_contain_text("Please move it into the folder names")


def test_where_words_were_said_can_be_seen_and_pseudonyms_are_offered_alone(few: Page) -> None:
    item = few.locator(f"#entry-{FERNHOLLOW}")
    expect(item.locator(".often")).to_have_text("3 times, in 2 files")
    expect(item.locator(".said li")).to_have_text(
        [
            "We met in Fernhollow before the snow",
            "and FERNHOLLOW is not on the bus line",
            "nobody in Fernhollow had a car",
        ]
    )
    expect(item.locator(".said mark")).to_have_text(["Fernhollow", "FERNHOLLOW", "Fernhollow"])
    offered = few.locator("#pseudonyms option").evaluate_all("all => all.map(each => each.value)")
    assert offered == list(PSEUDONYMS)
    field = few.get_by_role("combobox", name="Replace with instead of “Fernhollow”")
    assert field.get_attribute("list") == "pseudonyms"
    expect(few.get_by_role("group", name="What is “Fernhollow”?")).to_be_visible()


def test_every_word_is_marked_by_keyboard_alone(few: Page, tmp_path: Path) -> None:
    few.locator("#open-settings").press("Enter")
    few.locator("#letters").press("Space")
    few.keyboard.press("Escape")
    few.locator("#list-title").focus()
    # The first key goes to the first words, and marks nothing yet.
    for key in "pplhgt":
        few.keyboard.press(key)
    expect(few.locator("#status")).to_have_text("“B-R-A-Y”: Other.")
    expect(few.locator(f"#kind-{NUMBER}-")).to_be_focused()
    # By arrows as well: the next is "Name", and back again.
    few.keyboard.press("ArrowRight")
    expect(few.locator(f"#kind-{NUMBER}-person")).to_be_checked()
    few.keyboard.press("ArrowLeft")
    expect(few.locator("#progress-words")).to_contain_text("5 of 6 marked.")
    few.keyboard.press("r")
    few.keyboard.type("a phone number, h p z")
    expect(few.locator("#end")).to_be_visible()
    few.keyboard.press("Control+Enter")
    expect(few.locator("#end-title")).to_be_focused()
    assert counting(few, tmp_path) == [
        ("B-R-A-Y", "other", "[left out]"),
        ("Fernhollow", "place", "[place]"),
        ("Monday", "harmless", ""),
        ("Oriel", "organisation", "[organisation]"),
        ("Tamsin", "person", "[name]"),
        ("oh seven seven double nought", "other", "a phone number, h p z"),
    ]


def test_letters_do_nothing_unless_they_are_wanted(few: Page) -> None:
    few.locator(f"#kind-{TAMSIN}-").focus()
    for key in "plgthrz":
        few.keyboard.press(key)
    expect(few.locator("#progress-words")).to_contain_text("0 of 6 marked.")


def test_what_was_done_is_undone_and_done_again(few: Page) -> None:
    choose(few, TAMSIN, "person")
    choose(few, TAMSIN, "place")
    few.locator("#rest").click()
    expect(few.locator("#progress-words")).to_contain_text("6 of 6 marked.")
    expect(few.locator("#rest")).to_be_hidden()
    few.locator("#undo").click()
    expect(few.locator("#status")).to_have_text("Undone: the others marked as harmless.")
    expect(few.locator("#progress-words")).to_contain_text("1 of 6 marked.")
    few.keyboard.press("Control+z")
    expect(few.locator(f"#kind-{TAMSIN}-person")).to_be_checked()
    few.keyboard.press("Control+y")
    expect(few.locator(f"#kind-{TAMSIN}-place")).to_be_checked()
    few.locator("#redo").click()
    expect(few.locator("#progress-words")).to_contain_text("6 of 6 marked.")
    few.locator("#redo").press("Enter")
    expect(few.locator("#status")).to_have_text("There is nothing to redo.")


def test_a_replacement_with_the_words_in_it_is_told_at_once(few: Page) -> None:
    field = few.locator(f"#instead-{FERNHOLLOW}")
    field.fill("near FERNHÓLLOW")
    expect(few.locator(f"#wrong-{FERNHOLLOW}")).to_contain_text("so they would stay")
    expect(field).to_have_attribute("aria-invalid", "true")
    saved(few)
    expect(few.locator("#status")).to_contain_text("1 cannot be used")
    field.fill("near Fernhollows")
    expect(few.locator(f"#wrong-{FERNHOLLOW}")).to_be_empty()
    expect(field).to_have_attribute("aria-invalid", "false")


def test_a_long_list_is_gone_through_some_at_a_time(
    open_page: Callable[..., Opened], folder: Path
) -> None:
    page = ready(open_page(folder / "many.html"))
    expect(page.locator(".item")).to_have_count(25)
    page.locator("#rest").click()
    expect(page.locator("#list-title")).to_be_focused()
    page.locator("#later").click()
    expect(page.locator("#list-title")).to_have_text("Words 26 to 50 of 60")
    expect(page.locator("#list-title")).to_be_focused()
    page.locator("#next-open").click()
    expect(page.locator("#kind-25-")).to_be_focused()
    page.locator("#state").select_option("harmless")
    expect(page.locator("#list-title")).to_have_text("Words 1 to 25 of 25")
    expect(page.locator("#list-found")).to_have_text("25 of 60 are shown.")
    page.locator("#sought").fill("nr 5")
    expect(page.locator("#list-found")).not_to_have_text("25 of 60 are shown.")
    for text in page.locator(".item h4").all_text_contents():
        assert text.startswith("Word5")
    page.locator("#sought").fill("nothing such")
    expect(page.locator("#list-title")).to_have_text("No words")
    # What is not shown is shown again when it is gone to.
    page.locator("#next-open").click()
    expect(page.locator("#kind-25-")).to_be_focused()
    expect(page.locator("#sought")).to_have_value("")


def again(page: Page, path: Path) -> Page:
    """Close the tab and open a page in the same browser."""
    context = page.context
    page.close()
    return ready(Opened(context.new_page(), path))


def test_work_is_kept_without_words_and_goes_on_where_it_was(few: Page, folder: Path) -> None:
    choose(few, TAMSIN, "person")
    few.locator(f"#instead-{FERNHOLLOW}").fill("a village")
    kept = few.evaluate("JSON.stringify({ ...localStorage })")
    assert "a village" in kept
    for word in ("amsin", "ernhollow", "lantern"):
        assert word not in kept
    page = again(few, folder / "few.html")
    expect(page.locator(f"#kind-{TAMSIN}-person")).to_be_checked()
    expect(page.locator(f"#instead-{FERNHOLLOW}")).to_have_value("a village")
    expect(page.locator("#progress-words")).to_contain_text("2 of 6 marked.")
    # A page with other words does not take the numbers for its own.
    other = write(folder / "other.html", entries()[1:])
    expect(again(page, other).locator("#progress-words")).to_contain_text("0 of 5 marked.")


def test_a_saved_file_is_taken_in_by_a_later_page_and_work_can_be_removed(
    few: Page, folder: Path, tmp_path: Path
) -> None:
    choose(few, TAMSIN, "person")
    choose(few, ORIEL, "organisation")
    file = tmp_path / "saved.json"
    file.write_bytes(saved(few)[1])
    page = again(few, write(folder / "later.html", entries()[1:]))
    page.locator("#open-settings").click()
    page.locator("#load").set_input_files(file)
    expect(page.locator("#load-found")).to_have_text(
        "Loaded. 1 mark added or changed. 1 is of words that are not on this list, or could not be used."
    )
    page.locator("#load").set_input_files(file)
    expect(page.locator("#load-found")).to_contain_text("Nothing in this file is new here.")
    for content in ("{", "[]", json.dumps({"format": "commonthread codings", "marked": []})):
        file.write_text(content)
        page.locator("#load").set_input_files(file)
        expect(page.locator("#load-found")).to_contain_text("saved.")
    page.locator("#forget").click()
    expect(page.locator("#forget-words")).to_contain_text("You have marked 1 of 5.")
    page.locator("#forget-ask button[value=yes]").click()
    expect(page.locator("#progress-words")).to_contain_text("0 of 5 marked.")
    assert '"kind"' not in page.evaluate("JSON.stringify({ ...localStorage })")


def test_where_the_browser_keeps_nothing_it_is_told(
    open_page: Callable[..., Opened], folder: Path, browser
) -> None:
    context = browser.new_context()
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page = ready(Opened(context.new_page(), folder / "few.html"))
    expect(page.locator("#notice")).to_contain_text("does not keep your work")
    choose(page, TAMSIN, "person")
    expect(page.locator("#progress-words")).to_contain_text("1 of 6 marked.")
    context.close()


STATES: dict[str, Callable[[Page], None]] = {
    "first": lambda page: None,
    "how": lambda page: page.locator("#how summary").click(),
    "marked": lambda page: (
        choose(page, TAMSIN, "person"),
        page.locator(f"#instead-{FERNHOLLOW}").fill("Fernhollow"),
        page.locator("#rest").click(),
    )[0],
    "settings": lambda page: page.locator("#open-settings").click(),
    "forget": lambda page: (
        page.locator("#open-settings").click(),
        page.locator("#forget").click(),
    )[0],
    "none found": lambda page: (
        page.locator("#sought").fill("zzz"),
        expect(page.locator("#list-title")).to_have_text("No words"),
    )[0],
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: Callable[..., Opened], folder: Path, state: str, width: int, scheme: str
) -> None:
    opened = open_page(folder / "few.html", width=width, color_scheme=scheme)
    page = ready(opened)
    STATES[state](page)
    assert opened.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert opened.messages == []
    small = page.evaluate(
        """[...document.querySelectorAll('button, input, select, summary')]
          .filter((each) => each.getClientRects().length && each.closest('dialog:not([open])') === null)
          .filter((each) => {
            const { width, height } = each.getBoundingClientRect();
            return Math.min(width, height) < 22;
          }).map((each) => each.id || each.outerHTML)"""
    )
    # A radio button of 22 pixels stands in a label of more, beside others as far away.
    assert small == []


def test_largest_letters_on_a_phone_still_fit(
    open_page: Callable[..., Opened], folder: Path
) -> None:
    opened = open_page(folder / "few.html", width=390)
    page = ready(opened)
    page.locator("#open-settings").click()
    page.locator("label[for=size-200]").click()
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert opened.violations() == []


def test_an_empty_list_and_a_browser_without_scripts_say_what_to_do(
    open_page: Callable[..., Opened], folder: Path
) -> None:
    opened = open_page(folder / "none.html")
    expect(opened.page.locator("main")).to_contain_text("There is nothing to mark")
    assert (opened.violations(), opened.messages) == ([], [])
    plain = open_page(folder / "few.html", java_script_enabled=False)
    expect(plain.page.locator("main")).to_contain_text("mark the words in names-worklist.xlsx")
    expect(plain.page.locator("#save")).to_be_hidden()


def test_hostile_words_arrive_as_text_and_come_back_as_they_are(
    open_page: Callable[..., Opened], tmp_path: Path
) -> None:
    said = tuple(("s1", "capitals", f"a {text} ", text, f" b {text}") for text in PAYLOADS)
    opened = open_page(write(tmp_path / "hostile.html", worklist(unlisted(said)), PAYLOADS))
    page = ready(opened)
    page.locator("#rest").click()
    first = page.locator("[id^=instead-]:not(p)").first
    choose(page, 0, "person")
    first.fill(PAYLOADS[1])
    text = page.locator("#words").text_content() or ""
    assert PAYLOADS[1] in text
    assert page.locator("#words :is(img, script, a, iframe, style, svg)").count() == 0
    assert page.evaluate("window.__pwned") is None
    assert opened.requests == [opened.address]
    assert (opened.dialogs, opened.messages) == ([], [])
    assert opened.violations() == []
    read = counting(page, tmp_path)
    assert len(read) == len(worklist(unlisted(said)))
    assert {kind for _, kind, _ in read} == {"person", "harmless"}


def test_the_page_of_what_was_replaced_is_plain_to_read(page: Page, tmp_path: Path) -> None:
    sources = [
        {"source_id": source, "workshop_id": "w", "kind": kind, "status": "read"}
        for source, kind in (("s1", "transcript"), ("s2", "notes"))
    ]
    blank = dict.fromkeys(as_table({}, "sources").columns, "")
    whole = [{**blank, "bytes": 1, "turns": 1, "words": 1, **each} for each in sources]
    kinds = ("person", "person", "place", "phone number")
    path = tmp_path / "names.html"
    html = names_replaced_page(
        as_table(
            [
                {"source_id": f"s{1 + number % 2}", "start": 0, "end": 1, "kind": kind}
                for number, kind in enumerate(kinds)
            ],
            "replacements",
        ),
        as_table(whole, "sources"),
        as_table([{"workshop_id": "w", "workshop": PAYLOADS[0], "date": ""}], "workshops"),
        [replace(entry) for entry in entries()],
        [],
        study=PAYLOADS[1],
        invented=True,
        folder="data/ours/names",
    )
    path.write_bytes(encode(html, {}))
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path.as_uri())
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert "the only wheelchair user on the ward" in (page.locator("main").text_content() or "")
    rows = page.locator("#by-workshop tbody tr").all_inner_texts()
    assert [row.split("\t")[1:] for row in rows] == [
        ["Notes", "1", "1", "0", "1"],
        ["Transcripts", "1", "1", "1", "0"],
    ]
    assert page.evaluate("window.__pwned") is None
