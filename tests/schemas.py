"""Keeps workflow/schemas in step with the code; --fix writes them anew."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from commonthread.settings import Settings
from commonthread.study import StudyDescription
from commonthread.tables import data_dictionary

FOLDER = Path(__file__).parent.parent / "workflow/schemas"
_TYPES = {
    "text": "string",
    "whole number": "integer",
    "number": "number",
    "true or false": "boolean",
}


def schemas() -> dict[str, dict[str, Any]]:
    """Give every schema by the name of its file: the settings, study.yaml, and each table's row."""
    made = {
        "config.schema.json": Settings.model_json_schema(),
        "study.schema.json": StudyDescription.model_json_schema(),
    }
    for table, rows in data_dictionary().groupby("table", sort=False):
        made[f"tables/{table}.schema.json"] = {
            "title": f"A row of the table {table}",
            "type": "object",
            "properties": {
                column: {"type": [_TYPES[kind], "null"], "description": description}
                for column, kind, description in zip(
                    rows["column"], rows["type"], rows["description"], strict=True
                )
            },
            "required": rows["column"].tolist(),
        }
    return made


def written(schema: dict[str, Any]) -> str:
    """Give a schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__" and "--fix" in sys.argv:
    for name, schema in schemas().items():
        file = FOLDER / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written(schema), encoding="utf-8")
