"""Identifiers planted in invented talk are replaced or listed for a person to decide about."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from commonthread.settings import Settings
from commonthread.steps.people import find_people
from commonthread.steps.pseudonymise import pseudonymise_batch
from commonthread.steps.read import read_batch
from commonthread.study import batches, find_study
from deep_search import files_with
from planted_talk import LISTED, SETS, STRUCTURED, Outcome, outcome, write_study


@pytest.fixture(scope="module", params=SETS)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return outcome(request.param, tmp_path_factory.mktemp("planted"))


def share(found: Outcome, group: str, column: str) -> float:
    planted = found.planted
    return float(planted.loc[planted["group"] == group, column].mean())


def test_there_is_much_to_find(found: Outcome) -> None:
    assert len(found.planted) >= 150
    assert found.planted.groupby(["group", "kind"]).ngroups >= 15
    assert set(found.planted["kind"]) >= {*LISTED.values(), *STRUCTURED.values()}


def test_structured_identifiers_of_valid_form_are_replaced(found: Outcome) -> None:
    assert share(found, "structured", "replaced") >= 0.99


def test_listed_names_and_words_are_replaced_in_every_form(found: Outcome) -> None:
    assert share(found, "listed", "replaced") == 1


def test_what_nobody_listed_is_replaced_or_on_the_worklist(found: Outcome) -> None:
    assert share(found, "unlisted", "found") >= 0.95
    assert found.worklist_words <= 0.15 * found.words


def test_hardly_an_ordinary_word_is_replaced(found: Outcome) -> None:
    assert len(found.wrong) <= 1


def test_the_steps_leave_no_planted_name_or_number_where_it_was_listed_or_has_a_form(
    tmp_path: Path,
) -> None:
    study, private, results = (tmp_path / name for name in ("study", "private", "results"))
    planted = write_study("tuned", study)
    notes = study / "workshops/notes"
    (notes / "notes.csv").rename(notes / "Ashcombe 07911 123456 Raghunathan.csv")
    run_steps(study, private, results)
    sources = pd.read_parquet(results / "sources.parquet")
    assert "workshops/notes/[place] [phone number] Practitioner 1.csv" in set(sources["path"])
    there = files_with(results, [one.words for one in planted if one.group == "structured"])
    assert there == {}
    names = ["Raghunathan", "Siobhán", "Okonkwo", "Llanfair", "St Mary's Hospital", "Kingfisher"]
    assert files_with(results, names) == {}
    # The search finds what nobody listed.
    assert files_with(results, ["Thistlethwaite"]) != {}
    unlisted = pd.read_parquet(private / "unlisted.parquet")
    assert set(unlisted["workshop_id"]) == {"interview", "workshop", "notes"}
    assert "thistlethwaite" in set(unlisted["entry"])


def test_words_that_somebody_withdrew_are_on_no_worklist(tmp_path: Path) -> None:
    study, private, results = (tmp_path / name for name in ("study", "private", "results"))
    write_study("tuned", study)
    people = pd.read_csv(study / "participants.csv", keep_default_na=False)
    people["withdrawn"] = ["yes" if name == "Siobhán O'Connor" else "" for name in people["name"]]
    people.to_csv(study / "participants.csv", index=False)
    run_steps(study, private, results)
    entries = set(pd.read_parquet(private / "unlisted.parquet")["entry"])
    assert "bronwen" not in entries and "featherstonehaugh" in entries


def run_steps(study: Path, private: Path, results: Path) -> None:
    """Read a study and pseudonymise it, as the rules do."""
    settings = Settings()
    results.mkdir()
    [batch] = batches(find_study(study).files)
    raw, own = (str(private / "read" / f"{name}.parquet") for name in ("turns", "sources"))
    read_batch(str(study), batch, settings.reading.model_dump(), raw, own, lambda done, all: None)
    kept = {name: str(private / f"{name}.parquet") for name in ("names", "speakers", "sources")}
    identifiers = settings.identifiers.model_dump()
    find_people(
        study=str(study),
        private=str(private),
        turns_files=[raw],
        sources_files=[own],
        identifiers=identifiers,
        limits=settings.returned.model_dump(),
        names_file=kept["names"],
        speakers_file=kept["speakers"],
        sources_file=kept["sources"],
        list_file=str(private / "participants.csv"),
        participants_file=str(results / "participants.parquet"),
        workshops_file=str(results / "workshops.parquet"),
    )
    pseudonymise_batch(
        raw_turns_file=raw,
        names_file=kept["names"],
        speakers_file=kept["speakers"],
        all_sources_file=kept["sources"],
        batch_sources_file=own,
        settings=settings.segments.model_dump(),
        identifiers=identifiers,
        turns_file=str(results / "turns.parquet"),
        replacements_file=str(results / "replacements.parquet"),
        sources_file=str(results / "sources.parquet"),
        unlisted_file=str(private / "unlisted.parquet"),
        whole_turns_file=str(private / "whole_turns.parquet"),
        whole_segments_file=str(private / "whole_segments.parquet"),
    )
