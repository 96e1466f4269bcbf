"""Drawing the audit sample: at random by workshop and role, and so that it can grow."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_study import AuditStudy, by_segment, study
from commonthread.audit.draw import draw_more, judged_weights, share_out, strata
from commonthread.audit.sample import Drawn
from commonthread.audit.today import find_sample


def drawn(
    one: AuditStudy, size: int, before: dict[str, Drawn] | None = None, date: str = "2024-05-01"
) -> dict[str, Drawn]:
    """Draw more, and give all of the sample."""
    rows = draw_more(one.segments, one.turns, one.participants, before or {}, size, date)
    return (before or {}) | by_segment(rows)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz")),
        st.integers(0, 60),
        min_size=1,
    ),
    st.integers(1, 200),
)
def test_a_size_is_shared_out_in_proportion(sizes: dict[tuple[str, str], int], size: int) -> None:
    whole = sum(sizes.values())
    if not whole:
        assert share_out(sizes, size) == {}
        return
    given_out = share_out(sizes, size)
    filled = sum(1 for own in sizes.values() if own)
    assert sum(given_out.values()) == min(max(size, min(filled, whole)), whole) or filled > size / 2
    for stratum, number in given_out.items():
        assert 1 <= number <= sizes[stratum]
        assert number <= max(1, int(size * sizes[stratum] / whole) + 1) or size >= whole


def test_each_stratum_is_drawn_from_in_proportion() -> None:
    one = study()
    sample = drawn(one, 80)
    placed = strata(one.segments, one.participants)
    sizes = placed.groupby(["workshop_id", "role"]).size()
    given = Counter((row.workshop_id, row.role) for row in sample.values())
    assert sum(given.values()) == 80
    assert set(given) == set(sizes.index)
    for stratum, size in sizes.items():
        assert abs(given[stratum] - 80 * size / len(placed)) < 1
    assert {role for _, role in given} == {"", "role 0", "role 1", "role 2"}
    for row in sample.values():
        of = sizes[(row.workshop_id, row.role)]
        assert row.stratum_segments == of
        assert row.probability == pytest.approx(row.stratum_drawn / of, abs=1e-6)
    found = find_sample(list(sample.values()), one.segments, one.turns)
    weights = judged_weights(found, [True] * len(sample))
    assert weights.sum() == pytest.approx(len(placed), rel=1e-4)


def test_a_larger_sample_begins_with_the_smaller_one() -> None:
    one = study()
    small = drawn(one, 40)
    rows = draw_more(one.segments, one.turns, one.participants, small, 120, "2024-06-01")
    large = small | by_segment(rows)
    assert small.keys() < large.keys()
    assert large.keys() == drawn(one, 120).keys()
    for segment_id, row in small.items():
        assert large[segment_id].probability > row.probability
    assert {row.drawn_on for row in rows} == {"2024-06-01"}


def test_drawing_again_changes_nothing() -> None:
    one = study()
    sample = drawn(one, 60)
    for size in (60, 30):
        assert not draw_more(one.segments, one.turns, one.participants, sample, size, "2024-07-01")


def test_a_new_workshop_leaves_what_was_drawn_as_it_is() -> None:
    one = study(workshops=4)
    before = drawn(one.only(["w0", "w1", "w2"]), 60)
    rows = draw_more(one.segments, one.turns, one.participants, before, 60, "2024-06-01")
    assert {row.workshop_id for row in rows} == {"w3"}
    assert not before.keys() & by_segment(rows).keys()
    # In proportion to what it adds, and no more.
    assert len(rows) == pytest.approx(15, abs=3)


def test_the_probabilities_hold_when_a_study_grows() -> None:
    """Over many studies, segments weighted by them count as many as there are."""
    early_total, late_total, early_real, late_real = 0.0, 0.0, 0, 0
    for seed in range(60):
        one = study(segments=240, seed=seed)
        # The ids are what the order is made from.
        ids = [f"{seed} {each}" for each in one.segments["segment_id"]]
        grown = one.segments.assign(segment_id=ids)
        early = grown[grown["turn"] < 50]
        before = by_segment(draw_more(early, one.turns, one.participants, {}, 40, "2024-05-01"))
        both = before | by_segment(
            draw_more(grown, one.turns, one.participants, before, 60, "2024-06-01")
        )
        late = set(grown["segment_id"]) - set(early["segment_id"])
        weights = {row.segment_id: 1 / row.probability for row in both.values()}
        late_total += sum(weight for each, weight in weights.items() if each in late)
        early_total += sum(weight for each, weight in weights.items() if each not in late)
        late_real, early_real = late_real + len(late), early_real + len(early)
    # Those that were there at both drawings had a little more than the better one of their chances.
    assert early_total / early_real == pytest.approx(1.03, abs=0.04)
    assert late_total / late_real == pytest.approx(1, abs=0.06)


def test_drawing_does_not_favour_any_segment() -> None:
    one = study(segments=60, workshops=1)
    hits: Counter[str] = Counter()
    for number in range(300):
        ids = {each: f"{number} {each}" for each in one.segments["segment_id"]}
        renamed = one.segments.assign(segment_id=list(ids.values()))
        rows = draw_more(renamed, one.turns, one.participants, {}, 20, "")
        hits.update(row.segment_id.split()[1] for row in rows)
    expected = strata(one.segments, one.participants).groupby("role").size()
    shares = np.array([hits[each] / 300 for each in one.segments["segment_id"]])
    assert shares.mean() == pytest.approx(20 / 60)
    # Each stratum has its own share; none is left out, and none is sure, in 300 drawings.
    assert shares.min() > 0.15
    assert shares.max() < 0.6
    assert len(expected) == 4


def test_what_nobody_judged_is_stood_for_by_its_neighbours() -> None:
    one = study()
    sample = find_sample(list(drawn(one, 80).values()), one.segments, one.turns)
    half = np.arange(80) % 2 == 0
    weights = judged_weights(sample, half.tolist())
    assert not weights[~half].any()
    sizes = strata(one.segments, one.participants).groupby(["workshop_id", "role"]).size()
    totals = sample.assign(weight=weights).groupby(["workshop_id", "role"])["weight"].sum()
    for stratum, total in totals.items():
        assert total == pytest.approx(sizes[stratum], rel=1e-3) or total == 0
