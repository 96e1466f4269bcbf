"""``python tests/test_static_charts.py`` writes the golden chart anew; look at it before keeping it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import report_fixture
from commonthread.report.charts import Balloon, Bar, balloons, bars, escaped
from commonthread.report.colours import for_charts
from commonthread.report.page import report_page
from commonthread.report.static_charts import plain_lines, static_chart
from commonthread.report.wording import visible

GOLDEN = Path(__file__).parent / "golden/chart.svg"
# What a page may hold and XML may not.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def drawn(figure, id: str = "chart-x") -> ET.Element:
    return ET.fromstring(static_chart(figure, id))


def words(svg: ET.Element) -> list[str]:
    return [each.text or "" for each in svg.iter("text")]


@pytest.fixture(scope="module")
def page():
    return report_page(report_fixture.inputs())


def test_bars_are_as_long_as_their_numbers() -> None:
    rows = [Bar(f"Row {n}", n, f"{n} of 40", "#2f7f8c", n % 2 == 1) for n in (0, 1, 17, 40)]
    figure = bars(rows, "Segments", 40)
    svg, across = drawn(figure), figure["layout"]["xaxis"]["range"][1]
    lengths = [float(rect.get("width", "").rstrip("%")) for rect in svg.iter("rect")]

    assert 40 < across < 100
    assert lengths == pytest.approx([100 * row.value / across for row in rows], abs=0.01)
    assert [row.text for row in rows] == [each for each in words(svg) if " of " in each]
    assert [title.text for title in svg.iter("title")] == [f"{r.label}:\n{r.text}" for r in rows]


def test_whiskers_reach_from_one_end_of_an_interval_to_the_other() -> None:
    rows = [
        Bar("Sure", 20, "20% (15% to 28%)", "#2f7f8c", interval=(15, 28)),
        Bar("Whole", 40, "40", "#2f7f8c"),
    ]
    figure = bars(rows, "Segments", 50)
    svg, across = drawn(figure), figure["layout"]["xaxis"]["range"][1]
    whiskers = [each for each in svg.iter("line") if each.get("class") == "whisker"]
    halos = [each for each in svg.iter("line") if each.get("class") == "halo"]

    assert len(whiskers) == len(halos) == 3
    ends = [float(whiskers[0].get(name, "").rstrip("%")) for name in ("x1", "x2")]
    assert ends == pytest.approx([100 * 15 / across, 100 * 28 / across], abs=0.01)
    assert {each.get("x1") for each in whiskers[1:]} == {
        whiskers[0].get("x1"),
        whiskers[0].get("x2"),
    }
    label = next(each for each in svg.iter("text") if each.text == rows[0].text)
    assert float(label.get("x", "").rstrip("%")) == pytest.approx(ends[1])
    # Words fit behind the whisker, also on the narrowest phone.
    assert across > 28 * 1.5


def test_circles_have_areas_like_their_numbers() -> None:
    cells = {(0, n): Balloon(n, str(n), f"cell {n}") for n in (0, 10, 40, 90)}
    cells = {(0, place): cell for place, cell in enumerate(cells.values())}
    svg = drawn(balloons(["Row"], list("abcd"), cells, [["#2f7f8c"] * 4]))
    areas = [float(circle.get("r", "")) ** 2 for circle in svg.iter("circle")]

    assert len(areas) == 3  # Nothing is nothing.
    assert [area / areas[2] for area in areas] == pytest.approx([10 / 90, 40 / 90, 1], rel=0.01)
    assert {"0", "10", "40", "90", "Row", "a", "d"} <= set(words(svg))


def test_every_chart_of_a_report_says_what_plotly_would_say(page) -> None:
    for chart in page.charts():
        svg = drawn(chart.figure, chart.id)
        layout, trace = chart.figure["layout"], chart.figure["data"][0]
        said = [*trace["text"], *(label["text"] for label in layout["annotations"])]
        if "title" in layout["xaxis"]:
            said.append(layout["xaxis"]["title"]["text"])

        assert sorted(words(svg)) == sorted(line for text in said for line in plain_lines(text))
        assert svg.get("height") == str(layout["height"])
        assert f"height:{layout['height']}px" in chart.size


def test_colour_carries_nothing_alone(page) -> None:
    for chart in page.charts():
        svg = drawn(chart.figure, chart.id)
        trace = chart.figure["data"][0]
        marks = [each for each in svg.iter() if "mark" in (each.get("class") or "")]
        hatched = [each for each in marks if "hatched" in (each.get("class") or "")]

        assert len(words(svg)) > len(marks) > 0
        if trace["type"] == "bar":
            assert len(hatched) == sum(map(bool, trace["marker"]["pattern"]["shape"]))
        assert all(each.get("fill", "").startswith("url(#") for each in hatched)
        for each in marks:
            colour = each.get("stroke") or each.get("fill") or ""
            assert for_charts(colour) == colour  # At least 3 to 1 on light and on dark pages.


def test_ids_of_hatchings_are_those_of_the_chart() -> None:
    figure = bars([Bar("a", 1, "1", "#2f7f8c", True), Bar("b", 2, "2", "#8d54a6", True)], "")
    ids = [each.get("id") for each in drawn(figure, "chart-y").iter("pattern")]

    assert ids == ["chart-y-hatch-0", "chart-y-hatch-1"]


@given(st.text().filter(lambda text: not NOT_IN_XML.search(text)))
def test_words_arrive_as_text(text: str) -> None:
    bar = bars([Bar(text, 1, text, "#2f7f8c")], text)
    grid = balloons([text], [text], {(0, 0): Balloon(1, text, text)}, [["#2f7f8c"]])
    for figure in (bar, grid):
        svg = drawn(figure)
        assert {each.tag for each in svg.iter()} <= {
            "svg",
            "text",
            "title",
            "rect",
            "line",
            "circle",
        }
        assert not any(name.startswith("on") for each in svg.iter() for name in each.attrib)
        # XML takes a carriage return for a new line.
        shown = visible(text).replace("\r\n", "\n").replace("\r", "\n")
        assert shown in words(svg)


def test_words_beside_a_mark_stay_narrow_and_lose_nothing() -> None:
    said = "Practitioner, Who is involved, and when: 9 of 506 segments (2%), transdisciplinarities"
    cell = balloons(["Row"], ["a"], {(0, 0): Balloon(9, "9", said)}, [["#2f7f8c"]])
    shown = plain_lines(cell["data"][0]["hovertext"][0])

    assert " ".join(shown) == said
    assert max(map(len, shown)) <= 22


@given(st.text())
def test_words_come_back_from_the_form_of_plotly(text: str) -> None:
    assert "<br>".join(plain_lines(escaped(text))) == visible(text)


def test_nothing_to_draw_is_drawn_without_complaint() -> None:
    assert list(drawn(bars([], "Segments")).iter("rect")) == []
    assert list(drawn(balloons([], ["a"], {}, [])).iter("circle")) == []


def golden() -> str:
    chart = report_page(report_fixture.inputs()).overview.chart
    assert chart is not None
    return str(chart.still).replace("><", ">\n<") + "\n"


def test_the_chart_of_themes_looks_as_it_did() -> None:
    assert golden() == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(golden(), encoding="utf-8")
