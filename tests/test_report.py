from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import report_fixture
from commonthread.report import IndexEntry, write_index, write_report
from commonthread.report.charts import Balloon, Bar, balloons, bars, escaped, lines, ticks
from commonthread.report.facts import MOST_WORKSHOPS
from commonthread.report.page import report_page, script_json
from commonthread.report.quoting import cut, read_evidence
from report_reading import page_text


@pytest.fixture(scope="module")
def study():
    return report_fixture.inputs()


@pytest.fixture(scope="module")
def page(study):
    return report_page(study)


def test_the_same_inputs_give_the_same_bytes(study, tmp_path: Path) -> None:
    write_report(study, tmp_path / "a.html")
    write_report(report_fixture.inputs(), tmp_path / "b.html")

    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_plotly_knows_every_part_of_every_figure(page) -> None:
    import plotly.graph_objects as go

    charts = page.charts()
    assert len(charts) >= 8
    assert len({chart.id for chart in charts}) == len(charts)
    for chart in charts:
        go.Figure(dict(chart.figure))  # Raises on a property or value that plotly does not have.


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and (value or "").startswith("#"):
                self.targets.add((value or "")[1:])
            elif name in ("aria-labelledby", "aria-describedby"):
                self.targets.add(value or "")


@pytest.mark.parametrize("turns", [1, 40])
def test_every_link_inside_the_page_leads_somewhere(turns: int, tmp_path: Path) -> None:
    write_report(report_fixture.inputs(turns=turns), tmp_path / "report.html")
    found = _Ids()
    found.feed(page_text(tmp_path / "report.html"))

    assert len(found.ids) == len(set(found.ids))
    assert found.targets <= set(found.ids)


def test_the_opening_says_what_was_analysed(page) -> None:
    said = " ".join(page.overview.analysed)

    assert "This report is about 5 workshops." in said
    assert "5 of 6 files were read, 1 of them notes" in said
    assert "1 file could not be read" in said
    assert "3 researchers" in said
    assert [figure.value for figure in page.overview.figures][:2] == ["5", "12"]


def test_threads_go_by_people_and_name_denominators(study, page) -> None:
    rows = study.frequencies
    rows = rows[(rows["group"] == "all") & (rows["dimension"] == "theme")]
    order = rows.sort_values(["people", "segments"], ascending=False, kind="stable")

    assert [thread.name for thread in page.overview.threads] == list(order["name"])
    first = order.iloc[0]
    assert f"({first['segments']} of {first['of_segments']})" in page.overview.threads[0].summary


def test_counts_are_called_uncorrected_until_people_code(study, page) -> None:
    assert "not corrected" in page.overview.sure[0]
    assert "Nobody has checked" in page.overview.sure[0]
    codings = study.codings.copy()
    codings.loc[0, ["coder_kind", "coder_id", "evidence"]] = ["person", "Coder 2", "[]"]
    both = report_page(replace(study, codings=codings))
    assert "the people’s decision counts" in both.overview.sure[0]


def test_a_code_that_never_came_up_is_named_and_not_described(page) -> None:
    block = page.themes[2]

    assert "Never spoken of" in block.absent
    assert "Never spoken of" not in [code.name for code in block.codes]


def test_one_voice_is_said_and_hatched() -> None:
    study = report_fixture.inputs(people=1)
    page = report_page(study)

    assert page.themes[0].codes[0].caution.startswith("Carried by one voice")
    bars_of_theme = page.themes[0].chart.figure["data"][0]
    assert set(bars_of_theme["marker"]["pattern"]["shape"]) == {"/"}
    assert "hatched" in page.themes[0].chart.summary


def test_quotes_mark_what_matched_and_say_where_it_stands(study, page) -> None:
    quote = page.themes[0].codes[0].quotes[0]
    segment = study.segments.set_index("segment_id").loc[quote.segment_id]
    turn = study.turns[
        (study.turns["source_id"] == segment["source_id"])
        & (study.turns["turn"] == segment["turn"])
    ].iloc[0]

    assert "".join(piece.text for piece in quote.pieces) == turn["text"]
    marked = [piece.text for piece in quote.pieces if piece.matched]
    assert marked
    assert quote.why == f"matched “{marked[0]}”"
    assert quote.speaker == segment["participant_id"]
    assert quote.workshop.startswith("Lantern day")


def test_offsets_are_code_points_also_behind_other_planes() -> None:
    study = report_fixture.inputs(said=["🦔🦔 " * 20 + "hedgehog"] * 3)
    coding = study.codings[study.codings["segment_id"] == "s000-00000"].iloc[0]
    text = study.turns["text"].iloc[0]
    start = text.index("hedgehog")
    codings = study.codings.copy()
    evidence = [{"term": "hedgehog", "start": start, "end": start + 8}]
    codings.loc[coding.name, "evidence"] = json.dumps(evidence)
    quotes = study.quotes.copy()
    first = quotes[quotes["code_id"] == coding["code_id"]].index[0]
    quotes.loc[first, "segment_id"] = "s000-00000"
    page = report_page(replace(study, codings=codings, quotes=quotes))
    pieces = page.themes[0].codes[0].quotes[0].pieces

    assert [piece.text for piece in pieces if piece.matched] == ["hedgehog"]


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_pieces_of_a_quote_give_its_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = cut(text, spans)

    assert "".join(piece.text for piece in pieces) == text
    flat = [piece.matched for piece in pieces for _ in piece.text]
    inside = [any(start <= at < end for start, end in spans) for at in range(len(text))]
    assert flat == inside


