"""The rooms keep to their walls: who may import what, and how much a script may hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIBRARY = sorted((ROOT / "workflow/commonthread").rglob("*.py"))
ADAPTERS = sorted(
    file for file in (ROOT / "workflow/scripts").glob("*.py") if file.name != "terminal.py"
)
KNOWS_HTML = ("report", "review")


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_there_is_something_to_check() -> None:
    assert len(LIBRARY) > 20
    assert len(ADAPTERS) >= 6


@pytest.mark.parametrize("file", LIBRARY, ids=name)
def test_the_library_knows_nothing_of_snakemake(file: Path) -> None:
    assert not any(module.split(".")[0].startswith("snakemake") for module in imports(file))
    assert not re.search(r"\bsnakemake\.(input|output|params|config)\b", file.read_text("utf-8"))


@pytest.mark.parametrize("file", LIBRARY, ids=name)
def test_the_library_prints_nothing(file: Path) -> None:
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"print", "input", "exit", "eval", "exec"}


@pytest.mark.parametrize("file", ADAPTERS, ids=name)
def test_a_script_calls_each_step_that_it_imports_and_does_nothing_else(file: Path) -> None:
    top = ast.parse(file.read_text("utf-8")).body
    own = [
        alias.name
        for node in top
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("commonthread.")
        for alias in node.names
    ]
    assert 1 <= len(own) <= 2
    rest = [node for node in top if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert len(rest) == 1 and isinstance(rest[0], ast.With)
    assert len(rest[0].body) == len(own)
    called = [node.id for node in ast.walk(rest[0]) if isinstance(node, ast.Name)]
    assert [called.count(function) for function in own] == [1] * len(own)
    inside = [type(node) for node in ast.walk(rest[0])]
    assert not {ast.If, ast.For, ast.While, ast.FunctionDef, ast.Lambda, ast.Try} & set(inside)


def test_only_the_rooms_for_pages_know_html() -> None:
    package = ROOT / "workflow/commonthread"
    for file in LIBRARY:
        room = file.relative_to(package).parts[0]
        if room not in KNOWS_HTML:
            assert not re.search(r"</(div|p|span|table|html|body|script)>", file.read_text("utf-8"))
            assert "jinja2" not in imports(file)


def test_no_file_has_grown_too_long() -> None:
    long = {
        name(file): lines
        for file in [*LIBRARY, *ADAPTERS]
        if (lines := len(file.read_text("utf-8").splitlines())) > 450
    }
    assert not long


def test_every_script_has_its_rule() -> None:
    rules = "".join(file.read_text("utf-8") for file in (ROOT / "workflow/rules").glob("*.smk"))
    assert sorted(re.findall(r'"\.\./scripts/(\w+\.py)"', rules)) == sorted(
        file.name for file in ADAPTERS
    )


def test_every_rule_reruns_when_its_code_changes() -> None:
    for file in (ROOT / "workflow/rules").glob("*.smk"):
        for rule in re.split(r"^rule ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            script = re.search(r'"\.\./scripts/(\w+\.py)"', rule)
            assert script is not None
            steps = re.findall(
                r"^from commonthread\.(steps\.\w+) import",
                (ROOT / "workflow/scripts" / script.group(1)).read_text("utf-8"),
                flags=re.MULTILINE,
            )
            hashed = re.search(r"code_fingerprint\((.*)\)", rule)
            assert hashed is not None
            assert sorted(re.findall(r'"(.+?)"', hashed.group(1))) == sorted(steps)
