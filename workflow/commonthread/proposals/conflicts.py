"""Finds proposals that cannot both be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from commonthread.codebook import Codebook
from commonthread.proposals.code_texts import LABELS, LISTS, field_text, plain_line
from commonthread.proposals.lists import list_change
from commonthread.proposals.proposal import Proposal


@dataclass(frozen=True)
class Conflict:
    """Two proposals, by their ids, that cannot both be made, and why in a sentence."""

    one: str
    other: str
    sentence: str


def conflicts(proposals: Mapping[str, Proposal], codebook: Codebook) -> list[Conflict]:
    """Find all pairs that contradict one another.

    Goes in: proposals by their ids. Those that name codes which the codebook does not have are
    passed over. Two that want the same do not contradict one another, nor do two that change
    different entries of a list.
    """
    known = {code.id for code in codebook.codes}
    sound = [each for each in proposals.items() if _named(each[1]) <= known]
    found = []
    for (one, first), (other, second) in combinations(sound, 2):
        sentence = next(_clashes(first, second, codebook), None) or next(
            _clashes(second, first, codebook), None
        )
        if sentence:
            found.append(Conflict(one, other, sentence))
    return found


def _clashes(one: Proposal, other: Proposal, codebook: Codebook) -> Iterator[str]:
    gone, touched = _gone(one), _touched(other)
    for code_id in sorted(gone.keys() & touched):
        if gone[code_id] != _gone(other).get(code_id):
            yield (
                f"The one {_NAMES[one.kind]} “{codebook.code(code_id).name}”, which the other"
                f" {'wants too, in another way' if code_id in _gone(other) else 'builds on'}."
            )
    if one.kind == other.kind == "merge" and one.code_id in other.others:
        yield "Both want to make the same codes one, each under another name."
    moves = one.kind == other.kind == "move" and one.code_id == other.code_id
    if moves and one.parent != other.parent:
        yield f"Both want to move “{codebook.code(one.code_id).name}”, to different places."
    if one.kind == other.kind == "new" and _same_new(one, other) and one.wording != other.wording:
        name = plain_line(dict(one.wording)["name"])
        yield f"Both want a new code “{name}”, and say different things of it."
    if one.code_id and one.code_id == other.code_id:
        yield from _wordings(one, other, codebook)


_NAMES = {"retire": "retires", "split": "splits", "merge": "merges"}


def _gone(proposal: Proposal) -> dict[str, object]:
    """Give the codes that would be no more, each with what would become of it."""
    if proposal.kind == "retire":
        return {proposal.code_id: "retired"}
    if proposal.kind == "split":
        return {proposal.code_id: proposal.parts}
    if proposal.kind == "merge":
        return {each: proposal.code_id for each in proposal.others if each != proposal.code_id}
    return {}


def _touched(proposal: Proposal) -> set[str]:
    """Give the codes that a proposal changes or needs."""
    return set() if proposal.kind == "comment" else _named(proposal)


def _named(proposal: Proposal) -> set[str]:
    return {proposal.code_id, proposal.parent, *proposal.others} - {""}


def _same_new(one: Proposal, other: Proposal) -> bool:
    names = [plain_line(dict(each.wording).get("name", "")).casefold() for each in (one, other)]
    return names[0] == names[1] and one.parent == other.parent


def _wordings(one: Proposal, other: Proposal, codebook: Codebook) -> Iterator[str]:
    """Tell which texts of a code both want to be different."""
    if "example" in (one.kind, other.kind):
        return
    code = codebook.code(one.code_id)
    first, second = dict(one.wording), dict(other.wording)
    for field in first.keys() & second.keys():
        if field in LISTS:
            now = field_text(code, field)
            came, went = list_change(field, dict(one.was).get(field, now), first[field])
            came_too, went_too = list_change(field, dict(other.was).get(field, now), second[field])
            clash = set(went) & set(went_too) and came and came_too and came != came_too
            clash = clash or set(came) & set(went_too) or set(went) & set(came_too)
        else:
            clash = plain_line(first[field]) != plain_line(second[field])
        if clash:
            yield f"Both want “{LABELS[field]}” of “{code.name}” to be different."
