"""Coding by the dictionary, and taking over what has not changed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread import language
from commonthread.codebook import Code, Codebook
from commonthread.dictionary import Coded, code_sources, read_coded, write_coded
from commonthread.settings import SegmentSettings, Settings
from commonthread.tables import as_table, check_table, empty_table
from commonthread.terms import parse_term


def code(code_id: str, *terms: Any, aspect: bool = False) -> Code:
    return Code(
        id=code_id,
        name=code_id,
        definition="d",
        plain="p",
        use_when="",
        not_when="",
        examples=(),
        near_miss="",
        principles=(),
        questions=(),
        terms=tuple(parse_term(term) for term in terms),
        parent=None,
        theme=None if aspect else code_id,
        dimension="aspect" if aspect else "theme",
    )


BOOK = Codebook(
    title="t",
    version="1",
    language="en",
    sha256="",
    principles={},
    codes=(
        code("payment", {"phrase": "pay", "unless": ["pay attention"]}, "fee"),
        code("people", "public contributor"),
        code("challenge", "problem", aspect=True),
    ),
)
SHORT = Settings(segments=SegmentSettings(length=7))


@pytest.fixture(autouse=True, scope="module")
def language_is_loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "load_language", cache(language.load_language))
        yield


def turns_of(source_id: str, *said: tuple[str | None, str]) -> list[dict[str, Any]]:
    rows = []
    start = 0
    for number, (who, text) in enumerate(said):
        rows.append(
            {
                "source_id": source_id,
                "turn": number,
                "participant_id": who,
                "start_s": None,
                "end_s": None,
                "start": start,
                "end": start + len(text),
                "text": text,
                "words": len(text.split()),
            }
        )
        start += len(text) + 1
    return rows


ROWS = {
    "a": turns_of(
        "a",
        (
            "Researcher 1",
            "We paid them. The problem was paying late. Pay attention, all of you, please!",
        ),
        ("Researcher 1", "Public contributor 2 is a public contributor."),
    ),
    "n": turns_of("n", (None, "A fee"), (None, "no problems")),
    "b": turns_of("b", ("Researcher 1", "Nothing here."), (None, "Fees fees")),
    "empty": turns_of("empty"),
}
NAMES = pd.DataFrame({"source_id": ["a"], "start": [78], "end": [98]})


def run(
    *ids: str,
    previous: Coded | None = None,
    codebook: Codebook = BOOK,
    names: pd.DataFrame = NAMES,
    rows: dict[str, list[dict[str, Any]]] = ROWS,
    how: Settings = SHORT,
    **more: Any,
) -> Coded:
    turns = as_table([row for source in ids for row in rows[source]], "turns")
    sources = pd.DataFrame(
        {
            "source_id": list(ids),
            "workshop_id": ["w"] * len(ids),
            "kind": ["notes" if source == "n" else "transcript" for source in ids],
        }
    )
    return code_sources(turns, sources, names, codebook, how, previous, **more)


def same(one: Coded, other: Coded) -> None:
    pd.testing.assert_frame_equal(one.segments, other.segments)
    pd.testing.assert_frame_equal(one.codings, other.codings)
    pd.testing.assert_frame_equal(one.fingerprints, other.fingerprints)


def test_segments_and_codings_are_as_the_tables_say() -> None:
    coded = run("a", "n", "b", "empty")
    check_table(coded.segments, "segments")
    check_table(coded.codings, "codings")
    check_table(coded.fingerprints, "fingerprints")
    assert list(coded.fingerprints["source_id"]) == ["a", "n", "b", "empty"]
    text = {source: "\n".join(row["text"] for row in rows) for source, rows in ROWS.items()}
    rows = coded.segments.to_dict("records")
    assert [(row["source_id"], row["turn"], row["kind"], row["words"]) for row in rows] == [
        ("a", 0, "talk", 8),
        ("a", 0, "talk", 6),
        ("a", 1, "talk", 7),
        ("n", 0, "notes", 2),
        ("n", 1, "notes", 2),
        ("b", 0, "talk", 2),
        ("b", 1, "talk", 2),
    ]
    assert list(coded.segments["participant_id"].isna()) == [False] * 3 + [True] * 2 + [False, True]
    found = coded.codings.merge(coded.segments, on="segment_id")
    told = [
        (
            row.code_id,
            [text[row.source_id][one["start"] : one["end"]] for one in json.loads(row.evidence)],
        )
        for row in found.itertuples()
    ]
    assert told == [
        ("payment", ["paid", "paying"]),
        ("challenge", ["problem"]),
        ("people", ["public contributor"]),
        ("payment", ["fee"]),
        ("challenge", ["problems"]),
        ("payment", ["Fees", "fees"]),
    ]
    assert set(coded.codings["coder_id"]) == set(coded.codings["coder_kind"]) == {"dictionary"}
    assert coded.codings["confidence"].isna().all()
    assert set(coded.codings["date"]) == {""}
    first = json.loads(coded.codings["evidence"].iloc[0])
    assert first == [
        {"term": "pay", "start": 3, "end": 7},
        {"term": "pay", "start": 30, "end": 36},
    ]


def test_nothing_to_code_gives_empty_tables() -> None:
    coded = code_sources(
        empty_table("turns"),
        pd.DataFrame({"source_id": [], "workshop_id": [], "kind": []}, dtype="str"),
        empty_table("replacements"),
        BOOK,
        SHORT,
    )
    assert len(coded.segments) == len(coded.codings) == len(coded.fingerprints) == 0


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    run("a", "b", progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_files_come_back_as_they_were_written(tmp_path: Path) -> None:
    places = {
        name: tmp_path / f"{name}.parquet" for name in ("segments", "codings", "fingerprints")
    }
    assert read_coded(**places) is None
    coded = run("a", "n")
    write_coded(coded, **places)
    back = read_coded(**places)
    assert back is not None
    same(coded, back)
    same(run("a", "n", "b", previous=back), run("a", "n", "b"))
    places["codings"].write_bytes(b"cut short")
    assert read_coded(**places) is None


class Coding:
    """Tells which sources were coded anew."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from commonthread import dictionary

        self.sources: list[str] = []
        cut = dictionary.cut_source

        def told(source_id: str, *rest: Any) -> Any:
            self.sources.append(source_id)
            return cut(source_id, *rest)

        monkeypatch.setattr(dictionary, "cut_source", told)