def test_no_evidence_is_no_evidence() -> None:
    assert read_evidence("") == read_evidence(None) == read_evidence("[]") == []


def test_the_sample_of_what_is_not_coded_is_random_and_the_same_every_time(study, page) -> None:
    ids = [quote.segment_id for quote in page.uncoded.sample]
    aspects = {aspect.id for aspect in study.codebook.aspects}
    coded = set(study.codings[~study.codings["code_id"].isin(aspects)]["segment_id"])

    assert len(ids) == len(set(ids)) == 20
    assert not set(ids) & coded
    assert ids == [quote.segment_id for quote in report_page(study).uncoded.sample]
    assert ids != sorted(set(study.segments["segment_id"]) - coded)[:20]


def test_with_many_workshops_the_largest_are_shown_and_the_page_says_so() -> None:
    page = report_page(report_fixture.inputs(workshops=MOST_WORKSHOPS + 9, turns=4))
    chart = page.by_workshop

    assert len(chart.table.rows) == MOST_WORKSHOPS
    assert "the other 9 are in the data folder" in chart.summary
    assert "the other 9 are in the data folder" in chart.table.note


def test_consent_stands_beside_quotes_where_somebody_gave_it() -> None:
    agreed = report_page(report_fixture.inputs(consent="verbatim"))
    nobody = report_page(report_fixture.inputs())

    talk = [quote for quote in agreed.uncoded.sample if quote.speaker != "Notes"]
    assert {quote.may_quote for quote in talk} == {"agreed to be quoted, without their role"}
    assert "do not pass quotes on" in nobody.consent
    assert {quote.may_quote for quote in nobody.uncoded.sample} == {""}


def test_a_study_of_one_person_in_one_workshop_makes_a_page(tmp_path: Path) -> None:
    study = report_fixture.inputs(workshops=1, people=1, turns=1, invented=False)
    write_report(study, tmp_path / "report.html")
    written = page_text(tmp_path / "report.html")

    assert "invented example" not in written
    assert "only 1 segment" in written


def test_a_study_in_which_nothing_was_read_makes_a_page(tmp_path: Path) -> None:
    study = report_fixture.inputs(workshops=1, people=1, turns=1)
    study = report_fixture.nothing_read(study)
    write_report(study, tmp_path / "report.html")
    written = page_text(tmp_path / "report.html")

    assert "No talk was read" in written
    assert "It has no words in it." in written
    assert "nan" not in written.partition('id="figures"')[0].lower().split()


def test_json_in_a_page_cannot_end_its_element() -> None:
    value = {"a": "</script><!--\u2028&"}
    written = script_json(value)

    assert json.loads(written) == value
    assert not set(written) & set("<>&\u2028")


@given(st.text())
def test_plotly_gets_no_markup_from_words(text: str) -> None:
    assert not set(escaped(text)) & set("<>$")


@given(st.text(), st.integers(5, 40), st.integers(1, 3))
def test_labels_stay_small(text: str, width: int, most: int) -> None:
    broken = lines(text, width, most)

    assert 1 <= len(broken) <= most
    assert all(len(line) <= width + 4 for line in broken)


@pytest.mark.parametrize(
    ("end", "marks"),
    [(1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (17, [0, 5, 10, 15]), (612, [0, 200, 400, 600])],
)
def test_axes_have_few_round_numbers(end: float, marks: list[float]) -> None:
    assert ticks(end) == marks


def test_nothing_to_draw_is_drawn_without_complaint() -> None:
    import plotly.graph_objects as go

    go.Figure(bars([Bar("none", 0, "0", "#777777")], "Segments"))
    go.Figure(balloons(["a"], ["b"], {(0, 0): Balloon(0, "0", "nothing")}, [["#777777"]]))


def test_the_index_groups_entries_in_their_order(tmp_path: Path) -> None:
    entries = [
        IndexEntry("To read", "Report", "All.", (("report.html", "page"),)),
        IndexEntry("To count", "Counts", "Numbers.", (("a.csv", "CSV"), ("a.parquet", "Parquet"))),
        IndexEntry("To read", "Tables", "Drafts.", (("t.docx", "Word"),)),
    ]
    path = tmp_path / "results" / "index.html"
    write_index(entries, path, study="Lanterns", invented=False, date="3 May 2025")
    written = page_text(path)

    places = [written.index(f">{word}<") for word in ("To read", "Report", "Tables", "To count")]
    assert places == sorted(places)
    assert "could not be read" not in written
    assert "<script" not in written


def test_the_index_says_how_many_words_nobody_listed(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    about = {"study": "Lanterns", "invented": False, "date": "3 May 2025"}
    write_index([], path, **about, unlisted=1204)
    written = page_text(path)
    assert "Before you share any of it" in written
    assert "1,204 words and phrases that may tell who somebody is were listed by nobody" in written
    assert "names-worklist.html" in written
    write_index([], path, **about, unlisted=0)
    assert "Before you share any of it" not in page_text(path)
