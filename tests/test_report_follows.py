"""Who follows whom, in words that claim no more than counts can."""

from __future__ import annotations

from dataclasses import replace

import pytest

import report_fixture
from commonthread.report.edition import public
from commonthread.report.facts import Facts
from commonthread.report.follows import follows


@pytest.fixture(scope="module")
def study():
    return report_fixture.inputs(turns=80)


def test_sentences_give_the_count_its_denominator_and_what_turns_alone_would_give(study) -> None:
    made = follows(Facts(study))
    rows = study.follows
    rows = rows[(rows["group"] == "all") & (rows["role"] == "Facilitator")]
    rows = rows if len(rows) else study.follows[(study.follows["group"] == "all")]
    role = rows["role"].iloc[0]
    top = rows[rows["role"] == role].sort_values("pairs", ascending=False).iloc[0]
    said = f"spoke next in {top['pairs']} of {top['of_pairs']} cases"
    assert any(said in sentence for sentence in made.sentences)
    assert all("Turn shares alone would give" in sentence for sentence in made.sentences)
    assert len(made.table.rows) == len(study.follows[study.follows["group"] == "all"])


def test_roles_of_few_people_are_not_in_the_public_edition(study) -> None:
    assert follows(Facts(study, public(10))) is None
    assert follows(Facts(study, public(1))) is not None


def test_a_study_without_talk_has_nobody_who_follows(study) -> None:
    assert follows(Facts(report_fixture.nothing_read(study))) is None


def test_a_role_that_nobody_gave_is_put_in_words(study) -> None:
    people = study.participants.assign(role=None)
    found = study.follows.assign(role="not given", next_role="researcher")
    facts = Facts(replace(study, participants=people, follows=found.head(1)))
    facts.roles = ["not given", "researcher"]
    facts.all_roles = facts.roles
    made = follows(facts)
    assert made.table.rows[0][0].text == "Not given, then researcher"
