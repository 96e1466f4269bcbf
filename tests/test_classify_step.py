"""The steps around the classifier: from the tables of a run to its files, and to packs."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from classifier_fixture import CODEBOOK, made_up
from commonthread.classifier.saving import load_model
from commonthread.problems import InputProblems
from commonthread.settings import ClassifierSettings
from commonthread.steps.classify import classify_segments
from commonthread.steps.next_pack import make_next_packs, next_segments
from commonthread.tables import as_table, empty_table, read_table, write_table

SETTINGS = ClassifierSettings().model_dump()


def judgements(material, pack_id="pack"):
    """Make the decisions that the codings of people came from."""
    people = material.codings[material.codings["coder_kind"] == "person"]
    text = {name: "" for name in empty_table("judgements") if name not in {"start", "end"}}
    return as_table(
        [
            {
                **text,
                "judgement_id": f"decision {segment}",
                "purpose": "coding",
                "coder_id": "ada",
                "pack_id": pack_id,
                "start": 0,
                "end": 1,
                "segment_ids": json.dumps([segment]),
                "candidates": "[]",
                "codes": json.dumps([code for code in codes if code != "no_code"]),
                "written": "[]",
                "no_code": "no_code" in codes,
                "unsure": False,
                "took_part": "[]",
                "status": "counts",
            }
            for segment, codes in people.groupby("segment_id")["code_id"].agg(list).items()
        ],
        "judgements",
    )


def tables_of(material, folder: Path, pack_id="pack"):
    """Write the tables of a study, and give their files."""
    segments = material.segments.assign(turn=range(len(material.segments)))
    turns = segments.assign(text=list(material.texts), start_s=np.nan, end_s=np.nan)
    people = material.codings["coder_kind"] == "person"
    tables = {
        "segments": segments,
        "turns": turns[list(empty_table("turns"))],
        "replacements": empty_table("replacements"),
        "codings": material.codings[~people],
        "people_codings": material.codings[people],
        "judgements": judgements(material, pack_id),
        "participants": material.participants,
        "workshops": empty_table("workshops"),
        "audit_sample": empty_table("audit_sample"),
    }
    files = {}
    for name, frame in tables.items():
        own = "codings" if name == "people_codings" else name
        files[name] = str(folder / f"{name}.parquet")
        write_table(frame, own, Path(files[name]))
    for name in ("segments", "turns", "replacements", "codings"):
        files[name] = [files[name]]
    files["codebook"] = str(folder / "codebook.yaml")
    Path(files["codebook"]).write_text(CODEBOOK, encoding="utf-8")
    return files


def run(material, folder: Path, settings=SETTINGS, pack_id="pack"):
    """Run the step on the tables of a study."""
    said = classify_segments(
        tables_of(material, folder, pack_id),
        settings,
        str(folder / "out/codings.parquet"),
        str(folder / "out/model.skops"),
        str(folder / "out/look.csv"),
        str(folder / "data"),
    )
    return said, folder


def look_at(folder):
    with (folder / "out/look.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_study_that_people_coded_gets_codings_a_model_and_a_worklist(tmp_path):
    material = made_up(tmp_path)
    said, folder = run(material, tmp_path)
    codings = read_table(folder / "out/codings.parquet", "codings")
    assert set(codings["coder_kind"]) == {"classifier"} and codings["confidence"].max() <= 0.99
    assert "payment" in load_model(folder / "out/model.skops").codes
    assert "learned from 240 segments" in said[0] and "look.csv" in said[-1]
    texts = dict(zip(material.segments["segment_id"], material.texts, strict=True))
    rows = look_at(folder)
    assert len(rows) == len(read_table(folder / "data/to_look_at.parquet", "to_look_at"))
    for row in rows:
        assert row["words"] == texts[row["segment_id"]]
        assert all(word in row["words"] for word in row["because_of"].split("; "))
        assert row["dictionary_found_it"] in {"yes", "no"} and row["sure"].endswith("%")


@pytest.mark.parametrize("judged", [0, 1])
def test_a_study_with_too_little_says_so_in_every_file(tmp_path, judged):
    said, folder = run(made_up(tmp_path, segments=40, judged=judged), tmp_path)
    assert said == []
    assert read_table(folder / "out/codings.parquet", "codings").empty
    assert (folder / "out/model.skops").read_bytes() == b""
    assert look_at(folder) == []
    codes = read_table(folder / "data/classifier_codes.parquet", "classifier_codes")
    assert codes["reason"].str.len().min() > 20 and set(codes["standing"]) == {"not learned"}


def test_it_gives_no_code_by_itself_where_the_settings_say_so(tmp_path):
    _, folder = run(made_up(tmp_path), tmp_path, SETTINGS | {"apply": False})
    assert read_table(folder / "out/codings.parquet", "codings").empty
    codes = read_table(folder / "data/classifier_codes.parquet", "classifier_codes")
    assert codes["reason"].str.contains("The settings say").any()


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        run(made_up(tmp_path / name), tmp_path / name)
    for file in ("out/codings.parquet", "out/model.skops", "out/look.csv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_replaced_names_are_no_words_to_learn(tmp_path):
    """What stands for a name is blanked before anything is learned."""
    from commonthread.steps.classifier_material import with_texts

    material = made_up(tmp_path, segments=40, judged=0)
    run(material, tmp_path)
    first = material.segments.iloc[0]
    write_table(
        as_table(
            [{"source_id": first["source_id"], "start": 0, "end": 5, "kind": "person"}],
            "replacements",
        ),
        "replacements",
        tmp_path / "replacements.parquet",
    )
    files = {
        "turns": [str(tmp_path / "turns.parquet")],
        "replacements": [str(tmp_path / "replacements.parquet")],
    }
    segments = material.segments.assign(turn=range(len(material.segments)))
    read = with_texts(dataclasses.replace(material, segments=segments), files)
    assert read.texts[0][:5] == "\x00" * 5 and read.texts[0][5:] == material.texts[0][5:]


def test_what_to_code_next_is_what_nobody_judged_and_no_audit_keeps_apart(tmp_path):
    material = made_up(tmp_path, segments=300, judged=150)
    kept = frozenset(material.segments["segment_id"].tail(50))
    rows = next_segments(dataclasses.replace(material, kept_apart=kept), 30)
    ids = set(material.segments["segment_id"].iloc[rows])
    people = material.codings[material.codings["coder_kind"] == "person"]
    assert len(ids) == 30
    assert not ids & kept and not ids & set(people["segment_id"])


def test_what_to_code_next_does_not_hang_on_the_order_of_the_segments(tmp_path):
    material = made_up(tmp_path, segments=200, judged=100)
    order = np.random.default_rng(3).permutation(len(material.segments))
    other = dataclasses.replace(
        material,
        segments=material.segments.iloc[order].reset_index(drop=True),
        texts=[material.texts[row] for row in order],
    )
    one = material.segments["segment_id"].iloc[next_segments(material, 20)].tolist()
    assert other.segments["segment_id"].iloc[next_segments(other, 20)].tolist() == one


def test_when_all_was_judged_there_is_nothing_to_code_next(tmp_path):
    material = made_up(tmp_path, segments=60, judged=60)
    assert len(next_segments(material, 20)) == 0


def test_without_any_coding_what_to_code_next_is_what_the_dictionary_found(tmp_path):
    material = made_up(tmp_path, segments=100, judged=0)
    chosen = material.segments["segment_id"].iloc[next_segments(material, 5)]
    found = set(material.codings["segment_id"])
    assert set(chosen) <= found


def test_codings_that_came_without_a_pack_weigh_by_those_that_came_with_one(tmp_path):
    """Where it is not known how segments were chosen, shares come from those that were drawn."""
    from commonthread.steps.classifier_material import _without_pack

    material = made_up(tmp_path, segments=60, judged=30)
    with_pack, without = judgements(material), judgements(material, "")
    both = pd.concat([with_pack.head(20), without.tail(15)])
    assert _without_pack(both) == frozenset(f"segment {n:04d}" for n in range(20, 30))
    apart = dataclasses.replace(material, without_pack=_without_pack(both))
    assert apart.lessons().drawn.sum() == 20


@pytest.fixture
def asked(tmp_path):
    """Give a function that makes packs for some coders, and the folder that they are made in."""
    material = made_up(tmp_path, segments=80, judged=40)
    files = tables_of(material, tmp_path)
    sources = material.segments.groupby("source_id")["workshop_id"].first()
    whole = dict.fromkeys(empty_table("sources"))
    write_table(
        as_table(
            [
                whole
                | {"source_id": source, "workshop_id": workshop, "path": f"{workshop}/{source}.txt"}
                | {"kind": "transcript", "status": "read"}
                for source, workshop in sources.items()
            ],
            "sources",
        ),
        "sources",
        tmp_path / "sources.parquet",
    )
    files["sources"] = [str(tmp_path / "sources.parquet")]
    study = tmp_path / "study"
    (study / "workshops/one").mkdir(parents=True)
    (study / "workshops/one/talk.txt").write_text("Ada: We talked.", encoding="utf-8")

    def make(coders, shared):
        (study / "coders.csv").write_text(
            "coder,role\n" + "".join(f"{name},Researcher\n" for name in coders), encoding="utf-8"
        )
        return make_next_packs(files, str(study), 6, shared, str(tmp_path / "packs"))

    return make, tmp_path / "packs"


def in_pack(folder: Path) -> set[str]:
    sheets = openpyxl.load_workbook(folder / "next.xlsx", read_only=True).worksheets
    cells = {str(cell) for sheet in sheets for row in sheet.values for cell in row}
    return {cell for cell in cells if cell.startswith("segment ")}


@pytest.mark.parametrize("shared", [True, False])
def test_each_coder_gets_a_pack_of_what_to_code_next(asked, shared):
    make, folder = asked
    said = make(["Coder A", "Coder B"], shared)
    assert said[0] == "Coder A, Researcher: 6 segments to code next."
    one, other = in_pack(folder / "coder-a"), in_pack(folder / "coder-b")
    assert len(one) == len(other) == 6
    assert one == other if shared else not one & other
    names = {file.name for file in (folder / "coder-a").iterdir()}
    assert names == {"next.html", "next.xlsx", "next.docx", "next.large-print.docx"}


def test_without_coders_it_says_what_to_do(asked):
    make, _ = asked
    with pytest.raises(InputProblems, match="Nobody is named who codes"):
        make([], True)
