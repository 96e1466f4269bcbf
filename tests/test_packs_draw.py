"""What each coder gets to code."""

from __future__ import annotations

import pytest

import report_fixture
from commonthread.coders import Coder
from commonthread.packs.draw import Material, adjudication_pack, coding_packs, excerpts_pack
from commonthread.packs.pack import Opinion, Pack
from commonthread.report import ReportInputs
from commonthread.settings import PackSettings

A, B = Coder("Coder A", "Researcher"), Coder("Coder B", "Public contributor")


@pytest.fixture(scope="module")
def study() -> ReportInputs:
    return report_fixture.inputs(workshops=3, turns=20)


@pytest.fixture(scope="module")
def material(study: ReportInputs) -> Material:
    return Material(study.segments, study.turns, study.sources, study.workshops, study.codings)


@pytest.fixture
def draw(study: ReportInputs, material: Material):
    def drawn(*coders: Coder, **settings: object) -> list[Pack]:
        made = PackSettings.model_validate(settings)
        return coding_packs(material, coders, made, study.codebook, "Study", True)

    return drawn


def ids(pack: Pack) -> list[str]:
    return [segment.segment_id for segment in pack.segments]


def test_without_a_number_everybody_gets_all_in_reading_order(draw, study: ReportInputs) -> None:
    one, other = draw(A, B)
    ordered = study.segments.sort_values(["source_id", "start"])["segment_id"].tolist()
    assert ids(one) == ids(other) == ordered
    assert one.whole and len(one.turns) == len(study.turns)
    assert one.pack_id != other.pack_id


def test_a_segment_stands_where_its_turn_says_it(draw, study: ReportInputs) -> None:
    (pack,) = draw(A)
    turns = study.turns.set_index(["source_id", "turn"])
    for segment, row in zip(
        pack.segments,
        study.segments.sort_values(["source_id", "start"]).to_dict("records"),
        strict=True,
    ):
        turn = turns.loc[(row["source_id"], row["turn"])]
        first = row["start"] - turn["start"]
        assert pack.words(segment) == turn["text"][first : first + row["end"] - row["start"]]
        assert pack.sources[pack.turns[segment.turn].source].source_id == row["source_id"]


def test_a_drawn_sample_is_the_same_for_all_and_on_every_run(draw) -> None:
    one, other = draw(A, B, segments=12)
    assert ids(one) == ids(other) == ids(draw(A, segments=12)[0])
    assert len(ids(one)) == 12 and not one.whole
    assert set(ids(draw(A, segments=20)[0])) > set(ids(one))


def test_a_sample_comes_with_the_turns_around_and_no_others(draw) -> None:
    (pack,) = draw(A, segments=5)
    held = {(turn.source, turn.number) for turn in pack.turns}
    wanted = set()
    for segment in pack.segments:
        turn = pack.turns[segment.turn]
        wanted |= {(turn.source, turn.number + step) for step in (-1, 0, 1)}
    assert held <= wanted
    assert {(turn.source, turn.number) for turn in pack.turns} >= {
        (pack.turns[segment.turn].source, pack.turns[segment.turn].number)
        for segment in pack.segments
    }


def test_packs_that_are_not_shared_have_nothing_in_common_and_miss_nothing(
    draw, study: ReportInputs
) -> None:
    one, other = draw(A, B, shared=False)
    assert not set(ids(one)) & set(ids(other))
    assert set(ids(one)) | set(ids(other)) == set(study.segments["segment_id"])
    assert min(len(ids(one)), len(ids(other))) > len(study.segments) / 4


def test_a_coders_row_goes_before_the_settings(draw, study: ReportInputs) -> None:
    own = Coder("Coder C", "Practitioner", ("w001",), 4, "dictionary")
    (pack,) = draw(own, workshops=["w000"], segments=9, start="blind")
    rows = study.segments.set_index("segment_id").loc[ids(pack)]
    assert len(rows) == 4 and set(rows["workshop_id"]) == {"w001"}
    assert pack.start == "dictionary"


def test_a_blind_pack_shows_nothing_of_the_dictionary(draw, study: ReportInputs) -> None:
    assert not any(segment.found for segment in draw(A)[0].segments)
    (pack,) = draw(A, start="dictionary")
    found = {(s.segment_id, code) for s in pack.segments for code in s.found}
    assert found == set(zip(study.codings["segment_id"], study.codings["code_id"], strict=True))


def test_an_adjudication_pack_holds_what_each_coder_said(
    material: Material, study: ReportInputs
) -> None:
    opinion = Opinion("Coder A", "Researcher", ("funders",), False, True, "Hm.", "")
    chosen = study.segments["segment_id"].iloc[7]
    pack = adjudication_pack(material, {chosen: [opinion]}, study.codebook, "Study", True)
    assert ids(pack) == [chosen]
    assert pack.segments[0].opinions == (opinion,)
    assert (pack.purpose, pack.coder, pack.whole) == ("adjudication", "", False)


def test_excerpts_are_a_pack_without_a_coder(material: Material, study: ReportInputs) -> None:
    chosen = study.segments["segment_id"].tolist()[3:9:2]
    pack = excerpts_pack(material, chosen, study.codebook, "Study", True)
    assert ids(pack) == chosen
    assert (pack.purpose, pack.coder) == ("coding", "")
