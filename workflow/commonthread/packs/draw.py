"""Draws what each coder gets to code, and what is left to settle, out of a study's segments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import pandas as pd

from commonthread.anchors.anchor import make_anchors
from commonthread.codebook import Codebook
from commonthread.coders import Coder
from commonthread.packs.pack import (
    Opinion,
    Pack,
    PackSegment,
    PackSource,
    PackTurn,
    Purpose,
)
from commonthread.settings import PackSettings

# Stands for a speaker where notes have none.
_NOTES = "Notes"


class Material:
    """The segments of a study with their turns, sources and what the dictionary found in them.

    Goes in: the tables ``segments``, ``turns``, ``sources`` and ``workshops``, and the machines'
    ``codings``. Segments are in the order of workshops, of files (notes after talk), and of what was
    said.
    """

    def __init__(
        self,
        segments: pd.DataFrame,
        turns: pd.DataFrame,
        sources: pd.DataFrame,
        workshops: pd.DataFrame,
        codings: pd.DataFrame,
    ) -> None:
        place = {name: at for at, name in enumerate(workshops["workshop_id"].tolist())}
        titles = dict(zip(workshops["workshop_id"], workshops["workshop"], strict=True))
        read = sources[sources["status"] == "read"]
        files = sorted(
            zip(read["workshop_id"], read["kind"], read["path"], read["source_id"], strict=True),
            key=lambda file: (place.get(file[0], len(place)), file[1] == "notes", file[2]),
        )
        self.sources = {
            source_id: PackSource(source_id, str(titles.get(workshop, workshop)), _name(path))
            for workshop, _, path, source_id in files
        }
        self.notes = {source_id for _, kind, _, source_id in files if kind == "notes"}
        at = {source_id: number for number, source_id in enumerate(self.sources)}
        self.segments = segments.assign(_at=segments["source_id"].map(at)).sort_values(
            ["_at", "start", "segment_id"], ignore_index=True
        )
        self.turns = turns.assign(_at=turns["source_id"].map(at)).sort_values(
            ["_at", "turn"], ignore_index=True
        )
        self.codings = codings
        self.anchors = {
            anchor.segment_id: anchor for anchor in make_anchors(self.segments, self.turns)
        }


def coding_packs(
    material: Material,
    coders: Sequence[Coder],
    settings: PackSettings,
    codebook: Codebook,
    study: str,
    invented: bool,
) -> list[Pack]:
    """Draw a pack for each coder.

    What a coder's row leaves open is as ``settings`` say. Where a number of segments is given, they
    are drawn at random, each with the same chance; the same segments on every run as long as their
    words stay. Packs that are shared hold the same segments for the same workshops and number; of
    packs that are not shared no two have a segment in common.
    """
    share = {}
    if not settings.shared:
        share = _shared_out(material.segments, coders, settings)
    packs = []
    for coder in coders:
        ids = _drawn(material.segments, coder, settings, share)
        chosen = material.segments[material.segments["segment_id"].isin(ids)]
        start = coder.start or settings.start
        pack = Pack(
            pack_id="",
            purpose="coding",
            study=study,
            invented=invented,
            coder=coder.name,
            role=coder.role,
            start=start,
            whole=settings.shared and (coder.segments or settings.segments) is None,
            codebook=codebook,
            sources=(),
            turns=(),
            segments=(),
        )
        packs.append(_filled(pack, material, chosen, {}))
    return packs


def adjudication_pack(
    material: Material,
    opinions: Mapping[str, Sequence[Opinion]],
    codebook: Codebook,
    study: str,
    invented: bool,
) -> Pack:
    """Make the pack in which a team settles the segments of ``opinions`` (by segment id)."""
    pack = _for_a_team("adjudication", codebook, study, invented)
    return _filled(pack, material, _rows(material, opinions), opinions)


def excerpts_pack(
    material: Material,
    segment_ids: Collection[str],
    codebook: Codebook,
    study: str,
    invented: bool,
    coder: Coder | None = None,
) -> Pack:
    """Make the pack with the segments that a group talks about, or that one coder is to code."""
    pack = _for_a_team("coding", codebook, study, invented)
    if coder is not None:
        pack = replace(pack, coder=coder.name, role=coder.role)
    return _filled(pack, material, _rows(material, segment_ids), {})


def _for_a_team(purpose: Purpose, codebook: Codebook, study: str, invented: bool) -> Pack:
    return Pack(
        pack_id="",
        purpose=purpose,
        study=study,
        invented=invented,
        coder="",
        role="",
        start="blind",
        whole=False,
        codebook=codebook,
        sources=(),
        turns=(),
        segments=(),
    )


def _rows(material: Material, segment_ids: Collection[str]) -> pd.DataFrame:
    return material.segments[material.segments["segment_id"].isin(segment_ids)]


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _chance(segment_id: str, coders: str) -> bytes:
    return blake2b(f"{coders}\n{segment_id}".encode(), digest_size=8).digest()


def _in_workshops(segments: pd.DataFrame, coder: Coder, settings: PackSettings) -> list[str]:
    workshops = coder.workshops or tuple(settings.workshops)
    own = segments[segments["workshop_id"].isin(workshops)] if workshops else segments
    return [str(segment_id) for segment_id in own["segment_id"]]


def _shared_out(
    segments: pd.DataFrame, coders: Sequence[Coder], settings: PackSettings
) -> dict[str, str]:
    """Give each segment to one of the coders of its workshop, at random."""
    takers: dict[str, list[str]] = {}
    for coder in coders:
        for segment_id in _in_workshops(segments, coder, settings):
            takers.setdefault(segment_id, []).append(coder.id)
    return {
        segment_id: min(own, key=lambda coder_id: _chance(segment_id, coder_id))
        for segment_id, own in takers.items()
    }


def _drawn(
    segments: pd.DataFrame, coder: Coder, settings: PackSettings, share: Mapping[str, str]
) -> set[str]:
    ids = _in_workshops(segments, coder, settings)
    if share:
        ids = [segment_id for segment_id in ids if share[segment_id] == coder.id]
    number = coder.segments or settings.segments
    if number is not None:
        ids = sorted(ids, key=lambda segment_id: _chance(segment_id, ""))[:number]
    return set(ids)


def _filled(
    pack: Pack,
    material: Material,
    chosen: pd.DataFrame,
    opinions: Mapping[str, Sequence[Opinion]],
) -> Pack:
    """Put segments into a pack, with their turns and the turns around them."""
    turns = _turns_around(material.turns, chosen, pack.whole)
    place = {key: at for at, key in enumerate(zip(turns["source_id"], turns["turn"], strict=True))}
    used = [source for name, source in material.sources.items() if name in set(turns["source_id"])]
    number = {source.source_id: at for at, source in enumerate(used)}
    found: dict[str, list[str]] = {}
    if pack.start == "dictionary":
        own = material.codings[
            material.codings["segment_id"].isin(chosen["segment_id"])
            & (material.codings["coder_kind"] == "dictionary")
        ]
        for segment_id, code_id in zip(own["segment_id"], own["code_id"], strict=True):
            found.setdefault(segment_id, []).append(code_id)
    first = dict(zip(place, turns["start"].tolist(), strict=True))
    segments = []
    for row in chosen.to_dict("records"):
        key = (row["source_id"], row["turn"])
        anchor = material.anchors[row["segment_id"]]
        segments.append(
            PackSegment(
                segment_id=row["segment_id"],
                turn=place[key],
                start=row["start"] - first[key],
                end=row["end"] - first[key],
                before=anchor.before,
                after=anchor.after,
                found=tuple(found.get(row["segment_id"], ())),
                opinions=tuple(opinions.get(row["segment_id"], ())),
            )
        )
    filled = replace(
        pack,
        sources=tuple(used),
        turns=tuple(
            PackTurn(
                source=number[row["source_id"]],
                number=row["turn"],
                speaker=_speaker(row, material.notes),
                start_s=None if pd.isna(row["start_s"]) else row["start_s"],
                text=row["text"],
            )
            for row in turns.to_dict("records")
        ),
        segments=tuple(segments),
    )
    return replace(filled, pack_id=_pack_id(filled))


def _speaker(turn: Mapping[Any, Any], notes: Collection[str]) -> str:
    if pd.isna(turn["participant_id"]):
        return _NOTES if turn["source_id"] in notes else ""
    return str(turn["participant_id"])


def _turns_around(turns: pd.DataFrame, chosen: pd.DataFrame, whole: bool) -> pd.DataFrame:
    """Give the turns of the chosen segments with those before and after, or whole transcripts."""
    own = turns[turns["source_id"].isin(chosen["source_id"])]
    if whole:
        return own
    wanted = set(zip(chosen["source_id"], chosen["turn"], strict=True))
    near = [
        any((source_id, turn + step) in wanted for step in (-1, 0, 1))
        for source_id, turn in zip(own["source_id"], own["turn"], strict=True)
    ]
    return own[near]


def _pack_id(pack: Pack) -> str:
    """Give an id that stays while coder, segments and codebook do."""
    parts = [pack.study, pack.purpose, pack.coder, pack.start, pack.codebook.sha256]
    parts += [segment.segment_id for segment in pack.segments]
    return blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
