"""Tests of the draft tables of challenges beside practices and resources."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from commonthread.quotes import QuoteChooser
from commonthread.settings import TableColumn, TableSettings
from commonthread.summary.evidence import Evidence
from commonthread.summary.named import tables_of_themes
from commonthread.summary_tables import NOT_AGREED, further_columns, summary_tables
from small_study import coded, node, row, study


def tables(**changes: Any) -> pd.DataFrame:
    frames = {**study(), **changes}
    return drafted(tables_of_themes(study()["codebook"]), frames)


def drafted(named: list[TableSettings], frames: dict[str, Any]) -> pd.DataFrame:
    parts = ("segments", "codings", "participants", "workshops", "codebook")
    made = coded(**{part: frames[part] for part in parts})
    behind = [frames[name] for name in ("turns", "participants", "workshops")]
    evidence = Evidence(made.segments, *behind)
    return summary_tables(made, QuoteChooser(made, frames["turns"]), named, evidence)


def test_a_point_has_both_columns_and_its_evidence() -> None:
    made = row(tables(), code_id="decides")
    assert made["point"] == "Who decides, in plain words"
    assert (made["challenge_segments"], made["practice_segments"]) == (3, 1)
    assert sorted(made["challenge_evidence"].split()) == ["g00", "g01", "g06"]
    assert made["practice_evidence"] == "g07"
    assert (made["people"], made["workshops"]) == (3, 2)
    assert made["workshop_ids"] == "workshop 2; workshop 10"
    assert made["roles"] == "Practitioner; Public contributor; Researcher"
    assert made["status"] == "draft"


def test_words_are_those_of_the_speakers_with_role_and_workshop_and_no_pseudonym() -> None:
    made = tables()
    said = row(made, code_id="decides")["challenges"].split("\n")
    assert "“The chair decides in the corridor.” (Researcher, Second day)" in said
    assert row(made, code_id="decides")["practice_quotes"].startswith("[g07] “We wrote a list")
    everything = made.to_csv()
    assert "Researcher 1" not in everything
    assert "(notes, Second day)" in everything
    # Nobody knows who said it, so nobody knows whether it may be quoted.
    assert "half a year" not in everything
    assert "g09" in row(made, code_id="payment")["challenge_evidence"]


@pytest.mark.parametrize(
    ("consent", "shown"),
    [
        ("verbatim", "“The chair decides in the corridor.” (Second day)"),
        ("paraphrase", NOT_AGREED),
        ("none", NOT_AGREED),
        ("", NOT_AGREED),
    ],
)
def test_only_those_who_agreed_are_quoted(consent: str, shown: str) -> None:
    frames = study()
    kept = frames["codings"]["segment_id"].isin(["g06", "g07"])
    made = tables(
        codings=frames["codings"][kept], participants=frames["participants"].assign(consent=consent)
    )
    point = row(made, code_id="decides")
    assert point["challenges"] == shown
    assert point["challenge_evidence"] == "g06"
    assert (point["challenge_quotes"] == "") == (shown == NOT_AGREED)


def test_long_segments_are_cut_around_the_evidence() -> None:
    said = row(tables(), code_id="decides")["challenges"]
    assert "“… Somebody always decides before we come into the room" in said
    assert "We started late" not in said
    unanchored = row(tables(codings=study()["codings"].assign(evidence="")), code_id="decides")
    assert "“We started late that day." in unanchored["challenges"]


def test_a_quote_stands_in_both_columns_only_if_there_is_no_other() -> None:
    codings = study()["codings"]
    also = codings.head(1).assign(segment_id="g01", code_id="practice")
    made = row(tables(codings=pd.concat([codings, also])), code_id="decides")
    assert made["practice_segments"] == 2
    assert made["practice_evidence"] == "g07 g01"
    assert made["practices"].count("\n") == 0
    alone = codings[~codings["segment_id"].isin(["g00", "g06", "g07"])]
    made = row(tables(codings=pd.concat([alone, also])), code_id="decides")
    assert made["practices"] == made["challenges"]


def anchored(**words: str) -> str:
    """Give the challenges about deciding, with codings of the long turn that rest on words."""
    codings = study()["codings"]
    start = study()["segments"].query("segment_id == 'g01'").iloc[0]["start"]
    turn = study()["turns"].query("source_id == 's1' and turn == 1").iloc[0]["text"]
    for code, word in words.items():
        at = int(start) + turn.index(word)
        evidence = f'[{{"term": "x", "start": {at}, "end": {at + len(word)}}}]'
        here = (codings["segment_id"] == "g01") & (codings["code_id"] == code)
        codings = codings.assign(evidence=codings["evidence"].mask(here, evidence))
    return str(row(tables(codings=codings), code_id="decides")["challenges"])


def test_both_code_and_aspect_are_kept_where_they_are_near() -> None:
    near = anchored(decides="decides", challenge="late")
    assert "We started late" in near
    assert "Somebody always decides" in near
    far = anchored(decides="late", challenge="against")
    assert "We started late" in far
    assert "against" not in far


def test_what_is_not_there_is_said() -> None:
    made = row(tables(), code_id="dominant")
    assert made["practices"] == "Nobody was coded as naming a practice or a resource here."
    assert made["practice_evidence"] == ""
    codings = study()["codings"]
    only = row(tables(codings=codings[codings["code_id"] != "challenge"]), code_id="decides")
    assert only["challenges"] == "Nobody was coded as naming a challenge here."


def test_a_code_with_codes_below_is_a_point_for_what_they_do_not_have() -> None:
    codings = study()["codings"]
    assert "power_hidden" not in set(tables()["code_id"])
    extra = codings.head(1).assign(segment_id="g08", code_id="challenge")
    general = row(tables(codings=pd.concat([codings, extra])), code_id="power_hidden")
    assert general["challenge_evidence"] == "g08"
    assert general["roles"] == "Practitioner; not given"
    top = codings.head(1).assign(segment_id="g05", code_id="power")
    aspect = top.assign(code_id="practice")
    theme = row(tables(codings=pd.concat([codings, top, aspect])), code_id="power")
    assert theme["practice_evidence"] == "g05"


def test_the_most_widely_shared_comes_first() -> None:
    power = tables().query("table_id == 'power'")
    assert power["code_id"].tolist() == ["decides", "dominant"]
    assert power["row"].tolist() == [1, 2]
    codings = study()["codings"]
    wider = [
        codings.head(1).assign(segment_id=segment, code_id=code)
        for segment in ("g05", "g07", "g08", "g10")
        for code in ("dominant", "challenge")
    ]
    power = tables(codings=pd.concat([codings, *wider])).query("table_id == 'power'")
    # Both came up in two workshops, "dominant" from one person more.
    assert power["code_id"].tolist() == ["dominant", "decides"]


def test_a_codebook_without_aspects_gives_empty_tables() -> None:
    codings = study()["codings"]
    book = study()["codebook"]
    bare = type(book)(
        **{
            **{name: getattr(book, name) for name in ("title", "version", "language", "sha256")},
            "principles": {},
            "codes": tuple(code for code in book.codes if code.dimension != "aspect"),
        }
    )
    kept = codings[codings["code_id"].isin([code.id for code in bare.codes])]
    made = tables(codings=kept, codebook=bare)
    assert len(made) == 0


def test_the_order_of_rows_changes_nothing() -> None:
    frames = study()
    names = ("segments", "codings", "participants", "workshops", "turns")
    turned = {name: frames[name].iloc[::-1] for name in names}
    assert_frame_equal(tables(**turned), tables())


@pytest.mark.parametrize(
    ("theme", "title"),
    [
        ("Who is involved, and when", "who is involved, and when"),
        ("PPI", "PPI"),
        ("A wider view", "a wider view"),
    ],
)
def test_titles_come_from_the_themes(theme: str, title: str) -> None:
    book = replace(study()["codebook"], codes=(node("aa", theme, None, "aa"),))
    assert [table.title for table in tables_of_themes(book)] == [
        f"Navigating challenges relating to {title}"
    ]


def test_a_table_of_chosen_codes() -> None:
    chosen = TableSettings(id="mine", title="Mine", codes=["decides"])
    made = drafted([chosen], study())
    assert made["table_id"].unique().tolist() == ["mine"]
    assert made["code_id"].tolist() == ["decides"]


def test_practices_said_close_by_stand_in_for_those_that_a_code_lacks() -> None:
    codings = study()["codings"]
    # "He talks over everybody" is said right after how people are paid, in another table.
    both = TableSettings(id="both", title="Both", codes=["power", "involvement"])
    made = row(drafted([both], study()), code_id="dominant")
    assert made["practice_evidence"] == "g02"
    assert row(tables(), code_id="dominant")["practice_evidence"] == ""
    own = codings.head(1)
    more = [own.assign(segment_id="g07", code_id=code) for code in ("dominant", "practice")]
    frames = {**study(), "codings": pd.concat([codings, *more])}
    assert row(drafted([both], frames), code_id="dominant")["practice_evidence"] == "g07"


def test_every_challenge_practice_and_resource_stands_behind_a_point() -> None:
    made, coded_ = tables(), coded()
    sides = coded_.has[[coded_.row(name) for name in ("challenge", "practice", "resource")]]
    for theme in ("involvement", "power"):
        wanted = coded_.has[coded_.row(theme)] & sides.any(axis=0)
        own = made[made["table_id"] == theme]
        ids = " ".join([*own["challenge_evidence"], *own["practice_evidence"]]).split()
        assert set(ids) == set(coded_.segments["segment_id"][wanted])


def table(*columns: str, **more: Any) -> TableSettings:
    """Give a table about power with columns such as "Title: aspect, aspect"."""
    parts = (column.partition(": ") for column in columns)
    made = [TableColumn(title=title, aspects=named.split(", ")) for title, _, named in parts]
    return TableSettings(
        **{"id": "mine", "title": "Mine", "theme": "power", "columns": made, **more}
    )


def test_each_further_column_is_joined_to_the_points_of_the_first() -> None:
    three = table("Hurts: challenge", "Do: practice", "Use: resource")
    made = row(drafted([three], study()), code_id="decides")
    usual = row(tables(), code_id="decides")
    assert made["challenge_evidence"] == usual["challenge_evidence"]
    # One segment that is both stands in both columns, quoted in each as there is no other.
    assert made["practice_evidence"] == made["resource_evidence"] == "g07"
    assert made["resources"] == made["practices"] == usual["practices"]
    assert (made["practice_segments"], made["resource_segments"]) == (1, 1)
    assert (made["people"], made["workshops"]) == (usual["people"], usual["workshops"])
    turned = row(drafted([table("Use: resource", "Hurts: challenge")], study()), code_id="decides")
    assert turned["resource_evidence"] == "g07"
    assert sorted(turned["challenge_evidence"].split()) == ["g00", "g01", "g06"]


def test_a_table_of_one_column_has_the_points_that_have_something_in_it() -> None:
    made = drafted([table("Use: resource")], study())
    assert made["code_id"].tolist() == ["decides"]
    assert made["resource_evidence"].tolist() == ["g07"]
    assert made["people"].tolist() == [1]
    assert drafted([table("Thoughts: reflection")], study()).empty


def test_what_was_said_close_by_stands_in_for_each_column_that_lacks_it() -> None:
    codings = study()["codings"]
    own = codings.head(1)
    # Right after "He talks over everybody" comes an answer that is about deciding, and a resource.
    more = [own.assign(segment_id="g04", code_id=code) for code in ("decides", "resource")]
    frames = {**study(), "codings": pd.concat([codings, *more])}
    columns = ("Hurts: challenge", "Do: practice", "Use: resource")
    both = table(*columns, theme=None, codes=["power", "involvement"])
    made = row(drafted([both], frames), code_id="dominant")
    assert (made["practice_evidence"], made["resource_evidence"]) == ("g02", "g04")


def test_tables_of_other_columns_stand_in_one_table_of_points() -> None:
    made = drafted([table("Use: resource"), table("Hurts: challenge", id="other")], study())
    mine, other = (made[made["table_id"] == name].iloc[0] for name in ("mine", "other"))
    assert (mine["challenges"], mine["challenge_segments"], other["resource_segments"]) == (
        "",
        0,
        0,
    )
    assert other["resource_evidence"] == "" and made["practices"].eq("").all()
    described = further_columns(made)
    assert described["column"].tolist() == [
        *("resources", "resource_quotes", "resource_segments", "resource_evidence")
    ]
    assert described["type"].tolist() == ["text", "text", "whole number", "text"]
    assert further_columns(tables()).empty
