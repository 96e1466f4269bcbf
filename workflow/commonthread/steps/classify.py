"""Step: learn from people's codings, and code the segments that nobody judged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.classifier.embeddings import check_model, embed, load_encoder
from commonthread.classifier.study import Classified, Material, classify
from commonthread.classifier.verdicts import Rules
from commonthread.export import write_csv_for_people
from commonthread.quotes import SegmentTexts
from commonthread.settings import ClassifierSettings
from commonthread.steps.classifier_material import read_classifier_material
from commonthread.steps.study_tables import read_all
from commonthread.tables import read_table, write_table
from commonthread.whole_files import replacing


def classify_segments(
    files: Mapping[str, Any],
    settings: Mapping[str, Any],
    codings_file: str,
    model_file: str,
    look_at_csv: str,
    data: str,
) -> list[str]:
    """Write the classifier's codings, its model, and what it says of itself.

    ``files`` are as ``read_classifier_material`` takes them, with workshops; ``settings`` is the
    section classifier. Into ``data`` go the tables to_look_at, classifier_codes and
    classifier_roles; ``look_at_csv`` is the first of these with words, for people. The model's file
    is empty where nothing could be learned. Gives sentences. Raises ``InputProblems`` for a codebook
    that cannot be used, and if sentence embeddings are asked for that cannot be made.
    """
    chosen = ClassifierSettings.model_validate(settings)
    material = read_classifier_material(files)
    if chosen.embeddings:
        material = _with_vectors(material, Path(chosen.embeddings))
    made = classify(material, Rules(chosen.target, chosen.certain, chosen.apply))
    write_table(made.codings, "codings", Path(codings_file))
    for name in ("to_look_at", "classifier_codes", "classifier_roles"):
        frame = getattr(made, name)
        write_table(frame, name, Path(data) / f"{name}.parquet")
        write_csv_for_people(frame, Path(data) / f"{name}.csv")
    _write_model(made, Path(model_file))
    write_csv_for_people(_with_words(made.to_look_at, material, files), Path(look_at_csv))
    return _said(made, look_at_csv)


def _with_vectors(material: Material, model: Path) -> Material:
    """Make sentence embeddings where something can be learned; say in any case what is missing."""
    check_model(model)
    if not material.can_teach:
        return material
    return replace(material, vectors=embed(material.texts, load_encoder(model)))


def _write_model(made: Classified, path: Path) -> None:
    if made.model is None:
        with replacing(path) as temporary:
            temporary.touch()
        return
    from commonthread.classifier.saving import save_model

    save_model(made.model, path)


def _with_words(offers: pd.DataFrame, material: Material, files: Mapping[str, Any]) -> pd.DataFrame:
    """Put beside each offer, for people, what was said, by whom, and where."""
    own = material.segments.set_index("segment_id", drop=False).loc[
        list(dict.fromkeys(offers["segment_id"]))
    ]
    words: dict[str, str] = {}
    if len(own):
        texts = SegmentTexts(own, read_all(files["turns"], "turns"))
        words = {name: texts[row] for row, name in enumerate(own["segment_id"])}
    workshops = read_table(Path(files["workshops"]), "workshops")
    titles = dict(zip(workshops["workshop_id"], workshops["workshop"], strict=True))
    place = own["workshop_id"].to_dict()
    speaker = own["participant_id"].to_dict()
    names = {code.id: code.name for code in material.codebook.codes}
    return pd.DataFrame(
        {
            "code": offers["code_id"].map(names),
            "sure": [f"{sure:.0%}" for sure in offers["confidence"]],
            "words": offers["segment_id"].map(words),
            "speaker": offers["segment_id"].map(speaker),
            "workshop": [titles.get(place[each], place[each]) for each in offers["segment_id"]],
            "because_of": [
                "; ".join(each["term"] for each in json.loads(evidence))
                for evidence in offers["evidence"]
            ],
            "dictionary_found_it": ["yes" if found else "no" for found in offers["dictionary"]],
            "segment_id": offers["segment_id"],
            "code_id": offers["code_id"],
        }
    )


def _said(made: Classified, look_at_csv: str) -> list[str]:
    if made.model is None:
        return []
    standing = made.classifier_codes["standing"].value_counts()
    applied = made.classifier_codes["applied"].sum()
    said = [
        f"The classifier learned from {made.classifier_codes['judged'].max():,} segments that people "
        f"judged. Codes that it gives by itself: {standing.get('applied', 0):,}; that it only shows "
        f"people: {standing.get('offered', 0):,}; that it could not learn: "
        f"{standing.get('not learned', 0):,}."
    ]
    if applied:
        said.append(f"Codings that it gave to segments that nobody judged: {applied:,}.")
    if len(made.to_look_at):
        said.append(f"Where a code may fit, for people to look at: {look_at_csv}")
    return said
