"""Reading YAML strictly."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from commonthread.problems import InputProblems
from commonthread.strict_yaml import Document, load_yaml, parse_yaml, validate


def problems(data: bytes) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        parse_yaml(data, "file.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_values_arrive_as_they_were_written() -> None:
    written = (
        "list: [GB, NO, SE]\nkeys: {yes: 1, no: 2, on: 3}\nid: 010\nnumber: 1e3\nversion: 1.10\n"
        "time: 12:30:45\nday: 2024-01-02\nnothing: null\ntilde: ~\nhex: 0x1F\nunder: 1_000\n"
        'name: No\nempty:\nquoted: ""\nlong: >-\n  one\n  two\n'
    )
    assert parse_yaml(written.encode(), "f").data == {
        "list": ["GB", "NO", "SE"],
        "keys": {"yes": "1", "no": "2", "on": "3"},
        "id": "010",
        "number": "1e3",
        "version": "1.10",
        "time": "12:30:45",
        "day": "2024-01-02",
        "nothing": "null",
        "tilde": "~",
        "hex": "0x1F",
        "under": "1_000",
        "name": "No",
        "empty": None,
        "quoted": "",
        "long": "one two",
    }


def test_an_empty_file_is_none() -> None:
    assert parse_yaml(b"# nothing\n", "f").data is None


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    document = parse_yaml(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n", "f")
    assert document.data == {"a": "1", "b": ["x"]}
    assert document.line("b", 0) == 3


def test_lines_are_those_of_keys_and_items() -> None:
    document = parse_yaml(b"a:\n  - x: 1\n    y: 2\n  - z\nb: 3\n", "f")
    assert document.line("a") == 1
    assert document.line("a", 0, "y") == 3
    assert document.line("a", 1) == 4
    assert document.line("b") == 5
    assert document.line("a", 0, "not there") == 2
    assert document.line("not there") == 1


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"a: 1\nb: &x 2\n", 2, "anchor"),
        (b"a: 1\nb: *x\n", 2, "anchor"),
        (b'a: !!python/object/apply:os.system ["true"]\n', 1, "tag"),
        (b"a: !!int 3\n", 1, "tag"),
        (b"a:\n\tb: 1\n", 2, "tab"),
        (b"a: b: c\n", 1, "colon"),
        (b'a: 1\nb: "x\n', 3, "quotation mark"),
        (b'a: "\\bfoo"\nb: "\\q"\n', 2, "backslash"),
        (b"a: [b, c\nd: e\n", 2, "bracket"),
        (b"a: 1\n? [b]\n: c\n", 2, "key"),
        (b"a: 1\n---\nb: 2\n", 2, "second document"),
        (b"%YAML 1.1\n---\na: 1\n", 1, "directive"),
        (b"a: 1\nb: \x07\n", 2, "control character"),
        (b"a: 1\nb: \x00\n", 2, "control character"),
        (b"a: 1\nb: caf\xe9\n", 2, "UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "UTF-8"),
        (
            b"a: 1\n<<<<<<< ours\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n",
            2,
            "Two people edited this at once",
        ),
        (b"[" * 60, 1, "nested"),
        (b"a: @b\n", 1, "sign"),
    ],
)
def test_traps_are_refused_with_their_line(data: bytes, line: int, said: str) -> None:
    first = problems(data)[0]
    assert first.startswith(f"file.yaml, line {line}: ")
    assert said in first


def test_each_place_that_two_people_edited_is_told_once_with_its_lines() -> None:
    conflict = b"<<<<<<< ours\na: 1\n||||||| before\na: 0\n=======\na: 2\n>>>>>>> theirs\n"
    found = problems(b"x: 1\n" + conflict + b"y: 1\r\n" + conflict.replace(b"\n", b"\r\n"))
    assert len(found) == 2
    assert (
        "line 2: Two people edited this at once: both versions stand here, down to line 8."
        in (found[0])
    )
    assert "line 10: " in found[1] and "down to line 16" in found[1]
    assert "delete those with <<<<<<<, ======= and >>>>>>>" in found[0]


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"a: 1\n=======\nb: 2\n", 2, "a mark of the merge is still here"),
        (b"a: 1\n>>>>>>> theirs\n", 2, "a mark of the merge is still here"),
        (b"<<<<<<< ours\na: 1\n", 1, "both versions stand here."),
    ],
)
def test_what_is_left_of_a_merge_is_told(data: bytes, line: int, said: str) -> None:
    (found,) = problems(data)
    assert found.startswith(f"file.yaml, line {line}: Two people edited this at once: ")
    assert said in found


def test_signs_inside_a_text_are_no_merge() -> None:
    data = b"a: |\n  =======\n  <<<<<<< ours\nb: '>>>>>>> x'\n"
    assert parse_yaml(data, "file.yaml").data == {"a": "=======\n<<<<<<< ours\n", "b": ">>>>>>> x"}


def test_duplicate_keys_are_told_with_both_lines_all_at_once() -> None:
    found = problems(b"a:\n  x: 1\n  x: 2\nb: 1\nb: 2\n")
    assert len(found) == 2
    assert "line 3" in found[0]
    assert "line 2" in found[0]
    assert "line 5" in found[1]
    assert "line 4" in found[1]


def test_all_tabs_are_told() -> None:
    assert len(problems(b"a:\n\tb: 1\n\tc: 1\n")) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"\n".join(
            [b"a0: &a0 [x,x,x,x,x,x,x,x]"]
            + [
                b"a%d: &a%d [" % (n, n) + b",".join([b"*a%d" % (n - 1)] * 8) + b"]"
                for n in range(1, 30)
            ]
        ),
        b"[" * 4_000_000,
        b"{a: " * 1_000_000,
        b"[" + b"x," * 2_400_000,
        b"\n".join(b"k%d: 1" % n for n in range(300_000)),
        b"- " * 2_000_000,
        b'a: "' + b"\\" * 4_000_000,
    ],
    ids=["aliases", "lists", "mappings", "values", "keys", "dashes", "backslashes"],
)
def test_hostile_files_are_refused_at_once(data: bytes) -> None:
    before = time.process_time()
    problems(data)
    assert time.process_time() - before < 2


def test_files_that_are_missing_or_too_large_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match=r"cannot be read"):
        load_yaml(tmp_path / "none.yaml")
    (tmp_path / "large.yaml").write_bytes(b"#" * 5_000_001)
    with pytest.raises(InputProblems, match=r"larger than 5 MB"):
        load_yaml(tmp_path / "large.yaml")


_KEYS = st.text("abcxyz_", min_size=1, max_size=8)
_TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=20)
_TREES = st.recursive(
    _TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4)
)


@settings(deadline=None)
@given(st.dictionaries(_KEYS, _TREES, max_size=5))
def test_what_is_written_with_quotes_comes_back(tree: dict[str, object]) -> None:
    written = yaml.safe_dump(tree, default_style='"', allow_unicode=True)
    if "\u2028" in written or "\u2029" in written or "\x85" in written:
        return
    # PyYAML writes an empty list or mapping without quotes, and every text with them.
    assert parse_yaml(written.encode(), "f").data == tree


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = parse_yaml(data, "f")
    except InputProblems as error:
        assert all(problem.remedy for problem in error.problems)
    else:
        assert isinstance(document, Document)


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    length: int = Field(3, gt=0)
    names: list[str] = []


class _Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    needed: str
    hide_names: bool = True
    share: float = 0.5
    inner: _Inner = _Inner()
    several: list[_Inner] = []


def check(text: str) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        validate(_Outer, parse_yaml(text.encode(), "f.yaml"), "f.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_texts_become_numbers_and_truth_values_where_wanted() -> None:
    text = "needed: 007\nhide_names: no\nshare: 0.25\ninner:\n  length: 12\n  names: [NO]\n"
    model = validate(_Outer, parse_yaml(text.encode(), "f"), "f")
    assert model.needed == "007"
    assert model.hide_names is False
    assert model.share == 0.25
    assert model.inner.length == 12
    assert model.inner.names == ["NO"]


def test_an_empty_value_counts_as_not_given() -> None:
    model = validate(_Outer, parse_yaml(b"needed: x\ninner:\nseveral:\n", "f"), "f")
    assert model.inner.length == 3
    assert "missing or empty" in check("needed:\n")[0]


def test_an_unknown_key_is_told_even_when_it_is_empty() -> None:
    assert 'Did you mean "hide_names"?' in check("needed: x\nhide_name:\n")[0]


def test_all_problems_come_at_once_with_their_lines() -> None:
    found = check(
        "neded: x\nhide_names: perhaps\ninner:\n  lenght: 3\n  length: 0\nseveral:\n  - names: a\n"
    )
    assert len(found) == 6
    told = "\n".join(found)
    for line, said in [
        (1, 'Did you mean "needed"?'),
        (2, "true or false"),
        (4, 'Did you mean "length"?'),
        (5, "greater than 0"),
        (7, "a list"),
    ]:
        assert any(f"line {line}:" in problem and said in problem for problem in found), told


def test_a_file_that_is_no_mapping_is_refused() -> None:
    assert "key: value" in check("- a\n- b\n")[0]
