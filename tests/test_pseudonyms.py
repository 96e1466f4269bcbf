"""The key: the same pseudonym from run to run."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonthread.problems import InputProblems
from commonthread.pseudonyms import Identity, KeyRow, assign, read_key, write_key

PEOPLE = [
    Identity("Orla Byrne", "public contributor"),
    Identity("Olu Bello", "Researcher"),
    Identity("Tam Reid", "public Contributor"),
    Identity("=Ana", "not given"),
    Identity("Speaker 1", "not given", source="s1"),
    Identity("Speaker 1", "not given", source="s2"),
]
FIRST = (
    "Public contributor 1",
    "Researcher 1",
    "Public contributor 2",
    "Participant 1",
    "Participant 2",
    "Participant 3",
)


def test_numbers_go_by_order_and_role() -> None:
    assigned = assign([], PEOPLE)
    assert assigned.pseudonyms == FIRST
    assert assigned.roles[0] == assigned.roles[2] == "Public contributor"
    assert assigned.roles[3] == "not given"


def test_a_new_role_gets_a_new_number_and_the_key_keeps_both() -> None:
    key = assign([], PEOPLE).key
    ana = Identity("=Ana", "Researcher")
    later = assign(key, [ana])
    assert later.pseudonyms == ("Researcher 2",)
    assert [row.pseudonym for row in later.key if row.name == "=Ana"] == [
        "Participant 1",
        "Researcher 2",
    ]
    assert assign(later.key, [Identity("=Ana", "not given")]).pseudonyms == ("Participant 1",)


def test_an_earlier_name_keeps_its_pseudonym() -> None:
    key = assign([], [Identity("Orla", "not given"), Identity("Olu", "not given")]).key
    renamed = [Identity("Orla Byrne", "not given", other_names=("Orla",))]
    later = assign(key, renamed)
    assert later.pseudonyms == ("Participant 1",)
    both = assign(later.key, [*renamed, Identity("Orla", "not given")])
    assert len(set(both.pseudonyms)) == 2
    again = assign(both.key, [Identity("Orla", "not given"), *renamed])
    assert again.pseudonyms == both.pseudonyms[::-1]


def test_names_that_differ_in_an_accent_are_two_people() -> None:
    two = [Identity("José", "not given"), Identity("Jose", "not given")]
    first = assign([], two)
    assert first.pseudonyms == ("Participant 1", "Participant 2")
    assert assign(first.key, two[::-1]).pseudonyms == ("Participant 2", "Participant 1")


names = st.sampled_from(["Orla", "Olu", "Tam", "Ana", "José", "Li", "王小明", "=1+1", "a;b", "'x"])
roles = st.sampled_from(["not given", "Researcher", "researcher", "Public contributor", "Lead 2"])
crowd = st.lists(
    st.builds(Identity, name=names, role=roles), unique_by=lambda person: person.name, max_size=8
)


@given(st.lists(crowd, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_pseudonyms_never_change_and_never_pass_to_somebody_else(
    runs: list[list[Identity]],
) -> None:
    key: tuple[KeyRow, ...] = ()
    owner: dict[str, str] = {}
    had: dict[tuple[str, str], str] = {}
    for people in runs:
        assigned = assign(key, people)
        assert assigned.key[: len(key)] == key
        key = assigned.key
        assert len(set(assigned.pseudonyms)) == len(people)
        for person, pseudonym in zip(people, assigned.pseudonyms, strict=True):
            assert owner.setdefault(pseudonym, person.name) == person.name
            role = person.role.casefold()
            assert had.setdefault((person.name, role), pseudonym) == pseudonym


@given(crowd)
@settings(max_examples=30, deadline=None)
def test_the_key_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, people) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("key") / "private" / "pseudonyms.csv"
    key = assign([], people).key
    write_key(path, key)
    assert tuple(read_key(path)) == key


def test_only_the_owner_can_read_the_key(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    folder.mkdir(mode=0o755)
    path = folder / "pseudonyms.csv"
    write_key(path, assign([], PEOPLE).key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [file.name for file in folder.iterdir()] == ["pseudonyms.csv"]


def test_a_key_without_a_file_is_empty(tmp_path: Path) -> None:
    assert read_key(tmp_path / "pseudonyms.csv") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Researcher 1,", "Researcher 7,"),
        (",Researcher,1,", ",Researcher,x,"),
        ("end of key: 6 rows", ""),
        ("end of key: 6 rows", "end of key: 7 rows"),
        ("pseudonym,role", "pseudo,role"),
        ("Olu Bello", '"Olu Bello'),
    ],
)
def test_a_damaged_key_is_told(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "pseudonyms.csv"
    write_key(path, assign([], PEOPLE).key)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputProblems, match=r"pseudonyms\.csv"):
        read_key(path)


def test_an_empty_key_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "pseudonyms.csv"
    path.write_bytes(b"")
    with pytest.raises(InputProblems):
        read_key(path)


def test_a_name_can_be_erased_and_its_number_stays_taken(tmp_path: Path) -> None:
    path = tmp_path / "pseudonyms.csv"
    write_key(path, assign([], PEOPLE).key)
    text = path.read_text(encoding="utf-8").replace("Olu Bello", "")
    path.write_text(text, encoding="utf-8")
    later = assign(read_key(path), [Identity("Olu Bello", "Researcher")])
    assert later.pseudonyms == ("Researcher 2",)
