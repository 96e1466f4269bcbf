"""The public edition gives away neither people nor small numbers; the team's keeps both."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

import report_fixture
from commonthread.report import write_report
from commonthread.report.agreed import voices, without_names
from commonthread.report.blocks import Piece
from commonthread.report.edition import public, team
from commonthread.report.facts import Facts, records
from commonthread.report.page import report_page
from commonthread.report.withheld import Withheld, shown
from commonthread.report.wording import count, number, of, percent, share

CONSENTS = ("verbatim with role", "verbatim", "paraphrase", "none", "")


@pytest.fixture(scope="module")
def study():
    made = report_fixture.inputs(people=60, turns=160)
    people = made.participants.copy()
    people["consent"] = [CONSENTS[place % 5] for place in range(len(people))]
    return replace(made, participants=people)


@pytest.fixture(scope="module")
def facts(study):
    return Facts(study, public(10))


def test_rows_of_tables_with_numbers_withheld_can_be_written_as_json() -> None:
    frame = pd.DataFrame(
        {"n": pd.Series([31], dtype="Int64"), "m": pd.Series([None], dtype="Int64")}
    )
    assert json.dumps(records(frame)) == '[{"n": 31, "m": null}]'


def all_quotes(page):
    for block in page.themes:
        for code in (block.theme, *block.codes):
            yield from (*code.quotes, *code.more_quotes)
    for aspect in page.aspects:
        yield from (*aspect.quotes, *aspect.more_quotes)
    yield from (point.quote for point in page.together.rare if point.quote)
    yield from page.uncoded.sample


def test_a_withheld_number_is_written_in_words_only() -> None:
    few, hidden = Withheld(10), Withheld()
    assert (number(few), f"{few:,}", str(few)) == ("fewer than 10",) * 3
    assert count(few, "person") == "fewer than 10 people"
    assert of(few, 29, "person") == "fewer than 10 of 29 people"
    assert (percent(few, 29), percent(3, few), share(few, 29)) == ("not shown", "not shown", "few")
    assert count(hidden, "segment") == "segments (not shown)"
    assert few and hidden and few == hidden == 0
    assert shown(0, 1.5, None) and not shown(1, hidden)


def test_the_team_sees_every_count(study) -> None:
    everything = Facts(study, team())
    rows = study.frequencies
    for row in rows[rows["group"] == "role"].to_dict("records"):
        assert everything.by_role[row["role"], row["code_id"]].segments == row["segments"]
    page = report_page(study)
    assert page.summaries and page.uncoded.sample and page.talk.longest and page.talk.emphasis


def test_small_counts_of_people_by_role_are_withheld_from_the_team_too() -> None:
    assert [shown(part) for part in team(5).people_of([2, 4, 9, 12])] == [False, False, True, True]
    assert team(5).people_few(4) == 0 and not shown(team(5).people_few(4))


def test_no_small_count_and_none_left_over_in_any_table(study, facts) -> None:
    rows = study.frequencies
    whole = {row["code_id"]: row for row in rows[rows["group"] == "all"].to_dict("records")}
    for found in facts.counts.values():
        assert not shown(found.segments) or found.segments == 0 or found.segments >= 10
        assert not shown(found.people) or found.people == 0 or found.people >= 10
    for counts in (facts.by_role, facts.by_workshop):
        lines: dict[str, list] = {}
        for (_, code_id), found in counts.items():
            lines.setdefault(code_id, []).append(found)
        for code_id, line in lines.items():
            seen = [found.segments for found in line if shown(found.segments)]
            assert all(part >= 10 for part in seen) or not whole[code_id]["segments"]
            left = whole[code_id]["segments"] - sum(seen)
            assert left == 0 or left >= 10 or not shown(facts.count(code_id).segments)


def test_what_counts_as_rare_tells_of_no_number_that_is_withheld(study) -> None:
    facts = Facts(study, public(66))
    leaves = [facts.count(code.id).segments for code in facts.leaves()]
    known = [number for number in leaves if number and shown(number)]
    assert len(known) < len([number for number in leaves if number])
    rule = report_page(study, public(66)).together.rare_rule
    assert f"at most {median(known):g} segments (half of all codes whose number is shown" in rule
    everybody = report_page(study).together.rare_rule
    assert "half of all codes that came up have no more" in everybody


def test_only_those_who_agreed_are_quoted_and_nothing_links_their_quotes(study, facts) -> None:
    page = report_page(study, public(10))
    consent = dict(
        zip(study.participants["participant_id"], study.participants["consent"], strict=True)
    )
    said = {}
    for row in study.segments.merge(study.turns, on=["source_id", "turn"]).to_dict("records"):
        at = row["start_x"] - row["start_y"]
        said.setdefault(row["text"][at : at + row["end_x"] - row["start_x"]], row)
    quotes = list(all_quotes(page))
    assert quotes
    for quote in quotes:
        row = said["".join(piece.text for piece in quote.pieces)]
        assert row["kind"] == "talk"
        agreed = consent[row["participant_id_x"]]
        assert agreed in ("verbatim", "verbatim with role")
        assert ("role" in quote.speaker) == (agreed == "verbatim with role")
        assert not any((quote.segment_id, quote.workshop, quote.time, quote.why, quote.may_quote))


def test_a_study_may_say_that_quotes_of_one_person_are_linked(study) -> None:
    page = report_page(study, public(10, linked=True))
    people = dict(zip(study.segments["segment_id"], study.segments["participant_id"], strict=True))
    agreed = Facts(study, public(10)).agreed
    speakers = {people[segment] for segment in agreed}
    numbers = {voices(Facts(study, public(10)))[person] for person in speakers}
    assert numbers == set(range(1, len(speakers) + 1))
    told = {re.search(r" \(voice (\d+)\)$", quote.speaker) for quote in all_quotes(page)}
    assert None not in told and {int(found[1]) for found in told} <= numbers
    assert not any("voice" in quote.speaker for quote in all_quotes(report_page(study, public(10))))


def test_a_role_of_few_people_is_not_named_beside_a_quote(study) -> None:
    page = report_page(study, public(50))
    assert {quote.speaker for quote in all_quotes(page)} == {"Somebody who took part"}


def test_without_consent_there_are_no_quotes() -> None:
    page = report_page(report_fixture.inputs(consent="none"), public())
    assert not list(all_quotes(page))
    assert "there are no quotes" in page.consent


def test_notes_are_never_quoted() -> None:
    study = report_fixture.inputs(consent="verbatim", workshops=2)
    quoted = {quote.speaker for quote in all_quotes(report_page(study, public(1)))}
    assert quoted == {"Somebody who took part"}
    notes = study.segments["segment_id"][study.segments["kind"] == "notes"]
    assert not Facts(study, public(1)).agreed & set(notes)


def test_what_the_public_edition_leaves_out(study) -> None:
    page = report_page(study, public())
    assert not page.summaries and not page.uncoded.sample and not page.explorer
    assert page.talk.longest is None and not page.talk.emphasis
    assert not page.data_folder and not page.index


def test_settings_that_may_hold_words_of_files_are_left_out(study) -> None:
    run = {
        **study.run,
        "settings": {"reading.speaker_pattern": ("Hedgehog", ""), "segments.length": ("40", "60")},
    }
    shown_rows = report_page(replace(study, run=run), public()).provenance.settings
    assert [row[0].text for row in shown_rows.rows] == ["segments.length"]


def test_a_pseudonym_within_a_quote_goes_even_where_a_word_of_it_is_marked() -> None:
    names = re.compile(r"(?<!\w)(?:Public contributor 12|Public contributor 1)(?!\w)")
    pieces = [
        Piece("I asked Public ", False),
        Piece("contributor", True),
        Piece(" 12's friend.", False),
    ]
    made = without_names(pieces, names)
    assert "".join(piece.text for piece in made) == "I asked [name]'s friend."
    plain = [Piece("The ", False), Piece("lantern", True)]
    assert without_names(plain, names) == tuple(plain)


@pytest.mark.parametrize("people", [1, 3, 12])
def test_a_small_study_has_a_public_edition_too(people: int, tmp_path: Path) -> None:
    study = report_fixture.inputs(people=people, turns=6)
    write_report(study, tmp_path / "public.html", public())
    write_report(report_fixture.nothing_read(study), tmp_path / "nothing.html", public())
    assert "Public edition" in (tmp_path / "public.html").read_bytes().decode("latin-1")
