"""The settings file, its defaults, and what is said of a setting that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonthread.problems import InputProblems
from commonthread.settings import Settings, changed_settings, load_settings

SHIPPED = Path(__file__).parent.parent / "config" / "config.yaml"


def test_the_shipped_file_says_the_defaults() -> None:
    assert load_settings(SHIPPED, {}) == Settings()


def test_the_shipped_file_names_every_setting() -> None:
    text = SHIPPED.read_text("utf-8")

    def names(model: dict[str, object]) -> set[str]:
        below = [names(value) for value in model.values() if isinstance(value, dict)]
        return set(model).union(*below)

    assert all(f"{name}:" in text for name in names(Settings().model_dump()))


def test_the_command_line_wins(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("study: here\nsegments:\n  unit: sentences\n  length: 4\n")
    settings = load_settings(file, {"study": "there", "segments": {"length": 3}})
    assert settings.study == "there"
    assert (settings.segments.unit, settings.segments.length) == ("sentences", 3)


def test_every_wrong_setting_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("studdy: x\nsegments:\n  unit: pages\n  length: 0\n")
    with pytest.raises(InputProblems) as raised:
        load_settings(file, {})
    told = [str(problem) for problem in raised.value.problems]
    assert len(told) == 3
    assert any("line 1" in line and 'Did you mean "study"?' in line for line in told)
    assert any("line 3" in line for line in told)
    assert any("line 4" in line for line in told)


def test_a_misspelt_setting_of_the_command_line() -> None:
    with pytest.raises(InputProblems, match='Did you mean "results"') as raised:
        load_settings(SHIPPED, {"result": "x"})
    assert "line" not in raised.value.problems[0].where


def test_what_differs_from_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("study: mine\nsegments:\n  length: 30\n")
    assert changed_settings(load_settings(file, {})) == {"segments.length": ("30", "60")}


def test_of_the_folder_of_a_model_only_its_name_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("classifier:\n  embeddings: /home/ada/models/small\n")
    assert changed_settings(load_settings(file, {})) == {"classifier.embeddings": ("small", "None")}


@pytest.mark.parametrize(
    ("pattern", "told"),
    [("(", "not a valid RE2 expression"), ("(?P<speaker>x)", "it needs the groups")],
)
def test_a_wrong_speaker_pattern_is_told_before_anything_is_read(pattern: str, told: str) -> None:
    with pytest.raises(InputProblems, match=told):
        load_settings(SHIPPED, {"reading": {"speaker_pattern": pattern}})


def test_tables_are_told_as_they_were_written_without_what_is_usual(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("tables:\n  - id: mine\n    title: Mine\n    theme: power\n")
    tables = "[{'id': 'mine', 'title': 'Mine', 'theme': 'power'}]"
    assert changed_settings(load_settings(file, {})) == {"tables": (tables, "[]")}


def test_a_column_without_a_title_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(
        "tables:\n  - id: mine\n    title: Mine\n    theme: power\n    columns:\n"
        "      - aspects: [challenge]\n      - titel: Helps\n        title: x\n        aspects: [practice]\n"
    )
    with pytest.raises(InputProblems) as raised:
        load_settings(file, {})
    first, second = map(str, raised.value.problems)
    assert "line 6" in first and '"tables.0.columns.0.title" is missing' in first
    assert "line 7" in second and 'Did you mean "title"?' in second
