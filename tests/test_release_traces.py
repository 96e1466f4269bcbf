"""What in public files leads to a person: the check finds it wherever it stands."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from docx import Document

from commonthread.folding import tokens
from commonthread.names import make_replacer
from commonthread.problems import Problem
from commonthread.release.spoken import (
    Segment,
    find_speakers,
    linked_quotes,
    quote_problems,
    quotes_in,
    words_without_consent,
)
from commonthread.release.texts import Text, Unopened, page_of, texts_of
from commonthread.release.traces import Traces, document_traces, traces
from commonthread.report.packing import encode, pack
from commonthread.tables import as_table


def page(folder: Path, body: str, **packed: object) -> Path:
    """Write a page with some things packed into it as JSON."""
    parts = {name: pack(json.dumps(each).encode()) for name, each in packed.items()}
    file = folder / "page.html"
    file.write_bytes(encode(f"<html><body>{body}</body></html>", parts))
    return file


def test_each_cell_and_each_quote_of_a_page_is_a_text_of_its_own(tmp_path: Path) -> None:
    body = (
        "<!-- by Ann --><p title='a hint'>One <mark>and</mark> more"
        "<table><tr><td>Researcher<td>12</tr></table>"
        "<figure><blockquote><p>So it\n was.</p></blockquote><figcaption>Who</figcaption></figure>"
        "<script>const a = 1;</script><style>p { color: red }</style>"
    )
    texts = [*texts_of(page(tmp_path, body, figures={"y": ["packed words"]}), "page.html")]
    assert {(each.words, each.kind) for each in texts} == {
        ("by Ann", "hidden"),
        ("a hint", "hidden"),
        ("One and more", "text"),
        ("Researcher", "text"),
        ("12", "text"),
        ("So it was.", "quote"),
        ("Who", "text"),
        ("const a = 1;", "program"),
        ("y", "text"),
        ("packed words", "text"),
    }


def test_a_document_is_read_with_its_properties_and_comments(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Said ").add_run("in one line")
    document.core_properties.author = "Somebody"
    document.save(str(tmp_path / "a.docx"))
    texts = {(each.words, each.kind) for each in texts_of(tmp_path / "a.docx", "a.docx")}
    assert {("Said in one line", "text"), ("Somebody", "hidden")} <= texts


@pytest.mark.parametrize("data", [b"PK\x03\x04 no archive", b""])
def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / ("a.docx" if data.startswith(b"PK") else "a.html")
    file.write_bytes(data)
    with pytest.raises(Unopened):
        [*texts_of(file, file.name)]


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.html")
    with pytest.raises(Unopened):
        [*texts_of(tmp_path / "a.html", "a.html")]


def sought(**changes: object) -> Traces:
    names = as_table(
        [
            {
                **{"form": "Morwenna", "participant_id": "Researcher 1", "part": False},
                **{"rule": "any case", "listed": True, "capitals": True, "plural": True},
                **{"workshop_id": "", "source_id": "", "kind": "person"},
            }
        ],
        "names",
    )
    made = {
        "pseudonyms": ["Researcher 1", "Public contributor 12"],
        "exact": {"rus7xrkczhdw": "The id of a segment", "day 1/talk.vtt": "The name of a file"},
        "names": make_replacer(names, as_table({}, "found_speakers")),
        "authors": (),
    }
    return Traces(**{**made, **changes})


def found(*words: str, kind: str = "text", **changes: object) -> list[str]:
    texts = [Text("page.html", each, kind) for each in words]
    return [problem.what for problem in traces(texts, sought(**changes))]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("I asked researcher 1's friend", "The pseudonym “Researcher 1” stands in it"),
        ("segment=rus7xrkczhdw", "The id of a segment stands in it: “rus7xrkczhdw”"),
        ("see day 1/talk.vtt.", "The name of a file stands in it"),
        ("00:12:07 she said", "A time stands in it, as a recording has them: “00:12:07”"),
        ("12 min 7 s in", "A time stands in it"),
        ("Ask MORWENNA, please", "A name that is listed stands in it"),
        ("Write to ann@example.org", "An identifier (e-mail address) stands in it"),
    ],
)
def test_what_leads_to_somebody_is_found(words: str, what: str) -> None:
    (problem,) = found(words)
    assert problem.startswith(what)
    assert "morwenna" not in problem.casefold()


@pytest.mark.parametrize(
    "words",
    [
        "Researcher 10",
        "Researcher",
        "rus7xrkczhdwx",
        "my talk.vtt2",
        "it is 10:30",
        "“At 00:12:07”",
    ],
)
def test_what_only_looks_like_it_is_not(words: str) -> None:
    assert found(words) == []


def test_programs_hold_ids_but_no_names() -> None:
    assert len(found("var Morwenna='rus7xrkczhdw'", kind="program")) == 1


def test_authors_may_be_named() -> None:
    assert found("Morwenna Tregear", authors=("Morwenna Tregear",)) == []


def test_a_document_that_somebody_worked_on_says_so(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.author = "A. Author; B. Author"
    document.core_properties.last_modified_by = "ward.manager"
    document.add_paragraph("x").add_run("hidden").font.hidden = True
    file = tmp_path / "a.docx"
    document.save(str(file))
    what = [each.what for each in document_traces(file, "a.docx", ("A. Author", "B. Author"))]
    assert what == [
        "The document says who changed it last, which is not for the public.",
        "The document holds hidden text.",
    ]
    assert "ward.manager" not in " ".join(what)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/notes.txt", "x")
    assert len([*document_traces(file, "a.docx", ())]) == 3


MONEY = "We never had the money to start early, and so we started with what was there already."
CHAIR = "The chair of that committee cried in the corridor, and nobody but me has seen it happen."
TEA = "There was tea and there were biscuits, and people stayed behind to talk to one another."


def segment(number: int, text: str, consent: str, role: str = "researcher") -> Segment:
    words = tuple(tokens(text))
    return Segment(f"s{number}", words, "talk", f"P{number}", role, consent, "Spring")


SAID = [
    segment(1, MONEY, "verbatim with role"),
    segment(2, CHAIR, "none"),
    segment(3, TEA, "verbatim", "chaplain"),
]
PEOPLE = {("", ""): 30, ("", "researcher"): 20, ("", "chaplain"): 2, ("Spring", "researcher"): 6}


def quote_of(words: str, whose: str) -> list[Problem]:
    """Give what is wrong with a quote on a page, and what stands beside it."""
    body = (
        f"<figure class='quote'><blockquote><p>{words}</p></blockquote>"
        f"<figcaption>{whose}</figcaption></figure>"
    )
    quotes = quotes_in([], {"r.html": page_of(encode(f"<html><body>{body}</body></html>", {}))}, [])
    find_speakers(quotes, SAID)
    return [*quote_problems(quotes, PEOPLE, 10)]


@pytest.mark.parametrize(
    ("words", "whose", "what"),
    [
        (MONEY, "Somebody of the role researcher.", ""),
        (MONEY[:60], "Somebody who took part.", ""),
        (TEA, "Somebody who took part.", ""),
        (CHAIR, "Somebody who took part.", "are of somebody who did not agree to be quoted"),
        (
            TEA,
            "Somebody of the role chaplain.",
            "the role “chaplain”, to which their speaker did not",
        ),
        (TEA, "Somebody of the role researcher.", "the role “researcher”, to which their speaker"),
        (MONEY, "Researcher, in Spring", "“researcher” and the workshop “Spring”, of which fewer"),
        ("Nobody ever said this in any workshop.", "Somebody", "but nobody said them"),
    ],
)
def test_a_quote_goes_out_only_as_its_speaker_agreed(words: str, whose: str, what: str) -> None:
    problems = [each.what for each in quote_of(words, whose)]
    assert bool(problems) == bool(what)
    assert not what or what in problems[0]


def test_a_number_that_links_quotes_is_found() -> None:
    quotes = quotes_in([], {}, [{"quote": TEA, "role": "chaplain (voice 7)"}])
    (problem,) = linked_quotes(quotes)
    assert "links them with others of the same person" in problem.what
    assert not [*linked_quotes(quotes_in([], {}, [{"quote": TEA, "role": "voice coach"}]))]


def test_a_role_of_few_people_stands_beside_no_quote_even_with_consent() -> None:
    agreed = [segment(3, TEA, "verbatim with role", "chaplain")]
    row = {"quote": TEA, "role": "chaplain"}
    quotes = quotes_in([], {}, [row])
    find_speakers(quotes, agreed)
    (problem,) = quote_problems(quotes, PEOPLE, 10)
    assert "the role “chaplain”, of which fewer than 10 people spoke" in problem.what


def test_a_quote_in_which_a_name_was_taken_out_is_known_again() -> None:
    said = MONEY.replace("the money", "Public contributor 12's money")
    quotes = quotes_in(
        [
            Text(
                "summary-tables.docx", f"“{MONEY.replace('the money', '[name]s money')}” (chaplain)"
            )
        ],
        {},
        [],
    )
    find_speakers(quotes, [segment(1, said, "verbatim with role")])
    assert [each.segment_id for each in quotes[0].said] == ["s1"]
    assert "chaplain" in next(quote_problems(quotes, PEOPLE, 10)).what


def test_words_in_a_row_of_somebody_who_did_not_agree_are_found_anywhere() -> None:
    hidden = Text("a.docx", f"As one said: {CHAIR[4:60].upper()}", "hidden")
    (problem,) = words_without_consent([hidden], SAID)
    assert problem.where == "a.docx"
    assert "chair of that committee cried in the corridor" in problem.what
    assert not [*words_without_consent([Text("a.docx", MONEY)], SAID)]
    again = [*SAID, segment(4, CHAIR, "verbatim")]
    assert not [*words_without_consent([hidden], again)]
