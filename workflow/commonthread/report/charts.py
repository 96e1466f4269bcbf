"""Charts as plotly figures.

Figures are plain dicts in plotly's own form; a test holds each against plotly's schema. Every
label is written beside its mark, so that colour never carries anything alone, and stands above
its row, so that a chart is as readable on a phone as on a wide screen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

INK = "#2a2530"
RULE = "#d9d2c7"
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

# Pixels: a row of bars and of circles, each with its label above the mark; a column of circles;
# margins around all.
_BAR_ROW, _BALLOON_ROW, _BALLOON_COLUMN = 54, 64, 84
_ABOVE, _BELOW = 8, 52
_LONGEST_LABEL = 46

# Room to the right of the longest bar for the words at its end, as a share of its length.
_ROOM = 0.45


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length, the words at its end, and its colour ("#rrggbb")."""

    label: str
    value: float
    text: str
    colour: str
    hatched: bool = False


@dataclass(frozen=True)
class Balloon:
    """One circle of a grid: what its area stands for, the words beside it, and more on hover."""

    value: float
    text: str
    hover: str


def escaped(text: str) -> str:
    """Give ``text`` so that plotly, which reads some HTML, shows it as it is."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # Between dollar signs plotly looks for formulas.
    return plain.replace("$", "&#36;")


def shortened(text: str, longest: int = _LONGEST_LABEL) -> str:
    """Give ``text``, cut with "…" if it is longer than a chart has room for."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def bars(rows: Sequence[Bar], axis: str, largest: float | None = None) -> dict[str, Any]:
    """Draw horizontal bars from top to bottom.

    ``axis`` says what the length means; ``largest`` is the end of the axis, for charts that are
    to be compared, else it follows from the longest bar.
    """
    longest = max((row.value for row in rows), default=0)
    end = largest or longest or 1
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": [row.value for row in rows],
        "y": list(range(len(rows))),
        "width": 0.36,
        "text": [escaped(row.text) for row in rows],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "hovertext": [f"{escaped(row.label)}<br>{escaped(row.text)}" for row in rows],
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
    layout = _layout(_BAR_ROW * len(rows) + _ABOVE + _BELOW, _ABOVE, _BELOW)
    layout |= {
        "annotations": [_row_label(row.label, place - 0.38) for place, row in enumerate(rows)],
        "bargap": 0,
        "xaxis": {
            "range": [0, max(end, longest * (1 + _ROOM))],
            "tickvals": ticks(end),
            "tickformat": ",d",
            "title": {"text": escaped(axis), "font": {"size": 14}, "standoff": 8},
            "gridcolor": RULE,
            "zeroline": True,
            "zerolinecolor": INK,
            "fixedrange": True,
        },
        "yaxis": _rows_axis() | {"range": [len(rows) - 0.6, -0.6]},
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
    widest = 24 if len(columns) > 3 else 30
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [column for _, column in order],
        "y": [row + 0.16 for row, _ in order],
        "text": [escaped(cells[key].text) for key in order],
        "textposition": "middle right",
        "cliponaxis": False,
        "hovertext": [escaped(cells[key].hover) for key in order],
        "hoverinfo": "text",
        "marker": {
            "color": [colours[row][column] for row, column in order],
            "opacity": 1,
            "line": {"width": 0},
            "sizemode": "diameter",
            "size": [
                # Small shares stay visible; nothing stays nothing.
                max(3, round(widest * math.sqrt(cells[key].value / largest), 2))
                if cells[key].value
                else 0
                for key in order
            ],
        },
    }
    heads = [_lines(name) for name in columns]
    above = 18 * max(map(len, heads)) + 14
    layout = _layout(_BALLOON_ROW * len(rows) + above + _ABOVE, above, _ABOVE)
    layout |= {
        # How narrow the chart can be without its headings running into each other.
        "meta": {"narrowest": _BALLOON_COLUMN * len(columns)},
        "annotations": [
            *(_row_label(name, place - 0.3) for place, name in enumerate(rows)),
            *(_column_label(lines, place) for place, lines in enumerate(heads)),
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
        "yaxis": _rows_axis() | {"range": [len(rows) - 0.5, -0.5]},
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


def _row_label(name: str, y: float) -> dict[str, Any]:
    return {
        "x": 0,
        "y": y,
        "xref": "paper",
        "yref": "y",
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "align": "left",
        "text": f"<b>{escaped(shortened(name))}</b>",
        "captureevents": False,
    }


def _column_label(lines: Sequence[str], x: int) -> dict[str, Any]:
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
        "text": "<br>".join(map(escaped, lines)),
        "captureevents": False,
    }


def _rows_axis() -> dict[str, Any]:
    return {
        "showticklabels": False,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _lines(name: str, width: int = 12) -> list[str]:
    """Break a heading of a column into lines of about ``width`` characters, at most three."""
    lines: list[str] = []
    for word in shortened(name, 3 * width).split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines[:3]


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
