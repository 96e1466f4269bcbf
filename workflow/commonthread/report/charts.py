"""Charts as plotly figures.

Figures are plain dicts in plotly's own form; a test holds each against plotly's schema. Every
label is written beside its mark, so that colour never carries anything alone, and stands above
its row, so that a chart is as readable on a phone as on a wide screen.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commonthread.report.wording import visible

INK = "#2a2530"
RULE = "#d9d2c7"
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

# Pixels. A row has its label at its top, of one to three lines, and its bar or circles at its foot.
_LINE, _BAR, _BAR_FOOT, _CIRCLE_FOOT = 18, 19, 16, 22
_BAR_ROW, _BALLOON_ROW = 36, 46  # without the label
_ABOVE, _BELOW = 8, 52

# Letters in a line of a label, so that it fits on a phone.
_LABEL, _HEADING, _TITLE, _HOVER = 31, 13, 33, 22
_OVER = 4  # A long word may stick out by this.
_LETTER, _GAP = 6.6, 8  # pixels of a letter in a heading, and between headings

# What a chart is wide on the narrowest phone, in pixels, and what the words at the end of a bar
# take: so much for a letter, and so much before them. A bar keeps this share of the width.
_NARROWEST, _WORDS_LETTER, _WORDS_GAP = 262, 7.6, 4
_BAR_SHARE = 0.35
# How thick a whisker is, and half its ends, in pixels.
WHISKER, WHISKER_END = 2, 5
# What plotly.js leaves around the words of a label, in pixels.
_PAD = 2
# From this share of its length on, the words under an axis end where they would stick out.
_EDGE = 0.95


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length, the words at its end, and its colour ("#rrggbb").

    ``interval`` are the ends of a whisker that says how sure its length is; None for none.
    """

    label: str
    value: float
    text: str
    colour: str
    hatched: bool = False
    interval: tuple[float, float] | None = None

    @property
    def end(self) -> float:
        """Where the bar ends, or its whisker."""
        return max(self.value, self.interval[1]) if self.interval else self.value


@dataclass(frozen=True)
class Balloon:
    """One circle of a grid: what its area stands for, the words beside it, and more on hover."""

    value: float
    text: str
    hover: str


def escaped(text: str) -> str:
    """Give ``text`` so that plotly, which reads some HTML, shows it as it is."""
    plain = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # Between dollar signs plotly looks for formulas.
    return plain.replace("$", "&#36;")


def lines(text: str, width: int, most: int) -> list[str]:
    """Break ``text`` between words into at most ``most`` lines of about ``width`` letters.

    "…" stands for what is cut.
    """
    broken = textwrap.wrap(
        text,
        width,
        max_lines=most,
        placeholder="…",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [
        line if len(line) <= width + _OVER else line[: width + _OVER - 1] + "…"
        for line in broken or [""]
    ]


def bars(rows: Sequence[Bar], axis: str, largest: float | None = None) -> dict[str, Any]:
    """Draw horizontal bars from top to bottom.

    ``axis`` says what the length means; ``largest`` is the end of the axis, for charts that are
    to be compared, else it follows from the longest bar.
    """
    end = largest or max((row.end for row in rows), default=0) or 1
    across = max([end, *(row.end / _free_for_bar(row.text) for row in rows)])
    labels = [lines(row.label, _LABEL, 3) for row in rows]
    height = _BAR_ROW + _LINE * max(map(len, labels), default=1)
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": [row.value for row in rows],
        "y": [place + 0.5 - _BAR_FOOT / height for place in range(len(rows))],
        "width": _BAR / height,
        # Behind a whisker the words are a label of their own, so that it does not cross them.
        "text": ["" if row.interval else escaped(row.text) for row in rows],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "hovertext": [_hover(f"{row.label}:", row.text) for row in rows],
        "hoverinfo": "text",
        "marker": {
            "color": [row.colour for row in rows],
            "line": {"color": [row.colour for row in rows], "width": 1.5},
            "pattern": {
                "shape": ["/" if row.hatched else "" for row in rows],
                "fillmode": "replace",
                "size": 7,
            },
        },
    }
    if any(row.interval for row in rows):
        trace["error_x"] = _whiskers(rows)
    title = lines(axis, _TITLE, 3)
    below = _BELOW + _LINE * (len(title) - 1)
    layout = _layout(height * len(rows) + _ABOVE + below, _ABOVE, below)
    layout |= {
        "annotations": [
            *(
                _row_label(label, place + 0.5 - (_BAR_FOOT + _BAR / 2) / height)
                for place, label in enumerate(labels)
            ),
            *(_tick_label(value, value / across) for value in ticks(end)),
            *(
                _end_label(row, place)
                for row, place in zip(rows, trace["y"], strict=True)
                if row.interval
            ),
        ],
        "bargap": 0,
        "xaxis": {
            "range": [0, across],
            "showticklabels": False,
            "title": {
                "text": "<br>".join(map(escaped, title)),
                "font": {"size": 14},
                "standoff": 24,
            },
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": INK,
            "fixedrange": True,
        },
        "yaxis": _rows_axis(len(rows)),
    }
    return {"data": [trace], "layout": layout}