def test_only_what_changed_is_coded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    previous = run("a", "n", "b")
    anew = Coding(monkeypatch)

    def expect(which: list[str], coded: Coded) -> Coded:
        assert anew.sources == which
        anew.sources.clear()
        return coded

    same(expect([], run("a", "n", "b", previous=previous)), previous)
    added = expect(["empty"], run("b", "empty", "a", previous=previous))
    same(added, expect(["b", "empty", "a"], run("b", "empty", "a")))
    changed = {**ROWS, "n": turns_of("n", (None, "A fee"), (None, "no problem"))}
    fresh = expect(["a", "n", "b"], run("a", "n", "b", rows=changed))
    same(expect(["n"], run("a", "n", "b", rows=changed, previous=previous)), fresh)
    moved = NAMES.assign(end=85)
    expect(["a"], run("a", "n", "b", names=moved, previous=previous))
    wording = replace(
        BOOK,
        title="another",
        sha256="x",
        codes=(replace(BOOK.codes[0], name="Money"), *BOOK.codes[1:]),
    )
    expect([], run("a", "n", "b", codebook=wording, previous=previous))
    terms = replace(BOOK, codes=(code("payment", "pay"), *BOOK.codes[1:]))
    fresh = expect(["a", "n"], run("a", "n", codebook=terms))
    same(expect(["a", "n"], run("a", "n", codebook=terms, previous=previous)), fresh)
    expect(["a"], run("a", how=Settings(segments=SegmentSettings(length=9)), previous=previous))


def test_spacy_is_not_loaded_when_everything_is_taken_over(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "import test_dictionary as t; from commonthread.dictionary import read_coded\n"
        "places = {n: Path(sys.argv[2]) / n for n in ('segments', 'codings', 'fingerprints')}\n"
        "coded = t.run('a', 'n', previous=read_coded(**places))\n"
        "assert len(coded.codings) == 5, len(coded.codings)\n"
        "assert 'spacy' not in sys.modules\n"
    )
    places = {name: tmp_path / name for name in ("segments", "codings", "fingerprints")}
    write_coded(run("a", "n"), **places)
    here = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", script, here, str(tmp_path)], check=True)


WORDS = "We paid. pays a fee, problem! Public contributor and pay attention so"
SAID = st.lists(
    st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=30).map(" ".join), max_size=4
)


@settings(max_examples=12, deadline=None)
@given(SAID, SAID, SAID)
def test_taking_over_changes_nothing(one: list[str], two: list[str], other: list[str]) -> None:
    before = {
        "a": turns_of("a", *((None, text) for text in one)),
        "n": turns_of("n", *((None, text) for text in two)),
    }
    after = {**before, "n": turns_of("n", *(("X 1", text) for text in other))}
    none = NAMES.iloc[:0]
    previous = run("n", "a", rows=before, names=none)
    fresh = run("a", "n", rows=after, names=none)
    same(run("a", "n", rows=after, names=none, previous=previous), fresh)
    assert fresh.segments["segment_id"].is_unique
    assert not fresh.codings.duplicated(["segment_id", "code_id"]).any()
