"""Every hostile file, taken in by the way that a run takes it: outcome, time, memory, messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile.bounded import Measured, cases_of, measure
from hostile.case import WORKSHOP, Case
from hostile.judging import faults

MODULES = (
    "workshop_texts",
    "workshop_documents",
    "workbooks_and_pdfs",
    "names_and_links",
    "from_people",
    "marks_of_words",
    "lists_and_settings",
)


@pytest.mark.parametrize("module", MODULES)
def test_every_file_comes_to_what_it_should(module: str, tmp_path: Path) -> None:
    wrong = {
        f"{number}: {case.name}": found
        for number, (case, came) in enumerate(measure(f"hostile.{module}", tmp_path))
        if (found := faults(case, came))
    }
    assert not wrong


def test_there_are_many_on_every_way_in() -> None:
    cases = [case for module in MODULES for case in cases_of(f"hostile.{module}")]
    first = {case.place.split("/")[0] for case in cases}
    assert first >= {"workshops", "codings", "codebook_proposals", "tables", "names"}
    assert first >= {"audit"}
    assert first >= {"codebook.yaml", "config.yaml", "participants.csv", "coders.csv"}
    assert len(cases) >= 150


def _gone(path: Path) -> None:
    path.write_text("Jane: hello\n", encoding="utf-8")


def test_what_should_not_be_is_noticed() -> None:
    case = Case(f"{WORKSHOP}/a.txt", _gone, False, ("empty",))
    good = Measured(refused=1, messages=("workshops/w/a.txt: It is empty. Take it away.",))
    assert not faults(case, good)
    for bad in (
        Measured(read=1),
        Measured(refused=1, messages=("workshops/w/b.txt: It is empty.",)),
        Measured(refused=1, messages=("workshops/w/a.txt: It is odd.",)),
        Measured(refused=1, messages=(*good.messages, "quokka")),
        Measured(refused=1, messages=good.messages, seconds=10.5),
        Measured(refused=1, messages=good.messages, megabytes=1001),
        Measured(refused=1, messages=good.messages, changed=("a.txt",)),
        Measured(refused=1, messages=good.messages, elsewhere=("H6_PWNED",)),
        Measured(refused=1, messages=good.messages, failure="Traceback"),
    ):
        assert faults(case, bad)
