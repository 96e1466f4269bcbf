"""Whether charts of public pages show by length what their words withhold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from commonthread.problems import Problem
from commonthread.report.packing import unpacked

_LEAST = re.compile(r"at least ([\d,]+)")
_HIDDEN = re.compile(r"fewer than |not shown|[–-]$")
_REMEDY = (
    "Run again, so that the folder is written anew. If it is there still, tell the people who "
    "maintain commonthread, without numbers of your study."
)


def figures_of(page: bytes) -> dict[str, Any]:
    """Give the figures that are packed into a page, as plotly.js draws them, by name."""
    found: dict[str, Any] = {}
    for part in unpacked(page)[1]:
        try:
            content = json.loads(part)
        except ValueError:
            continue
        found |= {
            name: figure
            for name, figure in (content.items() if isinstance(content, Mapping) else ())
            if isinstance(figure, Mapping) and "data" in figure
        }
    return found


def chart_problems(file: str, figures: Mapping[str, Any]) -> Iterator[Problem]:
    """Say which bars are longer than the number that stands beside them tells."""
    for name, figure in figures.items():
        for trace in figure["data"]:
            if trace.get("type") != "bar":
                continue
            for length, text in zip(trace["x"], trace["text"], strict=True):
                least = _LEAST.match(text)
                told = float(least[1].replace(",", "")) if least else 0.0
                if (least or _HIDDEN.match(text)) and length != told:
                    yield Problem(
                        file,
                        f"In the chart “{name}”, the length of the bar of “{text}” shows a number "
                        "that is withheld.",
                        _REMEDY,
                    )
