"""What came back, gathered: each proposal once, what it would do, and what was decided."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from commonthread.problems import InputProblems, Refused
from commonthread.proposals import folder
from commonthread.proposals.decisions import Decision, decided
from commonthread.proposals.decisions_workbook import SHEET, read_decisions, write_decisions
from commonthread.proposals.effect import Effect
from commonthread.proposals.folder import (
    ProposalFile,
    folder_fingerprint,
    people_decided,
    put_decisions,
    read_folder,
)
from commonthread.proposals.gathered import named, proposal_id, proposals_table, replaced
from commonthread.proposals.proposal import Proposal, ReturnedProposals
from commonthread.proposals.standing import CannotBeMade
from commonthread.proposals.told import before_and_after, sentence
from proposals_fixture import COMMENT, MERGE, NEW, SPLIT, WORDING, came_back, codebook

GOLDEN = Path(__file__).parent / "golden/proposals"


def test_a_proposal_that_came_twice_counts_once() -> None:
    again = replace(WORDING, where="row 9", date="2026-04-01")
    found, problems = named([came_back(WORDING, MERGE), came_back(again, name="again.docx")])
    assert [(each.file, each.proposal) for each in found] == [
        ("ada.json", WORDING),
        ("ada.json", MERGE),
    ]
    assert problems == []
    assert proposal_id(replace(WORDING, author="Bo")) != proposal_id(WORDING)


def test_who_sent_the_file_made_what_does_not_say_who_made_it() -> None:
    (found,), _ = named([came_back(SPLIT)])
    assert (found.proposal.author, found.proposal.role) == ("Ada", "Public contributor")
    assert found.version == "0.9"


def test_what_is_wrong_with_files_is_told_with_their_places() -> None:
    refused = ProposalFile("x.pdf", None, Refused("It is a PDF.", "Type it."))
    odd = ProposalFile("y.xlsx", ReturnedProposals(problems=(("row 3", "No code."),)), None)
    _, problems = named([refused, odd])
    assert [str(problem) for problem in problems] == [
        "codebook_proposals/x.pdf: It is a PDF. Type it.",
        "codebook_proposals/y.xlsx, row 3: No code.",
    ]


def test_a_later_opinion_of_the_same_person_takes_the_place_of_an_earlier_one() -> None:
    later = replace(
        WORDING, wording=(("plain", "Other"), ("terms", "pay")), date="2026-03-05", why="Better."
    )
    of_another = replace(later, author="Bo")
    found, _ = named([came_back(later, WORDING, of_another)])
    assert replaced(found) == {proposal_id(WORDING): proposal_id(later)}
    table = proposals_table(found, {}, codebook(), {}).set_index("proposal_id")
    assert table.loc[proposal_id(WORDING), "standing"] == "out of date"
    assert proposal_id(later) in table.loc[proposal_id(WORDING), "reason"]


def test_the_table_says_what_each_would_do() -> None:
    found, _ = named([came_back(NEW, MERGE, WORDING, COMMENT)])
    ids = [
        proposal_id(replace(each, role=each.role or "Public contributor"))
        for each in (WORDING, MERGE)
    ]
    decisions = {ids[0]: Decision(ids[0], "declined", why="Fee is said.", took_part="All")}
    table = proposals_table(found, decisions, codebook(), {ids[1]: Effect(3, 1, 2, 0)})
    assert table["kind"].tolist() == ["new", "wording", "merge", "comment"]
    rows = table.set_index("proposal_id")
    wording = rows.loc[ids[0]]
    assert wording["what"] == (
        "For “Pay”, “In plain words” would be worded anew and the computer would look for “voucher”"
        " too and no longer look for “fee (unless: fee fi)”."
    )
    assert json.loads(wording["changes"])[0] == {
        "text": "In plain words",
        "before": "Being paid",
        "after": "Getting paid",
    }
    assert (wording["decision"], wording["decided_why"]) == ("declined", "Fee is said.")
    merge = rows.loc[ids[1]]
    assert merge["what"] == "“Fares” would go into “Pay”, and be no code by itself any more."
    assert (merge["gained"], merge["lost"], merge["standing"]) == (3, 1, "can be made")


@pytest.mark.parametrize(
    ("proposal", "said"),
    [
        (Proposal("x", "retire", "pay"), "“Pay” would not be used any more"),
        (Proposal("x", "move", "fares", parent="power"), "would stand under “Power”"),
        (Proposal("x", "move", "fares"), "as a theme of its own"),
        (Proposal("x", "rename", "pay", (("name", "Fee"),)), "“Pay” would be called “Fee”."),
        (SPLIT, "“Pay” would become “Fees” and “Gifts”."),
        (NEW, "A new code “Late money” would stand under “Money”."),
        (COMMENT, "a comment on “Power”"),
        (Proposal("x", "comment"), "a comment on the codebook"),
        (Proposal("x", "example", "pay", (("examples", "A"),)), "one more example"),
        (Proposal("x", "retire", "gone"), "“gone” would not be used"),
    ],
)
def test_every_kind_is_told_in_a_sentence(proposal: Proposal, said: str) -> None:
    assert said in sentence(proposal, codebook())


def test_what_is_done_is_shown_as_it_was_before() -> None:
    assert before_and_after(WORDING, codebook(), done=True)[0][1:] == ("Being paid", "Getting paid")
    assert before_and_after(SPLIT, codebook()) == [
        ("Part 1", "", "Fees: For work"),
        ("Part 2", "", "Gifts: For thanks"),
    ]


def changed(wording: str) -> Decision:
    return Decision("p1", "changed", wording=wording)


def test_a_wording_that_was_agreed_on_takes_the_place_of_the_proposed_one() -> None:
    one = replace(WORDING, wording=WORDING.wording[:1])
    assert dict(decided(one, changed("Pay, when\nit comes")).wording) == {
        "plain": "Pay, when\nit comes"
    }
    both = decided(WORDING, changed("in plain words: Money\nWords looked for: pay\nwage"))
    assert dict(both.wording) == {"plain": "Money", "terms": "pay\nwage"}
    assert decided(NEW, changed("Under: Power")).parent == "Power"
    assert decided(Proposal("x", "move", "pay", parent="money"), changed("Power")).parent == "Power"
    assert decided(WORDING, Decision("p1", "accepted", wording="x")) is WORDING
    for proposal, wording in ((WORDING, "Money"), (SPLIT, "Three parts"), (MERGE, "")):
        with pytest.raises(CannotBeMade):
            decided(proposal, changed(wording))


def test_decisions_are_read_back_as_they_were_written() -> None:
    found, _ = named([came_back(WORDING, MERGE)])
    table = proposals_table(found, {}, codebook(), {})
    one, two = table["proposal_id"]
    decisions = [
        Decision(one, "changed", "In plain words: =x", "why\nnot", "Ada (PPI), Bo", "2026-03-04"),
        Decision("p000", "declined", why="Gone."),
    ]
    data = write_decisions(table, decisions, "Ours")
    assert data == write_decisions(table, decisions, "Ours")
    read, problems = read_decisions(data, "decisions.xlsx")
    assert problems == []
    assert read == [decisions[0], Decision(two, "open"), decisions[1]]


def test_decisions_that_libreoffice_saved_are_read_alike() -> None:
    data = (GOLDEN / "decisions-libreoffice.xlsx").read_bytes()
    read, problems = read_decisions(data, "decisions.xlsx")
    assert problems == []
    assert read == [
        Decision(
            "p0000000001",
            "changed",
            "In plain words: =x\nTerms",
            "why\nnot",
            "Ada, Bo",
            "2026-03-04",
        ),
        Decision("p0000000002", "open"),
    ]


def workbook(*rows: list[str]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Ours"  # type: ignore[union-attr]
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    import io

    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_columns_may_stand_in_any_order_and_what_is_wrong_is_told_by_row() -> None:
    data = workbook(
        ["Our meeting"],
        ["DECISION ", "Notes", "Proposal", "Reasons"],
        ["Accept", "", "p1", ""],
        ["maybe", "", "p2", "hm"],
        ["", "x", "", ""],
        ["declined", "", "p1", ""],
        ["open", "", "p3", ""],
    )
    read, problems = read_decisions(data, "decisions.xlsx")
    assert [(each.proposal_id, each.outcome) for each in read] == [
        ("p1", "open"),
        ("p2", "open"),
        ("p3", "open"),
    ]
    assert [problem.where for problem in problems] == [
        "decisions.xlsx, row 4",
        "decisions.xlsx, row 6",
    ]
    assert "second time" in problems[1].what


@pytest.mark.parametrize("data", [b"PK", b"", workbook(["Proposal", "Verdict"])])
def test_a_workbook_of_something_else_is_told(data: bytes) -> None:
    with pytest.raises(InputProblems):
        read_decisions(data, "decisions.xlsx")


def test_the_folder_gives_each_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / folder.FOLDER
    (place / "more").mkdir(parents=True)
    for name in ("b.json", "more/a.json", ".hidden", "~$b.docx", "Thumbs.db"):
        (place / name).write_bytes(b"same")
    (place / "c.pdf").write_bytes(b"%PDF-1.4")
    (place / "Decisions (1).xlsx").write_bytes(b"PK")
    (place / "d.json").symlink_to(tmp_path / "nowhere")
    put_decisions(tmp_path, b"draft")

    def reader(data: bytes, name: str, *_: object) -> ReturnedProposals:
        if name.endswith(".pdf"):
            raise Refused("It is a PDF.", "Type it.")
        return ReturnedProposals(author=name)

    monkeypatch.setattr(folder, "read_content", reader)
    files = read_folder(tmp_path)
    assert [(file.name, file.refused is None) for file in files] == [
        ("Decisions (1).xlsx", False),
        ("b.json", True),
        ("c.pdf", False),
        ("d.json", False),
    ]
    assert read_folder(tmp_path / "none") == []


def test_a_draft_is_renewed_until_a_person_changed_it(tmp_path: Path) -> None:
    put_decisions(tmp_path, b"one")
    before = folder_fingerprint(tmp_path)
    put_decisions(tmp_path, b"two")
    file = tmp_path / folder.FOLDER / "decisions.xlsx"
    assert file.read_bytes() == b"two" and not people_decided(tmp_path)
    assert folder_fingerprint(tmp_path) == before
    file.write_bytes(b"mine")
    put_decisions(tmp_path, b"three")
    assert file.read_bytes() == b"mine" and people_decided(tmp_path)
    assert folder_fingerprint(tmp_path) != before


def test_people_choose_a_decision_from_a_list() -> None:
    import io

    from openpyxl import load_workbook

    found, _ = named([came_back(WORDING)])
    data = write_decisions(proposals_table(found, {}, codebook(), {}), [], "Ours")
    sheet = load_workbook(io.BytesIO(data))[SHEET]
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"open,accepted,changed,declined"'
    assert [cell.value for cell in sheet[1]][4:9] == [
        *("Decision", "Wording if changed", "Reasons", "Who took part", "Date"),
    ]
