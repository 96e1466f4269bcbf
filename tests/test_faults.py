"""Faults that whole runs meet; ``benchmark_faults.py`` does more of them, to a larger study."""

from __future__ import annotations

import errno
import random
import time
from pathlib import Path

import pytest

from commonthread.disk import told_by_others, write_problem
from commonthread.problems import InputProblems
from commonthread.runlock import RunLock
from faults import (
    Place,
    can_fill_a_disk,
    obey_permissions,
    plain,
    run,
    run_and_kill,
    run_on_a_small_disk,
    run_with_small_files,
    second_run,
    set_times,
    small_study,
)

pytestmark = pytest.mark.pipeline


def test_whatever_happens_to_a_run_the_same_command_finishes_it(
    tmp_path: Path,
) -> None:
    """One test, so that what a run leaves that nothing disturbed is made once."""
    original = small_study(tmp_path / "original/study")
    # Every run happens there: pages name their folder, which so is the same.
    place = Place(tmp_path / "place")
    place.renew(original)
    start = time.monotonic()
    ended = run(place)
    assert ended.code == 0, ended.said
    seconds, wanted = time.monotonic() - start, place.left()
    size = sum(file.stat().st_size for file in place.folder.rglob("*") if file.is_file())

    place.renew(original)
    a_run_that_was_killed_twice_is_finished(place, seconds)
    assert place.left() == wanted
    a_full_disk_is_told_and_with_room_the_run_is_finished(place, original, size // 1000)
    assert place.left() == wanted
    place.renew(original)
    set_times(place.study, time.time() + 365 * 86_400)
    closed_results_are_told(place)
    a_closed_study_is_told_and_keeps_what_it_could_not_take_for_later(place)
    assert place.left() != wanted
    a_second_run_is_refused_and_the_first_goes_on(place)
    assert place.left() == wanted
    again = run(place)
    assert "Nothing to be done" in again.said, again.said
    assert place.left() == wanted


def a_run_that_was_killed_twice_is_finished(place: Place, seconds: float) -> None:
    rng = random.Random(7)
    for _ in range(2):
        run_and_kill(place, rng.uniform(0.2, 0.7) * seconds)
    ended = run(place)
    assert ended.code == 0, ended.said


def a_full_disk_is_told_and_with_room_the_run_is_finished(
    place: Place, original: Path, kilobytes: int
) -> None:
    if can_fill_a_disk():
        full, again = run_on_a_small_disk(place, original, kilobytes // 3)
    else:
        full, again = run_with_small_files(place, original)
    assert full.code != 0
    assert "The disk is full." in full.said and "run the same command again" in full.said
    assert plain(full.said), full.said
    assert again.code == 0, again.said


def closed_results_are_told(place: Place) -> None:
    for name in ("results", "results-private"):
        folder = place.folder / name
        folder.mkdir(exist_ok=True)
        folder.chmod(0o500)
        closed = run(place, obey_permissions)
        folder.chmod(0o700)
        assert closed.code != 0
        assert "Nothing can be written there" in closed.said and str(folder) in closed.said
        assert plain(closed.said), closed.said


def a_closed_study_is_told_and_keeps_what_it_could_not_take_for_later(place: Place) -> None:
    tables = place.study / "tables"
    for folder in (tables, place.study):
        folder.chmod(0o500)
    closed = run(place, obey_permissions)
    for folder in (place.study, tables):
        folder.chmod(0o700)
    assert closed.code == 0, closed.said
    assert "The history of the codebook cannot be written into" in closed.said
    assert f"Nothing can be written into {tables}" in closed.said
    assert (place.results / "summary-tables/drafts/involvement.xlsx").is_file()
    assert not (tables / "involvement.xlsx").exists()


def a_second_run_is_refused_and_the_first_goes_on(place: Place) -> None:
    first, second = second_run(place)
    assert second.code != 0
    assert second.said.count("Another run is working on this study.") == 1
    assert plain(second.said), second.said
    assert first == 0


def test_a_lock_is_one_runs_alone_until_it_ends(tmp_path: Path) -> None:
    first, second = RunLock(tmp_path / "private"), RunLock(tmp_path / "private")
    first.acquire()
    with pytest.raises(InputProblems, match="Another run is working on this study"):
        second.acquire()
    del first
    second.acquire()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_known_however_deep_the_error_is(number: int) -> None:
    try:
        try:
            raise OSError(number, "No space", "/a/b.csv")
        except OSError as error:
            raise ValueError("it could not be written") from error
    except ValueError as error:
        problem = write_problem(error, Path("results"))
    assert problem is not None
    assert problem.where == "/a/b.csv"
    assert problem.what == "The disk is full."


def test_a_closed_folder_is_told_and_nothing_is_made_of_other_errors() -> None:
    closed = write_problem(PermissionError(errno.EACCES, "Permission denied"), Path("results"))
    assert closed is not None
    assert str(closed).startswith("results: Nothing can be written there (Permission denied).")
    in_words = OSError(errno.EACCES, "Failed to open local file '/a/b.parquet'. Detail: x")
    assert str(write_problem(in_words, Path("results"))).startswith("/a/b.parquet: Nothing can")
    assert write_problem(FileNotFoundError(errno.ENOENT, "No such file"), Path("x")) is None
    assert write_problem(ValueError("x"), Path("x")) is None


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Error recording metadata ([Errno 28] No space left on device). x", "The disk is full."),
        ("PermissionError: [Errno 13] Permission denied: '/a/steps'", "/a/steps: Nothing can be"),
        ("OSError: [Errno 30] Read-only file system: 'b'", "b: Nothing can be written there"),
    ],
)
def test_what_snakemake_cannot_write_is_told_in_the_same_words(message: str, told: str) -> None:
    problem = told_by_others(message)
    assert problem is not None and told in str(problem)


def test_other_words_of_snakemake_stay() -> None:
    assert told_by_others("FileNotFoundError: [Errno 2] No such file or directory: 'x'") is None
    assert told_by_others("Missing input files for rule all") is None
