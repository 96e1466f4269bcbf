"""The page on which a team settles what coders saw differently, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from desk import at, done_at_once, ready, returned, saved
from opened import PAYLOADS, Opened
from playwright.sync_api import Page, expect

import report_fixture
from commonthread.packs.pack import Opinion, Pack
from commonthread.returned.page_file import read_page_file
from commonthread.review import write_coding_page
from pack_fixture import pack

pytestmark = pytest.mark.browser

PACK = pack(settling=True, segments=12, pack_id="settling")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("settling") / "adjudication.html"
    write_coding_page(PACK, path)
    return path


@pytest.fixture
def page(open_page: Callable[..., Opened], path: Path) -> Page:
    return ready(open_page(path))


def agreed(pack: Pack, number: int) -> set[str]:
    opinions = pack.segments[number].opinions
    return set.intersection(*(set(opinion.codes) for opinion in opinions))


def name_people(page: Page) -> None:
    page.locator("#coder-0").check()
    page.locator("#coder-2").check()
    page.locator("#people-add").click()
    page.locator("#people-others input").nth(0).fill("Dill")
    page.locator("#people-others input").nth(1).fill("Facilitator")
    page.get_by_role("button", name="These take part").click()


PEOPLE = (("Ash", "Researcher"), ("Clover", "Public contributor"), ("Dill", "Facilitator"))


def test_a_team_decides_leaves_open_and_asks_for_a_change(page) -> None:
    meant: list[tuple[str, tuple[str, ...], bool, str]] = []
    for number in range(12):
        at(page, number, 12)
        ticked = page.locator("#codes input:checked").evaluate_all(
            "boxes => boxes.map((box) => box.value)"
        )
        assert set(ticked) == agreed(PACK, number)
        if number % 4 == 1:
            page.locator("label[for=outcome-open]").click()
            meant.append(("open", (), False, ""))
        elif number % 4 == 2:
            page.locator("label[for=outcome-codebook]").click()
            page.locator("#comment").fill(f"Split it in two, {number}.")
            meant.append(("codebook", (), False, f"Split it in two, {number}."))
        elif number % 4 == 3:
            page.locator("label[for=no-code]").click()
            aspects = tuple(code for code in ticked if code == "challenge")
            meant.append(("decided", aspects, True, ""))
        else:
            page.locator("label[for=code-jargon]").click()
            book = [code.id for code in PACK.codebook.codes]
            codes = tuple(sorted({*ticked, "jargon"}, key=book.index))
            meant.append(("decided", codes, False, ""))
        page.locator("#done").click()
        if number == 0:
            expect(page.locator("#people-title")).to_be_focused()
            name_people(page)
    expect(page.locator("#end-words")).to_contain_text("All 12 segments are done. 6 of them")
    name, data = saved(page, "#end-save")
    read = read_page_file(data, name)

    assert name == "codings-the-lantern-study-decided.json"
    assert read.problems == ()
    assert (read.purpose, read.coder, read.role) == ("adjudication", "", "")
    assert read.took_part == PEOPLE
    assert read.untouched == 0
    assert [
        (each.outcome, each.codes, each.no_code, each.comment) for each in read.judgements
    ] == meant
    assert [each.segment_id for each in read.judgements] == [
        segment.segment_id for segment in PACK.segments
    ]


def test_what_all_agree_on_is_ticked_but_counts_only_once_confirmed(page) -> None:
    page.locator("#next").click()
    assert agreed(PACK, 1)
    expect(page.locator("#agreed")).to_be_visible()
    assert page.locator("#codes input:checked").count() == len(agreed(PACK, 1))
    read = returned(page)
    assert (read.judgements, read.problems, read.untouched) == ((), (), 12)


def test_who_said_what_stands_beside_the_segment(page) -> None:
    for number in range(4):
        opinions = PACK.segments[number].opinions
        said = page.locator("#by-code li")
        names = {code.id: code.name for code in PACK.codebook.codes}
        for code in {code for opinion in opinions for code in opinion.codes}:
            who = [opinion.coder for opinion in opinions if code in opinion.codes]
            point = said.filter(has=page.get_by_text(names[code], exact=True))
            expect(point).to_contain_text("all 3" if len(who) == 3 else f"{len(who)} of 3")
            note = page.locator(f"#by-{code}")
            expect(note).to_have_text(", ".join(who))
        for place, opinion in enumerate(opinions):
            line = page.locator("#by-person > div").nth(place)
            expect(line).to_contain_text(f"{opinion.coder} ({opinion.role})")
            for words in (opinion.comment, opinion.new_code):
                if words:
                    expect(line).to_contain_text(f"“{words}”")
            assert ("not sure" in (line.text_content() or "")) == opinion.unsure
        differ = len({(opinion.codes, opinion.no_code) for opinion in opinions}) > 1
        expect(page.locator("#opinions-title")).to_have_text(
            f"What was said: {'they differ' if differ else 'all agree'}"
        )
        page.locator("#next").click()


def test_a_change_of_the_codebook_needs_its_reason(page) -> None:
    page.locator("#outcome-codebook").check()
    page.locator("#done").click()
    comment = page.locator("#comment")
    expect(comment).to_be_focused()
    assert comment.get_attribute("aria-invalid") == "true"
    expect(page.locator("#comment-wrong")).to_contain_text("how the codebook must change")
    page.keyboard.type("Two codes in one.")
    assert comment.get_attribute("aria-invalid") is None
    page.keyboard.press("Control+Enter")
    name_people(page)
    at(page, 1, 12)


def test_names_are_asked_for_and_can_be_changed_but_are_not_kept_in_the_browser(page) -> None:
    page.locator("#outcome-open").check()
    page.locator("#done").click()
    page.get_by_role("button", name="These take part").click()
    expect(page.locator("#people-wrong")).to_have_text("Please tick or add at least one person.")
    page.locator("#people-add").click()
    page.keyboard.type("Dill")
    page.keyboard.press("Enter")
    expect(page.locator("#people-wrong")).to_contain_text("a name and a role")
    page.get_by_role("button", name="Take out").click()
    expect(page.locator("#people-add")).to_be_focused()
    name_people(page)
    at(page, 1, 12)
    expect(page.locator("#people-words")).to_have_text(": Ash, Clover, Dill")
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    for words in ("Ash", "Clover", "Dill", "Facilitator", "Researcher"):
        assert words not in kept

    page.reload()
    page.locator("#segment-state:not(:empty)").wait_for()
    at(page, 1, 12)
    page.locator("#outcome-open").check()
    page.locator("#done").click()
    expect(page.locator("#people-again")).to_contain_text("Please write that of the other person")
    assert page.locator("#coder-0").is_checked() and not page.locator("#coder-1").is_checked()
    page.locator("#people-others input").nth(0).fill("Dill")
    page.locator("#people-others input").nth(1).fill("Facilitator")
    page.keyboard.press("Enter")
    at(page, 2, 12)
    assert returned(page).took_part == PEOPLE
    page.locator("#open-people").click()
    page.locator("#coder-1").check()
    page.get_by_role("button", name="Take out").click()
    page.get_by_role("button", name="These take part").click()
    assert returned(page).took_part == (
        ("Ash", "Researcher"),
        ("Bracken", "Researcher"),
        ("Clover", "Public contributor"),
    )


def test_a_loaded_file_brings_its_people_with_it(open_page, path, page, tmp_path) -> None:
    page.locator("#outcome-open").check()
    page.locator("#done").click()
    name_people(page)
    name, data = saved(page)
    (tmp_path / name).write_bytes(data)
    other = ready(open_page(path))
    other.locator("#open-settings").click()
    other.locator("#load").set_input_files(tmp_path / name)
    expect(other.locator("#load-found")).to_have_text("Loaded. 1 decision added.")
    other.keyboard.press("Escape")
    assert returned(other).took_part == PEOPLE
    other.locator("#open-list").click()
    other.locator("#list-state").select_option("left")
    expect(other.locator("#list-found")).to_have_text("1 segment of 12.")
    differ = sum(
        len({(each.codes, each.no_code) for each in segment.opinions}) > 1
        for segment in PACK.segments
    )
    other.locator("#list-state").select_option("differ")
    expect(other.locator("#list-found")).to_have_text(f"{differ} segments of 12.")


def test_keyboard_alone_settles_and_names_who_took_part(open_page, path) -> None:
    page = open_page(path).page
    page.locator("#segment-state:not(:empty)").wait_for()

    def tab(selector: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(selector)

    tab("#how-close")
    page.keyboard.press("Enter")
    tab("#outcome-decided")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")
    tab("#coder-1")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    at(page, 1, 12)
    expect(page.locator("#segment-title")).to_be_focused()
    tab("#filter")
    page.keyboard.type("jargon")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    at(page, 2, 12)
    first, second = returned(page).judgements
    assert first.outcome == "open"
    assert second.outcome == "decided" and "jargon" in second.codes


def name_nobody(page: Page) -> None:
    page.locator("#outcome-open").check()
    page.locator("#done").click()
    page.locator("#people-add").click()


def settle_all(page: Page) -> None:
    page.locator("#open-people").click()
    name_people(page)
    page.evaluate(
        """() => {
          for (let time = 0; time < 12; time += 1) {
            document.getElementById('outcome-open').click();
            document.getElementById('done').click();
          }
        }"""
    )


STATES = {
    "start": lambda page: None,
    "decided": lambda page: (
        page.locator("#open-people").click(),
        name_people(page),
        done_at_once(page, ["jargon"]),
        page.locator("#back").click(),
    ),
    "who takes part": name_nobody,
    "reason": lambda page: (
        page.locator("#outcome-codebook").check(),
        page.locator("#done").click(),
    ),
    "end": settle_all,
}


@pytest.mark.parametrize(
    ("state", "width", "scheme"),
    [
        *((state, 1280, "light") for state in STATES),
        *((state, 320, "dark") for state in ("decided", "who takes part")),
    ],
)
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, path, state, width, scheme) -> None:
    opened = open_page(path, width=width, color_scheme=scheme)
    page = ready(opened)
    page.locator("#next").click()
    STATES[state](page)

    assert opened.violations() == []
    assert opened.messages == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_coders_wrote_arrives_as_text(open_page, tmp_path) -> None:
    book = report_fixture.codebook(PAYLOADS)
    plain = pack(settling=True, segments=1, sources=1, names=PAYLOADS, book=book)
    opinions = tuple(
        Opinion(words, words, (code.id,), False, True, words, words)
        for words, code in zip(PAYLOADS, book.codes, strict=False)
    )
    segment = replace(plain.segments[0], opinions=opinions)
    write_coding_page(replace(plain, segments=(segment,)), tmp_path / "page.html")
    opened = open_page(tmp_path / "page.html")
    page = ready(opened)
    text = page.locator(".opinions").inner_text() + page.locator("#codes").inner_text()
    page.locator("#outcome-open").check()
    page.locator("#done").click()
    text += page.locator("#people").inner_text()
    for box in page.locator("#people-coders input").all():
        box.check()
    page.get_by_role("button", name="These take part").click()
    shown = " ".join((text + page.locator("header").inner_text()).split())

    for payload in PAYLOADS:
        words = " ".join(payload.replace("\u202e", "[U+202E]").split())
        assert shown.count(words) >= 6, payload
    assert page.evaluate("window.__pwned") is None
    assert page.locator("img, iframe, base, svg").count() == 0
    assert opened.messages == [] and opened.dialogs == []
    read = read_page_file(saved(page, "#end-save")[1], "x.json")
    assert [name for name, _ in read.took_part] == list(PAYLOADS)
