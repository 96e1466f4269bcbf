"""Names and numbers by which people call codes in a pack."""

from dataclasses import replace

from commonthread.packs.labels import code_labels, code_numbers
from pack_fixture import codebook
from small_study import codebook as small
from small_study import node


def test_numbers_are_as_in_a_table_of_contents() -> None:
    assert code_numbers(small()) == {
        "involvement": "1",
        "payment": "1.1",
        "power": "2",
        "power_hidden": "2.1",
        "decides": "2.1.1",
        "dominant": "2.1.2",
        "challenge": "A1",
        "practice": "A2",
        "resource": "A3",
        "reflection": "A4",
    }


def test_a_name_that_stands_once_is_the_label() -> None:
    assert code_labels(small())["decides"] == "Who decides"
    shipped = codebook()
    assert code_labels(shipped) == {code.id: code.name for code in shipped.codes}


def test_names_that_stand_twice_are_told_apart() -> None:
    book = small(
        node("a", "Trust", None, "a"),
        node("b", "Trust", "a", "a"),
        node("c", "Time", "a", "a"),
        node("d", "Time", "b", "a"),
        node("e", "time", "b", "a"),
        node("f", "Time", None, "f"),
        node("g", "Reflection", "f", "f"),
    )
    labels = code_labels(book)
    assert {key: labels[key] for key in ("a", "b", "c", "d", "e", "f", "g", "reflection")} == {
        "a": "Trust (theme)",
        "b": "Trust: Trust",
        "c": "Trust: Time",
        "d": "Trust: Trust: Time (d)",
        "e": "Trust: Trust: time (e)",
        "f": "Time (theme)",
        "g": "Time: Reflection",
        "reflection": "Reflection (aspect)",
    }
    assert len({label.casefold() for label in labels.values()}) == len(book.codes)


def test_a_label_is_no_other_codes_name() -> None:
    book = small(
        node("a", "A", None, "a"),
        node("b", "B", "a", "a"),
        node("c", "C", None, "c"),
        node("d", "B", "c", "c"),
        node("e", "A: B", "c", "c"),
    )
    labels = code_labels(replace(book, codes=book.codes[:5]))
    assert labels == {"a": "A", "b": "A: B (b)", "c": "C", "d": "C: B", "e": "A: B"}
