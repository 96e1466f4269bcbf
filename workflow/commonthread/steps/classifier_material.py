"""Reads what the classifier works on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.audit.today import audit_segments
from commonthread.classifier.study import Material
from commonthread.codebook import load_codebook
from commonthread.judged import ADJUDICATION
from commonthread.refining.segment_words import texts_without
from commonthread.steps.study_tables import read_all
from commonthread.tables import read_table


def read_classifier_material(files: Mapping[str, Any]) -> Material:
    """Read the tables of all batches, by their names.

    ``files`` are segments, turns, replacements and the dictionary's codings of all batches,
    people_codings, judgements, participants, audit_sample (from which nothing is learned), and the
    codebook. Turns are read only where something
    can be learned. Raises ``InputProblems`` for a codebook that cannot be used.
    """
    judgements = read_table(Path(files["judgements"]), "judgements")
    segments = read_all(files["segments"], "segments")
    material = Material(
        segments=segments,
        texts=(),
        codings=read_all([*files["codings"], files["people_codings"]], "codings"),
        participants=read_table(Path(files["participants"]), "participants"),
        codebook=load_codebook(Path(files["codebook"])),
        kept_apart=audit_segments(read_table(Path(files["audit_sample"]), "audit_sample")),
        without_pack=_without_pack(judgements),
    )
    return with_texts(material, files) if material.can_teach else material


def with_texts(material: Material, files: Mapping[str, Any]) -> Material:
    """Read the words of all segments, without the names that were replaced in them."""
    names = read_all(files["replacements"], "replacements")
    turns = read_all(files["turns"], "turns")
    spans = names[["source_id", "start", "end"]]
    return replace(material, texts=texts_without(material.segments, turns, spans))


def _without_pack(judgements: pd.DataFrame) -> frozenset[str]:
    """Give the segments that nobody judged in a pack."""
    own = judgements[(judgements["status"] == "counts") & (judgements["purpose"] != ADJUDICATION)]
    packed = own["pack_id"].fillna("") != ""
    return _segments(own[~packed]) - _segments(own[packed])


def _segments(judgements: pd.DataFrame) -> frozenset[str]:
    return frozenset(each for ids in judgements["segment_ids"] for each in json.loads(ids))
