"""Tests of what may be shown of a segment."""

from __future__ import annotations

import pandas as pd
import pytest

from commonthread.attribution import (
    WithoutPseudonyms,
    consents,
    may_name_role,
    may_quote,
    with_article,
)


@pytest.mark.parametrize(
    ("kind", "consent", "may"),
    [
        ("talk", "verbatim", True),
        ("talk", "verbatim with role", True),
        ("talk", "paraphrase", False),
        ("talk", "none", False),
        ("talk", "", False),
        ("talk", None, False),
        ("talk", "Verbatim", False),
        ("notes", None, True),
    ],
)
def test_words_are_shown_only_if_their_speaker_agreed(
    kind: str, consent: str | None, may: bool
) -> None:
    assert may_quote(kind, consent) is may


@pytest.mark.parametrize(
    ("consent", "quoted", "may"),
    [
        ("verbatim with role", True, True),
        ("verbatim", True, False),
        ("verbatim", False, True),
        ("none", False, True),
        (None, True, False),
    ],
)
def test_a_role_stands_beside_words_only_if_that_was_agreed(
    consent: str | None, quoted: bool, may: bool
) -> None:
    assert may_name_role(consent, quoted) is may


def test_pseudonyms_are_taken_out_whole() -> None:
    plain = WithoutPseudonyms(
        {"Researcher 1": "Researcher", "Researcher 12": "PPI lead", "P 1": ""}
    )
    said = "Researcher 12, as Researcher 1's lot say; P 1 too. Researcher 123 and xP 1 are not."
    assert plain(said) == (
        "[a PPI lead], as [a researcher]'s lot say; [a person] too. Researcher 123 and xP 1 are not."
    )
    assert WithoutPseudonyms({})("Researcher 1") == "Researcher 1"


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Public contributor", "a public contributor"),
        ("Advocate", "an advocate"),
        ("PPI lead", "a PPI lead"),
        ("", ""),
    ],
)
def test_roles_in_a_sentence(role: str, said: str) -> None:
    assert with_article(role) == said


def test_consent_that_nobody_gave_is_empty() -> None:
    frame = pd.DataFrame({"participant_id": ["a", "b"], "consent": ["verbatim", None]})
    assert consents(frame) == {"a": "verbatim", "b": ""}
