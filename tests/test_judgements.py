"""What people decided, gathered: whose it is, on which words, with which codes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from commonthread.anchors.anchor import make_anchors
from commonthread.anchors.finding import GONE
from commonthread.coders import Coder
from commonthread.codings import decide
from commonthread.judged import judged_segments, people_codings
from commonthread.judgements import Gathered, Today, gather
from commonthread.problems import Refused
from commonthread.returned.folder import CodingFile
from commonthread.returned.judgement import Answer, Judgement, Returned
from commonthread.returned.worklist import read_worklist, worklist_items, write_worklist
from commonthread.segments import cut_source
from commonthread.settings import LimitSettings, SegmentSettings
from commonthread.sources.workbook import sheets_of_workbook
from commonthread.tables import as_table
from small_study import codebook, node

SAID = (
    "We were asked to join only when the plan had been written and the money was spent.",
    "The agenda came the evening before, so nobody could say anything about it.",
    "My neighbour grows tomatoes on her balcony and gives most of them away.",
    "Whoever chairs the meeting decides in the end what goes into the minutes.",
)
A, B = Coder("Coder A", "Researcher"), Coder("Coder B", "Public contributor")


def today(said: tuple[str, ...] = SAID, coders: tuple[Coder, ...] = (A, B)) -> Today:
    turns, rows, at = [], [], 0
    for number, text in enumerate(said):
        turns.append((number, at, text))
        rows.append(
            {
                "source_id": "s1",
                "turn": number,
                "participant_id": "Researcher 1",
                "start_s": None,
                "end_s": None,
                "start": at,
                "end": at + len(text),
                "text": text,
                "words": len(text.split()),
            }
        )
        at += len(text) + 1
    segments = [
        {
            "segment_id": segment.segment_id,
            "source_id": "s1",
            "turn": segment.turn,
            "start": segment.start,
            "end": segment.end,
            "words": segment.words,
            "workshop_id": "spring",
            "participant_id": "Researcher 1",
            "kind": "talk",
            "start_s": None,
            "text": segment.text,
        }
        for segment in cut_source("s1", turns, [], SegmentSettings())
    ]
    book = codebook(replace(node("fees", "Fees", None, "fees"), was=("wages",)))
    return Today(
        coders=coders,
        codebook=book,
        segments=pd.DataFrame(segments),
        turns=as_table(rows, "turns"),
    )


def judgement(number: int, *codes: str, **more: Any) -> Judgement:
    now = today()
    anchor = make_anchors(now.segments, now.turns)[number]
    return Judgement(
        where=f"row {number + 2}",
        segment_id=anchor.segment_id,
        source_id=anchor.source_id,
        words=anchor.words,
        before=anchor.before,
        after=anchor.after,
        codes=codes,
        **more,
    )


def file(name: str, *judgements: Judgement, coder: str = "Coder A", **more: Any) -> CodingFile:
    folder = name.split("/")[0] if "/" in name else ""
    returned = Returned(coder=coder, judgements=judgements, **more)
    return CodingFile(name, folder, name, returned, None)


def statuses(gathered: Gathered) -> list[str]:
    return gathered.judgements["status"].tolist()


def codes(gathered: Gathered) -> list[tuple[str, str]]:
    frame = people_codings(gathered.judgements)
    return list(zip(frame["coder_id"], frame["code_id"], strict=True))


def test_decisions_become_codings_of_the_people_who_made_them() -> None:
    found = gather(
        [
            file("b.json", judgement(0, "payment", "challenge"), coder="coder b"),
            file("a.json", judgement(2, no_code=True), judgement(0, "Who decides")),
        ],
        today(),
    )
    assert statuses(found) == ["counts"] * 3
    assert codes(found) == [
        ("coder-b", "payment"),
        ("coder-b", "challenge"),
        ("coder-a", "no_code"),
        ("coder-a", "decides"),
    ]
    assert found.problems == () and found.notices == ()
    assert found.coders.to_dict("records") == [
        {"coder_id": "coder-a", "coder": "Coder A", "role": "Researcher", "judged": 2},
        {"coder_id": "coder-b", "coder": "Coder B", "role": "Public contributor", "judged": 1},
    ]


def test_an_aspect_may_stand_beside_no_code() -> None:
    found = gather([file("a.json", judgement(0, "challenge", no_code=True))], today())
    assert codes(found) == [("coder-a", "challenge"), ("coder-a", "no_code")]
    assert decide(people_codings(found.judgements))["code_id"].tolist() == ["challenge"]


def test_a_file_that_cannot_be_read_is_a_problem_and_the_others_count() -> None:
    broken = CodingFile("x.docx", "", "", None, Refused("It is damaged.", "Save it again."))
    found = gather([broken, file("a.json", judgement(0, "payment"))], today())
    assert [str(problem) for problem in found.problems] == [
        "codings/x.docx: It is damaged. Save it again."
    ]
    assert codes(found) == [("coder-a", "payment")]


def test_the_same_file_twice_counts_once() -> None:
    one = file("a.json", judgement(0, "payment"))
    found = gather([one, replace(one, name="copy.json")], today())
    assert codes(found) == [("coder-a", "payment")]
    assert found.notices == (
        "codings/copy.json is the same file as codings/a.json: it counts once.",
    )


def test_a_later_decision_replaces_an_earlier_one_and_both_are_kept() -> None:
    early = judgement(0, "payment", date="2025-03-01T10:00:00+00:00")
    late = judgement(0, "decides", date="2025-03-02T10:00:00+00:00")
    found = gather([file("b.json", late), file("a.json", early)], today())
    assert statuses(found) == ["counts", "replaced"]
    assert codes(found) == [("coder-a", "decides")]
    judged = judged_segments(found.judgements)
    assert judged["latest"].tolist() == [True, False]


def test_a_code_that_was_renamed_is_taken_over_and_an_unknown_one_goes_to_the_worklist() -> None:
    now = today()
    rows = [judgement(0, "wages"), judgement(1, "Paymnt"), judgement(3, "decides", "nonsense")]
    found = gather([file("a.json", *rows)], now)
    assert statuses(found) == ["counts", "worklist", "counts"]
    assert codes(found) == [("coder-a", "fees"), ("coder-a", "decides")]
    items = worklist_items(found.judgements, now.codebook)
    assert [item[2].split("?")[0] for item in items] == [
        'There is no code "Paymnt" in the codebook. Did you mean "payment"',
        'There is no code "nonsense" in the codebook. Which code is meant',
    ]


def test_answers_to_the_worklist_are_read_back_from_the_workbook() -> None:
    import io

    import openpyxl

    now = today()
    elsewhere = replace(judgement(1, "decides"), words="Nothing of this was ever said by anybody.")
    coded = file("a.json", judgement(0, "Paymnt"), replace(elsewhere, segment_id="gone"))
    found = gather([coded], now)
    book = openpyxl.load_workbook(
        io.BytesIO(write_worklist(worklist_items(found.judgements, now.codebook)))
    )
    sheet = book["Worklist"]
    head = {cell.value: cell.column for cell in sheet[1]}
    answers = ["payment", now.segments["segment_id"].iloc[3]]
    for row, answer in enumerate(answers, start=2):
        sheet.cell(row, head["Answer"], answer)
    out = io.BytesIO()
    book.save(out)
    returned = read_worklist(sheets_of_workbook(out.getvalue(), LimitSettings())[0])
    assert returned is not None
    again = gather([coded, CodingFile("w.xlsx", "", "w", returned, None)], now)
    assert statuses(again) == ["counts", "counts"]
    assert codes(again) == [("coder-a", "payment"), ("coder-a", "decides")]
    assert json.loads(again.judgements["segment_ids"].iloc[1]) == [answers[1]]


def test_none_as_an_answer_takes_a_decision_out() -> None:
    lost = replace(judgement(1, "decides"), words="Nothing of this was ever said.", segment_id="x")
    coded = file("a.json", judgement(0, "payment"), lost)
    (item,) = worklist_items(gather([coded], today()).judgements, today().codebook)
    answered = Returned(answers=(Answer(item[0], "None"),))
    again = gather([coded, CodingFile("w.xlsx", "", "w", answered, None)], today())
    assert statuses(again) == ["counts", "not used"]


def test_a_pack_from_another_study_is_told_in_one_sentence() -> None:
    foreign = [
        Judgement(
            f"row {number}", segment_id=f"other{number}", words=f"{word} " * 12, codes=("payment",)
        )
        for number, word in enumerate(("quartz", "walrus", "velvet"))
    ]
    found = gather([file("far.json", *foreign, study="Another study")], today())
    assert statuses(found) == ["not used"] * 3
    assert [str(problem) for problem in found.problems] == [
        "codings/far.json: None of its 3 segments is in this study: it seems to belong to another, "
        '"Another study". Take it out of codings, or see that the right workshops are there.'
    ]


def test_a_coder_in_no_list_is_told_once_with_what_to_do() -> None:
    found = gather(
        [file("a.json", judgement(0, "payment"), judgement(1, "decides"), coder="Codr A")], today()
    )
    assert statuses(found) == ["not used"] * 2
    (problem,) = found.problems
    assert 'Did you mean "Coder A"?' in problem.what and "Decisions not used: 2." in problem.what


def test_a_folder_with_a_coders_name_says_whose_a_file_is() -> None:
    found = gather([file("Coder B/a.json", judgement(0, "payment"), coder="Coder A")], today())
    assert codes(found) == [("coder-b", "payment")]


def test_without_a_list_everybody_codes_under_their_own_name() -> None:
    found = gather([file("a.json", judgement(0, "payment"), role="Patient")], today(coders=()))
    assert found.coders.to_dict("records") == [
        {"coder_id": "coder-a", "coder": "Coder A", "role": "Patient", "judged": 1}
    ]


def test_two_people_under_one_name_are_noticed() -> None:
    one = file("a.json", judgement(0, "payment", date="2025-01-01"), copy="c1")
    two = file("b.json", judgement(0, "decides", date="2025-01-02"), copy="c2")
    (said,) = gather([one, two], today()).notices
    assert "filled in under the name" in said and "differ on 1 segments" in said


def test_another_state_of_the_codebook_is_told_in_one_sentence() -> None:
    old = file("a.json", judgement(0, "payment"), codebook_version="0.9", codebook_sha256="old")
    (said,) = gather([old], today()).notices
    assert "another state of the codebook (version 0.9; today's is" in said


@pytest.mark.parametrize(
    ("row", "status", "reason"),
    [
        (judgement(0, comment="Hm."), "comment", "It holds a comment but no decision."),
        (
            judgement(0, "payment", no_code=True),
            "not used",
            "It says both that no code fits and that some do.",
        ),
        (
            Judgement("row 9", segment_id="unknown", codes=("payment",)),
            "not used",
            "There is no such segment, and no words to find.",
        ),
    ],
)
def test_what_cannot_be_used_is_kept_with_its_reason(
    row: Judgement, status: str, reason: str
) -> None:
    found = gather([file("a.json", row, judgement(1, "decides"))], today())
    assert found.judgements.iloc[0][["status", "reason"]].tolist() == [status, reason]


def test_rows_that_could_not_be_read_are_listed() -> None:
    found = gather([file("a.xlsx", problems=(("row 7", "The date is no date."),))], today())
    row = found.judgements.iloc[0]
    assert (row["place"], row["status"], row["reason"]) == (
        "row 7",
        "not used",
        "The date is no date.",
    )


def test_ids_without_words_count_and_it_is_said() -> None:
    bare = replace(judgement(0, "payment"), words="", before="", after="")
    found = gather([file("a.csv", bare)], today())
    assert codes(found) == [("coder-a", "payment")]
    (said,) = found.notices
    assert said.startswith("codings/a.csv names segments by their ids alone (1).")


def test_who_was_only_unsure_gave_no_decision() -> None:
    row = gather([file("a.json", judgement(0, unsure=True))], today()).judgements.iloc[0]
    assert (row["status"], row["reason"]) == (
        "comment",
        "The coder was not sure, and gave no code.",
    )


def test_why_words_were_not_found_is_what_the_search_says() -> None:
    lost = replace(judgement(1, "decides"), words="Nothing of this was ever said.", segment_id="x")
    found = gather([file("a.json", judgement(0, "payment"), lost)], today()).judgements.iloc[1]
    assert (found["status"], found["reason"]) == ("worklist", GONE)


def test_a_pseudonym_of_a_role_that_nobody_has_any_more_is_known() -> None:
    said = ("Thank you, Visitor 4, for that.", *SAID)
    then = judgement(0, "payment")
    coded = replace(
        then, segment_id="old", words="Thank you, Guest 2, for that.", before="", after=SAID[0]
    )
    now = replace(today(said), pseudonyms=("Guest 2", "Visitor 4"))
    row = gather([file("a.json", coded)], now).judgements.iloc[0]
    assert (row["status"], row["how"]) == ("counts", "exactly")


def test_words_that_were_corrected_are_found_again() -> None:
    corrected = (SAID[0].replace("written", "drafted"), *SAID[1:])
    found = gather([file("a.json", judgement(0, "payment"))], today(corrected))
    row = found.judgements.iloc[0]
    assert (row["status"], row["how"]) == ("counts", "nearly")
    assert json.loads(row["segment_ids"]) == [today(corrected).segments["segment_id"].iloc[0]]


def test_what_was_settled_together_goes_before_what_each_said() -> None:
    coded = [
        file("a.json", judgement(0, "payment"), judgement(1, "decides")),
        file("b.json", judgement(0, "decides"), judgement(1, "payment"), coder="Coder B"),
        file(
            "together.json",
            judgement(0, "dominant", outcome="decided", date="2025-05-01"),
            judgement(1, outcome="open", date="2025-05-01"),
            coder="",
            purpose="adjudication",
            took_part=(("Coder A", "Researcher"), ("Guest", "Facilitator")),
        ),
    ]
    found = gather(coded, today())
    decided = decide(people_codings(found.judgements))
    own = list(zip(decided["coder_kind"], decided["code_id"], strict=True))
    assert own == [("adjudication", "dominant"), ("person", "decides"), ("person", "payment")]
