"""The history of a codebook: each version and each decision once, never written over."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from commonthread.codebook import parse_codebook
from commonthread.proposals.apply import apply_proposals
from commonthread.proposals.decisions import Decision
from commonthread.proposals.gathered import effective, named, proposals_table
from commonthread.proposals.history import (
    FOLDER,
    History,
    Unrecorded,
    Version,
    add_version,
    newest_workshop,
    read_history,
)
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.recording import Now, kept_codebooks, record, recorded_decisions
from proposals_fixture import MERGE, SMALL, WORDING, came_back


def run(
    study: Path,
    data: bytes,
    *proposals: Proposal,
    decisions: tuple[Decision, ...] = (),
    date: str = "2026-03-10",
) -> tuple[History, list[str]]:
    """Record as a run does."""
    book = parse_codebook(data, "codebook.yaml")
    found, _ = named([came_back(*proposals)])
    by_id = {decision.proposal_id: decision for decision in decisions}
    table = proposals_table(found, by_id, book, {})
    made, _ = effective(found, by_id)
    now = Now(data, book, date, "Who decides")
    return record(study, read_history(study), now, table, made)


def ids(*proposals: Proposal) -> list[str]:
    return [each.proposal_id for each in named([came_back(*proposals)])[0]]


def test_a_codebook_grows_and_says_from_whom(tmp_path: Path) -> None:
    first, _ = run(tmp_path, SMALL.encode("utf-8"), WORDING, MERGE)
    assert [version.changes for version in first.versions] == [
        "This version was the first to be recorded."
    ]
    one, two = ids(WORDING, MERGE)
    decisions = (Decision(one, "accepted", why="Yes."), Decision(two, "declined", why="No."))
    new = apply_proposals(SMALL.encode("utf-8"), {one: WORDING}, "new.yaml").data
    assert new is not None
    second, said = run(tmp_path, new, WORDING, MERGE, decisions=decisions, date="2026-04-01")
    assert said == []
    assert second == read_history(tmp_path)
    version = second.versions[-1]
    assert (version.date, version.version, version.workshop) == (
        "2026-04-01",
        "0.10",
        "Who decides",
    )
    assert version.proposals == one
    assert "voucher" in version.changes and "“Pay”" in version.changes
    assert (tmp_path / FOLDER / version.file).read_bytes() == new
    assert [(each.decision, each.role, each.why) for each in second.decided] == [
        ("accepted", "Public contributor", "Yes."),
        ("declined", "Researcher", "No."),
    ]


def test_nothing_is_recorded_twice(tmp_path: Path) -> None:
    decision = Decision(ids(WORDING)[0], "declined", why="a\nb =1")
    run(tmp_path, SMALL.encode("utf-8"), WORDING, decisions=(decision,))
    before = {file.name: file.read_bytes() for file in (tmp_path / FOLDER).iterdir()}
    run(tmp_path, SMALL.encode("utf-8"), WORDING, decisions=(decision,), date="2027-01-01")
    assert {file.name: file.read_bytes() for file in (tmp_path / FOLDER).iterdir()} == before


def test_a_decision_that_changes_is_added_and_the_earlier_one_stays(tmp_path: Path) -> None:
    data, (one,) = SMALL.encode("utf-8"), ids(WORDING)
    run(tmp_path, data, WORDING, decisions=(Decision(one, "declined"),))
    history, _ = run(tmp_path, data, WORDING, decisions=(Decision(one, "accepted"),))
    assert [each.decision for each in history.decided] == ["declined", "accepted"]
    history, _ = run(tmp_path, data, WORDING)
    assert [each.decision for each in history.decided] == ["declined", "accepted", "open"]
    assert history.latest()[one].decision == "open"


def test_what_came_in_without_a_decision_is_told(tmp_path: Path) -> None:
    data = SMALL.encode("utf-8")
    run(tmp_path, data, WORDING)
    (one,) = ids(WORDING)
    new = apply_proposals(data, {one: WORDING}, "new.yaml").data
    assert new is not None
    history, _ = run(tmp_path, new, WORDING)
    assert history.versions[-1].proposals == one
    assert [each.decision for each in history.decided] == ["not recorded"]
    again, _ = run(tmp_path, new, WORDING)
    assert again == history


def test_going_back_is_a_version_too(tmp_path: Path) -> None:
    data = SMALL.encode("utf-8")
    other = data.replace(b"plain: Power", b"plain: Might")
    for content in (data, other, data):
        history, _ = run(tmp_path, content)
    assert [version.version for version in history.versions] == ["0.9"] * 3
    assert history.versions[-1].changes.endswith("Its version number was not counted up.")
    assert len(list((tmp_path / FOLDER).glob("*.yaml"))) == 2
    assert history.versions[0].file == history.versions[2].file


def test_a_comment_in_the_file_is_a_new_version_in_which_nothing_is_different(
    tmp_path: Path,
) -> None:
    run(tmp_path, SMALL.encode("utf-8"))
    history, _ = run(tmp_path, SMALL.encode("utf-8") + b"# More.\n")
    assert history.versions[-1].changes == "Nothing that a code means or says is different."


def test_a_run_goes_on_where_the_history_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file, not a folder")
    history, said = run(tmp_path, SMALL.encode("utf-8"))
    assert history == History()
    assert len(said) == 1 and "cannot be written" in said[0]


@pytest.mark.parametrize("content", [b"date,version\r\n", b"\xff\xfe", b"", b"date\x00\r\n"])
def test_a_list_that_people_changed_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "history.csv").write_bytes(content)
    with pytest.raises(Unrecorded, match=r"history\.csv"):
        read_history(tmp_path)
    version = Version("2026-03-10", "1", "ab", "x.yaml", "", "", "")
    with pytest.raises(Unrecorded):
        add_version(tmp_path, version, b"")
    assert (tmp_path / FOLDER / "history.csv").read_bytes() == content


def test_a_list_that_a_spreadsheet_saved_is_added_to(tmp_path: Path) -> None:
    run(tmp_path, SMALL.encode("utf-8"))
    path = tmp_path / FOLDER / "history.csv"
    path.write_bytes(
        path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip()
    )
    history, said = run(tmp_path, SMALL.encode("utf-8") + b"# More.\n")
    assert (len(history.versions), said) == (2, [])
    with path.open(encoding="utf-8", newline="") as text:
        assert len(list(csv.reader(text))) == 3
    assert len(read_history(tmp_path).versions) == 2


def test_a_version_that_was_changed_in_the_folder_is_told(tmp_path: Path) -> None:
    history, _ = run(tmp_path, SMALL.encode("utf-8"))
    (tmp_path / FOLDER / history.versions[0].file).write_text("mine")
    after, said = run(tmp_path, SMALL.encode("utf-8") + b"# More.\n")
    assert said == [] and "not there any more" in after.versions[-1].changes
    assert (tmp_path / FOLDER / history.versions[0].file).read_text() == "mine"


def test_the_newest_workshop_is_told_by_its_date() -> None:
    rows = [
        ("Second", "2026-03-12"),
        ("First", "2026-01-15"),
        ("No date", ""),
        ("Some day", "in spring"),
    ]
    assert newest_workshop(rows) == "Second"
    assert newest_workshop(rows[2:]) == ""


def test_words_that_a_list_cannot_hold_are_the_same_on_the_next_run(tmp_path: Path) -> None:
    odd = replace(WORDING, why="bell \x07 =SUM(A1)")
    decision = Decision(ids(odd)[0], "declined", why="\x07")
    run(tmp_path, SMALL.encode("utf-8"), odd, decisions=(decision,))
    history, _ = run(tmp_path, SMALL.encode("utf-8"), odd, decisions=(decision,))
    assert len(history.decided) == 1


def test_what_was_decided_holds_when_the_workbook_is_gone(tmp_path: Path) -> None:
    decision = Decision(ids(WORDING)[0], "changed", "In plain words: x", "So.", "Ada", "2026")
    history, _ = run(tmp_path, SMALL.encode("utf-8"), WORDING, decisions=(decision,))
    assert recorded_decisions(history) == {decision.proposal_id: decision}
    (book,) = kept_codebooks(tmp_path, history)
    assert book.codes == parse_codebook(SMALL.encode("utf-8"), "x").codes
