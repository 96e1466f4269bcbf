"""Writes a pack in every form in which people may like to work."""

from __future__ import annotations

from pathlib import Path

from commonthread.packs.document import document_parts, write_pack_document
from commonthread.packs.pack import Pack
from commonthread.packs.workbook import write_pack_workbook
from commonthread.review.page import write_coding_page
from commonthread.whole_files import replacing


def write_pack(pack: Pack, folder: Path, name: str) -> None:
    """Write a pack in every form: people choose the one that they like to work in.

    A long pack becomes several documents: office programs are slow with long ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_coding_page(pack, folder / f"{name}.html")
    with replacing(folder / f"{name}.xlsx") as temporary:
        temporary.write_bytes(write_pack_workbook(pack))
    parts = document_parts(pack)
    for number, part in enumerate(parts, start=1):
        own, told = name, ""
        if len(parts) > 1:
            own, told = f"{name}-part-{number}", f"part {number} of {len(parts)}"
        write_pack_document(part, folder / f"{own}.docx", 12, told)
        write_pack_document(part, folder / f"{own}.large-print.docx", 18, told)
