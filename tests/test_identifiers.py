"""Finding structured identifiers."""

from __future__ import annotations

import time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.identifiers.checks import is_card_number, is_nhs_number
from commonthread.identifiers.kinds import STANDS_FOR, IdentifierKind
from commonthread.identifiers.patterns import as_bytes
from commonthread.identifiers.search import IdentifierSearch
from commonthread.identifiers.spoken import spoken_numbers
from commonthread.names import Replacer, Where, replace_names

BRITISH = IdentifierSearch()
REPLACER = Replacer([], {}, identifiers=BRITISH)


def found(text: str, search: IdentifierSearch = BRITISH) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.kind) for one in search.find([text])[0]]


def new(text: str) -> str:
    return replace_names(text, REPLACER)[0]


def test_every_kind_has_words_that_stand_for_it() -> None:
    assert set(STANDS_FOR) == set(get_args(IdentifierKind))
    assert all(words.startswith("[") and words.endswith("]") for words in STANDS_FOR.values())


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("NHS number", "943 476 5919"), ("NHS number", "9434765919"), ("NHS number", "943-476-5919"),
        ("NHS number", "\uff19\uff14\uff13 476 5919"), ("NHS number", "943\u00a0476\u00a05919"),
        ("NHS number", "943\u200b4765919"), ("NHS number", "943\u2011476\u20115919"),
        ("NHS number", "nine four three four seven six five nine one nine"),
        ("NHS number", "nine four three, four seven six, five nine one nine"),
        ("phone number", "07911 123456"), ("phone number", "07911123456"),
        ("phone number", "+44 7911 123456"), ("phone number", "+44 (0)20 7946 0321"),
        ("phone number", "(020) 7946 0321"), ("phone number", "0044 20 7946 0321"),
        ("phone number", "0113-496-0123"), ("phone number", "0113.496.0123"),
        ("phone number", "07700 900 461"), ("phone number", "+33 1 42 68 53 00"),
        ("phone number", "oh seven nine double one, one two three, four five six"),
        ("phone number", "zero one one three four nine six zero one two three"),
        ("phone number", "oh 7911 one two three four five six"),
        ("phone number", "0044(0)1914980123"), ("phone number", "0 7 9 1 1 1 2 3 4 5 6"),
        ("NHS number", "943.476.5919"), ("postcode", "s w 1 a 1 a a"),
        ("web address", "bit.ly/3xYz"), ("car registration", "AB 12 XQE"),
        ("street address", "12 St. John's Wood Road"), ("date of birth", "14MAR1961"),
        ("postcode", "SW1A 1AA"), ("postcode", "sw1a1aa"), ("postcode", "M1 1AE"),
        ("postcode", "EC1A\u00a01BB"), ("postcode", "ls2 9jt"),
        ("e-mail address", "a.b+c@sub.example.org"), ("e-mail address", "A_B@EXAMPLE.COM"),
        ("e-mail address", "kim (at) example.org"), ("e-mail address", "kim dot lee at example dot org"),
        ("web address", "https://example.org/a?b=c#d"), ("web address", "www.example.org"),
        ("web address", "example.co.uk/path"), ("web address", "ftp://files.example/x"),
        ("user name", "@some_one"), ("IP address", "192.168.0.12"),
        ("IP address", "2001:db8::8a2e:370:7334"),
        ("National Insurance number", "QQ 12 34 56 C"), ("National Insurance number", "qq123456c"),
        ("car registration", "AB12 CDE"), ("car registration", "ab12cde"),
        ("car registration", "P482 FRT"), ("car registration", "KUD 417P"),
        ("card number", "4111 1111 1111 1111"), ("card number", "378282246310005"),
        ("bank details", "GB82 WEST 1234 5698 7654 32"), ("bank details", "20-45-77 43219876"),
        ("street address", "27 Foxglove Close"), ("street address", "Flat 3, 118 Tanner's Row"),
        ("driving licence number", "MORGA657054SM9IJ"), ("coordinates", "51.5072, -0.1276"),
        ("date of birth", "14 March 1961"), ("date of birth", "14/03/1961"),
        ("date of birth", "March 14th, 1961"), ("date of birth", "1961-03-14"),
        ("date of birth", "14.3.61"), ("date of birth", "the fourteenth of March nineteen sixty-one"),
    ],
)  # fmt: skip
def test_an_identifier_is_found_in_a_sentence(kind: str, written: str) -> None:
    for before, after in (("It was ", " then."), ("", ""), ("(", ")"), ("so, ", ", you know?")):
        text = before + written + after
        assert found(text) == [(written, kind)]


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        ("NHS number", "My NHS number is 943 476 5918, I think", "943 476 5918"),
        ("date of birth", "born on 3 May 2015 in", "3 May 2015"),
        ("date of birth", "D.O.B. 3.5.15", "3.5.15"),
        ("date of birth", "her birthday is the 3rd of May", "3rd of May"),
        ("date of birth", "3 May 2015 (date of birth)", "3 May 2015"),
        ("date of birth", "I was born in March 1961", "March 1961"),
        ("date of birth", "date of birth fourteen three sixty one", "fourteen three sixty one"),
        ("bank details", "20 45 77 is my sort code", "20 45 77"),
        ("reference number", "MRN 00123456", "00123456"),
        ("reference number", "study ID number ABC-0012", "ABC-0012"),
        ("bank details", "sort code 20-45-77", "20-45-77"),
        ("bank details", "account number is 43219876", "43219876"),
        ("National Insurance number", "National Insurance no. QQ 12 34 56", "QQ 12 34 56"),
        ("passport number", "passport number 533401172", "533401172"),
        ("reference number", "hospital number RX4471902", "RX4471902"),
        ("reference number", "study ID: KF-00417", "KF-00417"),
        ("phone number", "ring 496 0123 after six", "496 0123"),
        ("car registration", "the registration is ABC 1", "ABC 1"),
    ],
)
def test_words_before_tell_what_a_number_is(kind: str, text: str, written: str) -> None:
    assert found(text) == [(written, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "We met on 14 March 2024, and again on 3/4/2025, from 10.30 to 12.30.",
        "Between 2019 and 2021 it cost £3,150, or 225 a head, 1.5 per cent of 12,000,000.",
        "Section 4.2.1.3 on page 17 has 11 conditions; room B12, A4 paper, COVID-19.",
        "One, two, three, four people came; twenty five of thirty; two hundred and twelve.",
        "At 5 the 2nd group left, in 20 the first. It is not 1 of 10, e.g. that i.e. this.",
        "I was 14 years old in 1961. In May 1961 we moved. March 1961 was cold.",
        "2 people on the way to a hill, 3 of the green, 12 in the square",
        "My baby was born in October. 2 visits followed. EIP2P, SDG 17; the 690 of the Supreme Court.",
        "In 2004, Mill Lane was closed. Version 2.0.1.5 came out. It is #191919.",
        "1234567890 1234 12345678 123456", "He said 3 out of 4. So.Then it ended.", "", "\x1f", "@ home",
    ],
)  # fmt: skip
def test_other_numbers_are_left(text: str) -> None:
    assert found(text) == []


