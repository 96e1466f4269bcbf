"""What is different between two codebooks, told by meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

from commonthread.codebook import Code, Codebook
from commonthread.refining.code_fates import CodeFates, code_fates
from commonthread.refining.term_words import describe_term
from commonthread.report.wording import words_list
from commonthread.tables import as_table

Kind = Literal["structure", "meaning", "wording"]

# The fields of a code by what they do: a change to the first kind can change what belongs under the
# code; one to the second only how it is told.
_MEANING = {
    "definition": "definition",
    "use_when": "rule when to use",
    "not_when": "rule when not to use",
    "near_miss": "near miss",
}
_WORDING = {
    "plain": "plain-language wording",
    "examples": "examples",
    "questions": "questions",
    "resources": "resources",
    "principles": "principles",
    "colour": "colour",
}
_SEVERAL = ("examples", "questions", "resources", "principles")


@dataclass(frozen=True)
class Change:
    """One difference between two codebooks.

    ``kind`` is structure, meaning or wording. ``what`` is added, retired, renamed, merged, split,
    moved, order or former for structure; else the field. ``code_id`` and ``name`` are the code's
    after the change, or before it where it is no more; empty for the codebook as a whole.
    ``before`` and ``after`` are what stood there, a line for each entry of a list.
    """

    kind: Kind
    what: str
    code_id: str
    name: str
    before: str
    after: str
    sentence: str


def codebook_changes(before: Codebook, after: Codebook) -> tuple[Change, ...]:
    """Tell what is different, in the order of the later codebook; codes that are no more come last.

    Structure: codes added, retired, renamed (a new id), merged, split, moved under another code or
    put into another order. Meaning: definition, use_when, not_when, near_miss and terms. Wording:
    everything else, also the name of a code. Texts that differ in white space alone are the same.
    Two codebooks with the same content give nothing.
    """
    if before.sha256 == after.sha256 and before == after:
        return ()
    fates = code_fates(before, after)
    changes = [*_of_codebook(before, after)]
    origin = {new: old for old, new in fates.kept.items()}
    for code in after.codes:
        changes += _origin(code, fates, before, after)
        if code.id in origin:
            changes += _of_code(before.code(origin[code.id]), code, fates, before, after)
    changes += _gone(fates, before, after)
    changes += _reordered(fates, before, after)
    return tuple(changes)


def changes_table(changes: Iterable[Change]) -> pd.DataFrame:
    """Give changes as the table ``codebook_changes``."""
    return as_table([asdict(change) for change in changes], "codebook_changes")


def meaning_changed(changes: Iterable[Change]) -> tuple[str, ...]:
    """Give the codes after whose meaning changed, by id, each once."""
    return tuple(dict.fromkeys(change.code_id for change in changes if change.kind == "meaning"))


def _of_codebook(before: Codebook, after: Codebook) -> Iterator[Change]:
    """Compare what the codebooks say about themselves."""
    fields = {
        "title": (before.title, after.title),
        "version": (before.version, after.version),
        "language": (before.language, after.language),
        "principles": (_principles(before), _principles(after)),
    }
    for what, (old, new) in fields.items():
        if _plain(old) != _plain(new):
            verb = "are" if what == "principles" else "is"
            sentence = f"The {what} of the codebook {verb} written differently."
            yield Change("wording", what, "", "", old, new, sentence)


def _principles(codebook: Codebook) -> str:
    return _lines(f"{key}: {text}" for key, text in codebook.principles.items())


def _origin(code: Code, fates: CodeFates, before: Codebook, after: Codebook) -> Iterator[Change]:
    """Say where a code comes from, if it was not there under its id."""
    name = _named(code)
    if code.id in fates.merged:
        formers = [before.code(each) for each in fates.merged[code.id]]
        others = [_named(each) for each in formers if each.id != code.id]
        said = (
            f"{words_list(others)} went into {name}."
            if len(others) < len(formers)
            else f"{words_list(others)} are merged into {name}."
        )
        yield _structure("merged", code, _lines(each.name for each in formers), code.name, said)
    elif code.id in fates.added:
        where = f"under {_named(after.code(code.parent))}" if code.parent else ""
        what = "theme" if code.dimension == "theme" else code.dimension
        said = " ".join(filter(None, (f"New {what}: {name}", where))) + "."
        yield _structure("added", code, "", code.name, said)
    else:
        former = next((old for old, new in fates.renamed.items() if new == code.id), None)
        if former is not None:
            said = f"{name} now goes by the id {code.id}; before by {former}."
            yield _structure("renamed", code, former, code.id, said)
    yield from _former_ids(code, before)


def _former_ids(code: Code, before: Codebook) -> Iterator[Change]:
    """Say which ids of even earlier codes a code took on or gave up."""
    known = {each.id: each for each in before.codes}
    old = set(known[code.id].was) if code.id in known else set()
    taken = [former for former in code.was if former not in old and former not in known]
    left = [former for former in sorted(old) if former not in code.was]
    if taken and (code.id in known):
        said = f"{_named(code)} now stands for the former {_ids(taken)}: codings of it count again."
        yield _structure("former", code, "", _lines(taken), said)
    if left:
        said = f"{_named(code)} no longer stands for the former {_ids(left)}."
        yield _structure("former", code, _lines(left), "", said)


def _of_code(
    old: Code, new: Code, fates: CodeFates, before: Codebook, after: Codebook
) -> Iterator[Change]:
    """Compare a code with itself."""
    above = fates.kept.get(old.parent, old.parent) if old.parent else None
    if above != new.parent or old.dimension != new.dimension:
        yield _moved(old, new, before, after)
    for field, called in _MEANING.items():
        yield from _text(old, new, field, called, "meaning")
    yield from _terms(old, new)
    if _plain(old.name) != _plain(new.name):
        said = f"“{old.name}” is now called “{new.name}”."
        yield Change("wording", "name", new.id, new.name, old.name, new.name, said)
    for field, called in _WORDING.items():
        yield from _text(old, new, field, called, "wording")


def _moved(old: Code, new: Code, before: Codebook, after: Codebook) -> Change:
    places = [
        f"under {_named(book.code(code.parent))}" if code.parent else f"among the {code.dimension}s"
        for book, code in ((before, old), (after, new))
    ]
    said = f"{_named(new)} moved: it stood {places[0]}, and stands {places[1]} now."
    return _structure("moved", new, places[0], places[1], said)


def _text(old: Code, new: Code, field: str, called: str, kind: Kind) -> Iterator[Change]:
    """Compare a field that is a text or a list of texts."""
    if _entries(old, field) == _entries(new, field):
        return
    was, now = _lines(_entries(old, field)), _lines(_entries(new, field))
    verb = "are" if field in _SEVERAL else "is"
    how = "new" if not was else "gone" if not now else "written differently"
    said = f"The {called} of {_named(new)} {verb} {how}."
    yield Change(kind, field, new.id, new.name, was, now, said)


def _terms(old: Code, new: Code) -> Iterator[Change]:
    """Compare the terms of a code."""
    if old.terms == new.terms:
        return
    was, now = ([describe_term(term) for term in code.terms] for code in (old, new))
    more = [text for term, text in zip(new.terms, now, strict=True) if term not in old.terms]
    less = [text for term, text in zip(old.terms, was, strict=True) if term not in new.terms]
    parts = [f"for {words_list(more)} too"] if more else []
    parts += [f"no longer for {words_list(less)}"] if less else []
    if parts:
        said = f"For {_named(new)} the computer now looks {', and '.join(parts)}."
    else:
        said = f"The terms of {_named(new)} stand in another order."
    kind: Kind = "meaning" if parts else "wording"
    yield Change(kind, "terms", new.id, new.name, _lines(was), _lines(now), said)


def _gone(fates: CodeFates, before: Codebook, after: Codebook) -> Iterator[Change]:
    """Say what became of codes that are no more."""
    for code_id, targets in fates.split.items():
        code = before.code(code_id)
        names = [after.code(target).name for target in targets]
        said = f"{_named(code)} is split into {words_list(f'“{name}”' for name in names)}."
        yield _structure("split", code, code.name, _lines(names), said)
    for code_id in fates.retired:
        code = before.code(code_id)
        twin = _twin(code, [after.code(each) for each in fates.added])
        said = f"{_named(code)} is retired: what was coded with it has that code no more."
        if twin is not None:
            said += (
                f" The new code {twin.id} says the same: if it is this code under another id,"
                f" write was: [{code.id}] there, and its codings stay."
            )
        yield _structure("retired", code, code.name, "", said)


def _twin(code: Code, added: Sequence[Code]) -> Code | None:
    """Give a new code with the definition and terms of one that is retired, if there is one."""
    for other in added:
        if other.terms == code.terms and _plain(other.definition) == _plain(code.definition):
            return other
    return None


def _reordered(fates: CodeFates, before: Codebook, after: Codebook) -> Iterator[Change]:
    """Say under which codes the codes that stayed there stand in another order."""
    origin = {new: old for old, new in fates.kept.items()}
    tops = [("The themes", before.themes, after.themes)]
    tops.append(("The aspects", before.aspects, after.aspects))
    for where, old, new in tops:
        yield from _order(where, None, old, new, fates, after)
    for parent in after.codes:
        if parent.id in origin:
            old, new = before.children(origin[parent.id]), after.children(parent.id)
            where = f"The codes under {_named(parent)}"
            yield from _order(where, parent, old, new, fates, after)


def _order(
    where: str,
    parent: Code | None,
    old: Sequence[Code],
    new: Sequence[Code],
    fates: CodeFates,
    after: Codebook,
) -> Iterator[Change]:
    """Compare the order of the codes that stand in one place before and after."""
    was = [fates.kept.get(code.id, "") for code in old]
    now = [code.id for code in new if code.id in was]
    was = [code_id for code_id in was if code_id in now]
    if was != now:
        old_names, new_names = (
            _lines(after.code(each).name for each in order) for order in (was, now)
        )
        code_id, name = (parent.id, parent.name) if parent else ("", "")
        said = f"{where} stand in another order."
        yield Change("structure", "order", code_id, name, old_names, new_names, said)


def _structure(what: str, code: Code, before: str, after: str, sentence: str) -> Change:
    return Change("structure", what, code.id, code.name, before, after, sentence)


def _entries(code: Code, field: str) -> tuple[str, ...]:
    """Give what stands in a field, entry by entry; a text is one entry."""
    value = getattr(code, field)
    if field == "resources":
        value = [f"{each.name}: {each.purpose}" for each in value]
    texts = [value or ""] if isinstance(value, str | None) else value
    return tuple(filter(None, map(_plain, texts)))


def _named(code: Code) -> str:
    return f"“{code.name}”"


def _ids(ids: Sequence[str]) -> str:
    return f"code{'s' if len(ids) > 1 else ''} {words_list(ids)}"


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _plain(text: str) -> str:
    """Give a text in one line, with one space between words."""
    return " ".join(text.split())
