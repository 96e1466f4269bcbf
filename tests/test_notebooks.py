"""Notebooks hold no results of anybody's study. That they run: ``test_codebook_loop``."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from running import NOTEBOOKS


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.name)
def test_a_notebook_holds_no_results(notebook: Path) -> None:
    for cell in nbformat.read(notebook, as_version=4).cells:
        assert not cell.get("outputs")
