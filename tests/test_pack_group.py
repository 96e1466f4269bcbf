"""What a group gets to talk about: which excerpts, why, and the document that they come in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn

from commonthread.packs.group import GroupExcerpt, GroupTheme, choose_excerpts
from commonthread.packs.group_document import write_group_document
from commonthread.problems import Refused
from commonthread.returned.read import read_returned
from commonthread.tables import as_table
from filled_packs import box, forms
from handout_fixture import HOSTILE
from pack_fixture import pack
from small_study import codebook

BOOK = codebook()


@dataclass(frozen=True)
class Says:
    """A segment that is a turn of its own: words, what the dictionary found by which word, and what
    people said (coder and codes)."""

    words: str
    found: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    workshop: str = "w1"
    who: str | None = "Researcher 1"
    turn: int | None = None


def tables(said: list[Says]) -> dict[str, pd.DataFrame]:
    """Give the tables of what was said, all of it in one source."""
    turns: list[dict[str, Any]] = []
    segments: list[dict[str, Any]] = []
    codings: list[dict[str, Any]] = []
    at = 0
    for number, each in enumerate(said):
        # Words of its own, so that only those of the test make segments alike.
        words = " ".join([each.words, *(f"word{number}{letter}" for letter in "abcdefgh")])
        place = {
            "source_id": "s1",
            "turn": number if each.turn is None else each.turn,
            "participant_id": each.who,
            "start": at,
            "end": at + len(words),
            "words": len(words.split()),
        }
        segment_id = f"g{number:02d}"
        if each.turn is None or each.turn == number:
            turns.append({**place, "start_s": None, "end_s": None, "text": words})
        else:
            turns[-1] = {**turns[-1], "end": place["end"], "text": f"{turns[-1]['text']} {words}"}
        segments.append(
            {**place, "segment_id": segment_id, "workshop_id": each.workshop, "kind": "talk"}
        )
        row = {"segment_id": segment_id, "confidence": None, "date": "", "memo": "", "evidence": ""}
        for code, hits in each.found:
            evidence = [
                {
                    "term": hit,
                    "start": at + words.index(hit),
                    "end": at + words.index(hit) + len(hit),
                }
                for hit in hits.split()
            ]
            kinds = {"coder_id": "dictionary", "coder_kind": "dictionary"}
            codings.append({**row, **kinds, "code_id": code, "evidence": json.dumps(evidence)})
        for coder, codes in each.people:
            kinds = {"coder_id": coder, "coder_kind": "person"}
            codings += [{**row, **kinds, "code_id": code} for code in codes.split()]
        at += len(words) + 1
    return {
        "segments": as_table(segments, "segments"),
        "turns": as_table(turns, "turns"),
        "codings": as_table(codings, "codings"),
        "participants": as_table(
            [
                {"participant_id": who, "role": who[:-2], "consent": "none", "listed": True}
                for who in ("Researcher 1", "Guest 1")
            ],
            "participants",
        ),
    }


def chosen(said: list[Says], most: int = 10) -> dict[str, tuple[GroupExcerpt, ...]]:
    themes = choose_excerpts(**tables(said), codebook=BOOK, most=most)
    assert [theme.theme_id for theme in themes] == [theme.id for theme in BOOK.themes]
    return {theme.theme_id: theme.excerpts for theme in themes}


def test_each_reason_is_told() -> None:
    money = (("payment", "pay"),)
    found = chosen(
        [
            Says("They pay us late.", money),
            Says("They pay and pay the fees.", (("payment", "pay fees"),)),
            Says("They pay those who decide.", (*money, ("decides", "decide"))),
            Says("They would not pay us the late fees.", ()),
            Says(
                "He asked.",
                people=(("a", "payment"), ("b", "payment decides"), ("c", "no_code")),
            ),
            Says("She knew.", people=(("a", "dominant"), ("b", "dominant"))),
            Says("A duck."),
        ]
    )
    assert [(each.segment_id, each.reason, each.code_id) for each in found["involvement"]] == [
        ("g04", "differ", "payment"),
        ("g01", "clear", "payment"),
        ("g00", "one term", "payment"),
        ("g03", "near miss", "payment"),
        ("g02", "shared", "payment"),
    ]
    assert [each.why for each in found["involvement"]] == [
        "Coders differ: 2 of 3 saw “Payment” here.",
        "The computer found “Payment” here by 2 different terms.",
        "The computer found “Payment” here by “pay” alone.",
        "“Payment” was not found here, but the words are like those of segments that have it.",
        "The computer found “Payment” here, but also “Who decides”, of another theme.",
    ]
    assert found["power"][0].why == "Both coders saw “Dominant voices” here."
    assert {each.segment_id for each in found["power"]} == {"g05", "g06"} or len(
        found["power"]
    ) == 1


def test_no_turn_is_there_twice() -> None:
    said = [
        Says("They pay us late.", (("payment", "pay"),), turn=0),
        Says("They pay us never.", (("payment", "pay"),), turn=0),
        Says("They decide.", (("decides", "decide"),), turn=0),
    ]
    found = chosen(said)
    assert sum(map(len, found.values())) == 1


def test_workshops_and_roles_take_turns() -> None:
    money = (("payment", "pay"),)
    said = [Says(f"They pay us {number}.", money) for number in range(20)]
    said += [Says(f"They pay you {number}.", money, workshop="w2") for number in range(2)]
    said += [Says(f"They pay her {number}.", money, who="Guest 1") for number in range(2)]
    ids = {each.segment_id for each in chosen(said, most=5)["involvement"]}
    assert {"g20", "g21", "g22", "g23"} <= ids


def test_those_who_differ_leave_room_for_others() -> None:
    differ = (("a", "payment"), ("b", "no_code"))
    said = [Says(f"They said {number}.", people=differ) for number in range(12)]
    said += [Says(f"They pay us {number}.", (("payment", "pay"),)) for number in range(3)]
    found = chosen(said, most=10)["involvement"]
    reasons = [each.reason for each in found]
    assert len(found) == 10
    assert reasons.count("one term") == 3
    assert reasons[:7] == ["differ"] * 7
    alone = chosen(said[:12], most=6)["involvement"]
    assert [each.reason for each in alone] == ["differ"] * 6


def test_what_was_settled_is_not_asked_again() -> None:
    frames = tables([Says("They said.", people=(("a", "payment"), ("b", "no_code")))])
    settled = frames["codings"].head(1).assign(coder_kind="adjudication", coder_id="adjudication")
    assert choose_excerpts(**frames, codebook=BOOK)[0].excerpts[0].reason == "differ"
    frames["codings"] = pd.concat([frames["codings"], settled], ignore_index=True)
    assert not any(theme.excerpts for theme in choose_excerpts(**frames, codebook=BOOK))


def test_short_and_long_segments_are_left_out() -> None:
    frames = tables([Says("They pay us late.", (("payment", "pay"),))])
    for words in (7, 121):
        frames["segments"]["words"] = words
        assert not any(theme.excerpts for theme in choose_excerpts(**frames, codebook=BOOK))


def test_the_order_of_rows_does_not_matter() -> None:
    said = [
        Says(f"They pay us {number} and {'decide' * (number % 3)}.", (("payment", "pay"),))
        for number in range(30)
    ]
    frames = tables(said)
    turned = {name: frame.iloc[::-1] for name, frame in frames.items()}
    assert choose_excerpts(**frames, codebook=BOOK) == choose_excerpts(**turned, codebook=BOOK)


def test_nothing_said_is_nothing_chosen() -> None:
    frames = tables([Says("A duck.")])
    frames = {name: frame.head(0) for name, frame in frames.items()}
    assert not any(theme.excerpts for theme in choose_excerpts(**frames, codebook=BOOK))


def themes() -> tuple[GroupTheme, ...]:
    made = pack(segments=4, sources=1)
    ids = [segment.segment_id for segment in made.segments]
    return (
        GroupTheme(
            "involvement",
            (
                GroupExcerpt(ids[2], "payment", "differ", "Coders differ: 1 of 2 saw it here."),
                GroupExcerpt(ids[0], "involvement", "clear", HOSTILE),
            ),
        ),
        GroupTheme("power", ()),
    )


@pytest.mark.parametrize("size", [12, 18])
def test_a_group_can_mark_together(tmp_path: Path, size: int) -> None:
    made = pack(segments=4, sources=1)
    path = tmp_path / "group.docx"
    write_group_document(made, themes(), path, size)
    document = docx.Document(str(path))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        *("How to use this", "1 Who is involved, and when", "2 Power", "About this pack"),
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert made.codebook.code("involvement").plain in texts
    assert "Nothing in these workshops was found for this theme." in texts
    first, second = forms(document)
    assert first["Words to talk about"].text == made.words(made.segments[2])
    assert first["Code to try"].text.startswith("1.8 Payment and expenses: Paying people")
    assert first["Why it is here"].text == "Coders differ: 1 of 2 saw it here."
    assert "[U+202E] <b>" in second["Why it is here"].text
    for mark in ("Fits", "Does not fit", "Not sure"):
        title = box(first[mark]).find(f".//{qn('w:alias')}").get(qn("w:val"))
        assert title == f"{mark}, excerpt 1 of 2"
    assert first["Why we think so"].text == ""
    changes = [t for t in document.tables if t.rows[-1].cells[0].text.startswith("What in the")]
    assert len(changes) == 2
    assert document.styles["Normal"].font.size.pt == size


def test_a_group_pack_is_not_taken_for_codings(tmp_path: Path) -> None:
    path = tmp_path / "group.docx"
    write_group_document(pack(segments=4, sources=1), themes(), path, 12)
    with pytest.raises(Refused, match="pack for a group"):
        read_returned(path)
