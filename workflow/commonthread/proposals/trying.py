"""Tries other terms of a code, before anybody proposes them."""

from __future__ import annotations

from collections.abc import Sequence

from commonthread.codebook import Codebook, parse_codebook
from commonthread.proposals.apply import apply_proposals
from commonthread.proposals.code_texts import field_text
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.term_lines import term_line


def other_terms(
    codebook: Codebook, code_id: str, more: Sequence[str] = (), less: Sequence[str] = ()
) -> Proposal:
    """Propose the terms of a code with some more, or without those of some labels.

    ``more`` are terms as people write them, a line each. Raises KeyError for an unknown code.
    """
    code = codebook.code(code_id)
    kept = [term_line(term) for term in code.terms if term.label not in less]
    lines = [*kept, *(line for line in more if line not in kept)]
    return Proposal(
        "",
        "wording",
        code_id,
        wording=(("terms", "\n".join(lines)),),
        was=(("terms", field_text(code, "terms")),),
    )


def tried(data: bytes, proposal: Proposal) -> Codebook:
    """Give the codebook that a file would hold with one proposal made; the file stays as it is.

    Goes in: the bytes of a codebook file. Raises ValueError with the reason if the proposal cannot
    be made, and InputProblems for a codebook that cannot be used.
    """
    applied = apply_proposals(data, {"tried": proposal}, "the codebook as tried")
    if applied.codebook is not None:
        return applied.codebook
    if applied.by_hand:
        raise ValueError(applied.by_hand[0][1])
    return parse_codebook(data, "the codebook")
