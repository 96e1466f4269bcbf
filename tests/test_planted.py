"""Identifiers planted in invented talk are replaced or listed for a person to decide about."""

from __future__ import annotations

import pytest

from planted_talk import LISTED, SETS, STRUCTURED, Outcome, outcome


@pytest.fixture(scope="module", params=SETS)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return outcome(request.param, tmp_path_factory.mktemp("planted"))


def share(found: Outcome, group: str, column: str) -> float:
    planted = found.planted
    return float(planted.loc[planted["group"] == group, column].mean())


def test_there_is_much_to_find(found: Outcome) -> None:
    assert len(found.planted) >= 150
    assert found.planted.groupby(["group", "kind"]).ngroups >= 15
    assert set(found.planted["kind"]) >= {*LISTED.values(), *STRUCTURED.values()}


def test_structured_identifiers_of_valid_form_are_replaced(found: Outcome) -> None:
    assert share(found, "structured", "replaced") >= 0.99


def test_listed_names_and_words_are_replaced_in_every_form(found: Outcome) -> None:
    assert share(found, "listed", "replaced") == 1


def test_what_nobody_listed_is_replaced_or_on_the_worklist(found: Outcome) -> None:
    assert share(found, "unlisted", "found") >= 0.95
    assert found.worklist_words <= 0.15 * found.words


def test_hardly_an_ordinary_word_is_replaced(found: Outcome) -> None:
    assert len(found.wrong) <= 1
