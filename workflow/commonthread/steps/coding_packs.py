"""Step: make what each coder of the study codes with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from commonthread.codebook import Codebook, load_codebook
from commonthread.packs.draw import Material, coding_packs, excerpts_pack
from commonthread.packs.group import choose_excerpts
from commonthread.packs.group_document import write_group_document
from commonthread.settings import PackSettings
from commonthread.steps.pack_files import write_pack
from commonthread.steps.pack_material import read_material
from commonthread.steps.study_tables import read_all
from commonthread.study import Study, find_study
from commonthread.tables import read_table


def make_coding_packs(
    files: Mapping[str, Any], study: str, settings: Mapping[str, Any], folder: str
) -> list[str]:
    """Write for each coder of the study a page, a workbook and documents; and a pack for a group.

    ``files`` are the tables of all batches: sources, turns, segments, machines' codings, and
    workshops, participants; the codebook; and the tables people_codings, judgements and coders.
    ``settings`` is the section packs.
    Gives sentences. Raises ``InputProblems`` if the study lists no coders.
    """
    found = find_study(Path(study))
    coders = found.listed_coders()
    codebook = load_codebook(Path(files["codebook"]))
    material = read_material(files)
    packs = coding_packs(
        material,
        coders,
        PackSettings.model_validate(settings),
        codebook,
        found.title,
        found.invented,
    )
    said = []
    for coder, pack in zip(coders, packs, strict=True):
        write_pack(pack, Path(folder) / coder.id, "coding")
        said.append(f"{coder.name}, {coder.role}: {len(pack.segments):,} segments to code.")
    _write_for_group(files, material, found, codebook, Path(folder) / "group")
    return [
        *said,
        f"The packs are in {folder}: a folder for each coder, and one for a group to talk about.",
    ]


def _write_for_group(
    files: Mapping[str, Any], material: Material, study: Study, codebook: Codebook, folder: Path
) -> None:
    """Write excerpts of each theme for a meeting, in two sizes of letters."""
    themes = choose_excerpts(
        material.segments,
        material.turns,
        read_all([*files["codings"], files["people_codings"]], "codings"),
        read_table(Path(files["participants"]), "participants"),
        codebook,
    )
    ids = {excerpt.segment_id for theme in themes for excerpt in theme.excerpts}
    pack = excerpts_pack(material, ids, codebook, study.title, study.invented)
    folder.mkdir(parents=True, exist_ok=True)
    write_group_document(pack, themes, folder / "discussion.docx", 12)
    write_group_document(pack, themes, folder / "discussion.large-print.docx", 18)
