"""Changes to a codebook file: only the lines that they are about are different."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.codebook import Code, Codebook, parse_codebook
from commonthread.proposals.codebook_text import CodebookText
from commonthread.proposals.layout import UnusualLayout
from proposals_fixture import SMALL

SHIPPED = (Path(__file__).parent.parent / "config/codebook.yaml").read_text("utf-8")


def codes(text: CodebookText | str) -> dict[str, Code]:
    return {code.id: code for code in read(text).codes}


def read(text: CodebookText | str) -> Codebook:
    return parse_codebook(str(text).encode("utf-8"), "codebook.yaml")


def changed_lines(before: str, after: str) -> list[str]:
    """Give the lines that went, with - before them, and those that came, with +."""
    diff = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    return [line for sign in "-+" for line in diff if line[0] == sign]


def test_nothing_changes_where_nothing_is_asked_for() -> None:
    for text in (SMALL, SHIPPED, SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL, SMALL.rstrip()):
        assert str(CodebookText(text)) == text


def test_a_text_is_replaced_in_its_own_lines() -> None:
    text = CodebookText(SMALL)
    text.set_text("pay", "name", "Paying  people")
    text.set_text("pay", "plain", "Money: for you")
    text.set_text("money", "definition", "Short.")
    assert changed_lines(SMALL, str(text)) == [
        "-     definition: What is said",
        "-       of money.",
        "-         name: 'Pay'   # or fees?",
        "-         plain: Being paid",
        "+     definition: Short.",
        "+         name: 'Paying people'   # or fees?",
        '+         plain: "Money: for you"',
    ]
    assert codes(text)["pay"].plain == "Money: for you"


def test_a_folded_text_stays_folded_and_keeps_its_comment() -> None:
    text = CodebookText(SMALL)
    text.set_text("pay", "definition", "word " * 40)
    added = [line for line in changed_lines(SMALL, str(text)) if line[0] == "+"]
    assert "        definition: >-   # long\n" in str(text)
    assert len(added) == 3
    assert max(map(len, added)) <= 102
    assert codes(text)["pay"].definition == ("word " * 40).strip()


def test_a_text_that_was_not_there_goes_where_it_belongs() -> None:
    text = CodebookText(SMALL)
    text.set_text("fares", "use_when", "On the bus.")
    assert "        plain: Fares\n        use_when: On the bus.\n\n  # ---- power" in str(text)


def test_an_entry_of_a_list_keeps_its_lines_and_comments_stay() -> None:
    text = CodebookText(SMALL)
    text.set_list("pay", "terms", [0, {"exactly": "PI"}, 2, "no"])
    text.set_list("pay", "examples", [1, "Three: 3"])
    assert changed_lines(SMALL, str(text)) == [
        '-           - "One."',
        "-           - phrase: fee",
        "-             unless: [fee fi]",
        '+           - "Three: 3"',
        "+           - exactly: PI",
        '+           - "no"',
    ]
    assert [term.parts for term in codes(text)["pay"].terms] == [
        ("pay",),
        ("PI",),
        ("wage",),
        ("no",),
    ]


def test_a_list_in_brackets_becomes_one_of_lines() -> None:
    text = CodebookText(SMALL)
    text.set_list("power", "examples", [1, "new"])
    assert codes(text)["power"].examples == ("two, three", "new")


def test_a_new_code_stands_last_and_apart_as_the_others_do() -> None:
    text = CodebookText(SHIPPED)
    keys = {"id": "hours", "name": "Hours", "definition": "H: h", "plain": "yes"}
    text.add({**keys, "terms": ["x"], "examples": []}, "power_with")
    added = changed_lines(SHIPPED, str(text))
    assert {line[0] for line in added} == {"+"}
    assert [line[2:].strip() for line in added] == [
        *("", "- id: hours", "name: Hours", 'definition: "H: h"', 'plain: "yes"'),
        *("examples: []", "terms:", "- x"),
    ]


def test_a_code_can_be_the_first_under_another_one_and_the_last_to_go() -> None:
    text = CodebookText(SMALL)
    text.add({"id": "vote", "name": "Vote", "definition": "V", "plain": "V"}, "power")
    assert codes(text)["vote"].parent == "power"
    text.remove("vote")
    assert str(text) == SMALL


def test_a_code_that_moves_takes_its_comment_and_the_codes_under_it_along() -> None:
    text = CodebookText(SMALL)
    text.move("pay", "power")
    assert "    codes:\n      - id: fares" in str(text)
    assert "    codes:\n      # Bo asked for this one.\n      - id: pay\n" in str(text)
    moved, before = codes(text)["pay"], codes(SMALL)["pay"]
    assert (moved.parent, moved.theme) == ("power", "power")
    assert (moved.terms, moved.definition) == (before.terms, before.definition)
    assert str(text).endswith(SMALL[SMALL.index("# The end.") :])


def test_every_code_of_the_shipped_codebook_can_go_elsewhere_and_come_back() -> None:
    before = codes(SHIPPED)
    for code_id in ("early_money", "power_hidden", "reciprocity", "silence"):
        if code_id not in before:
            continue
        text = CodebookText(SHIPPED)
        code = before[code_id]
        text.move(code_id, "involvement" if code.theme != "involvement" else "power")
        text.move(code_id, code.parent)
        again = codes(text)
        assert again == before
        comments = [line for line in SHIPPED.split("\n") if line.lstrip().startswith("#")]
        assert [line for line in str(text).split("\n") if line.lstrip().startswith("#")] == comments


def test_taking_a_code_out_leaves_the_comment_above_it_and_one_empty_line() -> None:
    text = CodebookText(SHIPPED)
    text.remove("timing")
    assert "timing" not in codes(text)
    assert "\n\n\n" not in str(text)
    small = CodebookText(SMALL)
    small.remove("pay")
    assert "# Bo asked for this one." in str(small)


def test_a_new_id_remembers_the_old_one() -> None:
    text = CodebookText(SMALL)
    text.rename("pay", "wages")
    text.rename("wages", "income")
    assert codes(text)["income"].was == ("pay", "wages")
    assert "        name: 'Pay'   # or fees?\n        was: [pay, wages]\n" in str(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [("0.9", "0.10"), ("1.0", "1.1"), ("2", "3"), ("v1.2 draft", "v1.3 draft"), ("new", "new.1")],
)
def test_the_version_is_counted_up(before: str, after: str) -> None:
    text = CodebookText(SMALL.replace('"0.9"', f'"{before}"'))
    text.count_up()
    assert f'version: "{after}"  # counted by hand' in str(text)


def test_line_ends_of_the_file_stay() -> None:
    text = CodebookText(SMALL.replace("\n", "\r\n"))
    text.set_text("pay", "plain", "word " * 40)
    assert "\n" not in str(text).replace("\r\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "{title: x, version: '1', themes: [{id: a1, name: A}]}",
        "title: x\nthemes: [{id: a1, name: A}]\n",
        "title: x\nthemes:\n  - {id: a1, name: A}\n",
        "title: x\nthemes:\n  - name: A\n",
        "title: [\n",
        "- a\n",
    ],
)
def test_a_file_that_has_no_lines_to_change_is_left_to_a_person(text: str) -> None:
    with pytest.raises(UnusualLayout):
        CodebookText(text)


def test_the_last_theme_cannot_be_taken_out() -> None:
    text = CodebookText(SMALL)
    text.remove("money")
    with pytest.raises(UnusualLayout):
        text.remove("power")


WORDS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs"],
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    max_size=150,
).filter(lambda text: text.strip())


@settings(max_examples=80, deadline=None)
@given(
    WORDS,
    st.sampled_from(["name", "definition", "plain", "use_when"]),
    st.sampled_from(["pay", "fares", "hurdle"]),
)
def test_whatever_a_text_says_it_arrives(words: str, key: str, code_id: str) -> None:
    text = CodebookText(SMALL)
    text.set_text(code_id, key, words)
    after, before = codes(text), codes(SMALL)
    assert getattr(after.pop(code_id), key).split() == words.split()
    before.pop(code_id)
    assert after == before


TERMS: st.SearchStrategy[Any] = st.one_of(
    WORDS.filter(lambda text: any(map(str.isalnum, text)) and len(text.split()) < 5),
    st.fixed_dictionaries({"regex": st.sampled_from([r"\bco-?x'y", "a|b", r'"\w+": #'])}),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 2), TERMS), min_size=1, max_size=5))
def test_whatever_a_list_holds_it_arrives(values: list[Any]) -> None:
    text = CodebookText(SMALL)
    known = text.values("pay", "terms")
    text.set_list("pay", "terms", values)
    wanted = [known[each] if isinstance(each, int) else each for each in values]
    got = text.values("pay", "terms")
    assert [_words(each) for each in got] == [_words(each) for each in wanted]


def _words(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value
