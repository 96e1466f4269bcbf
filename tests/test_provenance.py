"""What the report says of each file: what was odd, and what was left out as expected."""

from __future__ import annotations

import pytest

import report_fixture
from commonthread.report.facts import Facts
from commonthread.report.provenance import Provenance, Remarks, provenance


@pytest.fixture(scope="module")
def told() -> Provenance:
    return provenance(Facts(report_fixture.inputs()))


def test_what_is_left_out_as_expected_is_told_apart_from_what_is_odd(told: Provenance) -> None:
    assert {remark for file in told.odd for remark in file.sentences} == {"Line 3 has no speaker."}
    assert {remark for file in told.left_out for remark in file.sentences} == {
        "The page numbers were left out."
    }


def test_files_without_remarks_and_refused_files_are_not_listed(told: Provenance) -> None:
    assert all(isinstance(file, Remarks) and file.sentences for file in told.left_out)
    assert {file.path for file in told.left_out}.isdisjoint(file.path for file in told.refused)
    assert len(told.left_out) < len(told.sources.rows)
