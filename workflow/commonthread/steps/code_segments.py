"""Step: cut the turns of a batch into segments and code them with the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from commonthread.codebook import load_codebook
from commonthread.dictionary import code_sources, read_coded, write_coded
from commonthread.settings import Settings
from commonthread.tables import read_table


def code_batch(
    turns_file: str,
    replacements_file: str,
    sources_file: str,
    codebook_file: str,
    settings: Mapping[str, Any],
    segments_file: str,
    codings_file: str,
    fingerprints_file: str,
    progress: Callable[[int, int], None],
) -> None:
    """Write the tables segments, codings and fingerprints of a batch.

    ``settings`` holds the sections segments and language. Where the files to write are there
    already, sources that have not changed since are taken over from them. ``progress`` is told
    files done and files in all. Raises ``InputProblems`` for a codebook that cannot be used.
    """
    places = {
        "segments": Path(segments_file),
        "codings": Path(codings_file),
        "fingerprints": Path(fingerprints_file),
    }
    sources = read_table(Path(sources_file), "sources")
    coded = code_sources(
        read_table(Path(turns_file), "turns"),
        sources[sources["status"] == "read"],
        read_table(Path(replacements_file), "replacements"),
        load_codebook(Path(codebook_file)),
        Settings.model_validate(settings),
        previous=read_coded(**places),
        progress=progress,
    )
    write_coded(coded, **places)
