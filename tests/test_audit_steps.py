"""The steps of the audit: drawn, packed for two coders, judged, grown, corrected."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from audit_study import AuditStudy, coding, judged, study
from commonthread.audit.sample import FILE
from commonthread.audit.today import audit_segments
from commonthread.problems import InputProblems
from commonthread.pseudonyms import KEY_FILE, write_key
from commonthread.returned.read import read_returned
from commonthread.steps.audit import correct_frequencies
from commonthread.steps.audit_pack import make_audit_packs
from commonthread.steps.audit_sample import find_audit_sample
from commonthread.tables import as_table, empty_table, read_table, write_table
from running import run

CODEBOOK = """\
title: Test
version: "1"
language: en
themes:
  - id: aa
    name: A
    definition: About A.
    plain: About A.
    codes:
      - {id: a1, name: First, definition: It., plain: The first.}
      - {id: a2, name: Second, definition: It., plain: The second.}
  - id: bb
    name: B
    definition: About B.
    plain: About B.
    codes:
      - {id: b1, name: Third, definition: It., plain: The third.}
aspects:
  - {id: xx, name: X, definition: It., plain: An X.}
"""
ONE = study(segments=300, workshops=4)


class Place:
    """A study folder, and the tables that a run makes of it."""

    def __init__(self, folder: Path, one: AuditStudy, coders: str) -> None:
        self.study, self.steps, self.private = (
            folder / "study",
            folder / "steps",
            folder / "private",
        )
        self.packs, self.data = folder / "packs", folder / "data"
        for workshop in ("w0", "w1", "w2", "w3"):
            (self.study / "workshops" / workshop).mkdir(parents=True, exist_ok=True)
            (self.study / "workshops" / workshop / "talk.txt").write_text("Ann: Hello.")
        if coders:
            (self.study / "coders.csv").write_text(f"coder,role\n{coders}", encoding="utf-8")
        (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
        self.files: dict[str, object] = {"codebook": str(folder / "codebook.yaml")}
        self.private.mkdir()
        write_key(self.private / KEY_FILE, [])
        self.tables(one)
        self.judge()

    def _write(self, name: str, frame: pd.DataFrame, *, batches: bool = False) -> None:
        path = self.steps / f"{name}.parquet"
        write_table(frame, name.split("-")[0], path)
        self.files[name] = [str(path)] if batches else str(path)

    def tables(self, one: AuditStudy) -> None:
        """Write the tables of a study."""
        self._write("segments", one.segments, batches=True)
        self._write("whole_segments", empty_table("whole_segments"), batches=True)
        write_table(empty_table("turns"), "turns", self.steps / "whole_turns.parquet")
        self.files["whole_turns"] = [str(self.steps / "whole_turns.parquet")]
        self._write("turns", one.turns, batches=True)
        self._write("participants", one.participants)
        self._write("workshops", one.workshops)
        own = set(one.segments["segment_id"])
        rows = [
            coding(each, "xx" if code == "x" else code)
            for each, codes in one.machine.items()
            if each in own
            for code in codes
        ]
        self._write("codings", as_table(rows, "codings"), batches=True)
        files = one.segments.drop_duplicates("source_id")
        sources = [
            {
                **dict.fromkeys(("sha256", "format", "layout", "encoding", "reason"), ""),
                **dict.fromkeys(("remedy", "warnings", "notes"), ""),
                **{"source_id": source, "workshop_id": workshop, "status": "read"},
                **{"path": f"workshops/{workshop}/talk.txt", "bytes": 1, "turns": 1, "words": 1},
                "kind": "notes" if kind == "notes" else "transcript",
            }
            for source, workshop, kind in zip(
                files["source_id"], files["workshop_id"], files["kind"], strict=True
            )
        ]
        self._write("sources", as_table(sources, "sources"), batches=True)

    def judge(self, *decisions: pd.DataFrame) -> None:
        """Write what people decided."""
        frame = pd.concat(decisions, ignore_index=True) if decisions else {}
        self._write("judgements", as_table(frame, "judgements"))

    def draw(self, size: int, **settings: object) -> list[str]:
        """Draw, and make packs."""
        return make_audit_packs(
            self.files,
            str(self.study),
            {"segments": size, **settings},
            str(self.private),
            str(self.packs),
        )

    def sample(self) -> pd.DataFrame:
        """Find the sample today."""
        path = self.steps / "audit_sample.parquet"
        self.said = find_audit_sample(
            str(self.study),
            self.files["turns"],
            self.files["segments"],
            str(self.private),
            [self.files["whole_turns"], self.files["whole_segments"]],
            str(path),
        )
        self.files["audit_sample"] = str(path)
        return read_table(path, "audit_sample")

    def correct(self) -> pd.DataFrame:
        """Correct the counts; give them."""
        self.said = correct_frequencies(self.files, 100, str(self.data))
        return read_table(self.data / "corrected_frequencies.parquet", "corrected_frequencies")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, ONE.only(["w0", "w1", "w2"]), "Ada,Researcher\nBen,Carer\nCy,Carer\n")


def codes_of(segment_id: str) -> tuple[str, ...]:
    return tuple("xx" if code == "x" else code for code in ONE.truth[segment_id])


def test_a_sample_is_drawn_and_packed_blind_for_two(place: Place) -> None:
    said = place.draw(60)
    assert said[0].startswith("The audit sample has 60 segments, 60 of them drawn now.")
    assert said[1:3] == [
        "Ada, Researcher: 60 segments to judge.",
        "Ben, Carer: 60 segments to judge.",
    ]
    assert any(line.startswith("With 100 segments checked") for line in said)
    assert sorted(each.name for each in place.packs.iterdir()) == ["ada", "ben"]
    drawn = set(place.sample()["segment_id"])
    for coder, role in (("Ada", "Researcher"), ("Ben", "Carer")):
        folder = place.packs / coder.lower()
        assert sorted(each.name for each in folder.iterdir()) == [
            *("audit.docx", "audit.html", "audit.large-print.docx", "audit.xlsx")
        ]
        for form in ("audit.docx", "audit.xlsx"):
            returned = read_returned(folder / form)
            assert (returned.coder, returned.role, returned.untouched) == (coder, role, 60)
    sheet = pd.read_excel(place.packs / "ada" / "audit.xlsx", sheet_name=None, header=None)
    cells = {str(cell) for frame in sheet.values() for cell in frame.to_numpy().ravel()}
    assert drawn <= cells
    assert {"First", "Second", "Third"} <= {cell.strip() for cell in cells} | {
        part for cell in cells for part in cell.split(": ")
    }
    assert not any("found by the computer" in cell.casefold() for cell in cells)


def test_what_was_judged_is_not_asked_again_and_the_sample_grows(place: Place) -> None:
    place.draw(60)
    before = (place.study / FILE).read_bytes()
    first = place.sample()["segment_id"].tolist()
    place.judge(judged({each: codes_of(each) for each in first}), judged({first[0]: ()}, "ben"))
    assert "Ada, Researcher: has judged all of the sample." in place.draw(60)
    assert (place.study / FILE).read_bytes() == before
    assert "Ben, Carer: 59 segments to judge." in place.draw(60)

    place.tables(ONE)
    said = place.draw(60)
    assert (place.study / FILE).read_bytes().startswith(before)
    grown = place.sample()
    assert set(first) < set(grown["segment_id"])
    new = grown[~grown["segment_id"].isin(first)]
    assert set(new["workshop_id"]) == {"w3"}
    assert f"Ada, Researcher: {len(new)} segments to judge." in said


def test_checked_segments_correct_the_counts(place: Place) -> None:
    place.draw(100)
    ids = place.sample()["segment_id"].tolist()
    assert place.correct()["share"].isna().all()
    assert place.said == []
    place.judge(*(judged({each: codes_of(each) for each in ids}, who) for who in ("ada", "ben")))
    shares = place.correct()
    assert place.said == ["Segments of the audit sample that people checked: 100."]
    whole = shares[(shares["group"] == "all") & (shares["code_id"] == "xx")].iloc[0]
    own = [ONE.truth[each] for each in place_segments(place)]
    true = sum("x" in codes for codes in own) / len(own)
    assert whole["low"] <= true <= whole["high"]
    assert whole["checked_twice"] == 100
    for name in ("corrected_frequencies", "corrected_differences", "audit_outlook"):
        with (place.data / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) > 10


def place_segments(place: Place) -> list[str]:
    files = place.files["segments"]
    assert isinstance(files, list)
    return read_table(Path(files[0]), "segments")["segment_id"].tolist()


def test_what_is_lost_of_the_sample_is_said(place: Place) -> None:
    place.draw(60)
    assert place.sample()["status"].eq("found").all()
    assert place.said == []
    place.tables(ONE.only(["w0", "w1"]))
    table = place.sample()
    lost = int((table["status"] == "lost").sum())
    assert lost == 20
    assert place.said[0].startswith(f"Of 60 segments in {place.study}/{FILE}, 20 were not found")
    assert f"Drawn before, but not found again: {lost}." in place.draw(60)
    assert audit_segments(table) >= set(table.loc[table["status"] == "found", "segment_id"])


def test_who_checks_can_be_chosen_and_must_be_listed(place: Place) -> None:
    assert "Cy, Carer: 40 segments to judge." in place.draw(40, coders=["cy"])
    assert [each.name for each in place.packs.iterdir()] == ["cy"]
    with pytest.raises(InputProblems, match=r'"Bem" is not in .* Did you mean "Ben"'):
        place.draw(40, coders=["Bem"])


def test_nobody_who_codes_is_told_before_anything_is_drawn(tmp_path: Path) -> None:
    place = Place(tmp_path, ONE, "")
    with pytest.raises(InputProblems, match="Nobody is named who codes"):
        place.draw(40)
    assert not (place.study / FILE).exists()


def test_a_study_smaller_than_the_sample_is_checked_whole(tmp_path: Path) -> None:
    few = study(segments=30, workshops=1)
    place = Place(tmp_path, few, "Ada,Researcher\n")
    said = place.draw(200)
    assert said[0].startswith("The audit sample has 30 segments")
    assert any(line.startswith("One person checks.") for line in said)
    ids = place.sample()["segment_id"].tolist()
    place.judge(judged({each: ("a1",) if number < 10 else () for number, each in enumerate(ids)}))
    shares = place.correct()
    whole = shares[(shares["group"] == "all") & (shares["code_id"] == "a1")].iloc[0]
    assert (whole["low"], whole["share"], whole["high"]) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


@pytest.mark.pipeline
def test_the_sample_is_drawn_on_request(tmp_path: Path) -> None:
    folder, results = tmp_path / "study", tmp_path / "results"
    talk = folder / "workshops" / "spring" / "talk.txt"
    talk.parent.mkdir(parents=True)
    said = [f"{name}: We paid number {n}, a letter." for n in range(20) for name in ("Ann", "Bob")]
    talk.write_text("\n\n".join(said), encoding="utf-8")
    (folder / "coders.csv").write_text("coder,role\nAda,Researcher\nBen,Carer\n")
    drawn = run(folder, results, "audit={segments: 25}", target="audit_pack")
    assert drawn.returncode == 0, drawn.stderr
    assert "The audit sample has 25 segments, 25 of them drawn now." in drawn.stderr
    assert (results / "audit-packs" / "ben" / "audit.html").stat().st_size > 0
    with (folder / FILE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 25
    assert {row["words"].split(":")[0][:7] for row in rows} == {"We paid"}
