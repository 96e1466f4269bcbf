"""Step: replace names in the turns of a batch, and in what is told about its sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from commonthread.names import make_replacer, pseudonymise, replace_names, replace_names_in_path
from commonthread.names_table import HARMLESS
from commonthread.settings import IdentifierSettings, SegmentSettings
from commonthread.tables import read_table, write_table
from commonthread.unlisted.find import find_unlisted
from commonthread.withdrawal import split_withdrawn, withdrawn_turns


def pseudonymise_batch(
    raw_turns_file: str,
    names_file: str,
    speakers_file: str,
    all_sources_file: str,
    batch_sources_file: str,
    settings: Mapping[str, Any],
    identifiers: Mapping[str, Any],
    turns_file: str,
    replacements_file: str,
    sources_file: str,
    unlisted_file: str,
    whole_turns_file: str,
    whole_segments_file: str,
) -> None:
    """Write the tables turns, replacements and sources of a batch, all without listed names.

    Takes the private tables raw_turns and sources of the batch, and names, found_speakers and
    sources of the study; ``settings`` say how segments are cut, ``identifiers`` which are replaced.
    The private table unlisted has words that nobody listed. What was refused has no turns.
    What was withdrawn has none either; the whole turns and segments of sources in which something
    was go into the private tables turns and whole_segments.
    """
    names = read_table(Path(names_file), "names")
    speakers = read_table(Path(speakers_file), "found_speakers")
    own = read_table(Path(batch_sources_file), "sources", only=["source_id"])["source_id"]
    sources = read_table(Path(all_sources_file), "sources")
    sources = sources[sources["source_id"].isin(own)].reset_index(drop=True)
    raw = read_table(Path(raw_turns_file), "raw_turns")
    read = sources.loc[sources["status"] == "read", "source_id"]
    raw = raw[raw["source_id"].isin(read)].reset_index(drop=True)
    replacer = make_replacer(names, speakers, IdentifierSettings.model_validate(identifiers))
    turns, replacements = pseudonymise(raw, speakers, replacer)
    split = split_withdrawn(
        turns,
        replacements,
        withdrawn_turns(raw, speakers),
        SegmentSettings.model_validate(settings),
    )
    write_table(split.whole_turns, "turns", Path(whole_turns_file))
    write_table(split.whole_segments, "whole_segments", Path(whole_segments_file))
    _take_off(sources, turns, split.turns)

    shown = ["path", "workshop_id", "reason", "warnings", "notes"]
    rows = []
    for source, path, workshop, *told in sources[["source_id", *shown]].itertuples(index=False):
        rows.append(
            (
                replace_names_in_path(path, replacer, source, workshop),
                replace_names_in_path(workshop, replacer, workshop_id=workshop),
                *(replace_names(text, replacer, source, workshop)[0] for text in told),
            )
        )
    sources[shown] = rows or None
    workshops = split.turns["source_id"].map(raw.groupby("source_id")["workshop_id"].first())
    harmless = names.loc[names["kind"] == HARMLESS, "form"]
    unlisted = find_unlisted(split.turns, workshops, split.replacements, harmless)
    write_table(unlisted, "unlisted", Path(unlisted_file))
    write_table(split.turns, "turns", Path(turns_file))
    write_table(split.replacements, "replacements", Path(replacements_file))
    write_table(sources, "sources", Path(sources_file))


def _take_off(sources: pd.DataFrame, whole: pd.DataFrame, kept: pd.DataFrame) -> None:
    """Take turns that were withdrawn, and their words, off what each source is said to have."""
    counted = [
        turns.groupby("source_id").agg(turns=("turn", "size"), words=("words", "sum"))
        for turns in (whole, kept)
    ]
    less = counted[0].sub(counted[1], fill_value=0).astype("int64")
    for name in ("turns", "words"):
        sources[name] -= sources["source_id"].map(less[name]).fillna(0).astype("int64")
