"""Keeps what is wrong from one step to the end of the run, when everything else has been made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from commonthread.problems import Problem
from commonthread.whole_files import replacing


def write_problems(problems: Iterable[Problem], path: Path) -> None:
    """Write problems as JSON."""
    with replacing(path) as temporary:
        temporary.write_text(
            json.dumps([[p.where, p.what, p.remedy] for p in problems], ensure_ascii=False),
            encoding="utf-8",
        )


def read_problems(path: Path) -> list[Problem]:
    """Read problems that ``write_problems`` wrote."""
    return [Problem(*each) for each in json.loads(path.read_text(encoding="utf-8"))]
