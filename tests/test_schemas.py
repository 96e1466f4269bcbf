"""The schemas say what the code says."""

from __future__ import annotations

import pytest

from schemas import FOLDER, schemas, written


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_in_step(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == written(schemas()[name]), (
        "Run: python tests/schemas.py --fix"
    )


def test_no_schema_is_left_over() -> None:
    there = {str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.json")}
    assert there == set(schemas())