def balloons(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], Balloon],
    colours: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """Draw a grid of circles whose areas stand for numbers, each with its number beside it.

    ``cells`` holds them by (row, column) from 0; ``colours`` are by row, then
    by column.
    """
    largest = max((cell.value for cell in cells.values()), default=0) or 1
    order = sorted(cells)
    labels = [lines(name, _LABEL, 3) for name in rows]
    height = _BALLOON_ROW + _LINE * max(map(len, labels), default=1)
    widest = 24 if len(columns) > 3 else 30
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [column for _, column in order],
        "y": [row + 0.5 - _CIRCLE_FOOT / height for row, _ in order],
        "text": [escaped(cells[key].text) for key in order],
        "textposition": "middle right",
        "cliponaxis": False,
        "hovertext": [_hover(cells[key].hover) for key in order],
        "hoverinfo": "text",
        "marker": {
            "color": [colours[row][column] for row, column in order],
            "opacity": 1,
            "line": {"width": 0},
            "sizemode": "diameter",
            "size": [
                # Small shares stay visible; nothing stays nothing.
                max(5, round(widest * math.sqrt(cells[key].value / largest), 2))
                if cells[key].value
                else 0
                for key in order
            ],
        },
    }
    heads = [lines(name, _HEADING, 3) for name in columns]
    above = _LINE * max(map(len, heads), default=1) + 14
    letters = max((len(line) for head in heads for line in head), default=0)
    widest_head = max(64, _LETTER * letters + _GAP)
    layout = _layout(height * len(rows) + above + _ABOVE, above, _ABOVE)
    layout |= {
        # How narrow the chart can be without its headings running into each other.
        "meta": {"narrowest": round(widest_head * len(columns))},
        "annotations": [
            *(
                _row_label(label, place + 0.5 - (_CIRCLE_FOOT + widest / 2) / height)
                for place, label in enumerate(labels)
            ),
            *(_column_label(head, place) for place, head in enumerate(heads)),
        ],
        # Lines between the rows tie circles to their label.
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "yref": "y",
                "y0": place - 0.5,
                "y1": place - 0.5,
                "line": {"color": RULE, "width": 1},
                "layer": "below",
            }
            for place in range(len(rows))
        ],
        "xaxis": {
            "range": [-0.2, len(columns) - 0.2],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": _rows_axis(len(rows)),
    }
    return {"data": [trace], "layout": layout}


def ticks(end: float) -> list[float]:
    """Give at most six round numbers from 0 to ``end`` for an axis that counts."""
    step = next(
        factor * 10**power
        for power in range(12)
        for factor in (1, 2, 5)
        if end / (factor * 10**power) <= 5
    )
    return [step * place for place in range(int(end // step) + 1)]


def _hover(*parts: str) -> str:
    """Give words to show beside a mark, in lines that are short enough for a phone."""
    wrap = textwrap.TextWrapper(_HOVER, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(escaped(line) for part in parts for line in wrap.wrap(part))


def _free_for_bar(words: str) -> float:
    """Give the share of the narrowest width that a bar leaves its words enough room with."""
    return max(_BAR_SHARE, 1 - (_WORDS_GAP + _WORDS_LETTER * len(words)) / _NARROWEST)


def _whiskers(rows: Sequence[Bar]) -> dict[str, Any]:
    ends = [row.interval or (row.value, row.value) for row in rows]
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(high - row.value, 0) for row, (_, high) in zip(rows, ends, strict=True)],
        "arrayminus": [max(row.value - low, 0) for row, (low, _) in zip(rows, ends, strict=True)],
        "color": INK,
        "thickness": WHISKER,
        "width": WHISKER_END,
    }


def _end_label(row: Bar, y: float) -> dict[str, Any]:
    """Give the words behind a whisker."""
    return {
        "x": row.end,
        "y": y,
        "xref": "x",
        "yref": "y",
        "xshift": WHISKER_END,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "align": "left",
        "text": escaped(row.text),
        "captureevents": False,
    }


def _row_label(label: Sequence[str], y: float) -> dict[str, Any]:
    return {
        "x": 0,
        "y": y,
        "xref": "paper",
        "yref": "y",
        "xshift": -_PAD,
        "yshift": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
        "text": f"<b>{'<br>'.join(map(escaped, label))}</b>",
        "captureevents": False,
    }


def _column_label(head: Sequence[str], x: int) -> dict[str, Any]:
    return {
        "x": x,
        "y": 1,
        "xref": "x",
        "yref": "paper",
        "xshift": -14,
        "yshift": 4,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
        "font": {"size": 13},
        "text": "<br>".join(map(escaped, head)),
        "captureevents": False,
    }


def _tick_label(value: float, share: float) -> dict[str, Any]:
    """Give the words under a mark of an axis, at a share of its length, within the chart."""
    anchor = "left" if not value else "right" if share > _EDGE else "center"
    return {
        "x": value,
        "y": 0,
        "xref": "x",
        "yref": "paper",
        "xshift": -_PAD if anchor == "left" else _PAD if anchor == "right" else 0,
        "yshift": -2,
        "xanchor": anchor,
        "yanchor": "top",
        "showarrow": False,
        "text": f"{value:,.0f}",
        "captureevents": False,
    }


def _rows_axis(rows: int) -> dict[str, Any]:
    return {
        "range": [rows - 0.5, -0.5],
        "showticklabels": False,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _layout(height: int, above: int, below: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 2, "r": 12, "t": above, "b": below, "pad": 0},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": "#ffffff",
            "bordercolor": INK,
            "align": "left",
            "font": {"family": FONT, "size": 14, "color": INK},
        },
    }
