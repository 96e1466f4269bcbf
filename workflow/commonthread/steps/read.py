"""Step: read a batch of workshop files into turns, as they stand in the files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from commonthread.private_tables import make_private
from commonthread.problems import Refused
from commonthread.settings import ReadingSettings
from commonthread.sources import read_content, source_bytes
from commonthread.sources.reading import Reading
from commonthread.study import SourceFile, batches, find_study
from commonthread.tables import as_table, write_table


def read_batch(
    study: str,
    batch: str,
    reading: Mapping[str, Any],
    turns_file: str,
    sources_file: str,
    progress: Callable[[int, int], None],
) -> None:
    """Read the files of one batch; write the tables raw_turns and sources.

    ``study`` is the study's folder, ``reading`` the settings of the section of that name. Every
    file has a row in sources, read or refused. ``progress`` is told files done and files in all.
    """
    settings = ReadingSettings.model_validate(reading)
    make_private(Path(turns_file).parent.parent)
    files = batches(find_study(Path(study)).files)[batch]
    turns: dict[str, list[Any]] = {name: [] for name in _TURN_COLUMNS}
    sources = []
    for done, file in enumerate(files, start=1):
        row, read = _read_file(file, settings)
        sources.append(row)
        if read is not None:
            _add_turns(turns, file, read)
        progress(done, len(files))
    write_table(as_table(turns, "raw_turns"), "raw_turns", Path(turns_file))
    write_table(as_table(sources, "sources"), "sources", Path(sources_file))


_TURN_COLUMNS = ("source_id", "workshop_id", "turn", "speaker", "start_s", "end_s", "text")


def _add_turns(turns: dict[str, list[Any]], file: SourceFile, read: Reading) -> None:
    count = len(read.turns)
    turns["source_id"] += [file.source_id] * count
    turns["workshop_id"] += [file.workshop] * count
    turns["turn"] += range(count)
    turns["speaker"] += [turn.speaker for turn in read.turns]
    turns["start_s"] += [turn.start_s for turn in read.turns]
    turns["end_s"] += [turn.end_s for turn in read.turns]
    turns["text"] += [turn.text for turn in read.turns]


def _read_file(
    file: SourceFile, settings: ReadingSettings
) -> tuple[dict[str, Any], Reading | None]:
    row: dict[str, Any] = {
        "source_id": file.source_id,
        "workshop_id": file.workshop,
        "path": file.place,
        "sha256": "",
        "bytes": file.size,
        "kind": "",
        "format": "",
        "layout": "",
        "encoding": "",
        "status": "read",
        "reason": "",
        "remedy": "",
        "warnings": "[]",
        "notes": "[]",
        "turns": 0,
        "words": 0,
    }
    try:
        if file.unusable is not None:
            raise Refused(*file.unusable)
        data = source_bytes(file.path, settings)
        read = read_content(file.path, data, settings)
        row["sha256"] = hashlib.sha256(data).hexdigest()
    except Refused as refused:
        row |= {"status": "refused", "reason": refused.reason, "remedy": refused.remedy}
        return row, None
    except Exception as error:  # One file that a reader did not foresee must not stop the others.
        row |= {
            "status": "refused",
            "reason": f"It is damaged, or written in a way that was not foreseen "
            f"({type(error).__name__}).",
            "remedy": "Open it in the program it comes from and save it as .docx or .txt.",
        }
        return row, None
    row |= {
        "kind": read.kind,
        "format": read.format,
        "layout": read.layout,
        "encoding": read.encoding,
        "warnings": json.dumps(read.warnings, ensure_ascii=False),
        "notes": json.dumps(read.notes, ensure_ascii=False),
        "turns": len(read.turns),
        "words": sum(len(turn.text.split()) for turn in read.turns),
    }
    return row, read
