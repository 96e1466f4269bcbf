"""Tests of the table of resources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from commonthread.export import write_csv_for_people
from handout_fixture import GOLDEN, codebook, codings, named, participants
from small_study import row, study


def test_the_golden_file(tmp_path: Path) -> None:
    write_csv_for_people(named(), tmp_path / "resources.csv")
    made = (tmp_path / "resources.csv").read_text("utf-8-sig")
    assert made == (GOLDEN / "resources.csv").read_text("utf-8-sig")


def test_the_codebook_comes_first_then_quotes_then_others() -> None:
    payment = named().query("code_id == 'payment'")
    assert payment["origin"].tolist() == ["codebook", "codebook", "people", "people", "people"]
    assert payment["segment_id"].tolist()[2:] == ["g02", "g10", "g09"]
    assert payment["rank"].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("consent", ["none", "paraphrase", "", "something else"])
def test_nobody_is_quoted_who_did_not_agree(consent: str) -> None:
    made = named(participants=participants().assign(consent=consent))
    talk = made[made["kind"] == "talk"]
    assert len(talk) == 5
    assert (talk["quote"] == "").all()
    # "hour" was matched by a pattern, so it is a speaker's word; "cafe" is a term.
    assert row(made, segment_id="g02")["words"] == ""
    assert row(made, segment_id="g01")["words"] == "cafe"
    assert row(made, segment_id="g10")["quote"] == "Payment: vouchers only"


def test_those_who_agreed_are_quoted_and_unknown_speakers_never() -> None:
    made = named(participants=participants().assign(consent="verbatim"))
    assert row(made, segment_id="g02")["words"] == "hour"
    assert "cafe" in row(made, segment_id="g01")["quote"]
    assert row(made, segment_id="g09")["quote"] == ""
    assert row(made, segment_id="g04")["quote"] == ""


def test_a_code_with_codes_below_has_only_what_they_do_not_have() -> None:
    made = named()
    assert made.query("segment_id == 'g07'")["code_id"].tolist() == ["decides"]
    extra = codings().head(1).assign(segment_id="g08", code_id="resource")
    with_general = named(codings=pd.concat([codings(), extra], ignore_index=True))
    assert with_general.query("segment_id == 'g08'")["code_id"].tolist() == ["power_hidden"]


def test_the_most_widely_named_come_first_and_the_empty_last() -> None:
    made = named().drop_duplicates(["theme_id", "code_id"])
    ranks = [
        (theme if isinstance(theme, str) else None, code if isinstance(code, str) else None, rank)
        for theme, code, rank in zip(
            made["theme_id"], made["code_id"], made["code_rank"], strict=True
        )
    ]
    assert ranks == [
        ("involvement", "payment", 1),
        ("involvement", "involvement", 2),
        ("power", "decides", 1),
        ("power", "dominant", 2),
        (None, None, 1),
    ]


def test_pseudonyms_in_what_is_said_are_taken_out() -> None:
    turns = study()["turns"]
    said = turns["text"].str.replace("We pay people", "Guest 1 paid us")
    made = named(turns=turns.assign(text=said))
    assert row(made, segment_id="g02")["quote"].startswith("[a person] paid us for every")


def test_a_codebook_without_the_aspect_lists_its_own() -> None:
    kept = tuple(code for code in codebook().codes if code.id != "resource")
    made = named(
        codebook=replace(codebook(), codes=kept),
        codings=codings().query("code_id != 'resource'"),
    )
    assert set(made["origin"]) == {"codebook"}
    assert len(made) == 4


def test_nothing_at_all_is_an_empty_table() -> None:
    bare = replace(
        codebook(), codes=tuple(replace(code, resources=()) for code in codebook().codes)
    )
    made = named(codebook=bare, codings=codings().query("code_id != 'resource'"))
    assert len(made) == 0


def test_the_order_of_rows_changes_nothing() -> None:
    turned = {
        "codings": codings().iloc[::-1],
        "participants": participants().iloc[::-1],
        "segments": study()["segments"].iloc[::-1],
        "turns": study()["turns"].iloc[::-1],
    }
    assert_frame_equal(named(**turned), named())
