"""Hostile names, links and special files among the files of a workshop."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from hostile.case import SECRET, TALK, WORKSHOP, Case, holding, refused, taken

_NAMES = (
    "new\nline.txt",
    "carriage\rreturn.txt",
    "quote'.txt",
    'double".txt',
    "$(touch H6_PWNED).txt",
    "`touch H6_PWNED`.txt",
    "; touch H6_PWNED;.txt",
    "-rf.txt",
    "--config.txt",
    "{x}.txt",
    "{batch}{{.txt",
    "%s%n.txt",
    "back\\slash.txt",
    "bidi\u202etxt.exe.txt",
    "zero\u200bwidth.txt",
    "\x1b[31mred.txt",
    "tab\t.txt",
    "CON.txt",
    "nul",
    "trailing dot..txt",
    " space .txt",
    "a" * 251 + ".txt",
    "é" * 125 + ".txt",
    os.fsdecode(b"\xff\xfe.txt"),
    os.fsdecode(b"caf\xe9\xed\xa0\x80.txt"),
    "<img src=x onerror=alert(1)>.txt",
    "=cmd|'.txt",
    "*?[a-z].txt",
    "#name.txt",
    "noending",
    "talk.txt.TXT",
    "~user.txt",
    "日本語.txt",
)


def _at(name: str) -> str:
    return f"{WORKSHOP}/{name}"


def _linked(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _outside(path: Path) -> None:
    """Link to a file beside the study."""
    other = path.parents[3] / "results" / "elsewhere.txt"
    other.parent.mkdir()
    other.write_text(TALK, encoding="utf-8")
    path.symlink_to(other)


def _twins(*names: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        for number, name in enumerate(names):
            (path.parent / name).write_text(TALK + f"Bob: number {number}\n", encoding="utf-8")

    return make


def _socket(path: Path) -> None:
    # The address of a socket must be short.
    here = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"/proc/self/fd/{here}/{path.name}")
    os.close(here)


def _closed(path: Path) -> None:
    path.write_text(TALK, encoding="utf-8")
    path.chmod(0)


def _closed_folder(path: Path) -> None:
    path.mkdir()
    (path / "talk.txt").write_text(TALK, encoding="utf-8")
    path.chmod(0)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5_000_000_000)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "talk.txt").write_text(TALK, encoding="utf-8")


def _deep(path: Path) -> None:
    path.mkdir()
    at = os.open(path, os.O_RDONLY)
    # A path that is longer than any that can be opened.
    for _ in range(60):
        os.mkdir("d" * 100, dir_fd=at)
        below = os.open("d" * 100, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    made = os.open("talk.txt", os.O_WRONLY | os.O_CREAT, dir_fd=at)
    os.write(made, TALK.encode())
    os.close(made)
    os.close(at)


def _many(path: Path) -> None:
    for number in range(300):
        (path.parent / f"{number}.txt").write_text(f"Jane: {number}\n", encoding="utf-8")


SPECIAL = [
    Case(_at("nowhere.txt"), _linked("nowhere"), False, ("leads nowhere",)),
    Case(_at("circle.txt"), _linked("circle.txt"), False, ("leads nowhere",)),
    Case(_at("zero.txt"), _linked("/dev/zero"), False, ("not an ordinary file",)),
    Case(_at("terminal.txt"), _linked("/dev/tty"), False, ("terminal.txt",)),
    Case(_at("process.txt"), _linked("/proc/self/mem"), False, ("process.txt",)),
    Case(_at("up"), _linked(".."), False, ("link to a folder",)),
    Case(_at("root.docx"), _linked("/"), False, ("link to a folder",)),
    Case(_at("outside.txt"), _outside, True, said=("Jane: hello",)),
    Case(_at("pipe.txt"), os.mkfifo, False, ("not an ordinary file",)),
    Case(_at("socket.txt"), _socket, False, ("not an ordinary file",)),
    Case(_at("closed.txt"), _closed, False, ("cannot be opened",)),
    Case(_at("closed"), _closed_folder, False, ("closed to you",)),
    Case(_at("sparse.txt"), _sparse, False, ("larger than 100 MB",)),
    Case(_at("sparse.docx"), _sparse, False, ("larger than 100 MB",)),
    Case(_at("folder.docx"), _folder, True, said=("Jane: hello",)),
    Case(_at("deep"), _deep, False, ("deep",)),
    Case(_at("many"), _many, True, files=300, said=("Jane: 299",)),
    Case(_at("José.txt"), _twins("José.txt", "Jose\u0301.txt"), False, ("accents",), files=2),
    Case(_at("talk.txt"), _twins("talk.txt", "TALK.txt"), False, ("capital letters",), files=2),
    Case(_at("endings"), _twins("talk.txt", "talk.md"), True, ("have one name",), files=2),
]

FOLDERS = [
    taken("workshops/$(touch H6_PWNED)/talk.txt", TALK, "Jane: hello"),
    taken("workshops/new\nline/talk.txt", TALK, "Jane: hello"),
    taken("workshops/" + os.fsdecode(b"\xff\xfe") + "/talk.txt", TALK, "Jane: hello"),
    taken("workshops/-rf/{x}/talk.txt", TALK, "Jane: hello"),
    refused("workshops/alone.txt", TALK, "no workshop's folder"),
    Case("workshops/pipe", os.mkfifo, False, ("no workshop's folder",)),
    Case("workshops/nowhere", _linked("nowhere"), False, ("no workshop's folder",)),
]

CASES: list[Case] = [
    *(Case(_at(name), holding(TALK), True, said=(f"hello {SECRET}",)) for name in _NAMES),
    *SPECIAL,
    *FOLDERS,
]
