"""The codebook to compare with: a file or a git revision, and nothing else is run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from commonthread.other_codebook import check_target, compared_with, read_other
from commonthread.problems import InputProblems


def git(folder: Path, *arguments: str) -> None:
    person = [
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", "-C", str(folder), *person, *arguments], check=True, capture_output=True)


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    """Give a codebook in a repository, with an earlier state of it."""
    folder = tmp_path / "repository" / "ours"
    folder.mkdir(parents=True)
    git(folder.parent, "init", "--quiet")
    path = folder / "codebook.yaml"
    for content in ("first", "second"):
        path.write_text(content)
        git(folder, "add", "codebook.yaml")
        git(folder, "commit", "--quiet", "-m", content)
    git(folder, "tag", "v1", "HEAD~1")
    return path


def test_a_file_is_read_as_it_is(codebook: Path, tmp_path: Path) -> None:
    other = tmp_path / "HEAD"
    other.write_text("a file that is called like a revision")
    found = read_other(str(other), codebook)
    assert found.data == other.read_bytes()
    assert found.what == f"the file {other}"


@pytest.mark.parametrize("revision", ["HEAD~1", "v1", "HEAD^", "v1^{commit}"])
def test_a_revision_is_read_out_of_git(codebook: Path, revision: str) -> None:
    found = read_other(revision, codebook)
    assert found.data == b"first"
    assert found.what.startswith(f"codebook.yaml at the revision {revision} of 20")


def test_a_part_of_a_commit_will_do(codebook: Path) -> None:
    told = subprocess.run(
        ["git", "-C", str(codebook.parent), "rev-parse", "HEAD"], capture_output=True, text=True
    )
    assert read_other(told.stdout[:9], codebook).data == b"second"


@pytest.mark.parametrize(
    "named",
    ["nothing", "--upload-pack=touch x", "-h", "HEAD:codebook.yaml", "v1\nv1", "x" * 300, "a\0b"],
)
def test_what_is_neither_is_told(codebook: Path, named: str) -> None:
    with pytest.raises(InputProblems):
        read_other(named, codebook)


def test_a_revision_without_the_codebook_is_told(codebook: Path) -> None:
    with pytest.raises(InputProblems, match="has no file"):
        read_other("v1", codebook.with_name("other.yaml"))


def test_a_codebook_outside_git_is_told(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_text("x")
    with pytest.raises(InputProblems, match="in no git repository"):
        read_other("v1", tmp_path / "codebook.yaml")


def test_nothing_that_a_repository_asks_for_is_run(
    codebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    tool = tmp_path / "tool"
    tool.write_text(f"#!/bin/sh\ntouch {ran}\n")
    tool.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "gpg.program", "diff.external", "diff.x.textconv"):
        git(codebook.parent, "config", name, str(tool))
    git(codebook.parent, "config", "log.showSignature", "true")
    (codebook.parent / ".gitattributes").write_text("*.yaml diff=x filter=x\n")
    git(codebook.parent, "config", "filter.x.smudge", str(tool))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(tool))
    assert read_other("HEAD~1", codebook).data == b"first"
    assert not ran.exists()


def test_without_git_a_file_will_still_do(codebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert read_other(str(codebook), codebook).data == b"second"
    with pytest.raises(InputProblems):
        read_other("HEAD", codebook)


def test_what_was_named_is_text_whatever_it_was_taken_for() -> None:
    assert compared_with(" HEAD ") == "HEAD"
    assert compared_with(1234567) == "1234567"
    for given in (None, "", True, 1e5, {"a": 1}):
        with pytest.raises(InputProblems):
            compared_with(given)


def test_it_is_told_before_a_run_begins() -> None:
    check_target("HEAD", {"compare"})
    check_target(None, set())
    for given, targets in (("HEAD", set()), (None, {"compare"}), ("HEAD", {"report"})):
        with pytest.raises(InputProblems, match="compare"):
            check_target(given, targets)
