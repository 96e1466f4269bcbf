"""Step: replace names in the turns of a batch, and in what is told about its sources."""

from __future__ import annotations

from pathlib import Path

from commonthread.names import make_replacer, pseudonymise, replace_names, replace_names_in_path
from commonthread.tables import read_table, write_table


def pseudonymise_batch(
    raw_turns_file: str,
    names_file: str,
    speakers_file: str,
    all_sources_file: str,
    batch_sources_file: str,
    turns_file: str,
    replacements_file: str,
    sources_file: str,
) -> None:
    """Write the tables turns, replacements and sources of a batch, all without names.

    Takes the private tables raw_turns and sources of the batch, and names, found_speakers and
    sources of the study. What was refused has no turns.
    """
    names = read_table(Path(names_file), "names")
    speakers = read_table(Path(speakers_file), "found_speakers")
    own = read_table(Path(batch_sources_file), "sources", only=["source_id"])["source_id"]
    sources = read_table(Path(all_sources_file), "sources")
    sources = sources[sources["source_id"].isin(own)].reset_index(drop=True)
    raw = read_table(Path(raw_turns_file), "raw_turns")
    read = sources.loc[sources["status"] == "read", "source_id"]
    turns, replacements = pseudonymise(raw[raw["source_id"].isin(read)], speakers, names)

    replacer = make_replacer(names, speakers)
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
    write_table(turns, "turns", Path(turns_file))
    write_table(replacements, "replacements", Path(replacements_file))
    write_table(sources, "sources", Path(sources_file))
