"""From raw turns to people: who speaks, the key, and the list to complete."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pandas as pd
import pytest

from commonthread.likely_same import groups, likely_same
from commonthread.names import make_replacer, pseudonymise
from commonthread.participants import read_participants
from commonthread.people import LIST_COLUMNS, People, collect_people, write_list_to_complete
from commonthread.problems import InputProblems
from commonthread.tables import as_table, check_table, write_table

TURNS = [
    ("s1", "first", "Sarah Jones", "Hello Will, this is a start."),
    ("s1", "first", "Speaker 1", "Hi Sarah."),
    ("s1", "first", "Sara Jones", "Me again."),
    ("s1", "first", "SJ", "And me."),
    ("s1", "first", None, "A note."),
    ("s2", "first", "Speaker 1", "Somebody else; Olu knows."),
    ("s2", "first", "=Olu Bello", "Yes"),
    ("s2", "first", "Unknown Speaker", "No"),
    ("s3", "second", "Dr Olu Bello (he/him)", "José was here, Jones too."),
    ("s3", "second", "sarah jones", "I know."),
    ("s3", "second", "Zoom Bot", "Recording."),
    ("s3", "second", "'Quote", "Quoted."),
    ("s3", "second", "A; B", "Both."),
]


def turns_file(folder: Path, rows: list[tuple[str, str, str | None, str]] = TURNS) -> Path:
    frame = pd.DataFrame(rows, columns=["source_id", "workshop_id", "speaker", "text"])
    frame["turn"] = frame.groupby("source_id").cumcount()
    frame["start_s"] = frame["end_s"] = float("nan")
    path = folder / "turns.parquet"
    write_table(as_table(frame, "raw_turns"), "raw_turns", path)
    return path


def listing(folder: Path, text: str) -> Path:
    path = folder / "participants.csv"
    path.write_text(text, encoding="utf-8")
    return path


def who(people: People) -> dict[tuple[str, str], str | None]:
    found = people.speakers
    return {
        (source, speaker): None if pd.isna(person) else person
        for source, speaker, person in zip(
            found["source_id"], found["speaker"], found["participant_id"], strict=True
        )
    }


def test_without_a_list_everybody_is_a_participant(tmp_path: Path) -> None:
    people = collect_people([turns_file(tmp_path)], None, tmp_path / "private")
    for table, frame in (
        ("found_speakers", people.speakers),
        ("participants", people.participants),
        ("names", people.names),
        ("attributes", people.attributes),
    ):
        check_table(frame, table)
    assert who(people) == {
        ("s1", "Sarah Jones"): "Participant 1",
        ("s1", "Speaker 1"): "Participant 2",
        ("s1", "Sara Jones"): "Participant 3",
        ("s1", "SJ"): "Participant 4",
        ("s2", "Speaker 1"): "Participant 5",
        ("s2", "=Olu Bello"): "Participant 6",
        ("s2", "Unknown Speaker"): None,
        ("s3", "Dr Olu Bello (he/him)"): "Participant 6",
        ("s3", "sarah jones"): "Participant 1",
        ("s3", "Zoom Bot"): None,
        ("s3", "'Quote"): "Participant 7",
        ("s3", "A; B"): "Participant 8",
    }
    assert set(people.participants["role"]) == {"not given"}
    assert set(people.participants["consent"]) == {"none"}
    assert not people.participants["listed"].any()
    assert (people.listed, people.never_spoke, people.unlisted) == (0, 0, 8)
    assert people.labels_of_nobody == 2
    key = tmp_path / "private" / "pseudonyms.csv"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_list_to_complete_can_be_put_into_the_study_as_it_is(tmp_path: Path) -> None:
    turns = turns_file(tmp_path)
    private = tmp_path / "private"
    first = collect_people([turns], None, private)
    own = private / "participants.csv"
    write_list_to_complete(first.to_complete, own)
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert tuple(first.to_complete.columns) == LIST_COLUMNS
    names = list(first.to_complete["name"])
    assert names[:3] == ["Sarah Jones", "Sara Jones", "SJ"]
    likely = dict(zip(names, first.to_complete["perhaps_the_same_as"], strict=True))
    assert likely["Sarah Jones"] == "Sara Jones; SJ"
    raw = own.read_text(encoding="utf-8-sig")
    for row in csv.reader(raw.splitlines()):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)
    assert {p.name for p in read_participants(own).people} == set(names)
    second = collect_people([turns], own, private)
    assert who(second) == who(first)
    assert (second.listed, second.never_spoke, second.unlisted) == (8, 0, 0)
    pd.testing.assert_frame_equal(
        second.to_complete.sort_values("name", ignore_index=True),
        first.to_complete.sort_values("name", ignore_index=True),
    )


def test_a_list_decides_and_is_kept(tmp_path: Path) -> None:
    turns = turns_file(tmp_path)
    private = tmp_path / "private"
    collect_people([turns], None, private)
    listed = listing(
        tmp_path,
        "name,also_known_as,role,consent,workshop,source,age\n"
        "Sarah Jones,SJ; Sara Jones,Public contributor,verbatim,,,44\n"
        "Olu Bello,,researcher,,,,\n"
        "Will Reid,Speaker 1,,,,s2,\n"
        "Never Here,,Researcher,,,,\n",
    )
    people = collect_people([turns], listed, private)
    found = who(people)
    assert found["s1", "SJ"] == found["s3", "sarah jones"] == "Public contributor 1"
    assert found["s2", "=Olu Bello"] == found["s3", "Dr Olu Bello (he/him)"] == "Researcher 1"
    assert found["s1", "Speaker 1"] == "Participant 2"
    # The key knew this person by another name.
    assert found["s2", "Speaker 1"] == "Participant 5"
    assert (people.listed, people.never_spoke, people.unlisted) == (4, 1, 3)
    assert people.attributes.to_dict("records") == [
        {"participant_id": "Public contributor 1", "attribute": "age", "value": "44"}
    ]
    row = people.to_complete.set_index("name").loc["Sarah Jones"]
    assert (row["role"], row["consent"], row["age"]) == ("Public contributor", "verbatim", "44")
    assert (row["turns"], row["words"], row["workshops"]) == ("4", "12", "2")
    raw = pd.read_parquet(turns)
    new, _ = pseudonymise(raw, people.speakers, make_replacer(people.names, people.speakers))
    text = "\n".join(new["text"])
    assert "Hello Participant 5, this is a start." in text
    assert "Hi Public contributor 1." in text
    assert "Somebody else; Researcher 1 knows." in text
    for name in ("Sarah", "Jones", "Olu", "Bello"):
        assert name not in text


def test_pseudonyms_stay_when_people_and_files_come_and_go(tmp_path: Path) -> None:
    private = tmp_path / "private"
    before = who(collect_people([turns_file(tmp_path)], None, private))
    more = [("s0", "a new first one", "Ana Reid", "Hello"), *TURNS[5:]]
    after = who(collect_people([turns_file(tmp_path, more)], None, private))
    assert after["s0", "Ana Reid"] == "Participant 9"
    assert all(before[key] == person for key, person in after.items() if key in before)
    whole = who(collect_people([turns_file(tmp_path)], None, private))
    assert whole == before


def test_a_wrong_list_leaves_the_key_as_it_was(tmp_path: Path) -> None:
    turns = turns_file(tmp_path)
    private = tmp_path / "private"
    listed = listing(tmp_path, "name,role\nSarah Jones,Sarah's carer\nOlu Bello,Olu's friend\n")
    with pytest.raises(InputProblems, match=r"row 2.*holds the name") as caught:
        collect_people([turns], listed, private)
    assert len(caught.value.problems) == 2
    assert not private.exists()


def test_a_damaged_key_stops_everything(tmp_path: Path) -> None:
    turns = turns_file(tmp_path)
    private = tmp_path / "private"
    collect_people([turns], None, private)
    key = private / "pseudonyms.csv"
    damaged = key.read_text(encoding="utf-8").splitlines()[:4]
    key.write_text("\n".join(damaged), encoding="utf-8")
    with pytest.raises(InputProblems, match="last line is missing"):
        collect_people([turns], None, private)
    assert key.read_text(encoding="utf-8").splitlines() == damaged


def test_a_study_of_notes_has_nobody(tmp_path: Path) -> None:
    rows: list[tuple[str, str, str | None, str]] = [("s1", "w", None, "A note")]
    people = collect_people([turns_file(tmp_path, rows)], None, tmp_path / "private")
    assert len(people.speakers) == len(people.names) == len(people.participants) == 0
    raw = pd.read_parquet(tmp_path / "turns.parquet")
    turns, replacements = pseudonymise(
        raw, people.speakers, make_replacer(people.names, people.speakers)
    )
    assert turns["text"].tolist() == ["A note"]
    assert len(replacements) == 0


def test_likely_spellings_of_one_person() -> None:
    names = ["Sarah Jones", "Olu Bello", "Sara Jones", "SJ", "Sarah J", "Jones, Sarah", "Speaker 1"]
    names += ["OB", "Bello", "Speaker 2"]
    everywhere = [frozenset({"w"})] * len(names)
    sources = [frozenset({"s"})] * 7 + [frozenset({"t"})] * 3
    same = likely_same(names, everywhere, sources)
    assert same[0] == [2, 3, 4, 5]
    assert same[1] == [8]
    assert same[6] == same[7] == same[9] == []
    assert groups(same) == [[0, 2, 3, 4, 5], [1, 8], [6], [7], [9]]
