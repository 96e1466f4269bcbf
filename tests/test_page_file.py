"""Reading what a coding page saved: as it was, damaged, edited by hand, and hostile."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonthread.problems import Refused
from commonthread.returned.judgement import Judgement
from commonthread.returned.page_file import read_page_file

ROW: dict[str, Any] = {
    "segment_id": "s001-00003",
    "source_id": "s001",
    "words": "Nobody asked.",
    "before": "Well. ",
    "after": " So.",
    "start_s": 12.5,
    "codes": ["jargon", "challenge"],
    "no_code": False,
    "unsure": True,
    "comment": "Line one\nline two",
    "new_code": "Waiting",
    "date": "2025-05-03T10:00:00+01:00",
}
FILE: dict[str, Any] = {
    "format": "commonthread codings",
    "format_version": 1,
    "purpose": "coding",
    "study": "The lantern study",
    "pack_id": "p1",
    "coder": "Clover",
    "role": "Public contributor",
    "codebook_version": "1.0",
    "codebook_sha256": "ab" * 32,
    "copy": "0" * 32,
    "took_part": [],
    "segments": 5,
    "codings": [ROW],
    "begun": [],
}


def data(**changes: Any) -> bytes:
    return json.dumps(FILE | changes, ensure_ascii=False).encode()


def with_row(**changes: Any) -> bytes:
    return data(codings=[ROW | changes, ROW | {"segment_id": "s001-00004"}])


def settled(**changes: Any) -> bytes:
    row = ROW | {"outcome": "decided", "unsure": False} | changes
    people = [{"name": "Ash", "role": "Researcher"}, {"name": "Clover", "role": "Contributor"}]
    return data(purpose="adjudication", coder="", role="", took_part=people, codings=[row])


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read_page_file(content, "codings.json")
    assert refused.value.remedy
    return refused.value


def test_everything_is_read_as_it_stands() -> None:
    read = read_page_file(data(), "codings.json")

    assert read.judgements == (
        Judgement(
            where="coding 1",
            segment_id="s001-00003",
            source_id="s001",
            words="Nobody asked.",
            before="Well. ",
            after=" So.",
            start_s=12.5,
            codes=("jargon", "challenge"),
            unsure=True,
            comment="Line one\nline two",
            new_code="Waiting",
            date="2025-05-03T10:00:00+01:00",
        ),
    )
    assert (read.purpose, read.coder, read.role) == ("coding", "Clover", "Public contributor")
    assert (read.study, read.pack_id, read.copy) == ("The lantern study", "p1", "0" * 32)
    assert (read.codebook_version, read.codebook_sha256) == ("1.0", "ab" * 32)
    assert (read.untouched, read.problems, read.took_part) == (4, (), ())


def test_earlier_decisions_stay_before_later_ones() -> None:
    later = ROW | {"codes": ["trust"], "date": "2025-05-03T10:00:01+01:00"}
    read = read_page_file(data(codings=[ROW, later]), "x.json")
    assert [each.codes for each in read.judgements] == [("jargon", "challenge"), ("trust",)]
    assert read.untouched == 4


def test_a_mark_at_the_start_that_an_editor_put_there_does_no_harm() -> None:
    assert read_page_file(b"\xef\xbb\xbf" + data(), "x.json").judgements


def test_what_was_only_begun_is_told_and_not_counted() -> None:
    begun = {key: value for key, value in ROW.items() if key != "date"}
    read = read_page_file(data(begun=[begun, {"segment_id": "<b>\n"}, 7]), "x.json")
    assert read.problems == (
        ("begun 1", "Segment s001-00003 was begun, but not marked done; it does not count."),
        ("begun 2", "A segment was begun, but not marked done; it does not count."),
        ("begun 3", "A segment was begun, but not marked done; it does not count."),
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"segment_id": ""}, 'The field "segment_id" is empty.'),
        ({"segment_id": 7}, 'The field "segment_id" is not text.'),
        ({"words": None}, 'The field "words" is not text.'),
        ({"words": "x" * 200_001}, 'The field "words" is longer than 200,000 characters.'),
        ({"comment": "a\x00b"}, 'The field "comment" has characters that cannot be used.'),
        ({"start_s": "12"}, 'The field "start_s" is not a number.'),
        ({"start_s": True}, 'The field "start_s" is not a number.'),
        ({"start_s": -1}, 'The field "start_s" is no time in a recording.'),
        ({"start_s": 10**400}, 'The field "start_s" is no time in a recording.'),
        ({"codes": "jargon"}, 'The field "codes" is not a list of codes.'),
        ({"codes": ["jargon", 7]}, 'The field "codes" is not text.'),
        ({"codes": [" "]}, 'The field "codes" has an empty code.'),
        ({"codes": [], "unsure": False}, "It names no code, nor says that none fits."),
        ({"no_code": 0}, 'The field "no_code" is not true or false.'),
        ({"unsure": "yes"}, 'The field "unsure" is not true or false.'),
        ({"date": ""}, 'The field "date" is not a date and time with an offset.'),
        (
            {"date": "2025-05-03T10:00:00"},
            'The field "date" is not a date and time with an offset.',
        ),
        ({"outcome": "open"}, 'It has a field that no coding has: "outcome".'),
        ({"<img>": 1}, "It has a field that no coding has."),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_are_read(changes, reason) -> None:
    read = read_page_file(with_row(**changes), "x.json")
    assert read.problems == (("coding 1", reason),)
    assert [each.where for each in read.judgements] == ["coding 2"]


def test_half_a_character_and_a_missing_field_and_what_is_no_row_are_told() -> None:
    rest = {key: value for key, value in ROW.items() if key != "after"}
    written = json.dumps(FILE | {"codings": [ROW | {"words": "\ud800"}, rest, None]}).encode()
    assert read_page_file(written, "x.json").problems == (
        ("coding 1", 'The field "words" has characters that cannot be used.'),
        ("coding 2", 'The field "after" is missing.'),
        ("coding 3", "This is not a coding."),
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The JSON is damaged or cut short at line 1, column 1."),
        (data()[:200], "The JSON is damaged or cut short at line 1, column "),
        (data().replace(b'"jargon",', b'"jargon"\n\n'), "cut short at line 3, column "),
        (b"\xff\xfe" + data(), "It is not UTF-8 text"),
        (b"[1, 2]", "It is not a file that a coding page saved."),
        (b'{"format": "other"}', "It is not a file that a coding page saved."),
        (b"[" * 100_000, "The JSON is damaged"),
        (b'{"a": ' + b"9" * 5000 + b"}", "The JSON is damaged"),
        (data(format_version=2), "It has version 2 of its format"),
        (data(format_version=0), 'The field "format_version" is not'),
        (data(format_version=True), 'The field "format_version" is not'),
        (data(format_version="1"), 'The field "format_version" is not'),
        (data(purpose="else"), 'The field "purpose" names no purpose'),
        (data(purpose=["coding"]), 'The field "purpose" names no purpose'),
        (data(coder=7), 'The field "coder" is not text.'),
        (data(coder="x" * 501), 'The field "coder" is longer than 500 characters.'),
        (data(codings={}), 'The field "codings" is not a list.'),
        (data(begun=None), 'The field "begun" is not a list.'),
        (data(segments=-1), 'The field "segments" is not a number of segments.'),
        (data(segments=2.5), 'The field "segments" is not a number of segments.'),
        (data(extra=1), 'It has a field that a page does not save: "extra".'),
        (data(took_part=[{"name": "Ash"}]), "person 1, is not a name and a role."),
        (data(took_part=[{"name": " ", "role": ""}]), "person 1, has no name."),
        (data(took_part=[{"name": 1, "role": ""}]), 'person 1: The field "name" is not text.'),
        (data(took_part="Ash"), 'The field "took_part" is not a list of people.'),
        (data().replace(b'"unsure"', b'"no_code"'), 'in one place: "no_code".'),
        (data().replace(b"12.5", b"NaN"), "A number is not a number."),
        (b"{" + b",".join([b'"a":1'] * 1_000_001) + b"}", "much larger than any file"),
        (b" " * 50_000_001, "much larger than any file"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_reason(content, reason) -> None:
    assert reason in refusal(content).reason


def test_a_missing_field_is_named() -> None:
    for key in FILE:
        content = {name: value for name, value in FILE.items() if name != key}
        reason = refusal(json.dumps(content).encode()).reason
        assert key in ("format", "format_version") or reason == f'The field "{key}" is missing.'


def test_a_newer_format_asks_for_a_newer_program() -> None:
    assert (
        refusal(data(format_version=2)).remedy == "Bring the program up to date, and run it again."
    )


def test_what_a_team_settled_is_read_with_who_took_part() -> None:
    read = read_page_file(settled(), "x.json")
    assert read.purpose == "adjudication"
    assert read.took_part == (("Ash", "Researcher"), ("Clover", "Contributor"))
    assert read.judgements[0].outcome == "decided"
    for outcome in ("open", "codebook"):
        read = read_page_file(settled(outcome=outcome, codes=[]), "x.json")
        assert read.judgements[0].outcome == outcome


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"outcome": ""}, 'The field "outcome" is not "decided", "open" or "codebook".'),
        ({"outcome": ["open"]}, 'The field "outcome" is not "decided", "open" or "codebook".'),
        ({"outcome": "codebook", "comment": " "}, "the codebook must change, but not how."),
        ({"outcome": "decided", "codes": []}, "It names no code, nor says that none fits."),
    ],
)
def test_an_outcome_that_says_nothing_is_told(changes, reason) -> None:
    read = read_page_file(settled(**changes), "x.json")
    assert read.judgements == ()
    ((_, told),) = read.problems
    assert reason in told


def test_decisions_without_anybody_who_took_part_are_refused() -> None:
    content = json.loads(settled()) | {"took_part": []}
    assert refusal(json.dumps(content).encode()).reason == (
        "It does not say who took part in deciding."
    )


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([*FILE, "else"]), st.sampled_from([*ROW, "else"]), _JSON, _JSON)
def test_whatever_stands_in_a_field_it_is_read_or_refused(head, cell, one, other) -> None:
    for content in (FILE | {head: one}, FILE | {"codings": [ROW | {cell: other}]}):
        try:
            read = read_page_file(json.dumps(content).encode(), "x.json")
        except Refused as refused:
            assert refused.reason and refused.remedy
        else:
            told = len(read.judgements) + len(read.problems)
            assert told == len(content["codings"]) + len(content["begun"])


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_in_a_sentence(content) -> None:
    assert refusal(content).reason


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": 1.' + b"1" * 40_000_000 + b"}",
        b"[" + b'{"a":0},' * 490_000 + b"0]",
        b"{" + b",".join(b'"%d":0' % number for number in range(990_000)) + b"}",
        data(codings=[ROW | {str(number): 0} for number in range(40_000)]),
    ],
    ids=["a long number", "many objects", "many fields", "many bad rows"],
)
def test_a_hostile_file_takes_no_time(content) -> None:
    begin = time.process_time()
    with contextlib.suppress(Refused):
        read_page_file(content, "x.json")
    assert time.process_time() - begin < 10