def test_what_stands_for_them_reads_on() -> None:
    assert new("Ring 07911 123456, or write to a@b.example.") == (
        "Ring [phone number], or write to [e-mail address]."
    )
    assert new("On 14 March 1961 it began.") == "On [date] it began."
    assert new("Born 14 March 1961.") == "Born [date of birth]."
    assert new("See https://example.org/a.") == "See [web address]."


def test_other_countries_have_their_own_numbers() -> None:
    german = IdentifierSearch("DE")
    assert found("Ruf an: 030 901820", german) == [("030 901820", "phone number")]
    assert found("PLZ 10117", german) == [("10117", "postcode")]
    assert found("die Nummer 36 574 261 809", german) == [("36 574 261 809", "national number")]
    assert found("943 476 5919", IdentifierSearch("IE")) != [("943 476 5919", "NHS number")]
    assert found("D02 AF30", IdentifierSearch("IE")) == [("D02 AF30", "postcode")]
    assert found("call 212-456-7890", IdentifierSearch("US")) == [("212-456-7890", "phone number")]
    norwegian = IdentifierSearch("NO")
    assert found("15108695088 er nummeret", norwegian) == [("15108695088", "national number")]


def test_several_numbers_in_a_row_are_told_apart() -> None:
    both = [("01914-980-123", "phone number"), ("01914 980124", "phone number")]
    assert found("It is 01914-980-123 / 01914 980124") == both


def test_kinds_can_be_left() -> None:
    search = IdentifierSearch(leave=["web address"])
    assert found("www.example.org or 07911 123456", search) == [("07911 123456", "phone number")]


def test_nothing_reaches_into_another_text() -> None:
    texts = ["My NHS number is", "943 476 5918", "https://example.org/", "abc 07911", "123456"]
    assert [len(one) for one in BRITISH.find(texts)] == [0, 0, 1, 0, 0]


def test_check_digits() -> None:
    assert is_nhs_number("9434765919") and not is_nhs_number("9434765918")
    assert is_card_number("4111111111111111") and not is_card_number("4111111111111112")


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("oh double seven four", "0774"), ("treble nine one two", "99912"),
        ("forty two, thirty, fifteen", "423015"), ("nought 7 double oh", "0700"),
        ("twenty thirty forty", "203040"), ("sixty-one twelve ten", "611210"),
    ],
)  # fmt: skip
def test_numbers_in_words_are_read(said: str, digits: str) -> None:
    assert [one.digits for one in spoken_numbers(as_bytes(said))] == [digits]


@pytest.mark.parametrize(
    "piece",
    ["1 ", "a.", "1.1.", "@a", "one ", "07", "a1 ", "://", "1/", "double ", "(", "\u0661", "é1"],
)
def test_hostile_text_takes_no_longer_than_other_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begin = time.perf_counter()
    BRITISH.find([text])
    assert time.perf_counter() - begin < 5


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["07911 123456", "943 476 5919", "SW1A 1AA", "a@b.example", "born 1/2/61", "\u200b", "é",
             "one two three four ", "www.a.org", "\U0001f600", "@ab", "\n", "  ", "e\u0301", "İ"]
        ),
        st.text(max_size=6),
    ),
    max_size=12,
)  # fmt: skip


@given(PIECES)
@settings(max_examples=150, deadline=None)
def test_all_but_identifiers_stays_as_it_was_and_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    [made] = REPLACER.replacements([text], Where())
    [(written, replaced)] = REPLACER.replace([text], Where())
    done = at = 0
    for one, put in zip(made, replaced, strict=True):
        assert done <= one.start < one.end <= len(text)
        assert written[at : put.start] == text[done : one.start]
        assert written[put.start : put.end] == one.words and put.kind == one.kind
        done, at = one.end, put.end
    assert written[at:] == text[done:]
