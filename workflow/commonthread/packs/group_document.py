"""A pack for a group as a Word document: per theme what it means, and excerpts to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commonthread.docx_parts import save_document
from commonthread.packs.about import GROUP, HEADINGS, TITLE, about_rows
from commonthread.packs.document import SEGMENT_ID, what_was_said, who_and_where
from commonthread.packs.docx_form import (
    Field,
    add_form,
    add_heading,
    add_links,
    add_table,
    add_text,
    start_document,
)
from commonthread.packs.group import GroupExcerpt, GroupTheme
from commonthread.packs.labels import code_labels, code_numbers
from commonthread.packs.pack import Pack, PackSegment

MARKS = ("Fits", "Does not fit", "Not sure")
WORDS = "Words to talk about"
CODE, WHY_CHOSEN, WHY = "Code to try", "Why it is here", "Why we think so"

_HOW_TO = (
    "This is for a group that looks at the codebook together, in a meeting or in twos. It is not a"
    " test, and there are no right answers to find. You may do one theme and leave the rest.",
    "Read out what the theme means in plain words. Then take one excerpt after the other: one person"
    " reads it out, and everybody says whether the code fits, and which words say so.",
    "Mark together: fits, does not fit, or not sure. If you see it in different ways, mark not sure,"
    " and write down both. That is more useful than a quick agreement.",
    "Excerpts on which coders differ come first. Others are clear cases, doubtful ones, and near"
    " misses: these have words like those of the code, and may not have its meaning.",
    "After each theme: would other words say better what is meant? What you write down is for"
    " changing the codebook. It does not count as coding.",
    "Please keep this document within the group. It has what people said in confidence. Names were"
    " replaced, but who was there may still know who spoke.",
)


def write_group_document(pack: Pack, themes: Sequence[GroupTheme], path: Path, size: int) -> None:
    """Write a pack for a group as a Word document, in letters of ``size`` points.

    ``pack`` has the segments of all excerpts, in any order, with the turns around them. For each
    theme: what it and its codes mean in plain words; each excerpt with room to mark together
    whether its code fits and why; and room for what should change. The same pack gives the same
    bytes. Raises KeyError if an excerpt's segment is not in the pack.
    """
    title = "Codes to talk about"
    document = start_document(
        title, f"{title}. {pack.study}", pack.study, pack.invented, pack.codebook.language, size
    )
    numbers = code_numbers(pack.codebook)
    add_heading(document, "How to use this", 1)
    for line in _HOW_TO:
        add_text(document, line, bullet=True)
    links = [
        (f"{numbers[theme.theme_id]} {pack.codebook.code(theme.theme_id).name}", _bookmark(theme))
        for theme in themes
    ]
    add_links(document, "Themes in this document:", links)
    segments = {segment.segment_id: segment for segment in pack.segments}
    for theme in themes:
        _add_theme(document, pack, theme, segments, size)
    add_heading(document, TITLE, 1, new_page=True)
    add_table(document, TITLE, HEADINGS, about_rows(pack, GROUP), (1, 2))
    save_document(document, path)


def _bookmark(theme: GroupTheme) -> str:
    return f"theme_{theme.theme_id}"[:40]


def _add_theme(
    document: Any, pack: Pack, theme: GroupTheme, segments: dict[str, PackSegment], size: int
) -> None:
    codebook = pack.codebook
    labels, numbers = code_labels(codebook), code_numbers(codebook)
    code = codebook.code(theme.theme_id)
    heading = f"{numbers[code.id]} {labels[code.id]}"
    add_heading(document, heading, 1, bookmark=_bookmark(theme), new_page=True)
    add_text(document, code.plain)
    below = codebook.descendants(code.id)
    if below:
        rows = [(numbers[each.id], labels[each.id], each.plain) for each in below]
        parts = (2.4, 5, 8) if size <= 14 else (3, 5, 6)
        add_heading(document, "Its codes", 2)
        add_table(
            document, f"Codes of {heading}", ("Number", "Name", "In plain words"), rows, parts
        )
    if not theme.excerpts:
        add_text(document, "Nothing in these workshops was found for this theme.")
    for number, excerpt in enumerate(theme.excerpts, start=1):
        name = f"Excerpt {number} of {len(theme.excerpts)}"
        add_heading(document, name, 2)
        segment = segments[excerpt.segment_id]
        fields = _fields(pack, segment, excerpt, name)
        add_form(document, name, who_and_where(pack, segment), fields, size)
    add_heading(document, "After this theme", 2)
    change = Field("What in the codebook should change?", kind="long answer")
    add_form(document, f"After {heading}", "What you write down", [change], size)


def _fields(pack: Pack, segment: PackSegment, excerpt: GroupExcerpt, name: str) -> list[Field]:
    labels, numbers = code_labels(pack.codebook), code_numbers(pack.codebook)
    code = pack.codebook.code(excerpt.code_id)
    return [
        *what_was_said(pack, segment, WORDS),
        Field(CODE, f"{numbers[code.id]} {labels[code.id]}: {code.plain}"),
        Field(WHY_CHOSEN, excerpt.why),
        *(Field(mark, f"{mark}, {name.lower()}", "tick") for mark in MARKS),
        Field(WHY, kind="long answer"),
        Field(SEGMENT_ID, segment.segment_id),
    ]
