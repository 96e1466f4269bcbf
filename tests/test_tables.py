"""Tests of the tables' columns and files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from commonthread import tables
from commonthread.whole_files import replacing


def turns(**changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "source_id": "s1",
        "turn": 0,
        "participant_id": None,
        "start_s": None,
        "end_s": 1.5,
        "start": 0,
        "end": 5,
        "text": "hello",
        "words": 1,
    }
    return row | changes


def test_every_column_has_a_known_type_and_a_description() -> None:
    dictionary = tables.data_dictionary()
    assert set(dictionary["type"]) == {"text", "whole number", "number", "true or false"}
    assert (dictionary["description"].str.len() > 5).all()
    assert not dictionary.duplicated(["table", "column"]).any()


def test_columns_keep_their_order() -> None:
    assert list(tables.columns("quotes"))[:3] == ["code_id", "rank", "segment_id"]
    assert tables.columns("quotes")["rank"] == "whole number"


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(ValueError, match='no table "turn"'):
        tables.columns("turn")


def test_all_that_is_wrong_is_told_at_once() -> None:
    frame = pd.DataFrame([turns(start="zero", words=1.5)]).drop(columns=["text", "end"])
    with pytest.raises(ValueError) as told:
        tables.check_table(frame, "turns")
    assert "missing: end, text" in str(told.value)
    assert '"start" should hold whole number' in str(told.value)
    assert '"words" should hold whole number' in str(told.value)


def test_numbers_are_not_taken_for_true_or_false() -> None:
    frame = pd.DataFrame({"participant_id": ["a"], "role": ["b"], "consent": ["none"]})
    with pytest.raises(ValueError, match='"listed" should hold true or false'):
        tables.check_table(frame.assign(listed=[1]), "participants")
    with pytest.raises(ValueError, match='"turn" should hold whole number'):
        tables.check_table(pd.DataFrame([turns(turn=True)]), "turns")


@pytest.mark.parametrize("table", ["turns", "participants", "frequencies", "quotes"])
def test_empty_tables_survive_the_file(tmp_path: Path, table: str) -> None:
    tables.write_table(tables.empty_table(table), table, tmp_path / "t.parquet")
    back = tables.read_table(tmp_path / "t.parquet", table)
    assert list(back.columns) == list(tables.columns(table))
    assert_frame_equal(back, tables.empty_table(table))


def test_the_same_values_give_the_same_bytes_whatever_their_dtype(tmp_path: Path) -> None:
    plain = pd.DataFrame([turns(), turns(turn=1, participant_id="Researcher 1")])
    other = plain.astype({"text": "category", "turn": "Int64", "source_id": "object"})
    other.index = pd.Index([7, 3])
    tables.write_table(plain, "turns", tmp_path / "a.parquet")
    tables.write_table(other[list(reversed(other.columns))], "turns", tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_some_columns_can_be_read_alone(tmp_path: Path) -> None:
    tables.write_table(pd.DataFrame([turns()]), "turns", tmp_path / "a.parquet")
    back = tables.read_table(tmp_path / "a.parquet", "turns", only=["turn", "words"])
    assert list(back.columns) == ["turn", "words"]


def test_further_columns_and_odd_folders_are_kept_apart(tmp_path: Path) -> None:
    frame = pd.DataFrame([turns(discipline="nursing")])
    path = tmp_path / "workshop=one" / "a.parquet"
    tables.write_table(frame, "turns", path)
    back = tables.read_table(path, "turns")
    assert list(back.columns) == [*tables.columns("turns"), "discipline"]
    assert back["discipline"].tolist() == ["nursing"]


def test_large_whole_numbers_beside_gaps_stay_exact(tmp_path: Path) -> None:
    rows = [turns(turn=2**60 + 1), turns(turn=None)]
    frame = pd.DataFrame(rows).astype({"turn": "object"})
    frame["turn"] = pd.Series([2**60 + 1, None], dtype="Int64")
    tables.write_table(frame, "turns", tmp_path / "a.parquet")
    back = tables.read_table(tmp_path / "a.parquet", "turns")["turn"]
    assert back[0] == 2**60 + 1
    assert back.isna().tolist() == [False, True]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), replacing(path) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.none() | st.text("ab"))))
def test_texts_survive_the_file(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str | None]]
) -> None:
    rows = [turns(text=text, participant_id=who) for text, who in texts]
    frame = tables.as_table(rows, "turns")
    path = tmp_path_factory.mktemp("round") / "t.parquet"
    tables.write_table(frame, "turns", path)
    assert_frame_equal(tables.read_table(path, "turns"), frame)
