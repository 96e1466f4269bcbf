"""Content hashes of the library's own code, so that a step reruns when its code changes."""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parent


def code_fingerprint(*modules: str) -> str:
    """Hash modules and all modules of this library that they need, with their data files.

    Each is a name below ``commonthread``, such as ``reading`` or ``sources.docx``. A package
    stands for every file in it. Raises ``ValueError`` for a module that is not there.
    """
    todo, seen = list(modules), set[str]()
    digest: dict[Path, bytes] = {}
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for file in _files(name):
            digest[file] = hashlib.sha256(file.read_bytes()).digest()
            if file.suffix == ".py":
                todo.extend(_needs(file))
    whole = hashlib.sha256()
    for file in sorted(digest):
        whole.update(str(file.relative_to(_ROOT)).encode() + digest[file])
    return whole.hexdigest()[:16]


def _files(name: str) -> list[Path]:
    place = _ROOT.joinpath(*name.split("."))
    if place.is_dir():
        return [file for file in place.rglob("*") if file.is_file() and file.suffix != ".pyc"]
    if place.with_suffix(".py").is_file():
        return [place.with_suffix(".py"), *place.parent.glob(f"{place.name}.csv")]
    raise ValueError(f"There is no module commonthread.{name}.")


@cache
def _needs(file: Path) -> tuple[str, ...]:
    """Give the modules of this library that a file imports, wherever in it the import stands."""
    names = set[str]()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    own = {name.removeprefix("commonthread.") for name in names if name.startswith("commonthread.")}
    return tuple(sorted(name for name in own if _is_module(name)))


def _is_module(name: str) -> bool:
    place = _ROOT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()
