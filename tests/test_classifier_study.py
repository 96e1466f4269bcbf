"""The classifier on a study: what it applies, what it only offers, and what it says it cannot do."""

from __future__ import annotations

import dataclasses
import json
import math
import subprocess
import sys

import pandas as pd
import pytest

from classifier_fixture import coded, made_up
from commonthread.classifier import study
from commonthread.classifier.certificate import Certificate
from commonthread.classifier.learnable import FEWEST
from commonthread.classifier.study import classify
from commonthread.classifier.verdicts import READ_WHOLE, Rules, verdict

RULES = Rules(target=0.8, certain=0.7)


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    return made_up(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def done(material):
    return classify(material, RULES)


def row(done, code):
    return done.classifier_codes.set_index("code_id").loc[code]


def people(material, codings):
    """Give the material with other codings by people."""
    machine = material.codings[material.codings["coder_kind"] == "dictionary"]
    return dataclasses.replace(material, codings=pd.concat([machine, coded(codings)]))


def test_codes_that_people_gave_often_are_applied_where_it_is_sure(material, done):
    assert row(done, "payment")["standing"] == "applied"
    own = done.codings[done.codings["code_id"] == "payment"]
    assert set(own["coder_kind"]) == {"classifier"} and own["confidence"].min() >= 0.8
    judged = set(material.codings.loc[material.codings["coder_kind"] == "person", "segment_id"])
    assert (~own["segment_id"].isin(judged)).sum() == row(done, "payment")["applied"] > READ_WHOLE
    texts = dict(zip(material.segments["segment_id"], material.texts, strict=True))
    right = own["segment_id"].map(
        lambda name: any(word in texts[name] for word in ("paid", "invoice", "claim", "fee", "bank",
                                                          "wages", "salary", "form", "cheque",
                                                          "expenses"))
    )  # fmt: skip
    assert right.mean() > 0.9


def test_evidence_is_words_of_the_segment_where_they_stand(material, done):
    start = dict(zip(material.segments["segment_id"], material.segments["start"], strict=True))
    texts = dict(zip(material.segments["segment_id"], material.texts, strict=True))
    for coding in done.codings.head(50).to_dict("records"):
        evidence = json.loads(coding["evidence"])
        assert 1 <= len(evidence) <= 5
        for each in evidence:
            shift = start[coding["segment_id"]]
            words = texts[coding["segment_id"]][each["start"] - shift : each["end"] - shift]
            assert words == each["term"] and words


def test_terms_of_the_dictionary_are_counted_once_each_and_the_first_has_a_place(material):
    begins = int(material.segments.set_index("segment_id")["start"]["segment 0000"])
    evidence = json.dumps(
        [
            {"term": term, "start": begins + at, "end": begins + at + 1}
            for term, at in (("pay", 60), ("pay", 20), ("fee", 40))
        ]
    )
    codings = coded(
        [
            ("segment 0000", "payment", "dictionary", evidence),
            ("segment 0001", "talk", "dictionary", ""),
            ("segment 0002", "gone", "dictionary", evidence),
            ("gone", "talk", "dictionary", evidence),
        ]
    )
    hits = dataclasses.replace(material, codings=codings).hits()
    payment, talk = (list(material.above).index(code) for code in ("payment", "talk"))
    assert hits.terms[0, payment] == 2 and hits.terms[1, talk] == 1
    assert hits.terms.sum() == 3
    # Nearness counts from where the segment begins; where no place is told, there is none.
    assert hits.near[0, payment] == pytest.approx(math.exp(-1)) and hits.near[1, talk] == 0


def test_a_theme_is_not_given_beside_a_code_under_it(done):
    both = done.codings.groupby("segment_id")["code_id"].agg(set)
    assert not any({"money", "payment"} <= codes for codes in both)
    assert row(done, "money")["given"] == row(done, "payment")["given"]


def test_what_is_not_applied_is_offered_and_only_where_nobody_judged(material, done):
    judged = set(material.codings.loc[material.codings["coder_kind"] == "person", "segment_id"])
    assert len(done.to_look_at) and not judged & set(done.to_look_at["segment_id"])
    applied = set(zip(done.codings["segment_id"], done.codings["code_id"], strict=True))
    offered = set(zip(done.to_look_at["segment_id"], done.to_look_at["code_id"], strict=True))
    assert not applied & offered
    assert done.to_look_at["confidence"].is_monotonic_decreasing
    found = set(material.codings.loc[material.codings["coder_kind"] == "dictionary", "segment_id"])
    talk = done.to_look_at[done.to_look_at["code_id"] == "talk"]
    assert (talk["dictionary"] == talk["segment_id"].isin(found)).all()


def test_people_are_shown_the_surest_places_and_no_more_than_they_can_read(material, monkeypatch):
    many = classify(material, dataclasses.replace(RULES, apply=False)).to_look_at
    monkeypatch.setattr(study, "MOST_OFFERED", 10)
    few = classify(material, dataclasses.replace(RULES, apply=False)).to_look_at
    payment = many[many["code_id"] == "payment"]["confidence"].head(10).tolist()
    assert few[few["code_id"] == "payment"]["confidence"].tolist() == payment
    assert few["code_id"].value_counts().max() == 10 < many["code_id"].value_counts().max()


def test_the_card_says_how_well_it_does_by_role(done):
    roles = done.classifier_roles.set_index("role")
    assert set(roles.index) == {"Researcher", "Public contributor"}
    assert (roles["kappa"] > 0.6).all() and (
        roles["both"] <= roles[["given", "guessed"]].min(axis=1)
    ).all()
    assert roles["people"].tolist() == [8, 8]


def test_segments_that_are_kept_apart_teach_nothing_but_are_coded(material, done):
    apart = material.segments["segment_id"].head(60).tolist()
    kept = dataclasses.replace(material, kept_apart=frozenset(apart))
    turned = kept.codings.copy()
    mine = turned["segment_id"].isin(apart) & (turned["coder_kind"] == "person")
    turned.loc[mine, "code_id"] = "no_code"
    one, other = classify(kept, RULES), classify(dataclasses.replace(kept, codings=turned), RULES)
    pd.testing.assert_frame_equal(one.codings, other.codings)
    pd.testing.assert_frame_equal(one.classifier_codes, other.classifier_codes)
    assert one.classifier_codes["judged"].unique().tolist() == [180]
    assert set(apart) & set(one.codings["segment_id"])


def test_what_machines_coded_teaches_nothing(material, done):
    more = pd.concat([material.codings, done.codings])
    again = classify(dataclasses.replace(material, codings=more), RULES)
    pd.testing.assert_frame_equal(again.codings, done.codings)


def test_noisy_codings_of_people_are_no_ground_for_applying_anything(tmp_path):
    done = classify(made_up(tmp_path, noise=0.4), RULES)
    assert done.codings.empty
    assert "applied" not in set(done.classifier_codes["standing"])


def test_where_nobody_knows_how_segments_were_chosen_nothing_is_applied(material):
    own = material.codings[material.codings["coder_kind"] == "person"]
    done = classify(dataclasses.replace(material, without_pack=frozenset(own["segment_id"])), RULES)
    assert done.codings.empty and len(done.to_look_at)
    assert "came without a pack" in row(done, "payment")["reason"]


def test_a_small_study_gives_all_to_people_to_read(tmp_path):
    done = classify(made_up(tmp_path, segments=260), RULES)
    assert done.codings.empty
    payment = row(done, "payment")
    assert payment["standing"] == "offered" and "few enough to be read" in payment["reason"]


@pytest.mark.parametrize(
    ("certificate", "kappa", "to_apply", "standing", "words"),
    [
        (Certificate(50, 48, 0.96, 0.88), 0.6, 31, "applied", "48 times"),
        (Certificate(50, 48, 0.96, 0.88), 0.6, 30, "offered", "30 segments"),
        (Certificate(20, 17, 0.85, 0.66), 0.6, 90, "offered", "at least 66% are right; 70%"),
        (Certificate(0, 0, float("nan"), float("nan")), 0.4, 90, "offered", "nowhere 80% sure"),
        (Certificate(50, 48, 0.96, 0.88), 0.05, 90, "not learned", "hardly better than chance"),
        (Certificate(0, 0, float("nan"), float("nan")), None, 0, "not learned", "chance"),
    ],
)
def test_a_code_is_applied_only_with_its_certificate(certificate, kappa, to_apply, standing, words):
    found = verdict(certificate, kappa, RULES, to_apply)
    assert found.standing == standing and words in found.reason


def test_without_codings_it_learns_nothing_and_says_so(material):
    done = classify(people(material, []), RULES)
    assert done.model is None and done.codings.empty and done.to_look_at.empty
    assert done.classifier_codes["reason"].str.contains("no segment so far").all()


def test_one_coded_segment_is_too_little(material):
    done = classify(people(material, [("segment 0000", "payment", "person", "")]), RULES)
    assert done.model is None
    assert "1 segment so far" in row(done, "payment")["reason"]


def test_one_code_only_is_learned_alone(material):
    own = material.codings
    only = own[(own["coder_kind"] != "person") | own["code_id"].isin(["payment", "no_code"])]
    done = classify(dataclasses.replace(material, codings=only), RULES)
    learned = done.classifier_codes[done.classifier_codes["standing"] != "not learned"]
    assert set(learned["code_id"]) <= {"payment", "money"} and len(learned)


def test_nothing_is_learned_where_all_segments_are_coded_the_same(material):
    same = [(f"segment {n:04d}", "payment", "person", "") for n in range(200)]
    done = classify(people(material, same), RULES)
    assert done.model is None
    assert "all of the segments" in row(done, "payment")["reason"]


def test_one_file_is_not_enough(material):
    names = material.segments["segment_id"][material.segments["source_id"] == "file 0"]
    own = material.codings[
        material.codings["segment_id"].isin(names) | (material.codings["coder_kind"] != "person")
    ]
    done = classify(dataclasses.replace(material, codings=own), RULES)
    assert done.model is None
    assert "stands in one file" in row(done, "payment")["reason"]


def test_a_coder_who_contradicts_themself_counts_once_and_as_given(material):
    twice = [("segment 0000", "no_code", "person", ""), ("segment 0000", "payment", "person", "")]
    lessons = people(material, twice).lessons()
    assert lessons.has[:, lessons.codes.index("payment")].tolist() == [True]
    assert lessons.has[:, lessons.codes.index("money")].tolist() == [True]


def test_what_was_settled_together_is_what_is_learned(material):
    codings = coded(
        [
            ("segment 0000", "payment", "person", ""),
            ("segment 0000", "talk", "adjudication", ""),
            ("segment 0001", "no_code", "person", ""),
        ]
    )
    lessons = dataclasses.replace(material, codings=codings).lessons()
    has = {code: lessons.has[:, n].tolist() for n, code in enumerate(lessons.codes)}
    assert has == {
        "money": [False, False],
        "payment": [False, False],
        "talk": [True, False],
        "challenge": [False, False],
    }


def test_with_too_little_to_learn_from_nothing_heavy_is_loaded(tmp_path):
    code = (
        "import sys; sys.path.insert(0, 'tests');"
        "from pathlib import Path; from classifier_fixture import made_up;"
        "from commonthread.classifier.study import classify;"
        "from commonthread.classifier.verdicts import Rules;"
        f"material = made_up(Path({str(tmp_path)!r}), judged={FEWEST - 1});"
        "classify(material, Rules(0.8, 0.7));"
        "assert not {'sklearn', 'skops', 'scipy'} & set(sys.modules), 'loaded'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
