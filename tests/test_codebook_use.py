"""A codebook with how it was used, put together from the tables of a run."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

import report_fixture
from commonthread.codebook_use import NOT_CODED_TWICE, Excerpts, UseTables, codebook_view
from commonthread.report import ReportInputs
from people_fixture import coded_by_people

STUDY = coded_by_people(report_fixture.inputs(workshops=3, turns=25))


def tables(study: ReportInputs = STUDY, agreement: pd.DataFrame | None = None) -> UseTables:
    return UseTables(
        frequencies=study.frequencies,
        quotes=study.quotes,
        segments=study.segments,
        turns=study.turns,
        workshops=study.workshops,
        agreement=agreement,
    )


def test_counts_stand_with_what_they_are_out_of() -> None:
    view = codebook_view(STUDY.study, True, STUDY.codebook, tables())
    overall = STUDY.frequencies[STUDY.frequencies["group"] == "all"].set_index("code_id")
    assert list(view.use) == [code.id for code in STUDY.codebook.codes]
    for code_id, use in view.use.items():
        for name in ("segments", "people", "workshops", "roles"):
            assert getattr(use, name) == overall.loc[code_id, name]
            assert getattr(use, f"of_{name}") == overall.loc[code_id, f"of_{name}"]


def test_a_code_in_no_table_was_used_nowhere_of_the_same_whole() -> None:
    kept = STUDY.frequencies[STUDY.frequencies["code_id"] != "trust"]
    view = codebook_view("x", True, STUDY.codebook, tables(replace(STUDY, frequencies=kept)))
    trust, food = view.use["trust"], view.use["food"]
    assert (trust.segments, trust.people, trust.workshops, trust.roles) == (0, 0, 0, 0)
    assert (trust.of_segments, trust.of_people) == (food.of_segments, food.of_people)


def test_excerpts_are_the_first_quotes_in_their_speakers_words() -> None:
    view = codebook_view("x", True, STUDY.codebook, tables())
    quotes = STUDY.quotes[STUDY.quotes["code_id"] == "trust"].sort_values("rank")
    excerpts = view.use["trust"].excerpts
    assert [each.segment_id for each in excerpts] == quotes["segment_id"].tolist()[:3]
    segments = STUDY.segments.set_index("segment_id")
    turns = STUDY.turns.set_index(["source_id", "turn"])
    titles = dict(zip(STUDY.workshops["workshop_id"], STUDY.workshops["workshop"], strict=True))
    for excerpt in excerpts:
        row = segments.loc[excerpt.segment_id]
        turn = turns.loc[(row["source_id"], row["turn"])]
        assert (
            excerpt.words
            == turn["text"][row["start"] - turn["start"] :][: row["end"] - row["start"]]
        )
        assert excerpt.workshop == titles[row["workshop_id"]]
        if row["kind"] == "talk" and pd.notna(row["participant_id"]):
            assert excerpt.speaker == row["participant_id"]


def test_notes_have_no_speaker_and_unknown_segments_are_left_out() -> None:
    notes = STUDY.segments[STUDY.segments["kind"] == "notes"]["segment_id"].tolist()[:2]
    excerpts = Excerpts(STUDY.segments, STUDY.turns, STUDY.workshops)
    found = excerpts.of([notes[1], "nowhere", notes[0]])
    assert [each.segment_id for each in found] == [notes[1], notes[0]]
    assert {each.speaker for each in found} == {"Notes"}


def test_agreement_is_alpha_between_people_or_the_reason_why_there_is_none() -> None:
    assert STUDY.people is not None
    frame = STUDY.people.agreement
    view = codebook_view("x", True, STUDY.codebook, tables(agreement=frame))
    alphas = frame[
        (frame["comparison"] == "people together") & (frame["coefficient"] == "krippendorff_alpha")
    ].set_index("code_id")
    known = 0
    for code_id, use in view.use.items():
        value = alphas.loc[code_id, "value"]
        if math.isnan(value):
            assert (use.agreement, use.no_agreement) == (None, alphas.loc[code_id, "reason"])
        else:
            known += 1
            assert (use.agreement, use.no_agreement) == (value, "")
    assert 5 < known < len(view.use)


def test_without_agreement_it_says_why() -> None:
    view = codebook_view("x", True, STUDY.codebook, tables())
    assert {use.no_agreement for use in view.use.values()} == {NOT_CODED_TWICE}
    told = replace(tables(), no_agreement="Not in a reflexive analysis.")
    view = codebook_view("x", True, STUDY.codebook, told)
    assert view.use["trust"].no_agreement == "Not in a reflexive analysis."
