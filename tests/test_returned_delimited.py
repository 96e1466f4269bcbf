"""Codings made elsewhere, written as a table of plain text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.export import neutralise
from commonthread.problems import Refused
from commonthread.returned.delimited import read_delimited
from commonthread.returned.judgement import Judgement
from filled_packs import Decision
from test_returned_workbook import DECISIONS


def read(text: str) -> tuple[Judgement, ...]:
    returned = read_delimited(text.encode())
    assert returned.problems == ()
    return returned.judgements


def test_the_documented_shape() -> None:
    (one,) = read(
        "coder,segment_id,source,words,before,after,code,no_code,unsure,comment,new_code,date\n"
        'Ann,abc,s1,"Nobody asked us.",Well.,So.,payment; trust,no,yes,"Hm, yes",Waiting,2025-05-03\n'
    )
    assert one == Judgement(
        where="row 2",
        coder="Ann",
        segment_id="abc",
        source_id="s1",
        words="Nobody asked us.",
        before="Well.",
        after="So.",
        codes=("payment", "trust"),
        unsure=True,
        comment="Hm, yes",
        new_code="Waiting",
        date="2025-05-03",
    )


def test_a_row_for_each_code_is_one_judgement() -> None:
    first, other, second = read(
        "coder;segment;code;memo;date\n"
        "Ann;a;payment;one;2025-05-03\n"
        "Ben;a;trust;;\n"
        "ann;a;trust;two;2025-05-04\n"
        "Ann;b;no_code;;\n"
        "Ann;a;payment;one;\n"
    )
    assert first.codes == ("payment", "trust")
    assert (first.comment, first.date, first.where) == (
        "one\ntwo",
        "2025-05-04",
        "row 2 and 2 more",
    )
    assert (other.coder, other.codes) == ("Ben", ("trust",))
    assert (second.codes, second.no_code) == ((), True)


def test_words_will_do_for_a_segment() -> None:
    first, second = read(
        "Quote\tTag\tDocument\n"
        "Nobody asked us.\tpayment\ta.txt\n"
        "Nobody asked us.\ttrust\tb.txt\n"
        "Nobody  asked us.\tpower\ta.txt\n"
    )
    assert (first.words, first.source_id) == ("Nobody asked us.", "a.txt")
    assert first.codes == ("payment", "power")
    assert (second.source_id, second.codes) == ("b.txt", ("trust",))


def test_names_of_codes_keep_their_commas() -> None:
    (one,) = read('segment_id,code\na,"Who is involved, and when; Trust"\n')
    assert one.codes == ("Who is involved, and when", "Trust")


def test_any_usual_encoding_and_delimiter() -> None:
    for data in (
        "segment_id;code\r\na;Café\r\n".encode("utf-8-sig"),
        "segment_id,code\na,Café\n".encode("cp1252"),
        "segment_id\tcode\na\tCafé\n".encode("utf-16"),
        "sep=;\nsegment_id;code\na;Café\n".encode(),
    ):
        (one,) = read_delimited(data).judgements
        assert one.codes == ("Café",)


def test_text_that_was_neutralised_comes_back() -> None:
    (one,) = read("segment_id,code,comment\na,payment,'=1+1\n")
    assert one.comment == "=1+1"


def test_rows_with_nothing_in_them_are_not_yet_judged() -> None:
    returned = read_delimited(b"segment_id,code,comment\na,,\nb,payment,\n,,\nc, ,\n")
    assert (len(returned.judgements), returned.untouched) == (1, 2)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2025-05-03", "2025-05-03"),
        ("2025-05-03T10:20:00+01:00", "2025-05-03T10:20:00+01:00"),
        ("2025-05-03 10:20", "2025-05-03T10:20:00"),
        ("3/5/2025", "2025-05-03"),
        ("03.05.2025 10:20", "2025-05-03T10:20:00"),
        ("3 May 2025", "2025-05-03"),
        ("03/05/2025, 1:20 pm", "2025-05-03T13:20:00"),
    ],
)
def test_dates_have_the_day_first(written: str, date: str) -> None:
    (one,) = read(f'segment_id,code,date\na,payment,"{written}"\n')
    assert one.date == date


def test_what_cannot_be_used_is_told_and_the_rest_is_there() -> None:
    returned = read_delimited(
        b"segment_id,code,no_code,comments,dat,date\n"
        b"a,payment,,,,32/13/2025\n"
        b"b,payment,maybe,,,\n"
        b",payment,,,,\n"
        b"c,payment,,one, two,,\n"
        b"d,payment\n"
        b"e,payment,,,,soon\n"
    )
    assert [each.segment_id for each in returned.judgements] == ["a", "d", "e"]
    assert returned.problems == (
        ("row 5", "It has more than the 6 cells of the headings. Put text that has commas in it"
         " between double quotes."),
        ("row 3", 'Under no code fits it says "maybe", which is neither yes nor no. Write yes, or'
         " leave it empty."),
        ("row 4", "It names neither a segment's id nor its words."),
        ("row 2 and 1 more", "The date is not understood, so that this counts as not dated. Write"
         " 2026-01-15."),
    )  # fmt: skip


def test_a_misspelt_heading_is_told() -> None:
    returned = read_delimited(b"segment_id,code,coments\na,payment,lost\n")
    ((where, what),) = returned.problems
    assert (where, what) == (
        "headings",
        'Nothing was read from the column "coments". Did you mean "comments"?',
    )


def test_what_is_far_too_much() -> None:
    codes = ";".join(f"code {number}" for number in range(120))
    rows = f"segment_id,code,comment\na,{codes},\nb,x,{'y' * 20_001}\nc,{'z' * 3_001},\nd,ok,\n"
    returned = read_delimited(rows.encode())
    assert [each.segment_id for each in returned.judgements] == ["d"]
    assert [where for where, _ in returned.problems] == ["row 3", "row 4", "row 2"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"speaker,text\nAnn,Hello\n", "no headings for codings"),
        (b"segment_id,comment\na,b\n", "no headings for codings"),
        (b"code\npayment\n", "no headings for codings"),
        (b'segment_id,code\na,"open\n', "never closed"),
        (b"\x01\x02\x03" * 50, "not a text file"),
    ],
)
def test_no_such_table(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_delimited(data)


@settings(max_examples=60)
@given(st.lists(DECISIONS, min_size=1, max_size=5), st.sampled_from(",;\t"), st.booleans())
def test_any_decisions_come_back(made: list[Decision], delimiter: str, apart: bool) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(["coder", "segment_id", "code", "no_code", "unsure", "comment", "new_code"])
    for number, each in enumerate(made):
        codes = list(each.codes) if apart and each.codes else ["; ".join(each.codes)]
        for code in codes:
            ticks = [("no", "yes")[each.no_code], ("", "x")[each.unsure]]
            texts = [neutralise(each.comment), neutralise(each.new_code)]
            writer.writerow(["Ann", f"s{number}", code, *ticks, *texts])
    returned = read_delimited(out.getvalue().encode("utf-8-sig"))
    found = {
        each.segment_id: Decision(
            each.codes, each.no_code, each.unsure, each.comment, each.new_code
        )
        for each in returned.judgements
    }
    assert returned.problems == ()
    assert found == {f"s{number}": each for number, each in enumerate(made) if each != Decision()}
