"""The audit sample as it is kept with the study, and found again in changed transcripts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from audit_study import study
from commonthread.audit.draw import draw_more
from commonthread.audit.sample import FILE, add_to_sample, read_sample, sample_fingerprint
from commonthread.audit.today import audit_segments, find_sample
from commonthread.problems import InputProblems

ONE = study(segments=120)
ROWS = draw_more(ONE.segments, ONE.turns, ONE.participants, {}, 30, "2024-05-01")


def test_what_was_drawn_is_read_again(tmp_path: Path) -> None:
    assert read_sample(tmp_path) == ()
    assert sample_fingerprint(tmp_path) == ""
    hostile = replace(
        ROWS[0], words='=HYPERLINK("x")\nsecond, line "quoted"', before="-1", after="'"
    )
    add_to_sample(tmp_path, [hostile, *ROWS[1:]])
    assert read_sample(tmp_path) == (hostile, *ROWS[1:])
    assert b"\r\n" in (tmp_path / FILE).read_bytes()
    assert "\n=HYPER" not in (tmp_path / FILE).read_text("utf-8")


def test_adding_writes_over_nothing_and_the_last_row_counts(tmp_path: Path) -> None:
    add_to_sample(tmp_path, ROWS)
    before = (tmp_path / FILE).read_bytes()
    print_of_before = sample_fingerprint(tmp_path)
    likelier = replace(ROWS[3], drawn_on="2024-06-01", probability=0.9)
    add_to_sample(tmp_path, [likelier])
    assert (tmp_path / FILE).read_bytes().startswith(before)
    assert sample_fingerprint(tmp_path) != print_of_before
    sample = read_sample(tmp_path)
    assert len(sample) == len(ROWS)
    assert sample[3] == likelier
    add_to_sample(tmp_path, [])
    assert read_sample(tmp_path) == sample


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: text.replace("probability", "chance", 1), "other columns"),
        (lambda text: text.replace("2024-05-01", "2024-05-01,", 1), "other columns"),
        (lambda text: text + "2024,id,w,r,0,1,0.5,s,w,b,a\r\n", "row 32: Its numbers cannot be"),
        (lambda text: text + "2024,id,w,r,4,1,often,s,w,b,a\r\n", "row 32: It has text"),
        (lambda text: text + "2024,,w,r,4,1,0.25,s,w,b,a\r\n", "row 32: It does not say which"),
        (lambda text: text + "2024,id,w,r,4,1,nan,s,w,b,a\r\n", "row 32: Its numbers cannot be"),
    ],
)
def test_a_damaged_sample_is_told_and_not_added_to(tmp_path: Path, damage, said: str) -> None:
    add_to_sample(tmp_path, ROWS)
    file = tmp_path / FILE
    file.write_text(damage(file.read_text("utf-8")), encoding="utf-8", newline="")
    with pytest.raises(InputProblems, match=said):
        read_sample(tmp_path)


def test_a_sample_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "audit").mkdir()
    (tmp_path / FILE).write_bytes("drawn_on,wörds".encode("utf-16"))
    with pytest.raises(InputProblems, match="cannot be read as CSV in UTF-8"):
        read_sample(tmp_path)
    with pytest.raises(InputProblems, match="Nothing can be added"):
        add_to_sample(tmp_path, ROWS)


def found(segments: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Find the sample, and give the columns that say what became of it."""
    table = find_sample(ROWS, segments, turns)
    assert table["drawn_segment_id"].drop_duplicates().tolist() == [r.segment_id for r in ROWS]
    assert ((table["status"] == "lost") == table["segment_id"].isna()).all()
    assert ((table["status"] == "found") == (table["reason"] == "")).all()
    return table


def test_the_sample_is_found_in_unchanged_transcripts() -> None:
    table = found(ONE.segments, ONE.turns)
    assert table["segment_id"].tolist() == [row.segment_id for row in ROWS]
    assert set(table["status"]) == {"found"}
    assert table["probability"].tolist() == [row.probability for row in ROWS]
    assert table["role"].tolist() == [row.role for row in ROWS]


def test_the_sample_is_found_under_other_ids() -> None:
    renamed = ONE.segments.assign(segment_id=[f"new {each}" for each in ONE.segments["segment_id"]])
    table = found(renamed, ONE.turns)
    assert table["segment_id"].tolist() == [f"new {row.segment_id}" for row in ROWS]
    assert audit_segments(table) == set(table["segment_id"])


def test_both_halves_of_a_segment_that_was_cut_are_in_the_sample() -> None:
    cut = ONE.segments[ONE.segments["segment_id"] == ROWS[0].segment_id]
    middle = cut["start"] + ROWS[0].words.index(" ", len(ROWS[0].words) // 2)
    halves = pd.concat(
        [
            ONE.segments[ONE.segments["segment_id"] != ROWS[0].segment_id],
            cut.assign(segment_id="first", end=middle),
            cut.assign(segment_id="second", start=middle + 1),
        ]
    )
    table = found(halves.reset_index(drop=True), ONE.turns)
    assert table["segment_id"].tolist()[:2] == ["first", "second"]
    assert set(table["status"]) == {"found"}


def with_other_words(words: str) -> pd.DataFrame:
    """Give the turns with other words for those of the first segment that was drawn."""
    turns = ONE.turns.copy()
    turns.loc[turns["text"] == ROWS[0].words, "text"] = words
    return turns


def test_words_that_vanished_are_said() -> None:
    table = found(ONE.segments, with_other_words("#" * len(ROWS[0].words)))
    sure = table[table["status"] != "maybe"]
    assert sure["status"].tolist() == ["lost", *["found"] * (len(ROWS) - 1)]
    assert sure["reason"].iloc[0]


def test_what_may_be_the_sample_is_kept_from_training() -> None:
    half = " ".join(ROWS[0].words.split()[:8])
    table = found(ONE.segments, with_other_words(half + "!" * (len(ROWS[0].words) - len(half))))
    maybe = table[table["status"] == "maybe"]
    assert ROWS[0].segment_id in set(maybe["segment_id"])
    assert set(maybe["drawn_segment_id"]) == {ROWS[0].segment_id}
    assert audit_segments(table) == {row.segment_id for row in ROWS} | set(maybe["segment_id"])


def test_no_sample_keeps_nothing_from_training() -> None:
    assert audit_segments(find_sample((), ONE.segments, ONE.turns)) == frozenset()
