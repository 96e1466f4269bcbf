"""Keeps environment.yml in step with pyproject.toml and the lock file; --fix writes it anew."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADING = """\
# The same environment by conda or mamba, for Windows and for those who prefer it:
#   conda env create --file environment.yml
#   conda activate commonthread
#   snakemake
name: commonthread
channels:
  - conda-forge
dependencies:
  - python>=3.11,<3.14
  - pip
  - pip:
"""


def environment() -> str:
    """Give environment.yml as pyproject.toml and requirements.lock want it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=~!\[; ]", wanted)[0] for wanted in project["dependencies"]]
    pins = re.findall(
        r"^([a-z0-9-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? ?\\?$",
        (ROOT / "requirements.lock").read_text("utf-8"),
        re.MULTILINE,
    )
    lines = []
    for name in names:
        for pinned, version, marker in pins:
            if pinned == name:
                wanted = f"{name}=={version}" + (f" ; {marker}" if marker else "")
                lines.append(f'      - "{wanted}"\n')
    lines.append("      - --editable .\n")
    return HEADING + "".join(lines)


if __name__ == "__main__":
    if "--fix" in sys.argv:
        (ROOT / "environment.yml").write_text(environment(), encoding="utf-8")
    sys.exit((ROOT / "environment.yml").read_text("utf-8") != environment())
