"""Makes a ready codebook file of the proposals that a team accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from commonthread.codebook import Code, Codebook, parse_codebook
from commonthread.problems import InputProblems
from commonthread.proposals.codebook_text import CodebookText
from commonthread.proposals.conflicts import conflicts
from commonthread.proposals.edits import make
from commonthread.proposals.layout import UnusualLayout
from commonthread.proposals.proposal import Proposal
from commonthread.proposals.standing import CannotBeMade, InCodebook, OutOfDate, check, was_text

# What changes the texts of codes comes before what changes which codes there are.
_ORDER = ("example", "wording", "rename", "new", "move", "merge", "split", "retire")
_UNUSUAL = (
    "The codebook file is laid out in a way that a machine cannot change line by line: make the"
    " change by hand."
)


@dataclass(frozen=True)
class Applied:
    """A codebook file with proposals made.

    ``data`` are its bytes and ``codebook`` what they hold; both are None if none could be made.
    ``made`` are the ids of the proposals that are in it. ``by_hand`` are pairs of a proposal's id
    and a sentence: why it is not in it, or what is left to do where it is.
    """

    data: bytes | None
    codebook: Codebook | None
    made: tuple[str, ...]
    by_hand: tuple[tuple[str, str], ...]


def apply_proposals(data: bytes, proposals: Mapping[str, Proposal], where: str) -> Applied:
    """Make proposals, given by their ids, in the codebook file that ``data`` holds.

    Every line that no proposal is about stays as it is. What is made is a codebook that can be
    loaded: a proposal that would break it, or that contradicts another one, is not made but told.
    The version is counted up. ``where`` names the new file in messages.
    """
    now = parse_codebook(data, where)
    by_hand: list[tuple[str, str]] = []
    resolved: dict[str, Proposal] = {}
    for proposal_id, proposal in proposals.items():
        if proposal.kind == "comment":
            continue
        try:
            resolved[proposal_id] = _with_was(check(proposal, now), now)
        except InCodebook:
            continue
        except (CannotBeMade, OutOfDate):
            # It may be possible once others are made, and is told below if not.
            resolved[proposal_id] = proposal
    against = _against(resolved, now)
    by_hand += [(proposal_id, sentence) for proposal_id, sentence in against.items()]
    maker = _Maker(data, now, where)
    waiting = [each for each in resolved if each not in against]
    waiting.sort(key=lambda each: _ORDER.index(resolved[each].kind))
    reasons: dict[str, str] = {}
    while waiting:
        reasons = {each: maker.make(each, resolved[each]) for each in waiting}
        left = [each for each in waiting if reasons[each]]
        if len(left) == len(waiting):
            break
        waiting = left
    by_hand += [(each, reasons[each]) for each in waiting]
    if not maker.made:
        return Applied(None, None, (), tuple(by_hand))
    final, codebook = maker.finished()
    return Applied(final, codebook, tuple(maker.made), (*by_hand, *maker.to_do))


def _with_was(proposal: Proposal, codebook: Codebook) -> Proposal:
    """Let a proposal that does not say which texts it started from start from today's."""
    if not proposal.code_id:
        return proposal
    code = codebook.code(proposal.code_id)
    was = {field: was_text(proposal, field, code) for field, _ in proposal.wording}
    return replace(proposal, was=tuple(was.items()))


def _against(proposals: Mapping[str, Proposal], codebook: Codebook) -> dict[str, str]:
    """Say of each proposal that contradicts another one that it does."""
    told: dict[str, str] = {}
    for conflict in conflicts(proposals, codebook):
        for one, other in (
            (conflict.one, conflict.other),
            (conflict.other, conflict.one),
        ):
            told.setdefault(
                one, f"It contradicts {other}. {conflict.sentence} Decide for one of the two."
            )
    return told


class _Maker:
    """Makes one proposal after the other, and keeps only what can be loaded."""

    def __init__(self, data: bytes, codebook: Codebook, where: str) -> None:
        self._text = data.decode("utf-8")
        self._codebook = codebook
        self._where = where
        self.made: list[str] = []
        self.to_do: list[tuple[str, str]] = []

    def make(self, proposal_id: str, proposal: Proposal) -> str:
        """Make a proposal; give why not in a sentence, empty if it was made or is there already."""
        try:
            found = check(proposal, self._codebook)
            text = CodebookText(self._text)
            touched, left = make(found, text, self._codebook)
            changed = parse_codebook(str(text).encode("utf-8"), self._where)
        except InCodebook:
            # Another proposal wanted the same.
            self.made.append(proposal_id)
            return ""
        except (CannotBeMade, OutOfDate) as reason:
            return str(reason)
        except (UnusualLayout, UnicodeEncodeError):
            return _UNUSUAL
        except InputProblems as found_wrong:
            told = " ".join(f"{each.what} {each.remedy}" for each in found_wrong.problems[:3])
            return f"The codebook could not be used then. {told}"
        if not _others_stay(self._codebook, changed, touched):
            return _UNUSUAL
        self._text, self._codebook = str(text), changed
        self.made.append(proposal_id)
        self.to_do += [(proposal_id, sentence) for sentence in left]
        return ""

    def finished(self) -> tuple[bytes, Codebook]:
        """Give the file with its version counted up, and its codebook."""
        text = CodebookText(self._text)
        text.count_up()
        data = str(text).encode("utf-8")
        return data, parse_codebook(data, self._where)


def _others_stay(before: Codebook, after: Codebook, touched: set[str]) -> bool:
    """Tell whether all codes that were not touched are what they were."""
    old, new = (
        [_without_place(code) for code in book.codes if code.id not in touched]
        for book in (before, after)
    )
    return {code.id: code for code in old} == {code.id: code for code in new}


def _without_place(code: Code) -> Code:
    """Give a code without the theme that it stands under, which its parent's move changes."""
    return replace(code, theme=None)
