"""What a run reads and where it writes."""

from __future__ import annotations

import shutil
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
