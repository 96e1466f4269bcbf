"""Charts as SVG that stands in the page, for as long as plotly.js does not draw them.

They are made from the same figures (see ``charts``) and have the same size and look. Places across
are in per cent and sizes of letters in pixels, so that a chart fills whatever width there is and
its words stay as large as they are. Colours are attributes, which a style sheet may overrule for
dark pages, forced colours and paper, and without which a saved picture is as it should be.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from commonthread.report.wording import visible

# Pixels: what plotly.js leaves between marks and their words, and where letters stand.
_LETTERS, _LINE = 14, 18.2
_AFTER_BAR, _BASE, _LABEL_BASE, _HEAD_BASE = 3, 5, 6, 9
_TICK_BASE, _TITLE_BASE = 17, 34
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
# The hatching of plotly.js: for its size 7, at 45 degrees, with its usual share of ink.
_HATCH, _HATCH_LINE = 7 * math.sqrt(2), 2.1


def static_chart(figure: Mapping[str, Any], id: str) -> Markup:
    """Give a figure of ``charts`` as an SVG element with the class ``still``.

    ``id`` is that of the chart, and begins the ids within. The element is hidden from assistive
    technology: the name and the description belong to what holds it.
    """
    trace, layout = figure["data"][0], figure["layout"]
    place = _Places(layout)
    parts = [*_rules(layout, place)]
    if trace["type"] == "bar":
        parts += _bars(trace, place, id)
        parts += _whiskers(trace, place)
        parts += _axis(layout["xaxis"], place, layout["height"])
    else:
        parts += _circles(trace, place)
    parts += _labels(layout["annotations"], place)
    return Markup(
        '<svg class="still" width="100%" height="{height}" aria-hidden="true" overflow="visible" '
        'font-family="{family}" font-size="{size}" fill="{ink}">{parts}</svg>'
    ).format(
        height=layout["height"],
        family=layout["font"]["family"],
        size=_LETTERS,
        ink=layout["font"]["color"],
        parts=Markup("").join(parts),
    )


def plain_lines(text: str) -> list[str]:
    """Give the lines of a text in plotly's form as they are shown: the way back from ``escaped``.

    A text that is bold is so as a whole.
    """
    bare = text.removeprefix("<b>").removesuffix("</b>")
    return [visible(html.unescape(line)) for line in bare.split("<br>")]


def _plain(text: str) -> str:
    return "\n".join(plain_lines(text))


class _Places:
    """Where the values of a figure lie: across in per cent of its width, down in pixels."""

    def __init__(self, layout: Mapping[str, Any]) -> None:
        self.start, self.end = layout["xaxis"]["range"]
        self.last, self.first = layout["yaxis"]["range"]
        self.top = layout["margin"]["t"]
        self.foot = layout["height"] - layout["margin"]["b"]

    def across(self, value: float) -> float:
        return 100 * (value - self.start) / (self.end - self.start)

    def down(self, value: float) -> float:
        rows = self.last - self.first
        return self.top + (self.foot - self.top) * (value - self.first) / rows if rows else self.top


def _bars(trace: Mapping[str, Any], place: _Places, id: str) -> Iterator[Markup]:
    marker = trace["marker"]
    hatches: dict[str, str] = {}
    for colour, shape in zip(marker["color"], marker["pattern"]["shape"], strict=True):
        if shape and colour not in hatches:
            hatches[colour] = f"{id}-hatch-{len(hatches)}"
            yield _hatching(hatches[colour], colour)
    thick = place.down(trace["width"]) - place.down(0)
    bars = zip(
        trace["x"],
        trace["y"],
        trace["text"],
        trace["hovertext"],
        marker["color"],
        marker["pattern"]["shape"],
        strict=True,
    )
    for value, row, words, more, colour, shape in bars:
        middle, length = place.down(row), place.across(value)
        yield Markup(
            '<rect class="{kind}" width="{length}%" y="{y}" height="{thick}" fill="{fill}" '
            'stroke="{colour}" stroke-width="1.5"><title>{more}</title></rect>'
        ).format(
            kind="mark hatched" if shape else "mark",
            length=_short(length),
            y=_short(middle - thick / 2),
            thick=_short(thick),
            fill=f"url(#{hatches[colour]})" if shape else colour,
            colour=colour,
            more=_plain(more),
        )
        yield _text(_plain(words), length, middle + _BASE, dx=_AFTER_BAR)


def _whiskers(trace: Mapping[str, Any], place: _Places) -> Iterator[Markup]:
    """Draw how sure bars are: twice, the first time broader, so that it stands out on the bar."""
    errors = trace.get("error_x")
    if errors is None:
        return
    ends = zip(trace["x"], trace["y"], errors["arrayminus"], errors["array"], strict=True)
    for value, row, below, above in ends:
        if not below and not above:
            continue
        low, high = (_short(place.across(end)) for end in (value - below, value + above))
        middle, half = place.down(row), errors["width"]
        lines = (
            (low, high, middle, middle),
            *((x, x, middle - half, middle + half) for x in (low, high)),
        )
        for kind, colour, more in (("halo", "#ffffff", 2), ("whisker", errors["color"], 0)):
            for x1, x2, y1, y2 in lines:
                yield Markup(
                    '<line class="{kind}" x1="{x1}%" x2="{x2}%" y1="{y1}" y2="{y2}" '
                    'stroke="{colour}" stroke-width="{thick}"/>'
                ).format(
                    kind=kind,
                    x1=x1,
                    x2=x2,
                    y1=_short(y1),
                    y2=_short(y2),
                    colour=colour,
                    thick=errors["thickness"] + more,
                )


def _hatching(id: str, colour: str) -> Markup:
    size, most, part = _HATCH, _HATCH * 1.25, _HATCH / 4
    strokes = (
        (-part, part, part, -part),
        (0, size, size, 0),
        (most, size - part, size - part, most),
    )
    path = " ".join(
        f"M{_short(x1)},{_short(y1)}L{_short(x2)},{_short(y2)}" for x1, y1, x2, y2 in strokes
    )
    return Markup(
        '<pattern id="{id}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        '<path d="{path}" stroke="{colour}" stroke-width="{line}"/></pattern>'
    ).format(id=id, size=_short(size), path=path, colour=colour, line=_HATCH_LINE)


def _axis(axis: Mapping[str, Any], place: _Places, height: float) -> Iterator[Markup]:
    yield Markup(
        '<line class="zero" x1="0" x2="0" y1="{top}" y2="{foot}" stroke="{colour}" shape-rendering="crispEdges"/>'
    ).format(top=place.top, foot=place.foot, colour=axis["zerolinecolor"])
    for number, words in enumerate(plain_lines(axis["title"]["text"])):
        yield _text(words, 50, place.foot + _TITLE_BASE + _LINE * number, "middle")


def _circles(trace: Mapping[str, Any], place: _Places) -> Iterator[Markup]:
    marker = trace["marker"]
    circles = zip(
        trace["x"],
        trace["y"],
        trace["text"],
        trace["hovertext"],
        marker["color"],
        marker["size"],
        strict=True,
    )
    for column, row, words, more, colour, size in circles:
        x, y = place.across(column), place.down(row)
        if size:
            yield Markup(
                '<circle class="mark" cx="{x}%" cy="{y}" r="{r}" fill="{colour}">'
                "<title>{more}</title></circle>"
            ).format(
                x=_short(x),
                y=_short(y),
                r=_short(size / 2),
                colour=colour,
                more=_plain(more),
            )
        yield _text(_plain(words), x, y + _BASE, dx=size / 2 / 0.8 + 1 if size else 0)


def _rules(layout: Mapping[str, Any], place: _Places) -> Iterator[Markup]:
    for shape in layout.get("shapes", ()):
        yield Markup(
            '<line class="rule" x1="0" x2="100%" y1="{y}" y2="{y}" stroke="{colour}" '
            'shape-rendering="crispEdges"/>'
        ).format(y=_short(place.down(shape["y0"])), colour=shape["line"]["color"])


def _labels(annotations: Sequence[Mapping[str, Any]], place: _Places) -> Iterator[Markup]:
    """Give the labels of rows, above their marks, of columns, above everything, and of an axis.

    And words behind whiskers.
    """
    for label in annotations:
        lines = plain_lines(label["text"])[::-1]
        if label["xref"] == "x" and label["yref"] == "y":
            x, y = place.across(label["x"]), place.down(label["y"]) + _BASE
            yield _text(lines[0], x, y, dx=label["xshift"] + 1)
        elif label["yref"] == "y":
            foot = place.down(label["y"]) - _LABEL_BASE
            for number, words in enumerate(lines):
                yield _text(words, 0, foot - _LINE * number, bold=True)
        elif label["yanchor"] == "bottom":
            size = label["font"]["size"]
            for number, words in enumerate(lines):
                y = place.top - _HEAD_BASE - _LINE * size / _LETTERS * number
                yield _text(words, place.across(label["x"]), y, dx=label["xshift"] + 1, size=size)
        else:
            anchor = _ANCHORS[label["xanchor"]]
            yield _text(lines[0], place.across(label["x"]), place.foot + _TICK_BASE, anchor)


def _text(
    words: str,
    x: float,
    y: float,
    anchor: str = "start",
    *,
    dx: float = 0,
    bold: bool = False,
    size: int | None = None,
) -> Markup:
    more = Markup("")
    if anchor != "start":
        more += Markup(' text-anchor="{}"').format(anchor)
    if dx:
        more += Markup(' dx="{}"').format(_short(dx))
    if bold:
        more += Markup(' font-weight="700"')
    if size is not None:
        more += Markup(' font-size="{}"').format(size)
    return Markup('<text x="{x}" y="{y}"{more}>{words}</text>').format(
        x=f"{_short(x)}%" if x else "0", y=_short(y), more=more, words=words
    )


def _short(value: float) -> str:
    """Give a length with at most two decimals, and none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
