"""Reading what a codebook page saved: as it was, damaged, edited by hand, and hostile."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.problems import Refused
from commonthread.proposals.page_file import read_page_file
from commonthread.proposals.proposal import Part, Proposal

ROW: dict[str, Any] = {
    "id": "p0",
    "kind": "wording",
    "code_id": "tea",
    "wording": {"terms": "tea\nbiscuit", "plain": "Talk of tea"},
    "was": {"plain": "Tea", "terms": "tea"},
    "others": [],
    "parts": [],
    "parent": "",
    "why": "Clearer",
    "segment_ids": ["a1", "b2", "a1"],
    "author": "",
    "role": "",
    "date": "2025-05-03T10:00:00+01:00",
}
FILE: dict[str, Any] = {
    "format": "commonthread proposals",
    "format_version": 1,
    "study": "The lantern study",
    "page_id": "b1",
    "author": " Clover ",
    "role": "Public contributor",
    "codebook_version": "2.1",
    "codebook_sha256": "ab" * 32,
    "copy": "0" * 32,
    "proposals": [ROW],
    "begun": [],
}


def data(**changes: Any) -> bytes:
    return json.dumps(FILE | changes, ensure_ascii=False).encode()


def with_row(**changes: Any) -> bytes:
    return data(proposals=[ROW | changes, ROW])


def test_everything_is_read_as_it_stands() -> None:
    read = read_page_file(data(), "x.json")
    assert read.proposals == (
        Proposal(
            "proposal 1",
            "wording",
            "tea",
            wording=(("plain", "Talk of tea"), ("terms", "tea\nbiscuit")),
            was=(("plain", "Tea"), ("terms", "tea")),
            why="Clearer",
            segment_ids=("a1", "b2"),
            date="2025-05-03T10:00:00+01:00",
        ),
    )
    assert (read.author, read.role) == ("Clover", "Public contributor")
    assert (read.codebook_version, read.codebook_sha256) == ("2.1", "ab" * 32)
    assert read.problems == ()


def test_others_parts_and_authors_are_read() -> None:
    split = ROW | {"kind": "split", "wording": {}, "parts": [{"name": n, "plain": n} for n in "ab"]}
    merge = ROW | {"kind": "merge", "others": ["time"], "author": "Ash", "role": "Researcher"}
    one, other = read_page_file(data(proposals=[split, merge]), "x.json").proposals
    assert one.parts == (Part("a", "a"), Part("b", "b"))
    assert (other.others, other.author, other.role) == (("time",), "Ash", "Researcher")


def test_what_was_only_begun_is_told_and_not_counted() -> None:
    read = read_page_file(data(begun=[ROW, 7]), "x.json")
    assert len(read.proposals) == 1
    assert [where for where, _ in read.problems] == ["begun 1", "begun 2"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "burn"}, 'The field "kind" names nothing that can be proposed.'),
        ({"code_id": ""}, "It does not say which code it is about."),
        ({"wording": {}}, "It changes no text."),
        ({"wording": {"colour": "red"}}, 'The field "wording" does not hold texts of a code.'),
        ({"wording": []}, 'The field "wording" does not hold texts of a code.'),
        ({"wording": {"plain": 7}}, 'The field "wording" is not text.'),
        ({"was": {"plain": "x" * 20_001}}, 'The field "was" is longer than 20,000 characters.'),
        ({"kind": "comment", "why": " \n"}, "It is a comment without words."),
        ({"kind": "rename"}, "It gives no name."),
        ({"kind": "new", "wording": {"name": " "}}, "It gives no name."),
        ({"kind": "example"}, "It gives no example."),
        ({"kind": "merge"}, "It does not say which codes to join."),
        (
            {"kind": "split", "parts": [{"name": "a", "plain": "b"}]},
            "It does not say into which codes to split.",
        ),
        (
            {"parts": [{"name": "a"}]},
            'The field "parts" has one that is not a name and its meaning.',
        ),
        ({"parts": "ab"}, 'The field "parts" is not a list of codes.'),
        ({"others": ["a"] * 501}, 'The field "others" is not a list of ids.'),
        ({"segment_ids": [" "]}, 'The field "segment_ids" has an empty id.'),
        ({"why": "a\x00b"}, 'The field "why" has characters that cannot be used.'),
        ({"date": "2025-05-03"}, 'The field "date" is not a date and time with an offset.'),
        ({"other": 1}, 'It has a field that no proposal has: "other".'),
    ],
)
def test_a_proposal_that_cannot_be_used_is_told_and_the_others_are_read(changes, reason) -> None:
    read = read_page_file(with_row(**changes), "x.json")
    assert read.problems == (("proposal 1", reason),)
    assert [each.where for each in read.proposals] == ["proposal 2"]


def test_a_proposal_that_lacks_a_field_or_is_none_is_told() -> None:
    lacks = {key: value for key, value in ROW.items() if key != "was"}
    read = read_page_file(data(proposals=[lacks, 7]), "x.json")
    assert read.problems == (
        ("proposal 1", 'The field "was" is missing.'),
        ("proposal 2", "This is not a proposal."),
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"{", "The JSON is damaged or cut short at line 1, column 2."),
        (b"\xff", "It is not UTF-8 text, so it was changed since the page saved it."),
        (b"[]", "It is not a file that a codebook page saved."),
        (data(format="commonthread codings"), "It is not a file that a codebook page saved."),
        (
            data(format_version=2),
            "It has version 2 of its format, and this program knows version 1.",
        ),
        (data(proposals={}), 'The field "proposals" is not a list.'),
        (data(author=7), 'The field "author" is not text.'),
        (data(more=1), 'It has a field that a page does not save: "more".'),
        (b"[" * 1_000_001, "It is much larger than any file that a page saves."),
        (b'{"a": 1, "a": 2}', 'A field is there twice in one place: "a".'),
    ],
)
def test_a_file_that_no_codebook_page_saved_is_refused(content: bytes, what: str) -> None:
    with pytest.raises(Refused) as refused:
        read_page_file(content, "x.json")
    assert (refused.value.reason, bool(refused.value.remedy)) == (what, True)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(key=st.sampled_from(sorted(ROW)), value=_JSON)
def test_whatever_stands_in_a_field_it_is_read_or_told(key: str, value: Any) -> None:
    content = json.dumps(FILE | {"proposals": [ROW | {key: value}]}).encode()
    with contextlib.suppress(Refused):
        read = read_page_file(content, "x.json")
        assert len(read.proposals) + len(read.problems) == 1
