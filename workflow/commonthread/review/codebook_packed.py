"""What the scripts of the codebook page get: JSON, compressed. ``codebook_data.js`` reads it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from commonthread.codebook import Code
from commonthread.codebook_view import CodebookView
from commonthread.coders import coder_id
from commonthread.proposals.code_texts import LABELS, field_text
from commonthread.proposals.hints import Hint
from commonthread.proposals.proposal import FIELDS, Proposal
from commonthread.report.packing import pack as compressed

# Of the name of the study, so that no system finds the name of the file too long.
_LONGEST = 40


def page_id(view: CodebookView) -> str:
    """Give an id that stays the same as long as study and codebook are the same."""
    told = f"{view.study}\0{view.codebook.sha256}".encode()
    return f"b{hashlib.sha256(told).hexdigest()[:12]}"


def packed_codebook(view: CodebookView, hints: Sequence[Hint]) -> bytes:
    """Give all that the scripts need to know of a codebook, and what each hint proposes."""
    book = view.codebook
    study = coder_id(view.study)[:_LONGEST].strip("-_")
    data = {
        "page_id": page_id(view),
        "study": view.study,
        "codebook_version": book.version,
        "codebook_sha256": book.sha256,
        "file": f"proposals-{study or 'study'}",
        "labels": LABELS,
        "codes": [_code(code) for code in book.codes],
        "hints": [hint.proposal and _proposal(hint.proposal) for hint in hints],
    }
    return compressed(json.dumps(data, separators=(",", ":"), allow_nan=False).encode("ascii"))


def _code(code: Code) -> dict[str, Any]:
    return {
        "id": code.id,
        "dimension": code.dimension,
        "parent": code.parent or "",
        "texts": {field: field_text(code, field) for field in FIELDS},
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "kind": proposal.kind,
        "code_id": proposal.code_id,
        "wording": dict(proposal.wording),
        "others": list(proposal.others),
        "parts": [],
        "parent": proposal.parent if proposal.kind == "move" else None,
        "why": proposal.why,
        "segment_ids": list(proposal.segment_ids),
    }
