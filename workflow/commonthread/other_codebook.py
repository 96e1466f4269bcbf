"""Finds the codebook to compare with: an edited file, or the codebook's file at a git revision."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commonthread.ordinary_files import read_ordinary
from commonthread.problems import InputProblems, Problem, Refused

_WHERE = "--config with="
_HOW = "Name an edited codebook file, or a git revision of the codebook: --config with=HEAD~1."
# What can be a revision: no option, no path in one, nothing that cannot be seen.
_REVISION = re.compile(r"[A-Za-z0-9_@^~./{}+][A-Za-z0-9_@^~./{} +-]{0,199}")
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_SECONDS = 30
_LARGEST_MB = 5
# Nothing is fetched, asked, or locked, whatever a repository's own settings say.
_SAFE = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


@dataclass(frozen=True)
class OtherCodebook:
    """A codebook file to compare with: its bytes, and what it is in words."""

    data: bytes
    what: str


def check_target(given: Any, typed: Collection[str]) -> None:
    """See that what is compared with was named for a comparison, and for nothing else.

    ``typed`` are the words of the command. Raises InputProblems if one of the two stands alone,
    before a run has begun.
    """
    if "compare" in typed:
        compared_with(given)
    elif given is not None:
        raise _problem(
            "This says what to compare with, but no comparison was asked for.",
            f"Type: snakemake compare --config with={given}",
        )


def compared_with(given: Any) -> str:
    """Give what was named on the command line as text. Raises InputProblems if nothing was.

    Snakemake takes a revision of digits for a number.
    """
    if isinstance(given, int | str) and not isinstance(given, bool) and str(given).strip():
        return str(given).strip()
    if isinstance(given, float):
        raise _problem(
            "This revision was taken for a number.", "Write more letters and digits of it."
        )
    raise _problem("It is not said with what to compare.", _HOW)


def read_other(named: str, codebook: Path) -> OtherCodebook:
    """Read the codebook to compare with; ``codebook`` is the file of the run.

    Raises InputProblems if there is neither a file nor a revision of that name, and if the
    revision has no such codebook file.
    """
    path = Path(named)
    try:
        if path.is_file():
            return OtherCodebook(read_ordinary(path, _LARGEST_MB), f"the file {named}")
    except Refused as refused:
        raise _problem(f"{named[:80]} cannot be read. {refused.reason}", _HOW) from None
    except (OSError, ValueError) as error:
        raise _problem(f"{named[:80]} cannot be opened ({error}).", _HOW) from None
    if not _REVISION.fullmatch(named):
        raise _problem(f"There is no file {named[:80]}.", _HOW)
    folder = codebook.resolve().parent
    if _git(folder, "rev-parse", "--git-dir") is None:
        raise _problem(
            f"There is no file {named}, and the codebook {codebook} is in no git repository.", _HOW
        )
    found = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}"
    )
    commit = (found or b"").decode("ascii", "replace").strip()
    if not _COMMIT.fullmatch(commit):
        raise _problem(f"There is neither a file nor a git revision {named}.", _HOW)
    data = _git(folder, "cat-file", "blob", f"{commit}:./{codebook.name}")
    if data is None:
        raise _problem(
            f"The revision {named} has no file {codebook}.",
            "Name a revision in which the codebook had this name and place.",
        )
    return OtherCodebook(data, f"{codebook.name} at the revision {named}{_dated(folder, commit)}")


def _dated(folder: Path, commit: str) -> str:
    """Say when a commit was made, such as " of 2026-03-12"; empty if that cannot be told."""
    written = _git(folder, "cat-file", "commit", commit) or b""
    found = re.search(rb"^committer [^\n]*> ([0-9]{1,12}) ", written, re.MULTILINE)
    return f" of {datetime.fromtimestamp(int(found[1]), UTC):%Y-%m-%d}" if found else ""


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Run git in a folder and give what it says; None if it fails or is not there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            env=kept | _SAFE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _problem(what: str, remedy: str) -> InputProblems:
    return InputProblems([Problem(_WHERE, what, remedy)])
