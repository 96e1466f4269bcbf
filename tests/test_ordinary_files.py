"""Reading what people put somewhere: nothing but ordinary files, as they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from commonthread.ordinary_files import is_there, read_ordinary, shown_name
from commonthread.problems import Refused
from commonthread.returned_files import files_below, place_in


def test_a_file_of_at_most_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1_000_000)
    assert read_ordinary(path, 1) == b"x" * 1_000_000
    path.write_bytes(b"x" * 1_000_001)
    with pytest.raises(Refused, match="larger than 1 MB"):
        read_ordinary(path, 1)


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one\n")
    looked: list[int] = []
    look = os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        looked.append(descriptor)
        if len(looked) == 2:
            os.utime(path, ns=(0, 0))
        return look(descriptor)

    monkeypatch.setattr(os, "fstat", fstat)
    with pytest.raises(Refused, match="changed while it was read"):
        read_ordinary(path, 1)


@pytest.mark.parametrize("kind", ["pipe", "folder", "zero"])
def test_nothing_waits_for_what_is_no_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(Refused, match="not an ordinary file"):
        read_ordinary(path, 1)


def test_a_link_is_there_even_if_it_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert not is_there(path)
    path.symlink_to("nowhere")
    assert is_there(path)
    with pytest.raises(Refused, match="leads nowhere"):
        read_ordinary(path, 1)
    with pytest.raises(FileNotFoundError):
        read_ordinary(tmp_path / "b", 1)


def test_names_can_be_printed() -> None:
    assert shown_name("a\nb\u202ec") == "a\ufffdb\ufffdc"
    assert shown_name(os.fsdecode(b"caf\xe9")) == "caf\ufffd"
    assert shown_name("José 日本 👩") == "José 日本 👩"
    assert len(shown_name("x" * 5000)) < 600


def test_everything_below_a_folder_is_given_and_no_circle_followed(tmp_path: Path) -> None:
    folder = tmp_path / "codings"
    (folder / "below").mkdir(parents=True)
    (folder / "below/a.csv").write_text("x")
    (folder / "circle").symlink_to(folder)
    (folder / ".hidden").write_text("x")
    found = [place_in(folder, path) for path in files_below(folder)]
    assert found == ["circle", "below/a.csv"]
    assert not list(files_below(tmp_path / "none"))
    file = tmp_path / "file"
    file.write_text("x")
    assert [place_in(file, path) for path in files_below(file)] == ["file"]
