"""Puts the worklist of unlisted words into a page on which a person marks them: one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commonthread.listed_words import STANDS_FOR
from commonthread.report import rendering
from commonthread.report.packing import encode
from commonthread.report.rendering import Pageable, Parts, render
from commonthread.review.unlisted_packed import packed_worklist
from commonthread.unlisted.worklist import Entry

_HERE = Path(__file__).parent
_SHARED = Path(rendering.__file__).parent
_PARTS = Parts(
    styles=(_SHARED / "page.css", _HERE / "coding.css", _HERE / "unlisted.css"),
    scripts=(
        *(_SHARED / name for name in ("page.js", "wording.js", "word_search.js")),
        *(
            _HERE / f"{name}.js"
            for name in (
                "keeping",
                "memory",
                "telling",
                "writing",
                "unlisted_data",
                "marks",
                "mark_file",
                "unlisted_list",
                "settings_panel",
                "shortcuts",
                "unlisted",
            )
        ),
    ),
    templates=_HERE / "templates",
)


@dataclass(frozen=True)
class UnlistedPage(Pageable):
    """What the template gets; ``folder`` is where the file that the page saves is to go."""

    total: int
    pseudonyms: tuple[str, ...]
    folder: str
    instead: tuple[str, str, str, str]


def unlisted_page(
    entries: Sequence[Entry],
    pseudonyms: Sequence[str],
    *,
    study: str,
    invented: bool,
    folder: str,
) -> bytes:
    """Give the page of a worklist as one HTML file.

    ``study`` is the study's title, ``pseudonyms`` are offered as replacements. The file asks for
    nothing outside itself, and the same content gives the same bytes. It holds what may be real
    names, so it is for the private folder.
    """
    page = UnlistedPage(
        title=f"Words that nobody listed: {study}",
        study=study,
        invented=invented,
        total=len(entries),
        pseudonyms=tuple(pseudonyms),
        folder=folder,
        instead=(
            STANDS_FOR["person"],
            STANDS_FOR["place"],
            STANDS_FOR["organisation"],
            STANDS_FOR["other"],
        ),
    )
    html = render("unlisted.html", page, _PARTS)
    return encode(html, {"unlisted-data": packed_worklist(entries, study)})
