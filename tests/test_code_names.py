"""Codes as people write them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from commonthread.code_names import CodeNames, WrittenCode
from small_study import codebook, node


@pytest.fixture
def names() -> CodeNames:
    renamed = replace(node("fees", "Fees", "involvement", "involvement"), was=("wages",))
    halves = [
        replace(node(half, half.capitalize(), "power", "power"), was=("both_halves",))
        for half in ("upper", "lower")
    ]
    again = node("payment_too", "Payment", "power", "power")
    top = node("power_top", "Top", None, "power_top")
    book = codebook()
    return CodeNames(replace(book, codes=(*book.codes, top, renamed, *halves, again)))


@pytest.mark.parametrize(
    "written", ["decides", "Who decides", "  who   DECIDES ", "Power: Who decides"]
)
def test_an_id_or_a_name_is_found(names: CodeNames, written: str) -> None:
    assert names.find(written) == WrittenCode(written, ("decides",))


def test_a_former_id_is_found_where_the_codebook_says_what_became_of_it(names: CodeNames) -> None:
    assert names.find("wages") == WrittenCode("wages", ("fees",))


def test_a_code_that_was_split_is_for_a_person_to_tell(names: CodeNames) -> None:
    found = names.find("both_halves")
    assert found.codes == ("upper", "lower")
    assert found.reason == 'The code "both_halves" was split.'


def test_a_name_of_two_codes_is_for_a_person_to_tell(names: CodeNames) -> None:
    found = names.find("Payment")
    assert found.codes == ("payment", "payment_too")
    assert found.reason == 'Several codes are called "Payment".'
    assert names.find("Who is involved, and when: Payment").codes == ("payment",)


def test_an_unknown_code_comes_with_the_nearest(names: CodeNames) -> None:
    found = names.find("Who decidse")
    assert found.codes == ()
    assert found.reason.endswith('Did you mean "who decides"?')
