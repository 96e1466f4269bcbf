"""Says in plain words what a proposal would do, and shows the texts before and after."""

from __future__ import annotations

from commonthread.code_names import CodeNames
from commonthread.codebook import Codebook
from commonthread.proposals.code_texts import LABELS, LISTS, field_text, plain_line
from commonthread.proposals.lists import changed_list, entries, list_change
from commonthread.proposals.proposal import FIELDS, Proposal
from commonthread.proposals.standing import was_text
from commonthread.report.wording import words_list

_MOST_ENTRIES = 4


def sentence(proposal: Proposal, codebook: Codebook) -> str:
    """Say in one plain sentence what a proposal would do."""
    names = _Names(codebook)
    code = names.of(proposal.code_id)
    wording = dict(proposal.wording)
    if proposal.kind == "comment":
        return (
            f"This is a comment on {code}: nothing is to change by itself."
            if code
            else ("This is a comment on the codebook: nothing is to change by itself.")
        )
    if proposal.kind == "new":
        where = f" under {names.of(proposal.parent)}" if proposal.parent else " as a theme"
        return f"A new code “{plain_line(wording.get('name', ''))}” would stand{where}."
    if proposal.kind == "merge":
        others = words_list(names.of(each) for each in proposal.others)
        return f"{others} would go into {code}, and be no code by itself any more."
    if proposal.kind == "split":
        parts = words_list(f"“{plain_line(part.name)}”" for part in proposal.parts)
        return f"{code} would become {parts}."
    if proposal.kind == "rename":
        return f"{code} would be called “{plain_line(wording.get('name', ''))}”."
    if proposal.kind == "move":
        where = f"under {names.of(proposal.parent)}" if proposal.parent else "as a theme of its own"
        return f"{code} would stand {where}."
    if proposal.kind == "retire":
        return f"{code} would not be used any more: what was coded with it would have that code no more."
    if proposal.kind == "example":
        return f"{code} would have one more example."
    return _wording(proposal, code, codebook)


def before_and_after(
    proposal: Proposal, codebook: Codebook, *, done: bool = False
) -> list[tuple[str, str, str]]:
    """Give the texts that a proposal would change: label, text now, text then.

    Text now is that of the codebook, or what the person saw where the code is not there or where
    the proposal is ``done``. Lists have a line for each entry.
    """
    found = CodeNames(codebook).find(proposal.code_id).codes if proposal.code_id else ()
    code = codebook.code(found[0]) if len(found) == 1 else None
    shown = []
    for field, text in proposal.wording:
        if field not in FIELDS:
            continue
        was = dict(proposal.was).get(field, "")
        now = field_text(code, field) if code and not (done and was) else was
        then = text
        if proposal.kind == "example" and not done:
            then = "\n".join([*entries(now), *entries(text)])
        elif field in LISTS and code and not done:
            then = "\n".join(changed_list(field, now, was_text(proposal, field, code), text))
        shown.append((LABELS[field], now, then))
    for number, part in enumerate(proposal.parts, start=1):
        shown.append((f"Part {number}", "", f"{plain_line(part.name)}: {plain_line(part.plain)}"))
    return shown


class _Names:
    """Names codes as a sentence does."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook, self._names = codebook, CodeNames(codebook)

    def of(self, written: str) -> str:
        """Give the name of a code in quotation marks; what was written if it is none."""
        if not written:
            return ""
        found = self._names.find(written).codes
        return f"“{self._codebook.code(found[0]).name}”" if len(found) == 1 else f"“{written}”"


def _wording(proposal: Proposal, code: str, codebook: Codebook) -> str:
    """Say which texts would be different, and of terms which ones."""
    told = []
    found = CodeNames(codebook).find(proposal.code_id).codes
    for field, text in proposal.wording:
        if field == "terms" and len(found) == 1:
            was = was_text(proposal, field, codebook.code(found[0]))
            came, went = list_change(field, was, text)
            parts = [f"look for {_listed(came)} too"] if came else []
            parts += [f"no longer look for {_listed(went)}"] if went else []
            told.append(f"the computer would {' and '.join(parts)}" if parts else "")
        else:
            told.append(f"“{LABELS.get(field, field)}” would be worded anew")
    told = [each for each in told if each] or ["nothing would be different"]
    return f"For {code}, {words_list(told)}."


def _listed(entries_of: list[str]) -> str:
    shown = [f"“{each}”" for each in entries_of[:_MOST_ENTRIES]]
    more = len(entries_of) - len(shown)
    return words_list([*shown, *([f"{more:,} more"] if more else [])])
