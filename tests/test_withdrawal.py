"""Somebody withdraws: their words leave what a run makes, and what still holds them is named."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from commonthread.participants import read_participants
from commonthread.problems import InputProblems
from commonthread.still_held import made_before, note_withdrawals, read_withdrawals
from commonthread.tables import as_table
from commonthread.withdrawal import Withdrawn, is_withdrawn
from deep_search import files_with, plain
from running import ROOT, run

WHO = "Winston"

# People with names that look real, in a workshop of their own: as listed, and as others say them.
NAMED = {
    "Siobhán O'Dwyer-Fitzgerald": (
        "Siobhan O\u2019Dwyer Fitzgerald",
        "SIOBHÁN",
        "O'Dwyer-Fitzgerald's",
        "Sio\u200bbhán",
    ),
    "Priya Venkataraman": ("Dr Venkataraman", "priya", "Venkataraman, Priya", "PriyaVenkataraman"),
    "José Ángel Núñez": ("Jose Nunez", "Núñez", "Jose\u0301"),
    "Agnieszka Wiśniewska": ("Wisniewska\u2019s", "WIŚNIEWSKA"),
    "Oluwaseun Adébáyọ̀": ("Adebayo", "oluwaseun's"),
}
SECRETS = (
    "Dwyer",
    "Siobhan",
    "Venkataraman",
    "Priya",
    "Nunez",
    "Wisniewska",
    "Adebayo",
    "Oluwaseun",
)


def add_named(study: Path) -> None:
    """Add a workshop in which people with such names speak, and are spoken of, in every form."""
    folder = study / "workshops/6-named"
    folder.mkdir()
    lines = []
    for number, (name, forms) in enumerate(NAMED.items()):
        said = "; ".join(f"{form} said that nobody paid for the bus" for form in forms)
        lines.append(f"{list(NAMED)[number - 1]}: As I heard it, {said}.")
        lines.append(f"{name}: I decide who is paid, and it is a problem.")
    (folder / "talk.txt").write_text("\n\n".join(lines), "utf-8")
    with (study / "participants.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([name, "", "Researcher", "verbatim", ""] for name in NAMED)


@dataclass(frozen=True)
class Story:
    """A study before and after somebody withdrew, and what the runs said.

    ``words`` are what that person alone said, and ``pseudonym`` is theirs.
    """

    study: Path
    results: Path
    pseudonym: str
    words: list[str]
    before: pd.DataFrame
    said: str


def segments_of(results: Path) -> pd.DataFrame:
    return pd.read_csv(results / "data/segments.csv", encoding="utf-8-sig", dtype="str")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    place = tmp_path_factory.mktemp("withdrawal")
    study, results = place / "study", place / "results"
    kept_out = shutil.ignore_patterns("tables", "codebook_history", "codebook_proposals")
    shutil.copytree(ROOT / "data/example", study, ignore=kept_out)
    add_named(study)
    ended = run(study, results, target="all coding_packs codebook")
    assert ended.returncode == 0, ended.stderr
    # People take a draft over as theirs: it rests on words of everybody.
    draft = results / "summary-tables/drafts/relationships.yaml"
    written = draft.read_text("utf-8").replace("    challenges:\n", '    challenges: "Ours."\n', 1)
    (study / "tables/relationships.yaml").write_text(written, "utf-8")
    before = segments_of(results)
    key = pd.read_csv(place / "results-private/pseudonyms.csv", encoding="utf-8-sig", dtype="str")
    pseudonym = key.loc[key["name"] == WHO, "pseudonym"].item()
    own = before["participant_id"] == pseudonym
    others = plain(" ".join(before.loc[~own, "text"]))
    words = [
        text
        for text in before.loc[own, "text"]
        if len(text.split()) > 5 and plain(text) not in others
    ]
    people = pd.read_csv(study / "participants.csv", dtype="str", keep_default_na=False)
    people["withdrawn"] = ["yes" if name == WHO else "" for name in people["name"]]
    people.to_csv(study / "participants.csv", index=False)
    ended = run(study, results)
    return Story(study, results, pseudonym, words, before, ended.stderr)


def no_word_of_theirs_is_in_what_the_run_made(story: Story) -> None:
    assert len(story.words) > 20
    found = files_with(story.results, story.words)
    # What was made on request before is named, not deleted.
    on_request = ("coding-packs/", "codebook/codebook", "codebook/where-to-look/")
    left = {name for name in found if not name.startswith(on_request)}
    assert left == set()
    assert any(name.startswith("coding-packs/") for name in found)


def no_name_is_in_anything_that_a_run_leaves(story: Story) -> None:
    """Neither in results and what is packed in them, nor in logs, nor on the terminal."""
    listed = pd.read_csv(story.study / "participants.csv", dtype="str")["name"].tolist()
    names = [*(name for name in listed if name not in NAMED), *SECRETS]
    assert files_with(story.results, names) == {}
    logs = story.results.with_name("results-private") / "logs"
    assert list(logs.iterdir()) and files_with(logs, names) == {}
    assert not any(plain(name) in plain(story.said) for name in names)
    # The search finds a name where there is one.
    assert set(SECRETS) <= set(files_with(story.study, list(SECRETS))["workshops/6-named/talk.txt"])


def nobody_else_lost_a_word_or_a_code(story: Story) -> None:
    after = segments_of(story.results)
    wanted = story.before[story.before["participant_id"] != story.pseudonym]
    assert after["text"].tolist() == wanted["text"].tolist()
    codes = [frame.set_index("segment_id")["codes"].fillna("") for frame in (after, wanted)]
    same = codes[0].index.intersection(codes[1].index)
    assert len(same) >= 0.99 * len(wanted)
    assert (codes[0][same] == codes[1][same]).all()
    speakers = pd.read_csv(story.results / "data/participants.csv", encoding="utf-8-sig")
    assert story.pseudonym not in set(speakers["participant_id"])


def what_they_said_is_no_part_of_the_audit(story: Story) -> None:
    sample = pd.read_parquet(story.results / "steps/audit_sample.parquet")
    own = story.before.loc[story.before["participant_id"] == story.pseudonym, "segment_id"]
    drawn = sample[sample["drawn_segment_id"].isin(own)]
    assert len(drawn) > 2 and drawn["segment_id"].isna().all()
    assert set(drawn["reason"]) == {"Whoever said it withdrew."}
    assert (sample.loc[~sample["drawn_segment_id"].isin(own), "status"] == "found").all()


def the_run_says_what_it_left_out_and_what_still_holds_it(story: Story) -> None:
    assert "People who withdrew: 1. Their words are left out." in story.said
    assert "Decisions on words of people who withdrew, left out:" in story.said
    held = [
        line
        for line in story.said.split("\n")
        if "somebody withdrew" in line or "of somebody who withdrew stand" in line
    ]
    assert any("codebook, coding-packs: Made on request before" in line for line in held)
    assert any("codings/coder-a.json" in line for line in held)
    # Cells of people's tables that rest on them are listed, without their words.
    assert "rests on words of somebody who withdrew" in story.said
    assert "A quote is of somebody who withdrew" in story.said
    assert not any(plain(each) in plain(story.said) for each in story.words)
    assert WHO not in story.said


@pytest.mark.pipeline
def test_somebody_withdraws(story: Story) -> None:
    """One test, so that no second process has to make the story, too."""
    no_word_of_theirs_is_in_what_the_run_made(story)
    no_name_is_in_anything_that_a_run_leaves(story)
    nobody_else_lost_a_word_or_a_code(story)
    what_they_said_is_no_part_of_the_audit(story)
    the_run_says_what_it_left_out_and_what_still_holds_it(story)


def test_words_from_a_day_on_are_those_of_workshops_from_then() -> None:
    assert is_withdrawn("yes", "") and is_withdrawn("yes", "2020-01-01")
    assert not is_withdrawn("", "2026-03-12")
    assert is_withdrawn("2026-03-12", "2026-03-12") and is_withdrawn("2026-03-12", "2026-04-01")
    assert not is_withdrawn("2026-03-12", "2026-03-11")
    # Nobody knows when it was, so it is left out.
    assert is_withdrawn("2026-03-12", "spring")


def test_a_withdrawal_that_cannot_be_understood_is_told(tmp_path: Path) -> None:
    file = tmp_path / "participants.csv"
    file.write_text("name,withdrawn\nAda,12/03/2026\nBo,Yes\nCy,\nDi,2026-03-12\n", "utf-8")
    with pytest.raises(InputProblems) as told:
        read_participants(file)
    assert [problem.where for problem in told.value.problems] == ["participants.csv, row 2"]
    file.write_text("name,withdrawn\nBo,Yes\nCy,\nDi,2026-03-12\n", "utf-8")
    assert [person.withdrawn for person in read_participants(file).people] == [
        "yes",
        "",
        "2026-03-12",
    ]


def test_short_words_are_only_known_by_their_segment() -> None:
    texts = ("Yes, exactly.", "I was never asked about the bus.")
    turns = [
        {"source_id": "a", "turn": at, "start": 40 * at, "end": 40 * at + len(text), "text": text}
        | {"participant_id": None, "start_s": None, "end_s": None, "words": 2}
        for at, text in enumerate(texts)
    ]
    segments = [
        {name: row[name] for name in ("source_id", "turn", "start", "end")}
        | {"segment_id": f"s{row['turn'] + 1}", "withdrawn": True}
        for row in turns
    ]
    withdrawn = Withdrawn(as_table(turns, "turns"), as_table(segments, "whole_segments"))
    assert withdrawn and not Withdrawn()
    assert withdrawn.has("s1", "") and withdrawn.has("", "never asked about the bus")
    assert not withdrawn.has("s9", "Yes, exactly.") and not withdrawn.has("s9", "asked about")
    assert withdrawn.stands_in("They wrote: “i was never\nasked about the BUS”, and left.")
    assert not withdrawn.stands_in("Yes, exactly. I was never asked about the busy day.")


def test_whoever_withdraws_more_is_left_out_anew(tmp_path: Path) -> None:
    note_withdrawals(tmp_path, {"Carer 1": "2026-03-01", "Carer 2": "yes"})
    first = read_withdrawals(tmp_path)
    note_withdrawals(tmp_path, {"Carer 1": "2026-03-01", "Carer 2": "yes"})
    assert read_withdrawals(tmp_path) == first
    note_withdrawals(tmp_path, {"Carer 1": "yes", "Carer 2": "yes"})
    second = read_withdrawals(tmp_path)
    assert second["Carer 1"] > first["Carer 1"] and second["Carer 2"] == first["Carer 2"]
    note_withdrawals(tmp_path, {})
    assert read_withdrawals(tmp_path) == {}


def test_files_from_before_the_last_withdrawal_are_older(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs/a.html").write_text("x")
    assert made_before(tmp_path, ["packs/*"], []) == []
    assert made_before(tmp_path, ["packs/*"], ["2000-01-01T00:00:00+00:00"]) == []
    later = ["2000-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"]
    assert made_before(tmp_path, ["packs/*"], later) == [tmp_path / "packs/a.html"]
