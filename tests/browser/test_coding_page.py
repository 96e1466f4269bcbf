"""The coding page in a real Chromium: by pointer, by keyboard, closed and opened again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk import at, choices, choose, done_at_once, ready, returned, said, saved
from opened import PAYLOADS, Opened
from playwright.sync_api import Page, expect

import report_fixture
from commonthread.packs.pack import Pack
from commonthread.returned.page_file import read_page_file
from commonthread.review import write_coding_page
from pack_fixture import pack

pytestmark = pytest.mark.browser

BLIND = pack()
HELPED = pack(start="dictionary", pack_id="helped", whole=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs")
    write_coding_page(BLIND, folder / "coding.html")
    write_coding_page(HELPED, folder / "helped.html")
    return folder


@pytest.fixture
def page(open_page: Callable[..., Opened], folder: Path) -> Page:
    return ready(open_page(folder / "coding.html"))


def again(page: Page) -> Page:
    """Close the tab and open the page anew in the same browser."""
    context, address = page.context, page.url
    page.close()
    fresh = context.new_page()
    fresh.goto(address)
    fresh.locator("#segment-state:not(:empty)").wait_for()
    return fresh


def check_codings(pack: Pack, data: bytes) -> None:
    """See that a file holds the choices of everybody's choice, and the segments they are about."""
    read = read_page_file(data, "x.json")
    assert read.problems == ()
    assert (read.purpose, read.study, read.pack_id) == ("coding", pack.study, pack.pack_id)
    assert (read.coder, read.role) == (pack.coder, pack.role)
    assert read.codebook_version == pack.codebook.version
    assert read.codebook_sha256 == pack.codebook.sha256
    assert (read.untouched, read.took_part) == (0, ())
    assert len(read.copy) == 32
    assert len(read.judgements) == len(pack.segments)
    for choice, judgement, segment in zip(
        choices(pack), read.judgements, pack.segments, strict=True
    ):
        turn = pack.turns[segment.turn]
        assert said(choice, judgement), segment
        assert judgement.segment_id == segment.segment_id
        assert judgement.source_id == pack.sources[turn.source].source_id
        assert judgement.words == pack.words(segment)
        assert (judgement.before, judgement.after) == (segment.before, segment.after)
        assert judgement.start_s == turn.start_s
        assert judgement.outcome == ""
        ago = datetime.now(UTC) - datetime.fromisoformat(judgement.date)
        assert timedelta(0) <= ago + timedelta(seconds=1) < timedelta(minutes=10)


def test_fifty_segments_by_pointer_come_back_as_they_were_meant(page) -> None:
    for number, choice in enumerate(choices(BLIND)):
        at(page, number)
        choose(page, choice)
        page.locator("#done").click()
    expect(page.locator("#end-title")).to_be_focused()
    expect(page.locator("#end-words")).to_contain_text("All 50 segments are done.")
    expect(page.locator("#end-send")).to_contain_text("on this computer only")
    name, data = saved(page, "#end-save")

    expect(page.locator("#end-send")).to_contain_text("All of it is in the file codings-")
    assert name == "codings-the-lantern-study-clover.json"
    check_codings(BLIND, data)


