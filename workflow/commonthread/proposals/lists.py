"""Lists of a code, an entry a line: what a change to one adds and takes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from commonthread.proposals.code_texts import LISTS, plain_line, same_text
from commonthread.proposals.term_lines import read_term_line
from commonthread.terms import Term, TermError


def entries(text: str) -> list[str]:
    """Give the entries of a list that stands a line each, without empty ones."""
    return [line for line in map(plain_line, text.split("\n")) if line]


def says_same(field: str, one: str, other: str) -> bool:
    """Tell whether two texts of a field say the same; terms by what they look for."""
    if field in LISTS:
        return _keys(field, one) == _keys(field, other)
    return same_text(field, one, other)


def list_change(field: str, before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the entries of a list that came and those that went."""
    old, new = _keys(field, before), _keys(field, after)
    came = [each for each, key in zip(entries(after), new, strict=True) if key not in old]
    went = [each for each, key in zip(entries(before), old, strict=True) if key not in new]
    return came, went


def changed_list(field: str, now: str, before: str, after: str) -> list[str]:
    """Give the entries of a list of today with a change that somebody made to an earlier one.

    Entries stay in the order of today; one that came stands after the one that it came after. Of a
    list in which nothing but the order changed, and which is still the earlier one, the order
    becomes the later one; the order of terms means nothing.
    """
    came, went = list_change(field, before, after)
    if not came and not went and field != "terms" and says_same(field, now, before):
        return entries(after)
    gone = _keys(field, "\n".join(went))
    made = [each for each in entries(now) if _key(field, each) not in gone]
    last = 0
    for each, key in zip(entries(after), _keys(field, after), strict=True):
        known = [_key(field, entry) for entry in made]
        if key in known:
            last = known.index(key) + 1
        elif each in came:
            made.insert(last, each)
            last += 1
    return made


def holds(field: str, text: str, wanted: Iterable[str]) -> bool:
    """Tell whether a list has all of some entries."""
    known = _keys(field, text)
    return all(_key(field, each) in known for each in wanted)


def term_value(term: Term) -> str | dict[str, Any]:
    """Give a term as a codebook file has it: a text, or a mapping."""
    if term.kind == "phrase" and not term.unless:
        return term.parts[0]
    value: Any = list(term.parts) if term.kind == "all_of" else term.parts[0]
    written: dict[str, Any] = {term.kind: value}
    if term.within is not None:
        written["within"] = str(term.within)
    if term.unless:
        written["unless"] = list(term.unless)
    return written


def _keys(field: str, text: str) -> list[object]:
    return [_key(field, each) for each in entries(text)]


def _key(field: str, entry: str) -> object:
    """Give what an entry of a list counts as."""
    if field != "terms":
        return entry
    try:
        return read_term_line(entry)
    except TermError:
        return entry
