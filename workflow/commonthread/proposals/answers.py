"""Makes proposals of what somebody wrote about a code, in a document or in a workbook alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from commonthread.proposals.code_texts import LABELS, LISTS, NEEDED, plain_line, written_text
from commonthread.proposals.given_out import GivenCode
from commonthread.proposals.proposal import FIELDS, Kind, Part, Proposal
from commonthread.returned.written import KnownCodes, ticked, without_boxes

# Longer than anything that people write about a code, so that a damaged file cannot do harm.
LONGEST = 20_000
_LONGEST_NAME = 120
_TOP = frozenset(("top", "top level", "the top", "none", "a theme", "a new theme", "new theme"))
_YES_AND_WHY = re.compile(r"yes\b[\s,.;:–—-]*(?P<why>.+)", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"(?P<name>[^:–—]+?)\s*(?::|\s[–—-]\s)\s*(?P<plain>.+)")
_BULLETS = " \t\u00a0-–—*•·◦▪"
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s+")

_SHOULD_GO = "If the code should go, say so under Retire."

Told = list[tuple[str, str]]


@dataclass(frozen=True)
class Answers:
    """What a file has about one code, as written.

    ``texts`` are the fields of the code that are there, as they stand now, patterns apart from
    other terms; ``beside`` are comments on single fields. The others are what was asked for below.
    """

    where: str
    code: GivenCode
    texts: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    merge: str = ""
    split: str = ""
    move: str = ""
    retire: str = ""
    why: str = ""


@dataclass(frozen=True)
class NewCode:
    """A code that somebody would like to have: its texts by field, under what, and why."""

    where: str
    texts: Mapping[str, str]
    parent: str = ""
    why: str = ""


def proposals_about(answers: Answers, known: KnownCodes, problems: Told) -> list[Proposal]:
    """Give what is proposed about a code: a new name, new wordings, and what is to become of it.

    A comment beside a text that was edited says why; beside others it is a comment, and so is a
    reason with nothing that it is for. ``problems`` takes what cannot be used.
    """
    edited = _edited(answers, problems)
    made = [
        *_wordings(answers, edited),
        *_merge(answers, known, problems),
        *_split(answers),
        *_move(answers, known),
        *_retire(answers),
    ]
    comments = [
        f"{LABELS[name]}: {text}"
        for name, text in answers.beside.items()
        if text.strip() and ("terms" if name == "patterns" else name) not in edited
    ]
    comments = [answers.comment.strip(), *comments]
    if answers.why.strip() and not made:
        comments.append(answers.why.strip())
    made += [_about(answers, "comment", text) for text in comments if text]
    return [each for each in made if _not_too_long(each, problems)]


def proposal_of_new(new: NewCode, known: KnownCodes, problems: Told) -> Proposal | None:
    """Give the proposal of a code that the codebook lacks; None if nothing was written.

    Without a name it is a comment.
    """
    texts = {name: written_text(name, text) for name, text in new.texts.items()}
    wording = tuple((name, texts[name]) for name in FIELDS if texts.get(name))
    why = new.why.strip()
    if not wording:
        return Proposal(new.where, "comment", why=why) if why else None
    if not texts.get("name"):
        said = [f"{LABELS[name]}: {text}" for name, text in wording]
        made = Proposal(new.where, "comment", why="\n".join(["A new code.", *said, why]).strip())
    else:
        parent = _parent(new.parent, known)
        made = Proposal(new.where, "new", wording=wording, parent=parent, why=why)
    return made if _not_too_long(made, problems) else None


def _about(answers: Answers, kind: Kind, why: str) -> Proposal:
    return Proposal(answers.where, kind, answers.code.id, why=why)


def _edited(answers: Answers, problems: Told) -> dict[str, str]:
    """Give the texts that were edited and can be used."""
    edited = answers.code.edited(answers.texts)
    for name in NEEDED:
        if edited.get(name) == "":
            what = f'"{LABELS[name]}" was emptied, and no code can be without it. {_SHOULD_GO}'
            problems.append((answers.where, what))
            del edited[name]
    for name in edited.keys() & set(LISTS):
        edited[name] = _old_lines_kept(answers.code.texts[name], edited[name])
    return edited


def _wordings(answers: Answers, edited: Mapping[str, str]) -> Iterator[Proposal]:
    """Give a proposal of a new name, one of more examples, and one of the other texts edited."""
    rest = [name for name in edited if name != "name"]
    if "name" in edited:
        yield _worded(answers, "rename", ["name"], edited)
    more = _more_lines(answers.code.texts.get("examples", ""), edited.get("examples", ""))
    if more:
        rest.remove("examples")
        yield replace(_worded(answers, "example", ["examples"], {"examples": more}), was=())
    if rest:
        yield _worded(answers, "wording", rest, edited)


def _worded(answers: Answers, kind: Kind, names: list[str], edited: Mapping[str, str]) -> Proposal:
    return Proposal(
        answers.where,
        kind,
        answers.code.id,
        wording=tuple((name, edited[name]) for name in names),
        was=tuple((name, answers.code.texts[name]) for name in names),
        why=_why(answers, names),
    )


def _more_lines(was: str, now: str) -> str:
    """Give the lines that came to a list of which no line went or changed; else nothing."""
    old, new = was.split("\n") if was else [], now.split("\n")
    kept = [line for line in new if line in old]
    return "\n".join(line for line in new if line and line not in old) if kept == old else ""


def _old_lines_kept(was: str, now: str) -> str:
    """Give a list with the lines that were not touched exactly as they were given out."""
    old = {plain_line(line): line for line in was.split("\n")}
    return "\n".join(old.get(plain_line(line), line) for line in now.split("\n"))


def _why(answers: Answers, fields: list[str]) -> str:
    if "terms" in fields:
        fields = [*fields, "patterns"]
    beside = [(name, answers.beside.get(name, "").strip()) for name in fields]
    said = [answers.why.strip()]
    said += [
        text if len(fields) == 1 else f"{LABELS[name]}: {text}" for name, text in beside if text
    ]
    return "\n".join(text for text in said if text)


def _merge(answers: Answers, known: KnownCodes, problems: Told) -> Iterator[Proposal]:
    written = known.split(answers.merge.strip())
    others = tuple(code for code in written if code != answers.code.id)
    if others:
        yield Proposal(
            answers.where, "merge", answers.code.id, others=others, why=answers.why.strip()
        )
    elif written:
        problems.append((answers.where, "The code cannot be merged with itself."))


def _split(answers: Answers) -> Iterator[Proposal]:
    """Give the codes to split into; of what does not name two, a comment."""
    text = answers.split.strip()
    if not text:
        return
    parts = [part for line in _lines_of_parts(text) if (part := _part(line)) is not None]
    if len(parts) < 2 or any(len(part.name) > _LONGEST_NAME for part in parts):
        yield _about(answers, "comment", f"Split into: {text}")
        return
    yield Proposal(
        answers.where, "split", answers.code.id, parts=tuple(parts), why=answers.why.strip()
    )


def _lines_of_parts(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if len(lines) > 1 else text.split(";")


def _part(line: str) -> Part | None:
    line = _NUMBERED.sub("", line.strip().lstrip(_BULLETS), count=1)
    found = _PART.fullmatch(line)
    name, plain = (found["name"], found["plain"]) if found else (line, "")
    return Part(plain_line(name), plain_line(plain)) if name.strip() else None


def _move(answers: Answers, known: KnownCodes) -> Iterator[Proposal]:
    if answers.move.strip():
        parent = _parent(answers.move, known)
        yield Proposal(
            answers.where, "move", answers.code.id, parent=parent, why=answers.why.strip()
        )


def _parent(written: str, known: KnownCodes) -> str:
    """Give the id of the code that something is to stand under; as written if it is not known."""
    if plain_line(written).casefold().strip(" .()") in _TOP:
        return ""
    found = known.split(written.strip())
    return found[0] if len(found) == 1 else plain_line(written)


def _retire(answers: Answers) -> Iterator[Proposal]:
    """Give that a code is to go; of words that are neither yes nor no, a comment."""
    written = without_boxes(answers.retire)
    tick, also = ticked(written), _YES_AND_WHY.fullmatch(written)
    if tick:
        yield _about(answers, "retire", answers.why.strip())
    elif tick is None and also is not None:
        yield _about(answers, "retire", f"{answers.why.strip()}\n{also['why']}".strip())
    elif tick is None:
        yield _about(answers, "comment", f"Retire: {written}")


def _not_too_long(made: Proposal, problems: Told) -> bool:
    texts = [made.why, made.parent, *made.others, *(text for _, text in made.wording)]
    texts += [text for part in made.parts for text in (part.name, part.plain)]
    if max(map(len, texts)) <= LONGEST:
        return True
    problems.append(
        (made.where, f"A text is longer than {LONGEST:,} characters: nothing was read from it.")
    )
    return False
