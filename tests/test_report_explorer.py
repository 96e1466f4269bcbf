from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import report_fixture
from commonthread.report import write_report
from commonthread.report.blocks import showing
from commonthread.report.edition import public
from commonthread.report.explorer import explorer
from commonthread.report.facts import Facts
from commonthread.report.page import leads, report_page
from commonthread.terms import Term

PATTERN = r"\bkett\w+"


def with_pattern() -> Any:
    """Give a study in which the first coding rests on a regular expression."""
    study = report_fixture.inputs(workshops=2, turns=5)
    codes = tuple(
        replace(code, terms=(Term("regex", (PATTERN,)),)) if code.id == "funders" else code
        for code in study.codebook.codes
    )
    codings = study.codings.copy()
    [item] = json.loads(codings.loc[0, "evidence"])
    codings.loc[0, ["code_id", "evidence"]] = ["funders", json.dumps([item | {"term": PATTERN}])]
    codings = codings.drop_duplicates(["segment_id", "code_id"], ignore_index=True)
    return replace(study, codebook=replace(study.codebook, codes=codes), codings=codings)


def read(packed: bytes) -> tuple[dict[str, Any], bytes]:
    data = gzip.decompress(packed)
    end = 4 + int.from_bytes(data[:4], "little")
    return json.loads(data[4:end]), data[end:]


def test_patterns_of_the_codebook_are_not_in_the_page() -> None:
    names, columns = read(explorer(Facts(with_pattern())).packed)
    bits, at, length = names["columns"]["term"]

    assert PATTERN not in names["terms"]
    assert bits == 8
    assert list(columns[at : at + length]).count(0) == 1


@pytest.mark.parametrize("words", ["🦔🦔 hedgehog", "naïve", "plain"])
def test_places_count_as_javascript_counts(words: str) -> None:
    study = report_fixture.inputs(workshops=1, turns=3, said=[words])
    names, columns = read(explorer(Facts(study)).packed)
    bits, at, length = names["columns"]["turnLength"]
    lengths = np.frombuffer(columns, f"<u{bits // 8}", length, at)
    _, start, size = names["columns"]["text"]
    text = columns[start : start + size].decode()

    assert [len(turn.encode("utf-16-le")) // 2 for turn in text.split("\n")] == list(lengths)
    assert text.split("\n") == study.turns["text"].to_list()


def test_the_public_edition_leads_to_no_segments(tmp_path: Path) -> None:
    path = tmp_path / "public.html"
    study = report_fixture.inputs(consent="verbatim")
    write_report(study, path, public())
    written = path.read_bytes()

    assert report_page(study, public()).explorer is None
    for sign in (b' data-show="', b' id="segments-data"', b"Read every segment", b' id="leads"'):
        assert sign not in written


def test_filters_are_written_as_addresses_are() -> None:
    assert showing(role="public contributor", code="funders") == (
        "role=public%20contributor&code=funders"
    )
    assert showing(person="<a>&=#") == "person=%3Ca%3E%26%3D%23"


def test_every_mark_of_a_chart_leads_somewhere() -> None:
    page = report_page(report_fixture.inputs())
    for chart in page.charts():
        found = leads(chart)
        assert len(found["shows"]) == found["rows"] * found["columns"], chart.id
        assert any(found["shows"]), chart.id
