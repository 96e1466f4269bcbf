"""Leaves out what stands on the pages of a PDF and is no text of the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from commonthread.sources.reading import places

_EDGE = 3
"""How many lines from the top and foot of a page may be running headers and footers."""

_APART = 1.3
"""How many usual steps between lines part a header or footer from the text, at the least."""

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
    """Give the lines of each page that belong to the text, and notes about the others.

    Left out are numbers of lines or paragraphs in the margin, page numbers, and headers and
    footers that come back at one height on at least two pages and on four pages in ten. What is
    drawn at one height from left to right becomes one line; white space becomes single spaces.
    """
    notes = []
    cleared, numbers = _without_margin_numbers(pages)
    rows = [_rows(page) for page in cleared]
    rows, stripped = _without_line_numbers(rows)
    if numbers or stripped:
        notes.append("The numbers of lines or paragraphs in the margin were left out.")
    kept, where = _without_running(rows)
    if where:
        notes.append(
            "Page numbers, and headers and footers that come back on page after page, were left "
            f"out ({places(where, 'page')})."
        )
    return kept, notes


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
    counts = Counter(k for page in pages for k in {_key(line) for line in page})
    filled = sum(bool(page) for page in pages)
    often = {k for k, count in counts.items() if count >= 2 and count >= 0.4 * filled}
    apart = _APART * usual_step(pages)
    kept, where = [], []
    for number, page in enumerate(pages, start=1):
        top, foot = _running(page, often, apart), _running(page[::-1], often, apart)
        body = page[top : len(page) - foot] if top + foot < len(page) else page
        if body and _is_page_number(body[0].text, number, len(pages)):
            body = body[1:]
        if body and _is_page_number(body[-1].text, number, len(pages)):
            body = body[:-1]
        if len(body) < len(page):
            where.append(number)
        kept.append(body)
    return kept, where


def _key(line: PdfLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.lower()), round(line.y / 4)


def _running(page: Sequence[PdfLine], often: Collection[tuple[str, int]], apart: float) -> int:
    """Count the lines from the edge that come back and stand apart from the text.

    A turn may well begin or end several pages with the same words, but then no space follows.
    """
    count = next((n for n, line in enumerate(page[:_EDGE]) if _key(line) not in often), _EDGE)
    while 0 < count < len(page):
        if abs(page[count - 1].y - page[count].y) > apart:
            return count
        count -= 1
    return 0


def _is_page_number(text: str, page: int, pages: int) -> bool:
    """Say whether a line is a page number. A number alone must be that of the page to be one."""
    if not _PAGE_NUMBER.fullmatch(text):
        return False
    return not text.strip().isdigit() or (pages > 1 and int(text) == page)


def usual_step(pages: Sequence[Sequence[PdfLine]]) -> float:
    """Give the step, in points, between lines within paragraphs; 0 if no line follows another."""
    steps = sorted(
        above.y - below.y
        for page in pages
        for above, below in pairwise(page)
        if above.y - below.y > 1
    )
    return median(steps[: (len(steps) + 1) // 2]) if steps else 0.0
