"""The list of coders: what it may say, and what is told when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonthread.coders import Coder, coder_id, read_coders
from commonthread.problems import InputProblems

WORKSHOPS = ["1-spring", "2-autumn"]


def read(folder: Path, text: str) -> tuple[Coder, ...]:
    path = folder / "coders.csv"
    path.write_text(text, encoding="utf-8")
    return read_coders(path, WORKSHOPS)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputProblems) as error:
        read(folder, text)
    return [str(problem) for problem in error.value.problems]


def test_a_list_of_names_and_roles_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, "Role,Coder\nResearcher,Coder A\n\nPublic contributor, Coder B \n") == (
        Coder("Coder A", "Researcher"),
        Coder("Coder B", "Public contributor"),
    )


def test_each_coder_may_have_workshops_a_number_and_a_start_of_their_own(tmp_path: Path) -> None:
    (coder,) = read(
        tmp_path,
        "coder;role;workshops;segments;start\nCoder A;Researcher;1-spring\n".replace(
            "1-spring", '"1-spring; 2-autumn";40;Dictionary'
        ),
    )
    assert coder == Coder("Coder A", "Researcher", ("1-spring", "2-autumn"), 40, "dictionary")


def test_ids_are_the_same_for_spellings_of_one_name() -> None:
    assert coder_id("Coder  Á") == coder_id("coder a") == "coder-a"


def test_everything_wrong_is_told_at_once_by_row(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "coder,role,workshops,segments,start\n"
        "Coder A,Researcher,1-sprng,,\n"
        "Coder B,,,many,\n"
        "Coder C,Researcher,,0,blnd\n"
        "Dictionary,Researcher,,,\n"
        ",Researcher,,,\n"
        "Coder D,Researcher,,,\n"
        "coder d,Practitioner,,,\n",
    )
    assert [text.split(":")[0].removeprefix("coders.csv, ") for text in found] == [
        "row 2",
        *("row 3", "row 3"),
        *("row 4", "row 4"),
        "row 5",
        "row 6",
        "row 8",
    ]
    assert 'Did you mean "1-spring"?' in found[0]
    assert "row 7 already" in found[-1] and "two people two names" in found[-1]


def test_a_misspelt_or_missing_column_is_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "codr,role\nCoder A,Researcher\n")
    assert 'Did you mean "coder"?' in found[0]
    assert 'The column "coder" is missing.' in found[1]
