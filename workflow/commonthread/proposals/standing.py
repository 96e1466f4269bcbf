"""How a proposal stands to a codebook: whether it can be made, is in it already, or is out of date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from commonthread.code_names import CodeNames
from commonthread.codebook import Code, Codebook
from commonthread.proposals.code_texts import LABELS, LISTS, field_text, plain_line
from commonthread.proposals.lists import entries, holds, list_change, says_same
from commonthread.proposals.proposal import FIELDS, Proposal
from commonthread.proposals.term_lines import read_term_line
from commonthread.terms import TermError

Standing = Literal[
    "can be made", "in the codebook", "out of date", "cannot be made", "nothing to change"
]


class CannotBeMade(Exception):
    """A proposal cannot be made: why, in a sentence."""


class InCodebook(Exception):
    """What a proposal wants is in the codebook already."""


class OutOfDate(Exception):
    """A proposal was made from a text that is not the codebook's any more: which, in a sentence."""


def standing(proposal: Proposal, codebook: Codebook) -> tuple[Standing, str]:
    """Say how a proposal stands to a codebook, and why in a sentence where it cannot be made."""
    if proposal.kind == "comment":
        return "nothing to change", ""
    try:
        check(proposal, codebook)
    except InCodebook:
        return "in the codebook", ""
    except OutOfDate as reason:
        return "out of date", str(reason)
    except CannotBeMade as reason:
        return "cannot be made", str(reason)
    return "can be made", ""


def check(proposal: Proposal, codebook: Codebook) -> Proposal:
    """Give the proposal with the ids that its codes have today.

    Raises CannotBeMade, InCodebook or OutOfDate.
    """
    _check_texts(proposal)
    found = _Finder(codebook).resolved(proposal)
    checks = {
        "wording": _wording,
        "rename": _wording,
        "example": _example,
        "new": _new,
        "merge": _merge,
        "split": _split,
        "move": _move,
        "retire": _retire,
    }
    checks[proposal.kind](found, codebook)
    return found


def was_text(proposal: Proposal, field: str, code: Code) -> str:
    """Give the text of a field that a proposal started from; today's if it does not say."""
    return dict(proposal.was).get(field, field_text(code, field))


class _Finder:
    """Finds the codes that a proposal names."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook, self._names = codebook, CodeNames(codebook)

    def resolved(self, proposal: Proposal) -> Proposal:
        """Give the proposal with today's ids."""
        if proposal.kind == "new":
            code_id = ""
        elif proposal.kind == "retire" and not self._names.find(proposal.code_id).codes:
            raise InCodebook
        else:
            code_id = self._one(proposal, proposal.code_id)
        return replace(
            proposal,
            code_id=code_id,
            others=tuple(dict.fromkeys(self._one(proposal, each) for each in proposal.others)),
            parent=self._one(proposal, proposal.parent) if proposal.parent else "",
        )

    def _one(self, proposal: Proposal, written: str) -> str:
        if not written:
            raise CannotBeMade("It does not say which code it is about.")
        found = self._names.find(written)
        if len(found.codes) == 1 and not found.reason:
            return found.codes[0]
        names = {plain_line(self._codebook.code(code).name).casefold() for code in found.codes}
        if proposal.kind == "split" and {
            plain_line(part.name).casefold() for part in proposal.parts
        } <= (names or {""}):
            raise InCodebook
        raise CannotBeMade(found.reason)


def _check_texts(proposal: Proposal) -> None:
    """See that the texts can stand in a codebook."""
    for field, text in proposal.wording:
        if field not in FIELDS:
            raise CannotBeMade(f'A code has no field "{field[:40]}".')
        if field in ("name", "plain", "definition") and not plain_line(text):
            raise CannotBeMade(f'The text for "{LABELS[field]}" is empty.')
        if field == "terms":
            for number, line in enumerate(entries(text), start=1):
                try:
                    read_term_line(line)
                except TermError as error:
                    raise CannotBeMade(f"Term {number}: {error.what} {error.remedy}") from None