def tab_to(page: Page, selector: str, key: str = "Tab", most: int = 120) -> None:
    """Press Tab until the focus is on an element."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"The keyboard does not reach {selector}.")


def test_fifty_segments_by_keyboard_alone_come_back_as_they_were_meant(open_page, folder) -> None:
    opened = open_page(folder / "coding.html")
    page = opened.page
    page.locator("#segment-state:not(:empty)").wait_for()
    tab_to(page, "#how-close")
    page.keyboard.press("Enter")
    names = {code.id: code.name for code in BLIND.codebook.codes}
    for number, choice in enumerate(choices(BLIND)):
        at(page, number)
        tab_to(page, "#filter")
        for code in choice.codes:
            page.keyboard.insert_text(f'"{names[code]}"')
            page.keyboard.press("Enter")
        if choice.no_code or choice.unsure or choice.comment or choice.new_code:
            tab_to(page, ".jump a")
            page.keyboard.press("Enter")
        for wanted, box in ((choice.no_code, "#no-code"), (choice.unsure, "#unsure")):
            if wanted:
                tab_to(page, box)
                page.keyboard.press("Space")
        for text, field in ((choice.comment, "#comment"), (choice.new_code, "#new-code")):
            if text:
                tab_to(page, field)
                page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
        if number == 0:
            expect(page.locator("#segment-title")).to_be_focused()
            expect(page.locator("#status")).to_contain_text("Segment 1 of 50 done: ")
    tab_to(page, "#end-save")
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    check_codings(BLIND, Path(download.value.path()).read_bytes())
    assert opened.messages == []


def test_arrows_space_and_letters_work_too_once_they_are_wanted(page) -> None:
    page.locator("#filter").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.value") == "early_money"
    page.keyboard.press("d")
    at(page, 0)  # Letters do nothing yet.
    page.locator("#open-settings").press("Enter")
    expect(page.locator("#settings-title")).to_be_focused()
    tab_to(page, "#letters")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(page.locator("#open-settings")).to_be_focused()
    page.keyboard.press("d")
    at(page, 1)
    page.keyboard.press("f")
    page.keyboard.type("d")
    assert page.locator("#filter").input_value() == "d"
    page.keyboard.press("Escape")
    at(page, 1)
    page.keyboard.press("Tab")
    for key in ("x", "u"):
        page.keyboard.press(key)
    assert page.locator("#no-code").is_checked() and page.locator("#unsure").is_checked()
    page.keyboard.press("z")
    assert not page.locator("#unsure").is_checked()
    page.keyboard.press("y")
    page.keyboard.press("d")
    page.keyboard.press("b")
    at(page, 1)
    page.keyboard.press("k")
    expect(page.locator("#codebook")).to_be_visible()
    page.keyboard.press("Escape")
    page = again(page)
    page.keyboard.press("n")  # Who wants letters keeps them.
    at(page, 3)


def test_nothing_is_lost_when_the_tab_is_closed(page) -> None:
    done_at_once(page, ["jargon", "challenge"], 12)
    page.locator("#code-trust").check()
    page.locator("#comment").press_sequentially("Half a sen")
    page = again(page)
    at(page, 12)

    assert page.locator("#progress").get_attribute("value") == "12"
    assert page.locator("#code-trust").is_checked()
    assert page.locator("#comment").input_value() == "Half a sen"
    expect(page.locator("#segment-state")).to_have_text("Begun")
    read = returned(page)
    assert [judgement.codes for judgement in read.judgements] == [("jargon", "challenge")] * 12
    assert read.untouched == 38
    assert read.problems == (
        ("begun 1", "Segment s000-00012 was begun, but not marked done; it does not count."),
    )


def test_the_browser_keeps_no_words_and_no_names(page) -> None:
    page.locator("#code-jargon").check()
    page.locator("#done").click()
    page.locator("#code-trust").check()
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")

    assert "jargon" in kept and "trust" in kept
    for words in (
        *(pack_words for pack_words in map(BLIND.words, BLIND.segments)),
        *(turn.speaker for turn in BLIND.turns if turn.speaker),
        *(source.workshop for source in BLIND.sources),
        *(BLIND.coder, BLIND.role, BLIND.study, "Jargon and plain language"),
    ):
        assert words not in kept


def test_a_changed_mind_keeps_the_earlier_decision_before_the_later(page) -> None:
    done_at_once(page, ["jargon"])
    page.locator("#back").click()
    expect(page.locator("#segment-state")).to_have_text("Done")
    page.locator("#code-trust").check()
    expect(page.locator("#segment-state")).to_have_text("Changed, not done again")
    assert [each.codes for each in returned(page).judgements] == [("jargon",)]
    page.locator("#done").click()
    at(page, 1)
    first, second = returned(page).judgements

    assert (first.codes, second.codes) == (("jargon",), ("jargon", "trust"))
    assert first.segment_id == second.segment_id
    assert datetime.fromisoformat(first.date) <= datetime.fromisoformat(second.date)


def test_undo_and_redo_go_back_step_by_step_and_say_so(page) -> None:
    page.locator("#code-jargon").check()
    page.locator("#comment").press_sequentially("so")
    page.locator("#done").click()
    at(page, 1)
    for number, words in enumerate(
        (
            "Undone: segment 1 done (segment 1).",
            "Undone: what you wrote in the comment (segment 1).",
            "Undone: Jargon and plain language ticked (segment 1).",
            "There is nothing to undo.",
        )
    ):
        page.locator("#undo").dispatch_event("click")
        expect(page.locator("#status")).to_have_text(words)
        at(page, 0)
        assert page.locator("#comment").input_value() == ("so" if number == 0 else "")
    assert page.locator("#progress").get_attribute("value") == "0"
    assert not page.locator("#code-jargon").is_checked()
    assert page.locator("#undo").get_attribute("aria-disabled") == "true"
    for _ in range(3):
        page.locator("#segment-title").press("Control+y")
    assert page.locator("#progress").get_attribute("value") == "1"
    (judgement,) = returned(page).judgements
    assert (judgement.codes, judgement.comment) == (("jargon",), "so")
    # What was sent off is replaced by a later decision, and no longer taken back.
    page.locator("#undo").dispatch_event("click")
    expect(page.locator("#status")).to_have_text("There is nothing to undo.")


def test_a_segment_counts_only_once_something_is_said_of_it(page) -> None:
    page.locator("#done").click()
    expect(page.locator("#wrong")).to_contain_text("Nothing is chosen yet.")
    page.locator("#code-challenge").check()
    page.locator("#done").click()
    expect(page.locator("#wrong")).to_contain_text("tick what it is about as well")
    at(page, 0)
    page.locator("#code-jargon").check()
    page.locator("#no-code").check()
    # That no code fits takes codes off, but not what kind of thing it is.
    assert not page.locator("#code-jargon").is_checked()
    assert page.locator("#code-challenge").is_checked()
    page.locator("#code-trust").check()
    assert not page.locator("#no-code").is_checked()
    page.locator("#done").click()
    assert page.locator("#progress").get_attribute("value") == "1"


def test_suggestions_of_the_computer_count_only_once_taken(open_page, folder) -> None:
    page = ready(open_page(folder / "helped.html"))
    expect(page.locator("#suggested")).to_be_hidden()
    page.locator("#next").click()
    offered = page.locator("#suggested-codes button")
    assert offered.count() == 2
    assert page.locator("#codes input:checked").count() == 0
    page.locator("#done").click()
    expect(page.locator("#wrong")).to_contain_text("Nothing is chosen yet.")
    offered.nth(0).click()
    expect(offered.nth(0)).to_be_focused()
    assert offered.nth(0).get_attribute("aria-pressed") == "true"
    taken = page.locator("#codes input:checked").get_attribute("value")
    assert taken in HELPED.segments[1].found
    page.locator("#done").click()
    (judgement,) = returned(page).judgements
    assert judgement.codes == (taken,)


def test_a_saved_file_is_loaded_at_another_computer(open_page, folder, page, tmp_path) -> None:
    done_at_once(page, ["jargon"], 3)
    page.locator("#code-trust").check()
    name, data = saved(page)
    file = tmp_path / name
    file.write_bytes(data)
    other = ready(open_page(folder / "coding.html"))
    other.locator("#open-settings").click()
    other.locator("#load").set_input_files(file)
    expect(other.locator("#load-found")).to_have_text("Loaded. 3 decisions added.")
    other.keyboard.press("Escape")
    assert other.locator("#progress").get_attribute("value") == "3"
    expect(other.locator("#progress-words")).to_have_text("3 of 50 done.")
    other.locator("#next-open").click()
    at(other, 3)
    assert other.locator("#code-trust").is_checked()
    other.locator("#done").click()
    there, here = returned(other), read_page_file(data, name)
    assert there.copy == here.copy
    assert [each.codes for each in there.judgements] == [*[("jargon",)] * 3, ("trust",)]
    other.locator("#open-settings").click()
    other.locator("#load").set_input_files(file)
    expect(other.locator("#load-found")).to_have_text("Everything in this file was here already.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pack_id": "another"}, "for other segments or another person"),
        ({"format": "something"}, "not a file that this page saved"),
        ({"format_version": 2}, "by a newer page"),
    ],
)
def test_a_file_of_another_pack_is_not_taken(page, tmp_path, change, words) -> None:
    done_at_once(page, ["jargon"], 2)
    _, data = saved(page)
    file = tmp_path / "x.json"
    file.write_text(json.dumps(json.loads(data) | change), encoding="utf-8")
    page.locator("#open-settings").click()
    page.locator("#load").set_input_files(file)
    expect(page.locator("#load-found")).to_contain_text(words)
    assert page.locator("#progress").get_attribute("value") == "2"


def test_two_tabs_of_one_pack_lose_nothing_of_each_other(page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#segment-state:not(:empty)").wait_for()
    done_at_once(page, ["jargon"], 3)
    expect(other.locator("#progress-words")).to_contain_text("3 of 50 done.")
    other.locator("#next-open").click()
    at(other, 3)
    done_at_once(other, ["trust"])
    expect(page.locator("#progress-words")).to_contain_text("4 of 50 done.")
    assert [each.codes for each in returned(page).judgements] == [*[("jargon",)] * 3, ("trust",)]


@pytest.mark.parametrize("how", ["blocked", "full"])
def test_without_a_place_to_keep_work_the_page_says_so(open_page, folder, how) -> None:
    opened = open_page(folder / "coding.html")
    page = opened.page
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
        if how == "blocked"
        else "Storage.prototype.setItem = () => { throw new DOMException('full') }"
    )
    page.reload()
    page.locator("#segment-state:not(:empty)").wait_for()
    expect(page.locator("#notice")).to_contain_text("This browser does not keep your work")
    page.locator("#code-jargon").check()
    page.locator("#done").click()
    page.evaluate("location.href = 'about:blank'")
    page.wait_for_timeout(300)
    assert opened.dialogs == [""]  # Browsers say it in words of their own.
    assert [each.codes for each in returned(page).judgements] == [("jargon",)]
    page.evaluate("location.href = 'about:blank'")
    page.wait_for_url("about:blank")
    assert opened.dialogs == [""]


def test_work_can_be_removed_from_the_browser(page) -> None:
    done_at_once(page, ["jargon"], 3)
    page.locator("#open-settings").click()
    page.locator("#forget").click()
    expect(page.locator("#forget-words")).to_contain_text("You have done 3 segments.")
    page.get_by_role("button", name="Keep it").click()
    assert page.locator("#progress").get_attribute("value") == "3"
    page.locator("#forget").click()
    page.get_by_role("button", name="Remove it").click()
    at(page, 0)
    expect(page.locator("#progress-words")).to_have_text("0 of 50 done.")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page = again(page)
    assert page.locator("#progress").get_attribute("value") == "0"


def test_damage_in_the_browser_s_store_does_not_stop_the_page(page) -> None:
    done_at_once(page, ["jargon"], 2)
    page.evaluate(
        """() => {
          localStorage['commonthread:p0123456789ab:s000-00001'] = '{"decided": [{"codes": ["x"]}';
          localStorage['commonthread:p0123456789ab:s000-00002'] = '{"decided": [{"codes": ["x"]}]}';
          localStorage['commonthread:p0123456789ab'] = '{"version":1,"place":7,"lately":{},"copy":1}';
        }"""
    )
    page = again(page)
    expect(page.locator("#notice")).to_contain_text("kept of 2 segments is damaged")
    assert page.locator("#progress").get_attribute("value") == "1"


def test_a_whole_transcript_is_read_down_and_coded_on_the_way(page) -> None:
    page.locator("#mode-whole").click()
    picks = page.locator(".pick")
    first = sum(turn.source == 0 for turn in BLIND.turns)
    expect(page.locator(".turn")).to_have_count(first)
    picks.nth(4).click()
    at(page, 4)
    expect(page.locator("#coding-title")).to_be_focused()
    assert page.locator("[aria-current]").text_content() == BLIND.words(BLIND.segments[4])
    page.locator("#code-jargon").check()
    page.locator("#done").click()
    expect(page.locator(".segment[aria-current]")).to_be_focused()
    at(page, 5)
    expect(picks.nth(4)).to_have_text("Segment 5 done: Jargon and plain language")
    for _ in range(12):
        page.locator("#next").click()
    at(page, 17)  # The first of the next transcript.
    assert BLIND.words(BLIND.segments[17]) == page.locator("[aria-current]").text_content()
    page = again(page)
    expect(page.locator("#mode-whole")).to_have_attribute("aria-pressed", "true")


def test_on_a_narrow_page_the_choices_stand_under_the_words(open_page, folder) -> None:
    page = ready(open_page(folder / "coding.html", width=390, height=800))
    page.locator("#mode-whole").click()
    page.locator(".pick").nth(3).click()
    turn = page.locator(".turn", has=page.locator("#coding"))
    assert BLIND.words(BLIND.segments[3]) in (turn.text_content() or "")
    page.locator("#mode-one").click()
    assert page.locator("#working > #coding").count() == 1


def test_the_list_finds_segments_and_leads_to_them(page) -> None:
    done_at_once(page, ["jargon"], 2)
    page.locator("#comment").fill("Zebra crossing")
    page.locator("#open-list").click()
    rows = page.locator("#by-source tbody tr")
    assert rows.nth(0).locator("td").all_text_contents() == ["2", "17"]
    found = page.locator("#list-found")
    expect(found).to_have_text("50 segments of 50.")
    for kind, count in (("open", 48), ("begun", 1), ("done", 2), ("said", 1), ("unsure", 0)):
        page.locator("#list-state").select_option(kind)
        expect(found).to_have_text(f"{count or 'No'} segment{'' if count == 1 else 's'} of 50.")
    page.locator("#list-state").select_option("")
    page.locator("#list-words").fill("zebra")
    expect(found).to_have_text("1 segment of 50.")
    wanted = [n for n, each in enumerate(BLIND.segments) if "kettle" in BLIND.words(each)]
    page.locator("#list-words").fill("KETT")
    expect(found).to_have_text(f"{len(wanted)} segments of 50.")
    page.locator("#list-segments button").nth(1).click()
    at(page, wanted[1])
    expect(page.locator("#segment-title")).to_be_focused()


def test_codes_are_found_by_typing_and_explained_beside_them(page) -> None:
    box = page.locator("#filter")
    box.fill("jar")
    expect(page.locator("#filter-found")).to_contain_text("Enter ticks Jargon and plain language.")
    box.fill("qqq")
    expect(page.locator("#filter-found")).to_have_text("No code is found.")
    box.press("Enter")
    assert page.locator("#codes input:checked").count() == 0
    box.press("Escape")
    more = page.locator("[data-code=jargon] > .row .more")
    more.click()
    jargon = BLIND.codebook.code("jargon")
    about = page.locator("#about-jargon")
    for words in (jargon.definition, jargon.use_when, jargon.not_when, jargon.near_miss):
        expect(about).to_contain_text(words)
    for example in jargon.examples:
        expect(about).to_contain_text(example)
    assert more.get_attribute("aria-expanded") == "true"
    page.locator("#open-codebook").click()
    expect(page.locator("#codebook-words")).to_be_focused()
    page.keyboard.type("acronym")
    expect(page.locator("#codebook-found")).to_contain_text("of 45 codes found.")
    shown = page.locator("#codebook [data-entry]:visible")
    assert 0 < shown.count() < 10
    assert page.locator("#codebook [data-entry=jargon]").is_visible()


def test_a_chosen_code_can_be_taken_off_and_used_again(page) -> None:
    page.locator("#code-jargon").check()
    page.locator("#code-trust").check()
    chosen = page.locator("#chosen button")
    expect(chosen).to_have_count(2)
    chosen.nth(0).press("Enter")
    expect(chosen).to_have_count(1)
    expect(chosen.nth(0)).to_be_focused()
    chosen.nth(0).press("Enter")
    expect(page.locator("#filter")).to_be_focused()
    lately = page.locator("#recent-codes button")
    assert lately.all_text_contents() == [
        "Trust and getting to know each other",
        "Jargon and plain language",
    ]
    lately.nth(1).click()
    assert page.locator("#code-jargon").is_checked()
    assert lately.nth(1).get_attribute("aria-pressed") == "true"


STATES = {
    "start": lambda page: None,
    "ticked": lambda page: (
        page.locator("#code-jargon").check(),
        page.locator("[data-code=jargon] .more").click(),
        page.locator("#done").click(),
        page.locator("#done").click(),
    ),
    "filtered": lambda page: page.locator("#filter").fill("pay"),
    "codebook": lambda page: page.locator("#open-codebook").click(),
    "list": lambda page: page.locator("#open-list").click(),
    "settings": lambda page: page.locator("#open-settings").click(),
    "forget": lambda page: (
        page.locator("#open-settings").click(),
        page.locator("#forget").click(),
    ),
    "whole": lambda page: page.locator("#mode-whole").click(),
    "end": lambda page: done_at_once(page, ["jargon"], 50),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(open_page, folder, state) -> None:
    opened = open_page(folder / "helped.html")
    if state != "start":
        ready(opened)
    opened.page.locator("#segment-state:not(:empty)").wait_for()
    STATES[state](opened.page)

    assert opened.violations() == []
    assert opened.messages == []


@pytest.mark.parametrize("state", ["ticked", "whole", "list", "codebook"])
def test_axe_finds_nothing_in_the_dark_at_400_percent_and_nothing_sticks_out(
    open_page, folder, state
) -> None:
    opened = open_page(folder / "helped.html", width=320, height=256, color_scheme="dark")
    ready(opened)
    opened.page.locator("#open-settings").click()
    opened.page.locator("label[for=size-200]").click()
    opened.page.keyboard.press("Escape")
    STATES[state](opened.page)

    assert opened.violations() == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 320


def test_large_words_stay_large_and_put_everything_in_one_column(page) -> None:
    columns = "getComputedStyle(document.getElementById('working')).display"
    assert page.evaluate(columns) == "grid"
    page.locator("#open-settings").click()
    page.locator("label[for=size-200]").click()
    page.keyboard.press("Escape")
    page = again(page)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate(columns) == "block"


def test_targets_are_large_enough_and_what_is_chosen_shows_without_colours(
    open_page, folder
) -> None:
    page = ready(open_page(folder / "helped.html", width=390, height=844, forced_colors="active"))
    page.locator("#mode-whole").click()
    small = page.evaluate(
        """[...document.querySelectorAll('button, summary, input, select, textarea')]
          .filter((each) => each.getClientRects().length)
          .filter((each) => { const box = each.getBoundingClientRect();
            const label = each.labels?.[0]?.getBoundingClientRect();
            return Math.max(box.height, label?.height ?? 0) < 24 || box.width < 20; })
          .map((each) => each.outerHTML)"""
    )
    assert small == []
    assert page.evaluate(
        "getComputedStyle(document.getElementById('mode-whole'), '::before').content"
    ).startswith('"✓')


def test_the_page_asks_for_nothing_and_runs_nothing_else(open_page, folder) -> None:
    opened = open_page(folder / "coding.html")
    page = ready(opened)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == parts["connect-src"] == "'none'"
    assert parts["base-uri"] == parts["form-action"] == "'none'"
    for kind in ("script-src", "style-src"):
        assert all(each.startswith("'sha256-") for each in parts[kind].split(" "))
    assert "style-src-attr" not in parts
    done_at_once(page, ["jargon"], 2)
    saved(page)
    assert [url for url in opened.requests if not url.startswith("blob:")] == [opened.address]
    assert opened.messages == []
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.text = 'window.__pwned = 1';
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.__pwned") is None


def test_hostile_words_arrive_as_text_and_come_back_as_they_were(open_page, tmp_path) -> None:
    book = report_fixture.codebook(PAYLOADS)
    codes = tuple(
        replace(code, plain=words, definition=words, use_when=words, examples=(words, words))
        for code, words in zip(book.codes, (*PAYLOADS, *PAYLOADS), strict=False)
    )
    hostile = pack(
        segments=len(PAYLOADS),
        sources=1,
        said=PAYLOADS,
        names=PAYLOADS,
        book=replace(book, title=PAYLOADS[1], codes=codes),
        start="dictionary",
    )
    write_coding_page(hostile, tmp_path / "coding.html")
    opened = open_page(tmp_path / "coding.html")
    page = ready(opened)
    total = len(PAYLOADS)
    text = ""
    for number, payload in enumerate(PAYLOADS):
        at(page, number, total)
        text += page.locator("body").inner_text()
        page.locator("#comment").fill(payload)
        page.locator("#new-code").fill(payload)
        page.locator("#unsure").check()
        page.locator("#done").click()
    page.locator("#end-list").click()
    text += page.locator("#list").inner_text()
    page.keyboard.press("Escape")
    page.locator("#open-codebook").click()
    text += page.locator("#codebook").inner_text()
    page.keyboard.press("Escape")
    page.locator("#open-list").click()
    page.locator("#list-segments button").first.click()
    page.locator("#mode-whole").click()
    text += page.locator("body").inner_text()
    plain = " ".join(text.split())
    for payload in PAYLOADS:
        shown = payload.replace("\u202e", "[U+202E]")
        assert " ".join(shown.split()) in plain, payload
    assert "\u202e" not in text.replace(PAYLOADS[15], "")
    assert page.evaluate("window.__pwned") is None
    assert page.locator("img, iframe, base, svg").count() == 0
    assert opened.dialogs == []
    assert opened.messages == []
    assert [url for url in opened.requests if not url.startswith("blob:")] == [opened.address]
    read = returned(page)
    assert read.study == PAYLOADS[0]
    for judgement, payload in zip(read.judgements, PAYLOADS, strict=True):
        assert (judgement.words, judgement.comment) == (payload, payload)
        assert judgement.new_code == payload.replace("\n", " ")


def test_characters_that_no_file_can_hold_are_replaced(page) -> None:
    page.locator("#unsure").check()
    page.evaluate(
        """() => {
          const comment = document.getElementById('comment');
          comment.value = 'a\\ud800b\\u000bc\\u0000d \\u{1f994}';
          comment.dispatchEvent(new Event('input', { bubbles: true }));
          document.getElementById('done').click();
        }"""
    )
    (judgement,) = returned(page).judgements
    assert judgement.comment == "a\ufffdb c d \U0001f994"


def test_words_outside_the_basic_plane_are_cut_where_they_should_be(open_page, tmp_path) -> None:
    wide = pack(segments=6, sources=1, said=["🦔 one 🦔", "🦔🦔 two", "three 🦔"])
    write_coding_page(wide, tmp_path / "coding.html")
    page = ready(open_page(tmp_path / "coding.html"))
    done_at_once(page, ["jargon"], 6)
    read = returned(page)
    assert [each.words for each in read.judgements] == [wide.words(each) for each in wide.segments]


def test_a_long_transcript_is_there_in_full_and_nothing_moves_meanwhile(
    open_page, tmp_path
) -> None:
    long = pack(segments=600, sources=1)
    write_coding_page(long, tmp_path / "coding.html")
    page = ready(open_page(tmp_path / "coding.html"))
    page.locator("#open-list").click()
    page.locator("#list-words").fill('"note 400"')
    expect(page.locator("#list-found")).to_have_text("1 segment of 600.")
    page.locator("#list-segments button").first.click()
    at(page, 399, 600)
    tops = page.evaluate(
        """async () => {
          document.getElementById('mode-whole').click();
          const top = () => document.querySelector('[aria-current]').getBoundingClientRect().top;
          const tops = [top()];
          for (let time = 0; time < 40; time += 1) {
            await new Promise((done) => { setTimeout(done, 10); });
            tops.push(top());
          }
          return tops;
        }"""
    )
    expect(page.locator(".turn")).to_have_count(len(long.turns))
    assert max(tops) - min(tops) < 2
    assert [
        int(number)
        for number in page.locator(".turn").evaluate_all("all => all.map((e) => e.dataset.turn)")
    ] == list(range(len(long.turns)))


@pytest.mark.parametrize("mode", ["one", "whole"])
def test_the_segment_is_in_sight_however_much_was_said_around_it(open_page, tmp_path, mode) -> None:
    long = [" ".join(f"word{n}-{word}" for word in range(70)) for n in range(12)]
    talk = pack(segments=12, sources=1, said=long)
    write_coding_page(talk, tmp_path / "coding.html")
    page = ready(open_page(tmp_path / "coding.html"))
    page.locator(f"#mode-{mode}").click()
    for number in range(1, 9):
        page.locator("#next").click()
        at(page, number, 12)
        top, bottom, bar = page.evaluate(
            """() => {
              const words = document.querySelector('.card, [aria-current]').getBoundingClientRect();
              return [words.top, words.bottom, document.getElementById('bar').offsetTop
                - window.scrollY];
            }"""
        )
        assert 0 <= top < bottom <= bar
    if mode == "one":
        around = page.locator(".around", has=page.locator("h3", has_text="Earlier in the same"))
        assert len(around.locator(".said").text_content() or "") < 300
        around.get_by_role("button", name="Show all of it").click()
        expect(around.locator(".said")).to_be_focused()
        expect(around.locator(".said")).to_have_text(talk.words(talk.segments[7]))


def test_without_scripts_the_page_says_what_it_needs(open_page, folder) -> None:
    page = open_page(folder / "coding.html", java_script_enabled=False).page
    expect(page.locator(".without-js")).to_be_visible()
    expect(page.locator("#how")).to_be_hidden()
    assert page.locator("button >> visible=true").count() == 0


def test_a_page_that_was_encoded_anew_says_so(open_page, folder, tmp_path) -> None:
    data = (folder / "coding.html").read_bytes()
    copy = tmp_path / "copy.html"
    copy.write_bytes(data.replace(b"windows-1252", b"utf-8", 1))
    page = open_page(copy).page
    expect(page.locator("#notice")).to_contain_text("cannot be read from this copy of the page")


def test_a_browser_that_is_too_old_for_the_scripts_is_told_so(open_page, folder, tmp_path) -> None:
    data = (folder / "coding.html").read_bytes()
    broken = tmp_path / "broken.html"
    # The scripts do not have their hash any more, so they do not run, as if they were not understood.
    broken.write_bytes(data.replace(b"const openPack", b"const  openPack", 1))
    page = open_page(broken).page
    slow = page.locator("#slow")
    expect(slow).to_be_hidden()
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    expect(slow).to_be_visible()
