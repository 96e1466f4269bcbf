"""Deciding whose codings count."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.codings import decide
from commonthread.tables import as_table, check_table, empty_table

KIND = {"machine": "dictionary", "model": "classifier", "p1": "person", "p2": "person"}


def table(*rows: tuple[str, str, str] | tuple[str, str, str, float]) -> pd.DataFrame:
    return as_table(
        [
            {
                "segment_id": row[0],
                "code_id": row[1],
                "coder_id": row[2],
                "coder_kind": KIND[row[2]],
                "confidence": row[3] if len(row) == 4 else None,
                "evidence": "[]",
                "date": "",
                "memo": "",
            }
            for row in rows
        ],
        "codings",
    )


def decided(
    *rows: tuple[str, str, str] | tuple[str, str, str, float],
) -> list[tuple[str, str, str]]:
    frame = check_table(decide(table(*rows)), "codings")
    return list(zip(frame["segment_id"], frame["code_id"], frame["coder_id"], strict=True))


def test_a_person_is_heard_before_machines() -> None:
    assert decided(
        ("s1", "pay", "machine"),
        ("s1", "trust", "model", 0.9),
        ("s1", "jargon", "p1"),
        ("s2", "pay", "machine"),
        ("s2", "trust", "model", 0.9),
        ("s3", "pay", "machine"),
        ("s3", "access", "machine"),
    ) == [
        ("s1", "jargon", "p1"),
        ("s2", "pay", "machine"),
        ("s2", "trust", "model"),
        ("s3", "access", "machine"),
        ("s3", "pay", "machine"),
    ]


def test_a_classifier_is_heard_before_the_dictionary_code_by_code() -> None:
    """Where it is not sure it is silent, and the dictionary's codes stand."""
    rows = table(("s1", "pay", "machine"), ("s1", "pay", "model", 0.9), ("s1", "access", "machine"))
    frame = decide(rows)
    assert list(zip(frame["code_id"], frame["coder_id"], strict=True)) == [
        ("access", "machine"),
        ("pay", "model"),
    ]
    assert frame["confidence"].tolist()[1] == 0.9
    assert decide(rows.iloc[::-1])["coder_id"].tolist() == ["machine", "model"]


def test_no_code_of_a_person_takes_machine_codes_off() -> None:
    assert decided(("s1", "pay", "machine"), ("s1", "no_code", "p1")) == []
    assert decided(("s1", "no_code", "p1"), ("s1", "pay", "p2")) == [("s1", "pay", "p2")]


def test_a_code_stands_once() -> None:
    rows = table(("s1", "pay", "p1", 0.4), ("s1", "pay", "p2", 0.8), ("s1", "trust", "p2"))
    frame = decide(rows)
    assert frame["code_id"].tolist() == ["pay", "trust"]
    assert frame["confidence"].tolist()[0] == 0.8


def test_everybody_who_applied_a_code_is_named() -> None:
    assert decided(("s1", "pay", "p2"), ("s1", "pay", "p1"), ("s1", "pay", "machine")) == [
        ("s1", "pay", "p1; p2")
    ]


def test_what_was_settled_together_is_heard_first() -> None:
    rows = table(("s1", "pay", "p1"), ("s1", "trust", "p2"), ("s2", "pay", "p2"))
    rows.loc[1, ["coder_id", "coder_kind"]] = "adjudication"
    frame = decide(rows)
    assert list(zip(frame["segment_id"], frame["code_id"], strict=True)) == [
        ("s1", "trust"),
        ("s2", "pay"),
    ]


def test_no_codings_are_no_codings() -> None:
    assert len(decide(empty_table("codings"))) == 0


def test_an_unknown_kind_of_coder_is_an_error() -> None:
    with pytest.raises(ValueError, match="found: robot"):
        decide(table(("s1", "pay", "p1")).assign(coder_kind="robot"))


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["s1", "s2", "s3"]),
        st.sampled_from(["a", "b", "no_code"]),
        st.sampled_from(sorted(KIND)),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str, str, str]], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = rows.copy()
    random.shuffle(shuffled)
    assert sorted(decided(*rows)) == sorted(decided(*shuffled))
    found = decided(*rows)
    assert len({row[:2] for row in found}) == len(found)
    named = {(row[0], row[1], coder) for row in found for coder in row[2].split("; ")}
    assert named <= set(rows)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_deciding_twice_changes_nothing(rows: list[tuple[str, str, str]]) -> None:
    once = decide(table(*rows))
    pd.testing.assert_frame_equal(decide(once), once)
