"""Makes paragraphs of the lines that the pages of a PDF draw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from commonthread.sources.documents import Paragraph
from commonthread.sources.lines import Line, has_bullet
from commonthread.sources.openers import Mark, Opener, Style, opener
from commonthread.sources.pdf_furniture import PdfLine, usual_step, without_furniture
from commonthread.sources.speaker_labels import (
    Evidence,
    Shape,
    shape,
    speakers_among,
    words_in,
)

_SPARSE = 1.3
"""A step between lines this many times the usual one begins a new paragraph."""

_SHORT = 0.75
_ENDS = (".", "?", "!", "…", ":", '"', "”", "’", ")", "]")
_PARTED = re.compile(r"([^\W\d_]+)(-|\u2010|\u00ad)$")
_WORD = re.compile(r"[^\W\d_]+")


def paragraphs_of_pages(
    pages: Sequence[Sequence[PdfLine]], speaker_pattern: str | None = None
) -> tuple[list[Paragraph], list[str]]:
    """Give the paragraphs of a PDF in order, and notes about what was left out.

    A word parted at the end of a line is joined: without its hyphen, unless the document writes it
    with one elsewhere or its parts are words of the document. A paragraph ends before a line that
    names a speaker or opens with a bullet or a time, at a wider step between lines, and after a
    short line that ends a sentence. It goes on from one page to the next.
    """
    kept, notes = without_furniture(pages)
    lines = [line for page in kept for line in page]
    if not lines:
        return [], notes
    opens = _openings([line.text for line in lines], speaker_pattern)
    step = usual_step(kept)
    room = _room(lines)
    vocabulary = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    compounds = {
        word.lower() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line.text)
    }
    texts: list[str] = []
    at = 0
    before: PdfLine | None = None
    for page in kept:
        for position, line in enumerate(page):
            if before is None or _begins(line, before, position == 0, step, room, opens, at):
                texts.append(line.text)
            else:
                texts[-1] = _joined(texts[-1], line.text, vocabulary, compounds)
            before = line
            at += 1
    return [Paragraph(text) for text in texts], notes


def _openings(texts: Sequence[str], speaker_pattern: str | None) -> Callable[[int], str]:
    """Say of each line whether it opens a turn ("opens"), stands alone ("alone"), or not ("")."""
    if speaker_pattern:
        from commonthread.sources.own_pattern import openers_by_pattern

        own = openers_by_pattern([Line(text, n) for n, text in enumerate(texts)], speaker_pattern)
        if own:
            return lambda at: "opens" if at in own else ""
    found = [opener(text) for text in texts]
    counts = Counter(
        o.label for o in found if isinstance(o, Opener) and o.style is Style.COLON and not o.weak
    )
    sure = speakers_among(Evidence(len(texts), counts, (), lambda: words_in(texts)))

    def of(at: int) -> str:
        opening = found[at]
        if isinstance(opening, Mark):
            return "" if opening.bare and opening.text else "opens"
        if opening is None:
            return ""
        if opening.style is Style.CLOCK:
            return "alone" if shape(opening.label) >= Shape.ROLE else ""
        return "opens" if opening.style is Style.COLON and opening.label in sure else ""

    return of


def _room(lines: Sequence[PdfLine]) -> int:
    """Give how many characters a full line holds."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(0.9 * (len(lengths) - 1))]


def _begins(
    line: PdfLine,
    before: PdfLine,
    on_new_page: bool,
    step: float,
    room: int,
    opens: Callable[[int], str],
    at: int,
) -> bool:
    if opens(at) or opens(at - 1) == "alone" or has_bullet(line.text):
        return True
    ended = before.text.endswith(_ENDS)
    short = len(before.text) < _SHORT * room
    if opens(at - 1) and before.text.endswith(":"):
        return False  # A name on a line of its own: what is said follows.
    if on_new_page:
        return ended and short
    wide = step > 0 and before.y - line.y > _SPARSE * step
    return wide or (ended and short)


def _joined(before: str, after: str, words: Counter[str], compounds: set[str]) -> str:
    match = _PARTED.search(before)
    first = _WORD.match(after)
    if match is None or first is None or not after[0].islower():
        return f"{before} {after}"
    left, mark, right = match[1].lower(), match[2], first[0].lower()
    stem = before[: match.start(2)]
    if mark == "\u00ad" or words[left + right]:
        return stem + after
    if f"{left}-{right}" in compounds:
        return f"{stem}-{after}"
    # Both parts are words: a compound ("two-way"), or talk that breaks off ("the- the").
    whole = words[left] > 1 and words[right] > 1
    if left == right or (whole and len(left) <= 2):
        return f"{before} {after}"
    return f"{stem}-{after}" if whole else stem + after
