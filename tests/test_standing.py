"""What the codes of a segment rest on, and what is left to settle."""

from __future__ import annotations

import pytest

from commonthread.judgements import Gathered, gather
from commonthread.packs.pack import Opinion
from commonthread.standing import (
    AGREED,
    DIFFER,
    MACHINE,
    ONE,
    SETTLED,
    coding_basis,
    standings,
    unsettled,
    who_settled,
)
from test_judgements import A, B, file, judgement, today


def coded(*outcomes: str) -> Gathered:
    """Two coders agree on the first segment, differ on the next two; one coded the last."""
    files = [
        file("a.json", *(judgement(number, "decides") for number in (0, 1, 2)), coder=A.name),
        file(
            "b.json",
            judgement(0, "decides"),
            judgement(1, "payment", comment="Money."),
            judgement(2, no_code=True, unsure=True),
            coder=B.name,
        ),
    ]
    settled = [
        judgement(1, *(["payment"] if outcome == "decided" else []), outcome=outcome, date="2025")
        for outcome in outcomes
    ]
    took_part = (("Coder A", "Researcher"), ("Guest", "Chair"))
    files.append(file("t.json", *settled, coder="", purpose="adjudication", took_part=took_part))
    return gather(files, today())


def test_each_segment_rests_on_people_or_on_a_machine() -> None:
    now = today()
    assert standings(now.segments, coded().judgements).tolist() == [AGREED, DIFFER, DIFFER, MACHINE]
    alone = gather([file("a.json", judgement(0, "decides"))], now)
    assert standings(now.segments, alone.judgements).tolist() == [ONE, MACHINE, MACHINE, MACHINE]


@pytest.mark.parametrize(
    ("outcome", "standing", "left"),
    [("decided", SETTLED, 1), ("open", DIFFER, 2), ("codebook", DIFFER, 1)],
)
def test_what_was_settled_is_settled(outcome: str, standing: str, left: int) -> None:
    now, found = today(), coded(outcome)
    assert standings(now.segments, found.judgements).tolist()[1] == standing
    assert len(unsettled(found.judgements, found.coders, now.codebook)) == left


def test_what_is_left_comes_with_what_each_said() -> None:
    now, found = today(), coded()
    left = unsettled(found.judgements, found.coders, now.codebook)
    assert list(left) == now.segments["segment_id"].tolist()[1:3]
    assert left[now.segments["segment_id"].iloc[2]] == [
        Opinion(A.name, A.role, ("decides",), False, False, "", ""),
        Opinion(B.name, B.role, (), True, True, "", ""),
    ]


def test_who_took_part_is_named_once() -> None:
    assert who_settled(coded("decided").judgements) == [
        ("Coder A", "Researcher"),
        ("Guest", "Chair"),
    ]
    assert who_settled(coded().judgements) == []


def test_segments_are_counted_by_what_they_rest_on() -> None:
    frame = coding_basis(today().segments, coded("decided").judgements)
    whole = frame[frame["workshop_id"].isna()].set_index("basis")["segments"]
    assert whole.to_dict() == {SETTLED: 1, AGREED: 1, DIFFER: 1, ONE: 0, MACHINE: 1}
    assert frame[frame["workshop_id"] == "spring"]["segments"].sum() == 4
