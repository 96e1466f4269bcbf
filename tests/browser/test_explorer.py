"""From a number to the words: the search for segments in a real browser, by mouse and keyboard."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode

import pytest
from opened import PAYLOADS
from playwright.sync_api import Page, expect

import report_fixture
from commonthread.report import ReportInputs, write_report
from report_reading import page_text

pytestmark = pytest.mark.browser

SIGNS = "Renée’s naïve “café” 🦔 東京の会議 שלום עולם \u202eturned &amp; <b>bold</b>"
FILTERS: list[dict[str, str]] = [
    {},
    {"theme": "power"},
    {"theme": "none"},
    {"code": "funders"},
    {"code": "power_visible"},
    {"code": "funders", "and": "agenda"},
    {"aspect": "challenge"},
    {"code": "funders", "aspect": "challenge"},
    {"workshop": "w001"},
    {"role": "researcher"},
    {"person": "Researcher 1"},
    {"kind": "notes"},
    {"kind": "talk"},
    {"coder": "person"},
    {"coder": "dictionary", "code": "funders"},
    {"file": "s002"},
    {"segment": "s001-00003"},
    {"words": "kettle"},
    {"words": "KETT budget"},
    {"words": '"the kettle"'},
    {"words": "nowhere"},
    {"words": "cafe renee's"},
    {"words": "会議"},
    {"theme": "power", "role": "researcher", "workshop": "w001", "kind": "talk", "words": "so"},
]


def make() -> ReportInputs:
    study = report_fixture.inputs(workshops=4, turns=40, said=[SIGNS, SIGNS], consent="verbatim")
    codings = study.codings.copy()
    codings.loc[0::7, ["coder_kind", "coder_id", "evidence"]] = ["person", "Coder 2", "[]"]
    codings.loc[1::7, ["coder_kind", "coder_id", "evidence"]] = ["classifier", "classifier", ""]
    codings.loc[1::7, "confidence"] = 0.83
    segments = study.segments.copy()
    segments.loc[0, "end"] = segments.loc[0, "start"] + 10
    return replace(study, codings=codings, segments=segments)


@pytest.fixture(scope="module")
def study() -> ReportInputs:
    return make()


@pytest.fixture(scope="module")
def path(study: ReportInputs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "report.html"
    write_report(replace(study, quotes=study.quotes[study.quotes["rank"] <= 2]), path)
    return path


def joined(study: ReportInputs):
    """Give each segment with its words, role and person, counted independently of the report."""
    turns = study.turns.set_index(["source_id", "turn"])
    roles = dict(zip(study.participants["participant_id"], study.participants["role"], strict=True))
    rows = []
    for row in study.segments.itertuples():
        turn = turns.loc[(row.source_id, row.turn)]
        who = row.participant_id if row.kind == "talk" else None
        said = turn["text"][row.start - turn["start"] : row.end - turn["start"]]
        rows.append((row.segment_id, row.workshop_id, roles.get(who), who, row.kind, said, row))
    return rows


def found(study: ReportInputs, filters: dict[str, str]) -> tuple[list, list]:
    """Give the segments with these filters, and the group that they are a share of."""
    book = study.codebook
    group = [
        each
        for each in joined(study)
        if filters.get("workshop", each[1]) == each[1]
        and filters.get("role", each[2]) == each[2]
        and filters.get("person", each[3]) == each[3]
        and filters.get("kind", each[4]) == each[4]
        and filters.get("file", each[6].source_id) == each[6].source_id
    ]
    kind = filters.get("coder")
    codings = study.codings if kind is None else study.codings[study.codings["coder_kind"] == kind]

    def having(codes: set[str]) -> set[str]:
        return set(codings[codings["code_id"].isin(codes)]["segment_id"])

    rest = group
    about = {code.id for code in book.codes if code.dimension != "aspect"}
    named = [
        filters[name] for name in ("theme", "code", "and", "aspect") if filters.get(name) in about
    ]
    named += [filters["aspect"]] if "aspect" in filters else []
    for code_id in named:
        below = {code_id, *(code.id for code in book.descendants(code_id))}
        rest = [each for each in rest if each[0] in having(below)]
    if kind and not named:
        rest = [each for each in rest if each[0] in set(codings["segment_id"])]
    if filters.get("theme") == "none":
        rest = [each for each in rest if each[0] not in having(about)]
    rest = [each for each in rest if filters.get("segment", each[0]) == each[0]]
    plain = {"é": "e", "ï": "i", "’": "'"}
    for phrase, word in re.findall(r'"([^"]+)"|(\S+)', filters.get("words", "").lower()):
        sought = phrase or word
        start = "" if sought[0] > "\u3000" else r"(?<!\w)"
        rest = [
            each
            for each in rest
            if re.search(
                start + re.escape(sought), "".join(plain.get(c, c) for c in each[5].lower())
            )
        ]
    return rest, group


def address(filters: dict[str, str]) -> str:
    return "#segments?" + urlencode(filters, quote_via=quote) if filters else "#segments"


def go(page: Page, filters: dict[str, str]) -> str:
    page.evaluate("window.performance.clearMeasures()")
    if page.evaluate("location.hash") == address(filters):
        page.evaluate("history.replaceState(null, '', '#')")
    page.evaluate("hash => { location.hash = hash }", address(filters))
    return settled(page)


def settled(page: Page) -> str:
    for _ in range(200):
        if page.evaluate("performance.getEntriesByName('segments shown').length"):
            break
        page.wait_for_timeout(25)
    return page.locator("#segments-found").text_content() or ""


def test_counts_are_those_of_the_tables_for_each_kind_of_filter(open_page, study, path) -> None:
    page = open_page(path).page
    for filters in FILTERS:
        said = go(page, filters)
        rest, group = found(study, filters)
        people = {each[3] for each in rest} - {None}
        of_people = {each[3] for each in group} - {None}
        numbers = [int(number) for number in re.findall(r"\d+(?= |\b(?!%))", said.split("(")[0])]
        whole = len(rest) == len(group) and len(rest)
        assert numbers == ([len(rest)] if whole else [len(rest), len(group)][not rest :]), filters
        if rest and people:
            part = said.partition("from ")[2].partition(" who spoke")[0]
            expected = (
                (["only"] if len(of_people) == 1 else [str(len(of_people))])
                if people == of_people
                else [str(len(people)), str(len(of_people))]
            )
            assert re.findall(r"\d+|only", part) == expected, filters
        shown = page.locator("#segments-list > li").evaluate_all(
            "items => items.map((item) => item.dataset.segment)"
        )
        ids = {each[0] for each in rest}
        assert len(shown) == min(25, len(rest)) and set(shown) <= ids, filters
        assert page.locator("#segments-note").text_content() == ""


def test_counts_equal_the_frequencies_that_the_charts_show(open_page, study, path) -> None:
    page = open_page(path).page
    rows = study.frequencies
    rows = rows[(rows["code_id"] == "funders") & rows["group"].isin(["all", "workshop", "role"])]
    assert len(rows) > 6
    for row in rows.itertuples():
        filters = {"code": "funders"}
        filters |= {"workshop": row.workshop_id} if row.group == "workshop" else {}
        filters |= {"role": row.role} if row.group == "role" else {}
        said = go(page, filters)
        if row.segments:
            assert said.startswith(f"{row.segments} of {row.of_segments} segments (")
        else:
            assert said == f"None of {row.of_segments} segments."


def test_a_view_can_be_sent_on_and_back_goes_back(open_page, study, path) -> None:
    page = open_page(path).page
    page.evaluate("window.scrollTo(0, 0)")
    said = go(page, FILTERS[-1])
    form = page.locator("#segments-form")
    assert form.locator("[name=role]").input_value() == "researcher"
    assert form.locator("[name=words]").input_value() == "so"
    assert page.evaluate("document.activeElement.id") == "segments-result"
    chosen = page.locator("#segments-base").text_content() or ""
    assert "role “researcher”" in chosen and "words “so”" in chosen
    assert chosen.endswith(
        "with this workshop “Lantern day 2”, role “researcher”, talk or notes “Talk”."
    )
    page.locator("#segments-form [name=role]").select_option("")
    expect(page.locator("#segments-found")).not_to_have_text(said)
    asked = parse_qs(page.evaluate("location.hash").partition("?")[2])
    assert asked == {name: [value] for name, value in FILTERS[-1].items() if name != "role"}
    page.go_back()
    expect(page.locator("#segments-found")).to_have_text(said)
    assert form.locator("[name=role]").input_value() == "researcher"

    page.locator("#segments-change").press("Enter")
    assert page.evaluate("document.activeElement.name") == "words"
    page.locator("#segments-copy").press("Enter")
    sent = page.locator("#segments-address").input_value()
    expect(page.locator("#status")).not_to_be_empty()
    other = open_page(path).page
    other.goto(sent)
    other.reload()
    expect(other.locator("#segments-found")).to_have_text(said)


def test_words_typed_in_one_go_are_one_step_back(open_page, path) -> None:
    page = open_page(path).page
    go(page, {"theme": "power"})
    before = page.evaluate("history.length")
    words = page.locator("#segments-form [name=words]")
    words.press_sequentially("kettle", delay=60)
    page.wait_for_timeout(350)
    words.press_sequentially(" so", delay=60)
    page.wait_for_timeout(350)

    assert "words=kettle+so" in page.evaluate("location.hash")
    assert page.evaluate("history.length") == before + 1


def test_keyboard_alone_chooses_reads_on_and_opens(open_page, study, path) -> None:
    page = open_page(path).page
    page.locator("a[href='#segments']").focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("#segments-found")).to_contain_text("All 160 segments")
    assert page.evaluate("document.activeElement.id") == "segments"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.type("the")
    page.keyboard.press("Enter")
    rest, _ = found(study, {"words": "the"})
    expect(page.locator("#segments-found")).to_contain_text(f"{len(rest)} of 160 segments")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "theme"
    page.keyboard.press("P")
    rest, _ = found(study, {"words": "the", "theme": "power"})
    expect(page.locator("#segments-found")).to_contain_text(f"{len(rest)} of 160 segments")
    page.keyboard.press("Shift+Tab")

    go(page, {})
    page.locator("#segments-more").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#segments-list > li")).to_have_count(50)
    expect(page.locator("#status")).to_have_text("Showing 50 of 160 segments.")
    assert page.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('#segments-list > li')[25]"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    opened = page.locator("#segments-list > li:nth-child(26)")
    expect(opened.locator("h5")).to_contain_text(
        ["Just before", "Just after", "Its codes, and why", "Where it stands"]
    )


def test_a_table_s_number_leads_to_its_segments_by_keyboard(open_page, study, path) -> None:
    page = open_page(path).page
    page.locator("details:has(> div #chart-themes-roles-table) > summary").press("Enter")
    link = page.locator("#chart-themes-roles-table tbody tr:nth-child(2) td a").nth(1)
    shown = (link.text_content() or "").partition(" (")[0]
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#segments-found")).to_contain_text(f"{shown} segments")
    assert "theme=power&role=" in page.evaluate("location.hash")


def test_every_mark_of_every_chart_leads_to_as_many_segments_as_it_says(
    open_page,
    path,
) -> None:
    page = open_page(path).page
    charts = page.locator(".canvas.leads")
    assert charts.count() >= 8
    # Where the first mark of each chart lies in it, before plotly.js draws over them.
    marks = charts.evaluate_all(
        """all => all.map((canvas) => {
          const whole = canvas.getBoundingClientRect();
          const mark = canvas.querySelector(".still .mark").getBoundingClientRect();
          return [canvas.id, mark.left - whole.left + 2, mark.top + mark.height / 2 - whole.top];
        })"""
    )
    for id, across, down in marks:
        canvas = page.locator(f"#{id}")
        canvas.evaluate("(it) => it.scrollIntoView({ behavior: 'instant' })")
        page.evaluate("history.replaceState(null, '', '#')")
        page.evaluate("performance.clearMeasures()")
        box = canvas.bounding_box()
        page.mouse.click(box["x"] + across, box["y"] + down)
        said = settled(page)
        words = canvas.locator(".still title").first.text_content() or ""
        numbers = re.findall(r"\d+(?=(?: from| of \d+))", words) or re.findall(r"\d+$", words)
        assert page.evaluate("location.hash").startswith("#segments?"), id
        if numbers and "per cent" not in words:
            assert said.startswith((f"{numbers[0]} of ", f"All {numbers[0]} ")), (id, words, said)


@pytest.mark.parametrize("key", ["Home", "End"])
@pytest.mark.parametrize("chart", ["chart-themes", "chart-themes-roles"])
def test_marks_that_are_gone_through_lead_to_their_segments(
    open_page, path, chart: str, key: str
) -> None:
    page = open_page(path).page
    page.locator(f"[data-step={chart}]").press("Enter")
    page.locator(f"#{chart}.taken").wait_for()
    page.keyboard.press(key)
    words = page.locator(".steps .at").text_content() or ""
    link = page.get_by_role("link", name="Read its segments")
    expect(link).to_be_visible()
    link.press("Enter")
    said = settled(page)

    assert page.evaluate("document.activeElement.id") == "segments-result"
    number = re.search(r"(\d+)(?= from| of \d+ segments)", words)
    assert number and said.startswith((f"{number[0]} of ", f"All {number[0]} ")), (words, said)


def test_axe_finds_nothing_with_a_filter_and_a_segment_open(open_page, path) -> None:
    opened = open_page(path)
    page = opened.page
    go(page, {"code": "funders", "words": "the"})
    page.locator("#segments-form [name=code]").focus()
    assert opened.violations() == []
    page.locator("#segments-list summary").first.click()
    page.locator("#segments-copy").click()
    page.evaluate("location.hash = '#segments?segment=s000-00001&code=nothing'")
    page.locator("#segments-list h5").first.wait_for()
    assert opened.violations() == []


def test_a_point_that_people_wrote_leads_to_all_its_segments(open_page, study, tmp_path) -> None:
    report = report_fixture.written(study)
    write_report(report, tmp_path / "report.html")
    page = open_page(tmp_path / "report.html").page
    first = report.summary_cells[report.summary_cells["row"] == 1].head(2)
    behind = set(" ".join(first["segments"]).split())
    assert len(behind) > 1
    page.locator("#summary-involvement tbody th a").first.click()
    assert settled(page).startswith(f"{len(behind)} of ")
    assert "Chosen by a list of segments." in page.locator("#segments-base").text_content()
    shown = page.locator("#segments-list > li")
    assert {each.get_attribute("data-segment") for each in shown.all()} == behind
    assert page.locator("#segments-list details[open]").count() == 0
    go(page, {"segment": f"{min(behind)} nowhere"})
    assert shown.count() == 1
    assert "segment “nowhere”" in page.locator("#segments-note").text_content()


def test_axe_finds_nothing_with_a_segment_open_on_a_phone_in_the_dark(open_page, path) -> None:
    opened = open_page(path, width=320, height=640, color_scheme="dark")
    go(opened.page, {"segment": "s000-00001"})
    assert opened.violations() == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 320
    small = opened.page.evaluate(
        """[...document.querySelectorAll('.explorer :is(a, button, summary, select, input)')]
          .filter((each) => each.getClientRects().length)
          .filter((each) => { const box = each.getBoundingClientRect();
            return box.height < 24 || box.width < 24; }).map((each) => each.outerHTML)"""
    )
    assert small == []


def test_a_segment_says_where_it_stands_and_why_it_has_its_codes(open_page, study, path) -> None:
    page = open_page(path).page
    item = page.locator("#segments-list > li")
    for kind, said in (
        ("person", "Given by Coder 2."),
        ("classifier", "The classifier gave it, 83% sure."),
    ):
        go(page, {"coder": kind})
        item.first.locator("summary").click()
        expect(item.first.locator("details")).to_contain_text(said)
    coding = study.codings[study.codings["coder_kind"] == "dictionary"].iloc[-1]
    go(page, {"segment": coding["segment_id"]})
    term = re.search(r'"term": "(\w+)', coding["evidence"])[1]
    expect(item.locator("details")).to_contain_text(f"The dictionary found “{term}")
    go(page, {"segment": "s000-00000"})
    expect(item.locator("details")).to_contain_text("In the same turn")
    expect(item.locator("details")).to_contain_text("agreed to be quoted, without their role")
    assert item.locator("details strong").first.text_content() == "It was Ren"


def test_every_sign_is_shown_as_it_is(open_page, path) -> None:
    page = open_page(path).page
    wanted = f"It was {SIGNS} that lantern people said.".replace("\u202e", "[U+202E]")
    go(page, {"words": "naive"})
    assert page.locator("#segments-list blockquote").first.text_content() == wanted
    assert "naïve" in page.locator("#segments-list mark").all_text_contents()
    assert page.evaluate("document.characterSet") == "windows-1252"
    assert "Share of people and share of words" in page_text(path)


def test_hostile_words_are_text_in_segments_filters_and_addresses(open_page, tmp_path) -> None:
    path = tmp_path / "report.html"
    count = len(PAYLOADS)
    study = report_fixture.inputs(
        said=PAYLOADS, names=PAYLOADS, codes=PAYLOADS, people=count, workshops=count
    )
    write_report(study, path)
    opened = open_page(path)
    page = opened.page
    for payload in PAYLOADS:
        go(page, {"words": payload, "code": payload, payload: payload, "person": payload})
    go(page, {"workshop": "w000"})
    for fold in page.locator("#segments-list summary").all():
        fold.click()
    text = page.locator("#segments-list").text_content() or ""
    for payload in PAYLOADS:
        assert payload.replace("\u202e", "[U+202E]") in text
    go(page, {"words": "<img src=x onerror=window.__pwned=1>", "__proto__": "1"})
    assert "__proto__" in (page.locator("#segments-note").text_content() or "")
    page.evaluate("location.hash = '#segments?%E0%A4%A&words=%'")
    page.wait_for_timeout(200)
    assert page.evaluate("window.__pwned") is None
    assert page.locator("#segments-list :is(img, script, svg, iframe, style, base)").count() == 0
    assert opened.dialogs == []
    assert opened.messages == []
    assert [url for url in opened.requests if not url.startswith(("blob:", "file:"))] == []


def test_without_scripts_the_section_points_to_the_file(open_page, path) -> None:
    page = open_page(path, java_script_enabled=False).page
    section = page.locator("section.explorer")
    assert section.locator("form >> visible=true").count() == 0
    assert section.get_by_role("link", name="segments.csv").get_attribute("href") == (
        "data/segments.csv"
    )
    assert page.locator("a[href^='#segments?']").count() == 0


def test_a_saved_copy_still_works(open_page, path, tmp_path) -> None:
    page = open_page(path).page
    said = go(page, {"theme": "power"})
    html = page.evaluate("'<!doctype html>' + document.documentElement.outerHTML")
    # As browsers save what they show: in the page's encoding, other signs as references.
    every = {bytes([value]).decode("cp1252", "replace"): value for value in range(256)}
    every |= {chr(value): value for value in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    saved = tmp_path / "saved.html"
    saved.write_bytes(
        b"".join(
            bytes([every[sign]]) if sign in every else f"&#{ord(sign)};".encode() for sign in html
        )
    )
    copy = open_page(saved).page
    assert go(copy, {"theme": "power"}) == said
    assert copy.locator("#segments-list > li").count() == 25


def test_a_copy_in_another_encoding_says_what_is_lost(browser, path) -> None:
    page = browser.new_page()
    page.route(
        "http://report.invalid/",
        lambda route: route.fulfill(
            body=path.read_bytes(), headers={"content-type": "text/html; charset=utf-8"}
        ),
    )
    page.goto("http://report.invalid/#segments?theme=power")
    expect(page.locator("#segments-found")).to_contain_text("data/segments.csv")
    assert "Share of people and share of words" in page.locator("body").inner_text()
    page.close()
