"""Files from the future: their times are set to now, and nothing else is touched."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from commonthread.problems import InputProblems
from commonthread.times import mend_times


def test_only_what_is_still_to_come_is_mended(tmp_path: Path) -> None:
    early, late, below = tmp_path / "early", tmp_path / "late", tmp_path / "folder/below/late"
    below.parent.mkdir(parents=True)
    for path in (early, late, below):
        path.write_text(path.name)
    os.utime(early, (1000, 1000))
    for path in (late, below):
        os.utime(path, (time.time() + 9e6, time.time() + 9e6))
    mend_times([early, late, tmp_path / "none"], [tmp_path / "folder", tmp_path / "nowhere"])
    assert early.stat().st_mtime == 1000
    assert late.stat().st_mtime <= time.time()
    assert late.stat().st_mtime == below.stat().st_mtime
    assert late.read_text() == "late"


def test_a_file_whose_time_cannot_be_set_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")
    os.utime(path, (time.time() + 9e6, time.time() + 9e6))

    def closed(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "utime", closed)
    with pytest.raises(
        InputProblems, match=r"a\.csv: It was saved at a time that is still to come"
    ):
        mend_times([path], [])
