"""Makes a proposal in the text of a codebook file, one function for each kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from commonthread.codebook import ID, RESERVED, Codebook
from commonthread.proposals.code_texts import LISTS, field_text, plain_line
from commonthread.proposals.codebook_text import CodebookText
from commonthread.proposals.lists import changed_list, entries, says_same, term_value
from commonthread.proposals.proposal import Part, Proposal
from commonthread.proposals.standing import was_text
from commonthread.proposals.term_lines import read_term_line, term_line
from commonthread.proposals.yaml_lines import Value
from commonthread.terms import parse_term

# What a code with terms needs beside them.
_WITH_TERMS = ("use_when", "not_when", "near_miss")
_LONGEST_ID = 41


def make(proposal: Proposal, text: CodebookText, codebook: Codebook) -> tuple[set[str], list[str]]:
    """Make a proposal that can be made; ``text`` is that of ``codebook``.

    Gives the ids, before and after, of all codes that it touches, and sentences about what is left
    for a person to do.
    """
    edits: dict[str, Callable[..., tuple[set[str], list[str]]]] = {
        "wording": _wording,
        "rename": _rename,
        "example": _example,
        "new": _new,
        "merge": _merge,
        "split": _split,
        "move": _move,
        "retire": _retire,
    }
    return edits[proposal.kind](proposal, text, codebook)


def new_id(name: str, codebook: Codebook, also: Iterable[str] = ()) -> str:
    """Make an id for a new code from its name: one that no code has or had."""
    used = {each for code in codebook.codes for each in (code.id, *code.was)} | {*also, *RESERVED}
    letters = "".join(
        sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)
    )
    stem = re.sub(r"[^a-z0-9]+", "_", letters.lower()).strip("_")
    if not ID.fullmatch(stem[:_LONGEST_ID]):
        stem = f"code_{stem}"
    stem = stem[:_LONGEST_ID].strip("_")
    made, number = stem, 1
    while made in used:
        number += 1
        end = f"_{number}"
        made = stem[: _LONGEST_ID - len(end)] + end
    return made


def _wording(
    proposal: Proposal, text: CodebookText, codebook: Codebook
) -> tuple[set[str], list[str]]:
    code = codebook.code(proposal.code_id)
    for field, wanted in proposal.wording:
        now = field_text(code, field)
        if field not in LISTS:
            if not says_same(field, now, wanted):
                text.set_text(code.id, field, wanted)
            continue
        new = changed_list(field, now, was_text(proposal, field, code), wanted)
        if not says_same(field, now, "\n".join(new)):
            text.set_list(code.id, field, _values(field, new, text.values(code.id, field)))
    return {code.id}, []


def _values(field: str, wanted: Iterable[str], known: list[Any]) -> list[Value]:
    """Give the entries of a list for the file: those that are there already by their number."""
    if field == "terms":
        keys: list[object] = [parse_term(each) for each in known]
        new: list[tuple[object, Value]] = [
            (term, term_value(term)) for term in map(read_term_line, wanted)
        ]
    else:
        keys = [plain_line(each) for each in known]
        new = [(each, each) for each in wanted]
    return [keys.index(key) if key in keys else value for key, value in new]


def _rename(
    proposal: Proposal, text: CodebookText, codebook: Codebook
) -> tuple[set[str], list[str]]:
    code = codebook.code(proposal.code_id)
    _wording(proposal, text, codebook)
    changed = new_id(dict(proposal.wording)["name"], codebook)
    text.rename(code.id, changed)
    still = [f"“{each.name}”" for each in codebook.codes if _mentions(each, code.id)]
    left = []
    if still:
        left.append(
            f"The code's id {code.id} is now {changed}. Texts of these codes still name it:"
            f" {', '.join(still)}."
        )
    return {code.id, changed}, left


def _mentions(code: Any, code_id: str) -> bool:
    fields = ("definition", "use_when", "not_when", "near_miss")
    word = re.compile(rf"\b{re.escape(code_id)}\b")
    return "_" in code_id and any(word.search(getattr(code, field)) for field in fields)


def _example(
    proposal: Proposal, text: CodebookText, codebook: Codebook
) -> tuple[set[str], list[str]]:
    code = codebook.code(proposal.code_id)
    known = text.values(code.id, "examples")
    have = [plain_line(each) for each in known]
    more = [each for each in entries(dict(proposal.wording)["examples"]) if each not in have]
    text.set_list(code.id, "examples", [*range(len(known)), *more])
    return {code.id}, []


def _new(proposal: Proposal, text: CodebookText, codebook: Codebook) -> tuple[set[str], list[str]]:
    wording = {
        field: plain_line(each) if field not in LISTS else each for field, each in proposal.wording
    }
    made = new_id(wording["name"], codebook)
    meaning = wording.get("plain") or wording["definition"]
    keys: dict[str, Any] = {"id": made, "definition": meaning, "plain": meaning, **wording}
    left = []
    if "definition" not in wording:
        left.append("Its definition is its plain wording so far: write one.")
    elif "plain" not in wording:
        left.append("Its plain wording is its definition so far: write one.")
    for field in LISTS:
        if field in keys:
            keys[field] = entries(keys[field])
    if keys.get("terms"):
        terms = [read_term_line(each) for each in keys.pop("terms")]
        if all(keys.get(field) for field in _WITH_TERMS) and len(keys.get("examples", [])) >= 2:
            keys["terms"] = [term_value(term) for term in terms]
        else:
            listed = "; ".join(map(term_line, terms))
            left.append(
                "A code with terms needs to say when to use it, when not, a near miss and two"
                f" examples: add these, and then its terms: {listed}."
            )
    text.add({key: value for key, value in keys.items() if value}, proposal.parent or None)
    return {made, proposal.parent}, left


def _merge(
    proposal: Proposal, text: CodebookText, codebook: Codebook
) -> tuple[set[str], list[str]]:
    code = codebook.code(proposal.code_id)
    others = [codebook.code(each) for each in proposal.others if each != code.id]
    # Those that stand under others go first.
    others.sort(key=lambda other: -len(codebook.ancestors(other.id)))
    touched = {code.id, *proposal.others}
    for field in ("terms", "examples"):
        known = text.values(code.id, field)
        parse: Callable[[Any], object] = parse_term if field == "terms" else plain_line
        have = [parse(each) for each in known]
        more = []
        for other in others:
            for value in text.values(other.id, field):
                if parse(value) not in have:
                    have.append(parse(value))
                    more.append(value)
        if more:
            text.set_list(code.id, field, [*range(len(known)), *more])
    for field in _WITH_TERMS:
        said = next((getattr(each, field) for each in (code, *others) if getattr(each, field)), "")
        if said and not getattr(code, field):
            text.set_text(code.id, field, said)
    for other in others:
        for child in codebook.children(other.id):
            if child.id not in touched:
                text.move(child.id, code.id)
                touched.add(child.id)
        text.remove(other.id)
        text.set_former(code.id, [other.id, *other.was])
    if proposal.wording:
        _wording(proposal, text, codebook)
    names = ", ".join(f"“{other.name}”" for other in others)
    changed = dict(proposal.wording)
    left = [] if "definition" in changed else [f"See that its texts also say what {names} meant."]
    return touched, left


def _split(
    proposal: Proposal, text: CodebookText, codebook: Codebook
) -> tuple[set[str], list[str]]:
    code = codebook.code(proposal.code_id)
    ids: list[str] = []
    for part in proposal.parts:
        ids.append(new_id(part.name, codebook, ids))
    first, *rest = zip(ids, proposal.parts, strict=True)
    shared = {
        key: text.values(code.id, key) if key in (*LISTS, "principles") else getattr(code, key)
        for key in ("use_when", "not_when", "near_miss", "examples", "principles", "terms")
    }
    text.rename(code.id, first[0])
    former = list(dict.fromkeys([*code.was, code.id]))
    for field, wanted in _part_texts(first[1]).items():
        text.set_text(first[0], field, wanted)
    after = first[0]
    for part_id, part in rest:
        keys: dict[str, Any] = {"id": part_id, "was": former, **_part_texts(part)}
        text.add(keys | {key: value for key, value in shared.items() if value}, None, after)
        after = part_id
    left = ["Write the definition of each part: so far it is what the proposal says of it."]
    if code.terms:
        left.append(
            "All parts have the same rules, examples and terms: leave with each what belongs to it."
        )
    below = codebook.children(code.id)
    if below:
        names = ", ".join(f"“{each.name}”" for each in below)
        left.append(
            f"All codes under it stand under the first part: see where they belong: {names}."
        )
    return {code.id, *ids, *(each.id for each in below)}, left


def _part_texts(part: Part) -> dict[str, str]:
    meaning = plain_line(part.plain) or plain_line(part.name)
    return {"name": plain_line(part.name), "plain": meaning, "definition": meaning}


def _move(proposal: Proposal, text: CodebookText, codebook: Codebook) -> tuple[set[str], list[str]]:
    code = codebook.code(proposal.code_id)
    if proposal.parent:
        text.drop(code.id, "colour")
    text.move(code.id, proposal.parent or None)
    return {code.id, *(each.id for each in codebook.descendants(code.id))}, []


def _retire(
    proposal: Proposal, text: CodebookText, codebook: Codebook
) -> tuple[set[str], list[str]]:
    text.remove(proposal.code_id)
    return {proposal.code_id}, []
