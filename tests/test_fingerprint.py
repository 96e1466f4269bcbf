"""A step reruns when code that it needs changes, and not otherwise."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from commonthread import fingerprint
from commonthread.fingerprint import code_fingerprint


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rooms").mkdir()
    (tmp_path / "top.py").write_text("from commonthread.middle import f\n")
    (tmp_path / "middle.py").write_text("def f():\n    from commonthread import rooms\n")
    (tmp_path / "rooms" / "__init__.py").write_text("")
    (tmp_path / "rooms" / "page.css").write_text("a {}")
    (tmp_path / "apart.py").write_text("")
    monkeypatch.setattr(fingerprint, "_ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "changes"),
    [("top.py", True), ("middle.py", True), ("rooms/page.css", True), ("apart.py", False)],
)
def test_what_changes_a_fingerprint(library: Path, file: str, changes: bool) -> None:
    before = code_fingerprint("top")
    fingerprint._read.cache_clear()
    with (library / file).open("a") as end:
        end.write("\n\n")
    assert (code_fingerprint("top") != before) is changes


def test_every_import_is_seen_that_python_sees() -> None:
    for file in fingerprint._ROOT.rglob("*.py"):
        wanted = set[str]()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                wanted |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        own = {name[13:] for name in wanted if name.startswith("commonthread.")}
        assert own <= set(fingerprint._read(file)[1]), file


def test_several_modules_have_one_fingerprint(library: Path) -> None:
    assert code_fingerprint("top", "apart") != code_fingerprint("top")


def test_the_same_code_elsewhere_is_the_same(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code_fingerprint("top")
    shutil.copytree(library, tmp_path / "copy")
    monkeypatch.setattr(fingerprint, "_ROOT", tmp_path / "copy")
    assert code_fingerprint("top") == before


def test_an_unknown_module() -> None:
    with pytest.raises(ValueError, match=r"no module commonthread\.nowhere"):
        code_fingerprint("nowhere")
