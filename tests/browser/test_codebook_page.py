"""The codebook page in a real Chromium: read, searched, commented on, saved, and read back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from opened import PAYLOADS, Opened
from playwright.sync_api import Page, expect

from codebook_view_fixture import small_book, view_of
from commonthread.codebook_view import Excerpt
from commonthread.proposals.code_texts import field_text
from commonthread.proposals.hints import Hint
from commonthread.proposals.page_file import read_page_file
from commonthread.proposals.proposal import Part, Proposal, ReturnedProposals
from commonthread.review.codebook_page import write_codebook_page

pytestmark = pytest.mark.browser

VIEW = view_of()
BOOK = VIEW.codebook
SEEN = (Excerpt("lantern-9", "The bus was late and dear.", "Person 3", "Lantern day 2"),)
HINTS = (
    Hint(
        "missed words",
        "tea",
        "“Tea” may miss “kettle”.",
        7,
        SEEN,
        Proposal("", "wording", "tea", wording=(("terms", "kettle"),), segment_ids=("lantern-9",)),
    ),
    Hint("not coded", "", "4 segments go together.", 4, SEEN, Proposal("", "new", why="Buses.")),
    Hint("alike", "tea", "Are they one?", 1, SEEN, Proposal("", "merge", "tea", others=("time",))),
    Hint("saturation", "", "New codes still come."),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("codebook") / "codebook.html"
    write_codebook_page(VIEW, path, HINTS)
    return path


def ready(opened: Opened) -> Page:
    opened.page.locator("#save:not([disabled])").wait_for()
    return opened.page


@pytest.fixture
def page(open_page: Callable[..., Opened], file: Path) -> Page:
    return ready(open_page(file))


def again(page: Page) -> Page:
    """Close the tab and open the page anew in the same browser."""
    context, address = page.context, page.url
    page.close()
    fresh = context.new_page()
    fresh.goto(address)
    fresh.locator("#save:not([disabled])").wait_for()
    return fresh


def begin(page: Page, code: str, kind: str) -> None:
    """Open the form for a kind of proposal."""
    button = {"comment": "comment", "new": "new"}.get(kind, "wording")
    about = "" if kind == "new" else f"[data-about='{code}']"
    page.locator(f"[data-propose={button}]{about}").click()
    if kind not in ("comment", "new"):
        page.locator(f"label[for=kind-{kind}]").click()


def add(page: Page) -> None:
    """Add to the list; say who one is if that is asked."""
    page.locator("#propose-add").click()
    if page.locator("#who[open]").count():
        page.locator("#who-name").fill("Clover")
        page.locator("#who-role").fill("Public contributor")
        page.locator("#who-form [type=submit]").click()
    expect(page.locator("#propose")).to_be_hidden()


def comment(page: Page, code: str, words: str) -> None:
    begin(page, code, "comment")
    page.locator("#why").fill(words)
    add(page)


def saved(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.locator("#save").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def returned(page: Page) -> ReturnedProposals:
    return read_page_file(saved(page)[1], "x.json")


def was(code: str, *fields: str) -> tuple[tuple[str, str], ...]:
    return tuple((field, field_text(BOOK.code(code), field)) for field in fields)


# What a person means to propose, how they fill the form, and what must come back.
TERMS = f"{field_text(BOOK.code('fares'), 'terms')}\ntram fare"
MEANT = (
    (
        {"#why": "I do not get it.\nWhat is “3 < 4 & 5”?"},
        Proposal("", "comment", "fares", why="I do not get it.\nWhat is “3 < 4 & 5”?"),
    ),
    (
        {
            "#word-plain": "What it costs to come",
            "#word-terms": TERMS,
            "#why": "Plainer",
            "#segments": "a1, b2",
        },
        Proposal(
            "",
            "wording",
            "fares",
            wording=(("plain", "What it costs to come"), ("terms", TERMS)),
            was=was("fares", "plain", "terms"),
            why="Plainer",
            segment_ids=("a1", "b2"),
        ),
    ),
    (
        {"#example": "The tram was six pounds."},
        Proposal(
            "",
            "example",
            "late_fares",
            wording=(("examples", "The tram was six pounds."),),
            was=was("late_fares", "examples"),
        ),
    ),
    (
        {"#new-name": "Hours"},
        Proposal("", "rename", "time", wording=(("name", "Hours"),), was=was("time", "name")),
    ),
    (
        {"#other-1": "time", "#merged-name": "Tea and time"},
        Proposal(
            "",
            "merge",
            "tea",
            wording=(("name", "Tea and time"),),
            was=was("tea", "name"),
            others=("time",),
        ),
    ),
    (
        {
            "#part-1-name": "Tea",
            "#part-1-plain": "Tea",
            "#part-2-name": "Talk",
            "#part-2-plain": "Chat",
        },
        Proposal("", "split", "tea", parts=(Part("Tea", "Tea"), Part("Talk", "Chat"))),
    ),
    ({"#parent": "staying"}, Proposal("", "move", "late_fares", parent="staying")),
    ({"#why": "Never used"}, Proposal("", "retire", "challenge", why="Never used")),
    (
        {"#code-name": "Trams", "#code-plain": "What trams are like", "#parent": "fares"},
        Proposal(
            "",
            "new",
            wording=(("name", "Trams"), ("plain", "What trams are like")),
            parent="fares",
        ),
    ),
)


def check(read: ReturnedProposals) -> None:
    assert read.problems == ()
    assert (read.author, read.role) == ("Clover", "Public contributor")
    assert (read.codebook_version, read.codebook_sha256) == (BOOK.version, BOOK.sha256)
    assert [replace(each, where="", date="") for each in read.proposals] == [
        meant for _, meant in MEANT
    ]
    assert all(each.date for each in read.proposals)


def test_each_kind_by_pointer_comes_back_as_it_was_meant(page) -> None:
    for fields, meant in MEANT:
        begin(page, meant.code_id, meant.kind)
        for field, value in fields.items():
            box = page.locator(field)
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        add(page)
    expect(page.locator("#unsaved")).to_have_text("Not in a file yet.")
    name, data = saved(page)
    check(read_page_file(data, name))
    assert name == "proposals-the-lantern-study-clover.json"
    expect(page.locator("#unsaved")).to_have_text("")
    expect(page.locator("[data-mine=fares]")).to_have_text("In your list: comment, other words.")


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached")


def test_each_kind_by_keyboard_comes_back_as_it_was_meant(open_page, file) -> None:
    opened = open_page(file)
    page = ready(opened)
    order = ["wording", "example", "rename", "merge", "split", "move", "retire"]
    for fields, meant in MEANT:
        button = meant.kind if meant.kind in ("comment", "new") else "wording"
        about = "" if meant.kind == "new" else f"[data-about='{meant.code_id}']"
        tab_to(page, f"button[data-propose={button}]{about}")
        page.keyboard.press("Enter")
        expect(page.locator("#propose-title")).to_be_focused()
        if meant.kind in order[1:]:
            tab_to(page, "[name=kind]")
            hidden = meant.code_id == "challenge"  # An aspect cannot be put in another place.
            for _ in range(order.index(meant.kind) - hidden):
                page.keyboard.press("ArrowDown")
            expect(page.locator(f"#kind-{meant.kind}")).to_be_checked()
        for field, value in fields.items():
            tab_to(page, field)
            if page.evaluate("document.activeElement.tagName") == "SELECT":
                page.keyboard.type(BOOK.code(value).name)
            else:
                page.keyboard.press("Control+a")
                page.keyboard.insert_text(value)
        tab_to(page, "#propose-add")
        page.keyboard.press("Enter")
        if page.locator("#who[open]").count():
            for field, value in (("#who-name", "Clover"), ("#who-role", "Public contributor")):
                tab_to(page, field)
                page.keyboard.insert_text(value)
            page.keyboard.press("Enter")
        expect(page.locator("#propose")).to_be_hidden()
        expect(page.locator("#status")).to_contain_text("Added to your list: ")
    tab_to(page, "#save")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    check(read_page_file(Path(download.value.path()).read_bytes(), "x.json"))
    assert opened.messages == []


def test_nothing_is_lost_when_the_tab_is_closed(page) -> None:
    comment(page, "tea", "First")
    begin(page, "fares", "wording")
    page.locator("#word-plain").fill("Half a sen")
    page = again(page)
    expect(page.locator("#mine-count")).to_have_text(" (2)")
    read = returned(page)
    assert [each.why for each in read.proposals] == ["First"]
    assert read.problems == (
        ("begun 1", "A proposal was begun, but not added; it does not count."),
    )
    page.locator("[data-propose=wording][data-about=fares]").click()
    assert page.locator("#word-plain").input_value() == "Half a sen"
    page.locator("#word-plain").press_sequentially("tence")
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_contain_text("What you began is kept in your list.")
    page.locator("#open-mine").click()
    page.get_by_role("button", name="Go on Other words").click()
    add(page)
    assert returned(page).proposals[1].wording == (("plain", "Half a sentence"),)


def test_what_is_open_twice_shows_what_is_done_in_the_other(page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#save:not([disabled])").wait_for()
    comment(page, "tea", "Here")
    expect(other.locator("#mine-count")).to_have_text(" (1)")
    expect(other.locator("[data-mine=tea]")).to_have_text("In your list: comment.")


def test_what_is_emptied_again_is_not_kept(page) -> None:
    begin(page, "tea", "comment")
    page.locator("#why").fill("Hm")
    page.locator("#why").fill("")
    page.keyboard.press("Escape")
    expect(page.locator("#mine-count")).to_have_text("")
    assert "tea" not in page.evaluate("JSON.stringify(Object.entries(localStorage))")


def test_the_browser_keeps_no_words_of_workshops(page) -> None:
    comment(page, "tea", "Own words")
    page.locator("[data-hint='0']").click()
    add(page)
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "Own words" in kept and "lantern-9" in kept and "Clover" in kept
    quoted = [each for use in VIEW.use.values() for each in (*use.excerpts, *SEEN)]
    for words in (
        *(each.words for each in quoted),
        *(each.workshop for each in quoted),
        VIEW.study,
    ):
        assert words not in kept


def test_the_list_changes_takes_out_and_brings_back(page) -> None:
    comment(page, "tea", "One")
    comment(page, "time", "Two")
    page.locator("#open-mine").click()
    expect(page.locator("#mine-title")).to_be_focused()
    page.get_by_role("button", name="Take out Comment: Time").click()
    expect(page.locator("#mine-said")).to_have_text(
        "Taken out: Comment: Time. Undo brings it back."
    )
    expect(page.locator("#mine-list li")).to_have_count(1)
    page.locator("#undo").click()
    expect(page.locator("#mine-list li")).to_have_count(2)
    page.locator("#redo").click()
    expect(page.locator("#mine-list li")).to_have_count(1)
    page.locator("#undo").click()
    page.get_by_role("button", name="Change Comment: Tea").click()
    page.locator("#why").fill("One and a half")
    page.keyboard.press("Escape")
    page.locator("#open-mine").click()
    expect(page.locator("#mine-list .caution")).to_have_text(
        "Changed, but the change is not added yet."
    )
    page.get_by_role("button", name="Go on Comment: Tea").click()
    add(page)
    assert [each.why for each in returned(page).proposals] == ["One and a half", "Two"]
    begin(page, "fares", "comment")
    page.locator("#why").fill("No, rather not")
    page.locator("#propose-drop").click()
    expect(page.locator("#mine-count")).to_have_text(" (2)")


def test_a_saved_file_is_loaded_at_another_computer(open_page, file, page, tmp_path) -> None:
    comment(page, "tea", "One")
    begin(page, "fares", "split")
    page.locator("#part-1-name").fill("Fares")
    page.keyboard.press("Escape")
    name, data = saved(page)
    (tmp_path / name).write_bytes(data)
    other = ready(open_page(file))
    other.locator("#open-mine").click()
    other.locator("#load").set_input_files(tmp_path / name)
    expect(other.locator("#load-found")).to_have_text("Loaded. 2 were added or changed.")
    expect(other.locator("#mine-who")).to_have_text("By Clover, Public contributor.")
    other.locator("#load").set_input_files(tmp_path / name)
    expect(other.locator("#load-found")).to_have_text("Everything in this file was here already.")
    other.keyboard.press("Escape")
    assert json.loads(saved(other)[1]) == json.loads(data)


def test_what_somebody_else_wrote_stays_theirs(open_page, file, page, tmp_path) -> None:
    comment(page, "tea", "One")
    (tmp_path / "x.json").write_bytes(saved(page)[1].replace(b"Clover", b"Bracken"))
    page = ready(open_page(file))
    comment(page, "time", "Mine")
    page.locator("#open-mine").click()
    page.locator("#load").set_input_files(tmp_path / "x.json")
    expect(page.locator("#load-found")).to_have_text("Loaded. 1 was added or changed.")
    page.keyboard.press("Escape")
    read = returned(page)
    assert read.author == "Clover"
    assert {each.why: each.author for each in read.proposals} == {"One": "Bracken", "Mine": ""}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"page_id": "another"}, "of another codebook, or of another version"),
        ({"format": "something"}, "not a file that this page saved"),
        ({"format_version": 2}, "by a newer page"),
    ],
)
def test_a_file_of_another_page_is_not_taken(page, tmp_path, change, words) -> None:
    comment(page, "tea", "One")
    (tmp_path / "x.json").write_text(json.dumps(json.loads(saved(page)[1]) | change))
    page.locator("#open-mine").click()
    page.locator("#load").set_input_files(tmp_path / "x.json")
    expect(page.locator("#load-found")).to_contain_text(words)


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("comment", "tea", "Please write your comment."),
        ("wording", "tea", "No text is changed yet."),
        ("example", "tea", "Please write an example."),
        ("rename", "tea", "Please write another name than it has now."),
        ("merge", "tea", "Please choose the code to join it with."),
        ("split", "tea", "Please give at least two parts"),
        ("move", "tea", "Please choose where it should stand."),
        ("new", "", "Please give the new code a name."),
    ],
)
def test_what_is_missing_is_said_and_focused(page, kind, code, words) -> None:
    begin(page, code, kind)
    page.locator("#propose-add").click()
    expect(page.locator("#propose-wrong")).to_contain_text(words)
    expect(page.locator("#propose [aria-invalid]")).to_be_focused()


def test_a_place_to_look_starts_a_proposal(page) -> None:
    page.locator("[data-hint='0']").click()
    assert page.locator("#word-terms").input_value() == "kettle"
    expect(page.locator("#word-terms")).to_be_focused()
    expect(page.locator("#word-terms")).to_be_in_viewport()
    page.locator("#why").fill("Yes")
    add(page)
    page.locator("[data-hint='1']").click()
    assert page.locator("#why").input_value() == "Buses."
    page.keyboard.press("Escape")
    expect(page.locator("#mine-count")).to_have_text(" (1)")
    page.locator("[data-hint='2']").click()
    expect(page.locator("#other-1")).to_have_value("time")
    add(page)
    first, second = returned(page).proposals
    assert (first.code_id, first.wording, first.segment_ids) == (
        "tea",
        (("terms", "kettle"),),
        ("lantern-9",),
    )
    assert (second.kind, second.others) == ("merge", ("time",))


def test_codes_are_found_by_words_and_a_link_shows_them_all_again(page) -> None:
    page.locator("#words").fill("reciepts")
    expect(page.locator("#words-found")).to_have_text("None of 7 codes found.")
    page.locator("#words").fill("RECEIPT")
    expect(page.locator("#words-found")).to_have_text("1 of 7 codes found.")
    assert page.locator("[data-code=fares] > .words > .lede").is_visible()
    assert page.locator("#c-getting_in").is_visible()
    assert not page.locator("[data-code=getting_in] > .words > .lede").is_visible()
    assert not page.locator("#c-tea").is_visible()
    page.locator(".hint a", has_text="To the code").first.click()
    assert page.locator("#c-tea").is_visible()


def add_some(page: Page) -> None:
    comment(page, "tea", "Hm")
    begin(page, "fares", "wording")
    page.locator("#word-plain").fill("Half")
    page.keyboard.press("Escape")


STATES: dict[str, Callable[[Page], object]] = {
    "start": lambda page: None,
    "found": lambda page: page.locator("#words").fill("fares"),
    "open": lambda page: page.evaluate(
        "for (const fold of document.querySelectorAll('details')) fold.open = true"
    ),
    **{
        kind: lambda page, kind=kind: (
            begin(page, "tea", kind),
            page.locator("#propose-add").click(),
        )
        for kind in ("comment", "wording", "example", "merge", "split", "move", "new")
    },
    "rename": lambda page: begin(page, "fares", "rename"),
    "retire": lambda page: begin(page, "fares", "retire"),
    "who": lambda page: (
        begin(page, "tea", "comment"),
        page.locator("#why").fill("Hm"),
        page.locator("#propose-add").click(),
        page.locator("#who-form [type=submit]").click(),
    ),
    "list": lambda page: (add_some(page), page.locator("#open-mine").click()),
    "forget": lambda page: (page.locator("#open-mine").click(), page.locator("#forget").click()),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(open_page, file, state) -> None:
    opened = open_page(file)
    STATES[state](ready(opened))
    assert opened.violations() == []
    assert opened.messages == []


@pytest.mark.parametrize("state", ["open", "wording", "split", "list"])
def test_axe_finds_nothing_in_the_dark_on_a_small_page_and_nothing_sticks_out(
    open_page, file, state
) -> None:
    opened = open_page(file, width=320, height=256, color_scheme="dark")
    page = ready(opened)
    STATES[state](page)
    assert opened.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_targets_are_large_enough(open_page, file) -> None:
    page = ready(open_page(file, width=390, height=844, forced_colors="active"))
    begin(page, "tea", "split")
    small = page.evaluate(
        """[...document.querySelectorAll('button, summary, input, select, textarea')]
          .filter((each) => each.getClientRects().length)
          .filter((each) => { const box = each.getBoundingClientRect();
            const label = each.labels?.[0]?.getBoundingClientRect();
            return Math.max(box.height, label?.height ?? 0) < 24 || box.width < 20; })
          .map((each) => each.outerHTML)"""
    )
    assert small == []


def test_without_scripts_all_can_be_read(open_page, file) -> None:
    page = open_page(file, java_script_enabled=False).page
    for code in BOOK.codes:
        node = page.locator(f"[data-code={code.id}] > .words")
        for text in (code.plain, code.definition, *code.examples):
            expect(node).to_contain_text(text)
        for excerpt in VIEW.use[code.id].excerpts:
            expect(node.get_by_text(excerpt.words)).to_be_visible()
    for hint in HINTS:
        expect(page.locator(".look")).to_contain_text(hint.sentence)
    expect(page.locator(".without-js")).to_be_visible()
    assert page.locator("button >> visible=true").count() == 0


def test_on_paper_everything_is_open_and_no_button_is_there(open_page, file) -> None:
    page = ready(open_page(file))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("button >> visible=true").count() == 0
    expect(page.locator("[data-code=fares] > .words .terms")).to_be_visible()


def test_the_page_asks_for_nothing_and_runs_nothing_else(open_page, file) -> None:
    opened = open_page(file)
    page = ready(opened)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == parts["connect-src"] == "'none'"
    assert parts["base-uri"] == parts["form-action"] == "'none'"
    for kind in ("script-src", "style-src"):
        assert all(each.startswith("'sha256-") for each in parts[kind].split(" "))
    assert "style-src-attr" not in parts
    comment(page, "tea", "Hm")
    saved(page)
    assert [url for url in opened.requests if not url.startswith("blob:")] == [opened.address]
    assert opened.messages == []


def test_hostile_words_arrive_as_text_and_come_back_as_they_were(open_page, tmp_path) -> None:
    book = small_book()
    some = [PAYLOADS[number :: len(book.codes)] for number in range(len(book.codes))]
    codes = tuple(
        replace(code, name=words[0], plain=words[1], definition=words[-1], examples=words)
        for code, words in zip(book.codes, some, strict=True)
    )
    view = view_of(replace(book, title=PAYLOADS[1], codes=codes))
    hostile = tuple(Excerpt(f"s{n}", words, words, words) for n, words in enumerate(PAYLOADS))
    view = replace(
        view,
        study=PAYLOADS[0],
        use={
            id: replace(use, excerpts=hostile, no_agreement=PAYLOADS[2])
            for id, use in view.use.items()
        },
    )
    hints = [
        Hint("alike", "tea", words, 9, hostile, Proposal("", "comment", "tea", why=words))
        for words in PAYLOADS
    ]
    write_codebook_page(view, tmp_path / "x.html", hints)
    opened = open_page(tmp_path / "x.html")
    page = ready(opened)
    opened.open_all()
    text = page.locator("body").inner_text()
    for number, payload in enumerate(PAYLOADS):
        page.locator(f"[data-hint='{number}']").click()
        page.locator("#segments").fill("s1")
        add(page)
        assert payload
    begin(page, "tea", "wording")
    text += page.locator("#propose").inner_text()
    page.keyboard.press("Escape")
    page.locator("#open-mine").click()
    text += page.locator("#mine").inner_text()
    page.keyboard.press("Escape")
    plain = " ".join(text.split())
    for payload in PAYLOADS:
        assert " ".join(payload.replace("\u202e", "[U+202E]").split()) in plain, payload
    assert "\u202e" not in text
    assert page.evaluate("window.__pwned") is None
    assert page.locator("img, iframe, base, svg").count() == 0
    assert opened.dialogs == [] and opened.messages == []
    assert [url for url in opened.requests if not url.startswith("blob:")] == [opened.address]
    assert [each.why for each in returned(page).proposals] == [words.strip() for words in PAYLOADS]
