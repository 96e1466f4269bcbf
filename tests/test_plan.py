"""What a run reads and where it writes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commonthread.plan import plan_run
from commonthread.problems import InputProblems

SHIPPED = Path(__file__).parent.parent / "config" / "config.yaml"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "data/ours/workshops/one/talk.txt"
    file.parent.mkdir(parents=True)
    file.write_text("Ann: hello\n")
    shutil.copytree(SHIPPED.parent, tmp_path / "config")
    return tmp_path / "data/ours"


def test_folders_follow_from_the_study(study: Path) -> None:
    plan = plan_run(SHIPPED, {"study": str(study)})
    assert plan.results == "results/ours"
    assert plan.private == "results/ours-private"
    assert plan.codebook == "config/codebook.yaml"


def test_the_study_s_own_codebook_comes_first(study: Path) -> None:
    shutil.copy(SHIPPED.with_name("codebook.yaml"), study)
    assert plan_run(SHIPPED, {"study": str(study)}).codebook == str(study / "codebook.yaml")


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ({"study": "nowhere"}, "There is no folder nowhere."),
        ({"codebook": "nowhere.yaml"}, "There is no file nowhere.yaml."),
        ({"results": "data/ours"}, "among the study's files"),
        ({"results": "data/ours/workshops/one"}, "among the study's files"),
        ({"results": "out", "private": "out/key"}, "The key to the pseudonyms would lie"),
        (
            {"tables": [{"id": "mine", "title": "Mine", "codes": ["fundrs"]}]},
            'no code "fundrs" in the codebook. Did you mean "funders"',
        ),
        (
            {"tables": [{"id": "mine", "title": "Mine", "codes": ["power"]}] * 2},
            'Two tables have the id "mine".',
        ),
    ],
)
def test_what_cannot_be_planned(study: Path, overrides: dict[str, object], told: str) -> None:
    with pytest.raises(InputProblems, match=told):
        plan_run(SHIPPED, {"study": str(study), **overrides})


def table(*columns: str, **more: object) -> dict[str, object]:
    """Give the settings of a table with columns such as "Title: aspect, aspect"."""
    made: dict[str, object] = {"id": "mine", "title": "Mine", "theme": "power", **more}
    if columns:
        parts = (column.partition(": ") for column in columns)
        made["columns"] = [
            {"title": title, "aspects": aspects.split(", ") if aspects else []}
            for title, _, aspects in parts
        ]
    return {name: value for name, value in made.items() if value is not None}


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        (
            [table("Helps: practise")],
            'There is no aspect "practise" in the codebook. Did you mean "practice"? The codebook'
            " has: challenge, practice, resource, reflection.",
        ),
        (
            [table("Hurts: challenge", "Helps: practice, challenge")],
            'The aspect "challenge" is named twice in its columns. What was said would stand in the'
            " table twice: take one of them out.",
        ),
        (
            [table(columns=[])],
            "It has no column. Name at least one, or leave columns: out for the usual two.",
        ),
        (
            [table("Hurts: challenge", " : practice")],
            "Column 2 has no title. Write what should stand above it.",
        ),
        ([table("Helps")], "The column “Helps” has no aspect. Name at least one, by its id."),
        (
            [table(theme="powr")],
            'There is no theme "powr" in the codebook. Did you mean "power"? Name a theme by its id;'
            " codes below a theme go into codes:.",
        ),
        (
            [table(theme=None)],
            "It names neither a theme nor codes. Write theme: with one theme, or codes: with a list.",
        ),
        (
            [table(codes=["power"])],
            "It names both a theme and codes. Write theme: with one theme, or codes: with a list.",
        ),
    ],
)
def test_a_table_that_cannot_be_made_is_told_in_one_sentence(
    study: Path, tables: list[object], told: str
) -> None:
    with pytest.raises(InputProblems) as raised:
        plan_run(SHIPPED, {"study": str(study), "tables": tables})
    assert str(raised.value) == f'setting tables, table "mine": {told}'


def test_an_aspect_that_files_call_something_else_cannot_name_a_column(study: Path) -> None:
    written = SHIPPED.with_name("codebook.yaml").read_text("utf-8")
    (study / "codebook.yaml").write_text(
        written.replace("- id: reflection\n    name", "- id: workshops\n    name"), "utf-8"
    )
    tables = [table("Hurts: challenge", "Where: workshops")]
    with pytest.raises(InputProblems, match='would be called "workshops" in files'):
        plan_run(SHIPPED, {"study": str(study), "tables": tables})


def test_a_table_has_any_number_of_columns_and_the_usual_two_if_it_names_none(study: Path) -> None:
    tables = [
        table(),
        table("Thoughts: reflection", id="one"),
        table("A: challenge", "B: practice", "C: resource, reflection", id="three", theme=None,
              codes=["funders", "relationships"]),
    ]  # fmt: skip
    plan = plan_run(SHIPPED, {"study": str(study), "tables": tables})
    assert [[column.aspects for column in made.columns] for made in plan.tables] == [
        [["challenge"], ["practice", "resource"]],
        [["reflection"]],
        [["challenge"], ["practice"], ["resource", "reflection"]],
    ]
    assert [made.chosen for made in plan.tables] == [
        ["power"],
        ["power"],
        ["funders", "relationships"],
    ]


def test_the_usual_columns_need_no_aspects_in_the_codebook(study: Path) -> None:
    written = SHIPPED.with_name("codebook.yaml").read_text("utf-8")
    (study / "codebook.yaml").write_text(
        written.replace("  - id: challenge\n", "  - id: barrier\n"), "utf-8"
    )
    assert plan_run(SHIPPED, {"study": str(study), "tables": [table()]}).tables
    told = 'no aspect "challenge" in the codebook'
    with pytest.raises(InputProblems, match=told):
        plan_run(SHIPPED, {"study": str(study), "tables": [table("Hurts: challenge")]})


def formerly(study: Path, *was: tuple[str, str]) -> None:
    """Give the study a codebook in which codes have these former ids."""
    text = SHIPPED.with_name("codebook.yaml").read_text("utf-8")
    for code_id, former in was:
        text = re.sub(rf"( *)- id: {code_id}\n", rf"\g<0>\1  was: [{former}]\n", text)
    (study / "codebook.yaml").write_text(text, "utf-8")


def test_a_former_code_in_a_table_is_told_with_its_line_and_what_it_is_now(
    study: Path, tmp_path: Path
) -> None:
    formerly(study, ("funders", "sponsors"), ("systems", "offices"), ("hidden_hours", "offices"))
    own = tmp_path / "own.yaml"
    own.write_text(
        f"study: {study}\ntables:\n  - id: mine\n    title: Mine\n    codes:\n      - power\n"
        "      - sponsors\n      - offices\n      - zzz\n",
        "utf-8",
    )
    with pytest.raises(InputProblems) as raised:
        plan_run(own, {})
    assert str(raised.value).splitlines() == [
        f'{own}, line 7, table "mine": The code "sponsors" is no more: it went into "funders".'
        " Write funders in its place.",
        f'{own}, line 8, table "mine": The code "offices" is no more: it went into "systems" and'
        ' "hidden_hours". Write in its place those of them that the table is about.',
        f'{own}, line 9, table "mine": There is no code "zzz" in the codebook. Name a theme or'
        " a code by its id; take out a code that was retired.",
    ]


def test_a_copy_that_a_shared_folder_made_is_told_with_the_line_that_differs(study: Path) -> None:
    shipped = SHIPPED.with_name("codebook.yaml").read_text("utf-8")
    (study / "codebook.yaml").write_text(shipped, "utf-8")
    (study / "codebook (conflicted copy 2).yaml").write_text(shipped, "utf-8")
    (study / "codebook-old.yaml").write_text("old", "utf-8")
    (study / "conflict.yaml").write_text("other", "utf-8")
    assert plan_run(SHIPPED, {"study": str(study)}).codebook == str(study / "codebook.yaml")
    line = shipped.splitlines().index('version: "1.0"') + 1
    copy = study / "codebook.sync-conflict-20260105-101010.yaml"
    copy.write_text(shipped.replace('version: "1.0"', 'version: "1.1"'), "utf-8")
    with pytest.raises(InputProblems) as raised:
        plan_run(SHIPPED, {"study": str(study)})
    assert str(raised.value) == (
        f"{copy}, line {line}: Two people edited codebook.yaml at once: from here on, this copy"
        " differs. Put what is right into codebook.yaml, and take the copy out of the folder."
    )


def test_a_run_is_planned_without_what_only_its_steps_need() -> None:
    """Each command starts with it, and so would wait for every library that it loads."""
    loads = "import sys, commonthread.plan; print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", loads], capture_output=True, text=True, check=True
    )
    assert "pydantic" in ended.stdout.split()
    assert not {"pandas", "numpy", "spacy", "sklearn", "jinja2"} & set(ended.stdout.split())


def test_where_a_run_may_write_is_part_of_the_plan(study: Path) -> None:
    names = plan_run(SHIPPED, {"study": str(study)}).writable
    assert names == ["tables", "codebook_proposals", "codebook_history"]
    (study / "tables").write_text("no folder")
    assert "tables" not in plan_run(SHIPPED, {"study": str(study)}).writable
