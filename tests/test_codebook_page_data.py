"""What stands in a codebook page: the same each time, for scripts without words of workshops."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from codebook_view_fixture import view_of
from commonthread.codebook_view import Excerpt
from commonthread.proposals.hints import Hint
from commonthread.proposals.proposal import FIELDS, Proposal
from commonthread.review.codebook_packed import packed_codebook, page_id
from commonthread.review.codebook_page import write_codebook_page

VIEW = view_of()
HINT = Hint(
    "alike",
    "tea",
    "Are they one?",
    1,
    (Excerpt("a", "What was said.", "Person 1", "Day 1"),),
    Proposal("", "move", "tea", parent="fares", segment_ids=("a",)),
)


def written(path: Path, hints: list[Hint] | None) -> str:
    write_codebook_page(VIEW, path, hints)
    return path.read_bytes().decode("latin-1")


def test_the_same_codebook_gives_the_same_bytes(tmp_path) -> None:
    assert written(tmp_path / "a.html", [HINT]) == written(tmp_path / "b.html", [HINT])


def test_the_place_where_work_is_kept_is_that_of_study_and_codebook() -> None:
    other = replace(VIEW, codebook=replace(VIEW.codebook, sha256="b" * 64))
    assert page_id(VIEW) == page_id(view_of(seed=9))
    assert len({page_id(VIEW), page_id(other), page_id(replace(VIEW, study="Other"))}) == 3


def test_scripts_get_texts_of_codes_and_what_hints_propose_and_nothing_that_was_said() -> None:
    data = gzip.decompress(packed_codebook(VIEW, [HINT, replace(HINT, proposal=None)]))
    found = json.loads(data)
    assert [code["id"] for code in found["codes"]] == [code.id for code in VIEW.codebook.codes]
    assert all(list(code["texts"]) == list(FIELDS) for code in found["codes"])
    assert found["hints"][0]["parent"] == "fares" and found["hints"][1] is None
    for words in ("What was said.", "Person 1", "lantern-fares-1", "We lit"):
        assert words.encode() not in data


@pytest.mark.parametrize(
    ("hints", "there", "missing"),
    [
        (None, "Themes and codes", "Where to look"),
        ([], "Nothing stands out in this material.", "Are they one?"),
        ([HINT], "Are they one?", "Nothing stands out"),
    ],
)
def test_where_to_look_is_there_if_it_was_looked(tmp_path, hints, there, missing) -> None:
    page = written(tmp_path / "x.html", hints)
    assert there in page and missing not in page


def test_numbers_stand_with_what_they_are_out_of_and_agreement_with_why_not(tmp_path) -> None:
    used = replace(
        VIEW.use["tea"],
        **{"segments": 12, "people": 3, "workshops": 2, "roles": 3, "agreement": -0.104},
    )
    notes = replace(used, people=0, roles=0, agreement=None, no_agreement="Nobody else did.")
    nobody = replace(used, segments=0)
    view = replace(VIEW, use={"tea": used, "time": notes, "staying": nobody})
    write_codebook_page(view, tmp_path / "x.html")
    page = (tmp_path / "x.html").read_bytes().decode("latin-1")
    for words in (
        "Used for 12 of 212 segments, said by 3 of 21 people in all 3 roles, in 2 of 5 workshops.",
        "Used for 12 of 212 segments, in notes or by people who are not known, in 2 of 5 workshops.",
        "Not used yet: in none of 212 segments.",
        "<dd>&#8722;0.10</dd>",
        "Nobody else did.",
    ):
        assert words in page
