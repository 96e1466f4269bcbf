"""Leaves out what stands on the pages of a PDF and is no text of the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from commonthread.sources.reading import places

_EDGE = 3
"""How many lines from the top and foot of a page may be running headers and footers."""

_SAME_HEIGHT = 2.0
_FEWEST_MARGIN_NUMBERS = 5
_PAGE_NUMBER = re.compile(
    r"[-–—\[(|\s]*(?:(?:page|p\.|seite)\s*)?\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?[-–—\])|\s]*",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d{1,5}(?:\s+\d{1,5})*")
_NUMBERED = re.compile(r"(\d{1,5})\s+(?=\S)")


class PdfLine(NamedTuple):
    """A line as drawn: its text, and where it begins in points from the lower left corner."""

    text: str
    x: float
    y: float


def without_furniture(
    pages: Sequence[Sequence[PdfLine]],
) -> tuple[list[list[PdfLine]], list[str]]:
    """Give the lines of each page that belong to the text, and warnings about the others.

    Left out are numbers of lines or paragraphs in the margin, page numbers, and headers and
    footers that come back at one height on at least two pages and on four pages in ten. What is
    drawn at one height from left to right becomes one line; white space becomes single spaces.
    """
    warnings = []
    cleared, numbers = _without_margin_numbers(pages)
    rows = [_rows(page) for page in cleared]
    rows, stripped = _without_line_numbers(rows)
    if numbers or stripped:
        warnings.append("The numbers of lines or paragraphs in the margin were left out.")
    kept, where = _without_running(rows)
    if where:
        warnings.append(
            "Page numbers, and headers and footers that come back on page after page, were left "
            f"out ({places(where, 'page')})."
        )
    return kept, warnings


def _without_margin_numbers(
    pages: Sequence[Sequence[PdfLine]],
) -> tuple[list[list[PdfLine]], bool]:
    """Leave out numbers that stand by themselves to the left of the text and count upwards."""
    edges = [line.x for page in pages for line in page if any(map(str.isalpha, line.text))]
    if not edges:
        return [list(page) for page in pages], False
    edge = sorted(edges)[len(edges) // 10]

    def in_margin(line: PdfLine) -> bool:
        return line.x < edge - 1 and _NUMBERS.fullmatch(line.text.strip()) is not None

    found = [
        int(n) for page in pages for line in page if in_margin(line) for n in line.text.split()
    ]
    rising = sum(0 < b - a <= 10 for a, b in pairwise(found))
    if len(found) < _FEWEST_MARGIN_NUMBERS or rising < 0.8 * (len(found) - 1):
        return [list(page) for page in pages], False
    return [[line for line in page if not in_margin(line)] for page in pages], True


def _rows(page: Sequence[PdfLine]) -> list[PdfLine]:
    rows: list[PdfLine] = []
    for line in page:
        text = " ".join(line.text.split())
        if not text:
            continue
        above = rows[-1] if rows else None
        if above is not None and abs(above.y - line.y) < _SAME_HEIGHT and line.x > above.x:
            rows[-1] = above._replace(text=f"{above.text} {text}")
        else:
            rows.append(line._replace(text=text))
    return rows


def _without_line_numbers(pages: list[list[PdfLine]]) -> tuple[list[list[PdfLine]], bool]:
    """Take consecutive numbers off the front of lines if nearly all lines have them."""
    lines = [line for page in pages for line in page]
    numbers = [int(m[1]) if (m := _NUMBERED.match(line.text)) else None for line in lines]
    known = [n for n in numbers if n is not None]
    follows = sum(b - a in (1, 5) for a, b in pairwise(known))
    if len(known) < max(_FEWEST_MARGIN_NUMBERS, 0.7 * len(lines)) or follows < 0.8 * len(known):
        return pages, False
    return [
        [line._replace(text=_NUMBERED.sub("", line.text, count=1)) for line in page]
        for page in pages
    ], True


def _without_running(pages: Sequence[list[PdfLine]]) -> tuple[list[list[PdfLine]], list[int]]:
    def key(line: PdfLine) -> tuple[str, int]:
        return re.sub(r"\d+", "#", line.text.lower()), round(line.y / 4)

    edges = [
        {*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))}
        for page in pages
    ]
    filled = sum(bool(page) for page in pages)
    at_edge = Counter(
        k for page, edge in zip(pages, edges, strict=True) for k in {key(page[i]) for i in edge}
    )
    # A line that also stands in the middle of a page ("Interviewer:", "Yes.") is talk.
    inside = {
        key(line)[0]
        for page, edge in zip(pages, edges, strict=True)
        for i, line in enumerate(page)
        if i not in edge
    }
    often = {
        k
        for k, count in at_edge.items()
        if count >= 2 and count >= 0.4 * filled and k[0] not in inside
    }
    kept, where = [], []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        out = {i for i in edge if key(page[i]) in often}
        body = [i for i in range(len(page)) if i not in out]
        out |= {i for i in body[:1] + body[-1:] if _is_page_number(page[i].text, len(pages))}
        if out:
            where.append(number)
        kept.append([line for i, line in enumerate(page) if i not in out])
    return kept, where


def _is_page_number(text: str, pages: int) -> bool:
    if not _PAGE_NUMBER.fullmatch(text):
        return False
    return pages > 1 or not text.strip().isdigit()  # On a single page a number may be anything.


def usual_step(pages: Sequence[Sequence[PdfLine]]) -> float:
    """Give the step, in points, between lines within paragraphs; 0 if no line follows another."""
    steps = sorted(
        above.y - below.y
        for page in pages
        for above, below in pairwise(page)
        if above.y - below.y > 1
    )
    return median(steps[: (len(steps) + 1) // 2]) if steps else 0.0
