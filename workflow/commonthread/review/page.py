"""Puts a pack into a page on which a person codes, or a team settles: one file, needing nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from commonthread.packs.pack import Pack
from commonthread.report import rendering
from commonthread.report.rendering import Pageable, Parts, render, write_whole
from commonthread.review.packed import packed_data

_HERE = Path(__file__).parent
# What the report's pages are made of, these are, too.
_SHARED = Path(rendering.__file__).parent
_PARTS = Parts(
    styles=(_SHARED / "page.css", _HERE / "coding.css"),
    scripts=(
        *(_SHARED / name for name in ("page.js", "wording.js", "word_search.js")),
        *(
            _HERE / f"{name}.js"
            for name in (
                "pack_data",
                "keeping",
                "memory",
                "telling",
                "writing",
                "decisions",
                "decision_file",
                "segment_text",
                "code_list",
                "codebook_panel",
                "segment_list",
                "opinions",
                "people_panel",
                "settings_panel",
                "shortcuts",
                "coding",
            )
        ),
    ),
    templates=_HERE / "templates",
)


@dataclass(frozen=True)
class CodingPage(Pageable):
    """What the template gets: the pack, and a code of it as an example of what a code is."""

    pack: Pack
    example: str


def write_coding_page(pack: Pack, path: Path) -> None:
    """Write the page of a pack as one HTML file, whole or not at all.

    The file asks for nothing outside itself, and the same pack gives the same bytes.
    """
    book = pack.codebook
    codes = [code for code in book.codes if code.dimension == "code"] or list(book.codes)
    page = CodingPage(
        title=f"{'Deciding' if pack.purpose == 'adjudication' else 'Coding'}: {pack.study}",
        study=pack.study,
        invented=pack.invented,
        pack=pack,
        example=codes[0].name,
    )
    write_whole(path, render("coding.html", page, _PARTS), {"pack-data": packed_data(pack)})
