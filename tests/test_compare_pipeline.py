"""``snakemake compare`` as a person types it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from running import ROOT, SNAKEMAKE, make_study

pytestmark = pytest.mark.pipeline


def snakemake(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run snakemake on the study of a place; ``words`` come before and after --config."""
    settings = [f"study={place / 'study'}", f"results={place / 'results'}"]
    targets = [word for word in words if "=" not in word]
    more = [word for word in words if "=" in word]
    return subprocess.run(
        [SNAKEMAKE, *targets, "--config", *settings, *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_a_codebook_is_tried_before_it_is_used(tmp_path: Path) -> None:
    make_study(tmp_path / "study")
    shipped = (ROOT / "config/codebook.yaml").read_text(encoding="utf-8")
    edited = tmp_path / "edited codebook.yaml"
    edited.write_text(
        shipped.replace("      - who to involve\n", "      - shared agenda\n"), "utf-8"
    )
    done = snakemake(tmp_path, "compare", f"with={edited}")
    assert done.returncode == 0, done.stderr
    assert "1 segment would gain a code." in done.stderr
    assert (tmp_path / "results/codebook/comparison.html").is_file()
    # Nothing was used, so nothing is history.
    assert not (tmp_path / "study/codebook_history").exists()

    same = snakemake(tmp_path, "compare", "with=config/codebook.yaml")
    assert "Nothing changes: the two codebooks say the same." in same.stderr
    alone = snakemake(tmp_path, "with=config/codebook.yaml")
    assert alone.returncode != 0
    assert "no comparison was asked for" in alone.stderr
    without = snakemake(tmp_path, "compare")
    assert without.returncode != 0
    assert "It is not said with what to compare." in without.stderr
    for ended in (alone, without):
        assert "Traceback" not in ended.stderr
