"""Step: draw the audit sample, and make what people check it with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.audit.checked import audited
from commonthread.audit.draw import draw_more
from commonthread.audit.outlook import SIZES, audit_outlook, in_points, typical_code
from commonthread.audit.sample import FILE, Drawn, add_to_sample, read_sample
from commonthread.audit.today import LOST, find_sample, found_segments
from commonthread.codebook import Codebook, load_codebook
from commonthread.coded import code_segments
from commonthread.coders import Coder, coder_id
from commonthread.codings import MACHINES, decide
from commonthread.judged import judged_segments
from commonthread.packs.draw import Material, excerpts_pack
from commonthread.problems import InputProblems, Problem, suggest
from commonthread.pseudonyms import KEY_FILE, read_key
from commonthread.settings import AuditSettings
from commonthread.steps.pack_files import write_pack
from commonthread.steps.pack_material import read_material
from commonthread.steps.study_tables import read_withdrawn
from commonthread.study import Study, find_study
from commonthread.tables import read_table

_CODERS = 2


def make_audit_packs(
    files: Mapping[str, Any],
    study: str,
    settings: Mapping[str, Any],
    private: str,
    folder: str,
) -> list[str]:
    """Draw the sample, or more of it; write for each coder what they have not judged yet.

    ``files`` are the tables of all batches: sources, turns, segments and the machines' codings, and
    workshops, participants, judgements; the codebook; and what was withdrawn. ``settings`` is the section audit,
    ``private`` the folder with the key. Each pack is blind, has all codes for each segment, and comes in
    every form, in a folder of its own. Gives sentences. Raises
    ``InputProblems`` if the study lists nobody who codes, or if its sample cannot be added to.
    """
    found, chosen = find_study(Path(study)), AuditSettings.model_validate(settings)
    coders = _coders(found, chosen)
    material = read_material(files)
    participants = read_table(Path(files["participants"]), "participants")
    judgements = read_table(Path(files["judgements"]), "judgements")
    codebook = load_codebook(Path(files["codebook"]))
    pseudonyms = [row.pseudonym for row in read_key(Path(private) / KEY_FILE)]
    withdrawn = read_withdrawn([files["whole_turns"], files["whole_segments"]])

    def today(sample: Sequence[Drawn]) -> pd.DataFrame:
        return find_sample(sample, material.segments, material.turns, pseudonyms, withdrawn)

    before = read_sample(found.folder)
    rows = draw_more(
        material.segments,
        material.turns,
        participants,
        _by_segment(before, today(before)),
        chosen.segments,
        date.today().isoformat(),
    )
    add_to_sample(found.folder, rows)
    sample = read_sample(found.folder)
    table = today(sample)
    said = _write_packs(material, coders, table, judgements, found, codebook, Path(folder))
    coded = code_segments(
        material.segments,
        decide(material.codings[material.codings["coder_kind"].isin(MACHINES)]),
        participants,
        read_table(Path(files["workshops"]), "workshops"),
        codebook,
    )
    outlook = audit_outlook(audited(coded, table, judgements), sorted({*SIZES, chosen.segments}))
    lost = int((table["status"] == LOST).sum())
    return [
        f"The audit sample has {len(sample) - lost:,} segments, {len(sample) - len(before):,} of "
        f"them drawn now. {study}/{FILE} keeps it: leave it there.",
        *([f"Drawn before, but not found again: {lost:,}."] if lost else []),
        *said,
        *_what_sizes_buy(outlook),
    ]


def _coders(study: Study, settings: AuditSettings) -> list[Coder]:
    """Give who is to check. Raises InputProblems where nobody is, or where somebody is not listed."""
    coders = study.listed_coders()
    if not settings.coders:
        return list(coders[:_CODERS])
    listed = {coder.id: coder for coder in coders}
    problems = [
        Problem(
            "setting audit: coders",
            f'"{name}" is not in the list of coders.'
            f"{suggest(name, [coder.name for coder in coders])}",
            "Write the name as it stands in coders.csv.",
        )
        for name in settings.coders
        if coder_id(name) not in listed
    ]
    if problems:
        raise InputProblems(problems)
    return [listed[each] for each in dict.fromkeys(map(coder_id, settings.coders))]


def _by_segment(sample: Sequence[Drawn], table: pd.DataFrame) -> dict[str, Drawn]:
    """Give by segment of today what was drawn of it."""
    drawn = {each.segment_id: each for each in sample}
    found = found_segments(table)
    ids = zip(found["segment_id"], found["drawn_segment_id"], strict=True)
    return {segment_id: drawn[drawn_id] for segment_id, drawn_id in ids}


def _write_packs(
    material: Material,
    coders: Sequence[Coder],
    table: pd.DataFrame,
    judgements: pd.DataFrame,
    study: Study,
    codebook: Codebook,
    folder: Path,
) -> list[str]:
    """Write each coder's pack: what of the sample they have not judged. Gives a sentence on each."""
    ids = set(found_segments(table).index)
    done = judged_segments(judgements).groupby("coder_id")["segment_id"].agg(set).to_dict()
    said = []
    for coder in coders:
        left = ids - done.get(coder.id, set())
        if not left:
            said.append(f"{coder.name}, {coder.role}: has judged all of the sample.")
            continue
        pack = excerpts_pack(material, left, codebook, study.title, study.invented, coder)
        write_pack(pack, folder / coder.id, "audit")
        said.append(f"{coder.name}, {coder.role}: {len(left):,} segments to judge.")
    if len(coders) < _CODERS:
        said.append(
            "One person checks. With a second one, the intervals would know how people err."
        )
    return [*said, f"The packs are in {folder}: a folder for each coder."]


def _what_sizes_buy(outlook: pd.DataFrame) -> list[str]:
    """Say for each size how far off a typical share would be, in all and by role and workshop."""
    typical = typical_code(outlook)
    if typical is None:
        return []
    where = {"all": "in all", "role": "in a role", "workshop": "in a workshop"}
    said = []
    for size in sorted(set(typical.half_widths.index.get_level_values("sample"))):
        own = typical.half_widths[size]
        told = ", ".join(f"{in_points(own[kind])} {words}" for kind, words in where.items())
        said.append(
            f"With {size:,} segments checked, the share of a typical code would be known to within "
            f"so many percentage points: {told}."
        )
    return said
