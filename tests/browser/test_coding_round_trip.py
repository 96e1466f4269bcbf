"""The whole way round: packs are made, people code in three media, and a run counts just that."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pandas as pd
import pytest
from desk import choices, choose, ready, saved

from commonthread.codebook import load_codebook
from commonthread.coders import Coder
from commonthread.packs.draw import coding_packs
from commonthread.packs.pack import Pack
from commonthread.settings import PackSettings
from commonthread.steps.pack_material import read_material
from filled_packs import Decision, decisions, fill_document, filled_workbook
from running import ROOT, run

pytestmark = [pytest.mark.browser, pytest.mark.pipeline]

CODERS = (
    Coder("Ash", "Researcher"),
    Coder("Bracken", "Researcher"),
    Coder("Clover", "Public contributor"),
)
CODED = 50
WORDS = "we paid asked chair room letter plan who decides agenda jargon trust tea bus notes time"


def make_study(folder: Path) -> Path:
    rng = random.Random(5)
    said = [
        f"{rng.choice(('Ann Quill', 'Bob Finch'))}: {' '.join(rng.sample(WORDS.split(), 11))}."
        for _ in range(CODED + 4)
    ]
    (folder / "workshops" / "spring").mkdir(parents=True)
    (folder / "workshops" / "spring" / "talk.txt").write_text("\n\n".join(said))
    with (folder / "coders.csv").open("w", newline="") as out:
        rows = [("coder", "role"), *((coder.name, coder.role) for coder in CODERS)]
        csv.writer(out).writerows(rows)
    return folder


def packs(results: Path) -> list[Pack]:
    """Give the packs as the run made them."""
    steps = results / "steps"
    files = {
        name: sorted(map(str, (steps / name).glob("*.parquet")))
        for name in ("segments", "turns", "sources", "codings")
    }
    material = read_material(files | {"workshops": str(steps / "workshops.parquet")})
    book = load_codebook(ROOT / "config" / "codebook.yaml")
    return coding_packs(material, CODERS, PackSettings(), book, "study", False)


def meant(decided: dict[str, Decision]) -> dict[str, Decision]:
    return {
        segment: Decision(
            tuple(sorted(each.codes)), each.no_code, each.unsure, each.comment, each.new_code
        )
        for segment, each in decided.items()
    }


def test_three_people_code_in_three_media_and_a_run_counts_just_that(open_page, tmp_path) -> None:
    study, results = make_study(tmp_path / "study"), tmp_path / "results"
    made = run(study, results, target="coding_packs")
    assert made.returncode == 0, made.stderr
    assert f"Clover, Public contributor: {CODED + 4} segments to code." in made.stderr
    folder = results / "coding-packs"
    ash, bracken, clover = packs(results)
    wanted = {"ash": decisions(ash, CODED, 1), "bracken": decisions(bracken, CODED, 2)}
    wanted["clover"] = {
        segment.segment_id: Decision(
            each.codes, each.no_code, each.unsure, each.comment, each.new_code
        )
        for segment, each in zip(clover.segments[:CODED], choices(clover), strict=False)
    }
    back = study / "codings"
    back.mkdir()
    filled = filled_workbook((folder / "ash/coding.xlsx").read_bytes(), ash, wanted["ash"])
    (back / "whatever.xlsx").write_bytes(filled)
    (back / "x.docx").write_bytes((folder / "bracken/coding.docx").read_bytes())
    fill_document(back / "x.docx", bracken, wanted["bracken"])
    page = ready(open_page(folder / "clover/coding.html"))
    for choice in choices(clover)[:CODED]:
        choose(page, choice)
        page.locator("#done").click()
    (back / "from an e-mail.json").write_bytes(saved(page)[1])

    counted = run(study, results)
    assert counted.returncode == 0, counted.stderr
    assert f"Decisions by people that count: {3 * CODED}, by 3 coders." in counted.stderr
    frame = pd.read_parquet(results / "steps" / "judgements.parquet")
    assert set(frame["status"]) == {"counts"}
    for coder, decided in wanted.items():
        own = frame[frame["coder_id"] == coder].to_dict("records")
        found = {
            json.loads(row["segment_ids"])[0]: Decision(
                tuple(json.loads(row["codes"])),
                row["no_code"],
                row["unsure"],
                row["comment"],
                row["new_code"],
            )
            for row in own
        }
        assert meant(found) == meant(decided), coder
