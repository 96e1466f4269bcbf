"""What a coding page is made of, before a browser opens it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest

from commonthread.review import write_coding_page
from commonthread.review.packed import file_name, packed_data
from pack_fixture import pack


def test_the_same_pack_gives_the_same_bytes_and_little_of_them(tmp_path) -> None:
    for name in ("a.html", "b.html"):
        write_coding_page(pack(), tmp_path / name)
    data = (tmp_path / "a.html").read_bytes()
    assert data == (tmp_path / "b.html").read_bytes()
    assert len(data) < 250_000


@pytest.mark.parametrize(
    ("study", "coder", "name"),
    [
        ("The lantern study", "Clover", "codings-the-lantern-study-clover.json"),
        ("../../etc", 'A "B" <C>', "codings-etc-a-b-c.json"),
        ("x" * 300, "É" * 300, f"codings-{'x' * 40}-{'e' * 40}.json"),
        ("***", "Ann/..", "codings-study-ann.json"),
    ],
)
def test_the_file_that_comes_back_has_a_name_that_any_system_takes(study, coder, name) -> None:
    assert file_name(replace(pack(), study=study, coder=coder)) == name


def test_a_blind_pack_says_nothing_of_what_the_dictionary_found() -> None:
    blind, helped = (
        json.loads(gzip.decompress(packed_data(pack(start=start))))["segments"]
        for start in ("blind", "dictionary")
    )
    assert not any(segment[6] for segment in blind)
    assert any(segment[6] for segment in helped)


def test_places_count_as_scripts_do() -> None:
    wide = pack(segments=3, sources=1, said=["one", "🦔🦔 two", "three"])
    _, second, third = json.loads(gzip.decompress(packed_data(wide)))["segments"]
    assert second[2:4] == [0, 8]
    assert third[2:4] == [9, 14]
