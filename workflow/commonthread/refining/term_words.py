"""A term of the codebook in words, for people who compare codebooks."""

from __future__ import annotations

from commonthread.report.wording import words_list
from commonthread.terms import Term


def describe_term(term: Term) -> str:
    """Say what a term looks for, such as “pay” (but not in “pay attention”)."""
    parts = [f"“{part}”" for part in term.parts]
    if term.kind == "all_of":
        said = f"{words_list(parts)} within {term.within} words"
    elif term.kind == "regex":
        said = f"the pattern {term.parts[0]}"
    else:
        said = f"exactly {parts[0]}" if term.kind == "exactly" else parts[0]
    if not term.unless:
        return said
    return f"{said} (but not in {words_list([f'“{each}”' for each in term.unless], 'or')})"
