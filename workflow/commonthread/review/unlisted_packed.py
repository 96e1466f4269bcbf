"""What the scripts of the page of unlisted words get: JSON, compressed. ``unlisted_data.js`` reads it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from commonthread.coders import coder_id
from commonthread.report.packing import pack as compressed
from commonthread.unlisted.answer import MARKS, MOST_LETTERS
from commonthread.unlisted.worklist import Entry

# Of the name of the study, so that no system finds the name of the file too long.
_LONGEST = 40


def packed_worklist(entries: Sequence[Entry], study: str) -> bytes:
    """Give all that the scripts need to know of a worklist."""
    groups = list(dict.fromkeys(entry.group for entry in entries))
    short = coder_id(study)[:_LONGEST].strip("-_")
    data = {
        "page_id": _page_id(entries, study),
        "study": study,
        "file": f"names-{short or 'study'}.json",
        "kinds": list(MARKS.items()),
        "longest": MOST_LETTERS,
        "groups": groups,
        "entries": [
            [
                entry.words,
                groups.index(entry.group),
                entry.times,
                entry.files,
                [[said.before, said.words, said.after] for said in entry.contexts],
            ]
            for entry in entries
        ],
    }
    return compressed(json.dumps(data, separators=(",", ":"), allow_nan=False).encode("ascii"))


def _page_id(entries: Sequence[Entry], study: str) -> str:
    """Give an id that is the same as long as all words are: what is kept goes by their numbers."""
    told = "\0".join((study, *(entry.words for entry in entries)))
    return f"u{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
