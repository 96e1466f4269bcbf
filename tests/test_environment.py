"""The three lists of what the project needs say the same."""

from __future__ import annotations

import re
import tomllib

from environment import ROOT, environment


def test_environment_yml_is_in_step() -> None:
    written = (ROOT / "environment.yml").read_text("utf-8")
    assert written == environment(), "Run: python tests/environment.py --fix"


def test_every_dependency_is_pinned_with_a_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for lock, wanted in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-dev.lock", project["optional-dependencies"]["dev"]),
    ):
        text = (ROOT / lock).read_text("utf-8")
        names = {re.split(r"[<>=~!\[; ]", name)[0].lower() for name in wanted}
        pinned = set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))
        assert names <= pinned
        blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
        assert all("--hash=sha256:" in block for block in blocks)
        assert "://" not in text


def test_environment_yml_names_each_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    written = (ROOT / "environment.yml").read_text("utf-8")
    for wanted in project["dependencies"]:
        name = re.split(r"[<>=~!\[; ]", wanted)[0]
        assert f'"{name}==' in written
