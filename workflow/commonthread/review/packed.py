"""What the page's scripts get of a pack: JSON, compressed. ``pack_data.js`` reads it.

Places in words count UTF-16 units there, as JavaScript does.
"""

from __future__ import annotations

import json
from typing import Any

from commonthread.coders import coder_id
from commonthread.packs.pack import Opinion, Pack, PackSegment
from commonthread.report.packing import pack as compressed
from commonthread.report.packing import utf16_length

# Of the names of study and coder, so that no system finds the name of the file too long.
_LONGEST = 40


def file_name(pack: Pack) -> str:
    """Give the name of the file that a person saves and sends back."""
    who = "decided" if pack.purpose == "adjudication" else coder_id(pack.coder)
    study = coder_id(pack.study)[:_LONGEST].strip("-_")
    return f"codings-{study or 'study'}-{who[:_LONGEST].strip('-_') or 'coder'}.json"


def packed_data(pack: Pack) -> bytes:
    """Give all that the scripts need to know of a pack."""
    data = {
        "pack_id": pack.pack_id,
        "purpose": pack.purpose,
        "study": pack.study,
        "coder": pack.coder,
        "role": pack.role,
        "codebook_version": pack.codebook.version,
        "codebook_sha256": pack.codebook.sha256,
        "file": file_name(pack),
        "codes": [[code.id, code.name, code.dimension] for code in pack.codebook.codes],
        "sources": [[source.source_id, source.workshop, source.name] for source in pack.sources],
        "turns": [
            [turn.source, turn.number, turn.speaker, turn.start_s, turn.text] for turn in pack.turns
        ],
        "segments": [_segment(pack, segment) for segment in pack.segments],
    }
    return compressed(json.dumps(data, separators=(",", ":"), allow_nan=False).encode("ascii"))


def _segment(pack: Pack, segment: PackSegment) -> list[Any]:
    text = pack.turns[segment.turn].text
    return [
        segment.segment_id,
        segment.turn,
        utf16_length(text[: segment.start]),
        utf16_length(text[: segment.end]),
        segment.before,
        segment.after,
        list(segment.found) if pack.start == "dictionary" else [],
        [_opinion(opinion) for opinion in segment.opinions],
    ]


def _opinion(opinion: Opinion) -> dict[str, Any]:
    return {
        "coder": opinion.coder,
        "role": opinion.role,
        "codes": list(opinion.codes),
        "no_code": opinion.no_code,
        "unsure": opinion.unsure,
        "comment": opinion.comment,
        "new_code": opinion.new_code,
    }
