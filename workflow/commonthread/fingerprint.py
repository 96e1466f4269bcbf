"""Content hashes of the library's own code, so that a step reruns when its code changes."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parent
# Parsing every file would take longer than a small step does.
_IMPORT = re.compile(
    r"^[ \t]*from (commonthread[\w.]*) import (\([^)]*\)|.*)|^[ \t]*import (.*\bcommonthread\b.*)",
    re.MULTILINE,
)


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
        for file in _files(_ROOT, name):
            digest[file], needed = _read(file)
            todo.extend(each for each in needed if _is_module(_ROOT, each))
    whole = hashlib.sha256()
    for file in sorted(digest):
        whole.update(str(file.relative_to(_ROOT)).encode() + digest[file])
    return whole.hexdigest()[:16]


@cache
def _files(root: Path, name: str) -> list[Path]:
    place = root.joinpath(*name.split("."))
    if place.is_dir():
        return [file for file in place.rglob("*") if file.is_file() and file.suffix != ".pyc"]
    if place.with_suffix(".py").is_file():
        return [place.with_suffix(".py"), *place.parent.glob(f"{place.name}.csv")]
    raise ValueError(f"There is no module commonthread.{name}.")


@cache
def _read(file: Path) -> tuple[bytes, tuple[str, ...]]:
    """Hash a file; give what it imports of this library, wherever in it the import stands.

    Among what is imported may be names that are no modules.
    """
    data = file.read_bytes()
    names = set[str]()
    if file.suffix == ".py":
        for found in _IMPORT.finditer(data.decode("utf-8")):
            module, aliases, plain = found.groups()
            if module:
                names |= {module, *(f"{module}.{alias}" for alias in re.findall(r"\w+", aliases))}
            else:
                names.update(re.findall(r"commonthread[\w.]*", plain))
    own = (name.removeprefix("commonthread.") for name in names if "." in name)
    return hashlib.sha256(data).digest(), tuple(sorted(own))


@cache
def _is_module(root: Path, name: str) -> bool:
    place = root.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()
