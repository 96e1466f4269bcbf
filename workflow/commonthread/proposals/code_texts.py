"""The texts of a code that people may word anew, as they stand in a document or a workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from commonthread.codebook import Code
from commonthread.proposals.term_lines import PATTERN, is_pattern, term_line

# What people see the fields called. The terms are shown apart: those that anybody can read, and
# patterns.
LABELS = {
    "name": "Name",
    "plain": "In plain words",
    "definition": "Definition",
    "use_when": "Use it when",
    "not_when": "Not when",
    "near_miss": "Near miss",
    "examples": "Examples",
    "questions": "Questions to talk about",
    "terms": "Words looked for",
    "patterns": "Patterns looked for",
}
# An entry a line; the others are one text.
LISTS = ("examples", "questions", "terms")
# What no code can be without.
NEEDED = ("name", "plain", "definition")
_BETWEEN = re.compile(r"[;\n]")


def field_text(code: Code, field: str) -> str:
    """Give the text of a field of a code, of lists an entry a line."""
    if field == "terms":
        return "\n".join(term_line(term) for term in code.terms)
    value = getattr(code, field)
    if isinstance(value, str):
        return value
    return "\n".join(" ".join(entry.split()) for entry in value)


def shown_lines(field: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Give a field of a code as it is shown, a paragraph each; ``texts`` has those of FIELDS.

    Words looked for stand together. "patterns" are those of the terms that are patterns.
    """
    text = texts["terms" if field == "patterns" else field]
    lines = tuple(line for line in text.split("\n") if line.strip())
    if field == "patterns":
        return tuple(line for line in lines if is_pattern(line))
    if field == "terms":
        words = "; ".join(line for line in lines if not is_pattern(line))
        return (words,) if words else ()
    return lines


def written_text(field: str, shown: str) -> str:
    """Give the text of a field from what stands where it was shown, of lists an entry a line."""
    lines = [line.strip() for line in shown.replace("\r", "\n").split("\n")]
    if field == "patterns":
        lines = [line if is_pattern(line) or not line else f"{PATTERN} {line}" for line in lines]
    elif field == "terms":
        lines = [
            part.strip()
            for line in lines
            for part in ([line] if is_pattern(line) else _BETWEEN.split(line))
        ]
    else:
        lines = [" ".join(line.split()) for line in lines]
    return "\n".join(line for line in lines if line)


def same_text(field: str, one: str, other: str) -> bool:
    """Tell whether two texts of a field say the same: white space and the order of words to look
    for do not count."""
    return _key(field, one) == _key(field, other)


def plain_line(text: str) -> str:
    """Give a text on one line, by which texts are the same whoever saved them."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _key(field: str, text: str) -> tuple[str, ...]:
    if field not in LISTS:
        return (plain_line(text),)
    lines = [plain_line(line) for line in text.split("\n")]
    if field == "terms":
        lines = sorted(set(lines))
    return tuple(line for line in lines if line)