def _wording(proposal: Proposal, codebook: Codebook) -> None:
    code = codebook.code(proposal.code_id)
    if not proposal.wording:
        raise CannotBeMade("It gives no new text.")
    if proposal.kind == "rename" and "name" not in dict(proposal.wording):
        raise CannotBeMade("It does not say the new name.")
    left = [
        (field, text) for field, text in proposal.wording if not _is_there(proposal, field, code)
    ]
    if not left:
        raise InCodebook
    changed = [LABELS[field] for field, _ in left if _has_moved_on(proposal, field, code)]
    if changed:
        names = " and ".join(f"“{name}”" for name in changed)
        raise OutOfDate(
            f"{names} of “{code.name}” {'has' if len(changed) == 1 else 'have'} been changed since."
        )


def _is_there(proposal: Proposal, field: str, code: Code) -> bool:
    """Tell whether a field says already what is proposed."""
    text, now = dict(proposal.wording)[field], field_text(code, field)
    if says_same(field, text, now):
        return True
    if field not in LISTS:
        return False
    came, went = list_change(field, was_text(proposal, field, code), text)
    gone = not any(holds(field, now, [each]) for each in went)
    return bool(came or went) and holds(field, now, came) and gone


def _has_moved_on(proposal: Proposal, field: str, code: Code) -> bool:
    """Tell whether a field is not what the proposal started from; of a list, what it takes out."""
    now, was = field_text(code, field), was_text(proposal, field, code)
    if field in LISTS:
        _, went = list_change(field, was, dict(proposal.wording)[field])
        return not holds(field, now, went)
    return not says_same(field, now, was)


def _example(proposal: Proposal, codebook: Codebook) -> None:
    examples = entries(dict(proposal.wording).get("examples", ""))
    if not examples:
        raise CannotBeMade("It gives no example.")
    code = codebook.code(proposal.code_id)
    if holds("examples", field_text(code, "examples"), examples):
        raise InCodebook


def _new(proposal: Proposal, codebook: Codebook) -> None:
    wording = dict(proposal.wording)
    if "name" not in wording:
        raise CannotBeMade("It does not say what the new code is called.")
    if "plain" not in wording and "definition" not in wording:
        raise CannotBeMade("It does not say what the new code means.")
    if proposal.parent and codebook.code(proposal.parent).dimension == "aspect":
        raise CannotBeMade("No code can stand under an aspect.")
    name = plain_line(wording["name"]).casefold()
    siblings = codebook.children(proposal.parent) if proposal.parent else codebook.themes
    if any(plain_line(code.name).casefold() == name for code in siblings):
        raise InCodebook


def _merge(proposal: Proposal, codebook: Codebook) -> None:
    code = codebook.code(proposal.code_id)
    others = [codebook.code(each) for each in proposal.others if each != code.id]
    if not others:
        if proposal.others:
            raise InCodebook
        raise CannotBeMade("It does not say which codes are to become one.")
    for other in others:
        if (other.dimension == "aspect") != (code.dimension == "aspect"):
            raise CannotBeMade("An aspect cannot become one with a code.")
        if other in codebook.ancestors(code.id):
            raise CannotBeMade(
                f"“{code.name}” stands under “{other.name}”: it can only become a part of it the"
                " other way round."
            )


def _split(proposal: Proposal, codebook: Codebook) -> None:
    if len(proposal.parts) < 2:
        raise CannotBeMade("It does not say into which codes.")
    if not all(plain_line(part.name) for part in proposal.parts):
        raise CannotBeMade("One of the parts has no name.")


def _move(proposal: Proposal, codebook: Codebook) -> None:
    code = codebook.code(proposal.code_id)
    parent = codebook.code(proposal.parent) if proposal.parent else None
    if code.dimension == "aspect" or (parent and parent.dimension == "aspect"):
        raise CannotBeMade("Aspects stand by themselves.")
    if code.parent == (parent.id if parent else None):
        raise InCodebook
    if parent and code in (parent, *codebook.ancestors(parent.id)):
        raise CannotBeMade(f"“{code.name}” cannot stand under itself.")


def _retire(proposal: Proposal, codebook: Codebook) -> None:
    below = list(_names(codebook.children(proposal.code_id)))
    if below:
        raise CannotBeMade(
            f"It has codes under it ({', '.join(below)}): move or retire these first."
        )


def _names(codes: tuple[Code, ...]) -> Iterator[str]:
    return (f"“{code.name}”" for code in codes)
