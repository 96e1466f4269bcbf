"""Step: make packs of the segments from which most is learned when people code them next."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from commonthread.classifier.advice import SoFar, code_next
from commonthread.classifier.study import Material
from commonthread.coded import Counts
from commonthread.packs.draw import excerpts_pack
from commonthread.steps.classifier_material import read_classifier_material, with_texts
from commonthread.steps.pack_files import write_pack
from commonthread.steps.pack_material import read_material
from commonthread.study import find_study

# Among so many segments, drawn by chance, those to code next are looked for.
_AMONG = 5_000


def make_next_packs(
    files: Mapping[str, Any], study: str, number: int, shared: bool, folder: str
) -> list[str]:
    """Write for each coder of the study a pack with what to code next, blind, in every form.

    ``files`` are as for ``read_classifier_material`` and ``read_material``. ``number`` segments are
    chosen for all coders if packs are ``shared``, else for each. Gives sentences. Raises
    ``InputProblems`` if the study lists no coders.
    """
    found = find_study(Path(study))
    coders = found.listed_coders()
    classified = with_texts(read_classifier_material(files), files)
    rows = next_segments(classified, number if shared else number * len(coders))
    if not len(rows):
        return ["Every segment that may be learned from was judged: there is nothing to code next."]
    ids = classified.segments["segment_id"].to_numpy(dtype=object)
    material = read_material(files)
    said = []
    for place, coder in enumerate(coders):
        own = rows if shared else rows[place :: len(coders)]
        pack = excerpts_pack(
            material,
            set(ids[own].tolist()),
            classified.codebook,
            found.title,
            found.invented,
            coder,
        )
        write_pack(pack, Path(folder) / coder.id, "next")
        said.append(f"{coder.name}, {coder.role}: {len(own):,} segments to code next.")
    return [*said, f"The packs are in {folder}: a folder for each coder."]


def next_segments(material: Material, number: int) -> Counts:
    """Choose the rows of segments to code next, the most telling first.

    Nothing that people judged is chosen, and nothing that is kept apart.
    """
    ids = material.segments["segment_id"].tolist()
    by_chance = sorted(range(len(ids)), key=lambda row: _chance(ids[row]))
    people = material.codings["coder_kind"].isin(["person", "adjudication"])
    closed = set(material.codings["segment_id"][people]) | set(material.kept_apart)
    lessons = material.lessons()
    learned_from = set(lessons.row.tolist())
    free = [row for row in by_chance if ids[row] not in closed][:_AMONG]
    chosen = set(free)
    rows = np.array([row for row in by_chance if row in chosen or row in learned_from])
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    judged = np.isin(rows, lessons.row)
    has = np.zeros((len(rows), len(lessons.codes)), dtype=bool)
    place = {row: at for at, row in enumerate(lessons.row.tolist())}
    has[judged] = lessons.has[[place[row] for row in rows[judged].tolist()]]
    study = SoFar(
        codes=lessons.codes,
        texts=[material.texts[row] for row in rows.tolist()],
        hits=material.hits()[rows],
        has=has,
        judged=judged,
        free=np.isin(rows, free),
    )
    return rows[code_next(study, number)]


def _chance(segment_id: str) -> bytes:
    return blake2b(segment_id.encode(), digest_size=8).digest()
