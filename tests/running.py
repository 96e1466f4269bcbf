"""Runs the pipeline as a person does: one command, in a process of its own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SNAKEMAKE = str(Path(sys.executable).with_name("snakemake"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

TALK = """Ann Quill: We never had the money to start early. Who decides is settled before the meeting.

Bob Finch: That is a problem, and Ann knows it. What helped us was a shared agenda.

Ann Quill: Looking back, I realised that I did not understand a word of the jargon.
"""


def make_study(folder: Path, **files: str | bytes) -> Path:
    """Make a study with one workshop; ``files`` are more of its files, with "__" for the dot."""
    workshop = folder / "workshops" / "spring"
    workshop.mkdir(parents=True)
    (workshop / "talk.txt").write_text(TALK, encoding="utf-8")
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (workshop / name.replace("__", ".")).write_bytes(data)
    return folder


def command(study: Path, results: Path, *more: str, target: str = "") -> list[str]:
    """Give the command that runs a study; ``more`` are further settings, as name=value.

    ``target`` is what to make instead of everything, separated by spaces.
    """
    return [SNAKEMAKE, *target.split(), "--config", f"study={study}", f"results={results}", *more]


def run(
    study: Path, results: Path, *more: str, target: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a study to its end."""
    return subprocess.run(
        command(study, results, *more, target=target),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


def contents(results: Path) -> dict[str, str]:
    """Give a hash of each file that a run left."""
    return {
        str(file.relative_to(results)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(results.rglob("*"))
        if file.is_file()
    }
