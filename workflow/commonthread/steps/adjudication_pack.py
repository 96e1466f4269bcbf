"""Step: make the page on which a team settles what coders differ on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.codebook import load_codebook
from commonthread.packs.draw import adjudication_pack
from commonthread.review.page import write_coding_page
from commonthread.standing import unsettled
from commonthread.steps.pack_material import read_material
from commonthread.study import find_study
from commonthread.tables import read_table


def make_adjudication_pack(files: Mapping[str, Any], study: str, page_file: str) -> list[str]:
    """Write the page on which a team settles what coders differ on.

    ``files`` are as in ``make_coding_packs``. Gives sentences; where there is nothing to settle, no
    page is written.
    """
    found = find_study(Path(study))
    codebook = load_codebook(Path(files["codebook"]))
    opinions = unsettled(
        read_table(Path(files["judgements"]), "judgements"),
        read_table(Path(files["coders"]), "coders"),
        codebook,
    )
    if not opinions:
        return ["There is nothing to settle: no segment has codings of people that differ."]
    pack = adjudication_pack(read_material(files), opinions, codebook, found.title, found.invented)
    write_coding_page(pack, Path(page_file))
    return [f"Segments on which coders differ: {len(pack.segments):,}. To settle them: {page_file}"]
