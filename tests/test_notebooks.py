"""Each notebook runs from top to bottom on the results of a run."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from commonthread.findings import find, write_findings
from running import ROOT
from small_study import study

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder beside which the results of the example lie, as a notebook expects."""
    top = tmp_path_factory.mktemp("notebooks")
    data = top / "results/example/data"
    write_findings(find(**study()), data)
    (data / "segments.csv").write_text(
        "segment_id,workshop,role,codes,text\ns1,First,Researcher,jargon; trust,so many words\n"
        "s2,First,Practitioner,,hello\n",
        encoding="utf-8-sig",
    )
    (top / "notebooks").mkdir()
    return top / "notebooks"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.name)
def test_a_notebook_runs(notebook: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    names: dict[str, object] = {}
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{notebook.name}, {cell.id}", "exec"), names)
    assert list(names["with_code"]["segment_id"]) == ["s1"]  # type: ignore[index]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.name)
def test_a_notebook_holds_no_results(notebook: Path) -> None:
    for cell in nbformat.read(notebook, as_version=4).cells:
        assert not cell.get("outputs")
